/* engine.text: other forms of letters, their ink, capitals, and the order of texts. */
#include "base/mem.h"
#include "script/script_private.h"
#include "text/collate.h"
#include "text/forms.h"

int bp_api_has_forms(lua_State *L)
{
    const bp_style *plain = bp_check_style(L, 1), *formed = bp_check_style(L, 2);
    size_t length = 0;
    const char *text = luaL_checklstring(L, 3, &length);
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    bool has = false;
    if (!bp_text_has_forms(host->shaper, plain, formed, text, length, &has, err))
        return bp_raise(L, err);
    lua_pushboolean(L, has);
    return 1;
}

int bp_api_ink(lua_State *L)
{
    const bp_style *style = bp_check_style(L, 1);
    size_t length = 0;
    const char *text = luaL_checklstring(L, 2, &length);
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    double bottom = 0, top = 0;
    if (!bp_text_ink(host->shaper, style, text, length, &bottom, &top, err))
        return bp_raise(L, err);
    lua_pushnumber(L, bottom);
    lua_pushnumber(L, top);
    return 2;
}

int bp_api_upper(lua_State *L)
{
    size_t length = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    bp_host *host = bp_host_of(L);
    const char *language = luaL_optstring(L, 2, host->language);
    bp_error *err = bp_host_error(host);
    host->text.length = 0;
    if (!bp_text_upper(text, length, language, &host->text, err))
        return bp_raise(L, err);
    lua_pushlstring(L, host->text.bytes, host->text.length);
    return 1;
}

/* collate(texts, language): the rank of each text, and its letter. */
int bp_api_collate(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    bp_host *host = bp_host_of(L);
    const char *language = luaL_optstring(L, 2, host->language);
    lua_Unsigned count = lua_rawlen(L, 1);
    lua_settop(L, 2);
    host->numbers.length = 0;
    for (lua_Unsigned i = 1; i <= count; i++) {
        bp_collated one = {.text = NULL};
        if (lua_rawgeti(L, 1, (lua_Integer)i) != LUA_TSTRING)
            return luaL_argerror(L, 1, "a list of texts is expected");
        one.text = lua_tolstring(L, -1, &one.length); /* The table holds it. */
        if (!bp_buf_add(&host->numbers, &one, sizeof one))
            return bp_raise_memory(L);
        lua_pop(L, 1);
    }
    bp_collated *texts = BP_BUF_ITEMS(&host->numbers, bp_collated);
    bp_error *err = bp_host_error(host);
    if (!bp_text_collate(texts, (size_t)count, language, &host->text, err))
        return bp_raise(L, err);
    lua_createtable(L, (int)count, 0); /* 3 */
    lua_createtable(L, (int)count, 0); /* 4 */
    for (lua_Unsigned i = 0; i < count; i++) {
        lua_pushinteger(L, (lua_Integer)texts[i].rank);
        lua_rawseti(L, 3, (lua_Integer)i + 1);
        lua_pushstring(L, texts[i].head);
        lua_rawseti(L, 4, (lua_Integer)i + 1);
    }
    return 2;
}
