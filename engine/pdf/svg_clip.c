/* Clip paths of SVG: the outlines of their shapes as one path. */
#include <math.h>
#include <string.h>

#include "pdf/svg_private.h"

#define NESTED_MOST 8

/* Twice the area of the path's corners from `first_verb` on; its sign is the way it runs round. */
static double area_of(const bp_svg_path *path, size_t first_verb, size_t first_number)
{
    const double *n = BP_BUF_ITEMS(&path->numbers, const double) + first_number;
    double area = 0, at[2] = {0, 0}, start[2] = {0, 0};
    for (size_t i = first_verb; i < path->verbs.length; i++) {
        char verb = path->verbs.bytes[i];
        int count = verb == 'C' ? 6 : verb == 'Z' ? 0 : 2;
        if (verb == 'M') {
            area += at[0] * start[1] - start[0] * at[1];
            memcpy(at, n, sizeof at);
            memcpy(start, n, sizeof start);
        }
        for (int k = 0; verb != 'M' && k < count; k += 2) {
            area += at[0] * n[k + 1] - n[k] * at[1];
            memcpy(at, n + k, sizeof at);
        }
        n += count;
    }
    return area + at[0] * start[1] - start[0] * at[1];
}

/* Turns the way of each part of the path, so that shapes which overlap leave no hole. The points of
 * a part from its last to its first. */
static bool turn_round(bp_svg_path *path, size_t first_verb, size_t first_number)
{
    bp_svg_path turned = {0};
    const double *n = BP_BUF_ITEMS(&path->numbers, const double);
    size_t at = first_number;
    bool ok = true;
    for (size_t i = first_verb; ok && i < path->verbs.length;) {
        size_t end = i + 1, stop = at + 2; /* Behind the part, and its numbers. */
        while (end < path->verbs.length && path->verbs.bytes[end] != 'M') {
            char verb = path->verbs.bytes[end++];
            stop += verb == 'C' ? 6 : verb == 'Z' ? 0 : 2;
        }
        ok = bp_svg_path_add(&turned, 'M', n + stop - 2, 2);
        size_t to = stop - 2;
        for (size_t v = end - 1; ok && v > i; v--) {
            char verb = path->verbs.bytes[v];
            if (verb == 'C') {
                const double curve[6] = {n[to - 2], n[to - 1], n[to - 4],
                                         n[to - 3], n[to - 6], n[to - 5]};
                to -= 6;
                ok = bp_svg_path_add(&turned, 'C', curve, 6);
            } else if (verb == 'L') {
                to -= 2;
                ok = bp_svg_path_add(&turned, 'L', n + to, 2);
            }
        }
        ok = ok && bp_svg_path_add(&turned, 'Z', NULL, 0);
        i = end;
        at = stop;
    }
    if (ok) {
        path->verbs.length = first_verb;
        path->numbers.length = first_number * sizeof(double);
        ok = bp_buf_add(&path->verbs, turned.verbs.bytes, turned.verbs.length) &&
             bp_buf_add(&path->numbers, turned.numbers.bytes, turned.numbers.length);
    }
    bp_svg_path_clear(&turned);
    return ok;
}

/* What a clip path gathers. */
typedef struct {
    bp_svg_drawer *d;
    size_t shapes;
    bool even_odd;
} gathering;

static bool gather(gathering *g, const bp_svg_node *node, const bp_svg_place *outer, int depth)
{
    bp_svg_drawer *d = g->d;
    if (node->tag == BP_SVG_WORDS || node->tag == BP_SVG_TITLE || node->tag == BP_SVG_DESC)
        return true;
    bp_svg_look look;
    if (!bp_svg_cascade(d->svg, node, outer->look, bp_svg_diagonal(outer), &look, d->err))
        return false;
    if (look.is_none || look.is_hidden)
        return true;
    bp_svg_place place = *outer;
    place.look = &look;
    double matrix[6] = {1, 0, 0, 1, 0, 0};
    if (look.transform != NULL && !bp_svg_transform(look.transform, matrix))
        return bp_svg_fail(d->svg, node, d->err, "transform=\"%.80s\" is not understood",
                           look.transform);
    bp_svg_multiply(matrix, outer->matrix, place.matrix);
    if (node->tag == BP_SVG_USE && depth == 0) {
        const char *href = bp_svg_attribute(node, "href"), *name = NULL;
        size_t length = href != NULL ? bp_svg_reference(href, &name, NULL) : 0;
        const bp_svg_node *target = length != 0 ? bp_svg_find(d->svg, name, length) : NULL;
        double x = 0, y = 0;
        if (target == NULL)
            return bp_svg_fail(d->svg, node, d->err, "<use> refers to \"%.80s\", not in this file",
                               href != NULL ? href : "");
        if (!bp_svg_read_length(d, node, "x", place.width, look.font_size, 0, &x) ||
            !bp_svg_read_length(d, node, "y", place.height, look.font_size, 0, &y))
            return false;
        bp_svg_multiply((const double[6]){1, 0, 0, 1, x, y}, place.matrix, place.matrix);
        return gather(g, target, &place, 1);
    }
    if (!bp_svg_is_shape(node) || look.clip != NULL)
        return bp_svg_fail(d->svg, node, d->err,
                           "<%.40s>%s in a <clipPath> is not supported; clip with shapes",
                           node->name, look.clip != NULL ? " with a clip-path" : "");
    size_t first_verb = d->clip.verbs.length;
    size_t first_number = BP_BUF_COUNT(&d->clip.numbers, double);
    if (!bp_svg_outline(d, node, &place, &look, &d->clip))
        return false;
    if (d->clip.verbs.length == first_verb)
        return true;
    bp_svg_path_transform(&d->clip, first_number, place.matrix);
    g->even_odd = g->even_odd || look.clip_even_odd;
    if (++g->shapes > 1 && g->even_odd)
        return bp_svg_fail(d->svg, node, d->err,
                           "clip-rule: evenodd is not supported where several shapes clip; unite "
                           "them to one path");
    return area_of(&d->clip, first_verb, first_number) >= 0 || g->even_odd ||
           turn_round(&d->clip, first_verb, first_number) || bp_fail_memory(d->err);
}

/* The matrix of a clip path that is told in parts of the box of what it clips. */
static bool enter_box(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                      double matrix[6])
{
    double box[4];
    if (!bp_svg_is_shape(node))
        return bp_svg_fail(d->svg, node, d->err,
                           "clipPathUnits=\"objectBoundingBox\" is supported on shapes alone; use "
                           "userSpaceOnUse");
    d->path.verbs.length = d->path.numbers.length = 0;
    if (!bp_svg_outline(d, node, place, place->look, &d->path))
        return false;
    if (!bp_svg_path_box(&d->path, box))
        memset(box, 0, sizeof box);
    const double to_box[6] = {box[2] - box[0], 0, 0, box[3] - box[1], box[0], box[1]};
    bp_svg_multiply(matrix, to_box, matrix);
    return true;
}

bool bp_svg_apply_clip(bp_svg_drawer *d, const bp_svg_node *node, const char *reference,
                       const bp_svg_place *place, int depth)
{
    const char *name = NULL;
    size_t length = bp_svg_reference(reference, &name, NULL);
    const bp_svg_node *found = length != 0 ? bp_svg_find(d->svg, name, length) : NULL;
    if (found == NULL || found->tag != BP_SVG_CLIP_PATH)
        return bp_svg_fail(d->svg, node, d->err,
                           "clip-path: \"%.60s\" is no <clipPath> of this file", reference);
    if (depth == NESTED_MOST)
        return bp_svg_fail(d->svg, node, d->err, "clip paths refer to each other more than %d deep",
                           NESTED_MOST);
    bp_svg_look first, look;
    bp_svg_first_look(&first, 0, false);
    if (!bp_svg_cascade(d->svg, found, &first, 0, &look, d->err))
        return false;
    if (look.clip != NULL && !bp_svg_apply_clip(d, found, look.clip, place, depth + 1))
        return false;
    double matrix[6] = {1, 0, 0, 1, 0, 0};
    const char *units = bp_svg_attribute(found, "clipPathUnits");
    if (look.transform != NULL && !bp_svg_transform(look.transform, matrix))
        return bp_svg_fail(d->svg, found, d->err, "transform=\"%.80s\" is not understood",
                           look.transform);
    if (units != NULL && bp_svg_is_word(units, "objectBoundingBox") &&
        !enter_box(d, node, place, matrix))
        return false;
    bp_svg_place inner = *place;
    inner.look = &look;
    bp_svg_multiply(matrix, place->matrix, inner.matrix);
    d->clip.verbs.length = d->clip.numbers.length = 0;
    gathering g = {.d = d};
    for (const bp_svg_node *child = found->first; child != NULL; child = child->next)
        if (!gather(&g, child, &inner, 0))
            return false;
    bp_path path = bp_svg_path_of(&d->clip);
    return bp_page_clip(d->page, &path, g.even_odd, d->err);
}
