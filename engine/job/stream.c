/* A file through a window: see stream.h. */
#include "job/stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

enum { PIECE = 1 << 16 };

bool bp_stream_open(bp_stream *stream, const char *path, bp_error *err)
{
    *stream = (bp_stream){.name = strcmp(path, "-") == 0 ? "standard input" : path, .line = 1};
    stream->fd = bp_file_open(path, &stream->size, err);
    return stream->fd >= 0;
}

void bp_stream_close(bp_stream *stream)
{
    if (stream->fd >= 0)
        close(stream->fd);
    bp_buf_clear(&stream->window);
    stream->fd = -1;
}

bool bp_stream_fill(bp_stream *stream, bp_error *err)
{
    bp_buf *window = &stream->window;
    if (stream->is_ended)
        return true;
    size_t rest = window->length - stream->at;
    if (stream->at != 0) {
        memmove(window->bytes, window->bytes + stream->at, rest);
        stream->offset += stream->at;
        stream->at = 0;
        window->length = rest;
    }
    /* Twice what is there: who needs a long piece as a whole then reads it few times over. */
    if (!bp_buf_reserve(window, rest > PIECE ? rest : PIECE))
        return bp_fail_memory(err);
    ssize_t got;
    do
        got = read(stream->fd, window->bytes + rest, window->capacity - rest - 1);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return bp_fail_read(err, stream->name, errno);
    stream->is_ended = got == 0;
    window->length += (size_t)got;
    window->bytes[window->length] = '\0';
    return true;
}

/* The line break at or behind `from`, counted from `at`; NULL where the window has none. */
static const char *find_break(const bp_stream *stream, size_t from)
{
    size_t start = stream->at + from;
    return start < stream->window.length
               ? memchr(stream->window.bytes + start, '\n', stream->window.length - start)
               : NULL;
}

bool bp_stream_skip_line(bp_stream *stream, bp_error *err)
{
    for (;;) {
        const char *found = find_break(stream, 0);
        stream->at = found ? (size_t)(found - stream->window.bytes) + 1 : stream->window.length;
        if (found != NULL) {
            stream->line += stream->line != UINT32_MAX;
            return true;
        }
        if (stream->is_ended)
            return true;
        if (!bp_stream_fill(stream, err))
            return false;
    }
}

bool bp_stream_line(bp_stream *stream, size_t most, bp_line *line, bp_error *err)
{
    size_t seen = 0;
    const char *found;
    while ((found = find_break(stream, seen)) == NULL) {
        seen = stream->window.length - stream->at;
        if (stream->is_ended || seen > most)
            break;
        if (!bp_stream_fill(stream, err))
            return false;
    }
    const char *start = stream->window.bytes + stream->at;
    size_t length = found ? (size_t)(found - start) : seen;
    if (found == NULL && length == 0)
        return false;
    *line = (bp_line){.text = start,
                      .length = length,
                      .offset = stream->offset + stream->at,
                      .number = stream->line,
                      .is_long = length > most,
                      .has_break = found != NULL};
    if (line->is_long) {
        line->text = "";
        line->length = 0;
        return bp_stream_skip_line(stream, err);
    }
    stream->at += length + (found != NULL);
    stream->line += found != NULL && stream->line != UINT32_MAX;
    if (length != 0 && start[length - 1] == '\r')
        line->length--;
    return true;
}
