/* How wide a terminal shows a character: see columns.h. The blocks that matter in data and layouts,
 * not all of Unicode. */
#include "cli/columns.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
    uint32_t first, last;
    size_t columns;
} blocks[] = {
    {0x0300, 0x036f, 0},   /* Combining marks. */
    {0x1100, 0x115f, 2},   /* Hangul. */
    {0x200b, 0x200f, 0},   /* Zero-width space, joiners, marks of direction. */
    {0x2e80, 0x303e, 2},   /* Radicals, Chinese punctuation. */
    {0x3041, 0xa4cf, 2},   /* Kana, Han, Yi. */
    {0xac00, 0xd7a3, 2},   /* Hangul. */
    {0xf900, 0xfaff, 2},   /* Compatibility Han. */
    {0xfe00, 0xfe0f, 0},   /* Variation selectors. */
    {0xfe30, 0xfe6f, 2},   /* Vertical and small forms. */
    {0xff00, 0xff60, 2},   /* Full-width forms. */
    {0x1f300, 0x1faff, 2}, /* Pictures. */
    {0x20000, 0x3fffd, 2}, /* Further Han. */
};

size_t bp_columns_of(uint32_t character)
{
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0] && character >= blocks[i].first; i++)
        if (character <= blocks[i].last)
            return blocks[i].columns;
    return 1;
}

size_t bp_columns_width(const char *text)
{
    size_t length = strlen(text), columns = 0;
    for (size_t at = 0; at < length;)
        columns += bp_columns_of(bp_utf8_next(text, length, &at));
    return columns;
}

/* Characters that a terminal obeys, or that turn the direction of what follows. */
static bool is_unfit(uint32_t c)
{
    return c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == BP_UTF8_BAD;
}

void bp_columns_put(const char *text, size_t width)
{
    size_t length = strlen(text), used = 0;
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t c = bp_utf8_next(text, length, &at);
        used += bp_columns_of(c);
        if (is_unfit(c))
            putchar(' ');
        else
            (void)fwrite(text + from, 1, at - from, stdout);
    }
    if (width != 0)
        printf("%*s  ", used < width ? (int)(width - used) : 0, "");
}
