/* Option tables. Each call that takes one describes it with a list of names, kinds and places in a
 * struct; this file reads it, and names what it does not know. Which of several faults is told does
 * not depend on the order of the table. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "script/script_private.h"

/* Whether two words of one length have the same letters. */
static bool is_turned(const char *word, const char *other)
{
    int letters[256] = {0};
    for (; *word != '\0' && *other != '\0'; word++, other++) {
        letters[(unsigned char)*word]++;
        letters[(unsigned char)*other]--;
    }
    for (size_t i = 0; i < 256; i++)
        if (letters[i] != 0)
            return false;
    return true;
}

/* The shortest name that begins or ends with the word: "footnote" of "note". */
static const char *longer_name(const char *word, size_t length, const char *const *names,
                               size_t count)
{
    const char *best = NULL;
    for (size_t i = 0; i < count && length >= 4; i++) {
        size_t size = strlen(names[i]);
        if (size <= length ||
            (strncmp(names[i], word, length) != 0 && strcmp(names[i] + size - length, word) != 0))
            continue;
        size_t best_size = best != NULL ? strlen(best) : SIZE_MAX;
        if (size < best_size || (size == best_size && strcmp(names[i], best) < 0))
            best = names[i];
    }
    return best;
}

const char *bp_nearest(const char *word, const char *const *names, size_t count)
{
    size_t length = strlen(word);
    size_t limit = length <= 3 ? 1 : length <= 6 ? 2 : 3;
    const char *best = NULL;
    for (size_t i = 0; i < count && length <= 64; i++) {
        size_t size = strlen(names[i]);
        if (size > length + limit || length > size + limit)
            continue;
        size_t distance = bp_text_distance(word, names[i], limit);
        if (distance > limit)
            continue;
        if (distance == 2 && length <= 4 && (size != length || !is_turned(word, names[i])))
            continue; /* Half of a short word is another: two letters of it may change places. */
        /* Among equals one that begins alike, then the first by the alphabet. */
        bool starts = names[i][0] == word[0], best_starts = best != NULL && best[0] == word[0];
        bool is_better = best == NULL || distance < limit || (starts && !best_starts) ||
                         (starts == best_starts && strcmp(names[i], best) < 0);
        if (is_better)
            best = names[i];
        limit = distance;
    }
    return best != NULL ? best : longer_name(word, length, names, count);
}

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool read_color(const char *text, size_t length, uint32_t *out)
{
    if (text[0] != '#' || (length != 4 && length != 7 && length != 9))
        return false;
    uint32_t color = 0;
    for (size_t i = 1; i < length; i++) {
        int value = digit(text[i]);
        if (value < 0)
            return false;
        color = color << 4 | (uint32_t)value;
        if (length == 4)
            color = color << 4 | (uint32_t)value;
    }
    *out = length == 9 ? color : color << 8 | 0xff;
    return true;
}

bool bp_is_color(const char *text, size_t length)
{
    uint32_t color = 0;
    return text[0] == '#' ? read_color(text, length, &color) : length > 0;
}

bool bp_is_length(const char *text)
{
    static const char *const units[] = {"pt", "mm", "cm", "in", "pc", "em", "fr", "%"};
    text += strspn(text, " \t");
    text += *text == '-';
    size_t whole = strspn(text, "0123456789");
    text += whole;
    size_t part = 0;
    if (*text == '.') {
        part = strspn(text + 1, "0123456789");
        text += part + 1;
        if (part == 0)
            return false;
    }
    text += strspn(text, " \t");
    bool has_unit = false;
    for (size_t i = 0; i < sizeof units / sizeof *units && !has_unit; i++) {
        size_t size = strlen(units[i]);
        has_unit = strncmp(text, units[i], size) == 0;
        text += has_unit ? size : 0;
    }
    return whole + part > 0 && has_unit && text[strspn(text, " \t")] == '\0';
}

uint32_t bp_check_color(lua_State *L, int index, const char *what)
{
    size_t length = 0;
    uint32_t color = 0;
    bool is_text = lua_type(L, index) == LUA_TSTRING;
    const char *text = is_text ? lua_tolstring(L, index, &length) : "";
    if (is_text && read_color(text, length, &color))
        return color;
    if (is_text)
        bp_raise_text(L, BP_ERR_SCRIPT,
                      "%s: \"%s\" is no colour; write it as \"#rrggbb\"; one of the theme "
                      "is cx:color(\"accent\")",
                      what, text);
    bp_raise_text(L, BP_ERR_SCRIPT, "%s: expected a colour like \"#rrggbb\", found a %s", what,
                  luaL_typename(L, index));
    return 0;
}

/* Reads the value on top of the stack. False where it is of the wrong kind. */
static bool read_value(lua_State *L, const bp_option *option, char *out)
{
    void *slot = out + option->offset;
    int is_number = 0;
    switch (option->kind) {
    case BP_OPTION_NUMBER:
        if (lua_type(L, -1) != LUA_TNUMBER)
            return false;
        *(double *)slot = lua_tonumber(L, -1);
        return true;
    case BP_OPTION_INTEGER: {
        lua_Integer value = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &is_number) : 0;
        if (!is_number || value < -1000000000 || value > 1000000000)
            return false;
        *(int *)slot = (int)value;
        return true;
    }
    case BP_OPTION_BOOLEAN:
        if (!lua_isboolean(L, -1))
            return false;
        *(bool *)slot = lua_toboolean(L, -1) != 0;
        return true;
    case BP_OPTION_TEXT:
        if (lua_type(L, -1) != LUA_TSTRING)
            return false;
        *(const char **)slot = lua_tostring(L, -1);
        return true;
    case BP_OPTION_COLOR: {
        size_t length = 0;
        const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : "";
        return read_color(text, length, slot);
    }
    case BP_OPTION_CHOICE:
        if (lua_type(L, -1) != LUA_TSTRING)
            return false;
        for (int i = 0; option->choices[i] != NULL; i++)
            if (strcmp(option->choices[i], lua_tostring(L, -1)) == 0) {
                *(int *)slot = i;
                return true;
            }
        return false;
    case BP_OPTION_ANY:
        return true;
    }
    return false;
}

int bp_option_push(lua_State *L, int index, const char *name)
{
    index = lua_absindex(L, index);
    lua_pushstring(L, name);
    return lua_rawget(L, index);
}

static void raise_unknown(lua_State *L, const char *what, const char *key, const bp_option *options,
                          size_t count)
{
    const char *names[32] = {0};
    for (size_t i = 0; i < count; i++)
        names[i] = options[i].name;
    const char *near = bp_nearest(key, names, count);
    char hint[64] = "";
    if (near != NULL)
        (void)snprintf(hint, sizeof hint, "did you mean \"%s\"? ", near);
    luaL_Buffer list;
    luaL_buffinit(L, &list);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            luaL_addstring(&list, ", ");
        luaL_addstring(&list, names[i]);
    }
    luaL_pushresult(&list);
    bp_raise_text(L, BP_ERR_SCRIPT, "%s: unknown option \"%s\"; %sit takes %s", what, key, hint,
                  lua_tostring(L, -1));
}

static void raise_wrong(lua_State *L, const char *what, const bp_option *option, int index)
{
    static const char *const expected[] = {[BP_OPTION_NUMBER] = "a number",
                                           [BP_OPTION_INTEGER] = "a whole number",
                                           [BP_OPTION_BOOLEAN] = "true or false",
                                           [BP_OPTION_TEXT] = "a text",
                                           [BP_OPTION_COLOR] = "a colour like \"#rrggbb\"",
                                           [BP_OPTION_CHOICE] = "one of",
                                           [BP_OPTION_ANY] = "a value"};
    bp_option_push(L, index, option->name);
    int type = lua_type(L, -1);
    const char *found =
        type == LUA_TSTRING || type == LUA_TNUMBER
            ? lua_pushfstring(L, type == LUA_TSTRING ? "\"%s\"" : "%s", lua_tostring(L, -1))
            : lua_pushfstring(L, "a %s", luaL_typename(L, -1));
    luaL_Buffer list;
    luaL_buffinit(L, &list);
    luaL_addstring(&list, expected[option->kind]);
    for (int i = 0; option->kind == BP_OPTION_CHOICE && option->choices[i] != NULL; i++) {
        luaL_addstring(&list, i == 0 ? " \"" : ", \"");
        luaL_addstring(&list, option->choices[i]);
        luaL_addchar(&list, '"');
    }
    luaL_pushresult(&list);
    bp_raise_text(L, BP_ERR_SCRIPT, "%s: option \"%s\": expected %s, found %s", what, option->name,
                  lua_tostring(L, -1), found);
}

unsigned bp_options_read(lua_State *L, int index, const char *what, const bp_option *options,
                         size_t count, void *out)
{
    index = lua_absindex(L, index);
    if (!lua_istable(L, index))
        bp_raise_text(L, BP_ERR_SCRIPT, "%s: expected a table of options, found a %s", what,
                      luaL_typename(L, index));
    unsigned given = 0, wrong = 0;
    const char *unknown = NULL;
    bool has_place = false;
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        size_t i = 0;
        while (key != NULL && i < count &&
               (options[i].name[0] != key[0] || strcmp(options[i].name, key) != 0))
            i++;
        if (key == NULL)
            has_place = true;
        else if (i == count)
            unknown = unknown == NULL || strcmp(key, unknown) < 0 ? key : unknown;
        else if (read_value(L, &options[i], out))
            given |= 1u << i;
        else
            wrong |= 1u << i;
        lua_pop(L, 1);
    }
    if (unknown != NULL)
        raise_unknown(L, what, unknown, options, count);
    if (has_place)
        bp_raise_text(L, BP_ERR_SCRIPT, "%s: options are given by name", what);
    for (size_t i = 0; i < count; i++)
        if (wrong & 1u << i)
            raise_wrong(L, what, &options[i], index);
    return given;
}
