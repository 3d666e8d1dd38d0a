/* PDFs read back: see report.h. */
#include "job/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/confined.h"
#include "job/job_private.h"

#define HEAD_MOST 1024
#define CHUNK (64u << 10)

typedef struct {
    const bp_report_source *source;
    const bp_report_options *options;
    const void *bytes; /* Of the PDF. */
    size_t length;
    int contents;
} reading;

/* In the confined process. */

/* A read error of one file is its own; want of time and memory is everybody's. */
static bool is_own(bp_code code)
{
    return code == BP_ERR_DATA || code == BP_ERR_INPUT;
}

static bool put_file(const bp_reader *reader, const reading *task, size_t i, size_t *written,
                     bp_buf *answer, bp_error *err)
{
    const bp_attachment_info *info = bp_reader_attachment(reader, i);
    long long size = info->size_bytes;
    size_t most = task->options->limits.output_bytes;
    bp_error trouble = {0};
    bp_buf bytes = {0};
    bool ok = true;
    if (task->contents >= 0) {
        size_t left = most == 0 ? SIZE_MAX / 2 : most - *written;
        ok = bp_reader_attachment_bytes(reader, i, left, &bytes, &trouble);
        if (!ok && !is_own(trouble.code)) {
            bp_fail(err, trouble.code, trouble.place, "%s%s", trouble.text,
                    trouble.code == BP_ERR_LIMIT ? "; raise it with --max-output" : "");
            return false;
        }
        ok = bp_file_write_all(task->contents, bytes.bytes, bytes.length, "the worker's file", err);
        size = trouble.code == BP_OK ? (long long)bytes.length : -1;
    }
    ok = ok &&
         ((bp_wire_put_text(answer, info->name) && bp_wire_put_text(answer, info->description) &&
           bp_wire_put_text(answer, info->mime) && bp_wire_put_text(answer, info->relationship) &&
           bp_wire_put_number(answer, (uint64_t)size) && bp_wire_put_number(answer, *written) &&
           bp_wire_put_number(answer, (uint64_t)trouble.code) &&
           bp_wire_put_text(answer, trouble.text)) ||
          bp_fail_memory(err));
    *written += bytes.length;
    bp_buf_clear(&bytes);
    return ok;
}

static bool put_report(const bp_reader *reader, const reading *task, bp_buf *answer, bp_error *err)
{
    const bp_reader_summary *about = bp_reader_about(reader);
    const char *const texts[] = {
        about->version, about->title,    about->author,    about->creator,    about->producer,
        about->created, about->language, about->standards, about->identifier, about->repairs};
    size_t written = 0, count = bp_reader_attachment_count(reader);
    bool ok = true;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ok = ok && bp_wire_put_text(answer, texts[i]);
    ok = ok && bp_wire_put_number(answer, about->pages) &&
         bp_wire_put_number(answer, about->is_encrypted) && bp_wire_put_number(answer, count);
    if (!ok)
        return bp_fail_memory(err);
    for (size_t i = 0; ok && i < count; i++)
        ok = put_file(reader, task, i, &written, answer, err);
    return ok;
}

static bool read_there(void *owner, bp_buf *answer, bp_error *err)
{
    const reading *task = owner;
    bp_reader_on_refusal(bp_confined_refused);
    bp_reader *reader =
        bp_reader_open(task->bytes, task->length, task->source->path, task->source->password, err);
    bool ok = reader != NULL && put_report(reader, task, answer, err);
    bp_reader_free(reader);
    return ok;
}

/* In this process. */

static const char *take_text(bp_wire *from, bp_report *report, bp_error *err)
{
    char text[BP_WIRE_TEXT_MOST + 1];
    bp_wire_text(from, text, sizeof text);
    char *kept = bp_copy_text(text);
    if (kept != NULL && bp_buf_add(&report->texts, &kept, sizeof kept))
        return kept;
    bp_free(kept);
    bp_fail_memory(err);
    return "";
}

static bool take_file(bp_wire *from, bp_report *report, size_t contents, bp_error *err)
{
    bp_report_file file = {.name = take_text(from, report, err)};
    file.description = take_text(from, report, err);
    file.mime = take_text(from, report, err);
    file.relationship = take_text(from, report, err);
    file.size_bytes = (long long)bp_wire_number(from);
    file.offset = bp_wire_size(from);
    file.code = bp_wire_code(from);
    file.trouble = take_text(from, report, err);
    if (file.size_bytes < -1)
        from->is_bad = true;
    if (report->contents >= 0 && file.code == BP_OK &&
        (file.size_bytes < 0 || file.offset > contents ||
         (unsigned long long)file.size_bytes > contents - file.offset))
        from->is_bad = true;
    if (from->is_bad || err->code != BP_OK)
        return false;
    return bp_buf_add(&report->files, &file, sizeof file) || bp_fail_memory(err);
}

static bool take_report(const char *name, const bp_buf *answer, bp_report *report, bp_error *err)
{
    bp_wire from = {.at = answer->bytes, .end = answer->bytes + answer->length};
    bp_reader_summary *about = &report->about;
    const char **const texts[] = {
        &about->version, &about->title,    &about->author,    &about->creator,    &about->producer,
        &about->created, &about->language, &about->standards, &about->identifier, &about->repairs};
    struct stat status = {0};
    if (report->contents >= 0 && fstat(report->contents, &status) != 0)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "the worker's file cannot be read: %s",
                       strerror(errno));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        *texts[i] = take_text(&from, report, err);
    about->pages = bp_wire_size(&from);
    about->is_encrypted = bp_wire_number(&from) != 0;
    size_t count = bp_wire_size(&from);
    bool ok = !from.is_bad && count <= BP_READER_FILES_MOST;
    for (size_t i = 0; ok && i < count; i++)
        ok = take_file(&from, report, (size_t)status.st_size, err);
    if ((!ok || from.at != from.end) && err->code == BP_OK)
        return bp_fail(err, BP_ERR_INTERNAL, name, "the worker's answer makes no sense");
    return ok;
}

/* The PDF's bytes: given, or those of its file, mapped. */
static bool open_source(const bp_report_source *source, size_t most, bp_file_map *map,
                        bp_error *err)
{
    *map = (bp_file_map){.bytes = source->bytes, .size = source->length};
    if (source->bytes == NULL && !bp_file_map_open(map, source->path, err))
        return false;
    if (most == 0 || map->size <= most)
        return true;
    bp_fail(err, BP_ERR_LIMIT, source->path,
            "has %zu bytes, more than the limit of %zu; raise it with --max-output", map->size,
            most);
    if (source->bytes == NULL)
        bp_file_map_clear(map);
    return false;
}

bool bp_report_read(const bp_report_source *source, const bp_report_options *options,
                    bp_report *report, bp_error *err)
{
    bp_error own = {0};
    bp_file_map map;
    bp_buf answer = {0};
    *report = (bp_report){.contents = -1};
    if (err == NULL)
        err = &own;
    if (!open_source(source, options->limits.output_bytes, &map, err))
        return false;
    reading task = {.source = source,
                    .options = options,
                    .bytes = map.bytes != NULL ? map.bytes : (const void *)"",
                    .length = map.size,
                    .contents = -1};
    bool ok = true;
    if (options->has_contents)
        ok = (report->contents = task.contents = bp_nameless_open(err)) >= 0;
    const bp_confined confined = {.name = source->path,
                                  .limits = options->limits,
                                  .mapped_bytes = map.size,
                                  .fd = task.contents,
                                  .no_fork = options->no_fork,
                                  .work = read_there,
                                  .owner = &task};
    ok = ok && bp_confined_run(&confined, &answer, err) &&
         take_report(source->path, &answer, report, err);
    bp_buf_clear(&answer);
    if (source->bytes == NULL)
        bp_file_map_clear(&map);
    return ok;
}

void bp_report_clear(bp_report *report)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&report->texts, char *); i++)
        bp_free(BP_BUF_ITEMS(&report->texts, char *)[i]);
    bp_buf_clear(&report->texts);
    bp_buf_clear(&report->files);
    if (report->contents >= 0)
        close(report->contents);
    *report = (bp_report){.contents = -1};
}

bool bp_report_contents(const bp_report *report, const bp_report_file *file, const bp_sink *out,
                        bp_error *err)
{
    size_t left = file->code == BP_OK && file->size_bytes > 0 ? (size_t)file->size_bytes : 0;
    char *chunk = bp_alloc(CHUNK);
    if (chunk == NULL)
        return bp_fail_memory(err);
    bool ok = file->code == BP_OK || bp_fail(err, file->code, NULL, "%s", file->trouble);
    for (size_t at = file->offset; ok && left > 0;) {
        ssize_t got = pread(report->contents, chunk, left < CHUNK ? left : CHUNK, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        ok = got > 0 ? bp_sink_write(out, chunk, (size_t)got, err)
                     : bp_fail(err, BP_ERR_INTERNAL, NULL, "the worker's file became shorter");
        at += ok ? (size_t)got : 0;
        left -= ok ? (size_t)got : 0;
    }
    bp_free(chunk);
    return ok;
}

bool bp_report_is_pdf(const char *path)
{
    struct stat status;
    char head[HEAD_MOST];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return false;
    ssize_t length =
        fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? pread(fd, head, sizeof head, 0) : -1;
    close(fd);
    return length > 0 && bp_reader_is_pdf(head, (size_t)length);
}
