/* The sets of letters behind glyphs, coverages and classes: see rules_private.h. */
#include <string.h>

#include "text/rules_private.h"

#define WORK_MOST (1u << 20) /* Numbers read of a table: a sound font needs some ten thousand. */

/* Letters ------------------------------------------------------------------------------------- */

bool bp_letters_is_within(bp_letters a, bp_letters b)
{
    return (a.bits[0] & ~b.bits[0]) == 0 && (a.bits[1] & ~b.bits[1]) == 0;
}

void bp_letters_unite(bp_letters *a, bp_letters b)
{
    a->bits[0] |= b.bits[0];
    a->bits[1] |= b.bits[1];
}

/* Numbers ------------------------------------------------------------------------------------- */

unsigned bp_rule_u16(bp_rule_reader *r, size_t at)
{
    if (r->is_broken || ++r->work > WORK_MOST || at > r->table.size || r->table.size - at < 2) {
        r->is_broken = true;
        return 0;
    }
    return (unsigned)r->table.bytes[at] << 8 | r->table.bytes[at + 1];
}

size_t bp_rule_u32(bp_rule_reader *r, size_t at)
{
    size_t high = bp_rule_u16(r, at);
    return high << 16 | bp_rule_u16(r, at + 2);
}

size_t bp_rule_follow(bp_rule_reader *r, size_t from, size_t at)
{
    unsigned offset = bp_rule_u16(r, at);
    return offset == 0 ? 0 : from + offset;
}

/* The numbers of a list, once, so that the loop over them need not ask; NULL where it is damaged.
 */
static const unsigned char *list(bp_rule_reader *r, size_t at, size_t bytes)
{
    if (r->is_broken || at > r->table.size || r->table.size - at < bytes) {
        r->is_broken = true;
        return NULL;
    }
    r->work += bytes / 2;
    return r->table.bytes + at;
}

static unsigned number(const unsigned char *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

/* Owners -------------------------------------------------------------------------------------- */

/* Where the glyph is or would be. */
static size_t owner_at(const bp_rule_reader *r, uint32_t glyph)
{
    size_t low = 0, high = r->owner_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->owners[middle].glyph < glyph)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The glyph's owner; `owner_count` where no letter becomes it. */
static size_t find_owner(const bp_rule_reader *r, uint32_t glyph)
{
    if ((r->filter[glyph >> 6 & 15] >> (glyph & 63) & 1) == 0)
        return r->owner_count;
    size_t i = owner_at(r, glyph);
    return i < r->owner_count && r->owners[i].glyph == glyph ? i : r->owner_count;
}

bool bp_rule_own(bp_rule_reader *r, uint32_t glyph, bp_letters letters)
{
    size_t i = owner_at(r, glyph);
    if (i < r->owner_count && r->owners[i].glyph == glyph) {
        bool is_new = !bp_letters_is_within(letters, r->owners[i].letters);
        bp_letters_unite(&r->owners[i].letters, letters);
        return is_new;
    }
    if (r->owner_count == BP_OWNERS_MOST) {
        r->is_broken = true;
        return false;
    }
    memmove(&r->owners[i + 1], &r->owners[i], (r->owner_count - i) * sizeof(bp_owner));
    r->owners[i] = (bp_owner){glyph, letters};
    r->owner_count++;
    r->filter[glyph >> 6 & 15] |= UINT64_C(1) << (glyph & 63);
    return true;
}

bp_letters bp_rule_letters(const bp_rule_reader *r, uint32_t glyph)
{
    size_t i = find_owner(r, glyph);
    static const bp_letters none = {{0}};
    return i == r->owner_count ? none : r->owners[i].letters;
}

/* Coverage and classes ------------------------------------------------------------------------ */

size_t bp_rule_cover(bp_rule_reader *r, size_t at)
{
    size_t count = 0;
    if (at == 0)
        return 0;
    unsigned format = bp_rule_u16(r, at), length = bp_rule_u16(r, at + 2);
    const unsigned char *glyphs = list(r, at + 4, (size_t)length * (format == 1 ? 2 : 6));
    r->is_broken = r->is_broken || format < 1 || format > 2;
    for (size_t i = 0; i < length && !r->is_broken; i++) {
        const unsigned char *part = glyphs + i * (format == 1 ? 2 : 6);
        unsigned from = number(part), to = format == 1 ? from : number(part + 2);
        size_t index = format == 1 ? i : number(part + 4);
        size_t found = format == 1 ? find_owner(r, from) : owner_at(r, from);
        for (; found < r->owner_count && r->owners[found].glyph <= to; found++) {
            if (count == BP_OWNERS_MOST) {
                r->is_broken = true;
                break;
            }
            r->covered[count++] = (bp_covered){found, index + r->owners[found].glyph - from};
        }
    }
    return r->is_broken ? 0 : count;
}

bp_letters bp_rule_coverage(bp_rule_reader *r, size_t at)
{
    bp_letters letters = {{0}};
    size_t slot = (at ^ at >> 6) % BP_QUICK_COVERAGES;
    if (at != 0 && r->cache[slot].at == at)
        return r->cache[slot].letters;
    size_t count = bp_rule_cover(r, at);
    for (size_t i = 0; i < count; i++)
        bp_letters_unite(&letters, r->owners[r->covered[i].owner].letters);
    r->cache[slot].at = at;
    r->cache[slot].letters = letters;
    return letters;
}

/* Gives the owners from glyph `from` to `to` the classes that follow one another in `values`, or
 * all the class at `values`. */
static void set_classes(bp_rule_reader *r, int which, unsigned from, unsigned to,
                        const unsigned char *values, bool is_one)
{
    for (size_t i = owner_at(r, from); i < r->owner_count && r->owners[i].glyph <= to; i++)
        r->classes[which][i] =
            (uint16_t)number(is_one ? values : values + 2 * (size_t)(r->owners[i].glyph - from));
}

static void read_classes(bp_rule_reader *r, int which, size_t at)
{
    unsigned format = bp_rule_u16(r, at);
    size_t head = format == 1 ? at + 4 : at + 2, length = bp_rule_u16(r, head);
    const unsigned char *values = list(r, head + 2, length * (format == 1 ? 2 : 6));
    r->is_broken = r->is_broken || format < 1 || format > 2;
    if (r->is_broken || length == 0)
        return;
    if (format == 1) {
        unsigned from = bp_rule_u16(r, at + 2);
        set_classes(r, which, from, from + (unsigned)length - 1, values, false);
        return;
    }
    /* HarfBuzz searches by halves: where ranges are out of order, what it finds is not to be told.
     */
    long last = -1;
    for (size_t i = 0; i < length && !r->is_broken; i++, values += 6) {
        unsigned from = number(values), to = number(values + 2);
        r->is_broken = (long)from <= last || to < from;
        last = (long)to;
        set_classes(r, which, from, to, values + 4, true);
    }
}

void bp_rule_classify(bp_rule_reader *r, int which, size_t at)
{
    if (r->has_class[which] && r->class_at[which] == at)
        return;
    memset(r->classes[which], 0, sizeof r->classes[which]);
    memset(r->of_class[which], 0, sizeof r->of_class[which]);
    r->has_class[which] = true;
    r->class_at[which] = at;
    if (at != 0)
        read_classes(r, which, at);
    for (size_t i = 0; i < r->owner_count; i++)
        if (r->classes[which][i] < BP_QUICK_CLASSES)
            bp_letters_unite(&r->of_class[which][r->classes[which][i]], r->owners[i].letters);
}

bp_letters bp_rule_class(const bp_rule_reader *r, int which, unsigned class)
{
    bp_letters letters = {{0}};
    if (class < BP_QUICK_CLASSES)
        return r->of_class[which][class];
    for (size_t i = 0; i < r->owner_count; i++)
        if (r->classes[which][i] == class)
            bp_letters_unite(&letters, r->owners[i].letters);
    return letters;
}
