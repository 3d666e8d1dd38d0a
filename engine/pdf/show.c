/* Text on the canvas: runs of glyphs become strings of codes. The viewer adds widths that are
 * rounded to thousandths of an em; this file adds them up in the same way and moves the pen back
 * only where it would stray from the place the text room gave the glyph, so that a line is one TJ
 * array with few numbers in it and every glyph stands within 0.01 points of its place. Font, colour
 * and position are written only where they change. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "pdf/canvas.h"
#include "pdf/syntax.h"

#define STRAY_MOST 0.009 /* Points a glyph may be off its place. */
#define JUMP_MOST                                                                                  \
    20.0 /* Ems of a gap that is left to the TJ array; beyond it the line is begun anew. */

/* What is being shown: one call's worth. */
typedef struct {
    bp_page *page;
    bp_canvas *canvas;
    const bp_style_spec *style;
    double y;         /* Of the baseline, PDF axes, rise included. */
    size_t array;     /* Where the open TJ array begins in the content; SIZE_MAX: none is open. */
    bool has_numbers; /* The array holds more than one string. */
} shower;

static double thousandths(double value)
{
    return (double)llround(value * 1000) / 1000;
}

/* An array that came to hold one string is written as that string alone. */
static void end_array(shower *s)
{
    if (s->array == SIZE_MAX)
        return;
    if (s->has_numbers) {
        bp_canvas_text(s->canvas, ")]TJ\n");
    } else {
        bp_canvas_text(s->canvas, ")Tj\n");
        s->canvas->out.bytes[s->array] = ' ';
    }
    s->array = SIZE_MAX;
}

static void begin_array(shower *s)
{
    if (s->array != SIZE_MAX)
        return;
    s->array = s->canvas->out.length;
    s->has_numbers = false;
    bp_canvas_text(s->canvas, "[(");
}

/* Brings the pen to the place, as part of the line it is on where that is near. */
static void move_to(shower *s, double x, double y)
{
    bp_canvas *canvas = s->canvas;
    double em = s->style->size;
    if (!canvas->in_text) {
        bp_canvas_mark(canvas);
        bp_canvas_text(canvas, "BT\n");
        canvas->in_text = true;
        canvas->line_x = canvas->line_y = 0;
    } else if (fabs(y - canvas->line_y) < 0.0005 && fabs(x - canvas->pen) < JUMP_MOST * em) {
        return;
    }
    end_array(s);
    x = thousandths(x);
    y = thousandths(y);
    bp_canvas_number(canvas, x - canvas->line_x);
    bp_canvas_number(canvas, y - canvas->line_y);
    bp_canvas_text(canvas, "Td\n");
    canvas->line_x = canvas->pen = x;
    canvas->line_y = y;
}

static bool set_style(shower *s, const bp_use *use, double rise, double spacing)
{
    bp_canvas *canvas = s->canvas;
    bp_state *state = bp_canvas_state(canvas);
    double size = s->style->size;
    if (state->use != use || state->size < size || state->size > size) {
        end_array(s);
        if (!bp_buf_format(&canvas->out, "/F%u ", use->number))
            canvas->refused = true;
        bp_canvas_number(canvas, size);
        bp_canvas_text(canvas, "Tf\n");
        state->use = use;
        state->size = size;
    }
    if (fabs(state->rise - rise) >= 0.0005) {
        end_array(s);
        bp_canvas_number(canvas, rise);
        bp_canvas_text(canvas, "Ts\n");
        state->rise = thousandths(rise);
    }
    if (fabs(state->spacing - spacing) >= 0.0005) {
        end_array(s);
        bp_canvas_number(canvas, spacing);
        bp_canvas_text(canvas, "Tc\n");
        state->spacing = thousandths(spacing);
    }
    if (state->fill != s->style->color >> 8 || (s->style->color & 0xff) != 0xff ||
        state->opacity < 1 || state->fill_alpha != 1000) {
        end_array(s);
        return bp_canvas_fill_color(s->page, s->style->color);
    }
    return true;
}

/* Codes
 * ------------------------------------------------------------------------------------------------------------
 */

/* The cluster that holds glyph `i`: its glyphs and its bytes of the run's text. */
typedef struct {
    size_t first, end;
    size_t start, stop;
} cluster;

static cluster find_cluster(const bp_run *run, size_t i)
{
    const bp_glyph *glyphs = run->glyphs;
    cluster c = {.first = i, .end = i + 1, .start = glyphs[i].cluster, .stop = run->text_length};
    while (c.first > 0 && glyphs[c.first - 1].cluster == c.start)
        c.first--;
    while (c.end < run->glyph_count && glyphs[c.end].cluster == c.start)
        c.end++;
    if (!run->is_rtl && c.end < run->glyph_count)
        c.stop = glyphs[c.end].cluster;
    else if (run->is_rtl && c.first > 0)
        c.stop = glyphs[c.first - 1].cluster;
    if (c.stop < c.start || c.stop > run->text_length)
        c.stop = c.start; /* No order to go by: the glyph then stands for nothing. */
    return c;
}

/* The characters that glyph `i` of a cluster of several stands for: one each, the rest with the
 * last one. */
static void share_text(const bp_run *run, const cluster *c, size_t i, size_t *start, size_t *stop)
{
    size_t count = c->end - c->first;
    size_t place = run->is_rtl ? c->end - 1 - i : i - c->first;
    *start = *stop = c->start;
    for (size_t n = 0; n <= place && *stop < c->stop; n++) {
        *start = *stop;
        (void)bp_utf8_next(run->text, c->stop, stop);
    }
    if (place == count - 1)
        *stop = c->stop;
}

/* Characters that only tell where a word may be broken. They belong to the glyph before them, and a
 * search should not stumble over them; a glyph of their own (the hyphen at the end of a line) keeps
 * them. */
static bool is_break_hint(uint32_t c)
{
    return c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

/* Copies the text without such characters; the length of what stays, 0 where nothing does or
 * nothing goes. */
static size_t drop_hints(const char *text, size_t length, char *out, size_t out_size)
{
    size_t kept = 0;
    for (size_t at = 0; at < length;) {
        size_t from = at;
        if (is_break_hint(bp_utf8_next(text, length, &at)))
            continue;
        if (at - from > out_size - kept)
            return 0;
        memcpy(out + kept, text + from, at - from);
        kept += at - from;
    }
    return kept == length ? 0 : kept;
}

static uint32_t make_code(shower *s, bp_use **use, const bp_run *run, uint32_t glyph,
                          const char *text, size_t length)
{
    bp_document *document = s->page->document;
    char rest[64];
    if (length > 2) { /* A character and a hint at least. */
        size_t kept = drop_hints(text, length, rest, sizeof rest);
        if (kept != 0) {
            text = rest;
            length = kept;
        }
    }
    uint32_t index = bp_use_code(*use, glyph, text, length);
    if (index == BP_CODE_FULL) {
        /* The next font of the same face takes over for the rest of the document. */
        *use = bp_uses_add(&document->uses, document->objects, run->font, &document->error);
        if (*use == NULL)
            return BP_CODE_REFUSED;
        index = bp_use_code(*use, glyph, text, length);
    }
    if (index == BP_CODE_REFUSED)
        bp_fail_memory(&document->error);
    return index;
}

/* Glyphs
 * -----------------------------------------------------------------------------------------------------------
 */

/* Writes a number between two strings of the array; the viewer subtracts it from the pen, in
 * thousandths of an em. */
static void adjust(shower *s, double distance)
{
    bp_buf *out = &s->canvas->out;
    double size = s->style->size;
    int decimals = size <= 12 ? 0 : size <= 120 ? 1 : 2;
    static const double steps[] = {1, 10, 100};
    double number = round(-distance * 1000 / size * steps[decimals]) / steps[decimals];
    if (fabs(number) < 0.005)
        return;
    out->bytes[out->length++] = ')';
    out->length += bp_number_put(number, decimals, out->bytes + out->length);
    out->bytes[out->length++] = '(';
    s->canvas->pen -= number * size / 1000;
    s->has_numbers = true;
}

static bool put_glyph(shower *s, const bp_glyph_code *code, double x, double spacing)
{
    bp_buf *out = &s->canvas->out;
    if (!bp_buf_reserve(out, 64)) {
        s->canvas->refused = true;
        return false;
    }
    begin_array(s);
    if (fabs(x - s->canvas->pen) > STRAY_MOST)
        adjust(s, x - s->canvas->pen);
    if (code->code >= 0x80)
        out->bytes[out->length++] = (char)(code->code >> 8);
    out->bytes[out->length++] = (char)code->code;
    s->canvas->pen += code->width * s->style->size / 1000 + spacing;
    return true;
}

/* More glyphs than characters: the cluster's text stands around them. */
static bool begin_actual_text(shower *s, const bp_run *run, const cluster *c)
{
    end_array(s);
    bp_buf *out = &s->canvas->out;
    return bp_buf_text(out, "/Span<</ActualText<FEFF") &&
           bp_syntax_utf16(out, run->text + c->start, c->stop - c->start) &&
           bp_buf_text(out, ">>>BDC\n");
}

static bool show_cluster(shower *s, bp_use **use, const bp_run *run, const cluster *c, double x,
                         double rise, double spacing)
{
    static const char nothing[] = "\xE2\x80\x8B"; /* A glyph that adds no character: U+200B. */
    const bp_glyph *glyphs = run->glyphs;
    double unit = s->style->size * (*use)->unit;
    size_t characters = bp_utf8_count(run->text + c->start, c->stop - c->start);
    bool is_spanned = c->end - c->first > characters;
    double pen = x;
    for (size_t i = c->first; i < c->end; i++) {
        const char *text = nothing;
        size_t length = strlen(nothing);
        size_t start = c->start, stop = c->stop;
        if (!is_spanned)
            share_text(run, c, i, &start, &stop);
        if (!is_spanned || i == c->first) {
            text = run->text + start;
            length = stop - start;
        }
        uint32_t index = make_code(s, use, run, glyphs[i].id, text, length);
        if (index == BP_CODE_REFUSED)
            return false;
        move_to(s, pen, s->y);
        if (!set_style(s, *use, rise + glyphs[i].dy * unit, spacing))
            return false;
        if (is_spanned && i == c->first && !begin_actual_text(s, run, c))
            return bp_fail_memory(&s->page->document->error);
        if (!put_glyph(s, &BP_BUF_ITEMS(&(*use)->codes, bp_glyph_code)[index],
                       pen + glyphs[i].dx * unit, bp_canvas_state(s->canvas)->spacing))
            return false;
        pen += glyphs[i].advance * unit;
    }
    if (is_spanned) {
        end_array(s);
        bp_canvas_text(s->canvas, "EMC\n");
    }
    return true;
}

/* Characters that only steer (a soft hyphen inside of a line, joiners, direction marks) and are not
 * shown: left out, so that a search finds the word. */
static bool is_invisible(const bp_run *run, size_t i, size_t at, size_t after)
{
    if (run->glyphs[i].advance > 0 || run->glyphs[i].advance < 0 ||
        (unsigned char)run->text[at] < 0x80)
        return false;
    while (at < after) {
        uint32_t c = bp_utf8_next(run->text, after, &at);
        if (!(c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
              (c >= 0x2060 && c <= 0x206f) || c == 0xfeff))
            return false;
    }
    return true;
}

/* Shows glyphs `first` to `first + count - 1` of a run with its left end at x, and answers where it
 * ends. */
static bool show_run(shower *s, const bp_run *run, size_t first, size_t count, double x,
                     double word_extra, double cluster_extra, double *end)
{
    bp_document *document = s->page->document;
    bp_use *use = bp_uses_find(&document->uses, document->objects, run->font, &document->error);
    if (use == NULL)
        return false;
    const bp_glyph *glyphs = run->glyphs;
    double unit = s->style->size * use->unit;
    double rise = s->style->rise;
    double spacing = count > 2 || cluster_extra >= 0.0005 || cluster_extra <= -0.0005
                         ? thousandths(cluster_extra)
                         : 0;
    bool has_extra = word_extra > 0 || word_extra < 0;
    for (size_t i = first; i < first + count;) {
        size_t next = i + 1;
        bool is_last = next == run->glyph_count || glyphs[next].cluster != glyphs[i].cluster;
        size_t at = glyphs[i].cluster;
        size_t after = run->is_rtl               ? i == 0 ? run->text_length : glyphs[i - 1].cluster
                       : next < run->glyph_count ? glyphs[next].cluster
                                                 : run->text_length;
        double extra = cluster_extra;
        if (has_extra && bp_run_is_space(run, i))
            extra += word_extra;
        if (is_last && after > at && after <= run->text_length && is_invisible(run, i, at, after)) {
            x += extra;
            i = next;
            continue;
        }
        if (is_last && after > at && after <= run->text_length && glyphs[i].dy >= 0 &&
            glyphs[i].dy <= 0) { /* One glyph: nearly all text. */
            uint32_t index = make_code(s, &use, run, glyphs[i].id, run->text + at, after - at);
            if (index == BP_CODE_REFUSED)
                return false;
            move_to(s, x, s->y);
            if (!set_style(s, use, rise, spacing))
                return false;
            if (!put_glyph(s, &BP_BUF_ITEMS(&use->codes, bp_glyph_code)[index],
                           x + glyphs[i].dx * unit, spacing))
                return false;
        } else {
            cluster c = find_cluster(run, i);
            next = c.end;
            if (!show_cluster(s, &use, run, &c, x, rise, spacing))
                return false;
        }
        for (; i < next; i++)
            x += glyphs[i].advance * unit;
        x += extra;
    }
    *end = x;
    return true;
}

/* The bytes of a run's text that glyphs `first` to `first + count - 1` stand for. */
static void slice_text(const bp_run *run, size_t first, size_t count, size_t *start, size_t *stop)
{
    cluster a = find_cluster(run, first);
    cluster b = find_cluster(run, first + count - 1);
    *start = a.start < b.start ? a.start : b.start;
    *stop = a.stop > b.stop ? a.stop : b.stop;
}

/* Tracing
 * ----------------------------------------------------------------------------------------------------------
 */

/* Text of one look, gathered until the look changes. */
typedef struct {
    bp_document *document;
    bp_buf text;
    const bp_font *font;
    const bp_style_spec *style;
    const bp_font *told_font; /* What the line has said last; only changes are said again. */
    const bp_style_spec *told_style;
} teller;

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
    t->text.length = 0;
    t->told_font = t->font;
    t->told_style = t->style;
}

static void tell_run(teller *t, const bp_run *run, size_t first, size_t count,
                     const bp_style_spec *style)
{
    if (t->document->trace == NULL || count == 0)
        return;
    if (t->font != run->font || t->style != style)
        tell_look(t);
    t->font = run->font;
    t->style = style;
    size_t start = 0, stop = 0;
    slice_text(run, first, count, &start, &stop);
    if (!bp_buf_add(&t->text, run->text + start, stop - start))
        bp_fail_memory(&t->document->error);
}

static void begin_telling(teller *t, bp_document *document, double x, double y)
{
    *t = (teller){.document = document};
    bp_trace_numbers(document, "text", (double[2]){x, y}, 2);
}

static void end_telling(teller *t, double stretch)
{
    tell_look(t);
    if (stretch >= 0.0005)
        bp_trace_numbers(t->document, " stretch", &stretch, 1);
    bp_trace_end(t->document);
    bp_buf_clear(&t->text);
}

/* Lines
 * ------------------------------------------------------------------------------------------------------------
 */

/* Links of a line: one area for pieces next to each other with the same target, as high as their
 * font. Its title is the text that is seen. */
static bool link_pieces(bp_page *page, const bp_line *line, double x, double y)
{
    bp_buf title = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < line->piece_count;) {
        const bp_piece *first = &line->pieces[i];
        if (first->link == NULL) {
            i++;
            continue;
        }
        title.length = 0;
        const bp_piece *last = first;
        double above = 0;
        double below = 0;
        for (; ok && i < line->piece_count && line->pieces[i].link != NULL &&
               strcmp(line->pieces[i].link, first->link) == 0;
             i++) {
            const bp_piece *piece = last = &line->pieces[i];
            if (piece->run == NULL || piece->glyph_count == 0) {
                above = fmax(above, piece->height);
                continue;
            }
            const bp_style_spec *style = bp_style_values(piece->style);
            const bp_font_metrics *m = bp_font_measures(bp_style_font(piece->style));
            above = fmax(above, m->ascent * style->size / m->units + style->rise);
            below = fmax(below, m->descent * style->size / m->units - style->rise);
            size_t start = 0, stop = 0;
            slice_text(piece->run, piece->first_glyph, piece->glyph_count, &start, &stop);
            ok = bp_buf_add(&title, piece->run->text + start, stop - start) ||
                 bp_fail_memory(&page->document->error);
        }
        const double box[4] = {x + first->x, y - above, last->x + last->width - first->x,
                               above + below};
        ok = ok && bp_page_add_link(page, box, first->link, title.length != 0 ? title.bytes : NULL,
                                    title.length);
    }
    bp_buf_clear(&title);
    return ok;
}

static bool show_line(bp_page *page, const bp_line *line, double x, double y)
{
    shower s = {.page = page,
                .canvas = page->canvas,
                .y = thousandths(page->height - y),
                .array = SIZE_MAX};
    teller t;
    begin_telling(&t, page->document, x + line->x, y);
    bool ok = true;
    bool has_link = false;
    for (size_t i = 0; ok && i < line->piece_count; i++) {
        const bp_piece *piece = &line->pieces[i];
        has_link = has_link || piece->link != NULL;
        if (piece->run == NULL || piece->glyph_count == 0 || (piece->is_hanging && i == 0))
            continue;
        double end = 0;
        s.style = bp_style_values(piece->style);
        if (!piece->is_hanging)
            tell_run(&t, piece->run, piece->first_glyph, piece->glyph_count, s.style);
        ok = show_run(&s, piece->run, piece->first_glyph, piece->glyph_count, x + piece->x,
                      piece->word_extra, piece->cluster_extra, &end);
    }
    end_array(&s);
    end_telling(&t, line->stretch);
    return ok && (!has_link || link_pieces(page, line, x, y));
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
    for (size_t i = first; i < first + count; i++) {
        const bp_line *line = bp_paragraph_line(paragraph, i);
        double baseline = y + line->baseline - bp_paragraph_line(paragraph, first)->top;
        if (!show_line(page, line, x, baseline))
            return false;
    }
    return true;
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
    bp_phase before;
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
    bool ok = paragraph != NULL && bp_paragraph_layout(paragraph, fmax(width, 0), err);
    for (size_t i = 0; ok && i < bp_paragraph_line_count(paragraph); i++)
        ok = show_line(page, bp_paragraph_line(paragraph, i), x, y);
    bp_paragraph_free(paragraph);
    return ok;
}

static bool show_words(bp_page *page, bp_shaper *shaper, const bp_style *style, const char *text,
                       size_t length, double x, double y)
{
    const bp_style_spec *spec = bp_style_values(style);
    shower s = {.page = page,
                .canvas = page->canvas,
                .style = spec,
                .y = thousandths(page->height - y),
                .array = SIZE_MAX};
    bool is_han = bp_language_is_han(spec->language);
    teller t;
    begin_telling(&t, page->document, x, y);
    bool ok = true;
    for (size_t at = 0; ok && at < length;) {
        size_t part = bp_word_length(text + at, length - at);
        const bp_run *runs = NULL;
        size_t count = 0;
        ok = bp_shape(shaper, style, text + at, part, 0, &runs, &count, &page->document->error);
        for (size_t i = 0; ok && i < count; i++) {
            const bp_run *run = &runs[i];
            double word_extra = 0;
            for (size_t g = 0; run->space_count != 0 && g < run->glyph_count; g++)
                if (bp_run_is_space(run, g)) {
                    word_extra = (spec->word_space - 1) * run->glyphs[g].advance * spec->size /
                                 bp_font_measures(run->font)->units;
                    break;
                }
            tell_run(&t, run, 0, run->glyph_count, spec);
            ok = show_run(&s, run, 0, run->glyph_count, x, word_extra,
                          spec->tracking * spec->size / 1000, &x);
        }
        at += part;
        if (is_han)
            x += spec->size * bp_word_gap(text, length, at);
    }
    end_array(&s);
    end_telling(&t, 0);
    return ok;
}

static bool show_text(bp_page *page, bp_shaper *shaper, const bp_style *style, const char *text,
                      size_t length, double x, double y, double align, double *advance)
{
    bp_error *err = &page->document->error;
    if (!bp_canvas_check(page, "page.text", (double[3]){x, y, align}, 3))
        return false;
    if (memchr(text, '\n', length) != NULL)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "page.text: one line, without a line feed");
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
    bp_phase before;
    if (!begin(page, &before, err))
        return false;
    return end(page, show_text(page, shaper, style, text, length, x, y, align, advance), before,
               err);
}
