/* Keeps the frames of a layout's functions on the stack. `return b.figure "x"` is a tail call: Lua
 * drops the frame of the function that makes it, and with it the line that an error must name.
 * Lua's manual says where calls are no tail calls: in the scope of a to-be-closed variable. So each
 * function of a layout gets one, on the line where its body begins, that closes nothing. It costs
 * a layout one local variable a function, and recursion without an end. */
#include <limits.h>
#include <string.h>

#include "script/script_private.h"

static const char keeper[] = " local briefpress_frame <close> = nil; ";

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The end of the long bracket that begins at `at`; `at` where none does. An open one takes all. */
static size_t skip_long(const char *text, size_t length, size_t at)
{
    size_t level = 0, i = at + 1;
    while (i < length && text[i] == '=')
        i++, level++;
    if (i >= length || text[i] != '[')
        return at;
    for (i++; i < length; i++) {
        size_t n = 0;
        const char *found = memchr(text + i, ']', length - i);
        if (found == NULL)
            return length;
        i = (size_t)(found - text);
        while (i + 1 + n < length && n < level && text[i + 1 + n] == '=')
            n++;
        if (n == level && i + 1 + n < length && text[i + 1 + n] == ']')
            return i + n + 2;
    }
    return length;
}

static size_t skip_comment(const char *text, size_t length, size_t at)
{
    size_t from = at + 2;
    size_t end = from < length && text[from] == '[' ? skip_long(text, length, from) : from;
    if (end != from)
        return end;
    if (from >= length)
        return length;
    const char *feed = memchr(text + from, '\n', length - from);
    end = feed != NULL ? (size_t)(feed - text) : length;
    const char *carriage = memchr(text + from, '\r', end - from);
    return carriage != NULL ? (size_t)(carriage - text) : end;
}

static size_t skip_string(const char *text, size_t length, size_t at)
{
    char quote = text[at++];
    while (at < length) {
        const char *end = memchr(text + at, quote, length - at);
        size_t most = end != NULL ? (size_t)(end - text) : length;
        const char *escape = memchr(text + at, '\\', most - at);
        if (escape == NULL)
            return end != NULL ? most + 1 : length;
        at = (size_t)(escape - text) + 2;
    }
    return length;
}

/* The end of the token, comment or blank at `at`. */
static size_t skip_token(const char *text, size_t length, size_t at)
{
    size_t end = at + 1;
    if (text[at] == '-' && end < length && text[end] == '-')
        return skip_comment(text, length, at);
    if (text[at] == '"' || text[at] == '\'')
        return skip_string(text, length, at);
    if (text[at] == '[') {
        end = skip_long(text, length, at);
        return end != at ? end : at + 1;
    }
    if (is_word(text[at]))
        while (end < length && is_word(text[end]))
            end++;
    return end;
}

bool bp_frames_keep(const char *text, size_t length, bp_buf *out)
{
    /* What begins a comment or a string, the word or the end that is looked for. */
    static const bool stops[UCHAR_MAX + 1] = {
        ['-'] = true, ['"'] = true, ['\''] = true, ['['] = true, ['f'] = true, [')'] = true};
    size_t kept = 0;
    bool is_head = false; /* Between "function" and the end of its parameters. */
    out->length = 0;
    if (!bp_buf_text(out, keeper)) /* The chunk is a function too. */
        return false;
    for (size_t at = 0, end; at < length; at = end) {
        if (!stops[(unsigned char)text[at]]) {
            end = at + 1;
            continue;
        }
        end = skip_token(text, length, at);
        if (end - at == 8 && memcmp(text + at, "function", 8) == 0 &&
            (at == 0 || !is_word(text[at - 1])))
            is_head = true;
        if (!is_head || text[at] != ')')
            continue;
        is_head = false;
        if (!bp_buf_add(out, text + kept, end - kept) || !bp_buf_text(out, keeper))
            return false;
        kept = end;
    }
    return length == kept || bp_buf_add(out, text + kept, length - kept);
}

int bp_load_user_text(lua_State *L, const char *text, size_t length, const char *name)
{
    bp_host *host = bp_host_of(L);
    if (!bp_frames_keep(text, length, &host->chunk))
        bp_raise_memory(L);
    int status = luaL_loadbufferx(L, host->chunk.bytes, host->chunk.length, name, "t");
    bp_buf_clear(&host->chunk);
    if (status == LUA_ERRSYNTAX) { /* Its words must be about what was written; a function with 200
                                      local variables has no room for ours. */
        lua_pop(L, 1);
        status = luaL_loadbufferx(L, text, length, name, "t");
    }
    return status;
}
