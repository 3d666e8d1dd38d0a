/* Opening a PDF and what it says about itself: see reader.h. */
#include "pdf/reader.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pdf/reader_private.h"

#define XMP_MOST ((size_t)4 << 20)
#define HEAD_MOST 1024

bool bp_reader_is_pdf(const void *bytes, size_t length)
{
    return memmem(bytes, length < HEAD_MOST ? length : HEAD_MOST, "%PDF-", 5) != NULL;
}

bool bp_reader_on_refusal(void (*handler)(void))
{
    return bp_qpdf_on_refusal(handler);
}

/* Handles. */

enum qpdf_object_type_e bp_reader_type(const bp_reader *reader, qpdf_oh handle)
{
    return handle != 0 ? reader->q->qpdf_oh_get_type_code(reader->file, handle) : ot_uninitialized;
}

qpdf_oh bp_reader_key(const bp_reader *reader, qpdf_oh dictionary, const char *key)
{
    enum qpdf_object_type_e type = bp_reader_type(reader, dictionary);
    qpdf_oh own = 0;
    if (type == ot_stream)
        own = dictionary = reader->q->qpdf_oh_get_dict(reader->file, dictionary);
    else if (type != ot_dictionary)
        return 0;
    qpdf_oh found = reader->q->qpdf_oh_get_key(reader->file, dictionary, key);
    bp_reader_drop(reader, own);
    return found;
}

int bp_reader_items(const bp_reader *reader, qpdf_oh array)
{
    return bp_reader_type(reader, array) == ot_array
               ? reader->q->qpdf_oh_get_array_n_items(reader->file, array)
               : 0;
}

qpdf_oh bp_reader_item(const bp_reader *reader, qpdf_oh array, int i)
{
    return i < bp_reader_items(reader, array)
               ? reader->q->qpdf_oh_get_array_item(reader->file, array, i)
               : 0;
}

void bp_reader_drop(const bp_reader *reader, qpdf_oh handle)
{
    if (handle != 0)
        reader->q->qpdf_oh_release(reader->file, handle);
}

void bp_reader_drop_all(const bp_reader *reader)
{
    reader->q->qpdf_oh_release_all(reader->file);
}

unsigned long long bp_reader_id(const bp_reader *reader, qpdf_oh handle)
{
    if (handle == 0)
        return 0;
    int number = reader->q->qpdf_oh_get_object_id(reader->file, handle);
    int generation = reader->q->qpdf_oh_get_generation(reader->file, handle);
    return number <= 0 ? 0 : (unsigned long long)number << 32 | (unsigned)generation;
}

qpdf_oh bp_reader_object(const bp_reader *reader, unsigned long long id)
{
    return reader->q->qpdf_get_object_by_id(reader->file, (int)(id >> 32), (int)(id & 0xffff));
}

/* Texts. */

const char *bp_reader_keep(bp_reader *reader, const char *bytes, size_t length, bp_error *err)
{
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "");
    for (size_t at = 0; ok && at < length;) {
        size_t from = at;
        uint32_t c = bp_utf8_next(bytes, length, &at);
        bool is_bad = c == 0 || c == BP_UTF8_BAD;
        if (text.length + 4 > BP_READER_TEXT_MOST)
            break;
        ok = is_bad ? bp_buf_text(&text, "\xef\xbf\xbd")
                    : bp_buf_add(&text, bytes + from, at - from);
    }
    char *kept = ok ? bp_buf_take(&text) : NULL;
    if (kept != NULL && bp_buf_add(&reader->texts, &kept, sizeof kept))
        return kept;
    bp_free(kept);
    bp_buf_clear(&text);
    bp_fail_memory(err);
    return NULL;
}

const char *bp_reader_text(bp_reader *reader, qpdf_oh handle, bp_error *err)
{
    enum qpdf_object_type_e type = bp_reader_type(reader, handle);
    const char *bytes = "";
    size_t length = 0;
    unsigned long long id = bp_reader_id(reader, handle);
    size_t slot = (size_t)(id >> 32) % (sizeof reader->met / sizeof reader->met[0]);
    if (id != 0 && reader->met[slot].id == id)
        return reader->met[slot].text;
    if (type == ot_string) {
        bytes = reader->q->qpdf_oh_get_binary_utf8_value(reader->file, handle, &length);
    } else if (type == ot_name &&
               reader->q->qpdf_oh_get_value_as_name(reader->file, handle, &bytes, &length)) {
        bytes += length > 0;
        length -= length > 0;
    }
    const char *text = bp_reader_keep(reader, bytes, length, err);
    if (text != NULL && id != 0) {
        reader->met[slot].id = id;
        reader->met[slot].text = text;
    }
    return text;
}

/* Errors. */

/* What the C++ library throws where memory is refused, or where a file asks for more than there
 * can be. */
static bool tells_of_memory(const char *text)
{
    return strstr(text, "bad_alloc") != NULL;
}

static bool fail(const bp_reader *reader, qpdf_error error, const char *what, bp_error *err)
{
    const bp_qpdf *q = reader->q;
    enum qpdf_error_code_e code = q->qpdf_get_error_code(reader->file, error);
    char text[256];
    (void)snprintf(text, sizeof text, "%s", q->qpdf_get_error_message_detail(reader->file, error));
    if (text[0] == '\0')
        (void)snprintf(text, sizeof text, "%s", q->qpdf_get_error_full_text(reader->file, error));
    if (tells_of_memory(text))
        return bp_fail(err, BP_ERR_MEMORY, NULL, "out of memory");
    for (char *c = text; *c != '\0'; c++) /* It quotes the file. */
        if (*c < ' ' || *c > '~')
            *c = '?';
    if (code == qpdf_e_unsupported)
        return bp_fail(err, BP_ERR_INPUT, reader->name, "%s: %s", what, text);
    return bp_fail(err, BP_ERR_DATA, reader->name, "%s: %s", what, text);
}

bool bp_reader_fail(const bp_reader *reader, const char *what, bp_error *err)
{
    if (reader->q->qpdf_has_error(reader->file))
        return fail(reader, reader->q->qpdf_get_error(reader->file), what, err);
    return bp_fail(err, BP_ERR_DATA, reader->name, "%s", what);
}

bool bp_reader_settle(const bp_reader *reader, bp_error *err)
{
    if (!reader->q->qpdf_has_error(reader->file))
        return true;
    qpdf_error error = reader->q->qpdf_get_error(reader->file);
    return !tells_of_memory(reader->q->qpdf_get_error_full_text(reader->file, error)) ||
           bp_fail(err, BP_ERR_MEMORY, NULL, "out of memory");
}

/* What was met. */

static size_t slot_of(const bp_met *met, unsigned long long number)
{
    size_t at = (size_t)(number * 0x9e3779b97f4a7c15u >> 20) & (met->capacity - 1);
    while (met->slots[at] != 0 && met->slots[at] != number)
        at = (at + 1) & (met->capacity - 1);
    return at;
}

static bool grow(bp_met *met)
{
    bp_met larger = {.capacity = met->capacity ? met->capacity * 2 : 64, .count = met->count};
    larger.slots = bp_alloc_zero(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < met->capacity; i++)
        if (met->slots[i] != 0)
            larger.slots[slot_of(&larger, met->slots[i])] = met->slots[i];
    bp_free(met->slots);
    *met = larger;
    return true;
}

bool bp_met_add(bp_met *met, unsigned long long number, bool *is_new)
{
    if (met->count * 2 >= met->capacity && !grow(met))
        return false;
    size_t at = slot_of(met, number);
    *is_new = met->slots[at] == 0;
    met->count += *is_new;
    met->slots[at] = number;
    return true;
}

void bp_met_clear(bp_met *met)
{
    bp_free(met->slots);
    *met = (bp_met){0};
}

/* The summary. */

/* The value of a property of XMP, as an attribute or an element, of letters and digits; "" where it
 * is not there. PDF/A prescribes the prefixes, so that they can be looked for. */
static void property(const bp_buf *xmp, const char *name, char out[8])
{
    size_t length = strlen(name), n = 0;
    const char *at = xmp->length != 0 ? memmem(xmp->bytes, xmp->length, name, length) : NULL;
    if (at != NULL) {
        at += length;
        at += strspn(at, "= \t\r\n>\"'");
        for (; n < 7 && ((*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') ||
                         (*at >= 'a' && *at <= 'z'));
             at++)
            out[n++] = *at >= 'A' && *at <= 'Z' ? (char)(*at | 0x20) : *at;
    }
    out[n] = '\0';
}

static const char *find_standards(bp_reader *reader, qpdf_oh root, bp_error *err)
{
    char archival[8], level[8], accessible[8];
    bp_buf xmp = {0}, said = {0};
    bp_error ignored = {0};
    qpdf_oh stream = bp_reader_key(reader, root, "/Metadata");
    if (bp_reader_type(reader, stream) == ot_stream &&
        !bp_reader_stream(reader, stream, "the metadata", XMP_MOST, &xmp, &ignored))
        bp_buf_clear(&xmp);
    bp_reader_drop(reader, stream);
    property(&xmp, "pdfaid:part", archival);
    property(&xmp, "pdfaid:conformance", level);
    property(&xmp, "pdfuaid:part", accessible);
    bp_buf_clear(&xmp);
    bool ok = bp_buf_text(&said, "");
    if (archival[0] != '\0')
        ok = ok && bp_buf_format(&said, "PDF/A-%s%s", archival, level);
    if (accessible[0] != '\0')
        ok = ok && bp_buf_format(&said, "%sPDF/UA-%s", said.length ? ", " : "", accessible);
    const char *kept = NULL;
    if (ok)
        kept = bp_reader_keep(reader, said.bytes, said.length, err);
    else
        bp_fail_memory(err);
    bp_buf_clear(&said);
    return kept;
}

static const char *find_identifier(bp_reader *reader, qpdf_oh trailer, bp_error *err)
{
    qpdf_oh both = bp_reader_key(reader, trailer, "/ID");
    qpdf_oh first = bp_reader_item(reader, both, 0);
    char digits[129] = "";
    if (bp_reader_type(reader, first) == ot_string) {
        size_t length = 0;
        const char *bytes =
            reader->q->qpdf_oh_get_binary_string_value(reader->file, first, &length);
        for (size_t i = 0; i < length && i < 64; i++)
            (void)snprintf(digits + 2 * i, 3, "%02x", (unsigned)(unsigned char)bytes[i]);
    }
    bp_reader_drop(reader, first);
    bp_reader_drop(reader, both);
    return bp_reader_keep(reader, digits, strlen(digits), err);
}

static const char *find_text(bp_reader *reader, qpdf_oh dictionary, const char *key, bp_error *err)
{
    qpdf_oh value = bp_reader_key(reader, dictionary, key);
    const char *text = bp_reader_text(reader, value, err);
    bp_reader_drop(reader, value);
    return text;
}

static const char *find_repairs(bp_reader *reader, bp_error *err)
{
    const bp_qpdf *q = reader->q;
    const char *first = "";
    if (q->qpdf_more_warnings(reader->file))
        first = q->qpdf_get_error_message_detail(reader->file, q->qpdf_next_warning(reader->file));
    return bp_reader_keep(reader, first, strlen(first), err);
}

static bool summarize(bp_reader *reader, bp_error *err)
{
    const bp_qpdf *q = reader->q;
    bp_reader_summary *about = &reader->about;
    qpdf_oh trailer = q->qpdf_get_trailer(reader->file);
    qpdf_oh root = q->qpdf_get_root(reader->file);
    qpdf_oh info = bp_reader_key(reader, trailer, "/Info");
    const char *version = q->qpdf_get_pdf_version(reader->file);
    if (bp_reader_type(reader, root) != ot_dictionary)
        return bp_reader_fail(reader, "is damaged: it has no catalog", err);
    about->is_encrypted = q->qpdf_is_encrypted(reader->file);
    about->version = bp_reader_keep(reader, version, strlen(version), err);
    about->title = find_text(reader, info, "/Title", err);
    about->author = find_text(reader, info, "/Author", err);
    about->creator = find_text(reader, info, "/Creator", err);
    about->producer = find_text(reader, info, "/Producer", err);
    about->created = find_text(reader, info, "/CreationDate", err);
    about->language = find_text(reader, root, "/Lang", err);
    about->standards = find_standards(reader, root, err);
    about->identifier = find_identifier(reader, trailer, err);
    bool ok = err->code == BP_OK && bp_reader_find_pages(reader, root, err);
    about->pages = BP_BUF_COUNT(&reader->pages, unsigned long long);
    bp_reader_drop_all(reader);
    return bp_reader_settle(reader, err) && ok;
}

/* Opening. */

static bool open_file(bp_reader *reader, const void *bytes, size_t length, const char *password,
                      bp_error *err)
{
    const bp_qpdf *q = reader->q;
    q->qpdf_silence_errors(reader->file);
    q->qpdf_set_suppress_warnings(reader->file, QPDF_TRUE);
    (void)q->qpdf_read_memory(reader->file, reader->name, bytes, length, password ? password : "");
    if (!q->qpdf_has_error(reader->file))
        return true;
    qpdf_error error = q->qpdf_get_error(reader->file);
    if (q->qpdf_get_error_code(reader->file, error) == qpdf_e_password)
        return bp_fail(err, BP_ERR_INPUT, reader->name,
                       password != NULL ? "is encrypted, and the password does not open it"
                                        : "is encrypted: give --password-file");
    return fail(reader, error, "is damaged", err);
}

bp_reader *bp_reader_open(const void *bytes, size_t length, const char *name, const char *password,
                          bp_error *err)
{
    bp_error own = {0};
    if (err == NULL)
        err = &own;
    if (!bp_reader_is_pdf(bytes, length)) {
        bp_fail(err, BP_ERR_DATA, name, length == 0 ? "is empty, expected a PDF" : "is no PDF");
        return NULL;
    }
    const bp_qpdf *q = bp_qpdf_open(err);
    if (q == NULL)
        return NULL;
    bp_reader *reader = bp_alloc_zero(1, sizeof *reader);
    if (reader == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    reader->q = q;
    reader->file = q->qpdf_init();
    reader->length = length;
    reader->name = bp_copy_text(name);
    bool ok = reader->name != NULL || bp_fail_memory(err);
    ok = ok && open_file(reader, bytes, length, password, err) && summarize(reader, err) &&
         bp_reader_find_files(reader, err);
    ok = ok && (reader->about.repairs = find_repairs(reader, err)) != NULL;
    if (ok)
        return reader;
    bp_reader_free(reader);
    return NULL;
}

void bp_reader_free(bp_reader *reader)
{
    if (reader == NULL)
        return;
    reader->q->qpdf_cleanup(&reader->file);
    for (size_t i = 0; i < BP_BUF_COUNT(&reader->texts, char *); i++)
        bp_free(BP_BUF_ITEMS(&reader->texts, char *)[i]);
    bp_buf_clear(&reader->texts);
    bp_buf_clear(&reader->attachments);
    bp_buf_clear(&reader->pages);
    bp_free((char *)reader->name);
    bp_free(reader);
}

const bp_reader_summary *bp_reader_about(const bp_reader *reader)
{
    return &reader->about;
}
