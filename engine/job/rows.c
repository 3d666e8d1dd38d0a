/* Rows: see rows.h. This file opens the source and makes a row of what the readers find; they are
 * in rows_json.c, rows_list.c, rows_csv.c and rows_table.c. */
#include "job/rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "data/records.h"
#include "job/rows_private.h"

enum { NAME_SHOWN = 60 };

static int shown(const char *text, size_t length)
{
    return (int)bp_utf8_floor(text, length, NAME_SHOWN);
}

static void put_place(const bp_rows *rows, bp_spot spot, char place[BP_ERROR_PLACE])
{
    uint32_t line = spot.line ? spot.line : rows->line;
    if (rows->table != NULL)
        (void)snprintf(place, BP_ERROR_PLACE, "table \"%s\", row %u", rows->name, line);
    else if (spot.line != 0 && spot.column != 0)
        (void)snprintf(place, BP_ERROR_PLACE, "%s:%u:%u", rows->name, line, spot.column);
    else
        (void)snprintf(place, BP_ERROR_PLACE, "%s:%u", rows->name, line);
}

bool bp_row_fail(bp_rows *rows, bp_spot spot, const char *format, ...)
{
    char text[BP_ERROR_TEXT], place[BP_ERROR_PLACE];
    va_list args;
    if (rows->bad.code != BP_OK)
        return false;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put_place(rows, spot, place);
    return bp_fail(&rows->bad, BP_ERR_DATA, place, "%s", text);
}

bool bp_rows_break(bp_rows *rows, bp_spot spot, bp_error *err, const char *format, ...)
{
    char text[BP_ERROR_TEXT], place[BP_ERROR_PLACE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put_place(rows, spot, place);
    return bp_fail(err, BP_ERR_DATA, place, "%s", text);
}

void bp_row_take_faults(bp_rows *rows)
{
    const bp_fault *fault = bp_faults_count(&rows->faults) ? bp_faults_at(&rows->faults, 0) : NULL;
    rows->is_refused = rows->is_refused || rows->faults.refused;
    if (fault != NULL)
        bp_fail(&rows->bad, fault->code, fault->place, "%s", fault->text);
    bp_faults_clear(&rows->faults);
}

/* Notes a column that is no parameter, once for each name: a list of them is told when the row is
 * read. */
static void note_unknown(bp_rows *rows, bp_spot spot, const char *name, size_t length)
{
    if (rows->warnings == NULL || rows->told.count > TOLD_MOST ||
        bp_digests_find(&rows->told, name, length) != NULL)
        return;
    char text[NAME_SHOWN + 1];
    (void)snprintf(text, sizeof text, "%.*s", shown(name, length), name);
    const char *near = bp_nearest_name(rows->source.known, rows->source.known_count, text);
    bool ok = bp_digests_add(&rows->told, name, length) != NULL;
    if (rows->told.count > TOLD_MOST) /* The one that is too many stands for the rest. */
        ok = ok && bp_buf_text(&rows->unknown, ", \xE2\x80\xA6");
    else
        ok = ok && bp_buf_format(&rows->unknown, "%s\"%s\"", rows->unknowns ? ", " : "", text) &&
             (near == NULL || bp_buf_format(&rows->unknown, " (did you mean \"%.60s\"?)", near));
    if (rows->unknowns++ == 0)
        rows->unknown_spot = spot;
    if (!ok)
        rows->is_refused = true;
}

static void tell_unknown(bp_rows *rows)
{
    char place[BP_ERROR_PLACE];
    if (rows->unknowns == 0)
        return;
    put_place(rows, rows->unknown_spot, place);
    bp_faults_add(rows->warnings, BP_OK, place, "%s passed over, for the layout has no %s: %s",
                  rows->unknowns == 1 ? "a column is" : "columns are",
                  rows->unknowns == 1 ? "such parameter" : "such parameters", rows->unknown.bytes);
    rows->unknowns = 0;
    rows->unknown.length = 0;
}

static bool is_name(const char *known, const char *name, size_t length)
{
    return strncmp(known, name, length) == 0 && known[length] == '\0';
}

unsigned bp_row_use(bp_rows *rows, bp_spot spot, const char *name, size_t length)
{
    unsigned use = is_name(rows->id_column, name, length) ? BP_ROW_ID : BP_ROW_PASSED;
    if (!rows->source.has_known)
        return length != 0 ? use | BP_ROW_VALUE : use;
    for (size_t i = 0; i < rows->source.known_count; i++) {
        size_t at = (rows->guess + i) % rows->source.known_count;
        if (is_name(rows->source.known[at], name, length)) {
            rows->guess = at + 1;
            return use | BP_ROW_VALUE;
        }
    }
    if (use == BP_ROW_PASSED)
        note_unknown(rows, spot, name, length);
    return use;
}

static bool keep_text(bp_rows *rows, const char *text, size_t length, size_t *at)
{
    *at = rows->texts.length;
    if (bp_buf_add(&rows->texts, text, length) && bp_buf_char(&rows->texts, '\0'))
        return true;
    rows->is_refused = true;
    return false;
}

static void take_id(bp_rows *rows, bp_spot spot, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7F) {
            (void)bp_row_fail(rows, spot, "the id has a control character");
            return;
        }
    if (length > BP_ROW_ID_MOST)
        (void)bp_row_fail(rows, spot, "the id has %zu bytes, more than %d", length, BP_ROW_ID_MOST);
    else
        (void)keep_text(rows, text, length, &rows->id);
}

void bp_row_cell(bp_rows *rows, bp_spot spot, unsigned use, const char *name, size_t name_length,
                 const char *text, size_t length)
{
    bp_row_value value;
    if (use & BP_ROW_ID)
        take_id(rows, spot, text, length);
    if ((use & BP_ROW_VALUE) && keep_text(rows, name, name_length, &value.key) &&
        keep_text(rows, text, length, &value.value) &&
        !bp_buf_add(&rows->values, &value, sizeof value))
        rows->is_refused = true;
}

/* The id as the row has it; "" where it has none that is its own. */
static const char *settle_id(bp_rows *rows)
{
    const char *id = rows->id != SIZE_MAX ? rows->texts.bytes + rows->id : "";
    if (*id == '\0') {
        if (rows->bad.code == BP_OK)
            (void)bp_row_fail(rows, (bp_spot){0},
                              "the column \"%s\" is %s; each row needs an id of its own, from "
                              "there or from the column that --id names",
                              rows->id_column, rows->id == SIZE_MAX ? "missing" : "empty");
        return "";
    }
    size_t before = rows->ids.count;
    uint32_t *line = bp_digests_add(&rows->ids, id, strlen(id));
    if (line == NULL) {
        rows->is_refused = true;
        return "";
    }
    if (rows->ids.count == before) {
        /* What comes of this row must not be taken for what came of the first. */
        (void)bp_row_fail(rows, (bp_spot){0}, "the id \"%s\" is given twice; first in %s %u", id,
                          rows->table ? "row" : "line", *line);
        return "";
    }
    *line = rows->line;
    return id;
}

static bool give_values(bp_rows *rows)
{
    size_t count = BP_BUF_COUNT(&rows->values, bp_row_value);
    rows->given.length = 0;
    for (size_t i = 0; i < count; i++) {
        const bp_row_value *value = &BP_BUF_ITEMS(&rows->values, bp_row_value)[i];
        bp_parameter given = {rows->texts.bytes + value->key, rows->texts.bytes + value->value};
        if (!bp_buf_add(&rows->given, &given, sizeof given))
            return false;
    }
    return true;
}

bool bp_rows_next(bp_rows *rows, bp_row *row, bp_error *err)
{
    char place[BP_ERROR_PLACE];
    rows->texts.length = rows->values.length = 0;
    rows->id = SIZE_MAX;
    rows->bad.code = BP_OK;
    rows->bad.place[0] = rows->bad.text[0] = rows->bad.excerpt[0] = rows->bad.trace[0] = '\0';
    rows->guess = 0;
    bool is_row = rows->read(rows, err);
    if (rows->is_refused)
        return bp_fail_memory(err);
    if (!is_row)
        return false;
    rows->number++;
    tell_unknown(rows);
    const char *id = settle_id(rows);
    put_place(rows, (bp_spot){0}, place);
    rows->place.length = 0;
    if (rows->is_refused || !give_values(rows) || !bp_buf_text(&rows->place, place))
        return bp_fail_memory(err);
    bool is_bad = rows->bad.code != BP_OK;
    *row = (bp_row){.number = rows->number,
                    .place = rows->place.bytes,
                    .id = id,
                    .values = is_bad ? NULL : BP_BUF_ITEMS(&rows->given, bp_parameter),
                    .count = is_bad ? 0 : BP_BUF_COUNT(&rows->given, bp_parameter),
                    .bad = rows->bad};
    return true;
}

static bool has_ending(const char *path, const char *ending)
{
    size_t length = strlen(path), wanted = strlen(ending);
    return length > wanted && strcmp(path + length - wanted, ending) == 0;
}

/* The first character that is no space; '\0' where there is none. A byte order mark is one. */
static bool find_first(bp_stream *stream, char *first, bp_error *err)
{
    *first = '\0';
    do {
        const bp_buf *window = &stream->window;
        for (size_t i = stream->at; i < window->length; i++)
            if (strchr(" \t\r\n", window->bytes[i]) == NULL || window->bytes[i] == '\0') {
                *first = window->bytes[i];
                return window->bytes[i] != '\0' ||
                       bp_fail(err, BP_ERR_DATA, stream->name,
                               "is no text: its first character is a NUL");
            }
        if (window->length > BP_ROW_MOST || stream->is_ended)
            return true;
    } while (bp_stream_fill(stream, err));
    return false;
}

static bool open_file(bp_rows *rows, bp_error *err)
{
    char first;
    if (!bp_stream_open(&rows->stream, rows->path, err))
        return false;
    rows->name = rows->stream.name;
    if (!find_first(&rows->stream, &first, err))
        return false;
    bool is_lines = has_ending(rows->path, ".ndjson") || has_ending(rows->path, ".jsonl");
    bool is_list = has_ending(rows->path, ".json");
    if (is_lines || is_list || has_ending(rows->path, ".csv"))
        rows->read = is_lines  ? bp_rows_read_ndjson
                     : is_list ? bp_rows_read_list
                               : bp_rows_read_csv;
    else
        rows->read = first == '['                    ? bp_rows_read_list
                     : first == '{' || first == '\0' ? bp_rows_read_ndjson
                                                     : bp_rows_read_csv;
    return rows->read != bp_rows_read_csv || bp_rows_read_header(rows, err);
}

bp_rows *bp_rows_open(const bp_rows_source *source, bp_faults *warnings, bp_error *err)
{
    bp_rows *rows = bp_alloc_zero(1, sizeof *rows);
    if (rows == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    rows->source = *source;
    rows->warnings = warnings;
    rows->stream.fd = -1;
    rows->id_column = bp_copy_text(source->id_column ? source->id_column : "id");
    rows->path = bp_copy_text(source->table ? source->table : source->path);
    bool ok = (rows->id_column != NULL && rows->path != NULL) || bp_fail_memory(err);
    rows->name = rows->path;
    if (ok && source->table != NULL) {
        rows->read = bp_rows_read_table;
        ok = bp_rows_find_table(rows, err);
    } else if (ok) {
        ok = open_file(rows, err);
    }
    if (ok && rows->is_refused)
        ok = bp_fail_memory(err);
    if (ok) {
        tell_unknown(rows);
        return rows;
    }
    bp_rows_close(rows);
    return NULL;
}

void bp_rows_progress(const bp_rows *rows, size_t *done, size_t *all)
{
    *done = (size_t)rows->stream.offset + rows->stream.at;
    *all = rows->stream.size;
    if (rows->table != NULL) {
        *done = rows->table_row;
        *all = bp_table_row_count(rows->table);
    }
}

void bp_rows_close(bp_rows *rows)
{
    if (rows == NULL)
        return;
    bp_stream_close(&rows->stream);
    bp_csv_end(&rows->csv);
    bp_faults_clear(&rows->faults);
    bp_scan_space_clear(&rows->space);
    bp_digests_clear(&rows->ids);
    bp_digests_clear(&rows->told);
    bp_buf *const held[] = {&rows->texts,   &rows->values,  &rows->given, &rows->place,
                            &rows->unknown, &rows->columns, &rows->header};
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        bp_buf_clear(held[i]);
    bp_free(rows->path);
    bp_free(rows->id_column);
    bp_free(rows);
}
