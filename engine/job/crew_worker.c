/* The process of a crew: reads the data and opens the fonts once, then renders what it is given,
 * one after the other, until its channel ends. Each rendering has a Lua state of its own and all it
 * allocates is freed after it; what stays is the stock, which no script can write to. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/job_private.h"
#include "job/wire.h"

#define REQUEST_MOST ((size_t)64 << 20)

static bool put_bytes(bp_buf *out, const char *text)
{
    size_t length = strlen(text) + 1; /* With its NUL: it is lent from the request. */
    return bp_wire_put_number(out, length) && bp_buf_add(out, text, length);
}

bool bp_crew_put_request(bp_buf *out, const bp_parameter *parameters, size_t count)
{
    bool ok = bp_wire_put_number(out, count);
    for (size_t i = 0; ok && i < count; i++)
        ok = put_bytes(out, parameters[i].key) && put_bytes(out, parameters[i].value);
    return ok;
}

/* A text of the request, lent; the parent wrote it, so it is whole or memory ran out. */
static const char *take_bytes(bp_wire *from)
{
    size_t length = bp_wire_size(from);
    if (from->is_bad || length == 0 || length > (size_t)(from->end - from->at) ||
        from->at[length - 1] != '\0') {
        from->is_bad = true;
        return "";
    }
    const char *text = from->at;
    from->at += length;
    return text;
}

static bool take_request(const bp_buf *request, bp_buf *parameters)
{
    bp_wire from = {.at = request->bytes, .end = request->bytes + request->length};
    size_t count = bp_wire_size(&from);
    parameters->length = 0;
    for (size_t i = 0; i < count && !from.is_bad; i++) {
        bp_parameter parameter = {.key = take_bytes(&from)};
        parameter.value = take_bytes(&from);
        if (!bp_buf_add(parameters, &parameter, sizeof parameter))
            return false;
    }
    return !from.is_bad;
}

/* Reads all of `length` bytes of the request. */
static bool read_request(int fd, size_t length, bp_buf *request)
{
    request->length = 0;
    if (length > REQUEST_MOST || !bp_buf_reserve(request, length))
        return false;
    while (request->length < length) {
        ssize_t got = pread(fd, request->bytes + request->length, length - request->length,
                            (off_t)request->length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        request->length += (size_t)got;
    }
    return true;
}

/* The length of the next request; false where there will be none. */
static bool next_request(int channel, uint64_t *length)
{
    size_t have = 0;
    while (have < sizeof *length) {
        ssize_t got = read(channel, (char *)length + have, sizeof *length - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        have += (size_t)got;
    }
    return true;
}

bool bp_crew_render(const bp_job *job, bp_stock *stock, const bp_parameter *parameters,
                    size_t count, int pdf, bp_job_result *result, bp_faults *findings,
                    bp_error *err)
{
    bp_job own = *job;
    own.script.parameters = parameters;
    own.script.parameter_count = count;
    own.description = NULL;
    stock->keeps_shaper = true;
    size_t shared = bp_bundle_count(&stock->files), budget = bp_mem.budget;
    bp_mem.over_budget = false;
    bp_mem.peak = bp_mem.bytes;
    if (job->limits.memory_bytes != 0)
        bp_mem.budget = bp_mem.bytes + job->limits.memory_bytes;
    bool ok = (ftruncate(pdf, 0) == 0 && lseek(pdf, 0, SEEK_SET) == 0) ||
              bp_fail(err, BP_ERR_SYSTEM, NULL, "the worker's file cannot be emptied: %s",
                      strerror(errno));
    ok = ok && bp_stock_render(&own, stock, pdf, NULL, false, result, findings, err);
    bp_bundle_cut(&stock->files, shared);
    bp_mem.budget = budget;
    bp_mem.over_budget = false;
    return ok;
}

/* Answers how `err` and the rest are; the room for an answer without findings was made early. */
static bool answer(const bp_crew_pipes *pipes, bp_buf *room, bp_error *err, bp_job_result *result,
                   bp_faults *findings, bool ok)
{
    if (!ok && err->code == BP_OK)
        bp_fail(err, BP_ERR_INTERNAL, NULL, "the rendering failed without a reason");
    room->length = 0;
    return bp_record_put(room, err, result, findings) &&
           bp_file_write_all(pipes->channel, room->bytes, room->length, "the answer", NULL);
}

_Noreturn void bp_crew_live(const bp_job *job, bp_crew_pipes pipes, pid_t parent)
{
    const int kept[3] = {pipes.channel, pipes.pdf, pipes.request};
    bp_limits limits = job->limits;
    limits.seconds = 0; /* Of each rendering: the parent sees to it. */
    bp_worker_confine(&limits, bp_worker_space(&limits), kept, parent);
    bp_error err = {0};
    bp_faults findings = {0};
    bp_buf room = {0}, request = {0}, parameters = {0}, files = {0};
    bp_stock stock = {0};
    bp_job_result result = {.files = &files};
    bool ok = bp_buf_reserve(&room, BP_RECORD_RESERVED) || bp_fail_memory(&err);
    ok = ok && bp_stock_open(job, !job->no_attachments, &stock, &findings, &err);
    bp_worker_blame_limit(job, &err);
    bp_mem.budget = 0; /* Each rendering has its own. */
    ok = answer(&pipes, &room, &err, &result, &findings, ok) && ok;
    for (uint64_t length; ok && next_request(pipes.channel, &length);) {
        err = (bp_error){0};
        bp_faults_clear(&findings);
        files.length = 0;
        result = (bp_job_result){.files = &files};
        bool good = (read_request(pipes.request, (size_t)length, &request) &&
                     take_request(&request, &parameters)) ||
                    bp_fail_memory(&err);
        good = good && bp_crew_render(job, &stock, BP_BUF_ITEMS(&parameters, bp_parameter),
                                      BP_BUF_COUNT(&parameters, bp_parameter), pipes.pdf, &result,
                                      &findings, &err);
        bp_worker_blame_limit(job, &err);
        ok = answer(&pipes, &room, &err, &result, &findings, good);
    }
    bp_stock_close(&stock);
    bp_faults_clear(&findings);
    bp_buf_clear(&room);
    bp_buf_clear(&request);
    bp_buf_clear(&parameters);
    bp_buf_clear(&files);
    _exit(ok ? 0 : 70);
}
