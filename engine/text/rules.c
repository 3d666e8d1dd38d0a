/* Reads GSUB and GPOS for what may happen to words of letters: see rules.h. First the glyphs are
 * found that letters can become one by one; each keeps the letters it may stand for. Then each rule
 * of each lookup is taken as a list of places, each place as the letters that can stand there. A
 * rule with an empty place cannot match and is forgotten. Order and neighbourhood are not looked
 * at, which can only make a word look more dangerous than it is. */
#include "text/rules.h"

#include <string.h>

#include "base/mem.h"
#include "text/rules_private.h"

#define RULES_BYTES_MOST (64u << 10)
#define ROUNDS_MOST 8 /* Of exchanging glyphs for glyphs. */

static const bp_letters no_letters = {{0}};

/* How many words would be looked at twice if these letters were hot. */
static unsigned weight(bp_letters a)
{
    static const bp_letters lower = {{0, 0x07fffffe00000000}}, upper = {{0, 0x07fffffe}},
                            figures = {{0x03ff000000000000, 0}}, common = {{0x500100000000, 0}};
    unsigned sum = (unsigned)(__builtin_popcountll(a.bits[0]) + __builtin_popcountll(a.bits[1]));
    sum += 20 * (unsigned)__builtin_popcountll(a.bits[1] & lower.bits[1]);
    sum += 5 * (unsigned)__builtin_popcountll(a.bits[1] & upper.bits[1]);
    sum += 5 * (unsigned)__builtin_popcountll(a.bits[0] & figures.bits[0]);
    return sum + 20 * (unsigned)__builtin_popcountll(a.bits[0] & common.bits[0]);
}

/* Rules --------------------------------------------------------------------------------------- */

static void begin_rule(bp_rule_reader *r)
{
    r->place_count = 0;
    r->is_dead = false;
}

static void add_place(bp_rule_reader *r, bp_letters letters)
{
    r->is_dead = r->is_dead || bp_letters_is_empty(letters);
    if (!r->is_dead && r->place_count < BP_PLACES_MOST)
        r->places[r->place_count++] = letters;
}

/* One place of each rule becomes hot: the one whose letters are the rarest, unless one already is.
 */
static void end_rule(bp_rule_reader *r)
{
    bp_rules *rules = r->rules;
    if (r->is_dead || r->is_broken)
        return;
    if (r->place_count == 0 || rules->places.length > RULES_BYTES_MOST) {
        r->is_broken = true;
        return;
    }
    bool is_hot = false;
    for (size_t i = 0; i < r->place_count && !is_hot; i++)
        is_hot = bp_letters_is_within(r->places[i], rules->hot);
    if (!is_hot) {
        size_t best = 0;
        unsigned least = weight(r->places[0]);
        for (size_t i = 1; i < r->place_count; i++) {
            unsigned other = weight(r->places[i]);
            best = other < least ? i : best;
            least = other < least ? other : least;
        }
        bp_letters_unite(&rules->hot, r->places[best]);
    }
    if (!bp_buf_add(&rules->places, r->places, r->place_count * sizeof(bp_letters)) ||
        !bp_buf_add(&rules->places, &no_letters, sizeof no_letters))
        r->is_broken = true;
}

/* A rule that takes one glyph of a coverage: multiple and alternate substitution. */
static void read_covered(bp_rule_reader *r, size_t at)
{
    begin_rule(r);
    add_place(r, bp_rule_coverage(r, bp_rule_follow(r, at, at + 2)));
    end_rule(r);
}

static void read_ligatures(bp_rule_reader *r, size_t at)
{
    size_t count = bp_rule_cover(r, bp_rule_follow(r, at, at + 2));
    unsigned set_count = bp_rule_u16(r, at + 4);
    for (size_t i = 0; i < count && !r->is_broken; i++) {
        bp_covered one = r->covered[i];
        size_t set = one.index < set_count ? bp_rule_follow(r, at, at + 6 + 2 * one.index) : 0;
        unsigned length = set == 0 ? 0 : bp_rule_u16(r, set);
        for (size_t k = 0; k < length && !r->is_broken; k++) {
            size_t ligature = bp_rule_follow(r, set, set + 2 + 2 * k);
            unsigned part_count = ligature == 0 ? 0 : bp_rule_u16(r, ligature + 2);
            if (part_count == 0)
                continue;
            begin_rule(r);
            add_place(r, r->owners[one.owner].letters);
            for (size_t p = 1; p < part_count && !r->is_dead; p++)
                add_place(r, bp_rule_letters(r, bp_rule_u16(r, ligature + 2 + 2 * p)));
            end_rule(r);
        }
    }
}

/* How the numbers of a context name the glyphs of a place. */
typedef enum { BY_GLYPH, BY_CLASS, BY_COVERAGE } naming;

/* Adds `count` places whose numbers begin at `*at`, and moves behind them. */
static void add_places(bp_rule_reader *r, naming by, int which, size_t base, size_t count,
                       size_t *at)
{
    for (size_t i = 0; i < count && !r->is_broken && !r->is_dead; i++) {
        unsigned value = bp_rule_u16(r, *at + 2 * i);
        add_place(r, by == BY_GLYPH   ? bp_rule_letters(r, value)
                     : by == BY_CLASS ? bp_rule_class(r, which, value)
                     : value == 0     ? no_letters
                                      : bp_rule_coverage(r, base + value));
    }
    *at += 2 * count;
}

/* The rest of a rule whose first input place is there, if it has one of its own. A rule that does
 * nothing only keeps others from matching. */
static void read_rule(bp_rule_reader *r, naming by, bool is_chained, size_t base, size_t at,
                      size_t had)
{
    size_t input, lookup_count;
    if (is_chained) {
        size_t before = bp_rule_u16(r, at);
        at += 2;
        add_places(r, by, 0, base, before, &at);
    }
    input = bp_rule_u16(r, at);
    at += 2;
    if (!is_chained) {
        lookup_count = bp_rule_u16(r, at);
        at += 2;
    }
    if (input == 0) {
        r->is_dead = true; /* No rule without input matches. */
        return;
    }
    add_places(r, by, 1, base, input - had, &at);
    if (is_chained) {
        size_t after = bp_rule_u16(r, at);
        at += 2;
        add_places(r, by, 2, base, after, &at);
        lookup_count = bp_rule_u16(r, at);
    }
    r->is_dead = r->is_dead || lookup_count == 0;
}

/* The rules of one set, all of which begin with `first`. */
static void read_rule_set(bp_rule_reader *r, naming by, bool is_chained, size_t set,
                          bp_letters first)
{
    unsigned length = set == 0 ? 0 : bp_rule_u16(r, set);
    for (size_t k = 0; k < length && !r->is_broken; k++) {
        size_t rule = bp_rule_follow(r, set, set + 2 + 2 * k);
        if (rule == 0)
            continue;
        begin_rule(r);
        add_place(r, first);
        read_rule(r, by, is_chained, 0, rule, 1);
        end_rule(r);
    }
}

static void read_context(bp_rule_reader *r, bool is_chained, size_t at)
{
    unsigned format = bp_rule_u16(r, at);
    if (format == 1) {
        size_t count = bp_rule_cover(r, bp_rule_follow(r, at, at + 2));
        unsigned set_count = bp_rule_u16(r, at + 4);
        for (size_t i = 0; i < count && !r->is_broken; i++) {
            bp_covered one = r->covered[i];
            if (one.index < set_count)
                read_rule_set(r, BY_GLYPH, is_chained,
                              bp_rule_follow(r, at, at + 6 + 2 * one.index),
                              r->owners[one.owner].letters);
        }
    } else if (format == 2) {
        bp_letters first = bp_rule_coverage(r, bp_rule_follow(r, at, at + 2));
        size_t head;
        if (is_chained) {
            bp_rule_classify(r, 0, bp_rule_follow(r, at, at + 4));
            bp_rule_classify(r, 1, bp_rule_follow(r, at, at + 6));
            bp_rule_classify(r, 2, bp_rule_follow(r, at, at + 8));
            head = at + 10;
        } else {
            bp_rule_classify(r, 1, bp_rule_follow(r, at, at + 4));
            head = at + 6;
        }
        unsigned set_count = bp_rule_u16(r, head);
        for (unsigned class = 0; class < set_count && !r->is_broken; class ++) {
            bp_letters letters = bp_rule_class(r, 1, class);
            letters.bits[0] &= first.bits[0];
            letters.bits[1] &= first.bits[1];
            if (!bp_letters_is_empty(letters))
                read_rule_set(r, BY_CLASS, is_chained,
                              bp_rule_follow(r, at, head + 2 + 2 * (size_t) class), letters);
        }
    } else if (format == 3) {
        begin_rule(r);
        read_rule(r, BY_COVERAGE, is_chained, at, at + 2, 0);
        end_rule(r);
    } else {
        r->is_broken = true;
    }
}

static void read_reverse(bp_rule_reader *r, size_t at)
{
    begin_rule(r);
    add_place(r, bp_rule_coverage(r, bp_rule_follow(r, at, at + 2)));
    size_t place = at + 4;
    for (int side = 0; side < 2; side++) {
        size_t count = bp_rule_u16(r, place);
        place += 2;
        add_places(r, BY_COVERAGE, 0, at, count, &place);
    }
    end_rule(r);
    r->is_broken = r->is_broken || bp_rule_u16(r, at) != 1;
}

/* Lookups ------------------------------------------------------------------------------------- */

/* Exchanges single glyphs. True where a glyph was new. */
static bool read_single(bp_rule_reader *r, size_t at, bool *is_simple)
{
    unsigned format = bp_rule_u16(r, at);
    size_t count = bp_rule_cover(r, bp_rule_follow(r, at, at + 2));
    struct {
        uint32_t glyph;
        bp_letters letters;
    } found[BP_OWNERS_MOST];
    size_t n = 0;
    for (size_t i = 0; i < count && !r->is_broken; i++) { /* Owners move while one is added. */
        bp_covered one = r->covered[i];
        if (format == 1)
            found[n].glyph = (r->owners[one.owner].glyph + bp_rule_u16(r, at + 4)) & 0xffff;
        else if (one.index < bp_rule_u16(r, at + 4))
            found[n].glyph = bp_rule_u16(r, at + 6 + 2 * one.index);
        else
            continue;
        found[n++].letters = r->owners[one.owner].letters;
    }
    bool is_new = false;
    for (size_t i = 0; i < n && !r->is_broken; i++)
        is_new = bp_rule_own(r, found[i].glyph, found[i].letters) || is_new;
    r->is_broken = r->is_broken || format < 1 || format > 2;
    *is_simple = *is_simple || n > 0;
    return is_new;
}

/* Adjusts what one glyph (type 1) or a pair (type 2) begins. Only the advance of the first may
 * change: then a word's advances each follow from a glyph and the next. */
static void read_adjustment(bp_rule_reader *r, unsigned type, unsigned flags, size_t at)
{
    enum { ADVANCE = 0x0004, ADVANCE_DEVICE = 0x0040, IGNORE_BASES = 0x0002, IGNORE_LIGATURES = 4 };
    unsigned format = bp_rule_u16(r, at);
    r->is_broken = r->is_broken || format < 1 || format > 2;
    if (bp_letters_is_empty(bp_rule_coverage(r, bp_rule_follow(r, at, at + 2))))
        return;
    unsigned first = bp_rule_u16(r, at + 4), second = type == 2 ? bp_rule_u16(r, at + 6) : 0;
    if ((first & ~(unsigned)(ADVANCE | ADVANCE_DEVICE)) != 0 || second != 0 ||
        (flags & (IGNORE_BASES | IGNORE_LIGATURES)) != 0)
        r->is_broken = true;
}

/* Cursive attachment and marks: none may stand on letters. */
static void read_attachment(bp_rule_reader *r, size_t at)
{
    if (bp_rule_u16(r, at) != 1 ||
        !bp_letters_is_empty(bp_rule_coverage(r, bp_rule_follow(r, at, at + 2))))
        r->is_broken = true;
}

typedef enum { ROUND_SINGLES, ROUND_RULES } round;

/* One subtable. True where a round of exchanging found a new glyph. */
static bool read_subtable(bp_rule_reader *r, round what, unsigned type, unsigned flags, size_t at,
                          bool *is_simple)
{
    unsigned extension = r->is_positioning ? 9 : 7, first_context = r->is_positioning ? 7 : 5;
    if (type == extension) {
        type = bp_rule_u16(r, at + 2);
        r->is_broken = r->is_broken || bp_rule_u16(r, at) != 1 || type == extension;
        at += bp_rule_u32(r, at + 4);
    }
    if (!r->is_positioning && type == 1)
        return what == ROUND_SINGLES && read_single(r, at, is_simple);
    if (what == ROUND_SINGLES || r->is_broken)
        return false;
    if (type == first_context || type == first_context + 1)
        read_context(r, type != first_context, at);
    else if (r->is_positioning && (type == 1 || type == 2))
        read_adjustment(r, type, flags, at);
    else if (r->is_positioning && type >= 3 && type <= 6)
        read_attachment(r, at);
    else if (!r->is_positioning && (type == 2 || type == 3))
        read_covered(r, at);
    else if (!r->is_positioning && type == 4)
        read_ligatures(r, at);
    else if (!r->is_positioning && type == 8)
        read_reverse(r, at);
    else
        r->is_broken = true;
    return false;
}

static bool read_lookups(bp_rule_reader *r, round what, bp_lookup *lookups, size_t count)
{
    bool is_new = false;
    if (count == 0)
        return false;
    size_t directory = bp_rule_follow(r, 0, 8);
    unsigned lookup_count = bp_rule_u16(r, directory);
    r->is_broken = r->is_broken || bp_rule_u16(r, 0) != 1 || directory == 0;
    for (size_t i = 0; i < count && !r->is_broken; i++) {
        if (lookups[i].index >= lookup_count)
            continue;
        size_t lookup = bp_rule_follow(r, directory, directory + 2 + 2 * (size_t)lookups[i].index);
        unsigned type = bp_rule_u16(r, lookup), flags = bp_rule_u16(r, lookup + 2),
                 parts = bp_rule_u16(r, lookup + 4);
        for (size_t k = 0; k < parts && !r->is_broken && lookup != 0; k++) {
            size_t at = bp_rule_follow(r, lookup, lookup + 6 + 2 * k);
            if (at != 0)
                is_new = read_subtable(r, what, type, flags, at, &lookups[i].is_simple) || is_new;
        }
    }
    return is_new;
}

/* To the next table: what was remembered was of the last. */
static void turn_to(bp_rule_reader *r, bp_sfnt_view table, bool is_positioning)
{
    r->table = table;
    r->is_positioning = is_positioning;
    r->work = 0;
    memset(r->cache, 0, sizeof r->cache);
    memset(r->has_class, 0, sizeof r->has_class);
}

void bp_rules_read(bp_rules *rules, const uint32_t glyphs[BP_LETTER_COUNT], bp_sfnt_view gsub,
                   bp_lookup *substitutions, size_t substitution_count, bp_sfnt_view gpos,
                   bp_lookup *positionings, size_t positioning_count)
{
    *rules = (bp_rules){.is_unknown = true};
    bp_rule_reader *r = bp_alloc_zero(1, sizeof *r);
    if (r == NULL)
        return;
    r->rules = rules;
    for (unsigned i = 0; i < BP_LETTER_COUNT; i++) {
        bp_letters one = {{0}};
        bp_letters_add(&one, (unsigned char)(BP_LETTER_FIRST + i));
        if (glyphs[i] != 0)
            (void)bp_rule_own(r, glyphs[i], one);
    }
    turn_to(r, gsub, false);
    int rounds = 0;
    while (read_lookups(r, ROUND_SINGLES, substitutions, substitution_count))
        if (++rounds == ROUNDS_MOST)
            r->is_broken = true;
    (void)read_lookups(r, ROUND_RULES, substitutions, substitution_count);
    turn_to(r, gpos, true);
    (void)read_lookups(r, ROUND_RULES, positionings, positioning_count);
    for (size_t i = 0; i < r->owner_count && !r->is_broken; i++)
        if (!bp_buf_add(&rules->glyphs, &r->owners[i].glyph, sizeof r->owners[i].glyph))
            r->is_broken = true;
    rules->is_unknown = r->is_broken;
    bp_free(r);
}

void bp_rules_clear(bp_rules *rules)
{
    bp_buf_clear(&rules->places);
    bp_buf_clear(&rules->glyphs);
}

bool bp_rules_may_match(const bp_rules *rules, bp_letters word)
{
    if (rules->is_unknown)
        return true;
    if (!bp_letters_meet(word, rules->hot))
        return false;
    const bp_letters *places = BP_BUF_ITEMS(&rules->places, bp_letters);
    size_t count = BP_BUF_COUNT(&rules->places, bp_letters);
    for (size_t i = 0; i < count; i++) {
        while (!bp_letters_is_empty(places[i]) && bp_letters_meet(places[i], word))
            i++;
        if (bp_letters_is_empty(places[i]))
            return true; /* Every place of this rule has its letter in the word. */
        while (!bp_letters_is_empty(places[i]))
            i++;
    }
    return false;
}
