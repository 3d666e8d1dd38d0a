/* Chinese lines by the rules of clreq: where every glyph stands is held against the numbers that
 * the rules give (clreq_lines.h); and what holds for all Chinese lines. */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

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

#define LINE_COUNT (sizeof clreq_lines / sizeof *clreq_lines)

/* A folder with the Chinese font as it would be without its feature "halt". */
static char folder[] = "/tmp/bp-halt-XXXXXX", font_path[64];

/* True where the folder could be filled. */
static bool make_font(void)
{
    FILE *from = fopen(NOTO_CJK, "rb"), *to = NULL;
    long size = from != NULL && fseek(from, 0, SEEK_END) == 0 ? ftell(from) : -1;
    char *bytes = size > 0 ? malloc((size_t)size) : NULL;
    bool ok = bytes != NULL && fseek(from, 0, SEEK_SET) == 0 &&
              fread(bytes, 1, (size_t)size, from) == (size_t)size && mkdtemp(folder) != NULL;
    for (long at = 0; ok && at + 4 <= size; at++)
        if (memcmp(bytes + at, "halt", 4) == 0)
            bytes[at] = 'x';
    (void)snprintf(font_path, sizeof font_path, "%s/font.ttc", folder);
    to = ok ? fopen(font_path, "wb") : NULL;
    ok = to != NULL && fwrite(bytes, 1, (size_t)size, to) == (size_t)size;
    ok = (to == NULL || fclose(to) == 0) && ok;
    if (from != NULL)
        (void)fclose(from);
    free(bytes);
    return ok;
}

/* Each line with the font as it is, and with the other. */
START_TEST(lines_stand_as_clreq_asks)
{
    const char *folders[] = {folder};
    bool has_halt = (size_t)_i < LINE_COUNT;
    stage s = stage_open();
    const clreq_line *one = &clreq_lines[(size_t)_i % LINE_COUNT];
    if (!has_halt) {
        bp_error err = {0};
        bp_shaper_free(s.shaper);
        bp_catalog_free(s.catalog);
        s.catalog = bp_catalog_new(MANIFEST, folders, 1, false, &err);
        s.shaper = bp_shaper_new(s.catalog, &err);
        const bp_font *font = bp_catalog_find(s.catalog, "Noto Sans CJK SC", 400, false, &err);
        ck_assert_msg(font != NULL, "%s", err.text);
        ck_assert_str_eq(bp_font_file(font), font_path);
    }
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
        check_line(one, stage_at(p, i), part, length);
        part = part[length] == '/' ? part + length + 1 : NULL;
    }
    ck_assert_msg(i == bp_paragraph_line_count(p), "%s: more than %zu lines", one->rule, i);
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* Prose with all kinds of marks, Latin, figures and two styles. */
static const char *const prose[] = {
    "（2022年）北京经济技术开发区公开盘点家底：谁在这里做研究，多少企业拥有“国家高新技术企业”称号，"
    "新来者能得到什么，",
    "城市又在自己的街道上试验什么……到2021年底，共有1,748家（比上年增长34.8%"
    "），《规划》、《办法》和“专项资金”由",
    "Guo Meng介绍——“R&D投入够吗？”答曰：够！其中‘单打冠军’12家；比尔·盖茨（Bill "
    "Gates）说，AI与5G将改变3至5个行业。"};

static bp_paragraph *set_prose(stage *s, const bp_paragraph_options *options)
{
    bp_error err = {0};
    bp_style_spec spec = stage_spec("zh");
    const bp_style *plain = stage_style(s, &spec);
    spec.weight = 700;
    const bp_style *bold = stage_style(s, &spec);
    bp_span spans[] = {{.style = plain, .text = prose[0], .length = strlen(prose[0])},
                       {.style = bold, .text = prose[1], .length = strlen(prose[1])},
                       {.style = plain, .text = prose[2], .length = strlen(prose[2])}};
    bp_paragraph *p = bp_paragraph_new(s->shaper, spans, 3, options, &err);
    ck_assert_msg(p != NULL, "%s", err.text);
    return p;
}

/* No character comes nearer to the next than half of a mark's square allows, nor further off than
 * asked for. */
static void check_distances(const bp_line *line, double apart_most)
{
    place places[GLYPHS_MOST];
    size_t count = find_places(line, places);
    for (size_t i = 1; i < count; i++) {
        double distance = places[i].left - places[i - 1].left;
        distance -= places[i - 1].character == 0x2014; /* A dash of two squares is one glyph. */
        ck_assert_msg(!places[i].is_wide || !places[i - 1].is_wide ||
                          (distance > 0.5 - OFF_MOST && distance < 1 + apart_most + OFF_MOST),
                      "U+%04X and U+%04X: %g em", (unsigned)places[i - 1].character,
                      (unsigned)places[i].character, distance);
    }
}

START_TEST(justified_lines_are_flush_at_every_width)
{
    stage s = stage_open();
    const bp_paragraph_options options = {
        .align = BP_ALIGN_JUSTIFY, .greedy = _i == 1, .letter_shrink = _i == 2 ? 0.01 : 0};
    bp_paragraph *p = set_prose(&s, &options);
    for (double width = 120; width < 420; width += 7.3) {
        stage_layout(p, width);
        size_t count = bp_paragraph_line_count(p);
        for (size_t i = 0; i < count; i++) {
            const bp_line *line = stage_at(p, i);
            ck_assert_msg(line->width < width + 0.001, "%g: %s", width, stage_line(p, i));
            ck_assert_double_eq_tol(line->x, 0, 1e-6);
            if (i + 1 < count)
                ck_assert_double_eq_tol(line->width, width, 1e-4);
            check_distances(line, width < 200 || _i == 1 ? 1 : 0.35);
        }
    }
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

static bool is_in(const char *list, uint32_t c)
{
    for (size_t at = 0, length = strlen(list); at < length;)
        if (bp_utf8_next(list, length, &at) == c)
            return true;
    return false;
}

START_TEST(no_line_begins_or_ends_with_a_mark_that_must_not)
{
    stage s = stage_open();
    const bp_paragraph_options options = {.align = (bp_align)_i};
    bp_paragraph *p = set_prose(&s, &options);
    for (double width = 55; width < 420; width += 3.1) { /* No part is wider. */
        stage_layout(p, width);
        for (size_t i = 0; i < bp_paragraph_line_count(p); i++) {
            const char *text = stage_line(p, i);
            size_t length = strlen(text), first = 0, last = length;
            uint32_t begin = bp_utf8_next(text, length, &first);
            while (((unsigned char)text[--last] & 0xc0) == 0x80)
                ;
            uint32_t end = bp_utf8_next(text, length, &last);
            ck_assert_msg(i == 0 || !is_in("，。、：；！？”）》…·", begin), "%s", text);
            ck_assert_msg(!is_in("“（《", end), "%s", text);
        }
    }
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

START_TEST(the_last_line_is_more_than_a_character_and_a_mark)
{
    stage s = stage_open();
    static const char text[] = "在该段落增加文字，或者将上一行最后的字移至下一行。";
    const bp_paragraph_options options = {.align = BP_ALIGN_JUSTIFY};
    bp_paragraph *p = stage_paragraph(&s, stage_plain(&s, "zh"), text, &options);
    stage_layout(p, 225); /* All but a character and its mark would fit on the first. */
    ck_assert_uint_eq(bp_paragraph_line_count(p), 2);
    ck_assert_str_eq(stage_line(p, 1), "一行。");
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

/* Marks of two styles are as near to each other as those of one. */
START_TEST(marks_of_two_styles_are_squeezed_too)
{
    stage s = stage_open();
    bp_error err = {0};
    bp_style_spec spec = stage_spec("zh");
    const bp_style *plain = stage_style(&s, &spec);
    spec.weight = 700;
    const bp_style *bold = stage_style(&s, &spec);
    static const struct {
        const char *first, *second;
        double width;
    } cases[] = {{"说“是”", "，不", 5.5}, {"由（", "“北京", 4.5}, {"由，", "“北京", 4.5},
                 {"吗？", "”是", 3.5},    {"吗？", "！是", 4},    {"由（", "北京", 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bp_span spans[] = {
            {.style = plain, .text = cases[i].first, .length = strlen(cases[i].first)},
            {.style = bold, .text = cases[i].second, .length = strlen(cases[i].second)}};
        const bp_paragraph_options options = {0};
        bp_paragraph *p = bp_paragraph_new(s.shaper, spans, 2, &options, &err);
        ck_assert_double_eq_tol(bp_paragraph_max_width(p), SIZE * cases[i].width, 1e-4);
        stage_layout(p, 1000);
        ck_assert_double_eq_tol(stage_at(p, 0)->width, SIZE * cases[i].width, 1e-4);
        bp_paragraph_free(p);
    }
    stage_close(&s);
}
END_TEST

/* The number of a note, an exponent: raised by the font, and by the style. */
START_TEST(raised_figures_stand_close_to_what_they_belong_to)
{
    stage s = stage_open();
    bp_error err = {0};
    bp_style_spec spec = stage_spec("zh");
    const bp_style *plain = stage_style(&s, &spec);
    spec.features = "sups";
    const bp_style *real = stage_style(&s, &spec);
    spec.features = NULL;
    spec.size = 6;
    spec.rise = 4;
    const bp_style *made = stage_style(&s, &spec);
    static const struct {
        const char *base;
        double gaps; /* Ems, before the letter and behind the figure. */
    } cases[] = {{"平米", 0}, {"平m", 0.5}};
    for (size_t i = 0; i < 4; i++) {
        const char *base = cases[i / 2].base;
        const bp_style *raised = i % 2 == 0 ? real : made;
        bp_span spans[] = {{.style = plain, .text = base, .length = strlen(base)},
                           {.style = raised, .text = "2", .length = 1},
                           {.style = plain, .text = "的", .length = 3}};
        const bp_paragraph_options options = {0};
        bp_paragraph *p = bp_paragraph_new(s.shaper, spans, 3, &options, &err);
        double solid = stage_width(&s, raised, "2") + 2 * SIZE;
        solid += i < 2 ? SIZE : stage_width(&s, plain, "m");
        ck_assert_double_eq_tol(bp_paragraph_max_width(p), solid + SIZE * cases[i / 2].gaps, 1e-4);
        bp_paragraph_free(p);
    }
    stage_close(&s);
}
END_TEST

/* Quotes, dashes and ellipses are those of the run's language. */
START_TEST(shared_marks_are_of_the_font_of_their_language)
{
    stage s = stage_open();
    bp_error err = {0};
    static const char text[] = "“a” ‘b’—…";
    bp_span spans[] = {{.style = stage_plain(&s, "zh"), .text = text, .length = strlen(text)},
                       {.style = stage_plain(&s, "en"), .text = text, .length = strlen(text)}};
    const bp_paragraph_options options = {0};
    bp_paragraph *p = bp_paragraph_new(s.shaper, spans, 2, &options, &err);
    stage_layout(p, 1000);
    const bp_line *line = stage_at(p, 0);
    for (size_t i = 0; i < line->piece_count; i++) {
        const bp_run *run = line->pieces[i].run;
        bool is_chinese = line->pieces[i].style == spans[0].style;
        size_t at = 0;
        uint32_t c = bp_utf8_next(run->text, run->text_length, &at);
        ck_assert_str_eq(bp_font_name(run->font),
                         is_chinese && c >= 0x80 ? "NotoSansCJKsc-Regular" : "Inter-Regular");
    }
    bp_paragraph_free(p);
    stage_close(&s);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("clreq");
    bool has_font = make_font();
    tcase_add_loop_test(tests, lines_stand_as_clreq_asks, 0,
                        (int)(has_font ? 2 * LINE_COUNT : LINE_COUNT));
    tcase_add_loop_test(tests, justified_lines_are_flush_at_every_width, 0, 3);
    tcase_add_loop_test(tests, no_line_begins_or_ends_with_a_mark_that_must_not, 0, 4);
    tcase_add_test(tests, the_last_line_is_more_than_a_character_and_a_mark);
    tcase_add_test(tests, marks_of_two_styles_are_squeezed_too);
    tcase_add_test(tests, raised_figures_stand_close_to_what_they_belong_to);
    tcase_add_test(tests, shared_marks_are_of_the_font_of_their_language);
    int status = stage_run("clreq", tests);
    (void)unlink(font_path);
    (void)rmdir(folder);
    if (!has_font)
        (void)fprintf(stderr, "no font without \"halt\" could be made of %s\n", NOTO_CJK);
    return has_font ? status : EXIT_FAILURE;
}
