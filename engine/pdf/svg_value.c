/* Values of SVG: numbers, lengths, colours, transforms, references. */
#include <math.h>
#include <string.h>

#include "pdf/svg_colors.h"
#include "pdf/svg_private.h"

#define NUMBER_MOST 1e9
#define DEGREES (3.14159265358979323846 / 180)

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

const char *bp_svg_skip(const char *text)
{
    while (is_blank(*text))
        text++;
    return text;
}

const char *bp_svg_skip_comma(const char *text)
{
    text = bp_svg_skip(text);
    return *text == ',' ? bp_svg_skip(text + 1) : text;
}

/* strtod knows locales and more than SVG does. */
bool bp_svg_number(const char **text, double *out)
{
    const char *c = *text;
    bool is_negative = *c == '-', has_digit = false;
    double value = 0;
    int exponent = 0;
    if (*c == '-' || *c == '+')
        c++;
    for (; is_digit(*c); c++, has_digit = true)
        value = value * 10 + (*c - '0');
    if (*c == '.')
        for (c++; is_digit(*c); c++, has_digit = true) {
            value = value * 10 + (*c - '0');
            exponent--;
        }
    if (!has_digit)
        return false;
    if (*c == 'e' || *c == 'E') {
        const char *e = c + 1;
        bool is_small = *e == '-';
        int given = 0;
        if (*e == '-' || *e == '+')
            e++;
        if (is_digit(*e)) { /* Else "em" or "ex". */
            for (; is_digit(*e); e++)
                given = given < 10000 ? given * 10 + (*e - '0') : given;
            exponent += is_small ? -given : given;
            c = e;
        }
    }
    if (exponent != 0)
        value = exponent < 0 ? value / pow(10, -exponent) : value * pow(10, exponent);
    if (!(value <= NUMBER_MOST))
        return false;
    *out = is_negative ? -value : value;
    *text = c;
    return true;
}

bool bp_svg_length(const char **text, double whole, double em, double *out)
{
    const struct {
        const char *unit;
        double size;
    } units[] = {{"px", 1},          {"pt", 96.0 / 72}, {"pc", 16}, {"mm", 96 / 25.4},
                 {"cm", 96 / 2.54},  {"in", 96},        {"em", em}, {"ex", em / 2},
                 {"%", whole / 100}, {"Q", 96 / 101.6}};
    const char *c = *text;
    if (!bp_svg_number(&c, out))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t length = strlen(units[i].unit);
        if (strncmp(c, units[i].unit, length) == 0) {
            *out *= units[i].size;
            c += length;
            break;
        }
    }
    *text = c;
    return fabs(*out) <= NUMBER_MOST;
}

bool bp_svg_whole_length(const char *text, double whole, double em, double *out)
{
    const char *c = bp_svg_skip(text);
    return bp_svg_length(&c, whole, em, out) && *bp_svg_skip(c) == '\0';
}

bool bp_svg_is_word(const char *text, const char *word)
{
    text = bp_svg_skip(text);
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 && *bp_svg_skip(text + length) == '\0';
}

/* Colours -------------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    c = lower(c);
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(const char *text, size_t length, uint32_t *out)
{
    uint32_t value = 0;
    for (size_t i = 0; i < length; i++) {
        int digit = hex_digit(text[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
        if (length <= 4) /* Each digit stands twice. */
            value = value << 4 | (uint32_t)digit;
    }
    if (length == 3 || length == 6)
        value = value << 8 | 0xff;
    *out = value;
    return length == 3 || length == 4 || length == 6 || length == 8;
}

static uint32_t channel(double value)
{
    return (uint32_t)lround(fmin(fmax(value, 0), 1) * 255);
}

static double hue_part(double p, double q, double hue)
{
    hue -= floor(hue);
    if (hue < 1.0 / 6)
        return p + (q - p) * 6 * hue;
    if (hue < 0.5)
        return q;
    return hue < 2.0 / 3 ? p + (q - p) * (2.0 / 3 - hue) * 6 : p;
}

/* "rgb(...)", "hsl(...)" and both with an "a", of numbers, percent and blanks, commas or "/". */
static bool read_function(const char *text, size_t length, uint32_t *out)
{
    char copy[80];
    double parts[4] = {0, 0, 0, 1};
    bool is_percent[4] = {false, false, false, false};
    bool is_hsl = lower(text[0]) == 'h';
    if (length >= sizeof copy)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    const char *c = strchr(copy, '(');
    if (c == NULL)
        return false;
    c = bp_svg_skip(c + 1);
    int count = 0;
    for (; count < 4 && *c != ')'; count++) {
        if (!bp_svg_number(&c, &parts[count]))
            return false;
        is_percent[count] = *c == '%';
        c += is_percent[count];
        if (is_hsl && count == 0 && strncmp(c, "deg", 3) == 0)
            c += 3;
        c = bp_svg_skip_comma(c);
        if (*c == '/')
            c = bp_svg_skip(c + 1);
    }
    if (count < 3 || *c != ')' || c[1] != '\0')
        return false;
    double alpha = is_percent[3] ? parts[3] / 100 : parts[3];
    double rgb[3];
    if (is_hsl) {
        double hue = parts[0] / 360, s = fmin(fmax(parts[1] / 100, 0), 1);
        double l = fmin(fmax(parts[2] / 100, 0), 1);
        double q = l < 0.5 ? l * (1 + s) : l + s - l * s, p = 2 * l - q;
        rgb[0] = hue_part(p, q, hue + 1.0 / 3);
        rgb[1] = hue_part(p, q, hue);
        rgb[2] = hue_part(p, q, hue - 1.0 / 3);
    } else {
        for (int i = 0; i < 3; i++)
            rgb[i] = is_percent[i] ? parts[i] / 100 : parts[i] / 255;
    }
    *out = channel(rgb[0]) << 24 | channel(rgb[1]) << 16 | channel(rgb[2]) << 8 | channel(alpha);
    return true;
}

static bool starts_with(const char *text, size_t length, const char *start)
{
    size_t i = 0;
    for (; start[i] != '\0'; i++)
        if (i >= length || lower(text[i]) != start[i])
            return false;
    return true;
}

static bool read_name(const char *text, size_t length, uint32_t *out)
{
    size_t low = 0, high = sizeof bp_svg_colors / sizeof bp_svg_colors[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *name = bp_svg_colors[middle].name;
        int order = 0;
        for (size_t i = 0; order == 0 && (i < length || name[i] != '\0'); i++)
            order = (i < length ? lower(text[i]) : '\0') - name[i];
        if (order == 0) {
            *out = bp_svg_colors[middle].rgb << 8 | 0xff;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* The part of a text that has no blanks around it. */
static const char *trim(const char *text, size_t *length)
{
    while (*length > 0 && is_blank(text[*length - 1]))
        --*length;
    while (*length > 0 && is_blank(*text)) {
        text++;
        --*length;
    }
    return text;
}

bool bp_svg_color(const char *text, size_t length, uint32_t current, uint32_t *out)
{
    text = trim(text, &length);
    /* Of a drawing for screens of both kinds, the colour on white. It holds none of its own kind.
     */
    if (starts_with(text, length, "light-dark(")) {
        size_t end = 11;
        for (int open = 0; end < length && (text[end] != ',' || open > 0); end++)
            open += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
        length = end - 11;
        text = trim(text + 11, &length);
    }
    if (length == 0)
        return false;
    if (*text == '#')
        return read_hex(text + 1, length - 1, out);
    if (length == 12 && starts_with(text, length, "currentcolor")) {
        *out = current;
        return true;
    }
    if (length == 11 && starts_with(text, length, "transparent")) {
        *out = 0;
        return true;
    }
    if (starts_with(text, length, "rgb") || starts_with(text, length, "hsl"))
        return read_function(text, length, out);
    return read_name(text, length, out);
}

/* Transforms ----------------------------------------------------------------------------------- */

void bp_svg_multiply(const double inner[6], const double outer[6], double out[6])
{
    const double product[6] = {
        inner[0] * outer[0] + inner[1] * outer[2],
        inner[0] * outer[1] + inner[1] * outer[3],
        inner[2] * outer[0] + inner[3] * outer[2],
        inner[2] * outer[1] + inner[3] * outer[3],
        inner[4] * outer[0] + inner[5] * outer[2] + outer[4],
        inner[4] * outer[1] + inner[5] * outer[3] + outer[5],
    };
    memcpy(out, product, sizeof product);
}

static bool make_transform(const char *name, size_t length, const double *n, int count,
                           double out[6])
{
    double made[6] = {1, 0, 0, 1, 0, 0};
#define IS(word) (length == sizeof(word) - 1 && memcmp(name, word, length) == 0)
    if (IS("matrix") && count == 6) {
        memcpy(made, n, sizeof made);
    } else if (IS("translate") && (count == 1 || count == 2)) {
        made[4] = n[0];
        made[5] = count == 2 ? n[1] : 0;
    } else if (IS("scale") && (count == 1 || count == 2)) {
        made[0] = n[0];
        made[3] = count == 2 ? n[1] : n[0];
    } else if (IS("rotate") && (count == 1 || count == 3)) {
        double s = sin(n[0] * DEGREES), c = cos(n[0] * DEGREES);
        double x = count == 3 ? n[1] : 0, y = count == 3 ? n[2] : 0;
        const double turned[6] = {c, s, -s, c, x - c * x + s * y, y - s * x - c * y};
        memcpy(made, turned, sizeof made);
    } else if (IS("skewX") && count == 1) {
        made[2] = tan(n[0] * DEGREES);
    } else if (IS("skewY") && count == 1) {
        made[1] = tan(n[0] * DEGREES);
    } else {
        return false;
    }
#undef IS
    memcpy(out, made, sizeof made);
    return true;
}

bool bp_svg_transform(const char *text, double matrix[6])
{
    const char *c = bp_svg_skip(text);
    if (bp_svg_is_word(c, "none"))
        return true;
    while (*c != '\0') {
        const char *name = c;
        while ((*c >= 'a' && *c <= 'z') || *c == 'X' || *c == 'Y')
            c++;
        size_t length = (size_t)(c - name);
        double n[6] = {0}, made[6];
        int count = 0;
        c = bp_svg_skip(c);
        if (*c != '(')
            return false;
        c = bp_svg_skip(c + 1);
        for (; count < 6 && *c != ')'; count++) {
            if (!bp_svg_length(&c, 0, 0, &n[count]))
                return false;
            if (strncmp(c, "deg", 3) == 0)
                c += 3;
            c = bp_svg_skip_comma(c);
        }
        if (*c != ')' || !make_transform(name, length, n, count, made))
            return false;
        bp_svg_multiply(made, matrix, matrix);
        c = bp_svg_skip_comma(c + 1);
    }
    for (int i = 0; i < 6; i++)
        if (!(fabs(matrix[i]) <= NUMBER_MOST))
            return false;
    return true;
}

size_t bp_svg_reference(const char *text, const char **name, const char **rest)
{
    const char *c = bp_svg_skip(text);
    char close = '\0';
    if (strncmp(c, "url(", 4) == 0) {
        c = bp_svg_skip(c + 4);
        close = ')';
        if (*c == '"' || *c == '\'')
            c++;
    }
    if (*c != '#')
        return 0;
    const char *start = ++c;
    while (*c != '\0' && *c != close && *c != '"' && *c != '\'' && !is_blank(*c))
        c++;
    size_t length = (size_t)(c - start);
    *name = start;
    while (*c != '\0' && *c != close)
        c++;
    if (close != '\0' && *c != close)
        return 0;
    if (rest != NULL)
        *rest = bp_svg_skip(close != '\0' ? c + 1 : c);
    return length;
}
