/* The document: pages, shared resources, and the order of saving. Content goes out as it is
 * finished; of a page its number and size remain until the end. All pages share one resource
 * dictionary; the page tree is balanced, 32 to a node, so that a viewer finds any of ten thousand
 * pages quickly and no array grows long. */
#include "pdf/document.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pdf/canvas.h"
#include "pdf/document_private.h"
#include "pdf/image_private.h"
#include "pdf/syntax.h"

#define KIDS_MOST 32
#define SIDE_LEAST 3.0
#define SIDE_MOST 14400.0

bool bp_document_begin(bp_document *document, bp_error *err)
{
    if (document->is_saved)
        bp_fail(&document->error, BP_ERR_SCRIPT, NULL, "the document is already saved");
    return bp_document_done(document, document->error.code == BP_OK, err);
}

bool bp_document_done(bp_document *document, bool ok, bp_error *err)
{
    if (ok && document->error.code == BP_OK)
        return true;
    if (document->error.code == BP_OK)
        bp_fail_memory(&document->error);
    if (err != NULL && err != &document->error)
        bp_fail(err, document->error.code, document->error.place, "%s", document->error.text);
    return false;
}

/* Opening -------------------------------------------------------------------------------------- */

static bool copy_text(char **to, const char *from, const char *what, bp_error *err)
{
    if (from == NULL)
        return true;
    if (!bp_utf8_valid(from, strlen(from), NULL))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "the %s of the document is not UTF-8", what);
    char *copy = bp_copy_text(from);
    if (copy == NULL)
        return bp_fail_memory(err);
    /* XMP and the information dictionary must agree, and XML holds few controls, and neither U+FFFE
     * nor U+FFFF. */
    for (char *c = copy; *c != '\0'; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
        else if (strncmp(c, "\xef\xbf\xbe", 3) == 0 || strncmp(c, "\xef\xbf\xbf", 3) == 0)
            memset(c, ' ', 3);
    bp_free(*to);
    *to = copy;
    return true;
}

static bool check_texts(const bp_document *document, bp_error *err)
{
    unsigned standards = document->standards;
    const char *language = document->language;
    if (language != NULL && language[0] != '\0' && !bp_is_language_tag(language))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "the language of the document must be a tag as \"en\", \"zh-Hans\" or "
                       "\"pt-BR\", got \"%.40s\"",
                       language);
    return bp_standards_check_text(standards, "the title of the document", document->title, err) &&
           bp_standards_check_text(standards, "the author of the document", document->author,
                                   err) &&
           bp_standards_check_text(standards, "the subject of the document", document->subject,
                                   err) &&
           bp_standards_check_text(standards, "the list of keywords", document->keywords, err) &&
           bp_standards_check_text(standards, "the creator of the document", document->creator,
                                   err);
}

static bool describe(bp_document *document, const bp_document_options *options, bp_error *err)
{
    return copy_text(&document->title, options->title, "title", err) &&
           copy_text(&document->author, options->author, "author", err) &&
           copy_text(&document->subject, options->subject, "subject", err) &&
           copy_text(&document->keywords, options->keywords, "keywords", err) &&
           copy_text(&document->creator, options->creator, "creator", err) &&
           copy_text(&document->language, options->language, "language", err) &&
           check_texts(document, err);
}

bp_document *bp_document_new(const bp_document_options *options, bp_error *err)
{
    bp_document *document = bp_alloc_zero(1, sizeof *document);
    if (document == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    document->date = options->date;
    document->trace = options->trace;
    document->page_most = options->page_most;
    document->standards = options->standards;
    document->no_tags = options->no_tags;
    int level = options->deflate_level < 0 ? BP_DEFLATE_USUAL : options->deflate_level;
    if (level > 12)
        bp_fail(err, BP_ERR_USAGE, NULL, "the level of compression is 0 to 12, got %d", level);
    else if ((!options->no_tags || bp_standards_allow_no_tags(options->standards, err)) &&
             describe(document, options, err)) {
        document->objects = bp_objects_new(level, options->out, err);
        if (document->objects != NULL)
            document->resources = bp_objects_add(document->objects, err);
        if (document->resources != 0)
            return document;
    }
    bp_document_free(document);
    return NULL;
}

bool bp_document_describe(bp_document *document, const bp_document_options *options, bp_error *err)
{
    if (!bp_document_begin(document, err))
        return false;
    if (options->date.year != 0)
        document->date = options->date;
    return bp_document_done(document, describe(document, options, &document->error), err);
}

static void free_canvas(bp_canvas *canvas)
{
    if (canvas != NULL)
        bp_buf_clear(&canvas->out);
    bp_free(canvas);
}

static void clear_pool(bp_pool *pool)
{
    bp_names_clear(&pool->names);
    bp_buf_clear(&pool->refs);
}

void bp_document_free(bp_document *document)
{
    if (document == NULL)
        return;
    for (size_t i = 0; i < bp_document_page_count(document); i++) {
        bp_page *page = bp_document_page(document, i);
        free_canvas(page->canvas);
        bp_buf_clear(&page->marked);
        bp_free(page);
    }
    bp_structure_clear(&document->structure);
    bp_buf_clear(&document->pages);
    bp_buf_clear(&document->contents);
    free_canvas(document->spare);
    for (size_t i = 0; i < BP_BUF_COUNT(&document->images, bp_shown_image); i++)
        bp_image_drop(BP_BUF_ITEMS(&document->images, bp_shown_image)[i].image);
    bp_buf_clear(&document->images);
    clear_pool(&document->states);
    clear_pool(&document->shadings);
    clear_pool(&document->patterns);
    clear_pool(&document->masks);
    bp_buf_clear(&document->forms);
    bp_buf_clear(&document->blended);
    for (size_t i = 0; i < BP_BUF_COUNT(&document->drawings, bp_shown_drawing); i++)
        bp_image_drop(BP_BUF_ITEMS(&document->drawings, bp_shown_drawing)[i].image);
    bp_buf_clear(&document->drawings);
    bp_uses_clear(&document->uses);
    bp_names_clear(&document->names);
    bp_buf_clear(&document->destinations);
    bp_buf_clear(&document->links);
    bp_buf_clear(&document->bookmarks);
    bp_buf_clear(&document->labels);
    bp_buf_clear(&document->by_name);
    bp_names_clear(&document->attached);
    bp_buf_clear(&document->attachments);
    bp_objects_free(document->objects);
    bp_free(document->title);
    bp_free(document->author);
    bp_free(document->subject);
    bp_free(document->keywords);
    bp_free(document->creator);
    bp_free(document->language);
    bp_free(document);
}

/* Pages ---------------------------------------------------------------------------------------- */

size_t bp_document_page_count(const bp_document *document)
{
    return BP_BUF_COUNT(&document->pages, bp_page *);
}

bp_page *bp_document_page(const bp_document *document, size_t i)
{
    return i < bp_document_page_count(document) ? BP_BUF_ITEMS(&document->pages, bp_page *)[i]
                                                : NULL;
}

static bp_page *add_page(bp_document *document, double width, double height)
{
    bp_error *err = &document->error;
    size_t index = bp_document_page_count(document);
    if (!(width >= SIDE_LEAST && width <= SIDE_MOST && height >= SIDE_LEAST &&
          height <= SIDE_MOST)) {
        bp_fail(err, BP_ERR_SCRIPT, NULL, "a page is 3 to 14400 points wide and high");
        return NULL;
    }
    if (document->page_most != 0 && index >= document->page_most) {
        bp_fail(err, BP_ERR_LIMIT, NULL, "the report has more than %zu page%s; raise --max-pages",
                document->page_most, document->page_most == 1 ? "" : "s");
        return NULL;
    }
    bp_page *page = bp_alloc_zero(1, sizeof *page);
    if (page == NULL || !bp_buf_reserve(&document->pages, sizeof page)) {
        bp_free(page);
        bp_fail_memory(err);
        return NULL;
    }
    page->ref = bp_objects_add(document->objects, err);
    if (page->ref == 0) {
        bp_free(page);
        return NULL;
    }
    page->document = document;
    page->index = index;
    page->width = width;
    page->height = height;
    *(bp_page **)bp_buf_push(&document->pages, sizeof page) = page;
    document->traced = index;
    bp_trace(document, "page %zu", index + 1);
    bp_trace_numbers(document, "", (double[2]){width, height}, 2);
    bp_trace_end(document);
    return page;
}

bp_page *bp_document_add_page(bp_document *document, double width, double height, bp_error *err)
{
    if (!bp_document_begin(document, err))
        return NULL;
    bp_page *page = add_page(document, width, height);
    return bp_document_done(document, page != NULL, err) ? page : NULL;
}

static bool trim(bp_page *page, double bleed, double slug)
{
    bp_error *err = &page->document->error;
    if (!(bleed >= 0 && slug >= bleed && page->width + 2 * slug <= SIDE_MOST &&
          page->height + 2 * slug <= SIDE_MOST))
        return bp_fail(
            err, BP_ERR_SCRIPT, NULL,
            "page.trim: expected a bleed from 0 and a slug from the bleed on, with which "
            "no side is longer than 14400 points");
    page->bleed = bleed;
    page->slug = slug;
    bp_trace_page(page);
    bp_trace_numbers(page->document, "trim", (double[2]){bleed, slug}, 2);
    bp_trace_end(page->document);
    return true;
}

bool bp_page_trim(bp_page *page, double bleed, double slug, bp_error *err)
{
    return bp_document_begin(page->document, err) &&
           bp_document_done(page->document, trim(page, bleed, slug), err);
}

/* A box that goes `beyond` the edges of the trimmed page. */
static bool put_box(bp_buf *text, const char *name, const bp_page *page, double beyond)
{
    const double sides[4] = {-beyond, -beyond, page->width + beyond, page->height + beyond};
    bool ok = bp_buf_format(text, "/%sBox[", name);
    for (int i = 0; ok && i < 4; i++)
        ok = bp_syntax_number(text, beyond > 0 || i > 1 ? sides[i] : 0, BP_DECIMALS) &&
             bp_buf_char(text, i < 3 ? ' ' : ']');
    return ok;
}

static bool put_boxes(bp_buf *text, const bp_page *page)
{
    return put_box(text, "Media", page, page->slug) &&
           (page->slug <= 0 ||
            (put_box(text, "Bleed", page, page->bleed) && put_box(text, "Trim", page, 0)));
}

static bool put_page(bp_buf *text, const bp_page *page, bp_ref parent)
{
    const bp_document *document = page->document;
    const bp_content *contents = BP_BUF_ITEMS(&document->contents, bp_content);
    bool ok = bp_buf_text(text, "/Type/Page/Parent ") && bp_objects_put_ref(text, parent) &&
              put_boxes(text, page) && bp_buf_text(text, "/Resources ") &&
              bp_objects_put_ref(text, document->resources);
    bool is_list = page->first_content != page->last_content;
    if (ok && page->first_content != 0)
        ok = bp_buf_text(text, is_list ? "/Contents[" : "/Contents ");
    for (uint32_t i = page->first_content; ok && i != 0; i = contents[i - 1].next)
        ok = bp_objects_put_ref(text, contents[i - 1].ref) && (!is_list || bp_buf_char(text, ' '));
    if (ok && is_list)
        ok = bp_buf_char(text, ']');
    if (ok && page->first_link != 0) {
        ok = bp_buf_text(text, "/Tabs/S/Annots[");
        const bp_link *links = BP_BUF_ITEMS(&document->links, bp_link);
        for (uint32_t i = page->first_link; ok && i != 0; i = links[i - 1].next)
            ok = bp_objects_put_ref(text, links[i - 1].ref) && bp_buf_char(text, ' ');
        ok = ok && bp_buf_char(text, ']');
    }
    if (ok && page->is_blended) /* Mixed in sRGB, and not in what a printer has. */
        ok = bp_buf_text(text, "/Group<</S/Transparency/CS/DeviceRGB>>");
    if (ok && page->marked.length != 0)
        ok = bp_buf_format(text, "/StructParents %zu", page->index);
    return ok && bp_buf_char(text, '\n');
}

/* Writes the page objects; `nodes` are the lowest of the tree. */
static bool write_page_objects(bp_document *document, const bp_ref *nodes)
{
    assert(nodes != NULL); /* A document that is saved has a page. */
    bp_buf text = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < bp_document_page_count(document); i++) {
        const bp_page *page = bp_document_page(document, i);
        ok = put_page(&text, page, nodes[i / KIDS_MOST]) &&
             bp_objects_write(document->objects, page->ref, &text, &document->error);
    }
    bp_buf_clear(&text);
    return ok;
}

/* How many pages are below a node that holds up to `reach` of them. */
static size_t pages_below(size_t total, size_t index, size_t reach)
{
    size_t first = index * reach;
    return total - first < reach ? total - first : reach;
}

static bool write_node(bp_document *document, bp_ref node, bp_ref parent, const bp_ref *kids,
                       size_t kid_count, size_t page_count)
{
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Type/Pages");
    if (ok && parent != 0)
        ok = bp_buf_text(&text, "/Parent ") && bp_objects_put_ref(&text, parent);
    ok = ok && bp_buf_format(&text, "/Count %zu/Kids[", page_count);
    for (size_t i = 0; ok && i < kid_count; i++)
        ok = bp_objects_put_ref(&text, kids[i]) && bp_buf_char(&text, ' ');
    ok = ok && bp_buf_text(&text, "]\n");
    if (ok)
        return bp_objects_write(document->objects, node, &text, &document->error);
    bp_buf_clear(&text);
    return bp_fail_memory(&document->error);
}

/* Builds the tree from the pages upwards. `level` holds the nodes of one height; the root is
 * libharu's own. */
bool bp_document_write_pages(bp_document *document)
{
    bp_objects *objects = document->objects;
    size_t total = bp_document_page_count(document);
    size_t reach = 1; /* Pages below one of `kids`. */
    bp_buf kids = {0}, level = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < total; i++) {
        const bp_page *page = bp_document_page(document, i);
        ok = bp_buf_add(&kids, &page->ref, sizeof page->ref);
    }
    /* A node must name its parent, so each round makes the numbers above before it writes the nodes
     * below them. */
    bp_buf above = {0}; /* Numbers of the nodes that hold `kids`. */
    for (bool is_first = true; ok; is_first = false) {
        size_t kid_count = BP_BUF_COUNT(&kids, bp_ref);
        size_t count = (kid_count + KIDS_MOST - 1) / KIDS_MOST;
        if (is_first) {
            for (size_t i = 0; ok && i < count; i++) {
                bp_ref ref = count == 1 ? bp_objects_page_root(objects)
                                        : bp_objects_add(objects, &document->error);
                ok = ref != 0 && bp_buf_add(&above, &ref, sizeof ref);
            }
            ok = ok && write_page_objects(document, BP_BUF_ITEMS(&above, bp_ref));
        }
        if (!ok)
            break;
        size_t next_count = (count + KIDS_MOST - 1) / KIDS_MOST;
        level.length = 0;
        for (size_t i = 0; ok && count > 1 && i < next_count; i++) {
            bp_ref ref = next_count == 1 ? bp_objects_page_root(objects)
                                         : bp_objects_add(objects, &document->error);
            ok = ref != 0 && bp_buf_add(&level, &ref, sizeof ref);
        }
        for (size_t i = 0; ok && i < count; i++) {
            bp_ref parent = count > 1 ? BP_BUF_ITEMS(&level, bp_ref)[i / KIDS_MOST] : 0;
            size_t first = i * KIDS_MOST;
            size_t held = kid_count - first < KIDS_MOST ? kid_count - first : KIDS_MOST;
            ok = write_node(document, BP_BUF_ITEMS(&above, bp_ref)[i], parent,
                            BP_BUF_ITEMS(&kids, bp_ref) + first, held,
                            pages_below(total, i, reach * KIDS_MOST));
        }
        if (count <= 1)
            break;
        bp_buf swap = kids;
        kids = above;
        above = level;
        level = swap;
        reach *= KIDS_MOST;
    }
    bp_buf_clear(&kids);
    bp_buf_clear(&level);
    bp_buf_clear(&above);
    if (!ok)
        bp_fail_memory(&document->error);
    return ok;
}

/* Shared resources ----------------------------------------------------------------------------- */

uint32_t bp_pool_number(bp_pool *pool, bp_document *document, const bp_buf *text)
{
    bp_error *err = &document->error;
    uint32_t number = bp_names_find(&pool->names, text->bytes, text->length);
    if (number != BP_NAMES_NONE)
        return number;
    bp_ref ref = bp_objects_add(document->objects, err);
    if (ref == 0)
        return BP_NAMES_NONE;
    bp_buf copy = {0};
    if (bp_buf_add(&copy, text->bytes, text->length) && bp_buf_reserve(&pool->refs, sizeof ref) &&
        bp_objects_write(document->objects, ref, &copy, err)) {
        number = bp_names_add(&pool->names, text->bytes, text->length);
        if (number != BP_NAMES_NONE)
            (void)bp_buf_add(&pool->refs, &ref, sizeof ref);
    }
    bp_buf_clear(&copy);
    if (number == BP_NAMES_NONE)
        bp_fail_memory(err);
    return number;
}

static bool put_entries(bp_buf *text, char letter, const bp_buf *refs)
{
    bool ok = true;
    for (size_t i = 0; ok && i < BP_BUF_COUNT(refs, bp_ref); i++)
        ok = bp_buf_format(text, "/%c%zu %lu 0 R", letter, i,
                           (unsigned long)BP_BUF_ITEMS(refs, bp_ref)[i]);
    return ok;
}

static bool put_pool(bp_buf *text, const char *category, char letter, const bp_pool *pool)
{
    return pool->refs.length == 0 ||
           (bp_buf_format(text, "/%s<<", category) && put_entries(text, letter, &pool->refs) &&
            bp_buf_text(text, ">>\n"));
}

/* Graphics states: of opacity, and with a soft mask. */
static bool put_states(bp_buf *text, const bp_document *document)
{
    return document->states.refs.length + document->masks.refs.length == 0 ||
           (bp_buf_text(text, "/ExtGState<<") && put_entries(text, 'G', &document->states.refs) &&
            put_entries(text, 'M', &document->masks.refs) && bp_buf_text(text, ">>\n"));
}

bool bp_document_write_resources(bp_document *document)
{
    bp_error *err = &document->error;
    bp_buf text = {0};
    size_t use_count = BP_BUF_COUNT(&document->uses.uses, bp_use *);
    size_t image_count = BP_BUF_COUNT(&document->images, bp_shown_image);
    size_t form_count = BP_BUF_COUNT(&document->forms, bp_ref);
    bool ok = use_count == 0 || bp_buf_text(&text, "/Font<<");
    for (size_t i = 0; ok && i < use_count; i++)
        ok = bp_buf_format(&text, "/F%zu %lu 0 R", i,
                           (unsigned long)BP_BUF_ITEMS(&document->uses.uses, bp_use *)[i]->ref);
    ok = ok && (use_count == 0 || bp_buf_text(&text, ">>\n")) && put_states(&text, document) &&
         put_pool(&text, "Shading", 'S', &document->shadings) &&
         put_pool(&text, "Pattern", 'P', &document->patterns) &&
         (image_count + form_count == 0 || bp_buf_text(&text, "/XObject<<"));
    for (size_t i = 0; ok && i < image_count; i++)
        ok = bp_buf_format(&text, "/I%zu %lu 0 R", i,
                           (unsigned long)BP_BUF_ITEMS(&document->images, bp_shown_image)[i].ref);
    ok = ok && put_entries(&text, 'X', &document->forms) &&
         (image_count + form_count == 0 || bp_buf_text(&text, ">>\n"));
    if (ok && bp_objects_write(document->objects, document->resources, &text, err))
        return true;
    bp_buf_clear(&text);
    return bp_fail_memory(err);
}

/* A font has as many uses as its codes need. */
const struct bp_font *bp_document_font(const bp_document *document, size_t i)
{
    bp_use *const *uses = BP_BUF_ITEMS(&document->uses.uses, bp_use *);
    for (size_t n = 0; n < BP_BUF_COUNT(&document->uses.uses, bp_use *); n++) {
        size_t before = 0;
        while (before < n && uses[before]->font != uses[n]->font)
            before++;
        if (before == n && i-- == 0)
            return uses[n]->font;
    }
    return NULL;
}

/* Saving --------------------------------------------------------------------------------------- */

static bool finish_pages(bp_document *document)
{
    for (size_t i = 0; i < bp_document_page_count(document); i++) {
        bp_page *page = bp_document_page(document, i);
        if (page->canvas != NULL && !bp_page_finish(page, &document->error))
            return false;
    }
    return true;
}

static bool write_fonts(bp_document *document)
{
    bp_phase before = bp_phase_switch(BP_PHASE_SUBSET);
    bool ok = true;
    for (size_t i = 0; ok && i < BP_BUF_COUNT(&document->uses.uses, bp_use *); i++)
        ok = bp_use_write(BP_BUF_ITEMS(&document->uses.uses, bp_use *)[i], document->objects,
                          &document->error);
    (void)bp_phase_switch(before);
    return ok;
}

static bool save(bp_document *document)
{
    bp_error *err = &document->error;
    if (bp_document_page_count(document) == 0)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "the report has no page");
    bp_buf catalog = {0};
    bp_ref info = 0;
    bool ok =
        finish_pages(document) && bp_document_write_navigation(document, &catalog) &&
        write_fonts(document) && bp_document_write_resources(document) &&
        bp_document_write_pages(document) && bp_document_write_structure(document, &catalog) &&
        bp_document_write_metadata(document, &catalog, &info) &&
        bp_objects_write(document->objects, bp_objects_catalog(document->objects), &catalog, err);
    bp_buf_clear(&catalog);
    return ok && bp_objects_finish(document->objects, info, err);
}

bool bp_document_save(bp_document *document, bp_error *err)
{
    if (!bp_document_begin(document, err))
        return false;
    bp_phase before = bp_phase_switch(BP_PHASE_SAVE);
    bool ok = bp_document_done(document, save(document), err);
    document->is_saved = true;
    (void)bp_phase_switch(before);
    return ok;
}
