/* Destinations, links, bookmarks and page labels. Links and bookmarks name their page in arrays of
 * their own, which every viewer follows; the names stand in a name tree as well, so that
 * "report.pdf#name" opens at them from outside. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/canvas.h"
#include "pdf/syntax.h"

#define NAMES_MOST 64 /* Names in a leaf of the name tree. */

static bool check_place(bp_document *document, const char *call, const bp_page *page, double x,
                        double y)
{
    if (page->document != document)
        return bp_fail(&document->error, BP_ERR_SCRIPT, NULL, "%s: the page is of another document",
                       call);
    return bp_canvas_check(bp_document_page(document, page->index), call, (double[2]){x, y}, 2);
}

/* Destinations --------------------------------------------------------------------------------- */

static const bp_destination *find_destination(const bp_document *document, uint32_t name)
{
    if (name == BP_NAMES_NONE || name >= BP_BUF_COUNT(&document->by_name, uint32_t))
        return NULL;
    uint32_t number = BP_BUF_ITEMS(&document->by_name, uint32_t)[name];
    return number == 0 ? NULL : &BP_BUF_ITEMS(&document->destinations, bp_destination)[number - 1];
}

/* Names are kept as links write them, with the "#". */
static uint32_t target_name(const bp_document *document, const char *name)
{
    bp_buf text = {0};
    uint32_t number = BP_NAMES_NONE;
    if (bp_buf_char(&text, '#') && bp_buf_text(&text, name))
        number = bp_names_find(&document->names, text.bytes, text.length);
    bp_buf_clear(&text);
    return number;
}

bool bp_document_has_destination(const bp_document *document, const char *name)
{
    return find_destination(document, target_name(document, name)) != NULL;
}

/* `page` NULL: on no page of the document. */
static bool add_destination(bp_document *document, const char *name, const bp_page *page, double x,
                            double y)
{
    bp_error *err = &document->error;
    if (page != NULL && !check_place(document, "document.destination", page, x, y))
        return false;
    if (name[0] == '\0' || !bp_utf8_valid(name, strlen(name), NULL))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "document.destination: the name is empty or not UTF-8");
    if (!bp_standards_check_text(document->standards, "the name of a place", name, err))
        return false;
    bp_buf text = {0};
    uint32_t number = BP_NAMES_NONE;
    if (bp_buf_char(&text, '#') && bp_buf_text(&text, name))
        number = bp_names_add(&document->names, text.bytes, text.length);
    bp_buf_clear(&text);
    if (number == BP_NAMES_NONE)
        return bp_fail_memory(err);
    if (find_destination(document, number) != NULL)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "the name \"%.200s\" is given to two places",
                       name);
    size_t have = BP_BUF_COUNT(&document->by_name, uint32_t);
    if (number >= have &&
        bp_buf_push(&document->by_name, (number + 1 - have) * sizeof(uint32_t)) == NULL)
        return bp_fail_memory(err);
    bp_destination *made = bp_buf_push(&document->destinations, sizeof *made);
    if (made == NULL)
        return bp_fail_memory(err);
    *made = (bp_destination){.name = number, .page = BP_PAGE_NONE};
    if (page != NULL)
        *made = (bp_destination){number, (uint32_t)page->index, x, page->height - y};
    uint32_t *by_name = BP_BUF_ITEMS(&document->by_name, uint32_t);
    by_name[number] = (uint32_t)BP_BUF_COUNT(&document->destinations, bp_destination);
    if (page == NULL)
        return true;
    bp_trace(document, "destination");
    bp_trace_string(document, name, strlen(name));
    bp_trace_numbers(document, "", (double[3]){(double)page->index + 1, x, y}, 3);
    bp_trace_end(document);
    return true;
}

bool bp_document_destination(bp_document *document, const char *name, bp_page *page, double x,
                             double y, bp_error *err)
{
    return bp_document_begin(document, err) &&
           bp_document_done(document, add_destination(document, name, page, x, y), err);
}

bool bp_document_elsewhere(bp_document *document, const char *name, bp_error *err)
{
    return bp_document_begin(document, err) &&
           bp_document_done(document, add_destination(document, name, NULL, 0, 0), err);
}

static bool put_place(bp_buf *text, const bp_document *document, uint32_t page, double x, double y)
{
    return bp_buf_char(text, '[') &&
           bp_objects_put_ref(text, bp_document_page(document, page)->ref) &&
           bp_buf_text(text, "/XYZ ") && bp_syntax_number(text, x, BP_DECIMALS) &&
           bp_buf_char(text, ' ') && bp_syntax_number(text, y, BP_DECIMALS) &&
           bp_buf_text(text, " 0]");
}

typedef struct {
    const char *name;
    size_t length;
    const bp_destination *place;
} named;

static int compare_names(const void *a, const void *b)
{
    const named *x = a, *y = b;
    int order = memcmp(x->name, y->name, x->length < y->length ? x->length : y->length);
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

static bool put_leaf(bp_buf *text, const bp_document *document, const named *names, size_t count)
{
    bool ok = bp_buf_text(text, "/Limits[") &&
              bp_syntax_bytes(text, names[0].name, names[0].length) &&
              bp_syntax_bytes(text, names[count - 1].name, names[count - 1].length) &&
              bp_buf_text(text, "]/Names[");
    for (size_t i = 0; ok && i < count; i++)
        ok =
            bp_syntax_bytes(text, names[i].name, names[i].length) &&
            put_place(text, document, names[i].place->page, names[i].place->x, names[i].place->y) &&
            bp_buf_char(text, '\n');
    return ok && bp_buf_text(text, "]\n");
}

/* The name tree of destinations: sorted, one level of leaves. */
static bool write_names(bp_document *document, bp_buf *names)
{
    bp_error *err = &document->error;
    size_t all = BP_BUF_COUNT(&document->destinations, bp_destination);
    bp_buf list = {0}, text = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < all; i++) {
        named entry = {.place = &BP_BUF_ITEMS(&document->destinations, bp_destination)[i]};
        if (entry.place->page == BP_PAGE_NONE)
            continue;
        entry.name = bp_names_at(&document->names, entry.place->name, &entry.length) + 1;
        entry.length--; /* Without the "#". */
        ok = bp_buf_add(&list, &entry, sizeof entry);
    }
    size_t count = BP_BUF_COUNT(&list, named);
    if (ok && count == 0)
        return true;
    ok = ok && bp_buf_text(names, "/Dests<</Kids[");
    if (ok)
        qsort(list.bytes, count, sizeof(named), compare_names);
    for (size_t i = 0; ok && i < count; i += NAMES_MOST) {
        bp_ref leaf = bp_objects_add(document->objects, err);
        size_t held = count - i < NAMES_MOST ? count - i : NAMES_MOST;
        ok = leaf != 0 && bp_objects_put_ref(names, leaf) && bp_buf_char(names, ' ') &&
             put_leaf(&text, document, BP_BUF_ITEMS(&list, named) + i, held) &&
             bp_objects_write(document->objects, leaf, &text, err);
    }
    ok = ok && bp_buf_text(names, "]>>");
    bp_buf_clear(&list);
    bp_buf_clear(&text);
    return ok || bp_fail_memory(err);
}

/* Links ---------------------------------------------------------------------------------------- */

static bool fail_missing(bp_document *document, const bp_link *link, const char *target)
{
    const char *nearest = NULL;
    size_t best = 4;
    for (size_t i = 0; i < BP_BUF_COUNT(&document->destinations, bp_destination); i++) {
        /* A buffer that counts holds bytes. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        uint32_t name = BP_BUF_ITEMS(&document->destinations, bp_destination)[i].name;
        const char *there = bp_names_at(&document->names, name, NULL);
        size_t distance = bp_text_distance(there, target, best);
        if (distance < best) {
            best = distance;
            nearest = there;
        }
    }
    return bp_fail(&document->error, BP_ERR_SCRIPT, NULL,
                   "page %lu: a link leads to \"%.200s\", and no place has that name%s%.200s%s",
                   (unsigned long)link->page + 1, target, nearest ? "; did you mean \"" : "",
                   nearest ? nearest : "", nearest ? "\"?" : "");
}

static bool write_link(bp_document *document, size_t number)
{
    const bp_link *link = &BP_BUF_ITEMS(&document->links, bp_link)[number];
    size_t length = 0;
    size_t title_length = 0;
    const char *target = bp_names_at(&document->names, link->target, &length);
    const char *title = bp_names_at(&document->names, link->title, &title_length);
    const bp_destination *place = NULL;
    if (target[0] == '#') {
        place = find_destination(document, link->target);
        if (place == NULL)
            return fail_missing(document, link, target);
    }
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    for (int i = 0; ok && i < 4; i++)
        ok = bp_syntax_number(&text, link->box[i], BP_DECIMALS) &&
             bp_buf_char(&text, i < 3 ? ' ' : ']');
    ok = ok && bp_buf_text(&text, "/Contents") && bp_syntax_text(&text, title, title_length);
    if (ok && place != NULL && place->page == BP_PAGE_NONE)
        ok = true; /* What is clicked leads nowhere. */
    else if (ok && place != NULL)
        ok = bp_buf_text(&text, "/Dest") &&
             put_place(&text, document, place->page, place->x, place->y);
    else if (ok)
        ok = bp_buf_text(&text, "/A<</S/URI/URI") && bp_syntax_bytes(&text, target, length) &&
             bp_buf_text(&text, ">>");
    if (ok && link->element != 0) /* Its key in the structure tree: behind those of the pages. */
        ok = bp_buf_format(&text, "/StructParent %zu", bp_document_page_count(document) + number);
    if (ok && bp_buf_char(&text, '\n') &&
        bp_objects_write(document->objects, link->ref, &text, &document->error))
        return true;
    bp_buf_clear(&text);
    return bp_fail_memory(&document->error);
}

/* Bookmarks ------------------------------------------------------------------------------------ */

static bool add_bookmark(bp_document *document, const char *title, int level, const bp_page *page,
                         double y)
{
    bp_error *err = &document->error;
    if (!check_place(document, "document.bookmark", page, 0, y))
        return false;
    size_t count = BP_BUF_COUNT(&document->bookmarks, bp_bookmark);
    int last = count == 0 ? 0 : BP_BUF_ITEMS(&document->bookmarks, bp_bookmark)[count - 1].level;
    if (level < 1 || level > last + 1)
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "document.bookmark: \"%.80s\" has level %d; expected 1 to %d", title, level,
                       last + 1);
    if (!bp_utf8_valid(title, strlen(title), NULL))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "document.bookmark: the title is not UTF-8");
    if (!bp_standards_check_text(document->standards, "the title of a bookmark", title, err))
        return false;
    uint32_t name = bp_names_add(&document->names, title, strlen(title));
    bp_bookmark *made = bp_buf_push(&document->bookmarks, sizeof *made);
    if (name == BP_NAMES_NONE || made == NULL)
        return bp_fail_memory(err);
    *made = (bp_bookmark){
        .title = name, .page = (uint32_t)page->index, .level = level, .y = page->height - y};
    bp_trace(document, "bookmark %d", level);
    bp_trace_string(document, title, strlen(title));
    bp_trace_numbers(document, "", (double[2]){(double)page->index + 1, y}, 2);
    bp_trace_end(document);
    return true;
}

bool bp_document_bookmark(bp_document *document, const char *title, int level, bp_page *page,
                          double y, bp_error *err)
{
    return bp_document_begin(document, err) &&
           bp_document_done(document, add_bookmark(document, title, level, page, y), err);
}

/* Relations of the outline tree: indexes of bookmarks, count for the root, SIZE_MAX for none. */
typedef struct {
    size_t parent, previous, next, first, last;
    size_t count; /* Of direct children. */
    bp_ref ref;
} node;

static void relate(const bp_bookmark *marks, size_t count, node *nodes)
{
    for (size_t i = 0; i <= count; i++)
        nodes[i].parent = nodes[i].previous = nodes[i].next = nodes[i].first = nodes[i].last =
            SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        /* The parent is the last bookmark one level up: follow the chain of the one before. */
        size_t parent = count;
        if (marks[i].level > 1) {
            parent = i - 1;
            while (marks[parent].level >= marks[i].level)
                parent = nodes[parent].parent;
        }
        nodes[i].parent = parent;
        nodes[i].previous = nodes[parent].last;
        if (nodes[parent].last == SIZE_MAX)
            nodes[parent].first = i;
        else
            nodes[nodes[parent].last].next = i;
        nodes[parent].last = i;
        nodes[parent].count++;
    }
}

static bool put_relation(bp_buf *text, const char *key, const node *nodes, size_t index)
{
    return index == SIZE_MAX ||
           (bp_buf_text(text, key) && bp_objects_put_ref(text, nodes[index].ref));
}

static bool write_bookmark(bp_document *document, const node *nodes, size_t i)
{
    const bp_bookmark *mark = &BP_BUF_ITEMS(&document->bookmarks, bp_bookmark)[i];
    size_t length = 0;
    const char *title = bp_names_at(&document->names, mark->title, &length);
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Title") && bp_syntax_text(&text, title, length) &&
              put_relation(&text, "/Parent ", nodes, nodes[i].parent) &&
              put_relation(&text, "/Prev ", nodes, nodes[i].previous) &&
              put_relation(&text, "/Next ", nodes, nodes[i].next) &&
              put_relation(&text, "/First ", nodes, nodes[i].first) &&
              put_relation(&text, "/Last ", nodes, nodes[i].last);
    if (ok && nodes[i].count != 0)
        ok = bp_buf_format(&text, "/Count -%zu", nodes[i].count); /* Closed. */
    if (ok && bp_buf_text(&text, "/Dest") && put_place(&text, document, mark->page, 0, mark->y) &&
        bp_buf_char(&text, '\n') &&
        bp_objects_write(document->objects, nodes[i].ref, &text, &document->error))
        return true;
    bp_buf_clear(&text);
    return bp_fail_memory(&document->error);
}

static bool write_outline(bp_document *document, bp_buf *catalog)
{
    bp_error *err = &document->error;
    size_t count = BP_BUF_COUNT(&document->bookmarks, bp_bookmark);
    if (count == 0)
        return true;
    bp_buf list = {0}, text = {0};
    node *nodes = bp_buf_push(&list, (count + 1) * sizeof *nodes);
    bool ok = nodes != NULL;
    if (ok)
        relate(BP_BUF_ITEMS(&document->bookmarks, bp_bookmark), count, nodes);
    for (size_t i = 0; ok && i <= count; i++)
        ok = (nodes[i].ref = bp_objects_add(document->objects, err)) != 0;
    for (size_t i = 0; ok && i < count; i++)
        ok = write_bookmark(document, nodes, i);
    ok = ok && bp_buf_text(&text, "/Type/Outlines") &&
         put_relation(&text, "/First ", nodes, nodes[count].first) &&
         put_relation(&text, "/Last ", nodes, nodes[count].last) &&
         bp_buf_format(&text, "/Count %zu\n", nodes[count].count) &&
         bp_objects_write(document->objects, nodes[count].ref, &text, err) &&
         bp_buf_text(catalog, "/PageMode/UseOutlines/Outlines ") &&
         bp_objects_put_ref(catalog, nodes[count].ref) && bp_buf_char(catalog, '\n');
    bp_buf_clear(&list);
    bp_buf_clear(&text);
    return ok || bp_fail_memory(err);
}

/* Page labels ---------------------------------------------------------------------------------- */

static bool add_label(bp_document *document, size_t first, char style, const char *prefix,
                      int start)
{
    bp_error *err = &document->error;
    if ((style != 0 && strchr("DRrAa", style) == NULL) || start < 1)
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "document.label: expected a style of D, R, r, A, a and a start from 1");
    if (prefix == NULL)
        prefix = "";
    if (!bp_utf8_valid(prefix, strlen(prefix), NULL))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "document.label: the prefix is not UTF-8");
    if (!bp_standards_check_text(document->standards, "the prefix of a page number", prefix, err))
        return false;
    uint32_t name = bp_names_add(&document->names, prefix, strlen(prefix));
    if (name == BP_NAMES_NONE || bp_buf_push(&document->labels, sizeof(bp_label)) == NULL)
        return bp_fail_memory(err);
    /* Sorted by page; a later call for the same page replaces the earlier one. */
    bp_label *labels = BP_BUF_ITEMS(&document->labels, bp_label);
    size_t i = BP_BUF_COUNT(&document->labels, bp_label) - 1;
    while (i > 0 && labels[i - 1].first > first) {
        labels[i] = labels[i - 1];
        i--;
    }
    if (i > 0 && labels[i - 1].first == first) {
        size_t behind = BP_BUF_COUNT(&document->labels, bp_label) - 1 - i;
        memmove(&labels[i], &labels[i + 1], behind * sizeof *labels);
        document->labels.length -= sizeof *labels;
        i--;
    }
    labels[i] = (bp_label){.first = first, .style = style, .start = start, .prefix = name};
    bp_trace(document, "label %zu %s %d", first + 1, style ? (char[2]){style, '\0'} : "-", start);
    bp_trace_string(document, prefix, strlen(prefix));
    bp_trace_end(document);
    return true;
}

bool bp_document_label(bp_document *document, size_t first, char style, const char *prefix,
                       int start, bp_error *err)
{
    return bp_document_begin(document, err) &&
           bp_document_done(document, add_label(document, first, style, prefix, start), err);
}

static bool write_labels(bp_document *document, bp_buf *catalog)
{
    size_t count = BP_BUF_COUNT(&document->labels, bp_label);
    const bp_label *labels = BP_BUF_ITEMS(&document->labels, bp_label);
    if (count == 0)
        return true;
    bool ok = bp_buf_text(catalog, "/PageLabels<</Nums[");
    if (ok && labels[0].first != 0) /* The tree must speak of the first page. */
        ok = bp_buf_text(catalog, "0<</S/D>>");
    for (size_t i = 0; ok && i < count; i++) {
        size_t length = 0;
        const char *prefix = bp_names_at(&document->names, labels[i].prefix, &length);
        ok = bp_buf_format(catalog, "%zu<<", labels[i].first);
        if (ok && labels[i].style != 0)
            ok = bp_buf_format(catalog, "/S/%c", labels[i].style);
        if (ok && length != 0)
            ok = bp_buf_text(catalog, "/P") && bp_syntax_text(catalog, prefix, length);
        if (ok && labels[i].start != 1)
            ok = bp_buf_format(catalog, "/St %d", labels[i].start);
        ok = ok && bp_buf_text(catalog, ">>");
    }
    return (ok && bp_buf_text(catalog, "]>>\n")) || bp_fail_memory(&document->error);
}

bool bp_document_write_navigation(bp_document *document, bp_buf *catalog)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&document->links, bp_link); i++)
        if (!write_link(document, i))
            return false;
    bp_buf names = {0};
    bool ok = write_names(document, &names) &&
              bp_document_put_attachments(document, &names, catalog) &&
              (names.length == 0 || bp_buf_format(catalog, "/Names<<%s>>\n", names.bytes) ||
               bp_fail_memory(&document->error));
    bp_buf_clear(&names);
    return ok && write_outline(document, catalog) && write_labels(document, catalog);
}
