/* Boxes: the userdata by which Lua holds things of the other rooms. Each type is a list of methods
 * and of properties; its metatable is hidden from scripts and known by address, so that checking an
 * argument costs no look-up by name. */
#include <string.h>

#include "script/script_private.h"

const bp_type_spec *const bp_types[BP_TYPE_COUNT] = {
    [BP_TYPE_STYLE] = &bp_style_type, [BP_TYPE_PARAGRAPH] = &bp_paragraph_type,
    [BP_TYPE_IMAGE] = &bp_image_type, [BP_TYPE_DOCUMENT] = &bp_document_type,
    [BP_TYPE_PAGE] = &bp_page_type,
};

/* Upvalues: the methods, the type's spec. */
static int read_member(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const bp_type_spec *spec = lua_touserdata(L, lua_upvalueindex(2));
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    void *box = lua_touserdata(L, 1);
    if (name != NULL && box != NULL && spec->property != NULL && spec->property(L, box, name))
        return 1;
    const char *names[64];
    size_t count = 0;
    for (const luaL_Reg *method = spec->methods; method->name != NULL; method++)
        names[count++] = method->name;
    for (const char *const *property = spec->properties; property != NULL && *property != NULL;
         property++)
        names[count++] = *property;
    const char *near = name ? bp_nearest(name, names, count) : NULL;
    for (size_t i = 0; i < count && name != NULL && near == NULL; i++)
        if (strlen(names[i]) >= 4 && strncmp(name, names[i], strlen(names[i])) == 0)
            near = names[i]; /* "rectangle" is rect. */
    if (near != NULL)
        return bp_raise_text(L, BP_ERR_SCRIPT, "a %s has no \"%s\"; did you mean \"%s\"?",
                             spec->name, name, near);
    return bp_raise_text(L, BP_ERR_SCRIPT, "a %s has no \"%s\"", spec->name,
                         name ? name : luaL_typename(L, 2));
}

static int refuse_member(lua_State *L)
{
    return bp_raise_text(L, BP_ERR_SCRIPT, "a %s is read-only",
                         lua_tostring(L, lua_upvalueindex(1)));
}

void bp_open_types(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    for (int i = 0; i < BP_TYPE_COUNT; i++) {
        const bp_type_spec *spec = bp_types[i];
        lua_createtable(L, 0, 6);
        lua_newtable(L);
        luaL_setfuncs(L, spec->methods, 0);
        lua_pushlightuserdata(L, (void *)spec);
        lua_pushcclosure(L, read_member, 2);
        lua_setfield(L, -2, "__index");
        lua_pushstring(L, spec->name);
        lua_pushcclosure(L, refuse_member, 1);
        lua_setfield(L, -2, "__newindex");
        lua_pushstring(L, spec->name);
        lua_setfield(L, -2, "__name");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        if (spec->free_box != NULL) {
            lua_pushcfunction(L, spec->free_box);
            lua_setfield(L, -2, "__gc");
        }
        host->metatables[i] = lua_topointer(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, spec);
    }
}

void *bp_box_new(lua_State *L, bp_type type, size_t size)
{
    void *box = lua_newuserdatauv(L, size, 1);
    memset(box, 0, size);
    lua_rawgetp(L, LUA_REGISTRYINDEX, bp_types[type]);
    lua_setmetatable(L, -2);
    return box;
}

void *bp_box_check(lua_State *L, int index, bp_type type)
{
    void *box = lua_touserdata(L, index);
    if (box != NULL && lua_getmetatable(L, index)) {
        bool is_right = lua_topointer(L, -1) == bp_host_of(L)->metatables[type];
        lua_pop(L, 1);
        if (is_right)
            return box;
    }
    luaL_typeerror(L, index, bp_types[type]->name);
    return NULL;
}
