/* The part of `os` that a report needs: dates, in UTC and of the rendering's own day, so that
 * neither the clock nor the time zone of the machine can reach the page. */
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "script/script_private.h"

#define SECONDS_MOST ((time_t)1 << 46) /* Two million years. */

/* The seconds since 1970 of the job's date. */
static time_t job_time(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    const char *date = host->options->date;
    if (date == NULL && host->data != NULL)
        date = bp_data_dataset(host->data)->published;
    bp_moment moment = {0};
    if (date == NULL || !bp_moment_read(date, &moment))
        bp_raise_text(
            L, BP_ERR_SCRIPT,
            "this rendering has no date; give the data a publication date, or use --date");
    struct tm parts = {.tm_year = moment.year - 1900,
                       .tm_mon = moment.month - 1,
                       .tm_mday = moment.day,
                       .tm_hour = moment.hour,
                       .tm_min = moment.minute,
                       .tm_sec = moment.second};
    return timegm(&parts);
}

static int date_field(lua_State *L, const char *name, int missing, int offset)
{
    int is_number = 0;
    int type = lua_getfield(L, 1, name);
    lua_Integer value = lua_tointegerx(L, -1, &is_number);
    if (type == LUA_TNIL && missing >= 0)
        value = missing + offset;
    else if (!is_number || value < -1000000 || value > 1000000)
        luaL_error(L,
                   type == LUA_TNIL ? "field '%s' missing in date table"
                                    : "field '%s' is not a usable number",
                   name);
    lua_pop(L, 1);
    return (int)value - offset;
}

static int os_time(lua_State *L)
{
    if (lua_isnoneornil(L, 1)) {
        lua_pushinteger(L, (lua_Integer)job_time(L));
        return 1;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    struct tm parts = {0};
    parts.tm_year = date_field(L, "year", -1, 1900);
    parts.tm_mon = date_field(L, "month", -1, 1);
    parts.tm_mday = date_field(L, "day", -1, 0);
    parts.tm_hour = date_field(L, "hour", 12, 0);
    parts.tm_min = date_field(L, "min", 0, 0);
    parts.tm_sec = date_field(L, "sec", 0, 0);
    lua_pushinteger(L, (lua_Integer)timegm(&parts));
    return 1;
}

static void set_field(lua_State *L, const char *name, int value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, name);
}

static int os_date(lua_State *L)
{
    const char *format = luaL_optstring(L, 1, "%c");
    time_t when = lua_isnoneornil(L, 2) ? job_time(L) : (time_t)luaL_checkinteger(L, 2);
    if (*format == '!')
        format++;
    struct tm parts;
    if (when > SECONDS_MOST || when < -SECONDS_MOST || gmtime_r(&when, &parts) == NULL)
        return luaL_error(L, "date result cannot be represented in this installation");
    if (strncmp(format, "*t", 2) == 0) {
        lua_createtable(L, 0, 9);
        set_field(L, "year", parts.tm_year + 1900);
        set_field(L, "month", parts.tm_mon + 1);
        set_field(L, "day", parts.tm_mday);
        set_field(L, "hour", parts.tm_hour);
        set_field(L, "min", parts.tm_min);
        set_field(L, "sec", parts.tm_sec);
        set_field(L, "yday", parts.tm_yday + 1);
        set_field(L, "wday", parts.tm_wday + 1);
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "isdst");
        return 1;
    }
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            luaL_addchar(&out, *format);
            continue;
        }
        format++;
        if (*format == '\0' || strchr("aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%", *format) == NULL)
            return luaL_argerror(L, 1, "invalid conversion specifier");
        char one[3] = {'%', *format, '\0'};
        char text[256];
        size_t length = strftime(text, sizeof text, one, &parts);
        luaL_addlstring(&out, text, length);
    }
    luaL_pushresult(&out);
    return 1;
}

static int os_difftime(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)luaL_checkinteger(L, 1) - (lua_Number)luaL_checkinteger(L, 2));
    return 1;
}

void bp_open_os(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"time", os_time}, {"date", os_date}, {"difftime", os_difftime}, {NULL, NULL}};
    luaL_newlib(L, functions);
}
