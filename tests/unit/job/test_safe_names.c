/* Names from elsewhere made harmless: what becomes of each, one after the other. */
#include "../base/suite.h"
#include "base/mem.h"
#include "job/safe_names.h"

#include <string.h>

static const struct {
    const char *given, *made;
} alone[] = {
    {"data.json", "data.json"},
    {"数据.json", "数据.json"},
    {"scripts/briefing.lua", "scripts/briefing.lua"},
    {"../../etc/passwd", "etc/passwd"},
    {"a/../b", "a/b"},
    {"a//./b", "a/b"},
    {"/abs", "abs"},
    {"\\\\server\\share\\x", "server/share/x"},
    {"C:\\x.ini", "C_/x.ini"},
    {"", "attachment"},
    {".", "attachment"},
    {"..", "attachment"},
    {"...", "attachment"},
    {"/", "attachment"},
    {" . / .. ", "attachment"},
    {".bashrc", "_bashrc"},
    {"..x", "_.x"},
    {"-rf", "_rf"},
    {"~root", "_root"},
    {"x.", "x"},
    {"x. . ", "x"},
    {" x", "x"},
    {"CON", "_CON"},
    {"con.txt", "_con.txt"},
    {"nul/aux.c", "_nul/_aux.c"},
    {"COM1", "_COM1"},
    {"COM", "COM"},
    {"COMx", "COMx"},
    {"LPT9.tar.gz", "_LPT9.tar.gz"},
    {"console", "console"},
    {"a\x1b[2Jb", "a_[2Jb"},
    {"x\ny\tz\r\x7f", "x_y_z__"},
    {"\xc2\x9b", "_"},                   /* The other escape. */
    {"\xe2\x80\xaegnp.exe", "_gnp.exe"}, /* Turns what follows. */
    {"a\xe2\x80\x8b\xef\xbb\xbf\xc2\xad.c", "a___.c"},
    {"\xff\xfe", "__"},
    {"a<b>c:d\"e|f?g*h", "a_b_c_d_e_f_g_h"},
    {"1/2/3/4/5/6/7/8/9/10", "3/4/5/6/7/8/9/10"},
};

START_TEST(what_means_harm_is_replaced)
{
    bp_safe_names names = {0};
    bp_error err = {0};
    char *made = bp_safe_name(&names, alone[_i].given, &err);
    ck_assert_str_eq(made, alone[_i].made);
    bp_free(made);
    bp_safe_names_clear(&names);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *given, *made;
} together[] = {
    {"x.json", "x.json"},
    {"x.json", "x-2.json"},
    {"X.JSON", "X-3.JSON"},
    {"x-2.json", "x-2-2.json"},
    {"../x.json", "x-4.json"},
    {"a/b", "a/b"},
    {"a", "a-2"},
    {"A/B", "A/B-2"},
    {"b", "b"},
    {"b/c", "b-2/c"},
    {"b/c", "b-3/c"},
    {"b-2", "b-2-2"},
    {"", "attachment"},
    {"..", "attachment-2"},
    {"d.tar.gz", "d.tar.gz"},
    {"d.tar.gz", "d.tar-2.gz"},
    {".x", "_x"},
    {"_x", "_x-2"},
    {"-x", "_x-3"},
};

START_TEST(no_name_is_given_twice)
{
    bp_safe_names names = {0};
    bp_error err = {0};
    for (size_t i = 0; i < sizeof together / sizeof together[0]; i++) {
        char *made = bp_safe_name(&names, together[i].given, &err);
        ck_assert_str_eq(made, together[i].made);
        bp_free(made);
    }
    bp_safe_names_clear(&names);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(long_names_keep_their_ending)
{
    bp_safe_names names = {0};
    bp_error err = {0};
    char given[1025] = "";
    for (size_t i = 0; i < 333; i++)
        strcpy(given + 3 * i, "\xe5\xb9\xb4");
    strcpy(given + strlen(given), ".json");
    char *made = bp_safe_name(&names, given, &err);
    ck_assert_uint_le(strlen(made), 200);
    ck_assert_uint_ge(strlen(made), 195);
    ck_assert_str_eq(made + strlen(made) - 8, "\xe5\xb9\xb4.json");
    bp_free(made);
    bp_safe_names_clear(&names);
}
END_TEST

START_TEST(ten_thousand_of_one_name_take_no_time)
{
    bp_safe_names names = {0};
    bp_error err = {0};
    char last[32];
    for (int i = 0; i < 10000; i++) {
        char *made = bp_safe_name(&names, "same", &err);
        ck_assert_ptr_nonnull(made);
        (void)strncpy(last, made, sizeof last - 1);
        bp_free(made);
    }
    ck_assert_str_eq(last, "same-10000");
    bp_safe_names_clear(&names);
}
END_TEST

START_TEST(naming_survives_refused_blocks)
{
    for (int all = 0; all < 2; all++)
        for (long n = 1;; n++) {
            bp_safe_names names = {0};
            bp_error err = {0};
            bool ok = true;
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all != 0;
            for (size_t i = 0; ok && i < sizeof together / sizeof together[0]; i++) {
                char *made = bp_safe_name(&names, together[i].given, &err);
                ok = made != NULL;
                bp_free(made);
            }
            bp_mem.fail_at = 0;
            ck_assert(ok || err.code == BP_ERR_MEMORY);
            bp_safe_names_clear(&names);
            ck_assert_int_eq(bp_mem.live, 0);
            if (bp_mem.refused == 0)
                break;
        }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("safe names");
    tcase_add_loop_test(tests, what_means_harm_is_replaced, 0, sizeof alone / sizeof alone[0]);
    tcase_add_test(tests, no_name_is_given_twice);
    tcase_add_test(tests, long_names_keep_their_ending);
    tcase_add_test(tests, ten_thousand_of_one_name_take_no_time);
    tcase_add_test(tests, naming_survives_refused_blocks);
    return run_suite("safe_names", tests);
}
