/* Reading an indicator: its one value in short form, its observations, its parts, or how it is
 * derived. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "data/age.h"
#include "data/data_private.h"

/* The number of a value, and whether it was given: {"fraction": [1, 3]} or a plain number. */
typedef struct {
    bp_observation_draft it;
    bool has_value;
} given_observation;

static const bp_member fraction_members[] = {{"fraction", NULL, 0}};

static void read_fraction(bp_loader *loader, const bp_place *place, given_observation *given)
{
    if (!BP_READ_MEMBERS(loader, place, fraction_members, NULL))
        return;
    bp_place at = bp_place_member(place, "fraction");
    const cJSON *over = at.node && cJSON_IsArray(at.node) ? at.node->child : NULL;
    const cJSON *under = over ? over->next : NULL;
    if (over == NULL || under == NULL || !cJSON_IsNumber(over) || !cJSON_IsNumber(under) ||
        under->next != NULL) {
        bp_place_fault(loader, at.node ? &at : place,
                       "expected a fraction of two numbers such as [1, 3]");
        return;
    }
    double value = under->valuedouble == 0 ? NAN : over->valuedouble / under->valuedouble;
    if (!isfinite(value)) {
        bp_place_fault(loader, &at, "a fraction cannot be over zero");
        return;
    }
    given->it.it.value = value;
    given->has_value = true;
}

static void read_value(bp_loader *loader, const bp_place *place, void *target)
{
    given_observation *given = target;
    if (cJSON_IsNumber(place->node)) {
        given->it.it.value = place->node->valuedouble;
        given->has_value = true;
    } else if (cJSON_IsObject(place->node)) {
        read_fraction(loader, place, given);
    } else {
        bp_expected_fault(loader, place, "a number");
    }
}

static const bp_member observation_members[] = {
    {"period", bp_read_period, offsetof(given_observation, it.it.period)},
    {"value", read_value, 0},
    {"qualifier", bp_read_qualifier, offsetof(given_observation, it.it.qualifier)},
    {"status", bp_read_status, offsetof(given_observation, it.it.status)},
    {"wording", bp_read_text, offsetof(given_observation, it.it.wording)},
    {"source", bp_read_reference, offsetof(given_observation, it.source)},
    {"locator", bp_read_text, offsetof(given_observation, it.it.citation.locator)},
};

static void add_observation(bp_loader *loader, bp_indicator_draft *draft, const bp_place *place,
                            const given_observation *given)
{
    if (given->it.it.period == NULL || !given->has_value)
        return; /* A fault is noted already. */
    bp_observation_draft *kept =
        bp_arena_push(&loader->data->arena, &draft->observations, &draft->observation_count,
                      &draft->observation_capacity, sizeof *kept);
    if (kept == NULL) {
        loader->faults->refused = true;
        return;
    }
    *kept = given->it;
    kept->origin = bp_place_origin(loader, place);
    kept->it.where = kept->origin.where;
}

/* Reads indicator.observations; `shared` holds the source and locator of the indicator. */
static void read_observations(bp_loader *loader, const bp_place *place, bp_indicator_draft *draft,
                              const given_observation *shared)
{
    size_t index = 0;
    if (!cJSON_IsArray(place->node)) {
        bp_expected_fault(loader, place, "a list");
        return;
    }
    if (place->node->child == NULL)
        bp_place_fault(loader, place, "expected at least one observation");
    for (const cJSON *child = place->node->child; child != NULL; child = child->next, index++) {
        bp_place at = {.up = place, .index = index, .node = child};
        given_observation given = {.it.it.status = 'A'};
        if (!BP_READ_MEMBERS(loader, &at, observation_members, &given))
            continue;
        if (cJSON_GetObjectItemCaseSensitive(child, "period") == NULL)
            bp_place_fault(loader, &at, "\"period\" is missing");
        if (cJSON_GetObjectItemCaseSensitive(child, "value") == NULL)
            bp_place_fault(loader, &at, "\"value\" is missing");
        if (given.it.source.id == NULL) {
            given.it.source = shared->it.source;
            if (given.it.it.citation.locator.count == 0)
                given.it.it.citation.locator = shared->it.it.citation.locator;
        }
        add_observation(loader, draft, &at, &given);
    }
}

static const bp_member derivation_members[] = {
    {"expression", bp_read_string, offsetof(bp_derivation, expression)},
    {"period", bp_read_period, offsetof(bp_derivation, period)},
    {"qualifier", bp_read_qualifier, offsetof(bp_derivation, qualifier)},
    {"status", bp_read_status, offsetof(bp_derivation, status)},
    {"decimals", bp_read_decimals, offsetof(bp_derivation, decimals)},
};

static void read_derivation(bp_loader *loader, const bp_place *place, void *target)
{
    bp_indicator_draft *draft = target;
    bp_derivation derivation = {.decimals = -1};
    if (cJSON_IsString(place->node)) {
        bp_read_string(loader, place, &derivation.expression);
    } else if (!cJSON_IsObject(place->node)) {
        bp_expected_fault(loader, place, "an expression, or an object with one");
        return;
    } else {
        (void)BP_READ_MEMBERS(loader, place, derivation_members, &derivation);
        if (cJSON_GetObjectItemCaseSensitive(place->node, "expression") == NULL)
            bp_place_fault(loader, place, "\"expression\" is missing");
        derivation.has_qualifier =
            cJSON_GetObjectItemCaseSensitive(place->node, "qualifier") != NULL;
    }
    if (derivation.expression == NULL)
        return;
    derivation.origin = bp_place_origin(loader, place);
    draft->derivation = derivation;
}

static void read_parts(bp_loader *loader, const bp_place *place, void *target)
{
    bp_indicator_draft *draft = target;
    size_t index = 0;
    if (!cJSON_IsArray(place->node)) {
        bp_expected_fault(loader, place, "a list of indicator ids");
        return;
    }
    if (place->node->child == NULL)
        bp_place_fault(loader, place, "expected at least one indicator id");
    draft->parts = NULL;
    draft->part_count = draft->part_capacity = 0;
    draft->parts_origin = bp_place_origin(loader, place);
    for (const cJSON *child = place->node->child; child != NULL; child = child->next, index++) {
        bp_place at = {.up = place, .index = index, .node = child};
        bp_reference part = {0};
        bp_read_reference(loader, &at, &part);
        if (part.id == NULL)
            continue;
        bp_reference *kept = bp_arena_push(&loader->data->arena, &draft->parts, &draft->part_count,
                                           &draft->part_capacity, sizeof part);
        if (kept != NULL)
            *kept = part;
        else
            loader->faults->refused = true;
    }
}

static const bp_member unit_members[] = {
    {"one", bp_read_text, offsetof(bp_indicator, unit_one)},
    {"other", bp_read_text, offsetof(bp_indicator, unit_other)},
    {"symbol", bp_read_text, offsetof(bp_indicator, unit_symbol)},
};

/* A text serves every number; an object with one of the three names holds forms. */
static void read_unit(bp_loader *loader, const bp_place *place, void *target)
{
    bp_indicator *indicator = target;
    bp_indicator unit = {0};
    bool has_one = bp_place_member(place, "one").node != NULL;
    bool has_other = bp_place_member(place, "other").node != NULL;
    bool has_symbol = bp_place_member(place, "symbol").node != NULL;
    if (cJSON_IsObject(place->node) && (has_one || has_other || has_symbol)) {
        (void)BP_READ_MEMBERS(loader, place, unit_members, &unit);
        if (has_one && !has_other)
            bp_place_fault(loader, place,
                           "\"other\" is missing, the unit's form with other numbers than 1");
        if (!has_one)
            unit.unit_one = unit.unit_other;
    } else {
        bp_read_text(loader, place, &unit.unit_other);
        unit.unit_one = unit.unit_other;
    }
    indicator->unit_one = unit.unit_one;
    indicator->unit_other = unit.unit_other;
    indicator->unit_symbol = unit.unit_symbol;
}

static void read_frequency(bp_loader *loader, const bp_place *place, void *target)
{
    const char *text = bp_read_plain(loader, place, "A, S, Q, M, W, B or D");
    if (text == NULL)
        return;
    if (bp_is_frequency(*text) && text[1] == '\0')
        *(char *)target = *text;
    else
        bp_place_fault(
            loader, place,
            "expected A (annual), S (half-yearly), Q (quarterly), M (monthly), W (weekly), "
            "B (business days) or D (daily), found \"%.60s\"",
            text);
}

static const bp_member indicator_members[] = {
    {"id", NULL, 0},
    {"theme", bp_read_reference, offsetof(bp_indicator_draft, theme)},
    {"label", bp_read_text, offsetof(bp_indicator_draft, it.label)},
    {"note", bp_read_text, offsetof(bp_indicator_draft, it.note)},
    {"unit", read_unit, 0},
    {"decimals", bp_read_decimals, offsetof(bp_indicator_draft, it.decimals)},
    {"frequency", read_frequency, offsetof(bp_indicator_draft, it.frequency)},
    {"parts", read_parts, 0},
    {"derive", read_derivation, 0},
    /* The short form, and what observations share: read below. */
    {"observations", NULL, 0},
    {"period", NULL, 0},
    {"value", NULL, 0},
    {"qualifier", NULL, 0},
    {"status", NULL, 0},
    {"wording", NULL, 0},
    {"source", NULL, 0},
    {"locator", NULL, 0},
};

static void read_short_form(bp_loader *loader, const bp_place *place, given_observation *given)
{
    for (size_t i = 0; i < sizeof observation_members / sizeof observation_members[0]; i++) {
        bp_place at = bp_place_member(place, observation_members[i].name);
        if (at.node != NULL)
            observation_members[i].read(loader, &at, (char *)given + observation_members[i].offset);
    }
}

void bp_read_indicator_members(bp_loader *loader, const bp_place *place, bp_indicator_draft *draft)
{
    if (!BP_READ_MEMBERS(loader, place, indicator_members, draft))
        return;
    given_observation given = {.it.it.status = 'A'};
    read_short_form(loader, place, &given);
    bp_place value = bp_place_member(place, "value"), period = bp_place_member(place, "period");
    bp_place observations = bp_place_member(place, "observations");
    if (value.node != NULL && observations.node != NULL) {
        value.at_name = true;
        bp_place_fault(loader, &value,
                       "the indicator has observations; a single value cannot stand beside them");
    } else if (value.node != NULL && period.node == NULL) {
        bp_place_fault(loader, place, "\"period\" is missing, the time the value is of");
    } else if (value.node == NULL) {
        static const char *const needs_value[] = {"period", "qualifier", "status", "wording"};
        for (size_t i = 0; i < 4; i++) {
            bp_place at = bp_place_member(place, needs_value[i]);
            at.at_name = true;
            if (at.node != NULL)
                bp_place_fault(loader, &at,
                               "belongs to a value, and the indicator has none beside it");
        }
    } else {
        add_observation(loader, draft, &value, &given);
    }
    if (bp_place_member(place, "derive").node != NULL) {
        draft->derivation.source = given.it.source;
        draft->derivation.locator = given.it.it.citation.locator;
    }
    if (observations.node != NULL)
        read_observations(loader, &observations, draft, &given);
}
