/* Ties: what a line end would part badly although UAX 14 allows it. Each opportunity is judged by
 * the characters and words on its two sides alone, and most are passed at a glance: small letters
 * on both sides. The worst of the ties that hold is the answer. */
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/ties_private.h"

#define SPACES_MOST 8 /* Looked through for what stands before them. */

bool bp_tie_is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x2000 && c <= 0x200a) || c == 0x205f;
}

bool bp_tie_is_digit(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : u_isdigit((UChar32)c);
}

bool bp_tie_is_letter(uint32_t c)
{
    return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : u_isalpha((UChar32)c);
}

size_t bp_tie_back(const char *text, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80);
    return at;
}

uint32_t bp_tie_before(const char *text, size_t at)
{
    if (at == 0)
        return 0;
    size_t start = bp_tie_back(text, at);
    return bp_utf8_next(text, at, &start);
}

uint32_t bp_tie_after(const char *text, size_t length, size_t at)
{
    return at < length ? bp_utf8_next(text, length, &at) : 0;
}

void bp_tie_note(bp_tie_place *p, bp_tie tie, int penalty)
{
    if (penalty <= p->penalty)
        return;
    p->penalty = penalty;
    p->tie = tie;
}

void bp_tie_judge(bp_tie_place *p)
{
    p->left = p->at;
    p->before = bp_tie_before(p->text, p->at);
    p->after = bp_tie_after(p->text, p->length, p->at);
    if (p->before == '\n' || p->after == 0 || p->after == '\n')
        return;
    /* Every thin space is an opportunity: a heap of them is not looked through for each. */
    for (int n = 0; n < SPACES_MOST && p->left > 0 && bp_tie_is_space(p->before); n++) {
        p->left = bp_tie_back(p->text, p->left);
        p->before = bp_tie_before(p->text, p->left);
    }
    if (p->left == p->at)
        bp_tie_inside_word(p);
    else if (p->left > 0)
        bp_tie_across_space(p);
}

/* Small letters on both sides of one space, and nothing that ties_across.c would look at: nearly
 * all of a text. */
static bool is_plain(const bp_tie_place *p)
{
    if (p->at < 4 || p->text[p->at - 1] != ' ' || p->at >= p->length ||
        (p->words != NULL && p->words->letters != NULL))
        return false;
    const char *text = p->text + p->at;
    char before = text[-2], after = text[0];
    bool ends_phrase =
        (before == 't' || before == 'r') && (after == 'a' || after == 'c' || after == 'm');
    return after >= 'a' && after <= 'z' && ((before >= 'a' && before <= 'z') || before == ',') &&
           !ends_phrase && !bp_tie_is_digit((unsigned char)text[-4]);
}

/* The addresses of a text, one after the other. */
typedef struct {
    size_t start, end; /* `end` 0: there is none any more. */
} address;

static address next_address(const char *text, size_t length, size_t from)
{
    address found = {0};
    if (from >= length || !bp_address_find(text, length, from, &found.start, &found.end))
        found.end = 0;
    return found;
}

static bool add_end(bp_buf *ends, size_t at, int penalty, bp_tie tie)
{
    bp_break_end end = {(uint32_t)at, (int16_t)penalty, (uint8_t)tie};
    return bp_buf_add(ends, &end, sizeof end);
}

/* The ends inside of an address up to `to`; those that UAX 14 has there are among `plain`. */
static bool add_address(const char *text, const address *a, const uint32_t **plain,
                        const uint32_t *plain_end, bp_buf *ends)
{
    for (size_t at = a->start + 1; at < a->end; at++) {
        int penalty = bp_address_penalty(text, a->start, a->end, at);
        bool is_plain = *plain < plain_end && **plain == at;
        *plain += is_plain;
        if ((is_plain || penalty < BP_BREAK_NEVER) && !add_end(ends, at, penalty, BP_TIE_ADDRESS))
            return false;
    }
    return true;
}

static void judge(bp_tie_place *p, size_t at)
{
    p->at = at;
    p->penalty = BP_BREAK_FREE;
    p->tie = BP_TIE_NONE;
    if (!is_plain(p))
        bp_tie_judge(p);
}

static bool weigh_with_addresses(bp_tie_place *p, const uint32_t *at, const uint32_t *last,
                                 bp_buf *ends)
{
    address next = next_address(p->text, p->length, 0);
    while (at < last) {
        if (next.end != 0 && *at > next.start) {
            if (!add_address(p->text, &next, &at, last, ends))
                return false;
            next = next_address(p->text, p->length, next.end);
            continue;
        }
        judge(p, *at++);
        if (!add_end(ends, p->at, p->penalty, p->tie))
            return false;
    }
    return true;
}

bool bp_ties_weigh(const char *text, size_t length, const char *language, const bp_buf *plain,
                   bp_buf *ends)
{
    const uint32_t *at = BP_BUF_ITEMS(plain, uint32_t);
    size_t count = BP_BUF_COUNT(plain, uint32_t);
    bp_tie_place p = {.text = text,
                      .length = length,
                      .words = bp_tie_words_find(language),
                      .is_han = strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0};
    if (count == 0)
        return true;
    if (bp_address_is_possible(text, length))
        return weigh_with_addresses(&p, at, at + count, ends);
    bp_break_end *out = bp_buf_push(ends, count * sizeof *out);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        judge(&p, at[i]);
        out[i] = (bp_break_end){(uint32_t)p.at, (int16_t)p.penalty, (uint8_t)p.tie};
    }
    return true;
}
