/* The parts of `string` that could run for ever, show addresses or make binary chunks. Patterns
 * that backtrack for ever stay possible; the process around the script ends those. */
#include <string.h>

#include "base/mem.h"
#include "script/script_private.h"

#define REPEAT_BYTES_MOST ((size_t)1 << 30)

static int string_rep(lua_State *L)
{
    size_t length = 0, gap = 0;
    luaL_checklstring(L, 1, &length);
    lua_Integer count = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &gap);
    if (count <= 0 || length + gap == 0) { /* Lua would count through the empty repetitions. */
        lua_pushliteral(L, "");
        return 1;
    }
    size_t most = bp_mem.budget == 0             ? REPEAT_BYTES_MOST
                  : bp_mem.bytes < bp_mem.budget ? bp_mem.budget - bp_mem.bytes
                                                 : 0;
    if (most > REPEAT_BYTES_MOST)
        most = REPEAT_BYTES_MOST;
    if ((lua_Unsigned)count > most / (length + gap))
        return bp_raise_text(L, BP_ERR_LIMIT,
                             "string.rep: the result would be larger than the memory that is left");
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* The original would print addresses for %p, and for %s of an object. */
static int string_format(lua_State *L)
{
    int top = lua_gettop(L);
    const char *format = luaL_checkstring(L, 1);
    int argument = 1;
    for (const char *at = format; (at = strchr(at, '%')) != NULL;) {
        if (*++at == '%') {
            at++;
            continue;
        }
        at += strspn(at, "-+ #0123456789.");
        argument++;
        if (*at == 'p')
            return bp_raise_text(L, BP_ERR_SCRIPT, "string.format: %%p is not available");
        int type = argument <= top ? lua_type(L, argument) : LUA_TNIL;
        if (*at == 's' && type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TNIL &&
            type != LUA_TBOOLEAN) {
            bp_to_text(L, argument);
            lua_replace(L, argument);
        }
        if (*at != '\0')
            at++;
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L); /* In our frame, so that errors name us. */
}

void bp_guard_string(lua_State *L)
{
    static const luaL_Reg guarded[] = {
        {"rep", string_rep}, {"format", string_format}, {NULL, NULL}};
    for (const luaL_Reg *one = guarded; one->name != NULL; one++) {
        lua_getfield(L, -1, one->name);
        lua_pushcclosure(L, one->func, 1);
        lua_setfield(L, -2, one->name);
    }
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
}
