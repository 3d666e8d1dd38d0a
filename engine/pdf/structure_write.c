/* The end of a document's structure: elements that are still open, the table from marked content
 * and annotations to their elements (a number tree: pages by their index, then links), the tree of
 * identifiers, and the root. */
#include <stdlib.h>
#include <string.h>

#include "pdf/document_private.h"
#include "pdf/structure.h"
#include "pdf/syntax.h"

#define LEAF_MOST 64 /* Entries in a leaf of either tree. */

static bool write_open(bp_document *document)
{
    bp_structure *structure = &document->structure;
    bool ok = true;
    for (uint32_t i = 0; ok && i < BP_BUF_COUNT(&structure->elements, bp_element); i++)
        if (BP_BUF_ITEMS(&structure->elements, bp_element)[i].is_used)
            ok = bp_structure_write(document, i);
    structure->sections.length = 0;
    return ok;
}

/* From content to elements --------------------------------------------------------------------- */

static bool put_refs(bp_buf *text, const bp_buf *refs)
{
    bool ok = bp_buf_char(text, '[');
    for (size_t i = 0; ok && i < BP_BUF_COUNT(refs, bp_ref); i++)
        ok = (i == 0 || bp_buf_char(text, ' ')) &&
             bp_objects_put_ref(text, BP_BUF_ITEMS(refs, bp_ref)[i]);
    return ok && bp_buf_char(text, ']');
}

/* What the entry with a key is: that of a page without marked content is left out. */
static bool put_entry(bp_buf *text, const bp_document *document, size_t key)
{
    size_t pages = bp_document_page_count(document);
    if (key < pages) {
        const bp_buf *marked = &bp_document_page(document, key)->marked;
        return marked->length == 0 || (bp_buf_format(text, "%zu ", key) && put_refs(text, marked));
    }
    const bp_link *link = &BP_BUF_ITEMS(&document->links, bp_link)[key - pages];
    return bp_buf_format(text, "%zu ", key) && bp_objects_put_ref(text, link->element) &&
           bp_buf_char(text, ' ');
}

static bool write_content_tree(bp_document *document, bp_ref *tree)
{
    bp_error *err = &document->error;
    size_t count = bp_document_page_count(document) + BP_BUF_COUNT(&document->links, bp_link);
    bp_buf root = {0}, text = {0};
    *tree = bp_objects_add(document->objects, err);
    bool ok = *tree != 0 && bp_buf_text(&root, "/Kids[");
    for (size_t i = 0; ok && i < count; i += LEAF_MOST) {
        size_t end = count - i < LEAF_MOST ? count : i + LEAF_MOST;
        bp_ref leaf = bp_objects_add(document->objects, err);
        ok = leaf != 0 && (i == 0 || bp_buf_char(&root, ' ')) && bp_objects_put_ref(&root, leaf) &&
             bp_buf_format(&text, "/Limits[%zu %zu]/Nums[", i, end - 1);
        for (size_t key = i; ok && key < end; key++)
            ok = put_entry(&text, document, key);
        ok = ok && bp_buf_char(&text, ']') && bp_objects_write(document->objects, leaf, &text, err);
    }
    ok = ok && bp_buf_char(&root, ']') && bp_objects_write(document->objects, *tree, &root, err);
    bp_buf_clear(&text);
    bp_buf_clear(&root);
    return ok || bp_fail_memory(err);
}

/* From identifiers to elements ----------------------------------------------------------------- */

typedef struct {
    const char *id;
    size_t length;
    bp_ref ref;
} named;

static int compare_ids(const void *a, const void *b)
{
    const named *x = a, *y = b;
    int order = memcmp(x->id, y->id, x->length < y->length ? x->length : y->length);
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

static bool put_names(bp_buf *text, const named *names, size_t count)
{
    bool ok = bp_buf_text(text, "/Limits[") &&
              bp_syntax_bytes(text, names[0].id, names[0].length) &&
              bp_syntax_bytes(text, names[count - 1].id, names[count - 1].length) &&
              bp_buf_text(text, "]/Names[");
    for (size_t i = 0; ok && i < count; i++)
        ok = bp_syntax_bytes(text, names[i].id, names[i].length) &&
             bp_objects_put_ref(text, names[i].ref) && bp_buf_char(text, ' ');
    return ok && bp_buf_char(text, ']');
}

static bool list_names(const bp_structure *structure, bp_buf *list)
{
    bool ok = true;
    for (size_t i = 0; ok && i < BP_BUF_COUNT(&structure->named, bp_named_element); i++) {
        const bp_named_element *element = &BP_BUF_ITEMS(&structure->named, bp_named_element)[i];
        named entry = {.ref = element->ref};
        entry.id = bp_names_at(&structure->ids, element->id, &entry.length);
        ok = bp_buf_add(list, &entry, sizeof entry);
    }
    return ok;
}

/* `tree` becomes 0 where no element has an identifier. */
static bool write_id_tree(bp_document *document, bp_ref *tree)
{
    bp_error *err = &document->error;
    bp_buf list = {0}, root = {0}, text = {0};
    *tree = 0;
    bool ok = list_names(&document->structure, &list);
    size_t count = BP_BUF_COUNT(&list, named);
    if (ok && count == 0)
        return true;
    if (ok)
        qsort(list.bytes, count, sizeof(named), compare_ids);
    ok =
        ok && (*tree = bp_objects_add(document->objects, err)) != 0 && bp_buf_text(&root, "/Kids[");
    for (size_t i = 0; ok && i < count; i += LEAF_MOST) {
        bp_ref leaf = bp_objects_add(document->objects, err);
        ok = leaf != 0 && (i == 0 || bp_buf_char(&root, ' ')) && bp_objects_put_ref(&root, leaf) &&
             put_names(&text, BP_BUF_ITEMS(&list, named) + i,
                       count - i < LEAF_MOST ? count - i : LEAF_MOST) &&
             bp_objects_write(document->objects, leaf, &text, err);
    }
    ok = ok && bp_buf_char(&root, ']') && bp_objects_write(document->objects, *tree, &root, err);
    bp_buf_clear(&list);
    bp_buf_clear(&text);
    bp_buf_clear(&root);
    return ok || bp_fail_memory(err);
}

/* The root ------------------------------------------------------------------------------------- */

static bool write_root(bp_document *document, bp_ref whole, bp_ref contents, bp_ref ids)
{
    bp_error *err = &document->error;
    size_t next = bp_document_page_count(document) + BP_BUF_COUNT(&document->links, bp_link);
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Type/StructTreeRoot");
    if (ok && whole != 0)
        ok = bp_buf_text(&text, "/K ") && bp_objects_put_ref(&text, whole);
    ok = ok && bp_buf_text(&text, "/ParentTree ") && bp_objects_put_ref(&text, contents) &&
         bp_buf_format(&text, "/ParentTreeNextKey %zu", next);
    if (ok && ids != 0)
        ok = bp_buf_text(&text, "/IDTree ") && bp_objects_put_ref(&text, ids);
    if (ok && bp_objects_write(document->objects, document->structure.root, &text, err))
        return true;
    bp_buf_clear(&text);
    return bp_fail_memory(err);
}

bool bp_document_write_structure(bp_document *document, bp_buf *catalog)
{
    bp_structure *structure = &document->structure;
    if (document->no_tags)
        return true;
    if (structure->root == 0)
        structure->root = bp_objects_add(document->objects, &document->error);
    bp_ref whole = 0, contents = 0, ids = 0;
    if (structure->sections.length != 0) {
        const bp_element_ref *first = BP_BUF_ITEMS(&structure->sections, bp_element_ref);
        whole = BP_BUF_ITEMS(&structure->elements, bp_element)[first->index].ref;
    }
    return structure->root != 0 && write_open(document) &&
           write_content_tree(document, &contents) && write_id_tree(document, &ids) &&
           write_root(document, whole, contents, ids) &&
           ((bp_buf_text(catalog, "/MarkInfo<</Marked true>>/StructTreeRoot ") &&
             bp_objects_put_ref(catalog, structure->root) && bp_buf_char(catalog, '\n')) ||
            bp_fail_memory(&document->error));
}
