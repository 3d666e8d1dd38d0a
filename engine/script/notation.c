#include "script/notation.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define SCRIPT_BYTES_MOST 256 /* Longer is nothing that stands above or below a line. */
#define NOTE_BYTES_MOST 16384

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || (c & 0x80) != 0;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Han and the like, where a "~" stands between the ends of a range. */
static bool is_wide_at(const char *text, size_t length, size_t at)
{
    return ((unsigned char)text[at] & 0xC0) == 0xC0 && bp_utf8_next(text, length, &at) >= 0x2E80;
}

size_t bp_notation_brace(const char *text, size_t length, size_t at)
{
    size_t end = at + 1;
    while (end < length && text[end] != '}') {
        if (text[end] == '{') {
            if (end + 1 == length || text[end + 1] != '{')
                return 0;
            end++;
        }
        end++;
    }
    return end < length ? end : 0;
}

size_t bp_notation_script(const char *text, size_t length, size_t at)
{
    char sign = text[at], before = at > 0 ? text[at - 1] : ' ';
    bool is_low = sign == '~';
    if (!is_word(before) && strchr(is_low ? ")]}*" : ")]}*.,;:!?%\"'", before) == NULL)
        return 0;
    if (is_low && is_digit(before) && at + 1 < length && is_digit(text[at + 1]))
        return 0;
    size_t most = length - at > SCRIPT_BYTES_MOST ? at + SCRIPT_BYTES_MOST : length;
    for (size_t end = at + 1; end < most; end++) {
        char c = text[end];
        if (c == sign)
            return end > at + 1 && !(is_low && end + 1 < length && text[end + 1] == '~') ? end : 0;
        if (is_blank(c) || c == '^' || c == '~' || c == '`' ||
            (is_low && (c == '[' || c == ']' || is_wide_at(text, length, end))))
            return 0;
        if (c == '{' && (end = bp_notation_brace(text, most, end)) == 0)
            return 0;
        if (c == '\\')
            end++;
    }
    return 0;
}

size_t bp_notation_attributes(const char *text, size_t length, size_t at)
{
    size_t from = at + 1, end = from;
    while (end < length && text[end] != '}' && text[end] != '{' && text[end] != '\n')
        end++;
    if (end == length || text[end] != '}')
        return 0;
    if (text[from] == '.')
        return end;
    size_t key = from;
    while (key < end && is_word(text[key] == '_' ? 'a' : text[key]))
        key++;
    return key > from && text[key] == '=' ? end : 0;
}

size_t bp_notation_code(const char *text, size_t length, size_t at,
                        bool missing[BP_NOTATION_TICKS_MOST + 1])
{
    size_t ticks = 0;
    while (at < length && text[at] == '`')
        at++, ticks++;
    if (ticks > BP_NOTATION_TICKS_MOST || missing[ticks])
        return at;
    for (size_t end = at; end < length; end++) {
        size_t count = 0;
        while (end < length && text[end] == '`')
            end++, count++;
        if (count == ticks)
            return end;
    }
    missing[ticks] = true;
    return at;
}

size_t bp_notation_note(const char *text, size_t length, size_t at)
{
    bool missing[BP_NOTATION_TICKS_MOST + 1] = {false};
    size_t most = length - at > NOTE_BYTES_MOST ? at + NOTE_BYTES_MOST : length, depth = 0;
    for (size_t end = at + 1; end < most;) {
        char c = text[end];
        if (c == '`') {
            end = bp_notation_code(text, most, end, missing);
            continue;
        }
        if (c == '[')
            depth++;
        if (c == ']' && --depth == 0) {
            char next = end + 1 < length ? text[end + 1] : ' ';
            bool is_raised =
                next == '(' || (next == '^' && (end + 2 == length || text[end + 2] != '['));
            return end > at + 2 && !is_raised ? end : 0;
        }
        end += c == '\\' ? 2 : 1;
    }
    return 0;
}

size_t bp_notation_note_key(const char *text, size_t length, size_t at)
{
    size_t end = at + 2;
    while (end < length && (is_word(text[end]) || text[end] == '_' || text[end] == '-'))
        end++;
    if (end == at + 2 || end == length || text[end] != ']')
        return 0;
    return end + 1 < length && strchr("([:{", text[end + 1]) != NULL ? 0 : end;
}

static int in_order(const void *a, const void *b)
{
    size_t left = ((const bp_notation_bracket *)a)->at,
           right = ((const bp_notation_bracket *)b)->at;
    return (left > right) - (left < right);
}

/* Adds both ends of a span whose attributes end at `close`. */
static bool add_span(bp_buf *out, size_t open, size_t at, size_t close)
{
    unsigned number = (unsigned)(BP_BUF_COUNT(out, bp_notation_bracket) / 2 + 1);
    const bp_notation_bracket ends[2] = {
        {.at = open, .next = open + 1, .number = number},
        {.at = at, .next = close + 1, .number = number, .is_end = true}};
    return bp_buf_add(out, ends, sizeof ends);
}

static bool find_spans(const char *text, size_t length, bp_buf *out, bp_buf *stack)
{
    bool missing[BP_NOTATION_TICKS_MOST + 1] = {false};
    stack->length = 0;
    for (size_t at = 0; at < length;) {
        size_t end = 0, count = BP_BUF_COUNT(stack, size_t);
        switch (text[at]) {
        case '\\':
            at += 2;
            continue;
        case '`':
            at = bp_notation_code(text, length, at, missing);
            continue;
        case '{':
            end = at + 1 < length && text[at + 1] == '{' ? at + 1
                                                         : bp_notation_brace(text, length, at);
            at = end > 0 ? end + 1 : at + 1;
            continue;
        case '[':
            if (!bp_buf_add(stack, &at, sizeof at))
                return false;
            break;
        case ']':
            if (count == 0)
                break;
            stack->length -= sizeof at;
            end = at + 1 < length && text[at + 1] == '{'
                      ? bp_notation_attributes(text, length, at + 1)
                      : 0;
            if (end == 0)
                break;
            if (!add_span(out, BP_BUF_ITEMS(stack, size_t)[count - 1], at, end))
                return false;
            at = end;
            break;
        default:
            break;
        }
        at++;
    }
    return true;
}

bool bp_notation_spans(const char *text, size_t length, bp_buf *out, bp_buf *stack)
{
    if (!find_spans(text, length, out, stack))
        return false;
    size_t count = BP_BUF_COUNT(out, bp_notation_bracket);
    bp_notation_bracket *all = BP_BUF_ITEMS(out, bp_notation_bracket);
    if (count > 0)
        qsort(all, count, sizeof *all, in_order);
    stack->length = 0;
    for (size_t i = 0; i < count; i++) {
        if (all[i].is_end)
            stack->length -= sizeof all[i].number;
        size_t depth = BP_BUF_COUNT(stack, unsigned);
        all[i].around = depth > 0 ? BP_BUF_ITEMS(stack, unsigned)[depth - 1] : 0;
        if (!all[i].is_end && !bp_buf_add(stack, &all[i].number, sizeof all[i].number))
            return false;
    }
    return true;
}
