/* Chinese lines by the rules of clreq: where every glyph stands is held against the numbers that
 * the rules give (clreq_lines.h); and what holds for all Chinese lines. */
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "clreq_lines.h"
#include "stage.h"

#define SIZE 10.0
#define OFF_MOST 0.001 /* Ems. */
#define GLYPHS_MOST 128

/* A character of a line and the square it stands in, in ems. */
typedef struct {
    uint32_t character;
    double left, right;
    bool is_wide;
} place;

/* Where the glyphs of a line stand, as the canvas draws them. */
static size_t find_places(const bp_line *line, place *places)
{
    size_t count = 0;
    for (size_t p = 0; p < line->piece_count; p++) {
        const bp_piece *piece = &line->pieces[p];
        const bp_run *run = piece->run;
        double x = piece->x;
        for (size_t g = piece->first_glyph; g < piece->first_glyph + piece->glyph_count; g++) {
            const bp_glyph *glyph = &run->glyphs[g];
            double em = SIZE / bp_font_measures(run->font)->units;
            size_t at = glyph->cluster;
            double right = x + (double)glyph->advance * em;
            ck_assert_uint_lt(count, GLYPHS_MOST);
            places[count++] =
                (place){bp_utf8_next(run->text, run->text_length, &at),
                        (x + (double)glyph->dx * em) / SIZE, right / SIZE, run->is_wide};
            x = right + (bp_run_ends_cluster(run, g) ? piece->cluster_extra : 0) +
                (bp_run_is_space(run, g) ? piece->word_extra : 0);
        }
    }
    return count;
}

/* Holds a line against its part of the table. */
static void check_line(const clreq_line *one, const bp_line *line, const char *part, size_t length)
{
    place places[GLYPHS_MOST];
    size_t count = find_places(line, places), next = 0;
    for (size_t at = 0; at < length;) {
        char *behind = NULL;
        bool is_from_end = part[at] == '=';
        double distance = strtod(part + at + is_from_end, &behind);
        ck_assert_int_eq(*behind, '|');
        at = (size_t)(behind - part) + 1;
        double from = next == 0 ? 0 : is_from_end ? places[next - 1].right : places[next - 1].left;
        if (part[at] == '$') {
            double end = (line->x + line->width) / SIZE;
            ck_assert_msg(next == count && fabs(end - from - distance) < OFF_MOST,
                          "%s: \"%s\" ends at %g, not %g", one->rule, one->text, end,
                          from + distance);
            return;
        }
        for (bool is_first = true; at < length && part[at] != ' '; is_first = false) {
            uint32_t c = bp_utf8_next(part, length, &at);
            c = c == 0x2423 ? ' ' : c;
            ck_assert_msg(next < count && places[next].character == c, "%s: U+%04X in \"%s\"",
                          one->rule, (unsigned)c, one->text);
            double wanted = next == 0              ? distance
                            : is_first             ? from + distance
                            : places[next].is_wide ? places[next - 1].left + 1
                                                   : places[next].left;
            ck_assert_msg(fabs(places[next].left - wanted) < OFF_MOST,
                          "%s: U+%04X in \"%s\" at %g, not %g", one->rule, (unsigned)c, one->text,
                          places[next].left, wanted);
            next++;
        }
        at += at < length;
    }
    ck_abort_msg("%s: no end", one->rule);
}

START_TEST(lines_stand_as_clreq_asks)
{
    stage s = stage_open();
    const clreq_line *one = &clreq_lines[_i];
    double width = one->width * SIZE;
    for (const char *word = one->latin; word != NULL && *word != '\0';) {
        char text[16] = "";
        memcpy(text, word, strcspn(word, " "));
        width += stage_width(&s, stage_plain(&s, "en"), text);
        word += strlen(text);
        word += *word == ' ';
    }
    const bp_paragraph_options options = {.align =
                                              one->is_justified ? BP_ALIGN_JUSTIFY : BP_ALIGN_START,
                                          .indent = one->indent * SIZE,
                                          .protrusion = one->hang};
    const char *language = one->language != NULL ? one->language : "zh";
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, language), one->text, &options);
    stage_layout(p, width);
    size_t i = 0;
    for (const char *part = one->lines; part != NULL; i++) {
        size_t length = strcspn(part, "/");
        ck_assert_msg(i < bp_paragraph_line_count(p), "%s: %zu lines", one->rule, i);
        check_line(one, bp_paragraph_line(p, i), part, length);
        part = part[length] == '/' ? part + length + 1 : NULL;
    }
    ck_assert_msg(i == bp_paragraph_line_count(p), "%s: more than %zu lines", one->rule, i);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("clreq");
    tcase_add_loop_test(tests, lines_stand_as_clreq_asks, 0,
                        sizeof clreq_lines / sizeof *clreq_lines);
    return stage_run("clreq", tests);
}
