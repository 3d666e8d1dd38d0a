/* Line-break opportunities: see breaks.h. The table of our own follows the rules of UAX 14 (Unicode
 * 15), with the class of each character from ICU's compiled-in properties; texts with characters
 * whose rules need a dictionary or long context go to ICU's iterator. A test holds the two against
 * each other. */
#include "text/breaks.h"

#include <limits.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/mem.h"
#include "base/utf8.h"

/* The iterator of a language, opened once. */
typedef struct {
    char language[16];
    UBreakIterator *iterator;
} opened;

struct bp_breaks {
    bp_buf iterators; /* Of opened. */
};

bp_breaks *bp_breaks_new(void)
{
    return bp_alloc_zero(1, sizeof(bp_breaks));
}

void bp_breaks_free(bp_breaks *breaks)
{
    if (breaks == NULL)
        return;
    for (size_t i = 0; i < BP_BUF_COUNT(&breaks->iterators, opened); i++)
        ubrk_close(BP_BUF_ITEMS(&breaks->iterators, opened)[i].iterator);
    bp_buf_clear(&breaks->iterators);
    bp_free(breaks);
}

static bool fail_icu(UErrorCode code, bp_error *err)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return bp_fail_memory(err);
    return bp_fail(err, BP_ERR_INTERNAL, NULL, "ICU cannot find line breaks: %s",
                   u_errorName(code));
}

static UBreakIterator *find_iterator(bp_breaks *breaks, const char *language, bp_error *err)
{
    opened one = {.iterator = NULL};
    size_t length =
        strcspn(language, "@."); /* No keywords: "@lb=..." is not ours to take from a layout. */
    if (length >= sizeof one.language)
        length = sizeof one.language - 1;
    memcpy(one.language, language, length);
    for (size_t i = 0; i < BP_BUF_COUNT(&breaks->iterators, opened); i++)
        if (strcmp(BP_BUF_ITEMS(&breaks->iterators, opened)[i].language, one.language) == 0)
            return BP_BUF_ITEMS(&breaks->iterators, opened)[i].iterator;
    UErrorCode code = U_ZERO_ERROR;
    one.iterator = ubrk_open(UBRK_LINE, one.language, NULL, 0, &code);
    if (U_FAILURE(code)) {
        (void)fail_icu(code, err);
        return NULL;
    }
    if (bp_buf_add(&breaks->iterators, &one, sizeof one))
        return one.iterator;
    ubrk_close(one.iterator);
    (void)bp_fail_memory(err);
    return NULL;
}

static bool add_end(bp_buf *ends, size_t at)
{
    uint32_t end = (uint32_t)at;
    return bp_buf_add(ends, &end, sizeof end);
}

bool bp_breaks_find_icu(bp_breaks *breaks, const char *text, size_t length, const char *language,
                        bp_buf *ends, bp_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    UText view = UTEXT_INITIALIZER;
    if (length > INT32_MAX)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "a paragraph of %zu bytes is too long", length);
    UBreakIterator *iterator = find_iterator(breaks, language, err);
    if (iterator == NULL)
        return false;
    utext_openUTF8(&view, text, (int64_t)length, &code);
    ubrk_setUText(iterator, &view, &code);
    bool ok = true;
    if (U_SUCCESS(code)) {
        (void)ubrk_first(iterator);
        for (int32_t at; ok && (at = ubrk_next(iterator)) != UBRK_DONE;)
            ok = add_end(ends, (size_t)at);
    }
    utext_close(&view);
    if (U_FAILURE(code))
        return fail_icu(code, err);
    return ok || bp_fail_memory(err);
}

/* Sets of line-break classes: there are fewer than 64. */
typedef uint64_t class_set;
#define S(name) ((class_set)1 << U_LB_##name)

#define LETTER (S(ALPHABETIC) | S(HEBREW_LETTER))
#define IDEOGRAPH (S(IDEOGRAPHIC) | S(E_BASE) | S(E_MODIFIER))
#define HANGUL (S(JL) | S(JV) | S(JT) | S(H2) | S(H3))

static unsigned char ascii_class(unsigned char c)
{
    static const unsigned char classes[128] = {
        ['\t'] = U_LB_BREAK_AFTER,
        ['\n'] = U_LB_LINE_FEED,
        [' '] = U_LB_SPACE,
        ['!'] = U_LB_EXCLAMATION,
        ['"'] = U_LB_QUOTATION,
        ['#'] = U_LB_ALPHABETIC,
        ['$'] = U_LB_PREFIX_NUMERIC,
        ['%'] = U_LB_POSTFIX_NUMERIC,
        ['&'] = U_LB_ALPHABETIC,
        ['\''] = U_LB_QUOTATION,
        ['('] = U_LB_OPEN_PUNCTUATION,
        [')'] = U_LB_CLOSE_PARENTHESIS,
        ['*'] = U_LB_ALPHABETIC,
        ['+'] = U_LB_PREFIX_NUMERIC,
        [','] = U_LB_INFIX_NUMERIC,
        ['-'] = U_LB_HYPHEN,
        ['.'] = U_LB_INFIX_NUMERIC,
        ['/'] = U_LB_BREAK_SYMBOLS,
        ['0'] = U_LB_NUMERIC,
        ['1'] = U_LB_NUMERIC,
        ['2'] = U_LB_NUMERIC,
        ['3'] = U_LB_NUMERIC,
        ['4'] = U_LB_NUMERIC,
        ['5'] = U_LB_NUMERIC,
        ['6'] = U_LB_NUMERIC,
        ['7'] = U_LB_NUMERIC,
        ['8'] = U_LB_NUMERIC,
        ['9'] = U_LB_NUMERIC,
        [':'] = U_LB_INFIX_NUMERIC,
        [';'] = U_LB_INFIX_NUMERIC,
        ['?'] = U_LB_EXCLAMATION,
        ['['] = U_LB_OPEN_PUNCTUATION,
        ['\\'] = U_LB_PREFIX_NUMERIC,
        [']'] = U_LB_CLOSE_PARENTHESIS,
        ['{'] = U_LB_OPEN_PUNCTUATION,
        ['|'] = U_LB_BREAK_AFTER,
        ['}'] = U_LB_CLOSE_PUNCTUATION,
    };
    return classes[c] != 0 ? classes[c] : U_LB_ALPHABETIC;
}

/* The class of a character; U_LB_UNKNOWN where its rules are ICU's alone: dictionaries, combining
 * marks and joiners, pictures, and Kana whose strictness depends on the language. */
static int find_class(uint32_t c)
{
    int value = u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK);
    if (value == U_LB_AMBIGUOUS || value == U_LB_SURROGATE)
        return U_LB_ALPHABETIC;
    class_set hard = S(COMPLEX_CONTEXT) | S(COMBINING_MARK) | S(ZWJ) | S(REGIONAL_INDICATOR) |
                     S(E_BASE) | S(E_MODIFIER) | S(CONDITIONAL_JAPANESE_STARTER) | S(UNKNOWN) |
                     S(CONTINGENT_BREAK) | S(NEXT_LINE) | S(MANDATORY_BREAK) | S(CARRIAGE_RETURN) |
                     S(HEBREW_LETTER);
    return (class_set)1 << value & hard ? U_LB_UNKNOWN : value;
}

static bool is_east_asian(uint32_t c)
{
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_FULLWIDTH || width == U_EA_WIDE || width == U_EA_HALFWIDTH;
}

/* What the rules look back at. */
typedef struct {
    int last;           /* Class before the spaces, or of the last character. */
    uint32_t character; /* Its character. */
    bool is_spaced;     /* Spaces follow it. */
    bool is_number;     /* It ends NU (NU | SY | IS)*. */
    bool is_closed;     /* It ends a number and a closing bracket (LB25). */
    bool is_first;      /* A line may begin with it. */
} context;

/* LB25 as ICU has it: (PR | PO)? (OP | HY)? IS? NU (NU | SY | IS)* (CL | CP)? (PR | PO)? */
static bool joins_number(const context *x, int c, class_set at)
{
    class_set before = (class_set)1 << x->last;
    if (x->is_number)
        return (at & (S(NUMERIC) | S(BREAK_SYMBOLS) | S(INFIX_NUMERIC) | S(CLOSE_PUNCTUATION) |
                      S(CLOSE_PARENTHESIS) | S(PREFIX_NUMERIC) | S(POSTFIX_NUMERIC))) != 0;
    if (x->is_closed)
        return (at & (S(PREFIX_NUMERIC) | S(POSTFIX_NUMERIC))) != 0;
    return c == U_LB_NUMERIC &&
           (before & (S(PREFIX_NUMERIC) | S(POSTFIX_NUMERIC) | S(OPEN_PUNCTUATION) | S(HYPHEN) |
                      S(INFIX_NUMERIC))) != 0;
}

/* True where a line may not break between x and the next character, of class c. Rules in their
 * order, with ICU's own: a number may start with its point after a space, and a hyphen that begins
 * a line stays with the letter behind it. `before_number`: a number, or a point and a number,
 * follow the character. */
static bool is_bound(const context *x, int c, uint32_t character, bool before_number)
{
    class_set at = (class_set)1 << c, before = (class_set)1 << x->last;
    if (at & (S(SPACE) | S(ZWSPACE) | S(LINE_FEED))) /* LB6, LB7 */
        return true;
    if (before & S(ZWSPACE)) /* LB8 */
        return false;
    if (at & S(WORD_JOINER)) /* LB11 */
        return true;
    if (before & S(WORD_JOINER) && !x->is_spaced)
        return true;
    if (before & S(GLUE) && !x->is_spaced) /* LB12 */
        return true;
    if (at & S(GLUE) && !x->is_spaced && !(before & (S(BREAK_AFTER) | S(HYPHEN)))) /* LB12a */
        return true;
    if (x->is_spaced && at & S(INFIX_NUMERIC) && before_number && !(before & S(OPEN_PUNCTUATION)))
        return false;
    if (at & (S(CLOSE_PUNCTUATION) | S(CLOSE_PARENTHESIS) | S(EXCLAMATION) | S(INFIX_NUMERIC) |
              S(BREAK_SYMBOLS))) /* LB13 */
        return true;
    if (before & S(OPEN_PUNCTUATION)) /* LB14 */
        return true;
    if (before & S(QUOTATION) && c == U_LB_OPEN_PUNCTUATION) /* LB15 */
        return true;
    if (before & (S(CLOSE_PUNCTUATION) | S(CLOSE_PARENTHESIS)) && at & S(NONSTARTER)) /* LB16 */
        return true;
    if (before & S(BREAK_BOTH) && c == U_LB_BREAK_BOTH) /* LB17 */
        return true;
    if (x->is_spaced) /* LB18 */
        return false;
    if ((at | before) & S(QUOTATION)) /* LB19 */
        return true;
    if (x->is_first && at & S(ALPHABETIC) && (before & S(HYPHEN) || x->character == 0x2010))
        return true;
    if (at & (S(BREAK_AFTER) | S(HYPHEN) | S(NONSTARTER)) || before & S(BREAK_BEFORE)) /* LB21 */
        return true;
    if (at & S(INSEPARABLE)) /* LB22 */
        return true;
    if ((before & LETTER && at & S(NUMERIC)) || (before & S(NUMERIC) && at & LETTER)) /* LB23 */
        return true;
    if ((before & S(PREFIX_NUMERIC) && at & (IDEOGRAPH | HANGUL)) || /* LB23a, LB27 */
        (before & (IDEOGRAPH | HANGUL) && at & S(POSTFIX_NUMERIC)))
        return true;
    class_set affix = S(PREFIX_NUMERIC) | S(POSTFIX_NUMERIC);
    if ((before & affix && at & LETTER) || (before & LETTER && at & affix)) /* LB24 */
        return true;
    if (joins_number(x, c, at)) /* LB25 */
        return true;
    if (before & affix && at & S(OPEN_PUNCTUATION) && before_number)
        return true;
    if ((before & S(JL) && at & (S(JL) | S(JV) | S(H2) | S(H3))) || /* LB26 */
        (before & (S(JV) | S(H2)) && at & (S(JV) | S(JT))) ||
        (before & (S(JT) | S(H3)) && at & S(JT)))
        return true;
    if ((before & (LETTER | S(INFIX_NUMERIC))) && at & LETTER) /* LB28, LB29 */
        return true;
    if (before & (LETTER | S(NUMERIC)) && at & S(OPEN_PUNCTUATION)) /* LB30 */
        return character < 0x80 || !is_east_asian(character);
    return before & S(CLOSE_PARENTHESIS) && at & (LETTER | S(NUMERIC)) &&
           (x->character < 0x80 || !is_east_asian(x->character));
}

static void move(context *x, int c, uint32_t character, bool is_first)
{
    if (c == U_LB_SPACE) {
        x->is_spaced = true;
        x->is_number = x->is_closed = false;
        return;
    }
    class_set at = (class_set)1 << c;
    bool was_number = x->is_number;
    x->is_number =
        c == U_LB_NUMERIC || (was_number && (at & (S(BREAK_SYMBOLS) | S(INFIX_NUMERIC))) != 0);
    x->is_closed = was_number && (at & (S(CLOSE_PUNCTUATION) | S(CLOSE_PARENTHESIS))) != 0;
    x->is_first = is_first;
    x->last = c;
    x->character = character;
    x->is_spaced = false;
}

static int next_class(const char *text, size_t length, size_t *at, uint32_t *character)
{
    unsigned char first = (unsigned char)text[*at];
    if (first >= 0x80)
        return find_class(*character = bp_utf8_next(text, length, at));
    ++*at;
    *character = first;
    return ascii_class(first);
}

/* After an opening bracket a number may begin with its point. */
static bool is_before_number(const char *text, size_t length, size_t at, bool may_have_point)
{
    uint32_t character;
    int c = at < length ? next_class(text, length, &at, &character) : U_LB_UNKNOWN;
    if (may_have_point && c == U_LB_INFIX_NUMERIC && at < length)
        c = next_class(text, length, &at, &character);
    return c == U_LB_NUMERIC;
}

bool bp_breaks_find_simple(const char *text, size_t length, const char *language, bp_buf *ends,
                           bool *is_simple)
{
    bool has_han_quotes = strncmp(language, "zh", 2) == 0; /* ICU's line_cj rules. */
    context x = {.last = U_LB_LINE_FEED};
    size_t first = ends->length;
    *is_simple = true;
    for (size_t at = 0; at < length;) {
        size_t start = at;
        uint32_t character;
        int c = next_class(text, length, &at, &character);
        if (c == U_LB_ALPHABETIC && x.last == U_LB_ALPHABETIC && !x.is_spaced) {
            x.character = character; /* LB28, ahead of all: most characters are letters in words. */
            x.is_first = false;
            continue;
        }
        if (c == U_LB_UNKNOWN) {
            *is_simple = false;
            ends->length = first;
            return false;
        }
        if (has_han_quotes && character == 0x201c)
            c = U_LB_OPEN_PUNCTUATION;
        else if (has_han_quotes && character == 0x201d)
            c = U_LB_CLOSE_PUNCTUATION;
        bool opens = c == U_LB_OPEN_PUNCTUATION;
        bool number = (opens || (c == U_LB_INFIX_NUMERIC && x.is_spaced)) &&
                      is_before_number(text, length, at, opens);
        bool is_end = x.last == U_LB_LINE_FEED && !x.is_spaced;
        is_end = is_end || !is_bound(&x, c, character, number);
        if (start > 0 && is_end && !add_end(ends, start))
            return false;
        move(&x, c, character, is_end);
    }
    return length == 0 || add_end(ends, length);
}

bool bp_breaks_find(bp_breaks *breaks, const char *text, size_t length, const char *language,
                    bp_buf *ends, bp_error *err)
{
    bool is_simple = false;
    if (length > INT32_MAX)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "a paragraph of %zu bytes is too long", length);
    if (bp_breaks_find_simple(text, length, language, ends, &is_simple))
        return true;
    if (is_simple)
        return bp_fail_memory(err);
    return bp_breaks_find_icu(breaks, text, length, language, ends, err);
}
