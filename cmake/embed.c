/* Compiles the Lua library into a C table for engine/script/library_chunks.h, so that a cold start
 * parses no Lua:
 *
 *     embed OUT.c SCRIPTS FILE.lua...     each FILE.lua is below the folder SCRIPTS
 *
 * Line numbers stay in, for messages; the place of the source does not. A build tool: it may simply
 * stop. */
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "strip.h"

typedef struct {
    char name[256]; /* "briefpress.flow" */
    const char *file;
} module;

static void stop(const char *file, const char *what)
{
    fprintf(stderr, "%s: %s\n", file, what);
    exit(70);
}

/* "SCRIPTS/briefpress/flow.lua" is briefpress.flow, "SCRIPTS/briefpress/init.lua" is briefpress. */
static void name_module(module *one, const char *scripts, const char *file)
{
    size_t skip = strlen(scripts);
    if (strncmp(file, scripts, skip) != 0 || file[skip] != '/')
        stop(file, "not below the scripts");
    one->file = file;
    if (snprintf(one->name, sizeof one->name, "%s", file + skip + 1) >= (int)sizeof one->name)
        stop(file, "name too long");
    char *end = strrchr(one->name, '.');
    if (end == NULL || strcmp(end, ".lua") != 0)
        stop(file, "no Lua file");
    *end = '\0';
    end = strrchr(one->name, '/');
    if (end != NULL && strcmp(end, "/init") == 0)
        *end = '\0';
    for (char *c = one->name; *c != '\0'; c++)
        if (*c == '/')
            *c = '.';
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const module *)a)->name, ((const module *)b)->name);
}

typedef struct {
    unsigned char *bytes;
    size_t length;
} dumped;

static int keep_bytes(lua_State *L, const void *bytes, size_t length, void *kept)
{
    (void)L;
    dumped *to = kept;
    unsigned char *longer = realloc(to->bytes, to->length + length + 1);
    if (longer == NULL)
        return 1;
    to->bytes = longer;
    memcpy(longer + to->length, bytes, length);
    to->length += length;
    return 0;
}

/* Writes the function on top as bytes in decimal. */
static void write_function(lua_State *L, const module *one, FILE *out)
{
    dumped kept = {0};
    if (lua_dump(L, keep_bytes, &kept, 0) != 0)
        stop(one->file, "cannot be compiled: no memory");
    size_t length = strip_names(kept.bytes, kept.length);
    if (length == 0)
        stop(one->file, "is compiled otherwise than Lua 5.4 does");
    for (size_t i = 0; i < length; i++)
        fprintf(out, i % 32 == 31 ? "%u,\n" : "%u,", kept.bytes[i]);
    free(kept.bytes);
}

static void write_module(lua_State *L, const module *one, size_t number, FILE *out)
{
    luaL_Buffer text;
    FILE *in = fopen(one->file, "rb");
    if (in == NULL)
        stop(one->file, "cannot be read");
    luaL_buffinit(L, &text);
    for (;;) {
        size_t read = fread(luaL_prepbuffer(&text), 1, LUAL_BUFFERSIZE, in);
        if (read == 0)
            break;
        luaL_addsize(&text, read);
    }
    if (ferror(in))
        stop(one->file, "cannot be read");
    fclose(in);
    luaL_pushresult(&text);
    /* As the loader names it: the path of the module's name. */
    const char *chunk = lua_pushfstring(L, "=%s.lua", luaL_gsub(L, one->name, ".", "/"));
    size_t length;
    const char *bytes = lua_tolstring(L, 1, &length);
    if (luaL_loadbufferx(L, bytes, length, chunk, "t") != LUA_OK)
        stop(one->file, lua_tostring(L, -1));
    fprintf(out, "static const unsigned char chunk_%zu[] = {\n", number);
    write_function(L, one, out);
    fputs("};\n", out);
    lua_settop(L, 0);
}

int main(int count, char **arguments)
{
    if (count < 4) {
        fprintf(stderr, "usage: %s OUT.c SCRIPTS FILE.lua...\n", arguments[0]);
        return 64;
    }
    size_t number = (size_t)count - 3;
    module *modules = calloc(number, sizeof *modules);
    FILE *out = fopen(arguments[1], "w");
    lua_State *L = luaL_newstate();
    if (modules == NULL || out == NULL || L == NULL)
        stop(arguments[1], "cannot be made");
    for (size_t i = 0; i < number; i++)
        name_module(&modules[i], arguments[2], arguments[3 + i]);
    qsort(modules, number, sizeof *modules, by_name);
    fputs("/* Made by cmake/embed.c from the Lua library. */\n#include "
          "\"script/library_chunks.h\"\n\n",
          out);
    for (size_t i = 0; i < number; i++)
        write_module(L, &modules[i], i, out);
    fputs("\nconst bp_library_chunk bp_library_chunks[] = {\n", out);
    for (size_t i = 0; i < number; i++)
        fprintf(out, "    {\"%s\", chunk_%zu, sizeof chunk_%zu},\n", modules[i].name, i, i);
    fprintf(out, "    {NULL, NULL, 0},\n};\nconst size_t bp_library_chunk_count = %zu;\n", number);
    if (ferror(out) || fclose(out) != 0)
        stop(arguments[1], "cannot be written");
    lua_close(L);
    free(modules);
    return 0;
}
