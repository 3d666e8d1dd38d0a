#include <string.h>

#include "base/mem.h"
#include "base/sink.h"
#include "suite.h"

START_TEST(a_sink_of_nobody_takes_everything)
{
    const bp_sink sink = {0};
    ck_assert(!bp_sink_is_wanted(&sink));
    ck_assert(bp_sink_write(&sink, "bytes", 5, NULL));
}
END_TEST

START_TEST(a_buffer_gets_what_is_written_in_order)
{
    bp_buf buf = {0};
    bp_error err = {0};
    ck_assert(bp_buf_text(&buf, "a"));
    const bp_sink sink = bp_sink_to_buf(&buf);
    ck_assert(bp_sink_is_wanted(&sink));
    ck_assert(bp_sink_write(&sink, "bc", 2, &err) && bp_sink_write(&sink, NULL, 0, &err) &&
              bp_sink_write(&sink, "d", 1, &err));
    ck_assert_str_eq(buf.bytes, "abcd");
    bp_buf_clear(&buf);
}
END_TEST

START_TEST(a_refused_buffer_is_want_of_memory)
{
    bp_buf buf = {0};
    bp_error err = {0};
    const bp_sink sink = bp_sink_to_buf(&buf);
    bp_mem = (bp_mem_probe){.fail_at = 1};
    ck_assert(!bp_sink_write(&sink, "a", 1, &err));
    bp_mem.fail_at = 0;
    ck_assert_int_eq(err.code, BP_ERR_MEMORY);
    ck_assert_uint_eq(buf.length, 0);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("sink");
    tcase_add_test(tests, a_sink_of_nobody_takes_everything);
    tcase_add_test(tests, a_buffer_gets_what_is_written_in_order);
    tcase_add_test(tests, a_refused_buffer_is_want_of_memory);
    return run_suite("sink", tests);
}
