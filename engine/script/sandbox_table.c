/* The parts of `table` that believe what __len says, however large, and two that answer differently
 * from run to run: sort, which draws on the clock and addresses where pivots are bad, and pairs.
 * The sort here is a merge sort, stable and the same every time; a comparison that contradicts
 * itself does no harm. */
#include <string.h>

#include "script/script_private.h"

#define ELEMENTS_MOST ((lua_Integer)1 << 24)

static void check_count(lua_State *L, const char *what, lua_Integer first, lua_Integer last)
{
    if (first <= last && (lua_Unsigned)last - (lua_Unsigned)first >= (lua_Unsigned)ELEMENTS_MOST)
        bp_raise_text(L, BP_ERR_SCRIPT, "table.%s: more than %d elements", what,
                      (int)ELEMENTS_MOST);
}

/* Runs the original, which is the first upvalue, in our frame, so that errors name the function as
 * the script does. */
static int call_original(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int table_concat(lua_State *L)
{
    lua_settop(L, 4);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    lua_Integer last = lua_isnil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4);
    check_count(L, "concat", first, last);
    lua_pushinteger(L, first);
    lua_replace(L, 3);
    lua_pushinteger(L, last);
    lua_replace(L, 4);
    return call_original(L);
}

static int table_unpack(lua_State *L)
{
    lua_settop(L, 3);
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last = lua_isnil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    check_count(L, "unpack", first, last);
    lua_pushinteger(L, first);
    lua_replace(L, 2);
    lua_pushinteger(L, last);
    lua_replace(L, 3);
    return call_original(L);
}

static int table_move(lua_State *L)
{
    check_count(L, "move", luaL_checkinteger(L, 2), luaL_checkinteger(L, 3));
    return call_original(L);
}

static lua_Integer checked_length(lua_State *L, const char *what)
{
    lua_Integer length = luaL_len(L, 1);
    check_count(L, what, 1, length);
    return length;
}

static int table_insert(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer next = (lua_Integer)((lua_Unsigned)checked_length(L, "insert") + 1);
    switch (lua_gettop(L)) {
    case 2:
        lua_seti(L, 1, next);
        return 0;
    case 3: {
        lua_Integer at = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)next, 2, "position out of bounds");
        for (lua_Integer i = next; i > at; i--) {
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
        lua_seti(L, 1, at);
        return 0;
    }
    default:
        return luaL_error(L, "wrong number of arguments to 'insert'");
    }
}

static int table_remove(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer length = checked_length(L, "remove");
    lua_Integer at = luaL_optinteger(L, 2, length);
    if (lua_gettop(L) >= 2)
        luaL_argcheck(L,
                      (lua_Unsigned)length + 1u - (lua_Unsigned)at <= (lua_Unsigned)length ||
                          at == length + 1 || (length == 0 && at == 0),
                      2, "position out of bounds");
    lua_geti(L, 1, at);
    for (; at < length; at++) {
        lua_geti(L, 1, at + 1);
        lua_seti(L, 1, at);
    }
    lua_pushnil(L);
    lua_seti(L, 1, at);
    return 1;
}

/* Sorting */

/* True where value `a` of the table at stack index `table` comes before value `b`. */
typedef bool (*comes_before)(lua_State *L, int table, int a, int b);

/* Sorts `order`, indices into the table, with `spare` of the same size beside it. */
static void merge_sort(lua_State *L, int table, int *order, int *spare, int count,
                       comes_before before)
{
    for (int width = 1; width<count; width = width> count / 2 ? count : width * 2) {
        for (int low = 0; low < count; low += 2 * width) {
            int middle = width < count - low ? low + width : count;
            int high = width < count - middle ? middle + width : count;
            int left = low, right = middle;
            for (int out = low; out < high; out++) {
                bool take_right =
                    left >= middle || (right < high && before(L, table, order[right], order[left]));
                spare[out] = take_right ? order[right++] : order[left++];
            }
            if (high >= count)
                break;
        }
        memcpy(order, spare, (size_t)count * sizeof *order);
    }
}

/* Pushes a userdata of 1, 2 ... count and as much room again. */
static int *push_order(lua_State *L, int count)
{
    int *order = lua_newuserdatauv(L, (size_t)count * 2 * sizeof *order + 1, 0);
    for (int i = 0; i < count; i++)
        order[i] = i + 1;
    return order;
}

static bool by_value(lua_State *L, int table, int a, int b)
{
    lua_rawgeti(L, table, a);
    lua_rawgeti(L, table, b);
    bool answer = lua_compare(L, -2, -1, LUA_OPLT) != 0;
    lua_pop(L, 2);
    return answer;
}

static bool by_function(lua_State *L, int table, int a, int b)
{
    lua_pushvalue(L, 2);
    lua_rawgeti(L, table, a);
    lua_rawgeti(L, table, b);
    lua_call(L, 2, 1);
    bool answer = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
    return answer;
}

static int table_sort(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    int count = (int)checked_length(L, "sort");
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    if (count < 2)
        return 0;
    luaL_checkstack(L, 40, NULL);
    lua_createtable(L, count, 0); /* 3: a copy, so that a comparison may do as it likes. */
    for (int i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    int *order = push_order(L, count); /* 4 */
    merge_sort(L, 3, order, order + count, count, lua_isnil(L, 2) ? by_value : by_function);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, 3, order[i - 1]);
        lua_seti(L, 1, i);
    }
    return 0;
}

/* pairs */

/* Numbers, then strings, then the rest in the order they were met. */
static int rank(int type)
{
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : type == LUA_TBOOLEAN ? 2 : 3;
}

static bool by_key(lua_State *L, int table, int a, int b)
{
    lua_rawgeti(L, table, a);
    lua_rawgeti(L, table, b);
    int type = lua_type(L, -2), other = lua_type(L, -1);
    bool answer = false;
    if (rank(type) != rank(other)) {
        answer = rank(type) < rank(other);
    } else if (type == LUA_TNUMBER) {
        answer = lua_compare(L, -2, -1, LUA_OPLT) != 0;
    } else if (type == LUA_TSTRING) {
        size_t length = 0, other_length = 0;
        const char *text = lua_tolstring(L, -2, &length);
        const char *other_text = lua_tolstring(L, -1, &other_length);
        int order = memcmp(text, other_text, length < other_length ? length : other_length);
        answer = order != 0 ? order < 0 : length < other_length;
    } else if (type == LUA_TBOOLEAN) {
        answer = lua_toboolean(L, -2) < lua_toboolean(L, -1);
    }
    lua_pop(L, 2);
    return answer;
}

/* Upvalues: the keys, their order as a userdata, how many were taken, how many there are. */
static int next_pair(lua_State *L)
{
    const int *order = lua_touserdata(L, lua_upvalueindex(2));
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer count = lua_tointeger(L, lua_upvalueindex(4));
    lua_settop(L, 1);
    luaL_checktype(L, 1, LUA_TTABLE);
    while (at < count) {
        lua_rawgeti(L, lua_upvalueindex(1), order[at++]);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) { /* A key taken away meanwhile is passed over. */
            lua_pushinteger(L, at);
            lua_replace(L, lua_upvalueindex(3));
            return 2;
        }
        lua_settop(L, 1);
    }
    lua_pushinteger(L, count);
    lua_replace(L, lua_upvalueindex(3));
    lua_pushnil(L);
    return 1;
}

int bp_sorted_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    luaL_checkstack(L, 40, NULL);
    lua_newtable(L); /* 2: the keys */
    lua_Integer count = 0;
    lua_pushnil(L);
    while (lua_next(L, 1) != 0) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, 2, ++count);
        check_count(L, "pairs", 1, count);
    }
    int *order = push_order(L, (int)count); /* 3 */
    merge_sort(L, 2, order, order + count, (int)count, by_key);
    lua_pushinteger(L, 0);
    lua_pushinteger(L, count);
    lua_pushcclosure(L, next_pair, 4);
    lua_pushvalue(L, 1);
    return 2;
}

void bp_guard_table(lua_State *L)
{
    static const luaL_Reg wrapped[] = {
        {"concat", table_concat}, {"unpack", table_unpack}, {"move", table_move}, {NULL, NULL}};
    static const luaL_Reg replaced[] = {
        {"insert", table_insert}, {"remove", table_remove}, {"sort", table_sort}, {NULL, NULL}};
    for (const luaL_Reg *one = wrapped; one->name != NULL; one++) {
        lua_getfield(L, -1, one->name);
        lua_pushcclosure(L, one->func, 1);
        lua_setfield(L, -2, one->name);
    }
    luaL_setfuncs(L, replaced, 0);
}
