/* Writing content operators: see canvas.h. */
#include "pdf/canvas.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "pdf/syntax.h"

static const bp_state first_state = {
    .matrix = {1, 0, 0, 1, 0, 0},
    .fill_alpha = 1000,
    .stroke_alpha = 1000,
    .opacity = 1,
    .line_width = 1,
    .miter_limit = BP_MITER_LIMIT,
};

bp_canvas *bp_canvas_open(bp_page *page)
{
    if (page->document->trace != NULL)
        bp_trace_page(page);
    if (page->canvas != NULL)
        return page->canvas;
    bp_document *document = page->document;
    bp_canvas *canvas = document->spare;
    document->spare = NULL;
    if (canvas == NULL) {
        canvas = bp_alloc(sizeof *canvas);
        if (canvas == NULL) {
            bp_fail_memory(&document->error);
            return NULL;
        }
        canvas->out = (bp_buf){0};
    }
    canvas->out.length = 0;
    canvas->refused = false;
    bp_canvas_text(canvas, BP_CANVAS_BEGIN);
    canvas->in_text = canvas->in_mark = false;
    canvas->mark_count = canvas->loose_count = 0;
    canvas->depth = canvas->tag_count = 0;
    canvas->states[0] = first_state;
    canvas->page = page;
    page->canvas = canvas;
    return canvas;
}

void bp_canvas_text(bp_canvas *canvas, const char *text)
{
    if (!bp_buf_text(&canvas->out, text))
        canvas->refused = true;
}

void bp_canvas_number_fine(bp_canvas *canvas, double value, int decimals)
{
    bp_buf *out = &canvas->out;
    if (!bp_buf_reserve(out, BP_NUMBER_SIZE + 1)) {
        canvas->refused = true;
        return;
    }
    out->length += bp_number_put(value, decimals, out->bytes + out->length);
    out->bytes[out->length++] = ' ';
}

void bp_canvas_number(bp_canvas *canvas, double value)
{
    bp_canvas_number_fine(canvas, value, BP_DECIMALS);
}

void bp_canvas_end_text(bp_canvas *canvas)
{
    if (canvas->in_text)
        bp_canvas_text(canvas, "ET\n");
    canvas->in_text = false;
}

void bp_canvas_end_mark(bp_canvas *canvas)
{
    bp_canvas_end_text(canvas);
    if (canvas->in_mark)
        bp_canvas_text(canvas, "EMC\n");
    canvas->in_mark = false;
}

/* What the types of artifacts are in PDF. */
static const struct {
    const char *name, *entries;
} artifacts[] = {
    {"Header", "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n"},
    {"Footer", "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n"},
    {"Watermark", "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n"},
    {"Pagination", "/Artifact<</Type/Pagination>>BDC\n"},
    {"Background", "/Artifact<</Type/Background>>BDC\n"},
    {"Layout", "/Artifact<</Type/Layout>>BDC\n"},
    {"Page", "/Artifact<</Type/Page>>BDC\n"},
};

static const char *artifact_operator(const char *name)
{
    for (size_t i = 0; i < sizeof artifacts / sizeof artifacts[0]; i++)
        if (strcmp(name, artifacts[i].name) == 0)
            return artifacts[i].entries;
    return NULL;
}

const char *bp_canvas_artifact(const char *type)
{
    for (size_t i = 0; i < sizeof artifacts / sizeof artifacts[0]; i++)
        if (strcmp(type, artifacts[i].name) == 0)
            return artifacts[i].name;
    return NULL;
}

/* What a tag stands for is said beside its content too, once, for those who copy and search, and
 * for PDF/A. */
static bool put_actual(bp_canvas *canvas, bp_open_tag *tag)
{
    size_t length = 0;
    const char *text = bp_names_at(&canvas->page->document->names, tag->actual, &length);
    if (tag->is_told)
        length = 0;
    tag->is_told = true;
    return bp_buf_text(&canvas->out, "/ActualText") && bp_syntax_text(&canvas->out, text, length);
}

/* Marked content is opened only when something is drawn, and only for the innermost tag: tags that
 * hold nothing but other tags leave no operators. Whatever is inside of an artifact is part of that
 * artifact. */
void bp_canvas_mark(bp_canvas *canvas)
{
    if (canvas->in_mark || canvas->page->document->no_tags)
        return;
    canvas->in_mark = true;
    canvas->mark_count++;
    for (int i = 0; i < canvas->tag_count; i++) {
        if (canvas->tags[i].is_artifact) {
            bp_canvas_text(canvas, artifact_operator(canvas->tags[i].name));
            return;
        }
    }
    if (canvas->tag_count == 0) {
        canvas->loose_count++;
        bp_canvas_text(canvas, "/Artifact BMC\n");
        return;
    }
    bp_open_tag *tag = &canvas->tags[canvas->tag_count - 1];
    int number = bp_structure_mark(canvas->page, tag->element);
    if (number < 0 || !bp_buf_char(&canvas->out, '/') || !bp_buf_text(&canvas->out, tag->name) ||
        !bp_buf_text(&canvas->out, "<</MCID ") ||
        !bp_buf_unsigned(&canvas->out, (uint64_t)number) ||
        (tag->actual != BP_NAMES_NONE && !put_actual(canvas, tag)) ||
        !bp_buf_text(&canvas->out, ">>BDC\n"))
        canvas->refused = true;
}

bool bp_canvas_is_told(const bp_canvas *canvas)
{
    if (canvas->tag_count == 0)
        return false;
    const bp_open_tag *tag = &canvas->tags[canvas->tag_count - 1];
    return tag->actual != BP_NAMES_NONE && tag->element.index != BP_ELEMENT_NONE;
}

/* What tells its text: no artifact, no tag that tells the whole. */
static bool takes_told(const bp_canvas *canvas)
{
    if (canvas->page->document->no_tags || canvas->tag_count == 0)
        return false;
    for (int i = 0; i < canvas->tag_count; i++)
        if (canvas->tags[i].is_artifact)
            return false;
    return canvas->tags[canvas->tag_count - 1].actual == BP_NAMES_NONE;
}

bool bp_canvas_mark_told(bp_canvas *canvas)
{
    if (!takes_told(canvas))
        return false;
    bp_canvas_end_mark(canvas);
    int number = bp_structure_mark(canvas->page, canvas->tags[canvas->tag_count - 1].element);
    if (number < 0 || !bp_buf_format(&canvas->out, "/Span<</MCID %d", number))
        canvas->refused = true;
    canvas->in_mark = true;
    canvas->mark_count++;
    return true;
}

void bp_canvas_mark_paint(bp_canvas *canvas)
{
    bp_canvas_end_text(canvas);
    bp_canvas_mark(canvas);
}

static const char *const blends[] = {"Normal",  "Multiply", "Screen",
                                     "Overlay", "Darken",   "Lighten"};

/* Sets both alphas, and the blending, through a graphics state of the document's resources. */
static bool set_alpha(bp_page *page, int fill, int stroke)
{
    bp_canvas *canvas = page->canvas;
    bp_state *state = bp_canvas_state(canvas);
    fill = fill < 0 ? 1000 : fill; /* Not set so far, in a form. */
    stroke = stroke < 0 ? 1000 : stroke;
    if (fill == state->fill_alpha && stroke == state->stroke_alpha &&
        state->blend == state->blend_written)
        return true;
    if (fill < 1000 || stroke < 1000 || state->blend != BP_BLEND_NORMAL)
        page->is_blended = true;
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Type/ExtGState/ca ") &&
              bp_syntax_number(&text, fill / 1000.0, 3) && bp_buf_text(&text, "/CA ") &&
              bp_syntax_number(&text, stroke / 1000.0, 3);
    /* A state that was never blended leaves it at that. */
    if (ok && (state->blend != BP_BLEND_NORMAL || state->blend_written != BP_BLEND_NORMAL))
        ok = bp_buf_format(&text, "/BM/%s", blends[state->blend]);
    uint32_t number = BP_NAMES_NONE;
    if (ok)
        number = bp_pool_number(&page->document->states, page->document, &text);
    else
        bp_fail_memory(&page->document->error);
    bp_buf_clear(&text);
    if (number == BP_NAMES_NONE)
        return false;
    if (!bp_buf_format(&canvas->out, "/G%lu gs\n", (unsigned long)number))
        canvas->refused = true;
    state->blend_written = state->blend;
    state->fill_alpha = fill;
    state->stroke_alpha = stroke;
    return true;
}

int bp_canvas_alpha(const bp_state *state, uint32_t color)
{
    return (int)lround(state->opacity * (color & 0xff) / 255 * 1000);
}

static void put_color(bp_canvas *canvas, uint32_t rgb, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8)
        bp_canvas_number(canvas, (rgb >> shift & 0xff) / 255.0);
    bp_canvas_text(canvas, operator);
}

bool bp_canvas_fill_color(bp_page *page, uint32_t color)
{
    bp_canvas *canvas = page->canvas;
    bp_state *state = bp_canvas_state(canvas);
    if (state->fill != color >> 8) {
        put_color(canvas, color >> 8, "rg\n");
        state->fill = color >> 8;
    }
    return set_alpha(page, bp_canvas_alpha(state, color), state->stroke_alpha);
}

bool bp_canvas_stroke_color(bp_page *page, uint32_t color)
{
    bp_canvas *canvas = page->canvas;
    bp_state *state = bp_canvas_state(canvas);
    if (state->stroke != color >> 8) {
        put_color(canvas, color >> 8, "RG\n");
        state->stroke = color >> 8;
    }
    return set_alpha(page, state->fill_alpha, bp_canvas_alpha(state, color));
}

bool bp_canvas_fill_alpha(bp_page *page, uint32_t alpha)
{
    bp_state *state = bp_canvas_state(page->canvas);
    return set_alpha(page, bp_canvas_alpha(state, alpha), state->stroke_alpha);
}

bool bp_canvas_stroke_alpha(bp_page *page, uint32_t alpha)
{
    bp_state *state = bp_canvas_state(page->canvas);
    return set_alpha(page, state->fill_alpha, bp_canvas_alpha(state, alpha));
}

bool bp_canvas_check(bp_page *page, const char *what, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!(fabs(numbers[i]) <= 1e6))
            return bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                           isfinite(numbers[i])
                               ? "%s: a number is larger than 1000000 points"
                               : "%s: a number is not finite; is something divided by zero?",
                           what);
    return true;
}

void bp_canvas_box(bp_page *page, double x, double y, double width, double height, double box[4])
{
    static const double unit[6] = {1, 0, 0, 1, 0, 0};
    const double *m = page->canvas != NULL ? bp_canvas_state(page->canvas)->matrix : unit;
    for (int corner = 0; corner < 4; corner++) {
        double from_x = corner & 1 ? x + width : x;
        double from_y = corner & 2 ? y + height : y;
        double to_x = m[0] * from_x + m[2] * from_y + m[4];
        double to_y = page->height - (m[1] * from_x + m[3] * from_y + m[5]);
        box[0] = corner == 0 || to_x < box[0] ? to_x : box[0];
        box[1] = corner == 0 || to_y < box[1] ? to_y : box[1];
        box[2] = corner == 0 || to_x > box[2] ? to_x : box[2];
        box[3] = corner == 0 || to_y > box[3] ? to_y : box[3];
    }
}
