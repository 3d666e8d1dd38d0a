/* Characters that no font has: named where they stand, or shown as marks and told. */
#include <stdio.h>

#include "stage.h"

#define OWL "\U00013153" /* No font of the project's has it. */

static bp_style_spec missing_spec(bool allow)
{
    bp_style_spec spec = stage_spec("en");
    spec.allow_missing = allow;
    return spec;
}

static const struct {
    const char *text, *told;
} named[] = {
    {OWL, "no font has U+13153 EGYPTIAN HIEROGLYPH G017 (\"" OWL
          "\"); tried Inter, Noto Sans CJK SC, DejaVu Sans; add a family that has it, or have a "
          "mark stand for it (--allow-missing)"},
    {"The owl " OWL " sits here", "(\"" OWL "\") in \"The owl " OWL " sits here\"; tried"},
    {"There was a very wise old owl who was " OWL ", and who sat in a very old oak",
     " in \"...wise old owl who was " OWL ", and who sat in a very...\"; tried"},
    /* The mark is what is missing, not the letter that it stands on. */
    {"a\u1ac6", "no font has U+1AC6 COMBINING NUMBER SIGN ABOVE"},
    {"\U000f0000", "no font has U+F0000 <private use area-F0000> ("},
};

START_TEST(a_character_without_a_font_is_named_where_it_stands)
{
    stage s = stage_open();
    const bp_style *style = stage_plain(&s, "en");
    const char *text = named[_i].text, *told = named[_i].told;
    const bp_span span = {.style = style, .text = text, .length = strlen(text)};
    const bp_paragraph_options options = {0};
    bp_error of_line = {0}, of_paragraph = {0};
    double width = 0;
    ck_assert(!bp_shape_width(s.shaper, style, text, strlen(text), &width, &of_line));
    ck_assert_ptr_null(bp_paragraph_new(s.shaper, &span, 1, &options, &of_paragraph));
    ck_assert_int_eq(of_line.code, BP_ERR_RESOURCE);
    ck_assert_int_eq(of_paragraph.code, BP_ERR_RESOURCE);
    ck_assert_msg(strstr(of_line.text, told) != NULL, "%s", of_line.text);
    ck_assert_str_eq(of_paragraph.text, of_line.text);
    stage_close(&s);
}
END_TEST

/* What was told, one sentence after the other. */
static void note(void *owner, uint32_t character, const char *sentence)
{
    char *told = owner;
    size_t used = strlen(told);
    (void)snprintf(told + used, 2048 - used, "%X: %s\n", (unsigned)character, sentence);
}

START_TEST(a_missing_character_may_show_as_a_mark)
{
    stage s = stage_open();
    const bp_style_spec spec = missing_spec(true);
    const bp_style *style = stage_style(&s, &spec);
    static const char text[] = "a" OWL "\U00013001b";
    char told[2048] = "";
    bp_error err = {0};
    const bp_run *runs = NULL;
    size_t count = 0;
    bp_shaper_tell_missing(s.shaper, note, told);
    ck_assert(bp_shape(s.shaper, style, text, sizeof text - 1, 0, &runs, &count, &err));
    ck_assert_uint_eq(count, 3);
    ck_assert(!runs[0].is_missing && runs[1].is_missing && !runs[2].is_missing);
    ck_assert_uint_eq(runs[1].glyph_count, 2);
    ck_assert_uint_ne(runs[1].glyphs[0].id, 0);
    ck_assert_uint_eq(runs[1].glyphs[0].id, runs[1].glyphs[1].id);
    ck_assert_uint_eq(runs[1].glyphs[1].cluster, 4);
    ck_assert_int_eq(memcmp(runs[1].text, OWL "\U00013001", 8), 0);
    ck_assert_str_eq(told, "13153: U+13153 EGYPTIAN HIEROGLYPH G017 (\"" OWL "\") in \"a" OWL
                           "\U00013001b\"; tried Inter, Noto Sans CJK SC, DejaVu Sans\n"
                           "13001: U+13001 EGYPTIAN HIEROGLYPH A002 (\"\U00013001\") in \"a" OWL
                           "\U00013001b\"; tried Inter, Noto Sans CJK SC, DejaVu Sans\n");
    stage_close(&s);
}
END_TEST

/* The second text comes out of the cache. */
START_TEST(it_is_told_each_time_that_it_is_set)
{
    stage s = stage_open();
    const bp_style_spec spec = missing_spec(true);
    const bp_style *style = stage_style(&s, &spec);
    const bp_paragraph_options options = {.direction = -1};
    char told[2048] = "";
    bp_shaper_tell_missing(s.shaper, note, told);
    bp_paragraph *first = stage_paragraph(&s, style, "One " OWL, &options);
    bp_paragraph *second = stage_paragraph(&s, style, "\u05d0\u05d1 " OWL, &options);
    ck_assert_str_eq(told,
                     "13153: U+13153 EGYPTIAN HIEROGLYPH G017 (\"" OWL "\") in \"One " OWL
                     "\"; tried Inter, Noto Sans CJK SC, DejaVu Sans\n"
                     "13153: U+13153 EGYPTIAN HIEROGLYPH G017 (\"" OWL "\") in \"\u05d0\u05d1 " OWL
                     "\"; tried Inter, Noto Sans CJK SC, DejaVu Sans\n");
    bp_paragraph_free(first);
    bp_paragraph_free(second);
    stage_close(&s);
}
END_TEST

/* With every block refused once: an error, and never a leak. */
START_TEST(a_refused_block_ends_in_an_error)
{
    for (long n = 1;; n++) {
        stage s = stage_open();
        const bp_style_spec spec = missing_spec(true);
        const bp_style *style = stage_style(&s, &spec);
        const bp_paragraph_options options = {.direction = -1};
        const bp_span span = {.style = style, .text = "a" OWL "b中\u0323", .length = 11};
        char told[2048] = "";
        bp_error err = {0};
        bp_shaper_tell_missing(s.shaper, note, told);
        bp_mem.fail_at = bp_mem.asked + n;
        bp_mem.refused = 0;
        bp_paragraph *p = bp_paragraph_new(s.shaper, &span, 1, &options, &err);
        bool is_over = bp_mem.refused == 0;
        bp_mem.fail_at = 0;
        ck_assert((p != NULL) == (err.code == BP_OK));
        ck_assert(p != NULL || err.code == BP_ERR_MEMORY);
        bp_paragraph_free(p);
        stage_close(&s);
        if (is_over)
            break;
        ck_assert_int_lt(n, 5000);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("missing");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_character_without_a_font_is_named_where_it_stands, 0,
                        sizeof named / sizeof *named);
    tcase_add_test(tests, a_missing_character_may_show_as_a_mark);
    tcase_add_test(tests, it_is_told_each_time_that_it_is_set);
    tcase_add_test(tests, a_refused_block_ends_in_an_error);
    return stage_run("missing", tests);
}
