/* Shapes of SVG: their outlines, and how they are filled and stroked. */
#include <math.h>
#include <string.h>

#include "pdf/svg_private.h"

bool bp_svg_is_shape(const bp_svg_node *node)
{
    switch (node->tag) {
    case BP_SVG_PATH:
    case BP_SVG_RECT:
    case BP_SVG_CIRCLE:
    case BP_SVG_ELLIPSE:
    case BP_SVG_LINE:
    case BP_SVG_POLYLINE:
    case BP_SVG_POLYGON:
        return true;
    default:
        return false;
    }
}

/* Outlines ------------------------------------------------------------------------------------- */

static bool kept(const bp_svg_drawer *d, bool ok)
{
    return ok || bp_fail_memory(d->err);
}

static bool outline_rect(const bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                         double em, bp_svg_path *path)
{
    double box[4], rx = 0, ry = 0;
    if (!bp_svg_read_length(d, node, "x", place->width, em, 0, &box[0]) ||
        !bp_svg_read_length(d, node, "y", place->height, em, 0, &box[1]) ||
        !bp_svg_read_length(d, node, "width", place->width, em, 0, &box[2]) ||
        !bp_svg_read_length(d, node, "height", place->height, em, 0, &box[3]) ||
        !bp_svg_read_length(d, node, "rx", place->width, em, (double)NAN, &rx) ||
        !bp_svg_read_length(d, node, "ry", place->height, em, (double)NAN, &ry))
        return false;
    if (!(box[2] > 0 && box[3] > 0))
        return true;
    if (isnan(rx))
        rx = isnan(ry) ? 0 : ry;
    if (isnan(ry))
        ry = rx;
    return kept(d, bp_svg_path_rect(path, box, fmin(rx, box[2] / 2), fmin(ry, box[3] / 2)));
}

static bool outline_ellipse(const bp_svg_drawer *d, const bp_svg_node *node,
                            const bp_svg_place *place, double em, bp_svg_path *path)
{
    bool is_circle = node->tag == BP_SVG_CIRCLE;
    double x = 0, y = 0, rx = 0, ry = 0;
    if (!bp_svg_read_length(d, node, "cx", place->width, em, 0, &x) ||
        !bp_svg_read_length(d, node, "cy", place->height, em, 0, &y) ||
        !bp_svg_read_length(d, node, is_circle ? "r" : "rx",
                            is_circle ? bp_svg_diagonal(place) : place->width, em, 0, &rx) ||
        (!is_circle && !bp_svg_read_length(d, node, "ry", place->height, em, 0, &ry)))
        return false;
    if (is_circle)
        ry = rx;
    return !(rx > 0 && ry > 0) || kept(d, bp_svg_path_ellipse(path, x, y, rx, ry));
}

static bool outline_line(const bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                         double em, bp_svg_path *path)
{
    double n[4];
    if (!bp_svg_read_length(d, node, "x1", place->width, em, 0, &n[0]) ||
        !bp_svg_read_length(d, node, "y1", place->height, em, 0, &n[1]) ||
        !bp_svg_read_length(d, node, "x2", place->width, em, 0, &n[2]) ||
        !bp_svg_read_length(d, node, "y2", place->height, em, 0, &n[3]))
        return false;
    return kept(d, bp_svg_path_add(path, 'M', n, 2) && bp_svg_path_add(path, 'L', n + 2, 2));
}

static bool outline_points(const bp_svg_drawer *d, const bp_svg_node *node, bp_svg_path *path)
{
    const char *text = bp_svg_attribute(node, "points");
    if (text == NULL)
        return true;
    bool is_first = true;
    for (const char *c = bp_svg_skip(text); *c != '\0'; is_first = false) {
        double n[2];
        for (int i = 0; i < 2; i++) {
            if (!bp_svg_number(&c, &n[i]))
                return bp_svg_fail(d->svg, node, d->err,
                                   "points: character %zu: expected pairs of numbers",
                                   (size_t)(c - text) + 1);
            c = bp_svg_skip_comma(c);
        }
        if (!kept(d, bp_svg_path_add(path, is_first ? 'M' : 'L', n, 2)))
            return false;
    }
    return is_first || node->tag == BP_SVG_POLYLINE || kept(d, bp_svg_path_add(path, 'Z', NULL, 0));
}

static bool outline_path(const bp_svg_drawer *d, const bp_svg_node *node, bp_svg_path *path)
{
    const char *data = bp_svg_attribute(node, "d");
    size_t fault = 0;
    if (data == NULL || bp_svg_is_word(data, "none") || bp_svg_path_read(path, data, &fault))
        return true;
    if (fault == 0)
        return bp_fail_memory(d->err);
    return bp_svg_fail(d->svg, node, d->err,
                       "path data: character %zu (\"%.12s\"): expected a command with its numbers",
                       fault, data + fault - 1);
}

bool bp_svg_outline(const bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                    const bp_svg_look *look, bp_svg_path *path)
{
    double em = look->font_size;
    switch (node->tag) {
    case BP_SVG_RECT:
        return outline_rect(d, node, place, em, path);
    case BP_SVG_CIRCLE:
    case BP_SVG_ELLIPSE:
        return outline_ellipse(d, node, place, em, path);
    case BP_SVG_LINE:
        return outline_line(d, node, place, em, path);
    case BP_SVG_POLYLINE:
    case BP_SVG_POLYGON:
        return outline_points(d, node, path);
    default:
        return outline_path(d, node, path);
    }
}

/* Painting ------------------------------------------------------------------------------------- */

/* What one fill or stroke is painted with. */
typedef struct {
    bool is_there;
    uint32_t color;
    bp_svg_server server;
    bool has_server;
} ink;

static uint32_t faded(uint32_t color, double opacity)
{
    return (color & ~0xffu) | (uint32_t)lround((color & 0xff) * opacity);
}

static bool find_ink(const bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_paint *paint,
                     double opacity, const double *box, const bp_svg_place *place, ink *out)
{
    *out = (ink){.is_there = paint->kind != BP_SVG_NONE && opacity > 0};
    if (!out->is_there)
        return true;
    if (paint->kind == BP_SVG_COLOR) {
        out->color = faded(paint->is_current ? place->look->color : paint->color, opacity);
        return true;
    }
    out->has_server = true;
    if (!bp_svg_server_find(d, node, paint, opacity, box, place, &out->server))
        return false;
    if (out->server.is_empty)
        out->is_there = false;
    if (out->server.is_solid)
        out->color = out->server.color;
    return true;
}

static const bp_gradient *gradient_of(const ink *i)
{
    return i->has_server && !i->server.is_solid ? &i->server.gradient : NULL;
}

static bool is_even(const double m[6])
{
    double size = fabs(m[0]) + fabs(m[1]) + fabs(m[2]) + fabs(m[3]);
    bool keeps = fabs(m[0] - m[3]) <= 1e-6 * size && fabs(m[1] + m[2]) <= 1e-6 * size;
    bool mirrors = fabs(m[0] + m[3]) <= 1e-6 * size && fabs(m[1] - m[2]) <= 1e-6 * size;
    return keeps || mirrors;
}

static void set_line(bp_paint *paint, const bp_svg_look *look, double scale, double dash[])
{
    paint->line_width = fmax(look->stroke_width * scale, 0.001);
    paint->cap = look->cap;
    paint->join = look->join;
    paint->miter_limit = look->miter_limit;
    for (size_t i = 0; i < look->dash_count; i++)
        dash[i] = look->dash[i] * scale;
    paint->dash = look->dash_count != 0 ? dash : NULL;
    paint->dash_count = look->dash_count;
    paint->dash_phase = look->dash_offset * scale;
    if (paint->dash_count != 0 && paint->dash_phase < 0) { /* PDF takes none below 0. */
        double sum = 0;
        for (size_t i = 0; i < paint->dash_count; i++)
            sum += dash[i] * (paint->dash_count % 2 == 0 ? 1 : 2);
        paint->dash_phase += ceil(-paint->dash_phase / sum) * sum;
    }
}

/* A stroke under a transform that makes it wider one way: the pen must be under it too. */
static bool stroke_uneven(bp_svg_drawer *d, const bp_svg_place *place, bp_paint given)
{
    bp_paint *paint = &given;
    double dash[BP_SVG_DASHES_MOST];
    const double *m = place->matrix;
    double scale = sqrt(fabs(m[0] * m[3] - m[1] * m[2]));
    /* The pen is scaled by one number and turned and stretched by the rest, so that widths keep
     * their decimals. */
    const double rest[6] = {m[0] / scale, m[1] / scale, m[2] / scale, m[3] / scale, m[4], m[5]};
    bp_svg_path_transform(&d->path, 0, (const double[6]){scale, 0, 0, scale, 0, 0});
    set_line(paint, place->look, scale, dash);
    bp_path path = bp_svg_path_of(&d->path);
    double matrix[6], inverse[6];
    bp_gradient gradient;
    if (paint->stroke_gradient != NULL) { /* It was found for the form's axes. */
        double det = rest[0] * rest[3] - rest[1] * rest[2];
        const double back[6] = {rest[3] / det,
                                -rest[1] / det,
                                -rest[2] / det,
                                rest[0] / det,
                                (rest[2] * rest[5] - rest[3] * rest[4]) / det,
                                (rest[1] * rest[4] - rest[0] * rest[5]) / det};
        memcpy(inverse, back, sizeof back);
        gradient = *paint->stroke_gradient;
        bp_svg_multiply(gradient.matrix, inverse, matrix);
        gradient.matrix = matrix;
        paint->stroke_gradient = &gradient;
    }
    return bp_page_save(d->page, d->err) &&
           bp_page_transform(d->page, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5],
                             d->err) &&
           bp_page_path(d->page, &path, paint, d->err) && bp_page_restore(d->page, d->err);
}

static bool fill_it(bp_svg_drawer *d, const bp_svg_look *look, const ink *fill)
{
    bp_path path = bp_svg_path_of(&d->path);
    const bp_paint paint = {.has_fill = true,
                            .fill = fill->color,
                            .gradient = gradient_of(fill),
                            .even_odd = look->fill_even_odd};
    return bp_page_path(d->page, &path, &paint, d->err);
}

static bool stroke_it(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                      const ink *stroke, bool is_moved)
{
    double dash[BP_SVG_DASHES_MOST];
    const double *m = place->matrix;
    bp_paint paint = {
        .has_stroke = true, .stroke = stroke->color, .stroke_gradient = gradient_of(stroke)};
    if (!is_even(m)) {
        d->path.verbs.length = d->path.numbers.length = 0;
        return bp_svg_outline(d, node, place, place->look, &d->path) &&
               stroke_uneven(d, place, paint);
    }
    if (!is_moved)
        bp_svg_path_transform(&d->path, 0, m);
    set_line(&paint, place->look, sqrt(fabs(m[0] * m[3] - m[1] * m[2])), dash);
    bp_path path = bp_svg_path_of(&d->path);
    return bp_page_path(d->page, &path, &paint, d->err);
}

static bool paint_shape(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                        const ink *fill, const ink *stroke)
{
    const bp_svg_look *look = place->look;
    double dash[BP_SVG_DASHES_MOST];
    const double *m = place->matrix;
    bool is_plain = fill->is_there && stroke->is_there && gradient_of(fill) == NULL &&
                    gradient_of(stroke) == NULL && (stroke->color & 0xff) == 0xff &&
                    !look->stroke_first && is_even(m);
    bp_svg_path_transform(&d->path, 0, m);
    if (is_plain) {
        bp_paint paint = {.has_fill = true,
                          .fill = fill->color,
                          .has_stroke = true,
                          .stroke = stroke->color,
                          .even_odd = look->fill_even_odd};
        set_line(&paint, look, sqrt(fabs(m[0] * m[3] - m[1] * m[2])), dash);
        bp_path path = bp_svg_path_of(&d->path);
        return bp_page_path(d->page, &path, &paint, d->err);
    }
    if (look->stroke_first && stroke->is_there) {
        if (!stroke_it(d, node, place, stroke, true))
            return false;
        if (!fill->is_there)
            return true;
        d->path.verbs.length = d->path.numbers.length = 0;
        if (!bp_svg_outline(d, node, place, look, &d->path))
            return false;
        bp_svg_path_transform(&d->path, 0, m);
        return fill_it(d, look, fill);
    }
    return (!fill->is_there || fill_it(d, look, fill)) &&
           (!stroke->is_there || stroke_it(d, node, place, stroke, true));
}

bool bp_svg_draw_shape(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                       double opacity)
{
    const bp_svg_look *look = place->look;
    const double *m = place->matrix;
    if (look->is_hidden || !(fabs(m[0] * m[3] - m[1] * m[2]) > 1e-18))
        return true;
    d->path.verbs.length = d->path.numbers.length = 0;
    if (!bp_svg_outline(d, node, place, look, &d->path))
        return false;
    double box[4];
    if (d->path.verbs.length == 0 || !bp_svg_path_box(&d->path, box))
        return true;
    ink fill, stroke = {0};
    bool ok = find_ink(d, node, &look->fill, look->fill_opacity * opacity, box, place, &fill) &&
              find_ink(d, node, &look->stroke, look->stroke_opacity * opacity, box, place, &stroke);
    if (node->tag == BP_SVG_LINE)
        fill.is_there = false;
    if (!(look->stroke_width > 0))
        stroke.is_there = false;
    if (ok && (fill.is_there || stroke.is_there))
        ok = paint_shape(d, node, place, &fill, &stroke);
    bp_svg_server_clear(&fill.server);
    bp_svg_server_clear(&stroke.server);
    return ok;
}
