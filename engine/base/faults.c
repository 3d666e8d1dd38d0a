/* The list of faults: see faults.h. */
#include "base/faults.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "base/mem.h"

void bp_faults_add(bp_faults *faults, bp_code code, const char *place, const char *format, ...)
{
    if (faults == NULL)
        return;
    if (bp_faults_count(faults) >= BP_FAULTS_MOST) {
        faults->dropped++;
        return;
    }
    bp_buf text = {0};
    va_list args;
    va_start(args, format);
    bool ok = bp_buf_vformat(&text, format, args);
    va_end(args);
    char *where = ok ? bp_copy_text(place ? place : "") : NULL;
    bp_fault *fault = where ? bp_buf_push(&faults->list, sizeof *fault) : NULL;
    if (fault == NULL) {
        bp_free(where);
        bp_buf_clear(&text);
        faults->refused = true;
        return;
    }
    *fault = (bp_fault){.code = code, .place = where, .text = bp_buf_take(&text)};
}

/* Takes the number behind the last colon of the first `length` bytes of a place off; -1: there is
 * none. */
static long take_number(const char *place, size_t *length)
{
    size_t at = *length;
    while (at > 0 && isdigit((unsigned char)place[at - 1]))
        at--;
    if (at == *length || at == 0 || place[at - 1] != ':' || *length - at > 9)
        return -1;
    long number = 0;
    for (size_t i = at; i < *length; i++)
        number = number * 10 + (place[i] - '0');
    *length = at - 1;
    return number;
}

/* "file:line:column" or "file:line", taken apart. */
typedef struct {
    size_t length; /* Of the file's name. */
    long line, column;
} place_parts;

static place_parts take_apart(const char *place)
{
    place_parts parts = {.length = strlen(place)};
    long last = take_number(place, &parts.length);
    long first = take_number(place, &parts.length);
    parts.line = first >= 0 ? first : last;
    parts.column = first >= 0 ? last : -1;
    return parts;
}

static bool is_behind(const char *a, const char *b)
{
    place_parts first = take_apart(a), second = take_apart(b);
    size_t shorter = first.length < second.length ? first.length : second.length;
    int order = memcmp(a, b, shorter);
    if (order != 0)
        return order > 0;
    if (first.length != second.length)
        return first.length > second.length;
    if (first.line != second.line)
        return first.line > second.line;
    return first.column > second.column;
}

void bp_faults_sort(bp_faults *faults)
{
    bp_fault *list = BP_BUF_ITEMS(&faults->list, bp_fault);
    size_t count = bp_faults_count(faults);
    for (size_t i = 1; i < count; i++) { /* By insertion: few, and equal ones keep their order. */
        bp_fault one = list[i];
        size_t at = i;
        for (; at > 0 && is_behind(list[at - 1].place, one.place); at--)
            list[at] = list[at - 1];
        list[at] = one;
    }
}

size_t bp_faults_count(const bp_faults *faults)
{
    return BP_BUF_COUNT(&faults->list, bp_fault);
}

const bp_fault *bp_faults_at(const bp_faults *faults, size_t i)
{
    return &BP_BUF_ITEMS(&faults->list, bp_fault)[i];
}

void bp_faults_clear(bp_faults *faults)
{
    for (size_t i = 0; i < bp_faults_count(faults); i++) {
        bp_free(BP_BUF_ITEMS(&faults->list, bp_fault)[i].place);
        bp_free(BP_BUF_ITEMS(&faults->list, bp_fault)[i].text);
    }
    bp_buf_clear(&faults->list);
    *faults = (bp_faults){0};
}
