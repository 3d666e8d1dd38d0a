/* What the languages we print most need for plain numbers, dates and small numbers in words. ICU
 * would say the same, but its first formatter of each kind reads and builds more than a whole page
 * costs: 6 million instructions for dates, 3 for intervals, 2 for words. */
#include <string.h>

#include "data/format_private.h"

static bool is_among(const char *locale, const char *const *locales, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(locales[i], locale) == 0)
            return true;
    return false;
}

bool bp_symbols_built_in(const char *locale, bp_symbols *out)
{
    static const char *const locales[] = {"en",      "en_GB",      "en_US", "zh", "zh_CN",
                                          "zh_Hans", "zh_Hans_CN", "ja",    "ko"};
    if (!is_among(locale, locales, sizeof locales / sizeof locales[0]))
        return false;
    *out = (bp_symbols){.group = ",",
                        .point = ".",
                        .minus = "\u2212",
                        .plus = "+",
                        .after_percent = "%",
                        .digits = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
                        .first_group = 3,
                        .other_groups = 3,
                        .grouped_from = 4};
    return true;
}

/* Dates */

static const char *const english_months[12] = {"January",   "February", "March",    "April",
                                               "May",       "June",     "July",     "August",
                                               "September", "October",  "November", "December"};
static const char *const british_months[12] = {"Jan", "Feb", "Mar",  "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"};
static const char *const american_months[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static const bp_dates british = {.year = "y",
                                 .month = "MMMM y",
                                 .month_medium = "MMM y",
                                 .month_short = "MM/y",
                                 .day = "d MMMM y",
                                 .day_medium = "d MMM y",
                                 .day_short = "dd/MM/y",
                                 .years = "y\u2013y",
                                 .months = english_months,
                                 .months_short = british_months};
static const bp_dates american = {.year = "y",
                                  .month = "MMMM y",
                                  .month_medium = "MMM y",
                                  .month_short = "M/y",
                                  .day = "MMMM d, y",
                                  .day_medium = "MMM d, y",
                                  .day_short = "M/d/yy",
                                  .years = "y\u2009\u2013\u2009y",
                                  .months = english_months,
                                  .months_short = american_months};
static const bp_dates chinese = {.year = "y年",
                                 .month = "y年M月",
                                 .month_medium = "y年M月",
                                 .month_short = "y年M月",
                                 .day = "y年M月d日",
                                 .day_medium = "y年M月d日",
                                 .day_short = "y/M/d",
                                 .years = "y\u2013y年"};

const bp_dates *bp_dates_built_in(const char *word_locale)
{
    static const struct {
        const char *locale;
        const bp_dates *dates;
    } known[] = {{"en_001", &british},    {"en_GB", &british}, {"en_US", &american},
                 {"zh", &chinese},        {"zh_CN", &chinese}, {"zh_Hans", &chinese},
                 {"zh_Hans_CN", &chinese}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].locale, word_locale) == 0)
            return known[i].dates;
    return NULL;
}

static bool put_digits(bp_buf *out, int value, size_t width)
{
    char digits[12];
    size_t at = sizeof digits;
    while (value > 0 || sizeof digits - at < width) {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    }
    return bp_buf_add(out, digits + at, sizeof digits - at);
}

bool bp_dates_put(const bp_dates *dates, const char *pattern, const bp_point *point, int last,
                  bp_buf *out)
{
    int year = point->year;
    for (const char *at = pattern; *at != '\0';) {
        size_t width = strspn(at, (char[]){*at, '\0'});
        bool ok = true;
        switch (*at) {
        case 'y':
            ok = put_digits(out, width == 2 ? year % 100 : year, width);
            year = last;
            break;
        case 'M':
            ok = width > 2 ? bp_buf_text(out, (width == 3 ? dates->months_short
                                                          : dates->months)[point->part - 1])
                           : put_digits(out, point->part, width);
            break;
        case 'd':
            ok = put_digits(out, point->day, width);
            break;
        default:
            width = strcspn(at, "yMd");
            ok = bp_buf_add(out, at, width);
            break;
        }
        if (!ok)
            return false;
        at += width;
    }
    return true;
}

/* Small numbers in words */

static bool put_english(bp_buf *out, unsigned value)
{
    static const char *const ones[] = {"zero",    "one",     "two",       "three",    "four",
                                       "five",    "six",     "seven",     "eight",    "nine",
                                       "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                       "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                       "fifty", "sixty", "seventy", "eighty", "ninety"};
    if (value < 20)
        return bp_buf_text(out, ones[value]);
    return bp_buf_text(out, tens[value / 10]) &&
           (value % 10 == 0 || (bp_buf_char(out, '-') && bp_buf_text(out, ones[value % 10])));
}

static bool put_chinese(bp_buf *out, unsigned value)
{
    static const char *const digits[] = {"〇", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    return (value < 20 || bp_buf_text(out, digits[value / 10])) &&
           (value < 10 || bp_buf_text(out, "十")) &&
           ((value >= 10 && value % 10 == 0) || bp_buf_text(out, digits[value % 10]));
}

bp_small_numbers bp_small_numbers_built_in(const char *locale)
{
    static const char *const english[] = {"en", "en_GB", "en_US"};
    static const char *const chinese_ones[] = {"zh", "zh_CN", "zh_Hans", "zh_Hans_CN"};
    if (is_among(locale, english, sizeof english / sizeof english[0]))
        return put_english;
    if (is_among(locale, chinese_ones, sizeof chinese_ones / sizeof chinese_ones[0]))
        return put_chinese;
    return NULL;
}
