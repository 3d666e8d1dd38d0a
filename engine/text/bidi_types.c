/* Types and levels within an isolating run sequence: rules W1 to W7, N0 to N2, I1 and I2 of UAX 9.
 * Each rule is a walk of its own; only the brackets nest, and no deeper than 63. */
#include <unicode/uchar.h>

#include "text/bidi_private.h"

#define BRACKETS_MOST 63 /* Open at once: rule BD16. */

enum {
    L = U_LEFT_TO_RIGHT,
    R = U_RIGHT_TO_LEFT,
    EN = U_EUROPEAN_NUMBER,
    ES = U_EUROPEAN_NUMBER_SEPARATOR,
    ET = U_EUROPEAN_NUMBER_TERMINATOR,
    AN = U_ARABIC_NUMBER,
    CS = U_COMMON_NUMBER_SEPARATOR,
    ON = U_OTHER_NEUTRAL,
    AL = U_RIGHT_TO_LEFT_ARABIC,
    NSM = U_DIR_NON_SPACING_MARK
};

/* A sequence under work. */
typedef struct {
    bp_bidi_unit *units;
    const uint32_t *numbers;
    size_t count;
    uint8_t before, after;
} sequence;

static bp_bidi_unit *unit_at(const sequence *s, size_t i)
{
    return &s->units[s->numbers[i]];
}

static uint8_t type_at(const sequence *s, size_t i)
{
    return unit_at(s, i)->type;
}

static bool is_isolate(uint8_t type)
{
    return type == U_LEFT_TO_RIGHT_ISOLATE || type == U_RIGHT_TO_LEFT_ISOLATE ||
           type == U_FIRST_STRONG_ISOLATE || type == U_POP_DIRECTIONAL_ISOLATE;
}

/* NI of the rules. */
static bool is_neutral(uint8_t type)
{
    return type == ON || type == U_WHITE_SPACE_NEUTRAL || type == U_SEGMENT_SEPARATOR ||
           type == U_BLOCK_SEPARATOR || is_isolate(type);
}

/* W1 to W3. */
static void resolve_marks_and_digits(const sequence *s)
{
    uint8_t last = s->before, strong = s->before;
    for (size_t i = 0; i < s->count; i++) {
        bp_bidi_unit *unit = unit_at(s, i);
        if (unit->type == NSM)
            unit->type = is_isolate(last) ? ON : last;
        last = unit->type;
        if (last == EN && strong == AL)
            unit->type = AN;
        else if (last == L || last == R || last == AL)
            strong = last;
    }
    for (size_t i = 0; i < s->count; i++)
        if (type_at(s, i) == AL)
            unit_at(s, i)->type = R;
}

/* W4 to W6. */
static void resolve_separators(const sequence *s)
{
    for (size_t i = 1; i + 1 < s->count; i++) {
        uint8_t before = type_at(s, i - 1), type = type_at(s, i), after = type_at(s, i + 1);
        if (before == after &&
            ((before == EN && (type == ES || type == CS)) || (before == AN && type == CS)))
            unit_at(s, i)->type = before;
    }
    for (size_t i = 0, end; i < s->count; i = end) {
        end = i + 1;
        if (type_at(s, i) != ET)
            continue;
        while (end < s->count && type_at(s, end) == ET)
            end++;
        bool is_number =
            (i > 0 && type_at(s, i - 1) == EN) || (end < s->count && type_at(s, end) == EN);
        for (size_t k = i; k < end; k++)
            unit_at(s, k)->type = is_number ? EN : ON;
    }
    for (size_t i = 0; i < s->count; i++)
        if (type_at(s, i) == ES || type_at(s, i) == CS)
            unit_at(s, i)->type = ON;
}

/* W7. */
static void resolve_numbers(const sequence *s)
{
    uint8_t strong = s->before;
    for (size_t i = 0; i < s->count; i++) {
        uint8_t type = type_at(s, i);
        if (type == EN && strong == L)
            unit_at(s, i)->type = L;
        else if (type == L || type == R)
            strong = type;
    }
}

/* L, R or, for none, ON: numbers count as R from here on. */
static uint8_t strong_of(uint8_t type)
{
    return type == L ? L : type == R || type == EN || type == AN ? R : ON;
}

/* The deprecated angle brackets are those of CJK. */
static uint32_t fold_bracket(uint32_t c)
{
    return c == 0x2329 ? 0x3008 : c == 0x232a ? 0x3009 : c;
}

/* A bracket takes a direction, and the marks on it with it. */
static void set_bracket(const sequence *s, size_t i, uint8_t type)
{
    unit_at(s, i)->type = type;
    for (i++; i < s->count && unit_at(s, i)->given == NSM; i++)
        unit_at(s, i)->type = type;
}

/* N0 for one pair. */
static void resolve_pair(const sequence *s, size_t open, size_t close)
{
    uint8_t own = unit_at(s, open)->level & 1 ? R : L, outer = s->before;
    bool has_opposite = false;
    for (size_t i = open + 1; i < close; i++) {
        uint8_t strong = strong_of(type_at(s, i));
        if (strong == own) {
            set_bracket(s, open, own);
            set_bracket(s, close, own);
            return;
        }
        has_opposite = has_opposite || strong != ON;
    }
    if (!has_opposite)
        return;
    for (size_t i = open; i > 0; i--) {
        uint8_t strong = strong_of(type_at(s, i - 1));
        if (strong != ON) {
            outer = strong;
            break;
        }
    }
    set_bracket(s, open, outer == own ? own : (uint8_t)(own == L ? R : L));
    set_bracket(s, close, outer == own ? own : (uint8_t)(own == L ? R : L));
}

/* N0: pairs are found from left to right (BD16), and resolved in the order of their beginnings. The
 * end of the pair that unit `i` begins is kept in its `match`, which no bracket uses. */
static void resolve_brackets(const sequence *s)
{
    struct {
        uint32_t closing;
        size_t place;
    } open[BRACKETS_MOST];
    size_t open_count = 0, first = s->count, last = 0;
    for (size_t i = 0; i < s->count; i++) {
        bp_bidi_unit *unit = unit_at(s, i);
        if (unit->type != ON)
            continue;
        int kind = u_getIntPropertyValue((UChar32)unit->character, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
        if (kind == U_BPT_OPEN) {
            if (open_count == BRACKETS_MOST)
                break;
            open[open_count].closing =
                fold_bracket((uint32_t)u_getBidiPairedBracket((UChar32)unit->character));
            open[open_count++].place = i;
        } else if (kind == U_BPT_CLOSE) {
            uint32_t c = fold_bracket(unit->character);
            size_t k = open_count;
            while (k > 0 && open[k - 1].closing != c)
                k--;
            if (k == 0)
                continue;
            open_count = k - 1;
            unit_at(s, open[open_count].place)->match = (uint32_t)i;
            first = open[open_count].place < first ? open[open_count].place : first;
            last = open[open_count].place > last ? open[open_count].place : last;
        }
    }
    for (size_t i = first; i <= last && i < s->count; i++) {
        bp_bidi_unit *unit = unit_at(s, i);
        if (unit->match != BP_BIDI_NONE && unit->type == ON)
            resolve_pair(s, i, unit->match);
    }
}

/* N1 and N2. */
static void resolve_neutrals(const sequence *s)
{
    for (size_t i = 0, end; i < s->count; i = end) {
        end = i + 1;
        if (!is_neutral(type_at(s, i)))
            continue;
        while (end < s->count && is_neutral(type_at(s, end)))
            end++;
        uint8_t before = i > 0 ? strong_of(type_at(s, i - 1)) : s->before;
        uint8_t after = end < s->count ? strong_of(type_at(s, end)) : s->after;
        uint8_t own = unit_at(s, i)->level & 1 ? R : L;
        for (size_t k = i; k < end; k++)
            unit_at(s, k)->type = before == after ? before : own;
    }
}

void bp_bidi_resolve(bp_bidi_unit *units, const uint32_t *numbers, size_t count, uint8_t before,
                     uint8_t after)
{
    const sequence s = {units, numbers, count, before, after};
    resolve_marks_and_digits(&s);
    resolve_separators(&s);
    resolve_numbers(&s);
    resolve_brackets(&s);
    resolve_neutrals(&s);
    for (size_t i = 0; i < count; i++) { /* I1, I2. */
        bp_bidi_unit *unit = unit_at(&s, i);
        bool is_odd = unit->level & 1;
        if (unit->type == (is_odd ? L : R))
            unit->level++;
        else if (unit->type == AN || unit->type == EN)
            unit->level = (uint8_t)(unit->level + (is_odd ? 1 : 2));
    }
}
