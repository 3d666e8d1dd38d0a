/* Reads the top dictionary and the charset of a CFF table (Adobe Technical Note 5176). Every read
 * is bounded. */
#include "pdf/cff.h"

typedef struct {
    const unsigned char *bytes;
    size_t size;
    size_t at;
    bool is_short; /* A read went beyond the end. */
} reader;

static uint32_t take(reader *r, int bytes)
{
    uint32_t value = 0;
    if ((size_t)bytes > r->size - r->at) {
        r->is_short = true;
        r->at = r->size;
        return 0;
    }
    for (int i = 0; i < bytes; i++)
        value = value << 8 | r->bytes[r->at++];
    return value;
}

static void skip_to(reader *r, size_t at)
{
    if (at > r->size) {
        r->is_short = true;
        at = r->size;
    }
    r->at = at;
}

/* Moves behind an INDEX and answers where its first item lies and ends. */
static void read_index(reader *r, size_t *first, size_t *first_end)
{
    uint32_t count = take(r, 2);
    *first = *first_end = r->at;
    if (count == 0)
        return;
    int width = (int)take(r, 1);
    if (width < 1 || width > 4) {
        r->is_short = true;
        return;
    }
    size_t offsets = r->at;
    size_t data = offsets + ((size_t)count + 1) * (size_t)width - 1;
    size_t start = take(r, width);
    size_t next = take(r, width);
    skip_to(r, offsets + (size_t)count * (size_t)width);
    size_t last = take(r, width);
    *first = data + start;
    *first_end = data + next;
    skip_to(r, data + last);
}

/* Reads operands and operators of a top dictionary; keeps the charset's offset and whether there is
 * an ROS. */
static void read_top(reader *r, size_t end, size_t *charset, bool *has_cids)
{
    int32_t last = 0;
    while (r->at < end && !r->is_short) {
        uint32_t b = take(r, 1);
        if (b == 28) {
            last = (int16_t)take(r, 2);
        } else if (b == 29) {
            last = (int32_t)take(r, 4);
        } else if (b == 30) {
            uint32_t nibbles;
            do
                nibbles = take(r, 1);
            while (!r->is_short && (nibbles & 15) != 15 && nibbles >> 4 != 15);
        } else if (b >= 32 && b <= 246) {
            last = (int32_t)b - 139;
        } else if (b >= 247 && b <= 250) {
            last = ((int32_t)b - 247) * 256 + (int32_t)take(r, 1) + 108;
        } else if (b >= 251 && b <= 254) {
            last = -((int32_t)b - 251) * 256 - (int32_t)take(r, 1) - 108;
        } else if (b == 12) {
            if (take(r, 1) == 30)
                *has_cids = true;
        } else if (b == 15 && last >= 0) {
            *charset = (size_t)last;
        }
    }
}

/* Moves behind the format of the charset; false where the font has no CIDs, or cannot be read (then
 * is_short). */
static bool find_charset(reader *r, uint32_t *format)
{
    size_t first = 0, end = 0, charset = 0;
    bool has_cids = false;
    skip_to(r, 2);
    skip_to(r, take(r, 1));      /* The size of the header. */
    read_index(r, &first, &end); /* Names. */
    read_index(r, &first, &end); /* Top dictionaries. */
    if (r->is_short)
        return false;
    skip_to(r, first);
    read_top(r, end, &charset, &has_cids);
    if (r->is_short || !has_cids || charset <= 2)
        return false; /* 0 to 2 are ready-made charsets, which fonts with CIDs do not use. */
    skip_to(r, charset);
    *format = take(r, 1);
    return true;
}

bool bp_cff_cids(const unsigned char *bytes, size_t size, uint16_t *cids, size_t glyph_count)
{
    reader r = {.bytes = bytes, .size = size};
    uint32_t format = 0;
    for (size_t i = 0; i < glyph_count; i++)
        cids[i] = (uint16_t)i;
    if (!find_charset(&r, &format))
        return !r.is_short;
    if (format > 2)
        return false;
    for (size_t i = 1; i < glyph_count && !r.is_short;) {
        uint32_t cid = take(&r, 2);
        uint32_t more = format == 0 ? 0 : take(&r, (int)format);
        for (uint32_t n = 0; n <= more && i < glyph_count; n++)
            cids[i++] = (uint16_t)(cid + n);
    }
    return !r.is_short;
}

bool bp_cff_renumber(unsigned char *bytes, size_t size, const uint16_t *cids, size_t glyph_count)
{
    reader r = {.bytes = bytes, .size = size};
    uint32_t format = 0;
    if (!find_charset(&r, &format) || r.is_short || format != 0 ||
        (glyph_count - 1) * 2 > size - r.at)
        return false;
    for (size_t i = 1; i < glyph_count; i++) {
        bytes[r.at++] = (unsigned char)(cids[i] >> 8);
        bytes[r.at++] = (unsigned char)cids[i];
    }
    return true;
}
