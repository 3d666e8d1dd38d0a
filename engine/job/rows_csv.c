/* Rows of a CSV: the reader of the data room, given one window of the file after the other. Where a
 * row breaks the grammar, reading goes on at the line behind the one that it began in: a quote that
 * is never closed costs one row and not all that follow. No line is so read more than twice, but
 * for the growth of the window: only one with an odd number of quotes begins a row of several
 * lines, which ends with the next such line. */
#include <string.h>

#include "job/rows_private.h"

/* At the end of a window, whether these are a line break, a character or a quote may hang on what
 * follows. */
enum { UNSURE = 4 };

/* Moves over empty lines, so that the row begins where `at` is. False on failure. */
static bool skip_empty_lines(bp_stream *stream, bp_error *err)
{
    for (;;) {
        size_t left = stream->window.length - stream->at;
        const char *here = stream->window.bytes + stream->at;
        if (left < 2 && !stream->is_ended) {
            if (!bp_stream_fill(stream, err))
                return false;
            continue;
        }
        size_t length = left > 0 && here[0] == '\n'                      ? 1
                        : left > 1 && here[0] == '\r' && here[1] == '\n' ? 2
                                                                         : 0;
        if (length == 0)
            return true;
        stream->at += length;
        stream->line += stream->line != UINT32_MAX;
    }
}

/* Reads the next row into rows->csv. False at the end, or on failure. `*is_good` is false for a row
 * that is none: it is a bad one, or has left faults. */
static bool read_record(bp_rows *rows, bool *is_good, bp_error *err)
{
    bp_stream *stream = &rows->stream;
    bp_csv *csv = &rows->csv;
    if (!skip_empty_lines(stream, err) || stream->at >= stream->window.length)
        return false;
    rows->line = stream->line;
    for (;;) {
        size_t left = stream->window.length - stream->at;
        bp_csv_go_on(csv, stream->window.bytes + stream->at, left, stream->line);
        *is_good = bp_csv_row(csv);
        if (rows->faults.refused)
            return bp_fail_memory(err);
        bool is_cut = !stream->is_ended && left - csv->at < UNSURE;
        if (csv->at > BP_ROW_MOST) {
            bp_faults_clear(&rows->faults);
            (void)bp_row_fail(rows, (bp_spot){0},
                              "the row has more than %u bytes, or a quote in it is never closed",
                              BP_ROW_MOST);
            *is_good = false;
            return bp_stream_skip_line(stream, err);
        }
        if (!is_cut)
            break;
        bp_faults_clear(&rows->faults);
        if (!bp_stream_fill(stream, err))
            return false;
    }
    if (!*is_good)
        return bp_stream_skip_line(stream, err);
    stream->at += csv->at;
    stream->line = csv->line;
    return true;
}

bool bp_rows_read_header(bp_rows *rows, bp_error *err)
{
    bp_stream *stream = &rows->stream;
    bool is_good;
    bp_csv_begin(&rows->csv, rows->name, "", 0, &rows->faults);
    while (stream->window.length < 3 && !stream->is_ended)
        if (!bp_stream_fill(stream, err))
            return false;
    if (stream->window.length >= 3 && memcmp(stream->window.bytes, "\xEF\xBB\xBF", 3) == 0)
        stream->at = 3;
    bp_error none = {0};
    if (!read_record(rows, &is_good, &none))
        return none.code != BP_OK
                   ? bp_fail(err, none.code, none.place, "%s", none.text)
                   : bp_rows_break(rows, (bp_spot){1, 1}, err,
                                   "expected a header with the names of the columns");
    if (!is_good) {
        bp_row_take_faults(rows);
        return bp_fail(err, rows->bad.code, rows->bad.place, "%s", rows->bad.text);
    }
    size_t count = BP_BUF_COUNT(&rows->csv.fields, bp_field);
    const bp_field *fields = BP_BUF_ITEMS(&rows->csv.fields, bp_field);
    for (size_t i = 0; i < count; i++)
        if (!bp_rows_add_column(rows, fields[i].spot, fields[i].text, fields[i].length, err))
            return false;
    if (count == 1 && memchr(fields[0].text, ';', fields[0].length) != NULL)
        return bp_rows_break(rows, fields[0].spot, err,
                             "the header is one column with semicolons in it; columns are parted "
                             "by commas");
    return bp_rows_need_id(rows, err);
}

bool bp_rows_read_csv(bp_rows *rows, bp_error *err)
{
    bool is_good;
    size_t columns = BP_BUF_COUNT(&rows->columns, bp_row_column);
    if (!read_record(rows, &is_good, err))
        return false;
    size_t count = BP_BUF_COUNT(&rows->csv.fields, bp_field);
    const bp_field *fields = BP_BUF_ITEMS(&rows->csv.fields, bp_field);
    if (!is_good)
        bp_row_take_faults(rows);
    else if (count != columns)
        (void)bp_row_fail(rows, fields[0].spot, "expected %zu fields as in the header, found %zu",
                          columns, count);
    else
        for (size_t i = 0; i < count; i++)
            bp_row_column_cell(rows, fields[i].spot, i, fields[i].text, fields[i].length);
    return true;
}
