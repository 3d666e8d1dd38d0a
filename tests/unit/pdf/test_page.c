/* The canvas: what each call traces and writes, and which calls are refused. */
#include <math.h>

#include "../base/suite.h"
#include "paper.h"

static const double square[] = {10, 20, 30, 40};
static const bp_path a_square = {"R", 1, square, 4};
static const bp_paint a_fill = {.has_fill = true, .fill = 0x336699ff};

static bool contains(const paper *p, const char *text)
{
    return memmem(p->pdf.bytes, p->pdf.length, text, strlen(text)) != NULL;
}

static paper *open_plain(void)
{
    return paper_open_as((bp_document_options){.deflate_level = 0}, false);
}

static void save_checked(paper *p)
{
    char out[2048];
    paper_save(p);
    int status = paper_run(p, "qpdf --check %s 2>&1", out, sizeof out);
    ck_assert_msg(status == 0, "qpdf: %s", out);
}

START_TEST(each_step_is_a_line_of_the_trace)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    const double curve[] = {1, 2, 3.00049, 4, 5, 6, 7, 8};
    const bp_path path = {"MCZ", 3, curve, 8};
    const double dash[] = {3, 1.5};
    const bp_paint paint = {.has_fill = true,
                            .fill = 0x11223380,
                            .has_stroke = true,
                            .stroke = 0x445566ff,
                            .even_odd = true,
                            .line_width = 0.5,
                            .cap = BP_CAP_ROUND,
                            .join = BP_JOIN_BEVEL,
                            .dash = dash,
                            .dash_count = 2,
                            .dash_phase = 1};
    paper_ok(p, bp_page_begin_tag(page, "Figure", &(bp_tag_options){.alt = "a \"b\""}, &p->err));
    paper_ok(p, bp_page_save(page, &p->err));
    paper_ok(p, bp_page_clip(page, &a_square, false, &p->err));
    paper_ok(p, bp_page_transform(page, 1, 0, 0, 1, 5, -5, &p->err));
    paper_ok(p, bp_page_opacity(page, 0.5, &p->err));
    paper_ok(p, bp_page_path(page, &path, &paint, &p->err));
    paper_ok(p, bp_page_restore(page, &p->err));
    paper_ok(p, bp_page_end_tag(page, &p->err));
    paper_ok(p, bp_page_begin_artifact(page, "Header", &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    paper_ok(p, bp_page_end_artifact(page, &p->err));
    save_checked(p);
    ck_assert_str_eq(p->trace.bytes,
                     "page 1 200 300\n"
                     "tag Figure alt \"a \\\"b\\\"\"\n"
                     "save\n"
                     "clip R 10 20 30 40\n"
                     "transform 1 0 0 1 5 -5\n"
                     "opacity 0.5\n"
                     "path M 1 2 C 3 4 5 6 7 8 Z fill #11223380 even-odd stroke #445566 0.5 cap 1 "
                     "join 2 dash 3 1.5 phase 1\n"
                     "restore\n"
                     "end tag\n"
                     "artifact Header\n"
                     "path R 10 20 30 40 fill #336699\n"
                     "end artifact\n");
    paper_close(p);
}
END_TEST

START_TEST(the_trace_says_which_page_a_step_is_on)
{
    paper *p = open_plain();
    bp_page *first = paper_page(p);
    bp_page *second = paper_page(p);
    paper_ok(p, bp_page_path(second, &a_square, &a_fill, &p->err));
    paper_ok(p, bp_page_finish(first, &p->err));
    paper_ok(p, bp_page_begin_artifact(first, "Footer", &p->err));
    paper_ok(p, bp_page_end_artifact(first, &p->err));
    paper_ok(p, bp_page_link(second, 1, 2, 3, 4, "https://example.org", NULL, &p->err));
    paper_ok(p, bp_page_path(second, &a_square, &a_fill, &p->err));
    save_checked(p);
    ck_assert_str_eq(p->trace.bytes, "page 1 200 300\n"
                                     "page 2 200 300\n"
                                     "path R 10 20 30 40 fill #336699\n"
                                     "page 1\n"
                                     "artifact Footer\n"
                                     "end artifact\n"
                                     "page 2\n"
                                     "link 1 2 3 4 \"https://example.org\"\n"
                                     "path R 10 20 30 40 fill #336699\n");
    paper_close(p);
}
END_TEST

START_TEST(coordinates_are_turned_over_one_by_one)
{
    paper *p = open_plain();
    paper_ok(p, bp_page_path(paper_page(p), &a_square, &a_fill, &p->err));
    save_checked(p);
    ck_assert(contains(p, "q\n/Artifact BMC\n0.2 0.4 0.6 rg\n10 240 30 40 re\nf\nEMC\nQ\n"));
    paper_close(p);
}
END_TEST

/* A transform is taken in our axes: what it does to a point is looked at in the pixels. */
START_TEST(transforms_act_in_our_axes)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    const bp_paint black = {.has_fill = true, .fill = 0x000000ff};
    const double unit[] = {0, 0, 10, 10};
    const bp_path path = {"R", 1, unit, 4};
    /* A quarter turn clockwise about the origin, moved to (100, 50): the square covers x 90 to 100,
     * y 50 to 60. */
    paper_ok(p, bp_page_transform(page, 0, 1, -1, 0, 100, 50, &p->err));
    paper_ok(p, bp_page_path(page, &path, &black, &p->err));
    paper_ok(p, bp_page_link(page, 0, 0, 10, 20, "tel:1", NULL, &p->err));
    save_checked(p);
    char out[64];
    ck_assert_int_eq(paper_run(p,
                               "pdftoppm -r 72 -gray %s | tail -c 60000 | od -An -v -tu1 -w200 |"
                               " awk '{for (i=1;i<=NF;i++) if ($i<128) {if(!n||i<a)a=i; if(i>b)b=i;"
                               " if(!n)c=NR; d=NR; n++}} END {print a-1, b, c-1, d, n}'",
                               out, sizeof out),
                     0);
    ck_assert_str_eq(out, "90 100 50 60 100\n");
    ck_assert(contains(p, "/Rect[80 240 100 250]"));
    paper_close(p);
}
END_TEST

START_TEST(state_is_written_only_where_it_changes)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    for (int i = 0; i < 3; i++)
        paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    paper_ok(p, bp_page_save(page, &p->err));
    paper_ok(p,
             bp_page_path(page, &a_square, &(bp_paint){.has_fill = true, .fill = 0xff}, &p->err));
    paper_ok(p, bp_page_restore(page, &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    save_checked(p);
    ck_assert(contains(p, "0.2 0.4 0.6 rg\n10 240 30 40 re\nf\n10 240 30 40 re\nf\n"
                          "10 240 30 40 re\nf\nq\n0 0 0 rg\n10 240 30 40 re\nf\nQ\n"
                          "10 240 30 40 re\nf\nEMC\n"));
    paper_close(p);
}
END_TEST

START_TEST(transparency_is_shared_by_value)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    paper_ok(p, bp_page_save(page, &p->err));
    paper_ok(p, bp_page_opacity(page, 0.5, &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    paper_ok(p, bp_page_restore(page, &p->err));
    const bp_paint half = {.has_fill = true, .fill = 0x00000080};
    for (int i = 0; i < 2; i++)
        paper_ok(p, bp_page_path(i ? paper_page(p) : page, &a_square, &half, &p->err));
    save_checked(p);
    ck_assert(contains(p, "/Type/ExtGState/ca 0.5/CA 1"));
    ck_assert(contains(p, "/Type/ExtGState/ca 0.502/CA 1"));
    ck_assert(contains(p, "/ExtGState<</G0 "));
    ck_assert(!contains(p, "/G2 "));
    paper_close(p);
}
END_TEST

START_TEST(gradients_of_many_stops_are_stitched)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    const bp_stop stops[] = {
        {0.25, 0xff0000ff}, {0.5, 0x00ff00ff}, {0.5, 0x0000ffff}, {1, 0xffffffff}};
    bp_gradient gradient = {
        .x0 = 10, .y0 = 20, .x1 = 40, .y1 = 20, .stops = stops, .stop_count = 4};
    bp_paint paint = {.gradient = &gradient, .has_stroke = true, .stroke = 0xff};
    paper_ok(p, bp_page_path(page, &a_square, &paint, &p->err));
    gradient.stops = stops + 2;
    gradient.stop_count = 2;
    paper_ok(p, bp_page_path(page, &a_square, &paint, &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &paint, &p->err));
    save_checked(p);
    ck_assert(contains(p, "/ShadingType 2"));
    ck_assert(contains(p, "/Coords[10 280 40 280]"));
    ck_assert(contains(p, "/FunctionType 3"));
    ck_assert(contains(p, "/Bounds[0.25 0.5 ]"));
    ck_assert(contains(p, "W n /S0 sh Q\n"));
    ck_assert(contains(p, "/S1 "));
    ck_assert(!contains(p, "/S2 "));
    char out[64];
    ck_assert_int_eq(paper_run(p,
                               "pdftoppm -r 72 %s | tail -c 180000 | od -An -v -tu1 -w600 |"
                               " awk 'NR==40 {print $(3*12+1), $(3*12+2), $(3*12+3)}'",
                               out, sizeof out),
                     0);
    ck_assert_str_eq(out, "0 0 255\n"); /* The second gradient lies on top: blue near its start. */
    paper_close(p);
}
END_TEST

START_TEST(wrong_paths_and_paints_are_refused)
{
    const double numbers[] = {1, 2, 3, 4};
    const double wild[] = {1, 2, HUGE_VAL, 4};
    const double far[] = {1, 2, 2e6, 4};
    const double nothing[] = {0, 0}, negative[] = {-1, 2};
    const bp_stop falling[] = {{0.5, 0xff}, {0.25, 0xff}};
    const bp_gradient bad = {.x1 = 1, .y1 = 1, .stops = falling, .stop_count = 2};
    const bp_gradient one = {.x1 = 1, .y1 = 1, .stops = falling, .stop_count = 1};
    const struct {
        bp_path path;
        bp_paint paint;
    } cases[] = {
        {{"L", 1, numbers, 2}, a_fill},
        {{"MX", 2, numbers, 4}, a_fill},
        {{"ML", 2, numbers, 3}, a_fill},
        {{"M", 1, numbers, 4}, a_fill},
        {{"ML", 2, wild, 4}, a_fill},
        {{"ML", 2, far, 4}, a_fill},
        {{"ML", 2, numbers, 4}, {.has_stroke = true, .line_width = -1}},
        {{"ML", 2, numbers, 4}, {.has_stroke = true, .line_width = NAN}},
        {{"ML", 2, numbers, 4}, {.has_stroke = true, .dash = nothing, .dash_count = 2}},
        {{"ML", 2, numbers, 4}, {.has_stroke = true, .dash = negative, .dash_count = 2}},
        {{"ML", 2, numbers, 4}, {.gradient = &bad}},
        {{"ML", 2, numbers, 4}, {.gradient = &one}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        paper *p = open_plain();
        bp_page *page = paper_page(p);
        ck_assert_msg(!bp_page_path(page, &cases[i].path, &cases[i].paint, &p->err), "case %zu", i);
        ck_assert_int_eq(p->err.code, BP_ERR_SCRIPT);
        ck_assert_ptr_nonnull(strstr(p->err.text, "page.path"));
        bp_error again = {0};
        ck_assert(!bp_document_save(p->document, &again));
        ck_assert_str_eq(again.text, p->err.text);
        paper_close(p);
    }
}
END_TEST

/* An array of zeros was written, which PDF has not: some viewers give the page up. */
START_TEST(dashes_too_short_to_be_written_are_none)
{
    static const double short_ones[] = {0.0004, 0.0001}, numbers[] = {1, 2, 3, 4};
    paper *p = paper_open_as((bp_document_options){.deflate_level = 0}, false);
    const bp_path path = {"ML", 2, numbers, 4};
    const bp_paint paint = {.has_stroke = true, .dash = short_ones, .dash_count = 2};
    paper_ok(p, bp_page_path(paper_page(p), &path, &paint, &p->err));
    save_checked(p);
    ck_assert_ptr_nonnull(memmem(p->pdf.bytes, p->pdf.length, " l\nS\n", 5));
    ck_assert_ptr_null(memmem(p->pdf.bytes, p->pdf.length, "]0 d", 4));
    paper_close(p);
}
END_TEST

START_TEST(states_nest_to_24_and_no_deeper)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    for (int i = 0; i < 24; i++)
        paper_ok(p, bp_page_save(page, &p->err));
    ck_assert(!bp_page_save(page, &p->err));
    ck_assert_int_eq(p->err.code, BP_ERR_SCRIPT);
    paper_close(p);

    p = open_plain();
    page = paper_page(p);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 24; i++)
            paper_ok(p, round ? bp_page_restore(page, &p->err) : bp_page_save(page, &p->err));
    ck_assert(!bp_page_restore(page, &p->err));
    paper_close(p);
}
END_TEST

START_TEST(what_is_not_closed_is_told)
{
    for (int i = 0; i < 6; i++) {
        paper *p = open_plain();
        bp_page *page = paper_page(p);
        bp_error *err = &p->err;
        bool ok;
        if (i == 0) {
            ok = bp_page_save(page, err) && bp_page_finish(page, err);
        } else if (i == 1) {
            ok = bp_page_begin_tag(page, "P", NULL, err) && bp_document_save(p->document, err);
        } else if (i == 2) {
            ok = bp_page_end_tag(page, err);
        } else if (i == 3) {
            ok = bp_page_begin_artifact(page, "Footer", err) && bp_page_end_tag(page, err);
        } else if (i == 4) {
            ok = bp_page_begin_tag(page, "no tag", NULL, err);
        } else {
            ok = bp_page_begin_artifact(page, "Sideways", err);
        }
        ck_assert_msg(!ok, "case %d", i);
        ck_assert_int_eq(err->code, BP_ERR_SCRIPT);
        if (i < 2)
            ck_assert_ptr_nonnull(strstr(err->text, "page 1"));
        paper_close(p);
    }
}
END_TEST

START_TEST(marks_are_opened_for_the_innermost_tag_that_draws)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    static const char *const tags[] = {"Table", "TR", "TD"};
    for (int i = 0; i < 3; i++)
        paper_ok(p, bp_page_begin_tag(page, tags[i], NULL, &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    for (int i = 0; i < 3; i++)
        paper_ok(p, bp_page_end_tag(page, &p->err));
    paper_ok(p, bp_page_begin_artifact(page, "Footer", &p->err));
    paper_ok(p, bp_page_begin_tag(page, "P", NULL, &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    paper_ok(p, bp_page_end_tag(page, &p->err));
    paper_ok(p, bp_page_end_artifact(page, &p->err));
    save_checked(p);
    ck_assert(contains(
        p, "q\n/TD<</MCID 0>>BDC\n0.2 0.4 0.6 rg\n10 240 30 40 re\nf\nEMC\n"
           "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n10 240 30 40 re\nf\nEMC\nQ\n"));
    ck_assert(!contains(p, "/Table BMC"));
    paper_close(p);
}
END_TEST

START_TEST(what_was_painted_can_be_asked_for)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    size_t loose = 7;
    ck_assert_uint_eq(bp_page_painted(page, &loose), 0);
    ck_assert_uint_eq(loose, 0);
    paper_ok(p, bp_page_begin_tag(page, "P", NULL, &p->err));
    ck_assert_uint_eq(bp_page_painted(page, &loose), 0);
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    ck_assert_uint_eq(bp_page_painted(page, &loose), 1);
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err)); /* In the same tag. */
    ck_assert_uint_eq(bp_page_painted(page, &loose), 2);
    paper_ok(p, bp_page_end_tag(page, &p->err));
    paper_ok(p, bp_page_begin_artifact(page, "Layout", &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    paper_ok(p, bp_page_end_artifact(page, &p->err));
    ck_assert_uint_eq(bp_page_painted(page, &loose), 3);
    ck_assert_uint_eq(loose, 0);
    for (size_t i = 1; i <= 2; i++) {
        paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
        ck_assert_uint_eq(bp_page_painted(page, &loose), 3 + i);
        ck_assert_uint_eq(loose, i);
    }
    save_checked(p);
    paper_close(p);
}
END_TEST

START_TEST(a_page_may_go_on_after_it_is_finished)
{
    paper *p = open_plain();
    bp_page *page = paper_page(p);
    paper_ok(p, bp_page_transform(page, 2, 0, 0, 2, 0, 0, &p->err));
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    paper_ok(p, bp_page_finish(page, &p->err));
    paper_ok(p, bp_page_finish(page, &p->err)); /* Nothing is drawn: nothing is written. */
    paper_ok(p, bp_page_path(page, &a_square, &a_fill, &p->err));
    save_checked(p);
    ck_assert(contains(p, "/Contents["));
    const char *first =
        "q\n2 0 0 2 0 -300 cm\n/Artifact BMC\n0.2 0.4 0.6 rg\n10 240 30 40 re\nf\nEMC\nQ\n";
    const char *second = "q\n/Artifact BMC\n0.2 0.4 0.6 rg\n10 240 30 40 re\nf\nEMC\nQ\n";
    ck_assert(contains(p, first));
    ck_assert(contains(p, second));
    paper_close(p);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("page");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, each_step_is_a_line_of_the_trace);
    tcase_add_test(tests, the_trace_says_which_page_a_step_is_on);
    tcase_add_test(tests, coordinates_are_turned_over_one_by_one);
    tcase_add_test(tests, transforms_act_in_our_axes);
    tcase_add_test(tests, state_is_written_only_where_it_changes);
    tcase_add_test(tests, transparency_is_shared_by_value);
    tcase_add_test(tests, gradients_of_many_stops_are_stitched);
    tcase_add_test(tests, wrong_paths_and_paints_are_refused);
    tcase_add_test(tests, dashes_too_short_to_be_written_are_none);
    tcase_add_test(tests, states_nest_to_24_and_no_deeper);
    tcase_add_test(tests, what_is_not_closed_is_told);
    tcase_add_test(tests, marks_are_opened_for_the_innermost_tag_that_draws);
    tcase_add_test(tests, what_was_painted_can_be_asked_for);
    tcase_add_test(tests, a_page_may_go_on_after_it_is_finished);
    return run_suite("page", tests);
}
