/* The review: see review.h. It goes through the finished model, so that a later input that brings
 * what an earlier one lacked leaves nothing to say. */
#include "data/review.h"

#include <stdarg.h>
#include <stdio.h>

#include "data/data_private.h"
#include "data/table.h"

typedef struct {
    const bp_data *data;
    bp_faults *findings;
    const bp_translation *last; /* Texts are shared: told once is enough. */
} review;

static void find(review *r, bp_where where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void find(review *r, bp_where where, const char *format, ...)
{
    char place[BP_ERROR_PLACE], text[BP_ERROR_TEXT];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)snprintf(place, sizeof place, "%s:%d:%d", where.file, where.line, where.column);
    bp_faults_add(r->findings, BP_OK, place, "%s", text);
}

/* `what` and `id` say whose text it is; `id` may be NULL. */
static void review_text(review *r, bp_text text, const char *name, const char *what, const char *id)
{
    const bp_dataset *dataset = &r->data->dataset;
    if (text.count == 0 || text.items[0].language == NULL || text.items == r->last)
        return;
    for (size_t i = 0; i < dataset->language_count; i++) {
        if (bp_text_has(text, dataset->languages[i]))
            continue;
        r->last = text.items;
        find(r, text.items[0].where,
             "%s of %s%s%.100s%s has no text in \"%s\"; give one beside \"%s\", or a plain text "
             "that serves every language",
             name, what, id ? " \"" : "", id ? id : "", id ? "\"" : "", dataset->languages[i],
             text.items[0].language);
    }
}

static void review_top(review *r)
{
    const bp_dataset *dataset = &r->data->dataset;
    const bp_event *event = &r->data->event;
    review_text(r, dataset->title, "the title", "the dataset", NULL);
    review_text(r, dataset->subtitle, "the subtitle", "the dataset", NULL);
    review_text(r, dataset->publisher, "the publisher", "the dataset", NULL);
    review_text(r, event->name, "the name", "the event", NULL);
    review_text(r, event->venue, "the venue", "the event", NULL);
    review_text(r, event->host, "the host", "the event", NULL);
    review_text(r, event->place, "the place", "the event", NULL);
    review_text(r, event->citation.locator, "the locator", "the event", NULL);
    for (size_t i = 0; i < event->speaker_count; i++) {
        review_text(r, event->speakers[i].name, "the name", "a speaker", NULL);
        review_text(r, event->speakers[i].role, "the role", "a speaker", NULL);
        review_text(r, event->speakers[i].organisation, "the organisation", "a speaker", NULL);
    }
    for (size_t i = 0; i < bp_data_source_count(r->data); i++) {
        const bp_source *source = bp_data_source(r->data, i);
        review_text(r, source->title, "the title", "the source", source->id);
        review_text(r, source->publisher, "the publisher", "the source", source->id);
    }
    for (size_t i = 0; i < bp_data_theme_count(r->data); i++) {
        const bp_theme *theme = bp_data_theme(r->data, i);
        review_text(r, theme->title, "the title", "the theme", theme->id);
        review_text(r, theme->summary, "the summary", "the theme", theme->id);
    }
    for (size_t i = 0; i < bp_data_check_count(r->data); i++) {
        const bp_check *check = bp_data_check(r->data, i);
        review_text(r, check->text, "the text", "the check", check->id);
    }
}

static void review_indicator(review *r, const bp_indicator *indicator)
{
    static const char what[] = "the indicator";
    review_text(r, indicator->label, "the label", what, indicator->id);
    review_text(r, indicator->note, "the note", what, indicator->id);
    review_text(r, indicator->unit_one, "the unit for one", what, indicator->id);
    review_text(r, indicator->unit_other, "the unit", what, indicator->id);
    review_text(r, indicator->unit_symbol, "the unit's symbol", what, indicator->id);
    for (size_t i = 0; i < indicator->observation_count; i++) {
        const bp_observation *seen = &indicator->observations[i];
        review_text(r, seen->wording, "the wording", what, indicator->id);
        review_text(r, seen->citation.locator, "the locator", what, indicator->id);
        /* What was computed comes from its inputs, which are looked at themselves. */
        if (seen->citation.source == NULL && !seen->is_derived)
            find(r, seen->where,
                 "the value of \"%s\" for %s names no source; give it, or the indicator, a "
                 "\"source\"",
                 indicator->id, seen->period);
    }
}

static void review_statements(review *r, bp_statement_list list, const char *what)
{
    for (size_t i = 0; i < bp_data_statement_count(r->data, list); i++) {
        const bp_statement *statement = bp_data_statement(r->data, list, i);
        review_text(r, statement->title, "the title", what, statement->id);
        review_text(r, statement->text, "the text", what, statement->id);
        review_text(r, statement->role, "the role", what, statement->id);
        review_text(r, statement->citation.locator, "the locator", what, statement->id);
        if (statement->citation.source == NULL)
            find(r, statement->where, "%s \"%s\" names no source; give it a \"source\"", what,
                 statement->id);
    }
}

static void review_table(review *r, const bp_table *table)
{
    static const char what[] = "the table";
    review_text(r, table->title, "the title", what, table->id);
    for (size_t i = 0; i < table->column_count; i++) {
        review_text(r, table->columns[i].title, "the title of a column", what, table->id);
        review_text(r, table->columns[i].unit, "the unit of a column", what, table->id);
    }
    for (size_t i = 0; i < BP_BUF_COUNT(&table->maps, bp_text); i++)
        review_text(r, BP_BUF_ITEMS(&table->maps, bp_text)[i], "a cell", what, table->id);
}

void bp_data_review(const bp_data *data, bp_faults *findings)
{
    review r = {.data = data, .findings = findings};
    review_top(&r);
    for (size_t i = 0; i < bp_data_indicator_count(data); i++)
        review_indicator(&r, bp_data_indicator(data, i));
    review_statements(&r, BP_MILESTONES, "the milestone");
    review_statements(&r, BP_POLICIES, "the policy");
    review_statements(&r, BP_PARTNERS, "the partner");
    for (size_t i = 0; i < bp_data_table_count(data); i++)
        review_table(&r, bp_data_table(data, i));
}
