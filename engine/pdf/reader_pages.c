/* The pages, and the one that an object belongs to. libqpdf would find them by recursion, as deep
 * as the file likes; here the tree is walked with a bound on depth and number.
 *
 * An object belongs to the first page that leads to it. References are followed from
 * page to page, through what a page is made of (contents, resources, annotations), never back to
 * its parents or across to other pages, and no object twice. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pdf/reader_private.h"

#define DEPTH_MOST 128
#define NODES_MOST 2000000
#define OBJECTS_MOST 500000 /* Objects looked at. */

typedef struct {
    bp_reader *reader;
    bp_met met; /* Nodes that are no pages. */
    size_t count;
    bp_error *err;
} tree;

/* What has kids is no page; a node beyond the bounds, or met before, holds none. */
static bool gather(tree *t, qpdf_oh node, int depth)
{
    bp_reader *reader = t->reader;
    unsigned long long id = bp_reader_id(reader, node);
    if (bp_reader_type(reader, node) != ot_dictionary || depth > DEPTH_MOST ||
        ++t->count > NODES_MOST)
        return bp_reader_settle(reader, t->err);
    qpdf_oh kids = bp_reader_key(reader, node, "/Kids");
    bool is_page = bp_reader_type(reader, kids) != ot_array, is_new = true, ok = true;
    if (is_page && depth > 0) /* A tree of nothing is no page. */
        ok = bp_buf_add(&reader->pages, &id, sizeof id) || bp_fail_memory(t->err);
    else if (!is_page && id != 0)
        ok = bp_met_add(&t->met, id, &is_new) || bp_fail_memory(t->err);
    int count = is_page || !is_new ? 0 : bp_reader_items(reader, kids);
    for (int i = 0; ok && i < count; i++) {
        qpdf_oh kid = bp_reader_item(reader, kids, i);
        ok = gather(t, kid, depth + 1);
        bp_reader_drop(reader, kid);
    }
    bp_reader_drop(reader, kids);
    return ok;
}

bool bp_reader_find_pages(bp_reader *reader, qpdf_oh root, bp_error *err)
{
    tree t = {.reader = reader, .err = err};
    qpdf_oh pages = bp_reader_key(reader, root, "/Pages");
    bool ok = gather(&t, pages, 0);
    bp_reader_drop(reader, pages);
    bp_met_clear(&t.met);
    return ok;
}

typedef struct {
    const bp_reader *reader;
    bp_met met;
    bp_buf waiting; /* Of unsigned long long: objects to look at. */
    unsigned long long wanted;
    size_t count;
    bool is_found;
    bp_error *err;
} walk;

/* What leads away from a page, to its parents, its neighbours and the structure of the document. */
static bool leads_away(const char *name, size_t length)
{
    static const char *const keys[] = {"/Parent", "/P",    "/Pg",    "/Prev", "/Next",
                                       "/D",      "/Dest", "/Popup", "/IRT",  "/StructTreeRoot"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strlen(keys[i]) == length && memcmp(keys[i], name, length) == 0)
            return true;
    return false;
}

static bool meet(walk *w, unsigned long long id)
{
    bool is_new = false;
    if (!bp_met_add(&w->met, id, &is_new))
        return bp_fail_memory(w->err);
    w->is_found = w->is_found || id == w->wanted;
    return !is_new || bp_buf_add(&w->waiting, &id, sizeof id) || bp_fail_memory(w->err);
}

/* Past a string in parentheses or angle brackets. */
static const char *skip_string(const char *at, const char *end)
{
    int depth = 0;
    if (*at == '<')
        return memchr(at, '>', (size_t)(end - at));
    for (; at < end; at++) {
        if (*at == '\\')
            at++;
        else if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return at;
    }
    return NULL;
}

/* Meets the references ("12 0 R") in an object's text, but those behind keys that lead away. */
static bool meet_all(walk *w, const char *text, size_t length)
{
    const char *end = text + length, *name = text;
    size_t name_length = 0;
    unsigned long long numbers[2] = {0, 0};
    bool ok = true;
    for (const char *at = text; ok && at != NULL && at < end;) {
        if (*at == '<' && at + 1 < end && at[1] == '<') {
            at += 2;
        } else if (*at == '(' || *at == '<') {
            at = skip_string(at, end);
            at = at != NULL ? at + 1 : NULL;
        } else if (*at == '/') {
            name = at;
            at += 1 + strcspn(at + 1, " /<>()[]\n");
            name_length = (size_t)(at - name);
        } else if (*at >= '0' && *at <= '9') {
            char *after;
            numbers[0] = numbers[1];
            numbers[1] = strtoull(at, &after, 10);
            at = after;
        } else {
            if (*at == 'R' && !leads_away(name, name_length) && numbers[0] != 0 &&
                numbers[0] <= INT32_MAX && numbers[1] <= UINT16_MAX)
                ok = meet(w, numbers[0] << 32 | numbers[1]);
            at++;
        }
    }
    return ok;
}

/* Looks at what an object refers to; other pages are left alone. */
static bool look(walk *w, unsigned long long id, bool is_page)
{
    const bp_reader *reader = w->reader;
    const bp_qpdf *q = reader->q;
    qpdf_oh object = bp_reader_object(reader, id);
    qpdf_oh shown = object, dictionary = 0;
    if (bp_reader_type(reader, object) == ot_stream)
        shown = dictionary = q->qpdf_oh_get_dict(reader->file, object);
    qpdf_oh type = bp_reader_key(reader, shown, "/Type");
    bool is_other = !is_page && bp_reader_type(reader, type) == ot_name &&
                    q->qpdf_oh_is_name_and_equals(reader->file, type, "/Page");
    bool ok = true;
    if (!is_other && bp_reader_type(reader, shown) > ot_null) {
        const char *text = q->qpdf_oh_unparse_resolved(reader->file, shown);
        ok = meet_all(w, text, strlen(text));
    }
    bp_reader_drop(reader, type);
    bp_reader_drop(reader, dictionary);
    bp_reader_drop(reader, object);
    return bp_reader_settle(reader, w->err) && ok;
}

static bool search_page(walk *w, unsigned long long page)
{
    bool is_page = true;
    w->waiting.length = 0;
    bool ok = meet(w, page);
    while (ok && !w->is_found && w->waiting.length != 0 && w->count++ < OBJECTS_MOST) {
        unsigned long long *ids = BP_BUF_ITEMS(&w->waiting, unsigned long long);
        unsigned long long id = ids[BP_BUF_COUNT(&w->waiting, unsigned long long) - 1];
        w->waiting.length -= sizeof id;
        ok = look(w, id, is_page);
        is_page = false;
    }
    return ok;
}

/* True where a page's contents are, or hold, the object. */
static bool is_content(const bp_reader *reader, qpdf_oh page, unsigned long long wanted)
{
    qpdf_oh contents = bp_reader_key(reader, page, "/Contents");
    bool is = bp_reader_id(reader, contents) == wanted;
    int count = bp_reader_items(reader, contents);
    for (int i = 0; !is && i < count; i++) {
        qpdf_oh one = bp_reader_item(reader, contents, i);
        is = bp_reader_id(reader, one) == wanted;
        bp_reader_drop(reader, one);
    }
    bp_reader_drop(reader, contents);
    return is;
}

bool bp_reader_page_of(const bp_reader *reader, qpdf_oh object, bp_difference *out, bp_error *err)
{
    const unsigned long long *pages = BP_BUF_ITEMS(&reader->pages, unsigned long long);
    walk w = {.reader = reader, .wanted = bp_reader_id(reader, object), .err = err};
    qpdf_oh own = bp_reader_key(reader, object, "/Pg"); /* Structure elements say it. */
    unsigned long long said = bp_reader_id(reader, own);
    bp_reader_drop(reader, own);
    bool ok = bp_reader_settle(reader, err);
    for (size_t i = 0; said != 0 && out->page == 0 && i < reader->about.pages; i++)
        if (pages[i] == said)
            out->page = i + 1;
    for (size_t i = 0; ok && out->page == 0 && w.wanted != 0 && i < reader->about.pages; i++) {
        ok = pages[i] == 0 || search_page(&w, pages[i]);
        if (!ok || !w.is_found)
            continue;
        qpdf_oh page = bp_reader_object(reader, pages[i]);
        out->page = i + 1;
        if (is_content(reader, page, w.wanted))
            (void)snprintf(out->kind, sizeof out->kind, "content");
        bp_reader_drop(reader, page);
    }
    bp_met_clear(&w.met);
    bp_buf_clear(&w.waiting);
    return ok;
}
