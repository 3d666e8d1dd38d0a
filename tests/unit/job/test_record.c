/* The worker's answer: what was put comes back, and no bytes whatever make the reader stumble. */
#include <stdint.h>
#include <string.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "job/job_private.h"

static bp_buf make(void)
{
    bp_error failure = {0};
    bp_faults findings = {0};
    bp_buf record = {0};
    (void)bp_fail(&failure, BP_ERR_SCRIPT, "a.lua:3", "no such block \"x\"");
    strcpy(failure.excerpt, "    3 | x()");
    strcpy(failure.trace, "stack traceback:\n\ta.lua:3");
    bp_faults_add(&findings, BP_ERR_DATA, "d.json:1:2", "a fault");
    bp_faults_add(&findings, BP_OK, "", "a warning");
    findings.dropped = 5;
    bp_job_result result = {.pages = 9, .bytes = 1234, .peak_bytes = 77};
    result.phases[BP_PHASE_SAVE] = 42;
    ck_assert(bp_record_put(&record, &failure, &result, &findings));
    bp_faults_clear(&findings);
    return record;
}

START_TEST(an_answer_comes_back_whole)
{
    bp_buf record = make();
    bp_error failure;
    bp_job_result result = {0};
    bp_faults findings = {0};
    ck_assert_uint_eq(bp_record_length(record.bytes, 15), 0);
    ck_assert_uint_eq(bp_record_length(record.bytes, 16), record.length);
    ck_assert(bp_record_read(record.bytes, record.length, &failure, &result, &findings));
    ck_assert_int_eq(failure.code, BP_ERR_SCRIPT);
    ck_assert_str_eq(failure.place, "a.lua:3");
    ck_assert_str_eq(failure.excerpt, "    3 | x()");
    ck_assert_str_eq(failure.trace, "stack traceback:\n\ta.lua:3");
    ck_assert_uint_eq(result.pages, 9);
    ck_assert_uint_eq(result.bytes, 1234);
    ck_assert_uint_eq(result.phases[BP_PHASE_SAVE], 42);
    ck_assert_uint_eq(bp_faults_count(&findings), 2);
    ck_assert_uint_eq(findings.dropped, 5);
    ck_assert_str_eq(bp_faults_at(&findings, 0)->place, "d.json:1:2");
    bp_faults_clear(&findings);
    bp_buf_clear(&record);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_cut_answer_is_void)
{
    bp_buf record = make();
    for (size_t length = 0; length < record.length; length++) {
        bp_error failure = {0};
        bp_job_result result = {0};
        bp_faults findings = {0};
        char *exact =
            bp_copy_bytes(record.bytes, length); /* So that a sanitizer sees a read beyond. */
        ck_assert(!bp_record_read(exact, length, &failure, &result, &findings));
        ck_assert_int_eq(failure.code, BP_OK);
        bp_free(exact);
        bp_faults_clear(&findings);
    }
    bp_buf_clear(&record);
}
END_TEST

START_TEST(no_changed_byte_makes_the_reader_stumble)
{
    static const unsigned char values[] = {0, 1, 0x7f, 0x80, 0xff};
    bp_buf record = make();
    size_t refused = 0;
    for (size_t at = 0; at < record.length; at++)
        for (size_t i = 0; i < sizeof values; i++) {
            char kept = record.bytes[at];
            record.bytes[at] = (char)values[i];
            bp_error failure = {0};
            bp_job_result result = {0};
            bp_faults findings = {0};
            if (!bp_record_read(record.bytes, record.length, &failure, &result, &findings))
                refused++;
            ck_assert(failure.code <= BP_ERR_FINDINGS);
            ck_assert_ptr_nonnull(memchr(failure.text, '\0', sizeof failure.text));
            ck_assert_uint_le(bp_record_length(record.bytes, record.length), BP_RECORD_MOST);
            bp_faults_clear(&findings);
            record.bytes[at] = kept;
        }
    ck_assert_uint_gt(refused, 100);
    bp_buf_clear(&record);
}
END_TEST

START_TEST(texts_lose_control_characters_and_length)
{
    bp_error failure = {0}, told;
    bp_faults findings = {0}, back = {0};
    bp_job_result result = {0};
    bp_buf record = {0}, large = {0};
    (void)bp_fail(&failure, BP_ERR_SCRIPT, NULL, "\033[2Jgone\nnext");
    while (large.length < 100000)
        ck_assert(bp_buf_text(&large, "\xe4\xb8\xad"));
    bp_faults_add(&findings, BP_OK, large.bytes, "%s", large.bytes);
    ck_assert(bp_record_put(&record, &failure, &result, &findings));
    ck_assert(bp_record_read(record.bytes, record.length, &told, &result, &back));
    ck_assert_str_eq(told.text, "?[2Jgone\nnext");
    ck_assert_uint_le(strlen(bp_faults_at(&back, 0)->text), 4096);
    ck_assert_uint_eq(strlen(bp_faults_at(&back, 0)->text) % 3, 0);
    ck_assert_uint_lt(strlen(bp_faults_at(&back, 0)->place), BP_ERROR_PLACE);
    bp_faults_clear(&back);
    bp_faults_clear(&findings);
    bp_buf_clear(&large);
    bp_buf_clear(&record);
}
END_TEST

START_TEST(the_files_that_were_read_come_back_and_are_not_trusted)
{
    static const char paths[] = "/a/layout.lua\0/a/data.json"; /* Each ended by a NUL. */
    bp_error failure = {0};
    bp_faults findings = {0};
    bp_buf files = {0}, back = {0}, record = {0};
    ck_assert(bp_buf_add(&files, paths, sizeof paths));
    bp_job_result result = {.files = &files}, told = {.files = &back};
    ck_assert(bp_record_put(&record, &failure, &result, &findings));
    ck_assert(bp_record_read(record.bytes, record.length, &failure, &told, &findings));
    ck_assert_uint_eq(back.length, sizeof paths);
    ck_assert_int_eq(memcmp(back.bytes, paths, sizeof paths), 0);
    ck_assert_ptr_eq(told.files, &back);
    told.files = NULL; /* Nobody asks. */
    ck_assert(bp_record_read(record.bytes, record.length, &failure, &told, &findings));
    /* A last path that does not end would be read beyond. */
    char *last = memmem(record.bytes, record.length, "data.json", 10);
    ck_assert_ptr_nonnull(last);
    last[9] = 'x';
    ck_assert(!bp_record_read(record.bytes, record.length, &failure, &told, &findings));
    bp_buf_clear(&files);
    bp_buf_clear(&back);
    bp_buf_clear(&record);
}
END_TEST

START_TEST(an_error_is_told_when_there_is_no_more_memory)
{
    bp_error failure = {0}, told;
    bp_faults findings = {0}, back = {0};
    bp_job_result result = {0};
    bp_buf record = {0};
    for (int i = 0; i < BP_FAULTS_MOST; i++)
        bp_faults_add(&findings, BP_ERR_DATA, "d.json:1:2", "%0200d", i);
    (void)bp_fail(&failure, BP_ERR_MEMORY, NULL, "out of memory");
    ck_assert(bp_buf_reserve(&record, BP_RECORD_RESERVED));
    bp_mem.fail_at = bp_mem.asked + 1;
    bp_mem.fail_on = true;
    ck_assert(bp_record_put(&record, &failure, &result, &findings));
    bp_mem = (bp_mem_probe){.live = bp_mem.live, .bytes = bp_mem.bytes};
    ck_assert(bp_record_read(record.bytes, record.length, &told, &result, &back));
    ck_assert_int_eq(told.code, BP_ERR_MEMORY);
    ck_assert(back.refused);
    ck_assert_uint_gt(bp_faults_count(&back), 10);
    ck_assert_uint_eq(bp_faults_count(&back) + back.dropped, BP_FAULTS_MOST);
    bp_faults_clear(&back);
    bp_faults_clear(&findings);
    bp_buf_clear(&record);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("record");
    tcase_add_test(tests, an_answer_comes_back_whole);
    tcase_add_test(tests, a_cut_answer_is_void);
    tcase_add_test(tests, no_changed_byte_makes_the_reader_stumble);
    tcase_add_test(tests, texts_lose_control_characters_and_length);
    tcase_add_test(tests, the_files_that_were_read_come_back_and_are_not_trusted);
    tcase_add_test(tests, an_error_is_told_when_there_is_no_more_memory);
    return run_suite("record", tests);
}
