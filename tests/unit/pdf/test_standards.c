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
        {"A-3A", "\"A-3A\" is no standard; did you mean \"a-3a\"?"},
        {"PDF/UA-1", "did you mean \"ua-1\"?"},
        {"pdfa2u", "did you mean \"a-2u\"?"},
        {"pdfpdf", "expected a list"},
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

START_TEST(strings_have_a_bound_in_archives)
{
    static const struct {
        const char *unit;
        size_t fits; /* That many of it. */
    } cases[] = {{"a", 32767}, {"\xe4\xb8\xad", 16382}, {"\xf0\x9f\x98\x80", 8191}};
    for (size_t i = 0; i < 3; i++) {
        size_t size = strlen(cases[i].unit);
        char *text = calloc(40000, size);
        ck_assert_ptr_nonnull(text);
        for (size_t n = 0; n < cases[i].fits; n++)
            memcpy(text + n * size, cases[i].unit, size);
        bp_error err = {0};
        ck_assert(bp_standards_check_text(BP_STANDARD_A2B, "it", text, &err));
        memcpy(text + cases[i].fits * size, cases[i].unit, size);
        ck_assert(!bp_standards_check_text(BP_STANDARD_A2B, "it", text, &err));
        ck_assert_int_eq(err.code, BP_ERR_SCRIPT);
        ck_assert_ptr_nonnull(strstr(err.text, " bytes, and PDF/A-2b allows 32767"));
        ck_assert(bp_standards_check_text(BP_STANDARD_UA1, "it", text, NULL));
        free(text);
    }
    ck_assert(bp_standards_check_text(BP_STANDARDS_DEFAULT, "it", NULL, NULL));
}
END_TEST

START_TEST(private_characters_need_a_meaning_at_level_a)
{
    static const char *const texts[] = {"\xee\x80\x80", "a\xef\xa3\xbf", "\xf3\xb0\x80\x80",
                                        "\xf4\x80\x80\x80"};
    static const char *const plain[] = {
        "", "a", "\xee", "\xed\x9f\xbf", "\xef\xa4\x80", "\xef\xbc\x8c", "\xf0\x9f\x98\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bp_error err = {0};
        size_t length = strlen(texts[i]);
        ck_assert(!bp_standards_check_private(BP_STANDARDS_DEFAULT, texts[i], length, &err));
        ck_assert_ptr_nonnull(strstr(err.text, "PDF/A-3a asks for"));
        ck_assert(!bp_standards_check_private(BP_STANDARD_A2A, texts[i], length, &err));
        ck_assert(
            bp_standards_check_private(BP_STANDARD_A2U | BP_STANDARD_UA1, texts[i], length, NULL));
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        ck_assert(
            bp_standards_check_private(BP_STANDARDS_DEFAULT, plain[i], strlen(plain[i]), NULL));
}
END_TEST

START_TEST(languages_are_tags)
{
    static const char *const tags[] = {"en",        "zh-Hans", "pt-BR",
                                       "x-private", "de-1996", "i-klingon"};
    static const char *const others[] = {"",         "-",          "en_US",  "en-", "1e",
                                         "english-", "languages1", "en--US", "e n", "en-toolong99"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        ck_assert_msg(bp_is_language_tag(tags[i]), "%s", tags[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert_msg(!bp_is_language_tag(others[i]), "%s", others[i]);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("standards");
    tcase_add_test(tests, lists_are_read_and_written_in_one_order);
    tcase_add_test(tests, what_is_no_list_of_standards_is_told_and_changes_nothing);
    tcase_add_test(tests, each_standard_says_what_it_allows);
    tcase_add_test(tests, strings_have_a_bound_in_archives);
    tcase_add_test(tests, private_characters_need_a_meaning_at_level_a);
    tcase_add_test(tests, languages_are_tags);
    return run_suite("standards", tests);
}
