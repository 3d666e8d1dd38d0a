/* What the tests of the text room share: a catalog on the project's manifest, a shaper, and styles
 * of real fonts. */
#ifndef BP_TESTS_TEXT_STAGE_H
#define BP_TESTS_TEXT_STAGE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/paragraph_private.h"

#define MANIFEST TEST_SOURCE_DIR "/fonts/fonts.json"
#define INTER "/usr/share/fonts/opentype/inter/Inter-Regular.otf"
#define INTER_VARIABLE "/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf"
#define NOTO_CJK "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define DEJAVU "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

typedef struct {
    bp_catalog *catalog;
    bp_shaper *shaper;
} stage;

static const char *const stage_families[] = {"Inter", "Noto Sans CJK SC", "DejaVu Sans"};

static inline stage stage_open(void)
{
    bp_error err = {0};
    stage s = {.catalog = bp_catalog_new(MANIFEST, NULL, 0, false, &err)};
    ck_assert_msg(s.catalog != NULL, "%s: %s", err.place, err.text);
    s.shaper = bp_shaper_new(s.catalog, &err);
    ck_assert_ptr_nonnull(s.shaper);
    return s;
}

static inline void stage_close(stage *s)
{
    bp_shaper_free(s->shaper);
    bp_catalog_free(s->catalog);
    ck_assert_int_eq(bp_mem.live, 0);
}

static inline bp_style_spec stage_spec(const char *language)
{
    return (bp_style_spec){
        .families = stage_families, .family_count = 3, .size = 10, .language = language};
}

static inline const bp_style *stage_style(stage *s, const bp_style_spec *spec)
{
    bp_error err = {0};
    const bp_style *style = bp_style_find(s->shaper, spec, &err);
    ck_assert_msg(style != NULL, "%s", err.text);
    return style;
}

static inline const bp_style *stage_plain(stage *s, const char *language)
{
    bp_style_spec spec = stage_spec(language);
    return stage_style(s, &spec);
}

static inline double stage_width(stage *s, const bp_style *style, const char *text)
{
    bp_error err = {0};
    double width = -1;
    ck_assert_msg(bp_shape_width(s->shaper, style, text, strlen(text), &width, &err), "%s",
                  err.text);
    return width;
}

static inline bp_paragraph *stage_paragraph(stage *s, const bp_style *style, const char *text,
                                            const bp_paragraph_options *options)
{
    bp_error err = {0};
    bp_span span = {.style = style, .text = text, .length = strlen(text)};
    bp_paragraph *paragraph = bp_paragraph_new(s->shaper, &span, 1, options, &err);
    ck_assert_msg(paragraph != NULL, "%s", err.text);
    return paragraph;
}

static inline void stage_layout(bp_paragraph *paragraph, double width)
{
    bp_error err = {0};
    ck_assert_msg(bp_paragraph_layout(paragraph, width, &err), "%s", err.text);
}

/* Line `i`, copied where it is no monster: it lasts until the fourth of those asked for behind it.
 */
static inline const bp_line *stage_at(const bp_paragraph *paragraph, size_t i)
{
    enum { MOST = 512 };
    static bp_line lines[4];
    static bp_piece pieces[4][MOST];
    static size_t next;
    bp_error err = {0};
    const bp_line *line = bp_paragraph_line(paragraph, i, &err);
    ck_assert_msg(line != NULL, "%s", err.text);
    size_t n = next++ % 4;
    lines[n] = *line;
    if (line->piece_count > 0 && line->piece_count <= MOST) {
        memcpy(pieces[n], line->pieces, line->piece_count * sizeof(bp_piece));
        lines[n].pieces = pieces[n];
    }
    return &lines[n];
}

/* The text of a line, in a buffer that the next call overwrites. */
static inline const char *stage_line(const bp_paragraph *paragraph, size_t i)
{
    static char text[4096];
    size_t start = 0, end = 0, length;
    ck_assert(bp_paragraph_line_range(paragraph, i, &start, &end));
    ck_assert_uint_lt(end - start, sizeof text);
    memcpy(text, bp_paragraph_text(paragraph, &length) + start, end - start);
    text[end - start] = '\0';
    return text;
}

/* Where no piece of any line is outside of the measure, but for what hangs, and what full-width
 * marks leave empty. */
static inline bool stage_is_inside(const bp_paragraph *paragraph, double width)
{
    for (size_t i = 0; i < bp_paragraph_line_count(paragraph); i++) {
        const bp_line *line = stage_at(paragraph, i);
        for (size_t p = 0; p < line->piece_count; p++) {
            const bp_piece *piece = &line->pieces[p];
            double left = piece->x + bp_piece_room(piece, true);
            double right = piece->x + piece->width - bp_piece_room(piece, false);
            if (!piece->is_hanging && (left < -0.01 || right > width + 0.01))
                return false;
        }
    }
    return true;
}

static inline int stage_run(const char *name, TCase *tests)
{
    Suite *suite = suite_create(name);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
