/* Ties between characters that stand side by side: hyphens, dashes and slashes, figures in Han
 * text, Korean syllables. */
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/ties_private.h"

#define PART_BYTES_MOST 24 /* Longer parts of words are long, however long. */

/* Letters, digits and marks, as far as they go before `at` or behind it, in characters; counting
 * ends at three. `*digits`: all of them were. */
static size_t count_before(const char *text, size_t at, bool *digits)
{
    size_t n = 0;
    *digits = true;
    for (size_t floor = at > PART_BYTES_MOST ? at - PART_BYTES_MOST : 0; at > floor && n < 3;) {
        uint32_t c = bp_tie_before(text, at);
        if (!bp_tie_is_digit(c) && !bp_tie_is_letter(c))
            break;
        *digits = *digits && bp_tie_is_digit(c);
        at = bp_tie_back(text, at);
        n++;
    }
    return n;
}

static size_t count_after(const char *text, size_t length, size_t at)
{
    size_t n = 0;
    while (at < length && n < 3) {
        uint32_t c = bp_utf8_next(text, length, &at);
        if (!bp_tie_is_digit(c) && !bp_tie_is_letter(c))
            break;
        n++;
    }
    return n;
}

static bool is_ideograph(uint32_t c)
{
    return c >= 0x3005 && u_hasBinaryProperty((UChar32)c, UCHAR_IDEOGRAPHIC);
}

static bool is_han_or_kana(uint32_t c)
{
    return is_ideograph(c) || (c >= 0x3041 && c <= 0x30ff);
}

static bool is_outside(uint32_t c)
{
    return c == 0 || c == '\n' || bp_tie_is_space(c);
}

static void tie_hyphen(bp_tie_place *p)
{
    bool digits;
    size_t mark = bp_tie_back(p->text, p->at), before = count_before(p->text, mark, &digits);
    size_t after = count_after(p->text, p->length, p->at);
    uint32_t outer = bp_tie_before(p->text, mark);
    bool begins = before == 0 && (is_outside(outer) || outer == '-' || outer == '(');
    if (begins || before == 1 || after == 1)
        bp_tie_note(p, BP_TIE_HYPHEN, BP_BREAK_NEVER);
    bp_tie_note(p, BP_TIE_HYPHEN, digits ? BP_BREAK_POOR : BP_BREAK_SLIGHT);
}

/* Behind a dash of Latin text. */
static void tie_after_dash(bp_tie_place *p)
{
    bool digits;
    size_t mark = bp_tie_back(p->text, p->at), before = count_before(p->text, mark, &digits);
    size_t after = count_after(p->text, p->length, p->at);
    uint32_t outer = bp_tie_before(p->text, mark);
    if (before == 0 && after > 0 && is_outside(outer))
        bp_tie_note(p, BP_TIE_DASH, BP_BREAK_NEVER);
    if (p->before == 0x2013 && before == 1 && after == 1 && !digits)
        bp_tie_note(p, BP_TIE_DASH, BP_BREAK_NEVER);
    if (before > 0 && digits && bp_tie_is_digit(p->after))
        bp_tie_note(p, BP_TIE_FIGURE, BP_BREAK_BAD);
}

/* Before an em dash without spaces: it ends the thought before it. A double dash of Chinese may
 * begin a line, a single one joins what is around it. */
static void tie_before_dash(bp_tie_place *p)
{
    size_t next = p->at;
    (void)bp_utf8_next(p->text, p->length, &next);
    bool is_double = bp_tie_after(p->text, p->length, next) == p->after;
    if (!p->is_han && !is_han_or_kana(p->before))
        bp_tie_note(p, BP_TIE_DASH, BP_BREAK_NEVER);
    else if (!is_double)
        bp_tie_note(p, BP_TIE_MARK, BP_BREAK_NEVER);
}

static void tie_slash(bp_tie_place *p)
{
    bool digits;
    size_t before = count_before(p->text, p->at - 1, &digits);
    size_t after = count_after(p->text, p->length, p->at);
    bool is_han = is_han_or_kana(p->after);
    bp_tie_note(p, BP_TIE_SLASH,
                !is_han && (before <= 1 || after <= 1) ? BP_BREAK_NEVER : BP_BREAK_MILD);
}

bool bp_tie_begins_no_line(uint32_t c)
{
    static const uint16_t marks[] = {0x964,  0x965,  0xe2f,  0xe46,  0xeaf,  0xec6, 0x104a,
                                     0x104b, 0x17d4, 0x17d5, 0x17d6, 0x17d7, 0x17da};
    for (size_t i = 0; c >= 0x964 && i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == c)
            return true;
    return false;
}

/* Marks that join or part the names and figures on both sides: they stand behind the first. */
static bool joins_han(uint32_t c)
{
    return c == 0xb7 || c == 0x2022 || c == 0x2027 || c == 0x2013 || c == 0x301c || c == 0xff5e ||
           c == '~' || c == 0x2500;
}

bool bp_han_is_magnitude(uint32_t c)
{
    return c == 0x4e07 || c == 0x842c || c == 0x4ebf || c == 0x5104 || c == 0x5146;
}

static bool is_among(const uint16_t *list, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == c)
            return true;
    return false;
}
#define IS_AMONG(list, c) is_among(list, sizeof(list) / sizeof *(list), c)

/* A figure and what it counts: 年月日号號时時分秒 千百 元圆円 stay; counters would rather. */
static void tie_counter(bp_tie_place *p)
{
    static const uint16_t units[] = {0x5e74, 0x6708, 0x65e5, 0x53f7, 0x865f, 0x65f6,
                                     0x6642, 0x5206, 0x79d2, 0x5343, 0x767e, 0x5143,
                                     0x5706, 0x5186, 0x5ea6, 0x6b72, 0x5c81, 0x6b73};
    /* 个個家人项項名件座台次倍层層届屆位所种種类類条條款章节節页頁吨米公平点點天周週期代股本枚册冊
     * 回社都小ヶヵケカかつ把張张套双雙克斤户戶间間站线線株头頭匹辆輛架艘例起 */
    static const uint16_t counters[] = {
        0x4e2a, 0x500b, 0x5bb6, 0x4eba, 0x9879, 0x9805, 0x540d, 0x4ef6, 0x5ea7, 0x53f0, 0x6b21,
        0x500d, 0x5c42, 0x5c64, 0x5c4a, 0x5c46, 0x4f4d, 0x6240, 0x79cd, 0x7a2e, 0x7c7b, 0x985e,
        0x6761, 0x689d, 0x6b3e, 0x7ae0, 0x8282, 0x7bc0, 0x9875, 0x9801, 0x5428, 0x7c73, 0x516c,
        0x5e73, 0x70b9, 0x9ede, 0x5929, 0x5468, 0x9031, 0x671f, 0x4ee3, 0x80a1, 0x672c, 0x679a,
        0x518c, 0x518a, 0x56de, 0x793e, 0x90fd, 0x5c0f, 0x30f6, 0x30f5, 0x30b1, 0x30ab, 0x304b,
        0x3064, 0x628a, 0x5f35, 0x5f20, 0x5957, 0x53cc, 0x96d9, 0x514b, 0x65a4, 0x6237, 0x6236,
        0x95f4, 0x9593, 0x7ad9, 0x7ebf, 0x7dda, 0x682a, 0x5934, 0x982d, 0x5339, 0x8f86, 0x8f1b,
        0x67b6, 0x8258, 0x4f8b, 0x8d77};
    if (bp_han_is_magnitude(p->after) || IS_AMONG(units, p->after))
        bp_tie_note(p, BP_TIE_COUNTER, BP_BREAK_NEVER);
    else if (IS_AMONG(counters, p->after))
        bp_tie_note(p, BP_TIE_COUNTER, BP_BREAK_POOR);
}

static bool is_wide_digit(uint32_t c)
{
    return c >= 0xff10 && c <= 0xff19;
}

/* Full-width figures are letters to UAX 14. */
static void tie_wide_figure(bp_tie_place *p)
{
    if (is_wide_digit(p->before) &&
        (is_wide_digit(p->after) || p->after == 0xff0e || p->after == 0xff05))
        bp_tie_note(p, BP_TIE_FIGURE, BP_BREAK_NEVER);
    if (is_wide_digit(p->after) && (p->before == 0xff0e || p->before == 0xff0c) &&
        is_wide_digit(bp_tie_before(p->text, bp_tie_back(p->text, p->at))))
        bp_tie_note(p, BP_TIE_FIGURE, BP_BREAK_NEVER);
}

static void tie_han(bp_tie_place *p)
{
    size_t mark = bp_tie_back(p->text, p->at);
    uint32_t outer = bp_tie_before(p->text, mark);
    bool is_figure = bp_tie_is_digit(p->before);
    if (is_figure)
        tie_counter(p);
    if (bp_tie_is_digit(p->after)) {
        if ((p->before == 0x5e74 || p->before == 0x6708) && bp_tie_is_digit(outer))
            bp_tie_note(p, BP_TIE_DATE, BP_BREAK_POOR); /* 年|9, 月|3 */
        if (p->before == 0x7b2c)
            bp_tie_note(p, BP_TIE_COUNTER, BP_BREAK_POOR); /* 第|1 */
    }
    if (bp_han_is_magnitude(p->before) && is_ideograph(p->after)) { /* 万|元 */
        if (outer == ' ')
            outer = bp_tie_before(p->text, mark - 1);
        if (bp_tie_is_digit(outer))
            bp_tie_note(p, BP_TIE_COUNTER, BP_BREAK_POOR);
    }
    if (is_wide_digit(p->before) || is_wide_digit(p->after))
        tie_wide_figure(p);
    if (joins_han(p->after) && (p->is_han || is_han_or_kana(p->before)))
        bp_tie_note(p, BP_TIE_MARK, BP_BREAK_NEVER);
    if (joins_han(p->before) && bp_tie_is_digit(p->after) && bp_tie_is_digit(outer))
        bp_tie_note(p, BP_TIE_FIGURE, BP_BREAK_BAD);
    if (p->before == 0x2026 && (bp_tie_is_letter(p->after) || bp_tie_is_digit(p->after)) &&
        is_outside(outer))
        bp_tie_note(p, BP_TIE_MARK, BP_BREAK_NEVER); /* …and */
}

static bool is_hangul(uint32_t c)
{
    return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x1100 && c <= 0x11ff) ||
           (c >= 0x3131 && c <= 0x318e);
}

/* Korean of print breaks between words where it can and between syllables where it must. */
static void tie_syllables(bp_tie_place *p)
{
    if (bp_tie_is_digit(p->before))
        bp_tie_note(p, BP_TIE_SYLLABLE, BP_BREAK_NEVER);
    else if (!is_ideograph(p->before))
        bp_tie_note(p, BP_TIE_SYLLABLE, BP_BREAK_MILD);
}

void bp_tie_inside_word(bp_tie_place *p)
{
    uint32_t before = p->before, after = p->after;
    if (before == 0xad || before == 0x200b) /* The author's own. */
        return;
    if (before == '-' || before == 0x2010 || before == 0x5be)
        tie_hyphen(p);
    else if (before == '/')
        tie_slash(p);
    else if (before == 0x2013 || before == 0x2014)
        tie_after_dash(p);
    if (after == 0x2014)
        tie_before_dash(p);
    if (before >= 0x80 || after >= 0x80) {
        tie_han(p);
        if (is_hangul(after) ||
            (is_hangul(before) && (bp_tie_is_digit(after) || bp_tie_is_letter(after))))
            tie_syllables(p);
        if (bp_tie_begins_no_line(after))
            bp_tie_note(p, BP_TIE_MARK, BP_BREAK_NEVER);
    }
}
