/* What results files say, by id: see results.h. Of a row only its place in the file is kept; its
 * line is read again when somebody asks, which costs less than the row it saves. */
#include "job/results.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "job/digests.h"
#include "job/results_private.h"

/* Files that are held open at once; others are opened again when they are asked for. */
enum { OPEN_MOST = 32 };

/* The last line of an id in one file. */
typedef struct {
    uint64_t offset;
    uint32_t line;
    uint32_t source;
    uint32_t previous; /* The record of the same id in a file before, from 1; 0: none. */
    bool is_made, is_asked;
} record;

typedef struct {
    char *path;
    size_t first_file; /* Of its files, in bp_results.files. */
} source;

typedef struct {
    char *path;
    char sha256[65];
    enum { UNKNOWN, SAME, OTHER } state; /* Of what lies on the disk now. */
} named_file;

struct bp_results {
    bp_buf sources; /* Of source. */
    bp_buf files;   /* Of named_file; those of a source together, by their numbers. */
    bp_buf records; /* Of record. */
    bp_digests ids; /* The last record of each, from 1. */
    bp_result_parser parser;
    bp_buf line;
    bp_result_found found;
    struct {
        int fd;
        uint32_t source; /* From 1; 0: none. */
    } open[OPEN_MOST];
};

static source *source_at(const bp_results *results, size_t i)
{
    return &BP_BUF_ITEMS(&results->sources, source)[i];
}

static record *record_at(const bp_results *results, size_t i)
{
    return &BP_BUF_ITEMS(&results->records, record)[i];
}

static named_file *file_at(const bp_results *results, size_t i)
{
    return &BP_BUF_ITEMS(&results->files, named_file)[i];
}

void bp_results_free(bp_results *results)
{
    if (results == NULL)
        return;
    for (size_t i = 0; i < OPEN_MOST; i++)
        if (results->open[i].source != 0)
            close(results->open[i].fd);
    for (size_t i = 0; i < BP_BUF_COUNT(&results->sources, source); i++)
        bp_free(source_at(results, i)->path);
    for (size_t i = 0; i < BP_BUF_COUNT(&results->files, named_file); i++)
        bp_free(file_at(results, i)->path);
    bp_buf_clear(&results->sources);
    bp_buf_clear(&results->files);
    bp_buf_clear(&results->records);
    bp_buf_clear(&results->line);
    bp_digests_clear(&results->ids);
    bp_result_parser_clear(&results->parser);
    bp_free(results);
}

/* Reading ------------------------------------------------------------------------------------- */

/* The numbers of a results file go from 1 without a gap; one that is given again says the same. */
static bool take_file(bp_results *results, const char *name, uint32_t line, bp_error *err)
{
    const bp_result_parser *parser = &results->parser;
    size_t last = BP_BUF_COUNT(&results->sources, source) - 1;
    size_t index = source_at(results, last)->first_file + parser->number - 1;
    size_t count = BP_BUF_COUNT(&results->files, named_file);
    char place[BP_ERROR_PLACE];
    (void)snprintf(place, sizeof place, "%s:%u:1", name, line);
    if (index > count)
        return bp_fail(err, BP_ERR_DATA, place, "the file %u is named before the file %zu",
                       parser->number, count - source_at(results, last)->first_file + 1);
    if (index < count) {
        const named_file *known = file_at(results, index);
        return (strcmp(known->path, parser->line.file) == 0 &&
                strcmp(known->sha256, parser->line.sha256) == 0) ||
               bp_fail(err, BP_ERR_DATA, place, "the file %u is named twice, and differs",
                       parser->number);
    }
    named_file file = {.path = bp_copy_text(parser->line.file)};
    memcpy(file.sha256, parser->line.sha256, sizeof file.sha256);
    if (file.path != NULL && bp_buf_add(&results->files, &file, sizeof file))
        return true;
    bp_free(file.path);
    return bp_fail_memory(err);
}

static bool take_row(bp_results *results, const bp_line *line, bp_error *err)
{
    const bp_result_line *row = &results->parser.line;
    size_t count = BP_BUF_COUNT(&results->records, record);
    size_t from = BP_BUF_COUNT(&results->sources, source) - 1;
    if (row->id[0] == '\0')
        return true; /* It was bad, and will be: there is nothing to know it by. */
    uint32_t *last = bp_digests_add(&results->ids, row->id, strlen(row->id));
    if (last == NULL)
        return bp_fail_memory(err);
    record one = {.offset = line->offset,
                  .line = line->number,
                  .source = (uint32_t)from,
                  .is_made = strcmp(row->state, "failed") != 0};
    if (*last != 0 && record_at(results, *last - 1)->source == from) {
        one.previous = record_at(results, *last - 1)->previous;
        *record_at(results, *last - 1) = one;
        return true;
    }
    one.previous = *last;
    if (count >= UINT32_MAX - 1 || !bp_buf_add(&results->records, &one, sizeof one))
        return bp_fail_memory(err);
    *last = (uint32_t)count + 1;
    return true;
}

static bool read_source(bp_results *results, const char *path, bp_error *err)
{
    bp_stream stream;
    bp_line line;
    source one = {.first_file = BP_BUF_COUNT(&results->files, named_file)};
    bp_error own = {0};
    one.path = bp_copy_text(path);
    if (one.path == NULL || !bp_buf_add(&results->sources, &one, sizeof one)) {
        bp_free(one.path);
        return bp_fail_memory(err);
    }
    if (!bp_stream_open(&stream, path, err))
        return false;
    while (own.code == BP_OK && bp_stream_line(&stream, BP_RESULT_MOST, &line, &own)) {
        bool is_read = true;
        char place[BP_ERROR_PLACE];
        (void)snprintf(place, sizeof place, "%s:%u", stream.name, line.number);
        if (!line.has_break && (line.is_long || bp_result_is_ours(line.text, line.length)))
            break; /* What was being written when the run was killed. */
        if (line.is_long)
            is_read = bp_fail(&own, BP_ERR_DATA, place, "the line is too long for batch results");
        else if (line.length != 0)
            is_read = bp_result_parse(&results->parser, stream.name, line.number, line.text,
                                      line.length, &own) &&
                      (results->parser.is_file ? take_file(results, stream.name, line.number, &own)
                                               : take_row(results, &line, &own));
        if (!is_read)
            break;
    }
    bp_stream_close(&stream);
    return own.code == BP_OK || bp_fail(err, own.code, own.place, "%s", own.text);
}

/* Lines are read again later, which a pipe does not give. */
static bool is_plain(const char *path, bp_error *err)
{
    struct stat status;
    if (strcmp(path, "-") != 0 && (stat(path, &status) != 0 || S_ISREG(status.st_mode)))
        return true;
    return bp_fail(err, BP_ERR_INPUT, path, "is no plain file, which results are read from");
}

bp_results *bp_results_read(const char *const *paths, size_t count, bp_error *err)
{
    bp_results *results = bp_alloc_zero(1, sizeof *results);
    bool ok = true;
    if (results == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    for (size_t i = 0; ok && i < count; i++)
        ok = is_plain(paths[i], err) && read_source(results, paths[i], err);
    if (ok)
        return results;
    bp_results_free(results);
    return NULL;
}

/* Asking -------------------------------------------------------------------------------------- */

static int open_source(bp_results *results, uint32_t number, bp_error *err)
{
    size_t at = number % OPEN_MOST, size;
    if (results->open[at].source == number + 1)
        return results->open[at].fd;
    int fd = bp_file_open(source_at(results, number)->path, &size, err);
    if (fd < 0)
        return -1;
    if (results->open[at].source != 0)
        close(results->open[at].fd);
    results->open[at].source = number + 1;
    return results->open[at].fd = fd;
}

/* Reads the line of a record again, whole. */
static bool read_line(bp_results *results, const record *one, size_t *length, bp_error *err)
{
    const char *path = source_at(results, one->source)->path;
    int fd = open_source(results, one->source, err);
    results->line.length = 0;
    for (size_t seen = 0; fd >= 0;) {
        if (!bp_buf_reserve(&results->line, 1024))
            return bp_fail_memory(err);
        ssize_t got = pread(fd, results->line.bytes + seen, 1024, (off_t)(one->offset + seen));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return bp_fail_read(err, path, errno);
        const char *found = memchr(results->line.bytes + seen, '\n', (size_t)got);
        results->line.length = seen += (size_t)got;
        if (found != NULL) {
            *length = (size_t)(found - results->line.bytes);
            return true;
        }
        if (got == 0 || seen > BP_RESULT_MOST)
            return bp_fail(err, BP_ERR_DATA, path, "has changed while it was read");
    }
    return false;
}

/* The line of a record, if it is of this id (NULL: of any). */
static const bp_result_found *give(bp_results *results, size_t index, const char *id, bp_error *err)
{
    record *one = record_at(results, index);
    const char *path = source_at(results, one->source)->path;
    size_t length = 0;
    if (!read_line(results, one, &length, err) ||
        !bp_result_parse(&results->parser, path, one->line, results->line.bytes, length, err))
        return NULL;
    if (results->parser.is_file ||
        (strcmp(results->parser.line.state, "failed") != 0) != one->is_made) {
        bp_fail(err, BP_ERR_DATA, path, "has changed while it was read");
        return NULL;
    }
    if (id != NULL && strcmp(id, results->parser.line.id) != 0)
        return NULL; /* Another id of the same digest, which was made on purpose. */
    one->is_asked = true;
    results->found = (bp_result_found){results->parser.line, one->source, one->line};
    return &results->found;
}

/* The records of an id, the last one first: its index and 1, or 0. */
static uint32_t first_record(const bp_results *results, const char *id)
{
    const uint32_t *last = bp_digests_find(&results->ids, id, strlen(id));
    return last != NULL ? *last : 0;
}

const bp_result_found *bp_results_best(bp_results *results, const char *id, bp_error *err)
{
    uint32_t first = first_record(results, id), best = first;
    while (best != 0 && !record_at(results, best - 1)->is_made)
        best = record_at(results, best - 1)->previous;
    best = best != 0 ? best : first;
    return best != 0 ? give(results, best - 1, id, err) : NULL;
}

const bp_result_line *bp_results_find(bp_results *results, const char *id, bp_error *err)
{
    const bp_result_found *found = bp_results_best(results, id, err);
    return found != NULL ? &found->line : NULL;
}

const bp_result_found *bp_results_copy(bp_results *results, const char *id, size_t *at,
                                       bp_error *err)
{
    size_t next = *at == 0 ? first_record(results, id) : *at;
    if (next == 0 || next == SIZE_MAX)
        return NULL;
    uint32_t previous = record_at(results, next - 1)->previous;
    *at = previous != 0 ? previous : SIZE_MAX;
    return give(results, next - 1, id, err);
}

const bp_result_found *bp_results_left(bp_results *results, size_t *at, bp_error *err)
{
    while (*at < BP_BUF_COUNT(&results->records, record)) {
        size_t index = (*at)++;
        if (!record_at(results, index)->is_asked)
            return give(results, index, NULL, err);
    }
    return NULL;
}

const char *bp_results_path(const bp_results *results, size_t from)
{
    return source_at(results, from)->path;
}

/* The index of a file; SIZE_MAX: there is none. */
static size_t file_index(const bp_results *results, size_t number, uint32_t file)
{
    size_t sources = BP_BUF_COUNT(&results->sources, source);
    size_t end = number + 1 < sources ? source_at(results, number + 1)->first_file
                                      : BP_BUF_COUNT(&results->files, named_file);
    size_t index = source_at(results, number)->first_file + file - 1;
    return file != 0 && index < end ? index : SIZE_MAX;
}

bool bp_results_file(const bp_results *results, size_t from, uint32_t number, const char **path,
                     const char **sha256)
{
    size_t index = file_index(results, from, number);
    if (index == SIZE_MAX)
        return false;
    *path = file_at(results, index)->path;
    *sha256 = file_at(results, index)->sha256;
    return true;
}

/* Fitting ------------------------------------------------------------------------------------- */

bool bp_result_hash(const char *path, size_t most, char out[65], size_t *bytes, bp_error *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char block[16384], print[32];
    bp_hash hash;
    bool ok = true;
    *bytes = 0;
    out[0] = '\0';
    int fd = bp_file_open(path, bytes, err);
    if (fd < 0)
        return false;
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        ok = bp_fail(err, BP_ERR_INPUT, path, "is no plain file");
    else if (most != 0 && *bytes > most)
        ok = false;
    bp_hash_init(&hash);
    for (size_t total = 0; ok;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            ok = bp_fail_read(err, path, errno);
        if (got <= 0) {
            *bytes = total;
            break;
        }
        bp_hash_add(&hash, block, (size_t)got);
        total += (size_t)got;
        ok = most == 0 || total <= most;
    }
    close(fd);
    bp_hash_end(&hash, print);
    for (size_t i = 0; ok && i < sizeof print; i++) {
        out[2 * i] = digits[print[i] >> 4];
        out[2 * i + 1] = digits[print[i] & 15];
    }
    out[ok ? 64 : 0] = '\0';
    return ok;
}

static bool is_same_file(bp_results *results, size_t number, uint32_t file)
{
    size_t index = file_index(results, number, file);
    if (index == SIZE_MAX)
        return false;
    named_file *named = file_at(results, index);
    if (named->state == UNKNOWN) {
        char print[65];
        size_t bytes;
        bool is_same = bp_result_hash(named->path, 0, print, &bytes, NULL) &&
                       strcmp(print, named->sha256) == 0;
        named->state = is_same ? SAME : OTHER;
    }
    return named->state == SAME;
}

const bp_result_line *bp_results_fits(bp_results *results, const char *id, const char *inputs,
                                      bp_error *err)
{
    const bp_result_found *found = bp_results_best(results, id, err);
    char print[65];
    size_t bytes;
    if (found == NULL || strcmp(found->line.state, "failed") == 0 ||
        strcmp(found->line.inputs, inputs) != 0)
        return NULL;
    for (size_t i = 0; i < found->line.file_count; i++)
        if (!is_same_file(results, found->source, found->line.files[i]))
            return NULL;
    bool is_there = bp_result_hash(found->line.file, found->line.bytes, print, &bytes, NULL) &&
                    bytes == found->line.bytes && strcmp(print, found->line.sha256) == 0;
    return is_there ? &found->line : NULL;
}
