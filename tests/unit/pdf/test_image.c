/* Images: every kind of PNG comes out as its pixels, whole JPEGs pass, and whatever is damaged is
 * told, never shown. */
#include "../base/suite.h"
#include "paper.h"
#include "pdf/image.h"
#include "pictures.h"

static bp_image *parse(const bp_buf *bytes, bp_error *err)
{
    return bp_image_parse("pic", (const unsigned char *)bytes->bytes, bytes->length, err);
}

static bp_image *parse_well(const bp_buf *bytes)
{
    bp_error err = {0};
    bp_image *image = parse(bytes, &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    return image;
}

static bool contains(const paper *p, const char *text)
{
    return memmem(p->pdf.bytes, p->pdf.length, text, strlen(text)) != NULL;
}

/* The first four pixels as poppler paints them, each blown up to a square of 8 points. */
static void paint(bp_image *image, char *out, size_t out_size)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, false);
    bp_page *page = bp_document_add_page(p->document, 40, 40, &p->err);
    paper_ok(p, bp_page_image(page, image, 0, 0, 32, 32, &p->err));
    paper_save(p);
    int status = paper_run(p, "qpdf --check %s 2>&1", out, out_size);
    ck_assert_msg(status == 0, "qpdf: %s", out);
    ck_assert_int_eq(paper_run(p,
                               "pdftoppm -r 72 %s | tail -c 4800 | od -An -v -tu1 -w3 |"
                               " sed -n '165p;173p;181p;189p'",
                               out, out_size),
                     0);
    bp_document_free(p->document);
    bp_buf_clear(&p->trace);
    bp_buf_clear(&p->pdf);
    free(p);
}

static const struct {
    png_spec spec;
    const char *pixels; /* The first four, row by row. */
} kinds[] = {
    {{4, 4, 8, 0, 0, false, 0, 0}, "   0   0   0\n   7   7   7\n  14  14  14\n  21  21  21\n"},
    {{4, 4, 8, 2, 0, false, 0, 10}, "  10  17  24\n  31  38  45\n  52  59  66\n  73  80  87\n"},
    {{4, 4, 8, 3, 0, false, 0, 0}, " 255   0   0\n   0 255   0\n   0   0 255\n  16  32  48\n"},
    {{4, 4, 2, 3, 0, false, 0, 0}, " 255   0   0\n   0 255   0\n   0   0 255\n  16  32  48\n"},
    {{4, 4, 1, 0, 0, false, 0, 0x50}, "   0   0   0\n 255 255 255\n   0   0   0\n 255 255 255\n"},
    {{4, 4, 16, 0, 0, false, 0, 0}, "   0   0   0\n  14  14  14\n  28  28  28\n  42  42  42\n"},
};

START_TEST(png_pixels_come_out)
{
    bp_buf png = {0};
    char out[4096];
    picture_png(&png, kinds[_i].spec);
    bp_image *image = parse_well(&png);
    ck_assert_double_eq(bp_image_width_pixels(image), 4);
    ck_assert_double_eq(bp_image_height_pixels(image), 4);
    paint(image, out, sizeof out);
    ck_assert_str_eq(out, kinds[_i].pixels);
    bp_image_drop(image);
    bp_buf_clear(&png);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(opacity_becomes_a_soft_mask)
{
    static const png_spec specs[] = {{4, 4, 8, 4, 0, false, 0, 3},  {4, 4, 8, 6, 0, false, 0, 3},
                                     {4, 4, 16, 6, 0, false, 0, 3}, {4, 4, 8, 3, 0, true, 0, 0},
                                     {4, 4, 8, 2, 0, true, 0, 0},   {1, 1, 8, 6, 1, false, 0, 3}};
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        paper *p = paper_open(false);
        bp_buf png = {0};
        char out[1024];
        picture_png(&png, specs[i]);
        bp_image *image = parse_well(&png);
        paper_ok(p, bp_page_image(paper_page(p), image, 10, 10, 50, 50, &p->err));
        bp_image_drop(image);
        bp_buf_clear(&png);
        paper_save(p);
        ck_assert_int_eq(paper_run(p, "qpdf --check %s 2>&1", out, sizeof out), 0);
        ck_assert_msg(contains(p, "/SMask ") == (i != 4), "picture %zu", i); /* tRNS of no pixel. */
        paper_close(p);
    }
}
END_TEST

START_TEST(resolution_is_read)
{
    bp_buf png = {0}, jpeg = {0};
    picture_png(&png, (png_spec){2, 2, 8, 0, 0, false, 300, 0});
    picture_jpeg(&jpeg, (jpeg_spec){0xc0, 8, 3, 30, 20, 144, 0, false, false, false});
    bp_image *a = parse_well(&png), *b = parse_well(&jpeg);
    ck_assert_double_eq_tol(bp_image_dpi(a), 300, 0.01);
    ck_assert_double_eq_tol(bp_image_dpi(b), 144, 1e-9);
    bp_image_drop(a);
    bp_image_drop(b);
    bp_buf_clear(&png);
    bp_buf_clear(&jpeg);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(equal_pictures_are_embedded_once)
{
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    bp_buf png = {0}, other = {0};
    picture_png(&png, (png_spec){4, 4, 8, 2, 0, false, 0, 5});
    picture_png(&other,
                (png_spec){4, 4, 8, 2, 0, false, 96, 5}); /* Another file, the same picture. */
    bp_image *a = parse_well(&png), *b = parse_well(&png), *c = parse_well(&other);
    paper_ok(p, bp_page_image(page, a, 0, 0, 10, 10, &p->err));
    paper_ok(p, bp_page_image(page, a, 20, 0, 10, 10, &p->err));
    paper_ok(p, bp_page_image(page, b, 40, 0, 10, 10, &p->err));
    paper_ok(p, bp_page_image(page, c, 60, 0, 10, 10, &p->err));
    bp_image_drop(a);
    bp_image_drop(b);
    bp_image_drop(c);
    bp_buf_clear(&png);
    bp_buf_clear(&other);
    paper_save(p);
    char out[1024];
    ck_assert_int_eq(
        paper_run(p, "pdfimages -list %s | tail -n +3 | awk '{print $11}' | sort -u | wc -l", out,
                  sizeof out),
        0);
    ck_assert_int_eq(atoi(out), 1);
    ck_assert(!contains(p, "/I1 "));
    const char *line = strstr(p->trace.bytes, "image 0 0 10 10 ");
    ck_assert_ptr_nonnull(line);
    ck_assert_int_eq(strncmp(line + 16, strstr(p->trace.bytes, "image 60 0 10 10 ") + 17, 32), 0);
    paper_close(p);
}
END_TEST

START_TEST(jpegs_pass_through)
{
    static const jpeg_spec specs[] = {{0xc0, 8, 1, 30, 20, 0, 0, false, false, false},
                                      {0xc1, 8, 3, 30, 20, 72, 1, false, false, false},
                                      {0xc2, 8, 4, 30, 20, 0, 6, true, false, false}};
    for (size_t i = 0; i < 3; i++) {
        paper *p = paper_open(false);
        bp_buf jpeg = {0};
        picture_jpeg(&jpeg, specs[i]);
        size_t whole = jpeg.length;
        ck_assert(bp_buf_text(&jpeg, "what follows the end"));
        bp_image *image = parse_well(&jpeg);
        ck_assert_double_eq(bp_image_width_pixels(image), i == 2 ? 20 : 30);
        ck_assert_double_eq(bp_image_height_pixels(image), i == 2 ? 30 : 20);
        paper_ok(p, bp_page_image(paper_page(p), image, 10, 20, 40, 60, &p->err));
        bp_image_drop(image);
        paper_save(p);
        ck_assert_ptr_nonnull(memmem(p->pdf.bytes, p->pdf.length, jpeg.bytes, whole));
        ck_assert(!contains(p, "what follows"));
        ck_assert(contains(p, "/Filter/DCTDecode"));
        ck_assert(contains(p, i == 0 ? "/DeviceGray" : i == 1 ? "/DeviceRGB" : "/DeviceCMYK"));
        ck_assert(contains(p, "/Decode[1 0 1 0 1 0 1 0]") == (i == 2));
        bp_buf_clear(&jpeg);
        paper_close(p);
    }
}
END_TEST

/* A turned picture is put upright: its own square is mapped onto the box by the orientation. */
START_TEST(exif_orientation_turns_the_picture)
{
    static const char *const matrices[] = {"40 0 0 60 10 220 cm",   "-40 0 0 60 50 220 cm",
                                           "-40 0 0 -60 50 280 cm", "40 0 0 -60 10 280 cm",
                                           "0 -60 -40 0 50 280 cm", "0 -60 40 0 10 280 cm",
                                           "0 60 40 0 10 220 cm",   "0 60 -40 0 50 220 cm"};
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, false);
    bp_buf jpeg = {0};
    picture_jpeg(&jpeg, (jpeg_spec){0xc0, 8, 3, 30, 20, 0, _i, false, false, false});
    bp_image *image = parse_well(&jpeg);
    paper_ok(p, bp_page_image(paper_page(p), image, 10, 20, 40, 60, &p->err));
    bp_image_drop(image);
    bp_buf_clear(&jpeg);
    paper_save(p);
    ck_assert_msg(contains(p, matrices[_i - 1]), "orientation %d", _i);
    paper_close(p);
}
END_TEST

START_TEST(unfit_jpegs_are_told)
{
    static const struct {
        jpeg_spec spec;
        const char *words;
    } cases[] = {
        {{0xc3, 8, 3, 30, 20, 0, 0, false, false, false}, "lossless"},
        {{0xc9, 8, 3, 30, 20, 0, 0, false, false, false}, "arithmetic"},
        {{0xc1, 12, 3, 30, 20, 0, 0, false, false, false}, "8 bits"},
        {{0xc0, 8, 2, 30, 20, 0, 0, false, false, false}, "1, 3 or 4"},
        {{0xc0, 8, 3, 0, 20, 0, 0, false, false, false}, "no width"},
        {{0xc0, 8, 3, 20000, 20000, 0, 0, false, false, false}, "100 million"},
        {{0xc0, 8, 3, 30, 20, 0, 0, false, true, false}, "tables"},
        {{0xc0, 8, 3, 30, 20, 0, 0, false, false, true}, "ends too early"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bp_buf jpeg = {0};
        bp_error err = {0};
        picture_jpeg(&jpeg, cases[i].spec);
        ck_assert_ptr_null(parse(&jpeg, &err));
        ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
        ck_assert_str_eq(err.place, "pic");
        ck_assert_msg(strstr(err.text, cases[i].words) != NULL, "case %zu: %s", i, err.text);
        bp_buf_clear(&jpeg);
    }
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(every_shortened_picture_is_refused)
{
    for (int kind = 0; kind < 3; kind++) {
        bp_buf bytes = {0};
        if (kind == 0)
            picture_png(&bytes, (png_spec){4, 4, 8, 2, 0, false, 300, 5});
        else if (kind == 1)
            picture_png(&bytes, (png_spec){4, 4, 8, 6, 0, false, 0, 5});
        else
            picture_jpeg(&bytes, (jpeg_spec){0xc2, 8, 3, 30, 20, 144, 6, true, false, false});
        size_t whole = bytes.length;
        for (bytes.length = 0; bytes.length < whole; bytes.length++) {
            bp_error err = {0};
            ck_assert_ptr_null(parse(&bytes, &err));
            ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
            ck_assert_str_ne(err.text, "");
        }
        bp_buf_clear(&bytes);
    }
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* Any changed byte breaks a check sum of a PNG; where it is one of the two that stand for nothing
 * it still decodes. */
START_TEST(every_changed_byte_of_a_png_is_noticed)
{
    bp_buf png = {0};
    picture_png(&png, (png_spec){4, 4, 8, 6, 0, false, 300, 5});
    for (size_t i = 0; i < png.length; i++) {
        bp_error err = {0};
        png.bytes[i] = (char)(png.bytes[i] ^ 0x41);
        ck_assert_msg(parse(&png, &err) == NULL, "byte %zu", i);
        ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
        png.bytes[i] = (char)(png.bytes[i] ^ 0x41);
    }
    bp_image_drop(parse_well(&png));
    bp_buf_clear(&png);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* Changed bytes behind check sums that fit again: either a picture or an error, and never a crash.
 */
START_TEST(mutations_with_good_sums_are_decoded_or_told)
{
    uint32_t seed = 12345;
    for (int round = 0; round < 400; round++) {
        bp_buf bytes = {0};
        if (round % 2)
            picture_png(&bytes,
                        (png_spec){4, 4, 8, round % 4 == 1 ? 3 : 6, 0, round % 8 == 1, 96, 5});
        else
            picture_jpeg(&bytes, (jpeg_spec){0xc0, 8, 3, 30, 20, 72, 3, true, false, false});
        for (int n = 0; n < 3; n++) {
            seed = seed * 1664525u + 1013904223u;
            bytes.bytes[8 + seed / 7 % (bytes.length - 8)] = (char)(seed >> 24);
        }
        for (size_t at = 8; round % 2 && at + 12 <= bytes.length;) {
            unsigned char *chunk = (unsigned char *)bytes.bytes + at;
            size_t size = (size_t)chunk[2] << 8 | chunk[3];
            if (chunk[0] != 0 || chunk[1] != 0 || size > bytes.length - at - 12)
                break;
            uint32_t crc = picture_crc(chunk + 4, size + 4);
            for (int b = 0; b < 4; b++)
                chunk[8 + size + (size_t)b] = (unsigned char)(crc >> (24 - 8 * b));
            at += size + 12;
        }
        bp_error err = {0};
        bp_image *image = parse(&bytes, &err);
        ck_assert((image == NULL) == (err.code == BP_ERR_RESOURCE));
        if (image != NULL) {
            paper *p = paper_open(false);
            paper_ok(p, bp_page_image(paper_page(p), image, 0, 0, 10, 10, &p->err));
            paper_save(p);
            bp_image_drop(image);
            bp_buf_clear(&bytes);
            paper_close(p);
        }
        bp_buf_clear(&bytes);
    }
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(huge_claims_cost_nothing)
{
    bp_buf png = {0};
    bp_error err = {0};
    picture_png(&png, (png_spec){4, 4, 8, 6, 0, false, 0, 5});
    memcpy(png.bytes + 16, "\0\0\x30\0\0\0\x30\0", 8); /* 12,288 pixels each way. */
    uint32_t crc = picture_crc((unsigned char *)png.bytes + 12, 17);
    for (int b = 0; b < 4; b++)
        png.bytes[29 + b] = (char)(crc >> (24 - 8 * b));
    size_t peak = bp_mem.peak;
    ck_assert_ptr_null(parse(&png, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "100 million"));
    ck_assert_uint_lt(bp_mem.peak - peak, 1000000);
    bp_buf_clear(&png);
}
END_TEST

START_TEST(other_files_are_not_images)
{
    static const char *const files[] = {"", "GIF89a", "\xff\xd8", "\x89PNG\r\n", "%PDF-1.7"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        bp_error err = {0};
        ck_assert_ptr_null(
            bp_image_parse("pic", (const unsigned char *)files[i], strlen(files[i]), &err));
        ck_assert_int_eq(err.code, BP_ERR_RESOURCE);
    }
    bp_error err = {0};
    ck_assert_ptr_null(bp_image_load("/nonexistent.png", NULL, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(refused_memory_leaks_nothing)
{
    for (int kind = 0; kind < 3; kind++) {
        bp_buf bytes = {0};
        if (kind < 2)
            picture_png(&bytes, (png_spec){4, 4, 8, kind ? 6 : 2, 0, false, 300, 5});
        else
            picture_jpeg(&bytes, (jpeg_spec){0xc2, 8, 3, 30, 20, 144, 6, true, false, false});
        for (long n = 1;; n++) {
            long live = bp_mem.live;
            bp_error err = {0};
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_image *image = parse(&bytes, &err);
            bp_mem.fail_at = 0;
            bp_image_drop(image);
            ck_assert_int_eq(bp_mem.live, live);
            if (bp_mem.refused == 0) {
                ck_assert_ptr_nonnull(image);
                break;
            }
            ck_assert(image != NULL || err.code == BP_ERR_MEMORY);
        }
        bp_buf_clear(&bytes);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("image");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, png_pixels_come_out, 0, 6);
    tcase_add_test(tests, opacity_becomes_a_soft_mask);
    tcase_add_test(tests, resolution_is_read);
    tcase_add_test(tests, equal_pictures_are_embedded_once);
    tcase_add_test(tests, jpegs_pass_through);
    tcase_add_loop_test(tests, exif_orientation_turns_the_picture, 1, 9);
    tcase_add_test(tests, unfit_jpegs_are_told);
    tcase_add_test(tests, every_shortened_picture_is_refused);
    tcase_add_test(tests, every_changed_byte_of_a_png_is_noticed);
    tcase_add_test(tests, mutations_with_good_sums_are_decoded_or_told);
    tcase_add_test(tests, huge_claims_cost_nothing);
    tcase_add_test(tests, other_files_are_not_images);
    tcase_add_test(tests, refused_memory_leaks_nothing);
    return run_suite("image", tests);
}
