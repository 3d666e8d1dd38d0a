/* Rubbish as an image: whatever the bytes, parsing ends with a picture or an error that says why,
 * leaks nothing, and what was taken for a picture can be embedded and saved. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "../unit/pdf/pictures.h"
#include "base/mem.h"
#include "pdf/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *given, size_t length);

static void embed(bp_image *image)
{
    bp_error err = {0};
    bp_buf out = {0};
    const bp_document_options options = {.deflate_level = 1, .out = bp_sink_to_buf(&out)};
    bp_document *document = bp_document_new(&options, &err);
    bp_page *page = document != NULL ? bp_document_add_page(document, 100, 100, &err) : NULL;
    bool ok = page != NULL && bp_page_image(page, image, 0, 0, 50, 50, &err) &&
              bp_document_save(document, &err);
    assert(ok || err.code == BP_ERR_MEMORY || err.code == BP_ERR_LIMIT);
    bp_document_free(document);
    bp_buf_clear(&out);
}

/* Check sums of a PNG are made to fit, or damage would never come further than them. */
static void mend(unsigned char *bytes, size_t length)
{
    if (length < 8 || bytes[0] != 0x89)
        return;
    for (size_t at = 8; length - at >= 12;) {
        unsigned char *chunk = bytes + at;
        size_t size =
            (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
        if (size > length - at - 12)
            break;
        uint32_t crc = picture_crc(chunk + 4, size + 4);
        for (int i = 0; i < 4; i++)
            chunk[8 + size + (size_t)i] = (unsigned char)(crc >> (24 - 8 * i));
        at += size + 12;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *given, size_t length)
{
    bp_error err = {0};
    bp_mem.budget = (size_t)256 * 1024 * 1024;
    unsigned char *bytes = (unsigned char *)bp_copy_bytes((const char *)given, length);
    assert(bytes != NULL);
    mend(bytes, length);
    bp_image *image = bp_image_parse("fuzz", bytes, length, &err);
    if (image != NULL) {
        assert(bp_image_width_pixels(image) >= 1 && bp_image_height_pixels(image) >= 1);
        assert(bp_image_dpi(image) > 0);
        embed(image);
    } else {
        assert(err.code == BP_ERR_RESOURCE || err.code == BP_ERR_MEMORY ||
               err.code == BP_ERR_LIMIT);
        assert(err.text[0] != '\0');
    }
    bp_image_drop(image);
    bp_free(bytes);
    assert(bp_mem.live == 0);
    return 0;
}
