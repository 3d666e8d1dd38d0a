/* Documents: what is written is a PDF, the same for the same input, and links, bookmarks and labels
 * lead where they should; what is wrong is told and nothing is saved. */
#include "../base/suite.h"
#include "paper.h"

static bool contains(const bp_buf *pdf, const char *text)
{
    return memmem(pdf->bytes, pdf->length, text, strlen(text)) != NULL;
}

static void assert_checked(const paper *p)
{
    char out[4096];
    int status = paper_run(p, "qpdf --check %s 2>&1", out, sizeof out);
    ck_assert_msg(status == 0, "qpdf: %s", out);
    ck_assert_ptr_nonnull(strstr(out, "No syntax or stream encoding errors"));
}

START_TEST(an_empty_page_is_a_valid_pdf)
{
    paper *p = paper_open(false);
    paper_page(p);
    paper_save(p);
    assert_checked(p);
    ck_assert(contains(&p->pdf, "%PDF-1.7"));
    ck_assert(contains(&p->pdf, "/MediaBox[0 0 200 300]"));
    ck_assert(!contains(&p->pdf, "Haru"));
    paper_close(p);
}
END_TEST

START_TEST(a_document_without_pages_is_not_saved)
{
    paper *p = paper_open(false);
    ck_assert(!bp_document_save(p->document, &p->err));
    ck_assert_int_eq(p->err.code, BP_ERR_SCRIPT);
    ck_assert_uint_eq(p->pdf.length, 0);
    paper_close(p);
}
END_TEST

/* Everything at once, for the claims about whole files: with all of it in the open (level 0), or as
 * most files are (-1). */
static paper *make_report(int deflate_level)
{
    paper *p = paper_open_as((bp_document_options){.title = "R&D <2022> “中文”",
                                                   .author = "A & B",
                                                   .subject = "Subject",
                                                   .keywords = "one, two",
                                                   .creator = "layout.lua",
                                                   .language = "en",
                                                   .date = {2022, 9, 3, 1, 2, 3},
                                                   .deflate_level = deflate_level},
                             true);
    const bp_style *style = paper_style(p, 9);
    for (int i = 0; i < 3; i++) {
        char name[8];
        bp_page *page = paper_page(p);
        paper_text(p, page, style, 20, 40, "Words 2022年");
        snprintf(name, sizeof name, "s%d", i);
        paper_ok(p, bp_document_destination(p->document, name, page, 10, 20, &p->err));
        paper_ok(p, bp_document_bookmark(p->document, i == 1 ? "节" : "Section", i == 1 ? 2 : 1,
                                         page, 20, &p->err));
        paper_ok(p, bp_page_link(page, 10, 10, 50, 10, "#s2", "the end", &p->err));
        paper_ok(p,
                 bp_page_link(page, 10, 30, 50, 10, "https://example.org/?a=(b)\\", NULL, &p->err));
    }
    paper_ok(p, bp_document_label(p->document, 1, 'D', "A-", 5, &p->err));
    paper_ok(p, bp_document_label(p->document, 0, 'r', NULL, 1, &p->err));
    paper_save(p);
    return p;
}

START_TEST(two_runs_give_the_same_bytes)
{
    paper *a = make_report(_i);
    paper *b = make_report(_i);
    ck_assert_uint_eq(a->pdf.length, b->pdf.length);
    ck_assert_int_eq(memcmp(a->pdf.bytes, b->pdf.bytes, a->pdf.length), 0);
    bp_document_free(b->document); /* Before paper_close, which counts blocks. */
    b->document = NULL;
    bp_shaper_free(b->shaper);
    bp_catalog_free(b->catalog);
    bp_buf_clear(&b->trace);
    bp_buf_clear(&b->pdf);
    free(b);
    paper_close(a);
}
END_TEST

START_TEST(a_whole_report_passes_qpdf)
{
    paper *p = make_report(_i);
    assert_checked(p);
    char out[16384];
    ck_assert_int_eq(
        paper_run(p, "qpdf --json --json-key=outlines --json-key=pagelabels %s", out, sizeof out),
        0);
    ck_assert_ptr_nonnull(strstr(out, "\"Section\""));
    ck_assert_ptr_nonnull(strstr(out, "\"节\""));
    ck_assert_ptr_nonnull(strstr(out, "\"/St\": 5"));
    ck_assert_int_eq(paper_run(p, "pdfinfo -dests %s", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "\"s2\""));
    ck_assert_int_eq(paper_run(p, "pdftotext -l 1 %s -", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "Words 2022"));
    paper_close(p);
}
END_TEST

START_TEST(metadata_is_escaped_and_says_the_same_twice)
{
    paper *p = make_report(0);
    char out[8192];
    ck_assert_int_eq(paper_run(p, "pdfinfo -isodates %s", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "R&D <2022> “中文”"));
    ck_assert_ptr_nonnull(strstr(out, "2022-09-03T01:02:03Z"));
    ck_assert_ptr_nonnull(strstr(out, "briefpress " BP_VERSION));
    ck_assert_int_eq(paper_run(p, "pdfinfo -meta %s", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "R&amp;D &lt;2022&gt; “中文”"));
    ck_assert_ptr_nonnull(strstr(out, "<xmp:CreateDate>2022-09-03T01:02:03Z</xmp:CreateDate>"));
    ck_assert_ptr_nonnull(strstr(out, "<rdf:li>A &amp; B</rdf:li>"));
    ck_assert_ptr_nonnull(strstr(out, "<pdf:Producer>briefpress " BP_VERSION));
    ck_assert(contains(&p->pdf, "/Lang(en)"));
    ck_assert(contains(&p->pdf, "/DisplayDocTitle true"));
    ck_assert(contains(&p->pdf, "/PageMode/UseOutlines"));
    paper_close(p);
}
END_TEST

START_TEST(the_identifier_follows_the_content)
{
    paper *a = paper_open(false);
    paper *b = paper_open(false);
    bp_page *page = paper_page(a);
    paper_page(b);
    paper_ok(a, bp_page_link(page, 0, 0, 9, 9, "tel:1", NULL, &a->err));
    paper_save(a);
    paper_save(b);
    const char *one = memmem(a->pdf.bytes, a->pdf.length, "/ID[<", 5);
    const char *two = memmem(b->pdf.bytes, b->pdf.length, "/ID[<", 5);
    ck_assert(one != NULL && two != NULL);
    ck_assert_int_ne(memcmp(one, two, 37), 0);
    ck_assert_int_eq(memcmp(one + 5, one + 39, 32), 0);
    bp_document_free(b->document);
    bp_buf_clear(&b->trace);
    bp_buf_clear(&b->pdf);
    free(b);
    paper_close(a);
}
END_TEST

START_TEST(links_are_safe_and_described)
{
    paper *p = make_report(0);
    ck_assert(contains(&p->pdf, "/Border[0 0 0]"));
    ck_assert(contains(&p->pdf, "/F 4"));
    ck_assert(contains(&p->pdf, "/Contents(the end)"));
    ck_assert(contains(&p->pdf, "/URI(https://example.org/?a=\\(b\\)\\\\)"));
    ck_assert(contains(&p->pdf, "/Rect[10 280 60 290]"));
    ck_assert(contains(&p->pdf, "/XYZ 10 280 0]"));
    paper_close(p);
}
END_TEST

START_TEST(a_link_to_nowhere_names_its_page_and_the_nearest_name)
{
    paper *p = paper_open(false);
    bp_page *page = paper_page(p);
    paper_ok(p, bp_document_destination(p->document, "summary", page, 0, 0, &p->err));
    ck_assert(bp_document_has_destination(p->document, "summary"));
    ck_assert(!bp_document_has_destination(p->document, "sumary"));
    paper_ok(p, bp_page_link(page, 0, 0, 9, 9, "#sumary", NULL, &p->err));
    ck_assert(!bp_document_save(p->document, &p->err));
    ck_assert_int_eq(p->err.code, BP_ERR_SCRIPT);
    ck_assert_ptr_nonnull(strstr(p->err.text, "page 1"));
    ck_assert_ptr_nonnull(strstr(p->err.text, "\"#sumary\""));
    ck_assert_ptr_nonnull(strstr(p->err.text, "did you mean \"#summary\"?"));
    ck_assert_uint_eq(p->pdf.length, 0);
    paper_close(p);
}
END_TEST

START_TEST(wrong_calls_fail_and_saving_fails_with_the_first)
{
    for (int i = 0; i < 11; i++) {
        paper *p = paper_open_as((bp_document_options){.deflate_level = 1, .page_most = 2}, false);
        bp_page *page = paper_page(p);
        bp_document *d = p->document;
        bp_error err = {0}, again = {0};
        paper_ok(p, bp_document_destination(d, "x", page, 0, 0, &p->err));
        bool ok = i == 0   ? bp_document_destination(d, "x", page, 1, 1, &err)
                  : i == 1 ? bp_document_destination(d, "", page, 1, 1, &err)
                  : i == 2 ? bp_document_bookmark(d, "too deep", 2, page, 0, &err)
                  : i == 3 ? bp_document_bookmark(d, "bad \xff", 1, page, 0, &err)
                  : i == 4 ? bp_document_label(d, 0, 'x', NULL, 1, &err)
                  : i == 5 ? bp_document_label(d, 0, 'D', NULL, 0, &err)
                  : i == 6 ? bp_document_add_page(d, 2, 100, &err) != NULL
                  : i == 7 ? bp_page_link(page, 0, 0, 1, 1, "javascript:alert(1)", NULL, &err)
                  : i == 8 ? bp_page_link(page, 0, 0, 1, 1, "file:///etc/passwd", NULL, &err)
                  : i == 9 ? bp_document_destination(d, "y", page, 0.0 / 0.0, 1, &err)
                           : bp_document_add_page(d, 9, 9, &err) != NULL &&
                                 bp_document_add_page(d, 9, 9, &err) != NULL;
        ck_assert_msg(!ok, "case %d", i);
        ck_assert_int_eq(err.code, i == 10 ? BP_ERR_LIMIT : BP_ERR_SCRIPT);
        ck_assert(!bp_document_save(d, &again));
        ck_assert_str_eq(again.text, err.text);
        ck_assert_int_eq(again.code, err.code);
        paper_close(p);
    }
}
END_TEST

START_TEST(a_document_is_saved_once)
{
    paper *p = paper_open(false);
    paper_page(p);
    paper_save(p);
    ck_assert(!bp_document_save(p->document, &p->err));
    ck_assert_int_eq(p->err.code, BP_ERR_SCRIPT);
    paper_close(p);
}
END_TEST

START_TEST(what_stands_in_the_buffer_stays)
{
    paper *p = paper_open(false);
    paper_page(p);
    ck_assert(bp_buf_text(&p->pdf, "before"));
    paper_save(p);
    ck_assert_int_eq(memcmp(p->pdf.bytes, "before%PDF", 10), 0);
    memmove(p->pdf.bytes, p->pdf.bytes + 6, p->pdf.length -= 6);
    assert_checked(p);
    paper_close(p);
}
END_TEST

/* 1,100 pages make a tree of three levels: 35 nodes below 2 below the root. */
START_TEST(many_pages_stand_in_a_tree)
{
    paper *p = paper_open(false);
    const double corner[2] = {5, 5};
    const bp_path path = {"MZ", 2, corner, 2};
    const bp_paint paint = {.has_stroke = true, .stroke = 0xff};
    size_t before = 0;
    for (int i = 0; i < 1100; i++) {
        if (i == 1) /* The compressor is there by now. */
            before = bp_mem.bytes - p->trace.capacity - p->pdf.capacity;
        bp_page *page = paper_page(p);
        paper_ok(p, bp_page_path(page, &path, &paint, &p->err));
        paper_ok(p, bp_page_finish(page, &p->err));
    }
    size_t each = (bp_mem.bytes - p->trace.capacity - p->pdf.capacity - before) / 1099;
    ck_assert_uint_lt(each, 256); /* Number, size and where the content went. */
    paper_save(p);
    assert_checked(p);
    char out[64];
    ck_assert_int_eq(paper_run(p, "qpdf --show-npages %s", out, sizeof out), 0);
    ck_assert_str_eq(out, "1100\n");
    ck_assert_int_eq(
        paper_run(p, "qpdf --qdf %s - | grep -ac '/Count \\(1024\\|76\\)$'", out, sizeof out), 0);
    ck_assert_str_eq(out, "2\n");
    paper_close(p);
}
END_TEST

START_TEST(later_metadata_replaces_earlier)
{
    paper *p = paper_open(false);
    paper_ok(p, bp_document_describe(p->document,
                                     &(bp_document_options){.title = "New", .language = "zh"},
                                     &p->err));
    paper_page(p);
    paper_save(p);
    ck_assert(contains(&p->pdf, "/Title(New)"));
    ck_assert(!contains(&p->pdf, "Paper"));
    ck_assert(contains(&p->pdf, "/Lang(zh)"));
    paper_close(p);
}
END_TEST

START_TEST(no_compression_leaves_streams_readable)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, false);
    const double corners[4] = {5, 5, 9.12345, 1};
    const bp_path path = {"ML", 2, corners, 4};
    const bp_paint paint = {.has_stroke = true, .stroke = 0xff0000ff};
    paper_ok(p, bp_page_path(paper_page(p), &path, &paint, &p->err));
    paper_save(p);
    assert_checked(p);
    ck_assert(contains(&p->pdf, "1 0 0 RG\n5 295 m\n9.123 299 l\nS\n"));
    paper_close(p);
}
END_TEST

/* Bytes that do not deflate, 64 KiB of them. */
static void draw_noise(paper *p, bp_page *page, uint32_t seed)
{
    for (int i = 0; i < 8192; i++) {
        seed = seed * 1664525u + 1013904223u;
        const double at[2] = {seed >> 13, seed & 0xffff};
        const bp_path path = {"MZ", 2, at, 2};
        paper_ok(p, bp_page_path(page, &path, &(bp_paint){.has_stroke = true}, &p->err));
    }
}

START_TEST(what_is_finished_goes_out_before_the_end)
{
    paper *p = paper_open(false);
    for (uint32_t i = 0; i < 3; i++) {
        bp_page *page = paper_page(p);
        size_t before = p->pdf.length;
        draw_noise(p, page, i);
        ck_assert_uint_eq(p->pdf.length, before);
        paper_ok(p, bp_page_finish(page, &p->err));
        ck_assert_uint_gt(p->pdf.length, before + 16384);
    }
    paper_save(p);
    assert_checked(p);
    paper_close(p);
}
END_TEST

/* Takes `room` bytes and then no more. */
static bool put_until_full(void *owner, const void *bytes, size_t length, bp_error *err)
{
    (void)bytes;
    size_t *room = owner;
    if (length > *room)
        return bp_fail(err, BP_ERR_WRITE, "the disk", "is full");
    *room -= length;
    return true;
}

START_TEST(a_sink_that_fails_ends_the_document_with_its_words)
{
    static const size_t rooms[] = {0, 40000, 120000, 179000};
    size_t room = rooms[_i];
    paper *p = paper_open(false);
    bp_document *document = bp_document_new(
        &(bp_document_options){.deflate_level = 1, .out = {put_until_full, &room}}, &p->err);
    paper_ok(p, document != NULL);
    bool ok = true;
    for (uint32_t i = 0; ok && i < 3; i++) {
        bp_page *page = bp_document_add_page(document, 200, 300, &p->err);
        paper_ok(p, page != NULL);
        draw_noise(p, page, i);
        ok = bp_page_finish(page, &p->err);
    }
    bp_error again = {0};
    ok = bp_document_save(document, ok ? &p->err : &again) && ok;
    ck_assert(!ok);
    ck_assert_int_eq(p->err.code, BP_ERR_WRITE);
    ck_assert_str_eq(p->err.place, "the disk");
    ck_assert_str_eq(p->err.text, "is full");
    if (again.code != BP_OK)
        ck_assert_str_eq(again.text, "is full");
    bp_document_free(document);
    paper_close(p);
}
END_TEST

START_TEST(a_trimmed_page_has_its_boxes)
{
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, false);
    bp_page *page = paper_page(p);
    paper_page(p);
    paper_ok(p, bp_page_trim(page, 8.5, 30, &p->err));
    draw_noise(p, page, 1);
    paper_save(p);
    ck_assert(contains(&p->pdf, "/MediaBox[-30 -30 230 330]/BleedBox[-8.5 -8.5 208.5 308.5]"
                                "/TrimBox[0 0 200 300]"));
    ck_assert(contains(&p->pdf, "/MediaBox[0 0 200 300]/Resources"));
    char out[256];
    ck_assert_int_eq(paper_run(p, "qpdf --check %s", out, sizeof out), 0);
    paper_close(p);
}
END_TEST

START_TEST(a_page_is_trimmed_within_what_a_page_may_measure)
{
    static const double wrong[][2] = {{-1, 5}, {5, 4}, {0, 8000}, {0.0 / 0.0, 1}, {0, 0.0 / 0.0}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        paper *p = paper_open(false);
        bp_page *page = paper_page(p);
        bp_error err = {0};
        ck_assert(!bp_page_trim(page, wrong[i][0], wrong[i][1], &err));
        ck_assert_int_eq(err.code, BP_ERR_SCRIPT);
        paper_close(p);
    }
}
END_TEST

START_TEST(a_document_nobody_wants_is_drawn_all_the_same)
{
    paper *p = paper_open(false);
    bp_document *document = bp_document_new(&(bp_document_options){.deflate_level = 6}, &p->err);
    paper_ok(p, document != NULL);
    bp_page *page = bp_document_add_page(document, 200, 300, &p->err);
    paper_ok(p, page != NULL);
    draw_noise(p, page, 1);
    paper_ok(p, bp_page_link(page, 0, 0, 9, 9, "https://example.org", NULL, &p->err));
    paper_ok(p, bp_page_finish(page, &p->err));
    paper_ok(p, bp_document_save(document, &p->err));
    bp_document_free(document);
    paper_close(p);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("document");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, an_empty_page_is_a_valid_pdf);
    tcase_add_test(tests, a_document_without_pages_is_not_saved);
    tcase_add_loop_test(tests, two_runs_give_the_same_bytes, -1, 1);
    tcase_add_loop_test(tests, a_whole_report_passes_qpdf, -1, 1);
    tcase_add_test(tests, metadata_is_escaped_and_says_the_same_twice);
    tcase_add_test(tests, the_identifier_follows_the_content);
    tcase_add_test(tests, links_are_safe_and_described);
    tcase_add_test(tests, a_link_to_nowhere_names_its_page_and_the_nearest_name);
    tcase_add_test(tests, wrong_calls_fail_and_saving_fails_with_the_first);
    tcase_add_test(tests, a_document_is_saved_once);
    tcase_add_test(tests, what_stands_in_the_buffer_stays);
    tcase_add_test(tests, many_pages_stand_in_a_tree);
    tcase_add_test(tests, what_is_finished_goes_out_before_the_end);
    tcase_add_loop_test(tests, a_sink_that_fails_ends_the_document_with_its_words, 0, 4);
    tcase_add_test(tests, a_document_nobody_wants_is_drawn_all_the_same);
    tcase_add_test(tests, a_trimmed_page_has_its_boxes);
    tcase_add_test(tests, a_page_is_trimmed_within_what_a_page_may_measure);
    tcase_add_test(tests, later_metadata_replaces_earlier);
    tcase_add_test(tests, no_compression_leaves_streams_readable);
    return run_suite("document", tests);
}
