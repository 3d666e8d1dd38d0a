/* Where two PDFs differ: see reader.h. Objects are compared in the order of their numbers, which
 * the same program gives out alike. The first that differs is looked at closely: what it is, and
 * which page leads to it; but one that only lists others gives way to a later one that does not. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pdf/reader_private.h"

#define OBJECTS_MOST 8388607 /* Of the standard. */
#define STREAM_MOST ((size_t)256 << 20)
#define BEFORE 24 /* Bytes that are shown before the first that differs. */

/* An object as text that can be compared: a dictionary or value as it is, a stream's dictionary
 * without how it is stored. */
static bool unparse(const bp_reader *reader, qpdf_oh object, bp_buf *out, bp_error *err)
{
    const bp_qpdf *q = reader->q;
    bool is_stream = bp_reader_type(reader, object) == ot_stream;
    qpdf_oh shown = object, dictionary = 0;
    if (is_stream) {
        dictionary = q->qpdf_oh_get_dict(reader->file, object);
        shown = q->qpdf_oh_new_dictionary(reader->file);
        q->qpdf_oh_begin_dict_key_iter(reader->file, dictionary);
        while (q->qpdf_oh_dict_more_keys(reader->file)) {
            char key[128];
            (void)snprintf(key, sizeof key, "%s", q->qpdf_oh_dict_next_key(reader->file));
            if (strcmp(key, "/Length") == 0 || strcmp(key, "/Filter") == 0 ||
                strcmp(key, "/DecodeParms") == 0)
                continue;
            qpdf_oh value = q->qpdf_oh_get_key(reader->file, dictionary, key);
            q->qpdf_oh_replace_key(reader->file, shown, key, value);
            bp_reader_drop(reader, value);
        }
    }
    const char *text = q->qpdf_oh_unparse_resolved(reader->file, shown);
    out->length = 0;
    bool ok =
        bp_buf_add(out, text, q->qpdf_get_last_string_length(reader->file)) || bp_fail_memory(err);
    if (is_stream) {
        bp_reader_drop(reader, shown);
        bp_reader_drop(reader, dictionary);
    }
    return bp_reader_settle(reader, err) && ok;
}

/* The bytes of a stream; where its filters cannot be undone, as they are stored. */
static bool decode(const bp_reader *reader, qpdf_oh stream, bp_buf *out, bp_error *err)
{
    bp_error own = {0};
    out->length = 0;
    if (bp_reader_stream(reader, stream, "a stream", STREAM_MOST, out, &own))
        return true;
    if (own.code != BP_ERR_DATA && own.code != BP_ERR_INPUT)
        return bp_fail(err, own.code, own.place, "%s", own.text);
    return bp_reader_stored(reader, stream, out, err);
}

typedef struct {
    const bp_reader *readers[2];
    bp_buf texts[2]; /* What is compared. */
    bp_error *err;
} comparison;

/* Object streams and cross-reference streams hold others, which are compared themselves. */
static bool is_storage(const bp_reader *reader, qpdf_oh object)
{
    if (bp_reader_type(reader, object) != ot_stream)
        return false;
    qpdf_oh type = bp_reader_key(reader, object, "/Type");
    const char *name = "";
    size_t length = 0;
    bool is = bp_reader_type(reader, type) == ot_name &&
              reader->q->qpdf_oh_get_value_as_name(reader->file, type, &name, &length) &&
              (strcmp(name, "/ObjStm") == 0 || strcmp(name, "/XRef") == 0);
    bp_reader_drop(reader, type);
    return is;
}

static bool is_same(const comparison *c)
{
    const bp_buf *one = &c->texts[0], *other = &c->texts[1];
    return one->length == other->length &&
           (one->length == 0 || memcmp(one->bytes, other->bytes, one->length) == 0);
}

/* Leaves in `texts` what differs: of streams their bytes, where those do. */
static bool compare(comparison *c, const qpdf_oh objects[2], bool *same)
{
    enum qpdf_object_type_e types[2];
    for (int i = 0; i < 2; i++)
        types[i] = bp_reader_type(c->readers[i], objects[i]);
    *same = true;
    if (types[0] == ot_stream && types[1] == ot_stream) {
        for (int i = 0; i < 2; i++)
            if (!decode(c->readers[i], objects[i], &c->texts[i], c->err))
                return false;
        *same = is_same(c);
    }
    for (int i = 0; *same && i < 2; i++)
        if (!unparse(c->readers[i], objects[i], &c->texts[i], c->err))
            return false;
    *same = *same && types[0] == types[1] && is_same(c);
    return true;
}

/* What the texts hold from shortly before the first difference on, fit to be shown. */
static void excerpt(const comparison *c, int which, char out[BP_DIFFERENCE_TEXT])
{
    const bp_buf *shown = &c->texts[which], *beside = &c->texts[1 - which];
    size_t at = 0, n = 0;
    while (at < shown->length && at < beside->length && shown->bytes[at] == beside->bytes[at])
        at++;
    at = at > BEFORE ? at - BEFORE : 0;
    if (at > 0)
        n = (size_t)snprintf(out, BP_DIFFERENCE_TEXT, "... ");
    for (; at < shown->length && n + 5 < BP_DIFFERENCE_TEXT; at++) {
        unsigned char byte = (unsigned char)shown->bytes[at];
        out[n++] = byte >= ' ' && byte < 0x7f ? (char)byte : byte == '\n' ? ' ' : '.';
    }
    (void)snprintf(out + n, BP_DIFFERENCE_TEXT - n, "%s", at < shown->length ? " ..." : "");
}

/* What it is. */

static const struct {
    const char *type, *kind;
} kinds[] = {
    {"/Annot", "annotation"},
    {"/Catalog", "catalog"},
    {"/EmbeddedFile", "attachment"},
    {"/Encoding", "encoding"},
    {"/ExtGState", "graphics state"},
    {"/Filespec", "attachment"},
    {"/Font", "font"},
    {"/FontDescriptor", "font"},
    {"/Metadata", "metadata"},
    {"/OutputIntent", "output intent"},
    {"/Outlines", "bookmarks"},
    {"/Page", "page"},
    {"/Pages", "page tree"},
    {"/StructElem", "structure element"},
    {"/StructTreeRoot", "structure tree"},
};

/* For what has no type, or need not have one: by a key that it has, two where one is not enough. */
static const struct {
    const char *key, *with, *kind;
} marks[] = {
    {"/EF", NULL, "attachment"},
    {"/Font", NULL, "resources"},
    {"/XObject", NULL, "resources"},
    {"/S", "/P", "structure element"},
    {"/Title", "/Parent", "bookmark"},
    {"/Title", "/Producer", "document information"},
    {"/Nums", NULL, "number tree"},
    {"/Names", NULL, "name tree"},
    {"/Limits", "/Kids", "name tree"},
    {"/Producer", NULL, "document information"},
    {"/ShadingType", NULL, "shading"},
    {"/FunctionType", NULL, "function"},
    {"/PatternType", NULL, "pattern"},
    {"/Length1", NULL, "font"},
    {"/Alternate", "/N", "colour profile"},
    {"/N", "/Range", "colour profile"},
};

static void copy_name(const bp_reader *reader, qpdf_oh object, const char *key, char *out,
                      size_t size)
{
    qpdf_oh value = bp_reader_key(reader, object, key);
    const char *name = "";
    size_t length = 0;
    if (bp_reader_type(reader, value) == ot_name)
        (void)reader->q->qpdf_oh_get_value_as_name(reader->file, value, &name, &length);
    (void)snprintf(out, size, "%s", name);
    bp_reader_drop(reader, value);
}

static bool has_key(const bp_reader *reader, qpdf_oh object, const char *key)
{
    qpdf_oh value = bp_reader_key(reader, object, key);
    bool has = bp_reader_type(reader, value) > ot_null;
    bp_reader_drop(reader, value);
    return has;
}

static const char *kind_of(const bp_reader *reader, qpdf_oh object)
{
    char type[64], subtype[64];
    copy_name(reader, object, "/Type", type, sizeof type);
    copy_name(reader, object, "/Subtype", subtype, sizeof subtype);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(type, kinds[i].type) == 0)
            return kinds[i].kind;
    if (strcmp(subtype, "/Image") == 0)
        return "image";
    if (strcmp(subtype, "/Form") == 0)
        return "drawing";
    if (strcmp(subtype, "/CIDFontType0C") == 0 || strcmp(subtype, "/OpenType") == 0 ||
        strcmp(subtype, "/Type1C") == 0)
        return "font";
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (has_key(reader, object, marks[i].key) &&
            (marks[i].with == NULL || has_key(reader, object, marks[i].with)))
            return marks[i].kind;
    switch (bp_reader_type(reader, object)) {
    case ot_stream:
        return "stream";
    case ot_dictionary:
        return "dictionary";
    case ot_array:
        return "list";
    default:
        return "value";
    }
}

/* The attachment whose stream or specification it is. */
static const char *attachment_of(const bp_reader *reader, qpdf_oh object, int number)
{
    qpdf_oh embedded = bp_reader_key(reader, object, "/EF");
    qpdf_oh stream = bp_reader_key(reader, embedded, "/F");
    if (bp_reader_type(reader, stream) == ot_stream)
        number = reader->q->qpdf_oh_get_object_id(reader->file, stream);
    bp_reader_drop(reader, stream);
    bp_reader_drop(reader, embedded);
    for (size_t i = 0; i < bp_reader_attachment_count(reader); i++)
        if (bp_reader_attachment(reader, i)->object == number)
            return bp_reader_attachment(reader, i)->name;
    return NULL;
}

static void show_text(const char *text, char out[BP_DIFFERENCE_TEXT])
{
    size_t length = bp_utf8_floor(text, strlen(text), BP_DIFFERENCE_TEXT - 1);
    memcpy(out, text, length);
    out[length] = '\0';
    for (char *c = out; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = '?';
}

static void describe(const bp_reader *reader, qpdf_oh object, bp_difference *out)
{
    const char *attachment = attachment_of(reader, object, out->object);
    char name[BP_DIFFERENCE_TEXT] = "";
    (void)snprintf(out->kind, sizeof out->kind, "%s",
                   attachment != NULL ? "attachment" : kind_of(reader, object));
    if (attachment == NULL && strcmp(out->kind, "structure element") == 0)
        copy_name(reader, object, "/S", name, sizeof name);
    else if (attachment == NULL && strcmp(out->kind, "font") == 0) {
        copy_name(reader, object, "/BaseFont", name, sizeof name);
        if (name[0] == '\0')
            copy_name(reader, object, "/FontName", name, sizeof name);
    }
    show_text(attachment != NULL ? attachment : name[0] == '/' ? name + 1 : name, out->name);
}

/* True for what changes along with others: lists of objects, and what is said about all of them. */
static bool is_consequence(const char *kind)
{
    static const char *const all[] = {"catalog",
                                      "page tree",
                                      "page",
                                      "name tree",
                                      "number tree",
                                      "metadata",
                                      "document information",
                                      "structure tree",
                                      "list",
                                      "resources",
                                      "dictionary",
                                      "value",
                                      "bookmarks"};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i], kind) == 0)
            return true;
    return false;
}

/* All of it. */

/* As many as the file says, but no more than it has bytes: each number that is asked for takes
 * memory in the library. */
static int count_objects(const bp_reader *reader)
{
    const long long most = reader->length < OBJECTS_MOST ? (long long)reader->length : OBJECTS_MOST;
    qpdf_oh trailer = reader->q->qpdf_get_trailer(reader->file);
    qpdf_oh size = bp_reader_key(reader, trailer, "/Size");
    long long count = 0;
    if (bp_reader_type(reader, size) == ot_integer)
        (void)reader->q->qpdf_oh_get_value_as_longlong(reader->file, size, &count);
    bp_reader_drop(reader, size);
    bp_reader_drop(reader, trailer);
    return count <= 0 ? 0 : (int)(count > most ? most : count - 1);
}

static bool compare_objects(comparison *c, int number, bp_difference *out)
{
    qpdf_oh objects[2];
    bool same = true, ok = true;
    for (int i = 0; i < 2; i++)
        objects[i] = c->readers[i]->q->qpdf_get_object_by_id(c->readers[i]->file, number, 0);
    if (!is_storage(c->readers[0], objects[0]) && !is_storage(c->readers[1], objects[1]))
        ok = compare(c, objects, &same);
    int which = bp_reader_type(c->readers[0], objects[0]) <= ot_null; /* Missing in one. */
    if (ok && !same &&
        (out->count++ == 0 || (is_consequence(out->kind) &&
                               !is_consequence(kind_of(c->readers[which], objects[which]))))) {
        out->page = 0;
        out->object = number;
        excerpt(c, 0, out->one);
        excerpt(c, 1, out->other);
        describe(c->readers[which], objects[which], out);
        ok = bp_reader_page_of(c->readers[which], objects[which], out, c->err);
    }
    for (int i = 0; i < 2; i++)
        bp_reader_drop(c->readers[i], objects[i]);
    return ok && bp_reader_settle(c->readers[0], c->err) && bp_reader_settle(c->readers[1], c->err);
}

/* What is said outside of all objects. */
static bool compare_trailers(comparison *c, bp_difference *out)
{
    static const char *const keys[] = {"/Root", "/Info", "/ID"};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        qpdf_oh trailers[2], values[2];
        bool ok = true;
        for (int i = 0; i < 2; i++) {
            trailers[i] = c->readers[i]->q->qpdf_get_trailer(c->readers[i]->file);
            values[i] = bp_reader_key(c->readers[i], trailers[i], keys[k]);
            ok = ok && unparse(c->readers[i], values[i], &c->texts[i], c->err);
        }
        for (int i = 0; i < 2; i++) {
            bp_reader_drop(c->readers[i], values[i]);
            bp_reader_drop(c->readers[i], trailers[i]);
        }
        if (!ok)
            return false;
        if (!is_same(c)) {
            out->count = 1;
            (void)snprintf(out->kind, sizeof out->kind, "trailer");
            (void)snprintf(out->name, sizeof out->name, "%s", keys[k] + 1);
            excerpt(c, 0, out->one);
            excerpt(c, 1, out->other);
            break;
        }
    }
    return true;
}

bool bp_reader_compare(const bp_reader *one, const bp_reader *other, bp_difference *out,
                       bp_error *err)
{
    bp_error own = {0};
    comparison c = {.readers = {one, other}, .err = err != NULL ? err : &own};
    int counts[2] = {count_objects(one), count_objects(other)};
    int count = counts[0] > counts[1] ? counts[0] : counts[1];
    *out = (bp_difference){.objects = (size_t)count};
    bool ok = true;
    for (int number = 1; ok && number <= count; number++)
        ok = compare_objects(&c, number, out);
    if (ok && out->count == 0)
        ok = compare_trailers(&c, out);
    bp_buf_clear(&c.texts[0]);
    bp_buf_clear(&c.texts[1]);
    return ok;
}
