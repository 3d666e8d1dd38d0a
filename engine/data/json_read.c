/* Reading members of JSON objects by tables: each member has a name, a reader and a target. So
 * every object refuses unknown members, and every fault names its place, without a line of code for
 * it. */
#include <string.h>

#include "data/data_private.h"
#include "data/period.h"

enum { MEMBERS_MOST = 32, LANGUAGES_MOST = 200 };

bp_place bp_place_member(const bp_place *object, const char *name)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object->node, name);
    return (bp_place){.up = object, .name = name, .node = node};
}

static void unknown_member(bp_loader *loader, const bp_place *place, const bp_member *members,
                           size_t count)
{
    if (bp_faults_count(loader->faults) >= BP_FAULTS_MOST) { /* Looking for a suggestion costs. */
        bp_place_fault(loader, place, "unknown member");
        return;
    }
    const char *names[MEMBERS_MOST];
    for (size_t i = 0; i < count; i++)
        names[i] = members[i].name;
    const char *near = bp_nearest_name(names, count, place->name);
    if (near != NULL) {
        bp_place_fault(loader, place, "unknown member; did you mean \"%s\"?", near);
        return;
    }
    bp_buf list = {0};
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++)
        ok = names[i][0] == '$' || bp_buf_format(&list, "%s%s", list.length ? ", " : "", names[i]);
    if (ok)
        bp_place_fault(loader, place, "unknown member; known are %s", list.bytes ? list.bytes : "");
    else
        loader->faults->refused = true;
    bp_buf_clear(&list);
}

bool bp_read_members(bp_loader *loader, const bp_place *place, const bp_member *members,
                     size_t count, void *record)
{
    if (!cJSON_IsObject(place->node)) {
        bp_expected_fault(loader, place, "an object");
        return false;
    }
    for (const cJSON *child = place->node->child; child != NULL; child = child->next) {
        bp_place at = {.up = place, .name = child->string, .node = child};
        size_t i = 0;
        while (i < count && strcmp(members[i].name, child->string) != 0)
            i++;
        if (i == count) {
            at.at_name = true;
            unknown_member(loader, &at, members, count);
        } else if (members[i].read != NULL) {
            members[i].read(loader, &at, (char *)record + members[i].offset);
        }
    }
    return true;
}

const char *bp_read_plain(bp_loader *loader, const bp_place *place, const char *expected)
{
    if (!cJSON_IsString(place->node)) {
        bp_expected_fault(loader, place, expected);
        return NULL;
    }
    return place->node->valuestring;
}

static void keep(bp_loader *loader, const char *text, void *target)
{
    const char *kept = bp_loader_text(loader, text, strlen(text));
    memcpy(target, &kept, sizeof kept);
}

void bp_read_string(bp_loader *loader, const bp_place *place, void *target)
{
    const char *text = bp_read_plain(loader, place, "a string");
    if (text == NULL)
        return;
    if (*text == '\0')
        bp_place_fault(loader, place, "expected a text that is not empty");
    else
        keep(loader, text, target);
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

bool bp_is_id(const char *text)
{
    size_t length = strlen(text);
    return length >= 1 && length <= 100 && *text != '-' && *text != '.' &&
           strspn(text, LETTERS DIGITS "_-.") == length;
}

bool bp_is_name(const char *text)
{
    return bp_is_id(text) && strpbrk(text, "-.") == NULL && (*text < '0' || *text > '9') &&
           strcmp(text, "and") != 0 && strcmp(text, "or") != 0 && strcmp(text, "not") != 0;
}

void bp_read_id(bp_loader *loader, const bp_place *place, void *target)
{
    const char *text = bp_read_plain(loader, place, "an id");
    if (text == NULL)
        return;
    if (bp_is_id(text))
        keep(loader, text, target);
    else
        bp_place_fault(loader, place,
                       "expected an id of letters, digits, _ . and -, found \"%.60s\"", text);
}

void bp_read_name(bp_loader *loader, const bp_place *place, void *target)
{
    const char *text = bp_read_plain(loader, place, "an id");
    if (text == NULL)
        return;
    if (bp_is_name(text))
        keep(loader, text, target);
    else
        bp_place_fault(
            loader, place,
            "expected an id of letters, digits and _ that begins with no digit, found \"%.60s\"",
            text);
}

void bp_read_url(bp_loader *loader, const bp_place *place, void *target)
{
    const char *text = bp_read_plain(loader, place, "an address");
    if (text == NULL)
        return;
    bool has_scheme = strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0 ||
                      strncmp(text, "mailto:", 7) == 0;
    if (has_scheme && strpbrk(text, " \t\n\r\"<>") == NULL)
        keep(loader, text, target);
    else
        bp_place_fault(loader, place,
                       "expected an address such as https://example.org, found \"%.60s\"", text);
}

static void read_time(bp_loader *loader, const bp_place *place, void *target, const char *expected,
                      bool takes_months, bool takes_all)
{
    const char *text = bp_read_plain(loader, place, expected);
    bp_period period;
    if (text == NULL)
        return;
    bool ok = bp_period_read(text, strlen(text), &period);
    if (ok && !takes_all)
        ok = !period.is_interval && (period.start.unit == BP_PERIOD_DAY ||
                                     (takes_months && (period.start.unit == BP_PERIOD_MONTH ||
                                                       period.start.unit == BP_PERIOD_YEAR)));
    if (ok)
        keep(loader, text, target);
    else
        bp_place_fault(loader, place, "expected %s, found \"%.60s\"", expected, text);
}

void bp_read_day(bp_loader *loader, const bp_place *place, void *target)
{
    read_time(loader, place, target, "a day such as 2022-09-03", false, false);
}

void bp_read_date(bp_loader *loader, const bp_place *place, void *target)
{
    read_time(loader, place, target, "a date such as 2022-09-03, 2022-09 or 2022", true, false);
}

void bp_read_period(bp_loader *loader, const bp_place *place, void *target)
{
    read_time(loader, place, target,
              "a period such as \"2021\", \"2021-Q3\", \"2021-12-31\" or \"2017/2022\"", true,
              true);
}

void bp_read_reference(bp_loader *loader, const bp_place *place, void *target)
{
    const char *text = bp_read_plain(loader, place, "an id");
    bp_reference *reference = target;
    if (text == NULL)
        return;
    reference->id = bp_loader_text(loader, text, strlen(text));
    reference->origin = bp_place_origin(loader, place);
}

void bp_read_decimals(bp_loader *loader, const bp_place *place, void *target)
{
    double value = cJSON_IsNumber(place->node) ? place->node->valuedouble : -1;
    if (value >= 0 && value <= 9 && value == (double)(int)value)
        *(int *)target = (int)value;
    else if (cJSON_IsNumber(place->node))
        bp_place_fault(loader, place, "expected a whole number from 0 to 9");
    else
        bp_expected_fault(loader, place, "a whole number from 0 to 9");
}

static const char *const qualifier_names[] = {[BP_EXACT] = "exact",
                                              [BP_MORE_THAN] = "more_than",
                                              [BP_AT_LEAST] = "at_least",
                                              [BP_ABOUT] = "about"};

const char *bp_qualifier_name(bp_qualifier qualifier)
{
    return (size_t)qualifier < 4 ? qualifier_names[qualifier] : "exact";
}

bool bp_qualifier_read(const char *text, size_t length, bp_qualifier *out)
{
    for (size_t i = 0; i < 4; i++)
        if (strlen(qualifier_names[i]) == length && memcmp(text, qualifier_names[i], length) == 0) {
            *out = (bp_qualifier)i;
            return true;
        }
    return false;
}

void bp_read_qualifier(bp_loader *loader, const bp_place *place, void *target)
{
    const char *text = bp_read_plain(loader, place, "exact, more_than, at_least or about");
    if (text != NULL && !bp_qualifier_read(text, strlen(text), target))
        bp_place_fault(loader, place,
                       "expected exact, more_than, at_least or about, found \"%.60s\"", text);
}

void bp_read_status(bp_loader *loader, const bp_place *place, void *target)
{
    const char *text = bp_read_plain(loader, place, "A, E or P");
    if (text == NULL)
        return;
    if ((*text == 'A' || *text == 'E' || *text == 'P') && text[1] == '\0')
        *(char *)target = *text;
    else
        bp_place_fault(loader, place,
                       "expected A (normal), E (estimated) or P (provisional), found \"%.60s\"",
                       text);
}

bool bp_is_language(const char *code)
{
    size_t length = strspn(code, LETTERS);
    if (length < 2 || length > 3)
        return false;
    for (code += length; *code == '-'; code += length) {
        code++;
        length = strspn(code, LETTERS DIGITS);
        if (length < 1 || length > 8)
            return false;
    }
    return *code == '\0';
}

/* The code as kept once for all texts in it; the first place is kept for the check against
 * dataset.languages. */
static const char *note_language(bp_loader *loader, const bp_place *place)
{
    bp_data *data = loader->data;
    for (size_t i = 0; i < data->use_count; i++)
        if (strcmp(data->uses[i].code, place->name) == 0)
            return data->uses[i].code;
    if (data->use_count >= LANGUAGES_MOST) {
        bp_place_fault(loader, place, "more than %d languages", LANGUAGES_MOST);
        return NULL;
    }
    if (!bp_is_language(place->name)) {
        bp_place named = *place;
        named.at_name = true;
        bp_place_fault(loader, &named, "expected a language such as en, zh or de-CH");
        return NULL;
    }
    bp_language_use use = {bp_loader_text(loader, place->name, strlen(place->name)),
                           bp_place_origin(loader, place)};
    bp_language_use *kept =
        bp_arena_push(&data->arena, &data->uses, &data->use_count, &data->use_capacity, sizeof use);
    if (kept == NULL) {
        loader->faults->refused = true;
        return NULL;
    }
    *kept = use;
    return use.code;
}

void bp_read_text(bp_loader *loader, const bp_place *place, void *target)
{
    bp_text *text = target;
    const cJSON *node = place->node;
    if (!cJSON_IsString(node) && !cJSON_IsObject(node)) {
        bp_expected_fault(loader, place, "a text or a map from language to text");
        return;
    }
    size_t count = 1;
    if (cJSON_IsObject(node)) {
        count = 0;
        for (const cJSON *child = node->child; child != NULL; child = child->next)
            count++;
        if (count == 0) {
            bp_place_fault(loader, place, "expected at least one language");
            return;
        }
    }
    bp_translation *items = bp_arena_take(&loader->data->arena, count, sizeof *items);
    if (items == NULL) {
        loader->faults->refused = true;
        return;
    }
    if (cJSON_IsString(node)) {
        items[0].text = bp_loader_text(loader, node->valuestring, strlen(node->valuestring));
        *text = (bp_text){items, 1};
        return;
    }
    size_t kept = 0;
    for (const cJSON *child = node->child; child != NULL; child = child->next) {
        bp_place at = {.up = place, .name = child->string, .node = child};
        const char *language = note_language(loader, &at);
        const char *words = bp_read_plain(loader, &at, "a text");
        if (language != NULL && words != NULL)
            items[kept++] = (bp_translation){language, bp_loader_text(loader, words, strlen(words)),
                                             bp_place_where(loader, &at)};
    }
    if (kept != 0)
        *text = (bp_text){items, kept};
}
