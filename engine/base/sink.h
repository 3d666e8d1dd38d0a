/* Where bytes go as they are made: a buffer, a file, nowhere. Who makes them need not know, and
 * what was handed over need not be held. */
#ifndef BP_BASE_SINK_H
#define BP_BASE_SINK_H

#include "base/buf.h"
#include "base/error.h"

/* A sink begins as {0}, which takes everything and keeps nothing. What failed is not tried again:
 * the bytes that a sink holds are then of no use. */
typedef struct {
    /* Takes all bytes, in order, or fails into `err`. NULL: nobody wants them. */
    bool (*write)(void *owner, const void *bytes, size_t length, bp_error *err);
    void *owner;
} bp_sink;

/* True where bytes are wanted: what makes them may be left out otherwise. */
bool bp_sink_is_wanted(const bp_sink *sink);
bool bp_sink_write(const bp_sink *sink, const void *bytes, size_t length, bp_error *err);

/* A sink that appends to `buf`, which must outlive it. */
bp_sink bp_sink_to_buf(bp_buf *buf);

#endif
