/* A file of any size, read through a window that holds what is at hand. */
#ifndef BP_JOB_STREAM_H
#define BP_JOB_STREAM_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    const char *name; /* For messages: the path, or "standard input". Lent. */
    int fd;
    bool is_ended; /* There is nothing behind the window. */
    bp_buf window;
    size_t at;       /* In the window: what lies before it is done with. */
    uint32_t line;   /* Of `at`, from 1; kept by who moves `at`. */
    uint64_t offset; /* Of the window in the file. */
    size_t size;     /* Of the file when it was opened; 0: not known. */
} bp_stream;

/* Opens a file, or standard input as "-". `path` outlives the stream. */
bool bp_stream_open(bp_stream *stream, const char *path, bp_error *err);
void bp_stream_close(bp_stream *stream); /* Also of {0} with fd -1. */

/* Drops what is done with and reads on, once, behind the rest; sets is_ended at the end. */
bool bp_stream_fill(bp_stream *stream, bp_error *err);

typedef struct {
    const char *text; /* Without its line break ("\n", or "\r\n"). Lent until the next call. */
    size_t length;
    uint64_t offset; /* Of its first byte in the file. */
    uint32_t number;
    bool is_long;   /* More than `most` bytes: it was passed over. */
    bool has_break; /* False for a last line that just ends. */
} bp_line;

/* The next line. False at the end, or on failure (`err`). */
bool bp_stream_line(bp_stream *stream, size_t most, bp_line *line, bp_error *err);

/* Moves behind the next line break, or to the end. False on failure. */
bool bp_stream_skip_line(bp_stream *stream, bp_error *err);

#endif
