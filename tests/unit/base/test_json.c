/* Texts inside of JSON's quotes: fit for a parser and for a terminal. */
#include "base/json.h"

#include <string.h>

#include "suite.h"

static const struct {
    const char *text, *json;
} cases[] = {
    {"plain", "plain"},
    {"a \"b\" \\c", "a \\\"b\\\" \\\\c"},
    {"two\nlines\tand a tab", "two\\nlines\\tand a tab"},
    {"\033[2J\a\x7f", "\\u001b[2J\\u0007\\u007f"},
    {"\xc2\x85 is a control character", "\\u0085 is a control character"},
    {"\xe2\x80\xae turns \xe2\x81\xa6", "\\u202e turns \\u2066"},
    {"\xe4\xba\xa6\xe5\xba\x84 \xf0\x9f\x98\x80", "\xe4\xba\xa6\xe5\xba\x84 \xf0\x9f\x98\x80"},
    {"bad \xff\xc3", "bad \\ufffd\\ufffd"},
    {"\xed\xa0\x80", "\\ufffd\\ufffd\\ufffd"},
};

START_TEST(each_character_is_as_json_has_it)
{
    const char *text = cases[_i].text;
    char out[256] = "";
    size_t length = strlen(text), put = 0;
    for (size_t at = 0; at < length;) {
        size_t before = at;
        size_t count = bp_json_character(text, length, &at, out + put);
        ck_assert_uint_gt(at, before);
        ck_assert_uint_le(count, BP_JSON_CHARACTER);
        put += count;
    }
    out[put] = '\0';
    ck_assert_str_eq(out, cases[_i].json);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("json");
    tcase_add_loop_test(tests, each_character_is_as_json_has_it, 0,
                        (int)(sizeof cases / sizeof cases[0]));
    return run_suite("json", tests);
}
