/* Elements of the structure tree: see structure.h. What types there are stands in
 * structure_types.c, the trees that are written at the end in structure_write.c. */
#include "pdf/structure.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "pdf/canvas.h"
#include "pdf/structure_types.h"
#include "pdf/syntax.h"

#define KIDS_KEPT 4096 /* Bytes of a buffer that the next element takes over. */

static const bp_element_ref no_element = {BP_ELEMENT_NONE, 0};

static bp_element *element_at(const bp_document *document, uint32_t index)
{
    return &BP_BUF_ITEMS(&document->structure.elements, bp_element)[index];
}

/* The element, where it is still there. */
static bp_element *find(const bp_document *document, bp_element_ref made)
{
    if (made.index == BP_ELEMENT_NONE)
        return NULL;
    bp_element *element = element_at(document, made.index);
    return element->is_used && element->serial == made.serial ? element : NULL;
}

void bp_structure_clear(bp_structure *structure)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&structure->elements, bp_element); i++) {
        bp_element *element = &BP_BUF_ITEMS(&structure->elements, bp_element)[i];
        bp_buf_clear(&element->head);
        bp_buf_clear(&element->kids);
    }
    bp_buf_clear(&structure->elements);
    bp_buf_clear(&structure->sections);
    bp_names_clear(&structure->ids);
    bp_buf_clear(&structure->by_id);
    bp_buf_clear(&structure->named);
}

/* Making --------------------------------------------------------------------------------------- */

/* A new element without entries; NULL on failure. Elements may move. */
static bp_element *add(bp_document *document, int type, bp_element_ref parent, bp_element_ref *made)
{
    bp_structure *structure = &document->structure;
    bp_element *element = NULL;
    if (structure->first_free != 0) {
        element = element_at(document, structure->first_free - 1);
        structure->first_free = element->next_free;
    } else {
        element = bp_buf_push(&structure->elements, sizeof *element);
    }
    if (element == NULL) {
        bp_fail_memory(&document->error);
        return NULL;
    }
    assert(!element->is_used && element->head.length == 0);
    element->is_used = true;
    element->is_reserved = false;
    element->parent = parent;
    element->ref = element->parent_ref = 0;
    element->page = BP_PAGE_NONE;
    element->id = BP_NAMES_NONE;
    element->type = (uint8_t)type;
    element->level = 0;
    element->kid_count = element->next_free = 0;
    *made = (bp_element_ref){(uint32_t)(element - BP_BUF_ITEMS(&structure->elements, bp_element)),
                             element->serial};
    return element;
}

/* The document's own element, begun where it is not there yet, or the innermost section. */
static bool open_section(bp_document *document, bp_element_ref *section)
{
    bp_structure *structure = &document->structure;
    size_t count = BP_BUF_COUNT(&structure->sections, bp_element_ref);
    if (count == 0) {
        bp_element_ref made;
        if (!bp_buf_reserve(&structure->sections, sizeof made))
            return bp_fail_memory(&document->error);
        bp_element *element = add(document, BP_TYPE_DOCUMENT, no_element, &made);
        if (element == NULL)
            return false;
        if (!bp_buf_text(&element->head, "/S/Document"))
            return bp_fail_memory(&document->error);
        (void)bp_buf_add(&structure->sections, &made, sizeof made);
        count = 1;
    }
    *section = BP_BUF_ITEMS(&structure->sections, bp_element_ref)[count - 1];
    return true;
}

/* Gives the element its number and its place among its parent's kids. */
static bool attach(bp_document *document, uint32_t index)
{
    bp_error *err = &document->error;
    bp_element *element = element_at(document, index);
    if (element->ref != 0)
        return true;
    element->ref = bp_objects_add(document->objects, err);
    if (element->ref == 0)
        return false;
    if (element->type == BP_TYPE_DOCUMENT) {
        if (document->structure.root == 0)
            document->structure.root = bp_objects_add(document->objects, err);
        element->parent_ref = document->structure.root;
        return element->parent_ref != 0;
    }
    if (find(document, element->parent) == NULL) {
        /* It ended without this one: the open section takes it. */
        bp_element_ref section = no_element;
        if (!open_section(document, &section))
            return false;
        element_at(document, index)->parent = section;
    }
    if (!attach(document, element_at(document, index)->parent.index))
        return false;
    element = element_at(document, index); /* Elements may have moved. */
    bp_element *parent = element_at(document, element->parent.index);
    element->parent_ref = parent->ref;
    if (!bp_objects_put_ref(&parent->kids, element->ref) || !bp_buf_char(&parent->kids, ' '))
        return bp_fail_memory(err);
    parent->kid_count++;
    return true;
}

bp_element_ref bp_structure_innermost(const bp_page *page)
{
    const bp_canvas *canvas = page->canvas;
    if (canvas == NULL || canvas->tag_count == 0)
        return no_element;
    return canvas->tags[canvas->tag_count - 1].element;
}

/* Where a new element of the page belongs. */
static bool find_parent(const bp_page *page, bp_element_ref *parent)
{
    *parent = bp_structure_innermost(page);
    return find(page->document, *parent) != NULL || open_section(page->document, parent);
}

/* Entries -------------------------------------------------------------------------------------- */

static bool put_text(bp_buf *head, const char *key, const char *text)
{
    return text == NULL || (bp_buf_text(head, key) && bp_syntax_text(head, text, strlen(text)));
}

static bool put_headers(bp_buf *head, const char *ids)
{
    bool ok = bp_buf_text(head, "/Headers[");
    while (ok && *ids != '\0') {
        size_t length = strcspn(ids, " ");
        ok = length == 0 || bp_syntax_bytes(head, ids, length);
        ids += length + (ids[length] == ' ');
    }
    return ok && bp_buf_char(head, ']');
}

static bool put_table(bp_buf *head, const bp_tag_options *options)
{
    bool ok = bp_buf_text(head, "/A<</O/Table");
    if (ok && options->scope != NULL)
        ok = bp_buf_text(head, "/Scope") && bp_syntax_name(head, options->scope);
    if (ok && options->column_span > 1)
        ok = bp_buf_format(head, "/ColSpan %d", options->column_span);
    if (ok && options->row_span > 1)
        ok = bp_buf_format(head, "/RowSpan %d", options->row_span);
    if (ok && options->headers != NULL)
        ok = put_headers(head, options->headers);
    return ok && bp_buf_text(head, ">>");
}

static bool put_box(bp_page *page, bp_buf *head, const double *given)
{
    double box[4];
    bp_canvas_box(page, given[0], given[1], given[2], given[3], box);
    bool ok = bp_buf_text(head, "/A<</O/Layout/BBox[");
    for (int i = 0; ok && i < 4; i++)
        ok = bp_syntax_number(head, box[i], 2) && bp_buf_char(head, i < 3 ? ' ' : ']');
    return ok && bp_buf_text(head, ">>");
}

static bool is_one_of(const char *text, const char *const *known)
{
    for (; *known != NULL; known++)
        if (strcmp(text, *known) == 0)
            return true;
    return false;
}

static bool check(bp_page *page, const bp_tag_options *options)
{
    static const char *const scopes[] = {"Row", "Column", "Both", NULL};
    static const char *const numberings[] = {"None",       "Disc",       "Circle",     "Square",
                                             "Decimal",    "UpperRoman", "LowerRoman", "UpperAlpha",
                                             "LowerAlpha", NULL};
    bp_error *err = &page->document->error;
    if (options->scope != NULL && !is_one_of(options->scope, scopes))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "page.begin_tag: the scope is Row, Column or Both, got \"%.40s\"",
                       options->scope);
    if (options->numbering != NULL && !is_one_of(options->numbering, numberings))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "page.begin_tag: no such numbering: \"%.40s\"; None, Disc, Circle, Square, "
                       "Decimal, UpperRoman, LowerRoman, UpperAlpha or LowerAlpha",
                       options->numbering);
    if (options->language != NULL && !bp_is_language_tag(options->language))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "page.begin_tag: the language must be a tag as \"en\", \"zh-Hans\" or "
                       "\"pt-BR\", got \"%.40s\"",
                       options->language);
    unsigned standards = page->document->standards;
    return bp_standards_check_text(standards, "the alternative text", options->alt, err) &&
           bp_standards_check_text(standards, "the actual text", options->actual_text, err) &&
           bp_standards_check_text(standards, "the expansion", options->expansion, err) &&
           bp_standards_check_text(standards, "the title of a tag", options->title, err) &&
           bp_standards_check_text(standards, "the identifier of a tag", options->id, err) &&
           (options->box == NULL || bp_canvas_check(page, "page.begin_tag", options->box, 4));
}

static bool put_options(bp_page *page, bp_buf *head, int type, const bp_tag_options *options)
{
    bool is_cell = type == BP_TYPE_TH || type == BP_TYPE_TD;
    bool ok = put_text(head, "/T", options->title) && put_text(head, "/Lang", options->language) &&
              put_text(head, "/Alt", options->alt) &&
              put_text(head, "/ActualText", options->actual_text) &&
              put_text(head, "/E", options->expansion);
    if (ok && is_cell &&
        (options->scope != NULL || options->headers != NULL || options->column_span > 1 ||
         options->row_span > 1))
        ok = put_table(head, options);
    if (ok && type == BP_TYPE_L && options->numbering != NULL)
        ok = bp_buf_format(head, "/A<</O/List/ListNumbering/%s>>", options->numbering);
    if (ok && options->box != NULL && type != BP_TYPE_L && !is_cell)
        ok = put_box(page, head, options->box);
    return ok || bp_fail_memory(&page->document->error);
}

static bool put_head(bp_page *page, uint32_t index, const bp_tag_options *options)
{
    bp_element *element = element_at(page->document, index);
    const char *name = bp_structure_type_name(element->type);
    if (!bp_buf_reserve(&element->head, 64) || !bp_buf_text(&element->head, "/S/") ||
        !bp_buf_text(&element->head, name))
        return bp_fail_memory(&page->document->error);
    return options == NULL || put_options(page, &element->head, element->type, options);
}

/* Identifiers ---------------------------------------------------------------------------------- */

/* The element that has the id, if any; its number in `ids`, which is added. False on failure. */
static bool find_id(bp_document *document, const char *id, uint32_t *number, bp_element_ref *made)
{
    bp_structure *structure = &document->structure;
    *made = no_element;
    *number = bp_names_add(&structure->ids, id, strlen(id));
    if (*number == BP_NAMES_NONE)
        return bp_fail_memory(&document->error);
    size_t have = BP_BUF_COUNT(&structure->by_id, bp_element_ref);
    if (*number < have) {
        *made = BP_BUF_ITEMS(&structure->by_id, bp_element_ref)[*number];
        return true;
    }
    return bp_buf_add(&structure->by_id, made, sizeof *made) || bp_fail_memory(&document->error);
}

static void set_id(bp_document *document, uint32_t number, bp_element_ref made)
{
    BP_BUF_ITEMS(&document->structure.by_id, bp_element_ref)[number] = made;
    element_at(document, made.index)->id = number;
}

/* What begins an element ----------------------------------------------------------------------- */

/* Goes on with the element of an id. */
static bool go_on(bp_page *page, bp_element *element, bp_element_ref made, int type,
                  const bp_tag_options *options)
{
    if (element->is_reserved) {
        element->is_reserved = false;
        element->type = (uint8_t)type;
        return put_head(page, made.index, options);
    }
    return element->type == type ||
           bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                   "page.begin_tag: the id \"%.100s\" is that of a %s, and a %s was begun with it",
                   options->id, bp_structure_type_name(element->type),
                   bp_structure_type_name(type));
}

static bool check_nesting(bp_page *page, bp_element_ref parent, int type)
{
    const char *needs = NULL;
    int holder = element_at(page->document, parent.index)->type;
    return bp_structure_may_hold(holder, type, &needs) ||
           bp_fail(&page->document->error, BP_ERR_SCRIPT, NULL,
                   "page.begin_tag: a %s within a %s: %s", bp_structure_type_name(type),
                   bp_structure_type_name(holder), needs);
}

bool bp_structure_begin(bp_page *page, int type, const bp_tag_options *options,
                        bp_element_ref *made)
{
    bp_document *document = page->document;
    *made = no_element;
    if (options != NULL && !check(page, options))
        return false;
    if (document->no_tags)
        return true;
    bp_element_ref parent;
    uint32_t id = BP_NAMES_NONE;
    if (options != NULL && options->id != NULL) {
        if (!find_id(document, options->id, &id, made))
            return false;
        bp_element *element = find(document, *made);
        if (element != NULL)
            return go_on(page, element, *made, type, options);
    }
    if (!find_parent(page, &parent) || !check_nesting(page, parent, type) ||
        add(document, type, parent, made) == NULL)
        return false;
    if (id != BP_NAMES_NONE)
        set_id(document, id, *made);
    if (!put_head(page, made->index, options))
        return false;
    /* A row has as many cells as there are columns, also where they hold nothing. */
    return (type != BP_TYPE_TD && type != BP_TYPE_TH) || attach(document, made->index);
}

bool bp_structure_end(bp_document *document, bp_element_ref element)
{
    bp_element *found = find(document, element);
    return found == NULL || found->id != BP_NAMES_NONE ||
           bp_structure_write(document, element.index);
}

bool bp_structure_reserve(bp_page *page, const char *id)
{
    bp_document *document = page->document;
    bp_element_ref made, parent;
    uint32_t number = 0;
    if (document->no_tags)
        return true;
    if (!find_id(document, id, &number, &made))
        return false;
    if (find(document, made) != NULL) /* It is there already. */
        return true;
    if (!find_parent(page, &parent))
        return false;
    bp_element *element = add(document, BP_TYPE_NONSTRUCT, parent, &made);
    if (element == NULL)
        return false;
    if (page->canvas != NULL)
        bp_canvas_end_mark(page->canvas); /* What is drawn next is read behind it. */
    element->is_reserved = true;
    set_id(document, number, made);
    return attach(document, made.index);
}

bool bp_structure_begin_section(bp_page *page, int type, int level, const bp_tag_options *options)
{
    bp_document *document = page->document;
    bp_structure *structure = &document->structure;
    bp_element_ref parent = no_element, made;
    if (document->no_tags)
        return true;
    bool ok = open_section(document, &parent);
    while (ok && element_at(document, parent.index)->level >= level) {
        structure->sections.length -= sizeof parent;
        ok = bp_structure_write(document, parent.index) && open_section(document, &parent);
    }
    ok = ok &&
         (bp_buf_reserve(&structure->sections, sizeof made) || bp_fail_memory(&document->error));
    bp_element *element = ok ? add(document, type, parent, &made) : NULL;
    if (element == NULL)
        return false;
    element->level = (uint8_t)level;
    (void)bp_buf_add(&structure->sections, &made, sizeof made);
    return put_head(page, made.index, options);
}

/* Content -------------------------------------------------------------------------------------- */

/* Adds a kid that is no element: `object` 0 is marked content number `mcid` of the page. */
static bool add_kid(bp_page *page, bp_element *element, int mcid, bp_ref object)
{
    bp_buf *kids = &element->kids;
    if (element->page == BP_PAGE_NONE)
        element->page = (uint32_t)page->index;
    bool is_elsewhere = element->page != page->index, ok = true;
    if (object == 0 && !is_elsewhere) {
        ok = bp_buf_unsigned(kids, (uint64_t)mcid) && bp_buf_char(kids, ' ');
    } else {
        ok = bp_buf_text(kids, object == 0 ? "<</Type/MCR" : "<</Type/OBJR");
        if (ok && is_elsewhere)
            ok = bp_buf_text(kids, "/Pg ") && bp_objects_put_ref(kids, page->ref);
        ok = ok && (object == 0 ? bp_buf_format(kids, "/MCID %d", mcid)
                                : bp_buf_text(kids, "/Obj ") && bp_objects_put_ref(kids, object));
        ok = ok && bp_buf_text(kids, ">>");
    }
    element->kid_count += ok;
    return ok;
}

int bp_structure_mark(bp_page *page, bp_element_ref element)
{
    bp_document *document = page->document;
    bp_element *found = find(document, element);
    int mcid = (int)BP_BUF_COUNT(&page->marked, bp_ref);
    assert(found != NULL);
    if (!attach(document, element.index))
        return -1;
    if (bp_buf_add(&page->marked, &found->ref, sizeof found->ref) && add_kid(page, found, mcid, 0))
        return mcid;
    bp_fail_memory(&document->error);
    return -1;
}

/* The nearest Link that is open on the page. */
static bp_element_ref open_link(const bp_page *page)
{
    const bp_canvas *canvas = page->canvas;
    for (int i = canvas != NULL ? canvas->tag_count : 0; i > 0; i--)
        if (!canvas->tags[i - 1].is_artifact && canvas->tags[i - 1].type == BP_TYPE_LINK)
            return canvas->tags[i - 1].element;
    return no_element;
}

bp_ref bp_structure_annotate(bp_page *page, bp_ref annotation, const char *words)
{
    bp_document *document = page->document;
    bp_element_ref made = open_link(page);
    const bp_tag_options options = {.alt = words};
    bool is_own = find(document, made) == NULL;
    if ((is_own && !bp_structure_begin(page, BP_TYPE_LINK, &options, &made)) ||
        !attach(document, made.index))
        return 0;
    bp_ref ref = element_at(document, made.index)->ref;
    if (!add_kid(page, element_at(document, made.index), 0, annotation)) {
        bp_fail_memory(&document->error);
        return 0;
    }
    return !is_own || bp_structure_end(document, made) ? ref : 0;
}

/* Ending --------------------------------------------------------------------------------------- */

static bool name_element(bp_document *document, bp_element *element)
{
    bp_structure *structure = &document->structure;
    uint32_t id = element->id;
    char made[24];
    if (id == BP_NAMES_NONE) { /* A note must have one. */
        int length = snprintf(made, sizeof made, "note:%lu", (unsigned long)element->ref);
        id = bp_names_add(&structure->ids, made, (size_t)length);
        if (id == BP_NAMES_NONE)
            return false;
    }
    size_t length = 0;
    const char *text = bp_names_at(&structure->ids, id, &length);
    const bp_named_element named = {id, element->ref};
    return bp_buf_text(&element->head, "/ID") && bp_syntax_bytes(&element->head, text, length) &&
           bp_buf_add(&structure->named, &named, sizeof named);
}

static bool put_kids(bp_document *document, bp_element *element)
{
    bp_buf *head = &element->head, *kids = &element->kids;
    bool ok = bp_buf_text(head, "/P ") && bp_objects_put_ref(head, element->parent_ref);
    if (ok && element->page != BP_PAGE_NONE)
        ok = bp_buf_text(head, "/Pg ") &&
             bp_objects_put_ref(head, bp_document_page(document, element->page)->ref);
    if (!ok || element->kid_count == 0)
        return ok;
    if (kids->bytes[kids->length - 1] == ' ')
        kids->length--;
    bool is_list = element->kid_count > 1;
    return bp_buf_text(head, is_list ? "/K[" : "/K ") &&
           bp_buf_add(head, kids->bytes, kids->length) && (!is_list || bp_buf_char(head, ']'));
}

/* An element without a number has no content: it goes without a trace. */
bool bp_structure_write(bp_document *document, uint32_t index)
{
    bp_element *element = element_at(document, index);
    bool ok = true;
    if (element->ref != 0) {
        bool is_named = element->type == BP_TYPE_NOTE ||
                        (element->type == BP_TYPE_TH && element->id != BP_NAMES_NONE);
        if (element->is_reserved)
            ok = bp_buf_text(&element->head, "/S/NonStruct");
        ok = ok && (!is_named || name_element(document, element)) && put_kids(document, element) &&
             bp_objects_write(document->objects, element->ref, &element->head, &document->error);
    }
    bp_buf_clear(&element->head);
    element->kids.length = 0;
    if (element->kids.capacity > KIDS_KEPT)
        bp_buf_clear(&element->kids);
    element->is_used = false;
    element->serial++;
    element->next_free = document->structure.first_free;
    document->structure.first_free = index + 1;
    return ok || bp_fail_memory(&document->error);
}
