/* Reads the outer shape of font files: see sfnt.h. Numbers are fetched through two bounded
 * functions, so a damaged file can give wrong values but never a wrong access. */
#include "text/sfnt.h"

#include <string.h>

#include "base/utf8.h"

#define FACES_MOST 1024
#define TABLES_MOST 512

uint16_t bp_sfnt_u16(bp_sfnt_view view, size_t at)
{
    if (at > view.size || view.size - at < 2)
        return 0;
    return (uint16_t)(view.bytes[at] << 8 | view.bytes[at + 1]);
}

uint32_t bp_sfnt_u32(bp_sfnt_view view, size_t at)
{
    return at > view.size || view.size - at < 4
               ? 0
               : (uint32_t)bp_sfnt_u16(view, at) << 16 | bp_sfnt_u16(view, at + 2);
}

static bool fail(const char **fault, const char *what)
{
    if (fault != NULL)
        *fault = what;
    return false;
}

static bool is_tag(uint32_t value, const char tag[4])
{
    const unsigned char *t = (const unsigned char *)tag;
    return value == ((uint32_t)t[0] << 24 | (uint32_t)t[1] << 16 | (uint32_t)t[2] << 8 | t[3]);
}

bool bp_sfnt_open(bp_sfnt *sfnt, const unsigned char *bytes, size_t size, unsigned face,
                  const char **fault)
{
    *sfnt = (bp_sfnt){.file = {bytes, size}, .face_count = 1};
    size_t start = 0;
    uint32_t version = bp_sfnt_u32(sfnt->file, 0);
    if (is_tag(version, "ttcf")) {
        uint32_t count = bp_sfnt_u32(sfnt->file, 8);
        if (count == 0 || count > FACES_MOST)
            return fail(fault, "the collection header is damaged");
        sfnt->face_count = count;
        if (face >= count)
            return fail(fault, "the collection has no face of that number");
        start = bp_sfnt_u32(sfnt->file, 12 + 4 * (size_t)face);
        version = bp_sfnt_u32(sfnt->file, start);
    } else if (face != 0) {
        return fail(fault, "the file is no collection and has face 0 only");
    }
    if (version != 0x00010000 && !is_tag(version, "OTTO") && !is_tag(version, "true"))
        return fail(fault, "it is no OpenType or TrueType font");
    sfnt->table_count = bp_sfnt_u16(sfnt->file, start + 4);
    sfnt->directory = start + 12;
    if (sfnt->table_count == 0 || sfnt->table_count > TABLES_MOST || sfnt->directory > size ||
        (size - sfnt->directory) / 16 < sfnt->table_count)
        return fail(fault, "the table directory is damaged");
    for (unsigned i = 0; i < sfnt->table_count; i++) {
        size_t offset = bp_sfnt_u32(sfnt->file, sfnt->directory + 16 * (size_t)i + 8);
        size_t length = bp_sfnt_u32(sfnt->file, sfnt->directory + 16 * (size_t)i + 12);
        if (offset > size || length > size - offset)
            return fail(fault, "a table reaches past the end of the file");
    }
    return true;
}

bp_sfnt_view bp_sfnt_table(const bp_sfnt *sfnt, const char tag[4])
{
    for (unsigned i = 0; i < sfnt->table_count; i++) {
        size_t record = sfnt->directory + 16 * (size_t)i;
        if (is_tag(bp_sfnt_u32(sfnt->file, record), tag))
            return (bp_sfnt_view){sfnt->file.bytes + bp_sfnt_u32(sfnt->file, record + 8),
                                  bp_sfnt_u32(sfnt->file, record + 12)};
    }
    return (bp_sfnt_view){NULL, 0};
}

/* The number of glyphs in the CharStrings index of a CFF table is inside compressed dictionaries;
 * HarfBuzz reads those. Here only the header is looked at. */
static bool check_outlines(const bp_sfnt *sfnt, unsigned glyph_count, unsigned loca_format,
                           const char **fault)
{
    bp_sfnt_view cff = bp_sfnt_table(sfnt, "CFF "), cff2 = bp_sfnt_table(sfnt, "CFF2");
    if (cff.size != 0)
        return (cff.size > 4 && cff.bytes[0] == 1) || fail(fault, "its CFF table is damaged");
    if (cff2.size != 0)
        return (cff2.size > 5 && cff2.bytes[0] == 2) || fail(fault, "its CFF2 table is damaged");
    bp_sfnt_view loca = bp_sfnt_table(sfnt, "loca");
    if (loca.size == 0 || bp_sfnt_table(sfnt, "glyf").size == 0)
        return fail(fault, "it has no outlines (glyf or CFF table)");
    if (loca_format > 1 || loca.size / (loca_format == 0 ? 2 : 4) < (size_t)glyph_count + 1)
        return fail(fault, "its loca table is too short for its glyphs");
    return true;
}

static bool check_permission(const bp_sfnt *sfnt, const char **fault)
{
    unsigned type = bp_sfnt_u16(bp_sfnt_table(sfnt, "OS/2"), 8);
    if ((type & 0x000f) == 0x0002)
        return fail(fault, "its licence bits (fsType) forbid embedding");
    if (type & 0x0100)
        return fail(fault, "its licence bits (fsType) forbid subsetting");
    if (type & 0x0200)
        return fail(fault, "its licence bits (fsType) allow embedding of bitmaps only");
    return true;
}

bool bp_sfnt_check(const bp_sfnt *sfnt, const char **fault)
{
    bp_sfnt_view head = bp_sfnt_table(sfnt, "head"), hhea = bp_sfnt_table(sfnt, "hhea");
    bp_sfnt_view maxp = bp_sfnt_table(sfnt, "maxp"), hmtx = bp_sfnt_table(sfnt, "hmtx");
    if (head.size < 54 || bp_sfnt_u32(head, 12) != 0x5f0f3cf5)
        return fail(fault, "its head table is missing or damaged");
    unsigned units = bp_sfnt_u16(head, 18);
    if (units < 16 || units > 16384)
        return fail(fault, "its units per em are not within 16 and 16384");
    if (maxp.size < 6 || bp_sfnt_u16(maxp, 4) == 0)
        return fail(fault, "its maxp table is missing or names no glyphs");
    size_t glyph_count = bp_sfnt_u16(maxp, 4);
    size_t metric_count = bp_sfnt_u16(hhea, 34);
    if (hhea.size < 36 || metric_count == 0 || metric_count > glyph_count)
        return fail(fault, "its hhea table is missing or damaged");
    if (hmtx.size < 4 * metric_count + 2 * (glyph_count - metric_count))
        return fail(fault, "its hmtx table is too short for its glyphs");
    if (bp_sfnt_table(sfnt, "cmap").size < 4)
        return fail(fault, "it has no cmap table");
    return check_outlines(sfnt, (unsigned)glyph_count, bp_sfnt_u16(head, 50), fault) &&
           check_permission(sfnt, fault);
}

static void copy_utf16(bp_sfnt_view text, char *out, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i + 1 < text.size; i += 2) {
        uint32_t c = bp_sfnt_u16(text, i);
        if (c >= 0xd800 && c < 0xdc00) {
            uint32_t low = bp_sfnt_u16(text, i + 2);
            if (low < 0xdc00 || low > 0xdfff)
                break;
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        }
        char bytes[4];
        size_t length = c < 0x20 ? 0 : bp_utf8_put(c, bytes);
        if (length == 0 || used + length >= size)
            break;
        memcpy(out + used, bytes, length);
        used += length;
    }
    out[used] = '\0';
}

static void copy_ascii(bp_sfnt_view text, char *out, size_t size)
{
    size_t used = 0;
    while (used < text.size && used + 1 < size && text.bytes[used] >= 0x20 &&
           text.bytes[used] < 0x7f) {
        out[used] = (char)text.bytes[used];
        used++;
    }
    out[used] = '\0';
}

/* How much a record is wanted: Windows or Unicode in English, then in any language, then Mac Roman.
 */
static int rank_record(unsigned platform, unsigned encoding, unsigned language)
{
    if (platform == 3 && (encoding == 1 || encoding == 10))
        return language == 0x409 ? 4 : 2;
    if (platform == 0)
        return 3;
    return platform == 1 && encoding == 0 && language == 0 ? 1 : 0;
}

bool bp_sfnt_name(const bp_sfnt *sfnt, unsigned id, char *out, size_t size)
{
    bp_sfnt_view name = bp_sfnt_table(sfnt, "name"), best = {NULL, 0};
    int best_rank = 0;
    unsigned count = bp_sfnt_u16(name, 2), strings = bp_sfnt_u16(name, 4);
    for (size_t at = 6, end = 6 + 12 * (size_t)count; at < end && at + 12 <= name.size; at += 12) {
        size_t start = (size_t)strings + bp_sfnt_u16(name, at + 10),
               length = bp_sfnt_u16(name, at + 8);
        int rank = rank_record(bp_sfnt_u16(name, at), bp_sfnt_u16(name, at + 2),
                               bp_sfnt_u16(name, at + 4));
        if (bp_sfnt_u16(name, at + 6) != id || rank <= best_rank || start > name.size ||
            length > name.size - start || length == 0)
            continue;
        best = (bp_sfnt_view){name.bytes + start, length};
        best_rank = rank;
    }
    if (best_rank == 0)
        return false;
    if (best_rank == 1)
        copy_ascii(best, out, size);
    else
        copy_utf16(best, out, size);
    return out[0] != '\0';
}

static int clamp_weight(uint32_t weight)
{
    return weight < 1 ? 400 : weight > 1000 ? 1000 : (int)weight;
}

bool bp_sfnt_describe(const bp_sfnt *sfnt, bp_sfnt_facts *facts)
{
    *facts = (bp_sfnt_facts){.weight = 400, .weight_most = 400, .width_class = 5};
    if (!bp_sfnt_name(sfnt, 16, facts->family, sizeof facts->family) &&
        !bp_sfnt_name(sfnt, 1, facts->family, sizeof facts->family))
        return false;
    bp_sfnt_view os2 = bp_sfnt_table(sfnt, "OS/2");
    unsigned mac_style = bp_sfnt_u16(bp_sfnt_table(sfnt, "head"), 44);
    if (os2.size >= 64) {
        facts->weight = clamp_weight(bp_sfnt_u16(os2, 4));
        facts->width_class = bp_sfnt_u16(os2, 6);
        facts->is_italic = (bp_sfnt_u16(os2, 62) & 0x0201) != 0;
    } else {
        facts->weight = mac_style & 1 ? 700 : 400;
    }
    facts->is_italic |= (mac_style & 2) != 0;
    facts->weight_most = facts->weight;
    bp_sfnt_view fvar = bp_sfnt_table(sfnt, "fvar");
    size_t at = bp_sfnt_u16(fvar, 4), count = bp_sfnt_u16(fvar, 8), step = bp_sfnt_u16(fvar, 10);
    for (size_t i = 0; step >= 20 && i < count && at + 20 <= fvar.size; i++, at += step)
        if (is_tag(bp_sfnt_u32(fvar, at), "wght")) {
            facts->weight = clamp_weight(bp_sfnt_u32(fvar, at + 4) >> 16);
            facts->weight_most = clamp_weight(bp_sfnt_u32(fvar, at + 12) >> 16);
        }
    if (facts->weight_most < facts->weight)
        facts->weight_most = facts->weight;
    return true;
}
