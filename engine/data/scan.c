/* The strict scan: see scan.h. A plain recursive descent; its depth is bounded by BP_SCAN_DEPTH.
 * Columns cost nothing until they are asked for: the scan only keeps where the line began and how
 * many bytes of it were not the first of a character. */
#include "data/scan.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/number.h"
#include "base/utf8.h"

typedef struct {
    uint64_t hash;
    size_t offset; /* Into the bytes, or into space->decoded. */
    size_t length;
    bp_spot spot;
    bool is_decoded;
} member;

/* Beyond this many members an object is checked for doubles by sorting, when it ends. */
enum { FEW_MEMBERS = 32 };

typedef struct {
    const char *file;
    const char *bytes;
    size_t length, at;
    size_t line_start;
    size_t extra; /* Bytes of this line that continue a character. */
    uint32_t line;
    int depth;
    bool has_faults;
    const bp_scan_events *events;
    bp_scan_space *space;
    bp_faults *faults;
} scan;

void bp_scan_space_clear(bp_scan_space *space)
{
    bp_buf_clear(&space->keys);
    bp_buf_clear(&space->decoded);
    bp_buf_clear(&space->text);
}

static bp_spot spot_here(const scan *s)
{
    return (bp_spot){s->line, (uint32_t)(s->at - s->line_start - s->extra + 1)};
}

/* Always answers false. */
static bool fault_at(scan *s, bp_spot spot, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool fault_at(scan *s, bp_spot spot, const char *format, ...)
{
    char text[256], place[BP_ERROR_PLACE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)snprintf(place, sizeof place, "%s:%u:%u", s->file, spot.line, spot.column);
    bp_faults_add(s->faults, BP_ERR_DATA, place, "%s", text);
    s->has_faults = true;
    return false;
}

static bool refuse(scan *s)
{
    s->faults->refused = true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What people take for JSON, by what stands here and what stood before; "" where nothing comes to
 * mind. */
static const char *hint_here(const scan *s, size_t word_length)
{
    static const char *const words[] = {"True", "False", "None", "NaN", "Infinity", "undefined"};
    const char *here = s->bytes + s->at;
    size_t left = s->length - s->at, before = s->at;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == word_length && memcmp(here, words[i], word_length) == 0)
            return "; JSON has true, false, null and finite numbers";
    if (here[0] == '\'')
        return "; JSON puts texts in double quotes";
    if (here[0] == '#' || (here[0] == '/' && left > 1 && (here[1] == '/' || here[1] == '*')))
        return "; JSON has no comments";
    while (before > 0 && strchr(" \t\r\n", s->bytes[before - 1]) != NULL)
        before--;
    if ((here[0] == '}' || here[0] == ']') && before > 0 && s->bytes[before - 1] == ',')
        return "; the comma before it is one too many";
    return "";
}

/* "expected X, found Y" for what stands here. */
static bool fault_expected(scan *s, const char *expected)
{
    bp_spot spot = spot_here(s);
    if (s->at >= s->length)
        return fault_at(s, spot, "expected %s, found the end of the text", expected);
    unsigned char byte = (unsigned char)s->bytes[s->at];
    if (byte < 0x20 || byte == 0x7F)
        return fault_at(s, spot, "expected %s, found the control character U+%04X", expected, byte);
    size_t end = s->at;
    if (bp_utf8_next(s->bytes, s->length, &end) == BP_UTF8_BAD)
        return fault_at(s, spot, "the byte 0x%02X is not UTF-8", byte);
    size_t word = 0;
    while (word < 20 && s->at + word < s->length && is_letter(s->bytes[s->at + word]))
        word++;
    end = word > 0 ? s->at + word : end;
    return fault_at(s, spot, "expected %s, found '%.*s'%s", expected, (int)(end - s->at),
                    s->bytes + s->at, hint_here(s, word));
}

/* The same for what may follow an element of the list or object that begins at `open`. */
static bool fault_unclosed(scan *s, bp_spot open, const char *expected)
{
    if (s->at < s->length)
        return fault_expected(s, expected);
    return fault_at(s, spot_here(s),
                    "expected %s, found the end of the text; what line %u opens is not closed",
                    expected, open.line);
}

static void skip_space(scan *s)
{
    for (; s->at < s->length; s->at++) {
        char c = s->bytes[s->at];
        if (c == '\n') {
            s->line++;
            s->line_start = s->at + 1;
            s->extra = 0;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return;
        }
    }
}

/* Four hexadecimal digits at `at`, or -1. */
static long hex4(const scan *s, size_t at)
{
    long value = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = at + i < s->length ? s->bytes[at + i] : '\0';
        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + (c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            value = value * 16 + (c - 'A' + 10);
        else
            return -1;
    }
    return value;
}

/* \uXXXX at s->at, one or a pair. A character that may not be is a fault but no break. */
static bool read_unicode(scan *s, bp_buf *out)
{
    bp_spot spot = spot_here(s);
    long unit = hex4(s, s->at + 2);
    if (unit < 0)
        return fault_at(s, spot, "expected four hexadecimal digits after \\u");
    s->at += 6;
    uint32_t character = (uint32_t)unit;
    if (unit == 0) {
        (void)fault_at(s, spot, "\\u0000 is not allowed in a text");
        return true;
    }
    if (unit >= 0xD800 && unit <= 0xDFFF) {
        long low = unit < 0xDC00 && s->at + 1 < s->length && s->bytes[s->at] == '\\' &&
                           s->bytes[s->at + 1] == 'u'
                       ? hex4(s, s->at + 2)
                       : -1;
        if (low < 0xDC00 || low > 0xDFFF) {
            (void)fault_at(s, spot, "\\u%04lX is half a surrogate pair, not a character",
                           (unsigned long)unit);
            return true;
        }
        s->at += 6;
        character = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
    }
    char put[4];
    return bp_buf_add(out, put, bp_utf8_put(character, put)) || refuse(s);
}

static bool read_escape(scan *s, bp_buf *out)
{
    static const char names[] = "\"\\/bfnrt", plain[] = "\"\\/\b\f\n\r\t";
    char c = s->at + 1 < s->length ? s->bytes[s->at + 1] : '\0';
    if (c == 'u')
        return read_unicode(s, out);
    const char *found = c ? strchr(names, c) : NULL;
    if (found == NULL)
        return fault_at(
            s, spot_here(s),
            "expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX after a backslash");
    s->at += 2;
    return bp_buf_char(out, plain[found - names]) || refuse(s);
}

/* A string with its quotes at s->at. `*text` is in the bytes, or in `scratch` (from its present end
 * on) where there are escapes. */
static bool read_string(scan *s, bp_buf *scratch, const char **text, size_t *length,
                        bool *is_decoded)
{
    bp_spot open = spot_here(s);
    size_t start = ++s->at, kept = start, from = scratch->length;
    *is_decoded = false;
    for (;;) {
        if (s->at >= s->length)
            return fault_at(s, open, "the text that begins here has no closing quote");
        unsigned char c = (unsigned char)s->bytes[s->at];
        if (c == '"')
            break;
        if (c < 0x20) {
            if (c == '\n')
                return fault_at(s, open,
                                "the text that begins here has no closing quote on its line; "
                                "write a line break as \\n");
            return fault_at(s, spot_here(s), "the control character U+%04X must be written \\u%04X",
                            c, c);
        }
        if (c == '\\') {
            if (!bp_buf_add(scratch, s->bytes + kept, s->at - kept))
                return refuse(s);
            *is_decoded = true;
            if (!read_escape(s, scratch))
                return false;
            kept = s->at;
        } else if (c < 0x80) {
            /* What most texts are made of: ASCII that means nothing here. Signed: the rest is below
             * ' '. */
            const signed char *bytes = (const signed char *)s->bytes;
            size_t at = s->at + 1;
            while (at < s->length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\')
                at++;
            s->at = at;
        } else {
            bp_spot here = spot_here(s);
            size_t was = s->at;
            if (bp_utf8_next(s->bytes, s->length, &s->at) == BP_UTF8_BAD)
                return fault_at(s, here, "the byte 0x%02X is not UTF-8", c);
            s->extra += s->at - was - 1;
        }
    }
    if (*is_decoded) {
        if (!bp_buf_add(scratch, s->bytes + kept, s->at - kept))
            return refuse(s);
        *text = scratch->bytes + from;
        *length = scratch->length - from;
    } else {
        *text = s->bytes + start;
        *length = s->at - start;
    }
    s->at++;
    return true;
}

bool bp_decimal_read(const char *text, size_t length, double *out)
{
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11};
    /* Up to 15 digits and a small power of ten: both are exact doubles, so one division rounds
     * correctly. */
    uint64_t digits = 0;
    size_t i = 0, count = 0, decimals = 0;
    bool is_negative = length > 0 && text[0] == '-', has_point = false;
    for (i = is_negative; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            digits = digits * 10 + (uint64_t)(text[i] - '0');
            decimals += has_point;
            if (++count > 15)
                return bp_number_read(text, length, out);
        } else if (text[i] == '.' && !has_point && count > 0) {
            has_point = true;
        } else {
            return bp_number_read(text, length, out);
        }
    }
    size_t whole = count - decimals;
    if (whole == 0 || (has_point && decimals == 0) || decimals > 11 ||
        (whole > 1 && text[is_negative] == '0'))
        return bp_number_read(text, length, out);
    double value = (double)digits / powers[decimals];
    *out = is_negative ? -value : value;
    return true;
}

static bool is_number_character(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static bool read_number(scan *s, double *out)
{
    bp_spot spot = spot_here(s);
    const char *text = s->bytes + s->at;
    size_t length = 0;
    bool is_whole = true;
    while (s->at + length < s->length && is_number_character(text[length])) {
        if (text[length] == '.' || text[length] == 'e' || text[length] == 'E')
            is_whole = false;
        length++;
    }
    s->at += length;
    *out = 0;
    if (length > BP_NUMBER_LENGTH)
        return fault_at(s, spot, "a number of more than %d characters", BP_NUMBER_LENGTH);
    if (bp_decimal_read(text, length, out)) {
        /* At 2^53 itself a neighbour may have been rounded: compare the digits. */
        bool is_inexact = is_whole && fabs(*out) >= BP_WHOLE_MOST &&
                          (fabs(*out) > BP_WHOLE_MOST ||
                           strncmp(text + (text[0] == '-'), "9007199254740992", 16) != 0);
        if (is_inexact)
            (void)fault_at(s, spot,
                           "the whole number %.*s is above 2^53 and cannot be kept exactly; "
                           "write it as a text or with an exponent",
                           (int)length, text);
        return true;
    }
    char copy[BP_NUMBER_LENGTH + 1];
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *end = NULL;
    if (length > 1 && (text[0] == '0' || (text[0] == '-' && text[1] == '0')) &&
        strspn(copy + (text[0] == '-'), "0123456789") > 1)
        return fault_at(s, spot, "the number %s has a leading zero", copy);
    double value = strtod(copy, &end);
    if (*end == '\0' && isinf(value) && copy[0] != '+' && copy[0] != '.') {
        (void)fault_at(s, spot, "the number %s is too large", copy);
        return true;
    }
    return fault_at(s, spot, "%s is not a number as JSON writes it", copy);
}

static const char *member_text(const scan *s, const member *m)
{
    return (m->is_decoded ? s->space->decoded.bytes : s->bytes) + m->offset;
}

static bool same_name(const scan *s, const member *a, const member *b)
{
    return a->hash == b->hash && a->length == b->length &&
           (a->length == 0 || memcmp(member_text(s, a), member_text(s, b), a->length) == 0);
}

static void fault_double(scan *s, const member *again, const member *first)
{
    int length = (int)bp_utf8_floor(member_text(s, again), again->length, 60);
    (void)fault_at(s, again->spot, "the member \"%.*s\" is given twice; first in line %u", length,
                   member_text(s, again), first->spot.line);
}

static int compare_members(const void *a, const void *b)
{
    const member *left = a, *right = b;
    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    if (left->length != right->length)
        return left->length < right->length ? -1 : 1;
    if (left->spot.line != right->spot.line)
        return left->spot.line < right->spot.line ? -1 : 1;
    return left->spot.column < right->spot.column ? -1 : left->spot.column > right->spot.column;
}

/* Finds doubles among many members: those of one hash and length stand together, in the order of
 * the text. */
static void check_many(scan *s, member *members, size_t count)
{
    qsort(members, count, sizeof *members, compare_members);
    for (size_t i = 1; i < count; i++)
        if (same_name(s, &members[i - 1], &members[i]))
            fault_double(s, &members[i], &members[i - 1]);
}

/* Reads a member's name, notes it and tells it. */
static bool read_key(scan *s, size_t first_member)
{
    const char *text = NULL;
    size_t length = 0, from = s->space->decoded.length;
    bp_spot spot = spot_here(s);
    bool is_decoded = false;
    if (!read_string(s, &s->space->decoded, &text, &length, &is_decoded))
        return false;
    if (s->events != NULL && !s->events->key(s->events->context, spot, text, length))
        return refuse(s);
    member *m = bp_buf_push(&s->space->keys, sizeof *m);
    if (m == NULL)
        return refuse(s);
    *m = (member){bp_hash_quick(text, length), is_decoded ? from : (size_t)(text - s->bytes),
                  length, spot, is_decoded};
    member *all = BP_BUF_ITEMS(&s->space->keys, member);
    size_t count = BP_BUF_COUNT(&s->space->keys, member);
    if (count - first_member > FEW_MEMBERS)
        return true;
    for (size_t i = first_member; i + 1 < count; i++)
        if (same_name(s, &all[i], m)) {
            fault_double(s, m, &all[i]);
            break;
        }
    return true;
}

static bool read_value(scan *s);

static bool read_object(scan *s, bp_spot open)
{
    size_t first = BP_BUF_COUNT(&s->space->keys, member), decoded = s->space->decoded.length;
    s->at++;
    skip_space(s);
    if (s->at < s->length && s->bytes[s->at] == '}') {
        s->at++;
        return true;
    }
    for (;;) {
        if (s->at >= s->length || s->bytes[s->at] != '"')
            return fault_expected(s, "a member name in quotes");
        if (!read_key(s, first))
            return false;
        skip_space(s);
        if (s->at >= s->length || s->bytes[s->at] != ':')
            return fault_expected(s, "':' after the member name");
        s->at++;
        skip_space(s);
        if (!read_value(s))
            return false;
        skip_space(s);
        if (s->at < s->length && s->bytes[s->at] == '}')
            break;
        if (s->at >= s->length || s->bytes[s->at] != ',')
            return fault_unclosed(s, open, "',' or '}'");
        s->at++;
        skip_space(s);
    }
    s->at++;
    size_t count = BP_BUF_COUNT(&s->space->keys, member) - first;
    if (count > FEW_MEMBERS)
        check_many(s, BP_BUF_ITEMS(&s->space->keys, member) + first, count);
    s->space->keys.length = first * sizeof(member);
    s->space->decoded.length = decoded;
    return true;
}

static bool read_array(scan *s, bp_spot open)
{
    s->at++;
    skip_space(s);
    if (s->at < s->length && s->bytes[s->at] == ']') {
        s->at++;
        return true;
    }
    for (;;) {
        if (!read_value(s))
            return false;
        skip_space(s);
        if (s->at < s->length && s->bytes[s->at] == ']')
            break;
        if (s->at >= s->length || s->bytes[s->at] != ',')
            return fault_unclosed(s, open, "',' or ']'");
        s->at++;
        skip_space(s);
    }
    s->at++;
    return true;
}

static bool tell(scan *s, bp_spot spot, bp_json_kind kind, const char *text, size_t length,
                 double number)
{
    return s->events == NULL ||
           s->events->value(s->events->context, spot, kind, text, length, number) || refuse(s);
}

static bool read_word(scan *s, const char *word, bp_json_kind kind)
{
    size_t length = strlen(word);
    bp_spot spot = spot_here(s);
    if (s->length - s->at < length || memcmp(s->bytes + s->at, word, length) != 0)
        return fault_expected(s, "a value");
    s->at += length;
    return tell(s, spot, kind, NULL, 0, 0);
}

static bool read_nested(scan *s, bp_json_kind kind)
{
    bp_spot spot = spot_here(s);
    if (s->depth >= BP_SCAN_DEPTH)
        return fault_at(s, spot, "more than %d lists and objects inside each other", BP_SCAN_DEPTH);
    if (!tell(s, spot, kind, NULL, 0, 0))
        return false;
    s->depth++;
    if (!(kind == BP_JSON_OBJECT ? read_object(s, spot) : read_array(s, spot)))
        return false;
    s->depth--;
    return s->events == NULL || s->events->end(s->events->context) || refuse(s);
}

static bool read_value(scan *s)
{
    bp_spot spot = spot_here(s);
    char c = s->at < s->length ? s->bytes[s->at] : '\0';
    const char *text = NULL;
    size_t length = 0;
    double number = 0;
    bool is_decoded = false;
    switch (c) {
    case '{':
        return read_nested(s, BP_JSON_OBJECT);
    case '[':
        return read_nested(s, BP_JSON_ARRAY);
    case '"':
        s->space->text.length = 0;
        return read_string(s, &s->space->text, &text, &length, &is_decoded) &&
               tell(s, spot, BP_JSON_STRING, text, length, 0);
    case 't':
        return read_word(s, "true", BP_JSON_TRUE);
    case 'f':
        return read_word(s, "false", BP_JSON_FALSE);
    case 'n':
        return read_word(s, "null", BP_JSON_NULL);
    default:
        if (!is_number_character(c) || c == 'e' || c == 'E')
            return fault_expected(s, "a value");
        text = s->bytes + s->at;
        return read_number(s, &number) &&
               tell(s, spot, BP_JSON_NUMBER, text, (size_t)(s->bytes + s->at - text), number);
    }
}

/* Other encodings and the byte order mark, which some editors add unseen. */
static bool check_encoding(scan *s)
{
    const unsigned char *bytes = (const unsigned char *)s->bytes;
    if (s->length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        return fault_at(s, (bp_spot){s->line, 1},
                        "the text begins with a byte order mark; save it as UTF-8 without one");
    if (s->length >= 2 &&
        ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        return fault_at(s, (bp_spot){s->line, 1}, "the text is UTF-16; save it as UTF-8");
    return true;
}

bool bp_scan(const char *file, uint32_t first_line, const char *bytes, size_t length,
             const bp_scan_events *events, bp_scan_space *space, bp_faults *faults)
{
    return bp_scan_from(file, (bp_spot){first_line, 1}, bytes, length, events, space, faults);
}

bool bp_scan_from(const char *file, bp_spot first, const char *bytes, size_t length,
                  const bp_scan_events *events, bp_scan_space *space, bp_faults *faults)
{
    scan s = {.file = file,
              .bytes = bytes,
              .length = length,
              .line = first.line,
              /* Below 0, which sizes count around: the line began before the bytes. */
              .line_start = (size_t)0 - (first.column - 1),
              .events = events,
              .space = space,
              .faults = faults};
    space->keys.length = space->decoded.length = space->text.length = 0;
    if (!check_encoding(&s))
        return false;
    skip_space(&s);
    if (!read_value(&s))
        return false;
    skip_space(&s);
    if (s.at < s.length)
        return fault_expected(&s, "nothing after the value");
    return !s.has_faults;
}
