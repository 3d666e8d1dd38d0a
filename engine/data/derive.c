/* What is computed once everything is linked: derived observations in the order of their needs,
 * sums of parts, and the checks. Needs are followed with a stack in the arena, not by recursion: a
 * chain of derivations may be as long as the file. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "data/data_private.h"
#include "data/expr.h"

typedef struct {
    bp_loader *loader;
    bool gathers;  /* First pass: note inputs and needs; values come later. */
    bool is_quiet; /* A value is missing for a reason that is told already. */
    bool had_faults;
    bp_buf inputs; /* Of bp_indicator *, in the order of naming. */
    bp_buf needs;  /* Of bp_indicator_draft *: those whose derivation must come first. */
    const char
        *period; /* Second pass: the latest period of the values used, NULL before the first. */
    bool periods_differ;
    const char *other_period;
    bool all_exact;
    bool has_estimate, has_provisional; /* Among the values used. */
    size_t mark;                        /* Of the gathering: its indicator's number + 1. */
} work;

/* A list of drafts that a derivation waits for; beside the drafts, by their number. */
typedef struct {
    bp_indicator_draft **needs;
    size_t count, at;
} waiting;

static const char *number_text(double value, char out[BP_NUMBER_SIZE])
{
    double size = value < 0 ? -value : value;
    if (!(size < 1e15 && (size >= 1e-5 || size == 0) && bp_number_put(value, 9, out) != 0))
        (void)bp_number_exact(value, out);
    return out;
}

/* Observations are in the order of their periods. */
static bp_observation *find_period(const bp_indicator *indicator, const char *period, size_t length)
{
    size_t low = 0, high = indicator->observation_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *has = indicator->observations[middle].period;
        int order = strncmp(has, period, length);
        if (order == 0 && has[length] == '\0')
            return (bp_observation *)&indicator->observations[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Adds a record to a list unless its mark says that this gathering has it already. */
static bool note_once(work *w, bp_buf *list, size_t *mark, const void *item)
{
    if (*mark == w->mark)
        return true;
    *mark = w->mark;
    const void **slot = bp_buf_push(list, sizeof item);
    if (slot == NULL)
        w->loader->faults->refused = true;
    else
        *slot = item;
    return slot != NULL;
}

/* The periods an indicator has, for a message: "2020, 2021". */
static void list_periods(const bp_indicator *indicator, char *out, size_t size)
{
    size_t used = 0, count = indicator->observation_count;
    out[0] = '\0';
    for (size_t i = count > 5 ? count - 5 : 0; i < count && used < size; i++) {
        const bp_observation *one = &indicator->observations[i]; /* There is one: i < count. */
        int more = snprintf(out + used, size - used, "%s%s", used ? ", " : "",
                            one->period); /* NOLINT(clang-analyzer-core.NullDereference) */
        used += more > 0 ? (size_t)more : 0;
    }
}

/* Takes note of a value that the outcome rests on. */
static void note_use(work *w, const bp_observation *found)
{
    if (w->period != NULL && strcmp(w->period, found->period) != 0) {
        w->periods_differ = true;
        w->other_period = w->period;
    }
    w->period = found->period;
    w->all_exact = w->all_exact && found->qualifier == BP_EXACT;
    w->has_estimate = w->has_estimate || found->status == 'E';
    w->has_provisional = w->has_provisional || found->status == 'P';
}

/* In the first pass: notes an input, and what it must wait for. */
static bool gather_input(work *w, bp_indicator_draft *draft, bool waits)
{
    return note_once(w, &w->inputs, &draft->input_mark, &draft->it) &&
           (!waits || draft->derivation.expression == NULL ||
            note_once(w, &w->needs, &draft->need_mark, draft));
}

/* One value of an indicator: its observation of a period, or the newest. */
static bool value_of(work *w, const bp_indicator *indicator, const char *period,
                     size_t period_length, double *out, char text[BP_EXPR_TEXT])
{
    bp_indicator_draft *draft = (bp_indicator_draft *)indicator;
    const bp_observation *found = NULL;
    if (period != NULL)
        found = find_period(indicator, period, period_length);
    if (w->gathers) {
        *out = 1;
        return gather_input(w, draft, found == NULL);
    }
    if (period == NULL && indicator->observation_count != 0)
        found = &indicator->observations[indicator->observation_count - 1];
    if (found == NULL) {
        char has[160];
        list_periods(indicator, has, sizeof has);
        w->is_quiet = w->had_faults || indicator->observation_count == 0;
        if (period != NULL)
            (void)snprintf(text, BP_EXPR_TEXT, "\"%s\" has no value for \"%.*s\"; it has %s",
                           indicator->id, (int)(period_length > 40 ? 40 : period_length), period,
                           has);
        else
            (void)snprintf(text, BP_EXPR_TEXT, "\"%s\" has no value", indicator->id);
        return false;
    }
    note_use(w, found);
    *out = found->value;
    return true;
}

/* True of a period from `from` to `to`; months and days of the last one are in it. */
static bool is_between(const char *period, const char *from, size_t from_length, const char *to,
                       size_t to_length)
{
    return strncmp(period, from, from_length) >= 0 && strncmp(period, to, to_length) <= 0;
}

/* Something of the observations of an indicator in a range of periods, or of all of them. */
static bool values_of(work *w, const bp_indicator *indicator, const char *range, size_t length,
                      bp_expr_ask ask, double *out, char text[BP_EXPR_TEXT])
{
    const char *to = range;
    size_t from_length = length, to_length = length;
    for (size_t i = 0; i + 1 < length; i++)
        if (range[i] == '.' && range[i + 1] == '.') {
            from_length = i;
            to = range + i + 2;
            to_length = length - i - 2;
            break;
        }
    while (from_length > 0 && range[from_length - 1] == ' ')
        from_length--;
    while (to_length > 0 && *to == ' ')
        to++, to_length--;
    if (w->gathers) {
        *out = 1;
        return gather_input(w, (bp_indicator_draft *)indicator, true);
    }
    double result = 0;
    size_t count = 0;
    for (size_t i = 0; i < indicator->observation_count; i++) {
        const bp_observation *seen = &indicator->observations[i];
        if (range != NULL && !is_between(seen->period, range, from_length, to, to_length))
            continue;
        note_use(w, seen);
        result = count++ == 0         ? seen->value
                 : ask == BP_EXPR_MIN ? (seen->value < result ? seen->value : result)
                 : ask == BP_EXPR_MAX ? (seen->value > result ? seen->value : result)
                                      : result + seen->value;
    }
    if (count == 0 && (ask != BP_EXPR_COUNT || range == NULL)) {
        char has[160];
        list_periods(indicator, has, sizeof has);
        w->is_quiet = w->had_faults || indicator->observation_count == 0;
        (void)snprintf(text, BP_EXPR_TEXT, "\"%s\" has no value in \"%.*s\"; it has %s",
                       indicator->id, (int)(length > 60 ? 60 : length), range ? range : "", has);
        return false;
    }
    *out = ask == BP_EXPR_COUNT  ? (double)count
           : ask == BP_EXPR_MEAN ? result / (double)count
                                 : result;
    return true;
}

static bool look_up(void *context, const char *name, size_t length, const char *period,
                    size_t period_length, bp_expr_ask ask, double *out, char text[BP_EXPR_TEXT])
{
    work *w = context;
    char id[104];
    const bp_records *records = &w->loader->data->indicators;
    while (period_length > 0 && (*period == ' ' || *period == '"' || *period == '\''))
        period++, period_length--;
    while (period_length > 0 && strchr(" \"'", period[period_length - 1]) != NULL)
        period_length--;
    (void)snprintf(id, sizeof id, "%.*s", (int)(length > 101 ? 101 : length), name);
    const bp_entry *entry = bp_records_find(records, id);
    if (entry == NULL) {
        const char *near = bp_records_nearest(records, id);
        if (near != NULL)
            (void)snprintf(text, BP_EXPR_TEXT, "no indicator \"%s\"; did you mean \"%s\"?", id,
                           near);
        else
            (void)snprintf(text, BP_EXPR_TEXT, "no indicator \"%s\"", id);
        return false;
    }
    const bp_indicator *indicator = entry->record;
    if (ask != BP_EXPR_ONE && ask != BP_EXPR_PARTS)
        return values_of(w, indicator, period, period_length, ask, out, text);
    for (size_t i = 0; i + 1 < period_length; i++)
        if (period[i] == '.' && period[i + 1] == '.') {
            (void)snprintf(text, BP_EXPR_TEXT,
                           "a range of periods is for one of sum, mean, min, max and count, as in "
                           "mean(%s[%.*s])",
                           id, (int)(period_length > 60 ? 60 : period_length), period);
            return false;
        }
    if (ask == BP_EXPR_ONE)
        return value_of(w, indicator, period, period_length, out, text);
    if (indicator->part_count == 0) {
        w->is_quiet = w->had_faults;
        (void)snprintf(text, BP_EXPR_TEXT, "\"%s\" has no parts", id);
        return false;
    }
    double sum = 0;
    for (size_t i = 0; i < indicator->part_count; i++) {
        double value = 0;
        if (!value_of(w, indicator->parts[i], period, period_length, &value, text))
            return false;
        sum += value;
    }
    *out = sum;
    return true;
}

static void clear_work(work *w)
{
    bp_buf_clear(&w->inputs);
    bp_buf_clear(&w->needs);
}

/* First pass over a derivation: grammar, names, inputs and needs. False where it cannot be
 * computed. */
static bool gather(bp_loader *loader, bp_indicator_draft *draft, waiting *wait)
{
    work w = {.loader = loader, .gathers = true, .mark = draft->number + 1};
    bp_expr_result result;
    bp_arena *arena = &loader->data->arena;
    bool ok = bp_expr_run(draft->derivation.expression, true, look_up, &w, &result);
    if (!ok && !loader->faults->refused)
        bp_origin_fault(loader, &draft->derivation.origin, NULL, "%s", result.problem);
    if (ok && result.value.is_truth) {
        bp_origin_fault(loader, &draft->derivation.origin, NULL,
                        "expected a number, found a comparison");
        ok = false;
    }
    size_t inputs = BP_BUF_COUNT(&w.inputs, void *), needs = BP_BUF_COUNT(&w.needs, void *);
    const bp_indicator **input_list = bp_arena_take(arena, inputs, sizeof *input_list);
    wait->needs = bp_arena_take(arena, needs, sizeof *wait->needs);
    if (input_list == NULL || wait->needs == NULL) {
        loader->faults->refused = true;
        ok = false;
    } else {
        if (inputs != 0)
            memcpy(input_list, w.inputs.bytes, w.inputs.length);
        if (needs != 0)
            memcpy(wait->needs, w.needs.bytes, w.needs.length);
        wait->count = needs;
        draft->it.inputs = input_list;
        draft->it.input_count = inputs;
        draft->it.derive = draft->derivation.expression;
    }
    clear_work(&w);
    return ok;
}

/* Puts a derived observation in its place; link.c left room for it. */
static void insert_observation(bp_indicator_draft *draft, const bp_observation *derived)
{
    bp_observation *list = (bp_observation *)draft->it.observations;
    size_t at = draft->it.observation_count++;
    for (; at > 0 && strcmp(list[at - 1].period, derived->period) > 0; at--)
        list[at] = list[at - 1];
    list[at] = *derived;
}

static void evaluate(bp_loader *loader, bp_indicator_draft *draft, bool had_faults)
{
    const bp_derivation *derivation = &draft->derivation;
    work w = {.loader = loader, .had_faults = had_faults, .all_exact = true};
    bp_expr_result result;
    bool ok = bp_expr_run(derivation->expression, false, look_up, &w, &result);
    clear_work(&w);
    if (!ok) {
        if (!w.is_quiet)
            bp_origin_fault(loader, &derivation->origin, NULL, "%s", result.problem);
        return;
    }
    const char *period = derivation->period;
    if (period == NULL && w.period == NULL) {
        bp_origin_fault(loader, &derivation->origin, NULL,
                        "the expression names no indicator; say its time with \"period\"");
        return;
    }
    if (period == NULL && w.periods_differ) {
        bp_origin_fault(loader, &derivation->origin, NULL,
                        "the values are of different times (%s and %s); say which with \"period\"",
                        w.other_period, w.period);
        return;
    }
    bp_observation derived = {.period = period ? period : w.period,
                              .value = result.value.number,
                              .qualifier = derivation->has_qualifier ? derivation->qualifier
                                           : w.all_exact             ? BP_EXACT
                                                                     : BP_ABOUT,
                              .status = derivation->status  ? derivation->status
                                        : w.has_estimate    ? 'E'
                                        : w.has_provisional ? 'P'
                                                            : 'A',
                              .is_derived = true,
                              .where = derivation->origin.where};
    const bp_entry *source = derivation->source.id
                                 ? bp_records_find(&loader->data->sources, derivation->source.id)
                                 : NULL;
    derived.citation = (bp_citation){source ? source->record : NULL, derivation->locator};
    bp_observation *given = find_period(&draft->it, derived.period, strlen(derived.period));
    if (given == NULL) {
        insert_observation(draft, &derived);
        return;
    }
    size_t at = (size_t)(given - draft->it.observations);
    size_t input = draft->observations[at].origin.input;
    if (input == derivation->origin.input)
        bp_origin_fault(loader, &derivation->origin, NULL,
                        "the value for %s is given too, in line %d; drop one", derived.period,
                        given->where.line);
    else if (input < derivation->origin.input)
        *given = derived;
    else { /* A later input gave the value that was computed before. */
        draft->it.derive = NULL;
        draft->it.input_count = 0;
    }
}

/* Says the way round a circle that leads from `draft` back to itself, all on the stack. */
static void fault_circle(bp_loader *loader, bp_indicator_draft **stack, size_t depth,
                         const bp_indicator_draft *draft)
{
    bp_buf chain = {0};
    size_t first = depth;
    while (first > 0 && stack[first - 1] != draft)
        first--;
    first -= first != 0;
    bool ok = true;
    for (size_t i = first; i < depth && i < first + 20 && ok; i++)
        ok = bp_buf_format(&chain, "%s -> ", stack[i]->it.id);
    if (ok && depth - first > 20)
        ok = bp_buf_text(&chain, "... -> ");
    ok = ok && bp_buf_text(&chain, draft->it.id);
    if (ok)
        bp_origin_fault(loader, &draft->derivation.origin, NULL,
                        "the derivation goes in a circle: %s", chain.bytes);
    else
        loader->faults->refused = true;
    bp_buf_clear(&chain);
}

/* Works out all derivations, each after those it needs. `step` of a draft: 0 not seen, 1 on the
 * stack, 2 done. */
static void derive_all(bp_loader *loader, bool had_faults)
{
    bp_data *data = loader->data;
    size_t count = data->indicators.count, depth = 0;
    waiting *waits = bp_arena_take(&data->arena, count, sizeof *waits);
    bp_indicator_draft **stack = bp_arena_take(&data->arena, count, sizeof(bp_indicator_draft *));
    if (waits == NULL || stack == NULL) {
        loader->faults->refused = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        bp_indicator_draft *draft = data->indicators.items[i].record;
        draft->number = i;
        draft->step =
            draft->derivation.expression == NULL || !gather(loader, draft, &waits[i]) ? 2 : 0;
    }
    for (size_t i = 0; i < count && !loader->faults->refused; i++) {
        bp_indicator_draft *root = data->indicators.items[i].record;
        if (root->step != 0)
            continue;
        root->step = 1;
        stack[depth++] = root;
        while (depth != 0) {
            bp_indicator_draft *top = stack[depth - 1];
            waiting *wait = &waits[top->number];
            if (wait->at == wait->count) {
                top->step = 2;
                depth--;
                if (!top->in_circle)
                    evaluate(loader, top, had_faults);
                continue;
            }
            bp_indicator_draft *next = wait->needs[wait->at++];
            if (next->step == 1) {
                fault_circle(loader, stack, depth, next);
                next->in_circle = true;
            } else if (next->step == 0) {
                next->step = 1;
                stack[depth++] = next;
            }
        }
    }
}

/* The sum of the parts of one period, where all of them are exact; false where it cannot be asked
 * for. */
static bool sum_parts(const bp_indicator *indicator, const char *period, double *sum)
{
    *sum = 0;
    for (size_t i = 0; i < indicator->part_count; i++) {
        const bp_observation *one = find_period(indicator->parts[i], period, strlen(period));
        if (one == NULL || one->qualifier != BP_EXACT)
            return false;
        *sum += one->value;
    }
    return true;
}

static void check_parts(bp_loader *loader, const bp_indicator_draft *draft)
{
    const bp_indicator *indicator = &draft->it;
    for (size_t i = 0; indicator->part_count != 0 && i < indicator->observation_count; i++) {
        const bp_observation *whole = &indicator->observations[i];
        double sum = 0;
        if (whole->qualifier != BP_EXACT || !sum_parts(indicator, whole->period, &sum) ||
            bp_expr_equal(sum, whole->value))
            continue;
        bp_buf names = {0};
        char left[BP_NUMBER_SIZE], right[BP_NUMBER_SIZE];
        bool ok = true;
        for (size_t n = 0; n < indicator->part_count && n < 8 && ok; n++)
            ok = bp_buf_format(&names, "%s%s", n ? " + " : "", indicator->parts[n]->id);
        if (ok && indicator->part_count > 8)
            ok = bp_buf_text(&names, " + ...");
        if (ok)
            bp_origin_fault(loader, &draft->parts_origin, NULL,
                            "the parts do not sum in %s: %s is %s, %s is %s", whole->period,
                            names.bytes, number_text(sum, left), indicator->id,
                            number_text(whole->value, right));
        else
            loader->faults->refused = true;
        bp_buf_clear(&names);
    }
}

/* Parts of parts may not lead back: whoever unfolds them would never end. */
static void check_part_circles(bp_loader *loader)
{
    bp_data *data = loader->data;
    size_t count = data->indicators.count, depth = 0;
    size_t *at = bp_arena_take(&data->arena, count, sizeof *at);
    bp_indicator_draft **stack = bp_arena_take(&data->arena, count, sizeof(bp_indicator_draft *));
    if (at == NULL || stack == NULL) {
        loader->faults->refused = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        ((bp_indicator_draft *)data->indicators.items[i].record)->step = 0;
    for (size_t i = 0; i < count; i++) {
        bp_indicator_draft *root = data->indicators.items[i].record;
        if (root->step != 0 || root->it.part_count == 0)
            continue;
        root->step = 1;
        stack[depth++] = root;
        while (depth != 0) {
            bp_indicator_draft *top = stack[depth - 1];
            if (at[top->number] == top->it.part_count) {
                top->step = 2;
                depth--;
                continue;
            }
            bp_indicator_draft *next = (bp_indicator_draft *)top->it.parts[at[top->number]++];
            if (next->step == 1)
                bp_origin_fault(
                    loader, &top->parts_origin, NULL,
                    "the parts go in a circle: \"%s\" is a part of \"%s\", and the other way round",
                    next->it.id, top->it.id);
            else if (next->step == 0) {
                next->step = 1;
                stack[depth++] = next;
            }
        }
    }
}

/* "rd_national + rd_municipal is 365"; nothing for a side that is a plain number. */
static bool put_side(bp_buf *out, const char *text, size_t length, double value)
{
    char number[BP_NUMBER_SIZE];
    double literal = 0;
    if (bp_decimal_read(text, length, &literal))
        return true;
    int shown = (int)(length > 200 ? 200 : length);
    return bp_buf_format(out, "%s%.*s is %s", out->length ? ", " : "", shown, text,
                         number_text(value, number));
}

static void run_check(bp_loader *loader, const bp_entry *entry, bool had_faults)
{
    const bp_check *check = entry->record;
    work w = {.loader = loader, .had_faults = had_faults, .all_exact = true};
    bp_expr_result result;
    if (check->expression == NULL)
        return;
    bool ok = bp_expr_run(check->expression, false, look_up, &w, &result);
    clear_work(&w);
    if (!ok) {
        if (!w.is_quiet)
            bp_origin_fault(loader, &entry->origin, NULL, "%s", result.problem);
    } else if (!result.value.is_truth) {
        bp_origin_fault(loader, &entry->origin, NULL, "expected a comparison, found a number");
    } else if (result.value.number == 0) {
        bp_buf sides = {0};
        const char *text = bp_text_in(loader->data, check->text, NULL);
        bool has_sides = true;
        if (result.has_comparison)
            has_sides = put_side(&sides, result.left, result.left_length, result.left_value) &&
                        put_side(&sides, result.right, result.right_length, result.right_value);
        if (!has_sides)
            loader->faults->refused = true;
        bp_origin_fault(loader, &entry->origin, NULL,
                        "check \"%.400s\" does not hold%s%s%s%.300s%s", check->expression,
                        sides.length ? ": " : "", sides.bytes ? sides.bytes : "", *text ? " (" : "",
                        text, *text ? ")" : "");
        bp_buf_clear(&sides);
    }
}

static bool has_faults(const bp_faults *faults)
{
    return bp_faults_count(faults) != 0 || faults->dropped != 0;
}

void bp_derive(bp_loader *loader)
{
    bp_data *data = loader->data;
    bool had_faults = has_faults(loader->faults);
    derive_all(loader, had_faults);
    had_faults = has_faults(loader->faults);
    check_part_circles(loader);
    for (size_t i = 0; i < data->indicators.count && !loader->faults->refused; i++)
        check_parts(loader, data->indicators.items[i].record);
    for (size_t i = 0; i < data->checks.count && !loader->faults->refused; i++)
        run_check(loader, &data->checks.items[i], had_faults);
}
