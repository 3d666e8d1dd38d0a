/* How wide a terminal shows a character: see columns.h. The blocks that matter in data and layouts,
 * not all of Unicode. */
#include "cli/columns.h"

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
