/* Turns the trace of a report into the table that the floor draws: steps TRACE OUT. Settings that
 * stay the same between steps are left out here, as a careful program would; what libharu's public
 * calls cannot draw is counted. Prints "pages N", "font NAME" for each font, and "left out N WHAT".
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "steps.h"

typedef struct {
    char *bytes;
    size_t length, capacity;
} block;

/* What the page's graphics state holds; nought is what a page begins with. */
typedef struct {
    uint32_t font; /* Number and 1. */
    float size, stretch, rise, opacity, alpha, thickness, dash[2];
    uint32_t fill, stroke, cap;
} state;

typedef struct {
    block steps;
    double height;
    state states[32];
    size_t depth;
} sheet;

static block sheets, characters;
static step_font fonts[STEP_FONTS_MOST];
static uint32_t font_count, left_out;
static const char *file;
static size_t line_number;

static void stop(const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", file, line_number, what);
    exit(65);
}

static void *grow(block *to, size_t size)
{
    if (to->length + size > to->capacity) {
        to->capacity = 2 * to->capacity + size + 4096;
        to->bytes = realloc(to->bytes, to->capacity);
        if (to->bytes == NULL)
            stop("out of memory");
    }
    void *at = memset(to->bytes + to->length, 0, size);
    to->length += size;
    return at;
}

static uint32_t keep(const void *bytes, size_t length)
{
    uint32_t at = (uint32_t)characters.length;
    memcpy(grow(&characters, length + 1), bytes, length);
    return at;
}

static step *add(sheet *on, step_kind kind)
{
    step *one = grow(&on->steps, sizeof *one);
    one->kind = (uint32_t)kind;
    return one;
}

static void add_numbers(sheet *on, step_kind kind, const double *numbers, int count)
{
    step *one = add(on, kind);
    for (int i = 0; i < count; i++)
        one->v[i] = (float)numbers[i];
}

/* Reading a line: words, numbers and texts in quotes. `at` moves on. */

static bool take_word(char **at, const char *word)
{
    size_t length = strlen(word);
    while (**at == ' ')
        (*at)++;
    if (strncmp(*at, word, length) != 0 || ((*at)[length] != ' ' && (*at)[length] != '\0'))
        return false;
    *at += length;
    return true;
}

static double take_number(char **at)
{
    char *end;
    double number = strtod(*at, &end);
    if (end == *at)
        stop("a number was expected");
    *at = end;
    return number;
}

static void take_numbers(char **at, double *numbers, int count)
{
    for (int i = 0; i < count; i++)
        numbers[i] = take_number(at);
}

/* The text is unescaped in place. */
static char *take_text(char **at)
{
    while (**at == ' ')
        (*at)++;
    if (**at != '"')
        stop("a text was expected");
    char *text = ++*at, *to = text;
    for (; **at != '"'; (*at)++) {
        if (**at == '\0')
            stop("a text without end");
        if (**at == '\\' && (*at)[1] == 'x') {
            unsigned value;
            sscanf(*at + 2, "%2x", &value);
            *to++ = (char)value;
            *at += 3;
            continue;
        }
        if (**at == '\\')
            (*at)++;
        *to++ = **at;
    }
    (*at)++;
    *to = '\0';
    return text;
}

/* As 0xRRGGBBAA. */
static uint32_t take_color(char **at)
{
    while (**at == ' ')
        (*at)++;
    if (**at != '#')
        stop("a colour was expected");
    char *end;
    unsigned long color = strtoul(*at + 1, &end, 16);
    bool has_alpha = end - *at == 9;
    *at = end;
    return has_alpha ? (uint32_t)color : (uint32_t)(color << 8 | 0xff);
}

/* Settings, only where they change. */

static void set_alpha(sheet *on, uint32_t color)
{
    state *now = &on->states[on->depth];
    float alpha = now->opacity * (float)(color & 0xff) / 255;
    if (alpha != now->alpha)
        add(on, STEP_ALPHA)->v[0] = now->alpha = alpha;
}

static void set_color(sheet *on, step_kind kind, uint32_t color)
{
    state *now = &on->states[on->depth];
    uint32_t *held = kind == STEP_FILL ? &now->fill : &now->stroke;
    set_alpha(on, color);
    if ((color | 0xff) == *held)
        return;
    *held = color | 0xff;
    const double parts[3] = {(color >> 24) / 255.0, (color >> 16 & 0xff) / 255.0,
                             (color >> 8 & 0xff) / 255.0};
    add_numbers(on, kind, parts, 3);
}

static void set_line(sheet *on, float thickness, uint32_t cap, const float dash[2])
{
    state *now = &on->states[on->depth];
    if (thickness != now->thickness)
        add(on, STEP_THICKNESS)->v[0] = now->thickness = thickness;
    if (cap != now->cap)
        add(on, STEP_CAP)->a = now->cap = cap;
    if (dash[0] != now->dash[0] || dash[1] != now->dash[1]) {
        add_numbers(on, STEP_DASH, (const double[2]){dash[0], dash[1]}, 2);
        now->dash[0] = dash[0];
        now->dash[1] = dash[1];
    }
}

/* Paths. */

/* Adds the segments at `at` up to the first word that is none; with `on` NULL only passes over
 * them. */
static void take_path(char **at, sheet *on)
{
    static const struct {
        const char *verb;
        step_kind kind;
        int count;
    } verbs[] = {{"M", STEP_MOVE, 2},
                 {"L", STEP_LINE, 2},
                 {"C", STEP_CURVE, 6},
                 {"R", STEP_RECT, 4},
                 {"Z", STEP_CLOSE, 0}};
    for (;;) {
        size_t i = 0;
        while (i < 5 && !take_word(at, verbs[i].verb))
            i++;
        if (i == 5)
            return;
        double n[6];
        take_numbers(at, n, verbs[i].count);
        if (on == NULL)
            continue;
        if (verbs[i].kind == STEP_RECT)
            n[1] = on->height - n[1] - n[3];
        else
            for (int j = 1; j < verbs[i].count; j += 2)
                n[j] = on->height - n[j];
        add_numbers(on, verbs[i].kind, n, verbs[i].count);
    }
}

static void read_path(sheet *on, char *at)
{
    char *segments = at;
    uint32_t how = 0, cap = 0;
    float dash[2] = {0, 0};
    take_path(&at, NULL);
    if (take_word(&at, "gradient")) {
        left_out++;
        return;
    }
    if (take_word(&at, "fill")) {
        how |= 1;
        set_color(on, STEP_FILL, take_color(&at));
    }
    if (take_word(&at, "even-odd"))
        how |= 4;
    if (take_word(&at, "stroke")) {
        how |= 2;
        set_color(on, STEP_STROKE, take_color(&at));
        float thickness = (float)take_number(&at);
        if (take_word(&at, "cap"))
            cap = (uint32_t)take_number(&at);
        if (take_word(&at, "join"))
            take_number(&at);
        if (take_word(&at, "dash")) {
            dash[0] = (float)take_number(&at);
            dash[1] =
                *at == ' ' && strchr("0123456789.", at[1]) ? (float)take_number(&at) : dash[0];
        }
        set_line(on, thickness, cap, dash);
    }
    take_path(&segments, on);
    add(on, STEP_PAINT)->a = how;
}

static void read_clip(sheet *on, char *at)
{
    take_path(&at, on);
    add(on, STEP_CLIP);
}

static void read_transform(sheet *on, char *at)
{
    double m[6];
    take_numbers(&at, m, 6);
    /* The trace counts downwards from the top, libharu upwards from the foot. */
    const double turned[6] = {
        m[0], -m[1], -m[2], m[3], m[4] + m[2] * on->height, on->height - m[3] * on->height - m[5]};
    add_numbers(on, STEP_CONCAT, turned, 6);
}

static void read_link(sheet *on, char *at)
{
    double box[4];
    take_numbers(&at, box, 4);
    const char *target = take_text(&at);
    if (target[0] == '#')
        return; /* Within the document: cheap either way. */
    const double edges[4] = {box[0], on->height - box[1] - box[3], box[0] + box[2],
                             on->height - box[1]};
    uint32_t kept = keep(target, strlen(target));
    add_numbers(on, STEP_LINK, edges, 4);
    ((step *)(void *)(on->steps.bytes + on->steps.length))[-1].a = kept;
}

/* Text. */

/* The byte of a character in WinAnsiEncoding; 0 where it has none. */
static unsigned char win_ansi(uint32_t character)
{
    static const uint16_t high[32] = {
        0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
        0x2039, 0x152,  0,      0x17d,  0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178};
    if ((character >= 0x20 && character < 0x7f) || (character >= 0xa0 && character < 0x100))
        return (unsigned char)character;
    for (unsigned i = 0; i < 32; i++)
        if (high[i] == character)
            return (unsigned char)(0x80 + i);
    return 0;
}

/* Turns UTF-8 into WinAnsi in `out`, which is as long; false where a character has no place in it.
 */
static bool to_win_ansi(const char *text, char *out)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at != '\0') {
        int more = *at < 0x80 ? 0 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;
        uint32_t character = more == 0 ? *at : *at & (0x3fU >> more);
        at++;
        for (; more > 0; more--)
            character = character << 6 | (*at++ & 0x3f);
        unsigned char byte = win_ansi(character);
        if (byte == 0)
            return false;
        *out++ = (char)byte;
    }
    *out = '\0';
    return true;
}

static uint32_t find_font(const char *name, bool is_unicode)
{
    for (uint32_t i = 0; i < font_count; i++)
        if (fonts[i].is_unicode == is_unicode &&
            strcmp(characters.bytes + fonts[i].name, name) == 0)
            return i;
    if (font_count == STEP_FONTS_MOST)
        stop("too many fonts");
    fonts[font_count] = (step_font){keep(name, strlen(name)), is_unicode};
    return font_count++;
}

/* The parts of a line, gathered first: its stretch stands at the end. */
typedef struct {
    uint32_t font, characters, color;
    float size, rise;
} part;

/* What the part before said of its font, size and colour stays in force until a part says
 * otherwise; a line begins with all three. */
static part read_part(char **at, const part *before, char font[128])
{
    const char *text = take_text(at);
    while (**at == ' ')
        (*at)++;
    bool names_font = (**at >= 'A' && **at <= 'Z') || (before == NULL && **at != '\0');
    if (names_font) {
        size_t length = strcspn(*at, " ");
        if (length >= 128)
            stop("a font's name is too long");
        memcpy(font, *at, length);
        font[length] = '\0';
        *at += length;
    }
    char *bytes = malloc(strlen(text) + 1);
    if (bytes == NULL)
        stop("out of memory");
    bool is_unicode = !to_win_ansi(text, bytes);
    const char *kept = is_unicode ? text : bytes;
    part one = {.font = find_font(font, is_unicode) + 1, .characters = keep(kept, strlen(kept))};
    free(bytes);
    while (**at == ' ')
        (*at)++;
    bool has_size = **at >= '0' && **at <= '9';
    one.size = has_size || before == NULL ? (float)take_number(at) : before->size;
    while (**at == ' ')
        (*at)++;
    one.color = **at == '#' || before == NULL ? take_color(at) : before->color;
    one.rise = take_word(at, "rise") ? (float)take_number(at) : 0;
    return one;
}

static void show_part(sheet *on, const part *one)
{
    state *now = &on->states[on->depth];
    if (one->font != now->font || one->size != now->size) {
        step *font = add(on, STEP_FONT);
        font->a = (now->font = one->font) - 1;
        font->v[0] = now->size = one->size;
    }
    if ((one->color | 0xff) != now->fill)
        set_color(on, STEP_FILL, one->color | 0xff);
    if (one->rise != now->rise)
        add(on, STEP_RISE)->v[0] = now->rise = one->rise;
    add(on, STEP_SHOW)->a = one->characters;
}

static void read_text(sheet *on, char *at)
{
    double place[2];
    part parts[256];
    char font[128] = "";
    size_t count = 0;
    take_numbers(&at, place, 2);
    do {
        if (count == sizeof parts / sizeof parts[0])
            stop("too many parts in a line");
        while (*at == ' ')
            at++;
        if (*at == '"') {
            parts[count] = read_part(&at, count > 0 ? &parts[count - 1] : NULL, font);
            count++;
        }
    } while (take_word(&at, "+"));
    if (count == 0)
        return;
    float stretch = take_word(&at, "stretch") ? (float)take_number(&at) : 0;
    if (take_word(&at, "letters")) /* Spaced letters; the floor leaves them as they are. */
        (void)take_number(&at);
    state *now = &on->states[on->depth];
    set_alpha(on, parts[0].color);
    if (stretch != now->stretch)
        add(on, STEP_STRETCH)->v[0] = now->stretch = stretch;
    add_numbers(on, STEP_BEGIN, (const double[2]){place[0], on->height - place[1]}, 2);
    for (size_t i = 0; i < count; i++)
        show_part(on, &parts[i]);
    add(on, STEP_END);
}

/* Lines. */

static sheet *read_page(char *at)
{
    size_t number = (size_t)take_number(&at), count = sheets.length / sizeof(sheet);
    if (number == 0 || number > count + 1)
        stop("a page out of order");
    if (number == count + 1) {
        double size[2];
        take_numbers(&at, size, 2);
        sheet *made = grow(&sheets, sizeof *made);
        made->height = size[1];
        made->states[0] =
            (state){.opacity = 1, .alpha = 1, .thickness = 1, .fill = 0xff, .stroke = 0xff};
        add_numbers(made, STEP_PAGE, size, 2);
    }
    return &((sheet *)(void *)sheets.bytes)[number - 1];
}

static void read_line(sheet *on, char *line)
{
    char *at = line;
    if (take_word(&at, "text"))
        read_text(on, at);
    else if (take_word(&at, "path"))
        read_path(on, at);
    else if (take_word(&at, "clip"))
        read_clip(on, at);
    else if (take_word(&at, "transform"))
        read_transform(on, at);
    else if (take_word(&at, "link"))
        read_link(on, at);
    else if (take_word(&at, "opacity"))
        on->states[on->depth].opacity *= (float)take_number(&at);
    else if (take_word(&at, "image"))
        left_out++;
    else if (take_word(&at, "save")) {
        if (on->depth + 1 == sizeof on->states / sizeof on->states[0])
            stop("saved too deep");
        on->states[on->depth + 1] = on->states[on->depth];
        on->depth++;
        add(on, STEP_SAVE);
    } else if (take_word(&at, "restore")) {
        if (on->depth == 0)
            stop("nothing was saved");
        on->depth--;
        add(on, STEP_RESTORE);
    }
    /* What is left is structure and names of places: the floor has none. */
}

static void write_block(FILE *out, const void *bytes, size_t length)
{
    if (length > 0 && fwrite(bytes, 1, length, out) != length)
        stop("cannot be written");
}

static void write_all(const char *path)
{
    const size_t count = sheets.length / sizeof(sheet);
    if (count == 0)
        stop("no page in it");
    const sheet *all = (const sheet *)(const void *)sheets.bytes;
    step_head head = {.mark = STEP_MARK, .font_count = font_count, .left_out = left_out};
    head.character_count = (uint32_t)characters.length;
    for (size_t i = 0; i < count; i++)
        head.step_count += (uint32_t)(all[i].steps.length / sizeof(step));
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        stop("the table cannot be created");
    write_block(out, &head, sizeof head);
    write_block(out, fonts, font_count * sizeof fonts[0]);
    for (size_t i = 0; i < count; i++)
        write_block(out, all[i].steps.bytes, all[i].steps.length);
    write_block(out, characters.bytes, characters.length);
    if (fclose(out) != 0)
        stop("cannot be written");
    printf("pages %zu\n", count);
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: %s TRACE OUT\n", arguments[0]);
        return 64;
    }
    file = arguments[1];
    FILE *in = fopen(file, "r");
    if (in == NULL)
        stop("cannot be read");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    sheet *on = NULL;
    while ((length = getline(&line, &room, in)) > 0) {
        line_number++;
        if (line[length - 1] == '\n')
            line[length - 1] = '\0';
        char *at = line;
        if (take_word(&at, "page"))
            on = read_page(at);
        else if (on != NULL)
            read_line(on, line);
    }
    free(line);
    fclose(in);
    write_all(arguments[2]);
    for (uint32_t i = 0; i < font_count; i++) {
        bool is_told = false;
        for (uint32_t j = 0; j < i; j++)
            is_told |=
                strcmp(characters.bytes + fonts[i].name, characters.bytes + fonts[j].name) == 0;
        if (!is_told)
            printf("font %s\n", characters.bytes + fonts[i].name);
    }
    if (left_out > 0)
        printf("left out %u gradients and images\n", left_out);
    return 0;
}
