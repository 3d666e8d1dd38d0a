/* Bidi levels: see bidi.h. Here are the explicit levels (rules P2 to X10) and the order of a line
 * (L1, L2); what the types of characters come to within a sequence is in bidi_types.c. */
#include "text/bidi.h"

#include <limits.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/bidi_private.h"

#define DEPTH_MOST 125 /* max_depth of the rules. */

/* A text under work. */
typedef struct {
    bp_bidi_unit *units;
    size_t count;
    uint32_t *kept; /* Numbers of the units that rule X9 keeps, of one block of text. */
    size_t kept_count;
    uint32_t *sequence; /* Scratch: the numbers of an isolating run sequence. */
    uint32_t *places;   /* By unit: its place in `kept`. */
    uint8_t base;
} analysis;

static bool is_isolate_start(uint8_t type)
{
    return type == U_LEFT_TO_RIGHT_ISOLATE || type == U_RIGHT_TO_LEFT_ISOLATE ||
           type == U_FIRST_STRONG_ISOLATE;
}

/* Removed by rule X9. */
static bool is_removed(uint8_t given)
{
    return given == U_LEFT_TO_RIGHT_EMBEDDING || given == U_LEFT_TO_RIGHT_OVERRIDE ||
           given == U_RIGHT_TO_LEFT_EMBEDDING || given == U_RIGHT_TO_LEFT_OVERRIDE ||
           given == U_POP_DIRECTIONAL_FORMAT || given == U_BOUNDARY_NEUTRAL;
}

static size_t read_units(const char *text, size_t length, bp_bidi_unit *units)
{
    size_t count = 0;
    for (size_t at = 0; at < length;) {
        uint32_t c = bp_utf8_next(text, length, &at);
        uint8_t type = (uint8_t)u_charDirection((UChar32)c);
        units[count++] = (bp_bidi_unit){c, BP_BIDI_NONE, type, type, 0};
    }
    return count;
}

/* BD9: which isolates belong together. Open ones are chained through `match`; blocks end them. */
static void match_isolates(const analysis *a)
{
    uint32_t open = BP_BIDI_NONE;
    for (uint32_t i = 0; i < a->count; i++) {
        bp_bidi_unit *unit = &a->units[i];
        if (is_isolate_start(unit->given)) {
            unit->match = open;
            open = i;
        } else if (unit->given == U_POP_DIRECTIONAL_ISOLATE && open != BP_BIDI_NONE) {
            uint32_t outer = a->units[open].match;
            a->units[open].match = i;
            unit->match = open;
            open = outer;
        }
        while (open != BP_BIDI_NONE && (unit->given == U_BLOCK_SEPARATOR || i + 1 == a->count)) {
            uint32_t outer = a->units[open].match;
            a->units[open].match = BP_BIDI_NONE;
            open = outer;
        }
    }
}

/* P2 and P3: the level that the first strong character of units `from` to `to` asks for, isolates
 * skipped; 0 where there is none. `to` may be beyond line feeds: the paragraph goes on behind them.
 */
static uint8_t find_base(const analysis *a, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        uint8_t type = a->units[i].given;
        if (type == U_LEFT_TO_RIGHT)
            return 0;
        if (type == U_RIGHT_TO_LEFT || type == U_RIGHT_TO_LEFT_ARABIC)
            return 1;
        if (!is_isolate_start(type))
            continue;
        if (a->units[i].match != BP_BIDI_NONE)
            i = a->units[i].match;
        else /* To the end of its block. */
            while (i + 1 < to && a->units[i + 1].given != U_BLOCK_SEPARATOR)
                i++;
    }
    return 0;
}

/* The stack of rule X1. */
typedef struct {
    struct {
        uint8_t level, override; /* ON: none. */
        bool is_isolate;
    } entries[DEPTH_MOST + 2];
    size_t top;
    size_t lost_isolates, lost_embeddings, isolates; /* Overflow and valid counts. */
} level_stack;

static void push(level_stack *s, bool is_rtl, uint8_t override, bool is_isolate)
{
    unsigned level = s->entries[s->top].level;
    level = is_rtl ? (level + 1) | 1 : (level + 2) & ~1u;
    if (level <= DEPTH_MOST && s->lost_isolates == 0 && s->lost_embeddings == 0) {
        s->top++;
        s->entries[s->top].level = (uint8_t)level;
        s->entries[s->top].override = override;
        s->entries[s->top].is_isolate = is_isolate;
        s->isolates += is_isolate;
    } else if (is_isolate) {
        s->lost_isolates++;
    } else if (s->lost_isolates == 0) {
        s->lost_embeddings++;
    }
}

/* X6a. */
static void pop_isolate(level_stack *s)
{
    if (s->lost_isolates > 0) {
        s->lost_isolates--;
    } else if (s->isolates > 0) {
        s->lost_embeddings = 0;
        while (!s->entries[s->top].is_isolate)
            s->top--;
        s->top--;
        s->isolates--;
    }
}

/* X7. */
static void pop_embedding(level_stack *s)
{
    if (s->lost_isolates > 0)
        return;
    if (s->lost_embeddings > 0)
        s->lost_embeddings--;
    else if (!s->entries[s->top].is_isolate && s->top > 0)
        s->top--;
}

/* X5a to X6a, X6: the level and override that stand at the top are the character's. */
static void take_top(const level_stack *s, bp_bidi_unit *unit)
{
    unit->level = s->entries[s->top].level;
    if (s->entries[s->top].override != U_OTHER_NEUTRAL)
        unit->type = s->entries[s->top].override;
}

static void set_level(const analysis *a, level_stack *s, size_t i)
{
    bp_bidi_unit *unit = &a->units[i];
    switch (unit->given) {
    case U_LEFT_TO_RIGHT_EMBEDDING:
    case U_RIGHT_TO_LEFT_EMBEDDING:
        push(s, unit->given == U_RIGHT_TO_LEFT_EMBEDDING, U_OTHER_NEUTRAL, false);
        break;
    case U_LEFT_TO_RIGHT_OVERRIDE:
        push(s, false, U_LEFT_TO_RIGHT, false);
        break;
    case U_RIGHT_TO_LEFT_OVERRIDE:
        push(s, true, U_RIGHT_TO_LEFT, false);
        break;
    case U_LEFT_TO_RIGHT_ISOLATE:
    case U_RIGHT_TO_LEFT_ISOLATE:
    case U_FIRST_STRONG_ISOLATE: {
        bool is_rtl = unit->given == U_RIGHT_TO_LEFT_ISOLATE;
        if (unit->given == U_FIRST_STRONG_ISOLATE)
            is_rtl = find_base(a, i + 1, unit->match != BP_BIDI_NONE ? unit->match : a->count) != 0;
        take_top(s, unit);
        push(s, is_rtl, U_OTHER_NEUTRAL, true);
        break;
    }
    case U_POP_DIRECTIONAL_ISOLATE:
        pop_isolate(s);
        take_top(s, unit);
        break;
    case U_POP_DIRECTIONAL_FORMAT:
        pop_embedding(s);
        break;
    case U_BLOCK_SEPARATOR: /* X8 */
        unit->level = a->base;
        break;
    case U_BOUNDARY_NEUTRAL:
        break;
    default:
        take_top(s, unit);
    }
}

/* X1 to X8 for the block that begins at unit `from`; answers where it ends. */
static size_t set_levels(analysis *a, size_t from)
{
    level_stack s = {.top = 0};
    s.entries[0].level = a->base;
    s.entries[0].override = U_OTHER_NEUTRAL;
    a->kept_count = 0;
    size_t i = from;
    while (i < a->count) {
        set_level(a, &s, i);
        if (!is_removed(a->units[i].given)) {
            a->places[i] = (uint32_t)a->kept_count;
            a->kept[a->kept_count++] = (uint32_t)i;
        }
        if (a->units[i++].given == U_BLOCK_SEPARATOR)
            break;
    }
    return i;
}

static uint8_t direction_of(unsigned level)
{
    return level & 1 ? U_RIGHT_TO_LEFT : U_LEFT_TO_RIGHT;
}

static const bp_bidi_unit *kept_unit(const analysis *a, size_t place)
{
    return &a->units[a->kept[place]];
}

/* Where the level run that begins at a place ends. Levels are resolved sequence by sequence: those
 * given are asked, not those that came out. */
static size_t run_end(const analysis *a, const uint8_t *given, size_t place)
{
    size_t end = place + 1;
    while (end < a->kept_count && given[end] == given[place])
        end++;
    return end;
}

/* X10: from the run at `place` on, over the isolates it holds; W1 to I2 for what was gathered. */
static void resolve_sequence(const analysis *a, const uint8_t *given, size_t place)
{
    uint8_t level = given[place];
    uint8_t outer = place > 0 ? given[place - 1] : a->base;
    uint8_t before = direction_of(outer > level ? outer : level);
    size_t count = 0, end;
    const bp_bidi_unit *last;
    for (;;) {
        end = run_end(a, given, place);
        memcpy(a->sequence + count, a->kept + place, (end - place) * sizeof *a->kept);
        count += end - place;
        last = kept_unit(a, end - 1);
        if (!is_isolate_start(last->given) || last->match == BP_BIDI_NONE)
            break;
        place = a->places[last->match];
    }
    outer = end < a->kept_count && !is_isolate_start(last->given) ? given[end] : a->base;
    bp_bidi_resolve(a->units, a->sequence, count, before,
                    direction_of(outer > level ? outer : level));
}

static void resolve_block(const analysis *a, uint8_t *given)
{
    for (size_t i = 0; i < a->kept_count; i++)
        given[i] = kept_unit(a, i)->level;
    for (size_t i = 0; i < a->kept_count; i = run_end(a, given, i)) {
        const bp_bidi_unit *first = kept_unit(a, i);
        if (first->given != U_POP_DIRECTIONAL_ISOLATE || first->match == BP_BIDI_NONE)
            resolve_sequence(a, given, i);
    }
}

static bool ends_line(uint8_t given)
{
    return given == U_WHITE_SPACE_NEUTRAL || is_isolate_start(given) ||
           given == U_POP_DIRECTIONAL_ISOLATE || is_removed(given);
}

/* L1, and levels for what X9 removed: that of the character before. */
static void finish_block(const analysis *a, size_t from, size_t to)
{
    size_t blank = from; /* Units from here on are white space. */
    uint8_t level = a->base;
    for (size_t i = from; i < to; i++) {
        bp_bidi_unit *unit = &a->units[i];
        if (is_removed(unit->given))
            unit->level = level;
        level = unit->level;
        if (unit->given == U_SEGMENT_SEPARATOR || unit->given == U_BLOCK_SEPARATOR) {
            for (; blank <= i; blank++)
                a->units[blank].level = a->base;
            level = a->base;
        } else if (!ends_line(unit->given)) {
            blank = i + 1;
        }
    }
    for (; blank < to; blank++)
        a->units[blank].level = a->base;
}

static bool add_runs(const analysis *a, const char *text, size_t length, bp_buf *runs)
{
    size_t at = 0, i = 0;
    while (i < a->count) {
        uint8_t level = a->units[i].level;
        for (; i < a->count && a->units[i].level == level; i++)
            (void)bp_utf8_next(text, length, &at);
        bp_level_run run = {(uint32_t)at, level};
        if (!bp_buf_add(runs, &run, sizeof run))
            return false;
    }
    return true;
}

bool bp_bidi_find(const char *text, size_t length, int direction, bp_buf *runs, bool *is_rtl,
                  bp_error *err)
{
    if (length > UINT32_MAX / 4)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "a paragraph of %zu bytes is too long", length);
    size_t most = bp_utf8_count(text, length);
    analysis a = {.units = bp_alloc(most * sizeof *a.units)};
    a.kept = bp_alloc(most * sizeof *a.kept * 3);
    uint8_t *given = bp_alloc(most);
    bool ok = a.units != NULL && a.kept != NULL && given != NULL;
    if (ok) {
        a.sequence = a.kept + most;
        a.places = a.sequence + most;
        a.count = read_units(text, length, a.units);
        match_isolates(&a);
        a.base = direction < 0 ? find_base(&a, 0, a.count) : direction > 0;
        *is_rtl = a.base != 0;
        for (size_t from = 0, to; from < a.count; from = to) {
            to = set_levels(&a, from);
            resolve_block(&a, given);
            finish_block(&a, from, to);
        }
        ok = add_runs(&a, text, length, runs);
    }
    bp_free(a.units);
    bp_free(a.kept);
    bp_free(given);
    return ok || bp_fail_memory(err);
}

size_t bp_bidi_line_end(const char *text, size_t start, size_t end)
{
    size_t at = end;
    while (at > start) {
        size_t before = at;
        do
            before--;
        while (before > start && ((unsigned char)text[before] & 0xc0) == 0x80);
        size_t next = before;
        uint32_t c = bp_utf8_next(text, end, &next);
        if (!ends_line((uint8_t)u_charDirection((UChar32)c)))
            break;
        at = before;
    }
    return at;
}

void bp_bidi_reorder(const uint8_t *levels, size_t count, int32_t *order)
{
    uint8_t highest = 0, lowest = UINT8_MAX;
    for (size_t i = 0; i < count; i++) {
        order[i] = (int32_t)i;
        highest = levels[i] > highest ? levels[i] : highest;
        lowest = levels[i] < lowest ? levels[i] : lowest;
    }
    for (unsigned level = highest; level >= (lowest | 1u); level--)
        for (size_t i = 0, end; i < count; i = end) {
            end = i + 1;
            if (levels[i] < level)
                continue;
            while (end < count && levels[end] >= level)
                end++;
            for (size_t left = i, right = end; left + 1 < right; left++) {
                int32_t swapped = order[left];
                order[left] = order[--right];
                order[right] = swapped;
            }
        }
}
