/* Instants as text, there and back. */
#include "base/instant.h"

#include "suite.h"

static const struct {
    bp_instant instant;
    const char *text;
} known[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {1, "1970-01-01T00:00:00.001Z"},
    {951782399999, "2000-02-28T23:59:59.999Z"},
    {951782400000, "2000-02-29T00:00:00.000Z"},
    {951868800000, "2000-03-01T00:00:00.000Z"},
    {1662199200123, "2022-09-03T10:00:00.123Z"},
    {4107542400000, "2100-03-01T00:00:00.000Z"},
    {253402300799999, "9999-12-31T23:59:59.999Z"},
};

START_TEST(known_instants_are_read_and_written)
{
    char text[BP_INSTANT_SIZE];
    bp_instant read = -1;
    bp_instant_put(known[_i].instant, text);
    ck_assert_str_eq(text, known[_i].text);
    ck_assert(bp_instant_read(text, &read));
    ck_assert_int_eq(read, known[_i].instant);
}
END_TEST

START_TEST(every_day_comes_back)
{
    for (bp_instant day = 0; day < 253402300800000; day += 86400000LL * 41 + 1) {
        char text[BP_INSTANT_SIZE];
        bp_instant read = -1;
        bp_instant_put(day, text);
        ck_assert_msg(bp_instant_read(text, &read) && read == day, "%s", text);
    }
}
END_TEST

static const char *const wrong[] = {
    "",
    "2022-09-03",
    "2022-09-03T10:00:00Z",
    "2022-09-03T10:00:00.12Z",
    "2022-09-03T10:00:00.1234",
    "2022-09-03T10:00:00.12xZ",
    "2022-09-03T10:00:00.123+",
    "2022-02-30T10:00:00.123Z",
    "2022-09-03T24:00:00.123Z",
    "1969-12-31T23:59:59.999Z",
    "2022-09-03 10:00:00.123Z",
    "+022-09-03T10:00:00.123Z",
    "2022-09-03T10:00:00.123Z ",
};

START_TEST(what_is_no_instant_is_refused)
{
    bp_instant read = -1;
    ck_assert(!bp_instant_read(wrong[_i], &read));
    ck_assert_int_eq(read, -1);
}
END_TEST

START_TEST(now_is_past_the_day_this_was_written)
{
    ck_assert_int_gt(bp_instant_now(), 1700000000000);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("instant");
    tcase_add_loop_test(tests, known_instants_are_read_and_written, 0,
                        (int)(sizeof known / sizeof known[0]));
    tcase_add_test(tests, every_day_comes_back);
    tcase_add_loop_test(tests, what_is_no_instant_is_refused, 0,
                        (int)(sizeof wrong / sizeof wrong[0]));
    tcase_add_test(tests, now_is_past_the_day_this_was_written);
    return run_suite("instant", tests);
}
