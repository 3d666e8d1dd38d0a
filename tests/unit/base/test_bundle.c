/* Bundles of files: keys tell nobody's folders, and what does not fit is noted without its bytes.
 */
#include "base/bundle.h"

#include "base/mem.h"
#include "suite.h"

static const char *const keys[][2] = {
    {"a.png", "a.png"},
    {"./a.png", "a.png"},
    {"a//b/./c.png", "a/b/c.png"},
    {"a/../b.png", "b.png"},
    {"a/b/../../c.png", "c.png"},
    {"a/b/..", "a"},
    {"..a/b", "..a/b"},
    {"", ""},
};

START_TEST(a_key_is_the_tidy_name)
{
    bp_buf key = {0};
    ck_assert(bp_bundle_key(&key, keys[_i][0]));
    ck_assert_str_eq(key.bytes != NULL ? key.bytes : "", keys[_i][1]);
    bp_buf_clear(&key);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static void key_of(const char *file, bp_buf *key)
{
    ck_assert(bp_bundle_key(key, file));
}

START_TEST(a_key_that_leads_out_tells_no_folder)
{
    static const char *const outside[] = {"/srv/jane/logo.png", "../jane/logo.png",
                                          "a/../../jane/logo.png"};
    bp_buf all[3] = {{0}};
    for (int i = 0; i < 3; i++) {
        key_of(outside[i], &all[i]);
        ck_assert_int_eq(strncmp(all[i].bytes, "outside/", 8), 0);
        ck_assert_str_eq(all[i].bytes + 8 + 16, "/logo.png");
        ck_assert_ptr_null(strstr(all[i].bytes, "jane"));
    }
    ck_assert_str_eq(all[1].bytes, all[2].bytes);
    ck_assert_str_ne(all[0].bytes, all[1].bytes);
    bp_buf other = {0};
    key_of("/srv/jane/../jane/./logo.png", &other);
    ck_assert_str_eq(all[0].bytes, other.bytes);
    other.length = 0;
    key_of("/../srv/jane/logo.png", &other); /* Above the root is the root. */
    ck_assert_str_eq(all[0].bytes, other.bytes);
    bp_buf_clear(&other);
    for (int i = 0; i < 3; i++)
        bp_buf_clear(&all[i]);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_file_is_there_once_by_role_and_path)
{
    bp_bundle bundle = {0};
    bp_error err = {0};
    ck_assert(bp_bundle_add(&bundle, BP_ROLE_IMAGE, "a", NULL, "one", 3, &err));
    ck_assert(bp_bundle_add(&bundle, BP_ROLE_IMAGE, "a", NULL, "two", 3, &err));
    ck_assert(bp_bundle_add(&bundle, BP_ROLE_FILE, "a", NULL, "", 0, &err));
    ck_assert_uint_eq(bp_bundle_count(&bundle), 2);
    const bp_bundle_file *file = bp_bundle_find(&bundle, BP_ROLE_IMAGE, "a");
    ck_assert_str_eq(file->bytes.bytes, "one");
    ck_assert_ptr_nonnull(bp_bundle_find(&bundle, BP_ROLE_FILE, "a"));
    ck_assert_ptr_null(bp_bundle_find(&bundle, BP_ROLE_MODULE, "a"));
    bp_bundle_clear(&bundle);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(what_does_not_fit_is_noted)
{
    bp_bundle bundle = {.most = 8};
    bp_error err = {0};
    bp_buf bytes = {0};
    ck_assert(bp_bundle_add(&bundle, BP_ROLE_IMAGE, "five", NULL, "12345", 5, &err));
    ck_assert(bp_bundle_add(&bundle, BP_ROLE_IMAGE, "four", NULL, "1234", 4, &err));
    ck_assert(bp_buf_text(&bytes, "123456"));
    ck_assert(bp_bundle_take(&bundle, BP_ROLE_DATA, "six", "t", &bytes, &err));
    ck_assert(bp_bundle_add(&bundle, BP_ROLE_IMAGE, "three", NULL, "123", 3, &err));
    ck_assert_ptr_null(bytes.bytes);
    ck_assert_uint_eq(bp_bundle_count(&bundle), 4);
    ck_assert_uint_eq(bundle.size_bytes, 8);
    static const size_t sizes[] = {5, 4, 6, 3};
    for (size_t i = 0; i < 4; i++) {
        const bp_bundle_file *file = bp_bundle_at(&bundle, i);
        ck_assert_uint_eq(file->size, sizes[i]);
        ck_assert_int_eq(file->is_left_out, i == 1 || i == 2);
    }
    ck_assert_ptr_null(bp_bundle_find(&bundle, BP_ROLE_IMAGE, "four"));
    ck_assert_ptr_nonnull(bp_bundle_find(&bundle, BP_ROLE_IMAGE, "three"));
    bp_bundle_clear(&bundle);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(refused_blocks_are_an_error_and_leak_nothing)
{
    long n = 1;
    for (;; n++) {
        bp_bundle bundle = {0};
        bp_error err = {0};
        bp_buf key = {0};
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bool ok = bp_bundle_key(&key, "/a/b") &&
                  bp_bundle_add(&bundle, BP_ROLE_DATA, key.bytes, "t", "bytes", 5, &err);
        bp_mem.fail_at = 0;
        ck_assert_int_eq(ok, bp_mem.refused == 0);
        bp_buf_clear(&key);
        bp_bundle_clear(&bundle);
        ck_assert_int_eq(bp_mem.live, 0);
        if (ok)
            break;
    }
    ck_assert_int_gt(n, 4);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("bundle");
    tcase_add_loop_test(tests, a_key_is_the_tidy_name, 0, (int)(sizeof keys / sizeof keys[0]));
    tcase_add_test(tests, a_key_that_leads_out_tells_no_folder);
    tcase_add_test(tests, a_file_is_there_once_by_role_and_path);
    tcase_add_test(tests, what_does_not_fit_is_noted);
    tcase_add_test(tests, refused_blocks_are_an_error_and_leak_nothing);
    return run_suite("bundle", tests);
}
