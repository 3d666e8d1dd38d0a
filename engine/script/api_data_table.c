/* Tables of the data: rows stay in C and are looked at one at a time, so that a register of any
 * length costs Lua nothing. A row is one object that the loop moves on. */
#include <string.h>

#include "script/script_private.h"

typedef struct {
    const bp_table *table;
    size_t row; /* From 0. */
} row_box;

static char row_tag; /* Its address is the key of the rows' metatable in the registry. */

/* Pushes a cell; nil where it is empty. */
static void push_cell(lua_State *L, const bp_table *table, size_t row, size_t column)
{
    const char *text = NULL;
    double number = 0;
    if (!bp_table_cell(table, row, column, bp_host_of(L)->language, &text, &number)) {
        lua_pushnil(L);
        return;
    }
    switch (bp_table_column(table, column)->type) {
    case BP_COLUMN_NUMBER:
        bp_push_number(L, number);
        return;
    case BP_COLUMN_BOOLEAN:
        lua_pushboolean(L, number != 0);
        return;
    case BP_COLUMN_TEXT:
    case BP_COLUMN_DATE:
        lua_pushstring(L, text ? text : "");
        return;
    }
    lua_pushnil(L);
}

static int raise_no_column(lua_State *L, const bp_table *table, int index)
{
    if (lua_type(L, index) != LUA_TSTRING)
        return bp_raise_text(L, BP_ERR_SCRIPT, "table \"%s\" has %d columns, there is no column %s",
                             bp_table_id(table), (int)bp_table_column_count(table),
                             luaL_tolstring(L, index, NULL));
    const char *names[64];
    size_t count = bp_table_column_count(table) < 64 ? bp_table_column_count(table) : 64;
    for (size_t i = 0; i < count; i++)
        names[i] = bp_table_column(table, i)->id;
    const char *name = lua_tostring(L, index), *near = bp_nearest(name, names, count);
    if (near != NULL)
        return bp_raise_text(L, BP_ERR_SCRIPT,
                             "table \"%s\" has no column \"%s\"; did you mean \"%s\"?",
                             bp_table_id(table), name, near);
    return bp_raise_text(L, BP_ERR_SCRIPT, "table \"%s\" has no column \"%s\"", bp_table_id(table),
                         name);
}

/* The column that the value at `index` names or counts. */
static size_t check_column(lua_State *L, const bp_table *table, int index)
{
    size_t count = bp_table_column_count(table);
    if (lua_type(L, index) == LUA_TNUMBER) {
        int is_whole = 0;
        lua_Integer i = lua_tointegerx(L, index, &is_whole);
        if (is_whole && i >= 1 && (lua_Unsigned)i <= count)
            return (size_t)i - 1;
    } else if (lua_type(L, index) == LUA_TSTRING) {
        const char *name = lua_tostring(L, index);
        for (size_t i = 0; i < count; i++) /* Tables have few columns: faster than a look-up. */
            if (strcmp(bp_table_column(table, i)->id, name) == 0)
                return i;
    } else {
        luaL_typeerror(L, index, "number or text");
    }
    raise_no_column(L, table, index);
    return 0;
}

static int table_count(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)bp_table_row_count(bp_item_check(L, 1, &bp_table_kind)));
    return 1;
}

static int table_cell(lua_State *L)
{
    const bp_table *table = bp_item_check(L, 1, &bp_table_kind);
    lua_Integer row = luaL_checkinteger(L, 2);
    size_t rows = bp_table_row_count(table);
    if (row < 1 || (lua_Unsigned)row > rows)
        return bp_raise_text(L, BP_ERR_SCRIPT, "table \"%s\" has %d rows, there is no row %d",
                             bp_table_id(table), (int)rows, (int)row);
    push_cell(L, table, (size_t)row - 1, check_column(L, table, 3));
    return 1;
}

/* Rows */

static int row_index(lua_State *L)
{
    const row_box *row = lua_touserdata(L, 1);
    push_cell(L, row->table, row->row, check_column(L, row->table, 2));
    return 1;
}

static int row_refuse(lua_State *L)
{
    return bp_raise_text(L, BP_ERR_SCRIPT, "the data is read-only: a row cannot be changed");
}

static int row_length(lua_State *L)
{
    lua_pushinteger(
        L, (lua_Integer)bp_table_column_count(((const row_box *)lua_touserdata(L, 1))->table));
    return 1;
}

static int row_text(lua_State *L)
{
    const row_box *row = lua_touserdata(L, 1);
    lua_pushfstring(L, "row %d of \"%s\"", (int)row->row + 1, bp_table_id(row->table));
    return 1;
}

/* Upvalues: the row object, how many were taken, the table (held for its name). */
static int next_row(lua_State *L)
{
    row_box *row = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
    if ((size_t)at >= bp_table_row_count(row->table))
        return 0;
    row->row = (size_t)at;
    lua_pushinteger(L, at + 1);
    lua_pushvalue(L, -1);
    lua_replace(L, lua_upvalueindex(2));
    lua_pushvalue(L, lua_upvalueindex(1));
    return 2;
}

static int table_rows(lua_State *L)
{
    static const luaL_Reg functions[] = {{"__index", row_index},
                                         {"__newindex", row_refuse},
                                         {"__len", row_length},
                                         {"__tostring", row_text},
                                         {NULL, NULL}};
    const bp_table *table = bp_item_check(L, 1, &bp_table_kind);
    row_box *row = lua_newuserdatauv(L, sizeof *row, 0);
    *row = (row_box){table, 0};
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &row_tag) == LUA_TNIL) {
        lua_pop(L, 1);
        luaL_newlib(L, functions);
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &row_tag);
    }
    lua_setmetatable(L, -2);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_row, 2);
    return 1;
}

/* Kinds */

static void column_id(lua_State *L, const void *column)
{
    lua_pushstring(L, ((const bp_column *)column)->id);
}

static void column_type(lua_State *L, const void *column)
{
    static const char *const names[] = {[BP_COLUMN_TEXT] = "text",
                                        [BP_COLUMN_NUMBER] = "number",
                                        [BP_COLUMN_DATE] = "date",
                                        [BP_COLUMN_BOOLEAN] = "boolean"};
    lua_pushstring(L, names[((const bp_column *)column)->type]);
}

static void column_title(lua_State *L, const void *column)
{
    bp_push_text(L, ((const bp_column *)column)->title);
}

static void column_unit(lua_State *L, const void *column)
{
    bp_push_text(L, ((const bp_column *)column)->unit);
}

static const char *id_of_column(const void *column)
{
    return ((const bp_column *)column)->id;
}

const bp_kind bp_column_kind = {
    .name = "column",
    .id = id_of_column,
    .fields = (const bp_field[]){{"id", column_id},
                                 {"type", column_type},
                                 {"title", column_title},
                                 {"unit", column_unit},
                                 {NULL, NULL}},
};

static void push_id(lua_State *L, const void *table)
{
    lua_pushstring(L, bp_table_id(table));
}

static void push_title(lua_State *L, const void *table)
{
    bp_push_text(L, bp_table_title(table));
}

static void push_columns(lua_State *L, const void *table)
{
    size_t count = bp_table_column_count(table);
    const void **items = bp_list_new(L, &bp_column_kind, count);
    for (size_t i = 0; i < count; i++)
        items[i] = bp_table_column(table, i);
    bp_list_close(L);
}

static const char *id_of_table(const void *table)
{
    return bp_table_id(table);
}

static const luaL_Reg methods[] = {
    {"count", table_count}, {"cell", table_cell}, {"rows", table_rows}, {NULL, NULL}};
const bp_kind bp_table_kind = {
    .name = "table",
    .id = id_of_table,
    .methods = methods,
    .fields =
        (const bp_field[]){
            {"id", push_id}, {"title", push_title}, {"columns", push_columns}, {NULL, NULL}},
};
