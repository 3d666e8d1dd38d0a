/* engine.image: pictures, from the folders a layout may read. A file is decoded once however often
 * it is asked for. */
#include <string.h>

#include "base/mem.h"
#include "pdf/qr.h"
#include "script/script_private.h"

#define IMAGES_KEY "briefpress.images"

typedef struct {
    bp_image *image; /* NULL: it failed to load. */
} image_box;

bp_image *bp_check_image(lua_State *L, int index)
{
    image_box *box = bp_box_check(L, index, BP_TYPE_IMAGE);
    luaL_argcheck(L, box->image != NULL, index, "an Image that was never loaded");
    return box->image;
}

static bool image_property(lua_State *L, void *raw, const char *name)
{
    const bp_image *image = ((image_box *)raw)->image;
    if (strcmp(name, "width") == 0)
        bp_push_number(L, image ? bp_image_width_pixels(image) : 0);
    else if (strcmp(name, "height") == 0)
        bp_push_number(L, image ? bp_image_height_pixels(image) : 0);
    else if (strcmp(name, "dpi") == 0)
        bp_push_number(L, image ? bp_image_dpi(image) : 0);
    else if (strcmp(name, "title") == 0)
        lua_pushstring(L, image ? bp_image_title(image) : "");
    else if (strcmp(name, "is_drawing") == 0)
        lua_pushboolean(L, image != NULL && bp_image_is_drawing(image));
    else
        return false;
    return true;
}

static int image_free(lua_State *L)
{
    image_box *box = bp_box_check(L, 1, BP_TYPE_IMAGE);
    bp_image_drop(box->image);
    box->image = NULL;
    return 0;
}

static int image_load(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    size_t length = 0;
    const char *file = luaL_checklstring(L, 1, &length);
    luaL_argcheck(L, length > 0 && strlen(file) == length, 1, "not a file name");
    lua_settop(L, 1);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, IMAGES_KEY); /* 2 */
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 2) != LUA_TNIL)
        return 1;
    image_box *box = bp_box_new(L, BP_TYPE_IMAGE, sizeof *box);
    bp_error *err = bp_host_error(host);
    bp_buf bytes = {0};
    if (bp_read_asset(host, file, BP_ROLE_IMAGE, BP_IMAGE_FILE_MOST, &bytes, err))
        box->image = bp_image_parse(file, (const unsigned char *)bytes.bytes, bytes.length, err);
    bp_buf_clear(&bytes);
    if (box->image == NULL)
        return bp_raise(L, err);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, 2);
    return 1;
}

/* The modules of a side, and the path of all that are dark. */
static int image_qr(lua_State *L)
{
    static const char *const levels[] = {"L", "M", "Q", "H", NULL};
    bp_host *host = bp_host_of(L);
    size_t length = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *level = levels[luaL_checkoption(L, 2, "M", levels)];
    luaL_argcheck(L, strlen(text) == length, 1, "a text with a NUL in it");
    host->verbs.length = host->numbers.length = 0;
    int size = 0;
    bp_error *err = bp_host_error(host);
    if (!bp_qr_outline(text, *level, &host->verbs, &host->numbers, &size, err))
        return bp_raise(L, err);
    size_t count = host->verbs.length;
    const double *numbers = BP_BUF_ITEMS(&host->numbers, const double);
    lua_pushinteger(L, size);
    lua_createtable(L, (int)(count + BP_BUF_COUNT(&host->numbers, double)), 0);
    lua_Integer at = 0;
    for (size_t i = 0; i < count; i++) {
        char verb = host->verbs.bytes[i];
        lua_pushlstring(L, &verb, 1);
        lua_rawseti(L, -2, ++at);
        for (int k = 0; k < 2 && verb != 'Z'; k++) {
            lua_pushinteger(L, (lua_Integer)*numbers++);
            lua_rawseti(L, -2, ++at);
        }
    }
    return 2;
}

static const luaL_Reg no_methods[] = {{NULL, NULL}};
const bp_type_spec bp_image_type = {
    .name = "Image",
    .methods = no_methods,
    .properties = (const char *const[]){"width", "height", "dpi", "title", "is_drawing", NULL},
    .property = image_property,
    .free_box = image_free,
};

void bp_open_image(lua_State *L)
{
    static const luaL_Reg functions[] = {{"load", image_load}, {"qr", image_qr}, {NULL, NULL}};
    luaL_newlib(L, functions);
}
