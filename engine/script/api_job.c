/* engine.job, report, caller and nearest: what a script may know of its rendering, and the ways it
 * speaks to its author. This file also puts the module together. */
#include <string.h>

#include "script/script_private.h"

#define NAMES_MOST 4096

static int job_report(lua_State *L)
{
    static const char *const levels[] = {"warning", "finding", NULL};
    int level = luaL_checkoption(L, 1, NULL, levels);
    const char *text = luaL_checkstring(L, 2);
    const char *place = luaL_optstring(L, 3, NULL);
    char caller[BP_ERROR_PLACE];
    if (place == NULL) {
        bp_user_place(L, 1, caller);
        place = caller;
    }
    bp_speak(L, level == 0 ? BP_OK : BP_ERR_FINDINGS, place, text);
    return 0;
}

static int job_blame(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    bp_blame(L, 1);
    return 0;
}

static int job_caller(lua_State *L)
{
    char place[BP_ERROR_PLACE];
    bp_user_place(L, 1, place);
    lua_pushstring(L, place);
    return 1;
}

static int job_nearest(lua_State *L)
{
    const char *word = luaL_checkstring(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    size_t count = lua_rawlen(L, 2);
    if (count > NAMES_MOST)
        count = NAMES_MOST;
    const char **names = lua_newuserdatauv(L, (count + 1) * sizeof *names, 0);
    for (size_t i = 0; i < count; i++) {
        luaL_argcheck(L, lua_rawgeti(L, 2, (lua_Integer)i + 1) == LUA_TSTRING, 2,
                      "expected a list of names");
        names[i] = lua_tostring(L, -1); /* Held by the list. */
        lua_pop(L, 1);
    }
    lua_pushstring(L, bp_nearest(word, names, count));
    return 1;
}

/* A limit that the library counts itself, as pages while nothing is drawn yet. No pcall may swallow
 * it. */
static int job_limit(lua_State *L)
{
    const char *text = luaL_checkstring(L, 1);
    const char *place = luaL_optstring(L, 2, NULL);
    bp_error *err = bp_host_error(bp_host_of(L));
    bp_fail(err, BP_ERR_LIMIT, place, "%s", text);
    return bp_raise(L, err);
}

void bp_open_job(lua_State *L)
{
    static const luaL_Reg functions[] = {{"report", job_report}, {"blame", job_blame},
                                         {"caller", job_caller}, {"nearest", job_nearest},
                                         {"limit", job_limit},   {NULL, NULL}};
    const bp_host *host = bp_host_of(L);
    luaL_setfuncs(L, functions, 0);
    lua_createtable(L, 0, 5);
    lua_pushstring(L, host->language);
    lua_setfield(L, -2, "language");
    lua_pushstring(L, host->layout_folder);
    lua_setfield(L, -2, "layout_folder");
    lua_pushboolean(L, host->options->boxes);
    lua_setfield(L, -2, "boxes");
    /* No bound is a bound that nothing reaches, so that layouts need not tell the two apart. */
    size_t pages = host->options->pages_most;
    lua_pushinteger(L, pages != 0 ? (lua_Integer)pages : LUA_MAXINTEGER);
    lua_setfield(L, -2, "pages_most");
    const char *date = host->options->date;
    if (date == NULL && host->data != NULL)
        date = bp_data_dataset(host->data)->published;
    date = date ? date : "";
    lua_pushlstring(L, date, strlen(date) > 10 && date[10] == 'T' ? 10 : strlen(date));
    lua_setfield(L, -2, "date");
    bp_freeze(L, "engine.job");
    lua_setfield(L, -2, "job");
}

int bp_open_engine(lua_State *L)
{
    static const struct {
        const char *name, *shown;
        void (*open)(lua_State *L);
    } parts[] = {{"text", "engine.text", bp_open_text},
                 {"image", "engine.image", bp_open_image},
                 {"format", "engine.format", bp_open_format}};
    lua_newtable(L);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        parts[i].open(L);
        bp_freeze(L, parts[i].shown);
        lua_setfield(L, -2, parts[i].name);
    }
    bp_open_job(L);
    bp_freeze(L, "engine");
    return 1;
}
