/* Shaping: the right glyphs from the right fonts, and each word only once. */
#include <math.h>
#include <stdio.h>

#include "stage.h"
#include "text/shape_private.h"

static const bp_run *shape(stage *s, const bp_style *style, const char *text, int level,
                           size_t *count)
{
    bp_error err = {0};
    const bp_run *runs = NULL;
    ck_assert_msg(bp_shape(s->shaper, style, text, strlen(text), level, &runs, count, &err), "%s",
                  err.text);
    return runs;
}

START_TEST(pairs_are_kerned)
{
    stage s = stage_open();
    const bp_style *style = stage_plain(&s, "en");
    bp_style_spec spec = stage_spec("en");
    spec.features = "-kern";
    const bp_style *loose = stage_style(&s, &spec);
    ck_assert_double_lt(stage_width(&s, style, "AV"), stage_width(&s, loose, "AV") - 0.1);
    ck_assert_double_eq_tol(stage_width(&s, loose, "AV"),
                            stage_width(&s, loose, "A") + stage_width(&s, loose, "V"), 1e-9);
    stage_close(&s);
}
END_TEST

START_TEST(ligatures_keep_their_clusters)
{
    stage s = stage_open();
    const char *families[] = {"DejaVu Sans"};
    bp_style_spec spec = {.families = families, .family_count = 1, .size = 10};
    size_t count;
    const bp_run *run = shape(&s, stage_style(&s, &spec), "office", 0, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(run->glyph_count, 4); /* o, ffi, c, e */
    ck_assert_uint_eq(run->glyphs[1].cluster, 1);
    ck_assert_uint_eq(run->glyphs[2].cluster, 4);
    ck_assert_uint_eq(run->cluster_count, 4);
    run = shape(&s, stage_plain(&s, "en"), "office", 0, &count); /* Inter has none. */
    ck_assert_uint_eq(run->glyph_count, 6);
    for (size_t i = 0; i < 6; i++)
        ck_assert_uint_eq(run->glyphs[i].cluster, i);
    stage_close(&s);
}
END_TEST

START_TEST(tabular_figures_are_of_one_width)
{
    stage s = stage_open();
    bp_style_spec spec = stage_spec("en");
    const bp_style *proportional = stage_style(&s, &spec);
    spec.features = "tnum";
    const bp_style *tabular = stage_style(&s, &spec);
    ck_assert_double_ne(stage_width(&s, proportional, "1111"),
                        stage_width(&s, proportional, "8888"));
    ck_assert_double_eq_tol(stage_width(&s, tabular, "1111"), stage_width(&s, tabular, "8888"),
                            1e-9);
    stage_close(&s);
}
END_TEST

static const struct {
    const char *language, *text;
    const char *fonts[4];
} fallbacks[] = {
    {"en", "中", {"NotoSansCJKsc-Regular"}},
    {"en", "A中B", {"Inter-Regular", "NotoSansCJKsc-Regular", "Inter-Regular"}},
    {"en", "☐", {"DejaVuSans"}},
    {"en", "e\u0301", {"Inter-Regular"}},
    {"en", "“中”", {"Inter-Regular", "NotoSansCJKsc-Regular", "Inter-Regular"}},
    {"zh", "“中”", {"NotoSansCJKsc-Regular"}}, /* Shared quotes are Chinese in Chinese. */
    {"zh", "don’t", {"Inter-Regular"}},
    {"zh", "2022", {"Inter-Regular"}},
    {"en", "x\u2009\u202fy", {"Inter-Regular"}},
    /* A mark goes with its letter, to the first font that has both. */
    {"en", "av\u20d7b", {"Inter-Regular", "DejaVuSans", "Inter-Regular"}},
    {"en", "v\u0323\u20d7", {"DejaVuSans"}},
    {"en", "中\u20dd", {"NotoSansCJKsc-Regular"}},
    /* Where none has both, each has one of its own. */
    {"en", "中\u0323", {"NotoSansCJKsc-Regular", "Inter-Regular"}},
    {"en",
     "中\u0323\u20d7中",
     {"NotoSansCJKsc-Regular", "Inter-Regular", "DejaVuSans", "NotoSansCJKsc-Regular"}},
    /* Beyond U+FFFF. */
    {"en", "a\U0001d552\U0001d7d8", {"Inter-Regular", "DejaVuSans"}},
    {"zh", "\U00020bb7野家", {"NotoSansCJKsc-Regular"}},
};

START_TEST(each_cluster_gets_the_first_font_that_has_it)
{
    stage s = stage_open();
    size_t count, expected = 0;
    const bp_run *runs =
        shape(&s, stage_plain(&s, fallbacks[_i].language), fallbacks[_i].text, 0, &count);
    while (expected < 4 && fallbacks[_i].fonts[expected] != NULL)
        expected++;
    ck_assert_uint_eq(count, expected);
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(bp_font_name(runs[i].font), fallbacks[_i].fonts[i]);
    stage_close(&s);
}
END_TEST

static const struct {
    const char *text;
    double width; /* In squares. */
} squeezes[] = {
    {"，", 1},     {"中，", 2},  {"），", 1.5}, {"》、", 1.5}, {"。”", 1.5}, {"，“", 1.5},
    {"（《", 1.5}, {"！”", 1.5}, {"”！", 1.5},  {"。”）", 2},  {"……", 2},    {"（中", 2},
    {"？！", 2},   {"“‘", 1.5},  {"’”", 1.5},   {"，（《", 2}, {"·", 0.5},   {"——", 2},
};

START_TEST(chinese_punctuation_side_by_side_is_squeezed)
{
    stage s = stage_open();
    char text[64];
    (void)snprintf(text, sizeof text, "中%s中", squeezes[_i].text);
    double width = stage_width(&s, stage_plain(&s, "zh"), text);
    ck_assert_double_eq_tol(width, 10 * squeezes[_i].width + 20, 1e-6);
    stage_close(&s);
}
END_TEST

START_TEST(a_mark_that_begins_a_line_leaves_half_an_em_empty)
{
    stage s = stage_open();
    static const struct {
        const char *language, *text;
        double lead;
    } cases[] = {{"zh", "《中", 5}, {"zh", "“（中", 5}, {"zh", "中《", 0}, {"zh", "，中", 0},
                 {"en", "（中", 0}, {"ja", "「中", 5},  {"zh", "", 0},     {"zh", "(中", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bp_error err = {0};
        double lead = -1;
        ck_assert(bp_shape_lead(s.shaper, stage_plain(&s, cases[i].language), cases[i].text,
                                strlen(cases[i].text), &lead, &err));
        ck_assert_double_eq_tol(lead, cases[i].lead, 1e-6);
    }
    stage_close(&s);
}
END_TEST

START_TEST(a_family_that_is_not_listed_helps_out)
{
    stage s = stage_open();
    const char *families[] = {"Inter"};
    bp_style_spec spec = {.families = families, .family_count = 1, .size = 10};
    size_t count;
    const bp_run *runs = shape(&s, stage_style(&s, &spec), "中", 0, &count);
    ck_assert_str_eq(bp_font_name(runs[0].font), "NotoSansCJKsc-Regular");
    stage_close(&s);
}
END_TEST

START_TEST(text_from_right_to_left_comes_in_visual_order)
{
    stage s = stage_open();
    size_t count;
    const bp_run *run = shape(&s, stage_plain(&s, "he"), "שלום", 1, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(run->is_rtl);
    for (size_t i = 1; i < run->glyph_count; i++)
        ck_assert_uint_lt(run->glyphs[i].cluster, run->glyphs[i - 1].cluster);
    stage_close(&s);
}
END_TEST

START_TEST(equal_specs_are_one_style)
{
    stage s = stage_open();
    bp_style_spec spec = stage_spec("en"), same = stage_spec(NULL);
    same.weight = 400;
    same.word_space = 1;
    same.features = "";
    const bp_style *style = stage_style(&s, &spec);
    ck_assert_ptr_eq(style, stage_style(&s, &same));
    for (int i = 0; i < 300; i++) { /* More than the table begins with. */
        spec.size = 5 + i * 0.1;
        ck_assert_double_eq(bp_style_values(stage_style(&s, &spec))->size, spec.size);
    }
    ck_assert_ptr_eq(style, stage_style(&s, &same));
    ck_assert_str_eq(bp_font_name(bp_style_font(style)), "Inter-Regular");
    stage_close(&s);
}
END_TEST

START_TEST(a_bad_style_says_what_is_wrong)
{
    stage s = stage_open();
    const char *unknown[] = {"Inter", "Nter"};
    bp_style_spec good = stage_spec("en");
    bp_style_spec bad[] = {good, good, good, good, good, good};
    const char *said[] = {"size", "weight", "OpenType feature", "families", "Nter", "tracking"};
    bad[0].size = 0;
    bad[1].weight = 2000;
    bad[2].features = "tnum,liga=x";
    bad[3].family_count = 0;
    bad[4].families = unknown;
    bad[4].family_count = 2;
    bad[5].tracking = NAN;
    for (size_t i = 0; i < 6; i++) {
        bp_error err = {0};
        ck_assert_msg(bp_style_find(s.shaper, &bad[i], &err) == NULL, "%s", said[i]);
        ck_assert_msg(strstr(err.text, said[i]) != NULL, "%s", err.text);
    }
    stage_close(&s);
}
END_TEST

START_TEST(styles_of_any_size_share_shaped_words)
{
    stage s = stage_open();
    bp_style_spec spec = stage_spec("en");
    const bp_style *small = stage_style(&s, &spec);
    spec.size = 30;
    spec.color = 0xff0000ff;
    const bp_style *large = stage_style(&s, &spec);
    size_t count;
    const bp_run *run = shape(&s, small, "word", 0, &count);
    bp_shape_stats before = bp_shaper_stats(s.shaper);
    long asked = bp_mem.asked;
    ck_assert_ptr_eq(run, shape(&s, large, "word", 0, &count));
    ck_assert_double_eq_tol(stage_width(&s, large, "word"), 3 * stage_width(&s, small, "word"),
                            1e-9);
    ck_assert_int_eq(bp_mem.asked, asked); /* A known word allocates nothing. */
    ck_assert_uint_eq(bp_shaper_stats(s.shaper).misses, before.misses);
    ck_assert_uint_eq(bp_shaper_stats(s.shaper).hits, before.hits + 3);
    stage_close(&s);
}
END_TEST

START_TEST(tracking_and_word_space_widen_a_line)
{
    stage s = stage_open();
    bp_style_spec spec = stage_spec("en");
    double plain = stage_width(&s, stage_style(&s, &spec), "a b");
    double space = plain - stage_width(&s, stage_style(&s, &spec), "a") -
                   stage_width(&s, stage_style(&s, &spec), "b");
    spec.tracking = 100; /* 1 point behind each but the last. */
    ck_assert_double_eq_tol(stage_width(&s, stage_style(&s, &spec), "a b"), plain + 2, 1e-6);
    spec.tracking = 0;
    spec.word_space = 3;
    ck_assert_double_eq_tol(stage_width(&s, stage_style(&s, &spec), "a b"), plain + 2 * space,
                            1e-3);
    stage_close(&s);
}
END_TEST

START_TEST(new_words_without_end_keep_the_cache_bounded)
{
    stage s = stage_open();
    const bp_style *style = stage_plain(&s, "en");
    const bp_paragraph_options options = {0};
    bp_paragraph *kept = stage_paragraph(&s, style, "kept for long", &options);
    char text[32];
    size_t most = 0;
    for (unsigned i = 0; i < 60000; i++) {
        for (size_t k = 0; k < 24; k++)
            text[k] = (char)('a' + (i >> k % 16 & 7));
        text[24] = '\0';
        (void)snprintf(text + 18, 7, "%06u", i);
        bp_paragraph_free(stage_paragraph(&s, style, text, &options));
        size_t now = bp_shaper_stats(s.shaper).bytes;
        most = now > most ? now : most;
    }
    ck_assert_uint_gt(most, 1u << 20); /* It was trimmed ... */
    ck_assert_uint_lt(most, 7u << 19); /* ... and one generation is held by a paragraph. */
    stage_layout(kept, 30);
    ck_assert_str_eq(stage_line(kept, 0), "kept");
    const bp_run *run = stage_at(kept, 0)->pieces[0].run;
    ck_assert_int_eq(memcmp(run->text, "kept", 4), 0);
    bp_paragraph_free(kept);
    stage_close(&s);
}
END_TEST

/* Runs as text: fonts, glyphs, advances, texts. */
static void put_runs(const bp_run *runs, size_t count, bp_buf *out)
{
    for (size_t r = 0; r < count; r++) {
        ck_assert(bp_buf_format(out, "%s \"%.*s\" %d %d %u %u %.3f:", bp_font_name(runs[r].font),
                                (int)runs[r].text_length, runs[r].text, runs[r].is_rtl,
                                runs[r].is_wide, runs[r].cluster_count, runs[r].space_count,
                                runs[r].advance));
        for (size_t i = 0; i < runs[r].glyph_count; i++)
            ck_assert(bp_buf_format(out, " %u/%u/%.3f", runs[r].glyphs[i].id,
                                    runs[r].glyphs[i].cluster, (double)runs[r].glyphs[i].advance));
        ck_assert(bp_buf_char(out, '\n'));
    }
}

START_TEST(words_asked_for_often_outlive_a_trim_unchanged)
{
    static const struct {
        const char *text;
        int level;
    } often[] = {
        {"office ", 0}, {"5G基站→☐x", 0}, {"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", 1}, {"", 0}};
    stage s = stage_open();
    bp_style_spec spec = stage_spec("zh");
    spec.allow_missing = true;
    const bp_style *style = stage_style(&s, &spec);
    bp_buf before = {0}, after = {0};
    size_t count = 0;
    for (size_t i = 0; i < 4; i++) {
        for (int times = 0; times < 10; times++)
            (void)shape(&s, style, often[i].text, often[i].level, &count);
        const bp_run *runs = shape(&s, style, often[i].text, often[i].level, &count);
        put_runs(runs, count, &before);
    }
    (void)shape(&s, style, "rare", 0, &count);
    size_t made = bp_shaper_stats(s.shaper).misses, trims = 0, last = 0;
    for (unsigned n = 0; trims < 3; n++) {
        char text[32];
        (void)snprintf(text, sizeof text, "number %09u", n);
        (void)shape(&s, style, text, 0, &count);
        made++;
        if (n % 500 == 0) /* Between two trims they are asked for again. */
            for (size_t i = 0; i < 4 * 6; i++)
                (void)shape(&s, style, often[i % 4].text, often[i % 4].level, &count);
        last = bp_shaper_stats(s.shaper).bytes;
        bp_shaper_trim(s.shaper);
        trims += bp_shaper_stats(s.shaper).bytes < last;
    }
    for (size_t i = 0; i < 4; i++) {
        const bp_run *runs = shape(&s, style, often[i].text, often[i].level, &count);
        put_runs(runs, count, &after);
    }
    ck_assert_uint_eq(bp_shaper_stats(s.shaper).misses, made);
    (void)shape(&s, style, "rare", 0, &count);
    ck_assert_uint_eq(bp_shaper_stats(s.shaper).misses, made + 1);
    ck_assert_str_eq(after.bytes, before.bytes);
    bp_buf_clear(&before);
    bp_buf_clear(&after);
    stage_close(&s);
}
END_TEST

START_TEST(a_very_long_word_is_shaped_in_parts)
{
    stage s = stage_open();
    size_t length = 200000, count, glyphs = 0;
    char *text = malloc(length);
    bp_error err = {0};
    const bp_run *runs;
    memset(text, 'x', length);
    ck_assert(bp_shape(s.shaper, stage_plain(&s, "en"), text, length - 3, 0, &runs, &count, &err));
    for (size_t i = 0; i < count; i++)
        glyphs += runs[i].glyph_count;
    ck_assert_uint_eq(glyphs, length - 3);
    ck_assert_uint_gt(count, 4);
    free(text);
    stage_close(&s);
}
END_TEST

START_TEST(bad_bytes_are_refused)
{
    stage s = stage_open();
    bp_error err = {0};
    const bp_run *runs;
    size_t count;
    ck_assert(!bp_shape(s.shaper, stage_plain(&s, "en"), "a\xff", 2, 0, &runs, &count, &err));
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    stage_close(&s);
}
END_TEST

START_TEST(an_empty_word_has_no_runs)
{
    stage s = stage_open();
    size_t count = 9;
    (void)shape(&s, stage_plain(&s, "en"), "", 0, &count);
    ck_assert_uint_eq(count, 0);
    (void)shape(&s, stage_plain(&s, "en"), "", 0, &count);
    ck_assert_double_eq(stage_width(&s, stage_plain(&s, "en"), ""), 0);
    stage_close(&s);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("shape");
    tcase_add_test(tests, pairs_are_kerned);
    tcase_add_test(tests, ligatures_keep_their_clusters);
    tcase_add_test(tests, tabular_figures_are_of_one_width);
    tcase_add_loop_test(tests, each_cluster_gets_the_first_font_that_has_it, 0,
                        sizeof fallbacks / sizeof *fallbacks);
    tcase_add_loop_test(tests, chinese_punctuation_side_by_side_is_squeezed, 0,
                        sizeof squeezes / sizeof *squeezes);
    tcase_add_test(tests, a_mark_that_begins_a_line_leaves_half_an_em_empty);
    tcase_add_test(tests, a_family_that_is_not_listed_helps_out);
    tcase_add_test(tests, text_from_right_to_left_comes_in_visual_order);
    tcase_add_test(tests, equal_specs_are_one_style);
    tcase_add_test(tests, a_bad_style_says_what_is_wrong);
    tcase_add_test(tests, styles_of_any_size_share_shaped_words);
    tcase_add_test(tests, tracking_and_word_space_widen_a_line);
    tcase_add_test(tests, new_words_without_end_keep_the_cache_bounded);
    tcase_add_test(tests, words_asked_for_often_outlive_a_trim_unchanged);
    tcase_add_test(tests, a_very_long_word_is_shaped_in_parts);
    tcase_add_test(tests, bad_bytes_are_refused);
    tcase_add_test(tests, an_empty_word_has_no_runs);
    return stage_run("shape", tests);
}
