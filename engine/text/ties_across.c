/* Ties across a space: what two words, or a word and a figure, are to each other. */
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/ties_private.h"

/* Ends a figure: digits, fractions, powers. */
static bool ends_figure(uint32_t c)
{
    return bp_tie_is_digit(c) || (c >= 0xbc && c <= 0xbe) || (c >= 0x2150 && c <= 0x215e) ||
           c == 0xb2 || c == 0xb3 || c == 0xb9;
}

static bool is_capital(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper((UChar32)c);
}

static bool is_small(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower((UChar32)c);
}

#define WORD_BYTES_MOST 40 /* Longer words are in no list. */

/* A stretch of text. */
typedef struct {
    const char *start;
    size_t length;
} word;

/* What words are parted by. Brackets and quotes are no part of them. */
static bool ends_word(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '(' || c == '[' || c == '{' || c == '"' || c == ')' ||
           c == ']' || c == '}' || c == ';' || c == '!' || c == '?';
}

/* The word that ends at `end`; empty where it is too long. Other spaces and quotes than those of
 * ASCII end it too. */
static word word_before(const char *text, size_t end)
{
    size_t at = end;
    while (at > 0 && end - at <= WORD_BYTES_MOST && !ends_word((unsigned char)text[at - 1])) {
        uint32_t c = (unsigned char)text[at - 1] < 0x80 ? 'x' : bp_tie_before(text, at);
        if (c >= 0x2000 && c != 0x2116)
            break;
        at = bp_tie_back(text, at);
    }
    return (word){text + at, end - at > WORD_BYTES_MOST ? 0 : end - at};
}

/* The word that begins at `at`, with the point or comma that follows it. */
static word word_after(const char *text, size_t length, size_t at)
{
    size_t end = at;
    while (end < length && end - at <= WORD_BYTES_MOST && !ends_word((unsigned char)text[end])) {
        size_t next = end;
        uint32_t c = bp_utf8_next(text, length, &next);
        if (bp_tie_is_space(c) || (c >= 0x2e80 && c != 0xff05))
            break;
        end = next;
    }
    return (word){text + at, end - at > WORD_BYTES_MOST ? 0 : end - at};
}

static word strip_point(word w)
{
    if (w.length > 0 && (w.start[w.length - 1] == '.' || w.start[w.length - 1] == ','))
        w.length--;
    else if (w.length > 2 && memcmp(w.start + w.length - 2, "،", 2) == 0)
        w.length -= 2;
    return w;
}

/* True where a list has the word. */
static bool is_in(const char *list, word w)
{
    char wanted[WORD_BYTES_MOST + 3];
    if (w.length == 0 || w.length > WORD_BYTES_MOST || list == NULL)
        return false;
    wanted[0] = ' ';
    memcpy(wanted + 1, w.start, w.length);
    memcpy(wanted + 1 + w.length, " ", 2);
    return strstr(list, wanted) != NULL;
}

/* True where a text begins with one of the phrases. */
static bool begins_phrase(const char *phrases, const char *text, size_t length)
{
    if (phrases == NULL)
        return false;
    for (const char *entry = phrases + 1; *entry != '\0';) {
        size_t size = strcspn(entry, " "), n = 0;
        while (n < size && n < length && text[n] == (entry[n] == '_' ? ' ' : entry[n]))
            n++;
        if (n == size && !bp_tie_is_letter(bp_tie_after(text, length, size)))
            return true;
        entry += size + 1;
    }
    return false;
}

#define IS_SAID(p, list, w)                                                                        \
    (is_in(bp_tie_english.list, w) || ((p)->words != NULL && is_in((p)->words->list, w)))

static bool is_month(const bp_tie_place *p, word w)
{
    if (w.length < 3)
        return false;
    return IS_SAID(p, months, w) || IS_SAID(p, months, strip_point(w));
}

static size_t count_digits(word w)
{
    size_t n = 0;
    while (n < w.length && w.start[n] >= '0' && w.start[n] <= '9')
        n++;
    return n;
}

/* "3", "03", "3.", "3rd", "3,": a day of a month. */
static bool is_day(word w)
{
    size_t digits = count_digits(w), rest = w.length - digits;
    if (digits < 1 || digits > 2)
        return false;
    const char *end = w.start + digits;
    return rest == 0 || (rest == 1 && (*end == '.' || *end == ',')) ||
           (rest == 2 &&
            (memcmp(end, "st", 2) == 0 || memcmp(end, "nd", 2) == 0 || memcmp(end, "rd", 2) == 0 ||
             memcmp(end, "th", 2) == 0 || memcmp(end, "er", 2) == 0 || memcmp(end, "º", 2) == 0));
}

static bool is_year(word w)
{
    w = strip_point(w);
    return w.length == 4 && count_digits(w) == 4 && (*w.start == '1' || *w.start == '2');
}

/* The word before the one that begins at `start`. */
static word word_before_that(const bp_tie_place *p, const char *start)
{
    size_t at = (size_t)(start - p->text);
    while (at > 0 && p->text[at - 1] == ' ')
        at--;
    return word_before(p->text, at);
}

static bool is_operator(uint32_t c)
{
    return c == 0xd7 || c == 0xf7 || c == 0x22c5 || c == 0x2236;
}

/* Signs that lead a figure even across a space. */
static bool leads_figure(uint32_t c)
{
    return c == '#' || c == 0xa7 || c == 0xb6 || c == 0x2116 || c == '~' || c == '<' || c == '>' ||
           c == '+' || c == 0xb1 || c == 0x2212 || (c >= 0x2243 && c <= 0x2248) || c == 0x2264 ||
           c == 0x2265 || u_charType((UChar32)c) == U_CURRENCY_SYMBOL;
}

/* Units may end a sentence: "5 km.". Where a letter is a word, it is no unit: "s" in Czech. */
static bool is_unit(const bp_tie_place *p, word w)
{
    if (p->words != NULL && is_in(p->words->letters, w))
        return false;
    while (w.length > 0) {
        if (is_in(bp_tie_units, w))
            return true;
        if (!bp_tie_is_one_of(".,:", w.start[w.length - 1]))
            return false;
        w.length--;
    }
    return false;
}

/* "3 September", "3. September", "3rd September", "3 de septiembre". */
static void tie_day_and_month(bp_tie_place *p, word before, word after)
{
    if (!is_day(before))
        return;
    bool is_date = is_month(p, after);
    if (after.length == 2 && memcmp(after.start, "de", 2) == 0 && p->at + 3 < p->length)
        is_date = is_month(p, word_after(p->text, p->length, p->at + 3));
    if (is_date)
        bp_tie_note(p, BP_TIE_DATE, BP_BREAK_BAD);
}

/* A figure stands before the spaces. */
static void tie_figure_and_word(bp_tie_place *p)
{
    const char *next = p->text + p->at;
    size_t left = p->length - p->at;
    word after = word_after(p->text, p->length, p->at), bare = strip_point(after);
    word before = word_before(p->text, p->left);
    tie_day_and_month(p, before, after);
    if (!ends_figure(p->before))
        return; /* Only the days of dates may end otherwise. */
    if (is_unit(p, after) || p->after == 0xff05 || bp_han_is_magnitude(p->after))
        bp_tie_note(p, BP_TIE_UNIT, BP_BREAK_NEVER);
    if (IS_SAID(p, counts, after) || IS_SAID(p, counts, bare) ||
        begins_phrase(bp_tie_english.phrases, next, left) ||
        (p->words != NULL && begins_phrase(p->words->phrases, next, left)))
        bp_tie_note(p, BP_TIE_COUNT, BP_BREAK_BAD);
    size_t digits = count_digits(bare);
    if (digits == 3 && (bare.length == 3 || bp_tie_is_one_of(".,", bare.start[3])) &&
        before.length <= 3 && count_digits(before) == before.length)
        bp_tie_note(p, BP_TIE_FIGURE, BP_BREAK_BAD);
    if (is_operator(p->after))
        bp_tie_note(p, BP_TIE_FIGURE, BP_BREAK_NEVER);
    if (is_small(p->after) && bare.length > 3 && !is_year(before) && count_digits(before) > 0)
        bp_tie_note(p, BP_TIE_COUNT, BP_BREAK_SLIGHT);
}

/* A figure stands behind the spaces. */
static void tie_word_and_figure(bp_tie_place *p)
{
    word before = word_before(p->text, p->left), after = word_after(p->text, p->length, p->at);
    word bare = strip_point(before);
    if (leads_figure(p->before))
        bp_tie_note(p, BP_TIE_SIGN, BP_BREAK_NEVER);
    if (before.length == 3 && is_capital(p->before) && is_in(bp_tie_units, before))
        bp_tie_note(p, BP_TIE_SIGN, BP_BREAK_NEVER); /* USD 5 */
    if (IS_SAID(p, abbreviations, before))
        bp_tie_note(p, BP_TIE_SIGN, BP_BREAK_NEVER);
    if (before.length > 0) { /* "Chapter" as well as "chapter". */
        char small[WORD_BYTES_MOST];
        memcpy(small, before.start, before.length);
        if (small[0] >= 'A' && small[0] <= 'Z')
            small[0] = (char)(small[0] + ('a' - 'A'));
        if (IS_SAID(p, labels, before) || IS_SAID(p, labels, ((word){small, before.length})))
            bp_tie_note(p, BP_TIE_SIGN, BP_BREAK_BAD);
    }
    if (is_operator(p->before)) {
        size_t at = bp_tie_back(p->text, p->left);
        while (at > 0 && p->text[at - 1] == ' ')
            at--;
        if (ends_figure(bp_tie_before(p->text, at)))
            bp_tie_note(p, BP_TIE_FIGURE, BP_BREAK_NEVER);
    }
    if (is_month(p, bare) && is_year(after)) {
        bool has_day = is_day(word_before_that(p, before.start));
        bp_tie_note(p, BP_TIE_DATE, has_day ? BP_BREAK_MILD : BP_BREAK_POOR);
    } else if (is_month(p, before) && is_day(after)) {
        bp_tie_note(p, BP_TIE_DATE, BP_BREAK_BAD);
    } else if (is_day(before) && is_year(after) && is_month(p, word_before_that(p, before.start))) {
        bp_tie_note(p, BP_TIE_DATE, BP_BREAK_MILD);
    }
}

/* "J.", "J.-P.", "J.R.R.": letters, each with its point. */
static bool is_initials(word w)
{
    size_t at = 0, letters = 0;
    while (at < w.length) {
        if (letters > 0 && w.start[at] == '-')
            at++;
        if (at >= w.length || !is_capital(bp_utf8_next(w.start, w.length, &at)) || at >= w.length ||
            w.start[at++] != '.')
            return false;
        letters++;
    }
    return letters > 0;
}

static bool is_roman(word w)
{
    for (size_t i = 0; i < w.length; i++)
        if (!bp_tie_is_one_of("IVX", w.start[i]))
            return false;
    return w.length >= 2;
}

/* A capital stands behind the spaces. */
static void tie_names(bp_tie_place *p)
{
    word before = word_before(p->text, p->left), after = word_after(p->text, p->length, p->at);
    word bare = strip_point(before);
    if (before.length == 0)
        return;
    if (is_initials(before))
        bp_tie_note(p, BP_TIE_NAME, is_initials(after) ? BP_BREAK_BAD : BP_BREAK_POOR);
    if (p->before != ',' && IS_SAID(p, titles, bare))
        bp_tie_note(p, BP_TIE_NAME, BP_BREAK_BAD);
    size_t at = 0;
    if (!is_capital(bp_utf8_next(before.start, before.length, &at)) ||
        (!is_small(p->before) && p->before != ','))
        return;
    if (is_roman(strip_point(after)) ||
        is_in(" Jr Sr PhD Inc Ltd LLC plc GmbH AG ", strip_point(after)))
        bp_tie_note(p, BP_TIE_NAME, BP_BREAK_BAD);
}

/* One letter and a point. */
static bool is_letter_and_point(word w)
{
    size_t at = 0;
    return w.length >= 2 && bp_tie_is_letter(bp_utf8_next(w.start, w.length, &at)) &&
           at == w.length - 1 && w.start[at] == '.';
}

static bool is_one_letter(word w)
{
    size_t at = 0;
    return w.length > 0 && bp_tie_is_letter(bp_utf8_next(w.start, w.length, &at)) && at == w.length;
}

static void tie_short_words(bp_tie_place *p)
{
    if (p->before == '.' && bp_tie_is_letter(p->after)) {
        word before = word_before(p->text, p->left);
        size_t at = 0;
        if (is_letter_and_point(before) &&
            is_small(bp_utf8_next(before.start, before.length, &at)) &&
            is_letter_and_point(word_after(p->text, p->length, p->at)))
            bp_tie_note(p, BP_TIE_ABBREVIATION, BP_BREAK_NEVER);
    }
    if (p->before == '&' && p->left > 1 &&
        is_one_letter(strip_point(word_after(p->text, p->length, p->at))))
        bp_tie_note(p, BP_TIE_ABBREVIATION, BP_BREAK_BAD);
    if (p->after == '&' && is_one_letter(word_before(p->text, p->left)))
        bp_tie_note(p, BP_TIE_ABBREVIATION, BP_BREAK_BAD);
    if (p->words != NULL && p->words->letters != NULL && bp_tie_is_letter(p->before) &&
        is_in(p->words->letters, word_before(p->text, p->left)))
        bp_tie_note(p, BP_TIE_LETTER, BP_BREAK_BAD);
}

/* Phrases of two words: small letters on both sides. */
static void tie_pairs(bp_tie_place *p)
{
    static const char pairs[] =
        " et_al. per_cent per_mille pour_cent pour_mille por_ciento por_cento por_mil per_cento ";
    word before = word_before(p->text, p->left);
    if (before.length < 2 || before.length > 4)
        return;
    size_t start = (size_t)(before.start - p->text);
    if (p->at - p->left != 1 || !begins_phrase(pairs, p->text + start, p->length - start))
        return;
    bool counts = p->before == 'r';
    bp_tie_note(p, counts ? BP_TIE_COUNT : BP_TIE_ABBREVIATION, BP_BREAK_BAD);
}

/* Quotation marks and dashes with spaces around them, and marks that begin no line. */
static void tie_spaced_marks(bp_tie_place *p)
{
    size_t mark = p->left > 0 ? bp_tie_back(p->text, p->left) : 0, next = p->at;
    (void)bp_utf8_next(p->text, p->length, &next);
    uint32_t beyond = bp_tie_after(p->text, p->length, next);
    bool ends = beyond == 0 || bp_tie_is_space(beyond) || beyond == '\n';
    uint32_t outer = bp_tie_before(p->text, mark);
    if (p->before == 0xab &&
        (outer == 0 || outer == '(' || outer == '\n' || bp_tie_is_space(outer)))
        bp_tie_note(p, BP_TIE_QUOTE, BP_BREAK_NEVER);
    if (p->after == 0xbb && !bp_tie_is_letter(beyond) && !bp_tie_is_digit(beyond))
        bp_tie_note(p, BP_TIE_QUOTE, BP_BREAK_NEVER);
    if ((p->after == 0x2013 || p->after == 0x2014) && ends && beyond != 0)
        bp_tie_note(p, BP_TIE_DASH, BP_BREAK_POOR);
    if ((p->after == 0x2026 && ends) || bp_tie_begins_no_line(p->after))
        bp_tie_note(p, BP_TIE_MARK, BP_BREAK_NEVER);
}

void bp_tie_across_space(bp_tie_place *p)
{
    uint32_t before = p->before, after = p->after;
    bool is_plain = (before - 'a' < 26 || before == ',') && after - 'a' < 26;
    bool is_ordinal = p->left > 2 && bp_tie_is_digit((unsigned char)p->text[p->left - 3]);
    if (is_plain && !is_ordinal && (p->words == NULL || p->words->letters == NULL)) {
        tie_pairs(p);
        return;
    }
    tie_short_words(p);
    if (ends_figure(before) || ((before == '.' || is_small(before)) && p->left > 1 &&
                                is_day(word_before(p->text, p->left))))
        tie_figure_and_word(p);
    if (bp_tie_is_digit(after) ||
        ((after == '.' || after == 0x2212) &&
         bp_tie_is_digit(bp_tie_after(p->text, p->length, p->at + (after == '.' ? 1 : 3)))))
        tie_word_and_figure(p);
    if (is_capital(after))
        tie_names(p);
    tie_spaced_marks(p);
}
