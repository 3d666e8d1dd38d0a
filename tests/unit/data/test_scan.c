/* The strict scan: what it refuses, where it says the fault is, and that its places match cJSON's
 * values. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "data/scan.h"

typedef struct {
    const char *json;
    const char *fault; /* "line:column: text". */
} bad_case;

static const bad_case bad_cases[] = {
    {"", "1:1: expected a value, found the end of the text"},
    {"  \n ", "2:2: expected a value, found the end of the text"},
    {"\xEF\xBB\xBF{}", "1:1: the text begins with a byte order mark; save it as UTF-8 without one"},
    {"\xFF\xFE{", "1:1: the text is UTF-16; save it as UTF-8"},
    {"{", "1:2: expected a member name in quotes, found the end of the text"},
    {"{]", "1:2: expected a member name in quotes, found ']'"},
    {"{a:1}", "1:2: expected a member name in quotes, found 'a'"},
    {"{'a':1}",
     "1:2: expected a member name in quotes, found '''; JSON puts texts in double quotes"},
    {"{\"a\" 1}", "1:6: expected ':' after the member name, found '1'"},
    {"{\"a\":}", "1:6: expected a value, found '}'"},
    {"{\"a\":1,}",
     "1:8: expected a member name in quotes, found '}'; the comma before it is one too many"},
    {"{\"a\":1 \"b\":2}", "1:8: expected ',' or '}', found '\"'"},
    {"{\"a\":1",
     "1:7: expected ',' or '}', found the end of the text; what line 1 opens is not closed"},
    {"[1,]", "1:4: expected a value, found ']'; the comma before it is one too many"},
    {"[1 2]", "1:4: expected ',' or ']', found '2'"},
    {"[1", "1:3: expected ',' or ']', found the end of the text; what line 1 opens is not closed"},
    {"[,1]", "1:2: expected a value, found ','"},
    {"[1]x", "1:4: expected nothing after the value, found 'x'"},
    {"{} {}", "1:4: expected nothing after the value, found '{'"},
    {"1,", "1:2: expected nothing after the value, found ','"},
    {"// note\n{}", "1:1: expected a value, found '/'; JSON has no comments"},
    {"[1, /* no */ 2]", "1:5: expected a value, found '/'; JSON has no comments"},
    {"tru", "1:1: expected a value, found 'tru'"},
    {"True", "1:1: expected a value, found 'True'; JSON has true, false, null and finite numbers"},
    {"[nul]", "1:2: expected a value, found 'nul'"},
    {"NaN", "1:1: expected a value, found 'NaN'; JSON has true, false, null and finite numbers"},
    {"[Infinity]",
     "1:2: expected a value, found 'Infinity'; JSON has true, false, null and finite numbers"},
    {"[-Infinity]", "1:2: - is not a number as JSON writes it"},
    {"[01]", "1:2: the number 01 has a leading zero"},
    {"[-007]", "1:2: the number -007 has a leading zero"},
    {"[2.]", "1:2: 2. is not a number as JSON writes it"},
    {"[.5]", "1:2: .5 is not a number as JSON writes it"},
    {"[+1]", "1:2: +1 is not a number as JSON writes it"},
    {"[-]", "1:2: - is not a number as JSON writes it"},
    {"[1e]", "1:2: 1e is not a number as JSON writes it"},
    {"[1e+]", "1:2: 1e+ is not a number as JSON writes it"},
    {"[1.2.3]", "1:2: 1.2.3 is not a number as JSON writes it"},
    {"[0x10]", "1:3: expected ',' or ']', found 'x'"},
    {"[1e999]", "1:2: the number 1e999 is too large"},
    {"[-1e999]", "1:2: the number -1e999 is too large"},
    {"[9007199254740993]",
     "1:2: the whole number 9007199254740993 is above 2^53 and cannot be kept exactly; "
     "write it as a text or with an exponent"},
    {"[123456789012345678901234567890123456789012345678901234567890123]",
     "1:2: a number of more than 60 characters"},
    {"\"abc", "1:1: the text that begins here has no closing quote"},
    {"[\"abc\n\"]",
     "1:2: the text that begins here has no closing quote on its line; write a line break as \\n"},
    {"[\"a\tb\"]", "1:4: the control character U+0009 must be written \\u0009"},
    {"[\"a\\x\"]",
     "1:4: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX after a backslash"},
    {"[\"\\u12G4\"]", "1:3: expected four hexadecimal digits after \\u"},
    {"[\"\\u12", "1:3: expected four hexadecimal digits after \\u"},
    {"[\"a\\u0000b\"]", "1:4: \\u0000 is not allowed in a text"},
    {"[\"\\ud800\"]", "1:3: \\uD800 is half a surrogate pair, not a character"},
    {"[\"\\udc00\"]", "1:3: \\uDC00 is half a surrogate pair, not a character"},
    {"[\"\\ud800\\u0041\"]", "1:3: \\uD800 is half a surrogate pair, not a character"},
    {"[\"\xC3(\"]", "1:3: the byte 0xC3 is not UTF-8"},
    {"[\"\xED\xA0\x80\"]", "1:3: the byte 0xED is not UTF-8"},
    {"[\"\xC0\xAF\"]", "1:3: the byte 0xC0 is not UTF-8"},
    {"[\"\xF4\x90\x80\x80\"]", "1:3: the byte 0xF4 is not UTF-8"},
    {"[\"é\xFF\"]", "1:4: the byte 0xFF is not UTF-8"},
    {"[\x80]", "1:2: the byte 0x80 is not UTF-8"},
    {"[\x01]", "1:2: expected a value, found the control character U+0001"},
    {"{\n  \"a\": 1,\n  \"a\": 2\n}", "3:3: the member \"a\" is given twice; first in line 2"},
    {"{\"a\":1,\"\\u0061\":2}", "1:8: the member \"a\" is given twice; first in line 1"},
    {"[{\"b\":{\"a\":1},\"a\":2,\"b\":3}]",
     "1:21: the member \"b\" is given twice; first in line 1"},
    {"{\"北京\": 1, \"亦庄\": x}", "1:17: expected a value, found 'x'"},
    {"[\r\n1,\r\nx]", "3:1: expected a value, found 'x'"},
};

static bool scan_text(const char *json, size_t length, bp_faults *faults)
{
    bp_scan_space space = {0};
    bool ok = bp_scan("f", 1, json, length, NULL, &space, faults);
    bp_scan_space_clear(&space);
    return ok;
}

START_TEST(what_json_does_not_allow_is_refused_in_its_place)
{
    const bad_case *c = &bad_cases[_i];
    bp_faults faults = {0};
    char expected[400], found[2600];
    ck_assert_msg(!scan_text(c->json, strlen(c->json), &faults), "taken: %s", c->json);
    ck_assert_uint_ge(bp_faults_count(&faults), 1);
    snprintf(expected, sizeof expected, "f:%s", c->fault);
    snprintf(found, sizeof found, "%s: %s", bp_faults_at(&faults, 0)->place,
             bp_faults_at(&faults, 0)->text);
    ck_assert_str_eq(found, expected);
    bp_faults_clear(&faults);
}
END_TEST

static const char *const good_cases[] = {
    "{}",
    "[]",
    " \t\r\n[ ]\n",
    "0",
    "-0",
    "-0.0",
    "1e10",
    "1E+10",
    "0.5e-3",
    "9007199254740992",
    "-9007199254740992",
    "1e300",
    "\"\"",
    "\"\\ud83d\\ude00\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
    "\"北京 \xF0\x9F\x98\x80\"",
    "true",
    "[null,false]",
    "{\"a\":{\"a\":{\"a\":1}},\"A\":2,\"\":3}",
    "[[1],[2,[3]]]",
    "1e-400",
    "0.1234567890123456789",
};

START_TEST(all_of_json_is_taken)
{
    bp_faults faults = {0};
    ck_assert_msg(scan_text(good_cases[_i], strlen(good_cases[_i]), &faults), "%s: %s",
                  good_cases[_i], bp_faults_count(&faults) ? bp_faults_at(&faults, 0)->text : "");
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
    bp_faults faults = {0};
    ck_assert(!scan_text("[1]\0", 4, &faults));
    ck_assert_str_eq(bp_faults_at(&faults, 0)->text,
                     "expected nothing after the value, found the control character U+0000");
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(depth_is_bounded)
{
    char json[300];
    bp_faults faults = {0};
    memset(json, '[', 64);
    memset(json + 64, ']', 64);
    ck_assert(scan_text(json, 128, &faults));
    memset(json, '[', 65);
    memset(json + 65, ']', 65);
    ck_assert(!scan_text(json, 130, &faults));
    ck_assert_str_eq(bp_faults_at(&faults, 0)->place, "f:1:65");
    ck_assert_str_eq(bp_faults_at(&faults, 0)->text,
                     "more than 64 lists and objects inside each other");
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(doubles_among_many_members_are_found)
{
    bp_buf json = {0};
    bp_faults faults = {0};
    ck_assert(bp_buf_text(&json, "{"));
    for (int i = 0; i < 5000; i++)
        ck_assert(bp_buf_format(&json, "\"m%d\": %d,\n", i, i));
    ck_assert(bp_buf_text(&json, "\"m\\u0037\": 1, \"m4999\": 2}"));
    ck_assert(!scan_text(json.bytes, json.length, &faults));
    ck_assert_uint_eq(bp_faults_count(&faults), 2);
    for (size_t i = 0; i < 2; i++) { /* In the order of their hashes. */
        const bp_fault *fault = bp_faults_at(&faults, i);
        bool is_seven =
            strcmp(fault->text, "the member \"m7\" is given twice; first in line 8") == 0;
        ck_assert(is_seven ||
                  strcmp(fault->text, "the member \"m4999\" is given twice; first in line 5000") ==
                      0);
        ck_assert_str_eq(fault->place, is_seven ? "f:5001:1" : "f:5001:15");
    }
    bp_faults_clear(&faults);
    bp_buf_clear(&json);
}
END_TEST

START_TEST(what_is_merely_not_allowed_is_collected)
{
    const char *json = "{\"a\": 1e999,\n \"b\": \"\\u0000\", \"a\": 9007199254740994}";
    bp_faults faults = {0};
    ck_assert(!scan_text(json, strlen(json), &faults));
    ck_assert_uint_eq(bp_faults_count(&faults), 4);
    ck_assert_str_eq(bp_faults_at(&faults, 0)->place, "f:1:7");
    ck_assert_str_eq(bp_faults_at(&faults, 1)->place, "f:2:8");
    ck_assert_str_eq(bp_faults_at(&faults, 2)->place, "f:2:17");
    ck_assert_str_eq(bp_faults_at(&faults, 3)->place, "f:2:22");
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(places_stand_in_the_order_of_the_text)
{
    const char *json = "{\"a\": [1, \"é\", true],\n  \"b\": {\"c\": null}}";
    static const bp_spot expected[] = {{1, 1},  {1, 2}, {1, 7}, {1, 8}, {1, 11},
                                       {1, 16}, {2, 3}, {2, 8}, {2, 9}, {2, 14}};
    bp_faults faults = {0};
    bp_buf spots = {0};
    ck_assert(bp_scan_index("f", json, strlen(json), &spots, &faults));
    ck_assert_uint_eq(BP_BUF_COUNT(&spots, bp_spot), 10);
    for (size_t i = 0; i < 10; i++) {
        ck_assert_uint_eq(BP_BUF_ITEMS(&spots, bp_spot)[i].line, expected[i].line);
        ck_assert_uint_eq(BP_BUF_ITEMS(&spots, bp_spot)[i].column, expected[i].column);
    }
    bp_buf_clear(&spots);
    bp_faults_clear(&faults);
}
END_TEST

static const struct {
    const char *text;
    double expected; /* NAN: refused. */
} decimal_cases[] = {
    {"0", 0},
    {"-0", 0},
    {"1748", 1748},
    {"34.8", 34.8},
    {"0.1", 0.1},
    {"-12.75", -12.75},
    {"0.00001", 1e-5},
    {"1e3", 1e3},
    {"123456789012345", 123456789012345},
    {"0.30000000000000004", 0.30000000000000004},
    {"1.7976931348623157e308", 1.7976931348623157e308},
    {"", NAN},
    {"-", NAN},
    {"01", NAN},
    {"1.", NAN},
    {".1", NAN},
    {"-01", NAN},
    {"1,5", NAN},
    {" 1", NAN},
    {"1 ", NAN},
    {"1e999", NAN},
    {"0x1", NAN},
    {"--1", NAN},
    {"1.2.3", NAN},
    {"inf", NAN},
    {"00", NAN},
};

START_TEST(decimals_are_read_exactly_or_refused)
{
    double value = NAN;
    bool ok = bp_decimal_read(decimal_cases[_i].text, strlen(decimal_cases[_i].text), &value);
    ck_assert_msg(ok == !isnan(decimal_cases[_i].expected), "%s", decimal_cases[_i].text);
    if (ok)
        ck_assert_double_eq(value, decimal_cases[_i].expected);
}
END_TEST

START_TEST(refused_memory_leaks_nothing)
{
    const char *json =
        "{\"a\\u0062\": [1, \"\\u00e9\"], \"b\": {\"a\": 1}, \"\\u0063\": \"x\\ny\"}";
    long live = bp_mem.live;
    for (int sticks = 0; sticks < 2; sticks++)
        for (long n = 1;; n++) {
            bp_faults faults = {0};
            bp_buf spots = {0};
            long refused = bp_mem.refused;
            bp_mem.fail_at = bp_mem.asked + n;
            bp_mem.fail_on = sticks;
            bool ok = bp_scan_index("f", json, strlen(json), &spots, &faults);
            bp_mem.fail_at = 0;
            bp_mem.fail_on = false;
            ck_assert(ok == (bp_mem.refused == refused));
            ck_assert(ok || faults.refused);
            bp_buf_clear(&spots);
            bp_faults_clear(&faults);
            ck_assert_int_eq(bp_mem.live, live);
            if (ok)
                break;
        }
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

int main(void)
{
    Suite *suite = suite_create("scan");
    TCase *tests = tcase_create("scan");
    tcase_add_loop_test(tests, what_json_does_not_allow_is_refused_in_its_place, 0,
                        COUNT(bad_cases));
    tcase_add_loop_test(tests, all_of_json_is_taken, 0, COUNT(good_cases));
    tcase_add_loop_test(tests, decimals_are_read_exactly_or_refused, 0, COUNT(decimal_cases));
    tcase_add_test(tests, a_nul_byte_is_refused);
    tcase_add_test(tests, depth_is_bounded);
    tcase_add_test(tests, doubles_among_many_members_are_found);
    tcase_add_test(tests, what_is_merely_not_allowed_is_collected);
    tcase_add_test(tests, places_stand_in_the_order_of_the_text);
    tcase_add_test(tests, refused_memory_leaks_nothing);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
