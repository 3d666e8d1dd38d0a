/* The worker's answer as bytes: see job_private.h. Numbers are eight bytes in the machine's order
 * (both ends are one machine), texts a length and bytes. The reader belongs to the process that
 * must not be misled: each length is held against what is left, texts lose their control
 * characters, and unknown codes make the answer void. */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "job/job_private.h"

#define MAGIC UINT64_C(0x3172657061707062) /* "bppaper1" */
#define TEXT_MOST 4096u
#define FILES_MOST (1u << 20)

static bool put_number(bp_buf *out, uint64_t number)
{
    return bp_buf_add(out, &number, sizeof number);
}

static bool put_text(bp_buf *out, const char *text)
{
    size_t length = strlen(text);
    if (length > TEXT_MOST)
        length = bp_utf8_floor(text, length, TEXT_MOST);
    return put_number(out, length) && bp_buf_add(out, text, length);
}

/* What was read, or nothing where there is no room for it: errors matter more. */
static bool put_files(bp_buf *out, const bp_buf *files)
{
    size_t before = out->length, length = files != NULL ? files->length : 0;
    if (length <= FILES_MOST && put_number(out, length) &&
        (length == 0 || bp_buf_add(out, files->bytes, length)))
        return true;
    out->length = before;
    return put_number(out, 0);
}

static bool put_fault(bp_buf *out, const bp_fault *fault)
{
    return put_number(out, (uint64_t)fault->code) && put_text(out, fault->place) &&
           put_text(out, fault->text);
}

bool bp_record_put(bp_buf *out, const bp_error *failure, const bp_job_result *result,
                   const bp_faults *findings)
{
    bool ok = put_number(out, MAGIC) && put_number(out, 0) /* The length, known at the end. */ &&
              put_number(out, (uint64_t)failure->code) && put_text(out, failure->place) &&
              put_text(out, failure->text) && put_text(out, failure->excerpt) &&
              put_text(out, failure->trace) && put_number(out, result->pages) &&
              put_number(out, result->bytes) && put_number(out, result->peak_bytes);
    for (int i = 0; i < BP_PHASE_COUNT; i++)
        ok = ok && put_number(out, result->phases[i]);
    ok = ok && put_files(out, result->files);
    size_t count = bp_faults_count(findings);
    size_t head = out->length;
    ok = ok && put_number(out, count) && put_number(out, findings->dropped) &&
         put_number(out, findings->refused);
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

typedef struct {
    const char *at, *end;
    bool is_bad;
} reader;

static uint64_t take_number(reader *from)
{
    uint64_t number = 0;
    if (from->is_bad || (size_t)(from->end - from->at) < sizeof number) {
        from->is_bad = true;
        return 0;
    }
    memcpy(&number, from->at, sizeof number);
    from->at += sizeof number;
    return number;
}

static size_t take_size(reader *from)
{
    uint64_t number = take_number(from);
    if (number > PTRDIFF_MAX)
        from->is_bad = true;
    return from->is_bad ? 0 : (size_t)number;
}

static void take_text(reader *from, char *out, size_t size)
{
    size_t length = take_size(from);
    out[0] = '\0';
    if (from->is_bad || length > TEXT_MOST || length > (size_t)(from->end - from->at)) {
        from->is_bad = true;
        return;
    }
    size_t kept = length < size ? length : bp_utf8_floor(from->at, length, size - 1);
    memcpy(out, from->at, kept);
    for (size_t i = 0; i < kept; i++)
        if ((unsigned char)out[i] < ' ' && out[i] != '\n' && out[i] != '\t')
            out[i] = '?';
    out[kept] = '\0';
    from->at += length;
}

static void take_files(reader *from, bp_buf *files)
{
    size_t length = take_size(from);
    if (from->is_bad || length > (size_t)(from->end - from->at) ||
        (length != 0 && from->at[length - 1] != '\0')) {
        from->is_bad = true;
        return;
    }
    if (files != NULL && length != 0)
        (void)bp_buf_add(files, from->at, length); /* Refused: nobody is told of them. */
    from->at += length;
}

static bp_code take_code(reader *from)
{
    uint64_t code = take_number(from);
    if (code > BP_ERR_FINDINGS)
        from->is_bad = true;
    return from->is_bad ? BP_OK : (bp_code)code;
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
    reader from = {.at = bytes, .end = bytes + length};
    if (take_number(&from) != MAGIC || take_size(&from) != length || length > BP_RECORD_MOST)
        return false;
    bp_error told = {0};
    bp_job_result counts = {0};
    told.code = take_code(&from);
    take_text(&from, told.place, sizeof told.place);
    take_text(&from, told.text, sizeof told.text);
    take_text(&from, told.excerpt, sizeof told.excerpt);
    take_text(&from, told.trace, sizeof told.trace);
    counts.pages = take_size(&from);
    counts.bytes = take_size(&from);
    counts.peak_bytes = take_size(&from);
    for (int i = 0; i < BP_PHASE_COUNT; i++)
        counts.phases[i] = take_number(&from);
    take_files(&from, result->files);
    counts.files = result->files;
    size_t count = take_size(&from);
    size_t dropped = take_size(&from);
    bool refused = take_number(&from) != 0;
    if (from.is_bad || count > BP_FAULTS_MOST)
        return false;
    for (size_t i = 0; i < count; i++) {
        char place[BP_ERROR_PLACE], text[TEXT_MOST + 1];
        bp_code code = take_code(&from);
        take_text(&from, place, sizeof place);
        take_text(&from, text, sizeof text);
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
