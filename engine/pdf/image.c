/* Images: which of the three formats, several owners, and embedding each content once. See image.h.
 */
#include "pdf/image.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "pdf/image_private.h"
#include "pdf/syntax.h"

static void free_image(bp_image *image)
{
    bp_free(image->data);
    bp_free(image->alpha);
    bp_buf_clear(&image->profile);
    bp_free(image->name);
    bp_svg_free(image->svg);
    bp_free(image);
}

/* Two files with the same picture are embedded once; the digest also names it in the trace, so it
 * does not depend on how a library compresses. */
static void make_digest(bp_image *image)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[32];
    const uint32_t facts[] = {image->columns,
                              image->rows,
                              (uint32_t)image->channels,
                              (uint32_t)image->bits,
                              (uint32_t)image->palette_count,
                              (uint32_t)image->is_jpeg,
                              (uint32_t)image->is_inverted,
                              (uint32_t)(image->alpha != NULL)};
    bp_hash hash;
    bp_hash_init(&hash);
    bp_hash_add(&hash, facts, sizeof facts);
    bp_hash_add(&hash, image->palette, sizeof image->palette);
    bp_hash_add(&hash, image->content, sizeof image->content);
    if (image->profile.length != 0)
        bp_hash_add(&hash, image->profile.bytes, image->profile.length);
    bp_hash_end(&hash, bytes);
    for (int i = 0; i < 16; i++) {
        image->digest[2 * i] = digits[bytes[i] >> 4];
        image->digest[2 * i + 1] = digits[bytes[i] & 15];
    }
    image->digest[32] = '\0';
}

static bool parse_drawing(bp_image *image, const char *name, const unsigned char *bytes,
                          size_t length, bp_error *err)
{
    bp_hash hash;
    image->dpi = 96;
    bp_hash_init(&hash);
    bp_hash_add(&hash, bytes, length);
    bp_hash_end(&hash, image->content);
    image->svg = bp_svg_parse(name, bytes, length, err);
    return image->svg != NULL;
}

bp_image *bp_image_parse(const char *name, const unsigned char *bytes, size_t length, bp_error *err)
{
    static const unsigned char png[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    bp_image *image = bp_alloc_zero(1, sizeof *image);
    if (image == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    image->owners = 1;
    image->dpi = 72;
    image->orientation = 1;
    bool ok;
    if (length >= sizeof png && memcmp(bytes, png, sizeof png) == 0)
        ok = bp_image_parse_png(image, name, bytes, length, err);
    else if (length >= 3 && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[2] == 0xff)
        ok = bp_image_parse_jpeg(image, name, bytes, length, err);
    else if (bp_svg_is(bytes, length))
        ok = parse_drawing(image, name, bytes, length, err);
    else
        ok =
            bp_fail(err, BP_ERR_RESOURCE, name,
                    length == 0 ? "the image is empty"
                                : "expected a PNG, JPEG or SVG image; its first bytes are of none");
    if (!ok) {
        free_image(image);
        return NULL;
    }
    make_digest(image);
    return image;
}

bp_image *bp_image_load(const char *file, const char *name, bp_error *err)
{
    bp_buf bytes = {0};
    bp_image *image = NULL;
    if (bp_file_read(file, BP_IMAGE_FILE_MOST, &bytes, err))
        image = bp_image_parse(name != NULL ? name : file, (const unsigned char *)bytes.bytes,
                               bytes.length, err);
    bp_buf_clear(&bytes);
    return image;
}

bp_image *bp_image_keep(bp_image *image)
{
    image->owners++;
    return image;
}

void bp_image_drop(bp_image *image)
{
    if (image != NULL && --image->owners == 0)
        free_image(image);
}

double bp_image_width_pixels(const bp_image *image)
{
    if (image->svg != NULL)
        return bp_svg_width(image->svg);
    return image->orientation >= 5 ? image->rows : image->columns;
}

double bp_image_height_pixels(const bp_image *image)
{
    if (image->svg != NULL)
        return bp_svg_height(image->svg);
    return image->orientation >= 5 ? image->columns : image->rows;
}

double bp_image_dpi(const bp_image *image)
{
    return image->dpi;
}

bool bp_image_is_drawing(const bp_image *image)
{
    return image->svg != NULL;
}

const char *bp_image_title(const bp_image *image)
{
    return image->svg != NULL ? bp_svg_title(image->svg) : "";
}

const char *bp_image_digest(const bp_image *image)
{
    return image->digest;
}

void bp_image_matrix(const bp_image *image, double matrix[6])
{
    /* By EXIF orientation: where the right and the upper edge of the stored picture point, and its
     * lower left corner. */
    static const signed char turns[9][6] = {
        {1, 0, 0, 1, 0, 0},   {1, 0, 0, 1, 0, 0},  {-1, 0, 0, 1, 1, 0},
        {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1}, {0, -1, -1, 0, 1, 1},
        {0, -1, 1, 0, 0, 1},  {0, 1, 1, 0, 0, 0},  {0, 1, -1, 0, 1, 0},
    };
    for (int i = 0; i < 6; i++)
        matrix[i] = turns[image->orientation][i];
}

/* Embedding ------------------------------------------------------------------------------------ */

static bool put_size(bp_buf *text, const bp_image *image)
{
    return bp_buf_format(text, "/Type/XObject/Subtype/Image/Width %lu/Height %lu",
                         (unsigned long)image->columns, (unsigned long)image->rows);
}

/* The space of a colour: of the profile, else of a device. */
static bool put_space(bp_buf *text, const bp_image *image, bp_ref profile)
{
    static const char *const spaces[] = {"", "/DeviceGray", "", "/DeviceRGB", "/DeviceCMYK"};
    if (profile == 0)
        return bp_buf_text(text, spaces[image->channels]);
    return bp_buf_text(text, "[/ICCBased ") && bp_objects_put_ref(text, profile) &&
           bp_buf_char(text, ']');
}

static bool put_colors(bp_buf *text, const bp_image *image, bp_ref profile)
{
    bool ok = bp_buf_format(text, "/BitsPerComponent %d/ColorSpace", image->bits);
    if (image->palette_count == 0)
        return ok && put_space(text, image, profile) &&
               (!image->is_inverted || bp_buf_text(text, "/Decode[1 0 1 0 1 0 1 0]"));
    return ok && bp_buf_text(text, "[/Indexed") && put_space(text, image, profile) &&
           bp_buf_format(text, " %d<", image->palette_count - 1) &&
           bp_syntax_hex(text, image->palette, (size_t)image->palette_count * 3) &&
           bp_buf_text(text, ">]");
}

static bool write_data(bp_objects *objects, bp_ref ref, bp_buf *text, const unsigned char *bytes,
                       size_t length, const char *filter, bp_error *err)
{
    return bp_buf_format(text, "/Filter/%s", filter) &&
           bp_objects_write_stream(objects, ref, text, bytes, length, true, err);
}

/* The object of the image's profile, which images share; 0: it has none, or failure. */
static bp_ref embed_profile(bp_document *document, const bp_image *image)
{
    const bp_shown_image *shown = BP_BUF_ITEMS(&document->images, bp_shown_image);
    for (size_t i = 0; i < BP_BUF_COUNT(&document->images, bp_shown_image); i++) {
        const bp_buf *other = &shown[i].image->profile;
        if (other->length == image->profile.length &&
            memcmp(other->bytes, image->profile.bytes, other->length) == 0)
            return shown[i].profile;
    }
    bp_buf text = {0};
    bp_ref ref = bp_objects_add(document->objects, &document->error);
    bool ok = ref != 0 && bp_buf_format(&text, "/N %d", image->channels) &&
              bp_objects_write_stream(document->objects, ref, &text, image->profile.bytes,
                                      image->profile.length, false, &document->error);
    bp_buf_clear(&text);
    if (ok)
        return ref;
    bp_fail_memory(&document->error);
    return 0;
}

/* Colours of a device other than sRGB mean nothing in an archive. */
static bool check_colors(const bp_document *document, const bp_image *image, bp_error *err)
{
    if (image->channels != 4 || image->profile.length != 0 ||
        (document->standards & BP_STANDARDS_A) == 0)
        return true;
    return bp_fail(err, BP_ERR_RESOURCE, image->name,
                   "the image is CMYK and has no colour profile, which %s forbids; save it as RGB, "
                   "or with its profile",
                   bp_standards_title(document->standards, BP_STANDARDS_A));
}

static bp_ref embed(bp_document *document, const bp_image *image, bp_ref profile)
{
    bp_objects *objects = document->objects;
    bp_error *err = &document->error;
    bp_ref mask = image->alpha != NULL ? bp_objects_add(objects, err) : 0;
    bp_ref ref = bp_objects_add(objects, err);
    bp_buf text = {0};
    bool ok = ref != 0 && (mask != 0 || image->alpha == NULL);
    if (ok && mask != 0)
        ok =
            put_size(&text, image) &&
            bp_buf_text(&text, "/BitsPerComponent 8/ColorSpace/DeviceGray") &&
            write_data(objects, mask, &text, image->alpha, image->alpha_length, "FlateDecode", err);
    ok = ok && put_size(&text, image) && put_colors(&text, image, profile);
    if (ok && mask != 0)
        ok = bp_buf_text(&text, "/SMask ") && bp_objects_put_ref(&text, mask);
    if (ok && image->has_predictor)
        ok = bp_buf_format(
            &text, "/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %lu>>",
            image->palette_count != 0 ? 1 : image->channels, image->bits,
            (unsigned long)image->columns);
    ok = ok && write_data(objects, ref, &text, image->data, image->data_length,
                          image->is_jpeg ? "DCTDecode" : "FlateDecode", err);
    bp_buf_clear(&text);
    if (ok)
        return ref;
    bp_fail_memory(err);
    return 0;
}

uint32_t bp_image_show(bp_document *document, bp_image *image)
{
    size_t count = BP_BUF_COUNT(&document->images, bp_shown_image);
    for (uint32_t i = 0; i < count; i++) {
        const bp_image *other = BP_BUF_ITEMS(&document->images, bp_shown_image)[i].image;
        if (other == image || strcmp(other->digest, image->digest) == 0)
            return i;
    }
    if (!bp_buf_reserve(&document->images, sizeof(bp_shown_image))) {
        bp_fail_memory(&document->error);
        return BP_NAMES_NONE;
    }
    if (!check_colors(document, image, &document->error))
        return BP_NAMES_NONE;
    bp_shown_image shown = {.image = bp_image_keep(image)};
    if (image->profile.length != 0)
        shown.profile = embed_profile(document, image);
    if (image->profile.length == 0 || shown.profile != 0)
        shown.ref = embed(document, image, shown.profile);
    (void)bp_buf_add(&document->images, &shown, sizeof shown); /* Fits: room was made. */
    return shown.ref != 0 ? (uint32_t)count : BP_NAMES_NONE;
}
