/* Drawings (SVG) on pages: each is written once for a look, as a form, and shown from there. Its
 * axes are the drawing's pixels, or a thousand of them to its longer side where three decimals of
 * a pixel would be coarse, or the numbers large. */
#include <math.h>

#include "pdf/canvas.h"
#include "pdf/form.h"
#include "pdf/image_private.h"

#define SIDE_LEAST 100.0
#define SIDE_MOST 4000.0
#define SIDE 1000.0

/* What of a style counts: the families, and the language. NULL on failure. */
static bool find_style(const bp_image_look *look, const bp_style **style, bp_error *err)
{
    *style = NULL;
    if (look->shaper == NULL || look->style == NULL)
        return true;
    const bp_style_spec *given = bp_style_values(look->style);
    const bp_style_spec spec = {.families = given->families,
                                .family_count = given->family_count,
                                .size = 1,
                                .language = given->language,
                                .features = given->features,
                                .allow_missing = given->allow_missing};
    *style = bp_style_find(look->shaper, &spec, err);
    return *style != NULL;
}

static bool is_same(const bp_shown_drawing *a, const bp_shown_drawing *b)
{
    return strcmp(bp_image_digest(a->image), bp_image_digest(b->image)) == 0 &&
           a->style == b->style && a->has_ink == b->has_ink && a->ink == b->ink &&
           a->is_group == b->is_group;
}

static bool write_form(bp_page *page, const bp_image_look *look, bp_shown_drawing *drawing)
{
    bp_error *err = &page->document->error;
    const bp_svg *svg = drawing->image->svg;
    double width = bp_svg_width(svg), height = bp_svg_height(svg);
    double longer = fmax(width, height);
    double scale = longer >= SIDE_LEAST && longer <= SIDE_MOST ? 1 : SIDE / longer;
    drawing->width = width * scale;
    drawing->height = height * scale;
    const bp_image_look own = {.shaper = look->shaper,
                               .style = drawing->style,
                               .has_ink = look->has_ink,
                               .ink = look->ink};
    bp_page *form = bp_form_new(page, drawing->width, drawing->height, err);
    if (form == NULL)
        return false;
    bp_trace_numbers(page->document, "drawing", (double[2]){drawing->width, drawing->height}, 2);
    bp_trace_end(page->document);
    bool ok = bp_svg_draw(svg, form, scale, &own);
    ok = ok && bp_form_finish(form, drawing->is_group, &drawing->number, err);
    bp_trace(page->document, "end drawing\n");
    bp_form_free(form);
    return ok;
}

/* The drawing among those of the document, written where it is new; NULL on failure. */
static const bp_shown_drawing *find_drawing(bp_page *page, bp_image *image,
                                            const bp_image_look *look)
{
    bp_document *document = page->document;
    bp_shown_drawing wanted = {.image = image,
                               .has_ink = look->has_ink,
                               .ink = look->has_ink ? look->ink : 0,
                               .is_group = bp_canvas_state(page->canvas)->opacity < 1 ||
                                           bp_canvas_state(page->canvas)->blend != BP_BLEND_NORMAL};
    if (!find_style(look, &wanted.style, &document->error))
        return NULL;
    size_t count = BP_BUF_COUNT(&document->drawings, bp_shown_drawing);
    for (size_t i = 0; i < count; i++) {
        const bp_shown_drawing *other = &BP_BUF_ITEMS(&document->drawings, bp_shown_drawing)[i];
        if (is_same(other, &wanted))
            return other;
    }
    if (!write_form(page, look, &wanted))
        return NULL;
    if (!bp_buf_add(&document->drawings, &wanted, sizeof wanted)) {
        bp_fail_memory(&document->error);
        return NULL;
    }
    (void)bp_image_keep(image);
    return &BP_BUF_ITEMS(&document->drawings, bp_shown_drawing)[count];
}

bool bp_drawing_show(bp_page *page, bp_image *image, const double box[4], const bp_image_look *look)
{
    bp_document *document = page->document;
    const bp_shown_drawing *drawing = find_drawing(page, image, look);
    if (drawing == NULL)
        return false;
    const double matrix[6] = {box[2] / drawing->width,  0,      0,
                              box[3] / drawing->height, box[0], box[1]};
    if (!bp_form_show(page, drawing->number, drawing->height, matrix, 1, &document->error))
        return false;
    bp_trace_numbers(document, "image", box, 4);
    bp_trace(document, " %s\n", bp_image_digest(image));
    return true;
}
