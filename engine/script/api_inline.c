/* engine.text.inline: takes a layout's text apart in one walk over its bytes. Line ends become
 * spaces, {placeholders} become marks (markdown.h) and are listed, and only where something could
 * be Markdown is md4c asked. Most texts of a report need none of it and are answered as they came.
 */
#include <limits.h>
#include <string.h>

#include "base/utf8.h"
#include "script/api_inline_private.h"
#include "script/notation.h"
#include "script/script_private.h"

typedef enum { PLAIN, MARKUP, LINE_END, OPENING, CLOSING, PRIVATE } byte_class;

static const unsigned char classes[256] = {
    ['*'] = MARKUP,  ['_'] = MARKUP,  ['`'] = MARKUP,    ['['] = MARKUP,    [']'] = MARKUP,
    ['<'] = MARKUP,  ['>'] = MARKUP,  ['&'] = MARKUP,    ['\\'] = MARKUP,   ['!'] = MARKUP,
    ['~'] = MARKUP,  ['^'] = MARKUP,  ['\n'] = LINE_END, ['\r'] = LINE_END, ['{'] = OPENING,
    ['}'] = CLOSING, [0xEF] = PRIVATE};

/* What a run is beside its text, as scripts/types says. */
enum {
    STRONG = 1,
    EMPHASIS = 2,
    CODE = 4,
    LINK = 8,
    IMAGE = 16,
    PLACEHOLDER = 32,
    RAISED = 64,
    LOWERED = 128,
    GOES_ON = 256, /* With the image of the run before. */
    SPAN = 512     /* Times its number. */
};

typedef struct {
    lua_State *L;
    const char *text;
    size_t length;
    size_t from; /* What is before it was written, or left out. */
    bp_buf *out;
    bp_buf *marks;     /* Of bp_markdown_mark, in a document; else NULL. */
    size_t left;       /* Where what was left out last begins; it ends at `from`. */
    int holes;         /* Placeholders found so far. */
    size_t script_end; /* Where the raised or lowered text that we are in ends; 0: in none. */
    const bp_notation_bracket *brackets; /* Those that are still to come. */
    size_t bracket_count;
    size_t code_end; /* Of the code that we are in, or have left: there are no notes in it. */
    bool no_code[BP_NOTATION_TICKS_MOST + 1];
    bool is_markdown, is_line_start;
    bool has_spans,
        wants_spans; /* Spans with attributes were listed; there are some to be listed. */
} walk;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What a line end beside a character leaves: nothing beside Han, kana and their punctuation; a
 * space beside what is written with spaces, Korean too. Marks that Chinese shares with other
 * scripts, emphasis and figures to be filled in take the other side's word. */
typedef enum { EITHER, SPACED, UNSPACED } side;

static side side_of(uint32_t c)
{
    static const struct {
        uint32_t first, last;
        side side;
    } ranges[] = {{'*', '*', EITHER},          {'_', '_', EITHER},
                  {'{', '{', EITHER},          {'}', '}', EITHER},
                  {0xB7, 0xB7, EITHER},        {0x2014, 0x2014, EITHER},
                  {0x2018, 0x201D, EITHER},    {0x2026, 0x2026, EITHER},
                  {0x2E80, 0x312F, UNSPACED}, /* Radicals, punctuation, kana, Bopomofo. */
                  {0x3190, 0x4DBF, UNSPACED},  {0x4E00, 0xA4CF, UNSPACED},
                  {0xF900, 0xFAFF, UNSPACED},  {0xFE10, 0xFE1F, UNSPACED},
                  {0xFE30, 0xFE6F, UNSPACED},  {0xFF01, 0xFF9F, UNSPACED},
                  {0xFFE0, 0xFFE6, UNSPACED},  {0x1B000, 0x1B16F, UNSPACED},
                  {0x20000, 0x3FFFF, UNSPACED}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c <= ranges[i].last)
            return c >= ranges[i].first ? ranges[i].side : SPACED;
    return SPACED;
}

static bool is_emphasis(char c)
{
    return c == '*' || c == '_';
}

static side side_behind(const walk *in, size_t at)
{
    while (at < in->length && is_emphasis(in->text[at]))
        at++;
    return at < in->length ? side_of(bp_utf8_next(in->text, in->length, &at)) : SPACED;
}

static side side_before(const walk *in, size_t at)
{
    while (at > 0 && is_emphasis(in->text[at - 1]))
        at--;
    size_t start = at;
    while (start > 0 && at - start < 4) {
        start--;
        if (((unsigned char)in->text[start] & 0xC0) != 0x80)
            break;
    }
    return start < at ? side_of(bp_utf8_next(in->text, at, &start)) : SPACED;
}

static bool leaves_space(side before, side behind)
{
    return before == SPACED || behind == SPACED || (before == EITHER && behind == EITHER);
}

bool bp_leaves_space(uint32_t before, uint32_t behind)
{
    return leaves_space(side_of(before), side_of(behind));
}

/* Writes bytes, with a guard where they begin a line; blanks there are left out. */
static void put(walk *in, const char *bytes, size_t length)
{
    if (in->is_line_start) {
        while (length > 0 && is_blank(*bytes)) {
            bytes++;
            length--;
        }
        if (length == 0)
            return;
        if (!bp_buf_add(in->out, BP_GUARD, BP_GUARD_SIZE))
            bp_raise_memory(in->L);
        in->is_line_start = false;
    }
    if (!bp_buf_add(in->out, bytes, length))
        bp_raise_memory(in->L);
}

/* Writes what is pending before `end` and goes on at `next`. */
static size_t put_until(walk *in, size_t end, size_t next)
{
    put(in, in->text + in->from, end - in->from);
    in->left = end;
    in->from = next;
    return next;
}

/* A line end is a space, or nothing (see `side`); behind a backslash or two blanks it is
 * kept, as Markdown writes that. Blanks around it go. */
static size_t end_line(walk *in, size_t at)
{
    size_t end = at, next = at + 1;
    bool is_kept = end > in->from && in->text[end - 1] == '\\';
    if (is_kept)
        end--;
    size_t blanks = end;
    while (end > in->from && is_blank(in->text[end - 1]))
        end--;
    is_kept = is_kept || blanks - end > 1;
    if (in->text[at] == '\r' && next < in->length && in->text[next] == '\n')
        next++;
    while (next < in->length && is_blank(in->text[next]))
        next++;
    (void)put_until(in, end, next);
    if (is_kept) {
        put(in, "\\", 1);
        put(in, "\n", 1);
        in->is_markdown = in->is_line_start = true;
    } else if (leaves_space(side_before(in, end), side_behind(in, next))) {
        put(in, " ", 1);
    }
    return next;
}

static void trim(const char **text, size_t *length)
{
    while (*length > 0 && is_space((*text)[*length - 1]))
        (*length)--;
    while (*length > 0 && is_space(**text)) {
        (*text)++;
        (*length)--;
    }
}

static void set_hole(walk *in, int part, const char *text, size_t length)
{
    if (text != NULL)
        lua_pushlstring(in->L, text, length);
    else
        lua_pushboolean(in->L, 0);
    lua_rawseti(in->L, BP_HOLES_AT, (lua_Integer)in->holes * 4 + part);
}

static bool is_name(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!is_letter(text[i]) && (text[i] < '0' || text[i] > '9') && text[i] != '_' &&
            text[i] != '-' && text[i] != ':')
            return false;
    return length > 0;
}

/* Takes "id.field | format" or "page:id" apart into the list of placeholders. */
static void list_hole(walk *in, const char *body, size_t length)
{
    static const char page[] = "page:";
    const size_t page_length = sizeof page - 1;
    const char *name = body, *bar = memchr(body, '|', length);
    size_t name_length = length;
    set_hole(in, 4, body, length);
    if (length >= page_length && memcmp(body, page, page_length) == 0) {
        name += page_length;
        name_length -= page_length;
        trim(&name, &name_length);
        set_hole(in, 1, name, name_length);
        set_hole(in, 2, page, page_length);
        set_hole(in, 3, NULL, 0);
        return;
    }
    const char *format = bar ? bar + 1 : NULL;
    size_t format_length = bar ? length - (size_t)(format - body) : 0;
    if (bar != NULL) {
        name_length = (size_t)(bar - body);
        trim(&format, &format_length);
    }
    trim(&name, &name_length);
    const char *dot = memchr(name, '.', name_length), *field = dot ? dot + 1 : NULL;
    size_t field_length = dot ? name_length - (size_t)(field - name) : 0;
    size_t id_length = dot ? (size_t)(dot - name) : name_length;
    bool is_good = is_name(name, id_length) && (dot == NULL || is_name(field, field_length));
    set_hole(in, 1, is_good ? name : NULL, id_length);
    set_hole(in, 2, field, field_length);
    set_hole(in, 3, format, format_length);
}

/* Lists a note, which is filled as a placeholder is: its text or its key, and which of them. */
static void list_note(walk *in, const char *text, size_t length, const char *field)
{
    set_hole(in, 1, text, length);
    set_hole(in, 2, field, strlen(field));
    set_hole(in, 3, NULL, 0);
    set_hole(in, 4, text, length);
}

/* `kind` as in markdown.h; 0: a placeholder. */
static void put_mark(walk *in, char kind, unsigned number)
{
    char digits[16];
    size_t at = sizeof digits;
    if (in->marks != NULL) {
        bp_markdown_mark mark = {.from = in->left, .to = in->from, .number = number};
        number = (unsigned)BP_BUF_COUNT(in->marks, bp_markdown_mark);
        if (!bp_buf_add(in->marks, &mark, sizeof mark))
            bp_raise_memory(in->L);
    }
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    if (kind != 0)
        digits[--at] = kind;
    put(in, BP_MARK_OPEN, BP_MARK_SIZE);
    put(in, digits + at, sizeof digits - at);
    put(in, BP_MARK_CLOSE, BP_MARK_SIZE);
}

/* The first of two braces, which stand for one. */
static size_t put_brace(walk *in, size_t at, char kind)
{
    if (in->marks == NULL)
        return put_until(in, at + 1, at + 2);
    size_t next = put_until(in, at, at + 2);
    put_mark(in, kind, 0);
    return next;
}

static void begin_holes(walk *in)
{
    if (in->holes == 0) {
        lua_createtable(in->L, 8, 0);
        lua_replace(in->L, BP_HOLES_AT);
    }
}

/* A note from `at` to `end`, whose text or key begins at `from`. */
static size_t put_note(walk *in, size_t at, size_t from, size_t end, const char *field)
{
    (void)put_until(in, at, end + 1);
    begin_holes(in);
    list_note(in, in->text + from, end - from, field);
    put_mark(in, 0, (unsigned)++in->holes);
    return end + 1;
}

/* "{{" is a brace, "{...}" a placeholder, and a brace that nothing closes is itself. */
static size_t open_brace(walk *in, size_t at)
{
    lua_State *L = in->L;
    if (at + 1 < in->length && in->text[at + 1] == '{')
        return put_brace(in, at, BP_MARK_BRACE);
    size_t end = bp_notation_brace(in->text, in->length, at);
    /* In a document line ends belong to the blocks. */
    if (end == 0 || (in->marks != NULL && memchr(in->text + at, '\n', end - at) != NULL))
        return at + 1;
    begin_holes(in);
    const char *body = in->text + at + 1;
    size_t length = end - at - 1;
    (void)put_until(in, at, end + 1);
    if (memchr(body, '\n', length) != NULL || memchr(body, '\r', length) != NULL) {
        luaL_Buffer line; /* It goes on over a line end. */
        luaL_buffinit(L, &line);
        for (size_t i = 0; i < length; i++)
            if (!is_space(body[i]))
                luaL_addchar(&line, body[i]);
            else if (i == 0 || !is_space(body[i - 1]))
                luaL_addchar(&line, ' ');
        luaL_pushresult(&line);
        body = lua_tolstring(L, -1, &length);
        list_hole(in, body, length);
        lua_pop(L, 1);
    } else {
        list_hole(in, body, length);
    }
    put_mark(in, 0, (unsigned)++in->holes);
    return end + 1;
}

/* "^" and "~": raised and lowered text. What is none stays as it is, but that Markdown must not see
 * a tilde alone. */
static size_t script(walk *in, size_t at)
{
    bool is_low = in->text[at] == '~';
    size_t next = at + 1;
    if (in->script_end != 0 && in->script_end == at) {
        next = put_until(in, at, next);
        put_mark(in, is_low ? BP_MARK_LOWERED : BP_MARK_RAISED, 0);
        in->script_end = 0;
        return next;
    }
    if (is_low && next < in->length && in->text[next] == '~') {
        in->is_markdown = true;
        while (next < in->length && in->text[next] == '~')
            next++;
        return next;
    }
    size_t end = in->script_end == 0 ? bp_notation_script(in->text, in->length, at) : 0;
    if (end == 0 && !is_low)
        return next;
    next = put_until(in, at, next);
    if (end == 0) {
        put_mark(in, BP_MARK_TILDE, 0);
        return next;
    }
    put_mark(in, is_low ? BP_MARK_LOWER : BP_MARK_RAISE, 0);
    in->script_end = end;
    return next;
}

/* The end of a span with attributes, or a bracket of Markdown. */
static size_t bracket(walk *in, size_t at)
{
    const char *text = in->text;
    if (!in->has_spans && text[at] == ']' && at + 1 < in->length && text[at + 1] == '{' &&
        bp_notation_attributes(text, in->length, at + 1) != 0) {
        in->wants_spans = true;
        return in->length;
    }
    while (in->bracket_count > 0 && in->brackets->at < at) {
        in->brackets++;
        in->bracket_count--;
    }
    in->is_markdown = true;
    if (in->bracket_count == 0 || in->brackets->at != at)
        return at + 1;
    size_t next = put_until(in, at, in->brackets->next);
    if (in->brackets->is_end)
        put_mark(in, BP_MARK_SPANNED, in->brackets->around);
    else
        put_mark(in, BP_MARK_SPAN, in->brackets->number);
    return next;
}

static size_t markup(walk *in, size_t at)
{
    char c = in->text[at], next = at + 1 < in->length ? in->text[at + 1] : ' ';
    if (c == '^' && next == '[' && in->script_end == 0 && at >= in->code_end) {
        size_t end = bp_notation_note(in->text, in->length, at);
        if (end != 0)
            return put_note(in, at, at + 2, end, "note:");
    }
    if (c == '[' && next == '^' && in->script_end == 0 && at >= in->code_end) {
        size_t end = bp_notation_note_key(in->text, in->length, at);
        if (end != 0)
            return put_note(in, at, at + 2, end, "noted:");
    }
    if (c == '^' || c == '~')
        return script(in, at);
    if (c == '[' || c == ']')
        return bracket(in, at);
    if (c == '`' && at >= in->code_end)
        in->code_end = bp_notation_code(in->text, in->length, at, in->no_code);
    in->is_markdown = true;
    bool is_escape = c == '\\' && at + 1 < in->length && strchr("^~[]\\", in->text[at + 1]) != NULL;
    return at + (is_escape ? 2 : 1);
}

static void take_apart(walk *in)
{
    size_t at = in->from;
    while (at < in->length) {
        switch (classes[(unsigned char)in->text[at]]) {
        case LINE_END:
            at = in->marks != NULL ? at + 1 : end_line(in, at);
            break;
        case OPENING:
            at = open_brace(in, at);
            break;
        case CLOSING:
            if (at + 1 < in->length && in->text[at + 1] == '}')
                at = put_brace(in, at, BP_MARK_BRACED);
            else
                at++;
            break;
        case PRIVATE:
            if (in->length - at >= BP_MARK_SIZE &&
                memcmp(in->text + at, BP_MARK_OPEN, BP_MARK_SIZE) == 0) {
                at = put_until(in, at, at + BP_MARK_SIZE);
                put_mark(in, 0, 0);
            } else {
                at++;
            }
            break;
        case MARKUP:
            at = markup(in, at);
            break;
        default:
            at++;
            break;
        }
    }
}

void bp_push_run(lua_State *L, const bp_markdown_run *run, const char *text, bool is_joined,
                 lua_Integer at)
{
    lua_Integer look = (run->strong > 0 ? STRONG : 0) | (run->emphasis > 0 ? EMPHASIS : 0) |
                       (run->code > 0 ? CODE : 0) | (run->has_link ? LINK : 0) |
                       (run->has_image ? IMAGE : 0) | (run->placeholder != 0 ? PLACEHOLDER : 0) |
                       (run->is_raised ? RAISED : 0) | (run->is_lowered ? LOWERED : 0);
    look += (lua_Integer)run->span * SPAN;
    if (run->has_image && at > 1 && run[-1].has_image && run[-1].image == run->image)
        look |= GOES_ON;
    if (run->placeholder != 0)
        lua_pushinteger(L, (lua_Integer)run->placeholder * 4 - 3);
    else if (run->hard_break || run->soft_break)
        lua_pushstring(L, run->hard_break ? "\n" : is_joined ? "" : " ");
    else
        lua_pushlstring(L, text + run->start, run->length);
    lua_rawseti(L, -2, at);
    lua_pushinteger(L, look);
    lua_rawseti(L, -2, at + 1);
    if (run->has_image)
        lua_pushlstring(L, text + run->image, run->image_length);
    else if (run->has_link)
        lua_pushlstring(L, text + run->link, run->link_length);
    else
        lua_pushboolean(L, 0);
    lua_rawseti(L, -2, at + 2);
}

/* Lists the spans with attributes, and begins anew at `from`. */
static void list_spans(walk *in, size_t from)
{
    lua_State *L = in->L;
    bp_host *host = bp_host_of(L);
    host->brackets.length = 0;
    if (!bp_notation_spans(in->text, in->length, &host->brackets, &host->text))
        bp_raise_memory(L);
    in->brackets = BP_BUF_ITEMS(&host->brackets, bp_notation_bracket);
    in->bracket_count = BP_BUF_COUNT(&host->brackets, bp_notation_bracket);
    lua_createtable(L, (int)in->bracket_count / 2, 0);
    for (size_t i = 0; i < in->bracket_count; i++) {
        const bp_notation_bracket *end = &in->brackets[i];
        if (!end->is_end)
            continue;
        lua_pushlstring(L, in->text + end->at + 2, end->next - end->at - 3);
        lua_rawseti(L, -2, (lua_Integer)end->number);
    }
    lua_replace(L, BP_SPANS_AT);
    lua_pushnil(L);
    lua_replace(L, BP_HOLES_AT);
    host->text.length = in->out->length = 0;
    in->from = from;
    in->holes = 0;
    in->script_end = in->code_end = 0;
    memset(in->no_code, 0, sizeof in->no_code);
    in->is_markdown = in->wants_spans = false;
    in->has_spans = true;
    in->is_line_start = in->marks == NULL;
    if (in->marks != NULL)
        in->marks->length = 0;
}

void bp_take_document_apart(lua_State *L, bp_buf *out, bp_buf *marks)
{
    walk in = {.L = L, .out = out, .marks = marks};
    in.text = lua_tolstring(L, BP_TEXT_AT, &in.length);
    marks->length = 0;
    take_apart(&in);
    if (in.wants_spans) {
        list_spans(&in, 0);
        take_apart(&in);
    }
    (void)put_until(&in, in.length, in.length);
}

int bp_text_inline(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    walk in = {.L = L, .out = &host->verbs, .is_line_start = true};
    in.text = luaL_checklstring(L, BP_TEXT_AT, &in.length);
    luaL_argcheck(L, in.length < INT_MAX / 16, BP_TEXT_AT, "the text is too long");
    lua_settop(L, BP_TEXT_AT);
    lua_settop(L, BP_SPANS_AT); /* Nothing yet. */
    host->text.length = host->numbers.length = in.out->length = 0;
    size_t whole = in.length;
    while (in.length > 0 && is_space(in.text[in.length - 1]))
        in.length--;
    while (in.from < in.length && is_space(in.text[in.from]))
        in.from++;
    size_t from = in.from;
    take_apart(&in);
    if (in.wants_spans) {
        list_spans(&in, from);
        take_apart(&in);
    }
    if (in.out->length == 0 && !in.is_markdown) { /* Nothing was changed. */
        if (in.length - in.from == whole)
            lua_pushvalue(L, BP_TEXT_AT);
        else
            lua_pushlstring(L, in.text + in.from, in.length - in.from);
        return 1;
    }
    (void)put_until(&in, in.length, in.length);
    if (!bp_markdown_read(in.out->bytes, in.out->length, in.is_markdown, &host->text,
                          &host->numbers))
        return bp_raise_memory(L);
    const bp_markdown_run *runs = BP_BUF_ITEMS(&host->numbers, bp_markdown_run);
    size_t count = BP_BUF_COUNT(&host->numbers, bp_markdown_run);
    bool is_plain = count == 1 && !in.is_markdown && runs[0].placeholder == 0;
    if (is_plain) {
        lua_pushlstring(L, host->text.bytes + runs[0].start, runs[0].length);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_createtable(L, (int)count * 3, 0);
    for (size_t i = 0; i < count; i++)
        bp_push_run(L, &runs[i], host->text.bytes, false, (lua_Integer)i * 3 + 1);
    lua_pushvalue(L, BP_HOLES_AT);
    lua_pushvalue(L, BP_SPANS_AT);
    return 4;
}
