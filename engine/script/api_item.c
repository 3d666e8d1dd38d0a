/* Structs of the data model as read-only objects, and lists of them. A kind says which fields an
 * object has and how each is pushed; the same struct is always the same object, so that layouts may
 * compare and use them as keys. Lists count from 1, know # and ipairs, and answer by id. */
#include <stdio.h>
#include <string.h>

#include "script/script_private.h"

#define ITEMS_KEY "briefpress.items"
#define NAMES_MOST 4096

typedef struct {
    const bp_kind *kind;
    const void *item;
} item_box;

typedef struct {
    const bp_kind *kind;
    size_t count;
    const void *items[];
} list_box;

static char list_tag; /* Its address is the key of the metatable in the registry. */

/* Objects */

static const char *article_of(const bp_kind *kind)
{
    return strcmp(kind->name, "data") == 0          ? "the"
           : strchr("aeiou", kind->name[0]) != NULL ? "an"
                                                    : "a";
}

static int raise_no_field(lua_State *L, const bp_kind *kind)
{
    const char *names[64];
    size_t count = 0;
    for (const bp_field *field = kind->fields; field->name != NULL; field++)
        names[count++] = field->name;
    for (const luaL_Reg *method = kind->methods; method != NULL && method->name != NULL; method++)
        names[count++] = method->name;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    const char *near = name ? bp_nearest(name, names, count) : NULL;
    const char *article = article_of(kind);
    if (near != NULL)
        return bp_raise_text(L, BP_ERR_SCRIPT, "%s %s has no \"%s\"; did you mean \"%s\"?", article,
                             kind->name, name, near);
    return bp_raise_text(L, BP_ERR_SCRIPT, "%s %s has no \"%s\"", article, kind->name,
                         name ? name : luaL_typename(L, 2));
}

/* Upvalues: what the names mean (a bp_field or a method), the kind. */
static int item_index(lua_State *L)
{
    const item_box *box = lua_touserdata(L, 1);
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    switch (lua_rawget(L, lua_upvalueindex(1))) {
    case LUA_TLIGHTUSERDATA: {
        const bp_field *field = lua_touserdata(L, -1);
        field->push(L, box->item);
        return 1;
    }
    case LUA_TFUNCTION:
        return 1;
    default:
        return raise_no_field(L, lua_touserdata(L, lua_upvalueindex(2)));
    }
}

static int refuse_change(lua_State *L)
{
    const bp_kind *kind = lua_touserdata(L, lua_upvalueindex(1));
    return bp_raise_text(L, BP_ERR_SCRIPT, "the data is read-only: %s %s cannot be changed",
                         article_of(kind), kind->name);
}

static int item_text(lua_State *L)
{
    const item_box *box = lua_touserdata(L, 1);
    if (box->kind->id != NULL)
        lua_pushfstring(L, "%s \"%s\"", box->kind->name, box->kind->id(box->item));
    else
        lua_pushstring(L, box->kind->name);
    return 1;
}

/* Iterates over the fields in the order they are described. Upvalues: how many were taken, the
 * object (a script may call this with anything). */
static int next_field(lua_State *L)
{
    const item_box *box = lua_touserdata(L, lua_upvalueindex(2));
    const bp_field *field = &box->kind->fields[lua_tointeger(L, lua_upvalueindex(1))];
    while (field->name != NULL) {
        lua_pushinteger(L, field - box->kind->fields + 1);
        lua_replace(L, lua_upvalueindex(1));
        lua_settop(L, 0);
        lua_pushstring(L, field->name);
        field->push(L, box->item);
        if (!lua_isnil(L, -1))
            return 2;
        field++;
    }
    return 0;
}

static int item_pairs(lua_State *L)
{
    lua_pushinteger(L, 0);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, next_field, 2);
    lua_pushvalue(L, 1);
    return 2;
}

/* Pushes the metatable of a kind's objects, made at its first use. */
static void push_item_metatable(lua_State *L, const bp_kind *kind)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, kind) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 6);
    lua_newtable(L);
    for (const bp_field *field = kind->fields; field->name != NULL; field++) {
        lua_pushlightuserdata(L, (void *)field);
        lua_setfield(L, -2, field->name);
    }
    if (kind->methods != NULL)
        luaL_setfuncs(L, kind->methods, 0);
    lua_pushlightuserdata(L, (void *)kind);
    lua_pushcclosure(L, item_index, 2);
    lua_setfield(L, -2, "__index");
    lua_pushlightuserdata(L, (void *)kind);
    lua_pushcclosure(L, refuse_change, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, item_text);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, item_pairs);
    lua_setfield(L, -2, "__pairs");
    lua_pushstring(L, kind->name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, kind);
}

void bp_item_push(lua_State *L, const bp_kind *kind, const void *item)
{
    luaL_checkstack(L, 8, NULL);
    if (item == NULL) {
        lua_pushnil(L);
        return;
    }
    luaL_getsubtable(L, LUA_REGISTRYINDEX, ITEMS_KEY);
    if (lua_rawgetp(L, -1, item) == LUA_TUSERDATA &&
        ((item_box *)lua_touserdata(L, -1))->kind == kind) {
        lua_remove(L, -2);
        return;
    }
    lua_pop(L, 1);
    item_box *box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = (item_box){kind, item};
    push_item_metatable(L, kind);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, -3, item);
    lua_remove(L, -2);
}

const void *bp_item_check(lua_State *L, int index, const bp_kind *kind)
{
    const item_box *box = lua_touserdata(L, index);
    if (box != NULL && lua_getmetatable(L, index)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, kind);
        bool is_right = lua_rawequal(L, -1, -2) && lua_istable(L, -1);
        lua_pop(L, 2);
        if (is_right)
            return box->item;
    }
    luaL_typeerror(L, index, kind->name);
    return NULL;
}

/* Lists */

static list_box *check_list(lua_State *L)
{
    list_box *list = lua_touserdata(L, 1);
    bool is_right = false;
    if (list != NULL && lua_getmetatable(L, 1)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &list_tag);
        is_right = lua_rawequal(L, -1, -2) && lua_istable(L, -1);
        lua_pop(L, 2);
    }
    luaL_argexpected(L, is_right, 1, "list of the data");
    return list;
}

static int list_has(lua_State *L)
{
    check_list(L);
    luaL_checkstring(L, 2);
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 2);
    lua_pushboolean(L, lua_rawget(L, -2) != LUA_TNIL);
    return 1;
}

static int raise_no_item(lua_State *L, const list_box *list)
{
    const char *id = lua_tostring(L, 2);
    size_t count = list->kind->id != NULL ? list->count < NAMES_MOST ? list->count : NAMES_MOST : 0;
    const char **names = lua_newuserdatauv(L, (count + 1) * sizeof *names, 0);
    for (size_t i = 0; i < count; i++)
        names[i] = list->kind->id(list->items[i]);
    const char *near = bp_nearest(id, names, count);
    if (near != NULL)
        return bp_raise_text(L, BP_ERR_SCRIPT, "no %s \"%s\"; did you mean \"%s\"?",
                             list->kind->name, id, near);
    if (count == 0)
        return bp_raise_text(L, BP_ERR_SCRIPT, "no %s \"%s\"; the data has none", list->kind->name,
                             id);
    char some[256] = "";
    size_t length = 0;
    for (size_t i = 0; i < count && i < 5 && length < sizeof some; i++)
        length += (size_t)snprintf(some + length, sizeof some - length, "%s\"%.40s\"",
                                   i > 0 ? ", " : "", names[i]);
    return bp_raise_text(L, BP_ERR_SCRIPT, "no %s \"%s\"; there are %s%s", list->kind->name, id,
                         some, count > 5 ? " ..." : "");
}

static int list_index(lua_State *L)
{
    const list_box *list = lua_touserdata(L, 1);
    if (lua_type(L, 2) == LUA_TNUMBER) {
        int is_whole = 0;
        lua_Integer i = lua_tointegerx(L, 2, &is_whole);
        if (!is_whole || i < 1 || (lua_Unsigned)i > list->count)
            lua_pushnil(L);
        else
            bp_item_push(L, list->kind, list->items[i - 1]);
        return 1;
    }
    if (lua_type(L, 2) != LUA_TSTRING)
        return bp_raise_text(L, BP_ERR_SCRIPT,
                             "a list of the data is read by number or id, not by a %s",
                             luaL_typename(L, 2));
    if (strcmp(lua_tostring(L, 2), "has") == 0) {
        lua_pushcfunction(L, list_has);
        return 1;
    }
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) != LUA_TNUMBER)
        return raise_no_item(L, list);
    bp_item_push(L, list->kind, list->items[lua_tointeger(L, -1) - 1]);
    return 1;
}

static int list_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)((const list_box *)lua_touserdata(L, 1))->count);
    return 1;
}

static int list_text(lua_State *L)
{
    const list_box *list = lua_touserdata(L, 1);
    lua_pushfstring(L, "list of %d (%s)", (int)list->count, list->kind->name);
    return 1;
}

/* Iterates as id and item, or number and item where they have no id. Upvalue: how many were taken.
 */
static int next_item(lua_State *L)
{
    const list_box *list = check_list(L);
    size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(1));
    if (at >= list->count)
        return 0;
    lua_pushinteger(L, (lua_Integer)at + 1);
    lua_replace(L, lua_upvalueindex(1));
    if (list->kind->id != NULL)
        lua_pushstring(L, list->kind->id(list->items[at]));
    else
        lua_pushinteger(L, (lua_Integer)at + 1);
    bp_item_push(L, list->kind, list->items[at]);
    return 2;
}

static int list_pairs(lua_State *L)
{
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_item, 1);
    lua_pushvalue(L, 1);
    return 2;
}

static int refuse_list_change(lua_State *L)
{
    return bp_raise_text(L, BP_ERR_SCRIPT, "the data is read-only: its lists cannot be changed");
}

static void push_list_metatable(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"__index", list_index}, {"__newindex", refuse_list_change}, {"__len", list_length},
        {"__pairs", list_pairs}, {"__tostring", list_text},          {NULL, NULL}};
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &list_tag) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    lua_pushliteral(L, "list");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &list_tag);
}

const void **bp_list_new(lua_State *L, const bp_kind *kind, size_t count)
{
    list_box *list = lua_newuserdatauv(L, sizeof *list + count * sizeof list->items[0], 1);
    memset(list, 0, sizeof *list + count * sizeof list->items[0]);
    list->kind = kind;
    list->count = count;
    return list->items;
}

void bp_list_close(lua_State *L)
{
    const list_box *list = lua_touserdata(L, -1);
    lua_createtable(L, 0, list->kind->id != NULL ? (int)list->count : 0);
    for (size_t i = 0; list->kind->id != NULL && i < list->count; i++) {
        lua_pushinteger(L, (lua_Integer)i + 1);
        lua_setfield(L, -2, list->kind->id(list->items[i]));
    }
    lua_setiuservalue(L, -2, 1);
    push_list_metatable(L);
    lua_setmetatable(L, -2);
}
