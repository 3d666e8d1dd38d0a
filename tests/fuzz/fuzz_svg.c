/* Rubbish as a drawing: whatever the bytes, reading and drawing end with a page or an error that
 * says where, leak nothing, and take a bounded time. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "pdf/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *given, size_t length);

static void draw(bp_image *image, const bp_image_look *look)
{
    bp_error err = {0};
    bp_buf out = {0};
    const bp_document_options options = {.deflate_level = 0, .out = bp_sink_to_buf(&out)};
    bp_document *document = bp_document_new(&options, &err);
    bp_page *page = document != NULL ? bp_document_add_page(document, 100, 100, &err) : NULL;
    bool ok = page != NULL && bp_page_drawing(page, image, 0, 0, 50, 50, look, &err) &&
              bp_document_save(document, &err);
    assert(ok || err.code == BP_ERR_RESOURCE || err.code == BP_ERR_MEMORY ||
           err.code == BP_ERR_LIMIT || err.code == BP_ERR_SCRIPT);
    assert(ok || err.text[0] != '\0');
    bp_document_free(document);
    bp_buf_clear(&out);
}

/* The fonts of the project, once; text in drawings is set with them where they are installed. */
static const bp_image_look *find_look(void)
{
    static bp_image_look look;
    static bool is_asked;
    if (is_asked)
        return &look;
    is_asked = true;
    static const char *const families[] = {"DejaVu Sans"};
    bp_error err = {0};
    bp_catalog *catalog = bp_catalog_new(TEST_SOURCE_DIR "/fonts/fonts.json", NULL, 0, false, &err);
    look.shaper = catalog != NULL ? bp_shaper_new(catalog, &err) : NULL;
    if (look.shaper != NULL)
        look.style = bp_style_find(
            look.shaper,
            &(bp_style_spec){
                .families = families, .family_count = 1, .size = 10, .allow_missing = true},
            &err);
    return &look;
}

int LLVMFuzzerTestOneInput(const uint8_t *given, size_t length)
{
    bp_error err = {0};
    const bp_image_look *look = find_look();
    if (length == 0 || given[0] == 0x89 || given[0] == 0xff)
        return 0; /* A picture: fuzz_image.c. */
    bp_mem.budget = (size_t)256 * 1024 * 1024;
    bp_image *image = bp_image_parse("fuzz", given, length, &err);
    if (image != NULL) {
        assert(bp_image_width_pixels(image) > 0 && bp_image_height_pixels(image) > 0);
        draw(image, look);
    } else {
        assert(err.code == BP_ERR_RESOURCE || err.code == BP_ERR_MEMORY ||
               err.code == BP_ERR_LIMIT);
        assert(err.text[0] != '\0');
    }
    bp_image_drop(image);
    return 0;
}
