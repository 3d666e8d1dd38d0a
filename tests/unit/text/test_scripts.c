/* Text of many scripts in paragraphs: letters that join, marks, and both directions. */
#include <stdio.h>

#include "stage.h"
#include "text/bidi.h"

static bp_paragraph *spans_paragraph(stage *s, const bp_span *spans, size_t count,
                                     const bp_paragraph_options *options)
{
    bp_error err = {0};
    bp_paragraph *paragraph = bp_paragraph_new(s->shaper, spans, count, options, &err);
    ck_assert_msg(paragraph != NULL, "%s", err.text);
    stage_layout(paragraph, 400);
    return paragraph;
}

static const bp_style *dejavu(stage *s, uint32_t color)
{
    const char *families[] = {"DejaVu Sans"};
    bp_style_spec spec = {
        .families = families, .family_count = 1, .size = 10, .language = "ar", .color = color};
    return stage_style(s, &spec);
}

/* The glyphs of a paragraph's first line from the left. */
static size_t line_glyphs(const bp_paragraph *paragraph, uint32_t ids[16])
{
    const bp_line *line = stage_at(paragraph, 0);
    size_t count = 0;
    for (size_t i = 0; i < line->piece_count; i++)
        for (size_t g = 0; g < line->pieces[i].glyph_count; g++) {
            ck_assert_uint_lt(count, 16);
            ids[count++] = line->pieces[i].run->glyphs[line->pieces[i].first_glyph + g].id;
        }
    return count;
}

static const struct {
    const char *first, *second;
    bool joins;
} joins[] = {
    {"\u0633", "\u0645\u0639", true},       /* Seen and meem join, */
    {"\u0633\u0650", "\u0645\u0639", true}, /* over a vowel too; */
    {"\u062f", "\u0645\u0639", false},      /* dal joins nothing behind it; */
    {"\u05e9", "\u05dc\u05d5", false},      /* Hebrew letters do not join. */
};

START_TEST(letters_join_across_spans)
{
    stage s = stage_open();
    const char *first = joins[_i].first, *second = joins[_i].second;
    char whole[32];
    (void)snprintf(whole, sizeof whole, "%s%s", first, second);
    const bp_paragraph_options options = {.direction = -1};
    const bp_span one = {.style = dejavu(&s, 0xff), .text = whole, .length = strlen(whole)};
    const bp_span alone = {.style = dejavu(&s, 0xff), .text = first, .length = strlen(first)};
    const bp_span two[] = {
        alone, {.style = dejavu(&s, 0xff0000ff), .text = second, .length = strlen(second)}};
    bp_paragraph *joined = spans_paragraph(&s, &one, 1, &options);
    bp_paragraph *parted = spans_paragraph(&s, two, 2, &options);
    bp_paragraph *single = spans_paragraph(&s, &alone, 1, &options);
    uint32_t expected[16], found[16], isolated[16];
    size_t count = line_glyphs(joined, expected);
    ck_assert_uint_eq(line_glyphs(parted, found), count);
    ck_assert_int_eq(memcmp(found, expected, count * sizeof *found), 0);
    ck_assert_uint_eq(stage_at(parted, 0)->piece_count, 2);
    size_t letters = line_glyphs(single, isolated); /* The text's first letter is the last glyph. */
    ck_assert_int_eq(isolated[letters - 1] != found[count - 1], joins[_i].joins);
    bp_paragraph_free(joined);
    bp_paragraph_free(parted);
    bp_paragraph_free(single);
    stage_close(&s);
}
END_TEST

START_TEST(marks_stay_with_the_letter_of_another_span)
{
    stage s = stage_open();
    const bp_span spans[] = {{.style = dejavu(&s, 0xff), .text = "x", .length = 1},
                             {.style = dejavu(&s, 0xff0000ff), .text = "\u0301y", .length = 3}};
    const bp_paragraph_options options = {0};
    bp_paragraph *p = spans_paragraph(&s, spans, 2, &options);
    const bp_line *line = stage_at(p, 0);
    ck_assert_uint_eq(line->piece_count, 2);
    ck_assert_uint_eq(line->pieces[0].run->text_length, 3);
    ck_assert_int_eq(memcmp(line->pieces[0].run->text, "x\u0301", 3), 0);
    ck_assert_int_eq(memcmp(line->pieces[1].run->text, "y", 1), 0);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(a_line_of_both_directions_is_as_wide_as_its_paragraph)
{
    stage s = stage_open();
    static const char text[] = "\u0633\u0645\u0639abc\u0633\u0645\u0639 12";
    const bp_paragraph_options options = {.direction = -1};
    bp_paragraph *p = stage_paragraph(&s, dejavu(&s, 0xff), text, &options);
    ck_assert_double_eq_tol(stage_width(&s, dejavu(&s, 0xff), text), bp_paragraph_max_width(p),
                            1e-9);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(pieces_say_where_they_are_read)
{
    stage s = stage_open();
    static const char text[] = "ab \u05e9\u05dc 12 \u05d5\u05dd cd";
    const bp_paragraph_options options = {.direction = 0};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), text, &options);
    stage_layout(p, 300);
    const bp_line *line = stage_at(p, 0);
    ck_assert(line->is_mixed && !line->is_rtl);
    bool seen[sizeof text] = {0};
    size_t covered = 0;
    for (size_t i = 0; i < line->piece_count; i++) {
        const bp_piece *piece = &line->pieces[i];
        size_t length = piece->run->text_length; /* No piece is a part of its run. */
        ck_assert_uint_le(piece->start + length, sizeof text - 1);
        ck_assert_int_eq(memcmp(piece->run->text, text + piece->start, length), 0);
        ck_assert(!seen[piece->start]);
        seen[piece->start] = true;
        covered += length;
    }
    ck_assert_uint_eq(covered, sizeof text - 1);
    ck_assert_uint_eq(line->pieces[0].start, 0);
    ck_assert_uint_eq(line->pieces[1].start, 11); /* What is read later stands further left. */
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

static const struct {
    const char *language, *text;
    bool is_rtl;
} directions[] = {
    {"he", "IBM \u05e9\u05dc\u05d5\u05dd", true}, /* As the language is, not as the text begins; */
    {"ar-EG", "2022", true},
    {"az-Arab", "2022", true}, /* as its script is; */
    {"sd-Deva-IN", "2022", false},
    {"en", "\u05e9\u05dc\u05d5\u05dd IBM", true}, /* else as the text begins. */
    {"en", "IBM \u05e9\u05dc\u05d5\u05dd", false},
    {"arn", "2022", false},
};

START_TEST(paragraphs_run_as_their_language_is_written)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.direction = -1};
    bp_style_spec spec = stage_spec(directions[_i].language);
    bp_paragraph *p = stage_paragraph(&s, stage_style(&s, &spec), directions[_i].text, &options);
    stage_layout(p, 300);
    const bp_line *line = stage_at(p, 0);
    ck_assert_double_eq_tol(line->x, directions[_i].is_rtl ? 300 - line->width : 0, 1e-6);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* A line that ends in a blank between two words of one direction, in a paragraph of the other. */
static const struct {
    const char *text, *blank;
    int direction;
    double width;
} blanks[] = {
    {"abc \u0633\u0645\u0639\u2003\u0633\u0645\u0639", "\u2003", 0, 60},
    {"abc \u0633\u0645\u0639\u3000\u0633\u0645\u0639", "\u3000", 0, 60},
    {"abc \u0633\u0645\u0639 \u0633\u0645\u0639", " ", 0, 50},
    {"\u05e9\u05dc abcdef\u2003abcdef", "\u2003", 1, 60},
    {"\u05e9\u05dc abcdef\u2003abcdef", "\u2003", -1, 60},
    {"\u05e9\u05dc abcdef abcdef", " ", 1, 55},
};

START_TEST(blanks_that_end_a_line_stand_at_its_end)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.direction = blanks[_i].direction, .greedy = true};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), blanks[_i].text, &options);
    stage_layout(p, blanks[_i].width);
    ck_assert_uint_eq(bp_paragraph_line_count(p), 2);
    const bp_line *line = stage_at(p, 0);
    ck_assert_int_eq(line->is_rtl, blanks[_i].direction != 0);
    const bp_piece *last = &line->pieces[line->is_rtl ? 0 : line->piece_count - 1];
    const char *text = blanks[_i].text + last->start, *blank = blanks[_i].blank;
    ck_assert_int_eq(strncmp(text, blank, strlen(blank)), 0);
    ck_assert_int_eq(last->is_hanging, *blank == ' ');
    for (size_t i = 1; i < line->piece_count; i++)
        ck_assert_double_eq_tol(line->pieces[i].x,
                                line->pieces[i - 1].x + line->pieces[i - 1].width, 1e-6);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* Tabs and other segment separators are refused in paragraphs; the algorithm knows them. */
START_TEST(what_separates_segments_has_the_level_of_the_whole)
{
    static const char text[] = "\u05d0 \t\u05d0 \x1f\u05d0 \u05d0\u2003 \u2069";
    static const bp_level_run expected[] = {{2, 1}, {4, 0}, {6, 1}, {8, 0}, {13, 1}, {20, 0}};
    bp_buf runs = {0};
    bp_error err = {0};
    bool is_rtl = true;
    ck_assert(bp_bidi_find(text, sizeof text - 1, 0, &runs, &is_rtl, &err));
    ck_assert(!is_rtl);
    ck_assert_uint_eq(BP_BUF_COUNT(&runs, bp_level_run), 6);
    for (size_t i = 0; i < 6; i++) {
        ck_assert_uint_eq(BP_BUF_ITEMS(&runs, bp_level_run)[i].end, expected[i].end);
        ck_assert_uint_eq(BP_BUF_ITEMS(&runs, bp_level_run)[i].level, expected[i].level);
    }
    bp_buf_clear(&runs);
    ck_assert_uint_eq(bp_bidi_line_end(text, 0, sizeof text - 1), 13);
    ck_assert_uint_eq(bp_bidi_line_end(text, 0, 11), 10);
    ck_assert_uint_eq(bp_bidi_line_end(text, 3, 4), 4); /* A tab has its level already. */
    ck_assert_uint_eq(bp_bidi_line_end(text, 10, 11), 10);
    stage s = stage_open();
    for (int i = 0; i < 2; i++) {
        const bp_span span = {
            .style = stage_plain(&s, "he"), .text = i ? "\u05d0\x1f" : "\u05d0\t", .length = 3};
        const bp_paragraph_options options = {.direction = -1};
        bp_error refused = {0};
        ck_assert_ptr_null(bp_paragraph_new(s.shaper, &span, 1, &options, &refused));
        ck_assert_int_eq(refused.code, BP_ERR_DATA);
    }
    stage_close(&s);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("scripts");
    tcase_add_loop_test(tests, letters_join_across_spans, 0, sizeof joins / sizeof *joins);
    tcase_add_test(tests, marks_stay_with_the_letter_of_another_span);
    tcase_add_test(tests, a_line_of_both_directions_is_as_wide_as_its_paragraph);
    tcase_add_test(tests, pieces_say_where_they_are_read);
    tcase_add_loop_test(tests, paragraphs_run_as_their_language_is_written, 0,
                        sizeof directions / sizeof *directions);
    tcase_add_loop_test(tests, blanks_that_end_a_line_stand_at_its_end, 0,
                        sizeof blanks / sizeof *blanks);
    tcase_add_test(tests, what_separates_segments_has_the_level_of_the_whole);
    return stage_run("scripts", tests);
}
