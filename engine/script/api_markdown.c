/* Inline Markdown through md4c, as a list of runs. md4c reads documents; to have it see nothing but
 * inline text, each line gets a space in front that Markdown does not strip and takes for white
 * space all the same (U+1680), so that "1. " or "#" at a line's start stay what they are. It is
 * taken out again by its place. md4c's callbacks must not raise Lua errors (it would leak), so runs
 * are gathered in a buffer first. */
#include <limits.h>
#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "script/script_private.h"

#define GUARD "\xE1\x9A\x80"
#define GUARD_SIZE 3

typedef struct {
    size_t start, length;     /* In the gathered text. */
    size_t link, link_length; /* The same. */
    size_t image, image_length;
    unsigned strong, emphasis, code, strike; /* How deep. */
    bool has_link, has_image, hard_break, soft_break;
} run;

typedef struct {
    const char *input; /* With the guards. */
    size_t input_length;
    bp_buf *text; /* Gathered bytes. */
    bp_buf *runs; /* Of run. */
    run now;      /* What holds where we are. */
    unsigned paragraphs;
} reader;

/* Entities that people write by name. */
static const struct {
    const char *name;
    uint32_t character;
} entities[] = {{"amp", '&'},       {"apos", '\''},     {"bull", 0x2022},  {"cent", 0xA2},
                {"copy", 0xA9},     {"deg", 0xB0},      {"divide", 0xF7},  {"emsp", 0x2003},
                {"ensp", 0x2002},   {"euro", 0x20AC},   {"frac12", 0xBD},  {"ge", 0x2265},
                {"gt", '>'},        {"hellip", 0x2026}, {"laquo", 0xAB},   {"larr", 0x2190},
                {"ldquo", 0x201C},  {"le", 0x2264},     {"lsquo", 0x2018}, {"lt", '<'},
                {"mdash", 0x2014},  {"middot", 0xB7},   {"minus", 0x2212}, {"nbsp", 0xA0},
                {"ndash", 0x2013},  {"ne", 0x2260},     {"para", 0xB6},    {"permil", 0x2030},
                {"plusmn", 0xB1},   {"pound", 0xA3},    {"quot", '"'},     {"raquo", 0xBB},
                {"rarr", 0x2192},   {"rdquo", 0x201D},  {"reg", 0xAE},     {"rsquo", 0x2019},
                {"sect", 0xA7},     {"shy", 0xAD},      {"sup2", 0xB2},    {"sup3", 0xB3},
                {"thinsp", 0x2009}, {"times", 0xD7},    {"trade", 0x2122}, {"yen", 0xA5}};

/* Writes an entity ("&amp;", "&#233;", "&#xE9;") as its character; one we do not know stays as it
 * is. */
static bool add_entity(bp_buf *out, const char *text, size_t length)
{
    uint32_t character = 0;
    if (length > 3 && text[1] == '#') {
        bool is_hex = text[2] == 'x' || text[2] == 'X';
        char digits[16] = "";
        size_t size = length - 3 - is_hex;
        if (size < sizeof digits)
            memcpy(digits, text + 2 + is_hex, size);
        character = (uint32_t)strtoul(digits, NULL, is_hex ? 16 : 10);
        if (character == 0)
            character = 0xFFFD;
    } else {
        for (size_t i = 0; i < sizeof entities / sizeof entities[0] && character == 0; i++)
            if (strlen(entities[i].name) == length - 2 &&
                memcmp(entities[i].name, text + 1, length - 2) == 0)
                character = entities[i].character;
        if (character == 0)
            return bp_buf_add(out, text, length);
    }
    char bytes[4];
    size_t size = bp_utf8_put(character, bytes);
    return size != 0 ? bp_buf_add(out, bytes, size) : bp_buf_text(out, "\xEF\xBF\xBD");
}

static bool is_same(const run *a, const run *b)
{
    return !a->strong == !b->strong && !a->emphasis == !b->emphasis && !a->code == !b->code &&
           !a->strike == !b->strike && a->has_link == b->has_link && a->link == b->link &&
           a->has_image == b->has_image && a->image == b->image && !a->hard_break && !a->soft_break;
}

/* Begins a run at the end of the gathered text, or goes on with the last where nothing changed. */
static run *open_run(reader *in)
{
    size_t count = BP_BUF_COUNT(in->runs, run);
    run *last = count > 0 ? &BP_BUF_ITEMS(in->runs, run)[count - 1] : NULL;
    if (last != NULL && is_same(last, &in->now) && last->start + last->length == in->text->length)
        return last;
    run *next = bp_buf_push(in->runs, sizeof *next);
    if (next != NULL) {
        *next = in->now;
        next->start = in->text->length;
    }
    return next;
}

static int add_break(reader *in, bool is_hard)
{
    run *next = bp_buf_push(in->runs, sizeof *next);
    if (next == NULL)
        return -1;
    next->start = in->text->length;
    next->hard_break = is_hard;
    next->soft_break = !is_hard;
    return 0;
}

/* Adds text that md4c hands over from our input, without the guards. */
static bool add_plain(reader *in, const char *text, size_t length)
{
    bool is_ours = text >= in->input && text <= in->input + in->input_length;
    for (size_t i = 0; i < length;) {
        bool is_guard = is_ours && length - i >= GUARD_SIZE &&
                        memcmp(text + i, GUARD, GUARD_SIZE) == 0 &&
                        (text + i == in->input || text[(ptrdiff_t)i - 1] == '\n');
        if (is_guard) {
            i += GUARD_SIZE;
            continue;
        }
        if (!bp_buf_char(in->text, text[i++]))
            return false;
    }
    return true;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *raw)
{
    reader *in = raw;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        return add_break(in, type == MD_TEXT_BR);
    run *now = open_run(in);
    if (now == NULL)
        return -1;
    size_t before = in->text->length;
    bool ok = type == MD_TEXT_NULLCHAR ? bp_buf_text(in->text, "\xEF\xBF\xBD")
              : type == MD_TEXT_ENTITY ? add_entity(in->text, text, size)
                                       : add_plain(in, text, size);
    if (!ok)
        return -1;
    now->length += in->text->length - before;
    if (now->length == 0 && !now->has_image)
        in->runs->length -= sizeof *now; /* Nothing but a guard. */
    return 0;
}

/* Copies an attribute (a link's target) into the gathered text, between runs. */
static bool add_attribute(reader *in, const MD_ATTRIBUTE *attribute, size_t *start, size_t *length)
{
    *start = in->text->length;
    for (unsigned i = 0; attribute->size > 0 && attribute->substr_offsets[i] < attribute->size;
         i++) {
        const char *part = attribute->text + attribute->substr_offsets[i];
        size_t size = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];
        bool ok = attribute->substr_types[i] == MD_TEXT_ENTITY ? add_entity(in->text, part, size)
                                                               : bp_buf_add(in->text, part, size);
        if (!ok)
            return false;
    }
    *length = in->text->length - *start;
    return true;
}

static int on_span(MD_SPANTYPE type, void *detail, reader *in, unsigned step)
{
    run *now = &in->now;
    switch (type) {
    case MD_SPAN_STRONG:
        now->strong += step;
        break;
    case MD_SPAN_EM:
        now->emphasis += step;
        break;
    case MD_SPAN_CODE:
        now->code += step;
        break;
    case MD_SPAN_DEL:
        now->strike += step;
        break;
    case MD_SPAN_A:
        now->has_link = step == 1;
        now->link = now->link_length = 0;
        if (step == 1 &&
            !add_attribute(in, &((MD_SPAN_A_DETAIL *)detail)->href, &now->link, &now->link_length))
            return -1;
        break;
    case MD_SPAN_IMG:
        now->has_image = step == 1;
        now->image = now->image_length = 0;
        if (step == 1 && !add_attribute(in, &((MD_SPAN_IMG_DETAIL *)detail)->src, &now->image,
                                        &now->image_length))
            return -1;
        if (step == 1 && open_run(in) == NULL) /* An image without a text is one all the same. */
            return -1;
        break;
    default:
        break;
    }
    return 0;
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *in)
{
    return on_span(type, detail, in, 1);
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *in)
{
    return on_span(type, detail, in, (unsigned)-1);
}

/* A blank line parts two paragraphs: here it breaks the line. */
static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *raw)
{
    (void)detail;
    reader *in = raw;
    return type == MD_BLOCK_P && in->paragraphs++ > 0 ? add_break(in, true) : 0;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *in)
{
    (void)type;
    (void)detail;
    (void)in;
    return 0;
}

/* Copies `text` with a guard at the start of each line that is not blank. */
static bool add_guards(bp_buf *out, const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t end = at;
        while (end < length && text[end] != '\n')
            end++;
        while (at < end && (text[at] == ' ' || text[at] == '\t'))
            at++;
        bool is_blank = at == end || (end - at == 1 && text[at] == '\r');
        if (!(is_blank || bp_buf_text(out, GUARD)) || !bp_buf_add(out, text + at, end - at) ||
            (end < length && !bp_buf_char(out, '\n')))
            return false;
        at = end + 1;
    }
    return true;
}

static void push_run(lua_State *L, const run *one, const char *text)
{
    lua_createtable(L, 0, 4);
    lua_pushlstring(L, text + one->start, one->length);
    lua_setfield(L, -2, "text");
    const struct {
        const char *name;
        bool is_on;
    } flags[] = {{"strong", one->strong > 0},     {"emphasis", one->emphasis > 0},
                 {"code", one->code > 0},         {"strike", one->strike > 0},
                 {"hard_break", one->hard_break}, {"soft_break", one->soft_break}};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (flags[i].is_on) {
            lua_pushboolean(L, 1);
            lua_setfield(L, -2, flags[i].name);
        }
    if (one->has_link) {
        lua_pushlstring(L, text + one->link, one->link_length);
        lua_setfield(L, -2, "link");
    }
    if (one->has_image) {
        lua_pushlstring(L, text + one->image, one->image_length);
        lua_setfield(L, -2, "image");
    }
}

int bp_markdown_inline(lua_State *L)
{
    static const MD_PARSER parser = {.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS |
                                              MD_FLAG_STRIKETHROUGH,
                                     .enter_block = on_enter_block,
                                     .leave_block = on_leave_block,
                                     .enter_span = on_enter_span,
                                     .leave_span = on_leave_span,
                                     .text = on_text};
    bp_host *host = bp_host_of(L);
    size_t length = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    luaL_argcheck(L, length < INT_MAX / 8, 1, "the text is too long");
    lua_settop(L, 1);
    bp_buf *guarded = &host->verbs;
    host->text.length = host->numbers.length = guarded->length = 0;
    if (!add_guards(guarded, text, length))
        return bp_raise_memory(L);
    reader in = {.input = guarded->bytes ? guarded->bytes : "",
                 .input_length = guarded->length,
                 .text = &host->text,
                 .runs = &host->numbers};
    /* Room for one byte, so that offsets always have an address. */
    if (!bp_buf_reserve(in.text, 1) ||
        md_parse(in.input, (MD_SIZE)in.input_length, &parser, &in) != 0)
        return bp_raise_memory(L);
    size_t count = BP_BUF_COUNT(in.runs, run);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        push_run(L, &BP_BUF_ITEMS(in.runs, run)[i], in.text->bytes);
        lua_rawseti(L, 2, (lua_Integer)i + 1);
    }
    return 1;
}
