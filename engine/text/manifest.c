/* Reads the font manifest: see manifest.h. A pull reader for that one shape: it is strict (unknown
 * and repeated members, wrong types and text after the end are errors) because a misspelt key would
 * otherwise show as a wrong font much later. */
#include "text/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

#define MANIFEST_BYTES_MOST (4u * 1024u * 1024u)

typedef struct {
    const char *file;
    char *start, *at, *end;
    bp_buf *fonts;
    bp_error *err;
} reader;

static bool fail(reader *r, const char *at, const char *what)
{
    int line = 1, column = 1;
    for (const char *p = r->start; p < at; p++) {
        column = *p == '\n' ? 1 : column + 1;
        line += *p == '\n';
    }
    char place[BP_ERROR_PLACE];
    (void)snprintf(place, sizeof place, "%s:%d:%d", r->file, line, column);
    return bp_fail(r->err, BP_ERR_DATA, place, "%s", what);
}

static char peek(reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
        r->at++;
    return r->at < r->end ? *r->at : '\0';
}

static bool expect(reader *r, char c)
{
    static const char *const texts[] = {"expected '{'", "expected '}'", "expected '['",
                                        "expected ']'", "expected ':'", "expected ','"};
    if (peek(r) == c && r->at < r->end) {
        r->at++;
        return true;
    }
    const char *all = "{}[]:,";
    return fail(r, r->at, texts[strchr(all, c) - all]);
}

/* After an element: true with `*more` when another follows, or the closing character was taken. */
static bool next(reader *r, char close, bool *more)
{
    if (peek(r) == close && r->at < r->end) {
        r->at++;
        *more = false;
        return true;
    }
    *more = true;
    return expect(r, ',');
}

/* True with `*more` false where a list or an object closes at once. */
static bool open(reader *r, char begin, char close, bool *more)
{
    if (!expect(r, begin))
        return false;
    *more = peek(r) != close;
    r->at += *more ? 0 : 1;
    return true;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool read_escape(reader *r, char **out)
{
    char c = r->at < r->end ? *r->at++ : '\0';
    if (c == '"' || c == '\\' || c == '/') {
        *(*out)++ = c;
        return true;
    }
    uint32_t value = 0;
    for (int i = 0; c == 'u' && i < 4; i++) {
        int digit = r->at < r->end ? hex(*r->at) : -1;
        if (digit < 0)
            return fail(r, r->at, "expected four hexadecimal digits");
        value = value * 16 + (uint32_t)digit;
        r->at++;
    }
    size_t length = c == 'u' && value >= 0x20 ? bp_utf8_put(value, *out) : 0;
    if (length == 0)
        return fail(r, r->at, "this escape is not allowed in a text");
    *out += length;
    return true;
}

/* Decodes in place: a text never grows, and its closing quote makes room for the NUL. */
static bool read_text(reader *r, const char **text)
{
    if (peek(r) != '"')
        return fail(r, r->at, "expected a text in double quotes");
    char *out = ++r->at;
    *text = out;
    while (r->at < r->end && *r->at != '"') {
        unsigned char c = (unsigned char)*r->at;
        if (c < 0x20)
            return fail(r, r->at, "a text ends with a double quote on the same line");
        r->at++;
        if (c != '\\')
            *out++ = (char)c;
        else if (!read_escape(r, &out))
            return false;
    }
    if (r->at == r->end)
        return fail(r, r->at, "a text is not ended");
    r->at++;
    *out = '\0';
    return true;
}

static bool read_integer(reader *r, long least, long most, int *value)
{
    peek(r);
    char *from = r->at;
    long number = 0;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && r->at - from < 6)
        number = number * 10 + (*r->at++ - '0');
    bool is_padded = r->at - from > 1 && *from == '0';
    if (r->at == from || is_padded || number < least || number > most) {
        char what[80];
        (void)snprintf(what, sizeof what, "expected a whole number from %ld to %ld", least, most);
        return fail(r, from, what);
    }
    *value = (int)number;
    return true;
}

static bool read_weight(reader *r, bp_manifest_font *font)
{
    if (peek(r) != '[') {
        bool ok = read_integer(r, 1, 1000, &font->weight);
        font->weight_most = font->weight;
        return ok;
    }
    return expect(r, '[') && read_integer(r, 1, 1000, &font->weight) && expect(r, ',') &&
           read_integer(r, font->weight, 1000, &font->weight_most) && expect(r, ']');
}

static bool read_style(reader *r, bp_manifest_font *font)
{
    const char *text = NULL, *from = (peek(r), r->at);
    if (!read_text(r, &text))
        return false;
    font->is_italic = strcmp(text, "italic") == 0;
    return font->is_italic || strcmp(text, "normal") == 0 ||
           fail(r, from, "expected \"normal\" or \"italic\"");
}

/* Reads a member's name and colon. `seen` holds a bit for each of `names` met so far. */
static bool read_key(reader *r, const char *const *names, unsigned *seen, int *index)
{
    const char *text = "", *from = (peek(r), r->at);
    if (!read_text(r, &text) || !expect(r, ':'))
        return false;
    for (*index = 0; names[*index] != NULL; ++*index) {
        if (strcmp(text, names[*index]) != 0)
            continue;
        if (*seen & 1u << *index)
            return fail(r, from, "this member is given twice");
        *seen |= 1u << *index;
        return true;
    }
    return fail(r, from, "there is no member of this name");
}

static bool read_font(reader *r)
{
    static const char *const names[] = {"file", "weight", "style", "face", "package", NULL};
    bp_manifest_font font = {.file = "", .package = "", .weight = 400, .weight_most = 400};
    unsigned seen = 0;
    const char *from = (peek(r), r->at);
    bool more, ok = open(r, '{', '}', &more);
    while (ok && more) {
        int key = 0, face = 0;
        ok = read_key(r, names, &seen, &key);
        if (ok && key == 0)
            ok = read_text(r, &font.file);
        else if (ok && key == 1)
            ok = read_weight(r, &font);
        else if (ok && key == 2)
            ok = read_style(r, &font);
        else if (ok && key == 3)
            ok = read_integer(r, 0, 1023, &face), font.face = (unsigned)face;
        else if (ok)
            ok = read_text(r, &font.package);
        ok = ok && next(r, '}', &more);
    }
    if (ok && font.file[0] == '\0')
        return fail(r, from, "a font needs a \"file\"");
    return ok && (bp_buf_add(r->fonts, &font, sizeof font) || bp_fail_memory(r->err));
}

static bool read_fonts(reader *r)
{
    bool more, ok = open(r, '[', ']', &more);
    while (ok && more)
        ok = read_font(r) && next(r, ']', &more);
    return ok;
}

/* The members of a family may stand in any order, so its fonts learn the rest at its end. */
static bool read_family(reader *r)
{
    static const char *const names[] = {"family", "package", "licence", "folder", "fonts", NULL};
    const char *texts[4] = {"", "", "", ""};
    size_t first = BP_BUF_COUNT(r->fonts, bp_manifest_font);
    unsigned seen = 0;
    const char *from = (peek(r), r->at);
    bool more, ok = open(r, '{', '}', &more);
    while (ok && more) {
        int key = 0;
        ok = read_key(r, names, &seen, &key) &&
             (key < 4 ? read_text(r, &texts[key]) : read_fonts(r)) && next(r, '}', &more);
    }
    if (ok && texts[0][0] == '\0')
        return fail(r, from, "a family needs a name (\"family\")");
    for (size_t i = first; ok && i < BP_BUF_COUNT(r->fonts, bp_manifest_font); i++) {
        bp_manifest_font *font = &BP_BUF_ITEMS(r->fonts, bp_manifest_font)[i];
        font->family = texts[0];
        if (font->package[0] == '\0')
            font->package = texts[1];
        font->licence = texts[2];
        font->folder = texts[3];
    }
    return ok;
}

static bool read_manifest(reader *r)
{
    static const char *const names[] = {"families", NULL};
    unsigned seen = 0;
    int key = 0;
    bool more, ok = expect(r, '{') && read_key(r, names, &seen, &key) && open(r, '[', ']', &more);
    while (ok && more)
        ok = read_family(r) && next(r, ']', &more);
    ok = ok && expect(r, '}');
    peek(r);
    return ok && (r->at == r->end || fail(r, r->at, "there is text after the end"));
}

bool bp_manifest_load(bp_manifest *manifest, const char *file, bp_error *err)
{
    if (!bp_file_read(file, MANIFEST_BYTES_MOST, &manifest->bytes, err) ||
        (!bp_buf_reserve(&manifest->bytes, 0) && !bp_fail_memory(err)))
        return false;
    char *bytes = manifest->bytes.bytes;
    size_t bad_at = 0;
    reader r = {file, bytes, bytes, bytes + manifest->bytes.length, &manifest->fonts, err};
    if (!bp_utf8_valid(bytes, manifest->bytes.length, &bad_at))
        return fail(&r, bytes + bad_at, "this byte is no UTF-8");
    return read_manifest(&r);
}

void bp_manifest_clear(bp_manifest *manifest)
{
    bp_buf_clear(&manifest->bytes);
    bp_buf_clear(&manifest->fonts);
}
