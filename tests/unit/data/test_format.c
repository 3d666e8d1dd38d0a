/* Numbers, dates, plurals and lists as readers of a language expect them. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "data/format.h"
#include "data/format_private.h"

typedef struct {
    const char *language;
    double value;
    bp_number_style style;
    const char *expected;
} number_case;

static const number_case number_cases[] = {
    {"en", 1748, {.most_decimals = -1}, "1,748"},
    {"en", 999, {.most_decimals = -1}, "999"},
    {"en", 1000000, {.most_decimals = -1}, "1,000,000"},
    {"en", -1234567.5, {.most_decimals = -1}, "−1,234,567.5"},
    {"en", 2022, {.most_decimals = -1, .no_grouping = true}, "2022"},
    {"en", 1748 / 1.348, {.least_decimals = 1, .most_decimals = 1}, "1,296.7"},
    {"en", 1748 / 1.348, {0}, "1,297"},
    {"en", 0.1 + 0.2, {.most_decimals = -1}, "0.3"},
    {"en", 1e15 / 3, {.most_decimals = -1}, "333,333,333,333,333"},
    {"en", 9007199254740991, {.most_decimals = -1}, "9,007,199,254,740,991"},
    {"en", 2.675, {.most_decimals = 2}, "2.68"},
    {"en", 0.5, {0}, "1"},
    {"en", 2.5, {0}, "3"},
    {"en", -2.5, {0}, "−3"},
    {"en", 34.85, {.most_decimals = 1}, "34.9"},
    {"en", 9.995, {.most_decimals = 2}, "10"},
    {"en", 9.995, {.least_decimals = 2, .most_decimals = 2}, "10.00"},
    {"en", 0.0004, {.most_decimals = 2}, "0"},
    {"en", -0.0004, {.most_decimals = 2}, "0"},
    {"en", -0.0004, {.least_decimals = 2, .most_decimals = 2}, "0.00"},
    {"en", -0.0, {.most_decimals = -1}, "0"},
    {"en", 0.000012, {.most_decimals = -1}, "0.000012"},
    {"en", 0.05, {.most_decimals = 1}, "0.1"},
    {"en", 0.04, {.most_decimals = 1}, "0"},
    {"en", 0.995, {.most_decimals = 2}, "1"},
    {"en", 123456789.125, {.most_decimals = -1}, "123,456,789.125"},
    {"en", 1e21, {.most_decimals = -1}, "1,000,000,000,000,000,000,000"},
    {"en", 5, {.least_decimals = 2, .most_decimals = 4}, "5.00"},
    {"en", 5.123456, {.least_decimals = 2, .most_decimals = 4}, "5.1235"},
    {"en", 34.8, {.most_decimals = -1, .is_percent = true}, "34.8%"},
    {"en", 34.8, {.most_decimals = 1, .show_plus = true, .is_percent = true}, "+34.8%"},
    {"en", -34.8, {.most_decimals = 1, .show_plus = true, .is_percent = true}, "−34.8%"},
    {"en", 0, {.show_plus = true}, "0"},
    {"de", -1234.5, {.most_decimals = -1}, "−1.234,5"},
    {"sv", -2, {.most_decimals = -1}, "−2"},
    {"he", -2, {.most_decimals = -1}, "\u200e−2"},
    {"fr", -1.2e6, {.most_decimals = 1, .is_compact = true}, "−1,2 million"},
    {"en", -1.2e6, {.most_decimals = 1, .is_compact = true, .show_plus = true}, "−1.2 million"},
    {"zh", 34.8, {.most_decimals = -1, .is_percent = true}, "34.8%"},
    {"zh", 1748, {.most_decimals = -1}, "1,748"},
    {"de", 1234567.5, {.most_decimals = -1}, "1.234.567,5"},
    {"de", 34.8, {.most_decimals = -1, .is_percent = true}, "34,8\u00a0%"},
    {"de-CH", 1234567.5, {.most_decimals = -1}, "1’234’567.5"},
    {"es", 1748, {.most_decimals = -1}, "1748"},
    {"es", 17480, {.most_decimals = -1}, "17.480"},
    {"hi", 1234567, {.most_decimals = -1}, "12,34,567"},
    {"fr", 1748.5, {.most_decimals = -1}, "1\u202f748,5"},
    {"tr", 34.8, {.most_decimals = -1, .is_percent = true}, "%34,8"},
    {"bn", 1234567, {.most_decimals = -1}, "১২,৩৪,৫৬৭"},
    {"en", 1234567, {.most_decimals = 1, .is_compact = true}, "1.2 million"},
    {"en", 1000000, {.most_decimals = 1, .is_compact = true}, "1 million"},
    {"en", 1234567, {.most_decimals = -1, .is_compact = true}, "1.234567 million"},
    {"zh", 1200000, {.most_decimals = 0, .is_compact = true}, "120万"},
    {"zh", 9999, {.most_decimals = -1, .is_compact = true}, "9999"},
    {"zh", 10000, {.most_decimals = -1, .is_compact = true}, "1万"},
    {"zh", 10001, {.most_decimals = -1, .is_compact = true}, "1.0001万"},
    {"zh", 17480, {.most_decimals = -1, .is_compact = true}, "1.748万"},
    {"zh", 12345678, {.most_decimals = -1, .is_compact = true}, "1234.5678万"},
    {"zh", 100000000, {.most_decimals = -1, .is_compact = true}, "1亿"},
    {"zh", 123456789, {.most_decimals = -1, .is_compact = true}, "1.23456789亿"},
    {"zh", 123456789, {.most_decimals = 2, .is_compact = true}, "1.23亿"},
    {"zh", 125000000, {.most_decimals = 1, .is_compact = true}, "1.3亿"}, /* Halves go up. */
    {"zh", 99999999, {.most_decimals = 0, .is_compact = true}, "1亿"},
    {"zh", -123456789, {.most_decimals = 2, .is_compact = true}, "−1.23亿"},
    {"zh", 1234567890123, {.most_decimals = 2, .is_compact = true}, "1.23万亿"},
    {"zh-Hant", 123456789, {.most_decimals = 2, .is_compact = true}, "1.23億"},
    {"de", 1234567, {.most_decimals = 1, .is_compact = true}, "1,2 Millionen"},
    {"en", 1234567, {.most_decimals = 1, .is_compact = true, .show_plus = true}, "+1.2 million"},
    {"en", 8, {.is_spelled = true}, "eight"},
    {"en", 59, {.is_spelled = true}, "fifty-nine"},
    {"zh", 8, {.is_spelled = true}, "八"},
    {"de", 21, {.is_spelled = true}, "ein\u00adund\u00adzwanzig"},
};

START_TEST(numbers_read_as_the_language_writes_them)
{
    const number_case *c = &number_cases[_i];
    bp_error err = {0};
    bp_buf out = {0};
    bp_format *format = bp_format_new(c->language, &err);
    ck_assert_ptr_nonnull(format);
    ck_assert_msg(bp_format_number(format, c->value, &c->style, &out, &err), "%s", err.text);
    ck_assert_str_eq(out.bytes, c->expected);
    bp_buf_clear(&out);
    bp_format_free(format);
}
END_TEST

typedef struct {
    const char *language, *date, *style, *expected;
} date_case;

static const date_case date_cases[] = {
    {"en", "2022-09-03", "long", "3 September 2022"},
    {"en", "2022-09-03", NULL, "3 September 2022"},
    {"en", "2022-09-03", "medium", "3 Sept 2022"},
    {"en", "2022-09-03", "short", "03/09/2022"},
    {"en", "2022-09-03", "full", "Saturday, 3 September 2022"},
    {"en", "2022-09-03", "month", "September 2022"},
    {"en", "2022-09-03", "year", "2022"},
    {"en", "2022-09-03", "MMMMd", "3 September"},
    {"en-US", "2022-09-03", "long", "September 3, 2022"},
    {"en", "2022-09", "long", "September 2022"},
    {"en", "2022", "long", "2022"},
    {"en", "2022-Q3", "long", "3rd quarter 2022"},
    {"en", "2022-Q3", "medium", "Q3 2022"},
    {"en", "2022-S1", "long", "January\u2009–\u2009June 2022"},
    {"en", "2022-W01", "long", "week 1 of 2022"},
    {"en", "2020-W53", "long", "week 53 of 2020"},
    {"en", "2017/2022", "long", "2017–2022"},
    {"en", "2022-09-01/2022-09-05", "long", "1–5 September 2022"},
    {"en", "2021-12/2022-02", "long", "December 2021\u2009–\u2009February 2022"},
    {"en", "2017/2022-09", "long", "2017 – September 2022"},
    {"en", "2021-Q4/2022-Q1", "medium", "Q4 2021 – Q1 2022"},
    {"en", "1500-03-01", "long", "1 March 1500"},
    {"zh", "2022-09-03", "long", "2022年9月3日"},
    {"zh", "2022-09", "long", "2022年9月"},
    {"zh", "2022", "long", "2022年"},
    {"zh", "2022-W36", "long", "2022年第36周"},
    {"fr", "2022-W36", "long", "2022-W36"},
    {"zh", "2022-Q3", "long", "2022年第3季度"},
    {"zh", "2017/2022", "long", "2017–2022年"},
    {"zh", "2022-09-01/2022-09-05", "long", "2022年9月1日至5日"},
    {"de", "2022-09-03", "long", "3. September 2022"},
    {"de", "2022-09-03", "medium", "03.09.2022"},
    {"de", "2022-Q3", "long", "3. Quartal 2022"},
};

START_TEST(dates_read_as_the_language_writes_them)
{
    const date_case *c = &date_cases[_i];
    bp_error err = {0};
    bp_buf out = {0};
    bp_format *format = bp_format_new(c->language, &err);
    ck_assert_ptr_nonnull(format);
    for (int again = 0; again < 2; again++) { /* The second time with the kept formatter. */
        out.length = 0;
        ck_assert_msg(bp_format_date(format, c->date, c->style, &out, &err), "%s", err.text);
        ck_assert_str_eq(out.bytes, c->expected);
    }
    bp_buf_clear(&out);
    bp_format_free(format);
}
END_TEST

static const struct {
    const char *language, *date, *style, *expected;
} bad_dates[] = {
    {"en", "2022-02-30", "long",
     "\"2022-02-30\" is no date; expected one such as 2022-09-03, 2022-09, 2022-Q3, 2022 or "
     "2017/2022"},
    {"en", "2022", "MMMM", "the date 2022 has nothing that \"MMMM\" could print"},
    {"en", "2022", "loong",
     "unknown date style \"loong\"; expected long, medium, short, full, month, year or a skeleton "
     "such as yMMMM"},
    {"en", "", "long",
     "\"\" is no date; expected one such as 2022-09-03, 2022-09, 2022-Q3, 2022 or 2017/2022"},
};

START_TEST(bad_dates_say_what_is_expected)
{
    bp_error err = {0};
    bp_buf out = {0};
    bp_format *format = bp_format_new(bad_dates[_i].language, &err);
    ck_assert(!bp_format_date(format, bad_dates[_i].date, bad_dates[_i].style, &out, &err));
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
    ck_assert_str_eq(err.text, bad_dates[_i].expected);
    bp_buf_clear(&out);
    bp_format_free(format);
}
END_TEST

START_TEST(a_date_prints_no_more_than_it_says)
{
    bp_error err = {0};
    bp_buf out = {0};
    bp_format *format = bp_format_new("en", &err);
    ck_assert(bp_format_date(format, "2022", "yMMMMd", &out, &err));
    ck_assert_str_eq(out.bytes, "2022");
    bp_buf_clear(&out);
    bp_format_free(format);
}
END_TEST

static const struct {
    const char *language;
    double value;
    int decimals;
    const char *expected;
} plural_cases[] = {
    {"en", 1, -1, "one"},  {"en", 1, 1, "other"},    {"en", 0, -1, "other"}, {"en", -1, 0, "one"},
    {"en", 1.2, 0, "one"}, {"en", 1748, 0, "other"}, {"zh", 1, -1, "other"}, {"de", 1, -1, "one"},
    {"de", 1, 1, "other"}, {"fr", 1.5, -1, "one"},   {"fr", 0, -1, "one"},   {"pl", 3, -1, "few"},
    {"pl", 5, -1, "many"}, {"ar", 2, -1, "two"},     {"lv", 0, -1, "zero"},  {"ru", 21, -1, "one"},
};

START_TEST(plurals_follow_the_printed_number)
{
    bp_error err = {0};
    bp_format *format = bp_format_new(plural_cases[_i].language, &err);
    ck_assert_ptr_nonnull(format);
    ck_assert_str_eq(bp_format_plural(format, plural_cases[_i].value, plural_cases[_i].decimals),
                     plural_cases[_i].expected);
    bp_format_free(format);
}
END_TEST

static const struct {
    const char *language;
    size_t count;
    const char *expected;
} list_cases[] = {
    {"en", 0, ""},
    {"en", 1, "a"},
    {"en", 2, "a and b"},
    {"en", 3, "a, b and ç"},
    {"en-US", 3, "a, b, and ç"},
    {"zh", 3, "a、b和ç"},
    {"de", 3, "a, b und ç"},
};

START_TEST(lists_read_as_the_language_writes_them)
{
    static const char *const items[] = {"a", "b", "ç"};
    bp_error err = {0};
    bp_buf out = {0};
    bp_format *format = bp_format_new(list_cases[_i].language, &err);
    ck_assert(bp_buf_text(&out, ""));
    ck_assert(bp_format_list(format, items, list_cases[_i].count, &out, &err));
    ck_assert_str_eq(out.bytes, list_cases[_i].expected);
    bp_buf_clear(&out);
    bp_format_free(format);
}
END_TEST

START_TEST(unknown_languages_are_refused)
{
    static const char *const bad[] = {"",   "x",     "cn",  "english", "en_",
                                      "zz", "e\xFF", "en-", "root"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bp_error err = {0};
        ck_assert_msg(bp_format_new(bad[i], &err) == NULL, "\"%s\" was taken", bad[i]);
        ck_assert_int_eq(err.code, BP_ERR_USAGE);
    }
}
END_TEST

START_TEST(wrong_number_arguments_are_refused)
{
    bp_buf out = {0};
    bp_error err = {0};
    bp_format *format = bp_format_new("en", &err);
    ck_assert(!bp_format_number(format, INFINITY, NULL, &out, &err));
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
    err = (bp_error){0};
    ck_assert(!bp_format_number(format, NAN, NULL, &out, &err));
    err = (bp_error){0};
    ck_assert(!bp_format_number(
        format, 1, &(bp_number_style){.least_decimals = 3, .most_decimals = 1}, &out, &err));
    err = (bp_error){0};
    ck_assert(!bp_format_number(format, 1.5, &(bp_number_style){.is_spelled = true}, &out, &err));
    ck_assert_str_eq(err.text, "only whole numbers below 10^15 can be put into words");
    ck_assert_uint_eq(out.length, 0);
    bp_buf_clear(&out);
    bp_format_free(format);
}
END_TEST

START_TEST(built_in_symbols_are_those_of_icu)
{
    static const char *const locales[] = {"en",    "en_GB",   "en_US", "zh",
                                          "zh_CN", "zh_Hans", "ja",    "ko"};
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        bp_symbols ours, theirs;
        bp_error err = {0};
        ck_assert(bp_symbols_built_in(locales[i], &ours));
        ck_assert(bp_symbols_ask(locales[i], &theirs, &err));
        ck_assert_str_eq(ours.group, theirs.group);
        ck_assert_str_eq(ours.point, theirs.point);
        ck_assert_str_eq(ours.minus, theirs.minus);
        ck_assert_str_eq(ours.plus, theirs.plus);
        ck_assert_str_eq(ours.before_percent, theirs.before_percent);
        ck_assert_str_eq(ours.after_percent, theirs.after_percent);
        for (int d = 0; d < 10; d++)
            ck_assert_str_eq(ours.digits[d], theirs.digits[d]);
        ck_assert_int_eq(ours.first_group, theirs.first_group);
        ck_assert_int_eq(ours.other_groups, theirs.other_groups);
        ck_assert_int_eq(ours.grouped_from, theirs.grouped_from);
    }
}
END_TEST

/* The same date with what is built in and without. */
static void check_date(bp_format *ours, bp_format *theirs, const char *date, const char *style)
{
    bp_buf a = {0}, b = {0};
    bp_error err = {0};
    ck_assert_msg(bp_format_date(ours, date, style, &a, &err), "%s", err.text);
    ck_assert_msg(bp_format_date(theirs, date, style, &b, &err), "%s", err.text);
    ck_assert_msg(strcmp(a.bytes, b.bytes) == 0, "%s, %s: %s, ICU says %s", date, style, a.bytes,
                  b.bytes);
    bp_buf_clear(&a);
    bp_buf_clear(&b);
}

static const char *const built_in[] = {"en",    "en-GB",   "en-US",     "zh",
                                       "zh-CN", "zh-Hans", "zh-Hans-CN"};

START_TEST(built_in_dates_are_those_of_icu)
{
    static const char *const styles[] = {"long", "medium", "short", "full", "month",
                                         "year", "y",      "yM",    "yMMM", "yMMMM"};
    static const char *const dates[] = {"2022",       "1999",
                                        "1500",       "0001",
                                        "2017/2022",  "2017/2017",
                                        "1583/9999",  "2021-S1",
                                        "2022-Q3",    "2022-W01",
                                        "2020-W53",   "2000-02-29",
                                        "0033-04-03", "2021-12/2022-02",
                                        "1501/1502",  "2022-09-01/2022-09-05"};
    bp_error err = {0};
    bp_format *ours = bp_format_new(built_in[_i], &err),
              *theirs = bp_format_new(built_in[_i], &err);
    ck_assert_ptr_nonnull(ours);
    ck_assert_ptr_nonnull(theirs);
    ck_assert_ptr_nonnull(ours->dates);
    theirs->dates = NULL;
    for (size_t s = 0; s < sizeof styles / sizeof styles[0]; s++) {
        for (size_t d = 0; d < sizeof dates / sizeof dates[0]; d++)
            check_date(ours, theirs, dates[d], styles[s]);
        for (int month = 1; month <= 12; month++) {
            char date[40];
            (void)snprintf(date, sizeof date, "2021-%02d", month);
            check_date(ours, theirs, date, styles[s]);
            for (int day = 1; day <= 28; day += month % 2 == 0 ? 9 : 1) {
                (void)snprintf(date, sizeof date, "20%02d-%02d-%02d", month, month, day);
                check_date(ours, theirs, date, styles[s]);
            }
        }
    }
    bp_format_free(ours);
    bp_format_free(theirs);
}
END_TEST

START_TEST(built_in_words_are_those_of_icu)
{
    bp_error err = {0};
    bp_buf a = {0}, b = {0};
    bp_number_style style = {.is_spelled = true};
    bp_format *ours = bp_format_new(built_in[_i], &err),
              *theirs = bp_format_new(built_in[_i], &err);
    ck_assert_ptr_nonnull(ours);
    ck_assert_ptr_nonnull(theirs);
    ck_assert(ours->small_numbers != NULL);
    theirs->small_numbers = NULL;
    for (int value = -3; value <= 130; value++) {
        a.length = b.length = 0;
        ck_assert(bp_format_number(ours, value, &style, &a, &err));
        ck_assert(bp_format_number(theirs, value, &style, &b, &err));
        ck_assert_str_eq(a.bytes, b.bytes);
    }
    bp_buf_clear(&a);
    bp_buf_clear(&b);
    bp_format_free(ours);
    bp_format_free(theirs);
}
END_TEST

START_TEST(our_digits_are_those_of_icu)
{
    bp_error err = {0};
    UErrorCode status = U_ZERO_ERROR;
    bp_format *format = bp_format_new("en", &err);
    UNumberFormat *icu = unum_open(UNUM_DECIMAL, NULL, 0, "en", NULL, &status);
    unum_setAttribute(icu, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
    bp_buf out = {0}, theirs = {0};
    unsigned long long seed = 42;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        int decimals = (int)(seed >> 33) % 6;
        double value = ((double)(seed >> 20) - 8.7e12) / pow(10, (double)((seed >> 40) % 12));
        UChar text[128];
        out.length = theirs.length = 0;
        unum_setAttribute(icu, UNUM_FRACTION_DIGITS, decimals);
        int32_t length = unum_formatDouble(icu, value, text, 128, NULL, &status);
        bool is_below = text[0] == '-';
        if (is_below) /* ICU's English has the hyphen-minus: ours is U+2212, of three bytes. */
            text[0] = 0x2212;
        ck_assert(bp_format_add(&theirs, text, length, &err));
        ck_assert(bp_format_number(
            format, value,
            &(bp_number_style){decimals, decimals, false, false, false, false, false}, &out, &err));
        const char *expected = is_below && strspn(theirs.bytes + 3, "0.") == theirs.length - 3
                                   ? theirs.bytes + 3
                                   : theirs.bytes;
        ck_assert_msg(strcmp(out.bytes, expected) == 0, "%.17g with %d: %s, ICU says %s", value,
                      decimals, out.bytes, expected);
    }
    unum_close(icu);
    bp_buf_clear(&out);
    bp_buf_clear(&theirs);
    bp_format_free(format);
}
END_TEST

START_TEST(refused_memory_is_an_error_and_leaks_nothing)
{
    static const char *const items[] = {"alpha", "beta", "gamma"};
    long live = bp_mem.live;
    for (long n = 1;; n++) {
        bp_mem_probe before = bp_mem;
        bp_error err = {0};
        bp_buf out = {0};
        bp_mem.fail_at = bp_mem.asked + n;
        bp_format *format = bp_format_new("de", &err);
        bool ok = format != NULL && bp_format_number(format, 1234.5, NULL, &out, &err) &&
                  bp_format_date(format, "2022-09-03", "long", &out, &err) &&
                  bp_format_list(format, items, 3, &out, &err);
        bool refused = bp_mem.refused != before.refused;
        bp_mem.fail_at = 0;
        bp_format_free(format);
        bp_buf_clear(&out);
        ck_assert_int_eq(bp_mem.live, live);
        ck_assert(ok == !refused);
        if (!refused)
            break;
        ck_assert_int_eq(err.code, BP_ERR_MEMORY);
    }
}
END_TEST

START_TEST(a_kept_format_prints_numbers_without_memory)
{
    bp_error err = {0};
    bp_buf out = {0};
    bp_format *format = bp_format_new("en", &err);
    ck_assert(bp_buf_reserve(&out, 100));
    long asked = 0;
    for (int i = 0; i < 50000; i++) {
        out.length = 0;
        ck_assert(bp_format_number(format, i * 1.37,
                                   &(bp_number_style){.least_decimals = 1, .most_decimals = 1},
                                   &out, &err));
        if (i == 0)
            asked = bp_mem.asked; /* The first one may set up what is kept. */
    }
    ck_assert_str_eq(out.bytes, "68,498.6");
    ck_assert_int_eq(bp_mem.asked, asked);
    bp_buf_clear(&out);
    bp_format_free(format);
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

int main(void)
{
    Suite *suite = suite_create("format");
    TCase *tests = tcase_create("format");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, numbers_read_as_the_language_writes_them, 0, COUNT(number_cases));
    tcase_add_loop_test(tests, dates_read_as_the_language_writes_them, 0, COUNT(date_cases));
    tcase_add_loop_test(tests, bad_dates_say_what_is_expected, 0, COUNT(bad_dates));
    tcase_add_loop_test(tests, plurals_follow_the_printed_number, 0, COUNT(plural_cases));
    tcase_add_loop_test(tests, lists_read_as_the_language_writes_them, 0, COUNT(list_cases));
    tcase_add_test(tests, a_date_prints_no_more_than_it_says);
    tcase_add_test(tests, unknown_languages_are_refused);
    tcase_add_test(tests, wrong_number_arguments_are_refused);
    tcase_add_test(tests, built_in_symbols_are_those_of_icu);
    tcase_add_loop_test(tests, built_in_dates_are_those_of_icu, 0, COUNT(built_in));
    tcase_add_loop_test(tests, built_in_words_are_those_of_icu, 0, COUNT(built_in));
    tcase_add_test(tests, our_digits_are_those_of_icu);
    tcase_add_test(tests, refused_memory_is_an_error_and_leaks_nothing);
    tcase_add_test(tests, a_kept_format_prints_numbers_without_memory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
