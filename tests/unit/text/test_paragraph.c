/* Paragraphs: where lines end, where their pieces lie, and that nothing sticks out or is lost. */
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "stage.h"
#include "text/paragraph_private.h"

static const char prose[] =
    "By the end of 2022, Beijing E-Town had 1,234 accredited R&D institutions, of which 56 are "
    "national; co\u00adoper\u00ada\u00adtion with high-tech firms grew by 34.8% in a year.";

START_TEST(lines_end_at_words)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.greedy = true};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), prose, &options);
    stage_layout(p, 120);
    ck_assert_str_eq(stage_line(p, 0), "By the end of 2022,");
    ck_assert_str_eq(stage_line(p, 1), "Beijing E-Town had 1,234");
    ck_assert(stage_is_inside(p, 120));
    ck_assert(stage_at(p, bp_paragraph_line_count(p) - 1)->is_last);
    ck_assert_double_eq_tol(bp_paragraph_height(p), 14.0 * (double)bp_paragraph_line_count(p),
                            1e-9);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(a_paragraph_fits_into_its_own_widths)
{
    stage s = stage_open();
    const bp_paragraph_options options = {0};
    static const char *const texts[] = {prose, "中关村AI 2022年（含R&D）", "one", "a b  "};
    for (size_t i = 0; i < 4; i++) {
        const bp_style *style = stage_plain(&s, i == 1 ? "zh" : "en");
        bp_paragraph *p = stage_paragraph(&s, style, texts[i], &options);
        stage_layout(p, bp_paragraph_max_width(p));
        ck_assert_uint_eq(bp_paragraph_line_count(p), 1);
        if (i > 0) /* The text's own measure is the paragraph's: soft hyphens are the exception. */
            ck_assert_double_eq_tol(stage_width(&s, style, texts[i]), bp_paragraph_max_width(p),
                                    1e-6);
        stage_layout(p, bp_paragraph_min_width(p));
        ck_assert(stage_is_inside(p, bp_paragraph_min_width(p)));
        double less =
            bp_paragraph_min_width(p) - 0.5; /* Parts are divided, but not single characters. */
        stage_layout(p, less);
        ck_assert(stage_is_inside(p, less) || i == 3);
        bp_paragraph_free(p);
    }
    stage_close(&s);
}
END_TEST

START_TEST(justified_lines_are_exactly_as_wide_as_the_measure)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    static const char *const texts[] = {
        prose, "到2022年底，经开区共有“高新技术企业”1,234家（含外资），北京AI产业发展。"};
    for (size_t t = 0; t < 2; t++) {
        bp_paragraph *p =
            stage_paragraph(&s, stage_plain(&s, t == 0 ? "en" : "zh"), texts[t], &options);
        for (double width = 90; width < 200; width += 17.3) {
            stage_layout(p, width);
            size_t count = bp_paragraph_line_count(p);
            for (size_t i = 0; i < count; i++) {
                const bp_line *line = stage_at(p, i);
                const bp_piece *last = NULL;
                for (size_t k = 0; k < line->piece_count; k++)
                    last = line->pieces[k].is_hanging ? last : &line->pieces[k];
                ck_assert_double_eq_tol(line->x, 0, 1e-6);
                if (last == NULL)
                    ck_abort_msg("a line without pieces");
                else
                    ck_assert_double_eq_tol(last->x + last->width - bp_piece_room(last, false),
                                            line->width, 1e-6);
                if (i + 1 < count)
                    ck_assert_double_eq_tol(line->width, width, 1e-6);
                else
                    ck_assert_double_le(line->width, width + 0.001);
                ck_assert(i + 1 < count || line->stretch == 0.0);
            }
        }
        bp_paragraph_free(p);
    }
    stage_close(&s);
}
END_TEST

/* The sum of the squares of what the spaces of closed lines grew by. */
static double unevenness(const bp_paragraph *p)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < bp_paragraph_line_count(p); i++)
        sum += pow(stage_at(p, i)->stretch, 2);
    return sum;
}

START_TEST(justified_paragraphs_are_divided_as_a_whole)
{
    stage s = stage_open();
    static const char text[] =
        "In olden times when wishing still helped one, there lived a king whose daughters were all "
        "beautiful; and the youngest was so beautiful that the sun itself, which has seen so much, "
        "was astonished whenever it shone in her face. Close by the king's castle lay a great dark "
        "forest, and under an old lime-tree in the forest was a well, and when the day was very "
        "warm, "
        "the king's child went out into the forest and sat down by the side of the cool fountain.";
    bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *whole = stage_paragraph(&s, stage_plain(&s, "en"), text, &options);
    options.greedy = true;
    bp_paragraph *greedy = stage_paragraph(&s, stage_plain(&s, "en"), text, &options);
    double sum = 0, greedy_sum = 0;
    for (double width = 130; width < 330; width += 5) {
        stage_layout(whole, width);
        stage_layout(greedy, width);
        sum += unevenness(whole);
        greedy_sum += unevenness(greedy);
        ck_assert(stage_is_inside(whole, width));
        for (size_t i = 0; i < bp_paragraph_line_count(whole); i++)
            ck_assert_double_gt(stage_at(whole, i)->stretch, -2.82 / 3 - 0.01);
    }
    ck_assert_double_lt(sum, 0.6 * greedy_sum);
    bp_paragraph_free(whole);
    bp_paragraph_free(greedy);
    stage_close(&s);
}
END_TEST

static const struct {
    bp_align align;
    int direction;
    double share; /* Of the room that is left, to the left of the line. */
} aligns[] = {
    {BP_ALIGN_START, 0, 0},   {BP_ALIGN_END, 0, 1},   {BP_ALIGN_CENTER, 0, 0.5},
    {BP_ALIGN_LEFT, 0, 0},    {BP_ALIGN_RIGHT, 0, 1}, {BP_ALIGN_START, 1, 1},
    {BP_ALIGN_END, 1, 0},     {BP_ALIGN_LEFT, 1, 0},  {BP_ALIGN_JUSTIFY, 0, 0},
    {BP_ALIGN_JUSTIFY, 1, 1}, /* The last line. */
};

START_TEST(lines_are_aligned)
{
    stage s = stage_open();
    bp_paragraph_options options = {.align = aligns[_i].align, .direction = aligns[_i].direction};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), "short ", &options);
    stage_layout(p, 100);
    const bp_line *line = stage_at(p, 0);
    ck_assert_double_eq_tol(line->x, aligns[_i].share * (100 - line->width), 1e-6);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(line_feeds_force_lines)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY, .no_wrap = true};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), "one two\n\nthree\n", &options);
    stage_layout(p, 20);
    ck_assert_uint_eq(bp_paragraph_line_count(p), 3);
    ck_assert_str_eq(stage_line(p, 0), "one two");
    ck_assert_str_eq(stage_line(p, 1), "");
    ck_assert_str_eq(stage_line(p, 2), "three");
    ck_assert(stage_at(p, 0)->is_forced && stage_at(p, 0)->stretch == 0.0);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(soft_hyphens_show_where_they_break)
{
    stage s = stage_open();
    const bp_paragraph_options options = {0};
    bp_paragraph *p =
        stage_paragraph(&s, stage_plain(&s, "en"), "co\u00adoper\u00adation", &options);
    double whole = bp_paragraph_max_width(p);
    stage_layout(p, whole - 1);
    ck_assert_uint_eq(bp_paragraph_line_count(p), 2);
    const bp_line *line = stage_at(p, 0);
    ck_assert(line->is_hyphenated);
    const bp_piece *hyphen = &line->pieces[line->piece_count - 1];
    ck_assert_int_eq(memcmp(hyphen->run->text, "\u00ad", 2), 0);
    ck_assert_double_gt(hyphen->width, 1);
    ck_assert(stage_is_inside(p, whole - 1));
    ck_assert_str_eq(stage_line(p, 1), "ation");
    stage_layout(p, whole);
    ck_assert_uint_eq(bp_paragraph_line_count(p), 1);
    ck_assert(!stage_at(p, 0)->is_hyphenated);
    ck_assert_double_eq_tol(whole, stage_width(&s, stage_plain(&s, "en"), "cooperation"), 1e-6);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(ligatures_are_not_cut)
{
    stage s = stage_open();
    const char *families[] = {"DejaVu Sans"};
    bp_style_spec spec = {.families = families, .family_count = 1, .size = 10};
    const bp_paragraph_options options = {.hyphenate = BP_HYPHENATE_NEVER};
    bp_paragraph *p = stage_paragraph(&s, stage_style(&s, &spec), "ffiffiffi", &options);
    stage_layout(p, 12); /* Room for one ligature, but not for two. */
    ck_assert_uint_eq(bp_paragraph_line_count(p), 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_str_eq(stage_line(p, i), "ffi");
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(a_word_wider_than_the_line_is_divided)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.hyphenate = BP_HYPHENATE_NEVER};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"),
                                      "a Donaudampfschifffahrtsgesellschaft b", &options);
    stage_layout(p, 60);
    ck_assert_str_eq(stage_line(p, 0), "a"); /* A long word begins a line of its own. */
    ck_assert(stage_is_inside(p, 60));
    stage_layout(p, 0); /* One cluster a line: there is no less. */
    ck_assert_uint_eq(bp_paragraph_line_count(p), strlen("aDonaudampfschifffahrtsgesellschaftb"));
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(indents_narrow_the_first_line_or_all_others)
{
    stage s = stage_open();
    bp_paragraph_options options = {.indent = 20};
    bp_paragraph *first = stage_paragraph(&s, stage_plain(&s, "en"), prose, &options);
    options.indent = -20;
    bp_paragraph *others = stage_paragraph(&s, stage_plain(&s, "en"), prose, &options);
    stage_layout(first, 150);
    stage_layout(others, 150);
    ck_assert_double_eq(stage_at(first, 0)->x, 20);
    ck_assert_double_eq(stage_at(first, 1)->x, 0);
    ck_assert_double_eq(stage_at(others, 0)->x, 0);
    ck_assert_double_eq(stage_at(others, 1)->x, 20);
    ck_assert(stage_is_inside(first, 150) && stage_is_inside(others, 150));
    bp_paragraph_free(first);
    bp_paragraph_free(others);
    stage_close(&s);
}
END_TEST

START_TEST(fallback_never_moves_lines)
{
    stage s = stage_open();
    const bp_paragraph_options options = {0};
    bp_paragraph *latin = stage_paragraph(&s, stage_plain(&s, "en"), "a a", &options);
    bp_paragraph *mixed = stage_paragraph(&s, stage_plain(&s, "en"), "a 中☐", &options);
    stage_layout(latin, 500);
    stage_layout(mixed, 500);
    ck_assert_double_eq(stage_at(latin, 0)->baseline, stage_at(mixed, 0)->baseline);
    ck_assert_double_eq(bp_paragraph_height(latin), bp_paragraph_height(mixed));
    ck_assert_double_eq(bp_paragraph_ascent(latin), bp_paragraph_ascent(mixed));
    bp_paragraph_free(latin);
    bp_paragraph_free(mixed);
    stage_close(&s);
}
END_TEST

START_TEST(spans_keep_style_link_and_mark)
{
    stage s = stage_open();
    bp_error err = {0};
    bp_style_spec spec = stage_spec("en");
    const bp_style *plain = stage_style(&s, &spec);
    spec.weight = 700;
    const bp_style *bold = stage_style(&s, &spec);
    bp_span spans[] = {{.style = plain, .text = "pre", .length = 3},
                       {.style = bold, .text = "fix 42", .length = 6, .link = "#x", .mark = 7},
                       {.style = plain, .text = " end", .length = 4},
                       {.style = plain, .width = 8, .height = 30}};
    const bp_paragraph_options options = {.leading = 12};
    bp_paragraph *p = bp_paragraph_new(s.shaper, spans, 4, &options, &err);
    ck_assert_msg(p != NULL, "%s", err.text);
    stage_layout(p, 300);
    const bp_line *line = stage_at(p, 0);
    ck_assert_uint_eq(line->piece_count, 6); /* pre|fix |42| |end|box */
    ck_assert_ptr_eq(line->pieces[0].style, plain);
    ck_assert_ptr_eq(line->pieces[1].style, bold);
    ck_assert_str_eq(line->pieces[2].link, "#x");
    ck_assert_uint_eq(line->pieces[2].mark, 7);
    ck_assert_ptr_null(line->pieces[4].link);
    ck_assert_ptr_null(line->pieces[5].run);
    ck_assert_double_eq(line->pieces[5].width, 8);
    ck_assert_double_ge(line->baseline, 30); /* A high box makes its line higher. */
    ck_assert_double_gt(line->height, 12);
    stage_layout(p, bp_paragraph_max_width(p) - 9); /* "prefix" is one word in two styles. */
    ck_assert_uint_ge(bp_paragraph_min_width(p) > 25, 1);
    ck_assert(stage_is_inside(p, bp_paragraph_max_width(p) - 9));
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(spaces_at_a_line_end_hang)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_RIGHT};
    bp_error err = {0};
    bp_span span = {.style = stage_plain(&s, "en"), .text = "one   two", .length = 9, .link = "#x"};
    bp_paragraph *p = bp_paragraph_new(s.shaper, &span, 1, &options, &err);
    stage_layout(p, 25);
    const bp_line *line = stage_at(p, 0);
    ck_assert_str_eq(stage_line(p, 0), "one");
    ck_assert_uint_eq(line->piece_count, 2);
    ck_assert(line->pieces[1].is_hanging && line->pieces[1].link == NULL);
    ck_assert_uint_eq(line->pieces[1].glyph_count, 3);
    ck_assert_double_eq_tol(line->x + line->width, 25, 1e-6);
    ck_assert_double_eq_tol(line->pieces[1].x, 25, 1e-6);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(right_to_left_text_is_shown_from_the_right)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.direction = -1, .greedy = true};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "he"), "שלום 123 עולם", &options);
    stage_layout(p, 300);
    const bp_line *line = stage_at(p, 0);
    ck_assert_double_eq_tol(line->x + line->width, 300, 1e-6);
    const bp_piece *first = &line->pieces[0], *last = &line->pieces[line->piece_count - 1];
    ck_assert_int_eq(memcmp(first->run->text, "עולם", 8), 0);
    ck_assert_int_eq(memcmp(last->run->text, "שלום", 8), 0);
    ck_assert(first->run->is_rtl && last->run->is_rtl);
    for (size_t i = 1; i < line->piece_count; i++)
        ck_assert_double_eq_tol(line->pieces[i].x,
                                line->pieces[i - 1].x + line->pieces[i - 1].width, 1e-6);
    stage_layout(p, 45);
    ck_assert_str_eq(stage_line(p, 0), "שלום 123");
    ck_assert(stage_is_inside(p, 45));
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(latin_and_han_stand_a_quarter_em_apart_in_chinese)
{
    stage s = stage_open();
    const bp_style *zh = stage_plain(&s, "zh"), *en = stage_plain(&s, "en");
    ck_assert_double_eq_tol(stage_width(&s, zh, "中A中"),
                            stage_width(&s, en, "中A中") + 2 * 10 / 4.0, 1e-4);
    ck_assert_double_eq_tol(stage_width(&s, zh, "中é"), stage_width(&s, en, "中é") + 2.5, 1e-4);
    ck_assert_double_eq_tol(stage_width(&s, zh, "中β"), stage_width(&s, en, "中β") + 2.5, 1e-4);
    ck_assert_double_eq_tol(stage_width(&s, zh, "中 A"), stage_width(&s, en, "中 A"), 1e-6);
    ck_assert_double_eq_tol(stage_width(&s, zh, "A"), stage_width(&s, en, "A"), 1e-6);
    stage_close(&s);
}
END_TEST

static const struct {
    const char *text;
    bp_code code;
    const char *said;
} refusals[] = {
    {"a\xff", BP_ERR_DATA, "byte 2"},     {"a\tb", BP_ERR_DATA, "U+0009"},
    {"a\u2029b", BP_ERR_DATA, "U+2029"},  {"a\x7f", BP_ERR_DATA, "U+007F"},
    {"a\xc2\x85", BP_ERR_DATA, "U+0085"}, {"\U00013000", BP_ERR_RESOURCE, "U+13000"},
};

START_TEST(text_that_cannot_be_set_is_refused)
{
    stage s = stage_open();
    bp_error err = {0};
    const bp_paragraph_options options = {0};
    bp_span span = {.style = stage_plain(&s, "en"),
                    .text = refusals[_i].text,
                    .length = strlen(refusals[_i].text)};
    ck_assert_ptr_null(bp_paragraph_new(s.shaper, &span, 1, &options, &err));
    ck_assert_int_eq(err.code, refusals[_i].code);
    ck_assert_msg(strstr(err.text, refusals[_i].said) != NULL, "%s", err.text);
    stage_close(&s);
}
END_TEST

START_TEST(widths_and_options_that_make_no_sense_are_refused)
{
    stage s = stage_open();
    bp_error err = {0}, other = {0}, third = {0};
    bp_paragraph_options options = {0};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), "x", &options);
    ck_assert(!bp_paragraph_layout(p, NAN, &err));
    ck_assert_int_eq(err.code, BP_ERR_SCRIPT);
    ck_assert(!bp_paragraph_layout(p, -1, &other));
    ck_assert_uint_eq(bp_paragraph_line_count(p), 0);
    bp_paragraph_free(p);
    options.leading = INFINITY;
    ck_assert_ptr_null(bp_paragraph_new(s.shaper, NULL, 0, &options, &third));
    stage_close(&s);
}
END_TEST

START_TEST(an_empty_text_is_one_empty_line)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), "", &options);
    stage_layout(p, 50);
    ck_assert_uint_eq(bp_paragraph_line_count(p), 1);
    ck_assert_double_eq(bp_paragraph_height(p), 14);
    ck_assert_uint_eq(stage_at(p, 0)->piece_count, 0);
    ck_assert_double_eq(bp_paragraph_max_width(p), 0);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* Every byte of the text is on one line, in order, whatever the text and width. */
START_TEST(no_text_is_lost_or_sticks_out)
{
    static const char *const parts[] = {
        "word ",      "a",      "high-tech ", "中",     "国",  "，",      "“",  "”",
        "\n",         "  ",     "שלום ",      "مرحبا ", "123", "e\u0301", "fi", "\u00ad",
        "www.a.b/c ", "\u00a0", "(",          ")",      "…",   "\u200b",  "AV", "2022年"};
    stage s = stage_open();
    bp_style_spec spec = stage_spec("zh");
    spec.tracking = 20;
    const bp_style *style = stage_style(&s, &spec);
    uint32_t seed = 7;
    for (int round = 0; round < 400; round++) {
        char text[1024] = "";
        for (int i = 0; i < 40; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, parts[(seed >> 8) % (sizeof parts / sizeof *parts)]);
        }
        const bp_paragraph_options options = {.align = (bp_align)(round % 6),
                                              .direction = round % 3 - 1};
        bp_paragraph *p = stage_paragraph(&s, style, text, &options);
        double width = 15 + round % 97;
        size_t at = 0, start = 0, end = 0;
        stage_layout(p, width);
        ck_assert_msg(stage_is_inside(p, width), "width %g: %s", width, text);
        for (size_t i = 0; i < bp_paragraph_line_count(p); i++) {
            ck_assert(bp_paragraph_line_range(p, i, &start, &end));
            for (; at < start; at++)
                ck_assert(text[at] == ' ' || text[at] == '\n');
            ck_assert_uint_eq(at, start);
            ck_assert_uint_ge(end, start);
            at = end;
        }
        for (; text[at] != '\0'; at++)
            ck_assert(text[at] == ' ' || text[at] == '\n');
        bp_paragraph_free(p);
    }
    stage_close(&s);
}
END_TEST

/* Hard texts: the work is that of the text, whatever it is made of. Counted, not timed. */
static const struct {
    const char *pattern;
    size_t count; /* Of times; 0: a megabyte of it. */
    double width;
    bp_align align;
} heavy[] = {
    {"the quick brown fox ", 0, 200, BP_ALIGN_JUSTIFY},
    {"the quick brown fox ", 0, 200, BP_ALIGN_START},
    {"the quick brown fox ", 0, 200, BP_ALIGN_CENTER},
    {"representation of institutions ", 0, 90, BP_ALIGN_JUSTIFY},
    {"x", 0, 200, BP_ALIGN_JUSTIFY},
    {"x", 0, 200, BP_ALIGN_START},
    {"a-", 0, 200, BP_ALIGN_JUSTIFY},
    {"中", 0, 200, BP_ALIGN_JUSTIFY},
    {"a ", 0, 200, BP_ALIGN_JUSTIFY},
    {"\u00ad", 0, 200, BP_ALIGN_JUSTIFY},
    {"e\u0301", 0, 200, BP_ALIGN_JUSTIFY},
    {"a\u00ad", 200000, 200, BP_ALIGN_JUSTIFY},
    {"a\n", 100000, 200, BP_ALIGN_JUSTIFY},
    {"\n", 100000, 200, BP_ALIGN_START},
    {"word word\n", 20000, 30, BP_ALIGN_JUSTIFY},
    {"e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", 500, 200, BP_ALIGN_JUSTIFY},
    {"\u0301", 5000, 50, BP_ALIGN_START},
    {"institution ", 5000, 0, BP_ALIGN_JUSTIFY},
    {"institution ", 5000, 0, BP_ALIGN_START},
    {"institution ", 20000, 1000000, BP_ALIGN_JUSTIFY},
    {"i ", 200000, 100000, BP_ALIGN_START},
};

START_TEST(hard_texts_are_laid_out)
{
    stage s = stage_open();
    size_t step = strlen(heavy[_i].pattern);
    size_t whole = heavy[_i].count > 0 ? heavy[_i].count * step : (size_t)1 << 20;
    whole = whole / step * step;
    char *text = malloc(whole);
    ck_assert_ptr_nonnull(text);
    const bp_paragraph_options options = {.align = heavy[_i].align};
    bp_error err = {0};
    for (size_t i = 0; i < whole; i++)
        text[i] = heavy[_i].pattern[i % step];
    const char *language = heavy[_i].pattern[0] < 0 ? "zh" : "en";
    bp_span span = {.style = stage_plain(&s, language), .text = text, .length = whole};
    bp_paragraph *p = bp_paragraph_new(s.shaper, &span, 1, &options, &err);
    ck_assert_msg(p != NULL, "%s", err.text);
    stage_layout(p, heavy[_i].width);
    ck_assert(heavy[_i].width <= 0 || stage_is_inside(p, heavy[_i].width));
    ck_assert_uint_le(p->work.steps, 130 * whole); /* Of 256 at most. */
    bp_paragraph_free(p);
    free(text);
    stage_close(&s);
}
END_TEST

/* A small life of the whole room; false with `err` where something was refused. */
static bool live_once(bp_error *err)
{
    bool ok = false;
    bp_paragraph *p = NULL;
    bp_shaper *shaper = NULL;
    bp_style_spec spec = stage_spec("zh");
    spec.features = "tnum";
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY, .direction = -1};
    static const char text[] = "Beijing “中关村” co\u00adop שלום 1,234 x";
    bp_catalog *catalog = bp_catalog_new(MANIFEST, NULL, 0, false, err);
    if (catalog != NULL)
        shaper = bp_shaper_new(catalog, err);
    const bp_style *style = shaper != NULL ? bp_style_find(shaper, &spec, err) : NULL;
    bp_span span = {.style = style, .text = text, .length = sizeof text - 1, .link = "#a"};
    if (style != NULL)
        p = bp_paragraph_new(shaper, &span, 1, &options, err);
    ok = p != NULL && bp_paragraph_layout(p, 60, err) && bp_paragraph_layout(p, 12, err);
    bp_paragraph_free(p);
    static const char chinese[] = "（中关村）“5G”、AI时代，R&D人员多。";
    double width = 0, lead = 0;
    span = (bp_span){.style = style, .text = chinese, .length = sizeof chinese - 1};
    p = ok ? bp_paragraph_new(shaper, &span, 1, &options, err) : NULL;
    ok = p != NULL && bp_paragraph_layout(p, 63, err) && bp_paragraph_layout(p, 97, err) &&
         bp_shape_width(shaper, style, chinese, sizeof chinese - 1, &width, err) &&
         bp_shape_lead(shaper, style, chinese, sizeof chinese - 1, &lead, err);
    bp_paragraph_free(p);
    bp_shaper_free(shaper);
    bp_catalog_free(catalog);
    return ok;
}

START_TEST(a_refused_block_ends_in_an_error_without_leak)
{
    for (long n = 1;; n++) {
        bp_mem = (bp_mem_probe){.fail_at = n, .fail_on = _i != 0};
        bp_error err = {0};
        bool ok = live_once(&err);
        ck_assert_int_eq(bp_mem.live, 0);
        if (bp_mem.refused == 0) {
            ck_assert_msg(ok, "%s", err.text);
            break;
        }
        ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
        ck_assert_int_lt(n, 5000);
    }
    bp_mem = (bp_mem_probe){0};
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("paragraph");
    tcase_add_test(tests, lines_end_at_words);
    tcase_add_test(tests, a_paragraph_fits_into_its_own_widths);
    tcase_add_test(tests, justified_lines_are_exactly_as_wide_as_the_measure);
    tcase_add_test(tests, justified_paragraphs_are_divided_as_a_whole);
    tcase_add_loop_test(tests, lines_are_aligned, 0, sizeof aligns / sizeof *aligns);
    tcase_add_test(tests, line_feeds_force_lines);
    tcase_add_test(tests, soft_hyphens_show_where_they_break);
    tcase_add_test(tests, ligatures_are_not_cut);
    tcase_add_test(tests, a_word_wider_than_the_line_is_divided);
    tcase_add_test(tests, indents_narrow_the_first_line_or_all_others);
    tcase_add_test(tests, fallback_never_moves_lines);
    tcase_add_test(tests, spans_keep_style_link_and_mark);
    tcase_add_test(tests, spaces_at_a_line_end_hang);
    tcase_add_test(tests, right_to_left_text_is_shown_from_the_right);
    tcase_add_test(tests, latin_and_han_stand_a_quarter_em_apart_in_chinese);
    tcase_add_loop_test(tests, text_that_cannot_be_set_is_refused, 0,
                        sizeof refusals / sizeof *refusals);
    tcase_add_test(tests, widths_and_options_that_make_no_sense_are_refused);
    tcase_add_test(tests, an_empty_text_is_one_empty_line);
    tcase_add_test(tests, no_text_is_lost_or_sticks_out);
    tcase_add_loop_test(tests, hard_texts_are_laid_out, 0, sizeof heavy / sizeof *heavy);
    tcase_add_loop_test(tests, a_refused_block_ends_in_an_error_without_leak, 0, 2);
    return stage_run("paragraph", tests);
}
