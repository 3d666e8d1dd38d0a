/* engine.format: numbers, dates, plurals and lists as the readers of a language expect them, and
 * figures with their unit and qualifier. Formatters are made once for each language and kept by the
 * host. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "script/script_private.h"

#define LIST_MOST 10000

typedef struct {
    char *language;
    bp_format *format;
} kept_format;

bp_format *bp_host_format(lua_State *L, const char *language)
{
    bp_host *host = bp_host_of(L);
    if (language == NULL)
        language = host->language;
    for (size_t i = 0; i < BP_BUF_COUNT(&host->formats, kept_format); i++) {
        kept_format *kept = &BP_BUF_ITEMS(&host->formats, kept_format)[i];
        if (strcmp(kept->language, language) == 0)
            return kept->format;
    }
    bp_error *err = bp_host_error(host);
    bp_format *format = bp_format_new(language, err);
    char *copy = format ? bp_copy_text(language) : NULL;
    kept_format *kept = copy ? bp_buf_push(&host->formats, sizeof *kept) : NULL;
    if (kept == NULL) {
        bool is_refused = format != NULL;
        bp_free(copy);
        bp_format_free(format);
        if (is_refused)
            bp_fail_memory(err);
        bp_raise(L, err);
    }
    *kept = (kept_format){copy, format};
    return format;
}

void bp_formats_close(bp_host *host)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&host->formats, kept_format); i++) {
        bp_format_free(BP_BUF_ITEMS(&host->formats, kept_format)[i].format);
        bp_free(BP_BUF_ITEMS(&host->formats, kept_format)[i].language);
    }
    bp_buf_clear(&host->formats);
}

bp_number_style bp_number_style_of(const bp_number_options *options)
{
    int decimals = options->decimals;
    /* Who shortens a number wants no zeros at its end. */
    return (bp_number_style){.least_decimals = decimals < 0 || options->compact ? 0 : decimals,
                             .most_decimals = decimals,
                             .no_grouping = !options->grouping,
                             .show_plus = options->plus,
                             .is_percent = options->percent,
                             .is_compact = options->compact,
                             .is_spelled = options->spelled};
}

/* Pushes what a formatter wrote into the scratch buffer. */
static int push_written(lua_State *L, bool ok, bp_error *err)
{
    bp_host *host = bp_host_of(L);
    if (!ok) {
        if (err->code == BP_OK)
            bp_fail_memory(err);
        return bp_raise(L, err);
    }
    lua_pushlstring(L, host->text.bytes ? host->text.bytes : "", host->text.length);
    return 1;
}

static bp_buf *scratch(lua_State *L)
{
    bp_buf *text = &bp_host_of(L)->text;
    text->length = 0;
    return text;
}

typedef struct {
    bp_number_options number;
    const char *language, *period;
    bool qualifier, unit, wording;
} format_options;

static void check_decimals(lua_State *L, int decimals)
{
    if (decimals < -1 || decimals > 15)
        bp_raise_text(L, BP_ERR_SCRIPT, "format: option \"decimals\" must be from 0 to 15");
}

static int format_number(lua_State *L)
{
    static const bp_option known[] = {BP_NUMBER_OPTIONS(format_options, number, language)};
    double value = luaL_checknumber(L, 1);
    format_options given = {.number = {.decimals = -1, .grouping = true}};
    if (!lua_isnoneornil(L, 2))
        bp_options_read(L, 2, "format.number", known, sizeof known / sizeof known[0], &given);
    check_decimals(L, given.number.decimals);
    bp_format *format = bp_host_format(L, given.language);
    bp_number_style style = bp_number_style_of(&given.number);
    bp_error *err = bp_host_error(bp_host_of(L));
    return push_written(L, bp_format_number(format, value, &style, scratch(L), err), err);
}

static int format_date(lua_State *L)
{
    typedef struct {
        const char *style, *language;
    } date_options;
    static const bp_option known[] = {
        {"style", BP_OPTION_TEXT, offsetof(date_options, style), NULL},
        {"language", BP_OPTION_TEXT, offsetof(date_options, language), NULL}};
    const char *date = luaL_checkstring(L, 1);
    date_options given = {.style = "long"};
    if (lua_type(L, 2) == LUA_TSTRING)
        given.style = lua_tostring(L, 2);
    else if (!lua_isnoneornil(L, 2))
        bp_options_read(L, 2, "format.date", known, 2, &given);
    bp_format *format = bp_host_format(L, given.language);
    bp_error *err = bp_host_error(bp_host_of(L));
    return push_written(L, bp_format_date(format, date, given.style, scratch(L), err), err);
}

static int format_plural(lua_State *L)
{
    double value = luaL_checknumber(L, 1);
    bp_format *format = bp_host_format(L, luaL_optstring(L, 2, NULL));
    lua_pushstring(L, bp_format_plural(format, value, -1));
    return 1;
}

static int format_list(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    bp_format *format = bp_host_format(L, luaL_optstring(L, 2, NULL));
    size_t count = lua_rawlen(L, 1);
    luaL_argcheck(L, count <= LIST_MOST, 1, "the list is too long");
    const char **items = lua_newuserdatauv(L, (count + 1) * sizeof *items, 0);
    lua_createtable(L, (int)count, 0); /* Holds the texts, also of numbers. */
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        luaL_argcheck(L, lua_isstring(L, -1), 1, "expected a list of texts");
        items[i] = lua_tostring(L, -1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    bp_error *err = bp_host_error(bp_host_of(L));
    return push_written(L, bp_format_list(format, items, count, scratch(L), err), err);
}

/* Figures */

/* How a language says that a number is not exact: the text before it. Elsewhere signs do. */
typedef struct {
    const char *language;
    const char *before[4]; /* By bp_qualifier. */
} qualifier_words;
static const qualifier_words qualifiers[] = {
    {"de", {"", "mehr als ", "mindestens ", "rund "}},
    {"en", {"", "more than ", "at least ", "about "}},
    {"es", {"", "más de ", "al menos ", "unos "}},
    {"fr", {"", "plus de ", "au moins ", "environ "}},
    {"it", {"", "oltre ", "almeno ", "circa "}},
    {"pt", {"", "mais de ", "pelo menos ", "cerca de "}},
    {"ja",
     {"", "超", "以上",
      "約"}}, /* "600超", "600以上": the first two stand behind, see add_qualifier. */
    {"zh", {"", "超过", "不少于", "约"}},
    {"zh-Hant", {"", "超過", "不少於", "約"}},
};
static const char *const qualifier_signs[4] = {"", ">", "≥", "~"};

static bool is_language(const char *language, const char *primary)
{
    size_t length = strlen(primary);
    return strncmp(language, primary, length) == 0 &&
           (language[length] == '\0' || language[length] == '-');
}

static const char *qualifier_text(const char *language, bp_qualifier qualifier)
{
    const char *text = qualifier_signs[qualifier];
    for (size_t i = 0; i < sizeof qualifiers / sizeof qualifiers[0]; i++)
        if (is_language(language,
                        qualifiers[i].language)) /* The last that fits is the most exact. */
            text = qualifiers[i].before[qualifier];
    if (is_language(language, "zh-TW") || is_language(language, "zh-HK"))
        text = qualifiers[sizeof qualifiers / sizeof qualifiers[0] - 1].before[qualifier];
    return text;
}

/* Han and kana need no space between a number and its unit. */
static bool joins_units(const char *language)
{
    return is_language(language, "zh") || is_language(language, "ja");
}

/* Adds the symbol behind a number: % and degrees touch it, letters (m², kWh) keep a no-break space.
 */
static bool add_symbol(bp_buf *out, const char *symbol, const char *language)
{
    unsigned char first = (unsigned char)symbol[0];
    bool is_letter = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') ||
                     first == 0xC2 || first == 0xCE;
    bool is_degree = strncmp(symbol, "°", 2) == 0 && symbol[2] == '\0';
    return (!is_letter || is_degree || joins_units(language) || bp_buf_text(out, "\u00A0")) &&
           bp_buf_text(out, symbol);
}

static bool write_figure(bp_host *host, bp_format *format, const bp_indicator *indicator,
                         const bp_observation *seen, const format_options *given, bool with_symbol,
                         bp_buf *out, bp_error *err)
{
    const char *language = given->language ? given->language : host->language;
    bp_number_options number = given->number;
    const char *symbol = bp_text_in(host->data, indicator->unit_symbol, language);
    number.percent = number.percent || (with_symbol && strcmp(symbol, "%") == 0);
    bool is_behind = is_language(language, "ja") &&
                     (seen->qualifier == BP_MORE_THAN || seen->qualifier == BP_AT_LEAST);
    const char *qualifier = given->qualifier ? qualifier_text(language, seen->qualifier) : "";
    bp_number_style style = bp_number_style_of(&number);
    bool ok = (is_behind || bp_buf_text(out, qualifier)) &&
              bp_format_number(format, seen->value, &style, out, err);
    if (ok && with_symbol && symbol[0] != '\0' && strcmp(symbol, "%") != 0)
        ok = add_symbol(out, symbol, language);
    if (ok && given->unit && symbol[0] == '\0') {
        const char *category = bp_format_plural(format, seen->value, number.decimals);
        bp_text text = strcmp(category, "one") == 0 && indicator->unit_one.count > 0
                           ? indicator->unit_one
                           : indicator->unit_other;
        const char *unit = bp_text_in(host->data, text, language);
        if (unit[0] != '\0')
            ok = (joins_units(language) || bp_buf_text(out, "\u00A0")) && bp_buf_text(out, unit);
    }
    return ok && (!is_behind || bp_buf_text(out, qualifier));
}

int bp_indicator_format(lua_State *L)
{
    static const bp_option known[] = {
        BP_NUMBER_OPTIONS(format_options, number, language),
        {"qualifier", BP_OPTION_BOOLEAN, offsetof(format_options, qualifier), NULL},
        {"unit", BP_OPTION_BOOLEAN, offsetof(format_options, unit), NULL},
        {"wording", BP_OPTION_BOOLEAN, offsetof(format_options, wording), NULL},
        {"period", BP_OPTION_TEXT, offsetof(format_options, period), NULL},
    };
    enum { DECIMALS_GIVEN = 1u << 1, UNIT_GIVEN = 1u << 8 };
    const bp_indicator *indicator = bp_item_check(L, 1, &bp_indicator_kind);
    bp_host *host = bp_host_of(L);
    format_options given = {.number = {.decimals = indicator->decimals, .grouping = true},
                            .qualifier = true};
    unsigned has = 0;
    if (!lua_isnoneornil(L, 2))
        has = bp_options_read(L, 2, "format", known, sizeof known / sizeof known[0], &given);
    if (given.number.compact && !(has & DECIMALS_GIVEN))
        given.number.decimals = -1; /* Those of the data are of the whole number. */
    check_decimals(L, given.number.decimals);
    const bp_observation *seen = &indicator->observations[indicator->observation_count - 1];
    if (given.period != NULL) {
        seen = NULL;
        for (size_t i = 0; i < indicator->observation_count; i++)
            if (strcmp(indicator->observations[i].period, given.period) == 0)
                seen = &indicator->observations[i];
        if (seen == NULL)
            return bp_raise_text(
                L, BP_ERR_SCRIPT,
                "indicator \"%s\" has no observation of \"%s\"; its newest is of \"%s\"",
                indicator->id, given.period,
                indicator->observations[indicator->observation_count - 1].period);
    }
    const char *language = given.language ? given.language : host->language;
    if (given.wording && bp_text_has(seen->wording, language)) {
        lua_pushstring(L, bp_text_in(host->data, seen->wording, language));
        return 1;
    }
    bp_format *format = bp_host_format(L, given.language);
    bool with_symbol = given.unit || !(has & UNIT_GIVEN);
    bp_error *err = bp_host_error(host);
    return push_written(
        L, write_figure(host, format, indicator, seen, &given, with_symbol, scratch(L), err), err);
}

void bp_open_format(lua_State *L)
{
    static const luaL_Reg functions[] = {{"number", format_number},
                                         {"date", format_date},
                                         {"plural", format_plural},
                                         {"list", format_list},
                                         {NULL, NULL}};
    luaL_newlib(L, functions);
}
