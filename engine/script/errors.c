/* Errors at the Lua border. A record of ours becomes a Lua error whose text is "place: what is
 * wrong", so that a layout may catch and print it like any other; the record itself stays with the
 * host, so that the exit code stays right when the error travels on. At the end the message is
 * taken apart again: its place, the line it is about, the trace. Places in library code mean
 * nothing to a layout's author, so the first line of theirs on the stack is blamed instead. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "script/script_private.h"

/* Walking to a level takes as many steps as it is deep: past this many frames nobody is blamed. */
#define LEVELS_MOST 500
#define SOURCE_BYTES_MOST (16u << 20)

static void clear(bp_error *err)
{
    err->code =
        BP_OK; /* The texts alone, for the record is large and this is done for each call. */
    err->place[0] = err->text[0] = err->excerpt[0] = err->trace[0] = '\0';
}

bp_error *bp_host_error(bp_host *host)
{
    clear(&host->error);
    return &host->error;
}

/* Writes "file:line". Each block asks for it, so printf would show in a report's time. */
static void write_place(const char *file, int line, char place[BP_ERROR_PLACE])
{
    char digits[12];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    do {
        digits[--at] = (char)('0' + line % 10);
        line /= 10;
    } while (line > 0);
    digits[--at] = ':';
    size_t size = sizeof digits - at, most = BP_ERROR_PLACE - size; /* With the NUL. */
    char *end = memccpy(place, file, '\0', most);
    end = end != NULL ? end - 1 : place + bp_utf8_floor(file, most + 1, most);
    memcpy(end, digits + at, size);
}

bool bp_user_place(lua_State *L, int level, char place[BP_ERROR_PLACE])
{
    lua_Debug frame;
    for (int i = level; i < level + LEVELS_MOST && lua_getstack(L, i, &frame); i++) {
        lua_getinfo(L, "S", &frame);
        if (frame.source[0] != '@')
            continue;
        lua_getinfo(L, "l", &frame); /* It counts through the function: only where it is wanted. */
        if (frame.currentline > 0) {
            write_place(frame.source + 1, frame.currentline, place);
            return true;
        }
    }
    place[0] = '\0';
    return false;
}

/* Keys of the registry: the table that knows the block at work, and the name it is under there. As
 * pointers, so that looking them up needs no memory. */
static const char blame_key, at_key;

void bp_blame(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_pushliteral(L, "at");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &at_key);
    lua_pushvalue(L, index);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &blame_key);
}

bool bp_find_blamed(lua_State *L, char place[BP_ERROR_PLACE])
{
    if (bp_user_place(L, 0, place))
        return true;
    if (lua_checkstack(L, 3) == 0)
        return false;
    int top = lua_gettop(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &blame_key);
    if (lua_istable(L, -1)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &at_key);
        if (lua_rawget(L, -2) == LUA_TSTRING)
            (void)snprintf(place, BP_ERROR_PLACE, "%s", lua_tostring(L, -1));
    }
    lua_settop(L, top);
    return place[0] != '\0';
}

int bp_raise(lua_State *L, const bp_error *err)
{
    bp_host *host = bp_host_of(L);
    bp_error *raised = &host->raised;
    if (!host->is_stopped) { /* What stopped the run stays the reason. */
        char user[BP_ERROR_PLACE];
        bool has_user = bp_find_blamed(L, user);
        clear(raised);
        if (err->place[0] == '\0')
            bp_fail(raised, err->code, user, "%s", err->text);
        else if (has_user &&
                 strcmp(user, err->place) != 0) /* The file that is wrong, and who asked for it. */
            bp_fail(raised, err->code, err->place, "%s (needed at %s)", err->text, user);
        else
            bp_fail(raised, err->code, err->place, "%s", err->text);
        memcpy(raised->excerpt, err->excerpt, sizeof raised->excerpt);
        host->is_stopped = err->code == BP_ERR_LIMIT || err->code == BP_ERR_MEMORY;
    }
    if (raised->place[0] != '\0')
        lua_pushfstring(L, "%s: %s", raised->place, raised->text);
    else
        lua_pushstring(L, raised->text);
    lua_error(L);
    abort(); /* lua_error never returns, which its header does not say. */
}

int bp_raise_text(lua_State *L, bp_code code, const char *format, ...)
{
    bp_error *err = bp_host_error(bp_host_of(L));
    char text[BP_ERROR_TEXT];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    text[bp_utf8_floor(text, strlen(text), sizeof text - 1)] = '\0';
    bp_fail(err, code, NULL, "%s", text);
    bp_raise(L, err);
}

int bp_raise_memory(lua_State *L)
{
    bp_error *err = bp_host_error(bp_host_of(L));
    bp_fail_memory(err);
    bp_raise(L, err);
}

/* 200 of them in a mail are enough to read, whatever a layout prints. */
#define SPOKEN_MOST 500

void bp_speak(lua_State *L, bp_code code, const char *place, const char *text)
{
    size_t length = strlen(text), kept = bp_utf8_floor(text, length, SPOKEN_MOST);
    bp_faults_add(bp_host_of(L)->findings, code, place, "%.*s%s", (int)kept, text,
                  kept < length ? " ..." : "");
}

int bp_lua_error(lua_State *L)
{
    int level = (int)luaL_optinteger(L, 2, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING && level > 0) {
        char place[BP_ERROR_PLACE] = "";
        lua_Debug frame = {.currentline = -1};
        if (lua_getstack(L, level, &frame) != 0)
            lua_getinfo(L, "Sl", &frame);
        if (frame.currentline > 0 && !bp_user_place(L, level, place))
            (void)snprintf(place, sizeof place, "%s:%d", frame.source + 1, frame.currentline);
        if (place[0] != '\0') {
            lua_pushfstring(L, "%s: ", place);
            lua_insert(L, 1);
            lua_concat(L, 2);
        }
    }
    return lua_error(L);
}

/* The length of ":12" or ":12:5" when ": " follows, else 0. */
static size_t numbers_length(const char *text)
{
    size_t length = 0;
    for (int i = 0; i < 2; i++) {
        size_t digits = text[length] == ':' ? strspn(text + length + 1, "0123456789") : 0;
        if (digits == 0)
            break;
        length += 1 + digits;
    }
    return length != 0 && strncmp(text + length, ": ", 2) == 0 ? length : 0;
}

/* The chunk whose name the text begins with, and the length of its place there. */
static const bp_chunk *find_chunk(const bp_host *host, const char *text, size_t *length)
{
    const bp_chunk *best = NULL;
    size_t best_name = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&host->chunks, bp_chunk); i++) {
        const bp_chunk *chunk = &BP_BUF_ITEMS(&host->chunks, bp_chunk)[i];
        size_t name = strlen(chunk->name);
        size_t numbers = strncmp(text, chunk->name, name) == 0 ? numbers_length(text + name) : 0;
        if (numbers != 0 && name > best_name) {
            best = chunk;
            best_name = name;
            *length = name + numbers;
        }
    }
    return best;
}

/* Lua shortens long file names in its own messages: finds the frame whose short name the message
 * begins with and writes the whole place. Answers the rest of the message, or NULL. */
static const char *unshorten(lua_State *L, const char *message, char place[BP_ERROR_PLACE])
{
    lua_Debug frame;
    for (int i = 0; i < LEVELS_MOST && lua_getstack(L, i, &frame); i++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.currentline <= 0)
            continue;
        char prefix[LUA_IDSIZE + 24];
        int length = snprintf(prefix, sizeof prefix, "%s:%d: ", frame.short_src, frame.currentline);
        if (strncmp(message, prefix, (size_t)length) == 0) {
            (void)snprintf(place, BP_ERROR_PLACE, "%s:%d", frame.source + 1, frame.currentline);
            return message + length;
        }
    }
    return NULL;
}

/* The text of a file that the report carried; false where it is none. */
static bool read_carried(const bp_host *host, const char *name, bp_buf *source)
{
    const bp_bundle *carried = host->options->carried;
    const bp_bundle_file *file = bp_bundle_find(carried, BP_ROLE_MODULE, name);
    if (file == NULL)
        file = bp_bundle_find(carried, BP_ROLE_LAYOUT, name);
    return file != NULL && bp_buf_add(source, file->bytes.bytes, file->bytes.length);
}

bool bp_source_line(const bp_host *host, const char *place, long *number, bp_buf *line)
{
    char text[BP_ERROR_PLACE + 2];
    (void)snprintf(text, sizeof text, "%s: ", place);
    size_t length = 0;
    const bp_chunk *chunk = find_chunk(host, text, &length);
    if (chunk == NULL || chunk->is_library ||
        (chunk->path == NULL && host->options->carried == NULL))
        return false;
    *number = 0;
    for (const char *at = text + strlen(chunk->name) + 1;
         *at >= '0' && *at <= '9' && *number < 100000000; at++)
        *number = *number * 10 + (*at - '0');
    bp_buf source = {0};
    bp_error ignored = {0};
    bool ok = false;
    if (chunk->path != NULL ? bp_file_read(chunk->path, SOURCE_BYTES_MOST, &source, &ignored)
                            : read_carried(host, chunk->name, &source)) {
        const char *at = source.bytes;
        const char *end = source.bytes ? source.bytes + source.length : NULL;
        for (long i = 1; at != NULL && i < *number; i++) {
            at = memchr(at, '\n', (size_t)(end - at));
            at = at ? at + 1 : NULL;
        }
        if (at != NULL && at < end) {
            const char *stop = memchr(at, '\n', (size_t)(end - at));
            size_t size = (size_t)((stop ? stop : end) - at);
            if (size > 0 && at[size - 1] == '\r')
                size--;
            ok = bp_buf_add(line, at, size) && bp_buf_reserve(line, 1);
        }
    }
    bp_buf_clear(&source);
    return ok;
}

/* Shows the line that `place` names, where it is one of a layout's files. */
static void add_excerpt(const bp_host *host, bp_error *err)
{
    bp_buf line = {0};
    long number = 0;
    if (err->excerpt[0] == '\0' && bp_source_line(host, err->place, &number, &line)) {
        size_t size = bp_utf8_floor(line.bytes, line.length, sizeof err->excerpt - 32);
        (void)snprintf(err->excerpt, sizeof err->excerpt, "%5ld | %.*s", number, (int)size,
                       line.bytes);
        for (char *c = err->excerpt; *c != '\0'; c++)
            if ((unsigned char)*c < 0x20 || *c == 0x7f)
                *c = ' '; /* A tab, or an escape sequence meant for a terminal. */
    }
    bp_buf_clear(&line);
}

/* What to do about what Lua says of a layout: mistakes that its own words do not lead to. What the
 * library trips over is no name of the layout's. */
static const char *hint_for(const char *text, bool is_of_library)
{
    static const struct {
        const char *begins; /* What the text begins with, */
        const char *holds;  /* and holds, */
        const char *lacks;  /* and does not; NULL: anything. */
        const char *hint;
    } hints[] = {
        {"attempt to ", "'string' with a '", NULL, "; texts are joined by .."},
        {"attempt to perform arithmetic on a string value", "", NULL, "; texts are joined by .."},
        {"attempt to call a nil value", "'", NULL, "; no function has that name"},
        {"attempt to call a table value", "", NULL, "; is a comma missing before it?"},
        {"attempt to call a string value", "", NULL, "; is a comma missing before it?"},
        {"attempt to index a nil value", "'", NULL, "; nothing was put there: is the name right?"},
        {"attempt to concatenate a nil", "'", NULL, "; nothing was put there: is the name right?"},
        {"attempt to perform arithmetic on a nil", "'", NULL,
         "; nothing was put there: is the name right?"},
        {"attempt to compare", "indicator", NULL,
         "; the number of an indicator is its value: .value"},
        {"attempt to perform arithmetic on a indicator", "", NULL, "; its number is .value"},
        {"attempt to compare", " nil", NULL, "; one of the two was never put there"},
        {"attempt to concatenate a userdata", "", NULL,
         "; an indicator is printed by text: \"{id}\""},
        {"'}' expected", " near ", "near 'end'", "; is a comma missing before it?"},
        {"'}' expected", "near 'end'", NULL, "; it is missing before this line"},
        {"unfinished string", "", NULL, "; its closing quote is missing; [[ ]] hold several lines"},
        {"malformed number", "", NULL, "; a length with a unit is a text: \"12mm\""},
        {"<eof> expected near 'end'", "", NULL, "; it is one \"end\" too many"},
        {"'then' expected near '='", "", NULL, "; == compares"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints && !is_of_library; i++)
        if (strncmp(text, hints[i].begins, strlen(hints[i].begins)) == 0 &&
            strstr(text, hints[i].holds) != NULL &&
            (hints[i].lacks == NULL || strstr(text, hints[i].lacks) == NULL))
            return hints[i].hint;
    size_t said = strlen(text);
    bool is_deep = said >= 14 && strcmp(text + said - 14, "stack overflow") == 0;
    return is_deep ? "; a function calls itself without an end" : "";
}

void bp_describe_message(bp_host *host, lua_State *L, const char *message)
{
    bp_error *failure = &host->failure;
    clear(failure);
    if (host->is_stopped) {
        *failure = host->raised;
    } else {
        /* A message that holds the text of the last record is that error, wherever it has been
         * since. */
        const bp_error *raised = &host->raised;
        bool is_ours = raised->code != BP_OK && strstr(message, raised->text) != NULL;
        bp_code code = is_ours ? raised->code : BP_ERR_SCRIPT;
        char place[BP_ERROR_PLACE] = "", user[BP_ERROR_PLACE];
        char origin[BP_ERROR_PLACE + 4] = "";
        const char *text = message;
        size_t length = 0;
        const bp_chunk *chunk = find_chunk(host, message, &length);
        const char *rest = NULL;
        if (chunk != NULL) {
            (void)snprintf(place, sizeof place, "%.*s", (int)length, message);
            text = message + length + 2;
        } else if ((rest = unshorten(L, message, place)) != NULL) {
            text = rest;
            char full[BP_ERROR_PLACE + 2];
            (void)snprintf(full, sizeof full, "%s: ", place);
            chunk = find_chunk(host, full, &length);
        } else if (is_ours && strncmp(message, raised->place, strlen(raised->place)) == 0 &&
                   strncmp(message + strlen(raised->place), ": ", 2) == 0) {
            memcpy(place, raised->place, sizeof place);
            text = message + strlen(raised->place) + 2;
        }
        if ((place[0] == '\0' || (chunk != NULL && chunk->is_library)) && bp_find_blamed(L, user)) {
            if (place[0] != '\0')
                (void)snprintf(origin, sizeof origin, " (%s)", place);
            memcpy(place, user, sizeof place);
        }
        bp_fail(failure, code, place, "%s%s%s", text, hint_for(text, origin[0] != '\0'), origin);
    }
    add_excerpt(host, failure);
}

int bp_describe_error(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    luaL_checkstack(L, 10, NULL);
    if (host->is_stopped)
        lua_pushliteral(L, "stopped");
    else
        bp_to_text(L, 1);
    bp_describe_message(host, L, lua_tostring(L, -1));
    luaL_traceback(L, L, NULL, 1);
    const char *trace = lua_tostring(L, -1);
    size_t length = bp_utf8_floor(trace, strlen(trace), sizeof host->failure.trace - 1);
    memcpy(host->failure.trace, trace, length);
    host->failure.trace[length] = '\0';
    return 1;
}
