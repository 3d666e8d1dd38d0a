/* Text of SVG, kept as text: shaped in the fonts of the report. Characters are gathered with the
 * places that the file gives them, cut into pieces of one look, and set chunk by chunk, for an
 * anchor is that of all that follows an absolute place. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/svg_private.h"

#define TEXT_MOST ((size_t)64 * 1024)

/* Lists of places of an element, for the characters in it. */
typedef struct frame {
    struct frame *up;
    bp_buf lists[4]; /* Of double: x, y, dx, dy. */
    size_t at;       /* Characters so far. */
} frame;

/* Characters that follow each other in one look. */
typedef struct {
    size_t start, length; /* In the text. */
    const bp_svg_node *node;
    uint32_t color;
    double size, spacing, width, anchor;
    int weight;
    bool is_italic, is_shown;
    const char *baseline;
    bool has[2];
    double at[2], by[2]; /* x and y where `has`; dx and dy. */
} piece;

typedef struct {
    bp_svg_drawer *d;
    const bp_svg_place *place;
    bp_buf text, pieces;
    double opacity, fit; /* textLength; NAN: none. */
    bool after_space;
    bool is_new; /* The next character begins a piece. */
} setting;

/* Gathering ------------------------------------------------------------------------------------ */

static bool read_list(const setting *s, const bp_svg_node *node, const char *name, double whole,
                      double em, bp_buf *out)
{
    const char *text = bp_svg_attribute(node, name);
    if (text == NULL)
        return true;
    for (const char *c = bp_svg_skip(text); *c != '\0'; c = bp_svg_skip_comma(c)) {
        double value = 0;
        if (!bp_svg_length(&c, whole, em, &value))
            return bp_svg_fail(s->d->svg, node, s->d->err, "%s=\"%.60s\" is no list of lengths",
                               name, text);
        if (!bp_buf_add(out, &value, sizeof value))
            return bp_fail_memory(s->d->err);
    }
    return true;
}

static void clear_frame(frame *f)
{
    for (int i = 0; i < 4; i++)
        bp_buf_clear(&f->lists[i]);
}

static bool read_frame(const setting *s, const bp_svg_node *node, double em, frame *f)
{
    double width = s->place->width, height = s->place->height;
    const char *turns = bp_svg_attribute(node, "rotate");
    double turn = 0;
    if (turns != NULL && !(bp_svg_whole_length(turns, 1, 1, &turn) && !(turn > 0 || turn < 0)))
        return bp_svg_fail(s->d->svg, node, s->d->err,
                           "rotate is not supported in text; transform it, or convert it to paths");
    return read_list(s, node, "x", width, em, &f->lists[0]) &&
           read_list(s, node, "y", height, em, &f->lists[1]) &&
           read_list(s, node, "dx", width, em, &f->lists[2]) &&
           read_list(s, node, "dy", height, em, &f->lists[3]);
}

/* The value that the innermost list has for the next character. */
static bool find_place(const frame *f, int list, double *out)
{
    for (; f != NULL; f = f->up)
        if (f->at < BP_BUF_COUNT(&f->lists[list], double)) {
            *out = BP_BUF_ITEMS(&f->lists[list], double)[f->at];
            return true;
        }
    return false;
}

static bool text_color(const setting *s, const bp_svg_node *node, const bp_svg_look *look,
                       piece *out)
{
    bool has_stroke =
        look->stroke.kind != BP_SVG_NONE && look->stroke_width > 0 && look->stroke_opacity > 0;
    if (look->fill.kind == BP_SVG_SERVER || has_stroke)
        return bp_svg_fail(s->d->svg, node, s->d->err, "text with %s is not supported; %s",
                           has_stroke ? "an outline" : "a gradient",
                           "convert it to paths, or give it a plain colour");
    uint32_t color = look->fill.is_current ? look->color : look->fill.color;
    double alpha = (color & 0xff) * look->fill_opacity * s->opacity;
    out->color = (color & ~0xffu) | (uint32_t)lround(alpha);
    out->is_shown = look->fill.kind == BP_SVG_COLOR && !look->is_hidden && (out->color & 0xff) != 0;
    return true;
}

static bool begin_piece(setting *s, const bp_svg_node *node, const bp_svg_look *look,
                        const frame *f)
{
    piece p = {.start = s->text.length,
               .node = node,
               .size = look->font_size,
               .spacing = look->letter_spacing,
               .anchor = look->anchor,
               .weight = look->weight,
               .is_italic = look->is_italic,
               .baseline = look->baseline};
    for (int i = 0; i < 2; i++) {
        p.has[i] = find_place(f, i, &p.at[i]);
        (void)find_place(f, i + 2, &p.by[i]);
    }
    s->is_new = false;
    return text_color(s, node, look, &p) &&
           (bp_buf_add(&s->pieces, &p, sizeof p) || bp_fail_memory(s->d->err));
}

/* One character behind the others. */
static bool add_character(setting *s, const bp_svg_node *node, const bp_svg_look *look, frame *f,
                          const char *bytes, size_t length)
{
    double unused = 0;
    for (int i = 0; i < 4 && !s->is_new; i++)
        s->is_new = find_place(f, i, &unused);
    if (s->text.length + length > TEXT_MOST)
        return bp_svg_fail(s->d->svg, node, s->d->err, "a text has more than %zu bytes", TEXT_MOST);
    if (s->is_new && !begin_piece(s, node, look, f))
        return false;
    if (!bp_buf_add(&s->text, bytes, length))
        return bp_fail_memory(s->d->err);
    BP_BUF_ITEMS(&s->pieces, piece)[BP_BUF_COUNT(&s->pieces, piece) - 1].length += length;
    for (frame *up = f; up != NULL; up = up->up)
        up->at++;
    return true;
}

static bool add_words(setting *s, const bp_svg_node *node, const bp_svg_node *words,
                      const bp_svg_look *look, frame *f)
{
    const char *text = words->name;
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t start = at;
        uint32_t character = bp_utf8_next(text, length, &at);
        bool is_space =
            character == ' ' || character == '\n' || character == '\r' || character == '\t';
        if (is_space && !look->keeps_space && s->after_space)
            continue;
        s->after_space = is_space;
        const char *bytes = is_space ? " " : text + start;
        if (!add_character(s, node, look, f, bytes, is_space ? 1 : at - start))
            return false;
    }
    return true;
}

static bool gather(setting *s, const bp_svg_node *node, const bp_svg_look *look, frame *up,
                   int depth);

static bool gather_span(setting *s, const bp_svg_node *node, const bp_svg_look *outer, frame *up,
                        int depth)
{
    bp_svg_drawer *d = s->d;
    bp_svg_look look;
    if (!bp_svg_cascade(d->svg, node, outer, bp_svg_diagonal(s->place), &look, d->err))
        return false;
    if (look.is_none)
        return true;
    const char *refused = look.refused != NULL ? look.refused->name : NULL;
    if (refused != NULL || look.opacity < 1)
        return bp_svg_fail(d->svg, node, d->err,
                           "%s is not supported on a part of a text; give it to the whole, or "
                           "export without it",
                           refused != NULL ? refused : "opacity");
    return gather(s, node, &look, up, depth + 1);
}

static bool gather_children(setting *s, const bp_svg_node *node, const bp_svg_look *look, frame *f,
                            int depth)
{
    for (const bp_svg_node *child = node->first; child != NULL; child = child->next) {
        bool ok = true;
        if (child->tag == BP_SVG_WORDS) {
            s->is_new = true;
            ok = add_words(s, node, child, look, f);
        } else if (child->tag == BP_SVG_TSPAN || child->tag == BP_SVG_A) {
            ok = gather_span(s, child, look, f, depth);
        } else if (child->tag != BP_SVG_TITLE && child->tag != BP_SVG_DESC) {
            ok = bp_svg_fail(s->d->svg, child, s->d->err,
                             "<%.40s> is not supported in text; convert the text to paths",
                             child->name);
        }
        if (!ok)
            return false;
    }
    return true;
}

static bool gather(setting *s, const bp_svg_node *node, const bp_svg_look *look, frame *up,
                   int depth)
{
    frame f = {.up = up};
    bool ok = read_frame(s, node, look->font_size, &f) && gather_children(s, node, look, &f, depth);
    clear_frame(&f);
    return ok;
}

/* Setting -------------------------------------------------------------------------------------- */

/* The style of a piece, whose size is in the form's axes. */
static const bp_style *find_style(const setting *s, const piece *p, double scale)
{
    const bp_image_look *look = s->d->look;
    bp_style_spec spec = *bp_style_values(look->style);
    spec.size = p->size * scale;
    spec.weight = p->weight;
    spec.is_italic = p->is_italic;
    spec.tracking = p->size > 0 ? p->spacing / p->size * 1000 : 0;
    spec.color = p->color;
    spec.rise = 0;
    spec.word_space = 0;
    return bp_style_find(look->shaper, &spec, s->d->err);
}

/* How far below the point of its place the baseline stands, in user units. */
static double baseline_shift(const piece *p, const bp_style *style)
{
    if (p->baseline == NULL)
        return 0;
    const bp_font_metrics *m = bp_font_measures(bp_style_font(style));
    double up = m->ascent / m->units, down = fabs(m->descent) / m->units;
    double part = 0;
    if (bp_svg_is_word(p->baseline, "middle"))
        part = m->x_height / m->units / 2;
    else if (bp_svg_is_word(p->baseline, "central"))
        part = (up - down) / 2;
    else if (bp_svg_is_word(p->baseline, "hanging"))
        part = m->cap_height / m->units;
    else if (bp_svg_is_word(p->baseline, "text-top") ||
             bp_svg_is_word(p->baseline, "text-before-edge"))
        part = up;
    else
        part = -down;
    return part * p->size;
}

/* The width of a piece, with the blanks at its end, which a line of its own would not count. */
static bool measure_piece(const setting *s, piece *p, double scale)
{
    bp_shaper *shaper = s->d->look->shaper;
    const char *text = s->text.bytes + p->start;
    size_t blanks = 0;
    while (blanks < p->length && text[p->length - 1 - blanks] == ' ')
        blanks++;
    double mark = 0, behind = 0;
    const bp_style *style = find_style(s, p, scale);
    if (style == NULL || !bp_shape_width(shaper, style, text, p->length, &p->width, s->d->err) ||
        (blanks > 0 && (!bp_shape_width(shaper, style, "x", 1, &mark, s->d->err) ||
                        !bp_shape_width(shaper, style, " x", 2, &behind, s->d->err))))
        return false;
    p->width = (p->width + (double)blanks * (behind - mark)) / scale;
    return true;
}

static bool measure(setting *s, double scale)
{
    piece *pieces = BP_BUF_ITEMS(&s->pieces, piece);
    size_t count = BP_BUF_COUNT(&s->pieces, piece);
    for (size_t i = 0; i < count; i++) {
        piece *p = &pieces[i];
        const char *text = s->text.bytes + p->start;
        if (!(p->size > 0))
            continue;
        for (int round = 0; round < 2; round++) {
            if (!measure_piece(s, p, scale))
                return false;
            size_t characters = bp_utf8_count(text, p->length);
            if (isnan(s->fit) || count != 1 || characters < 2 || round == 1)
                break;
            p->spacing += (s->fit - p->width) / (double)(characters - 1);
        }
    }
    return true;
}

static bool show_piece(setting *s, const piece *p, double scale, double x, double y)
{
    bp_svg_drawer *d = s->d;
    const double *m = s->place->matrix;
    const bp_style *style = find_style(s, p, scale);
    if (style == NULL)
        return false;
    y += baseline_shift(p, style);
    const char *text = s->text.bytes + p->start;
    const double turn[4] = {m[0] / scale, m[1] / scale, m[2] / scale, m[3] / scale};
    bool is_level = fabs(turn[0] - 1) < 1e-6 && fabs(turn[1]) < 1e-6 && fabs(turn[2]) < 1e-6 &&
                    fabs(turn[3] - 1) < 1e-6;
    double to_x = m[0] * x + m[2] * y + m[4], to_y = m[1] * x + m[3] * y + m[5];
    if (is_level)
        return bp_page_text(d->page, d->look->shaper, style, text, p->length, to_x, to_y, 0, NULL,
                            d->err);
    return bp_page_save(d->page, d->err) &&
           bp_page_transform(d->page, turn[0], turn[1], turn[2], turn[3], to_x, to_y, d->err) &&
           bp_page_text(d->page, d->look->shaper, style, text, p->length, 0, 0, 0, NULL, d->err) &&
           bp_page_restore(d->page, d->err);
}

/* The width of the chunk that begins with piece `i`, and the pieces behind it. */
static double chunk_width(const piece *pieces, size_t count, size_t i)
{
    double width = pieces[i].width;
    for (size_t k = i + 1; k < count && !pieces[k].has[0] && !pieces[k].has[1]; k++)
        width += pieces[k].by[0] + pieces[k].width;
    return width;
}

static bool show(setting *s, double scale)
{
    const piece *pieces = BP_BUF_ITEMS(&s->pieces, const piece);
    size_t count = BP_BUF_COUNT(&s->pieces, piece);
    double pen[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        const piece *p = &pieces[i];
        for (int k = 0; k < 2; k++)
            pen[k] = (p->has[k] ? p->at[k] : pen[k]) + p->by[k];
        if (i == 0 || p->has[0] || p->has[1])
            pen[0] -= p->anchor * chunk_width(pieces, count, i);
        if (p->is_shown && p->length > 0 && p->size > 0 && !show_piece(s, p, scale, pen[0], pen[1]))
            return false;
        pen[0] += p->width + p->spacing;
    }
    return true;
}

/* No blank at the end. */
static void trim(setting *s)
{
    size_t count = BP_BUF_COUNT(&s->pieces, piece);
    if (count == 0 || s->place->look->keeps_space)
        return;
    piece *last = &BP_BUF_ITEMS(&s->pieces, piece)[count - 1];
    if (last->length > 0 && s->text.bytes[last->start + last->length - 1] == ' ')
        last->length--;
}

bool bp_svg_draw_text(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                      double opacity)
{
    const double *m = place->matrix;
    double scale = sqrt(fabs(m[0] * m[3] - m[1] * m[2]));
    if (!(scale > 1e-9))
        return true;
    setting s = {.d = d,
                 .place = place,
                 .opacity = opacity,
                 .fit = (double)NAN,
                 .after_space = !place->look->keeps_space,
                 .is_new = true};
    if (!bp_svg_read_length(d, node, "textLength", place->width, place->look->font_size,
                            (double)NAN, &s.fit))
        return false;
    bool ok = gather(&s, node, place->look, NULL, 0);
    if (ok && s.text.length > 0 && (d->look->shaper == NULL || d->look->style == NULL))
        ok = bp_svg_fail(d->svg, node, d->err,
                         "the drawing has text, which needs a style to be set in: "
                         "canvas:image(image, x, y, width, height, { style = ... })");
    trim(&s);
    ok = ok && measure(&s, scale) && show(&s, scale);
    bp_buf_clear(&s.text);
    bp_buf_clear(&s.pieces);
    return ok;
}
