/* Paths: filling, stroking, clipping. Gradients are in shading.c. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "pdf/canvas.h"

#define DASHES_MOST 16
#define DASH_LEAST 0.001

/* How many numbers follow a verb; -1 for what is no verb. */
static int number_count(char verb)
{
    switch (verb) {
    case 'M':
    case 'L':
        return 2;
    case 'C':
        return 6;
    case 'R':
        return 4;
    case 'Z':
        return 0;
    default:
        return -1;
    }
}

static bool check_path(bp_page *page, const char *call, const bp_path *path)
{
    bp_error *err = &page->document->error;
    size_t wanted = 0;
    bool has_point = false;
    for (size_t i = 0; i < path->verb_count; i++) {
        char verb = path->verbs[i];
        int count = number_count(verb);
        if (count < 0)
            return bp_fail(err, BP_ERR_SCRIPT, NULL,
                           "%s: expected M, L, C, R or Z as step %zu of the path", call, i + 1);
        if (verb == 'M' || verb == 'R')
            has_point = true;
        else if (!has_point)
            return bp_fail(err, BP_ERR_SCRIPT, NULL, "%s: the path must begin with M or R", call);
        wanted += (size_t)count;
    }
    if (wanted != path->number_count)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "%s: the path needs %zu numbers and has %zu", call,
                       wanted, path->number_count);
    return bp_canvas_check(page, call, path->numbers, path->number_count);
}

/* Numbers of a step, and its operator. */
#define STEP_BYTES_MOST (6 * (BP_NUMBER_SIZE + 1) + 4)

static size_t put_number(char *out, double value)
{
    size_t length = bp_number_put(value, BP_DECIMALS, out);
    out[length] = ' ';
    return length + 1;
}

static size_t put_points(const bp_page *page, const double *n, int count, char *out)
{
    size_t length = 0;
    for (int i = 0; i < count; i += 2) {
        length += put_number(out + length, n[i]);
        length += put_number(out + length, page->height - n[i + 1]);
    }
    return length;
}

/* A line that ends where it starts is a dot, and dots come by the thousand: its point is copied. */
void bp_canvas_path(bp_page *page, const bp_path *path)
{
    static const char *const operators[] = {
        ['M'] = "m\n", ['L'] = "l\n", ['C'] = "c\n", ['R'] = "re\n", ['Z'] = "h\n"};
    bp_canvas *canvas = page->canvas;
    bp_buf *out = &canvas->out;
    const double *n = path->numbers, *last = NULL;
    size_t point = 0; /* Bytes of the last M's numbers. */
    for (size_t i = 0; i < path->verb_count; i++) {
        char verb = path->verbs[i];
        int count = number_count(verb);
        if (!bp_buf_reserve(out, STEP_BYTES_MOST)) {
            canvas->refused = true;
            return;
        }
        char *at = out->bytes + out->length;
        size_t length = 0;
        if (verb == 'R') {
            const double values[4] = {n[0], page->height - n[1] - n[3], n[2], n[3]};
            for (int j = 0; j < 4; j++)
                length += put_number(at + length, values[j]);
        } else if (verb == 'L' && last != NULL && n[0] == last[0] && n[1] == last[1]) {
            memcpy(at, at - point - 2, point); /* Behind them is "m\n". */
            length = point;
        } else {
            length = put_points(page, n, count, at);
        }
        last = verb == 'M' ? n : NULL;
        point = length;
        size_t operator_length = verb == 'R' ? 3 : 2;
        memcpy(at + length, operators[(unsigned char)verb], operator_length);
        out->length += length + operator_length;
        n += count;
    }
}

static void trace_path(bp_document *document, const bp_path *path)
{
    if (document->trace == NULL)
        return;
    const double *n = path->numbers;
    for (size_t i = 0; i < path->verb_count; i++) {
        int count = number_count(path->verbs[i]);
        bp_trace_numbers(document, (const char[3]){' ', path->verbs[i], '\0'}, n, (size_t)count);
        n += count;
    }
}

/* Stroking ------------------------------------------------------------------------------------- */

static bool check_gradient(bp_page *page, const bp_gradient *gradient)
{
    const double numbers[6] = {gradient->x0, gradient->y0, gradient->x1,
                               gradient->y1, gradient->r0, gradient->r1};
    bp_error *err = &page->document->error;
    if (!bp_canvas_check(page, "page.path: gradient", numbers, 6) ||
        (gradient->matrix != NULL &&
         !bp_canvas_check(page, "page.path: gradient", gradient->matrix, 6)))
        return false;
    if (gradient->is_radial && (gradient->r0 < 0 || gradient->r1 < 0))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "page.path: a radius of a gradient is negative");
    if (gradient->stop_count < 2)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "page.path: a gradient needs two stops");
    for (size_t i = 0; i < gradient->stop_count; i++) {
        double offset = gradient->stops[i].offset;
        if (!(offset >= 0 && offset <= 1) || (i > 0 && offset < gradient->stops[i - 1].offset))
            return bp_fail(err, BP_ERR_SCRIPT, NULL,
                           "page.path: the offsets of a gradient rise from 0 to 1");
    }
    return true;
}

static bool check_paint(bp_page *page, const bp_paint *paint)
{
    bp_error *err = &page->document->error;
    if (paint->has_stroke) {
        if (!bp_canvas_check(page, "page.path: line width", &paint->line_width, 1) ||
            !bp_canvas_check(page, "page.path: dash", paint->dash, paint->dash_count) ||
            !bp_canvas_check(page, "page.path: dash phase", &paint->dash_phase, 1))
            return false;
        if (paint->line_width < 0)
            return bp_fail(err, BP_ERR_SCRIPT, NULL, "page.path: line width must be positive");
        double sum = 0;
        for (size_t i = 0; i < paint->dash_count; i++) {
            if (paint->dash[i] < 0)
                return bp_fail(err, BP_ERR_SCRIPT, NULL, "page.path: a dash is negative");
            sum += paint->dash[i];
        }
        if (paint->dash_count > DASHES_MOST || (paint->dash_count != 0 && sum <= 0))
            return bp_fail(err, BP_ERR_SCRIPT, NULL,
                           "page.path: a dash has 1 to %d lengths that are not all 0", DASHES_MOST);
    }
    if (!(paint->miter_limit >= 1 && paint->miter_limit <= 1e6) &&
        (paint->miter_limit > 0 || paint->miter_limit < 0))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "page.path: a miter limit is 1 or more");
    return (paint->gradient == NULL || check_gradient(page, paint->gradient)) &&
           (paint->stroke_gradient == NULL || check_gradient(page, paint->stroke_gradient));
}

/* Whether a dash is longer than 0 once it is written; PDF has none whose lengths are all 0. */
static bool is_dashed(const bp_paint *paint)
{
    for (size_t i = 0; i < paint->dash_count; i++)
        if (paint->dash[i] >= DASH_LEAST)
            return true;
    return false;
}

static void set_line(bp_page *page, const bp_paint *paint)
{
    bp_canvas *canvas = page->canvas;
    bp_state *state = bp_canvas_state(canvas);
    double width = paint->line_width > 0 ? paint->line_width : 1;
    if (width != state->line_width) {
        bp_canvas_number(canvas, width);
        bp_canvas_text(canvas, "w\n");
        state->line_width = width;
    }
    if (paint->cap != state->cap) {
        bp_canvas_number(canvas, (int)paint->cap);
        bp_canvas_text(canvas, "J\n");
        state->cap = paint->cap;
    }
    if (paint->join != state->join) {
        bp_canvas_number(canvas, (int)paint->join);
        bp_canvas_text(canvas, "j\n");
        state->join = paint->join;
    }
    double limit = paint->miter_limit > 0 ? paint->miter_limit : BP_MITER_LIMIT;
    if (limit < state->miter_limit || limit > state->miter_limit) {
        bp_canvas_number(canvas, limit);
        bp_canvas_text(canvas, "M\n");
        state->miter_limit = limit;
    }
    bool has_dash = is_dashed(paint);
    if (has_dash || state->has_dash) {
        bp_canvas_text(canvas, "[");
        for (size_t i = 0; has_dash && i < paint->dash_count; i++)
            bp_canvas_number(canvas, paint->dash[i]);
        bp_canvas_text(canvas, "]");
        bp_canvas_number(canvas, has_dash ? paint->dash_phase : 0);
        bp_canvas_text(canvas, "d\n");
        state->has_dash = has_dash;
    }
}

/* Painting ------------------------------------------------------------------------------------- */

static void trace_gradient(bp_document *document, const char *verb, const bp_gradient *g)
{
    bp_trace_numbers(document, verb, (double[4]){g->x0, g->y0, g->x1, g->y1}, 4);
    if (g->is_radial)
        bp_trace_numbers(document, " radii", (double[2]){g->r0, g->r1}, 2);
    if (g->matrix != NULL)
        bp_trace_numbers(document, " matrix", g->matrix, 6);
    for (size_t i = 0; i < g->stop_count; i++) {
        bp_trace_number(document, g->stops[i].offset);
        bp_trace_color(document, g->stops[i].color);
    }
}

static void trace_paint(bp_document *document, const bp_path *path, const bp_paint *paint)
{
    if (document->trace == NULL)
        return;
    bp_trace(document, "path");
    trace_path(document, path);
    if (paint->gradient != NULL) {
        trace_gradient(document, " gradient", paint->gradient);
    } else if (paint->has_fill) {
        bp_trace(document, " fill");
        bp_trace_color(document, paint->fill);
    }
    if (paint->even_odd)
        bp_trace(document, " even-odd");
    if (paint->has_stroke) {
        if (paint->stroke_gradient != NULL) {
            trace_gradient(document, " stroke gradient", paint->stroke_gradient);
        } else {
            bp_trace(document, " stroke");
            bp_trace_color(document, paint->stroke);
        }
        bp_trace_number(document, paint->line_width > 0 ? paint->line_width : 1);
        if (paint->cap != BP_CAP_BUTT)
            bp_trace(document, " cap %d", (int)paint->cap);
        if (paint->join != BP_JOIN_MITER)
            bp_trace(document, " join %d", (int)paint->join);
        if (paint->miter_limit > 0)
            bp_trace_numbers(document, " miter", &paint->miter_limit, 1);
        if (paint->dash_count != 0) {
            bp_trace_numbers(document, " dash", paint->dash, paint->dash_count);
            bp_trace_numbers(document, " phase", &paint->dash_phase, 1);
        }
    }
    bp_trace_end(document);
}

static const char *paint_operator(const bp_paint *paint, bool has_fill, bool has_stroke)
{
    if (!has_fill)
        return "S\n";
    if (paint->even_odd)
        return has_stroke ? "B*\n" : "f*\n";
    return has_stroke ? "B\n" : "f\n";
}

static bool paint_path(bp_page *page, const bp_path *path, const bp_paint *paint)
{
    if (!check_path(page, "page.path", path) || !check_paint(page, paint))
        return false;
    bool has_fill = paint->has_fill && paint->gradient == NULL;
    if (path->verb_count == 0 || !(has_fill || paint->has_stroke || paint->gradient != NULL))
        return true;
    bp_canvas *canvas = page->canvas;
    bp_canvas_mark_paint(canvas);
    trace_paint(page->document, path, paint);
    if (paint->gradient != NULL && !bp_canvas_shade(page, path, paint))
        return false;
    bool has_stroke = paint->has_stroke && paint->stroke_gradient == NULL;
    if (has_fill || has_stroke) {
        if ((has_fill && !bp_canvas_fill_color(page, paint->fill)) ||
            (has_stroke && !bp_canvas_stroke_color(page, paint->stroke)))
            return false;
        if (has_stroke)
            set_line(page, paint);
        bp_canvas_path(page, path);
        bp_canvas_text(canvas, paint_operator(paint, has_fill, has_stroke));
    }
    if (!paint->has_stroke || has_stroke)
        return true;
    set_line(page, paint);
    return bp_canvas_shade_stroke(page, path, paint);
}

static bool end_call(bp_page *page, bool ok, bp_error *err)
{
    if (page->canvas->refused)
        ok = bp_fail_memory(&page->document->error);
    return bp_document_done(page->document, ok, err);
}

bool bp_page_path(bp_page *page, const bp_path *path, const bp_paint *paint, bp_error *err)
{
    if (!bp_document_begin(page->document, err))
        return false;
    if (bp_canvas_open(page) == NULL)
        return bp_document_done(page->document, false, err);
    bp_phase before = bp_phase_switch(BP_PHASE_EMIT);
    bool ok = paint_path(page, path, paint);
    (void)bp_phase_switch(before);
    return end_call(page, ok, err);
}

bool bp_page_clip(bp_page *page, const bp_path *path, bool even_odd, bp_error *err)
{
    if (!bp_document_begin(page->document, err))
        return false;
    if (bp_canvas_open(page) == NULL)
        return bp_document_done(page->document, false, err);
    bool ok = check_path(page, "page.clip", path);
    if (ok) {
        bp_canvas_end_text(page->canvas);
        if (path->verb_count == 0) /* Nothing is inside of an empty path. */
            bp_canvas_text(page->canvas, "0 0 0 0 re\n");
        bp_canvas_path(page, path);
        bp_canvas_text(page->canvas, even_odd ? "W* n\n" : "W n\n");
        bp_trace(page->document, "clip");
        trace_path(page->document, path);
        bp_trace(page->document, even_odd ? " even-odd\n" : "\n");
    }
    return end_call(page, ok, err);
}
