/* UTF-8: see utf8.h. The ranges are those of table 3-7 of the Unicode Standard. */
#include "base/utf8.h"

#include <string.h>

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

uint32_t bp_utf8_next(const char *text, size_t length, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)text + *at;
    size_t left = length - *at;
    unsigned char first = bytes[0];
    if (first < 0x80) {
        *at += 1;
        return first;
    }
    if (first >= 0xC2 && first <= 0xDF && left >= 2 && is_tail(bytes[1])) {
        *at += 2;
        return (uint32_t)(first & 0x1F) << 6 | (bytes[1] & 0x3F);
    }
    if (first >= 0xE0 && first <= 0xEF && left >= 3 && is_tail(bytes[1]) && is_tail(bytes[2])) {
        uint32_t c =
            (uint32_t)(first & 0x0F) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
        if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
            *at += 3;
            return c;
        }
    }
    if (first >= 0xF0 && first <= 0xF4 && left >= 4 && is_tail(bytes[1]) && is_tail(bytes[2]) &&
        is_tail(bytes[3])) {
        uint32_t c = (uint32_t)(first & 0x07) << 18 | (uint32_t)(bytes[1] & 0x3F) << 12 |
                     (uint32_t)(bytes[2] & 0x3F) << 6 | (bytes[3] & 0x3F);
        if (c >= 0x10000 && c <= 0x10FFFF) {
            *at += 4;
            return c;
        }
    }
    *at += 1;
    return BP_UTF8_BAD;
}

size_t bp_utf8_put(uint32_t character, char out[4])
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xC0 | character >> 6);
        out[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character >= 0xD800 && character <= 0xDFFF)
        return 0;
    if (character < 0x10000) {
        out[0] = (char)(0xE0 | character >> 12);
        out[1] = (char)(0x80 | (character >> 6 & 0x3F));
        out[2] = (char)(0x80 | (character & 0x3F));
        return 3;
    }
    if (character > 0x10FFFF)
        return 0;
    out[0] = (char)(0xF0 | character >> 18);
    out[1] = (char)(0x80 | (character >> 12 & 0x3F));
    out[2] = (char)(0x80 | (character >> 6 & 0x3F));
    out[3] = (char)(0x80 | (character & 0x3F));
    return 4;
}

bool bp_utf8_valid(const char *text, size_t length, size_t *bad_at)
{
    for (size_t at = 0; at < length;) {
        size_t start = at;
        if (bp_utf8_next(text, length, &at) == BP_UTF8_BAD) {
            if (bad_at != NULL)
                *bad_at = start;
            return false;
        }
    }
    return true;
}

size_t bp_utf8_floor(const char *text, size_t length, size_t limit)
{
    if (limit >= length)
        return length;
    while (limit > 0 && is_tail((unsigned char)text[limit]))
        limit--;
    return limit;
}

size_t bp_utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t at = 0; at < length; count++)
        (void)bp_utf8_next(text, length, &at);
    return count;
}

size_t bp_text_distance(const char *a, const char *b, size_t limit)
{
    enum { MOST = 128 };
    size_t rows = strlen(a), columns = strlen(b);
    if (rows > MOST || columns > MOST)
        return limit + 1;
    size_t row[MOST + 1];
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; i <= rows; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            size_t edit = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replace < edit ? replace : edit;
        }
    }
    return row[columns] <= limit ? row[columns] : limit + 1;
}
