/* Clusters that readers of the file would misread by their glyphs alone. What stands for them is
 * told beside them (ActualText), and where they stand is marked with blanks on the line: readers go
 * by the first and the last glyph of such a span, and take what is above or below the line for
 * another word, and room between glyphs for a space.
 *
 * From left to right a cluster of several glyphs is one span. From right to left readers turn the
 * characters of a line around one by one, also those that one glyph or one span stands for: there
 * every character gets a span of its own, a little to the left of the one before it. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/show_private.h"
#include "pdf/syntax.h"

#define OFF_MOST 0.03 /* Em that a span's ends may be off their places. */
#define STEP 0.04     /* Em between the places of a cluster's characters, from right to left. */

static const char nothing[] = "\xE2\x80\x8B"; /* A glyph that adds no character: U+200B. */

bp_cluster bp_cluster_find(const bp_run *run, size_t i)
{
    const bp_glyph *glyphs = run->glyphs;
    bp_cluster c = {.first = i, .end = i + 1, .start = glyphs[i].cluster, .stop = run->text_length};
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

/* What showing a cluster works on. */
typedef struct {
    bp_shower *s;
    bp_use **use;
    const bp_run *run;
    double unit, rise, spacing;
} painter;

static painter make_painter(bp_shower *s, bp_use **use, const bp_run *run, double spacing)
{
    return (painter){s, use, run, s->style->size * (*use)->unit, s->style->rise, spacing};
}

/* Puts a glyph at a place; answers the place of its right end, NAN on failure. */
static double put(const painter *p, uint32_t glyph, const char *text, size_t length, double x,
                  double rise)
{
    uint32_t index = bp_show_code(p->s, p->use, p->run, glyph, text, length);
    if (index == BP_CODE_REFUSED)
        return (double)NAN;
    bp_show_move(p->s, x, p->s->y);
    if (!bp_show_set(p->s, *p->use, rise, p->spacing))
        return (double)NAN;
    const bp_glyph_code *code = &BP_BUF_ITEMS(&(*p->use)->codes, bp_glyph_code)[index];
    return bp_show_put(p->s, code, x, p->spacing) ? x + code->width * p->s->style->size / 1000
                                                  : (double)NAN;
}

/* A blank on the line that begins at x, or ends there. A font without a space has none: its readers
 * must do with the glyphs. */
static bool put_blank(const painter *p, double x, bool ends_there)
{
    uint32_t glyph = bp_font_glyph(p->run->font, ' ');
    if (glyph == 0)
        return true;
    if (ends_there)
        x -= bp_font_advance(p->run->font, glyph) * p->unit;
    return !isnan(put(p, glyph, nothing, strlen(nothing), x, p->rise));
}

/* Glyphs that nothing is told beside: what stands around them is told already. */
static bool show_glyphs(const painter *p, const bp_cluster *c, double x)
{
    const bp_glyph *glyphs = p->run->glyphs;
    const char *text = p->run->text + c->start;
    for (size_t i = c->first; i < c->end; i++) {
        double rise = p->rise + glyphs[i].dy * p->unit;
        if (isnan(put(p, glyphs[i].id, i == c->first ? text : nothing,
                      i == c->first ? c->stop - c->start : strlen(nothing),
                      x + glyphs[i].dx * p->unit, rise)))
            return false;
        x += glyphs[i].advance * p->unit;
    }
    return true;
}

/* Shows glyphs `first` to before `end` of the run, the pen at x before the first, as one span from
 * `left` to `right`. The first glyph stands for the text too, for readers that know no spans. */
static bool show_span(const painter *p, size_t first, size_t end, const char *text, size_t length,
                      double x, double left, double right)
{
    const bp_glyph *glyphs = p->run->glyphs;
    double off = OFF_MOST * p->s->style->size, pen = x, at = left - 1, rise = 0;
    if (!bp_show_begin_actual(p->s, left, text, length))
        return false;
    for (size_t i = first; i < end; i++) {
        double place = pen + glyphs[i].dx * p->unit;
        rise = glyphs[i].dy * p->unit;
        bool is_off = fabs(place - left) > off || fabs(rise) > off;
        if (i == first && is_off && !put_blank(p, left, false))
            return false;
        at = put(p, glyphs[i].id, i == first ? text : nothing,
                 i == first ? length : strlen(nothing), place, p->rise + rise);
        if (isnan(at))
            return false;
        pen += glyphs[i].advance * p->unit;
    }
    if (first == end && !put_blank(p, left, false))
        return false;
    if ((first == end || fabs(at - right) > off || fabs(rise) > off) && !put_blank(p, right, true))
        return false;
    bp_show_end_actual(p->s);
    return true;
}

/* The text of a cluster as it is told: without the hints where something else is in it. */
static const char *told_text(const bp_run *run, const bp_cluster *c, char room[64], size_t *length)
{
    const char *text = run->text + c->start;
    *length = c->stop - c->start;
    size_t kept = *length > 2 ? bp_show_drop_hints(text, *length, room, 64) : 0;
    if (kept == 0)
        return text;
    *length = kept;
    return room;
}

/* From right to left. The cluster's last glyphs, from the left the first, belong to its last
 * characters, one each; what is left over belongs to the first character. */
static bool show_backwards(const painter *p, const bp_cluster *c, double x, double right)
{
    char room[64];
    size_t length = 0;
    const char *text = told_text(p->run, c, room, &length);
    size_t count = bp_utf8_count(text, length), glyph_count = c->end - c->first;
    double step = STEP * p->s->style->size, pen = x;
    size_t stop = length, glyph = c->first;
    for (size_t k = count; k > 1; k--) {
        size_t start = stop;
        do
            start--;
        while (start > 0 && ((unsigned char)text[start] & 0xc0) == 0x80);
        size_t end = k <= glyph_count ? glyph + 1 : glyph;
        double left = x - step * (double)(k - 1 < 4 ? k - 1 : 4);
        if (!show_span(p, glyph, end, text + start, stop - start, pen, left, left + step))
            return false;
        for (; glyph < end; glyph++)
            pen += p->run->glyphs[glyph].advance * p->unit;
        stop = start;
    }
    const bp_glyph *base = &p->run->glyphs[glyph];
    double place = pen + base->dx * p->unit, gap = BP_SHOW_GAP_LEAST * p->s->style->size;
    double width = bp_font_advance(p->run->font, base->id) * p->unit;
    if (glyph + 1 == c->end && base->dy <= 0 && base->dy >= 0 && place - x < gap &&
        right - place - width < gap)
        return !isnan(put(p, base->id, text, stop, place, p->rise));
    return show_span(p, glyph, c->end, text, stop, pen, x, right);
}

bool bp_show_cluster(bp_shower *s, bp_use **use, const bp_run *run, const bp_cluster *c, double x,
                     double right, double spacing)
{
    const painter p = make_painter(s, use, run, spacing);
    if (s->is_told)
        return show_glyphs(&p, c, x);
    if (run->is_rtl)
        return show_backwards(&p, c, x, right);
    return show_span(&p, c->first, c->end, run->text + c->start, c->stop - c->start, x, x, right);
}

bool bp_show_space(bp_shower *s, const bp_run *run, double x)
{
    bp_document *document = s->page->document;
    uint32_t glyph = bp_font_glyph(run->font, ' ');
    if (glyph == 0)
        return true;
    bp_use *use = bp_uses_find(&document->uses, document->objects, run->font, &document->error);
    if (use == NULL)
        return false;
    const painter p = make_painter(s, &use, run, 0);
    return !isnan(put(&p, glyph, " ", 1, x, p.rise));
}

bool bp_show_unseen(bp_shower *s, const bp_run *run, const char *text, double x)
{
    bp_document *document = s->page->document;
    bp_use *use = bp_uses_find(&document->uses, document->objects, run->font, &document->error);
    if (use == NULL)
        return false;
    const painter p = make_painter(s, &use, run, 0);
    return show_span(&p, 0, 0, text, strlen(text), x, x, x);
}
