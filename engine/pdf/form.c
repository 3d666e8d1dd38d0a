/* Form XObjects: see form.h. A form is a page that no list knows; its canvas begins with a state
 * that nothing equals, so that whatever the page around it has set is set again before it counts.
 */
#include "pdf/form.h"

#include <math.h>

#include "base/mem.h"
#include "pdf/canvas.h"
#include "pdf/syntax.h"

#define UNSET 1e9
#define SPARE_BYTES_MOST ((size_t)1024 * 1024)

bp_page *bp_form_new(bp_page *on, double width, double height, bp_error *err)
{
    bp_document *document = on->document;
    if (!bp_document_begin(document, err))
        return NULL;
    bp_page *form = bp_alloc_zero(1, sizeof *form);
    if (form == NULL) {
        bp_fail_memory(&document->error);
        (void)bp_document_done(document, false, err);
        return NULL;
    }
    form->document = document;
    form->index = on->index;
    form->width = width;
    form->height = height;
    bp_canvas *canvas = bp_canvas_open(form);
    if (canvas == NULL) {
        bp_free(form);
        (void)bp_document_done(document, false, err);
        return NULL;
    }
    canvas->out.length = 0;
    canvas->in_mark = true; /* The page's. */
    bp_state *state = bp_canvas_state(canvas);
    state->fill = state->stroke = UINT32_MAX;
    state->fill_alpha = state->stroke_alpha = -1;
    state->line_width = state->miter_limit = -1;
    state->cap = (bp_cap)-1;
    state->join = (bp_join)-1;
    state->has_dash = true;
    state->rise = state->spacing = UNSET;
    return form;
}

void bp_form_free(bp_page *form)
{
    if (form == NULL)
        return;
    bp_document *document = form->document;
    bp_canvas *canvas = form->canvas;
    if (document->spare == NULL && canvas->out.capacity <= SPARE_BYTES_MOST) {
        document->spare = canvas;
    } else {
        bp_buf_clear(&canvas->out);
        bp_free(canvas);
    }
    bp_free(form);
}

static bool finish(bp_page *form, bool is_group, uint32_t *number)
{
    bp_document *document = form->document;
    bp_canvas *canvas = form->canvas;
    bp_error *err = &document->error;
    if (canvas->depth != 0 || canvas->tag_count != 0)
        return bp_fail(err, BP_ERR_INTERNAL, NULL, "a form was not drawn to its end");
    bp_canvas_end_text(canvas);
    bp_ref ref = bp_objects_add(document->objects, err);
    if (ref == 0 || !bp_buf_reserve(&document->forms, sizeof ref) ||
        !bp_buf_reserve(&document->blended, sizeof form->is_blended))
        return bp_fail_memory(err);
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Type/XObject/Subtype/Form/BBox[0 0 ") &&
              bp_syntax_number(&text, form->width, BP_DECIMALS) && bp_buf_char(&text, ' ') &&
              bp_syntax_number(&text, form->height, BP_DECIMALS) &&
              bp_buf_text(&text, "]/Resources ") &&
              bp_objects_put_ref(&text, document->resources) &&
              (!is_group || bp_buf_text(&text, "/Group<</S/Transparency/CS/DeviceRGB>>"));
    if (!ok || canvas->refused) {
        bp_buf_clear(&text);
        return bp_fail_memory(err);
    }
    if (!bp_objects_write_stream(document->objects, ref, &text, canvas->out.bytes,
                                 canvas->out.length, false, err))
        return false;
    *number = (uint32_t)BP_BUF_COUNT(&document->forms, bp_ref);
    (void)bp_buf_add(&document->forms, &ref, sizeof ref); /* Fits: room was made. */
    (void)bp_buf_add(&document->blended, &form->is_blended, sizeof form->is_blended);
    return true;
}

bool bp_form_finish(bp_page *form, bool is_group, uint32_t *number, bp_error *err)
{
    return bp_document_begin(form->document, err) &&
           bp_document_done(form->document, finish(form, is_group, number), err);
}

static bool show(bp_page *page, uint32_t number, double height, const double m[6], double opacity)
{
    bp_canvas *canvas = page->canvas;
    if (!bp_canvas_check(page, "page.image", m, 6))
        return false;
    bp_canvas_mark_paint(canvas);
    if (!bp_canvas_fill_alpha(page, (uint32_t)lround(opacity * 255)))
        return false;
    if (BP_BUF_ITEMS(&page->document->blended, bool)[number])
        page->is_blended = true;
    /* Both ends have their y upwards: of the page, and of the form from its own foot. */
    const double flipped[6] = {
        m[0], -m[1], -m[2], m[3], m[2] * height + m[4], page->height - m[3] * height - m[5]};
    bp_canvas_text(canvas, "q ");
    for (int i = 0; i < 6; i++)
        bp_canvas_number_fine(canvas, flipped[i], i < 4 ? 6 : BP_DECIMALS);
    if (!bp_buf_format(&canvas->out, "cm /X%lu Do Q\n", (unsigned long)number))
        canvas->refused = true;
    return true;
}

bool bp_form_show(bp_page *page, uint32_t number, double height, const double matrix[6],
                  double opacity, bp_error *err)
{
    bp_document *document = page->document;
    if (!bp_document_begin(document, err))
        return false;
    bool ok = bp_canvas_open(page) != NULL && show(page, number, height, matrix, opacity);
    if (page->canvas != NULL && page->canvas->refused)
        ok = bp_fail_memory(&document->error);
    return bp_document_done(document, ok, err);
}
