/* Lines of text on the canvas: paragraphs and single lines, their links, and what the trace says of
 * them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/inline.h"
#include "pdf/show.h"

/* Tracing -------------------------------------------------------------------------------------- */

/* Text of one look, gathered until the look changes. */
typedef struct {
    bp_document *document;
    bp_buf text;
    const bp_font *font;
    const bp_style_spec *style;
    const bp_span_role *role;
    const bp_font *told_font; /* What the line has said last; only changes are said again. */
    const bp_style_spec *told_style;
} teller;

static void tell_role(bp_document *document, const bp_span_role *role)
{
    if (role->tag != NULL)
        bp_trace(document, " tag %s", role->tag);
    if (role->expansion != NULL) {
        bp_trace(document, " expansion");
        bp_trace_string(document, role->expansion, strlen(role->expansion));
    }
    if (role->note != NULL) {
        bp_trace(document, " note");
        bp_trace_string(document, role->note, strlen(role->note));
    }
}

static void tell_look(teller *t)
{
    bp_document *document = t->document;
    if (t->font == NULL)
        return;
    bool is_first = t->told_font == NULL;
    bp_trace(document, is_first ? "" : " +");
    bp_trace_string(document, t->text.bytes, t->text.length);
    if (t->font != t->told_font)
        bp_trace(document, " %s", bp_font_name(t->font));
    if (is_first || t->style->size < t->told_style->size || t->style->size > t->told_style->size)
        bp_trace_number(document, t->style->size);
    if (is_first || t->style->color != t->told_style->color)
        bp_trace_color(document, t->style->color);
    if (t->style->rise > 0 || t->style->rise < 0)
        bp_trace_numbers(document, " rise", &t->style->rise, 1);
    if (t->role != NULL)
        tell_role(document, t->role);
    t->text.length = 0;
    t->told_font = t->font;
    t->told_style = t->style;
}

static void tell_run(teller *t, const bp_run *run, size_t first, size_t count,
                     const bp_style_spec *style, const bp_span_role *role)
{
    if (t->document->trace == NULL || count == 0)
        return;
    if (t->font != run->font || t->style != style || t->role != role)
        tell_look(t);
    t->font = run->font;
    t->style = style;
    t->role = role;
    size_t start = 0, stop = 0;
    bp_show_slice(run, first, count, &start, &stop);
    if (!bp_buf_add(&t->text, run->text + start, stop - start))
        bp_fail_memory(&t->document->error);
}

static void begin_telling(teller *t, bp_document *document, double x, double y)
{
    *t = (teller){.document = document};
    bp_trace_numbers(document, "text", (double[2]){x, y}, 2);
}

static void end_telling(teller *t, const bp_line *line)
{
    tell_look(t);
    if (line != NULL && fabs(line->stretch) >= 0.0005)
        bp_trace_numbers(t->document, " stretch", &line->stretch, 1);
    if (line != NULL && fabs(line->letter) >= 0.00005) {
        double thousandths = line->letter * 1000;
        bp_trace_numbers(t->document, " letters", &thousandths, 1);
    }
    if (line != NULL && line->square >= 0.0005)
        bp_trace_numbers(t->document, " squares", &line->square, 1);
    if (line != NULL && line->marks >= 0.0005)
        bp_trace_numbers(t->document, " marks", &line->marks, 1);
    bp_trace_end(t->document);
    bp_buf_clear(&t->text);
}

/* Lines ---------------------------------------------------------------------------------------- */

/* Where a link is on a line: pieces next to each other with the same target, as high as their font.
 * Its title is the text that is seen. */
typedef struct {
    size_t first, last; /* Pieces. */
    double box[4];      /* x, y, width, height: our axes. */
    bp_buf title;
} link_area;

static bool is_linked(const bp_line *line, size_t i, const char *link)
{
    return line->pieces[i].link != NULL && strcmp(line->pieces[i].link, link) == 0;
}

/* The area that piece `i`, which has a link, is part of. False when memory is refused. */
static bool find_area(const bp_line *line, size_t i, double x, double y, link_area *area)
{
    const char *link = line->pieces[i].link;
    double above = 0, below = 0;
    bool ok = true;
    area->title.length = 0;
    area->first = i;
    while (area->first > 0 && is_linked(line, area->first - 1, link))
        area->first--;
    for (i = area->first; ok && i < line->piece_count && is_linked(line, i, link); i++) {
        const bp_piece *piece = &line->pieces[i];
        area->last = i;
        if (piece->run == NULL || piece->glyph_count == 0) {
            above = fmax(above, piece->height);
            continue;
        }
        const bp_style_spec *style = bp_style_values(piece->style);
        const bp_font_metrics *m = bp_font_measures(bp_style_font(piece->style));
        above = fmax(above, m->ascent * style->size / m->units + style->rise);
        below = fmax(below, m->descent * style->size / m->units - style->rise);
        size_t start = 0, stop = 0;
        bp_show_slice(piece->run, piece->first_glyph, piece->glyph_count, &start, &stop);
        ok = bp_buf_add(&area->title, piece->run->text + start, stop - start);
    }
    const bp_piece *first = &line->pieces[area->first], *last = &line->pieces[area->last];
    area->box[0] = x + first->x;
    area->box[1] = y - above;
    area->box[2] = last->x + last->width - first->x;
    area->box[3] = above + below;
    return ok;
}

static const char *title_of(const link_area *area)
{
    return area->title.length != 0 ? area->title.bytes : NULL;
}

static bool trace_links(bp_page *page, const bp_line *line, double x, double y)
{
    link_area area = {0};
    bool ok = true;
    for (size_t i = 0; ok && page->document->trace != NULL && i < line->piece_count; i++) {
        if (line->pieces[i].link == NULL)
            continue;
        ok = find_area(line, i, x, y, &area) || bp_fail_memory(&page->document->error);
        if (ok)
            bp_page_trace_link(page, area.box, line->pieces[i].link, title_of(&area),
                               area.title.length);
        i = area.last;
    }
    bp_buf_clear(&area.title);
    return ok;
}

/* What showing a line works on. */
typedef struct {
    bp_shower shower;
    teller told;
    bp_inline *open;
    const bp_line *line;
    double x, y; /* Of the line's measure and its baseline. */
} liner;

static bool ends_with_space(const bp_piece *piece)
{
    const bp_run *run = piece->run;
    return bp_run_is_space(run, piece->first_glyph + (run->is_rtl ? 0 : piece->glyph_count - 1));
}

static bool begins_with_space(const bp_piece *piece)
{
    const bp_run *run = piece->run;
    return bp_run_is_space(run, piece->first_glyph + (run->is_rtl ? piece->glyph_count - 1 : 0));
}

/* Where the text of piece `i` goes on without a space although there is room: between Han and
 * Latin, or where a line is spread. NAN: nowhere. */
static double find_reach(const liner *l, size_t i)
{
    const bp_piece *piece = &l->line->pieces[i], *next = piece + 1;
    double ink_end = piece->x + piece->width - piece->cluster_extra;
    if (i + 1 == l->line->piece_count || next->run == NULL || next->glyph_count == 0 ||
        next->x - ink_end < BP_SHOW_GAP_LEAST * l->shower.style->size)
        return (double)NAN;
    if (piece->run->is_rtl || next->run->is_rtl || ends_with_space(piece) ||
        begins_with_space(next))
        return (double)NAN;
    return l->x + next->x;
}

/* The area of a link becomes an annotation when the first of its pieces is read. */
static bool add_area(liner *l, size_t i)
{
    const bp_piece *pieces = l->line->pieces;
    bp_page *page = l->shower.page;
    link_area area = {0};
    bool ok = find_area(l->line, i, l->x, l->y, &area) || bp_fail_memory(&page->document->error);
    size_t first = area.first;
    for (size_t k = area.first; k <= area.last; k++)
        if (pieces[k].start < pieces[first].start)
            first = k;
    if (ok && first == i)
        ok = bp_page_add_link(page, area.box, pieces[i].link, title_of(&area), area.title.length);
    bp_buf_clear(&area.title);
    return ok;
}

/* Begins the elements that a piece belongs to. */
static bool enter_piece(liner *l, size_t i)
{
    const bp_piece *piece = &l->line->pieces[i];
    const char *language =
        piece->style != NULL ? bp_style_values(piece->style)->language : l->open->language;
    return piece->is_hanging ||
           (bp_inline_set(l->open, &l->shower, piece->link, piece->role, language) &&
            (piece->link == NULL || add_area(l, i)));
}

static bool show_piece(liner *l, size_t i)
{
    const bp_piece *piece = &l->line->pieces[i];
    double end = 0;
    if (piece->run == NULL || piece->glyph_count == 0)
        return true;
    l->shower.style = bp_style_values(piece->style);
    l->shower.reach = find_reach(l, i);
    if (!piece->is_hanging)
        tell_run(&l->told, piece->run, piece->first_glyph, piece->glyph_count, l->shower.style,
                 piece->role);
    return bp_show_run(&l->shower, piece->run, piece->first_glyph, piece->glyph_count,
                       l->x + piece->x, piece->word_extra, piece->cluster_extra, &end);
}

/* Lines from left to right ----------------------------------------------------------------------*/

/* A word that the line's end divides is told whole where it begins, and its rest on the next line
 * as the space behind it, so that who reads or searches the text finds words. A rest that more is
 * joined to is U+200B: some readers take no text for none given. */
static bool begin_part(bp_shower *s, const bp_line *line, size_t i, double x)
{
    bool is_rest = i == 0 && line->rest_count > 0;
    bool is_part = line->part_count > 0 && i == line->part_first;
    if (!is_rest && !is_part)
        return true;
    s->style = bp_style_values(line->pieces[i].style);
    if (is_rest)
        return bp_show_begin_actual(s, x, line->rest_has_space ? " " : "\xE2\x80\x8B",
                                    line->rest_has_space ? 1 : 3);
    return bp_show_begin_actual(s, x, line->whole, line->whole_length);
}

static void end_part(bp_shower *s, const bp_line *line, size_t i)
{
    if ((line->rest_count > 0 && i + 1 == line->rest_count) ||
        (line->part_count > 0 && i + 1 == line->part_first + line->part_count))
        bp_show_end_actual(s);
}

static bool show_in_order(liner *l)
{
    const bp_line *line = l->line;
    bool ok = true;
    for (size_t i = 0; ok && i < line->piece_count; i++) {
        if (line->pieces[i].is_hanging && i == 0)
            continue;
        ok = enter_piece(l, i) && begin_part(&l->shower, line, i, l->x + line->pieces[i].x) &&
             show_piece(l, i);
        end_part(&l->shower, line, i);
    }
    return ok;
}

/* Lines of both directions ----------------------------------------------------------------------*/

typedef struct {
    uint32_t start, index;
} place;

static int compare_places(const void *a, const void *b)
{
    const place *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

/* Behind text of the other direction, a mark of the line's own where the next character has none:
 * readers that turn such text around would take what follows with it. */
static bool show_direction(liner *l, const bp_piece *piece, const bp_piece *next)
{
    bool is_rtl = l->line->is_rtl;
    if (piece->run == NULL || next->run == NULL || piece->glyph_count == 0 ||
        next->glyph_count == 0 || piece->is_hanging || next->is_hanging ||
        piece->run->is_rtl == is_rtl || next->run->is_rtl != is_rtl)
        return true;
    size_t start = 0, stop = 0;
    bp_show_slice(next->run, next->first_glyph, next->glyph_count, &start, &stop);
    if (bp_text_order_kind(next->run->text + start, stop - start) < BP_ORDER_SIGN)
        return true;
    l->shower.style = bp_style_values(piece->style);
    double edge = is_rtl ? next->x + next->width : next->x;
    return bp_show_unseen(&l->shower, piece->run, is_rtl ? "\u200f" : "\u200e",
                          l->x + edge - 0.01 * l->shower.style->size);
}

/* Pieces are shown in the order in which they are read. */
static bool show_mixed(liner *l)
{
    size_t count = l->line->piece_count;
    bp_buf order = {0};
    place *places = bp_buf_push(&order, count * sizeof *places);
    if (places == NULL)
        return count == 0 || bp_fail_memory(&l->shower.page->document->error);
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        places[i] = (place){l->line->pieces[i].start, (uint32_t)i};
    if (count > 1)
        qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; ok && i < count; i++) {
        ok = enter_piece(l, places[i].index) && show_piece(l, places[i].index);
        if (ok && i + 1 < count)
            ok = show_direction(l, &l->line->pieces[places[i].index],
                                &l->line->pieces[places[i + 1].index]);
    }
    bp_buf_clear(&order);
    return ok;
}

/* A line that was ended by hand ends a word, too: a space tells so, as at the ends of other lines
 * (ISO 32000-1, 14.8.2.5). */
static bool show_line_end(liner *l)
{
    const bp_line *line = l->line;
    if (!line->is_forced || line->is_last || line->is_mixed || line->piece_count == 0)
        return true;
    const bp_piece *last = &line->pieces[line->piece_count - 1];
    if (last->run == NULL || last->glyph_count == 0 || ends_with_space(last))
        return true;
    return bp_show_space(&l->shower, last->run, l->x + last->x + last->width);
}

static bool show_line(bp_page *page, const bp_line *line, bp_inline *open, double x, double y)
{
    liner l = {.shower = {.page = page,
                          .canvas = page->canvas,
                          .y = bp_show_round(page->height - y),
                          .array = SIZE_MAX},
               .open = open,
               .line = line,
               .x = x,
               .y = y};
    begin_telling(&l.told, page->document, x + line->x, y);
    bool ok = (line->is_mixed ? show_mixed(&l) : show_in_order(&l)) && show_line_end(&l);
    bp_show_end(&l.shower);
    end_telling(&l.told, line);
    return ok && trace_links(page, line, x, y);
}

/* Ends what the lines of a call have left open. */
static bool end_inline(bp_page *page, bp_inline *open, bool ok)
{
    bp_shower s = {.page = page, .canvas = page->canvas, .array = SIZE_MAX};
    return ok && bp_inline_end(open, &s);
}

static bool show_paragraph(bp_page *page, const bp_paragraph *paragraph, size_t first, size_t count,
                           double x, double y)
{
    if (!bp_canvas_check(page, "page.paragraph", (double[2]){x, y}, 2))
        return false;
    size_t lines = bp_paragraph_line_count(paragraph);
    if (first > lines || count > lines - first)
        return bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                       "page.paragraph: lines %zu to %zu of %zu", first + 1, first + count, lines);
    double top = 0;
    bp_inline open = {0};
    bool ok = true;
    for (size_t i = first; ok && i < first + count; i++) {
        const bp_line *line = bp_paragraph_line(paragraph, i, &page->document->error);
        if (line == NULL)
            return false;
        top = i == first ? line->top : top;
        ok = show_line(page, line, &open, x, y + line->baseline - top);
    }
    return end_inline(page, &open, ok);
}

/* Begins and ends a public call: text is the one thing drawn hundreds of thousands of times. */
static bool begin(bp_page *page, bp_phase *before, bp_error *err)
{
    if (!bp_document_begin(page->document, err))
        return false;
    if (bp_canvas_open(page) == NULL)
        return bp_document_done(page->document, false, err);
    *before = bp_phase_switch(BP_PHASE_EMIT);
    return true;
}

static bool end(bp_page *page, bool ok, bp_phase before, bp_error *err)
{
    (void)bp_phase_switch(before);
    if (page->canvas->refused)
        ok = bp_fail_memory(&page->document->error);
    return bp_document_done(page->document, ok, err);
}

bool bp_page_paragraph(bp_page *page, const bp_paragraph *paragraph, size_t first, size_t count,
                       double x, double y, bp_error *err)
{
    bp_phase before = BP_PHASE_EMIT;
    if (!begin(page, &before, err))
        return false;
    return end(page, show_paragraph(page, paragraph, first, count, x, y), before, err);
}

/* A line from right to left needs the bidi algorithm, which paragraphs know. */
static bool show_reordered(bp_page *page, bp_shaper *shaper, const bp_style *style,
                           const char *text, size_t length, double x, double y, double width)
{
    bp_error *err = &page->document->error;
    bp_span span = {.style = style, .text = text, .length = length};
    bp_paragraph_options options = {.align = BP_ALIGN_LEFT, .direction = -1, .no_wrap = true};
    bp_paragraph *paragraph = bp_paragraph_new(shaper, &span, 1, &options, err);
    bp_inline open = {0};
    bool ok = paragraph != NULL && bp_paragraph_layout(paragraph, fmax(width, 0), err);
    for (size_t i = 0; ok && i < bp_paragraph_line_count(paragraph); i++) {
        const bp_line *line = bp_paragraph_line(paragraph, i, err);
        ok = line != NULL && show_line(page, line, &open, x, y);
    }
    ok = end_inline(page, &open, ok);
    bp_paragraph_free(paragraph);
    return ok;
}

/* Of a run without spaces. */
static double run_width(const bp_run *run, const bp_style_spec *spec)
{
    return spec->size * (run->advance / bp_font_measures(run->font)->units +
                         run->cluster_count * spec->tracking / 1000);
}

static bool show_words(bp_page *page, bp_shaper *shaper, const bp_style *style, const char *text,
                       size_t length, double x, double y)
{
    const bp_style_spec *spec = bp_style_values(style);
    bp_shower s = {.page = page,
                   .canvas = page->canvas,
                   .style = spec,
                   .y = bp_show_round(page->height - y),
                   .array = SIZE_MAX};
    bool is_han = bp_language_is_han(spec->language);
    teller t;
    begin_telling(&t, page->document, x, y);
    double lead = 0; /* The ink begins at x. */
    bp_inline open = {0};
    bool ok =
        bp_inline_set(&open, &s, NULL, NULL, spec->language) &&
        (!is_han || bp_shape_lead(shaper, style, text, length, &lead, &page->document->error));
    x -= lead;
    for (size_t at = 0; ok && at < length;) {
        size_t part = bp_word_length(text + at, length - at);
        const bp_run *runs = NULL;
        size_t count = 0;
        ok = bp_shape(shaper, style, text + at, part, 0, &runs, &count, &page->document->error);
        at += part;
        double gap = is_han ? spec->size * bp_word_gap(text, length, at) : 0;
        for (size_t i = 0; ok && i < count; i++) {
            const bp_run *run = &runs[i];
            double word_extra = 0;
            for (size_t g = 0; run->space_count != 0 && g < run->glyph_count; g++)
                if (bp_run_is_space(run, g)) {
                    word_extra = (spec->word_space - 1) * run->glyphs[g].advance * spec->size /
                                 bp_font_measures(run->font)->units;
                    break;
                }
            tell_run(&t, run, 0, run->glyph_count, spec, NULL);
            s.reach = i + 1 == count && gap > 0 ? x + run_width(run, spec) + gap : (double)NAN;
            ok = bp_show_run(&s, run, 0, run->glyph_count, x, word_extra,
                             spec->tracking * spec->size / 1000, &x);
        }
        x += gap;
    }
    bp_show_end(&s);
    end_telling(&t, NULL);
    return ok && bp_inline_end(&open, &s);
}

static bool show_text(bp_page *page, bp_shaper *shaper, const bp_style *style, const char *text,
                      size_t length, double x, double y, double align, double *advance)
{
    bp_error *err = &page->document->error;
    if (!bp_canvas_check(page, "page.text", (double[3]){x, y, align}, 3))
        return false;
    if (memchr(text, '\n', length) != NULL)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "page.text: one line, without a line feed");
    bp_shaper_trim(shaper);
    bool has_rtl = bp_text_has_rtl(text, length);
    double width = 0;
    if ((align > 0 || align < 0 || advance != NULL || has_rtl) &&
        !bp_shape_width(shaper, style, text, length, &width, err))
        return false;
    if (advance != NULL)
        *advance = width;
    if (length == 0)
        return true;
    x -= align * width;
    if (has_rtl)
        return show_reordered(page, shaper, style, text, length, x, y, width);
    return show_words(page, shaper, style, text, length, x, y);
}

bool bp_page_text(bp_page *page, bp_shaper *shaper, const bp_style *style, const char *text,
                  size_t length, double x, double y, double align, double *advance, bp_error *err)
{
    bp_phase before = BP_PHASE_EMIT;
    if (!begin(page, &before, err))
        return false;
    return end(page, show_text(page, shaper, style, text, length, x, y, align, advance), before,
               err);
}
