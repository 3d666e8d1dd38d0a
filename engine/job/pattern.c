/* Patterns of output paths: see pattern.h. A pattern is read piece by piece, as often as it is
 * needed: it is shorter than anything it could be turned into. */
#include "job/pattern.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

#define NAME_MOST 240 /* Bytes between two slashes. */
#define HASH_DIGITS 32
#define CUT_LENGTH (2 + HASH_DIGITS) /* "%~" and the digits. */
#define MATCH_STEPS 5000             /* Nobody's pattern needs more; a hostile one ends. */

typedef enum { PIECE_END, PIECE_TEXT, PIECE_SLASH, PIECE_VALUE } piece_kind;

typedef struct {
    piece_kind kind;
    const char *text; /* Of PIECE_TEXT. */
    size_t length;
    bp_pattern_value value; /* Of PIECE_VALUE. */
} piece;

bool bp_pattern_is(const char *text)
{
    return strchr(text, '{') != NULL;
}

static bool is_control(unsigned char byte)
{
    return byte < ' ' || byte == 0x7f;
}

static bool fail_pattern(const char *pattern, const char *what, bp_error *err)
{
    return bp_fail(err, BP_ERR_USAGE, NULL, "output \"%s\": %s", pattern, what);
}

/* Digits that a directive of a format stands for; 0: there is none of that letter. */
static size_t directive_width(char letter)
{
    return letter == 'Y' ? 4 : letter != '\0' && strchr("mdHMS", letter) != NULL ? 2 : 0;
}

static const char format_fault[] =
    "a format has %Y, %m, %d, %H, %M and %S, and what stands between "
    "them: no \"/\" or brace, and no \".\" first";

static bool is_format(const char *format, size_t length)
{
    bool has_directive = false;
    for (size_t i = 0; i < length; i++) {
        if (format[i] == '/' || format[i] == '{' || is_control((unsigned char)format[i]))
            return false;
        if (format[i] != '%')
            continue;
        if (++i >= length || directive_width(format[i]) == 0)
            return false;
        has_directive = true;
    }
    return has_directive && format[0] != '.';
}

/* What is behind a "{". NULL, or what is wrong with it. */
static const char *read_value(const char *text, size_t length, bp_pattern_value *value)
{
    const char *colon = memchr(text, ':', length);
    *value = (bp_pattern_value){.name = text, .name_length = length};
    if (colon != NULL) {
        value->name_length = (size_t)(colon - text);
        value->format = colon + 1;
        value->format_length = length - value->name_length - 1;
    }
    if (value->name_length == 0)
        return "a placeholder without a name; write {{ for a brace";
    for (size_t i = 0; i < value->name_length; i++)
        if (text[i] == '/' || text[i] == '{' || is_control((unsigned char)text[i]))
            return "a name in braces has a \"/\", a brace or a control character";
    if (colon != NULL && !is_format(value->format, value->format_length))
        return format_fault;
    return NULL;
}

/* Reads the piece at `*at` and steps over it. */
static bool next_piece(const char *pattern, const char **at, piece *out, bp_error *err)
{
    const char *from = *at;
    *out = (piece){.kind = PIECE_TEXT, .text = from, .length = 1};
    if (from[0] == '\0') {
        out->kind = PIECE_END;
        return true;
    }
    if (from[0] == '/') {
        out->kind = PIECE_SLASH;
        *at = from + 1;
        return true;
    }
    if ((from[0] == '{' || from[0] == '}') && from[1] == from[0]) {
        *at = from + 2;
        return true;
    }
    if (from[0] == '}')
        return fail_pattern(pattern, "a } without its {; write }} for a brace", err);
    if (from[0] == '{') {
        const char *end = strchr(from, '}');
        if (end == NULL)
            return fail_pattern(pattern, "a { without its }; write {{ for a brace", err);
        out->kind = PIECE_VALUE;
        *at = end + 1;
        const char *fault = read_value(from + 1, (size_t)(end - from - 1), &out->value);
        return fault == NULL || fail_pattern(pattern, fault, err);
    }
    out->length = strcspn(from, "{}/");
    for (size_t i = 0; i < out->length; i++)
        if (is_control((unsigned char)from[i]))
            return fail_pattern(pattern, "a control character", err);
    *at = from + out->length;
    return true;
}

bool bp_pattern_read(const char *pattern, bp_pattern_value values[BP_PATTERN_VALUES_MOST],
                     size_t *count, bp_error *err)
{
    piece item;
    *count = 0;
    for (const char *at = pattern;;) {
        if (!next_piece(pattern, &at, &item, err))
            return false;
        if (item.kind == PIECE_END)
            return true;
        if (item.kind != PIECE_VALUE)
            continue;
        if (*count == BP_PATTERN_VALUES_MOST)
            return fail_pattern(pattern, "more than 32 placeholders", err);
        values[(*count)++] = item.value;
    }
}

static bool is_named(const bp_pattern_value *value, const char *name)
{
    return strlen(name) == value->name_length && memcmp(value->name, name, value->name_length) == 0;
}

bool bp_pattern_uses(const char *pattern, const char *name)
{
    bp_pattern_value values[BP_PATTERN_VALUES_MOST];
    size_t count;
    if (!bp_pattern_read(pattern, values, &count, NULL))
        return false;
    for (size_t i = 0; i < count; i++)
        if (is_named(&values[i], name))
            return true;
    return false;
}

static bool fail_unknown(const char *pattern, const bp_pattern_value *wanted,
                         const bp_parameter *values, size_t count, bp_error *err)
{
    char name[128], known[512] = "";
    (void)snprintf(name, sizeof name, "%.*s", (int)wanted->name_length, wanted->name);
    const char *near = NULL;
    size_t best = 3, length = 0;
    for (size_t i = 0; i < count; i++) {
        size_t distance = bp_text_distance(name, values[i].key, best);
        if (distance < best && distance < strlen(name)) {
            best = distance;
            near = values[i].key;
        }
        int put = snprintf(known + length, sizeof known - length, "%s{%s}", i != 0 ? ", " : "",
                           values[i].key);
        length += put > 0 && (size_t)put < sizeof known - length ? (size_t)put : 0;
        known[length] = '\0';
    }
    if (near != NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "output \"%s\": nothing is named \"%s\"; did you mean {%s}?", pattern, name,
                       near);
    return bp_fail(err, BP_ERR_USAGE, NULL, "output \"%s\": nothing is named \"%s\"; there is %s",
                   pattern, name, count != 0 ? known : "no value at all");
}

static bool fail_value(const bp_pattern_value *value, const char *text, const char *what,
                       bp_error *err)
{
    return bp_fail(err, BP_ERR_DATA, NULL, "{%.*s} of the output is \"%.100s\": %s",
                   (int)value->name_length, value->name, text, what);
}

/* Adds a date in a format. */
static bool put_date(bp_buf *out, const bp_pattern_value *value, const char *text, bp_error *err)
{
    bp_moment moment;
    if (!bp_moment_read(text, &moment))
        return fail_value(value, text, "expected a date, as 2022-08-31, for its format", err);
    bool has_time = strchr(text, 'T') != NULL;
    for (size_t i = 0; i < value->format_length; i++) {
        char letter = value->format[i];
        if (letter != '%') {
            if (!bp_buf_char(out, letter))
                return bp_fail_memory(err);
            continue;
        }
        letter = value->format[++i];
        if (strchr("HMS", letter) != NULL && !has_time)
            return fail_value(value, text, "expected a time of day, as 2022-08-31T07:00:00Z", err);
        int number = letter == 'Y'   ? moment.year
                     : letter == 'm' ? moment.month
                     : letter == 'd' ? moment.day
                     : letter == 'H' ? moment.hour
                     : letter == 'M' ? moment.minute
                                     : moment.second;
        if (!bp_buf_format(out, "%0*d", (int)directive_width(letter), number))
            return bp_fail_memory(err);
    }
    return true;
}

/* Whether a character is written in digits. */
static bool is_escaped(uint32_t character, bool is_first)
{
    return character < ' ' || (character >= 0x7f && character < 0xa0) || character == '%' ||
           character == '/' || (is_first && character == '.');
}

/* Adds a value, cut where it would take more than `most` bytes. */
static bool put_value(bp_buf *out, const bp_pattern_value *value, const char *text, size_t most,
                      bp_error *err)
{
    size_t length = strlen(text), start = out->length, whole = start;
    if (length == 0)
        return fail_value(value, text, "an empty text is no part of a name", err);
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t character = bp_utf8_next(text, length, &at);
        if (character == BP_UTF8_BAD)
            return fail_value(value, "...", "it is no UTF-8", err);
        bool ok = true;
        if (!is_escaped(character, from == 0))
            ok = bp_buf_add(out, text + from, at - from);
        for (size_t i = from; ok && is_escaped(character, from == 0) && i < at; i++)
            ok = bp_buf_format(out, "%%%02X", (unsigned char)text[i]);
        if (!ok)
            return bp_fail_memory(err);
        if (out->length - start + CUT_LENGTH <= most)
            whole = out->length;
    }
    if (out->length - start <= most)
        return true;
    bp_hash hash;
    unsigned char digest[32];
    bp_hash_init(&hash);
    bp_hash_add(&hash, text, length);
    bp_hash_end(&hash, digest);
    out->length = whole;
    bool ok = bp_buf_text(out, "%~");
    for (size_t i = 0; ok && i < HASH_DIGITS / 2; i++)
        ok = bp_buf_format(out, "%02x", digest[i]);
    return ok || bp_fail_memory(err);
}

static const char *find(const bp_pattern_value *wanted, const bp_parameter *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_named(wanted, values[i].key))
            return values[i].value;
    return NULL;
}

/* Adds what is between two slashes, and moves `*at` behind it; of each value no more than `most`
 * bytes. `*fixed` and `*free` become the bytes that cannot and the values that can be cut. */
static bool put_name(const char *pattern, const char **at, const bp_parameter *values, size_t count,
                     size_t most, size_t *fixed, size_t *cuttable, bp_buf *path, bp_error *err)
{
    piece item;
    *fixed = *cuttable = 0;
    for (;;) {
        const char *before = *at;
        if (!next_piece(pattern, at, &item, err))
            return false;
        if (item.kind == PIECE_END || item.kind == PIECE_SLASH) {
            *at = before;
            return true;
        }
        size_t length = path->length;
        const char *text = NULL;
        if (item.kind == PIECE_VALUE && (text = find(&item.value, values, count)) == NULL)
            return fail_unknown(pattern, &item.value, values, count, err);
        if (text == NULL && !bp_buf_add(path, item.text, item.length))
            return bp_fail_memory(err);
        if (text != NULL && item.value.format == NULL) {
            ++*cuttable;
            if (!put_value(path, &item.value, text, most, err))
                return false;
            continue;
        }
        if (text != NULL && !put_date(path, &item.value, text, err))
            return false;
        *fixed += path->length - length;
    }
}

static bool expand(const char *pattern, const bp_parameter *values, size_t count, bp_buf *path,
                   bp_error *err)
{
    for (const char *at = pattern;;) {
        const char *name = at;
        size_t start = path->length, fixed, cuttable;
        if (!put_name(pattern, &at, values, count, SIZE_MAX, &fixed, &cuttable, path, err))
            return false;
        if (path->length - start > NAME_MOST) { /* Again, with a share for each. */
            size_t room = fixed < NAME_MOST && cuttable != 0 ? (NAME_MOST - fixed) / cuttable : 0;
            if (room < CUT_LENGTH)
                return fail_pattern(pattern, "a name longer than 240 bytes", err);
            at = name;
            path->length = start;
            if (!put_name(pattern, &at, values, count, room, &fixed, &cuttable, path, err))
                return false;
        }
        if (*at == '\0')
            return bp_buf_text(path, "") || bp_fail_memory(err);
        if (!bp_buf_char(path, *at++))
            return bp_fail_memory(err);
    }
}

bool bp_pattern_expand(const char *pattern, const bp_parameter *values, size_t count, bp_buf *path,
                       bp_error *err)
{
    bp_pattern_value placeholders[BP_PATTERN_VALUES_MOST];
    size_t placeholder_count;
    path->length = 0;
    bool ok = bp_pattern_read(pattern, placeholders, &placeholder_count, err) &&
              expand(pattern, values, count, path, err);
    if (!ok && path->bytes != NULL)
        path->bytes[path->length = 0] = '\0';
    return ok;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* True where these bytes end in the mark of a value that was cut. */
static bool is_cut(const char *text, size_t length)
{
    if (length < CUT_LENGTH || memcmp(text + length - CUT_LENGTH, "%~", 2) != 0)
        return false;
    for (size_t i = length - HASH_DIGITS; i < length; i++)
        if (strchr("0123456789abcdef", text[i]) == NULL)
            return false;
    return true;
}

/* True where put_value can have written this. */
static bool is_value(const char *text, size_t length)
{
    size_t end = is_cut(text, length) ? length - CUT_LENGTH : length;
    char plain[NAME_MOST + 1];
    size_t count = 0;
    if (length == 0 || length > NAME_MOST)
        return false;
    for (size_t at = 0; at < end;) {
        bool is_digits = text[at] == '%';
        if (is_digits) {
            int high = at + 2 < end ? hex_digit(text[at + 1]) : -1;
            int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
            if (low < 0)
                return false;
            plain[count++] = (char)(high << 4 | low);
            at += 3;
        } else
            plain[count++] = text[at++];
    }
    /* Written anew it must be the same: no byte too few or too many is in digits. */
    const char *at_text = text;
    for (size_t at = 0; at < count;) {
        size_t from = at;
        uint32_t character = bp_utf8_next(plain, count, &at);
        if (character == BP_UTF8_BAD || character == 0 ||
            (*at_text == '%') != is_escaped(character, from == 0))
            return false;
        for (size_t i = from; i < at; i++) {
            if ((*at_text == '%') != is_escaped(character, from == 0))
                return false;
            at_text += *at_text == '%' ? 3 : 1;
        }
    }
    return true;
}

/* True where put_date can have written this, but for the calendar. */
static bool is_date(const bp_pattern_value *value, const char *text, size_t length)
{
    size_t at = 0;
    for (size_t i = 0; i < value->format_length; i++) {
        size_t width = 1;
        if (value->format[i] == '%')
            width = directive_width(value->format[++i]);
        else if (at >= length || text[at] != value->format[i])
            return false;
        if (width > length - at)
            return false;
        for (size_t j = 0; width > 1 && j < width; j++)
            if (text[at + j] < '0' || text[at + j] > '9')
                return false;
        at += width;
    }
    return at == length;
}

typedef struct {
    const char *pattern;
    bp_pattern_value *values;
    size_t count;
    int steps;
} matching;

static bool is_alike(const bp_pattern_value *a, const bp_pattern_value *b)
{
    if (a->name_length != b->name_length || memcmp(a->name, b->name, a->name_length) != 0)
        return true;
    if (a->format_length != b->format_length ||
        (a->format != NULL && memcmp(a->format, b->format, a->format_length) != 0))
        return true; /* Two forms of one date. */
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static bool match_from(matching *on, const char *at, const char *text);

static bool match_value(matching *on, const char *at, const char *text, bp_pattern_value value)
{
    if (on->count == BP_PATTERN_VALUES_MOST)
        return false;
    value.text = text;
    for (value.length = strcspn(text, "/"); value.length > 0 && ++on->steps <= MATCH_STEPS;
         value.length--) {
        bool ok = value.format != NULL ? is_date(&value, text, value.length)
                                       : is_value(text, value.length);
        for (size_t i = 0; ok && i < on->count; i++)
            ok = is_alike(&on->values[i], &value);
        if (!ok)
            continue;
        on->values[on->count++] = value;
        if (match_from(on, at, text + value.length))
            return true;
        on->count--;
    }
    return false;
}

static bool match_from(matching *on, const char *at, const char *text)
{
    piece item;
    if (!next_piece(on->pattern, &at, &item, NULL))
        return false;
    switch (item.kind) {
    case PIECE_END:
        return *text == '\0';
    case PIECE_SLASH:
        return *text == '/' && match_from(on, at, text + 1);
    case PIECE_TEXT:
        return strncmp(text, item.text, item.length) == 0 && match_from(on, at, text + item.length);
    case PIECE_VALUE:
        return match_value(on, at, text, item.value);
    }
    return false;
}

bool bp_pattern_match(const char *pattern, const char *path,
                      bp_pattern_value values[BP_PATTERN_VALUES_MOST], size_t *count)
{
    bp_pattern_value own[BP_PATTERN_VALUES_MOST];
    matching on = {.pattern = pattern, .values = values != NULL ? values : own};
    bool ok = match_from(&on, pattern, path);
    if (count != NULL)
        *count = ok ? on.count : 0;
    return ok;
}

/* A new folder's name is to outlast a power cut, as what is published in it. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd); /* Some file systems know none. */
    close(fd);
}

static bool make_folder(const char *folder, bp_error *err)
{
    struct stat status;
    if (mkdir(folder, 0777) == 0) {
        char *above = bp_path_folder(folder, err);
        if (above == NULL)
            return false;
        sync_folder(above);
        bp_free(above);
        return true;
    }
    int number = errno; /* EROFS and EACCES may come before EEXIST. */
    if (stat(folder, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    if (number == EEXIST)
        return bp_fail(err, BP_ERR_CREATE, folder, "is no folder, but the output lies in it");
    return bp_fail_create(err, folder, number);
}

bool bp_pattern_make_folders(const char *path, bp_error *err)
{
    struct stat status;
    char *folder = bp_path_folder(path, err);
    if (folder == NULL)
        return false;
    bool ok = true;
    if (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode)) {
        for (char *at = folder + (folder[0] == '/'); ok && *at != '\0';) {
            char *slash = at + strcspn(at, "/");
            char kept = *slash;
            *slash = '\0';
            ok = slash == at || make_folder(folder, err);
            *slash = kept;
            at = slash + (kept != '\0');
        }
    }
    bp_free(folder);
    return ok;
}
