/* Text on the canvas: runs of glyphs become strings of codes. The viewer adds widths that are
 * rounded to thousandths of an em; this file adds them up in the same way and moves the pen back
 * only where it would stray from the place the text room gave the glyph, so that a line is one TJ
 * array with few numbers in it and every glyph stands within 0.01 points of its place. Font, colour
 * and position are written only where they change. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "pdf/show_private.h"
#include "pdf/syntax.h"

#define STRAY_MOST 0.009 /* Points a glyph may be off its place. */
#define JUMP_MOST                                                                                  \
    20.0 /* Ems of a gap that is left to the TJ array; beyond it the line is begun anew. */

double bp_show_round(double value)
{
    return (double)llround(value * 1000) / 1000;
}

/* An array that came to hold one string is written as that string alone. */
void bp_show_end(bp_shower *s)
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

/* A string has 32767 bytes at most (ISO 32000-1, annex C): another one begins well before that. */
#define ARRAY_BYTES_MOST 16000u
#define PLAIN_GLYPHS_MOST 8000u /* Of two bytes at most. */

static void bound_array(bp_shower *s)
{
    if (s->array != SIZE_MAX && s->canvas->out.length - s->array > ARRAY_BYTES_MOST)
        bp_show_end(s);
}

static void begin_array(bp_shower *s)
{
    if (s->array != SIZE_MAX)
        return;
    s->array = s->canvas->out.length;
    s->has_numbers = false;
    bp_canvas_text(s->canvas, "[(");
}

/* Brings the pen to the place, as part of the line it is on where that is near. */
void bp_show_move(bp_shower *s, double x, double y)
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
    bp_show_end(s);
    x = bp_show_round(x);
    y = bp_show_round(y);
    bp_canvas_number(canvas, x - canvas->line_x);
    bp_canvas_number(canvas, y - canvas->line_y);
    bp_canvas_text(canvas, "Td\n");
    canvas->line_x = canvas->pen = x;
    canvas->line_y = y;
}

bool bp_show_set(bp_shower *s, const bp_use *use, double rise, double spacing)
{
    bp_canvas *canvas = s->canvas;
    bp_state *state = bp_canvas_state(canvas);
    double size = s->style->size;
    if (state->use != use || state->size < size || state->size > size) {
        bp_show_end(s);
        if (!bp_buf_format(&canvas->out, "/F%u ", use->number))
            canvas->refused = true;
        bp_canvas_number(canvas, size);
        bp_canvas_text(canvas, "Tf\n");
        state->use = use;
        state->size = size;
    }
    if (fabs(state->rise - rise) >= 0.0005) {
        bp_show_end(s);
        bp_canvas_number(canvas, rise);
        bp_canvas_text(canvas, "Ts\n");
        state->rise = bp_show_round(rise);
    }
    if (fabs(state->spacing - spacing) >= 0.0005) {
        bp_show_end(s);
        bp_canvas_number(canvas, spacing);
        bp_canvas_text(canvas, "Tc\n");
        state->spacing = bp_show_round(spacing);
    }
    if (state->fill != s->style->color >> 8 ||
        state->fill_alpha != bp_canvas_alpha(state, s->style->color)) {
        bp_show_end(s);
        return bp_canvas_fill_color(s->page, s->style->color);
    }
    return true;
}

/* Codes ---------------------------------------------------------------------------------------- */

/* Characters that only tell where a word may be broken. They belong to the glyph before them, and a
 * search should not stumble over them; a glyph of their own (the hyphen at the end of a line) keeps
 * them. */
static bool is_break_hint(uint32_t c)
{
    return c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

size_t bp_show_drop_hints(const char *text, size_t length, char *out, size_t out_size)
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

uint32_t bp_show_code(bp_shower *s, bp_use **use, const bp_run *run, uint32_t glyph,
                      const char *text, size_t length)
{
    bp_document *document = s->page->document;
    char rest[64];
    if (length > 2) { /* A character and a hint at least. */
        size_t kept = bp_show_drop_hints(text, length, rest, sizeof rest);
        if (kept != 0) {
            text = rest;
            length = kept;
        }
    }
    if (glyph == 0 && (document->standards & ~(unsigned)BP_STANDARD_NONE) != 0) {
        bp_fail(&document->error, BP_ERR_RESOURCE, NULL,
                "%s shows \"%.*s\" as the mark for a missing glyph, which %s forbids; give the "
                "text another font",
                bp_font_name(run->font), (int)bp_utf8_floor(text, length, 40), text,
                bp_standards_title(document->standards, ~0u));
        return BP_CODE_REFUSED;
    }
    if (!bp_canvas_is_told(s->canvas) &&
        !bp_standards_check_private(document->standards, text, length, &document->error))
        return BP_CODE_REFUSED;
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

/* Glyphs --------------------------------------------------------------------------------------- */

/* Writes a number between two strings of the array; the viewer subtracts it from the pen, in
 * thousandths of an em. */
static void adjust(bp_shower *s, double distance)
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

bool bp_show_put(bp_shower *s, const bp_glyph_code *code, double x, double spacing)
{
    bp_buf *out = &s->canvas->out;
    if (!bp_buf_reserve(out, 64)) {
        s->canvas->refused = true;
        return false;
    }
    bound_array(s);
    begin_array(s);
    if (fabs(x - s->canvas->pen) > STRAY_MOST)
        adjust(s, x - s->canvas->pen);
    if (code->code >= 0x80)
        out->bytes[out->length++] = (char)(code->code >> 8);
    out->bytes[out->length++] = (char)code->code;
    s->canvas->pen += code->width * s->style->size / 1000 + spacing;
    return true;
}

bool bp_show_begin_actual(bp_shower *s, double x, const char *text, size_t length)
{
    bp_buf *out = &s->canvas->out;
    bp_show_end(s);
    s->is_marked = bp_canvas_mark_told(s->canvas);
    if (!s->is_marked) {
        bp_show_move(s, x, s->y); /* So that the span is inside of the text object. */
        bp_show_end(s);
    }
    bool ok = bp_buf_text(out, s->is_marked ? "/ActualText<FEFF" : "/Span<</ActualText<FEFF");
    bool has_letters = false;
    for (size_t at = 0; at < length && !has_letters;)
        has_letters = !is_break_hint(bp_utf8_next(text, length, &at));
    for (size_t at = 0, start = 0; ok && at < length; start = at)
        if (!is_break_hint(bp_utf8_next(text, length, &at)) || !has_letters)
            ok = bp_syntax_utf16(out, text + start, at - start);
    s->is_told = true;
    return (ok && bp_buf_text(out, ">>>BDC\n")) || bp_fail_memory(&s->page->document->error);
}

void bp_show_end_actual(bp_shower *s)
{
    bp_show_end(s);
    if (s->is_marked)
        bp_canvas_end_mark(s->canvas);
    else
        bp_canvas_text(s->canvas, "EMC\n");
    s->is_told = false;
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

/* What is added behind glyphs, and how. */
typedef struct {
    double word, cluster; /* Points behind spaces and behind clusters. */
    double spacing;       /* The part of `cluster` that the viewer adds by itself. */
} extras;

/* Shows letters of ASCII from glyph `i` on, as far as they go, in the style that is set; answers
 * the glyph it came to. This is where a register of half a million cells spends its time. */
static size_t show_plain(bp_shower *s, const bp_use *use, const bp_run *run, size_t i, size_t end,
                         const extras *extra, double *x)
{
    bp_buf *out = &s->canvas->out;
    bound_array(s);
    if (end - i > PLAIN_GLYPHS_MOST)
        end = i + PLAIN_GLYPHS_MOST;
    if (!bp_buf_reserve(out, (end - i + 1) * 64)) {
        s->canvas->refused = true;
        return i;
    }
    double unit = s->style->size * use->unit;
    double thousandth = s->style->size / 1000;
    for (; i < end; i++) {
        const bp_glyph *glyph = &run->glyphs[i];
        size_t after = i + 1 < run->glyph_count ? glyph[1].cluster : run->text_length;
        unsigned char c = (unsigned char)run->text[glyph->cluster];
        if (after != (size_t)glyph->cluster + 1 || c >= 128)
            break;
        const bp_plain_code *code = &use->plain[c];
        if (code->glyph != glyph->id || glyph->dy > 0 || glyph->dy < 0)
            break;
        begin_array(s);
        double stray = *x + glyph->dx * unit - s->canvas->pen;
        if (stray > STRAY_MOST || stray < -STRAY_MOST)
            adjust(s, stray);
        if (code->code >= 0x80)
            out->bytes[out->length++] = (char)(code->code >> 8);
        out->bytes[out->length++] = (char)code->code;
        s->canvas->pen += code->width * thousandth + extra->spacing;
        *x += glyph->advance * unit + extra->cluster;
        if (c == ' ')
            *x += extra->word;
    }
    return i;
}

/* The bytes of the run's text that glyph `i` stands for, where no other stands for them. */
static size_t text_end(const bp_run *run, size_t i)
{
    if (run->is_rtl)
        return i == 0 ? run->text_length : run->glyphs[i - 1].cluster;
    return i + 1 < run->glyph_count ? run->glyphs[i + 1].cluster : run->text_length;
}

/* One glyph, on the line, for one character or, from left to right, for several: nearly all text.
 */
static bool is_simple(const bp_run *run, size_t i, size_t at, size_t after)
{
    const bp_glyph *glyph = &run->glyphs[i];
    bool is_last = i + 1 == run->glyph_count || glyph[1].cluster != at;
    if (!is_last || after <= at || after > run->text_length || glyph->dy > 0 || glyph->dy < 0)
        return false;
    if (!run->is_rtl)
        return true;
    size_t next = at;
    (void)bp_utf8_next(run->text, after, &next);
    return next == after;
}

/* True where a glyph's own width leaves room on a side that its neighbours do not fill. */
static bool is_loose(const bp_glyph *glyph, const bp_glyph_code *code, double unit)
{
    double before = glyph->dx * unit;
    return before > BP_SHOW_GAP_LEAST ||
           glyph->advance * unit - before - code->width / 1000.0 > BP_SHOW_GAP_LEAST;
}

/* Where a reader should see the end of the cluster whose ink and extra end at x: where the next one
 * begins, so that no one takes the room between them for a space. NAN: where it is. */
static double reach_of(const bp_shower *s, const bp_run *run, bool is_end, double x, double extra)
{
    if (is_end)
        return s->reach;
    return run->is_wide && extra > BP_SHOW_GAP_LEAST * s->style->size ? x : (double)NAN;
}

/* From right to left, readers take signs of numbers for text of the other direction, and what
 * stands behind with them: a mark behind the sign ends that. */
static bool show_sign_end(bp_shower *s, const bp_run *run, size_t at, size_t after, double x)
{
    size_t length = run->text_length;
    if (bp_text_order_kind(run->text + at, after - at) != BP_ORDER_SIGN ||
        (after < length && bp_text_order_kind(run->text + after, length - after) < BP_ORDER_SIGN))
        return true;
    return bp_show_unseen(s, run, "\u200f", x - 0.02 * s->style->size);
}

/* Shows a cluster of one glyph that stands for its text. */
static bool show_single(bp_shower *s, bp_use **use, const bp_run *run, const bp_cluster *c,
                        double x, double spacing)
{
    const bp_glyph *glyph = &run->glyphs[c->first];
    double unit = s->style->size * (*use)->unit;
    uint32_t index = bp_show_code(s, use, run, glyph->id, run->text + c->start, c->stop - c->start);
    if (index == BP_CODE_REFUSED)
        return false;
    const bp_glyph_code *code = &BP_BUF_ITEMS(&(*use)->codes, bp_glyph_code)[index];
    if (is_loose(glyph, code, (*use)->unit))
        return bp_show_cluster(s, use, run, c, x, x + glyph->advance * unit, spacing);
    bp_show_move(s, x, s->y);
    return bp_show_set(s, *use, s->style->rise, spacing) &&
           bp_show_put(s, code, x + glyph->dx * unit, spacing);
}

bool bp_show_run(bp_shower *s, const bp_run *run, size_t first, size_t count, double x,
                 double word_extra, double cluster_extra, double *end)
{
    bp_document *document = s->page->document;
    bp_use *use = bp_uses_find(&document->uses, document->objects, run->font, &document->error);
    if (use == NULL)
        return false;
    const bp_glyph *glyphs = run->glyphs;
    double unit = s->style->size * use->unit;
    double spacing = count > 2 || cluster_extra >= 0.0005 || cluster_extra <= -0.0005
                         ? bp_show_round(cluster_extra)
                         : 0;
    const extras all = {word_extra, cluster_extra, spacing};
    bool has_extra = word_extra > 0 || word_extra < 0;
    size_t plain_end = first + count - (s->reach > x); /* What reaches out is shown with care. */
    for (size_t i = first; i < first + count;) {
        if (!run->is_rtl && i < plain_end &&
            (i == first || (unsigned char)run->text[glyphs[i].cluster] < 0x80)) {
            bp_show_move(s, x, s->y);
            if (!bp_show_set(s, use, s->style->rise, spacing))
                return false;
            i = show_plain(s, use, run, i, plain_end, &all, &x);
            if (i == first + count)
                break;
        }
        size_t at = glyphs[i].cluster, after = text_end(run, i);
        double extra = cluster_extra;
        if (has_extra && bp_run_is_space(run, i))
            extra += word_extra;
        bool is_single = is_simple(run, i, at, after);
        if (is_single && is_invisible(run, i, at, after)) {
            x += extra;
            i++;
            continue;
        }
        bp_cluster c = {i, i + 1, at, after};
        if (!is_single)
            c = bp_cluster_find(run, i);
        double right = x;
        for (size_t k = i; k < c.end; k++)
            right += glyphs[k].advance * unit;
        double reach = reach_of(s, run, c.end >= first + count, right + extra, extra);
        if (run->is_rtl && after > at && !show_sign_end(s, run, at, after, x))
            return false;
        if (is_single && !(reach > right)) {
            if (!show_single(s, &use, run, &c, x, spacing))
                return false;
        } else if (!bp_show_cluster(s, &use, run, &c, x, fmax(reach, right), spacing)) {
            return false;
        }
        i = c.end;
        x = right + extra;
    }
    *end = x;
    return true;
}

void bp_show_slice(const bp_run *run, size_t first, size_t count, size_t *start, size_t *stop)
{
    bp_cluster a = bp_cluster_find(run, first);
    bp_cluster b = bp_cluster_find(run, first + count - 1);
    *start = a.start < b.start ? a.start : b.start;
    *stop = a.stop > b.stop ? a.stop : b.stop;
}
