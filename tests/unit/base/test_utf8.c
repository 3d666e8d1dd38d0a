/* UTF-8 as RFC 3629 draws its borders, and the distance of words. */
#include <string.h>

#include "base/utf8.h"
#include "suite.h"

static const char *const bad[] = {
    "\x80",     /* A continuation alone. */
    "\xc0\xaf", /* Overlong. */
    "\xc1\xbf",
    "\xe0\x80\xaf",
    "\xe0\x9f\xbf",
    "\xf0\x80\x80\xaf",
    "\xf0\x8f\xbf\xbf",
    "\xed\xa0\x80", /* Surrogates. */
    "\xed\xbf\xbf",
    "\xf4\x90\x80\x80", /* Above U+10FFFF. */
    "\xf5\x80\x80\x80",
    "\xff",
    "\xfe",
    "\xe4\xb8", /* Cut. */
    "\xf0\x9f\x98",
    "\xc3",
};

START_TEST(bad_bytes_are_found_where_they_are)
{
    char text[16] = "ab";
    strcat(text, bad[_i]);
    size_t at = 99;
    ck_assert(!bp_utf8_valid(text, strlen(text), &at));
    ck_assert_uint_eq(at, 2);
    size_t next = 2;
    ck_assert_uint_eq(bp_utf8_next(text, strlen(text), &next), BP_UTF8_BAD);
    ck_assert_uint_eq(next, 3);
}
END_TEST

START_TEST(every_character_survives_a_round_trip)
{
    for (uint32_t c = 0; c <= 0x110000; c++) {
        char bytes[4];
        size_t length = bp_utf8_put(c, bytes);
        bool is_character = c < 0xd800 || (c > 0xdfff && c < 0x110000);
        if (is_character != (length != 0))
            ck_abort_msg("U+%04X: %zu bytes", c, length);
        if (!is_character)
            continue;
        size_t at = 0;
        if (bp_utf8_next(bytes, length, &at) != c || at != length)
            ck_abort_msg("U+%04X does not come back", c);
    }
}
END_TEST

START_TEST(cutting_never_splits_a_character)
{
    const char *text = "a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80";
    static const size_t floors[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t limit = 0; limit < 12; limit++)
        ck_assert_uint_eq(bp_utf8_floor(text, 10, limit), floors[limit]);
    ck_assert_uint_eq(bp_utf8_count(text, 10), 4);
}
END_TEST

START_TEST(distances_are_edits_up_to_the_limit)
{
    ck_assert_uint_eq(bp_text_distance("render", "render", 2), 0);
    ck_assert_uint_eq(bp_text_distance("rendr", "render", 2), 1);
    ck_assert_uint_eq(bp_text_distance("kitten", "sitting", 5), 3);
    ck_assert_uint_eq(bp_text_distance("abc", "xyz", 1), 2);
    ck_assert_uint_eq(bp_text_distance("", "abc", 9), 3);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("utf8");
    tcase_add_loop_test(tests, bad_bytes_are_found_where_they_are, 0,
                        (int)(sizeof bad / sizeof bad[0]));
    tcase_add_test(tests, every_character_survives_a_round_trip);
    tcase_add_test(tests, cutting_never_splits_a_character);
    tcase_add_test(tests, distances_are_edits_up_to_the_limit);
    return run_suite("utf8", tests);
}
