/* The growable buffer: see buf.h. It doubles, so that adding n bytes costs n steps over all; the
 * first time it takes what is asked for, since who knows how much there will be asks for all. */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

void bp_buf_clear(bp_buf *buf)
{
    bp_free(buf->bytes);
    *buf = (bp_buf){0};
}

bool bp_buf_reserve(bp_buf *buf, size_t extra)
{
    if (extra >= PTRDIFF_MAX - buf->length)
        return false;
    size_t wanted = buf->length + extra + 1;
    if (wanted <= buf->capacity)
        return true;
    size_t capacity = buf->capacity != 0 ? buf->capacity : wanted < 64 ? 64 : wanted;
    while (capacity < wanted)
        capacity = capacity > PTRDIFF_MAX / 2 ? wanted : capacity * 2;
    char *bytes = bp_realloc(buf->bytes, capacity);
    if (bytes == NULL)
        return false;
    buf->bytes = bytes;
    buf->capacity = capacity;
    return true;
}

bool bp_buf_fit(bp_buf *buf)
{
    if (buf->bytes == NULL || buf->capacity == buf->length + 1)
        return true;
    char *bytes = bp_realloc(buf->bytes, buf->length + 1);
    if (bytes == NULL)
        return false;
    buf->bytes = bytes;
    buf->capacity = buf->length + 1;
    return true;
}

bool bp_buf_add_more(bp_buf *buf, const void *bytes, size_t length)
{
    if (!bp_buf_reserve(buf, length))
        return false;
    if (length != 0)
        memcpy(buf->bytes + buf->length, bytes, length);
    buf->length += length;
    buf->bytes[buf->length] = '\0';
    return true;
}

bool bp_buf_text(bp_buf *buf, const char *text)
{
    return bp_buf_add(buf, text, strlen(text));
}

bool bp_buf_char(bp_buf *buf, char c)
{
    return bp_buf_add(buf, &c, 1);
}

bool bp_buf_vformat(bp_buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    size_t room = buf->capacity - buf->length; /* Most texts fit where there is any. */
    int length = vsnprintf(room != 0 ? buf->bytes + buf->length : NULL, room, format, args);
    bool ok = length >= 0;
    if (ok && (size_t)length >= room) {
        ok = bp_buf_reserve(buf, (size_t)length);
        if (ok)
            (void)vsnprintf(buf->bytes + buf->length, (size_t)length + 1, format, again);
        else if (room != 0)
            buf->bytes[buf->length] = '\0'; /* A failed call leaves what was there. */
    }
    buf->length += ok ? (size_t)length : 0;
    va_end(again);
    return ok;
}

bool bp_buf_unsigned(bp_buf *buf, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    return bp_buf_add(buf, digits + at, sizeof digits - at);
}

bool bp_buf_format(bp_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    bool ok = bp_buf_vformat(buf, format, args);
    va_end(args);
    return ok;
}

void *bp_buf_push(bp_buf *buf, size_t size)
{
    if (!bp_buf_reserve(buf, size))
        return NULL;
    void *item = buf->bytes + buf->length;
    memset(item, 0, size + 1);
    buf->length += size;
    return item;
}

char *bp_buf_take(bp_buf *buf)
{
    if (!bp_buf_reserve(buf, 0))
        return NULL;
    buf->bytes[buf->length] = '\0';
    char *bytes = buf->bytes;
    *buf = (bp_buf){0};
    return bytes;
}
