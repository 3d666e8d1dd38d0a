/* How an element of SVG looks: what it inherits, its presentation attributes, the rules of style
 * sheets that fit it, its own style, each over the one before. */
#include <math.h>
#include <string.h>

#include "pdf/svg_private.h"

#define FONT_SIZE 16.0

typedef struct {
    const bp_svg *svg;
    const bp_svg_node *node;
    const bp_svg_look *outer;
    double diagonal;
    bp_svg_look *look;
    bp_error *err;
} cascade;

typedef bool (*setter)(cascade *c, const bp_svg_pair *pair);

static bool wrong(const cascade *c, const bp_svg_pair *pair, const char *expected)
{
    return bp_svg_fail(c->svg, c->node, c->err, "%s \"%.80s\" is not understood; expected %s",
                       pair->name, pair->value, expected);
}

/* Kinds of values ------------------------------------------------------------------------------ */

static bool read_amount(cascade *c, const bp_svg_pair *pair, double whole, double *out)
{
    double value = 0;
    if (!bp_svg_whole_length(pair->value, whole, c->look->font_size, &value) || value < 0)
        return wrong(c, pair, "a length from 0");
    *out = value;
    return true;
}

static bool read_opacity(cascade *c, const bp_svg_pair *pair, double *out)
{
    double value = 0;
    if (!bp_svg_whole_length(pair->value, 1, 1, &value))
        return wrong(c, pair, "a number from 0 to 1");
    *out = fmin(fmax(value, 0), 1);
    return true;
}

static bool read_color(cascade *c, const bp_svg_pair *pair, uint32_t *out)
{
    return bp_svg_color(pair->value, strlen(pair->value), c->look->color, out) ||
           wrong(c, pair, "a colour");
}

static bool read_paint(cascade *c, const bp_svg_pair *pair, bp_svg_paint *out)
{
    const char *value = bp_svg_skip(pair->value), *rest = "";
    bp_svg_paint paint = {.kind = BP_SVG_COLOR};
    if (bp_svg_is_word(value, "none")) {
        paint.kind = BP_SVG_NONE;
    } else if (strncmp(value, "url(", 4) == 0) {
        paint.kind = BP_SVG_SERVER;
        paint.name_length = bp_svg_reference(value, &paint.name, &rest);
        if (paint.name_length == 0)
            return wrong(c, pair, "url(#name): nothing outside of the file is read");
    } else if (bp_svg_is_word(value, "currentColor") || bp_svg_is_word(value, "currentcolor")) {
        paint.is_current = true;
    } else if (!bp_svg_color(value, strlen(value), c->look->color, &paint.color)) {
        return wrong(c, pair, "a colour, none, or url(#name)");
    }
    *out = paint;
    return true;
}

/* Properties ----------------------------------------------------------------------------------- */

static bool set_fill(cascade *c, const bp_svg_pair *pair)
{
    return read_paint(c, pair, &c->look->fill);
}

static bool set_stroke(cascade *c, const bp_svg_pair *pair)
{
    return read_paint(c, pair, &c->look->stroke);
}

static bool set_fill_opacity(cascade *c, const bp_svg_pair *pair)
{
    return read_opacity(c, pair, &c->look->fill_opacity);
}

static bool set_stroke_opacity(cascade *c, const bp_svg_pair *pair)
{
    return read_opacity(c, pair, &c->look->stroke_opacity);
}

static bool set_opacity(cascade *c, const bp_svg_pair *pair)
{
    return read_opacity(c, pair, &c->look->opacity);
}

static bool set_stop_opacity(cascade *c, const bp_svg_pair *pair)
{
    return read_opacity(c, pair, &c->look->stop_opacity);
}

static bool set_stop_color(cascade *c, const bp_svg_pair *pair)
{
    return read_color(c, pair, &c->look->stop_color);
}

static bool set_color(cascade *c, const bp_svg_pair *pair)
{
    (void)c;
    (void)pair; /* Set before all others, which may refer to it. */
    return true;
}

static bool set_stroke_width(cascade *c, const bp_svg_pair *pair)
{
    return read_amount(c, pair, c->diagonal, &c->look->stroke_width);
}

static bool set_miter_limit(cascade *c, const bp_svg_pair *pair)
{
    double value = 0;
    if (!bp_svg_whole_length(pair->value, 1, 1, &value) || value < 1)
        return wrong(c, pair, "a number from 1");
    c->look->miter_limit = fmin(value, 1e6);
    return true;
}

static bool set_cap(cascade *c, const bp_svg_pair *pair)
{
    if (bp_svg_is_word(pair->value, "butt"))
        c->look->cap = BP_CAP_BUTT;
    else if (bp_svg_is_word(pair->value, "round"))
        c->look->cap = BP_CAP_ROUND;
    else if (bp_svg_is_word(pair->value, "square"))
        c->look->cap = BP_CAP_SQUARE;
    else
        return wrong(c, pair, "butt, round or square");
    return true;
}

static bool set_join(cascade *c, const bp_svg_pair *pair)
{
    if (bp_svg_is_word(pair->value, "miter"))
        c->look->join = BP_JOIN_MITER;
    else if (bp_svg_is_word(pair->value, "round"))
        c->look->join = BP_JOIN_ROUND;
    else if (bp_svg_is_word(pair->value, "bevel"))
        c->look->join = BP_JOIN_BEVEL;
    else
        return wrong(c, pair, "miter, round or bevel");
    return true;
}

static bool set_dash(cascade *c, const bp_svg_pair *pair)
{
    bp_svg_look *look = c->look;
    look->dash_count = 0;
    if (bp_svg_is_word(pair->value, "none"))
        return true;
    double sum = 0;
    size_t count = 0;
    for (const char *at = bp_svg_skip(pair->value); *at != '\0'; at = bp_svg_skip_comma(at)) {
        double value = 0;
        if (count == BP_SVG_DASHES_MOST)
            return wrong(c, pair, "16 lengths at most");
        if (!bp_svg_length(&at, c->diagonal, look->font_size, &value) || value < 0)
            return wrong(c, pair, "lengths from 0");
        look->dash[count++] = value;
        sum += value;
    }
    /* A list of an odd length is taken twice; some viewers begin in the wrong half otherwise. */
    if (count % 2 == 1 && 2 * count <= BP_SVG_DASHES_MOST) {
        memcpy(look->dash + count, look->dash, count * sizeof *look->dash);
        count *= 2;
    }
    look->dash_count = sum > 0 ? count : 0;
    return true;
}

static bool set_dash_offset(cascade *c, const bp_svg_pair *pair)
{
    return bp_svg_whole_length(pair->value, c->diagonal, c->look->font_size,
                               &c->look->dash_offset) ||
           wrong(c, pair, "a length");
}

static bool read_rule(cascade *c, const bp_svg_pair *pair, bool *out)
{
    *out = bp_svg_is_word(pair->value, "evenodd");
    return *out || bp_svg_is_word(pair->value, "nonzero") || wrong(c, pair, "nonzero or evenodd");
}

static bool set_fill_rule(cascade *c, const bp_svg_pair *pair)
{
    return read_rule(c, pair, &c->look->fill_even_odd);
}

static bool set_clip_rule(cascade *c, const bp_svg_pair *pair)
{
    return read_rule(c, pair, &c->look->clip_even_odd);
}

static bool set_clip(cascade *c, const bp_svg_pair *pair)
{
    const char *name = NULL;
    if (bp_svg_is_word(pair->value, "none"))
        c->look->clip = NULL;
    else if (bp_svg_reference(pair->value, &name, NULL) != 0)
        c->look->clip = pair->value;
    else
        return wrong(c, pair, "url(#name)");
    return true;
}

static bool set_display(cascade *c, const bp_svg_pair *pair)
{
    c->look->is_none = bp_svg_is_word(pair->value, "none");
    return true;
}

static bool set_visibility(cascade *c, const bp_svg_pair *pair)
{
    c->look->is_hidden = !bp_svg_is_word(pair->value, "visible");
    return true;
}

static bool set_overflow(cascade *c, const bp_svg_pair *pair)
{
    c->look->shows_overflow =
        bp_svg_is_word(pair->value, "visible") || bp_svg_is_word(pair->value, "auto");
    return true;
}

static bool set_font_size(cascade *c, const bp_svg_pair *pair)
{
    static const struct {
        const char *word;
        double size;
    } words[] = {{"xx-small", 9}, {"x-small", 10}, {"small", 13},   {"medium", FONT_SIZE},
                 {"large", 18},   {"x-large", 24}, {"xx-large", 32}};
    double outer = c->outer->font_size;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (bp_svg_is_word(pair->value, words[i].word)) {
            c->look->font_size = words[i].size;
            return true;
        }
    double value = 0;
    if (!bp_svg_whole_length(pair->value, outer, outer, &value) || value < 0)
        return wrong(c, pair, "a length from 0");
    c->look->font_size = value;
    return true;
}

static bool set_font_weight(cascade *c, const bp_svg_pair *pair)
{
    double value = 0;
    if (bp_svg_is_word(pair->value, "normal"))
        c->look->weight = 400;
    else if (bp_svg_is_word(pair->value, "bold"))
        c->look->weight = 700;
    else if (bp_svg_is_word(pair->value, "bolder"))
        c->look->weight = c->outer->weight < 350 ? 400 : c->outer->weight < 550 ? 700 : 900;
    else if (bp_svg_is_word(pair->value, "lighter"))
        c->look->weight = c->outer->weight < 550 ? 100 : c->outer->weight < 750 ? 400 : 700;
    else if (bp_svg_whole_length(pair->value, 1, 1, &value) && value >= 1 && value <= 1000)
        c->look->weight = (int)lround(value);
    else
        return wrong(c, pair, "normal, bold or a number from 1 to 1000");
    return true;
}

static bool set_font_style(cascade *c, const bp_svg_pair *pair)
{
    const char *value = bp_svg_skip(pair->value);
    c->look->is_italic = strncmp(value, "italic", 6) == 0 || strncmp(value, "oblique", 7) == 0;
    return true;
}

/* "italic bold 10px/1.2 'Some Family'": the families are those of the report. */
static bool set_font(cascade *c, const bp_svg_pair *pair)
{
    c->look->is_italic = false;
    c->look->weight = 400;
    const char *at = bp_svg_skip(pair->value);
    while (*at != '\0') {
        const char *end = at;
        while (*end != '\0' && *end != ' ' && *end != '/')
            end++;
        size_t length = (size_t)(end - at);
        double value = 0;
        const char *after = at;
        bool is_number = bp_svg_length(&after, c->outer->font_size, c->outer->font_size, &value);
        if (length == 6 && strncmp(at, "italic", 6) == 0) {
            c->look->is_italic = true;
        } else if (length == 7 && strncmp(at, "oblique", 7) == 0) {
            c->look->is_italic = true;
        } else if (length == 4 && strncmp(at, "bold", 4) == 0) {
            c->look->weight = 700;
        } else if (is_number && length == 3 && value >= 100) {
            c->look->weight = (int)value;
        } else if (is_number) {
            c->look->font_size = value;
            return true;
        }
        at = bp_svg_skip(end);
        if (*at == '/')
            break;
    }
    return wrong(c, pair, "a style, a weight, a size with its unit, a family");
}

static bool set_spacing(cascade *c, const bp_svg_pair *pair)
{
    if (bp_svg_is_word(pair->value, "normal")) {
        c->look->letter_spacing = 0;
        return true;
    }
    return bp_svg_whole_length(pair->value, 0, c->look->font_size, &c->look->letter_spacing) ||
           wrong(c, pair, "a length");
}

static bool set_anchor(cascade *c, const bp_svg_pair *pair)
{
    if (bp_svg_is_word(pair->value, "start"))
        c->look->anchor = 0;
    else if (bp_svg_is_word(pair->value, "middle"))
        c->look->anchor = 0.5;
    else if (bp_svg_is_word(pair->value, "end"))
        c->look->anchor = 1;
    else
        return wrong(c, pair, "start, middle or end");
    return true;
}

static bool set_baseline(cascade *c, const bp_svg_pair *pair)
{
    static const char *const known[] = {
        "auto",    "alphabetic", "baseline",         "middle",          "central",
        "hanging", "text-top",   "text-before-edge", "text-after-edge", "text-bottom"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (bp_svg_is_word(pair->value, known[i])) {
            c->look->baseline = i < 3 ? NULL : known[i];
            return true;
        }
    return wrong(c, pair, "alphabetic, middle, central, hanging or text-before-edge");
}

static bool set_space(cascade *c, const bp_svg_pair *pair)
{
    c->look->keeps_space = strncmp(bp_svg_skip(pair->value), "pre", 3) == 0;
    return true;
}

static bool set_transform(cascade *c, const bp_svg_pair *pair)
{
    c->look->transform = pair->value;
    return true;
}

static bool set_order(cascade *c, const bp_svg_pair *pair)
{
    const char *value = bp_svg_skip(pair->value);
    c->look->stroke_first =
        strncmp(value, "stroke", 6) == 0 ||
        (strncmp(value, "markers", 7) == 0 && strncmp(bp_svg_skip(value + 7), "stroke", 6) == 0);
    return true;
}

/* What would change the picture, unless it says that it does not. */
static bool refuse(cascade *c, const bp_svg_pair *pair)
{
    static const char *const harmless[] = {"none",  "normal",        "0",     "auto", "initial",
                                           "unset", "horizontal-tb", "lr-tb", "lr",   "baseline",
                                           "0px",   "sRGB"};
    if (c->look->refused != NULL && strcmp(c->look->refused->name, pair->name) == 0)
        c->look->refused = NULL;
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
        if (bp_svg_is_word(pair->value, harmless[i]))
            return true;
    if (c->look->refused == NULL)
        c->look->refused = pair;
    return true;
}

static bool set_blend(cascade *c, const bp_svg_pair *pair)
{
    static const char *const known[] = {"normal",  "multiply", "screen",
                                        "overlay", "darken",   "lighten"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (bp_svg_is_word(pair->value, known[i])) {
            c->look->blend = (bp_blend)i;
            return true;
        }
    return refuse(c, pair);
}

/* In the order of their names. Properties that are not here change nothing that is drawn. */
static const struct {
    const char *name;
    setter set;
} properties[] = {
    {"baseline-shift", refuse},
    {"clip-path", set_clip},
    {"clip-rule", set_clip_rule},
    {"color", set_color},
    {"display", set_display},
    {"dominant-baseline", set_baseline},
    {"fill", set_fill},
    {"fill-opacity", set_fill_opacity},
    {"fill-rule", set_fill_rule},
    {"filter", refuse},
    {"font", set_font},
    {"font-size", set_font_size},
    {"font-style", set_font_style},
    {"font-weight", set_font_weight},
    {"letter-spacing", set_spacing},
    {"marker", refuse},
    {"marker-end", refuse},
    {"marker-mid", refuse},
    {"marker-start", refuse},
    {"mask", refuse},
    {"mix-blend-mode", set_blend},
    {"opacity", set_opacity},
    {"overflow", set_overflow},
    {"paint-order", set_order},
    {"stop-color", set_stop_color},
    {"stop-opacity", set_stop_opacity},
    {"stroke", set_stroke},
    {"stroke-dasharray", set_dash},
    {"stroke-dashoffset", set_dash_offset},
    {"stroke-linecap", set_cap},
    {"stroke-linejoin", set_join},
    {"stroke-miterlimit", set_miter_limit},
    {"stroke-opacity", set_stroke_opacity},
    {"stroke-width", set_stroke_width},
    {"text-anchor", set_anchor},
    {"text-decoration", refuse},
    {"text-decoration-line", refuse},
    {"transform", set_transform},
    {"vector-effect", refuse},
    {"visibility", set_visibility},
    {"white-space", set_space},
    {"word-spacing", refuse},
    {"writing-mode", refuse},
    {"xml:space", set_space},
};

static setter find_setter(const char *name)
{
    size_t low = 0, high = sizeof properties / sizeof properties[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, properties[middle].name);
        if (order == 0)
            return properties[middle].set;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool apply(cascade *c, const bp_svg_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bp_svg_is_word(pairs[i].value, "inherit"))
            continue;
        setter set = find_setter(pairs[i].name);
        if (set != NULL && !set(c, &pairs[i]))
            return false;
    }
    return true;
}

/* "color" and "font-size" first: other properties refer to them. */
static bool apply_first(cascade *c, const bp_svg_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *name = pairs[i].name;
        if (bp_svg_is_word(pairs[i].value, "inherit"))
            continue;
        if (strcmp(name, "color") == 0) {
            uint32_t color = 0;
            if (!bp_svg_color(pairs[i].value, strlen(pairs[i].value), c->outer->color, &color))
                return wrong(c, &pairs[i], "a colour");
            c->look->color = color;
        } else if (strcmp(name, "font-size") == 0 && !set_font_size(c, &pairs[i])) {
            return false;
        }
    }
    return true;
}

void bp_svg_first_look(bp_svg_look *look, uint32_t ink, bool has_ink)
{
    *look = (bp_svg_look){
        .fill = {.kind = BP_SVG_COLOR, .is_current = has_ink, .color = 0x000000ff},
        .fill_opacity = 1,
        .stroke_opacity = 1,
        .stroke_width = 1,
        .miter_limit = 4,
        .color = has_ink ? ink : 0x000000ff,
        .font_size = FONT_SIZE,
        .weight = 400,
        .opacity = 1,
        .stop_opacity = 1,
        .stop_color = 0x000000ff,
    };
}

bool bp_svg_cascade(const bp_svg *svg, const bp_svg_node *node, const bp_svg_look *outer,
                    double diagonal, bp_svg_look *look, bp_error *err)
{
    *look = *outer;
    look->opacity = look->stop_opacity = 1;
    look->stop_color = 0x000000ff;
    look->clip = look->transform = NULL;
    look->is_none = look->shows_overflow = false;
    look->refused = NULL;
    look->blend = BP_BLEND_NORMAL;
    cascade c = {svg, node, outer, diagonal, look, err};
    const bp_svg_rule *rules = BP_BUF_ITEMS(&svg->rules, const bp_svg_rule);
    size_t rule_count = BP_BUF_COUNT(&svg->rules, bp_svg_rule);
    for (int round = 0; round < 2; round++) {
        bool (*take)(cascade *, const bp_svg_pair *, size_t) = round == 0 ? apply_first : apply;
        if (!take(&c, node->attributes, node->attribute_count))
            return false;
        for (size_t i = 0; i < rule_count; i++)
            if (bp_svg_rule_fits(&rules[i], node) &&
                !take(&c, rules[i].styles, rules[i].style_count))
                return false;
        if (!take(&c, node->styles, node->style_count))
            return false;
    }
    return true;
}
