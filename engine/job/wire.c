/* Numbers and texts between a worker and its parent: see wire.h. */
#include "job/wire.h"

#include <string.h>

#include "base/utf8.h"

bool bp_wire_put_number(bp_buf *out, uint64_t number)
{
    return bp_buf_add(out, &number, sizeof number);
}

bool bp_wire_put_text(bp_buf *out, const char *text)
{
    size_t length = strlen(text);
    if (length > BP_WIRE_TEXT_MOST)
        length = bp_utf8_floor(text, length, BP_WIRE_TEXT_MOST);
    return bp_wire_put_number(out, length) && bp_buf_add(out, text, length);
}

uint64_t bp_wire_number(bp_wire *from)
{
    uint64_t number = 0;
    if (from->is_bad || (size_t)(from->end - from->at) < sizeof number) {
        from->is_bad = true;
        return 0;
    }
    memcpy(&number, from->at, sizeof number);
    from->at += sizeof number;
    return number;
}

size_t bp_wire_size(bp_wire *from)
{
    uint64_t number = bp_wire_number(from);
    if (number > PTRDIFF_MAX)
        from->is_bad = true;
    return from->is_bad ? 0 : (size_t)number;
}

bp_code bp_wire_code(bp_wire *from)
{
    uint64_t code = bp_wire_number(from);
    if (code > BP_ERR_FINDINGS)
        from->is_bad = true;
    return from->is_bad ? BP_OK : (bp_code)code;
}

void bp_wire_text(bp_wire *from, char *out, size_t size)
{
    size_t length = bp_wire_size(from);
    out[0] = '\0';
    if (from->is_bad || length > BP_WIRE_TEXT_MOST || length > (size_t)(from->end - from->at)) {
        from->is_bad = true;
        return;
    }
    size_t kept = length < size ? length : bp_utf8_floor(from->at, length, size - 1);
    memcpy(out, from->at, kept);
    for (size_t i = 0; i < kept; i++)
        if ((unsigned char)out[i] < ' ' && out[i] != '\n' && out[i] != '\t')
            out[i] = '?';
    out[kept] = '\0';
    from->at += length;
}
