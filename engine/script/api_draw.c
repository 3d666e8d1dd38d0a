/* Drawing on a page: what a shape is painted with, and paths. A path is gathered in scratch buffers
 * of the host, so that nothing is lost when reading its list raises an error in between. */
#include <math.h>
#include <string.h>

#include "script/script_private.h"

#define PATH_ITEMS_MOST 10000000
#define STOPS_MOST 64
#define DASHES_MOST 16

/* Ends a call into the pdf room. */
static int done(lua_State *L, bool ok, const bp_error *err)
{
    return ok ? 0 : bp_raise(L, err);
}

static bp_error *error_of(lua_State *L)
{
    return bp_host_error(bp_host_of(L));
}

/* Paint */

typedef struct {
    bp_paint paint;
    bp_gradient gradient;
    bp_stop stops[STOPS_MOST];
    double dash[DASHES_MOST];
    int cap, join;
    double radius;
} paint_options;

static void read_gradient(lua_State *L, paint_options *out)
{
    static const bp_option known[] = {{"x0", BP_OPTION_NUMBER, offsetof(bp_gradient, x0), NULL},
                                      {"y0", BP_OPTION_NUMBER, offsetof(bp_gradient, y0), NULL},
                                      {"x1", BP_OPTION_NUMBER, offsetof(bp_gradient, x1), NULL},
                                      {"y1", BP_OPTION_NUMBER, offsetof(bp_gradient, y1), NULL},
                                      {"r0", BP_OPTION_NUMBER, offsetof(bp_gradient, r0), NULL},
                                      {"r1", BP_OPTION_NUMBER, offsetof(bp_gradient, r1), NULL},
                                      {"stops", BP_OPTION_ANY, 0, NULL}};
    out->gradient = (bp_gradient){0};
    unsigned given = bp_options_read(L, -1, "gradient", known, 7, &out->gradient);
    out->gradient.is_radial = (given & 32u) != 0;
    bp_option_push(L, -1, "stops");
    size_t count = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
    if ((given & 48u) == 16u)
        bp_raise_text(L, BP_ERR_SCRIPT, "gradient: r0 is that of a radial one, which needs r1");
    if ((given & 15u) != 15u || count < 2 || count > STOPS_MOST)
        bp_raise_text(L, BP_ERR_SCRIPT, "gradient: needs x0, y0, x1, y1 and from 2 to %d stops",
                      STOPS_MOST);
    for (size_t i = 0; i < count; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TTABLE ||
            lua_rawgeti(L, -1, 1) != LUA_TNUMBER)
            bp_raise_text(
                L, BP_ERR_SCRIPT,
                "gradient: a stop is an offset from 0 to 1 and a colour, {0.5, \"#rrggbb\"}");
        lua_rawgeti(L, -2, 2);
        out->stops[i] = (bp_stop){lua_tonumber(L, -2), bp_check_color(L, -1, "gradient")};
        lua_pop(L, 3);
    }
    lua_pop(L, 1);
    out->gradient.stops = out->stops;
    out->gradient.stop_count = count;
    out->paint.gradient = &out->gradient;
    out->paint.has_fill = true;
}

/* Reads the paint at `index`. `out` must stay where it is while the paint is used. */
static void read_paint(lua_State *L, int index, const char *what, bool takes_radius,
                       paint_options *out)
{
    static const char *const caps[] = {"butt", "round", "square", NULL};
    static const char *const joins[] = {"miter", "round", "bevel", NULL};
    static const bp_option known[] = {
        {"fill", BP_OPTION_ANY, 0, NULL},
        {"stroke", BP_OPTION_COLOR, offsetof(paint_options, paint.stroke), NULL},
        {"line_width", BP_OPTION_NUMBER, offsetof(paint_options, paint.line_width), NULL},
        {"cap", BP_OPTION_CHOICE, offsetof(paint_options, cap), caps},
        {"join", BP_OPTION_CHOICE, offsetof(paint_options, join), joins},
        {"dash", BP_OPTION_ANY, 0, NULL},
        {"dash_phase", BP_OPTION_NUMBER, offsetof(paint_options, paint.dash_phase), NULL},
        {"even_odd", BP_OPTION_BOOLEAN, offsetof(paint_options, paint.even_odd), NULL},
        {"radius", BP_OPTION_NUMBER, offsetof(paint_options, radius), NULL},
    };
    out->paint = (bp_paint){0};
    out->cap = out->join = 0;
    out->radius = 0;
    unsigned given = bp_options_read(L, index, what, known, takes_radius ? 9 : 8, out);
    out->paint.has_stroke = (given & 2u) != 0;
    out->paint.cap = (bp_cap)out->cap;
    out->paint.join = (bp_join)out->join;
    if ((given & 4u) && !(out->paint.line_width > 0))
        bp_raise_text(L, BP_ERR_SCRIPT, "%s: option \"line_width\" must be above 0", what);
    if (given & 1u) {
        if (bp_option_push(L, index, "fill") == LUA_TTABLE) {
            read_gradient(L, out);
        } else {
            out->paint.fill = bp_check_color(L, -1, what);
            out->paint.has_fill = true;
        }
        lua_pop(L, 1);
    }
    if (given & 32u) {
        bp_option_push(L, index, "dash");
        size_t count = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
        if (count == 0 || count > DASHES_MOST)
            bp_raise_text(L, BP_ERR_SCRIPT,
                          "%s: option \"dash\": expected a list of up to %d lengths", what,
                          DASHES_MOST);
        for (size_t i = 0; i < count; i++) {
            if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TNUMBER)
                bp_raise_text(L, BP_ERR_SCRIPT, "%s: option \"dash\": expected a list of lengths",
                              what);
            out->dash[i] = lua_tonumber(L, -1);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
        out->paint.dash = out->dash;
        out->paint.dash_count = count;
    }
    if (!out->paint.has_fill && !out->paint.has_stroke)
        bp_raise_text(L, BP_ERR_SCRIPT, "%s: needs a fill or a stroke", what);
}

/* Paths */

static int point_count(char verb)
{
    switch (verb) {
    case 'M':
    case 'L':
        return 2;
    case 'C':
        return 6;
    case 'R':
        return 4;
    case 'Z':
        return 0;
    default:
        return -1;
    }
}

static void path_start(bp_host *host)
{
    host->verbs.length = host->numbers.length = 0;
}

static void add_verb(lua_State *L, char verb)
{
    if (!bp_buf_char(&bp_host_of(L)->verbs, verb))
        bp_raise_memory(L);
}

static void add_number(lua_State *L, double value)
{
    if (!bp_buf_add(&bp_host_of(L)->numbers, &value, sizeof value))
        bp_raise_memory(L);
}

static bp_path path_of(const bp_host *host)
{
    return (bp_path){.verbs = host->verbs.bytes,
                     .verb_count = host->verbs.length,
                     .numbers = BP_BUF_ITEMS(&host->numbers, const double),
                     .number_count = BP_BUF_COUNT(&host->numbers, double)};
}

/* Adds an arc of a circle, in degrees from 12 o'clock, clockwise; joined to where the path is, or
 * on its own. */
static void add_arc(lua_State *L, double x, double y, double radius, double from, double to,
                    bool is_joined)
{
    /* At most a quarter of a circle a curve. */
    double sweep = to - from;
    int parts = (int)ceil(fabs(sweep) / 90 - 1e-9);
    if (parts < 1)
        parts = 1;
    double step = sweep / parts * (M_PI / 180), angle = (from - 90) * (M_PI / 180);
    double reach = 4.0 / 3.0 * tan(step / 4) * radius;
    double px = x + radius * cos(angle), py = y + radius * sin(angle);
    add_verb(L, is_joined ? 'L' : 'M');
    add_number(L, px);
    add_number(L, py);
    for (int i = 1; i <= parts; i++) {
        double next = (from - 90) * (M_PI / 180) + step * i;
        double qx = x + radius * cos(next), qy = y + radius * sin(next);
        const double curve[6] = {px - reach * sin(angle),
                                 py + reach * cos(angle),
                                 qx + reach * sin(next),
                                 qy - reach * cos(next),
                                 qx,
                                 qy};
        add_verb(L, 'C');
        for (int n = 0; n < 6; n++)
            add_number(L, curve[n]);
        px = qx;
        py = qy;
        angle = next;
    }
}

/* Reads the flat list at `index` into the host's scratch. */
static bp_path read_path(lua_State *L, int index)
{
    bp_host *host = bp_host_of(L);
    luaL_checktype(L, index, LUA_TTABLE);
    size_t count = lua_rawlen(L, index);
    luaL_argcheck(L, count <= PATH_ITEMS_MOST, index, "the path is too long");
    path_start(host);
    int missing = 0;
    char verb = 0;
    for (size_t i = 1; i <= count; i++) {
        int type = lua_rawgeti(L, index, (lua_Integer)i);
        if (missing > 0) {
            if (type != LUA_TNUMBER)
                bp_raise_text(L, BP_ERR_SCRIPT,
                              "path: item %d: \"%c\" takes %d numbers, found a %s", (int)i, verb,
                              point_count(verb), lua_typename(L, type));
            add_number(L, lua_tonumber(L, -1));
            missing--;
        } else {
            const char *text = type == LUA_TSTRING ? lua_tostring(L, -1) : "";
            verb = text[0];
            missing = verb != '\0' && text[1] == '\0' ? point_count(verb) : -1;
            if (missing < 0)
                bp_raise_text(
                    L, BP_ERR_SCRIPT,
                    "path: item %d: expected \"M\", \"L\", \"C\", \"R\" or \"Z\", found %s", (int)i,
                    type == LUA_TSTRING ? text : lua_typename(L, type));
            add_verb(L, verb);
        }
        lua_pop(L, 1);
    }
    if (missing > 0)
        bp_raise_text(L, BP_ERR_SCRIPT, "path: its last \"%c\" takes %d numbers, %d are missing",
                      verb, point_count(verb), missing);
    return path_of(host);
}

int bp_draw_path(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    paint_options paint;
    read_paint(L, 3, "path", false, &paint);
    bp_path path = read_path(L, 2);
    bp_error *err = error_of(L);
    return done(L, bp_page_path(page, &path, &paint.paint, err), err);
}

int bp_draw_clip(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    bp_path path = read_path(L, 2);
    bp_error *err = error_of(L);
    return done(L, bp_page_clip(page, &path, lua_toboolean(L, 3) != 0, err), err);
}

int bp_draw_rect(lua_State *L)
{
    static const double bend = 0.5522847498307936; /* Of a cubic curve for a quarter of a circle. */
    bp_page *page = bp_check_page(L, 1);
    double x = luaL_checknumber(L, 2), y = luaL_checknumber(L, 3);
    double width = luaL_checknumber(L, 4), height = luaL_checknumber(L, 5);
    paint_options paint;
    read_paint(L, 6, "rect", true, &paint);
    bp_error *err = error_of(L);
    double r = paint.radius, most = (width < height ? width : height) / 2;
    if (r < 0)
        return bp_raise_text(L, BP_ERR_SCRIPT, "rect: option \"radius\" must not be negative");
    if (r > most)
        r = most;
    double numbers[36] = {x, y, width, height};
    bp_path path = {.verbs = "R", .verb_count = 1, .numbers = numbers, .number_count = 4};
    if (r > 0) {
        double right = x + width, bottom = y + height, b = r * (1 - bend);
        const double round[] = {
            x + r, y,      right - r,  y,      right - b,  y,          right,  y + b,      right,
            y + r, right,  bottom - r, right,  bottom - b, right - b,  bottom, right - r,  bottom,
            x + r, bottom, x + b,      bottom, x,          bottom - b, x,      bottom - r, x,
            y + r, x,      y + b,      x + b,  y,          x + r,      y};
        memcpy(numbers, round, sizeof round);
        path = (bp_path){.verbs = "MLCLCLCLCZ",
                         .verb_count = 10,
                         .numbers = numbers,
                         .number_count = sizeof round / sizeof round[0]};
    }
    return done(L, bp_page_path(page, &path, &paint.paint, err), err);
}

int bp_draw_line(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    const double numbers[4] = {luaL_checknumber(L, 2), luaL_checknumber(L, 3),
                               luaL_checknumber(L, 4), luaL_checknumber(L, 5)};
    paint_options paint;
    read_paint(L, 6, "line", false, &paint);
    bp_path path = {.verbs = "ML", .verb_count = 2, .numbers = numbers, .number_count = 4};
    bp_error *err = error_of(L);
    return done(L, bp_page_path(page, &path, &paint.paint, err), err);
}

int bp_draw_circle(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    double x = luaL_checknumber(L, 2), y = luaL_checknumber(L, 3), radius = luaL_checknumber(L, 4);
    paint_options paint;
    read_paint(L, 5, "circle", false, &paint);
    path_start(bp_host_of(L));
    add_arc(L, x, y, radius, 0, 360, false);
    add_verb(L, 'Z');
    bp_path path = path_of(bp_host_of(L));
    bp_error *err = error_of(L);
    return done(L, bp_page_path(page, &path, &paint.paint, err), err);
}

/* A hundredth of a point is nearer than anybody sees, and a digit less for each of thousands. */
static double round_dot(double value)
{
    return fabs(value) < 1e6 ? (double)llround(value * 100) / 100 : value;
}

/* A dot is a line of no length with round caps, which is what a circle of its width looks like: a
 * fifth of the bytes of a circle made of curves. */
int bp_draw_dots(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    double radius = luaL_checknumber(L, 3);
    bp_paint paint = {.has_stroke = true,
                      .stroke = bp_check_color(L, 4, "dots"),
                      .line_width = radius * 2,
                      .cap = BP_CAP_ROUND};
    size_t count = lua_rawlen(L, 2);
    luaL_argcheck(L, count % 2 == 0 && count <= PATH_ITEMS_MOST, 2,
                  "expected a list of x and y in turn");
    luaL_argcheck(L, radius > 0, 3, "the radius must be above 0");
    bp_host *host = bp_host_of(L);
    path_start(host);
    if (!bp_buf_reserve(&host->verbs, count) ||
        !bp_buf_reserve(&host->numbers, 2 * count * sizeof(double)))
        return bp_raise_memory(L);
    char *verbs = host->verbs.bytes;
    double *numbers = BP_BUF_ITEMS(&host->numbers, double);
    for (size_t i = 0; i < count; i += 2, verbs += 2, numbers += 4) {
        lua_rawgeti(L, 2, (lua_Integer)i + 1);
        lua_rawgeti(L, 2, (lua_Integer)i + 2);
        if (lua_type(L, -2) != LUA_TNUMBER || lua_type(L, -1) != LUA_TNUMBER)
            return luaL_argerror(L, 2, "expected a list of numbers");
        double x = round_dot(lua_tonumber(L, -2)), y = round_dot(lua_tonumber(L, -1));
        lua_pop(L, 2);
        verbs[0] = 'M';
        verbs[1] = 'L';
        numbers[0] = numbers[2] = x;
        numbers[1] = numbers[3] = y;
    }
    host->verbs.length = count;
    host->numbers.length = 2 * count * sizeof(double);
    if (count == 0)
        return 0;
    bp_path path = path_of(host);
    bp_error *err = error_of(L);
    return done(L, bp_page_path(page, &path, &paint, err), err);
}

int bp_draw_sector(lua_State *L)
{
    bp_page *page = bp_check_page(L, 1);
    double x = luaL_checknumber(L, 2), y = luaL_checknumber(L, 3);
    double outer = luaL_checknumber(L, 4), inner = luaL_checknumber(L, 5);
    double from = luaL_checknumber(L, 6), to = luaL_checknumber(L, 7);
    paint_options paint;
    read_paint(L, 8, "sector", false, &paint);
    if (!(to > from) || !(outer > 0) || !(inner >= 0) || !(inner < outer))
        return bp_raise_text(L, BP_ERR_SCRIPT, "sector: needs 0 <= inner < outer and from < to");
    bool is_whole = to - from >= 360;
    if (is_whole)
        to = from + 360;
    path_start(bp_host_of(L));
    add_arc(L, x, y, outer, from, to, false);
    if (is_whole)
        add_verb(L, 'Z');
    if (inner > 0) { /* Back along the inside; for a whole ring as a hole of its own. */
        add_arc(L, x, y, inner, to, from, !is_whole);
        add_verb(L, 'Z');
    } else if (!is_whole) {
        add_verb(L, 'L');
        add_number(L, x);
        add_number(L, y);
        add_verb(L, 'Z');
    }
    bp_path path = path_of(bp_host_of(L));
    bp_error *err = error_of(L);
    return done(L, bp_page_path(page, &path, &paint.paint, err), err);
}

int bp_draw_shadow(lua_State *L)
{
    typedef struct {
        bp_shadow shadow;
        double dx, dy;
    } shadow_options;
    static const bp_option known[] = {
        {"radius", BP_OPTION_NUMBER, offsetof(shadow_options, shadow.radius), NULL},
        {"blur", BP_OPTION_NUMBER, offsetof(shadow_options, shadow.blur), NULL},
        {"dx", BP_OPTION_NUMBER, offsetof(shadow_options, dx), NULL},
        {"dy", BP_OPTION_NUMBER, offsetof(shadow_options, dy), NULL},
        {"color", BP_OPTION_COLOR, offsetof(shadow_options, shadow.color), NULL},
    };
    bp_page *page = bp_check_page(L, 1);
    double x = luaL_checknumber(L, 2), y = luaL_checknumber(L, 3);
    double width = luaL_checknumber(L, 4), height = luaL_checknumber(L, 5);
    shadow_options options = {.shadow = {.blur = 8, .color = 0x00000040}, .dy = 2};
    if (!lua_isnoneornil(L, 6))
        bp_options_read(L, 6, "shadow", known, sizeof known / sizeof known[0], &options);
    if (options.shadow.radius < 0 || options.shadow.blur < 0)
        return bp_raise_text(L, BP_ERR_SCRIPT, "shadow: radius and blur must not be negative");
    bp_error *err = error_of(L);
    return done(
        L,
        bp_page_shadow(page, x + options.dx, y + options.dy, width, height, &options.shadow, err),
        err);
}
