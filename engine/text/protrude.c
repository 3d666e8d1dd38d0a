/* Protrusion by the table that pdfTeX made customary (Hàn Thế Thành, "Micro-typographic extensions
 * to the TeX typesetting system", 2000; the values below are those that microtype gives for a roman
 * face, rounded): in thousandths of the character's own width. Small marks hang out by most of
 * theirs, hyphens by half, wide ones and letters by a little. */
#include "text/protrude.h"

typedef struct {
    uint16_t character, start, end;
} side;

/* In the order of their numbers. */
static const side sides[] = {
    {'!', 0, 100},      {'"', 300, 300},    {'%', 50, 50},      {'\'', 400, 400},
    {'(', 100, 0},      {')', 0, 200},      {'*', 200, 200},    {'+', 150, 150},
    {',', 0, 500},      {'-', 400, 500},    {'.', 0, 700},      {'/', 100, 200},
    {':', 0, 500},      {';', 0, 300},      {'?', 0, 100},      {'A', 50, 50},
    {'F', 0, 50},       {'J', 50, 0},       {'K', 0, 50},       {'L', 0, 50},
    {'T', 50, 50},      {'V', 50, 50},      {'W', 50, 50},      {'X', 50, 50},
    {'Y', 50, 50},      {'[', 100, 0},      {']', 0, 100},      {'k', 0, 50},
    {'r', 0, 50},       {'t', 0, 70},       {'v', 50, 50},      {'w', 50, 50},
    {'x', 50, 50},      {'y', 50, 70},      {0xab, 200, 100},   {0xb7, 0, 500},
    {0xbb, 100, 200},   {0x2010, 400, 500}, {0x2011, 400, 500}, {0x2013, 200, 300},
    {0x2014, 150, 250}, {0x2018, 400, 400}, {0x2019, 400, 400}, {0x201a, 400, 400},
    {0x201c, 300, 300}, {0x201d, 300, 300}, {0x201e, 300, 300}, {0x2022, 300, 300},
    {0x2026, 0, 200},   {0x2039, 300, 200}, {0x203a, 200, 300},
};

static const side *find(uint32_t c)
{
    int low = 0, high = (int)(sizeof sides / sizeof *sides) - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        if (sides[middle].character == c)
            return &sides[middle];
        if (sides[middle].character < c)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return 0;
}

double bp_protrusion_end(uint32_t c)
{
    const side *found = find(c);
    return found != 0 ? found->end / 1000.0 : 0;
}

double bp_protrusion_start(uint32_t c)
{
    const side *found = find(c);
    return found != 0 ? found->start / 1000.0 : 0;
}
