/* The canvas of one page: its life, graphics state, tags, images and links. Operators are written
 * into a buffer of our own, and deflated and written when the page is finished, so that a long
 * report holds one open canvas. */
#include "pdf/page.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pdf/canvas.h"
#include "pdf/image_private.h"
#include "pdf/structure_types.h"

double bp_page_width(const bp_page *page)
{
    return page->width;
}

double bp_page_height(const bp_page *page)
{
    return page->height;
}

size_t bp_page_index(const bp_page *page)
{
    return page->index;
}

/* Keeps one finished canvas for the next page. Buffers of unusual size go. */
static void release_canvas(bp_page *page)
{
    bp_document *document = page->document;
    bp_canvas *canvas = page->canvas;
    page->canvas = NULL;
    if (document->spare == NULL && canvas->out.capacity <= (size_t)1024 * 1024) {
        document->spare = canvas;
        return;
    }
    bp_buf_clear(&canvas->out);
    bp_free(canvas);
}

static bool finish(bp_page *page)
{
    bp_document *document = page->document;
    bp_canvas *canvas = page->canvas;
    bp_error *err = &document->error;
    if (canvas == NULL)
        return true;
    if (canvas->depth != 0)
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "page %zu: a saved graphics state was not restored (%d of them)",
                       page->index + 1, canvas->depth);
    if (canvas->tag_count != 0)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "page %zu: the tag \"%s\" was not ended",
                       page->index + 1, canvas->tags[canvas->tag_count - 1].name);
    bp_canvas_end_mark(canvas);
    if (!canvas->refused && canvas->out.length == strlen(BP_CANVAS_BEGIN)) {
        release_canvas(page);
        return true;
    }
    bp_canvas_text(canvas, BP_CANVAS_END);
    bp_content *content =
        canvas->refused ? NULL : bp_buf_push(&document->contents, sizeof *content);
    if (content == NULL)
        return bp_fail_memory(err);
    content->ref = bp_objects_add(document->objects, err);
    if (content->ref == 0 ||
        !bp_objects_write_stream(document->objects, content->ref, NULL, canvas->out.bytes,
                                 canvas->out.length, false, err))
        return false;
    uint32_t number = (uint32_t)BP_BUF_COUNT(&document->contents, bp_content);
    if (page->last_content != 0)
        BP_BUF_ITEMS(&document->contents, bp_content)[page->last_content - 1].next = number;
    else
        page->first_content = number;
    page->last_content = number;
    release_canvas(page);
    return true;
}

bool bp_page_finish(bp_page *page, bp_error *err)
{
    if (!bp_document_begin(page->document, err))
        return false;
    bp_phase before = bp_phase_switch(BP_PHASE_EMIT);
    bool ok = finish(page);
    (void)bp_phase_switch(before);
    return bp_document_done(page->document, ok, err);
}

/* Begins a drawing call: false where the document has failed, or no canvas can be had. */
static bool begin(bp_page *page, bp_error *err)
{
    if (!bp_document_begin(page->document, err))
        return false;
    return bp_canvas_open(page) != NULL || bp_document_done(page->document, false, err);
}

static bool done(bp_page *page, bool ok, bp_error *err)
{
    if (page->canvas != NULL && page->canvas->refused)
        ok = bp_fail_memory(&page->document->error);
    return bp_document_done(page->document, ok, err);
}

/* Graphics state ------------------------------------------------------------------------------- */

bool bp_page_save(bp_page *page, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bp_canvas *canvas = page->canvas;
    if (canvas->depth + 1 == BP_STATES_MOST) {
        bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                "page.save: more than %d graphics states within each other", BP_STATES_MOST - 1);
        return done(page, false, err);
    }
    bp_canvas_end_text(canvas);
    bp_canvas_text(canvas, "q\n");
    canvas->states[canvas->depth + 1] = canvas->states[canvas->depth];
    canvas->depth++;
    bp_trace(page->document, "save\n");
    return done(page, true, err);
}

bool bp_page_restore(bp_page *page, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bp_canvas *canvas = page->canvas;
    if (canvas->depth == 0) {
        bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                "page.restore: no graphics state was saved");
        return done(page, false, err);
    }
    bp_canvas_end_text(canvas);
    bp_canvas_text(canvas, "Q\n");
    canvas->depth--;
    bp_trace(page->document, "restore\n");
    return done(page, true, err);
}

bool bp_page_transform(bp_page *page, double a, double b, double c, double d, double e, double f,
                       bp_error *err)
{
    if (!begin(page, err))
        return false;
    const double given[6] = {a, b, c, d, e, f};
    if (!bp_canvas_check(page, "page.transform", given, 6))
        return done(page, false, err);
    bp_canvas *canvas = page->canvas;
    bp_canvas_end_text(canvas);
    /* Our y grows downwards: the matrix is taken between two flips about the page's height. */
    double h = page->height;
    const double flipped[6] = {a, -b, -c, d, c * h + e, h - d * h - f};
    for (int i = 0; i < 6; i++)
        bp_canvas_number_fine(canvas, flipped[i], i < 4 ? 6 : BP_DECIMALS);
    bp_canvas_text(canvas, "cm\n");
    bp_state *state = bp_canvas_state(canvas);
    const double *m = state->matrix;
    const double product[6] = {
        a * m[0] + b * m[2], a * m[1] + b * m[3],        c * m[0] + d * m[2],
        c * m[1] + d * m[3], e * m[0] + f * m[2] + m[4], e * m[1] + f * m[3] + m[5],
    };
    memcpy(state->matrix, product, sizeof product);
    bp_trace_numbers(page->document, "transform", given, 6);
    bp_trace_end(page->document);
    return done(page, true, err);
}

bool bp_page_opacity(bp_page *page, double opacity, bp_error *err)
{
    if (!begin(page, err))
        return false;
    if (!(opacity >= 0 && opacity <= 1)) {
        bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                "page.opacity: expected a number from 0 to 1");
        return done(page, false, err);
    }
    bp_canvas_state(page->canvas)->opacity *= opacity; /* Written with the next colour. */
    bp_trace_numbers(page->document, "opacity", &opacity, 1);
    bp_trace_end(page->document);
    return done(page, true, err);
}

bool bp_page_blend(bp_page *page, bp_blend blend, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bp_canvas_state(page->canvas)->blend = blend; /* Written with the next colour. */
    bp_trace(page->document, "blend %d\n", (int)blend);
    return done(page, true, err);
}

/* Tags ----------------------------------------------------------------------------------------- */

/* The language of what is drawn now, a number in the document's names; BP_NAMES_NONE: its own. */
static uint32_t language_around(const bp_canvas *canvas)
{
    return canvas->tag_count != 0 ? canvas->tags[canvas->tag_count - 1].language : BP_NAMES_NONE;
}

bool bp_canvas_in_artifact(const bp_canvas *canvas)
{
    for (int i = 0; i < canvas->tag_count; i++)
        if (canvas->tags[i].is_artifact)
            return true;
    return false;
}

static bp_open_tag *push(bp_page *page, const char *call)
{
    bp_canvas *canvas = page->canvas;
    if (canvas->tag_count == BP_TAGS_MOST) {
        bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                "%s: more than %d tags within each other", call, BP_TAGS_MOST);
        return NULL;
    }
    bp_canvas_end_mark(canvas);
    bp_open_tag *tag = &canvas->tags[canvas->tag_count];
    *tag = (bp_open_tag){.language = language_around(canvas),
                         .actual = BP_NAMES_NONE,
                         .element = {BP_ELEMENT_NONE, 0}};
    return tag;
}

bool bp_page_push_tag(bp_page *page, int type, const bp_tag_options *options)
{
    bp_document *document = page->document;
    bp_canvas *canvas = page->canvas;
    bp_element_ref element = {BP_ELEMENT_NONE, 0};
    if (!bp_canvas_in_artifact(canvas) && !bp_structure_begin(page, type, options, &element))
        return false;
    bp_open_tag *tag = push(page, "page.begin_tag");
    if (tag == NULL)
        return false;
    tag->name = bp_structure_type_name(type);
    tag->type = type;
    tag->element = element;
    if (options != NULL && options->actual_text != NULL) {
        const char *actual = options->actual_text;
        tag->actual = bp_names_add(&document->names, actual, strlen(actual));
        if (tag->actual == BP_NAMES_NONE)
            return bp_fail_memory(&document->error);
    }
    if (options != NULL && options->language != NULL) {
        const char *language = options->language;
        tag->language = bp_names_add(&document->names, language, strlen(language));
        if (tag->language == BP_NAMES_NONE)
            return bp_fail_memory(&document->error);
    }
    canvas->tag_count++;
    return true;
}

bool bp_page_pop_tag(bp_page *page)
{
    bp_canvas *canvas = page->canvas;
    bp_canvas_end_mark(canvas);
    canvas->tag_count--;
    return bp_structure_end(page->document, canvas->tags[canvas->tag_count].element);
}

static bool begin_tag(bp_page *page, const char *name, const bp_tag_options *options)
{
    int type = bp_structure_type(name);
    if (type >= 0)
        return bp_page_push_tag(page, type, options);
    const char *near = bp_structure_type_near(name);
    return bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                   "page.begin_tag: no such type: \"%.40s\"%s%s%s", name,
                   near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static bool begin_artifact(bp_page *page, const char *type)
{
    const char *name = bp_canvas_artifact(type);
    if (name == NULL)
        return bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                       "page.begin_artifact: no such type: \"%.40s\"", type);
    bp_open_tag *tag = push(page, "page.begin_artifact");
    if (tag == NULL)
        return false;
    tag->name = name;
    tag->is_artifact = true;
    page->canvas->tag_count++;
    return true;
}

static bool pop_tag(bp_page *page, const char *call, bool is_artifact)
{
    bp_canvas *canvas = page->canvas;
    if (canvas->tag_count == 0 || canvas->tags[canvas->tag_count - 1].is_artifact != is_artifact)
        return bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL, "%s: %s", call,
                       canvas->tag_count == 0 ? "nothing is open"
                       : is_artifact          ? "a tag inside is still open; end_tag ends it"
                                     : "an artifact inside is still open; end_artifact ends it");
    return bp_page_pop_tag(page);
}

static void trace_option(bp_document *document, const char *key, const char *value)
{
    if (value != NULL) {
        bp_trace(document, " %s", key);
        bp_trace_string(document, value, strlen(value));
    }
}

static void trace_tag(bp_document *document, const char *verb, const char *tag,
                      const bp_tag_options *options)
{
    bp_trace(document, "%s %s", verb, tag);
    if (options != NULL) {
        trace_option(document, "alt", options->alt);
        trace_option(document, "actual", options->actual_text);
        trace_option(document, "expansion", options->expansion);
        trace_option(document, "lang", options->language);
        trace_option(document, "title", options->title);
        trace_option(document, "scope", options->scope);
        trace_option(document, "headers", options->headers);
        trace_option(document, "numbering", options->numbering);
        trace_option(document, "id", options->id);
        if (options->column_span > 1)
            bp_trace(document, " columns %d", options->column_span);
        if (options->row_span > 1)
            bp_trace(document, " rows %d", options->row_span);
        if (options->box != NULL)
            bp_trace_numbers(document, " box", options->box, 4);
    }
}

bool bp_page_begin_tag(bp_page *page, const char *tag, const bp_tag_options *options, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bool ok = begin_tag(page, tag, options);
    if (ok && page->document->trace != NULL) {
        trace_tag(page->document, "tag", tag, options);
        bp_trace_end(page->document);
    }
    return done(page, ok, err);
}

bool bp_page_reserve_tag(bp_page *page, const char *id, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bool ok = bp_canvas_in_artifact(page->canvas) || bp_structure_reserve(page, id);
    bp_trace(page->document, "reserve");
    bp_trace_string(page->document, id, strlen(id));
    bp_trace_end(page->document);
    return done(page, ok, err);
}

static bool begin_section(bp_page *page, const char *name, int level, const bp_tag_options *options)
{
    int type = bp_structure_type(name);
    if (type != BP_TYPE_SECT && type != BP_TYPE_PART && type != BP_TYPE_ART)
        return bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                       "page.begin_section: a section is a Part, an Art or a Sect, got \"%.40s\"",
                       name);
    if (level < 1 || level > BP_SECTION_DEPTH)
        return bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                       "page.begin_section: the level is 1 to %d, got %d", BP_SECTION_DEPTH, level);
    return page->canvas->tag_count != 0 || bp_structure_begin_section(page, type, level, options);
}

bool bp_page_begin_section(bp_page *page, const char *type, int level,
                           const bp_tag_options *options, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bool ok = begin_section(page, type, level, options);
    if (ok && page->document->trace != NULL) {
        trace_tag(page->document, "section", type, options);
        bp_trace(page->document, " level %d", level);
        bp_trace_end(page->document);
    }
    return done(page, ok, err);
}

bool bp_page_end_tag(bp_page *page, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bool ok = pop_tag(page, "page.end_tag", false);
    bp_trace(page->document, "end tag\n");
    return done(page, ok, err);
}

size_t bp_page_painted(bp_page *page, size_t *loose)
{
    bp_canvas *canvas = page->canvas;
    *loose = canvas != NULL ? canvas->loose_count : 0;
    if (canvas == NULL)
        return 0;
    bp_canvas_end_mark(canvas); /* So that the next painting is counted. */
    return canvas->mark_count;
}

bool bp_page_begin_artifact(bp_page *page, const char *type, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bool ok = begin_artifact(page, type);
    bp_trace(page->document, "artifact %s\n", ok ? type : "");
    return done(page, ok, err);
}

bool bp_page_end_artifact(bp_page *page, bp_error *err)
{
    if (!begin(page, err))
        return false;
    bool ok = pop_tag(page, "page.end_artifact", true);
    bp_trace(page->document, "end artifact\n");
    return done(page, ok, err);
}

/* Images and links ----------------------------------------------------------------------------- */

static bool draw_image(bp_page *page, bp_image *image, const double box[4],
                       const bp_image_look *look)
{
    if (!bp_canvas_check(page, "page.image", box, 4))
        return false;
    if (box[2] <= 0 || box[3] <= 0)
        return bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                       "page.image: width and height must be positive");
    if (image->svg != NULL)
        return bp_drawing_show(page, image, box, look);
    uint32_t number = bp_image_show(page->document, image);
    if (number == BP_NAMES_NONE)
        return false;
    bp_canvas *canvas = page->canvas;
    bp_canvas_mark_paint(canvas);
    if (!bp_canvas_fill_alpha(page, 0xff))
        return false;
    page->is_blended = page->is_blended || image->alpha != NULL;
    double matrix[6];
    bp_image_matrix(image, matrix); /* From the file's square to the square as shown. */
    double y = page->height - box[1] - box[3];
    bp_canvas_text(canvas, "q ");
    bp_canvas_number(canvas, matrix[0] * box[2]);
    bp_canvas_number(canvas, matrix[1] * box[3]);
    bp_canvas_number(canvas, matrix[2] * box[2]);
    bp_canvas_number(canvas, matrix[3] * box[3]);
    bp_canvas_number(canvas, matrix[4] * box[2] + box[0]);
    bp_canvas_number(canvas, matrix[5] * box[3] + y);
    if (!bp_buf_format(&canvas->out, "cm /I%lu Do Q\n", (unsigned long)number))
        canvas->refused = true;
    bp_trace_numbers(page->document, "image", box, 4);
    bp_trace(page->document, " %s\n", bp_image_digest(image));
    return true;
}

bool bp_page_image(bp_page *page, bp_image *image, double x, double y, double width, double height,
                   bp_error *err)
{
    static const bp_image_look plain;
    return bp_page_drawing(page, image, x, y, width, height, &plain, err);
}

bool bp_page_drawing(bp_page *page, bp_image *image, double x, double y, double width,
                     double height, const bp_image_look *look, bp_error *err)
{
    if (!begin(page, err))
        return false;
    return done(page, draw_image(page, image, (double[4]){x, y, width, height}, look), err);
}

/* What a link may lead to: nothing that runs, and only what a reader can be shown. */
static bool is_target(const char *target)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:", "ftp://"};
    if (target[0] == '#')
        return target[1] != '\0';
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncmp(target, schemes[i], strlen(schemes[i])) == 0)
            return target[strlen(schemes[i])] != '\0';
    return false;
}

bool bp_page_add_link(bp_page *page, const double box[4], const char *target, const char *title,
                      size_t title_length)
{
    bp_document *document = page->document;
    bp_error *err = &document->error;
    if (!bp_canvas_check(page, "page.link", box, 4))
        return false;
    size_t length = strlen(target);
    if (!is_target(target) || !bp_utf8_valid(target, length, NULL))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "page.link: expected \"#name\", https://..., mailto:... or tel:..., got "
                       "\"%.200s\"",
                       target);
    if (!bp_standards_check_text(document->standards, "the target of a link", target, err))
        return false;
    bp_link *link = bp_buf_push(&document->links, sizeof *link);
    if (link == NULL)
        return bp_fail_memory(err);
    link->page = (uint32_t)page->index;
    bp_canvas_box(page, box[0], box[1], box[2], box[3], link->box);
    link->target = bp_names_add(&document->names, target, length);
    link->title =
        title == NULL ? link->target : bp_names_add(&document->names, title, title_length);
    if (link->target == BP_NAMES_NONE || link->title == BP_NAMES_NONE)
        return bp_fail_memory(err);
    link->ref = bp_objects_add(document->objects, err);
    if (link->ref == 0)
        return false;
    if (!document->no_tags) {
        /* The list may grow meanwhile. */
        size_t place = BP_BUF_COUNT(&document->links, bp_link) - 1;
        const char *words = bp_names_at(&document->names, link->title, NULL);
        bp_ref element = bp_structure_annotate(page, link->ref, words);
        if (element == 0)
            return false;
        BP_BUF_ITEMS(&document->links, bp_link)[place].element = element;
    }
    uint32_t number = (uint32_t)BP_BUF_COUNT(&document->links, bp_link);
    if (page->last_link != 0)
        BP_BUF_ITEMS(&document->links, bp_link)[page->last_link - 1].next = number;
    else
        page->first_link = number;
    page->last_link = number;
    return document->error.code == BP_OK;
}

void bp_page_trace_link(bp_page *page, const double box[4], const char *target, const char *title,
                        size_t title_length)
{
    bp_document *document = page->document;
    bp_trace_page(page);
    bp_trace_numbers(document, "link", box, 4);
    bp_trace_string(document, target, strlen(target));
    if (title != NULL)
        bp_trace_string(document, title, title_length);
    bp_trace_end(document);
}

bool bp_page_link(bp_page *page, double x, double y, double width, double height,
                  const char *target, const char *title, bp_error *err)
{
    if (!bp_document_begin(page->document, err))
        return false;
    const double box[4] = {x, y, width, height};
    size_t length = title != NULL ? strlen(title) : 0;
    bool ok = bp_standards_check_text(page->document->standards, "the title of a link", title,
                                      &page->document->error) &&
              bp_page_add_link(page, box, target, title, length);
    if (ok)
        bp_page_trace_link(page, box, target, title, length);
    return bp_document_done(page->document, ok, err);
}
