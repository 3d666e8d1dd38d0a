/* What a document claims to keep: its metadata name the standards, its colours have a profile, and
 * what they ask of it as a whole is there. */
#include <lcms2.h>

#include "../base/suite.h"
#include "paper.h"
#include "pdf/srgb.h"
#include "pdf/standards.h"

static bool contains(const bp_buf *pdf, const char *text)
{
    return memmem(pdf->bytes, pdf->length, text, strlen(text)) != NULL;
}

static paper *make(unsigned standards)
{
    paper *p = paper_open_as(
        (bp_document_options){
            .title = "R&D", .language = "en", .standards = standards, .deflate_level = 0},
        false);
    paper_page(p);
    paper_save(p);
    return p;
}

START_TEST(the_metadata_name_the_standards)
{
    static const struct {
        unsigned standards;
        const char *part, *conformance;
        bool has_ua, has_schema;
    } cases[] = {{BP_STANDARD_A2A, "2", "A", false, false},
                 {BP_STANDARD_A2B, "2", "B", false, false},
                 {BP_STANDARD_A2U, "2", "U", false, false},
                 {BP_STANDARD_A3A, "3", "A", false, false},
                 {BP_STANDARD_A3B, "3", "B", false, false},
                 {BP_STANDARD_A3U, "3", "U", false, false},
                 {BP_STANDARD_UA1, NULL, NULL, true, false},
                 {BP_STANDARD_A2U | BP_STANDARD_UA1, "2", "U", true, true},
                 {BP_STANDARDS_DEFAULT, "3", "A", true, true},
                 {BP_STANDARD_NONE, NULL, NULL, false, false},
                 {0, NULL, NULL, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        paper *p = make(cases[i].standards);
        char part[64] = "pdfaid:part", conformance[64] = "pdfaid:conformance";
        bool is_archival = cases[i].part != NULL;
        if (is_archival) {
            snprintf(part, sizeof part, "<pdfaid:part>%s</pdfaid:part>", cases[i].part);
            snprintf(conformance, sizeof conformance, "<pdfaid:conformance>%s</pdfaid:conformance>",
                     cases[i].conformance);
        }
        ck_assert(contains(&p->pdf, part) == is_archival);
        ck_assert(contains(&p->pdf, conformance) == is_archival);
        ck_assert(contains(&p->pdf, "/OutputIntents[") == is_archival);
        ck_assert(contains(&p->pdf, "<pdfuaid:part>1</pdfuaid:part>") == cases[i].has_ua);
        ck_assert(contains(&p->pdf, "pdfaSchema:namespaceURI") == cases[i].has_schema);
        ck_assert(contains(&p->pdf, "<rdf:li xml:lang=\"x-default\">R&amp;D</rdf:li>"));
        ck_assert(contains(&p->pdf, "/Title(R&D)"));
        paper_close(p);
    }
}
END_TEST

START_TEST(a_title_and_a_language_are_asked_for)
{
    static const struct {
        const char *title, *language;
        unsigned standards;
        const char *said; /* NULL: it is saved. */
    } cases[] = {{NULL, "en", BP_STANDARD_UA1, "PDF/UA-1 needs a title"},
                 {"", "en", BP_STANDARDS_DEFAULT, "PDF/UA-1 needs a title"},
                 {NULL, "en", BP_STANDARD_A3A, NULL},
                 {"T", NULL, BP_STANDARD_A3A, "PDF/A-3a needs a language"},
                 {"T", "", BP_STANDARD_UA1, "PDF/UA-1 needs a language"},
                 {NULL, NULL, BP_STANDARD_A2U, NULL},
                 {NULL, NULL, BP_STANDARD_NONE, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        paper *p = paper_open_as((bp_document_options){.title = cases[i].title,
                                                       .language = cases[i].language,
                                                       .standards = cases[i].standards},
                                 false);
        paper_page(p);
        ck_assert(bp_document_save(p->document, &p->err) == (cases[i].said == NULL));
        if (cases[i].said != NULL)
            ck_assert_str_eq(p->err.text, cases[i].said);
        paper_close(p);
    }
}
END_TEST

START_TEST(no_tags_and_a_standard_that_needs_them_are_no_document)
{
    bp_error err = {0};
    ck_assert_ptr_null(bp_document_new(
        &(bp_document_options){.standards = BP_STANDARD_A2A, .no_tags = true}, &err));
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
    ck_assert_int_eq(bp_mem.live, 0);
    paper *p =
        paper_open_as((bp_document_options){.standards = BP_STANDARD_A3U, .no_tags = true}, false);
    paper_page(p);
    paper_save(p);
    ck_assert(!contains(&p->pdf, "/StructTreeRoot"));
    paper_close(p);
}
END_TEST

/* The profile is what lcms2 takes for sRGB, small, and of no date but its own. */
START_TEST(the_profile_is_that_of_srgb)
{
    ck_assert_uint_le(bp_srgb_profile_size, 600);
    ck_assert_int_eq(bp_srgb_profile[8], 4); /* Version 4.2. */
    ck_assert_int_eq(bp_srgb_profile[9], 0x20);
    ck_assert_int_eq(bp_srgb_profile[24] << 8 | bp_srgb_profile[25], 1999);
    cmsHPROFILE ours =
        cmsOpenProfileFromMem(bp_srgb_profile, (cmsUInt32Number)bp_srgb_profile_size);
    cmsHPROFILE usual = cmsCreate_sRGBProfile();
    ck_assert_ptr_nonnull(ours);
    cmsHTRANSFORM transform =
        cmsCreateTransform(ours, TYPE_RGB_8, usual, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, 0);
    ck_assert_ptr_nonnull(transform);
    for (int i = 0; i < 6 * 6 * 6; i++) {
        unsigned char given[3] = {(unsigned char)(i / 36 * 51), (unsigned char)(i / 6 % 6 * 51),
                                  (unsigned char)(i % 6 * 51)};
        unsigned char seen[3];
        cmsDoTransform(transform, given, seen, 1);
        for (int k = 0; k < 3; k++)
            ck_assert_int_le(abs(given[k] - seen[k]), 1);
    }
    cmsDeleteTransform(transform);
    cmsCloseProfile(usual);
    cmsCloseProfile(ours);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("claims");
    tcase_add_test(tests, the_metadata_name_the_standards);
    tcase_add_test(tests, a_title_and_a_language_are_asked_for);
    tcase_add_test(tests, no_tags_and_a_standard_that_needs_them_are_no_document);
    tcase_add_test(tests, the_profile_is_that_of_srgb);
    return run_suite("claims", tests);
}
