/* Numbers, dates, plurals and lists as a reader of a language expects them, through ICU. All
 * answers are appended to `out`; false when memory is refused or (with `err`) an argument is wrong.
 * Formatters are kept for the life of a bp_format. */
#ifndef BP_DATA_FORMAT_H
#define BP_DATA_FORMAT_H

#include "base/buf.h"
#include "base/error.h"

typedef struct bp_format bp_format;

/* For a BCP 47 language ("en", "zh", "de-CH"). An unknown language is an error (BP_ERR_USAGE). */
bp_format *bp_format_new(const char *language, bp_error *err);
void bp_format_free(bp_format *format);

typedef struct {
    int least_decimals, most_decimals; /* Decimals printed; most -1: as many as the value has. */
    bool no_grouping;                  /* No thousands separators (years). */
    bool show_plus;                    /* "+34.8"; zero has no sign. */
    bool is_percent; /* The value is in percent (34.8): adds the sign as the language wants it. */
    bool is_compact; /* "1.2 million", "120万", "1.2亿": the number in the words of the language.
                      * Exact where `most_decimals` is -1: 123456789 is "1.23456789亿". */
    bool is_spelled; /* "eight", "八": whole numbers in words. */
} bp_number_style;

bool bp_format_number(bp_format *format, double value, const bp_number_style *style, bp_buf *out,
                      bp_error *err);

/* `date` as ISO 8601: a day, a month, a quarter ("2022-Q3"), a year, or an interval "2017/2022".
 * `style`: "long" (3 September 2022), "medium", "short", or "month" ... An ICU skeleton ("yMMMM")
 * is taken too. English dates are day-month-year. */
bool bp_format_date(bp_format *format, const char *date, const char *style, bp_buf *out,
                    bp_error *err);

/* The plural category of `value` as it prints with `decimals`: "one", "other" ... Static text. */
const char *bp_format_plural(bp_format *format, double value, int decimals);

/* "a, b and c". */
bool bp_format_list(bp_format *format, const char *const *items, size_t count, bp_buf *out,
                    bp_error *err);

#endif
