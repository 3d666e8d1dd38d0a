/* Drawing SVG: walks the tree with the transform and the look of each element. Points are put into
 * the axes of the form here, so that groups within groups take no graphics state; one is taken by
 * clips, and a form of its own by a group that is faded as a whole. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pdf/document_private.h"
#include "pdf/form.h"
#include "pdf/svg_private.h"

#define DRAWN_MOST 1000000 /* Elements: <use> within <use> could otherwise go on for ever. */
#define DEPTH_MOST 200

static bool draw_node(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *outer);

double bp_svg_diagonal(const bp_svg_place *place)
{
    return sqrt((place->width * place->width + place->height * place->height) / 2);
}

bool bp_svg_read_length(const bp_svg_drawer *d, const bp_svg_node *node, const char *name,
                        double whole, double em, double otherwise, double *out)
{
    const char *text = bp_svg_attribute(node, name);
    *out = otherwise;
    if (text == NULL || bp_svg_is_word(text, "auto"))
        return true;
    return bp_svg_whole_length(text, whole, em, out) ||
           bp_svg_fail(d->svg, node, d->err, "%s=\"%.60s\" is no length", name, text);
}

static bool draw_children(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place)
{
    for (const bp_svg_node *child = node->first; child != NULL; child = child->next)
        if (!draw_node(d, child, place))
            return false;
    return true;
}

/* Viewports ------------------------------------------------------------------------------------ */

/* How a view box is fitted into a viewport: "xMidYMid meet", "none" ... */
static bool read_aspect(const bp_svg_drawer *d, const bp_svg_node *node, double align[2],
                        bool *is_none, bool *is_slice)
{
    static const struct {
        const char *name;
        double x, y;
    } words[] = {{"xMinYMin", 0, 0},   {"xMidYMin", 0.5, 0},   {"xMaxYMin", 1, 0},
                 {"xMinYMid", 0, 0.5}, {"xMidYMid", 0.5, 0.5}, {"xMaxYMid", 1, 0.5},
                 {"xMinYMax", 0, 1},   {"xMidYMax", 0.5, 1},   {"xMaxYMax", 1, 1}};
    const char *text = bp_svg_attribute(node, "preserveAspectRatio");
    align[0] = align[1] = 0.5;
    *is_none = *is_slice = false;
    if (text == NULL)
        return true;
    const char *c = bp_svg_skip(text);
    if (strncmp(c, "none", 4) == 0) {
        *is_none = true;
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strncmp(c, words[i].name, 8) == 0) {
            align[0] = words[i].x;
            align[1] = words[i].y;
            *is_slice = bp_svg_is_word(c + 8, "slice");
            return true;
        }
    return bp_svg_fail(d->svg, node, d->err,
                       "preserveAspectRatio=\"%.40s\" is not understood; expected none, or "
                       "xMidYMid and the like",
                       text);
}

/* The place inside of a viewport that stands at `box` (x, y, width, height) in `outer`. */
static bool enter_viewport(const bp_svg_drawer *d, const bp_svg_node *node,
                           const bp_svg_place *outer, const double box[4], bp_svg_place *inner)
{
    const char *text = bp_svg_attribute(node, "viewBox");
    double n[4] = {0, 0, box[2], box[3]};
    *inner = *outer;
    inner->width = box[2];
    inner->height = box[3];
    double matrix[6] = {1, 0, 0, 1, box[0], box[1]};
    if (text != NULL) {
        double align[2];
        bool is_none = false, is_slice = false;
        const char *c = bp_svg_skip(text);
        for (int i = 0; i < 4; i++) {
            if (!bp_svg_number(&c, &n[i]))
                return bp_svg_fail(d->svg, node, d->err, "viewBox=\"%.60s\" is not four numbers",
                                   text);
            c = bp_svg_skip_comma(c);
        }
        if (!read_aspect(d, node, align, &is_none, &is_slice))
            return false;
        double sx = n[2] > 0 ? box[2] / n[2] : 0, sy = n[3] > 0 ? box[3] / n[3] : 0;
        if (!is_none)
            sx = sy = is_slice ? fmax(sx, sy) : fmin(sx, sy);
        matrix[0] = sx;
        matrix[3] = sy;
        matrix[4] += align[0] * (box[2] - n[2] * sx) - n[0] * sx;
        matrix[5] += align[1] * (box[3] - n[3] * sy) - n[1] * sy;
        inner->width = n[2];
        inner->height = n[3];
    }
    bp_svg_multiply(matrix, outer->matrix, inner->matrix);
    return true;
}

static bool clip_box(bp_svg_drawer *d, const bp_svg_place *place, const double box[4])
{
    d->path.verbs.length = d->path.numbers.length = 0;
    if (!bp_svg_path_rect(&d->path, box, 0, 0))
        return bp_fail_memory(d->err);
    bp_svg_path_transform(&d->path, 0, place->matrix);
    bp_path path = bp_svg_path_of(&d->path);
    return bp_page_clip(d->page, &path, false, d->err);
}

/* An <svg> in the drawing, or a <symbol> that is used. `size`: of the <use>, NAN where it says
 * none. */
static bool draw_viewport(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *outer,
                          const double size[2])
{
    double box[4] = {0, 0, 0, 0};
    double em = outer->look->font_size;
    bool is_svg = node->tag == BP_SVG_SVG;
    if ((is_svg && (!bp_svg_read_length(d, node, "x", outer->width, em, 0, &box[0]) ||
                    !bp_svg_read_length(d, node, "y", outer->height, em, 0, &box[1]))) ||
        !bp_svg_read_length(d, node, "width", outer->width, em, outer->width, &box[2]) ||
        !bp_svg_read_length(d, node, "height", outer->height, em, outer->height, &box[3]))
        return false;
    for (int i = 0; i < 2; i++)
        if (!isnan(size[i]))
            box[2 + i] = size[i];
    if (!(box[2] > 0 && box[3] > 0))
        return true;
    bp_svg_place inner;
    if (!enter_viewport(d, node, outer, box, &inner))
        return false;
    if (outer->look->shows_overflow)
        return draw_children(d, node, &inner);
    return bp_page_save(d->page, d->err) && clip_box(d, outer, box) &&
           draw_children(d, node, &inner) && bp_page_restore(d->page, d->err);
}

/* Containers ----------------------------------------------------------------------------------- */

static bool draw_use(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place)
{
    const char *href = bp_svg_attribute(node, "href"), *name = NULL;
    size_t length = href != NULL ? bp_svg_reference(href, &name, NULL) : 0;
    if (length == 0)
        return bp_svg_fail(d->svg, node, d->err,
                           "<use> refers to \"%.80s\"; only \"#name\" in the same file can be read",
                           href != NULL ? href : "");
    const bp_svg_node *target = bp_svg_find(d->svg, name, length);
    if (target == NULL)
        return bp_svg_fail(d->svg, node, d->err, "<use> refers to \"#%.*s\", which is not there",
                           length < 80 ? (int)length : 80, name);
    for (const bp_svg_node *up = node; up != NULL; up = up->parent)
        if (up == target)
            return bp_svg_fail(d->svg, node, d->err, "<use> refers to an element that it is in");
    double x = 0, y = 0, size[2];
    double em = place->look->font_size;
    if (!bp_svg_read_length(d, node, "x", place->width, em, 0, &x) ||
        !bp_svg_read_length(d, node, "y", place->height, em, 0, &y) ||
        !bp_svg_read_length(d, node, "width", place->width, em, (double)NAN, &size[0]) ||
        !bp_svg_read_length(d, node, "height", place->height, em, (double)NAN, &size[1]))
        return false;
    bp_svg_place moved = *place;
    bp_svg_multiply((const double[6]){1, 0, 0, 1, x, y}, place->matrix, moved.matrix);
    if (target->tag != BP_SVG_SYMBOL && target->tag != BP_SVG_SVG)
        return draw_node(d, target, &moved);
    bp_svg_look look;
    if (!bp_svg_cascade(d->svg, target, place->look, bp_svg_diagonal(place), &look, d->err))
        return false;
    moved.look = &look;
    return look.is_none || draw_viewport(d, target, &moved, size);
}

/* The first child that asks for nothing which is not there. */
static bool draw_switch(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place)
{
    for (const bp_svg_node *child = node->first; child != NULL; child = child->next) {
        const char *features = bp_svg_attribute(child, "requiredFeatures");
        const char *extensions = bp_svg_attribute(child, "requiredExtensions");
        if (child->tag == BP_SVG_WORDS || child->tag == BP_SVG_OTHER || extensions != NULL ||
            (features != NULL && strstr(features, "Extensibility") != NULL) ||
            bp_svg_attribute(child, "systemLanguage") != NULL)
            continue;
        return draw_node(d, child, place);
    }
    const bp_svg_node *child = node->first;
    return child == NULL || bp_svg_fail(d->svg, child, d->err,
                                        "<%.40s> is not supported, and the <switch> around it has "
                                        "nothing else to draw; export the drawing without it",
                                        child->name);
}

static bool draw_content(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                         double opacity)
{
    static const double no_size[2] = {NAN, NAN};
    switch (node->tag) {
    case BP_SVG_SVG:
        return draw_viewport(d, node, place, no_size);
    case BP_SVG_SWITCH:
        return draw_switch(d, node, place);
    case BP_SVG_USE:
        return draw_use(d, node, place);
    case BP_SVG_TEXT:
        return bp_svg_draw_text(d, node, place, opacity);
    case BP_SVG_G:
    case BP_SVG_A:
        return draw_children(d, node, place);
    default:
        return bp_svg_draw_shape(d, node, place, opacity);
    }
}

/* A group that is faded, or blended, as one is drawn on a form of its own. */
static bool draw_faded(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                       double opacity)
{
    static const double here[6] = {1, 0, 0, 1, 0, 0};
    bp_page *outer = d->page;
    double width = bp_page_width(outer), height = bp_page_height(outer);
    bp_page *form = bp_form_new(outer, width, height, d->err);
    if (form == NULL)
        return false;
    d->page = form;
    uint32_t number = 0;
    bool ok = draw_content(d, node, place, 1) && bp_form_finish(form, true, &number, d->err);
    d->page = outer;
    bp_form_free(form);
    return ok && bp_form_show(outer, number, height, here, opacity, d->err);
}

/* True where what the element paints can take the opacity itself: it is one stroke or one fill. */
static bool is_single(const bp_svg_node *node, const bp_svg_look *look)
{
    return node->tag == BP_SVG_TEXT ||
           (bp_svg_is_shape(node) &&
            (look->fill.kind == BP_SVG_NONE || look->stroke.kind == BP_SVG_NONE));
}

static bool draw_placed(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place)
{
    const bp_svg_look *look = place->look;
    double opacity = look->opacity;
    if (opacity <= 0)
        return true;
    bool is_clipped = look->clip != NULL;
    if (is_clipped &&
        !(bp_page_save(d->page, d->err) && bp_svg_apply_clip(d, node, look->clip, place, 0)))
        return false;
    bool is_blended = look->blend != BP_BLEND_NORMAL;
    bool is_faded = opacity < 1 && !is_single(node, look);
    bool ok = !is_blended ||
              (bp_page_save(d->page, d->err) && bp_page_blend(d->page, look->blend, d->err));
    ok = ok && (is_faded || is_blended ? draw_faded(d, node, place, opacity)
                                       : draw_content(d, node, place, opacity));
    return ok && (!is_blended || bp_page_restore(d->page, d->err)) &&
           (!is_clipped || bp_page_restore(d->page, d->err));
}

static bool is_drawn(const bp_svg_node *node)
{
    return bp_svg_is_shape(node) || node->tag == BP_SVG_G || node->tag == BP_SVG_A ||
           node->tag == BP_SVG_SVG || node->tag == BP_SVG_SWITCH || node->tag == BP_SVG_USE ||
           node->tag == BP_SVG_TEXT;
}

static bool refuse_element(bp_svg_drawer *d, const bp_svg_node *node)
{
    static const struct {
        const char *name, *remedy;
    } remedies[] = {
        {"image", "place the picture with b.image beside or under the drawing"},
        {"foreignObject", "export the drawing with its labels as text"},
        {"script", "export the drawing as it looks when the script has run"},
        {"textPath", "convert the text to paths"},
        {"tspan", "<tspan> stands in <text>"},
        {"flowRoot", "convert the text to paths, or to plain text"},
        {"animate", "export the drawing without animation"},
        {"animateTransform", "export the drawing without animation"},
        {"set", "export the drawing without animation"},
    };
    const char *remedy = "export the drawing without it";
    for (size_t i = 0; i < sizeof remedies / sizeof remedies[0]; i++)
        if (strcmp(remedies[i].name, node->name) == 0)
            remedy = remedies[i].remedy;
    return bp_svg_fail(d->svg, node, d->err, "<%.60s> is not supported; %s", node->name, remedy);
}

static bool refuse_property(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_pair *pair)
{
    const char *remedy = "export the drawing without it";
    if (strncmp(pair->name, "marker", 6) == 0)
        remedy = "convert arrow heads to paths (in Inkscape: Path, Stroke to Path)";
    else if (strcmp(pair->name, "filter") == 0 || strcmp(pair->name, "mask") == 0)
        remedy = "export the drawing without effects";
    else if (strncmp(pair->name, "text-decoration", 15) == 0)
        remedy = "draw the line as a line";
    return bp_svg_fail(d->svg, node, d->err, "%s: %.60s is not supported; %s", pair->name,
                       pair->value, remedy);
}

static bool draw_here(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *outer)
{
    if (++d->drawn > DRAWN_MOST)
        return bp_svg_fail(d->svg, node, d->err, "more than %d elements are drawn", DRAWN_MOST);
    if (d->depth > DEPTH_MOST)
        return bp_svg_fail(d->svg, node, d->err, "elements refer to each other more than %d deep",
                           DEPTH_MOST);
    bp_svg_look look;
    if (!bp_svg_cascade(d->svg, node, outer->look, bp_svg_diagonal(outer), &look, d->err))
        return false;
    if (look.is_none)
        return true;
    if (!is_drawn(node))
        return refuse_element(d, node);
    if (look.refused != NULL)
        return refuse_property(d, node, look.refused);
    bp_svg_place place = *outer;
    place.look = &look;
    if (look.transform != NULL && node->tag != BP_SVG_SVG) {
        double matrix[6] = {1, 0, 0, 1, 0, 0};
        if (!bp_svg_transform(look.transform, matrix))
            return bp_svg_fail(d->svg, node, d->err, "transform=\"%.80s\" is not understood",
                               look.transform);
        bp_svg_multiply(matrix, outer->matrix, place.matrix);
    }
    return draw_placed(d, node, &place);
}

/* What pages and texts say has no place, or would be the layout's fault: it is that of the
 * innermost element. */
static bool place_error(const bp_svg_drawer *d, const bp_svg_node *node)
{
    bp_error *err = d->err;
    if ((err->code == BP_ERR_RESOURCE || err->code == BP_ERR_DATA || err->code == BP_ERR_SCRIPT) &&
        err->place[0] == '\0') {
        err->code = BP_ERR_RESOURCE;
        (void)snprintf(err->place, sizeof err->place, "%.400s:%u:%u", d->svg->name, node->line,
                       node->column);
    }
    return false;
}

static bool draw_node(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *outer)
{
    switch (node->tag) {
    case BP_SVG_CLIP_PATH:
    case BP_SVG_DEFS:
    case BP_SVG_DESC:
    case BP_SVG_HIDDEN:
    case BP_SVG_LINEAR:
    case BP_SVG_RADIAL:
    case BP_SVG_STOP:
    case BP_SVG_STYLE:
    case BP_SVG_SYMBOL:
    case BP_SVG_TITLE:
    case BP_SVG_WORDS:
        return true;
    default:
        break;
    }
    d->depth++;
    bool ok = draw_here(d, node, outer) || place_error(d, node);
    d->depth--;
    return ok;
}

bool bp_svg_draw(const bp_svg *svg, bp_page *form, double scale, const bp_image_look *look)
{
    const bp_svg_node *root = svg->root;
    bp_error *err = &form->document->error;
    bp_svg_drawer d = {.svg = svg, .page = form, .look = look, .err = err, .scale = scale};
    bp_svg_look first, own;
    bp_svg_first_look(&first, look->ink, look->has_ink);
    const double box[4] = {0, 0, svg->width, svg->height};
    bp_svg_place outside = {.matrix = {scale, 0, 0, scale, 0, 0},
                            .width = svg->width,
                            .height = svg->height,
                            .look = &first};
    bp_svg_place inside;
    bool ok = bp_svg_cascade(svg, root, &first, bp_svg_diagonal(&outside), &own, err);
    if (ok && own.refused != NULL)
        ok = refuse_property(&d, root, own.refused);
    if (ok && !own.is_none && own.opacity > 0) {
        outside.look = &own;
        ok = enter_viewport(&d, root, &outside, box, &inside) && draw_children(&d, root, &inside);
    }
    bp_svg_path_clear(&d.path);
    bp_svg_path_clear(&d.clip);
    return ok;
}
