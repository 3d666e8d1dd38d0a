/* `data`, the first argument of a layout: the model as read-only objects, in the language of the
 * report. Nothing is copied into Lua; a field is read when it is asked for. Tables are in
 * api_data_table.c. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "script/script_private.h"

#define DATA_KEY "briefpress.data"

void bp_push_text(lua_State *L, bp_text text)
{
    const bp_host *host = bp_host_of(L);
    lua_pushstring(L, bp_text_in(host->data, text, host->language));
}

void bp_push_number(lua_State *L, double value)
{
    if (value == floor(value) && fabs(value) <= 9007199254740992.0)
        lua_pushinteger(L, (lua_Integer)value);
    else
        lua_pushnumber(L, value);
}

/* Each of these pushes one field of one struct. */
#define FIELD(function, type, push_it)                                                             \
    static void function(lua_State *L, const void *raw)                                            \
    {                                                                                              \
        const type *item = raw;                                                                    \
        push_it;                                                                                   \
    }

static void push_source(lua_State *L, const bp_source *source)
{
    bp_item_push(L, &bp_source_kind, source);
}

#define ID(function, type)                                                                         \
    static const char *function(const void *item)                                                  \
    {                                                                                              \
        return ((const type *)item)->id;                                                           \
    }

/* Sources */

ID(source_id, bp_source)
FIELD(source_push_id, bp_source, lua_pushstring(L, item->id))
FIELD(source_title, bp_source, bp_push_text(L, item->title))
FIELD(source_publisher, bp_source, bp_push_text(L, item->publisher))
FIELD(source_url, bp_source, lua_pushstring(L, item->url))
FIELD(source_date, bp_source, lua_pushstring(L, item->date))
const bp_kind bp_source_kind = {
    .name = "source",
    .id = source_id,
    .fields = (const bp_field[]){{"id", source_push_id},
                                 {"title", source_title},
                                 {"publisher", source_publisher},
                                 {"url", source_url},
                                 {"date", source_date},
                                 {NULL, NULL}},
};

/* Themes */

static void theme_indicators(lua_State *L, const void *theme)
{
    const bp_data *data = bp_host_of(L)->data;
    size_t count = 0, at = 0;
    for (size_t i = 0; i < bp_data_indicator_count(data); i++)
        count += bp_data_indicator(data, i)->theme == theme;
    const void **items = bp_list_new(L, &bp_indicator_kind, count);
    for (size_t i = 0; i < bp_data_indicator_count(data); i++)
        if (bp_data_indicator(data, i)->theme == theme)
            items[at++] = bp_data_indicator(data, i);
    bp_list_close(L);
}

ID(theme_id, bp_theme)
FIELD(theme_push_id, bp_theme, lua_pushstring(L, item->id))
FIELD(theme_title, bp_theme, bp_push_text(L, item->title))
FIELD(theme_summary, bp_theme, bp_push_text(L, item->summary))
static const bp_kind theme_kind = {
    .name = "theme",
    .id = theme_id,
    .fields = (const bp_field[]){{"id", theme_push_id},
                                 {"title", theme_title},
                                 {"summary", theme_summary},
                                 {"indicators", theme_indicators},
                                 {NULL, NULL}},
};

/* Observations */

static void push_status(lua_State *L, const bp_observation *seen)
{
    lua_pushlstring(L, &seen->status, 1);
}

FIELD(seen_period, bp_observation, lua_pushstring(L, item->period))
FIELD(seen_value, bp_observation, bp_push_number(L, item->value))
FIELD(seen_qualifier, bp_observation, lua_pushstring(L, bp_qualifier_name(item->qualifier)))
FIELD(seen_status, bp_observation, push_status(L, item))
FIELD(seen_wording, bp_observation, bp_push_text(L, item->wording))
FIELD(seen_source, bp_observation, push_source(L, item->citation.source))
FIELD(seen_locator, bp_observation, bp_push_text(L, item->citation.locator))
FIELD(seen_derived, bp_observation, lua_pushboolean(L, item->is_derived))
const bp_kind bp_observation_kind = {
    .name = "observation",
    .fields = (const bp_field[]){{"period", seen_period},
                                 {"value", seen_value},
                                 {"qualifier", seen_qualifier},
                                 {"status", seen_status},
                                 {"wording", seen_wording},
                                 {"source", seen_source},
                                 {"locator", seen_locator},
                                 {"derived", seen_derived},
                                 {NULL, NULL}},
};

/* Indicators */

static const bp_observation *newest(const bp_indicator *indicator)
{
    return &indicator->observations[indicator->observation_count - 1];
}

static void push_unit(lua_State *L, const bp_indicator *indicator)
{
    const char *category =
        bp_format_plural(bp_host_format(L, NULL), newest(indicator)->value, indicator->decimals);
    bool is_one = strcmp(category, "one") == 0 && indicator->unit_one.count > 0;
    bp_push_text(L, is_one ? indicator->unit_one : indicator->unit_other);
}

static int indicator_series(lua_State *L)
{
    const bp_indicator *indicator = bp_item_check(L, 1, &bp_indicator_kind);
    lua_createtable(L, (int)indicator->observation_count, 0);
    for (size_t i = 0; i < indicator->observation_count; i++) {
        bp_item_push(L, &bp_observation_kind, &indicator->observations[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int push_indicators(lua_State *L, const bp_indicator *const *items, size_t count)
{
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        bp_item_push(L, &bp_indicator_kind, items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int indicator_parts(lua_State *L)
{
    const bp_indicator *indicator = bp_item_check(L, 1, &bp_indicator_kind);
    return push_indicators(L, indicator->parts, indicator->part_count);
}

static int indicator_inputs(lua_State *L)
{
    const bp_indicator *indicator = bp_item_check(L, 1, &bp_indicator_kind);
    return push_indicators(L, indicator->inputs, indicator->input_count);
}

/* The decimals that a number is written with; 10 for what needs an exponent. */
static int decimals_of(double value)
{
    char text[BP_NUMBER_SIZE];
    size_t length = bp_number_exact(value, text);
    if (length == 0 || memchr(text, 'e', length) != NULL)
        return 10;
    const char *point = memchr(text, '.', length);
    return point ? (int)(text + length - point - 1) : 0;
}

/* 23.1 - 22.4 is 0.7: a difference has no more decimals than what it is of, and none of the noise
 * behind them. */
static double difference(double a, double b)
{
    int decimals = decimals_of(a), others = decimals_of(b);
    double exact = a - b, rounded = 0;
    char text[BP_NUMBER_SIZE];
    if (others > decimals)
        decimals = others;
    size_t length = decimals <= 9 ? bp_number_put(exact, decimals, text) : 0;
    return length > 0 && bp_number_read(text, length, &rounded) ? rounded : exact;
}

static int indicator_change(lua_State *L)
{
    const bp_indicator *indicator = bp_item_check(L, 1, &bp_indicator_kind);
    if (indicator->observation_count < 2)
        return 0;
    const bp_observation *now = newest(indicator), *before = now - 1;
    double absolute = difference(now->value, before->value);
    lua_createtable(L, 0, 4);
    bp_push_number(L, absolute);
    lua_setfield(L, -2, "absolute");
    if (before->value != 0) { /* Percent of nothing is nothing. */
        bp_push_number(L, absolute / fabs(before->value) * 100);
        lua_setfield(L, -2, "percent");
    }
    lua_pushstring(L, before->period);
    lua_setfield(L, -2, "from");
    lua_pushstring(L, now->period);
    lua_setfield(L, -2, "to");
    return 1;
}

ID(indicator_id, bp_indicator)
FIELD(indicator_push_id, bp_indicator, lua_pushstring(L, item->id))
FIELD(indicator_label, bp_indicator, bp_push_text(L, item->label))
FIELD(indicator_note, bp_indicator, bp_push_text(L, item->note))
FIELD(indicator_theme, bp_indicator, bp_item_push(L, &theme_kind, item->theme))
FIELD(indicator_value, bp_indicator, seen_value(L, newest(item)))
FIELD(indicator_period, bp_indicator, seen_period(L, newest(item)))
FIELD(indicator_qualifier, bp_indicator, seen_qualifier(L, newest(item)))
FIELD(indicator_status, bp_indicator, seen_status(L, newest(item)))
FIELD(indicator_wording, bp_indicator, seen_wording(L, newest(item)))
FIELD(indicator_unit, bp_indicator, push_unit(L, item))
FIELD(indicator_symbol, bp_indicator, bp_push_text(L, item->unit_symbol))
FIELD(indicator_decimals, bp_indicator, lua_pushinteger(L, item->decimals))
FIELD(indicator_frequency, bp_indicator, lua_pushlstring(L, &item->frequency, item->frequency != 0))
FIELD(indicator_source, bp_indicator, seen_source(L, newest(item)))
FIELD(indicator_locator, bp_indicator, seen_locator(L, newest(item)))
FIELD(indicator_derived, bp_indicator, seen_derived(L, newest(item)))
FIELD(indicator_formula, bp_indicator, lua_pushstring(L, item->derive ? item->derive : ""))
static const luaL_Reg indicator_methods[] = {
    {"series", indicator_series}, {"parts", indicator_parts},      {"inputs", indicator_inputs},
    {"change", indicator_change}, {"format", bp_indicator_format}, {NULL, NULL}};
const bp_kind bp_indicator_kind = {
    .name = "indicator",
    .id = indicator_id,
    .methods = indicator_methods,
    .fields = (const bp_field[]){{"id", indicator_push_id},
                                 {"label", indicator_label},
                                 {"note", indicator_note},
                                 {"theme", indicator_theme},
                                 {"value", indicator_value},
                                 {"period", indicator_period},
                                 {"qualifier", indicator_qualifier},
                                 {"status", indicator_status},
                                 {"wording", indicator_wording},
                                 {"unit", indicator_unit},
                                 {"symbol", indicator_symbol},
                                 {"decimals", indicator_decimals},
                                 {"frequency", indicator_frequency},
                                 {"source", indicator_source},
                                 {"locator", indicator_locator},
                                 {"derived", indicator_derived},
                                 {"formula", indicator_formula},
                                 {NULL, NULL}},
};

/* Statements, people, checks */

ID(statement_id, bp_statement)
FIELD(statement_push_id, bp_statement, lua_pushstring(L, item->id))
FIELD(statement_date, bp_statement, lua_pushstring(L, item->date))
FIELD(statement_theme, bp_statement, bp_item_push(L, &theme_kind, item->theme))
FIELD(statement_title, bp_statement, bp_push_text(L, item->title))
FIELD(statement_text, bp_statement, bp_push_text(L, item->text))
FIELD(statement_role, bp_statement, bp_push_text(L, item->role))
FIELD(statement_url, bp_statement, lua_pushstring(L, item->url))
FIELD(statement_source, bp_statement, push_source(L, item->citation.source))
FIELD(statement_locator, bp_statement, bp_push_text(L, item->citation.locator))
static const bp_kind statement_kind = {
    .name = "statement",
    .id = statement_id,
    .fields = (const bp_field[]){{"id", statement_push_id},
                                 {"date", statement_date},
                                 {"theme", statement_theme},
                                 {"title", statement_title},
                                 {"text", statement_text},
                                 {"role", statement_role},
                                 {"url", statement_url},
                                 {"source", statement_source},
                                 {"locator", statement_locator},
                                 {NULL, NULL}},
};

FIELD(person_name, bp_person, bp_push_text(L, item->name))
FIELD(person_role, bp_person, bp_push_text(L, item->role))
FIELD(person_organisation, bp_person, bp_push_text(L, item->organisation))
static const bp_kind person_kind = {
    .name = "speaker",
    .fields = (const bp_field[]){{"name", person_name},
                                 {"role", person_role},
                                 {"organisation", person_organisation},
                                 {NULL, NULL}},
};

ID(check_id, bp_check)
FIELD(check_push_id, bp_check, lua_pushstring(L, item->id))
FIELD(check_expression, bp_check, lua_pushstring(L, item->expression))
FIELD(check_text, bp_check, bp_push_text(L, item->text))
static const bp_kind check_kind = {
    .name = "check",
    .id = check_id,
    .fields = (const bp_field[]){{"id", check_push_id},
                                 {"expression", check_expression},
                                 {"text", check_text},
                                 {NULL, NULL}},
};

/* Dataset and event */

static void dataset_languages(lua_State *L, const void *raw)
{
    const bp_dataset *dataset = raw;
    lua_createtable(L, (int)dataset->language_count, 0);
    for (size_t i = 0; i < dataset->language_count; i++) {
        lua_pushstring(L, dataset->languages[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

FIELD(dataset_id, bp_dataset, lua_pushstring(L, item->id))
FIELD(dataset_title, bp_dataset, bp_push_text(L, item->title))
FIELD(dataset_subtitle, bp_dataset, bp_push_text(L, item->subtitle))
FIELD(dataset_publisher, bp_dataset, bp_push_text(L, item->publisher))
FIELD(dataset_published, bp_dataset, lua_pushstring(L, item->published))
static const bp_kind dataset_kind = {
    .name = "dataset",
    .fields = (const bp_field[]){{"id", dataset_id},
                                 {"title", dataset_title},
                                 {"subtitle", dataset_subtitle},
                                 {"publisher", dataset_publisher},
                                 {"languages", dataset_languages},
                                 {"published", dataset_published},
                                 {NULL, NULL}},
};

static void event_speakers(lua_State *L, const void *raw)
{
    const bp_event *event = raw;
    lua_createtable(L, (int)event->speaker_count, 0);
    for (size_t i = 0; i < event->speaker_count; i++) {
        bp_item_push(L, &person_kind, &event->speakers[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

FIELD(event_name, bp_event, bp_push_text(L, item->name))
FIELD(event_venue, bp_event, bp_push_text(L, item->venue))
FIELD(event_host, bp_event, bp_push_text(L, item->host))
FIELD(event_place, bp_event, bp_push_text(L, item->place))
FIELD(event_start, bp_event, lua_pushstring(L, item->start))
FIELD(event_end, bp_event, lua_pushstring(L, item->end))
FIELD(event_source, bp_event, push_source(L, item->citation.source))
FIELD(event_locator, bp_event, bp_push_text(L, item->citation.locator))
static const bp_kind event_kind = {
    .name = "event",
    .fields = (const bp_field[]){{"name", event_name},
                                 {"venue", event_venue},
                                 {"host", event_host},
                                 {"place", event_place},
                                 {"start", event_start},
                                 {"end", event_end},
                                 {"speakers", event_speakers},
                                 {"source", event_source},
                                 {"locator", event_locator},
                                 {NULL, NULL}},
};

/* The whole */

static bool push_list(lua_State *L, const char *name)
{
    const bp_data *data = bp_host_of(L)->data;
#define LIST(kind, count_of, at)                                                                   \
    do {                                                                                           \
        size_t count = data ? count_of : 0;                                                        \
        const void **items = bp_list_new(L, kind, count);                                          \
        for (size_t i = 0; i < count; i++)                                                         \
            items[i] = at;                                                                         \
        bp_list_close(L);                                                                          \
        return true;                                                                               \
    } while (0)
    if (strcmp(name, "sources") == 0)
        LIST(&bp_source_kind, bp_data_source_count(data), bp_data_source(data, i));
    if (strcmp(name, "themes") == 0)
        LIST(&theme_kind, bp_data_theme_count(data), bp_data_theme(data, i));
    if (strcmp(name, "indicators") == 0)
        LIST(&bp_indicator_kind, bp_data_indicator_count(data), bp_data_indicator(data, i));
    if (strcmp(name, "checks") == 0)
        LIST(&check_kind, bp_data_check_count(data), bp_data_check(data, i));
    if (strcmp(name, "tables") == 0)
        LIST(&bp_table_kind, bp_data_table_count(data), bp_data_table(data, i));
    static const char *const statements[] = {
        [BP_MILESTONES] = "milestones", [BP_POLICIES] = "policies", [BP_PARTNERS] = "partners"};
    for (int list = 0; list < 3; list++)
        if (strcmp(name, statements[list]) == 0)
            LIST(&statement_kind, bp_data_statement_count(data, (bp_statement_list)list),
                 bp_data_statement(data, (bp_statement_list)list, i));
#undef LIST
    return false;
}

static void push_member(lua_State *L, const char *name)
{
    static const bp_dataset empty_dataset = {.id = "", .published = ""};
    const bp_host *host = bp_host_of(L);
    if (strcmp(name, "language") == 0) {
        lua_pushstring(L, host->language);
    } else if (strcmp(name, "dataset") == 0) {
        bp_item_push(L, &dataset_kind, host->data ? bp_data_dataset(host->data) : &empty_dataset);
    } else if (strcmp(name, "event") == 0) {
        const bp_event *event = host->data ? bp_data_event(host->data) : NULL;
        bp_item_push(L, &event_kind, event != NULL && event->is_given ? event : NULL);
    } else if (!push_list(L, name)) {
        lua_pushnil(L);
    }
}

/* The data is an object like those in it; what it stands for is the host's. Lists are made at their
 * first use. */
#define MEMBER(name)                                                                               \
    static void data_##name(lua_State *L, const void *item)                                        \
    {                                                                                              \
        (void)item;                                                                                \
        luaL_getsubtable(L, LUA_REGISTRYINDEX, DATA_KEY);                                          \
        if (lua_getfield(L, -1, #name) == LUA_TNIL) {                                              \
            lua_pop(L, 1);                                                                         \
            push_member(L, #name);                                                                 \
            lua_pushvalue(L, -1);                                                                  \
            lua_setfield(L, -3, #name);                                                            \
        }                                                                                          \
        lua_remove(L, -2);                                                                         \
    }
MEMBER(language)
MEMBER(dataset)
MEMBER(event)
MEMBER(sources)
MEMBER(themes)
MEMBER(indicators)
MEMBER(milestones)
MEMBER(policies)
MEMBER(partners)
MEMBER(checks)
MEMBER(tables)
static const bp_kind data_kind = {
    .name = "data",
    .fields = (const bp_field[]){{"language", data_language},
                                 {"dataset", data_dataset},
                                 {"event", data_event},
                                 {"sources", data_sources},
                                 {"themes", data_themes},
                                 {"indicators", data_indicators},
                                 {"milestones", data_milestones},
                                 {"policies", data_policies},
                                 {"partners", data_partners},
                                 {"checks", data_checks},
                                 {"tables", data_tables},
                                 {NULL, NULL}},
};

void bp_push_data(lua_State *L)
{
    lua_pushnil(L);
    lua_setfield(L, LUA_REGISTRYINDEX, DATA_KEY); /* Lists of other data, in tests. */
    bp_item_push(L, &data_kind, bp_host_of(L));
}

const bp_named_kind bp_kinds[] = {
    {"Source", &bp_source_kind},
    {"Theme", &theme_kind},
    {"Observation", &bp_observation_kind},
    {"Indicator", &bp_indicator_kind},
    {"Statement", &statement_kind},
    {"Column", &bp_column_kind},
    {"Table", &bp_table_kind},
    {"Data", &data_kind},
    {NULL, NULL},
};
