/* Paragraphs that go round something: their first lines are narrower. That no division is better
 * than the one chosen is claimed in test_totalfit.c, with notches too. */

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

int main(void)
{
    TCase *tests = tcase_create("notch");
    tcase_add_test(tests, a_notch_narrows_the_first_lines);
    return stage_run("notch", tests);
}
