/* The sidecar: what is written comes back, and nothing else is taken for it. */
#include <stdint.h>
#include <string.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "job/state.h"

static const char *const odd_paths[] = {"/a b/\"quoted\"\\.lua", "/\xe5\x8c\x97\xe4\xba\xac/x",
                                        "/not\xff\xfe utf8\x80", "/line\nbreak\ttab\x7f", "/"};

static bp_state make(void)
{
    bp_state state = {.seen = INT64_MAX, .fresh_until = -5};
    ck_assert(bp_buf_text(&state.program, "briefpress 1\nbuild ab\n"));
    memset(state.options, 'a', BP_PRINT_SIZE - 1);
    memset(state.inputs, '7', BP_PRINT_SIZE - 1);
    state.pdf.has_hash = true;
    state.pdf.mark = (bp_file_mark){UINT64_MAX, 1, 2, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < sizeof odd_paths / sizeof *odd_paths; i++) {
        bp_read read = {.kind = (bp_read_kind)(i % BP_READ_KINDS),
                        .has_hash = i % 2 == 0,
                        .mark = {.size = i, .modified = -1},
                        .path = (char *)(uintptr_t)odd_paths[i]};
        memset(read.hash, (int)(read.has_hash ? 0xf0 + i : 0), sizeof read.hash);
        ck_assert(bp_reads_add(&state.reads, &read));
    }
    return state;
}

START_TEST(what_is_written_comes_back)
{
    bp_state state = make(), back;
    bp_buf text = {0}, again = {0};
    ck_assert(bp_state_put(&state, &text));
    ck_assert(bp_state_take(text.bytes, text.length, &back));
    ck_assert(bp_state_put(&back, &again));
    ck_assert_str_eq(again.bytes, text.bytes);
    ck_assert_uint_eq(bp_reads_count(&back.reads), bp_reads_count(&state.reads));
    for (size_t i = 0; i < bp_reads_count(&back.reads); i++) {
        const bp_read *one = bp_reads_at(&state.reads, i), *other = bp_reads_at(&back.reads, i);
        ck_assert_str_eq(one->path, other->path);
        ck_assert_int_eq(one->kind, other->kind);
        ck_assert(bp_file_mark_equal(&one->mark, &other->mark));
        ck_assert_mem_eq(one->hash, other->hash, sizeof one->hash);
    }
    ck_assert_int_eq(back.seen, INT64_MAX);
    ck_assert_int_eq(back.fresh_until, -5);
    bp_buf_clear(&again);
    bp_buf_clear(&text);
    bp_state_clear(&back);
    bp_state_clear(&state);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(nothing_cut_or_changed_makes_the_reader_stumble)
{
    static const char values[] = {0, '"', '9', '\\', (char)0xff};
    bp_state state = make(), back;
    bp_buf text = {0};
    ck_assert(bp_state_put(&state, &text));
    for (size_t length = 0; length < text.length; length++) {
        char *exact = bp_copy_bytes(text.bytes, length);
        ck_assert(!bp_state_take(exact, length, &back));
        bp_free(exact);
    }
    for (size_t at = 0; at < text.length; at++)
        for (size_t i = 0; i < sizeof values; i++) {
            char kept = text.bytes[at];
            text.bytes[at] = values[i];
            if (bp_state_take(text.bytes, text.length, &back))
                bp_state_clear(&back);
            text.bytes[at] = kept;
        }
    bp_buf_clear(&text);
    bp_state_clear(&state);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(refused_memory_is_no_state)
{
    bp_state state = make(), back;
    bp_buf text = {0};
    ck_assert(bp_state_put(&state, &text));
    long live = bp_mem.live;
    for (long n = 1;; n++) {
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bool ok = bp_state_take(text.bytes, text.length, &back);
        bp_mem.fail_at = 0;
        ck_assert(ok == (bp_mem.refused == 0));
        if (ok)
            bp_state_clear(&back);
        ck_assert_int_eq(bp_mem.live, live);
        if (ok)
            break;
    }
    bp_buf_clear(&text);
    bp_state_clear(&state);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("state");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, what_is_written_comes_back);
    tcase_add_test(tests, nothing_cut_or_changed_makes_the_reader_stumble);
    tcase_add_test(tests, refused_memory_is_no_state);
    return run_suite("state", tests);
}
