/* A growable run of bytes, and arrays on top of it. Its size changes only once the new block
 * exists, so a failed call leaves it as it was. */
#ifndef BP_BASE_BUF_H
#define BP_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    char *bytes;     /* NUL after `length` where anything was ever added; NULL before. */
    size_t length;   /* Bytes in use. */
    size_t capacity; /* Bytes held. */
} bp_buf;

/* A buffer begins as {0}; `clear` ends it and makes it {0} again. */
void bp_buf_clear(bp_buf *buf);

/* Makes room for `extra` more bytes and a NUL. */
bool bp_buf_reserve(bp_buf *buf, size_t extra);

/* Gives back the room behind the bytes and their NUL; it grows again when something is added. False
 * when that is refused: nothing has changed then. */
bool bp_buf_fit(bp_buf *buf);

/* Adds bytes, a NUL-ended text, one character, or printf text. False only when memory is refused.
 */
bool bp_buf_add_more(bp_buf *buf, const void *bytes, size_t length); /* Where there is no room. */
static inline bool bp_buf_add(bp_buf *buf, const void *bytes, size_t length)
{
    if (length >= buf->capacity - buf->length)
        return bp_buf_add_more(buf, bytes, length);
    if (length != 0)
        memcpy(buf->bytes + buf->length, bytes, length);
    buf->length += length;
    buf->bytes[buf->length] = '\0';
    return true;
}
bool bp_buf_text(bp_buf *buf, const char *text);
bool bp_buf_char(bp_buf *buf, char c);
bool bp_buf_unsigned(bp_buf *buf, uint64_t number); /* As "%llu", and far quicker. */
bool bp_buf_format(bp_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool bp_buf_vformat(bp_buf *buf, const char *format, va_list args);

/* Adds a zeroed element of `size` bytes and lends it (valid until the next call); NULL when
 * refused. */
void *bp_buf_push(bp_buf *buf, size_t size);

/* Elements of `type` in the buffer, as a pointer and a count. */
#define BP_BUF_ITEMS(buf, type) ((type *)(void *)(buf)->bytes)
#define BP_BUF_COUNT(buf, type) ((buf)->length / sizeof(type))

/* Hands the bytes over (yours to free, NUL-ended; never NULL unless memory is refused) and makes
 * buf {0}. */
char *bp_buf_take(bp_buf *buf);

#endif
