/* The worker's answer as bytes: see job_private.h. The reader belongs to the process that must not
 * be misled: lengths and codes that make no sense make the answer void. */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "job/job_private.h"
#include "job/wire.h"

#define MAGIC UINT64_C(0x3172657061707062) /* "bppaper1" */
#define FILES_MOST (1u << 20)              /* Bytes of either list. */

/* What was read, as a list of files or as a log, or nothing where there is no room for it: errors
 * matter more. */
static bool put_files(bp_buf *out, const bp_buf *files)
{
    size_t before = out->length, length = files != NULL ? files->length : 0;
    if (length <= FILES_MOST && bp_wire_put_number(out, length) &&
        (length == 0 || bp_buf_add(out, files->bytes, length)))
        return true;
    out->length = before;
    return bp_wire_put_number(out, 0);
}

static bool put_fault(bp_buf *out, const bp_fault *fault)
{
    return bp_wire_put_number(out, (uint64_t)fault->code) && bp_wire_put_text(out, fault->place) &&
           bp_wire_put_text(out, fault->text);
}

bool bp_record_put(bp_buf *out, const bp_error *failure, const bp_job_result *result,
                   const bp_faults *findings)
{
    bool ok = bp_wire_put_number(out, MAGIC) &&
              bp_wire_put_number(out, 0) /* The length, known at the end. */ &&
              bp_wire_put_number(out, (uint64_t)failure->code) &&
              bp_wire_put_text(out, failure->place) && bp_wire_put_text(out, failure->text) &&
              bp_wire_put_text(out, failure->excerpt) && bp_wire_put_text(out, failure->trace) &&
              bp_wire_put_number(out, result->pages) && bp_wire_put_number(out, result->bytes) &&
              bp_wire_put_number(out, result->peak_bytes);
    for (int i = 0; i < BP_PHASE_COUNT; i++)
        ok = ok && bp_wire_put_number(out, result->phases[i]);
    ok = ok && bp_wire_put_number(out, (uint64_t)result->fresh_until) &&
         put_files(out, result->files) && put_files(out, result->reads);
    size_t count = bp_faults_count(findings);
    size_t head = out->length;
    ok = ok && bp_wire_put_number(out, count) && bp_wire_put_number(out, findings->dropped) &&
         bp_wire_put_number(out, findings->refused);
    for (size_t i = 0; ok && i < count; i++) {
        size_t whole = out->length;
        if (!put_fault(out, bp_faults_at(findings, i))) {
            /* No memory for all of them: those that fit are told, and that the list is not whole.
             */
            out->length = whole;
            uint64_t counts[3] = {i, findings->dropped + (count - i), 1};
            memcpy(out->bytes + head, counts, sizeof counts);
            break;
        }
    }
    if (!ok)
        return false;
    uint64_t length = out->length;
    memcpy(out->bytes + sizeof length, &length, sizeof length);
    return true;
}

static void take_files(bp_wire *from, bp_buf *files)
{
    size_t length = bp_wire_size(from);
    if (from->is_bad || length > (size_t)(from->end - from->at) ||
        (length != 0 && from->at[length - 1] != '\0')) {
        from->is_bad = true;
        return;
    }
    if (files != NULL && length != 0)
        (void)bp_buf_add(files, from->at, length); /* Refused: nobody is told of them. */
    from->at += length;
}

size_t bp_record_length(const char *bytes, size_t length)
{
    uint64_t head[2];
    if (length < sizeof head)
        return 0;
    memcpy(head, bytes, sizeof head);
    /* A wrong head makes an answer that is "whole" now, and that reading it refuses. */
    if (head[0] != MAGIC || head[1] < sizeof head || head[1] > BP_RECORD_MOST)
        return length;
    return (size_t)head[1];
}

bool bp_record_read(const char *bytes, size_t length, bp_error *failure, bp_job_result *result,
                    bp_faults *findings)
{
    bp_wire from = {.at = bytes, .end = bytes + length};
    if (bp_wire_number(&from) != MAGIC || bp_wire_size(&from) != length || length > BP_RECORD_MOST)
        return false;
    bp_error told = {0};
    bp_job_result counts = {0};
    told.code = bp_wire_code(&from);
    bp_wire_text(&from, told.place, sizeof told.place);
    bp_wire_text(&from, told.text, sizeof told.text);
    bp_wire_text(&from, told.excerpt, sizeof told.excerpt);
    bp_wire_text(&from, told.trace, sizeof told.trace);
    counts.pages = bp_wire_size(&from);
    counts.bytes = bp_wire_size(&from);
    counts.peak_bytes = bp_wire_size(&from);
    for (int i = 0; i < BP_PHASE_COUNT; i++)
        counts.phases[i] = bp_wire_number(&from);
    counts.fresh_until = (int64_t)bp_wire_number(&from);
    take_files(&from, result->files);
    take_files(&from, result->reads);
    counts.files = result->files;
    counts.reads = result->reads;
    size_t count = bp_wire_size(&from);
    size_t dropped = bp_wire_size(&from);
    bool refused = bp_wire_number(&from) != 0;
    if (from.is_bad || count > BP_FAULTS_MOST)
        return false;
    for (size_t i = 0; i < count; i++) {
        char place[BP_ERROR_PLACE], text[BP_WIRE_TEXT_MOST + 1];
        bp_code code = bp_wire_code(&from);
        bp_wire_text(&from, place, sizeof place);
        bp_wire_text(&from, text, sizeof text);
        if (from.is_bad)
            return false;
        bp_faults_add(findings, code, place, "%s", text);
    }
    if (from.at != from.end)
        return false;
    if (findings != NULL) {
        findings->dropped += dropped;
        findings->refused = findings->refused || refused;
    }
    *failure = told;
    *result = counts;
    return true;
}
