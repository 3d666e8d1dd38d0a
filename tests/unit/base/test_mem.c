/* The allocator's accounts, its budget and its probe; buffers, errors and fault lists on top of it.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/faults.h"
#include "base/mem.h"
#include "suite.h"

static void begin(void)
{
    bp_mem = (bp_mem_probe){0};
}

START_TEST(accounts_are_exact)
{
    char *block = bp_alloc(100);
    char *other = bp_alloc_zero(10, 5);
    ck_assert_uint_eq(bp_mem.bytes, 150);
    ck_assert_int_eq(bp_mem.live, 2);
    ck_assert_int_eq(other[49], 0);
    block = bp_realloc(block, 300);
    ck_assert_uint_eq(bp_mem.bytes, 350);
    block = bp_realloc(block, 20);
    ck_assert_uint_eq(bp_mem.bytes, 70);
    ck_assert_uint_eq(bp_mem.peak, 350);
    bp_free(block);
    bp_free(other);
    bp_free(NULL);
    ck_assert_uint_eq(bp_mem.bytes, 0);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(the_budget_refuses_and_says_so)
{
    bp_mem.budget = 1 << 20;
    char *block = bp_alloc(1 << 19);
    ck_assert_ptr_nonnull(block);
    ck_assert_ptr_null(bp_alloc((1 << 19) + 1));
    ck_assert(bp_mem.over_budget);
    bp_error err = {0};
    ck_assert(!bp_fail_memory(&err));
    ck_assert_int_eq(err.code, BP_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(err.text, "--max-memory"));
    ck_assert_ptr_null(bp_realloc(block, (1 << 20) + 1));
    memset(block, 1, 1 << 19); /* Still whole. */
    bp_free(block);
    block = bp_alloc(1 << 20);
    ck_assert_ptr_nonnull(block);
    bp_free(block);
}
END_TEST

START_TEST(sizes_that_overflow_are_refused)
{
    ck_assert_ptr_null(bp_alloc(SIZE_MAX));
    ck_assert_ptr_null(bp_alloc(SIZE_MAX - 8));
    ck_assert_ptr_null(bp_alloc_zero(SIZE_MAX / 2, 3));
    ck_assert_ptr_null(bp_copy_bytes("x", SIZE_MAX));
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(the_probe_refuses_one_block_or_all_from_it_on)
{
    bp_mem.fail_at = 2;
    char *first = bp_alloc(1), *second = bp_alloc(1), *third = bp_alloc(1);
    ck_assert(first != NULL && second == NULL && third != NULL);
    bp_free(first);
    bp_free(third);
    bp_mem = (bp_mem_probe){.fail_at = 2, .fail_on = true};
    first = bp_alloc(1);
    ck_assert(bp_alloc(1) == NULL && bp_alloc(1) == NULL);
    ck_assert_int_eq(bp_mem.refused, 2);
    bp_free(first);
}
END_TEST

START_TEST(a_refused_buffer_keeps_what_it_had)
{
    bp_buf buf = {0};
    ck_assert(bp_buf_text(&buf, "kept"));
    bp_mem.fail_at = bp_mem.asked + 1;
    bp_mem.fail_on = true;
    char large[500] = {0};
    ck_assert(!bp_buf_add(&buf, large, sizeof large));
    ck_assert(!bp_buf_format(&buf, "%300d", 1));
    ck_assert_str_eq(buf.bytes, "kept");
    ck_assert_uint_eq(buf.length, 4);
    ck_assert(!bp_buf_reserve(&buf, SIZE_MAX - 2));
    bp_mem.fail_at = 0;
    ck_assert(bp_buf_char(&buf, '!') && bp_buf_format(&buf, " %d", 42));
    ck_assert(bp_buf_char(&buf, ' ') && bp_buf_unsigned(&buf, 0) && bp_buf_char(&buf, ' '));
    ck_assert(bp_buf_unsigned(&buf, UINT64_MAX));
    char *text = bp_buf_take(&buf);
    ck_assert_str_eq(text, "kept! 42 0 18446744073709551615");
    ck_assert_ptr_null(buf.bytes);
    bp_free(text);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(taking_an_empty_buffer_gives_an_empty_text)
{
    bp_buf buf = {0};
    char *text = bp_buf_take(&buf);
    ck_assert_str_eq(text, "");
    bp_free(text);
}
END_TEST

START_TEST(pushed_items_are_zero_and_stay)
{
    bp_buf buf = {0};
    for (int i = 0; i < 1000; i++) {
        int *item = bp_buf_push(&buf, sizeof *item);
        ck_assert_int_eq(*item, 0);
        *item = i;
    }
    ck_assert_uint_eq(BP_BUF_COUNT(&buf, int), 1000);
    ck_assert_int_eq(BP_BUF_ITEMS(&buf, int)[777], 777);
    bp_buf_clear(&buf);
}
END_TEST

START_TEST(the_first_failure_is_kept)
{
    bp_error err = {0};
    ck_assert(!bp_fail(&err, BP_ERR_DATA, "a.json:1", "first %d", 1));
    ck_assert(!bp_fail(&err, BP_ERR_SCRIPT, "b.lua:2", "second"));
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    ck_assert_str_eq(err.place, "a.json:1");
    ck_assert_str_eq(err.text, "first 1");
    ck_assert(!bp_fail(NULL, BP_ERR_DATA, NULL, "nobody listens"));
}
END_TEST

START_TEST(a_long_error_is_cut_between_characters)
{
    for (size_t before = 0; before < 4; before++) {
        bp_buf text = {0};
        for (size_t i = 0; i < before; i++)
            ck_assert(bp_buf_char(&text, 'x'));
        for (int i = 0; i < 1500; i++)
            ck_assert(bp_buf_text(&text, "\xe7\xac\xac"));
        bp_error err = {0};
        (void)bp_fail(&err, BP_ERR_DATA, text.bytes, "%s", text.bytes);
        ck_assert_uint_eq((strlen(err.text) - before) % 3, 0);
        ck_assert_uint_ge(strlen(err.text), BP_ERROR_TEXT - 4);
        ck_assert_uint_eq((strlen(err.place) - before) % 3, 0);
        bp_buf_clear(&text);
    }
}
END_TEST

/* DESIGN's table; these numbers never change meaning. */
static const struct {
    bp_code code;
    int exit;
    const char *name;
} codes[] = {
    {BP_OK, 0, "ok"},
    {BP_ERR_USAGE, 64, "usage"},
    {BP_ERR_DATA, 65, "data"},
    {BP_ERR_INPUT, 66, "input"},
    {BP_ERR_NO_DATA, 66, "no-data"},
    {BP_ERR_RESOURCE, 69, "resource"},
    {BP_ERR_INTERNAL, 70, "internal"},
    {BP_ERR_SYSTEM, 71, "system"},
    {BP_ERR_MEMORY, 71, "memory"},
    {BP_ERR_CREATE, 73, "create"},
    {BP_ERR_WRITE, 74, "write"},
    {BP_ERR_BUSY, 75, "busy"},
    {BP_ERR_LIMIT, 76, "limit"},
    {BP_ERR_FORBIDDEN, 77, "forbidden"},
    {BP_ERR_SCRIPT, 78, "script"},
    {BP_ERR_FINDINGS, 79, "findings"},
};

START_TEST(codes_keep_their_meaning)
{
    ck_assert_int_eq(bp_code_exit(codes[_i].code), codes[_i].exit);
    ck_assert_str_eq(bp_code_name(codes[_i].code), codes[_i].name);
}
END_TEST

START_TEST(fault_lists_are_bounded_and_survive_refusal)
{
    bp_faults faults = {0};
    for (int i = 0; i < BP_FAULTS_MOST + 7; i++)
        bp_faults_add(&faults, BP_ERR_DATA, i % 2 ? "x:1" : NULL, "fault %d", i);
    ck_assert_uint_eq(bp_faults_count(&faults), BP_FAULTS_MOST);
    ck_assert_uint_eq(faults.dropped, 7);
    ck_assert_str_eq(bp_faults_at(&faults, 3)->text, "fault 3");
    ck_assert_str_eq(bp_faults_at(&faults, 4)->place, "");
    bp_faults_clear(&faults);
    ck_assert_int_eq(bp_mem.live, 0);
    for (long n = 1; n < 5; n++) {
        bp_mem = (bp_mem_probe){.fail_at = n, .fail_on = true};
        bp_faults_add(&faults, BP_ERR_DATA, "x:1", "some text");
        ck_assert(faults.refused == (bp_mem.refused != 0));
        bp_faults_clear(&faults);
        ck_assert_int_eq(bp_mem.live, 0);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("mem");
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, accounts_are_exact);
    tcase_add_test(tests, the_budget_refuses_and_says_so);
    tcase_add_test(tests, sizes_that_overflow_are_refused);
    tcase_add_test(tests, the_probe_refuses_one_block_or_all_from_it_on);
    tcase_add_test(tests, a_refused_buffer_keeps_what_it_had);
    tcase_add_test(tests, taking_an_empty_buffer_gives_an_empty_text);
    tcase_add_test(tests, pushed_items_are_zero_and_stay);
    tcase_add_test(tests, the_first_failure_is_kept);
    tcase_add_test(tests, a_long_error_is_cut_between_characters);
    tcase_add_loop_test(tests, codes_keep_their_meaning, 0, (int)(sizeof codes / sizeof codes[0]));
    tcase_add_test(tests, fault_lists_are_bounded_and_survive_refusal);
    return run_suite("mem", tests);
}
