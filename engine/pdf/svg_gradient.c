/* Gradients of SVG as those of a paint. */
#include <math.h>
#include <string.h>

#include "pdf/svg_private.h"

#define REFERENCES_MOST 16
#define STOPS_MOST 256

void bp_svg_server_clear(bp_svg_server *server)
{
    bp_buf_clear(&server->stops);
}

/* The gradients that the first one takes its attributes and stops from, itself included. */
typedef struct {
    const bp_svg_node *nodes[REFERENCES_MOST];
    int count;
} chain;

static bool follow(const bp_svg_drawer *d, const bp_svg_node *node, chain *out)
{
    out->count = 0;
    while (node != NULL) {
        for (int i = 0; i < out->count; i++)
            if (out->nodes[i] == node)
                return bp_svg_fail(d->svg, node, d->err, "gradients refer to each other in a ring");
        if (out->count == REFERENCES_MOST)
            return bp_svg_fail(d->svg, node, d->err, "more than %d gradients refer to each other",
                               REFERENCES_MOST);
        out->nodes[out->count++] = node;
        const char *href = bp_svg_attribute(node, "href"), *name = NULL;
        if (href == NULL || *href == '\0')
            return true;
        size_t length = bp_svg_reference(href, &name, NULL);
        const bp_svg_node *next = length != 0 ? bp_svg_find(d->svg, name, length) : NULL;
        if (next == NULL || (next->tag != BP_SVG_LINEAR && next->tag != BP_SVG_RADIAL))
            return bp_svg_fail(d->svg, node, d->err, "\"%.60s\" is no gradient of this file", href);
        node = next;
    }
    return true;
}

static const char *find_attribute(const chain *c, const char *name)
{
    for (int i = 0; i < c->count; i++) {
        const char *value = bp_svg_attribute(c->nodes[i], name);
        if (value != NULL)
            return value;
    }
    return NULL;
}

static bool read_coordinate(const bp_svg_drawer *d, const chain *c, const char *name, double whole,
                            const char *otherwise, double *out)
{
    const char *text = find_attribute(c, name);
    if (text == NULL)
        text = otherwise;
    return bp_svg_whole_length(text, whole, 16, out) ||
           bp_svg_fail(d->svg, c->nodes[0], d->err, "%s=\"%.60s\" is no length", name, text);
}

static bool read_stop(const bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_look *outer,
                      double opacity, bp_svg_server *server)
{
    bp_svg_look look;
    if (!bp_svg_cascade(d->svg, node, outer, 0, &look, d->err))
        return false;
    const char *text = bp_svg_attribute(node, "offset");
    double offset = 0;
    if (text != NULL && !bp_svg_whole_length(text, 1, 1, &offset))
        return bp_svg_fail(d->svg, node, d->err, "offset=\"%.40s\" is no number from 0 to 1", text);
    size_t count = BP_BUF_COUNT(&server->stops, bp_stop);
    double least = count != 0 ? BP_BUF_ITEMS(&server->stops, bp_stop)[count - 1].offset : 0;
    if (count == STOPS_MOST)
        return bp_svg_fail(d->svg, node, d->err, "a gradient has more than %d stops", STOPS_MOST);
    double alpha = (look.stop_color & 0xff) * look.stop_opacity * opacity;
    const bp_stop stop = {.offset = fmin(fmax(offset, least), 1),
                          .color = (look.stop_color & ~0xffu) | (uint32_t)lround(alpha)};
    return bp_buf_add(&server->stops, &stop, sizeof stop) || bp_fail_memory(d->err);
}

/* Stops are those of the first gradient that has some. They inherit from where they stand. */
static bool read_stops(const bp_svg_drawer *d, const chain *c, double opacity,
                       const bp_svg_look *user, bp_svg_server *server)
{
    for (int i = 0; i < c->count && server->stops.length == 0; i++) {
        bp_svg_look look;
        if (!bp_svg_cascade(d->svg, c->nodes[i], user, 0, &look, d->err))
            return false;
        for (const bp_svg_node *stop = c->nodes[i]->first; stop != NULL; stop = stop->next)
            if (stop->tag == BP_SVG_STOP && !read_stop(d, stop, &look, opacity, server))
                return false;
    }
    return true;
}

static bool read_linear(const bp_svg_drawer *d, const chain *c, double width, double height,
                        bp_gradient *g)
{
    return read_coordinate(d, c, "x1", width, "0%", &g->x0) &&
           read_coordinate(d, c, "y1", height, "0%", &g->y0) &&
           read_coordinate(d, c, "x2", width, "100%", &g->x1) &&
           read_coordinate(d, c, "y2", height, "0%", &g->y1);
}

static bool read_radial(const bp_svg_drawer *d, const chain *c, double width, double height,
                        bp_gradient *g)
{
    double diagonal = sqrt((width * width + height * height) / 2);
    g->is_radial = true;
    if (!read_coordinate(d, c, "cx", width, "50%", &g->x1) ||
        !read_coordinate(d, c, "cy", height, "50%", &g->y1) ||
        !read_coordinate(d, c, "r", diagonal, "50%", &g->r1) ||
        !read_coordinate(d, c, "fr", diagonal, "0%", &g->r0))
        return false;
    const char *fx = find_attribute(c, "fx"), *fy = find_attribute(c, "fy");
    g->x0 = g->x1;
    g->y0 = g->y1;
    if ((fx != NULL && !read_coordinate(d, c, "fx", width, "50%", &g->x0)) ||
        (fy != NULL && !read_coordinate(d, c, "fy", height, "50%", &g->y0)))
        return false;
    if (g->r1 < 0 || g->r0 < 0)
        return bp_svg_fail(d->svg, c->nodes[0], d->err, "a radius of a gradient is negative");
    /* A focus outside of the circle is moved to its edge. */
    double x = g->x0 - g->x1, y = g->y0 - g->y1, far = hypot(x, y), most = 0.999 * g->r1;
    if (far > most && far > 0) {
        g->x0 = g->x1 + x / far * most;
        g->y0 = g->y1 + y / far * most;
    }
    g->r0 = fmin(g->r0, g->r1);
    return true;
}

static bool read_spread(const bp_svg_drawer *d, const chain *c)
{
    const char *spread = find_attribute(c, "spreadMethod");
    return spread == NULL || bp_svg_is_word(spread, "pad") ||
           bp_svg_fail(d->svg, c->nodes[0], d->err,
                       "spreadMethod=\"%.20s\" is not supported; use pad, with more stops", spread);
}

/* From the gradient's axes to the form. False and no error: the box has no area. */
static bool find_matrix(const bp_svg_drawer *d, const chain *c, const double *box, bool is_box,
                        const bp_svg_place *place, double matrix[6])
{
    static const double unit[6] = {1, 0, 0, 1, 0, 0};
    const char *text = find_attribute(c, "gradientTransform");
    memcpy(matrix, unit, sizeof unit);
    if (text != NULL && !bp_svg_transform(text, matrix))
        return bp_svg_fail(d->svg, c->nodes[0], d->err,
                           "gradientTransform=\"%.80s\" is not understood", text);
    if (is_box) {
        const double to_box[6] = {box[2] - box[0], 0, 0, box[3] - box[1], box[0], box[1]};
        bp_svg_multiply(matrix, to_box, matrix);
    }
    bp_svg_multiply(matrix, place->matrix, matrix);
    return true;
}

static void make_solid(bp_svg_server *server)
{
    size_t count = BP_BUF_COUNT(&server->stops, bp_stop);
    server->is_solid = true;
    server->color = BP_BUF_ITEMS(&server->stops, bp_stop)[count - 1].color;
}

bool bp_svg_server_find(const bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_paint *paint,
                        double opacity, const double *box, const bp_svg_place *place,
                        bp_svg_server *server)
{
    *server = (bp_svg_server){0};
    int length = paint->name_length < 60 ? (int)paint->name_length : 60;
    const bp_svg_node *found = bp_svg_find(d->svg, paint->name, paint->name_length);
    if (found == NULL)
        return bp_svg_fail(d->svg, node, d->err, "\"#%.*s\" is not there", length, paint->name);
    if (found->tag != BP_SVG_LINEAR && found->tag != BP_SVG_RADIAL)
        return bp_svg_fail(d->svg, node, d->err,
                           "painting with <%.40s> (\"#%.*s\") is not supported; use a colour or a "
                           "gradient",
                           found->name, length, paint->name);
    chain c;
    if (!follow(d, found, &c) || !read_spread(d, &c) ||
        !read_stops(d, &c, opacity, place->look, server))
        return false;
    const char *units = find_attribute(&c, "gradientUnits");
    bool is_box = units == NULL || !bp_svg_is_word(units, "userSpaceOnUse");
    double width = is_box ? 1 : place->width, height = is_box ? 1 : place->height;
    bp_gradient *g = &server->gradient;
    bool is_linear = found->tag == BP_SVG_LINEAR;
    if (!(is_linear ? read_linear(d, &c, width, height, g) : read_radial(d, &c, width, height, g)))
        return false;
    g->stops = BP_BUF_ITEMS(&server->stops, const bp_stop);
    g->stop_count = BP_BUF_COUNT(&server->stops, bp_stop);
    server->is_empty =
        g->stop_count == 0 || (is_box && !(box != NULL && box[2] > box[0] && box[3] > box[1]));
    if (server->is_empty)
        return true;
    if (g->stop_count == 1 ||
        (is_linear ? hypot(g->x1 - g->x0, g->y1 - g->y0) < 1e-12 : g->r1 < 1e-12)) {
        make_solid(server);
        return true;
    }
    if (!find_matrix(d, &c, box, is_box, place, server->matrix))
        return false;
    const double *m = server->matrix;
    if (!(fabs(m[0] * m[3] - m[1] * m[2]) > 1e-18)) {
        make_solid(server);
        return true;
    }
    g->matrix = server->matrix;
    return true;
}
