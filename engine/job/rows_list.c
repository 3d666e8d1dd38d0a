/* Rows as a JSON list. The list may be of any length, so it is not read as a whole: this file finds
 * where each element ends, by quotes and brackets alone, and the strict scan reads the element. */
#include "job/rows_private.h"

/* Moves over bytes of the window. */
static void pass(bp_rows *rows, size_t count)
{
    bp_stream *stream = &rows->stream;
    for (size_t i = 0; i < count; i++) {
        unsigned char c = (unsigned char)stream->window.bytes[stream->at + i];
        if (c == '\n') {
            stream->line += stream->line != UINT32_MAX;
            rows->before = 0;
        } else {
            rows->before += (c & 0xC0) != 0x80;
        }
    }
    stream->at += count;
}

static bp_spot spot_here(const bp_rows *rows)
{
    return (bp_spot){rows->stream.line, rows->before + 1};
}

/* The next character that is no space, not moved over; '\0' at the end. */
static bool look(bp_rows *rows, char *c, bp_error *err)
{
    bp_stream *stream = &rows->stream;
    for (;;) {
        while (stream->at < stream->window.length) {
            *c = stream->window.bytes[stream->at];
            if (*c != ' ' && *c != '\t' && *c != '\r' && *c != '\n')
                return true;
            pass(rows, 1);
        }
        *c = '\0';
        if (stream->is_ended)
            return true;
        if (!bp_stream_fill(stream, err))
            return false;
    }
}

/* What keeps count of quotes and brackets. */
typedef struct {
    size_t depth;
    bool is_text, is_escaped;
} nesting;

/* True where the element ends before this character. */
static bool ends_at(nesting *state, char c)
{
    if (state->is_text) {
        state->is_text = state->is_escaped || c != '"';
        state->is_escaped = !state->is_escaped && c == '\\';
        return false;
    }
    if (state->depth == 0 && (c == ',' || c == ']'))
        return true;
    state->is_text = c == '"';
    if (c == '{' || c == '[')
        state->depth++;
    else if ((c == '}' || c == ']') && state->depth > 0)
        state->depth--;
    return false;
}

/* The element that begins here: its bytes, which are in the window, or `*is_long`: they have been
 * passed over. */
static bool find_end(bp_rows *rows, size_t *length, bool *is_long, bp_error *err)
{
    bp_stream *stream = &rows->stream;
    nesting state = {0};
    size_t i = 0;
    *is_long = false;
    for (;;) {
        for (; stream->at + i < stream->window.length; i++)
            if (ends_at(&state, stream->window.bytes[stream->at + i]))
                break;
        *is_long = *is_long || i > BP_ROW_MOST;
        bool is_found = stream->at + i < stream->window.length;
        if (*is_long) {
            pass(rows, i);
            i = 0;
        }
        *length = i;
        if (is_found)
            return true;
        if (stream->is_ended)
            return bp_rows_break(rows, (bp_spot){rows->line, 0}, err,
                                 "the row that begins here, or the list that it is of, is not "
                                 "closed: the text ends before");
        if (!bp_stream_fill(stream, err))
            return false;
    }
}

bool bp_rows_read_list(bp_rows *rows, bp_error *err)
{
    char c;
    size_t length;
    bool is_long;
    if (rows->is_over || !look(rows, &c, err))
        return false;
    if (!rows->is_within) {
        if (c != '[')
            return bp_rows_break(rows, spot_here(rows), err,
                                 "expected a list of rows, which begins with '['%s",
                                 c == '{' ? "; a file of one object a line ends in .ndjson" : "");
        pass(rows, 1);
        if (!look(rows, &c, err))
            return false;
        rows->is_over = c == ']';
    } else if (c == ',') {
        pass(rows, 1);
        if (!look(rows, &c, err))
            return false;
    } else { /* The element before has ended at a comma or the bracket, or with the text. */
        rows->is_over = true;
    }
    if (rows->is_over) {
        pass(rows, c == ']');
        return look(rows, &c, err) && c != '\0' &&
               bp_rows_break(rows, spot_here(rows), err, "expected nothing after the list of rows");
    }
    if (c == ',' || c == ']')
        return bp_rows_break(rows, spot_here(rows), err,
                             "expected a row, found '%c'; the comma before it is one too many", c);
    rows->is_within = true;
    rows->line = rows->stream.line;
    bp_spot first = spot_here(rows);
    if (!find_end(rows, &length, &is_long, err))
        return false;
    if (is_long)
        (void)bp_row_fail(rows, (bp_spot){0}, "the row has more than %u bytes", BP_ROW_MOST);
    else
        bp_row_read_object(rows, first, rows->stream.window.bytes + rows->stream.at, length);
    pass(rows, length);
    return true;
}
