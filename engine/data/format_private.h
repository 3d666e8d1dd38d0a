/* What format.c (numbers), format_words.c (plurals, lists, words) and format_date.c share. */
#ifndef BP_DATA_FORMAT_PRIVATE_H
#define BP_DATA_FORMAT_PRIVATE_H

#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/udatpg.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>

#include "data/format.h"
#include "data/period.h"

/* What readers get: the hyphen-minus, which ICU writes in most languages, is short, low, and a
 * place to break a line. */
#define BP_MINUS 0x2212
#define BP_SYMBOL 24 /* Bytes of a symbol in UTF-8, with its NUL. */

/* What plain numbers need. ICU is asked once a language; after that printing a number calls nothing
 * of it. */
typedef struct {
    char group[BP_SYMBOL], point[BP_SYMBOL], plus[BP_SYMBOL];
    char minus[BP_SYMBOL]; /* U+2212, with the marks of direction that the language puts to it. */
    char before_percent[BP_SYMBOL], after_percent[BP_SYMBOL];
    char digits[10][BP_SYMBOL];
    int first_group, other_groups; /* Digits in the last group, and in those before it. */
    int grouped_from;              /* Digits a number must have to be grouped. */
} bp_symbols;

/* How a language writes dates: patterns in ICU's letters (y, M, d, each followed by what is to
 * stand behind it) and the names that they ask for. */
typedef struct {
    const char *year, *month, *month_medium, *month_short; /* "y", "yMMMM", "yMMM" and "yM". */
    const char *day, *day_medium, *day_short;              /* Of a day: "long", and so on. */
    const char *years;                                     /* An interval of two years. */
    const char *const *months, *const *months_short;       /* Of 12; NULL where no pattern asks. */
} bp_dates;

/* Writes a whole number from 0 to 99 in words. */
typedef bool (*bp_small_numbers)(bp_buf *out, unsigned value);

typedef enum { BP_PLURAL_ICU, BP_PLURAL_ENGLISH, BP_PLURAL_NONE } bp_plural_rule;

/* One kept formatter, by what it was made for. */
typedef struct {
    char key[64];
    UDateFormat *date;
    UDateIntervalFormat *interval;
    UNumberFormatter *number;
} bp_kept_format;
enum { BP_KEPT = 24 };

struct bp_format {
    char locale[ULOC_FULLNAME_CAPACITY];
    char word_locale[ULOC_FULLNAME_CAPACITY]; /* For dates and lists: international English for
                                                 "en". */
    bool has_symbols;
    bp_symbols symbols;
    const bp_dates *dates;          /* NULL: ICU is asked. */
    bp_small_numbers small_numbers; /* The same. */
    bp_plural_rule plural_rule;
    UNumberFormat *spelled;
    UListFormatter *list;
    UPluralRules *plurals;
    UFormattedNumber *formatted;
    UDateTimePatternGenerator *patterns;
    bp_kept_format kept[BP_KEPT];
    size_t next_kept; /* The one to give way where all are taken. */
};

/* Records an ICU failure; answers false. */
bool bp_format_fail(bp_error *err, UErrorCode status, const char *what);
/* Appends UTF-16 as UTF-8. */
bool bp_format_add(bp_buf *out, const UChar *text, int32_t length, bp_error *err);
/* The kept formatter of this key, or an empty slot with the key written in it. */
bp_kept_format *bp_format_keep(bp_format *format, const char *key);
void bp_kept_clear(bp_kept_format *kept);

/* The decimal digits of a finite number, rounded half away from zero as people see it: the 15
 * digits that a double holds for certain, never its noise. */
typedef struct {
    char digits[345]; /* "whole" digits, then "decimals" digits; NUL after. */
    int whole, decimals;
    bool is_negative; /* False where all digits are zero. */
} bp_digits;
void bp_digits_of(double value, int least_decimals, int most_decimals, bp_digits *out);

/* A number that has no ICU of its own in it: "-1234.50", for unumf_formatDecimal. Fits what
 * bp_digits holds. */
size_t bp_digits_text(const bp_digits *digits, char out[350]);

/* Symbols that ICU's data has for the language; false and `err` where it fails. */
bool bp_symbols_ask(const char *locale, bp_symbols *out, bp_error *err);
/* What is built in, for languages where starting ICU would cost more than the whole page: false or
 * NULL where there is nothing. Tests hold it to what ICU says. */
bool bp_symbols_built_in(const char *locale, bp_symbols *out);
const bp_dates *bp_dates_built_in(const char *word_locale);
bp_small_numbers bp_small_numbers_built_in(const char *locale);
/* Writes a day, month or year of the pattern; `last` is the second year of an interval. Years from
 * 1 on. */
bool bp_dates_put(const bp_dates *dates, const char *pattern, const bp_point *point, int last,
                  bp_buf *out);

bool bp_format_compact(bp_format *format, double value, const bp_number_style *style, bp_buf *out,
                       bp_error *err);
bool bp_format_spelled(bp_format *format, double value, bp_buf *out, bp_error *err);

#endif
