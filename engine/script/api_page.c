/* The canvas of one page. Pages belong to the document, which outlives the Lua state; a box only
 * points at one. Text is the hot path: it reads its arguments and calls, and allocates nothing. */
#include <string.h>

#include "script/script_private.h"

typedef struct {
    bp_page *page;
} page_box;

void bp_push_page(lua_State *L, bp_page *page)
{
    page_box *box = bp_box_new(L, BP_TYPE_PAGE, sizeof *box);
    box->page = page;
}

bp_page *bp_check_page(lua_State *L, int index)
{
    return ((page_box *)bp_box_check(L, index, BP_TYPE_PAGE))->page;
}

static bool page_property(lua_State *L, void *raw, const char *name)
{
    const bp_page *page = ((page_box *)raw)->page;
    if (strcmp(name, "width") == 0)
        bp_push_number(L, bp_page_width(page));
    else if (strcmp(name, "height") == 0)
        bp_push_number(L, bp_page_height(page));
    else if (strcmp(name, "number") == 0)
        lua_pushinteger(L, (lua_Integer)bp_page_index(page) + 1);
    else
        return false;
    return true;
}

/* Ends a call into the pdf room. */
static int done(lua_State *L, bool ok, const bp_error *err)
{
    return ok ? 0 : bp_raise(L, err);
}

static bp_error *error_of(lua_State *L)
{
    return bp_host_error(bp_host_of(L));
}

/* State, text, structure */

static int page_save(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    bp_error *err = error_of(L);
    return done(L, bp_page_save(page, err), err);
}

static int page_restore(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    bp_error *err = error_of(L);
    return done(L, bp_page_restore(page, err), err);
}

static int page_transform(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    double m[6];
    for (int i = 0; i < 6; i++)
        m[i] = luaL_checknumber(L, i + 2);
    bp_error *err = error_of(L);
    return done(L, bp_page_transform(page, m[0], m[1], m[2], m[3], m[4], m[5], err), err);
}

static int page_opacity(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    double opacity = luaL_checknumber(L, 2);
    bp_error *err = error_of(L);
    return done(L, bp_page_opacity(page, opacity, err), err);
}

static int page_blend(lua_State *L)
{
    static const char *const modes[] = {"normal", "multiply", "screen", "overlay",
                                        "darken", "lighten",  NULL};
    bp_page *page = bp_check_page(L, 1);
    int mode = luaL_checkoption(L, 2, NULL, modes);
    bp_error *err = error_of(L);
    return done(L, bp_page_blend(page, (bp_blend)mode, err), err);
}

static bool draw_text(bp_host *host, bp_page *page, const bp_style *style, const char *text,
                      size_t length, const double at[2], double align, double *advance,
                      bp_error *err)
{
    host->is_drawing = true;
    bool ok =
        bp_page_text(page, host->shaper, style, text, length, at[0], at[1], align, advance, err);
    host->is_drawing = false;
    return ok;
}

static int page_text(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    const bp_style *style = bp_check_style(L, 2);
    double x = luaL_checknumber(L, 3), y = luaL_checknumber(L, 4);
    size_t length = 0;
    const char *text = luaL_checklstring(L, 5, &length);
    double align = 0, advance = 0;
    if (!lua_isnoneornil(L, 6)) {
        const char *name = luaL_checkstring(L, 6);
        align = strcmp(name, "left") == 0     ? 0
                : strcmp(name, "center") == 0 ? 0.5
                : strcmp(name, "right") == 0  ? 1
                                              : -1;
        if (align < 0)
            return luaL_argerror(L, 6, "expected \"left\", \"center\" or \"right\"");
    }
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    const double at[2] = {x, y};
    if (!draw_text(host, page, style, text, length, at, align, &advance, err))
        return bp_raise(L, err);
    lua_pushnumber(L, advance);
    return 1;
}

static int page_paragraph(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    const bp_paragraph *paragraph = bp_check_lines(L, 2);
    double x = luaL_checknumber(L, 3), y = luaL_checknumber(L, 4);
    lua_Integer count = (lua_Integer)bp_paragraph_line_count(paragraph);
    lua_Integer first = luaL_optinteger(L, 5, 1), last = luaL_optinteger(L, 6, count);
    if (first < 1 || last > count || first > last + 1)
        return bp_raise_text(L, BP_ERR_SCRIPT,
                             "the paragraph has %d lines, there are no lines %d to %d", (int)count,
                             (int)first, (int)last);
    if (first > last)
        return 0;
    bp_error *err = error_of(L);
    size_t lines = (size_t)(last - first + 1);
    return done(L, bp_page_paragraph(page, paragraph, (size_t)first - 1, lines, x, y, err), err);
}

static int page_image(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    bp_image *image = bp_check_image(L, 2);
    double x = luaL_checknumber(L, 3), y = luaL_checknumber(L, 4);
    double width = luaL_checknumber(L, 5), height = luaL_checknumber(L, 6);
    static const bp_option known[] = {
        {"ink", BP_OPTION_COLOR, offsetof(bp_image_look, ink), NULL},
        {"style", BP_OPTION_ANY, 0, NULL},
    };
    bp_host *host = bp_host_of(L);
    bp_image_look look = {.shaper = host->shaper};
    if (!lua_isnoneornil(L, 7)) {
        unsigned given = bp_options_read(L, 7, "image", known, 2, &look);
        look.has_ink = (given & 1u) != 0;
        if (bp_option_push(L, 7, "style") != LUA_TNIL)
            look.style = bp_check_style(L, -1);
    }
    bp_error *err = bp_host_error(host);
    host->is_drawing = true; /* A drawing may have text. */
    bool ok = bp_page_drawing(page, image, x, y, width, height, &look, err);
    host->is_drawing = false;
    return done(L, ok, err);
}

static int page_link(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    double x = luaL_checknumber(L, 2), y = luaL_checknumber(L, 3);
    double width = luaL_checknumber(L, 4), height = luaL_checknumber(L, 5);
    const char *target = luaL_checkstring(L, 6);
    const char *title = luaL_optstring(L, 7, NULL);
    bp_error *err = error_of(L);
    return done(L, bp_page_link(page, x, y, width, height, target, title, err), err);
}

/* The ids of the option "headers" with blanks between, which the stack then holds. */
static const char *push_headers(lua_State *L, int index)
{
    if (bp_option_push(L, index, "headers") != LUA_TTABLE)
        bp_raise_text(L, BP_ERR_SCRIPT, "begin_tag: option \"headers\" must be a list of ids");
    int list = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, list);
    luaL_Buffer ids;
    luaL_buffinit(L, &ids);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, list, i) != LUA_TSTRING)
            bp_raise_text(L, BP_ERR_SCRIPT, "begin_tag: option \"headers\" must be a list of ids");
        luaL_addvalue(&ids);
        if (i < count)
            luaL_addchar(&ids, ' ');
    }
    luaL_pushresult(&ids);
    return lua_tostring(L, -1);
}

static void read_box(lua_State *L, int index, double box[4])
{
    bool ok = bp_option_push(L, index, "box") == LUA_TTABLE;
    for (int i = 0; ok && i < 4; i++) {
        int is_number = 0;
        lua_rawgeti(L, -1, i + 1);
        box[i] = lua_tonumberx(L, -1, &is_number);
        lua_pop(L, 1);
        ok = is_number != 0;
    }
    if (!ok)
        bp_raise_text(L, BP_ERR_SCRIPT,
                      "begin_tag: option \"box\" must be a list of x, y, width, height");
    lua_pop(L, 1);
}

/* Reads the options at `index`, if there are any. `box` is room for theirs. */
static void read_tag(lua_State *L, int index, const char *call, bp_tag_options *options,
                     double box[4])
{
    static const bp_option known[] = {
        {"box", BP_OPTION_ANY, 0, NULL},
        {"headers", BP_OPTION_ANY, 0, NULL},
        {"alt", BP_OPTION_TEXT, offsetof(bp_tag_options, alt), NULL},
        {"actual_text", BP_OPTION_TEXT, offsetof(bp_tag_options, actual_text), NULL},
        {"expansion", BP_OPTION_TEXT, offsetof(bp_tag_options, expansion), NULL},
        {"language", BP_OPTION_TEXT, offsetof(bp_tag_options, language), NULL},
        {"title", BP_OPTION_TEXT, offsetof(bp_tag_options, title), NULL},
        {"scope", BP_OPTION_TEXT, offsetof(bp_tag_options, scope), NULL},
        {"numbering", BP_OPTION_TEXT, offsetof(bp_tag_options, numbering), NULL},
        {"column_span", BP_OPTION_INTEGER, offsetof(bp_tag_options, column_span), NULL},
        {"row_span", BP_OPTION_INTEGER, offsetof(bp_tag_options, row_span), NULL},
        {"id", BP_OPTION_TEXT, offsetof(bp_tag_options, id), NULL},
    };
    if (lua_isnoneornil(L, index))
        return;
    unsigned given =
        bp_options_read(L, index, call, known, sizeof known / sizeof known[0], options);
    if (given & 1u) {
        read_box(L, index, box);
        options->box = box;
    }
    if (given & 2u)
        options->headers = push_headers(L, index);
}

static int page_begin_tag(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    const char *tag = luaL_checkstring(L, 2);
    bp_tag_options options = {0};
    double box[4];
    read_tag(L, 3, "begin_tag", &options, box);
    bp_error *err = error_of(L);
    return done(L, bp_page_begin_tag(page, tag, &options, err), err);
}

static int page_reserve_tag(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    const char *id = luaL_checkstring(L, 2);
    bp_error *err = error_of(L);
    return done(L, bp_page_reserve_tag(page, id, err), err);
}

/* page:begin_section(level, type, options) */
static int page_begin_section(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    lua_Integer level = luaL_checkinteger(L, 2);
    const char *type = luaL_optstring(L, 3, "Sect");
    bp_tag_options options = {0};
    double box[4];
    read_tag(L, 4, "begin_section", &options, box);
    luaL_argcheck(L, level >= 1 && level <= 32, 2, "a level from 1 to 32");
    bp_error *err = error_of(L);
    return done(L, bp_page_begin_section(page, type, (int)level, &options, err), err);
}

static int page_end_tag(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    bp_error *err = error_of(L);
    return done(L, bp_page_end_tag(page, err), err);
}

static int page_begin_artifact(lua_State *L)
{
    static const char *const types[] = {"Header",     "Footer", "Background", "Layout",
                                        "Pagination", "Page",   "Watermark",  NULL};
    bp_page *page = bp_check_page(L, 1);
    int type = luaL_checkoption(L, 2, "Layout", types);
    bp_error *err = error_of(L);
    return done(L, bp_page_begin_artifact(page, types[type], err), err);
}

static int page_end_artifact(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    bp_error *err = error_of(L);
    return done(L, bp_page_end_artifact(page, err), err);
}

/* painted, loose = page:painted() */
static int page_painted(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    size_t loose = 0;
    lua_pushinteger(L, (lua_Integer)bp_page_painted(page, &loose));
    lua_pushinteger(L, (lua_Integer)loose);
    return 2;
}

static int page_trim(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    double bleed = luaL_checknumber(L, 2), slug = luaL_optnumber(L, 3, bleed);
    bp_error *err = error_of(L);
    return done(L, bp_page_trim(page, bleed, slug, err), err);
}

static int page_finish(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    bp_error *err = error_of(L);
    return done(L, bp_page_finish(page, err), err);
}

/* A row of a table in one call: a register of any length has little else. One of its cells
 * may be the header of the row; that cell, or else the first, may name headers of its own. */
static int page_row(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    for (int i = 2; i <= 5; i++)
        luaL_checktype(L, i, LUA_TTABLE);
    lua_Integer first = luaL_checkinteger(L, 6);
    double x = luaL_checknumber(L, 7), y = luaL_checknumber(L, 8);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 3);
    lua_Integer header = luaL_optinteger(L, 9, 0);
    const char *headers = luaL_optstring(L, 10, NULL);
    lua_Integer naming = header > 0 ? header : 1;
    luaL_argcheck(L, first >= 1 && first <= LUA_MAXINTEGER - count, 6, "out of range");
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    const bp_tag_options plain = {0}, scoped = {.scope = "Row"};
    const bp_tag_options named = {.scope = header > 0 ? "Row" : NULL, .headers = headers};
    enum { ARGUMENTS = 10 };
    lua_settop(L, ARGUMENTS);
    bool ok = bp_page_begin_tag(page, "TR", &plain, err);
    for (lua_Integer i = 1; ok && i <= count; i++) {
        lua_rawgeti(L, 2, i);
        lua_rawgeti(L, 3, i);
        lua_rawgeti(L, 4, i);
        lua_rawgeti(L, 5, first + i - 1);
        size_t length = 0;
        const char *text = luaL_checklstring(L, -1, &length);
        const bp_style *style = length > 0 ? bp_check_style(L, -4) : NULL;
        const double at[2] = {x + lua_tonumber(L, -3), y};
        const bp_tag_options *options = headers != NULL && i == naming ? &named
                                        : i == header                  ? &scoped
                                                                       : &plain;
        ok = bp_page_begin_tag(page, i == header ? "TH" : "TD", options, err) &&
             (length == 0 ||
              draw_text(host, page, style, text, length, at, lua_tonumber(L, -2), NULL, err)) &&
             bp_page_end_tag(page, err);
        lua_settop(L, ARGUMENTS);
    }
    return done(L, ok && bp_page_end_tag(page, err), err);
}

static const luaL_Reg page_methods[] = {{"path", bp_draw_path},
                                        {"rect", bp_draw_rect},
                                        {"line", bp_draw_line},
                                        {"circle", bp_draw_circle},
                                        {"dots", bp_draw_dots},
                                        {"sector", bp_draw_sector},
                                        {"shadow", bp_draw_shadow},
                                        {"save", page_save},
                                        {"restore", page_restore},
                                        {"clip", bp_draw_clip},
                                        {"transform", page_transform},
                                        {"opacity", page_opacity},
                                        {"blend", page_blend},
                                        {"text", page_text},
                                        {"row", page_row},
                                        {"paragraph", page_paragraph},
                                        {"image", page_image},
                                        {"link", page_link},
                                        {"begin_tag", page_begin_tag},
                                        {"end_tag", page_end_tag},
                                        {"reserve_tag", page_reserve_tag},
                                        {"begin_section", page_begin_section},
                                        {"begin_artifact", page_begin_artifact},
                                        {"end_artifact", page_end_artifact},
                                        {"finish", page_finish},
                                        {"painted", page_painted},
                                        {"trim", page_trim},
                                        {NULL, NULL}};
const bp_type_spec bp_page_type = {
    .name = "Page",
    .methods = page_methods,
    .properties = (const char *const[]){"width", "height", "number", NULL},
    .property = page_property,
};
