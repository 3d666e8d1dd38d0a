/* Texts as JSON writes them: see json.h. */
#include "base/json.h"

#include <string.h>

#include "base/utf8.h"

static size_t put_escape(uint32_t character, char out[BP_JSON_CHARACTER])
{
    static const char digits[] = "0123456789abcdef";
    out[0] = '\\';
    out[1] = 'u';
    for (unsigned i = 0; i < 4; i++)
        out[2 + i] = digits[character >> (12 - 4 * i) & 15];
    return 6;
}

size_t bp_json_character(const char *text, size_t length, size_t *at, char out[BP_JSON_CHARACTER])
{
    size_t from = *at;
    uint32_t c = bp_utf8_next(text, length, at);
    if (c == BP_UTF8_BAD)
        return put_escape(0xfffd, out);
    if (c == '"' || c == '\\' || c == '\n' || c == '\t') {
        out[0] = '\\';
        out[1] = (char)(c == '\n' ? 'n' : c == '\t' ? 't' : c);
        return 2;
    }
    if (c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
        (c >= 0x2066 && c <= 0x2069))
        return put_escape(c, out);
    memcpy(out, text + from, *at - from);
    return *at - from;
}
