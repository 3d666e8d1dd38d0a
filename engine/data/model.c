/* What the model lends: see model.h. */
#include "data/model.h"

#include <string.h>

#include "data/data_private.h"

const bp_dataset *bp_data_dataset(const bp_data *data)
{
    return &data->dataset;
}

const bp_event *bp_data_event(const bp_data *data)
{
    return &data->event;
}

#define LIST(thing, type, member)                                                                  \
    size_t bp_data_##thing##_count(const bp_data *data)                                            \
    {                                                                                              \
        return data->member.count;                                                                 \
    }                                                                                              \
    const type *bp_data_##thing(const bp_data *data, size_t i)                                     \
    {                                                                                              \
        return i < data->member.count ? data->member.items[i].record : NULL;                       \
    }

LIST(source, bp_source, sources)
LIST(theme, bp_theme, themes)
LIST(indicator, bp_indicator, indicators)
LIST(check, bp_check, checks)
LIST(table, bp_table, tables)

static const void *find(const bp_records *records, const char *id)
{
    const bp_entry *entry = bp_records_find(records, id);
    return entry ? entry->record : NULL;
}

const bp_indicator *bp_data_find_indicator(const bp_data *data, const char *id)
{
    return find(&data->indicators, id);
}

const bp_table *bp_data_find_table(const bp_data *data, const char *id)
{
    return find(&data->tables, id);
}

const char *bp_data_nearest_indicator(const bp_data *data, const char *id)
{
    return bp_records_nearest(&data->indicators, id);
}

size_t bp_data_statement_count(const bp_data *data, bp_statement_list list)
{
    return data->statements[list].count;
}

const bp_statement *bp_data_statement(const bp_data *data, bp_statement_list list, size_t i)
{
    return i < data->statements[list].count ? data->statements[list].items[i].record : NULL;
}

/* The text of exactly `length` bytes of a language code; NULL where there is none. A text for every
 * language serves. */
static const char *text_of(bp_text text, const char *language, size_t length)
{
    for (size_t i = 0; i < text.count; i++) {
        const char *code = text.items[i].language;
        if (code == NULL || (strncmp(code, language, length) == 0 && code[length] == '\0'))
            return text.items[i].text;
    }
    return NULL;
}

/* "zh-Hant-TW" is tried whole, then as "zh-Hant" and "zh", then by any text whose code begins with
 * "zh". */
static const char *text_near(bp_text text, const char *language)
{
    size_t length = strlen(language);
    for (;;) {
        const char *found = text_of(text, language, length);
        if (found != NULL)
            return found;
        while (length > 0 && language[--length] != '-')
            continue;
        if (length == 0)
            break;
    }
    length = strcspn(language, "-");
    for (size_t i = 0; i < text.count; i++) {
        const char *code = text.items[i].language;
        if (strncmp(code, language, length) == 0 && code[length] == '-')
            return text.items[i].text;
    }
    return NULL;
}

const char *bp_text_in(const bp_data *data, bp_text text, const char *language)
{
    if (text.count == 0)
        return "";
    const char *found = language ? text_near(text, language) : NULL;
    if (found == NULL && data != NULL && data->dataset.language_count != 0)
        found = text_near(text, data->dataset.languages[0]);
    return found ? found : text.items[0].text;
}

bool bp_text_has(bp_text text, const char *language)
{
    return text.count != 0 && text_near(text, language) != NULL;
}
