/* Gradients: axial and radial shadings. A fill is painted through a clip, in the coordinates of the
 * path, so that no pattern matrix has to undo the page's transforms; PDF has no clip that is a
 * stroke, so a stroke takes a pattern. Where the opacity of the stops differs, their alpha is a
 * second shading in grey behind a soft mask; where it does not, it is that of the graphics state.
 */
#include <math.h>
#include <string.h>

#include "pdf/canvas.h"
#include "pdf/syntax.h"

/* Decimals of a gradient's own axes, which may be a square of side 1. */
#define FINE 6

static const double unit[6] = {1, 0, 0, 1, 0, 0};

/* Colours along the axis ----------------------------------------------------------------------- */

static bool put_color(bp_buf *text, uint32_t color, bool is_alpha)
{
    bool ok = bp_buf_char(text, '[');
    if (is_alpha)
        return ok && bp_syntax_number(text, (color & 0xff) / 255.0, 3) && bp_buf_char(text, ']');
    for (int shift = 24; ok && shift >= 8; shift -= 8)
        ok = bp_syntax_number(text, (color >> shift & 0xff) / 255.0, 3) &&
             bp_buf_char(text, shift > 8 ? ' ' : ']');
    return ok;
}

static bool put_step(bp_buf *text, uint32_t from, uint32_t to, bool is_alpha)
{
    return bp_buf_text(text, "<</FunctionType 2/Domain[0 1]/N 1/C0") &&
           put_color(text, from, is_alpha) && bp_buf_text(text, "/C1") &&
           put_color(text, to, is_alpha) && bp_buf_text(text, ">>");
}

/* One step, or several stitched together. Stops that stand at one place make a hard edge; the ends
 * are filled up with the first and the last colour. */
static bool put_function(bp_buf *text, const bp_gradient *gradient, bool is_alpha)
{
    bp_stop ends[2] = {{0, gradient->stops[0].color},
                       {1, gradient->stops[gradient->stop_count - 1].color}};
    bp_buf steps = {0};
    bp_buf bounds = {0};
    size_t count = 0;
    bool ok = true;
    bp_stop before = ends[0];
    for (size_t i = 0; ok && i <= gradient->stop_count; i++) {
        bp_stop next = i < gradient->stop_count ? gradient->stops[i] : ends[1];
        if (next.offset > before.offset) {
            ok = (count == 0 ||
                  (bp_syntax_number(&bounds, before.offset, 5) && bp_buf_char(&bounds, ' '))) &&
                 put_step(&steps, before.color, next.color, is_alpha);
            count++;
        }
        before = next;
    }
    if (ok && count == 1) {
        ok = bp_buf_add(text, steps.bytes, steps.length);
    } else if (ok) {
        ok = bp_buf_text(text, "<</FunctionType 3/Domain[0 1]/Functions[") &&
             bp_buf_add(text, steps.bytes, steps.length) && bp_buf_text(text, "]/Bounds[") &&
             bp_buf_add(text, bounds.bytes, bounds.length) && bp_buf_text(text, "]/Encode[");
        for (size_t i = 0; ok && i < count; i++)
            ok = bp_buf_text(text, "0 1 ");
        ok = ok && bp_buf_text(text, "]>>");
    }
    bp_buf_clear(&steps);
    bp_buf_clear(&bounds);
    return ok;
}

/* Shadings ------------------------------------------------------------------------------------- */

/* `height`: the page's, for axes that are ours; NAN: the gradient has axes of its own, which a
 * matrix turns over. */
static bool put_shading(bp_buf *text, const bp_gradient *g, double height, bool is_alpha)
{
    bool is_own = isnan(height);
    const double y0 = is_own ? g->y0 : height - g->y0, y1 = is_own ? g->y1 : height - g->y1;
    const double axial[4] = {g->x0, y0, g->x1, y1};
    const double radial[6] = {g->x0, y0, g->r0, g->x1, y1, g->r1};
    const double *coordinates = g->is_radial ? radial : axial;
    int count = g->is_radial ? 6 : 4;
    bool ok = bp_buf_format(text, "/ShadingType %d/ColorSpace/Device%s/Extend[true true]/Coords[",
                            g->is_radial ? 3 : 2, is_alpha ? "Gray" : "RGB");
    for (int i = 0; ok && i < count; i++)
        ok = bp_syntax_number(text, coordinates[i], is_own ? FINE : BP_DECIMALS) &&
             bp_buf_char(text, i < count - 1 ? ' ' : ']');
    return ok && bp_buf_text(text, "/Function") && put_function(text, g, is_alpha);
}

static uint32_t shading_number(bp_document *document, const bp_gradient *gradient, double height,
                               bool is_alpha)
{
    bp_buf text = {0};
    uint32_t number = BP_NAMES_NONE;
    if (put_shading(&text, gradient, height, is_alpha))
        number = bp_pool_number(&document->shadings, document, &text);
    else
        bp_fail_memory(&document->error);
    bp_buf_clear(&text);
    return number;
}

/* From axes of the gradient's own to those of PDF in which `matrix`, ours, ends. */
static bool put_matrix(bp_buf *text, const double matrix[6], double height)
{
    const double turned[6] = {matrix[0],  -matrix[1], matrix[2],
                              -matrix[3], matrix[4],  height - matrix[5]};
    bool ok = true;
    for (int i = 0; ok && i < 6; i++)
        ok = bp_syntax_number(text, turned[i], FINE) && bp_buf_char(text, ' ');
    return ok;
}

static bool is_uniform(const bp_gradient *gradient)
{
    for (size_t i = 1; i < gradient->stop_count; i++)
        if (((gradient->stops[i].color ^ gradient->stops[0].color) & 0xff) != 0)
            return false;
    return true;
}

/* The alpha of all that is painted: that of the stops where it is one. */
static uint32_t common_alpha(const bp_gradient *gradient)
{
    return is_uniform(gradient) ? gradient->stops[0].color & 0xff : 0xff;
}

/* Soft masks ----------------------------------------------------------------------------------- */

/* The box of a path, PDF axes, with `margin` around it. */
static void find_box(const bp_page *page, const bp_path *path, double margin, double box[4])
{
    const double *n = path->numbers;
    bool is_first = true;
    for (size_t i = 0; i < path->verb_count; i++) {
        double rectangle[4];
        const double *points = n;
        int count = path->verbs[i] == 'C' ? 6 : path->verbs[i] == 'Z' ? 0 : 2;
        if (path->verbs[i] == 'R') {
            const double corners[4] = {n[0], n[1], n[0] + n[2], n[1] + n[3]};
            memcpy(rectangle, corners, sizeof rectangle);
            points = rectangle;
            count = 4;
        }
        for (int j = 0; j < count; j += 2) {
            double x = points[j], y = page->height - points[j + 1];
            box[0] = is_first ? x : fmin(box[0], x);
            box[1] = is_first ? y : fmin(box[1], y);
            box[2] = is_first ? x : fmax(box[2], x);
            box[3] = is_first ? y : fmax(box[3], y);
            is_first = false;
        }
        n += path->verbs[i] == 'R' ? 4 : count;
    }
    box[0] -= margin;
    box[1] -= margin;
    box[2] += margin;
    box[3] += margin;
}

/* Writes the group that the mask is made of and the graphics state with it: the state's number. */
static bp_ref write_mask(bp_document *document, const bp_buf *content, const double box[4],
                         uint32_t shading)
{
    bp_objects *objects = document->objects;
    bp_error *err = &document->error;
    bp_ref group = bp_objects_add(objects, err);
    bp_ref state = group != 0 ? bp_objects_add(objects, err) : 0;
    if (state == 0)
        return 0;
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Type/XObject/Subtype/Form"
                                 "/Group<</S/Transparency/CS/DeviceGray>>/BBox[");
    for (int i = 0; ok && i < 4; i++)
        ok = bp_syntax_number(&text, box[i], BP_DECIMALS) && bp_buf_char(&text, i < 3 ? ' ' : ']');
    ok = ok && bp_buf_format(&text, "/Resources<</Shading<</S%lu ", (unsigned long)shading) &&
         bp_objects_put_ref(&text, BP_BUF_ITEMS(&document->shadings.refs, bp_ref)[shading]) &&
         bp_buf_text(&text, ">>>>") &&
         bp_objects_write_stream(objects, group, &text, content->bytes, content->length, false,
                                 err) &&
         bp_buf_text(&text, "/Type/ExtGState/SMask<</Type/Mask/S/Luminosity/G ") &&
         bp_objects_put_ref(&text, group) && bp_buf_text(&text, ">>") &&
         bp_objects_write(objects, state, &text, err);
    bp_buf_clear(&text);
    return ok ? state : 0;
}

/* Writes "/M1 gs", the mask of a gradient whose stops differ in alpha; to be restored. */
static bool set_mask(bp_page *page, const bp_path *path, const bp_gradient *gradient, double margin)
{
    bp_document *document = page->document;
    bp_pool *pool = &document->masks;
    double height = gradient->matrix != NULL ? (double)NAN : page->height;
    uint32_t shading = shading_number(document, gradient, height, true);
    if (shading == BP_NAMES_NONE)
        return false;
    double box[4] = {0, 0, 0, 0};
    find_box(page, path, margin, box);
    bp_buf content = {0};
    bp_buf key = {0};
    uint32_t number = BP_NAMES_NONE;
    bool ok = (gradient->matrix == NULL || (put_matrix(&content, gradient->matrix, page->height) &&
                                            bp_buf_text(&content, "cm "))) &&
              bp_buf_format(&content, "/S%lu sh\n", (unsigned long)shading) &&
              bp_buf_add(&key, box, sizeof box) && bp_buf_add(&key, content.bytes, content.length);
    if (ok)
        number = bp_names_find(&pool->names, key.bytes, key.length);
    if (ok && number == BP_NAMES_NONE) {
        bp_ref ref = write_mask(document, &content, box, shading);
        if (ref != 0 && bp_buf_reserve(&pool->refs, sizeof ref)) {
            number = bp_names_add(&pool->names, key.bytes, key.length);
            if (number != BP_NAMES_NONE)
                (void)bp_buf_add(&pool->refs, &ref, sizeof ref); /* Fits: room was made. */
        }
    }
    bp_buf_clear(&content);
    bp_buf_clear(&key);
    if (number == BP_NAMES_NONE)
        return bp_fail_memory(&document->error);
    page->is_blended = true;
    if (!bp_buf_format(&page->canvas->out, "/M%lu gs ", (unsigned long)number))
        page->canvas->refused = true;
    return true;
}

/* Painting ------------------------------------------------------------------------------------- */

bool bp_canvas_shade(bp_page *page, const bp_path *path, const bp_paint *paint)
{
    const bp_gradient *gradient = paint->gradient;
    bp_canvas *canvas = page->canvas;
    double height = gradient->matrix != NULL ? (double)NAN : page->height;
    uint32_t number = shading_number(page->document, gradient, height, false);
    if (number == BP_NAMES_NONE || !bp_canvas_fill_alpha(page, common_alpha(gradient)))
        return false;
    bp_canvas_text(canvas, "q\n");
    bp_canvas_path(page, path);
    bp_canvas_text(canvas, paint->even_odd ? "W* n " : "W n ");
    if (!is_uniform(gradient) && !set_mask(page, path, gradient, 0))
        return false;
    if (gradient->matrix != NULL && !(put_matrix(&canvas->out, gradient->matrix, page->height) &&
                                      bp_buf_text(&canvas->out, "cm ")))
        canvas->refused = true;
    if (!bp_buf_format(&canvas->out, "/S%lu sh Q\n", (unsigned long)number))
        canvas->refused = true;
    return true;
}

/* The pattern of a gradient: its matrix leads to the axes that the content stream begins with. */
static uint32_t pattern_number(bp_page *page, const bp_gradient *gradient)
{
    bp_document *document = page->document;
    uint32_t shading = shading_number(document, gradient, (double)NAN, false);
    if (shading == BP_NAMES_NONE)
        return BP_NAMES_NONE;
    const double *g = gradient->matrix != NULL ? gradient->matrix : unit;
    const double *m = bp_canvas_state(page->canvas)->matrix;
    const double product[6] = {
        g[0] * m[0] + g[1] * m[2],        g[0] * m[1] + g[1] * m[3],
        g[2] * m[0] + g[3] * m[2],        g[2] * m[1] + g[3] * m[3],
        g[4] * m[0] + g[5] * m[2] + m[4], g[4] * m[1] + g[5] * m[3] + m[5],
    };
    if (!bp_canvas_check(page, "page.path: gradient", product, 6))
        return BP_NAMES_NONE;
    bp_buf text = {0};
    uint32_t number = BP_NAMES_NONE;
    if (bp_buf_text(&text, "/Type/Pattern/PatternType 2/Shading ") &&
        bp_objects_put_ref(&text, BP_BUF_ITEMS(&document->shadings.refs, bp_ref)[shading]) &&
        bp_buf_text(&text, "/Matrix[") && put_matrix(&text, product, page->height) &&
        bp_buf_char(&text, ']'))
        number = bp_pool_number(&document->patterns, document, &text);
    else
        bp_fail_memory(&document->error);
    bp_buf_clear(&text);
    return number;
}

bool bp_canvas_shade_stroke(bp_page *page, const bp_path *path, const bp_paint *paint)
{
    const bp_gradient *gradient = paint->stroke_gradient;
    bp_canvas *canvas = page->canvas;
    uint32_t number = pattern_number(page, gradient);
    if (number == BP_NAMES_NONE || !bp_canvas_stroke_alpha(page, common_alpha(gradient)))
        return false;
    bp_canvas_text(canvas, "q ");
    double width = paint->line_width > 0 ? paint->line_width : 1;
    if (!is_uniform(gradient) && !set_mask(page, path, gradient, width * BP_MITER_LIMIT))
        return false;
    if (!bp_buf_format(&canvas->out, "/Pattern CS /P%lu SCN\n", (unsigned long)number))
        canvas->refused = true;
    bp_canvas_path(page, path);
    bp_canvas_text(canvas, "S Q\n");
    return true;
}
