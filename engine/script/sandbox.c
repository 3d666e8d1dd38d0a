/* What of Lua's standard library a script gets. There are two environments: the library's, and one
 * for layouts with tables of their own, so that a layout that writes into `string` or `table`
 * changes nothing for the library. Both refuse variables that were never declared: in a layout
 * those are misspellings. What could make two runs differ (addresses, the order of pairs, the
 * clock, chance) is replaced by something that stays the same. */
#include <stdio.h>
#include <string.h>

#include "script/script_private.h"

#define LAYOUT_KEY "briefpress.environment"
#define NUMBERS_KEY "briefpress.numbers"
#define RANDOM_SEED 20220903
#define NAMES_MOST 256

/* Text of values */

const char *bp_to_text(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    int type = lua_type(L, index);
    if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
        lua_pushvalue(L, index);
        lua_call(L, 1, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "__tostring must return a string");
        return lua_tostring(L, -1);
    }
    if (type != LUA_TTABLE && type != LUA_TFUNCTION && type != LUA_TUSERDATA &&
        type != LUA_TTHREAD && type != LUA_TLIGHTUSERDATA)
        return luaL_tolstring(L, index, NULL);
    /* Objects are numbered as they are first shown: an address would differ from run to run. */
    luaL_checkstack(L, 6, NULL);
    if (luaL_getmetafield(L, index, "__name") != LUA_TSTRING)
        lua_pushstring(L, lua_typename(L, type));
    if (luaL_getsubtable(L, LUA_REGISTRYINDEX, NUMBERS_KEY) == 0) {
        lua_createtable(L, 0, 1);
        lua_pushliteral(L, "k");
        lua_setfield(L, -2, "__mode");
        lua_setmetatable(L, -2);
    }
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS); /* A key no script can reach. */
        lua_rawget(L, -2);
        lua_Integer next = lua_tointeger(L, -1) + 1;
        lua_pop(L, 1);
        lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
        lua_pushinteger(L, next);
        lua_rawset(L, -3);
        lua_pushvalue(L, index);
        lua_pushinteger(L, next);
        lua_rawset(L, -3);
        lua_pushinteger(L, next);
    }
    lua_remove(L, -2);
    lua_pushfstring(L, "%s: %d", lua_tostring(L, -2), (int)lua_tointeger(L, -1));
    lua_replace(L, -3);
    lua_pop(L, 1);
    return lua_tostring(L, -1);
}

int bp_lua_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    bp_to_text(L, 1);
    return 1;
}

/* Guards */

/* The string keys of the table at `index`, lent, at most NAMES_MOST. */
static size_t collect_names(lua_State *L, int index, const char **names)
{
    size_t count = 0;
    index = lua_absindex(L, index);
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING && count < NAMES_MOST)
            names[count++] = lua_tostring(L, -1);
    }
    return count;
}

static int refuse_read(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TSTRING)
        return 0;
    static const char *const kept_out[] = {"io",       "debug", "package", "dofile",
                                           "loadfile", "warn",  "arg",     NULL};
    for (const char *const *name = kept_out; *name != NULL; name++)
        if (strcmp(*name, lua_tostring(L, 2)) == 0)
            return bp_raise_text(L, BP_ERR_SCRIPT, "\"%s\" is not available to layouts", *name);
    const char *names[NAMES_MOST];
    const char *near = bp_nearest(lua_tostring(L, 2), names, collect_names(L, 1, names));
    if (near != NULL)
        return bp_raise_text(L, BP_ERR_SCRIPT, "undefined variable \"%s\"; did you mean \"%s\"?",
                             lua_tostring(L, 2), near);
    return bp_raise_text(L, BP_ERR_SCRIPT, "undefined variable \"%s\"", lua_tostring(L, 2));
}

static int refuse_write(lua_State *L)
{
    return bp_raise_text(L, BP_ERR_SCRIPT,
                         "\"%s\" was never declared; put \"local\" in front of it",
                         bp_to_text(L, 2));
}

/* Gives the table on top of the stack the guard against undeclared variables. */
static void guard_environment(lua_State *L)
{
    static const luaL_Reg guard[] = {
        {"__index", refuse_read}, {"__newindex", refuse_write}, {NULL, NULL}};
    luaL_newlib(L, guard);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

static int refuse_change(lua_State *L)
{
    return bp_raise_text(L, BP_ERR_SCRIPT, "%s is read-only", lua_tostring(L, lua_upvalueindex(1)));
}

static int frozen_next(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    return lua_next(L, lua_upvalueindex(1)) ? 2 : 0;
}

static int frozen_pairs(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushcclosure(L, frozen_next, 1);
    lua_pushvalue(L, 1);
    return 2;
}

static int frozen_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
    return 1;
}

void bp_freeze(lua_State *L, const char *what)
{
    lua_newtable(L);
    lua_createtable(L, 0, 5);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, what);
    lua_pushcclosure(L, refuse_change, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, frozen_pairs, 1);
    lua_setfield(L, -2, "__pairs");
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, frozen_length, 1);
    lua_setfield(L, -2, "__len");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

/* The base library */

/* Its upvalue is "__gc". */
static int sandbox_setmetatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        lua_pushvalue(L, lua_upvalueindex(1)); /* "__gc" */
        if (lua_rawget(L, 2) !=
            LUA_TNIL) /* Finalizers run where no limit holds, and at no certain time. */
            return bp_raise_text(L, BP_ERR_SCRIPT,
                                 "setmetatable: __gc is not available; use __close");
        lua_pop(L, 1);
    }
    lua_setmetatable(L, 1);
    return 1;
}

static int sandbox_collectgarbage(lua_State *L)
{
    const char *what = luaL_optstring(L, 1, "collect");
    if (strcmp(what, "count") != 0)
        return bp_raise_text(L, BP_ERR_SCRIPT, "collectgarbage: only \"count\" is available");
    lua_pushnumber(L, (lua_Number)lua_gc(L, LUA_GCCOUNT) +
                          (lua_Number)lua_gc(L, LUA_GCCOUNTB) / 1024.0);
    return 1;
}

/* load(chunk, name, mode, env): text only, in the layout's environment unless told otherwise. */
static int sandbox_load(lua_State *L)
{
    bool has_env = lua_gettop(L) >= 4;
    lua_settop(L, 4);
    const char *name = luaL_optstring(L, 2, "(load)");
    name += name[0] == '=' || name[0] == '@'; /* "=" is how the library's own chunks are known. */
    if (lua_type(L, 1) == LUA_TFUNCTION) {
        luaL_Buffer all;
        luaL_buffinit(L, &all);
        for (;;) {
            lua_pushvalue(L, 1);
            lua_call(L, 0, 1);
            if (lua_isnil(L, -1))
                break;
            if (lua_type(L, -1) != LUA_TSTRING)
                return luaL_error(L, "reader function must return a string");
            if (lua_rawlen(L, -1) == 0)
                break;
            luaL_addvalue(&all);
        }
        lua_pop(L, 1);
        luaL_pushresult(&all);
        lua_replace(L, 1);
    }
    size_t length = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *chunk = lua_pushfstring(L, "@%s", name);
    int status = bp_load_user_text(L, text, length, chunk);
    if (status == LUA_ERRMEM)
        return bp_raise_memory(L);
    if (status != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (has_env)
        lua_pushvalue(L, 4);
    else
        bp_push_environment(L, false);
    lua_setupvalue(L, -2, 1);
    return 1;
}

/* print: a line for the author, told like a warning with its place. Tests print to standard output.
 */
static int sandbox_print(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    int n = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= n; i++) {
        if (i > 1)
            luaL_addchar(&line, '\t');
        bp_to_text(L, i);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    if (host->is_test) {
        (void)fputs(lua_tostring(L, -1), stdout);
        (void)fputc('\n', stdout);
        return 0;
    }
    char place[BP_ERROR_PLACE];
    bp_user_place(L, 1, place);
    bp_speak(L, BP_OK, place, lua_tostring(L, -1));
    return 0;
}

static int sandbox_randomseed(lua_State *L)
{
    if (lua_gettop(L) == 0)
        return bp_raise_text(L, BP_ERR_SCRIPT,
                             "math.randomseed: needs a number, so that every run draws the same");
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 0);
    return 0;
}

static void guard_math(lua_State *L)
{
    lua_getfield(L, -1, "randomseed");
    lua_pushvalue(L, -1);
    lua_pushinteger(L, RANDOM_SEED);
    lua_call(L, 1, 0);
    lua_pushcclosure(L, sandbox_randomseed, 1);
    lua_setfield(L, -2, "randomseed");
}

/* Environments */

/* Pushes a copy of the table at `index`; tables in it are copied too, the table itself becomes the
 * copy. */
static void push_copy(lua_State *L, int index, bool is_root)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 6, NULL);
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        lua_pushvalue(L, -2);
        if (lua_istable(L, -2) && lua_rawequal(L, -2, index))
            lua_pushvalue(L, -4);
        else if (lua_istable(L, -2) && is_root)
            push_copy(L, -2, false);
        else
            lua_pushvalue(L, -2);
        lua_rawset(L, -5);
        lua_pop(L, 1);
    }
}

void bp_push_environment(lua_State *L, bool is_library)
{
    if (is_library)
        lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    else
        lua_getfield(L, LUA_REGISTRYINDEX, LAYOUT_KEY);
}

void bp_open_sandbox(lua_State *L)
{
    static const luaL_Reg libraries[] = {
        {LUA_GNAME, luaopen_base},        {LUA_TABLIBNAME, luaopen_table},
        {LUA_STRLIBNAME, luaopen_string}, {LUA_MATHLIBNAME, luaopen_math},
        {LUA_UTF8LIBNAME, luaopen_utf8},  {NULL, NULL}};
    static const luaL_Reg functions[] = {{"error", bp_lua_error},
                                         {"tostring", bp_lua_tostring},
                                         {"collectgarbage", sandbox_collectgarbage},
                                         {"load", sandbox_load},
                                         {"print", sandbox_print},
                                         {"require", bp_require},
                                         {NULL, NULL}};
    static const char *const removed[] = {"dofile", "loadfile", "warn"};
    for (const luaL_Reg *library = libraries; library->name != NULL; library++) {
        luaL_requiref(L, library->name, library->func, 1);
        lua_pop(L, 1);
    }
    lua_pushglobaltable(L);
    luaL_setfuncs(L, functions, 0);
    lua_pushliteral(L, "__gc");
    lua_pushcclosure(L, sandbox_setmetatable, 1);
    lua_setfield(L, -2, "setmetatable");
    for (size_t i = 0; i < sizeof removed / sizeof removed[0]; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, removed[i]);
    }
    bp_open_protected_calls(L);
    bp_open_coroutine(L);
    lua_setfield(L, -2, LUA_COLIBNAME);
    bp_open_os(L);
    lua_setfield(L, -2, LUA_OSLIBNAME);
    lua_getfield(L, -1, LUA_STRLIBNAME);
    bp_guard_string(L);
    lua_pop(L, 1);
    lua_getfield(L, -1, LUA_TABLIBNAME);
    bp_guard_table(L);
    lua_pop(L, 1);
    lua_getfield(L, -1, LUA_MATHLIBNAME);
    guard_math(L);
    lua_pop(L, 1);

    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);

    push_copy(L, -1, true);
    lua_pushcfunction(L, bp_sorted_pairs);
    lua_setfield(L, -2, "pairs");
    guard_environment(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LAYOUT_KEY);
    guard_environment(L);
    lua_pop(L, 1);
}
