/* Addresses of the web and of mail: they break behind slashes and points, and get no hyphen,
 * because a reader would take it for a part of them. */
#include <string.h>

#include "text/ties_private.h"

#define PART_LEAST 3 /* Characters on each side of a line end. */

static bool is_name(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of "name.name.name" whose last name is of two letters at least; 0: there is none. */
static size_t domain_length(const char *text, size_t length)
{
    size_t at = 0, names = 0, start = 0;
    for (;;) {
        start = at;
        while (at < length && is_name((unsigned char)text[at]))
            at++;
        if (at == start)
            return 0;
        names++;
        if (at + 1 >= length || text[at] != '.' || !is_name((unsigned char)text[at + 1]))
            break;
        at++;
    }
    for (size_t i = start; i < at; i++)
        if (!is_letter((unsigned char)text[i]))
            return 0;
    return names > 1 && at - start > 1 ? at : 0;
}

static bool has_scheme(const char *word, size_t length)
{
    size_t at = 0;
    while (at < length && (is_letter((unsigned char)word[at]) || (at > 0 && word[at] == '+')))
        at++;
    return at >= 2 && length - at > 3 && memcmp(word + at, "://", 3) == 0;
}

static bool is_doi(const char *word, size_t length)
{
    size_t at = 3;
    if (length < 8 || memcmp(word, "10.", 3) != 0)
        return false;
    while (at < length && word[at] >= '0' && word[at] <= '9')
        at++;
    return at >= 7 && at + 1 < length && word[at] == '/';
}

bool bp_breaks_is_address(const char *word, size_t length)
{
    if (has_scheme(word, length) || is_doi(word, length))
        return true;
    if (length > 4 && memcmp(word, "www.", 4) == 0)
        return domain_length(word, length) != 0;
    const char *sign = memchr(word, '@', length);
    if (sign != NULL && sign != word)
        return domain_length(sign + 1, length - (size_t)(sign + 1 - word)) != 0;
    size_t domain = domain_length(word, length);
    return domain != 0 && domain + 1 < length && word[domain] == '/';
}

/* Addresses are of ASCII; what stands around them in prose is no part of them. */
static bool is_part(unsigned char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '`';
}

bool bp_address_is_possible(const char *text, size_t length)
{
    if (memchr(text, '/', length) != NULL || memchr(text, '@', length) != NULL)
        return true;
    const char *at = text, *end = text + length;
    while (end - at >= 4 && (at = memchr(at, 'w', (size_t)(end - at) - 3)) != NULL) {
        if (memcmp(at, "www.", 4) == 0)
            return true;
        at++;
    }
    return false;
}

bool bp_address_find(const char *text, size_t length, size_t from, size_t *start, size_t *end)
{
    while (from < length) {
        size_t first = from;
        while (first < length && !is_part((unsigned char)text[first]))
            first++;
        size_t last = first;
        bool has_sign = false; /* Every address has a slash, an at sign or a "www.". */
        for (; last < length && is_part((unsigned char)text[last]); last++)
            has_sign = has_sign || text[last] == '/' || text[last] == '@' || text[last] == 'w';
        from = last;
        if (!has_sign)
            continue;
        while (first < last && bp_tie_is_one_of("([{'*", text[first]))
            first++;
        while (last > first && bp_tie_is_one_of(".,;:!?)]}'*", text[last - 1]))
            last--;
        if (bp_breaks_is_address(text + first, last - first)) {
            *start = first;
            *end = last;
            return true;
        }
    }
    return false;
}

int bp_address_penalty(const char *text, size_t start, size_t end, size_t at)
{
    char before = text[at - 1];
    if (at < start + PART_LEAST || at + PART_LEAST > end)
        return BP_BREAK_NEVER;
    if (text[at] == '/' || text[at] == '.')
        return BP_BREAK_NEVER;
    if (before == '/')
        return BP_BREAK_MILD;
    return bp_tie_is_one_of(".?&=#@_+;,", before) ? BP_BREAK_MILD + BP_BREAK_SLIGHT
                                                  : BP_BREAK_NEVER;
}
