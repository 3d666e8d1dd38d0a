/* The indicator model: what a data file says, checked and linked. Everything here is lent by the
 * bp_data that owns it and never changes after loading. */
#ifndef BP_DATA_MODEL_H
#define BP_DATA_MODEL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bp_data bp_data;

/* Where a thing stands in the input. */
typedef struct {
    const char *file;
    int line, column;
} bp_where;

/* A text, or a map from language to text. Read it with bp_text_in. */
typedef struct {
    const char *language; /* NULL: the text serves every language. */
    const char *text;
    bp_where where; /* Of one in a map; file NULL for a text that serves every language. */
} bp_translation;
typedef struct {
    const bp_translation *items;
    size_t count; /* 0: the text is absent. */
} bp_text;

typedef struct {
    const char *id;
    bp_text title, publisher;
    const char *url, *date; /* "" where absent; date as ISO 8601. */
    bp_where where;
} bp_source;

/* A source and the place in it ("paragraph 5"). source is NULL where none is named. */
typedef struct {
    const bp_source *source;
    bp_text locator;
} bp_citation;

typedef struct {
    const char *id;
    bp_text title, summary;
    bp_where where;
} bp_theme;

typedef enum { BP_EXACT, BP_MORE_THAN, BP_AT_LEAST, BP_ABOUT } bp_qualifier;

typedef struct {
    const char *period; /* "2021", "2022-07", "2021-12-31", "2017/2022" ... ISO 8601 or SDMX; sorts
                           as text. */
    double value;       /* In the indicator's unit. */
    bp_qualifier qualifier;
    char status;     /* 'A' normal, 'E' estimated, 'P' provisional (SDMX OBS_STATUS). */
    bool is_derived; /* Computed from the indicator's `derive`, not given. */
    bp_text
        wording; /* As the source words it ("one third"), where that is not the number itself. */
    bp_citation citation;
    bp_where where;
} bp_observation;

typedef struct bp_indicator bp_indicator;
struct bp_indicator {
    const char *id;
    const bp_theme *theme; /* NULL where none is named. */
    bp_text label, note;
    bp_text unit_one,
        unit_other; /* Unit, singular and plural ("station", "stations"); absent: a bare number. */
    bp_text unit_symbol; /* "%", "m²": set against the number; absent where the unit is a word. */
    char frequency; /* How often there is a new value, as SDMX FREQ has it: A annual, S, Q, M, W,
                     * B business days, D; 0: not said. */
    int decimals;   /* Decimals to print; -1: as many as the value has. */
    const bp_observation
        *observations; /* By period, oldest first; the last one is "the value". At least one. */
    size_t observation_count;
    const bp_indicator *const *parts; /* Indicators that sum to it. */
    size_t part_count;
    const char *derive; /* The expression that derived observations were computed from; NULL where
                           all are given. */
    const bp_indicator *const
        *inputs; /* The indicators the expression names, in order of first naming. */
    size_t input_count;
    bp_where where;
};

/* A dated or listed statement: a milestone, a policy, a partner. */
typedef struct {
    const char *id;
    const char *date;      /* ISO 8601, may be a year or a month; "" where undated. */
    const bp_theme *theme; /* NULL where none is named. */
    bp_text title, text, role;
    const char *url; /* "" where absent. */
    bp_citation citation;
    bp_where where;
} bp_statement;

typedef struct {
    bp_text name, role, organisation;
} bp_person;

typedef struct {
    const char *id;
    bp_text title, subtitle, publisher;
    const char *const *languages; /* The first is the default. At least one. */
    size_t language_count;
    const char *published; /* ISO 8601 date; "" where absent. */
} bp_dataset;

typedef struct {
    bp_text name, venue, host, place;
    const char *start, *end; /* ISO 8601 dates; end is "" for one day. */
    const bp_person *speakers;
    size_t speaker_count;
    bp_citation citation;
    bool is_given; /* False where the data has no event. */
} bp_event;

typedef struct {
    const char *id; /* "check 3" where unnamed. */
    const char *expression;
    bp_text text; /* What it means, for people; may be absent. */
    bp_where where;
} bp_check;

/* A table of rows with typed columns. Cells are held compactly; rows are read one at a time. */
typedef enum { BP_COLUMN_TEXT, BP_COLUMN_NUMBER, BP_COLUMN_DATE, BP_COLUMN_BOOLEAN } bp_column_type;
typedef struct {
    const char *id;
    bp_column_type type;
    bp_text title, unit;
} bp_column;
typedef struct bp_table bp_table;

const char *bp_table_id(const bp_table *table);
bp_text bp_table_title(const bp_table *table);
size_t bp_table_row_count(const bp_table *table);
size_t bp_table_column_count(const bp_table *table);
const bp_column *bp_table_column(const bp_table *table, size_t column);
/* A cell. False where it is empty (null). Text and date cells lend `*text`; a text column may hold
 * a map of languages, of which the default language is given by passing NULL. A number cell fills
 * `*number`, a boolean one 0 or 1. Either pointer may be NULL. */
bool bp_table_cell(const bp_table *table, size_t row, size_t column, const char *language,
                   const char **text, double *number);

const bp_dataset *bp_data_dataset(const bp_data *data);
const bp_event *bp_data_event(const bp_data *data);

/* Lists in the order of the input. `find` answers NULL where there is none. */
size_t bp_data_source_count(const bp_data *data);
const bp_source *bp_data_source(const bp_data *data, size_t i);
size_t bp_data_theme_count(const bp_data *data);
const bp_theme *bp_data_theme(const bp_data *data, size_t i);
size_t bp_data_indicator_count(const bp_data *data);
const bp_indicator *bp_data_indicator(const bp_data *data, size_t i);
const bp_indicator *bp_data_find_indicator(const bp_data *data, const char *id);
/* The indicator id nearest to a misspelt one, lent; NULL where none is near. */
const char *bp_data_nearest_indicator(const bp_data *data, const char *id);
size_t bp_data_check_count(const bp_data *data);
const bp_check *bp_data_check(const bp_data *data, size_t i);
size_t bp_data_table_count(const bp_data *data);
const bp_table *bp_data_table(const bp_data *data, size_t i);
const bp_table *bp_data_find_table(const bp_data *data, const char *id);

typedef enum { BP_MILESTONES, BP_POLICIES, BP_PARTNERS } bp_statement_list;
size_t bp_data_statement_count(const bp_data *data, bp_statement_list list);
const bp_statement *bp_data_statement(const bp_data *data, bp_statement_list list, size_t i);

/* The text in `language`: that of the exact code, of its primary part ("zh" for "zh-CN"), of the
 * dataset's first language, else of the first given; "" where absent. Lent. */
const char *bp_text_in(const bp_data *data, bp_text text, const char *language);
/* True where the text is given in `language` itself, or serves every language. */
bool bp_text_has(bp_text text, const char *language);

/* Names as the data spells them: "exact", "more_than" ... Static. */
const char *bp_qualifier_name(bp_qualifier qualifier);

#endif
