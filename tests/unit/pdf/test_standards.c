/* Standards: which lists of names hold, and what each allows. */
#include <string.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "pdf/standards.h"

START_TEST(lists_are_read_and_written_in_one_order)
{
    static const struct {
        const char *text;
        unsigned standards;
        const char *written;
    } cases[] = {{"a-3a,ua-1", BP_STANDARDS_DEFAULT, "a-3a,ua-1"},
                 {"ua-1,a-3a", BP_STANDARDS_DEFAULT, "a-3a,ua-1"},
                 {"a-2a", BP_STANDARD_A2A, "a-2a"},
                 {"a-2b", BP_STANDARD_A2B, "a-2b"},
                 {"a-2u", BP_STANDARD_A2U, "a-2u"},
                 {"a-3b", BP_STANDARD_A3B, "a-3b"},
                 {"a-3u", BP_STANDARD_A3U, "a-3u"},
                 {"ua-1", BP_STANDARD_UA1, "ua-1"},
                 {"none", BP_STANDARD_NONE, "none"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned standards = 0;
        bp_error err = {0};
        bp_buf text = {0};
        ck_assert_msg(bp_standards_read(cases[i].text, &standards, &err), "%s", err.text);
        ck_assert_uint_eq(standards, cases[i].standards);
        ck_assert(bp_standards_put(&text, standards));
        ck_assert_str_eq(text.bytes, cases[i].written);
        bp_buf_clear(&text);
    }
    bp_buf text = {0};
    ck_assert(bp_standards_put(&text, 0));
    ck_assert_str_eq(text.bytes, "none");
    bp_buf_clear(&text);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(what_is_no_list_of_standards_is_told_and_changes_nothing)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"", "\"\" is no standard"},
        {"a-4", "\"a-4\" is no standard"},
        {"A-3A", "\"A-3A\" is no standard"},
        {"a-3", "\"a-3\" is no standard"},
        {"a-3a, ua-1", "\" ua-1\" is no standard"},
        {"a-3a,", "\"\" is no standard"},
        {"ua-1,ua-1", "ua-1 is named twice"},
        {"a-2a,a-3a", "one standard of PDF/A"},
        {"a-3b,ua-1,a-3u", "one standard of PDF/A"},
        {"none,ua-1", "none stands alone"},
        {"a-2u,none", "none stands alone"},
        {"\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad"
         "\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad",
         "\xe4\xb8\xad\" is no standard"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned standards = 77;
        bp_error err = {0};
        ck_assert(!bp_standards_read(cases[i].text, &standards, &err));
        ck_assert_uint_eq(standards, 77);
        ck_assert_int_eq(err.code, BP_ERR_USAGE);
        ck_assert_msg(strstr(err.text, cases[i].said) != NULL, "%s", err.text);
    }
}
END_TEST

START_TEST(each_standard_says_what_it_allows)
{
    static const struct {
        unsigned standard;
        const char *title;
        bool no_tags, attachments, encryption;
    } cases[] = {{BP_STANDARD_A2A, "PDF/A-2a", false, false, false},
                 {BP_STANDARD_A2B, "PDF/A-2b", true, false, false},
                 {BP_STANDARD_A2U, "PDF/A-2u", true, false, false},
                 {BP_STANDARD_A3A, "PDF/A-3a", false, true, false},
                 {BP_STANDARD_A3B, "PDF/A-3b", true, true, false},
                 {BP_STANDARD_A3U, "PDF/A-3u", true, true, false},
                 {BP_STANDARD_UA1, "PDF/UA-1", false, true, true},
                 {BP_STANDARD_NONE, "", true, true, true},
                 {0, "", true, true, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bp_error err = {0};
        unsigned standard = cases[i].standard;
        ck_assert_str_eq(bp_standards_title(standard, ~0u), cases[i].title);
        ck_assert(bp_standards_allow_attachments(standard) == cases[i].attachments);
        ck_assert(bp_standards_allow_encryption(standard) == cases[i].encryption);
        ck_assert(bp_standards_allow_no_tags(standard, &err) == cases[i].no_tags);
        if (!cases[i].no_tags)
            ck_assert_int_eq(strncmp(err.text, cases[i].title, 8), 0);
    }
    ck_assert_str_eq(bp_standards_title(BP_STANDARDS_DEFAULT, BP_STANDARD_UA1), "PDF/UA-1");
    ck_assert_str_eq(bp_standards_title(BP_STANDARDS_DEFAULT, BP_STANDARDS_A2), "");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("standards");
    tcase_add_test(tests, lists_are_read_and_written_in_one_order);
    tcase_add_test(tests, what_is_no_list_of_standards_is_told_and_changes_nothing);
    tcase_add_test(tests, each_standard_says_what_it_allows);
    return run_suite("standards", tests);
}
