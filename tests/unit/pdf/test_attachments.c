/* Attachments: they come out as they went in, under their names, in a sorted tree; what is no name
 * is refused. */
#include "../base/suite.h"
#include "paper.h"
#include "pdf/attachments.h"

static bool contains(const bp_buf *pdf, const char *text)
{
    return memmem(pdf->bytes, pdf->length, text, strlen(text)) != NULL;
}

static void attach(paper *p, const char *name, const char *text)
{
    const bp_attachment file = {.name = name,
                                .description = "What it is",
                                .mime = "text/csv",
                                .relationship = BP_RELATION_DATA,
                                .bytes = text,
                                .length = strlen(text)};
    paper_ok(p, bp_document_attach(p->document, &file, &p->err));
}

START_TEST(an_attachment_comes_out_as_it_went_in)
{
    static const char *const names[] = {"register.csv", "a b.csv",  "a(1).csv",
                                        "a.csv",        "数据.csv", "\U00020000.csv"};
    paper *p = paper_open_as(
        (bp_document_options){.date = {2022, 9, 3, 1, 2, 3}, .deflate_level = _i}, false);
    paper_page(p);
    char out[8192], text[2048];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        memset(text, 'a' + (char)i, sizeof text - 1);
        text[(i + 1) * 300] = '\0'; /* Some are deflated. */
        attach(p, names[i], text);
    }
    paper_save(p);
    ck_assert_int_eq(paper_run(p, "qpdf --check %s 2>&1", out, sizeof out), 0);
    ck_assert_int_eq(paper_run(p, "pdfdetach -list %s 2>&1", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "6 embedded files"));
    ck_assert_int_eq(paper_run(p, "qpdf --list-attachments %s 2>&1", out, sizeof out), 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char command[256];
        ck_assert_ptr_nonnull(strstr(out, names[i]));
        snprintf(command, sizeof command, "qpdf '--show-attachment=%s' %%s 2>&1", names[i]);
        char file[8192];
        ck_assert_int_eq(paper_run(p, command, file, sizeof file), 0);
        ck_assert_uint_eq(strlen(file), (i + 1) * 300);
        ck_assert_int_eq(file[0], 'a' + (char)i);
    }
    static const char *const written[] = {
        "/AFRelationship/Data", "/Subtype/text#2Fcsv/Params<</Size 300/ModDate(D:20220903010203Z)",
        "/F(__.csv)/UF<FEFF6570636E", "/Desc(What it is)", "/AF["};
    for (size_t i = 0; _i == 0 && i < sizeof written / sizeof written[0]; i++)
        ck_assert(contains(&p->pdf, written[i]));
    paper_close(p);
}
END_TEST

START_TEST(the_tree_is_sorted_beside_the_destinations)
{
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    paper_ok(p, bp_document_destination(p->document, "here", page, 0, 0, &p->err));
    attach(p, "b", "");
    attach(p, "é", "");
    attach(p, "a b", "");
    attach(p, "a", "");
    attach(p, "a(", "");
    attach(p, "aA", "");
    paper_save(p);
    const char *names = memmem(p->pdf.bytes, p->pdf.length, "/Names<<", 8);
    ck_assert_ptr_nonnull(names);
    ck_assert_int_eq(strncmp(names, "/Names<</Dests<</Kids[", 22), 0);
    static const char *const order[] = {"(a)", "(a b)", "(a\\()", "(aA)", "(b)", "<FEFF00E9>"};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        names = strstr(names, order[i]);
        ck_assert_msg(names != NULL, "%s is not where it should be", order[i]);
    }
    paper_close(p);
}
END_TEST

START_TEST(a_document_without_attachments_does_not_speak_of_them)
{
    paper *p = paper_open(false);
    paper_page(p);
    paper_save(p);
    ck_assert(!contains(&p->pdf, "/AF") && !contains(&p->pdf, "EmbeddedFile") &&
              !contains(&p->pdf, "/Names"));
    paper_close(p);
}
END_TEST

static const char *const bad_names[] = {"", ".", "..", "a/b", "..\\b", "c:d", "a\nb", "\xff", NULL};

START_TEST(what_is_no_name_is_refused)
{
    char long_name[BP_ATTACHMENT_NAME_MOST + 2];
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    const char *name = bad_names[_i] != NULL ? bad_names[_i] : long_name;
    paper *p = paper_open(false);
    paper_page(p);
    const bp_attachment file = {.name = name, .mime = "text/plain"};
    ck_assert(!bp_document_attach(p->document, &file, &p->err));
    ck_assert_int_eq(p->err.code, BP_ERR_SCRIPT);
    ck_assert_ptr_nonnull(strstr(p->err.text, "is no name of an attachment"));
    paper_close(p);
}
END_TEST

START_TEST(a_name_is_given_once)
{
    paper *p = paper_open(false);
    attach(p, "a.csv", "1");
    const bp_attachment again = {.name = "a.csv", .mime = "text/plain"};
    ck_assert(!bp_document_attach(p->document, &again, &p->err));
    ck_assert_str_eq(p->err.text, "two attachments are named \"a.csv\"");
    paper_close(p);
}
END_TEST

START_TEST(a_description_is_utf8)
{
    paper *p = paper_open(false);
    const bp_attachment file = {.name = "a", .description = "\xff", .mime = "text/plain"};
    ck_assert(!bp_document_attach(p->document, &file, &p->err));
    ck_assert_int_eq(p->err.code, BP_ERR_SCRIPT);
    paper_close(p);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("attachments");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, an_attachment_comes_out_as_it_went_in, -1, 1);
    tcase_add_test(tests, the_tree_is_sorted_beside_the_destinations);
    tcase_add_test(tests, a_document_without_attachments_does_not_speak_of_them);
    tcase_add_loop_test(tests, what_is_no_name_is_refused, 0,
                        (int)(sizeof bad_names / sizeof bad_names[0]));
    tcase_add_test(tests, a_name_is_given_once);
    tcase_add_test(tests, a_description_is_utf8);
    return run_suite("attachments", tests);
}
