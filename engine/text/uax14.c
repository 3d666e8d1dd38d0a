/* The rules of UAX 14 (Unicode 15) as a walk over the classes of the characters, which ICU has
 * compiled in: ICU's own iterator needs data that cost more to open than a short report takes to
 * lay out. Every line of the conformance file agrees; a test also holds this file against ICU. */
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/breaks_private.h"

/* Sets of line-break classes: there are fewer than 64. */
typedef uint64_t class_set;
#define S(name) ((class_set)1 << U_LB_##name)

#define LETTER (S(ALPHABETIC) | S(HEBREW_LETTER))
#define IDEOGRAPH (S(IDEOGRAPHIC) | S(E_BASE) | S(E_MODIFIER))
#define HANGUL (S(JL) | S(JV) | S(JT) | S(H2) | S(H3))
#define FEED (S(LINE_FEED) | S(MANDATORY_BREAK) | S(CARRIAGE_RETURN) | S(NEXT_LINE))
#define CLOSING (S(CLOSE_PUNCTUATION) | S(CLOSE_PARENTHESIS))
#define AFFIX (S(PREFIX_NUMERIC) | S(POSTFIX_NUMERIC))

/* The classes of ASCII, sixteen a row. */
enum {
    AL = U_LB_ALPHABETIC,
    BA = U_LB_BREAK_AFTER,
    BK = U_LB_MANDATORY_BREAK,
    CL = U_LB_CLOSE_PUNCTUATION,
    CM = U_LB_COMBINING_MARK,
    CP = U_LB_CLOSE_PARENTHESIS,
    CR = U_LB_CARRIAGE_RETURN,
    EX = U_LB_EXCLAMATION,
    HY = U_LB_HYPHEN,
    IS = U_LB_INFIX_NUMERIC,
    LF = U_LB_LINE_FEED,
    NU = U_LB_NUMERIC,
    OP = U_LB_OPEN_PUNCTUATION,
    PO = U_LB_POSTFIX_NUMERIC,
    PR = U_LB_PREFIX_NUMERIC,
    QU = U_LB_QUOTATION,
    SP = U_LB_SPACE,
    SY = U_LB_BREAK_SYMBOLS
};
/* clang-format off */
static const unsigned char ascii_classes[128] = {
    CM, CM, CM, CM, CM, CM, CM, CM, CM, BA, LF, BK, BK, CR, CM, CM,
    CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM, CM,
    SP, EX, QU, AL, PR, PO, AL, QU, OP, CP, AL, PR, IS, HY, IS, SY,
    NU, NU, NU, NU, NU, NU, NU, NU, NU, NU, IS, IS, AL, AL, AL, EX,
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL,
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, OP, PR, CP, AL, AL,
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL,
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, OP, BA, CL, AL, CM,
};
/* clang-format on */

/* The class of a character, resolved as LB1 says. Dictionaries decide inside of complex stretches;
 * around them their characters are letters and marks. */
static int find_class(uint32_t c, bool *is_complex)
{
    int value = u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK);
    if (value == U_LB_COMPLEX_CONTEXT) {
        *is_complex = true;
        return U_GET_GC_MASK((UChar32)c) & (U_GC_MN_MASK | U_GC_MC_MASK) ? U_LB_COMBINING_MARK
                                                                         : U_LB_ALPHABETIC;
    }
    if (value == U_LB_CONDITIONAL_JAPANESE_STARTER)
        return U_LB_NONSTARTER;
    if (value > U_LB_ZWJ) /* Of a later Unicode; its two viramas were marks in this one. */
        return value == 46 || value == 47 ? U_LB_COMBINING_MARK : U_LB_ALPHABETIC;
    if ((class_set)1 << value & (S(AMBIGUOUS) | S(SURROGATE) | S(UNKNOWN)))
        return U_LB_ALPHABETIC;
    return value;
}

static bool is_east_asian(uint32_t c)
{
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_FULLWIDTH || width == U_EA_WIDE || width == U_EA_HALFWIDTH;
}

/* What the rules look back at: a character with the marks on it is one (LB9). */
typedef struct {
    unsigned departures;
    int last;           /* Class before the spaces, or of the last character. */
    uint32_t character; /* Its character. */
    bool is_spaced;     /* Spaces follow it. */
    bool is_joining;    /* A zero-width joiner does. */
    bool is_number;     /* It ends NU (NU | SY | IS)*. */
    bool is_closed;     /* It ends a number and a closing bracket (LB25). */
    bool is_first;      /* A line may begin with it. */
    bool is_hebrew;     /* A hyphen behind a Hebrew letter (LB21a). */
    bool is_half_flag;  /* The first regional indicator of a pair (LB30a). */
} context;

/* LB25 as the conformance file has it: (PR | PO)? (OP | HY)? NU (NU | SY | IS)* (CL | CP)?
 * (PR | PO)?, and with the departure an IS before the first NU. */
static bool joins_number(const context *x, int c, class_set at)
{
    class_set before = (class_set)1 << x->last;
    if (x->is_number)
        return (at & (S(NUMERIC) | S(BREAK_SYMBOLS) | S(INFIX_NUMERIC) | CLOSING | AFFIX)) != 0;
    if (x->is_closed)
        return (at & AFFIX) != 0;
    return c == U_LB_NUMERIC &&
           (before & (AFFIX | S(OPEN_PUNCTUATION) | S(HYPHEN) |
                      (x->departures & BP_UAX14_NUMBERS ? S(INFIX_NUMERIC) : 0))) != 0;
}

/* LB2 to LB18: what holds across spaces. Answers -1 where later rules decide. */
static int is_bound_strongly(const context *x, int c, bool before_number)
{
    class_set at = (class_set)1 << c, before = (class_set)1 << x->last;
    if (!x->is_spaced && before & FEED) /* LB4, LB5 */
        return x->last == U_LB_CARRIAGE_RETURN && c == U_LB_LINE_FEED;
    if (at & (FEED | S(SPACE) | S(ZWSPACE))) /* LB6, LB7 */
        return true;
    if (before & S(ZWSPACE)) /* LB8 */
        return false;
    if (x->is_joining && !x->is_spaced) /* LB8a */
        return true;
    if (at & S(WORD_JOINER)) /* LB11 */
        return true;
    if (before & (S(WORD_JOINER) | S(GLUE)) && !x->is_spaced) /* LB11, LB12 */
        return true;
    if (at & S(GLUE) && !x->is_spaced && !(before & (S(BREAK_AFTER) | S(HYPHEN)))) /* LB12a */
        return true;
    if (x->departures & BP_UAX14_NUMBERS && x->is_spaced && at & S(INFIX_NUMERIC) &&
        before_number && !(before & S(OPEN_PUNCTUATION)))
        return false;
    if (at & (CLOSING | S(EXCLAMATION) | S(INFIX_NUMERIC) | S(BREAK_SYMBOLS))) /* LB13 */
        return true;
    if (before & S(OPEN_PUNCTUATION)) /* LB14 */
        return true;
    if (before & S(QUOTATION) && c == U_LB_OPEN_PUNCTUATION) /* LB15 */
        return true;
    if (before & CLOSING && at & S(NONSTARTER)) /* LB16 */
        return true;
    if (before & S(BREAK_BOTH) && c == U_LB_BREAK_BOTH) /* LB17 */
        return true;
    return x->is_spaced ? false : -1; /* LB18 */
}

/* LB26 to LB30b. */
static bool is_bound_weakly(const context *x, class_set at, uint32_t character)
{
    class_set before = (class_set)1 << x->last;
    if ((before & S(JL) && at & (S(JL) | S(JV) | S(H2) | S(H3))) || /* LB26 */
        (before & (S(JV) | S(H2)) && at & (S(JV) | S(JT))) ||
        (before & (S(JT) | S(H3)) && at & S(JT)))
        return true;
    if ((before & (LETTER | S(INFIX_NUMERIC))) && at & LETTER) /* LB28, LB29 */
        return true;
    if (before & (LETTER | S(NUMERIC)) && at & S(OPEN_PUNCTUATION)) /* LB30 */
        return character < 0x80 || !is_east_asian(character);
    if (before & S(CLOSE_PARENTHESIS) && at & (LETTER | S(NUMERIC)))
        return x->character < 0x80 || !is_east_asian(x->character);
    if (at & S(REGIONAL_INDICATOR)) /* LB30a */
        return x->is_half_flag;
    if (!(at & S(E_MODIFIER))) /* LB30b */
        return false;
    return before & S(E_BASE) ||
           (u_hasBinaryProperty((UChar32)x->character, UCHAR_EXTENDED_PICTOGRAPHIC) &&
            u_charType((UChar32)x->character) == U_UNASSIGNED);
}

/* True where a line may not break between x and the next character, of class c. Rules in their
 * order. `before_number`: a number (or, with the departure, a point and a number) follows the
 * character. */
static bool is_bound(const context *x, int c, uint32_t character, bool before_number)
{
    int answer = is_bound_strongly(x, c, before_number);
    if (answer >= 0)
        return answer;
    class_set at = (class_set)1 << c, before = (class_set)1 << x->last;
    if ((at | before) & S(QUOTATION)) /* LB19 */
        return true;
    if ((at | before) & S(CONTINGENT_BREAK)) /* LB20 */
        return false;
    if (x->departures & BP_UAX14_HYPHENS && x->is_first && at & S(ALPHABETIC) &&
        (before & S(HYPHEN) || x->character == 0x2010))
        return true;
    if (at & (S(BREAK_AFTER) | S(HYPHEN) | S(NONSTARTER)) || before & S(BREAK_BEFORE)) /* LB21 */
        return true;
    if (x->is_hebrew || (before & S(BREAK_SYMBOLS) && at & S(HEBREW_LETTER))) /* LB21a, LB21b */
        return true;
    if (at & S(INSEPARABLE)) /* LB22 */
        return true;
    if ((before & LETTER && at & S(NUMERIC)) || (before & S(NUMERIC) && at & LETTER)) /* LB23 */
        return true;
    if ((before & S(PREFIX_NUMERIC) && at & (IDEOGRAPH | HANGUL)) || /* LB23a, LB27 */
        (before & (IDEOGRAPH | HANGUL) && at & S(POSTFIX_NUMERIC)))
        return true;
    if ((before & AFFIX && at & LETTER) || (before & LETTER && at & AFFIX)) /* LB24 */
        return true;
    if (joins_number(x, c, at)) /* LB25 */
        return true;
    if (before & AFFIX && at & S(OPEN_PUNCTUATION) && before_number)
        return true;
    return is_bound_weakly(x, at, character);
}

static void move(context *x, int c, uint32_t character, bool is_first)
{
    if (c == U_LB_SPACE) {
        x->is_spaced = true;
        x->is_number = x->is_closed = x->is_hebrew = x->is_half_flag = false;
        return;
    }
    class_set at = (class_set)1 << c;
    bool was_number = x->is_number;
    x->is_number =
        c == U_LB_NUMERIC || (was_number && (at & (S(BREAK_SYMBOLS) | S(INFIX_NUMERIC))) != 0);
    x->is_closed = was_number && (at & CLOSING) != 0;
    x->is_hebrew =
        x->last == U_LB_HEBREW_LETTER && !x->is_spaced && (at & (S(HYPHEN) | S(BREAK_AFTER))) != 0;
    x->is_half_flag = c == U_LB_REGIONAL_INDICATOR && !x->is_half_flag;
    x->is_first = is_first;
    x->is_joining = false;
    x->last = c;
    x->character = character;
    x->is_spaced = false;
}

static inline int next_class(const char *text, size_t length, size_t *at, uint32_t *character,
                             bool *is_complex)
{
    unsigned char first = (unsigned char)text[*at];
    *is_complex = false;
    if (first >= 0x80)
        return find_class(*character = bp_utf8_next(text, length, at), is_complex);
    ++*at;
    *character = first;
    return ascii_classes[first];
}

/* After an opening bracket a number may begin with its point, where we depart. */
static bool is_before_number(const char *text, size_t length, size_t at, bool may_have_point)
{
    while (at < length) {
        uint32_t character;
        bool is_complex;
        int c = next_class(text, length, &at, &character, &is_complex);
        if (may_have_point && c == U_LB_INFIX_NUMERIC)
            may_have_point = false;
        else if (c != U_LB_COMBINING_MARK && c != U_LB_ZWJ)
            return c == U_LB_NUMERIC;
    }
    return false;
}

static bool add_end(bp_buf *ends, size_t at)
{
    uint32_t end = (uint32_t)at;
    return bp_buf_add(ends, &end, sizeof end);
}

static bool add_complex(bp_buf *complex, size_t start, size_t end)
{
    size_t count = BP_BUF_COUNT(complex, bp_byte_span);
    bp_byte_span *spans = BP_BUF_ITEMS(complex, bp_byte_span);
    if (count > 0 && spans[count - 1].end == start) {
        spans[count - 1].end = (uint32_t)end;
        return true;
    }
    bp_byte_span span = {(uint32_t)start, (uint32_t)end};
    return bp_buf_add(complex, &span, sizeof span);
}

/* LB9 and LB10: true where the mark belongs to the character before it. */
static bool is_absorbed(context *x, int c)
{
    if (c != U_LB_COMBINING_MARK && c != U_LB_ZWJ)
        return false;
    if (x->is_spaced || (class_set)1 << x->last & (FEED | S(ZWSPACE)))
        return false;
    x->is_joining = c == U_LB_ZWJ;
    return true;
}

/* The class of a single quotation mark in Chinese: it opens or closes, and is an apostrophe only
 * between letters or figures. `at` is behind it. */
static int find_single(const context *x, uint32_t character, const char *text, size_t length,
                       size_t at)
{
    const class_set inner = LETTER | S(NUMERIC);
    if (character == 0x2018)
        return U_LB_OPEN_PUNCTUATION;
    if (!x->is_spaced && (class_set)1 << x->last & inner && at < length) {
        uint32_t next;
        bool is_complex;
        if ((class_set)1 << next_class(text, length, &at, &next, &is_complex) & inner)
            return U_LB_QUOTATION;
    }
    return U_LB_CLOSE_PUNCTUATION;
}

bool bp_uax14_find(const char *text, size_t length, unsigned departures, bp_buf *ends,
                   bp_buf *complex)
{
    context x = {.departures = departures, .last = U_LB_LINE_FEED};
    for (size_t at = 0; at < length;) {
        size_t start = at;
        uint32_t character;
        bool is_complex;
        int c = next_class(text, length, &at, &character, &is_complex);
        if (is_complex && !add_complex(complex, start, at))
            return false;
        if (c == U_LB_ALPHABETIC && x.last == U_LB_ALPHABETIC && !x.is_spaced) {
            /* LB28, ahead of all: most characters are letters in words. */
            while (at < length && (unsigned char)text[at] < 0x80 &&
                   ascii_classes[(unsigned char)text[at]] == U_LB_ALPHABETIC)
                character = (unsigned char)text[at++];
            x.character = character;
            x.is_first = x.is_joining = false;
            continue;
        }
        if (c == U_LB_SPACE && !((class_set)1 << x.last & FEED)) { /* LB7 */
            move(&x, c, character, false);
            continue;
        }
        if (c == U_LB_ALPHABETIC && x.is_spaced && x.last != U_LB_OPEN_PUNCTUATION) { /* LB18 */
            if (start > 0 && !add_end(ends, start))
                return false;
            move(&x, c, character, true);
            continue;
        }
        if (is_absorbed(&x, c))
            continue;
        bool joins = c == U_LB_ZWJ;
        if (c == U_LB_COMBINING_MARK || joins)
            c = U_LB_ALPHABETIC;
        else if (departures & BP_UAX14_HAN_QUOTES && character == 0x201c)
            c = U_LB_OPEN_PUNCTUATION;
        else if (departures & BP_UAX14_HAN_QUOTES && character == 0x201d)
            c = U_LB_CLOSE_PUNCTUATION;
        else if (departures & BP_UAX14_HAN_SINGLES && (character == 0x2018 || character == 0x2019))
            c = find_single(&x, character, text, length, at);
        bool opens = c == U_LB_OPEN_PUNCTUATION;
        bool number = (opens || (c == U_LB_INFIX_NUMERIC && x.is_spaced)) &&
                      is_before_number(text, length, at, opens && departures & BP_UAX14_NUMBERS);
        bool is_end = !is_bound(&x, c, character, number);
        if (start > 0 && is_end && !add_end(ends, start))
            return false;
        move(&x, c, character, is_end);
        x.is_joining = joins;
    }
    return length == 0 || add_end(ends, length);
}
