/* Attachments: see attachments.h. A file is a stream that is written when it is attached; of it
 * remain its name and the number of its file specification, which stand in the catalog twice: in
 * /AF, which makes it part of what the document says, and in the name tree from which viewers make
 * their lists. */
#include "pdf/attachments.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/document_private.h"
#include "pdf/syntax.h"

/* A name is what people save the file as: no path, nothing that a shell or a terminal minds. */
static bool is_name(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > BP_ATTACHMENT_NAME_MOST || !bp_utf8_valid(name, length, NULL) ||
        strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return false;
    for (const char *c = name; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 127 || strchr("/\\:", *c) != NULL)
            return false;
    return true;
}

static bool check(bp_document *document, const bp_attachment *attachment)
{
    bp_error *err = &document->error;
    const char *description = attachment->description;
    if (!is_name(attachment->name))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "\"%.200s\" is no name of an attachment: 1 to %d bytes of UTF-8 without a "
                       "path",
                       attachment->name, BP_ATTACHMENT_NAME_MOST);
    if (description != NULL && !bp_utf8_valid(description, strlen(description), NULL))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "the description of attachment %s is not UTF-8",
                       attachment->name);
    if (bp_names_find(&document->attached, attachment->name, strlen(attachment->name)) !=
        BP_NAMES_NONE)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "two attachments are named \"%s\"",
                       attachment->name);
    return true;
}

static bool write_file(bp_document *document, const bp_attachment *attachment, bp_ref ref)
{
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Type/EmbeddedFile/Subtype") &&
              bp_syntax_name(&text, attachment->mime) &&
              bp_buf_format(&text, "/Params<</Size %zu", attachment->length);
    if (ok && document->date.year != 0)
        ok = bp_buf_text(&text, "/ModDate") && bp_syntax_date(&text, &document->date);
    ok = ok && bp_buf_text(&text, ">>\n") &&
         bp_objects_write_stream(document->objects, ref, &text, attachment->bytes,
                                 attachment->length, false, &document->error);
    bp_buf_clear(&text);
    return ok;
}

/* /F is for readers that know no UTF-16: a stand-in for each character that is not ASCII. */
static bool put_plain_name(bp_buf *text, const char *name)
{
    bp_buf plain = {0};
    bool ok = true;
    for (const char *c = name; ok && *c != '\0'; c++)
        if (((unsigned char)*c & 0xc0) != 0x80) /* Once a character. */
            ok = bp_buf_char(&plain, (unsigned char)*c < 128 ? *c : '_');
    ok = ok && bp_syntax_bytes(text, plain.bytes, plain.length);
    bp_buf_clear(&plain);
    return ok;
}

static bool write_specification(bp_document *document, const bp_attachment *attachment, bp_ref file,
                                bp_ref ref)
{
    static const char *const relations[] = {"Unspecified", "Source", "Data", "Supplement",
                                            "Alternative"};
    const char *name = attachment->name, *description = attachment->description;
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "/Type/Filespec/F") && put_plain_name(&text, name) &&
              bp_buf_text(&text, "/UF") && bp_syntax_text(&text, name, strlen(name)) &&
              (description == NULL || (bp_buf_text(&text, "/Desc") &&
                                       bp_syntax_text(&text, description, strlen(description)))) &&
              bp_buf_format(&text, "/AFRelationship/%s/EF<</F %lu 0 R/UF %lu 0 R>>\n",
                            relations[attachment->relationship], (unsigned long)file,
                            (unsigned long)file) &&
              bp_objects_write(document->objects, ref, &text, &document->error);
    bp_buf_clear(&text);
    return ok;
}

static bool attach(bp_document *document, const bp_attachment *attachment)
{
    bp_error *err = &document->error;
    if (!check(document, attachment))
        return false;
    bp_ref file = bp_objects_add(document->objects, err);
    bp_ref ref = file != 0 ? bp_objects_add(document->objects, err) : 0;
    return ref != 0 && write_file(document, attachment, file) &&
           write_specification(document, attachment, file, ref) &&
           bp_names_add(&document->attached, attachment->name, strlen(attachment->name)) !=
               BP_NAMES_NONE &&
           bp_buf_add(&document->attachments, &ref, sizeof ref);
}

bool bp_document_attach(bp_document *document, const bp_attachment *attachment, bp_error *err)
{
    return bp_document_begin(document, err) &&
           bp_document_done(document, attach(document, attachment), err);
}

bool bp_document_may_attach(const bp_document *document)
{
    return bp_standards_allow_attachments(document->standards);
}

/* Saving --------------------------------------------------------------------------------------- */

typedef struct {
    const char *name; /* Lent. */
    bp_buf key;       /* As the tree has it. */
    bp_ref ref;
} leaf;

/* The tree is sorted by the bytes of its keys: those in UTF-16 begin with FE, behind all others. */
static int compare_leaves(const void *a, const void *b)
{
    const leaf *x = a, *y = b;
    bool is_wide = x->key.bytes[0] == '<', other_is_wide = y->key.bytes[0] == '<';
    if (is_wide != other_is_wide)
        return is_wide - other_is_wide;
    if (!is_wide)
        return strcmp(x->name, y->name);
    size_t length = x->key.length < y->key.length ? x->key.length : y->key.length;
    int order = memcmp(x->key.bytes, y->key.bytes, length - 1); /* Without the bracket. */
    return order != 0 ? order : (x->key.length > length) - (y->key.length > length);
}

static bool put_tree(const bp_document *document, bp_buf *names, leaf *leaves, size_t count)
{
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        size_t length = 0;
        leaves[i].name = bp_names_at(&document->attached, (uint32_t)i, &length);
        leaves[i].ref = BP_BUF_ITEMS(&document->attachments, bp_ref)[i];
        ok = bp_syntax_text(&leaves[i].key, leaves[i].name, length);
    }
    if (ok)
        qsort(leaves, count, sizeof *leaves, compare_leaves);
    ok = ok && bp_buf_text(names, "/EmbeddedFiles<</Names[");
    for (size_t i = 0; ok && i < count; i++)
        ok = bp_buf_add(names, leaves[i].key.bytes, leaves[i].key.length) &&
             bp_objects_put_ref(names, leaves[i].ref) && bp_buf_char(names, '\n');
    for (size_t i = 0; i < count; i++)
        bp_buf_clear(&leaves[i].key);
    return ok && bp_buf_text(names, "]>>");
}

bool bp_document_put_attachments(bp_document *document, bp_buf *names, bp_buf *catalog)
{
    size_t count = BP_BUF_COUNT(&document->attachments, bp_ref);
    if (count == 0)
        return true;
    bp_buf list = {0};
    leaf *leaves = bp_buf_push(&list, count * sizeof *leaves);
    bool ok =
        leaves != NULL && put_tree(document, names, leaves, count) && bp_buf_text(catalog, "/AF[");
    for (size_t i = 0; ok && i < count; i++)
        ok = bp_objects_put_ref(catalog, BP_BUF_ITEMS(&document->attachments, bp_ref)[i]) &&
             bp_buf_char(catalog, i + 1 < count ? ' ' : ']');
    bp_buf_clear(&list);
    return (ok && bp_buf_char(catalog, '\n')) || bp_fail_memory(&document->error);
}
