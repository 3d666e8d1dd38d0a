/* What a worker tells, as bytes: numbers of eight bytes in the machine's order (both ends are one
 * machine), texts as a length and bytes. Who reads must not be misled by who wrote: each length is
 * held against what is left, and texts lose their control characters. */
#ifndef BP_JOB_WIRE_H
#define BP_JOB_WIRE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

#define BP_WIRE_TEXT_MOST 4096u /* Bytes of a text; the rest is not told. */

/* False where memory is refused. */
bool bp_wire_put_number(bp_buf *out, uint64_t number);
bool bp_wire_put_text(bp_buf *out, const char *text);

/* What is left to read. Once something makes no sense, `is_bad` stays and all that follows is 0 and
 * "". */
typedef struct {
    const char *at, *end;
    bool is_bad;
} bp_wire;

uint64_t bp_wire_number(bp_wire *from);
size_t bp_wire_size(bp_wire *from); /* At most PTRDIFF_MAX. */
bp_code bp_wire_code(bp_wire *from);
void bp_wire_text(bp_wire *from, char *out, size_t size); /* Cut where it does not fit. */

#endif
