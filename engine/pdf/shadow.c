/* Soft shadows without pictures: rounded rectangles of one faint opacity over each other, whose
 * edges stand where a blurred edge has lost as much. They all share one graphics state. */
#include <math.h>

#include "pdf/canvas.h"
#include "pdf/svg_private.h"

#define LAYERS_LEAST 8
#define LAYERS_MOST 64
#define STEPS 128 /* Of the way to black: none of them is seen as one. */
#define STEPS_A_POINT 3

/* How far outside of the edge, in deviations, a blurred edge has fallen to `part` of its strength.
 */
static double reach_of(double part)
{
    double low = -4, high = 4;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        if (erfc(middle / sqrt(2)) / 2 > part)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool draw_layer(bp_page *page, const double box[4], double radius, uint32_t color,
                       bp_error *err)
{
    bp_svg_path path = {0};
    bool ok = bp_svg_path_rect(&path, box, radius, radius) || bp_fail_memory(err);
    if (ok) {
        const bp_path whole = bp_svg_path_of(&path);
        const bp_paint paint = {.has_fill = true, .fill = color | 0xff};
        ok = bp_page_path(page, &whole, &paint, err);
    }
    bp_svg_path_clear(&path);
    return ok;
}

static bool draw_layers(bp_page *page, const double box[4], const bp_shadow *shadow, bp_error *err)
{
    double strength = (shadow->color & 0xff) / 255.0, deviation = shadow->blur / 2;
    int count = 1;
    if (deviation > 0)
        count = (int)fmax(LAYERS_LEAST,
                          fmin(LAYERS_MOST, fmin(strength * STEPS, shadow->blur * STEPS_A_POINT)));
    double each = strength < 1 ? 1 - pow(1 - strength, 1.0 / count) : 1 - pow(0.004, 1.0 / count);
    if (!bp_page_opacity(page, each, err))
        return false;
    for (int i = 0; i < count; i++) {
        double part = (1 - pow(1 - each, i + 0.5)) / strength;
        double reach = deviation > 0 ? deviation * reach_of(part) : 0;
        double layer[4] = {box[0] - reach, box[1] - reach, box[2] + 2 * reach, box[3] + 2 * reach};
        if (!(layer[2] > 0 && layer[3] > 0))
            continue;
        /* Blurring rounds corners, by about a deviation. */
        double radius = fmax(shadow->radius + deviation + reach, 0);
        radius = fmin(radius, fmin(layer[2], layer[3]) / 2);
        if (!draw_layer(page, layer, radius, shadow->color, err))
            return false;
    }
    return true;
}

bool bp_page_shadow(bp_page *page, double x, double y, double width, double height,
                    const bp_shadow *shadow, bp_error *err)
{
    const double box[4] = {x, y, width, height};
    const double numbers[6] = {x, y, width, height, shadow->radius, shadow->blur};
    if (!bp_document_begin(page->document, err))
        return false;
    if (!bp_canvas_check(page, "page.shadow", numbers, 6))
        return bp_document_done(page->document, false, err);
    if (!(width > 0 && height > 0) || (shadow->color & 0xff) == 0)
        return true;
    return bp_page_save(page, err) && draw_layers(page, box, shadow, err) &&
           bp_page_restore(page, err);
}
