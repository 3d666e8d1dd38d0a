/* The words for how a run ended: each code has one, and the five are told apart. */
#include "../base/suite.h"
#include "job/outcome.h"

START_TEST(every_code_has_an_outcome)
{
    for (int code = BP_OK; code <= BP_ERR_FINDINGS; code++) {
        bp_outcome outcome = bp_outcome_of((bp_code)code);
        ck_assert_int_eq(outcome == BP_OUTCOME_MADE, code == BP_OK);
        ck_assert_int_eq(outcome == BP_OUTCOME_NO_DATA, code == BP_ERR_NO_DATA);
        ck_assert_int_eq(outcome == BP_OUTCOME_BUSY, code == BP_ERR_BUSY);
        ck_assert_int_ne(outcome, BP_OUTCOME_UNCHANGED);
    }
}
END_TEST

START_TEST(names_are_told_apart)
{
    for (int i = 0; i < BP_OUTCOME_COUNT; i++)
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(bp_outcome_name((bp_outcome)i), bp_outcome_name((bp_outcome)j));
    ck_assert_str_eq(bp_outcome_name(BP_OUTCOME_COUNT), "broken");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("outcome");
    tcase_add_test(tests, every_code_has_an_outcome);
    tcase_add_test(tests, names_are_told_apart);
    return run_suite("outcome", tests);
}
