/* PDF syntax as text: see syntax.h. */
#include "pdf/syntax.h"

#include <string.h>

#include "base/number.h"
#include "base/utf8.h"

static const char digits[] = "0123456789ABCDEF";

bool bp_syntax_number(bp_buf *out, double value, int decimals)
{
    if (!bp_buf_reserve(out, BP_NUMBER_SIZE))
        return false;
    out->length += bp_number_put(value, decimals, out->bytes + out->length);
    return true;
}

bool bp_syntax_name(bp_buf *out, const char *name)
{
    size_t length = strnlen(name, 127);
    if (!bp_buf_char(out, '/') || !bp_buf_reserve(out, 3 * length))
        return false;
    char *to = out->bytes + out->length;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c <= ' ' || c >= 127 || strchr("#()<>[]{}/%", c) != NULL) {
            *to++ = '#';
            *to++ = digits[c >> 4];
            *to++ = digits[c & 15];
        } else {
            *to++ = (char)c;
        }
    }
    out->length = (size_t)(to - out->bytes);
    *to = '\0';
    return true;
}

bool bp_syntax_bytes(bp_buf *out, const char *bytes, size_t length)
{
    if (length > (SIZE_MAX - 2) / 4 || !bp_buf_reserve(out, 4 * length + 2))
        return false;
    char *to = out->bytes + out->length;
    *to++ = '(';
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        if (c == '\r') { /* A bare one would be read as a line feed. */
            *to++ = '\\';
            c = 'r';
        } else if (c == '(' || c == ')' || c == '\\') {
            *to++ = '\\';
        }
        *to++ = c;
    }
    *to++ = ')';
    *to = '\0';
    out->length = (size_t)(to - out->bytes);
    return true;
}

static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 127 || (unsigned char)text[i] < ' ')
            return false;
    return true;
}

bool bp_syntax_utf16(bp_buf *out, const char *text, size_t length)
{
    if (length > SIZE_MAX / 8 || !bp_buf_reserve(out, 4 * length))
        return false;
    for (size_t at = 0; at < length;) {
        uint32_t c = bp_utf8_next(text, length, &at);
        uint32_t units[2] = {c, 0};
        if (c == BP_UTF8_BAD)
            units[0] = 0xfffd;
        else if (c > 0xffff) {
            units[0] = 0xd800 + ((c - 0x10000) >> 10);
            units[1] = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        for (int i = 0; i < 2 && (i == 0 || units[1] != 0); i++) {
            const unsigned char pair[2] = {(unsigned char)(units[i] >> 8), (unsigned char)units[i]};
            if (!bp_syntax_hex(out, pair, 2))
                return false;
        }
    }
    return true;
}

bool bp_syntax_text(bp_buf *out, const char *text, size_t length)
{
    if (is_ascii(text, length))
        return bp_syntax_bytes(out, text, length);
    return bp_buf_text(out, "<FEFF") && bp_syntax_utf16(out, text, length) && bp_buf_char(out, '>');
}

bool bp_syntax_hex(bp_buf *out, const unsigned char *bytes, size_t length)
{
    if (length > SIZE_MAX / 4 || !bp_buf_reserve(out, 2 * length))
        return false;
    char *to = out->bytes + out->length;
    for (size_t i = 0; i < length; i++) {
        *to++ = digits[bytes[i] >> 4];
        *to++ = digits[bytes[i] & 15];
    }
    *to = '\0';
    out->length = (size_t)(to - out->bytes);
    return true;
}

bool bp_syntax_date(bp_buf *out, const bp_moment *date)
{
    return bp_buf_format(out, "(D:%04d%02d%02d%02d%02d%02dZ)", date->year, date->month, date->day,
                         date->hour, date->minute, date->second);
}

bool bp_syntax_iso_date(bp_buf *out, const bp_moment *date)
{
    return bp_buf_format(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", date->year, date->month, date->day,
                         date->hour, date->minute, date->second);
}

bool bp_syntax_xml(bp_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        bool ok = true;
        switch (*text) {
        case '&':
            ok = bp_buf_text(out, "&amp;");
            break;
        case '<':
            ok = bp_buf_text(out, "&lt;");
            break;
        case '>':
            ok = bp_buf_text(out, "&gt;");
            break;
        case '"':
            ok = bp_buf_text(out, "&quot;");
            break;
        default:
            if ((unsigned char)*text >= ' ' || *text == '\t' || *text == '\n')
                ok = bp_buf_char(out, *text);
        }
        if (!ok)
            return false;
    }
    return true;
}
