/* A row as a JSON object, by the strict scan of the data room; no tree is made. Also NDJSON: one
 * such object a line. */
#include <string.h>

#include "base/utf8.h"
#include "job/rows_private.h"

typedef struct {
    bp_rows *rows;
    int depth;
    unsigned use; /* Of the member at hand. */
    size_t name;  /* Of it, in rows->header: that of a CSV serves here. */
    size_t count; /* Members. */
    bool is_object;
} object_reader;

static bool on_key(void *context, bp_spot spot, const char *text, size_t length)
{
    object_reader *reader = context;
    bp_rows *rows = reader->rows;
    if (reader->depth != 1 || !reader->is_object)
        return true;
    reader->use = BP_ROW_PASSED;
    if (++reader->count > BP_ROW_COLUMNS_MOST) {
        (void)bp_row_fail(rows, spot, "the row has more than %d columns", BP_ROW_COLUMNS_MOST);
        return true;
    }
    reader->use = bp_row_use(rows, spot, text, length);
    rows->header.length = 0;
    return bp_buf_add(&rows->header, text, length) && !rows->is_refused;
}

static const char *what_of(bp_json_kind kind)
{
    switch (kind) {
    case BP_JSON_OBJECT:
        return "an object";
    case BP_JSON_ARRAY:
        return "a list";
    case BP_JSON_STRING:
        return "a text";
    case BP_JSON_NUMBER:
        return "a number";
    case BP_JSON_NULL:
        return "null";
    default:
        return "true or false";
    }
}

static bool begin_row(object_reader *reader, bp_spot spot, bp_json_kind kind)
{
    reader->is_object = kind == BP_JSON_OBJECT;
    if (!reader->is_object)
        (void)bp_row_fail(reader->rows, spot, "expected a row, which is an object, found %s",
                          what_of(kind));
    reader->depth += kind == BP_JSON_OBJECT || kind == BP_JSON_ARRAY;
    return true;
}

static bool on_value(void *context, bp_spot spot, bp_json_kind kind, const char *text,
                     size_t length, double number)
{
    object_reader *reader = context;
    bp_rows *rows = reader->rows;
    (void)number;
    if (reader->depth == 0)
        return begin_row(reader, spot, kind);
    bool is_nested = kind == BP_JSON_OBJECT || kind == BP_JSON_ARRAY;
    if (reader->depth == 1 && reader->is_object && reader->use != BP_ROW_PASSED) {
        int shown = (int)bp_utf8_floor(rows->header.bytes, rows->header.length, 60);
        if (is_nested || (kind != BP_JSON_STRING && kind != BP_JSON_NUMBER &&
                          kind != BP_JSON_NULL && (reader->use & BP_ROW_ID)))
            (void)bp_row_fail(rows, spot, "the column \"%.*s\" is %s, expected %s", shown,
                              rows->header.bytes, what_of(kind),
                              reader->use & BP_ROW_ID
                                  ? "a text or a number"
                                  : "a text, a number, true, false or null: parameters are single "
                                    "values");
        else if (kind == BP_JSON_TRUE)
            bp_row_cell(rows, spot, reader->use, rows->header.bytes, rows->header.length, "true",
                        4);
        else if (kind == BP_JSON_FALSE)
            bp_row_cell(rows, spot, reader->use, rows->header.bytes, rows->header.length, "false",
                        5);
        else if (kind != BP_JSON_NULL)
            bp_row_cell(rows, spot, reader->use, rows->header.bytes, rows->header.length, text,
                        length);
    }
    reader->depth += is_nested;
    return !rows->is_refused;
}

static bool on_end(void *context)
{
    ((object_reader *)context)->depth--;
    return true;
}

void bp_row_read_object(bp_rows *rows, bp_spot first, const char *text, size_t length)
{
    object_reader reader = {.rows = rows};
    bp_scan_events events = {&reader, on_key, on_value, on_end};
    rows->header.length = 0;
    (void)bp_scan_from(rows->name, first, text, length, &events, &rows->space, &rows->faults);
    /* A row of which not all could be read has no id: it may be that of another. */
    if (bp_faults_count(&rows->faults) != 0) {
        rows->id = SIZE_MAX;
        rows->bad.code = BP_OK;
        rows->bad.place[0] = rows->bad.text[0] = '\0';
    }
    bp_row_take_faults(rows);
}

static bool is_blank(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r'))
        i++;
    return i == length;
}

bool bp_rows_read_ndjson(bp_rows *rows, bp_error *err)
{
    bp_line line;
    while (bp_stream_line(&rows->stream, BP_ROW_MOST, &line, err)) {
        rows->line = line.number;
        if (line.is_long) {
            (void)bp_row_fail(rows, (bp_spot){0}, "the row has more than %u bytes", BP_ROW_MOST);
            return true;
        }
        if (is_blank(line.text, line.length))
            continue;
        bp_row_read_object(rows, (bp_spot){line.number, 1}, line.text, line.length);
        return true;
    }
    return false;
}
