/* Pictures for tests, made byte by byte: any kind of PNG, and the markers of a JPEG. */
#ifndef BP_TESTS_PDF_PICTURES_H
#define BP_TESTS_PDF_PICTURES_H

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

static inline uint32_t picture_crc(const unsigned char *bytes, size_t length)
{
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static inline void picture_u32(bp_buf *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        (void)bp_buf_char(out, (char)(value >> shift));
}

static inline void picture_chunk(bp_buf *out, const char *type, const void *body, size_t length)
{
    picture_u32(out, (uint32_t)length);
    size_t start = out->length;
    (void)bp_buf_add(out, type, 4);
    (void)bp_buf_add(out, body, length);
    picture_u32(out, picture_crc((unsigned char *)out->bytes + start, length + 4));
}

/* A zlib stream of one stored block. */
static inline void picture_zlib(bp_buf *out, const bp_buf *raw)
{
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < raw->length; i++) {
        a = (a + (unsigned char)raw->bytes[i]) % 65521;
        b = (b + a) % 65521;
    }
    const unsigned size = (unsigned)raw->length;
    const char head[] = {
        0x78, 0x01, 0x01, (char)size, (char)(size >> 8), (char)~size, (char)(~size >> 8)};
    (void)bp_buf_add(out, head, sizeof head);
    (void)bp_buf_add(out, raw->bytes, raw->length);
    picture_u32(out, b << 16 | a);
}

typedef struct {
    unsigned width, height;
    int bits, color; /* As in IHDR: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA. */
    int interlace;   /* Pictures of one pixel only. */
    bool has_trns;
    int dpi;   /* 0: not said. */
    int first; /* The first sample; the others count up. */
} png_spec;

static inline void picture_png(bp_buf *out, png_spec spec)
{
    static const int samples[] = {1, 0, 3, 1, 2, 0, 4};
    bp_buf raw = {0}, head = {0}, data = {0};
    (void)bp_buf_add(out, "\x89PNG\r\n\x1a\n", 8);
    picture_u32(&head, spec.width);
    picture_u32(&head, spec.height);
    const char tail[] = {(char)spec.bits, (char)spec.color, 0, 0, (char)spec.interlace};
    (void)bp_buf_add(&head, tail, sizeof tail);
    picture_chunk(out, "IHDR", head.bytes, head.length);
    if (spec.dpi != 0) {
        bp_buf physical = {0};
        uint32_t per_metre = (uint32_t)(spec.dpi / 0.0254 + 0.5);
        picture_u32(&physical, per_metre);
        picture_u32(&physical, per_metre);
        (void)bp_buf_char(&physical, 1);
        picture_chunk(out, "pHYs", physical.bytes, physical.length);
        bp_buf_clear(&physical);
    }
    if (spec.color == 3)
        picture_chunk(out, "PLTE", "\xff\0\0\0\xff\0\0\0\xff\x10\x20\x30", 12);
    if (spec.has_trns)
        picture_chunk(out, "tRNS", spec.color == 3 ? "\x80\xff" : "\0\1\0\2\0\3",
                      spec.color == 3   ? 2
                      : spec.color == 0 ? 2
                                        : 6);
    size_t row = ((size_t)spec.width * (size_t)(samples[spec.color] * spec.bits) + 7) / 8;
    for (unsigned y = 0; y < spec.height; y++) {
        (void)bp_buf_char(&raw, 0);
        for (size_t x = 0; x < row; x++)
            (void)bp_buf_char(&raw, (char)(spec.color == 3 ? (spec.bits == 8 ? (x + y) % 4 : 0x1b)
                                                           : (size_t)spec.first + x * 7 + y * 13));
    }
    picture_zlib(&data, &raw);
    picture_chunk(out, "IDAT", data.bytes, data.length);
    picture_chunk(out, "IEND", "", 0);
    bp_buf_clear(&raw);
    bp_buf_clear(&head);
    bp_buf_clear(&data);
}

typedef struct {
    int frame; /* 0xc0 baseline, 0xc2 progressive ... */
    int bits, components;
    unsigned width, height;
    int dpi;         /* 0: no JFIF marker. */
    int orientation; /* 0: no EXIF data. */
    bool has_adobe, no_tables, no_end;
} jpeg_spec;

static inline void picture_segment(bp_buf *out, int marker, const void *body, size_t length)
{
    const char head[] = {(char)0xff, (char)marker, (char)((length + 2) >> 8), (char)(length + 2)};
    (void)bp_buf_add(out, head, sizeof head);
    (void)bp_buf_add(out, body, length);
}

/* The frame of a JPEG with scan data that stands for nothing: its bytes are passed through. */
static inline void picture_jpeg(bp_buf *out, jpeg_spec spec)
{
    char body[256] = {0};
    (void)bp_buf_add(out, "\xff\xd8", 2);
    if (spec.dpi != 0) {
        memcpy(body, "JFIF\0\1\1\1", 8);
        body[8] = body[10] = (char)(spec.dpi >> 8);
        body[9] = body[11] = (char)spec.dpi;
        picture_segment(out, 0xe0, body, 14);
    }
    if (spec.orientation != 0) {
        static const char exif[] = "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\0\0\0\0\0\0\0";
        memcpy(body, exif, 32);
        body[24] = (char)spec.orientation;
        picture_segment(out, 0xe1, body, 32);
    }
    memset(body, 0, sizeof body);
    if (spec.has_adobe)
        picture_segment(out, 0xee, "Adobe\0\144\0\0\0\0\2", 12);
    if (!spec.no_tables) {
        picture_segment(out, 0xdb, body, 65);
        picture_segment(out, 0xc4, body, 17);
    }
    body[0] = (char)spec.bits;
    body[1] = (char)(spec.height >> 8);
    body[2] = (char)spec.height;
    body[3] = (char)(spec.width >> 8);
    body[4] = (char)spec.width;
    body[5] = (char)spec.components;
    picture_segment(out, spec.frame, body, 6 + 3 * (size_t)spec.components);
    body[0] = (char)spec.components;
    picture_segment(out, 0xda, body, 4 + 2 * (size_t)spec.components);
    (void)bp_buf_add(out, "\x11\xff\0\x22\xff\xd0\x33", 7);
    if (!spec.no_end)
        (void)bp_buf_add(out, "\xff\xd9", 2);
}

#endif
