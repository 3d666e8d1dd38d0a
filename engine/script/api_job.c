/* engine.job, report, caller, fits and nearest: what a script may know of its rendering, and the
 * ways it speaks to its author. This file also puts the module together. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "script/script_private.h"

#define NAMES_MOST 4096

static int job_report(lua_State *L)
{
    static const char *const levels[] = {"warning", "finding", "note", NULL};
    const bp_host *host = bp_host_of(L);
    int level = luaL_checkoption(L, 1, NULL, levels);
    const char *text = luaL_checkstring(L, 2);
    const char *place = luaL_optstring(L, 3, NULL);
    char caller[BP_ERROR_PLACE];
    if (level == 2 && !host->is_check && !host->is_test)
        return 0;
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

static int job_source_line(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    const char *place = luaL_checkstring(L, 1);
    long number = 0;
    host->text.length = 0;
    if (!bp_source_line(host, place, &number, &host->text))
        return 0;
    lua_pushlstring(L, host->text.bytes, host->text.length);
    return 1;
}

/* What a layout hands to a component is checked here, for it is done for each block. Kinds are
 * those that scripts/briefpress/options.lua puts into words. */

static bool fits_choice(lua_State *L, int value, int list)
{
    bool is_one = false;
    for (lua_Integer i = 1; !is_one && lua_rawgeti(L, list, i) != LUA_TNIL; i++) {
        is_one = lua_rawequal(L, value, -1) != 0;
        lua_pop(L, 1);
    }
    if (!is_one)
        lua_pop(L, 1); /* The nil. */
    return is_one;
}

/* Kinds that are written as text. Whether a colour or a style of that name is in the theme is found
 * when it is used. */
static bool fits_text(lua_State *L, int value, const char *kind)
{
    size_t size = 0;
    const char *text = lua_tolstring(L, value, &size);
    if (strcmp(kind, "color") == 0)
        return bp_is_color(text, size);
    if (strcmp(kind, "length") == 0)
        return bp_is_length(text);
    if (strcmp(kind, "width") == 0)
        return strcmp(text, "auto") == 0 || bp_is_length(text);
    return strcmp(kind, "style") == 0;
}

static bool fits(lua_State *L, int value, int kind_index)
{
    int type = lua_type(L, value);
    if (lua_type(L, kind_index) != LUA_TSTRING)
        return lua_istable(L, kind_index) && fits_choice(L, value, kind_index);
    const char *kind = lua_tostring(L, kind_index);
    if (kind[0] == 'a' && strcmp(kind, "any") == 0)
        return true;
    if (type != LUA_TNUMBER) {
        if (strcmp(kind, lua_typename(L, type)) == 0)
            return true;
        return type == LUA_TSTRING ? fits_text(L, value, kind)
                                   : type == LUA_TTABLE && strcmp(kind, "style") == 0;
    }
    lua_Number number = lua_tonumber(L, value);
    if (!isfinite(number))
        return false;
    if (strcmp(kind, "number") == 0 || strcmp(kind, "length") == 0 || strcmp(kind, "width") == 0)
        return true;
    bool is_whole = floor(number) >= number;
    return (is_whole && strcmp(kind, "integer") == 0) ||
           (number >= 0 && strcmp(kind, "amount") == 0) ||
           (number >= 0 && is_whole && strcmp(kind, "count") == 0);
}

static int job_fits(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushboolean(L, fits(L, 1, 2));
    return 1;
}

static int job_all_fit(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 3);
    bool ok = true;
    lua_pushnil(L);
    while (ok && lua_next(L, 1) != 0) { /* 4: the key, 5: the value. */
        int type = lua_type(L, 4);
        if (type == LUA_TSTRING) {
            lua_pushvalue(L, 4);
            if (lua_rawget(L, 2) == LUA_TNIL && lua_istable(L, 3)) {
                lua_pop(L, 1);
                lua_pushvalue(L, 4);
                (void)lua_rawget(L, 3);
            }
            if (lua_isnil(L, 6)) { /* What it inherits. */
                lua_pop(L, 1);
                lua_pushvalue(L, 4);
                (void)lua_gettable(L, 2);
            }
            ok = fits(L, 5, 6); /* 6: the kind. */
        } else {
            ok = type == LUA_TNUMBER;
        }
        lua_settop(L, 4);
    }
    lua_pushboolean(L, ok);
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

/* Whether a file may be read and is there, and where not, why: true, or nil and a sentence. */
static int job_readable(lua_State *L)
{
    const char *file = luaL_checkstring(L, 1);
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    bool is_there = bp_find_asset(host, file, err);
    if (!is_there && (err->code == BP_ERR_MEMORY || err->code == BP_ERR_LIMIT))
        return bp_raise(L, err);
    if (!is_there) {
        lua_pushnil(L);
        lua_pushstring(L, err->text);
        return 2;
    }
    lua_pushboolean(L, true);
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
    static const luaL_Reg functions[] = {{"report", job_report},
                                         {"blame", job_blame},
                                         {"caller", job_caller},
                                         {"nearest", job_nearest},
                                         {"fits", job_fits},
                                         {"all_fit", job_all_fit},
                                         {"source_line", job_source_line},
                                         {"limit", job_limit},
                                         {"readable", job_readable},
                                         {NULL, NULL}};
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
    lua_pushboolean(L, host->is_check);
    lua_setfield(L, -2, "is_check");
    size_t range_count = host->options->range_count;
    lua_createtable(L, (int)range_count * 2, 0);
    for (size_t i = 0; i < range_count; i++) {
        const bp_page_range *range = &host->options->ranges[i];
        lua_pushinteger(L, (lua_Integer)range->first);
        lua_rawseti(L, -2, (lua_Integer)i * 2 + 1);
        lua_pushinteger(L,
                        range->last < LUA_MAXINTEGER ? (lua_Integer)range->last : LUA_MAXINTEGER);
        lua_rawseti(L, -2, (lua_Integer)i * 2 + 2);
    }
    bp_freeze(L, "engine.job.ranges");
    lua_setfield(L, -2, "ranges");
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
