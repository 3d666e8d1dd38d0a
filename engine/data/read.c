/* One JSON input: the strict scan, cJSON, and then each part of the format by its table of members.
 * An entry whose id an earlier input gave changes the members it names; everything that needs the
 * other inputs waits for link.c. */
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "data/data_private.h"

static const bp_member source_members[] = {
    {"id", NULL, 0},
    {"title", bp_read_text, offsetof(bp_source, title)},
    {"publisher", bp_read_text, offsetof(bp_source, publisher)},
    {"url", bp_read_url, offsetof(bp_source, url)},
    {"date", bp_read_date, offsetof(bp_source, date)},
};
static const bp_member theme_members[] = {
    {"id", NULL, 0},
    {"title", bp_read_text, offsetof(bp_theme, title)},
    {"summary", bp_read_text, offsetof(bp_theme, summary)},
};
static const bp_member statement_members[] = {
    {"id", NULL, 0},
    {"date", bp_read_date, offsetof(bp_statement_draft, it.date)},
    {"theme", bp_read_reference, offsetof(bp_statement_draft, theme)},
    {"title", bp_read_text, offsetof(bp_statement_draft, it.title)},
    {"text", bp_read_text, offsetof(bp_statement_draft, it.text)},
    {"role", bp_read_text, offsetof(bp_statement_draft, it.role)},
    {"url", bp_read_url, offsetof(bp_statement_draft, it.url)},
    {"source", bp_read_reference, offsetof(bp_statement_draft, source)},
    {"locator", bp_read_text, offsetof(bp_statement_draft, it.citation.locator)},
};
static const bp_member check_members[] = {
    {"id", NULL, 0},
    {"expression", bp_read_string, offsetof(bp_check, expression)},
    {"text", bp_read_text, offsetof(bp_check, text)},
};
static const bp_member person_members[] = {
    {"name", bp_read_text, offsetof(bp_person, name)},
    {"role", bp_read_text, offsetof(bp_person, role)},
    {"organisation", bp_read_text, offsetof(bp_person, organisation)},
};

static bool expect_list(bp_loader *loader, const bp_place *place)
{
    if (cJSON_IsArray(place->node))
        return true;
    bp_expected_fault(loader, place, "a list");
    return false;
}

/* dataset.languages */
static void read_languages(bp_loader *loader, const bp_place *place, void *target)
{
    bp_dataset *dataset = target;
    const char **codes = NULL;
    size_t count = 0, capacity = 0, index = 0;
    if (!expect_list(loader, place))
        return;
    for (const cJSON *child = place->node->child; child != NULL; child = child->next, index++) {
        bp_place at = {.up = place, .index = index, .node = child};
        const char *text = bp_read_plain(loader, &at, "a language such as \"en\"");
        if (text == NULL)
            continue;
        bool is_double = false;
        for (size_t i = 0; i < count; i++)
            is_double = is_double || strcmp(codes[i], text) == 0;
        if (!bp_is_language(text))
            bp_place_fault(loader, &at, "expected a language such as \"en\", found \"%.60s\"",
                           text);
        else if (is_double)
            bp_place_fault(loader, &at, "the language \"%s\" is listed twice", text);
        else {
            const char **code =
                bp_arena_push(&loader->data->arena, &codes, &count, &capacity, sizeof *codes);
            if (code != NULL)
                *code = bp_loader_text(loader, text, strlen(text));
            else
                loader->faults->refused = true;
        }
        if (index > 1000)
            break;
    }
    if (index == 0)
        bp_place_fault(loader, place, "expected at least one language");
    if (count != 0) {
        dataset->languages = codes;
        dataset->language_count = count;
    }
}

static const bp_member dataset_members[] = {
    {"id", bp_read_id, offsetof(bp_dataset, id)},
    {"title", bp_read_text, offsetof(bp_dataset, title)},
    {"subtitle", bp_read_text, offsetof(bp_dataset, subtitle)},
    {"publisher", bp_read_text, offsetof(bp_dataset, publisher)},
    {"languages", read_languages, 0},
    {"published", bp_read_day, offsetof(bp_dataset, published)},
};

/* event.speakers: replaced as a whole. */
static void read_speakers(bp_loader *loader, const bp_place *place, void *target)
{
    bp_event *event = target;
    bp_person *people = NULL;
    size_t count = 0, capacity = 0, index = 0;
    if (!expect_list(loader, place))
        return;
    for (const cJSON *child = place->node->child; child != NULL; child = child->next, index++) {
        bp_place at = {.up = place, .index = index, .node = child};
        bp_person person = {0};
        if (!BP_READ_MEMBERS(loader, &at, person_members, &person))
            continue;
        if (cJSON_GetObjectItemCaseSensitive(child, "name") == NULL)
            bp_place_fault(loader, &at, "\"name\" is missing");
        bp_person *kept =
            bp_arena_push(&loader->data->arena, &people, &count, &capacity, sizeof *people);
        if (kept != NULL)
            *kept = person;
        else
            loader->faults->refused = true;
    }
    event->speakers = people;
    event->speaker_count = count;
}

/* The source of the event is a reference beside it in bp_data. */
static void read_event_source(bp_loader *loader, const bp_place *place, void *target)
{
    (void)target;
    bp_read_reference(loader, place, &loader->data->event_source);
}

static const bp_member event_members[] = {
    {"name", bp_read_text, offsetof(bp_event, name)},
    {"venue", bp_read_text, offsetof(bp_event, venue)},
    {"host", bp_read_text, offsetof(bp_event, host)},
    {"place", bp_read_text, offsetof(bp_event, place)},
    {"start", bp_read_day, offsetof(bp_event, start)},
    {"end", bp_read_day, offsetof(bp_event, end)},
    {"speakers", read_speakers, 0},
    {"source", read_event_source, 0},
    {"locator", bp_read_text, offsetof(bp_event, citation.locator)},
};

/* The record of this id, made where it is new. NULL where the entry cannot be read on: no id, given
 * twice. `id` may be NULL only for checks, which are then never found again. */
static void *find_or_add(bp_loader *loader, bp_records *records, const bp_place *place,
                         const char *id, size_t size, bool *is_new)
{
    bp_entry *entry = bp_records_find(records, id);
    *is_new = entry == NULL;
    if (entry != NULL && entry->origin.input == loader->input) {
        bp_place_fault(loader, place, "the id \"%s\" is given twice; first in line %d", id,
                       entry->origin.where.line);
        return NULL;
    }
    bp_origin origin = bp_place_origin(loader, place);
    if (entry != NULL) {
        entry->origin = origin;
        return entry->record;
    }
    void *record = bp_arena_take(&loader->data->arena, 1, size);
    if (record != NULL)
        memcpy(record, &id, sizeof id);
    if (record == NULL || bp_records_add(records, &loader->data->arena, record, &origin) == NULL) {
        loader->faults->refused = true;
        return NULL;
    }
    return record;
}

/* The id of an entry; NULL and a fault where there is none. That it is no object is told by who
 * reads its members. */
static const char *entry_id(bp_loader *loader, const bp_place *place, bp_reader *read)
{
    const char *id = NULL;
    bp_place at = bp_place_member(place, "id");
    if (at.node != NULL)
        read(loader, &at, &id);
    else if (cJSON_IsObject(place->node))
        bp_place_fault(loader, place, "\"id\" is missing");
    return id;
}

static void read_source(bp_loader *loader, const bp_place *place)
{
    bool is_new = false;
    const char *id = entry_id(loader, place, bp_read_id);
    bp_source *source =
        id ? find_or_add(loader, &loader->data->sources, place, id, sizeof *source, &is_new) : NULL;
    bp_source scratch = {0}; /* The members of an entry without an id are read for their faults. */
    if (is_new && source != NULL)
        source->url = source->date = "";
    (void)BP_READ_MEMBERS(loader, place, source_members, source ? source : &scratch);
}

static void read_theme(bp_loader *loader, const bp_place *place)
{
    bool is_new = false;
    const char *id = entry_id(loader, place, bp_read_id);
    bp_theme scratch = {0};
    bp_theme *theme =
        id ? find_or_add(loader, &loader->data->themes, place, id, sizeof *theme, &is_new) : NULL;
    (void)BP_READ_MEMBERS(loader, place, theme_members, theme ? theme : &scratch);
}

static void read_indicator(bp_loader *loader, const bp_place *place)
{
    bool is_new = false;
    const char *id = entry_id(loader, place, bp_read_name);
    bp_indicator_draft scratch = {.it.decimals = -1};
    bp_indicator_draft *draft =
        id ? find_or_add(loader, &loader->data->indicators, place, id, sizeof *draft, &is_new)
           : NULL;
    if (draft != NULL && is_new) {
        draft->it.decimals = -1;
        draft->derivation.decimals = -1;
    }
    bp_read_indicator_members(loader, place, draft ? draft : &scratch);
}

static void read_statement(bp_loader *loader, const bp_place *place, bp_records *records)
{
    bool is_new = false;
    const char *id = entry_id(loader, place, bp_read_id);
    bp_statement_draft scratch = {0};
    bp_statement_draft *draft =
        id ? find_or_add(loader, records, place, id, sizeof *draft, &is_new) : NULL;
    if (draft != NULL && is_new)
        draft->it.date = draft->it.url = "";
    (void)BP_READ_MEMBERS(loader, place, statement_members, draft ? draft : &scratch);
}

static void read_check(bp_loader *loader, const bp_place *place)
{
    bp_data *data = loader->data;
    bool is_new = false;
    const char *id = NULL;
    if (!cJSON_IsString(place->node) && !cJSON_IsObject(place->node)) {
        bp_expected_fault(loader, place, "an expression, or an object with one");
        return;
    }
    bp_place at = cJSON_IsObject(place->node) ? bp_place_member(place, "id") : (bp_place){0};
    if (at.node != NULL) {
        bp_read_id(loader, &at, &id);
        if (id == NULL)
            return;
    } else {
        bp_buf name = {0}; /* No id can hold a space, so this one cannot clash. */
        if (bp_buf_format(&name, "check %zu", data->checks.count + 1))
            id = bp_loader_text(loader, name.bytes, name.length);
        else
            loader->faults->refused = true;
        bp_buf_clear(&name);
    }
    bp_check *check =
        id ? find_or_add(loader, &data->checks, place, id, sizeof *check, &is_new) : NULL;
    if (check == NULL)
        return;
    if (cJSON_IsString(place->node))
        bp_read_string(loader, place, &check->expression);
    else
        (void)BP_READ_MEMBERS(loader, place, check_members, check);
    if (cJSON_IsObject(place->node) &&
        cJSON_GetObjectItemCaseSensitive(place->node, "expression") == NULL && is_new)
        bp_place_fault(loader, place, "\"expression\" is missing");
}

typedef void entry_reader(bp_loader *loader, const bp_place *place);

static void read_milestone(bp_loader *loader, const bp_place *place)
{
    read_statement(loader, place, &loader->data->statements[BP_MILESTONES]);
}

static void read_policy(bp_loader *loader, const bp_place *place)
{
    read_statement(loader, place, &loader->data->statements[BP_POLICIES]);
}

static void read_partner(bp_loader *loader, const bp_place *place)
{
    read_statement(loader, place, &loader->data->statements[BP_PARTNERS]);
}

static void read_list(bp_loader *loader, const bp_place *place, entry_reader *read)
{
    size_t index = 0;
    if (!expect_list(loader, place))
        return;
    for (const cJSON *child = place->node->child; child != NULL; child = child->next, index++) {
        bp_place at = {.up = place, .index = index, .node = child};
        read(loader, &at);
    }
}

static void read_dataset(bp_loader *loader, const bp_place *place, void *target)
{
    bp_data *data = target;
    data->dataset_origin = bp_place_origin(loader, place);
    (void)BP_READ_MEMBERS(loader, place, dataset_members, &data->dataset);
}

static void read_event(bp_loader *loader, const bp_place *place, void *target)
{
    bp_data *data = target;
    data->event_origin = bp_place_origin(loader, place);
    data->event.is_given = true;
    (void)BP_READ_MEMBERS(loader, place, event_members, &data->event);
}

#define LIST_READER(function, read)                                                                \
    static void function(bp_loader *loader, const bp_place *place, void *target)                   \
    {                                                                                              \
        (void)target;                                                                              \
        read_list(loader, place, read);                                                            \
    }
LIST_READER(read_sources, read_source)
LIST_READER(read_themes, read_theme)
LIST_READER(read_indicators, read_indicator)
LIST_READER(read_milestones, read_milestone)
LIST_READER(read_policies, read_policy)
LIST_READER(read_partners, read_partner)
LIST_READER(read_checks, read_check)
LIST_READER(read_tables, bp_read_table)

static const bp_member root_members[] = {
    {"$schema", NULL, 0},
    {"$comment", NULL, 0},
    {"dataset", read_dataset, 0},
    {"event", read_event, 0},
    {"sources", read_sources, 0},
    {"themes", read_themes, 0},
    {"indicators", read_indicators, 0},
    {"milestones", read_milestones, 0},
    {"policies", read_policies, 0},
    {"partners", read_partners, 0},
    {"checks", read_checks, 0},
    {"tables", read_tables, 0},
};

/* Writes into each node its number in the index of places. cJSON keeps the order of the text, so a
 * walk in that order meets the same values; valueint is not needed, since numbers are read as
 * doubles. */
static size_t number_nodes(cJSON *node, size_t next)
{
    for (; node != NULL; node = node->next) {
        if (node->string != NULL)
            next++;
        node->valueint = (int)next++;
        if (node->child != NULL)
            next = number_nodes(node->child, next);
    }
    return next;
}

void bp_read_json(bp_loader *loader, const char *bytes, size_t length)
{
    bp_buf spots = {0};
    cJSON *root = NULL;
    if (!bp_scan_index(loader->file, bytes, length, &spots, loader->faults)) {
        loader->is_broken = true;
        goto done;
    }
    cJSON_InitHooks(&(cJSON_Hooks){bp_alloc, bp_free});
    root = cJSON_ParseWithLength(bytes, length);
    if (root == NULL) { /* The scan takes less than cJSON does: only memory can be the reason. */
        loader->faults->refused = true;
        goto done;
    }
    (void)number_nodes(root, 0);
    loader->spots = BP_BUF_ITEMS(&spots, bp_spot);
    loader->spot_count = BP_BUF_COUNT(&spots, bp_spot);
    bp_place place = {.name = "$", .node = root};
    static const char *const lists[] = {"indicators", "milestones", "policies", "partners",
                                        "tables"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (cJSON_GetObjectItemCaseSensitive(root, lists[i]) != NULL)
            loader->data->has_lists = true;
    (void)BP_READ_MEMBERS(loader, &place, root_members, loader->data);
done:
    loader->spots = NULL;
    loader->spot_count = 0;
    cJSON_Delete(root);
    bp_buf_clear(&spots);
}
