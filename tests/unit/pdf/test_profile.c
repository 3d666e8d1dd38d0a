/* Colour profiles of images: kept where they say more than sRGB, embedded once, and passed over
 * where they are damaged; what comes without one is refused where it would mean nothing. */
#include <lcms2.h>

#include "../base/suite.h"
#include "paper.h"
#include "pdf/image.h"
#include "pdf/profile.h"
#include "pdf/srgb.h"
#include "pdf/standards.h"
#include "pictures.h"

static size_t count(const bp_buf *pdf, const char *text)
{
    size_t found = 0;
    const char *at = pdf->bytes, *end = pdf->bytes + pdf->length;
    while ((at = memmem(at, (size_t)(end - at), text, strlen(text))) != NULL) {
        found++;
        at++;
    }
    return found;
}

static void keep(cmsHPROFILE profile, bp_buf *out)
{
    cmsUInt32Number size = 0;
    ck_assert_ptr_nonnull(profile);
    ck_assert(cmsSaveProfileToMem(profile, NULL, &size));
    ck_assert_ptr_nonnull(bp_buf_push(out, size));
    ck_assert(cmsSaveProfileToMem(profile, out->bytes, &size));
    cmsCloseProfile(profile);
}

/* Adobe's RGB: a wider green, and a gamma of 2.2. */
static void make_wide(bp_buf *out)
{
    static const cmsCIExyY white = {0.3127, 0.3290, 1};
    static const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *curve = cmsBuildGamma(NULL, 2.2);
    cmsToneCurve *const curves[3] = {curve, curve, curve};
    keep(cmsCreateRGBProfile(&white, &primaries, curves), out);
    cmsFreeToneCurve(curve);
}

static void make_gray(bp_buf *out, double gamma)
{
    static const cmsCIExyY white = {0.3127, 0.3290, 1};
    cmsToneCurve *curve = cmsBuildGamma(NULL, gamma);
    keep(cmsCreateGrayProfile(&white, curve), out);
    cmsFreeToneCurve(curve);
}

/* A printer of four inks, in its smallest form: from its inks to Lab by a table of two steps. */
static void make_inks(bp_buf *out)
{
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL);
    cmsPipeline *pipeline = cmsPipelineAlloc(NULL, 4, 3);
    cmsStage *table = cmsStageAllocCLut16bit(NULL, 2, 4, 3, NULL);
    ck_assert(cmsPipelineInsertStage(pipeline, cmsAT_BEGIN, table));
    cmsSetProfileVersion(profile, 2.1);
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetColorSpace(profile, cmsSigCmykData);
    cmsSetPCS(profile, cmsSigLabData);
    ck_assert(cmsWriteTag(profile, cmsSigMediaWhitePointTag, cmsD50_XYZ()));
    ck_assert(cmsWriteTag(profile, cmsSigAToB0Tag, pipeline));
    cmsPipelineFree(pipeline);
    keep(profile, out);
}

/* What is kept of a profile. */
static size_t taken(const bp_buf *profile, int channels)
{
    bp_buf out = {0};
    bp_error err = {0};
    bool ok = bp_profile_take(&out, profile->bytes, profile->length, channels, "pic", &err);
    ck_assert_msg(ok, "%s", err.text);
    size_t length = out.length;
    if (length != 0)
        ck_assert_int_eq(memcmp(out.bytes, profile->bytes, length), 0);
    bp_buf_clear(&out);
    return length;
}

START_TEST(a_profile_is_kept_where_it_says_more_than_srgb)
{
    bp_buf wide = {0}, usual = {0}, ours = {0}, light = {0}, inks = {0};
    make_wide(&wide);
    keep(cmsCreate_sRGBProfile(), &usual);
    ck_assert(bp_buf_add(&ours, bp_srgb_profile, bp_srgb_profile_size));
    make_gray(&light, 1);
    make_inks(&inks);
    ck_assert_uint_eq(taken(&wide, 3), wide.length);
    ck_assert_uint_eq(taken(&usual, 3), 0);
    ck_assert_uint_eq(taken(&ours, 3), 0);
    ck_assert_uint_eq(taken(&light, 1), light.length);
    ck_assert_uint_eq(taken(&inks, 4), inks.length);
    /* Of another number of channels. */
    ck_assert_uint_eq(taken(&wide, 1), 0);
    ck_assert_uint_eq(taken(&wide, 4), 0);
    ck_assert_uint_eq(taken(&light, 3), 0);
    /* What follows the profile is not part of it. */
    size_t length = wide.length;
    ck_assert(bp_buf_add(&wide, "\0\0\0", 3));
    ck_assert_uint_eq(taken(&wide, 3), length);
    bp_buf_clear(&wide);
    bp_buf_clear(&usual);
    bp_buf_clear(&ours);
    bp_buf_clear(&light);
    bp_buf_clear(&inks);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_damaged_profile_is_passed_over)
{
    bp_buf wide = {0};
    make_wide(&wide);
    size_t whole = wide.length;
    for (size_t length = 0; length < whole; length += length < 140 ? 1 : 37) {
        wide.length = length;
        ck_assert_uint_eq(taken(&wide, 3), 0);
    }
    wide.length = whole;
    static const struct {
        size_t at;
        char byte;
    } faults[] = {{8, 5}, {8, 1}, {12, 'l'}, {16, 'X'}, {36, 'x'}, {128, 1}, {3, 1}};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        char was = wide.bytes[faults[i].at];
        wide.bytes[faults[i].at] = faults[i].byte;
        ck_assert_msg(taken(&wide, 3) == 0, "byte %zu", faults[i].at);
        wide.bytes[faults[i].at] = was;
    }
    ck_assert_uint_eq(taken(&wide, 3), whole);
    bp_buf_clear(&wide);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const bp_colorimetry srgb = {
    0.45455, {0.3127, 0.329}, {0.64, 0.33}, {0.3, 0.6}, {0.15, 0.06}};

START_TEST(a_profile_is_made_of_gamma_and_primaries)
{
    bp_error err = {0};
    bp_buf first = {0}, second = {0};
    bp_colorimetry light = srgb;
    light.gamma = 1;
    for (int channels = 1; channels <= 3; channels += 2) {
        ck_assert(bp_profile_make(&first, &srgb, channels, "pic", &err));
        ck_assert_uint_eq(first.length, 0);
        ck_assert(bp_profile_make(&first, &light, channels, "pic", &err));
        ck_assert(bp_profile_make(&second, &light, channels, "pic", &err));
        ck_assert_uint_gt(first.length, 128);
        ck_assert_uint_eq(first.length, second.length);
        ck_assert_int_eq(memcmp(first.bytes, second.bytes, first.length), 0);
        ck_assert_int_eq((unsigned char)first.bytes[24] << 8 | (unsigned char)first.bytes[25],
                         1999);
        cmsHPROFILE made = cmsOpenProfileFromMem(first.bytes, (cmsUInt32Number)first.length);
        ck_assert_ptr_nonnull(made);
        cmsCloseProfile(made);
        bp_buf_clear(&first);
        bp_buf_clear(&second);
    }
    /* Numbers that are no colours make none. */
    bp_colorimetry wrong[3] = {srgb, srgb, srgb};
    wrong[0].gamma = 0;
    wrong[1].white[1] = 0;
    wrong[2].green[0] = wrong[2].blue[0] = 0.64;
    wrong[2].green[1] = wrong[2].blue[1] = 0.33;
    for (int i = 0; i < 3; i++) {
        ck_assert(bp_profile_make(&first, &wrong[i], 3, "pic", &err));
        ck_assert_uint_eq(first.length, 0);
    }
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* Puts `piece` into `bytes` at `at`. */
static void insert(bp_buf *bytes, size_t at, const bp_buf *piece)
{
    bp_buf tail = {0};
    ck_assert(bp_buf_add(&tail, bytes->bytes + at, bytes->length - at));
    bytes->length = at;
    ck_assert(bp_buf_add(bytes, piece->bytes, piece->length));
    ck_assert(bp_buf_add(bytes, tail.bytes, tail.length));
    bp_buf_clear(&tail);
}

/* A JPEG with the profile in `pieces`, of which `lost` (from 1) is left out; the last comes first.
 */
static void make_jpeg(bp_buf *out, int components, const bp_buf *profile, int pieces, int lost)
{
    picture_jpeg(out, (jpeg_spec){0xc0, 8, components, 30, 20, 0, 0, false, false, false});
    size_t each = profile->length / (size_t)pieces + 1;
    for (int i = 0; i < pieces; i++) {
        size_t from = each * (size_t)i;
        size_t size = profile->length - from < each ? profile->length - from : each;
        bp_buf body = {0}, segment = {0};
        const char head[] = {'I', 'C', 'C', '_', 'P', 'R',           'O',
                             'F', 'I', 'L', 'E', 0,   (char)(i + 1), (char)pieces};
        ck_assert(bp_buf_add(&body, head, sizeof head));
        ck_assert(bp_buf_add(&body, profile->bytes + from, size));
        picture_segment(&segment, 0xe2, body.bytes, body.length);
        if (i + 1 != lost)
            insert(out, 2, &segment);
        bp_buf_clear(&body);
        bp_buf_clear(&segment);
    }
}

/* A PNG with a chunk more, of profile, gamma or the like. */
static void make_png(bp_buf *out, int color, const char *type, const bp_buf *body)
{
    bp_buf chunk = {0};
    picture_png(out, (png_spec){4, 4, 8, color, 0, false, 0, color});
    picture_chunk(&chunk, type, body->bytes, body->length);
    insert(out, 33, &chunk);
    bp_buf_clear(&chunk);
}

/* Shows a picture; false with the document's error where it is refused. */
static bool show(paper *p, const bp_buf *bytes)
{
    bp_image *image =
        bp_image_parse("pic", (const unsigned char *)bytes->bytes, bytes->length, &p->err);
    paper_ok(p, image != NULL);
    bool ok = bp_page_image(paper_page(p), image, 10, 10, 50, 50, &p->err);
    bp_image_drop(image);
    return ok;
}

static paper *open_plain(unsigned standards)
{
    return paper_open_as(
        (bp_document_options){
            .title = "Colours", .language = "en", .deflate_level = 0, .standards = standards},
        false);
}

START_TEST(images_keep_their_profile_and_share_it)
{
    paper *p = open_plain(BP_STANDARD_NONE);
    bp_buf wide = {0}, body = {0}, bytes = {0};
    make_wide(&wide);
    make_jpeg(&bytes, 3, &wide, 1, 0);
    ck_assert(show(p, &bytes));
    bp_buf_clear(&bytes);
    make_jpeg(&bytes, 3, &wide, 5, 0); /* Another file, the same profile. */
    ck_assert(show(p, &bytes));
    bp_buf_clear(&bytes);
    ck_assert(bp_buf_add(&body, "wide\0", 6));
    picture_zlib(&body, &wide);
    make_png(&bytes, 2, "iCCP", &body);
    ck_assert(show(p, &bytes));
    bp_buf_clear(&bytes);
    make_png(&bytes, 3, "iCCP", &body); /* A palette. */
    ck_assert(show(p, &bytes));
    bp_buf_clear(&bytes);
    make_jpeg(&bytes, 3, &wide, 5, 3); /* One that lacks a piece. */
    ck_assert(show(p, &bytes));
    paper_save(p);
    ck_assert_uint_eq(count(&p->pdf, "/N 3"), 1);
    ck_assert_uint_eq(count(&p->pdf, "/ColorSpace[/ICCBased "), 3);
    ck_assert_uint_eq(count(&p->pdf, "/ColorSpace[/Indexed[/ICCBased "), 1);
    ck_assert_uint_eq(count(&p->pdf, "/ColorSpace/DeviceRGB"), 1);
    bp_buf_clear(&wide);
    bp_buf_clear(&body);
    bp_buf_clear(&bytes);
    paper_close(p);
}
END_TEST

START_TEST(gamma_of_a_png_is_seen)
{
    static const struct {
        int color;
        uint32_t gamma;
        const char *space;
    } cases[] = {{2, 100000, "/ColorSpace[/ICCBased "},
                 {0, 100000, "/ColorSpace[/ICCBased "},
                 {6, 100000, "/ColorSpace[/ICCBased "},
                 {2, 45455, "/ColorSpace/DeviceRGB"},
                 {0, 45455, "/ColorSpace/DeviceGray"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        paper *p = open_plain(BP_STANDARD_NONE);
        bp_buf gamma = {0}, bytes = {0};
        picture_u32(&gamma, cases[i].gamma);
        make_png(&bytes, cases[i].color, "gAMA", &gamma);
        ck_assert(show(p, &bytes));
        paper_save(p);
        ck_assert_uint_eq(count(&p->pdf, cases[i].space), 1);
        bp_buf_clear(&gamma);
        bp_buf_clear(&bytes);
        paper_close(p);
    }
}
END_TEST

START_TEST(inks_without_a_profile_are_refused_by_the_standards_that_archive)
{
    static const unsigned standards[] = {BP_STANDARD_NONE, BP_STANDARD_UA1, BP_STANDARD_A3B,
                                         BP_STANDARDS_DEFAULT};
    for (size_t i = 0; i < 4; i++) {
        bp_buf plain = {0}, inks = {0}, bytes = {0};
        picture_jpeg(&plain, (jpeg_spec){0xc0, 8, 4, 30, 20, 0, 0, true, false, false});
        make_inks(&inks);
        make_jpeg(&bytes, 4, &inks, 2, 0);
        paper *p = open_plain(standards[i]);
        ck_assert(show(p, &bytes));
        if ((standards[i] & BP_STANDARDS_A) == 0) {
            ck_assert(show(p, &plain));
            paper_save(p);
            ck_assert_uint_eq(count(&p->pdf, "/ColorSpace/DeviceCMYK"), 1);
            ck_assert_uint_eq(count(&p->pdf, "/N 4"), 1);
        } else {
            ck_assert(!show(p, &plain));
            ck_assert_int_eq(p->err.code, BP_ERR_RESOURCE);
            ck_assert_str_eq(p->err.place, "pic");
            ck_assert_ptr_nonnull(strstr(p->err.text, i == 2 ? "PDF/A-3b forbids" : "PDF/A-3a"));
        }
        bp_buf_clear(&plain);
        bp_buf_clear(&inks);
        bp_buf_clear(&bytes);
        paper_close(p);
    }
}
END_TEST

/* Two pictures with profiles, drawn and saved. */
static bool render(const bp_buf *jpeg, const bp_buf *png, bp_error *err)
{
    const bp_buf *files[] = {jpeg, png};
    bp_buf out = {0};
    const bp_document_options options = {.out = bp_sink_to_buf(&out)};
    bp_document *document = bp_document_new(&options, err);
    bp_page *page = document != NULL ? bp_document_add_page(document, 100, 100, err) : NULL;
    bool ok = page != NULL;
    for (int i = 0; ok && i < 2; i++) {
        bp_image *image =
            bp_image_parse("pic", (const unsigned char *)files[i]->bytes, files[i]->length, err);
        ok = image != NULL && bp_page_image(page, image, 0, 0, 50, 50, err);
        bp_image_drop(image);
    }
    ok = ok && bp_document_save(document, err);
    bp_document_free(document);
    bp_buf_clear(&out);
    return ok;
}

START_TEST(refused_blocks_are_an_error)
{
    bp_buf wide = {0}, gamma = {0}, jpeg = {0}, png = {0};
    bp_error err = {0};
    make_wide(&wide);
    make_jpeg(&jpeg, 3, &wide, 3, 0);
    picture_u32(&gamma, 100000);
    make_png(&png, 2, "gAMA", &gamma);
    ck_assert_msg(render(&jpeg, &png, &err), "%s", err.text);
    long live = bp_mem.live, n = 1;
    for (; n < 2000; n++) {
        err = (bp_error){0};
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bool ok = render(&jpeg, &png, &err);
        bool was_refused = bp_mem.refused != 0;
        bp_mem.fail_at = 0;
        ck_assert_int_eq(bp_mem.live, live);
        if (!was_refused)
            break;
        ck_assert(ok || err.code == BP_ERR_MEMORY);
    }
    ck_assert_int_gt(n, 40);
    ck_assert_int_lt(n, 2000);
    bp_buf_clear(&wide);
    bp_buf_clear(&gamma);
    bp_buf_clear(&jpeg);
    bp_buf_clear(&png);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("profile");
    tcase_add_test(tests, a_profile_is_kept_where_it_says_more_than_srgb);
    tcase_add_test(tests, a_damaged_profile_is_passed_over);
    tcase_add_test(tests, a_profile_is_made_of_gamma_and_primaries);
    tcase_add_test(tests, images_keep_their_profile_and_share_it);
    tcase_add_test(tests, gamma_of_a_png_is_seen);
    tcase_add_test(tests, inks_without_a_profile_are_refused_by_the_standards_that_archive);
    tcase_add_test(tests, refused_blocks_are_an_error);
    return run_suite("profile", tests);
}
