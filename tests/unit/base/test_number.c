/* Numbers as text: exact, without noise, and whatever the C library's locale. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "suite.h"

static const struct {
    double value;
    int decimals;
    const char *text;
} puts_[] = {
    {0, 3, "0"},        {-0.0, 3, "0"},        {-0.0004, 3, "0"},
    {1, 0, "1"},        {1.5, 3, "1.5"},       {0.1 + 0.2, 3, "0.3"},
    {100, 2, "100"},    {-2.25, 1, "-2.3"},    {1234567.891, 2, "1234567.89"},
    {0.000001, 5, "0"}, {999.9999, 3, "1000"}, {12.340, 3, "12.34"},
};

START_TEST(numbers_print_short_and_pointed)
{
    char out[BP_NUMBER_SIZE];
    size_t length = bp_number_put(puts_[_i].value, puts_[_i].decimals, out);
    ck_assert_str_eq(out, puts_[_i].text);
    ck_assert_uint_eq(length, strlen(out));
}
END_TEST

START_TEST(what_is_no_number_is_refused)
{
    char out[BP_NUMBER_SIZE];
    ck_assert_uint_eq(bp_number_put(NAN, 3, out), 0);
    ck_assert_uint_eq(bp_number_put(INFINITY, 3, out), 0);
    ck_assert_uint_eq(bp_number_put(1e15, 3, out), 0);
    ck_assert_uint_gt(bp_number_put(-999999999999999.0, 9, out), 0);
}
END_TEST

static const double exacts[] = {0,
                                1,
                                -1,
                                0.1,
                                1.0 / 3,
                                9007199254740991.0,
                                9007199254740992.0,
                                1e300,
                                5e-324,
                                34.8,
                                2212,
                                123456789012345680.0,
                                -2.5e-10};

START_TEST(exact_text_reads_back)
{
    char out[BP_NUMBER_SIZE];
    size_t length = bp_number_exact(exacts[_i], out);
    double back;
    ck_assert(bp_number_read(out, length, &back));
    ck_assert_double_eq(back, exacts[_i]);
}
END_TEST

START_TEST(integers_print_without_a_point)
{
    char out[BP_NUMBER_SIZE];
    (void)bp_number_exact(9007199254740991.0, out);
    ck_assert_str_eq(out, "9007199254740991");
    (void)bp_number_exact(-50, out);
    ck_assert_str_eq(out, "-50");
    (void)bp_number_exact(1e6, out);
    ck_assert_str_eq(out, "1000000");
    (void)bp_number_exact(34.8, out);
    ck_assert_str_eq(out, "34.8");
}
END_TEST

static const char *const bad[] = {"",   "-",  "+1",  "01",  "1.",  ".5",    "1e",  "1e+",  "0x10",
                                  "1 ", " 1", "1,5", "nan", "inf", "1e999", "--1", "1.2.3"};

START_TEST(what_json_does_not_allow_is_no_number)
{
    double value;
    ck_assert_msg(!bp_number_read(bad[_i], strlen(bad[_i]), &value), "\"%s\" was read", bad[_i]);
}
END_TEST

START_TEST(reading_stops_at_the_given_length)
{
    double value;
    ck_assert(bp_number_read("12345", 2, &value));
    ck_assert_double_eq(value, 12);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("number");
    tcase_add_loop_test(tests, numbers_print_short_and_pointed, 0,
                        (int)(sizeof puts_ / sizeof puts_[0]));
    tcase_add_test(tests, what_is_no_number_is_refused);
    tcase_add_loop_test(tests, exact_text_reads_back, 0, (int)(sizeof exacts / sizeof exacts[0]));
    tcase_add_test(tests, integers_print_without_a_point);
    tcase_add_loop_test(tests, what_json_does_not_allow_is_no_number, 0,
                        (int)(sizeof bad / sizeof bad[0]));
    tcase_add_test(tests, reading_stops_at_the_given_length);
    return run_suite("number", tests);
}
