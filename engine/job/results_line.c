/* One line of results: written, and taken apart again with the distrust that a file deserves which
 * lay on a disk. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "data/colophon.h"
#include "job/results_private.h"

/* Writing ------------------------------------------------------------------------------------- */

static bool put_number(bp_buf *out, const char *name, size_t number)
{
    return bp_buf_format(out, ",\"%s\":", name) && bp_buf_unsigned(out, number);
}

static bool put_text(bp_buf *out, const char *name, const char *text)
{
    return text == NULL || *text == '\0' ||
           (bp_buf_format(out, ",\"%s\":", name) && bp_json_put_text(out, text));
}

static bool put_seconds(bp_buf *out, double seconds)
{
    char number[BP_NUMBER_SIZE];
    size_t length = seconds >= 0 ? bp_number_put(seconds, 4, number) : 0;
    return length == 0 || (bp_buf_text(out, ",\"seconds\":") && bp_buf_add(out, number, length));
}

static bool put_files(bp_buf *out, const uint32_t *files, size_t count)
{
    bool ok = count == 0 || bp_buf_text(out, ",\"files\":[");
    for (size_t i = 0; ok && i < count; i++)
        ok = (i == 0 || bp_buf_char(out, ',')) && bp_buf_unsigned(out, files[i]);
    return ok && (count == 0 || bp_buf_char(out, ']'));
}

static bool put_line(bp_buf *out, const bp_result_line *line)
{
    bool is_failed = strcmp(line->state, "failed") == 0;
    bool ok = bp_buf_text(out, "{\"id\":") && bp_json_put_text(out, line->id) &&
              put_number(out, "row", line->row) && put_text(out, "state", line->state);
    if (is_failed)
        return ok && put_text(out, "code", bp_code_name(line->code)) &&
               put_number(out, "exit", (size_t)bp_code_exit(line->code)) &&
               put_text(out, "place", line->place) && put_text(out, "message", line->message) &&
               put_seconds(out, line->seconds) && bp_buf_text(out, "}\n");
    return ok && put_text(out, "file", line->file) && put_number(out, "pages", line->pages) &&
           put_number(out, "bytes", line->bytes) && put_text(out, "sha256", line->sha256) &&
           put_seconds(out, line->seconds) && put_text(out, "inputs", line->inputs) &&
           put_files(out, line->files, line->file_count) && bp_buf_text(out, "}\n");
}

bool bp_result_put(bp_buf *out, const bp_result_line *line)
{
    size_t before = out->length;
    if (put_line(out, line))
        return true;
    out->length = before; /* Whole lines only. */
    return false;
}

bool bp_result_put_file(bp_buf *out, uint32_t number, const char *path, const char *sha256)
{
    size_t before = out->length;
    if (bp_buf_text(out, "{\"file\":") && bp_buf_unsigned(out, number) &&
        put_text(out, "path", path) && put_text(out, "sha256", sha256) && bp_buf_text(out, "}\n"))
        return true;
    out->length = before;
    return false;
}

bool bp_result_is_ours(const char *text, size_t length)
{
    static const char *const begins[] = {"{\"id\":\"", "{\"file\":"};
    for (size_t i = 0; i < 2; i++) {
        size_t held = strlen(begins[i]) < length ? strlen(begins[i]) : length;
        if (held == 0 || memcmp(text, begins[i], held) == 0)
            return true;
    }
    return false;
}

/* Reading ------------------------------------------------------------------------------------- */

typedef enum {
    OF_NONE,
    OF_ID,
    OF_ROW,
    OF_STATE,
    OF_FILE,
    OF_PAGES,
    OF_BYTES,
    OF_SHA256,
    OF_SECONDS,
    OF_INPUTS,
    OF_FILES,
    OF_CODE,
    OF_PLACE,
    OF_MESSAGE,
    OF_PATH,
    OF_COUNT
} member;

static const char *const names[OF_COUNT] = {
    [OF_ID] = "id",           [OF_ROW] = "row",     [OF_STATE] = "state",   [OF_FILE] = "file",
    [OF_PAGES] = "pages",     [OF_BYTES] = "bytes", [OF_SHA256] = "sha256", [OF_INPUTS] = "inputs",
    [OF_SECONDS] = "seconds", [OF_FILES] = "files", [OF_CODE] = "code",     [OF_PLACE] = "place",
    [OF_MESSAGE] = "message", [OF_PATH] = "path"};

typedef struct {
    bp_result_parser *parser;
    const char *name;
    int depth;
    member at;
    bool is_object;
    size_t texts[OF_COUNT]; /* In parser->texts; SIZE_MAX: none. */
    uint64_t numbers[OF_COUNT];
    bool has[OF_COUNT];
    double seconds;
} reader;

static bool on_key(void *context, bp_spot spot, const char *text, size_t length)
{
    reader *r = context;
    (void)spot;
    if (r->depth != 1)
        return true;
    r->at = OF_NONE;
    for (member i = OF_ID; i < OF_COUNT; i++)
        if (strlen(names[i]) == length && memcmp(names[i], text, length) == 0)
            r->at = i;
    return true;
}

static bool fault(reader *r, bp_spot spot, const char *expected)
{
    char place[BP_ERROR_PLACE];
    (void)snprintf(place, sizeof place, "%s:%u:%u", r->name, spot.line, spot.column);
    bp_faults_add(&r->parser->faults, BP_ERR_DATA, place, "expected a line of batch results%s%s",
                  expected[0] ? ": " : "", expected);
    return !r->parser->faults.refused;
}

/* A whole number that a size holds exactly. */
static bool is_whole(double number)
{
    return number >= 0 && number <= BP_WHOLE_MOST && number == (double)(uint64_t)number;
}

static bool take_number(reader *r, bp_spot spot, double number)
{
    uint32_t file;
    switch (r->at) {
    case OF_FILE:
    case OF_ROW:
    case OF_PAGES:
    case OF_BYTES:
        if (!is_whole(number))
            return fault(r, spot, "a whole number");
        r->numbers[r->at] = (uint64_t)number;
        r->has[r->at] = true;
        return true;
    case OF_SECONDS:
        r->seconds = number;
        return true;
    case OF_FILES:
        if (r->depth != 2)
            return true;
        if (!is_whole(number) || number < 1 || number > UINT32_MAX)
            return fault(r, spot, "numbers of files");
        file = (uint32_t)number;
        return bp_buf_add(&r->parser->files, &file, sizeof file);
    default:
        return true;
    }
}

static bool take_text(reader *r, const char *text, size_t length)
{
    if (r->at == OF_NONE || r->depth != 1)
        return true;
    r->texts[r->at] = r->parser->texts.length;
    return bp_buf_add(&r->parser->texts, text, length) && bp_buf_char(&r->parser->texts, '\0');
}

static bool on_value(void *context, bp_spot spot, bp_json_kind kind, const char *text,
                     size_t length, double number)
{
    reader *r = context;
    bool is_nested = kind == BP_JSON_OBJECT || kind == BP_JSON_ARRAY;
    if (r->depth == 0) {
        r->is_object = kind == BP_JSON_OBJECT;
        if (!r->is_object && !fault(r, spot, ""))
            return false;
    } else if (r->is_object && kind == BP_JSON_NUMBER && (r->depth == 1 || r->at == OF_FILES)) {
        if (!take_number(r, spot, number))
            return false;
    } else if (r->is_object && kind == BP_JSON_STRING && !take_text(r, text, length)) {
        return false;
    }
    r->depth += is_nested;
    return true;
}

static bool on_end(void *context)
{
    ((reader *)context)->depth--;
    return true;
}

static const char *text_of(const reader *r, member one)
{
    return r->texts[one] != SIZE_MAX ? r->parser->texts.bytes + r->texts[one] : NULL;
}

static bool take_digest(const reader *r, member one, char out[65])
{
    const char *text = text_of(r, one);
    out[0] = '\0';
    if (text == NULL || strlen(text) != 64 || strspn(text, "0123456789abcdef") != 64)
        return false;
    memcpy(out, text, 65);
    return true;
}

static bp_code code_of(const char *name)
{
    for (bp_code code = BP_ERR_USAGE; code <= BP_ERR_FINDINGS; code++)
        if (name != NULL && strcmp(bp_code_name(code), name) == 0)
            return code;
    return BP_OK;
}

/* What is missing or wrong, NULL where the line is whole. */
static const char *settle(const reader *r)
{
    static const char *const states[] = {"made", "kept", "failed"};
    bp_result_parser *parser = r->parser;
    bp_result_line *line = &parser->line;
    bool has_digest = take_digest(r, OF_SHA256, line->sha256);
    parser->is_file = r->has[OF_FILE];
    if (parser->is_file) {
        parser->number = (uint32_t)r->numbers[OF_FILE];
        line->file = text_of(r, OF_PATH);
        bool is_whole_line = r->numbers[OF_FILE] >= 1 && r->numbers[OF_FILE] <= UINT32_MAX &&
                             line->file != NULL && has_digest;
        return is_whole_line ? NULL : "a file has a number, \"path\" and \"sha256\"";
    }
    const char *state = text_of(r, OF_STATE);
    line->id = text_of(r, OF_ID);
    line->row = (size_t)r->numbers[OF_ROW];
    line->seconds = r->seconds;
    for (size_t i = 0; state != NULL && i < 3; i++)
        if (strcmp(states[i], state) == 0)
            line->state = states[i];
    if (line->id == NULL || line->row == 0 || line->state == NULL)
        return "a row has \"id\", \"row\" and \"state\", which is made, kept or failed";
    if (strcmp(line->state, "failed") == 0) {
        line->code = code_of(text_of(r, OF_CODE));
        line->place = text_of(r, OF_PLACE);
        line->message = text_of(r, OF_MESSAGE);
        return line->code != BP_OK ? NULL : "a row that failed has \"code\"";
    }
    line->file = text_of(r, OF_FILE);
    line->pages = (size_t)r->numbers[OF_PAGES];
    line->bytes = (size_t)r->numbers[OF_BYTES];
    line->files = BP_BUF_ITEMS(&parser->files, uint32_t);
    line->file_count = BP_BUF_COUNT(&parser->files, uint32_t);
    (void)take_digest(r, OF_INPUTS, line->inputs);
    return line->id[0] != '\0' && line->file != NULL && r->has[OF_BYTES] && has_digest
               ? NULL
               : "a row that is made has \"id\", \"file\", \"bytes\" and \"sha256\"";
}

bool bp_result_parse(bp_result_parser *parser, const char *name, uint32_t number, const char *text,
                     size_t length, bp_error *err)
{
    reader r = {.parser = parser, .name = name, .seconds = -1};
    bp_scan_events events = {&r, on_key, on_value, on_end};
    for (member i = OF_NONE; i < OF_COUNT; i++)
        r.texts[i] = SIZE_MAX;
    parser->texts.length = parser->files.length = 0;
    parser->line = (bp_result_line){.seconds = -1};
    (void)bp_scan(name, number, text, length, &events, &parser->space, &parser->faults);
    if (bp_faults_count(&parser->faults) == 0 && !parser->faults.refused) {
        const char *wrong = settle(&r);
        if (wrong != NULL)
            (void)fault(&r, (bp_spot){number, 1}, wrong);
    }
    bool is_refused = parser->faults.refused;
    bool ok = bp_faults_count(&parser->faults) == 0;
    if (!ok && !is_refused) {
        const bp_fault *first = bp_faults_at(&parser->faults, 0);
        bp_fail(err, first->code, first->place, "%s", first->text);
    }
    bp_faults_clear(&parser->faults);
    return is_refused ? bp_fail_memory(err) : ok;
}

void bp_result_parser_clear(bp_result_parser *parser)
{
    bp_buf_clear(&parser->texts);
    bp_buf_clear(&parser->files);
    bp_scan_space_clear(&parser->space);
    bp_faults_clear(&parser->faults);
}
