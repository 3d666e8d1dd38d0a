/* Stripping names out of compiled chunks: see strip.h. The format is that of Lua's ldump.c (5.4):
 * it is read and copied item by item, the two lists of names as empty ones. */
#include "strip.h"

#include <lua.h>
#include <stdbool.h>
#include <string.h>

#define HEADER (4 + 1 + 1 + 6 + 3 + sizeof(lua_Integer) + sizeof(lua_Number))

typedef struct {
    unsigned char *bytes;
    size_t length, at, out; /* What was copied is never longer than what was read. */
    bool is_bad;
} chunk;

static void copy(chunk *c, size_t count)
{
    if (c->is_bad || count > c->length - c->at) {
        c->is_bad = true;
        return;
    }
    memmove(c->bytes + c->out, c->bytes + c->at, count);
    c->at += count;
    c->out += count;
}

static void skip(chunk *c, size_t count)
{
    size_t out = c->out;
    copy(c, count); /* Checks the length; what it wrote is overwritten. */
    c->out = out;
}

/* A size: seven bits a byte, the highest first, the last one marked. */
static size_t size_at(chunk *c)
{
    size_t value = 0;
    while (!c->is_bad && c->at < c->length && value < (size_t)1 << 40) {
        unsigned char byte = c->bytes[c->at++];
        value = value << 7 | (byte & 0x7f);
        if (byte & 0x80)
            return value;
    }
    c->is_bad = true;
    return 0;
}

static size_t copy_size(chunk *c)
{
    size_t from = c->at, value = size_at(c), count = c->at - from;
    if (!c->is_bad) {
        c->at = from;
        copy(c, count);
    }
    return value;
}

static void copy_string(chunk *c)
{
    size_t size = copy_size(c);
    if (size > 0)
        copy(c, size - 1);
}

static void skip_string(chunk *c)
{
    size_t size = size_at(c);
    if (size > 0)
        skip(c, size - 1);
}

static void copy_constants(chunk *c)
{
    for (size_t count = copy_size(c); count > 0 && !c->is_bad; count--) {
        unsigned char kind = c->at < c->length ? c->bytes[c->at] : 0xff;
        copy(c, 1);
        switch (kind) {
        case LUA_TNIL:
        case LUA_TBOOLEAN:
        case LUA_TBOOLEAN | 1 << 4:
            break;
        case LUA_TNUMBER: /* An integer. */
            copy(c, sizeof(lua_Integer));
            break;
        case LUA_TNUMBER | 1 << 4:
            copy(c, sizeof(lua_Number));
            break;
        case LUA_TSTRING:
        case LUA_TSTRING | 1 << 4:
            copy_string(c);
            break;
        default:
            c->is_bad = true;
        }
    }
}

static void put_empty_list(chunk *c)
{
    if (c->out < c->at)
        c->bytes[c->out++] = 0x80;
    else
        c->is_bad = true;
}

static void copy_function(chunk *c)
{
    copy_string(c); /* Its source. */
    copy_size(c);   /* The lines it is on. */
    copy_size(c);
    copy(c, 3); /* Parameters, whether there may be more, registers. */
    copy(c, copy_size(c) * 4);
    copy_constants(c);
    copy(c, copy_size(c) * 3); /* Upvalues. */
    for (size_t count = copy_size(c); count > 0 && !c->is_bad; count--)
        copy_function(c);
    copy(c, copy_size(c)); /* Lines of instructions. */
    for (size_t count = 2 * copy_size(c); count > 0 && !c->is_bad; count--)
        copy_size(c);
    for (size_t count = size_at(c); count > 0 && !c->is_bad; count--) {
        skip_string(c); /* A local variable and where it lives. */
        size_at(c);
        size_at(c);
    }
    put_empty_list(c);
    for (size_t count = size_at(c); count > 0 && !c->is_bad; count--)
        skip_string(c);
    put_empty_list(c);
}

size_t strip_names(unsigned char *bytes, size_t length)
{
    chunk c = {.bytes = bytes, .length = length};
    if (length < HEADER || memcmp(bytes, LUA_SIGNATURE, 4) != 0 || bytes[4] != 0x54 ||
        bytes[5] != 0)
        return 0;
    copy(&c, HEADER + 1);
    copy_function(&c);
    return c.is_bad || c.at != length ? 0 : c.out;
}
