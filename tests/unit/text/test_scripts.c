/* Text of many scripts in paragraphs: letters that join, marks, and both directions. */
#include <stdio.h>

#include "stage.h"

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
    const bp_line *line = bp_paragraph_line(paragraph, 0);
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
    ck_assert_uint_eq(bp_paragraph_line(parted, 0)->piece_count, 2);
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
    const bp_line *line = bp_paragraph_line(p, 0);
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
    const bp_line *line = bp_paragraph_line(p, 0);
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
    const bp_line *line = bp_paragraph_line(p, 0);
    ck_assert_double_eq_tol(line->x, directions[_i].is_rtl ? 300 - line->width : 0, 1e-6);
    bp_paragraph_free(p);
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
    return stage_run("scripts", tests);
}
