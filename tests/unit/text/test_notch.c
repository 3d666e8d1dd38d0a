/* Paragraphs that go round something: their first lines are narrower. That no division is better
 * than the one chosen is claimed in test_totalfit.c, with notches too. */

#include <math.h>

#include "stage.h"

static const char prose[] =
    "By the end of 2022, Beijing E-Town had 1,234 accredited R&D institutions, of which 56 are "
    "national; co\u00adoper\u00ada\u00adtion with high-tech firms grew by 34.8% in a year.";

/* Lines beside something: narrower, at the side that is free, and chosen for their own measure;
 * a forced end starts no new count. */
START_TEST(a_notch_narrows_the_first_lines)
{
    stage s = stage_open();
    bp_error err = {0};
    bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), prose, &options);
    stage_layout(p, 200);
    size_t plain = bp_paragraph_line_count(p);
    for (int is_left = 0; is_left < 2; is_left++) {
        bp_paragraph_notch notch = {.lines = 3, .width = 80, .is_left = is_left};
        ck_assert(bp_paragraph_layout_notched(p, 200, &notch, &err));
        ck_assert_uint_gt(bp_paragraph_line_count(p), plain);
        for (size_t i = 0; i + 1 < bp_paragraph_line_count(p); i++) {
            const bp_line *line = stage_at(p, i);
            ck_assert_double_eq_tol(line->x, is_left && i < 3 ? 80 : 0, 1e-3);
            ck_assert_double_eq_tol(line->width, i < 3 ? 120 : 200, 0.01);
        }
    }
    stage_layout(p, 200);
    ck_assert_uint_eq(bp_paragraph_line_count(p), plain);
    bp_paragraph_notch none = {.lines = 0, .width = 80};
    ck_assert(bp_paragraph_layout_notched(p, 200, &none, &err));
    ck_assert_uint_eq(bp_paragraph_line_count(p), plain);
    bp_paragraph_notch wide = {.lines = 1, .width = 201};
    ck_assert(!bp_paragraph_layout_notched(p, 200, &wide, &err));
    ck_assert_int_eq(err.code, BP_ERR_SCRIPT);
    bp_paragraph_free(p);
    options.align = BP_ALIGN_RIGHT;
    p = stage_paragraph(&s, stage_plain(&s, "en"), "one\ntwo\nthree\nfour", &options);
    bp_paragraph_notch right = {.lines = 3, .width = 80};
    ck_assert(bp_paragraph_layout_notched(p, 200, &right, &(bp_error){0}));
    for (size_t i = 0; i < 4; i++) {
        const bp_line *line = stage_at(p, i);
        ck_assert_double_eq_tol(line->x + line->width, i < 3 ? 120 : 200, 1e-3);
    }
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* Sets a text at a width and a notch, and walks its lines. */
static bool set_once(bp_shaper *shaper, const bp_style *style, bp_align align, double width,
                     bp_paragraph_notch notch, bp_error *err)
{
    bp_paragraph_options options = {.align = align, .indent = 12};
    bp_span span = {.style = style, .text = prose, .length = sizeof prose - 1};
    bp_paragraph *p = bp_paragraph_new(shaper, &span, 1, &options, err);
    bool ok = p != NULL && bp_paragraph_layout_notched(p, width, &notch, err);
    for (size_t i = 0; ok && i < bp_paragraph_line_count(p); i++)
        ok = bp_paragraph_line(p, i, err) != NULL;
    /* What failed is forgotten: it is set anew, plain. */
    bp_error again = {0};
    if (p != NULL && !ok && err->code == BP_ERR_MEMORY && bp_mem.fail_on == 0) {
        bp_mem.fail_at = 0;
        ck_assert(bp_paragraph_layout(p, 200, &again) && bp_paragraph_line_count(p) > 0);
    }
    bp_paragraph_free(p);
    return ok;
}

START_TEST(a_refused_block_in_a_notch_ends_in_an_error_without_leak)
{
    static const bp_align aligns[] = {BP_ALIGN_JUSTIFY, BP_ALIGN_START};
    for (long n = 1;; n++) {
        bp_mem = (bp_mem_probe){0};
        stage s = stage_open();
        const bp_style *style = stage_plain(&s, "en");
        bp_error err = {0};
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bp_mem.fail_on = _i % 2 != 0;
        bp_paragraph_notch notch = {.lines = 3, .width = 80, .is_left = true};
        bool ok = set_once(s.shaper, style, aligns[_i / 2], 200, notch, &err);
        bool refused = bp_mem.refused != 0;
        bp_mem.fail_at = 0;
        bp_mem.fail_on = false;
        stage_close(&s);
        ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
        if (!refused) {
            ck_assert_msg(ok, "%s", err.text);
            ck_assert_int_gt(n, 10);
            break;
        }
    }
    bp_mem = (bp_mem_probe){0};
}
END_TEST

/* No room beside it, or less than none behind the indent, and lines without number. */
START_TEST(a_notch_as_wide_as_its_paragraph_ends)
{
    static const double widths[] = {0, 1, 11, 30, 200};
    static const size_t lines[] = {1, 2, 10000};
    static const bp_align aligns[] = {BP_ALIGN_JUSTIFY, BP_ALIGN_START, BP_ALIGN_CENTER};
    stage s = stage_open();
    const bp_style *style = stage_plain(&s, "en");
    for (size_t i = 0; i < 5 * 3 * 3; i++) {
        bp_error err = {0};
        double width = widths[i / 9];
        bp_paragraph_notch notch = {.lines = lines[i / 3 % 3], .width = width};
        ck_assert_msg(set_once(s.shaper, style, aligns[i % 3], width, notch, &err), "%zu: %s", i,
                      err.text);
    }
    bp_paragraph_notch wild[] = {{.lines = 10001, .width = 1},
                                 {.lines = 1, .width = (double)NAN},
                                 {.lines = 1, .width = -1},
                                 {.lines = SIZE_MAX, .width = 1}};
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        bp_error err = {0};
        ck_assert(!set_once(s.shaper, style, BP_ALIGN_START, 200, wild[i], &err));
        ck_assert_int_eq(err.code, BP_ERR_SCRIPT);
    }
    stage_close(&s);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("notch");
    tcase_add_test(tests, a_notch_narrows_the_first_lines);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_refused_block_in_a_notch_ends_in_an_error_without_leak, 0, 4);
    tcase_add_test(tests, a_notch_as_wide_as_its_paragraph_ends);
    return stage_run("notch", tests);
}
