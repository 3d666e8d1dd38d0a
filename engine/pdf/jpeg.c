/* JPEG: read marker by marker, from the first to the last, and passed through. A viewer decodes it,
 * so what counts is that the file is whole and of a kind that PDF knows: 8 bits, baseline or
 * progressive, gray, RGB or CMYK. */
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "pdf/image_private.h"
#include "pdf/profile.h"

/* A profile comes in pieces, each with its number and how many there are. */
#define PIECES_MOST 255
static const char profile_mark[] = "ICC_PROFILE"; /* With its NUL. */

typedef struct {
    bp_image *image;
    const char *name;
    const unsigned char *bytes;
    size_t length, at;
    bp_error *err;
    bool has_frame, has_scan, has_tables, has_quantizers, has_adobe;
    struct {
        const unsigned char *bytes;
        size_t size;
    } pieces[PIECES_MOST + 1]; /* Of the profile, by their numbers from 1. */
    unsigned piece_count;      /* As the last of them says; 0: there is none. */
} reader;

static bool fail(const reader *r, const char *what)
{
    return bp_fail(r->err, BP_ERR_RESOURCE, r->name,
                   "the JPEG image cannot be used at byte %zu: %s", r->at, what);
}

static unsigned u16(const unsigned char *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

/* Frames --------------------------------------------------------------------------------------- */

static bool read_frame(reader *r, unsigned marker, const unsigned char *body, size_t size)
{
    if (marker > 0xc2)
        return fail(r, "it is lossless or arithmetically coded, which PDF cannot show; save it as "
                       "baseline or progressive");
    if (r->has_frame)
        return fail(r, "it has two frames");
    if (size < 6 || size < 6 + 3 * (size_t)body[5])
        return fail(r, "its frame header is too short");
    if (body[0] != 8)
        return fail(r, "its samples have not 8 bits");
    bp_image *image = r->image;
    image->rows = u16(body + 1);
    image->columns = u16(body + 3);
    image->channels = body[5];
    if (image->rows == 0 || image->columns == 0)
        return fail(r, "it has no height or no width");
    if ((uint64_t)image->columns * image->rows > BP_IMAGE_PIXELS_MOST)
        return fail(r, "it has more than 100 million pixels");
    if (image->channels != 1 && image->channels != 3 && image->channels != 4)
        return fail(r, "it has not 1, 3 or 4 colours");
    r->has_frame = true;
    return true;
}

/* Application data ----------------------------------------------------------------------------- */

static void read_jfif(reader *r, const unsigned char *body, size_t size)
{
    if (size < 12 || memcmp(body, "JFIF", 5) != 0 || u16(body + 8) == 0)
        return;
    if (body[7] == 1)
        r->image->dpi = u16(body + 8);
    else if (body[7] == 2)
        r->image->dpi = u16(body + 8) * 2.54;
}

/* A TIFF number of 2 or 4 bytes; 0 beyond the end. */
static uint32_t tiff(const unsigned char *bytes, size_t size, size_t at, int width, bool is_little)
{
    uint32_t value = 0;
    if (at > size || (size_t)width > size - at)
        return 0;
    for (int i = 0; i < width; i++)
        value = value << 8 | bytes[at + (size_t)(is_little ? width - 1 - i : i)];
    return value;
}

/* Only the orientation is taken; damaged EXIF data is ignored, as viewers do. */
static void read_exif(reader *r, const unsigned char *body, size_t size)
{
    if (size < 14 || memcmp(body, "Exif\0", 6) != 0)
        return;
    body += 6;
    size -= 6;
    bool is_little = body[0] == 'I' && body[1] == 'I';
    if (!is_little && !(body[0] == 'M' && body[1] == 'M'))
        return;
    size_t at = tiff(body, size, 4, 4, is_little);
    uint32_t count = tiff(body, size, at, 2, is_little);
    for (uint32_t i = 0; i < count; i++) {
        size_t entry = at + 2 + 12 * (size_t)i;
        if (entry > size || size - entry < 12)
            return;
        uint32_t value = tiff(body, size, entry + 8, 2, is_little);
        if (tiff(body, size, entry, 2, is_little) == 0x0112 && value >= 1 && value <= 8)
            r->image->orientation = (int)value;
    }
}

static void read_piece(reader *r, const unsigned char *body, size_t size)
{
    if (size < sizeof profile_mark + 2 || memcmp(body, profile_mark, sizeof profile_mark) != 0)
        return;
    unsigned number = body[sizeof profile_mark];
    r->piece_count = body[sizeof profile_mark + 1];
    r->pieces[number].bytes = body + sizeof profile_mark + 2;
    r->pieces[number].size = size - sizeof profile_mark - 2;
}

/* Puts the pieces together; one that lacks a piece is none. */
static bool take_profile(const reader *r)
{
    bp_buf whole = {0};
    bool ok = true;
    for (unsigned i = 1; ok && i <= r->piece_count; i++) {
        if (r->pieces[i].size == 0) {
            bp_buf_clear(&whole);
            return true;
        }
        ok = bp_buf_add(&whole, r->pieces[i].bytes, r->pieces[i].size) || bp_fail_memory(r->err);
    }
    ok = ok && (whole.length == 0 || bp_profile_take(&r->image->profile, whole.bytes, whole.length,
                                                     r->image->channels, r->name, r->err));
    bp_buf_clear(&whole);
    return ok;
}

static void read_segment(reader *r, unsigned marker, const unsigned char *body, size_t size)
{
    if (marker == 0xe0)
        read_jfif(r, body, size);
    else if (marker == 0xe1)
        read_exif(r, body, size);
    else if (marker == 0xe2)
        read_piece(r, body, size);
    else if (marker == 0xee && size >= 12 && memcmp(body, "Adobe", 5) == 0)
        r->has_adobe = true;
    else if (marker == 0xc4)
        r->has_tables = true;
    else if (marker == 0xdb)
        r->has_quantizers = true;
}

/* Scans ---------------------------------------------------------------------------------------- */

/* Moves to the marker behind the coded data. */
static bool skip_scan(reader *r)
{
    for (size_t i = r->at; i + 1 < r->length; i++) {
        unsigned next = r->bytes[i + 1];
        if (r->bytes[i] != 0xff || next == 0 || next == 0xff || (next >= 0xd0 && next <= 0xd7))
            continue;
        r->at = i;
        return true;
    }
    r->at = r->length;
    return fail(r, "the file ends too early");
}

static bool read_scan(reader *r, const unsigned char *body, size_t size)
{
    if (!r->has_frame)
        return fail(r, "its data comes before its frame");
    if (!r->has_tables || !r->has_quantizers)
        return fail(r, "its coding tables are missing");
    if (size < 1 || body[0] < 1 || body[0] > r->image->channels || size < 4 + 2 * (size_t)body[0])
        return fail(r, "its scan header is damaged");
    size_t start = r->at;
    if (!skip_scan(r))
        return false;
    if (r->at == start)
        return fail(r, "a scan is empty");
    r->has_scan = true;
    return true;
}

/* One marker and what belongs to it. `is_end` at the last one. */
static bool read_marker(reader *r, bool *is_end)
{
    if (r->at >= r->length || r->bytes[r->at] != 0xff)
        return fail(r, r->at >= r->length ? "the file ends too early" : "a marker is missing");
    while (r->at < r->length && r->bytes[r->at] == 0xff)
        r->at++;
    if (r->at >= r->length)
        return fail(r, "the file ends too early");
    unsigned marker = r->bytes[r->at++];
    if (marker == 0xd9) {
        *is_end = true;
        return r->has_scan || fail(r, "it holds no picture");
    }
    if (marker == 0x01)
        return true;
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8))
        return fail(r, "a marker stands where none may");
    if (r->length - r->at < 2)
        return fail(r, "the file ends too early");
    size_t size = u16(r->bytes + r->at);
    if (size < 2 || size > r->length - r->at)
        return fail(r, "a segment is longer than the file");
    const unsigned char *body = r->bytes + r->at + 2;
    r->at += size;
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        return read_frame(r, marker, body, size - 2);
    if (marker == 0xda)
        return read_scan(r, body, size - 2);
    read_segment(r, marker, body, size - 2);
    return true;
}

bool bp_image_parse_jpeg(bp_image *image, const char *name, const unsigned char *bytes,
                         size_t length, bp_error *err)
{
    reader r = {
        .image = image, .name = name, .bytes = bytes, .length = length, .at = 2, .err = err};
    bool is_end = false;
    while (!is_end)
        if (!read_marker(&r, &is_end))
            return false;
    image->is_jpeg = true;
    image->bits = 8;
    image->is_inverted = image->channels == 4 && r.has_adobe;
    image->data_length = r.at; /* What follows the end is not the picture's. */
    image->data = (unsigned char *)bp_copy_bytes((const char *)bytes, r.at);
    if (image->data == NULL)
        return bp_fail_memory(err);
    if (!take_profile(&r))
        return false;
    if (image->channels == 4 && image->profile.length == 0) {
        image->name = bp_copy_text(name);
        if (image->name == NULL)
            return bp_fail_memory(err);
    }
    bp_hash hash;
    bp_hash_init(&hash);
    bp_hash_add(&hash, bytes, r.at);
    bp_hash_end(&hash, image->content);
    return true;
}
