/* Expressions: values, precedence, and what is said of those that are wrong. */
#include <check.h>
#include <string.h>

#include "data/expr.h"

static bool look_up(void *context, const char *name, size_t length, const char *period,
                    size_t period_length, bp_expr_ask ask, double *out, char problem[BP_EXPR_TEXT])
{
    (void)context;
    if (ask > BP_EXPR_PARTS) {
        *out = 100 * (double)ask + (double)period_length;
        return true;
    }
    if (ask == BP_EXPR_PARTS) {
        *out = 365;
        return true;
    }
    if (length == 1 && *name == 'a') {
        *out = period == NULL ? 10 : period_length == 4 && strncmp(period, "2020", 4) == 0 ? 8 : 9;
        return true;
    }
    if (length == 1 && *name == 'z') {
        *out = 0;
        return true;
    }
    strcpy(problem, "no such name");
    return false;
}

static const struct {
    const char *text;
    double expected;
} good_cases[] = {
    {"1", 1},
    {"1+2*3", 7},
    {"(1+2)*3", 9},
    {"10-2-3", 5},
    {"16/4/2", 2},
    {"-a", -10},
    {"--a", 10},
    {"2*-3", -6},
    {"a[2020]", 8},
    {"a [ 2021 ]", 9},
    {"a[2020]/a*100", 80},
    {"round(2.675, 2)", 2.68},
    {"round(2.5)", 3},
    {"round(-2.5)", -3},
    {"round(1297.33, -2)", 1300},
    {"abs(-3)+abs(3)", 6},
    {"min(3,1,2)", 1},
    {"max(3,1,2)", 3},
    {"sum(1,2,3)", 6},
    {"sum(parts of a)", 365},
    {"sum( parts of a [2020] ) + 1", 366},
    {"sum(a)", 100 * BP_EXPR_SUM},
    {"mean(a)", 100 * BP_EXPR_MEAN},
    {"min( a )", 100 * BP_EXPR_MIN},
    {"max(a[2020..2021])", 100 * BP_EXPR_MAX + 10},
    {"count(a) + 1", 100 * BP_EXPR_COUNT + 1},
    {"sum(a, a[2020])", 18},
    {"sum(a + 0)", 10},
    {"max((a))", 10},
    {"mean(1, 2, 6)", 3},
    {"1e3 + 0.5", 1000.5},
    {"1 == 1", 1},
    {"0.1+0.2 == 0.3", 1},
    {"1 != 1", 0},
    {"0.1+0.2 > 0.3", 0},
    {"0.1+0.2 >= 0.3", 1},
    {"2 < 3 and 3 < 4", 1},
    {"2 < 3 and 3 > 4", 0},
    {"2 > 3 or 3 < 4", 1},
    {"not 2 > 3", 1},
    {"not (1 == 1) or 2 == 2", 1},
    {"1 == 2 or 1 == 1 and 2 == 3", 0},
    {"z == 0 or a / z > 1", 1},
    {"z != 0 and a / z > 1", 0},
    {" 1\n+\t2 ", 3},
};

START_TEST(expressions_have_their_value)
{
    bp_expr_result result;
    ck_assert_msg(bp_expr_run(good_cases[_i].text, false, look_up, NULL, &result), "%s: %s",
                  good_cases[_i].text, result.problem);
    ck_assert_msg(bp_expr_equal(result.value.number, good_cases[_i].expected), "%s is %.17g",
                  good_cases[_i].text, result.value.number);
}
END_TEST

static const struct {
    const char *text, *problem;
} bad_cases[] = {
    {"", "at character 1: expected a number or an indicator, found the end"},
    {"1 +", "at character 4: expected a number or an indicator, found the end"},
    {"(1", "at character 3: expected ')', found the end"},
    {"1)", "at character 2: expected an operator or the end, found ')'"},
    {"1 2", "at character 3: expected an operator or the end, found '2'"},
    {"1 % 2", "at character 3: expected an operator or the end, found '%'"},
    {"北京", "at character 1: expected a number or an indicator, found '北'"},
    {"b", "at character 1: no such name"},
    {"a + b", "at character 5: no such name"},
    {"a[2020", "at character 7: expected ']', found the end"},
    {"1 / 0", "at character 5: division by zero"},
    {"a / (z * 2)", "at character 5: division by zero"},
    {"1e308 * 10", "at character 1: the result is not a finite number"},
    {"01", "at character 1: '01' is not a number"},
    {"1.2.3", "at character 1: '1.2.3' is not a number"},
    {"1 < 2 < 3", "at character 7: comparisons do not chain; join two of them with \"and\""},
    {"a = 10", "at character 3: expected '==', found '='"},
    {"1 and 2 == 2", "at character 1: expected a comparison, found a number"},
    {"1 == 1 and 2", "at character 12: expected a comparison, found a number"},
    {"not 1", "at character 5: expected a comparison, found a number"},
    {"1 + (1 == 1)", "at character 5: expected a number, found a comparison"},
    {"-(1 == 1)", "at character 1: expected a number, found a comparison"},
    {"sqrt(2)",
     "at character 1: no function \"sqrt\"; there are round, abs, min, max, sum, mean and count"},
    {"count(1)", "at character 7: count takes one indicator"},
    {"count(a, a)", "at character 7: count takes one indicator"},
    {"mean(a[2020)", "at character 13: expected ']', found the end"},
    {"abs(1, 2)", "at character 1: abs takes one number"},
    {"round(1, 2, 3)", "at character 1: round takes a number and how many decimals"},
    {"round(1, 0.5)", "at character 10: expected a whole number of decimals"},
    {"min()", "at character 5: expected a number or an indicator, found ')'"},
    {"sum(parts a)", "at character 11: expected \"of\" and an indicator, found 'a'"},
    {"sum(parts of )", "at character 14: expected an indicator, found ')'"},
    {"1 == 1 or a / z", "at character 11: expected a comparison, found a number"},
};

START_TEST(wrong_expressions_say_where_and_why)
{
    bp_expr_result result;
    ck_assert_msg(!bp_expr_run(bad_cases[_i].text, false, look_up, NULL, &result), "taken: %s",
                  bad_cases[_i].text);
    ck_assert_str_eq(result.problem, bad_cases[_i].problem);
}
END_TEST

START_TEST(a_dry_run_divides_by_nothing)
{
    bp_expr_result result;
    ck_assert(bp_expr_run("a / z + 1 / 0", true, look_up, NULL, &result));
    ck_assert(!bp_expr_run("a / b", true, look_up, NULL, &result));
}
END_TEST

START_TEST(depth_and_length_are_bounded)
{
    char text[BP_EXPR_LENGTH + 10];
    bp_expr_result result;
    static const char *const openers[] = {"(", "-", "abs(", "not "};
    for (size_t i = 0; i < 4; i++) {
        size_t step = strlen(openers[i]), length = 0;
        while (length + step < 1000) {
            memcpy(text + length, openers[i], step);
            length += step;
        }
        strcpy(text + length, "1");
        ck_assert(!bp_expr_run(text, false, look_up, NULL, &result));
        ck_assert_ptr_nonnull(strstr(result.problem, "more than 48 levels inside each other"));
    }
    memset(text, ' ', sizeof text);
    text[sizeof text - 1] = '\0';
    ck_assert(!bp_expr_run(text, false, look_up, NULL, &result));
    ck_assert_str_eq(result.problem, "at character 1: the expression has more than 4000 bytes");
}
END_TEST

START_TEST(a_failing_comparison_gives_its_sides)
{
    bp_expr_result result;
    ck_assert(bp_expr_run("a > 1 and a + 2  == a [2020]", false, look_up, NULL, &result));
    ck_assert_double_eq(result.value.number, 0);
    ck_assert(result.has_comparison);
    ck_assert_int_eq((int)result.left_length, 5);
    ck_assert_mem_eq(result.left, "a + 2", 5);
    ck_assert_int_eq((int)result.right_length, 8);
    ck_assert_mem_eq(result.right, "a [2020]", 8);
    ck_assert_double_eq(result.left_value, 12);
    ck_assert_double_eq(result.right_value, 8);
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

int main(void)
{
    Suite *suite = suite_create("expr");
    TCase *tests = tcase_create("expr");
    tcase_add_loop_test(tests, expressions_have_their_value, 0, COUNT(good_cases));
    tcase_add_loop_test(tests, wrong_expressions_say_where_and_why, 0, COUNT(bad_cases));
    tcase_add_test(tests, a_dry_run_divides_by_nothing);
    tcase_add_test(tests, depth_and_length_are_bounded);
    tcase_add_test(tests, a_failing_comparison_gives_its_sides);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
