/* Line-break opportunities: see breaks.h. The rules of UAX 14 and the ties are walks of our own;
 * ICU's iterator, whose data cost more to open than a short report takes to lay out, is asked for
 * the words of scripts that only a dictionary can divide. */
#include "text/breaks.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/breaks_private.h"
#include "text/shape.h"

#define FIND_REACH 20 /* Characters; of bp_breaks_find. */

/* The iterator of a language, opened once. */
typedef struct {
    char language[32];
    UBreakIterator *iterator;
} opened;

struct bp_breaks {
    bp_buf iterators;              /* Of opened. */
    bp_buf plain, complex, merged; /* Scratch: of uint32_t, bp_byte_span, uint32_t. */
    bp_buf weighed;                /* Scratch: of bp_break_end. */
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
    bp_buf_clear(&breaks->plain);
    bp_buf_clear(&breaks->complex);
    bp_buf_clear(&breaks->merged);
    bp_buf_clear(&breaks->weighed);
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
    size_t length = strcspn(language, "@."); /* A layout's language brings no keywords. */
    (void)snprintf(one.language, sizeof one.language, "%.*s@lb=strict",
                   length < 12 ? (int)length : 12, language);
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

/* Puts the words that a dictionary finds in the complex stretches among the plain ends. */
static bool add_dictionary(bp_breaks *breaks, const char *text, bp_error *err)
{
    const bp_byte_span *spans = BP_BUF_ITEMS(&breaks->complex, bp_byte_span);
    const uint32_t *plain = BP_BUF_ITEMS(&breaks->plain, uint32_t);
    size_t count = BP_BUF_COUNT(&breaks->plain, uint32_t), at = 0;
    breaks->merged.length = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&breaks->complex, bp_byte_span); i++) {
        for (; at < count && plain[at] <= spans[i].start; at++)
            if (!add_end(&breaks->merged, plain[at]))
                return bp_fail_memory(err);
        size_t first = breaks->merged.length / sizeof(uint32_t);
        if (!bp_breaks_find_icu(breaks, text + spans[i].start, spans[i].end - spans[i].start, "",
                                &breaks->merged, err))
            return false;
        size_t last = breaks->merged.length / sizeof(uint32_t) - 1; /* The stretch's own end. */
        for (; first < last; first++)
            BP_BUF_ITEMS(&breaks->merged, uint32_t)[first] += spans[i].start;
        breaks->merged.length = last * sizeof(uint32_t);
    }
    for (; at < count; at++)
        if (!add_end(&breaks->merged, plain[at]))
            return bp_fail_memory(err);
    return true;
}

bool bp_breaks_judge(bp_breaks *breaks, const char *text, size_t length, const char *language,
                     bp_buf *ends, bp_error *err)
{
    if (length > INT32_MAX)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "a paragraph of %zu bytes is too long", length);
    unsigned departures = BP_UAX14_NUMBERS | BP_UAX14_HYPHENS;
    if (bp_language_is_han(language))
        departures |= BP_UAX14_HAN_QUOTES | BP_UAX14_HAN_SINGLES;
    breaks->plain.length = breaks->complex.length = 0;
    if (!bp_uax14_find(text, length, departures, &breaks->plain, &breaks->complex))
        return bp_fail_memory(err);
    if (breaks->complex.length > 0 && !add_dictionary(breaks, text, err))
        return false;
    return bp_ties_weigh(text, length, language,
                         breaks->complex.length > 0 ? &breaks->merged : &breaks->plain, ends) ||
           bp_fail_memory(err);
}

bool bp_breaks_weigh(bp_breaks *breaks, const char *text, size_t length, const char *language,
                     bp_buf *ends, bp_error *err)
{
    size_t first = BP_BUF_COUNT(ends, bp_break_end);
    if (!bp_breaks_judge(breaks, text, length, language, ends, err))
        return false;
    bp_break_end *all = BP_BUF_ITEMS(ends, bp_break_end);
    size_t kept = first, count = BP_BUF_COUNT(ends, bp_break_end);
    for (size_t i = first; i < count; i++)
        if (all[i].penalty < BP_BREAK_NEVER)
            all[kept++] = all[i];
    ends->length = kept * sizeof *all;
    return true;
}

/* Drops the ends of a penalty from `least` on where there is another within reach of the one
 * before; answers how many are left. */
static size_t drop_worse(bp_break_end *all, size_t count, const char *text, int least)
{
    size_t kept = 0;
    for (size_t i = 0, next; i < count; i = next + 1) {
        for (next = i; all[next].penalty >= least;) /* The last is free. */
            next++;
        if (next == i) {
            all[kept++] = all[i];
            continue;
        }
        uint32_t start = kept > 0 ? all[kept - 1].end : 0;
        bool is_near = all[next].end - start <= 4 * FIND_REACH &&
                       bp_utf8_count(text + start, all[next].end - start) <= FIND_REACH;
        for (size_t k = is_near ? next : i; k <= next; k++)
            all[kept++] = all[k];
    }
    return kept;
}

bool bp_breaks_find(bp_breaks *breaks, const char *text, size_t length, const char *language,
                    bp_buf *ends, bp_error *err)
{
    breaks->weighed.length = 0;
    if (!bp_breaks_weigh(breaks, text, length, language, &breaks->weighed, err))
        return false;
    bp_break_end *all = BP_BUF_ITEMS(&breaks->weighed, bp_break_end);
    size_t count = BP_BUF_COUNT(&breaks->weighed, bp_break_end);
    count = drop_worse(all, count, text, BP_BREAK_BAD);
    count = drop_worse(all, count, text, BP_BREAK_MILD);
    uint32_t *out = count > 0 ? bp_buf_push(ends, count * sizeof *out) : NULL;
    if (count > 0 && out == NULL)
        return bp_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        out[i] = all[i].end;
    return true;
}
