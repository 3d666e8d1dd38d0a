/* PDF syntax: numbers, names and strings as every reader takes them. */
#include <stdio.h>
#include <string.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "pdf/names.h"
#include "pdf/syntax.h"

/* What `buf` holds must be `expected`; ends the buffer. */
static void assert_holds(bp_buf *buf, const char *expected)
{
    ck_assert_str_eq(buf->bytes, expected);
    bp_buf_clear(buf);
    ck_assert_int_eq(bp_mem.live, 0);
}

START_TEST(numbers_have_three_decimals_and_no_exponent)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-0.0, "0"},
                 {-0.0004, "0"},
                 {0.0005, "0.001"},
                 {1.5, "1.5"},
                 {-12.25, "-12.25"},
                 {841.89, "841.89"},
                 {100, "100"},
                 {1e6, "1000000"},
                 {1e-9, "0"},
                 {-999999.9994, "-999999.999"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bp_buf out = {0};
        ck_assert(bp_syntax_number(&out, cases[i].value, 3));
        assert_holds(&out, cases[i].text);
    }
}
END_TEST

START_TEST(names_hold_no_delimiters)
{
    bp_buf out = {0};
    ck_assert(bp_syntax_name(&out, "A B#/(x)\xc3\xa4-+"));
    assert_holds(&out, "/A#20B#23#2F#28x#29#C3#A4-+");
    char name[300];
    memset(name, 'n', sizeof name);
    name[299] = '\0';
    ck_assert(bp_syntax_name(&out, name));
    ck_assert_uint_eq(out.length, 128); /* The slash and 127 bytes. */
    bp_buf_clear(&out);
}
END_TEST

START_TEST(strings_come_back_whole)
{
    bp_buf out = {0};
    ck_assert(bp_syntax_bytes(&out, "a(b)\\c\rd\ne", 10));
    assert_holds(&out, "(a\\(b\\)\\\\c\\rd\ne)");
    ck_assert(bp_syntax_text(&out, "R&D", 3));
    assert_holds(&out, "(R&D)");
    ck_assert(bp_syntax_text(&out, "年𠮷", 7));
    assert_holds(&out, "<FEFF5E74D842DFB7>");
    ck_assert(bp_syntax_text(&out, "a\tb", 3)); /* A control character is not ASCII for people. */
    assert_holds(&out, "<FEFF006100090062>");
    ck_assert(bp_syntax_xml(&out, "<a & \"b\">\x01\t"));
    assert_holds(&out, "&lt;a &amp; &quot;b&quot;&gt;\t");
}
END_TEST

START_TEST(dates_are_in_utc)
{
    const bp_moment date = {2022, 9, 3, 4, 5, 6};
    bp_buf out = {0};
    ck_assert(bp_syntax_date(&out, &date));
    assert_holds(&out, "(D:20220903040506Z)");
    ck_assert(bp_syntax_iso_date(&out, &date));
    assert_holds(&out, "2022-09-03T04:05:06Z");
}
END_TEST

START_TEST(names_are_numbered_in_order_and_found_again)
{
    bp_names names = {0};
    char text[16];
    ck_assert_uint_eq(bp_names_find(&names, "x", 1), BP_NAMES_NONE);
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 1000; i++) {
            int length = snprintf(text, sizeof text, "name%u", (unsigned)i);
            ck_assert_uint_eq(bp_names_add(&names, text, (size_t)length), i);
        }
    ck_assert_uint_eq(bp_names_count(&names), 1000);
    ck_assert_uint_eq(bp_names_add(&names, "", 0), 1000);
    size_t length = 1;
    ck_assert_str_eq(bp_names_at(&names, 1000, &length), "");
    ck_assert_uint_eq(length, 0);
    ck_assert_str_eq(bp_names_at(&names, 7, &length), "name7");
    ck_assert_uint_eq(length, 5);
    ck_assert_uint_eq(bp_names_find(&names, "name", 4), BP_NAMES_NONE);
    bp_names_clear(&names);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("syntax");
    tcase_add_test(tests, numbers_have_three_decimals_and_no_exponent);
    tcase_add_test(tests, names_hold_no_delimiters);
    tcase_add_test(tests, strings_come_back_whole);
    tcase_add_test(tests, dates_are_in_utc);
    tcase_add_test(tests, names_are_numbered_in_order_and_found_again);
    return run_suite("syntax", tests);
}
