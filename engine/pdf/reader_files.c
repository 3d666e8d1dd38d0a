/* The files that a PDF carries: see reader.h. The name tree is walked with a bound on depth, nodes
 * and entries, and no node twice; its /Limits, which only speed a search, are not asked. */
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "pdf/reader_private.h"

#define DEPTH_MOST 64
#define NODES_MOST 200000
#define ENTRIES_MOST 200000 /* Of name trees and /AF, whatever they hold. */

typedef struct {
    bp_reader *reader;
    bp_met nodes, files; /* Nodes and attachments that were met. */
    size_t node_count, entry_count;
    bp_error *err;
} search;

static bool fail_count(const search *s)
{
    return bp_fail(s->err, BP_ERR_LIMIT, s->reader->name, "carries more than %u files",
                   BP_READER_FILES_MOST);
}

/* The first of these keys that is a text, or a stream. */
static qpdf_oh first_of(const bp_reader *reader, qpdf_oh dictionary, enum qpdf_object_type_e type)
{
    static const char *const keys[] = {"/UF", "/F", "/Unix", "/DOS", "/Mac"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        qpdf_oh found = bp_reader_key(reader, dictionary, keys[i]);
        if (bp_reader_type(reader, found) == type)
            return found;
        bp_reader_drop(reader, found);
    }
    return 0;
}

static const char *text_at(search *s, qpdf_oh dictionary, const char *key)
{
    qpdf_oh value = bp_reader_key(s->reader, dictionary, key);
    const char *text = bp_reader_text(s->reader, value, s->err);
    bp_reader_drop(s->reader, value);
    return text;
}

static long long size_at(const bp_reader *reader, qpdf_oh stream)
{
    qpdf_oh parameters = bp_reader_key(reader, stream, "/Params");
    qpdf_oh size = bp_reader_key(reader, parameters, "/Size");
    long long value = -1;
    if (bp_reader_type(reader, size) != ot_integer ||
        !reader->q->qpdf_oh_get_value_as_longlong(reader->file, size, &value) || value < 0)
        value = -1;
    bp_reader_drop(reader, size);
    bp_reader_drop(reader, parameters);
    return value;
}

/* One file specification and the stream it names. `key` is its name in the tree; 0: none. */
static bool take_file(search *s, qpdf_oh specification, qpdf_oh stream, qpdf_oh key)
{
    bp_reader *reader = s->reader;
    bp_attachment_info info = {.size_bytes = size_at(reader, stream)};
    qpdf_oh name = first_of(reader, specification, ot_string);
    info.object = reader->q->qpdf_oh_get_object_id(reader->file, stream);
    info.generation = reader->q->qpdf_oh_get_generation(reader->file, stream);
    info.name = bp_reader_text(reader, name != 0 ? name : key, s->err);
    bp_reader_drop(reader, name);
    /* The same file in the tree and in /AF, or in the tree twice: one specification, or two that
     * say the same of one stream. */
    bool is_new = false;
    if (info.name == NULL)
        return false;
    unsigned long long same = bp_hash_quick(info.name, strlen(info.name)) ^
                              bp_reader_id(reader, stream) * 0x9e3779b97f4a7c15u;
    if (!bp_met_add(&s->files, same != 0 ? same : 1, &is_new))
        return bp_fail_memory(s->err);
    if (!is_new)
        return true;
    if (bp_reader_attachment_count(reader) >= BP_READER_FILES_MOST)
        return fail_count(s);
    info.description = text_at(s, specification, "/Desc");
    info.relationship = text_at(s, specification, "/AFRelationship");
    info.mime = text_at(s, stream, "/Subtype");
    if (s->err->code != BP_OK)
        return false;
    return bp_buf_add(&reader->attachments, &info, sizeof info) || bp_fail_memory(s->err);
}

static bool take_specification(search *s, qpdf_oh specification, qpdf_oh key)
{
    unsigned long long id = bp_reader_id(s->reader, specification);
    bool is_new = true;
    if (++s->entry_count > ENTRIES_MOST)
        return fail_count(s);
    if (id != 0 && !bp_met_add(&s->nodes, id, &is_new))
        return bp_fail_memory(s->err);
    if (!is_new)
        return true;
    qpdf_oh embedded = bp_reader_key(s->reader, specification, "/EF");
    qpdf_oh stream = first_of(s->reader, embedded, ot_stream);
    bool ok = stream == 0 || take_file(s, specification, stream, key);
    bp_reader_drop(s->reader, stream);
    bp_reader_drop(s->reader, embedded);
    return ok && bp_reader_settle(s->reader, s->err);
}

static bool walk(search *s, qpdf_oh node, int depth);

static bool walk_kids(search *s, qpdf_oh node, int depth)
{
    qpdf_oh kids = bp_reader_key(s->reader, node, "/Kids");
    int count = bp_reader_items(s->reader, kids);
    bool ok = true;
    for (int i = 0; ok && i < count; i++) {
        qpdf_oh kid = bp_reader_item(s->reader, kids, i);
        ok = walk(s, kid, depth + 1);
        bp_reader_drop(s->reader, kid);
    }
    bp_reader_drop(s->reader, kids);
    return ok;
}

static bool walk_names(search *s, qpdf_oh node)
{
    qpdf_oh names = bp_reader_key(s->reader, node, "/Names");
    int count = bp_reader_items(s->reader, names);
    bool ok = true;
    for (int i = 0; ok && i + 1 < count; i += 2) {
        qpdf_oh key = bp_reader_item(s->reader, names, i);
        qpdf_oh specification = bp_reader_item(s->reader, names, i + 1);
        ok = take_specification(s, specification, key);
        bp_reader_drop(s->reader, specification);
        bp_reader_drop(s->reader, key);
    }
    bp_reader_drop(s->reader, names);
    return ok;
}

/* A node beyond the bounds, or met before, holds nothing. */
static bool walk(search *s, qpdf_oh node, int depth)
{
    unsigned long long id = bp_reader_id(s->reader, node);
    bool is_new = true;
    if (bp_reader_type(s->reader, node) != ot_dictionary || depth > DEPTH_MOST ||
        ++s->node_count > NODES_MOST)
        return bp_reader_settle(s->reader, s->err);
    if (id != 0 && !bp_met_add(&s->nodes, id, &is_new))
        return bp_fail_memory(s->err);
    return !is_new || (walk_names(s, node) && walk_kids(s, node, depth));
}

bool bp_reader_find_files(bp_reader *reader, bp_error *err)
{
    search s = {.reader = reader, .err = err};
    qpdf_oh root = reader->q->qpdf_get_root(reader->file);
    qpdf_oh names = bp_reader_key(reader, root, "/Names");
    qpdf_oh tree = bp_reader_key(reader, names, "/EmbeddedFiles");
    qpdf_oh associated = bp_reader_key(reader, root, "/AF");
    int count = bp_reader_items(reader, associated);
    bool ok = walk(&s, tree, 0);
    for (int i = 0; ok && i < count; i++) {
        qpdf_oh specification = bp_reader_item(reader, associated, i);
        ok = take_specification(&s, specification, 0);
        bp_reader_drop(reader, specification);
    }
    if (ok && bp_reader_type(reader, associated) == ot_dictionary) /* Not in a list, as some do. */
        ok = take_specification(&s, associated, 0);
    bp_reader_drop_all(reader);
    bp_met_clear(&s.nodes);
    bp_met_clear(&s.files);
    return ok && bp_reader_settle(reader, err);
}

size_t bp_reader_attachment_count(const bp_reader *reader)
{
    return BP_BUF_COUNT(&reader->attachments, bp_attachment_info);
}

const bp_attachment_info *bp_reader_attachment(const bp_reader *reader, size_t i)
{
    return &BP_BUF_ITEMS(&reader->attachments, bp_attachment_info)[i];
}

const bp_attachment_info *bp_reader_attachment_find(const bp_reader *reader, const char *name,
                                                    size_t *i)
{
    for (size_t at = 0; at < bp_reader_attachment_count(reader); at++) {
        const bp_attachment_info *info = bp_reader_attachment(reader, at);
        if (strcmp(info->name, name) == 0) {
            if (i != NULL)
                *i = at;
            return info;
        }
    }
    return NULL;
}

bool bp_reader_attachment_bytes(const bp_reader *reader, size_t i, size_t most, bp_buf *out,
                                bp_error *err)
{
    const bp_attachment_info *info = bp_reader_attachment(reader, i);
    char what[BP_READER_TEXT_MOST + 32] = "the attachment \"";
    size_t length = strlen(what);
    memcpy(what + length, info->name, strlen(info->name));
    memcpy(what + length + strlen(info->name), "\"", 2);
    for (char *c = what; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = '?';
    qpdf_oh stream = reader->q->qpdf_get_object_by_id(reader->file, info->object, info->generation);
    bool ok = bp_reader_type(reader, stream) == ot_stream
                  ? bp_reader_stream(reader, stream, what, most, out, err)
                  : bp_reader_fail(reader, what, err);
    bp_reader_drop(reader, stream);
    return ok;
}
