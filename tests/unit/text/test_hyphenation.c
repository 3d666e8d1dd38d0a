/* Paragraphs with hyphens, hanging marks and spaced letters: where lines end, what stands there,
 * and that lines are as wide as they should be. */
#include <math.h>
#include <stdio.h>

#include "stage.h"
#include "text/paragraph_private.h"
#include "text/shaper_private.h"

static const char prose[] =
    "Accredited institutions representing international organizations are developing "
    "characteristic technologies, notwithstanding considerable administrative difficulties; "
    "entrepreneurship, commercialization and internationalization remain indispensable "
    "preconditions of sustainable regional development.";

/* The number of lines that end with a hyphen of ours. */
static size_t count_hyphens(const bp_paragraph *p)
{
    size_t count = 0;
    for (size_t i = 0; i < bp_paragraph_line_count(p); i++)
        count += stage_at(p, i)->is_hyphenated;
    return count;
}

static size_t hyphens_of(stage *s, const char *text, const bp_paragraph_options *options,
                         double width)
{
    bp_paragraph *p = stage_paragraph(s, stage_plain(s, "en-US"), text, options);
    stage_layout(p, width);
    size_t count = count_hyphens(p);
    bp_paragraph_free(p);
    return count;
}

START_TEST(hyphens_appear_where_they_are_wanted)
{
    stage s = stage_open();
    bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    ck_assert_uint_gt(hyphens_of(&s, prose, &options, 110), 3);
    options.hyphenate = BP_HYPHENATE_NEVER;
    ck_assert_uint_eq(hyphens_of(&s, prose, &options, 110), 0);
    options = (bp_paragraph_options){.align = BP_ALIGN_START};
    ck_assert_uint_eq(hyphens_of(&s, prose, &options, 110), 0);
    options.hyphenate = BP_HYPHENATE_ALWAYS;
    ck_assert_uint_gt(hyphens_of(&s, prose, &options, 110), 1);
    options.greedy = true;
    ck_assert_uint_gt(hyphens_of(&s, prose, &options, 110), 3);
    options = (bp_paragraph_options){.align = BP_ALIGN_JUSTIFY, .hyphen_word = 100};
    ck_assert_uint_eq(hyphens_of(&s, prose, &options, 110), 0);
    stage_close(&s);
}
END_TEST

/* Without hyphens a line of this width would be a hole; they are a last resort, and a first one for
 * nobody. */
START_TEST(a_line_that_is_good_without_hyphens_has_none)
{
    stage s = stage_open();
    static const char text[] =
        "In olden times when wishing still helped one, there lived a king whose daughters were all "
        "beautiful; and the youngest was so beautiful that the sun itself, which has seen so much, "
        "was astonished whenever it shone in her face.";
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), text, &options);
    size_t before = bp_mem.bytes;
    stage_layout(p, 420);
    ck_assert_uint_eq(count_hyphens(p), 0);
    ck_assert_uint_lt(bp_mem.bytes - before, 100000); /* Nobody opened the patterns. */
    stage_layout(p, 100);
    ck_assert_uint_gt(bp_mem.bytes - before, 100000);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(a_word_wider_than_the_line_is_hyphenated_in_any_text)
{
    stage s = stage_open();
    const bp_paragraph_options options = {0};
    bp_paragraph *p =
        stage_paragraph(&s, stage_plain(&s, "en-US"), "an accreditation office", &options);
    stage_layout(p, 50);
    ck_assert_uint_eq(count_hyphens(p), 1);
    ck_assert(stage_is_inside(p, 50));
    stage_layout(p, 80); /* Wide enough. */
    ck_assert_uint_eq(count_hyphens(p), 0);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

static const struct {
    const char *text;
    bool is_divided;
} kept[] = {
    {"an accreditation", true},
    {"an “accreditation”,", true},
    {"an (accreditation).", true},
    {"the accreditation’s", true},
    {"an accreditation—of", true},
    {"10\u00a0accreditations", true},
    {"a 2022accreditation", false},
    {"an ACCREDITATION", false},
    {"an iAccreditation", false},
    {"an accreditation2", false},
    {"an accreditation.example", false},
    {"an https://accreditation", false},
    {"an accreditation/representation", false},
    {"an accreditation@example", false},
    {"an accreditation-representation", false},
    {"an accredi\u2060tation", false},
    {"an accreditation_representation", false},
};

START_TEST(addresses_acronyms_and_compounds_have_no_hyphens)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    ck_assert_msg((hyphens_of(&s, kept[_i].text, &options, 48) > 0) == kept[_i].is_divided, "%s",
                  kept[_i].text);
    stage_close(&s);
}
END_TEST

/* A soft hyphen is the author's: no other comes into its word. */
START_TEST(soft_hyphens_are_the_only_ones_of_their_word)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *p =
        stage_paragraph(&s, stage_plain(&s, "en-US"), "accredit\u00adation", &options);
    stage_layout(p, bp_paragraph_max_width(p) - 2);
    ck_assert_uint_eq(bp_paragraph_line_count(p), 2);
    ck_assert_str_eq(stage_line(p, 1), "ation");
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(a_language_without_patterns_is_set_without_hyphens)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "tlh"), prose, &options);
    stage_layout(p, 110);
    ck_assert_uint_eq(count_hyphens(p), 0);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* The language is that of the word's style, not of the paragraph. */
START_TEST(words_are_divided_in_their_own_language)
{
    stage s = stage_open();
    bp_error err = {0};
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY, .language = "en"};
    bp_span spans[] = {{.style = stage_plain(&s, "tlh"), .text = "representation ", .length = 15},
                       {.style = stage_plain(&s, "en-GB"), .text = "representation", .length = 14}};
    bp_paragraph *p = bp_paragraph_new(s.shaper, spans, 2, &options, &err);
    ck_assert_msg(p != NULL, "%s", err.text);
    stage_layout(p, 60);
    ck_assert_uint_eq(count_hyphens(p), 1);
    ck_assert(!stage_at(p, 0)->is_hyphenated);
    char line[64];
    (void)snprintf(line, sizeof line, "%s", stage_line(p, 2));
    ck_assert_msg(strcmp(line, "ation") == 0 || strcmp(line, "entation") == 0 ||
                      strcmp(line, "tion") == 0,
                  "%s", line);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* Shaping ------------------------------------------------------------------------------------- */

/* "of-fice": the whole word has the ligature of ffi; its parts have an f, and one of fi. */
START_TEST(ligatures_do_not_reach_over_a_hyphen)
{
    stage s = stage_open();
    const char *families[] = {"DejaVu Sans"};
    bp_style_spec spec = {.families = families, .family_count = 1, .size = 10, .language = "en-US"};
    const bp_style *style = stage_style(&s, &spec);
    static const char *const texts[] = {"x office", "x of\u00adfice"};
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *p = stage_paragraph(&s, style, texts[_i], &options);
    stage_layout(p, 24);
    ck_assert_uint_eq(bp_paragraph_line_count(p), 2);
    const bp_line *first = stage_at(p, 0), *second = stage_at(p, 1);
    ck_assert(first->is_hyphenated);
    const bp_piece *before = &first->pieces[first->piece_count - 2], *behind = &second->pieces[0];
    ck_assert_uint_eq(before->glyph_count, 2); /* o f */
    ck_assert_uint_eq(behind->glyph_count, 3); /* fi c e */
    ck_assert_double_eq_tol(first->width, 24, 1e-6);
    ck_assert_double_eq_tol(second->width, stage_width(&s, style, "fice"), 1e-6);
    stage_layout(p, 100); /* Not divided it is whole again. */
    const bp_line *line = stage_at(p, 0);
    ck_assert_uint_eq(line->pieces[line->piece_count - 1].glyph_count, 4); /* o ffi c e */
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* What is measured before a line is chosen is what is drawn after. */
START_TEST(hyphenated_lines_are_exactly_as_wide_as_the_measure)
{
    stage s = stage_open();
    const char *families[] = {"DejaVu Sans", "Inter"};
    size_t hyphens = 0;
    for (int round = 0; round < 8; round++) {
        bp_style_spec spec = {.families = families + round % 2,
                              .family_count = 1,
                              .size = 9.7,
                              .language = "en-US",
                              .tracking = round % 4 < 2 ? 0 : 15};
        const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY,
                                              .protrusion = round < 4 ? 0 : 1};
        bp_paragraph *p = stage_paragraph(&s, stage_style(&s, &spec), prose, &options);
        for (double width = 100; width < 220; width += 7.3) {
            stage_layout(p, width);
            hyphens += count_hyphens(p);
            for (size_t i = 0; i + 1 < bp_paragraph_line_count(p); i++) {
                const bp_line *line = stage_at(p, i);
                double x = line->x;
                for (size_t n = 0; n < line->piece_count; n++)
                    x += line->pieces[n].is_hanging ? 0 : line->pieces[n].width;
                ck_assert_double_eq_tol(x, line->x + line->width, 1e-6);
                ck_assert_double_ge(line->ratio, -1.001);
                if (line->ratio > 0 || line->ratio < 0) /* It has spaces. */
                    ck_assert_double_ge(line->width, width - 1e-6);
                if (round < 4)
                    ck_assert_double_le(line->width, width + 1e-6);
            }
        }
        bp_paragraph_free(p);
    }
    ck_assert_uint_gt(hyphens, 100);
    stage_close(&s);
}
END_TEST

/* Shapes more words than the shaper keeps. */
static void fill_cache(stage *s, const bp_style *style, uint32_t first)
{
    const bp_paragraph_options options = {0};
    for (uint32_t n = 0, i = first; n < 40; n++) {
        char text[8192] = "";
        for (size_t at = 0; at + 16 < sizeof text; i += 7919)
            at += (size_t)snprintf(text + at, sizeof text - at, "w%x ", (unsigned)i);
        bp_paragraph_free(stage_paragraph(s, style, text, &options));
    }
}

/* What a line says of the words that its ends divide. */
START_TEST(divided_words_can_be_read_whole)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en-US"), prose, &options);
    size_t parts = 0, rests = 0, middles = 0;
    for (double width = 30; width < 160; width += 13) {
        stage_layout(p, width);
        for (size_t i = 0; i < bp_paragraph_line_count(p); i++) {
            const bp_line *line = stage_at(p, i);
            const bp_line *before = i > 0 ? stage_at(p, i - 1) : NULL;
            ck_assert_uint_eq(line->rest_count > 0, before != NULL && before->is_hyphenated);
            rests += line->rest_count > 0;
            ck_assert_uint_le(line->rest_count + line->part_count, line->piece_count);
            if (line->part_count == 0) { /* A line may be the middle of a word and no more. */
                bool is_middle = line->is_hyphenated && line->rest_count == line->piece_count;
                ck_assert(!line->is_hyphenated || is_middle);
                middles += is_middle;
                continue;
            }
            parts++;
            ck_assert(line->is_hyphenated);
            ck_assert_uint_eq(line->part_first + line->part_count, line->piece_count);
            char whole[64];
            ck_assert_uint_lt(line->whole_length, sizeof whole);
            (void)snprintf(whole, sizeof whole, "%.*s", (int)line->whole_length, line->whole);
            ck_assert_msg(strstr(prose, whole) != NULL && strchr(whole, ' ') == NULL, "%s", whole);
            const bp_run *run = line->pieces[line->part_first].run;
            ck_assert_int_eq(strncmp(whole, run->text, run->text_length), 0);
        }
    }
    ck_assert_uint_gt(parts, 50);
    ck_assert_uint_gt(rests, 50);
    ck_assert_uint_gt(middles, 0);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* All that a line shows, as text. */
static void put_line(const bp_line *line, bp_buf *out)
{
    ck_assert(bp_buf_format(out, "%.6f %.6f %.6f %zu/%zu/%zu", line->x, line->width, line->top,
                            line->rest_count, line->part_first, line->part_count));
    for (size_t n = 0; n < line->piece_count; n++) {
        const bp_piece *piece = &line->pieces[n];
        const bp_run *run = piece->run;
        ck_assert(bp_buf_format(out, " %.6f+%.6f \"%.*s\"", piece->x, piece->width,
                                (int)run->text_length, run->text));
        for (size_t g = piece->first_glyph; g < piece->first_glyph + piece->glyph_count; g++)
            ck_assert(bp_buf_format(out, " %u", run->glyphs[g].id));
    }
    ck_assert(bp_buf_char(out, '\n'));
}

/* Where many texts wait, a paragraph that is laid out keeps no words: its lines are built from what
 * the cache has, also where that has let go of all its words since, and it can be laid out at
 * another width. */
START_TEST(lines_are_built_again_without_their_words)
{
    stage s = stage_open();
    const bp_align align = _i == 0 ? BP_ALIGN_JUSTIFY : BP_ALIGN_START;
    const bp_paragraph_options options = {.align = align, .protrusion = 1};
    const bp_style *style = stage_plain(&s, "en-US");
    bp_buf said[2] = {{0}, {0}};
    bp_paragraph *p = stage_paragraph(&s, style, prose, &options);
    bp_shaper_line_scratch(s.shaper)->atoms_kept = SIZE_MAX / 2;
    for (int round = 0; round < 2; round++) {
        for (int n = 0; n < 4; n++) {
            stage_layout(p, n % 2 == 0 ? 110 : 67);
            ck_assert_ptr_null(p->held);
            ck_assert_uint_eq(p->atoms.length, 0);
            for (size_t i = 0; i < bp_paragraph_line_count(p); i++)
                put_line(stage_at(p, i), &said[round]);
        }
        fill_cache(&s, style, (uint32_t)round);
    }
    ck_assert_str_eq(said[0].bytes, said[1].bytes);
    size_t half = said[0].length / 2; /* One width after the other gives what it gave before. */
    ck_assert_int_eq(memcmp(said[0].bytes, said[0].bytes + half, half), 0);
    ck_assert(align == BP_ALIGN_START || count_hyphens(p) > 0);
    bp_paragraph_free(p);
    bp_buf_clear(&said[0]);
    bp_buf_clear(&said[1]);
    stage_close(&s);
}
END_TEST

START_TEST(words_of_few_texts_are_kept)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    const bp_style *style = stage_plain(&s, "en-US");
    bp_line_scratch *scratch = bp_shaper_line_scratch(s.shaper);
    bp_paragraph *texts[2000];
    size_t count = 0, keeping = 0;
    while (count < 2000 && keeping == count) {
        texts[count] = stage_paragraph(&s, style, prose, &options);
        stage_layout(texts[count], 110);
        keeping += texts[count]->held != NULL;
        stage_layout(texts[count++], 67);
    }
    ck_assert_uint_gt(keeping, 20);
    ck_assert_uint_eq(keeping, count - 1); /* The last was one too many. */
    ck_assert_uint_gt(scratch->atoms_kept, 0);
    while (count > 0)
        bp_paragraph_free(texts[--count]);
    ck_assert_uint_eq(scratch->atoms_kept, 0);
    stage_close(&s);
}
END_TEST

/* Edges --------------------------------------------------------------------------------------- */

static const struct {
    bp_align align;
    int direction;
    double start, end; /* What hangs out at the left and right of “word, again.”, in points. */
} edges[] = {
    {BP_ALIGN_JUSTIFY, 0, 1, 1}, {BP_ALIGN_START, 0, 1, 0}, {BP_ALIGN_LEFT, 0, 1, 0},
    {BP_ALIGN_END, 0, 0, 1},     {BP_ALIGN_RIGHT, 0, 0, 1}, {BP_ALIGN_CENTER, 0, 0, 0},
};

START_TEST(marks_hang_out_of_straight_edges)
{
    stage s = stage_open();
    const bp_style *style = stage_plain(&s, "en");
    bp_paragraph_options options = {.align = edges[_i].align, .protrusion = 1};
    bp_paragraph *p = stage_paragraph(&s, style, "“Never again,\n“said the king.", &options);
    stage_layout(p, 90);
    const bp_line *line = stage_at(p, 0);
    double quote = 0.3 * stage_width(&s, style, "“"), comma = 0.5 * stage_width(&s, style, ",");
    if (edges[_i].start > 0)
        ck_assert_double_eq_tol(line->x, -quote, 1e-3);
    if (edges[_i].end > 0 && edges[_i].align != BP_ALIGN_JUSTIFY)
        ck_assert_double_eq_tol(line->x + line->width, 90 + comma, 1e-3);
    if (edges[_i].start <= 0 && edges[_i].end <= 0)
        ck_assert_double_eq_tol(line->x + line->width / 2, 45, 1e-3);
    options.protrusion = 0;
    bp_paragraph *q = stage_paragraph(&s, style, "“Never again,\n“said the king.", &options);
    stage_layout(q, 90);
    ck_assert_double_ge(stage_at(q, 0)->x, 0);
    bp_paragraph_free(p);
    bp_paragraph_free(q);
    stage_close(&s);
}
END_TEST

/* The ink that is left of a straight edge is what hangs out; half a factor is half of it; an
 * indented line begins where it is indented to. */
START_TEST(protrusion_follows_its_factor)
{
    stage s = stage_open();
    const bp_style *style = stage_plain(&s, "en");
    double out[2] = {0};
    for (int i = 0; i < 2; i++) {
        bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY,
                                        .protrusion = i + 1 == 2 ? 1 : 0.5};
        bp_paragraph *p = stage_paragraph(&s, style, prose, &options);
        stage_layout(p, 150);
        for (size_t n = 0; n + 1 < bp_paragraph_line_count(p); n++) {
            const bp_line *line = stage_at(p, n);
            ck_assert_double_ge(line->x + line->width, 150 - 1e-6);
            out[i] = fmax(out[i], line->x + line->width - 150);
        }
        bp_paragraph_free(p);
    }
    ck_assert_double_gt(out[1], 1);
    ck_assert_double_gt(out[0], 0.5);
    ck_assert_double_lt(out[0], out[1]);
    bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY, .protrusion = 1, .indent = 12};
    bp_paragraph *p = stage_paragraph(&s, style, "“quoted", &options);
    stage_layout(p, 100);
    ck_assert_double_eq_tol(stage_at(p, 0)->x, 12, 1e-9);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(letters_are_spaced_within_their_bound)
{
    stage s = stage_open();
    const bp_style *style = stage_plain(&s, "en-US");
    double bent[2] = {0};
    size_t spaced = 0;
    for (int i = 0; i < 2; i++) {
        const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY,
                                              .letter_stretch = i == 0 ? 0 : 0.03,
                                              .letter_shrink = i == 0 ? 0 : 0.015};
        bp_paragraph *p = stage_paragraph(&s, style, prose, &options);
        for (double width = 90; width < 200; width += 9.1) {
            stage_layout(p, width);
            for (size_t n = 0; n + 1 < bp_paragraph_line_count(p); n++) {
                const bp_line *line = stage_at(p, n);
                ck_assert_double_le(line->letter, i == 0 ? 0 : 0.03 + 1e-9);
                ck_assert_double_ge(line->letter, i == 0 ? 0 : -0.015 - 1e-9);
                spaced += fabs(line->letter) > 0;
                bent[i] += fabs(line->stretch);
                for (size_t k = 0; k < line->piece_count; k++)
                    if (!line->pieces[k].is_hanging)
                        ck_assert_double_eq_tol(line->pieces[k].cluster_extra, 10 * line->letter,
                                                1e-9);
                ck_assert(line->letter * line->stretch >= 0); /* Both the same way. */
            }
        }
        bp_paragraph_free(p);
    }
    ck_assert_uint_gt(spaced, 20);
    ck_assert_double_lt(bent[1], 0.8 * bent[0]);
    stage_close(&s);
}
END_TEST

/* Spaces ask for no more than they are allowed. */
START_TEST(spaces_keep_to_their_limits)
{
    stage s = stage_open();
    const bp_style *style = stage_plain(&s, "en-US");
    const double space = stage_width(&s, style, "a a") - stage_width(&s, style, "aa");
    const bp_paragraph_options options = {
        .align = BP_ALIGN_JUSTIFY, .space_shrink = -1, .space_stretch = 1};
    bp_paragraph *p = stage_paragraph(&s, style, prose, &options);
    stage_layout(p, 250);
    for (size_t n = 0; n + 1 < bp_paragraph_line_count(p); n++) {
        const bp_line *line = stage_at(p, n);
        ck_assert_double_ge(line->stretch, 0);
        ck_assert_double_eq_tol(line->stretch, line->ratio * space, 0.02);
    }
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* Penalties of opportunities reach the breaker: one that is never taken, and one that is sought. */
START_TEST(opportunities_have_penalties)
{
    stage s = stage_open();
    static const char text[] = "aaaa bbbb cccc dddd eeee ffff gggg hhhh";
    const bp_paragraph_options options = {0};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "en"), text, &options);
    stage_layout(p, 100);
    char plain[64];
    (void)snprintf(plain, sizeof plain, "%s", stage_line(p, 0));
    bp_buf ends = {0};
    for (uint32_t end = 5; end <= 40; end += 5) {
        bp_break_end at = {.end = end < 40 ? end : 39};
        at.penalty = at.end == strlen(plain) + 1 ? BP_BREAK_NEVER : 0;
        ck_assert(bp_buf_add(&ends, &at, sizeof at));
    }
    bp_error err = {0};
    ck_assert(bp_paragraph_recall(p, &err)); /* Its words. */
    p->items.length = 0;
    ck_assert(bp_paragraph_itemize(p, &ends, &err));
    ck_assert_uint_eq(BP_BUF_COUNT(&p->items, bp_break_item), 7);
    stage_layout(p, 100.5);
    ck_assert_str_ne(stage_line(p, 0), plain);
    ck_assert(stage_is_inside(p, 100.5));
    bp_buf_clear(&ends);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

static const bp_paragraph_options senseless[] = {
    {.hyphen_word = 2000},      {.hyphen_penalty = 20000}, {.space_shrink = 0.95},
    {.letter_stretch = 0.6},    {.letter_shrink = NAN},    {.protrusion = 3},
    {.looseness = 5000},        {.last_line = 1.5},        {.tolerance = INFINITY},
    {.space_stretch = 1000000},
};

START_TEST(options_that_make_no_sense_are_refused)
{
    stage s = stage_open();
    bp_error err = {0};
    ck_assert_ptr_null(bp_paragraph_new(s.shaper, NULL, 0, &senseless[_i], &err));
    ck_assert_int_eq(err.code, BP_ERR_SCRIPT);
    stage_close(&s);
}
END_TEST

/* A small life with hyphens; false with `err` where something was refused. */
static bool live_once(bp_error *err)
{
    bp_paragraph *p = NULL;
    bp_shaper *shaper = NULL;
    bp_style_spec spec = stage_spec("en-GB");
    const bp_paragraph_options options = {
        .align = BP_ALIGN_JUSTIFY, .protrusion = 1, .letter_stretch = 0.02};
    bp_catalog *catalog = bp_catalog_new(MANIFEST, NULL, 0, false, err);
    if (catalog != NULL)
        shaper = bp_shaper_new(catalog, err);
    const bp_style *style = shaper != NULL ? bp_style_find(shaper, &spec, err) : NULL;
    bp_span span = {.style = style, .text = prose, .length = 90};
    if (style != NULL)
        p = bp_paragraph_new(shaper, &span, 1, &options, err);
    bool ok = p != NULL && bp_paragraph_layout(p, 70, err) && bp_paragraph_layout(p, 20, err);
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
    TCase *tests = tcase_create("hyphenation");
    tcase_add_test(tests, hyphens_appear_where_they_are_wanted);
    tcase_add_test(tests, a_line_that_is_good_without_hyphens_has_none);
    tcase_add_test(tests, a_word_wider_than_the_line_is_hyphenated_in_any_text);
    tcase_add_loop_test(tests, addresses_acronyms_and_compounds_have_no_hyphens, 0,
                        sizeof kept / sizeof *kept);
    tcase_add_test(tests, soft_hyphens_are_the_only_ones_of_their_word);
    tcase_add_test(tests, a_language_without_patterns_is_set_without_hyphens);
    tcase_add_test(tests, words_are_divided_in_their_own_language);
    tcase_add_loop_test(tests, ligatures_do_not_reach_over_a_hyphen, 0, 2);
    tcase_add_test(tests, hyphenated_lines_are_exactly_as_wide_as_the_measure);
    tcase_add_test(tests, divided_words_can_be_read_whole);
    tcase_add_test(tests, words_of_few_texts_are_kept);
    tcase_add_loop_test(tests, lines_are_built_again_without_their_words, 0, 2);
    tcase_add_loop_test(tests, marks_hang_out_of_straight_edges, 0, sizeof edges / sizeof *edges);
    tcase_add_test(tests, protrusion_follows_its_factor);
    tcase_add_test(tests, letters_are_spaced_within_their_bound);
    tcase_add_test(tests, spaces_keep_to_their_limits);
    tcase_add_test(tests, opportunities_have_penalties);
    tcase_add_loop_test(tests, options_that_make_no_sense_are_refused, 0,
                        sizeof senseless / sizeof *senseless);
    tcase_add_loop_test(tests, a_refused_block_ends_in_an_error_without_leak, 0, 2);
    return stage_run("hyphenation", tests);
}
