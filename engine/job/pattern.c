/* Patterns of output paths: see pattern.h. A pattern is read piece by piece, as often as it is
 * needed: it is shorter than anything it could be turned into. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "job/pattern_private.h"

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
    return colon != NULL ? bp_pattern_format_fault(value->format, value->format_length) : NULL;
}

bool bp_piece_next(const char *pattern, const char **at, bp_piece *out, bp_error *err)
{
    const char *from = *at;
    *out = (bp_piece){.kind = BP_PIECE_TEXT, .text = from, .length = 1};
    if (from[0] == '\0') {
        out->kind = BP_PIECE_END;
        return true;
    }
    if (from[0] == '/') {
        out->kind = BP_PIECE_SLASH;
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
        out->kind = BP_PIECE_VALUE;
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
    bp_piece item;
    *count = 0;
    for (const char *at = pattern;;) {
        if (!bp_piece_next(pattern, &at, &item, err))
            return false;
        if (item.kind == BP_PIECE_END)
            return true;
        if (item.kind != BP_PIECE_VALUE)
            continue;
        if (*count == BP_PATTERN_VALUES_MOST)
            return fail_pattern(pattern, "more than 32 placeholders", err);
        values[(*count)++] = item.value;
    }
}

bool bp_pattern_is_named(const bp_pattern_value *value, const char *name)
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
        if (bp_pattern_is_named(&values[i], name))
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

bool bp_pattern_fail_value(const bp_pattern_value *value, const char *text, const char *what,
                           bp_error *err)
{
    return bp_fail(err, BP_ERR_DATA, NULL, "{%.*s} of the output is \"%.100s\": %s",
                   (int)value->name_length, value->name, text, what);
}

bool bp_pattern_is_escaped(uint32_t character, bool is_first)
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
        return bp_pattern_fail_value(value, text, "an empty text is no part of a name", err);
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t character = bp_utf8_next(text, length, &at);
        if (character == BP_UTF8_BAD)
            return bp_pattern_fail_value(value, "...", "it is no UTF-8", err);
        bool ok = true;
        if (!bp_pattern_is_escaped(character, from == 0))
            ok = bp_buf_add(out, text + from, at - from);
        for (size_t i = from; ok && bp_pattern_is_escaped(character, from == 0) && i < at; i++)
            ok = bp_buf_format(out, "%%%02X", (unsigned char)text[i]);
        if (!ok)
            return bp_fail_memory(err);
        if (out->length - start + BP_PATTERN_CUT_LENGTH <= most)
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
    for (size_t i = 0; ok && i < BP_PATTERN_HASH_DIGITS / 2; i++)
        ok = bp_buf_format(out, "%02x", digest[i]);
    return ok || bp_fail_memory(err);
}

static const char *find(const bp_pattern_value *wanted, const bp_parameter *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bp_pattern_is_named(wanted, values[i].key))
            return values[i].value;
    return NULL;
}

/* Adds what is between two slashes, and moves `*at` behind it; of each value no more than `most`
 * bytes. `*fixed` and `*free` become the bytes that cannot and the values that can be cut. */
static bool put_name(const char *pattern, const char **at, const bp_parameter *values, size_t count,
                     size_t most, size_t *fixed, size_t *cuttable, bp_buf *path, bp_error *err)
{
    bp_piece item;
    *fixed = *cuttable = 0;
    for (;;) {
        const char *before = *at;
        if (!bp_piece_next(pattern, at, &item, err))
            return false;
        if (item.kind == BP_PIECE_END || item.kind == BP_PIECE_SLASH) {
            *at = before;
            return true;
        }
        size_t length = path->length;
        const char *text = NULL;
        if (item.kind == BP_PIECE_VALUE && (text = find(&item.value, values, count)) == NULL)
            return fail_unknown(pattern, &item.value, values, count, err);
        if (text == NULL && !bp_buf_add(path, item.text, item.length))
            return bp_fail_memory(err);
        if (text != NULL && item.value.format == NULL) {
            ++*cuttable;
            if (!put_value(path, &item.value, text, most, err))
                return false;
            continue;
        }
        if (text != NULL && !bp_pattern_format_put(path, &item.value, text, err))
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
        if (path->length - start > BP_PATTERN_NAME_MOST) { /* Again, with a share for each. */
            size_t room = fixed < BP_PATTERN_NAME_MOST && cuttable != 0
                              ? (BP_PATTERN_NAME_MOST - fixed) / cuttable
                              : 0;
            if (room < BP_PATTERN_CUT_LENGTH)
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
