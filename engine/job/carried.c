/* What a report carries: see carried.h. The confined process reads the PDF and the colophon and
 * answers with numbers, texts of a given length, and the bytes of all files behind each other. */
#include "job/carried.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "data/colophon.h"
#include "job/confined.h"
#include "job/job_private.h"
#include "pdf/reader.h"
#include "pdf/rewrite.h"

#define FILES_MOST 20000u

typedef struct {
    const bp_pdf_bytes *pdf;
    bool only_data;
    int contents; /* A nameless file that takes the bytes of all files, behind each other. */
} unpacking;

/* In the confined process --------------------------------------------------------------------- */

static bool put_bytes(bp_buf *answer, const void *bytes, size_t length)
{
    return bp_wire_put_number(answer, length) && bp_buf_add(answer, bytes, length);
}

static bool put_pairs(bp_buf *answer, const bp_buf *pairs)
{
    size_t count = BP_BUF_COUNT(pairs, bp_colophon_pair);
    bool ok = bp_wire_put_number(answer, count);
    for (size_t i = 0; ok && i < count; i++) {
        const bp_colophon_pair *pair = &BP_BUF_ITEMS(pairs, const bp_colophon_pair)[i];
        ok = put_bytes(answer, pair->name, strlen(pair->name)) &&
             put_bytes(answer, pair->text, strlen(pair->text));
    }
    return ok;
}

static bool is_print_of(const char *print, const bp_buf *bytes)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[32];
    bp_hash hash;
    bp_hash_init(&hash);
    bp_hash_add(&hash, bytes->bytes, bytes->length);
    bp_hash_end(&hash, digest);
    bool is_same = strlen(print) == 64;
    for (size_t i = 0; is_same && i < 32; i++)
        is_same =
            print[2 * i] == digits[digest[i] >> 4] && print[2 * i + 1] == digits[digest[i] & 15];
    return is_same;
}

/* Appends the bytes of one file, and what the colophon says of it. */
static bool put_file(const bp_reader *reader, const unpacking *task, const bp_colophon_file *file,
                     size_t *left, bp_buf *answer, bp_error *err)
{
    const char *name = task->pdf->name;
    size_t i = 0;
    bp_error trouble = {0};
    bp_buf bytes = {0};
    if (file->is_left_out)
        return bp_fail(err, BP_ERR_DATA, name, "%s%.200s, %zu bytes, was too large to be carried",
                       task->only_data ? "" : "cannot be made again: ", file->path, file->size);
    if (bp_reader_attachment_find(reader, file->name, &i) == NULL)
        return bp_fail(err, BP_ERR_DATA, name, "%sit does not carry %.200s, which it was made from",
                       task->only_data ? "" : "cannot be made again: ", file->name);
    bool ok =
        bp_reader_attachment_bytes(reader, i, *left, &bytes, &trouble) ||
        (trouble.code == BP_ERR_LIMIT
             ? bp_fail(err, BP_ERR_LIMIT, name, "carries more than %zu MiB", BP_CARRIED_MOST >> 20)
             : bp_fail(err, trouble.code, name, "%.200s in it: %s", file->name, trouble.text));
    ok = ok &&
         bp_file_write_all(task->contents, bytes.bytes, bytes.length, "the worker's file", err);
    ok = ok && ((bp_wire_put_number(answer, file->role) &&
                 put_bytes(answer, file->name, strlen(file->name)) &&
                 put_bytes(answer, file->path, strlen(file->path)) &&
                 bp_wire_put_number(answer, file->table != NULL) &&
                 put_bytes(answer, file->table, file->table != NULL ? strlen(file->table) : 0) &&
                 bp_wire_put_number(answer, is_print_of(file->print, &bytes)) &&
                 bp_wire_put_number(answer, bytes.length)) ||
                bp_fail_memory(err));
    *left -= ok ? bytes.length : 0;
    bp_buf_clear(&bytes);
    return ok;
}

static const char *program_of(const bp_colophon *colophon)
{
    return colophon->program != NULL ? colophon->program : "";
}

/* Reads the colophon of a PDF; BP_ERR_DATA where it has none. */
static bool read_colophon(const bp_reader *reader, const char *name, bp_colophon *colophon,
                          bp_error *err)
{
    size_t i = 0;
    bp_buf text = {0};
    bp_error trouble = {0};
    *colophon = (bp_colophon){0};
    if (bp_reader_attachment_find(reader, BP_COLOPHON_FILE, &i) == NULL)
        return bp_fail(err, BP_ERR_DATA, name,
                       "carries no " BP_COLOPHON_FILE
                       ": it was not made by briefpress, or with --no-attachments");
    bool ok =
        bp_reader_attachment_bytes(reader, i, BP_CARRIED_MOST, &text, &trouble) &&
        bp_colophon_read(text.bytes != NULL ? text.bytes : "", text.length, colophon, &trouble);
    bp_buf_clear(&text);
    if (ok && colophon->version > BP_COLOPHON_VERSION)
        return bp_fail(err, BP_ERR_DATA, name,
                       "was made by a later version of briefpress, which this one cannot follow");
    if (!ok && trouble.code == BP_ERR_DATA)
        return bp_fail(err, BP_ERR_DATA, name, "%s in it: %s", BP_COLOPHON_FILE, trouble.text);
    return ok || bp_fail(err, trouble.code, trouble.place, "%s", trouble.text);
}

static bool is_wanted(const unpacking *task, const bp_colophon_file *file)
{
    return !task->only_data || file->role == BP_ROLE_DATA;
}

static bool put_carried(const bp_reader *reader, const unpacking *task, const bp_colophon *colophon,
                        bp_buf *answer, bp_error *err)
{
    const bp_reader_summary *about = bp_reader_about(reader);
    const bp_colophon_file *files = BP_BUF_ITEMS(&colophon->files, const bp_colophon_file);
    size_t all = BP_BUF_COUNT(&colophon->files, bp_colophon_file), count = 0;
    size_t left = BP_CARRIED_MOST;
    for (size_t i = 0; i < all; i++)
        count += is_wanted(task, &files[i]);
    if (task->only_data && count == 0)
        return bp_fail(err, BP_ERR_DATA, task->pdf->name, "carries no data");
    bool ok = (put_bytes(answer, program_of(colophon), strlen(program_of(colophon))) &&
               bp_wire_put_number(answer, about->pages) && put_pairs(answer, &colophon->options) &&
               put_pairs(answer, &colophon->parameters) && bp_wire_put_number(answer, count)) ||
              bp_fail_memory(err);
    for (size_t i = 0; ok && i < all; i++)
        ok = !is_wanted(task, &files[i]) || put_file(reader, task, &files[i], &left, answer, err);
    return ok;
}

/* Opens it; what is encrypted has other bytes each time it is made. */
static bp_reader *open_report(const bp_pdf_bytes *pdf, bp_error *err)
{
    bp_error trouble = {0};
    bp_reader *reader = bp_reader_open(pdf->bytes, pdf->length, pdf->name, NULL, &trouble);
    if ((reader == NULL && trouble.code == BP_ERR_INPUT) ||
        (reader != NULL && bp_reader_about(reader)->is_encrypted)) {
        bp_reader_free(reader);
        bp_fail(err, BP_ERR_DATA, pdf->name,
                "is encrypted, which gives other bytes each time, so that it cannot be verified; "
                "verify the report before it is encrypted");
        return NULL;
    }
    if (reader == NULL)
        bp_fail(err, trouble.code, trouble.place, "%s", trouble.text);
    return reader;
}

static bp_reader *open_for_data(const bp_pdf_bytes *pdf, bp_error *err)
{
    bp_error trouble = {0};
    bp_reader *reader = bp_reader_open(pdf->bytes, pdf->length, pdf->name, NULL, &trouble);
    if (reader == NULL && trouble.code == BP_ERR_INPUT)
        bp_fail(err, BP_ERR_INPUT, pdf->name,
                "is encrypted: write its data with briefpress data --extract, and give that");
    else if (reader == NULL)
        bp_fail(err, trouble.code, trouble.place, "%s", trouble.text);
    return reader;
}

static bool unpack_there(void *owner, bp_buf *answer, bp_error *err)
{
    const unpacking *task = owner;
    const bp_pdf_bytes *pdf = task->pdf;
    bp_colophon colophon = {0};
    bp_reader_on_refusal(bp_confined_refused);
    bp_reader *reader = task->only_data ? open_for_data(pdf, err) : open_report(pdf, err);
    bool ok = reader != NULL && read_colophon(reader, pdf->name, &colophon, err) &&
              put_carried(reader, task, &colophon, answer, err);
    bp_colophon_clear(&colophon);
    bp_reader_free(reader);
    return ok;
}

/* In this process ----------------------------------------------------------------------------- */

/* Lends `length` bytes of the answer; NULL where there are not as many. */
static const char *take_bytes(bp_wire *from, size_t *length)
{
    *length = bp_wire_size(from);
    if (from->is_bad || *length > (size_t)(from->end - from->at)) {
        from->is_bad = true;
        return NULL;
    }
    const char *bytes = from->at;
    from->at += *length;
    return bytes;
}

/* A copy of a text; NULL where there is none, or it has a NUL, or memory is refused. */
static char *take_text(bp_wire *from, bp_error *err)
{
    size_t length = 0;
    const char *bytes = take_bytes(from, &length);
    if (bytes == NULL || memchr(bytes, '\0', length) != NULL) {
        from->is_bad = true;
        return NULL;
    }
    char *copy = bp_copy_bytes(bytes, length);
    if (copy == NULL)
        bp_fail_memory(err);
    return copy;
}

static bool take_pairs(bp_wire *from, bp_buf *pairs, bp_error *err)
{
    size_t count = bp_wire_size(from);
    bool ok = !from->is_bad && count <= FILES_MOST;
    for (size_t i = 0; ok && i < count; i++) {
        bp_colophon_pair pair = {.name = take_text(from, err)};
        pair.text = take_text(from, err);
        ok = pair.name != NULL && pair.text != NULL &&
             (bp_buf_add(pairs, &pair, sizeof pair) || bp_fail_memory(err));
        if (!ok) {
            bp_free(pair.name);
            bp_free(pair.text);
        }
    }
    return ok;
}

/* Appends bytes of the worker's file. */
static bool read_contents(int fd, size_t at, size_t length, bp_buf *bytes, bp_error *err)
{
    if (!bp_buf_reserve(bytes, length))
        return bp_fail_memory(err);
    while (bytes->length < length) {
        ssize_t got = pread(fd, bytes->bytes + bytes->length, length - bytes->length,
                            (off_t)(at + bytes->length));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return bp_fail(err, BP_ERR_INTERNAL, NULL, "the worker's file is too short");
        bytes->length += (size_t)got;
    }
    if (bytes->bytes != NULL)
        bytes->bytes[bytes->length] = '\0';
    return true;
}

static bool take_file(bp_wire *from, int contents, bp_carried *carried, bp_error *err)
{
    uint64_t role = bp_wire_number(from);
    char *name = take_text(from, err);
    char *path = name != NULL ? take_text(from, err) : NULL;
    bool has_table = path != NULL && bp_wire_number(from) != 0;
    char *table = path != NULL ? take_text(from, err) : NULL;
    bool is_same = bp_wire_number(from) != 0;
    size_t length = bp_wire_size(from), at = carried->files.size_bytes;
    bp_buf bytes = {0};
    bool ok =
        !from->is_bad && table != NULL && role < BP_ROLE_COUNT && length <= BP_CARRIED_MOST - at &&
        read_contents(contents, at, length, &bytes, err) &&
        bp_bundle_take(&carried->files, (bp_role)role, path, has_table ? table : NULL, &bytes, err);
    if (ok && !is_same) {
        ok = bp_buf_add(&carried->changed, &name, sizeof name) || bp_fail_memory(err);
        name = ok ? NULL : name;
    }
    bp_buf_clear(&bytes);
    bp_free(table);
    bp_free(path);
    bp_free(name);
    return ok;
}

static bool take_carried(const bp_buf *answer, int contents, bp_carried *carried, bp_error *err)
{
    bp_wire from = {.at = answer->bytes, .end = answer->bytes + answer->length};
    carried->program = take_text(&from, err);
    carried->pages = bp_wire_size(&from);
    bool ok = carried->program != NULL && take_pairs(&from, &carried->options, err) &&
              take_pairs(&from, &carried->parameters, err);
    size_t count = ok ? bp_wire_size(&from) : 0;
    ok = ok && count <= FILES_MOST;
    for (size_t i = 0; ok && i < count; i++)
        ok = take_file(&from, contents, carried, err);
    return ok && !from.is_bad && from.at == from.end;
}

static bool unpack(const bp_pdf_bytes *pdf, bool only_data, const bp_limits *limits, bool no_fork,
                   bp_carried *carried, bp_error *err)
{
    bp_buf answer = {0};
    bp_error own = {0};
    *carried = (bp_carried){0};
    if (err == NULL)
        err = &own;
    unpacking task = {.pdf = pdf, .only_data = only_data, .contents = bp_nameless_open(err)};
    if (task.contents < 0)
        return false;
    bp_confined confined = {.name = pdf->name,
                            .limits = *limits,
                            .mapped_bytes = pdf->length,
                            .fd = task.contents,
                            .no_fork = no_fork,
                            .work = unpack_there,
                            .owner = &task};
    confined.limits.output_bytes = BP_CARRIED_MOST;
    bool ok = bp_confined_run(&confined, &answer, err) &&
              (take_carried(&answer, task.contents, carried, err) ||
               bp_fail(err, BP_ERR_INTERNAL, pdf->name, "the worker's answer makes no sense"));
    bp_buf_clear(&answer);
    close(task.contents);
    return ok;
}

bool bp_carried_take(const bp_pdf_bytes *pdf, const bp_limits *limits, bool no_fork,
                     bp_carried *carried, bp_error *err)
{
    return unpack(pdf, false, limits, no_fork, carried, err);
}

bool bp_carried_take_data(const bp_pdf_bytes *pdf, const bp_limits *limits, bool no_fork,
                          bp_carried *carried, bp_error *err)
{
    return unpack(pdf, true, limits, no_fork, carried, err);
}

static void clear_pairs(bp_buf *pairs)
{
    for (size_t i = 0; i < BP_BUF_COUNT(pairs, bp_colophon_pair); i++) {
        bp_free(BP_BUF_ITEMS(pairs, bp_colophon_pair)[i].name);
        bp_free(BP_BUF_ITEMS(pairs, bp_colophon_pair)[i].text);
    }
    bp_buf_clear(pairs);
}

void bp_carried_clear(bp_carried *carried)
{
    bp_free(carried->program);
    clear_pairs(&carried->options);
    clear_pairs(&carried->parameters);
    for (size_t i = 0; i < BP_BUF_COUNT(&carried->changed, char *); i++)
        bp_free(BP_BUF_ITEMS(&carried->changed, char *)[i]);
    bp_buf_clear(&carried->changed);
    bp_bundle_clear(&carried->files);
    *carried = (bp_carried){0};
}

/* Comparing ----------------------------------------------------------------------------------- */

typedef struct {
    const bp_pdf_bytes *old, *made;
} comparing;

/* A sentence of the answer. */
static bool tell(bp_buf *answer, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool tell(bp_buf *answer, const char *format, ...)
{
    bp_buf text = {0};
    va_list args;
    va_start(args, format);
    bool ok = bp_buf_vformat(&text, format, args) && bp_wire_put_text(answer, text.bytes);
    va_end(args);
    bp_buf_clear(&text);
    return ok;
}

/* What differs between two lists of names and what is known of them. */
static bool tell_pairs(bp_buf *answer, const char *what, const bp_buf *old, const bp_buf *made,
                       bool has_versions)
{
    bool ok = true;
    for (size_t i = 0; ok && i < BP_BUF_COUNT(old, bp_colophon_pair); i++) {
        const bp_colophon_pair *pair = &BP_BUF_ITEMS(old, const bp_colophon_pair)[i];
        const char *now = bp_colophon_find(made, pair->name);
        if (now == NULL)
            ok = tell(answer, "%s%.100s was used and is not now", what, pair->name);
        else if (strcmp(now, pair->text) != 0)
            ok = has_versions ? tell(answer, "%s%.100s was of version %.60s, here it is of %.60s",
                                     what, pair->name, pair->text, now)
                              : tell(answer, "%s%.100s is another one here", what, pair->name);
    }
    for (size_t i = 0; ok && i < BP_BUF_COUNT(made, bp_colophon_pair); i++) {
        const bp_colophon_pair *pair = &BP_BUF_ITEMS(made, const bp_colophon_pair)[i];
        if (bp_colophon_find(old, pair->name) == NULL)
            ok = tell(answer, "%s%.100s is used and was not then", what, pair->name);
    }
    return ok;
}

static const bp_colophon_font *find_font(const bp_colophon *colophon, const bp_colophon_font *font)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&colophon->fonts, bp_colophon_font); i++) {
        const bp_colophon_font *other = &BP_BUF_ITEMS(&colophon->fonts, const bp_colophon_font)[i];
        if (strcmp(other->family, font->family) == 0 && other->weight == font->weight &&
            other->is_italic == font->is_italic)
            return other;
    }
    return NULL;
}

static bool tell_fonts(bp_buf *answer, const bp_colophon *old, const bp_colophon *made)
{
    bool ok = true;
    for (size_t i = 0; ok && i < BP_BUF_COUNT(&old->fonts, bp_colophon_font); i++) {
        const bp_colophon_font *font = &BP_BUF_ITEMS(&old->fonts, const bp_colophon_font)[i];
        const bp_colophon_font *now = find_font(made, font);
        const char *slant = font->is_italic ? " italic" : "";
        if (now == NULL)
            ok = tell(answer, "the font %.100s %d%s (%.100s) was used and is not now", font->family,
                      font->weight, slant, font->file);
        else if (strcmp(now->print, font->print) != 0 || now->size != font->size)
            ok = tell(answer,
                      "the font %.100s %d%s is another one here: %.100s, %zu bytes; it was "
                      "%.100s, %zu bytes",
                      font->family, font->weight, slant, now->file, now->size, font->file,
                      font->size);
    }
    for (size_t i = 0; ok && i < BP_BUF_COUNT(&made->fonts, bp_colophon_font); i++) {
        const bp_colophon_font *font = &BP_BUF_ITEMS(&made->fonts, const bp_colophon_font)[i];
        if (find_font(old, font) == NULL)
            ok = tell(answer, "the font %.100s %d%s (%.100s) is used and was not then",
                      font->family, font->weight, font->is_italic ? " italic" : "", font->file);
    }
    return ok;
}

static bool tell_colophons(bp_buf *answer, const bp_colophon *old, const bp_colophon *made)
{
    return (strcmp(program_of(old), program_of(made)) == 0 ||
            tell(answer, "it was made by %.100s, this is %.100s", program_of(old),
                 program_of(made))) &&
           tell_pairs(answer, "", &old->libraries, &made->libraries, true) &&
           tell_fonts(answer, old, made) &&
           tell_pairs(answer, "the hyphenation file ", &old->patterns, &made->patterns, false);
}

/* Where the two differ first, in words. Numbers of objects are those of the report, unless it was
 * written anew. */
static bool tell_difference(bp_buf *answer, const bp_difference *found, bool is_anew)
{
    char page[32] = "", object[32] = "";
    if (found->page != 0)
        (void)snprintf(page, sizeof page, "page %zu, ", found->page);
    if (!is_anew && found->object != 0)
        (void)snprintf(object, sizeof object, "object %d, ", found->object);
    return tell(answer,
                "%s%zu of %zu objects differ, first: %s%s%s%s%.100s: it has \"%.100s\", "
                "made again \"%.100s\"",
                is_anew ? "another program has written the file anew; " : "", found->count,
                found->objects, page, object, found->kind, found->name[0] != '\0' ? " " : "",
                found->name, found->one, found->other);
}

static bool compare_anew(const bp_pdf_bytes *old, const bp_pdf_bytes *made, bp_difference *found,
                         bp_error *err)
{
    const bp_pdf_bytes *const both[2] = {old, made};
    const bp_rewrite_options options = {.is_plain = true};
    bp_buf anew[2] = {{0}};
    bp_reader *readers[2] = {NULL};
    bool ok = true;
    for (int i = 0; ok && i < 2; i++) {
        bp_buf bytes = {0};
        ok = (bp_buf_add(&bytes, both[i]->bytes, both[i]->length) || bp_fail_memory(err)) &&
             bp_rewrite(&bytes, &options, &anew[i], err);
        bp_buf_clear(&bytes);
        if (ok)
            readers[i] = bp_reader_open(anew[i].bytes, anew[i].length, both[i]->name, NULL, err);
        ok = ok && readers[i] != NULL;
    }
    ok = ok && bp_reader_compare(readers[0], readers[1], found, err);
    for (int i = 0; i < 2; i++) {
        bp_reader_free(readers[i]);
        bp_buf_clear(&anew[i]);
    }
    return ok;
}

/* The bytes are known to differ. A program that writes a file anew numbers its objects otherwise,
 * so that nearly all seem to be others: both are numbered by one rule then. */
static bool tell_first(bp_buf *answer, const comparing *task, const bp_reader *old,
                       const bp_reader *made, bp_error *err)
{
    bp_difference found;
    if (!bp_reader_compare(old, made, &found, err))
        return false;
    bp_difference anew;
    bp_error trouble = {0};
    bool is_anew =
        found.count > found.objects / 2 && compare_anew(task->old, task->made, &anew, &trouble);
    if (trouble.code == BP_ERR_MEMORY || trouble.code == BP_ERR_LIMIT)
        return bp_fail(err, trouble.code, trouble.place, "%s", trouble.text);
    if (is_anew) /* A damaged one cannot be. */
        found = anew;
    bool is_same =
        found.count == 0 || (is_anew && found.count == 1 && found.object == 0); /* /ID. */
    if (is_same)
        return tell(answer, "what it holds is the same, stored in another way: another program "
                            "has written the file anew") ||
               bp_fail_memory(err);
    return tell_difference(answer, &found, is_anew) || bp_fail_memory(err);
}

static bool compare_there(void *owner, bp_buf *answer, bp_error *err)
{
    const comparing *task = owner;
    bp_colophon old = {0}, made = {0};
    bp_reader_on_refusal(bp_confined_refused);
    bp_reader *a = open_report(task->old, err);
    bp_reader *b = a != NULL ? open_report(task->made, err) : NULL;
    bool ok = b != NULL && read_colophon(a, task->old->name, &old, err) &&
              read_colophon(b, task->made->name, &made, err) &&
              (tell_colophons(answer, &old, &made) || bp_fail_memory(err)) &&
              tell_first(answer, task, a, b, err);
    bp_colophon_clear(&old);
    bp_colophon_clear(&made);
    bp_reader_free(a);
    bp_reader_free(b);
    return ok;
}

bool bp_carried_compare(const bp_pdf_bytes *old, const bp_pdf_bytes *made, const bp_limits *limits,
                        bool no_fork, bp_buf *told, bp_error *err)
{
    comparing task = {old, made};
    bp_buf answer = {0};
    const bp_confined confined = {.name = old->name,
                                  .limits = *limits,
                                  .mapped_bytes = old->length + made->length,
                                  .fd = -1,
                                  .no_fork = no_fork,
                                  .work = compare_there,
                                  .owner = &task};
    bool ok = bp_confined_run(&confined, &answer, err);
    bp_wire from = {.at = answer.bytes, .end = answer.bytes + answer.length};
    while (ok && from.at < from.end) {
        char text[BP_WIRE_TEXT_MOST + 1];
        bp_wire_text(&from, text, sizeof text);
        char *copy = from.is_bad ? NULL : bp_copy_text(text);
        if (from.is_bad)
            ok = bp_fail(err, BP_ERR_INTERNAL, old->name, "the worker's answer makes no sense");
        else if (copy == NULL || !bp_buf_add(told, &copy, sizeof copy)) {
            bp_free(copy);
            ok = bp_fail_memory(err);
        }
    }
    bp_buf_clear(&answer);
    return ok;
}
