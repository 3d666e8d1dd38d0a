/* PNG: decoded by libpng under our own setjmp, allocator and limits, every check sum looked at.
 * Where PDF can show the rows as they stand in the file (no transparency, no interlace, at most 8
 * bits), the file's own compressed rows are kept, which are filtered and cost nothing; else rows
 * are made plain, opacity is set apart, and both are deflated. */
#include <libdeflate.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "pdf/image_private.h"
#include "pdf/profile.h"

#define SIDE_MOST 1000000u
#define CHUNK_BYTES_MOST (16u * 1024u * 1024u)
#define DEFLATE_LEVEL 6

typedef struct {
    jmp_buf escape;
    bp_image *image;
    const char *name;
    const unsigned char *bytes;
    size_t length, at;
    bp_error *err;
    png_structp png;
    png_infop info;
    unsigned char *rows;             /* All rows, or one where the file's own are kept. */
    unsigned char *colors, *opacity; /* Rows set apart. */
    bool has_warning, is_refused;
    /* What it says of its colours. The profile is lent by libpng. */
    const unsigned char *profile;
    size_t profile_length;
    bool has_colors;
    bp_colorimetry colorimetry;
    char text[160]; /* libpng's words. */
} decoder;

static void PNGAPI on_error(png_structp png, png_const_charp text)
{
    decoder *d = png_get_error_ptr(png);
    size_t length = strnlen(text, sizeof d->text - 1);
    memcpy(d->text, text, length);
    d->text[length] = '\0';
    longjmp(d->escape, 1);
}

static void PNGAPI on_warning(png_structp png, png_const_charp text)
{
    (void)text;
    decoder *d = png_get_error_ptr(png);
    d->has_warning = true;
}

static png_voidp PNGAPI lend_block(png_structp png, png_alloc_size_t size)
{
    decoder *d = png_get_mem_ptr(png);
    void *block = bp_alloc(size);
    if (block == NULL)
        d->is_refused = true;
    return block;
}

static void PNGAPI take_block_back(png_structp png, png_voidp block)
{
    (void)png;
    bp_free(block);
}

static void PNGAPI read_bytes(png_structp png, png_bytep out, size_t length)
{
    decoder *d = png_get_io_ptr(png);
    if (length > d->length - d->at)
        png_error(png, "the file ends too early");
    memcpy(out, d->bytes + d->at, length);
    d->at += length;
}

static bool has_transparency(const decoder *d)
{
    return (png_get_color_type(d->png, d->info) & PNG_COLOR_MASK_ALPHA) != 0 ||
           png_get_valid(d->png, d->info, PNG_INFO_tRNS) != 0;
}

static void keep_palette(decoder *d)
{
    png_colorp colors = NULL;
    int count = 0;
    if (png_get_color_type(d->png, d->info) != PNG_COLOR_TYPE_PALETTE || has_transparency(d))
        return;
    png_get_PLTE(d->png, d->info, &colors, &count);
    for (int i = 0; i < count && i < 256; i++) {
        d->image->palette[3 * i] = colors[i].red;
        d->image->palette[3 * i + 1] = colors[i].green;
        d->image->palette[3 * i + 2] = colors[i].blue;
    }
    d->image->palette_count = 1 << d->image->bits; /* Any index has a colour; the rest is black. */
}

/* Reads the header, and says what the rows shall look like. */
static void read_head(decoder *d)
{
    bp_image *image = d->image;
    png_read_info(d->png, d->info);
    image->columns = png_get_image_width(d->png, d->info);
    image->rows = png_get_image_height(d->png, d->info);
    if ((uint64_t)image->columns * image->rows > BP_IMAGE_PIXELS_MOST)
        png_error(d->png, "it has more than 100 million pixels");
    image->bits = png_get_bit_depth(d->png, d->info);
    bool is_palette = png_get_color_type(d->png, d->info) == PNG_COLOR_TYPE_PALETTE;
    if (image->bits == 16) {
        png_set_scale_16(d->png);
        image->bits = 8;
    }
    if (has_transparency(d)) {
        png_set_expand(d->png);
        image->bits = 8;
    }
    bool is_color = (png_get_color_type(d->png, d->info) & PNG_COLOR_MASK_COLOR) != 0;
    image->channels = is_palette || is_color ? 3 : 1;
    keep_palette(d);
    png_uint_32 x = 0;
    png_uint_32 y = 0;
    int unit = PNG_RESOLUTION_UNKNOWN;
    if (png_get_pHYs(d->png, d->info, &x, &y, &unit) != 0 && unit == PNG_RESOLUTION_METER && x != 0)
        image->dpi = x * 0.0254;
}

static void *need(decoder *d, size_t count, size_t size)
{
    void *block = size != 0 && count > SIZE_MAX / 2 / size ? NULL : bp_alloc(count * size);
    if (block == NULL) {
        d->is_refused = true;
        png_error(d->png, "out of memory");
    }
    return block;
}

/* Deflates rows into a block of exact size. */
static unsigned char *deflate_rows(decoder *d, const unsigned char *bytes, size_t length,
                                   size_t *out_length)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    size_t bound = libdeflate_zlib_compress_bound(compressor, length);
    unsigned char *out = compressor != NULL ? bp_alloc(bound) : NULL;
    if (out != NULL) {
        *out_length = libdeflate_zlib_compress(compressor, bytes, length, out, bound);
        unsigned char *exact = bp_realloc(out, *out_length);
        if (exact != NULL)
            out = exact;
    }
    if (compressor != NULL)
        libdeflate_free_compressor(compressor);
    if (out == NULL)
        d->is_refused = true;
    return out;
}

/* The file's own image data: its IDAT chunks one after the other. They are all there, since libpng
 * read them. */
static bool keep_file_rows(decoder *d)
{
    bp_buf data = {0};
    for (size_t at = 8; d->length - at >= 12;) {
        const unsigned char *chunk = d->bytes + at;
        size_t size =
            (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
        if (size > d->length - at - 12)
            break;
        if (memcmp(chunk + 4, "IDAT", 4) == 0 && !bp_buf_add(&data, chunk + 8, size)) {
            bp_buf_clear(&data);
            d->is_refused = true;
            return false;
        }
        at += size + 12;
    }
    d->image->data_length = data.length;
    d->image->data = (unsigned char *)bp_buf_take(&data);
    bp_buf_clear(&data);
    d->image->has_predictor = true;
    d->is_refused = d->image->data == NULL;
    return !d->is_refused;
}

/* Opacity is set apart from colours, as PDF wants it. All opaque: there is none. */
static bool split_rows(decoder *d, size_t pixels, int stored)
{
    bp_image *image = d->image;
    int kept = stored - 1;
    bool is_opaque = true;
    for (size_t i = 0; i < pixels; i++) {
        memcpy(d->colors + i * (size_t)kept, d->rows + i * (size_t)stored, (size_t)kept);
        d->opacity[i] = d->rows[i * (size_t)stored + (size_t)kept];
        is_opaque = is_opaque && d->opacity[i] == 255;
    }
    image->channels = kept;
    if (!is_opaque)
        image->alpha = deflate_rows(d, d->opacity, pixels, &image->alpha_length);
    if (!is_opaque && image->alpha == NULL)
        return false;
    image->data = deflate_rows(d, d->colors, pixels * (size_t)kept, &image->data_length);
    return image->data != NULL;
}

/* What the file says of its colours: that they are sRGB, a profile, or gamma and primaries. */
static void read_colors(decoder *d)
{
    png_charp name = NULL;
    png_bytep profile = NULL;
    int compression = 0;
    png_uint_32 length = 0;
    if (png_get_valid(d->png, d->info, PNG_INFO_sRGB) != 0)
        return;
    if (png_get_iCCP(d->png, d->info, &name, &compression, &profile, &length) != 0) {
        d->profile = profile;
        d->profile_length = length;
        return;
    }
    bp_colorimetry *c = &d->colorimetry;
    *c = (bp_colorimetry){1 / 2.2, {0.3127, 0.3290}, {0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}};
    d->has_colors = png_get_gAMA(d->png, d->info, &c->gamma) != 0;
    if (png_get_cHRM(d->png, d->info, &c->white[0], &c->white[1], &c->red[0], &c->red[1],
                     &c->green[0], &c->green[1], &c->blue[0], &c->blue[1]) != 0)
        d->has_colors = true;
}

static bool take_colors(decoder *d)
{
    bp_image *image = d->image;
    if (d->profile != NULL)
        return bp_profile_take(&image->profile, d->profile, d->profile_length, image->channels,
                               d->name, d->err);
    return !d->has_colors ||
           bp_profile_make(&image->profile, &d->colorimetry, image->channels, d->name, d->err);
}

/* Everything that may jump. */
static void decode(decoder *d, bool *keeps_file_rows, size_t *row_bytes)
{
    bp_hash hash;
    png_set_user_limits(d->png, SIDE_MOST, SIDE_MOST);
    png_set_chunk_malloc_max(d->png, CHUNK_BYTES_MOST);
    png_set_chunk_cache_max(d->png, 64);
    png_set_crc_action(d->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    png_set_read_fn(d->png, d, read_bytes);
    read_head(d);
    read_colors(d);
    int passes = png_set_interlace_handling(d->png);
    *keeps_file_rows =
        passes == 1 && !has_transparency(d) && png_get_bit_depth(d->png, d->info) <= 8;
    png_read_update_info(d->png, d->info);
    *row_bytes = png_get_rowbytes(d->png, d->info);
    size_t held = *keeps_file_rows ? 1 : d->image->rows;
    d->rows = need(d, held, *row_bytes);
    if (has_transparency(d)) {
        d->colors = need(d, held, *row_bytes);
        d->opacity = need(d, held, d->image->columns);
    }
    bp_hash_init(&hash);
    for (int pass = 0; pass < passes; pass++) {
        for (size_t y = 0; y < d->image->rows; y++) {
            unsigned char *row = d->rows + (*keeps_file_rows ? 0 : y * *row_bytes);
            png_read_row(d->png, row, NULL);
            if (*keeps_file_rows)
                bp_hash_add(&hash, row, *row_bytes);
        }
    }
    png_read_end(d->png, NULL);
    if (!*keeps_file_rows)
        bp_hash_add(&hash, d->rows, held * *row_bytes);
    bp_hash_end(&hash, d->image->content);
}

static bool finish(decoder *d, bool keeps_file_rows, size_t row_bytes)
{
    size_t pixels = (size_t)d->image->columns * d->image->rows;
    if (d->opacity != NULL)
        return split_rows(d, pixels, d->image->channels + 1);
    if (keeps_file_rows)
        return keep_file_rows(d);
    d->image->data = deflate_rows(d, d->rows, row_bytes * d->image->rows, &d->image->data_length);
    return d->image->data != NULL;
}

bool bp_image_parse_png(bp_image *image, const char *name, const unsigned char *bytes,
                        size_t length, bp_error *err)
{
    decoder *d = bp_alloc_zero(1, sizeof *d);
    if (d == NULL)
        return bp_fail_memory(err);
    *d = (decoder){.image = image, .name = name, .bytes = bytes, .length = length, .err = err};
    bool *keeps_file_rows =
        &image->has_predictor; /* Outside of this frame: a jump would spoil it. */
    size_t *row_bytes = &image->data_length;
    bool ok = false;
    libdeflate_set_memory_allocator(bp_alloc, bp_free);
    d->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, d, on_error, on_warning, d, lend_block,
                                      take_block_back);
    if (d->png != NULL)
        d->info = png_create_info_struct(d->png);
    if (d->info == NULL) {
        d->is_refused = true;
    } else if (setjmp(d->escape) == 0) {
        decode(d, keeps_file_rows, row_bytes);
        ok = true;
    }
    if (ok)
        ok = finish(d, *keeps_file_rows, *row_bytes) && take_colors(d);
    if (!ok && d->is_refused)
        bp_fail_memory(err);
    else if (!ok)
        bp_fail(err, BP_ERR_RESOURCE, name, "the PNG image is damaged at byte %zu: %s", d->at,
                d->text);
    png_destroy_read_struct(&d->png, &d->info, NULL);
    bp_free(d->rows);
    bp_free(d->colors);
    bp_free(d->opacity);
    bp_free(d);
    return ok;
}
