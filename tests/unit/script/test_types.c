/* scripts/types says what there is, and all of it. */
#include "script_suite.h"

#include "base/file.h"

/* Copies a file, and `more` (may be NULL) behind it. */
static void copy(const char *from, const char *more, const char *to, const char *before,
                 const char *after)
{
    bp_buf text = {0};
    bp_error err = {0};
    ck_assert(bp_buf_text(&text, before));
    ck_assert_msg(bp_file_read(from, 0, &text, &err), "%s: %s", err.place, err.text);
    ck_assert_msg(more == NULL || bp_file_read(more, 0, &text, &err), "%s: %s", err.place,
                  err.text);
    ck_assert(bp_buf_text(&text, after));
    write_file(to, text.bytes, text.length);
    bp_buf_clear(&text);
}

START_TEST(the_description_and_the_live_tables_agree)
{
    copy(TEST_SOURCE_DIR "/scripts/types/engine.lua",
         TEST_SOURCE_DIR "/scripts/types/engine_page.lua", "types_text.lua", "return [==[\n",
         "]==]\n");
    copy(TEST_SOURCE_DIR "/tests/lua/luatest.lua", NULL, "luatest.lua", "", "");
    bp_buf text = {0};
    bp_error err = {0};
    ck_assert(bp_file_read(TEST_SOURCE_DIR "/tests/lua/fixtures/types.lua", 0, &text, &err));
    char *lua = bp_buf_take(&text);
    write_text("types.lua", lua);
    bp_free(lua);
    ck_assert_msg(run_text("require 'types'", NULL, &err), "%s: %s", err.place, err.text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("types");
    tcase_add_test(tests, the_description_and_the_live_tables_agree);
    return run_suite("types", tests);
}
