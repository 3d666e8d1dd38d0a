/* engine.text: styles, measuring, paragraphs. A style is a small box with the address of what the
 * shaper keeps; equal specs share one box. Measuring a text allocates nothing here. */
#include <string.h>

#include "base/mem.h"
#include "script/script_private.h"

#define STYLES_KEY "briefpress.styles"
#define FAMILIES_MOST 16
#define SPANS_MOST 1000000
#define OUTSIDE_MOST ((size_t)1 << 20)

/* Styles */

static bool style_property(lua_State *L, void *raw, const char *name)
{
    const bp_style_spec *spec = bp_style_values(((bp_style_box *)raw)->style);
    if (strcmp(name, "size") == 0)
        bp_push_number(L, spec->size);
    else if (strcmp(name, "weight") == 0)
        lua_pushinteger(L, spec->weight == 0 ? 400 : spec->weight);
    else if (strcmp(name, "language") == 0)
        lua_pushstring(L, spec->language ? spec->language : "en");
    else if (strcmp(name, "color") == 0) {
        static const char digits[] = "0123456789abcdef";
        char text[10] = "#";
        int shown = (spec->color & 0xff) == 0xff ? 6 : 8;
        for (int i = 0; i < shown; i++)
            text[i + 1] = digits[spec->color >> (28 - 4 * i) & 15];
        lua_pushstring(L, text);
    } else
        return false;
    return true;
}

static const luaL_Reg no_methods[] = {{NULL, NULL}};
const bp_type_spec bp_style_type = {
    .name = "Style",
    .methods = no_methods,
    .properties = (const char *const[]){"size", "color", "weight", "language", NULL},
    .property = style_property,
};

typedef struct {
    double size, tracking, rise, word_space;
    int weight;
    bool italic, allow_missing;
    uint32_t color;
    const char *features, *language;
} style_options;

static int text_style(lua_State *L)
{
    static const bp_option known[] = {
        {"family", BP_OPTION_ANY, 0, NULL},
        {"size", BP_OPTION_NUMBER, offsetof(style_options, size), NULL},
        {"weight", BP_OPTION_INTEGER, offsetof(style_options, weight), NULL},
        {"italic", BP_OPTION_BOOLEAN, offsetof(style_options, italic), NULL},
        {"color", BP_OPTION_COLOR, offsetof(style_options, color), NULL},
        {"tracking", BP_OPTION_NUMBER, offsetof(style_options, tracking), NULL},
        {"rise", BP_OPTION_NUMBER, offsetof(style_options, rise), NULL},
        {"features", BP_OPTION_TEXT, offsetof(style_options, features), NULL},
        {"language", BP_OPTION_TEXT, offsetof(style_options, language), NULL},
        {"allow_missing", BP_OPTION_BOOLEAN, offsetof(style_options, allow_missing), NULL},
        {"word_space", BP_OPTION_NUMBER, offsetof(style_options, word_space), NULL},
    };
    bp_host *host = bp_host_of(L);
    lua_settop(L, 1);
    style_options given = {.weight = 400, .color = 0xff, .language = host->language};
    bp_options_read(L, 1, "style", known, sizeof known / sizeof known[0], &given);
    if (!(given.size > 0 && given.size <= 10000))
        return bp_raise_text(L, BP_ERR_SCRIPT,
                             "style: option \"size\" must be above 0 and at most 10000 points");
    if (given.weight < 1 || given.weight > 1000)
        return bp_raise_text(L, BP_ERR_SCRIPT, "style: option \"weight\" must be from 1 to 1000");
    const char *families[FAMILIES_MOST];
    size_t count = 0;
    bp_option_push(L, 1, "family"); /* 2 */
    if (lua_type(L, 2) == LUA_TSTRING) {
        families[count++] = lua_tostring(L, 2);
    } else if (lua_istable(L, 2)) {
        luaL_checkstack(L, FAMILIES_MOST + 5, NULL);
        while (count < FAMILIES_MOST && lua_rawgeti(L, 2, (lua_Integer)count + 1) == LUA_TSTRING) {
            families[count] = lua_tostring(L, -1); /* Stays on the stack. */
            count++;
        }
    }
    if (count == 0 || (lua_istable(L, 2) && lua_rawlen(L, 2) != count))
        return bp_raise_text(
            L, BP_ERR_SCRIPT,
            "style: option \"family\": expected a font's name or a list of up to %d",
            FAMILIES_MOST);
    bp_style_spec spec = {.families = families,
                          .family_count = count,
                          .size = given.size,
                          .weight = given.weight,
                          .is_italic = given.italic,
                          .tracking = given.tracking,
                          .rise = given.rise,
                          .features = given.features,
                          .language = given.language,
                          .color = given.color,
                          .allow_missing = given.allow_missing || host->marks_missing,
                          .word_space = given.word_space};
    bp_error *err = bp_host_error(host);
    const bp_style *style = bp_style_find(host->shaper, &spec, err);
    if (style == NULL)
        return bp_raise(L, err);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, STYLES_KEY);
    if (lua_rawgetp(L, -1, style) == LUA_TNIL) {
        lua_pop(L, 1);
        bp_style_box *box = bp_box_new(L, BP_TYPE_STYLE, sizeof *box);
        box->style = style;
        lua_pushvalue(L, -1);
        lua_rawsetp(L, -3, style);
    }
    return 1;
}

const bp_style *bp_check_style(lua_State *L, int index)
{
    return ((bp_style_box *)bp_box_check(L, index, BP_TYPE_STYLE))->style;
}

static int text_metrics(lua_State *L)
{
    const bp_style *style = bp_check_style(L, 1);
    const bp_font_metrics *metrics = bp_font_measures(bp_style_font(style));
    double scale = bp_style_values(style)->size / metrics->units;
    const struct {
        const char *name;
        double value;
    } all[] = {{"ascent", metrics->ascent},
               {"descent", metrics->descent},
               {"cap_height", metrics->cap_height},
               {"x_height", metrics->x_height},
               {"superscript_size", metrics->superscript_size},
               {"superscript_rise", metrics->superscript_rise},
               {"subscript_size", metrics->subscript_size},
               {"subscript_drop", metrics->subscript_drop}};
    const int count = (int)(sizeof all / sizeof *all);
    lua_createtable(L, 0, count);
    for (int i = 0; i < count; i++) {
        lua_pushnumber(L, all[i].value * scale);
        lua_setfield(L, -2, all[i].name);
    }
    return 1;
}

static int text_width(lua_State *L)
{
    const bp_style *style = bp_check_style(L, 1);
    size_t length = 0;
    const char *text = luaL_checklstring(L, 2, &length);
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    double width = 0;
    if (!bp_shape_width(host->shaper, style, text, length, &width, err))
        return bp_raise(L, err);
    lua_pushnumber(L, width);
    return 1;
}

/* Paragraphs */

typedef struct {
    const char *text, *link;
    bp_span_role role;
    int mark;
    double width, height;
} span_options;

/* Fills `span` from the table on top of the stack; its strings are held by the table. */
static void read_span(lua_State *L, bp_span *span)
{
    static const bp_option known[] = {
        {"style", BP_OPTION_ANY, 0, NULL},
        {"text", BP_OPTION_TEXT, offsetof(span_options, text), NULL},
        {"link", BP_OPTION_TEXT, offsetof(span_options, link), NULL},
        {"tag", BP_OPTION_TEXT, offsetof(span_options, role.tag), NULL},
        {"expansion", BP_OPTION_TEXT, offsetof(span_options, role.expansion), NULL},
        {"note", BP_OPTION_TEXT, offsetof(span_options, role.note), NULL},
        {"mark", BP_OPTION_INTEGER, offsetof(span_options, mark), NULL},
        {"width", BP_OPTION_NUMBER, offsetof(span_options, width), NULL},
        {"height", BP_OPTION_NUMBER, offsetof(span_options, height), NULL},
    };
    span_options given = {0};
    unsigned has = bp_options_read(L, -1, "span", known, sizeof known / sizeof known[0], &given);
    if (!(has & 1u))
        bp_raise_text(L, BP_ERR_SCRIPT, "span: needs a style");
    if (!(has & 2u) == !(has & 128u))
        bp_raise_text(L, BP_ERR_SCRIPT, "span: needs either a text, or a width and a height");
    if (given.mark < 0)
        bp_raise_text(L, BP_ERR_SCRIPT, "span: option \"mark\" must not be negative");
    size_t length = 0;
    if (given.text != NULL) {
        bp_option_push(L, -1, "text");
        lua_tolstring(L, -1, &length);
        lua_pop(L, 1);
    }
    bp_option_push(L, -1, "style");
    *span = (bp_span){.style = bp_check_style(L, -1),
                      .text = given.text,
                      .length = length,
                      .link = given.link,
                      .role = given.role,
                      .mark = (uint32_t)given.mark,
                      .width = given.width,
                      .height = given.height};
    lua_pop(L, 1);
}

typedef struct {
    int align, direction;
    double leading, indent;
    const char *language;
    bool greedy, no_wrap, hyphenate;
    int hyphen_word, hyphen_before, hyphen_after, looseness;
    double hyphen_penalty, tolerance, space_stretch, space_shrink, letter_stretch, letter_shrink,
        protrusion, last_line;
} paragraph_options;

/* Lua sees a box of a few bytes where a paragraph takes thousands until it is laid out, and
 * hundreds then: tells the collector now and then what was allocated since `before`, less what was
 * freed, as if it had been its own. */
static void count_outside(lua_State *L, size_t before)
{
    bp_host *host = bp_host_of(L);
    size_t freed = before > bp_mem.bytes ? before - bp_mem.bytes : 0;
    host->outside += bp_mem.bytes > before ? bp_mem.bytes - before : 0;
    host->outside -= freed < host->outside ? freed : host->outside;
    if (host->outside > OUTSIDE_MOST && lua_gc(L, LUA_GCISRUNNING)) {
        lua_gc(L, LUA_GCSTEP, (int)(host->outside >> 10));
        host->outside = 0;
    }
}

/* Options whose zero is something else than leaving them out: it is said by a negative number. */
static double said(lua_State *L, bool is_given, double value, const char *name)
{
    if (!is_given)
        return 0;
    if (value < 0)
        bp_raise_text(L, BP_ERR_SCRIPT, "paragraph: option \"%s\" must not be negative", name);
    return value > 0 ? value : -1;
}

/* Reads the option table at 1. */
static bp_paragraph_options read_paragraph(lua_State *L)
{
    static const char *const aligns[] = {"start", "end",   "center", "justify",
                                         "left",  "right", NULL};
    static const char *const directions[] = {"auto", "ltr", "rtl", NULL};
    static const bp_option known[] = {
        {"spans", BP_OPTION_ANY, 0, NULL},
        {"align", BP_OPTION_CHOICE, offsetof(paragraph_options, align), aligns},
        {"leading", BP_OPTION_NUMBER, offsetof(paragraph_options, leading), NULL},
        {"indent", BP_OPTION_NUMBER, offsetof(paragraph_options, indent), NULL},
        {"language", BP_OPTION_TEXT, offsetof(paragraph_options, language), NULL},
        {"direction", BP_OPTION_CHOICE, offsetof(paragraph_options, direction), directions},
        {"greedy", BP_OPTION_BOOLEAN, offsetof(paragraph_options, greedy), NULL},
        {"no_wrap", BP_OPTION_BOOLEAN, offsetof(paragraph_options, no_wrap), NULL},
        {"hyphenate", BP_OPTION_BOOLEAN, offsetof(paragraph_options, hyphenate), NULL},
        {"looseness", BP_OPTION_INTEGER, offsetof(paragraph_options, looseness), NULL},
        {"hyphen_word", BP_OPTION_INTEGER, offsetof(paragraph_options, hyphen_word), NULL},
        {"hyphen_before", BP_OPTION_INTEGER, offsetof(paragraph_options, hyphen_before), NULL},
        {"hyphen_after", BP_OPTION_INTEGER, offsetof(paragraph_options, hyphen_after), NULL},
        {"hyphen_penalty", BP_OPTION_NUMBER, offsetof(paragraph_options, hyphen_penalty), NULL},
        {"tolerance", BP_OPTION_NUMBER, offsetof(paragraph_options, tolerance), NULL},
        {"space_stretch", BP_OPTION_NUMBER, offsetof(paragraph_options, space_stretch), NULL},
        {"space_shrink", BP_OPTION_NUMBER, offsetof(paragraph_options, space_shrink), NULL},
        {"letter_stretch", BP_OPTION_NUMBER, offsetof(paragraph_options, letter_stretch), NULL},
        {"letter_shrink", BP_OPTION_NUMBER, offsetof(paragraph_options, letter_shrink), NULL},
        {"protrusion", BP_OPTION_NUMBER, offsetof(paragraph_options, protrusion), NULL},
        {"last_line", BP_OPTION_NUMBER, offsetof(paragraph_options, last_line), NULL},
    };
    enum { HYPHENATE = 8, FIRST_SAID = 10 };
    paragraph_options given = {0};
    unsigned has =
        bp_options_read(L, 1, "paragraph", known, sizeof known / sizeof known[0], &given);
    bp_paragraph_options options = {.align = (bp_align)given.align,
                                    .leading = given.leading,
                                    .indent = given.indent,
                                    .language = given.language,
                                    .direction = given.direction - 1,
                                    .greedy = given.greedy,
                                    .no_wrap = given.no_wrap,
                                    .looseness = given.looseness};
    if (has >> HYPHENATE & 1u)
        options.hyphenate = given.hyphenate ? BP_HYPHENATE_ALWAYS : BP_HYPHENATE_NEVER;
    if (has >> FIRST_SAID == 0)
        return options;
    int *counts[] = {&options.hyphen_word, &options.hyphen_before, &options.hyphen_after};
    const int given_counts[] = {given.hyphen_word, given.hyphen_before, given.hyphen_after};
    for (unsigned i = 0; i < 3; i++)
        *counts[i] =
            (int)said(L, has >> (FIRST_SAID + i) & 1u, given_counts[i], known[FIRST_SAID + i].name);
    double *numbers[] = {&options.hyphen_penalty, &options.tolerance,      &options.space_stretch,
                         &options.space_shrink,   &options.letter_stretch, &options.letter_shrink,
                         &options.protrusion,     &options.last_line};
    const double given_numbers[] = {given.hyphen_penalty, given.tolerance,      given.space_stretch,
                                    given.space_shrink,   given.letter_stretch, given.letter_shrink,
                                    given.protrusion,     given.last_line};
    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        *numbers[i] = said(L, has >> (FIRST_SAID + 3 + i) & 1u, given_numbers[i],
                           known[FIRST_SAID + 3 + i].name);
    return options;
}

static int text_paragraph(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    lua_settop(L, 1);
    bp_paragraph_options options = read_paragraph(L);
    bp_option_push(L, 1, "spans"); /* 2 */
    size_t count = lua_istable(L, 2) ? lua_rawlen(L, 2) : 0;
    if (count == 0 || count > SPANS_MOST)
        return bp_raise_text(L, BP_ERR_SCRIPT,
                             "paragraph: option \"spans\": expected a list of spans");
    bp_paragraph_box *box = bp_box_new(L, BP_TYPE_PARAGRAPH, sizeof *box); /* 3 */
    bp_span few[8];
    bp_span *spans = count <= 8 ? few : lua_newuserdatauv(L, count * sizeof *spans, 0);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, 2, (lua_Integer)i + 1);
        read_span(L, &spans[i]);
        lua_pop(L, 1);
    }
    bp_error *err = bp_host_error(host);
    size_t before = bp_mem.bytes;
    box->paragraph = bp_paragraph_new(host->shaper, spans, count, &options, err);
    if (box->paragraph == NULL)
        return bp_raise(L, err);
    count_outside(L, before);
    lua_settop(L, 3);
    return 1;
}

static bp_paragraph_box *check_paragraph(lua_State *L, int index)
{
    bp_paragraph_box *box = bp_box_check(L, index, BP_TYPE_PARAGRAPH);
    luaL_argcheck(L, box->paragraph != NULL, index, "a Paragraph that was never made");
    return box;
}

static int paragraph_free(lua_State *L)
{
    bp_paragraph_box *box = bp_box_check(L, 1, BP_TYPE_PARAGRAPH);
    bp_paragraph_free(box->paragraph);
    box->paragraph = NULL;
    return 0;
}

/* layout(width, lines, by, side): the first lines narrower. */
static bool layout_notched(lua_State *L, bp_paragraph *paragraph, double width, bp_error *err)
{
    static const char *const sides[] = {"right", "left", NULL};
    lua_Integer lines = luaL_checkinteger(L, 3);
    luaL_argcheck(L, lines >= 0, 3, "lines from 0");
    bp_paragraph_notch notch = {.lines = (size_t)lines,
                                .width = luaL_checknumber(L, 4),
                                .is_left = luaL_checkoption(L, 5, "right", sides) == 1};
    return bp_paragraph_layout_notched(paragraph, width, &notch, err);
}

static int paragraph_layout(lua_State *L)
{
    bp_paragraph_box *box = check_paragraph(L, 1);
    double width = luaL_checknumber(L, 2);
    bp_error *err = bp_host_error(bp_host_of(L));
    size_t before = bp_mem.bytes;
    bool ok = lua_isnoneornil(L, 3) ? bp_paragraph_layout(box->paragraph, width, err)
                                    : layout_notched(L, box->paragraph, width, err);
    if (!ok)
        return bp_raise(L, err);
    count_outside(L, before);
    box->is_laid_out = true;
    lua_pushinteger(L, (lua_Integer)bp_paragraph_line_count(box->paragraph));
    lua_pushnumber(L, bp_paragraph_height(box->paragraph));
    return 2;
}

static int paragraph_min_width(lua_State *L)
{
    lua_pushnumber(L, bp_paragraph_min_width(check_paragraph(L, 1)->paragraph));
    return 1;
}

static int paragraph_max_width(lua_State *L)
{
    lua_pushnumber(L, bp_paragraph_max_width(check_paragraph(L, 1)->paragraph));
    return 1;
}

const bp_paragraph *bp_check_lines(lua_State *L, int index)
{
    bp_paragraph_box *box = check_paragraph(L, index);
    if (!box->is_laid_out)
        bp_raise_text(L, BP_ERR_SCRIPT,
                      "the paragraph has no lines yet; call its layout(width) first");
    return box->paragraph;
}

static void set_number(lua_State *L, const char *name, double value)
{
    lua_pushnumber(L, value);
    lua_setfield(L, -2, name);
}

static void set_boolean(lua_State *L, const char *name, bool value)
{
    lua_pushboolean(L, value);
    lua_setfield(L, -2, name);
}

static int paragraph_line(lua_State *L)
{
    const bp_paragraph *paragraph = bp_check_lines(L, 1);
    lua_Integer i = luaL_checkinteger(L, 2);
    if (i < 1 || (lua_Unsigned)i > bp_paragraph_line_count(paragraph))
        return bp_raise_text(L, BP_ERR_SCRIPT, "the paragraph has %d lines, there is no line %d",
                             (int)bp_paragraph_line_count(paragraph), (int)i);
    bp_error *err = bp_host_error(bp_host_of(L));
    const bp_line *line = bp_paragraph_line(paragraph, (size_t)i - 1, err);
    if (line == NULL)
        return bp_raise(L, err);
    lua_createtable(L, 0, 11);
    set_number(L, "top", line->top);
    set_number(L, "baseline", line->baseline);
    set_number(L, "height", line->height);
    set_number(L, "x", line->x);
    set_number(L, "width", line->width);
    set_number(L, "stretch", line->stretch);
    set_number(L, "letter", line->letter);
    set_number(L, "ratio", line->ratio);
    set_boolean(L, "last", line->is_last);
    set_boolean(L, "hyphenated", line->is_hyphenated);
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (size_t p = 0; p < line->piece_count; p++) {
        const bp_piece *piece = &line->pieces[p];
        if (piece->run != NULL && piece->first_glyph == 0 &&
            piece->glyph_count == piece->run->glyph_count) {
            luaL_addlstring(&text, piece->run->text, piece->run->text_length);
        } else if (piece->run != NULL &&
                   piece->glyph_count > 0) { /* The clusters of the glyphs that are shown. */
            const bp_run *run = piece->run;
            size_t low = run->text_length, high = run->text_length;
            for (size_t g = 0; g < run->glyph_count; g++) {
                size_t cluster = run->glyphs[g].cluster;
                bool is_shown =
                    g >= piece->first_glyph && g < piece->first_glyph + piece->glyph_count;
                if (is_shown && cluster < low)
                    low = cluster;
            }
            for (size_t g = 0; g < run->glyph_count; g++) {
                size_t cluster = run->glyphs[g].cluster;
                bool is_shown =
                    g >= piece->first_glyph && g < piece->first_glyph + piece->glyph_count;
                if (!is_shown && cluster > low && cluster < high)
                    high = cluster;
            }
            luaL_addlstring(&text, run->text + low, high - low);
        }
    }
    luaL_pushresult(&text);
    lua_setfield(L, -2, "text");
    return 1;
}

static int paragraph_boxes(lua_State *L)
{
    const bp_paragraph *paragraph = bp_check_lines(L, 1);
    lua_Integer mark = luaL_checkinteger(L, 2);
    bp_error *err = bp_host_error(bp_host_of(L));
    lua_newtable(L);
    lua_Integer found = 0;
    for (size_t i = 0; i < bp_paragraph_line_count(paragraph); i++) {
        if (mark <= 0 || mark > UINT32_MAX ||
            !bp_paragraph_line_has_mark(paragraph, i, (uint32_t)mark))
            continue;
        const bp_line *line = bp_paragraph_line(paragraph, i, err);
        if (line == NULL)
            return bp_raise(L, err);
        bool is_open = false; /* Pieces of one mark beside each other make one box. */
        double left = 0, right = 0;
        for (size_t p = 0; p <= line->piece_count; p++) {
            const bp_piece *piece = p < line->piece_count ? &line->pieces[p] : NULL;
            bool is_ours = piece != NULL && piece->mark == (uint32_t)mark;
            if (is_ours) {
                left = is_open ? left : piece->x;
                right = piece->x + piece->width;
                is_open = true;
            } else if (is_open) {
                lua_createtable(L, 0, 5);
                lua_pushinteger(L, (lua_Integer)i + 1);
                lua_setfield(L, -2, "line");
                set_number(L, "x", left);
                set_number(L, "y", line->top);
                set_number(L, "width", right - left);
                set_number(L, "height", line->height);
                lua_rawseti(L, -2, ++found);
                is_open = false;
            }
        }
    }
    return 1;
}

static const luaL_Reg paragraph_methods[] = {
    {"layout", paragraph_layout},       {"min_width", paragraph_min_width},
    {"max_width", paragraph_max_width}, {"line", paragraph_line},
    {"boxes", paragraph_boxes},         {NULL, NULL}};
const bp_type_spec bp_paragraph_type = {
    .name = "Paragraph", .methods = paragraph_methods, .free_box = paragraph_free};

void bp_open_text(lua_State *L)
{
    static const luaL_Reg functions[] = {{"style", text_style},
                                         {"metrics", text_metrics},
                                         {"width", text_width},
                                         {"paragraph", text_paragraph},
                                         {"inline", bp_text_inline},
                                         {"markdown", bp_text_markdown},
                                         {"has_forms", bp_api_has_forms},
                                         {"ink", bp_api_ink},
                                         {"upper", bp_api_upper},
                                         {"collate", bp_api_collate},
                                         {NULL, NULL}};
    luaL_newlib(L, functions);
}
