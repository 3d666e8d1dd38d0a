/* The pool's cells, and the allocator on them: mem.c is compiled into this program once more, for
 * under the sanitizers that of the library keeps away from the pool. */
#undef BP_SANITIZED
#define bp_mem pooled_mem
#define bp_alloc pooled_alloc
#define bp_alloc_zero pooled_alloc_zero
#define bp_realloc pooled_realloc
#define bp_free pooled_free
#define bp_copy_text pooled_copy_text
#define bp_copy_bytes pooled_copy_bytes
#include "base/mem.c" /* NOLINT(bugprone-suspicious-include) */
#include "suite.h"

START_TEST(a_block_has_room_for_its_size)
{
    size_t before = 0;
    for (size_t size = 0; size <= BP_POOL_MOST; size++) {
        size_t room = bp_pool_room(size), most = size < 1000 ? size + 24 : size + size / 4 + 16;
        if (room < size || room < before || room > most || bp_pool_room(room) != room)
            ck_abort_msg("%zu bytes get %zu", size, room);
        before = room;
    }
}
END_TEST

/* Blocks of every size are alive at once: none touches another, and all come back. */
START_TEST(blocks_are_aligned_and_apart)
{
    enum { COUNT = 3000 };
    static unsigned char *blocks[COUNT];
    static size_t sizes[COUNT];
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            sizes[i] = i % 50 == 0 ? i * 97 % (BP_POOL_MOST + 1) : i * 31 % 1100;
            blocks[i] = bp_pool_take(sizes[i]);
            ck_assert_ptr_nonnull(blocks[i]);
            ck_assert_uint_eq((uintptr_t)blocks[i] % 16, 0);
            memset(blocks[i] - 8, (int)(i % 251), bp_pool_room(sizes[i]) + 8);
        }
        ck_assert_uint_gt(bp_pool_bytes(), 0);
        size_t wrong = 0;
        for (size_t i = 0; i < COUNT; i++)
            for (size_t k = 0; k < bp_pool_room(sizes[i]) + 8; k++)
                wrong += (blocks[i] - 8)[k] != i % 251;
        ck_assert_uint_eq(wrong, 0);
        for (size_t i = 0; i < COUNT; i++)
            bp_pool_give(blocks[i * 7 % COUNT], sizes[i * 7 % COUNT]);
        ck_assert_uint_eq(bp_pool_bytes(), 0);
    }
}
END_TEST

START_TEST(an_ended_block_serves_the_next_of_its_size)
{
    char *kept = bp_pool_take(40), *first = bp_pool_take(40);
    bp_pool_give(first, 40);
    char *second = bp_pool_take(33);
    ck_assert_ptr_eq(second, first);
    bp_pool_give(second, 33);
    bp_pool_give(kept, 40);
}
END_TEST

START_TEST(a_run_of_any_length_needs_what_it_holds)
{
    void *blocks[64] = {0};
    size_t sizes[64] = {0};
    uint32_t random = 1;
    for (int i = 0; i < 200000; i++) {
        random = random * 1664525u + 1013904223u;
        size_t slot = random >> 26, size = (random >> 8) % 3000;
        if (blocks[slot] != NULL)
            bp_pool_give(blocks[slot], sizes[slot]);
        blocks[slot] = bp_pool_take(size);
        sizes[slot] = size;
    }
    ck_assert_uint_le(bp_pool_bytes(), 4u << 20);
    for (size_t i = 0; i < 64; i++)
        if (blocks[i] != NULL)
            bp_pool_give(blocks[i], sizes[i]);
}
END_TEST

/* From each kind of place to each other: another cell, the same one, and blocks of their own. */
START_TEST(growing_and_shrinking_keeps_the_bytes)
{
    static const size_t sizes[] = {0, 1, 8, 24, 25, 1000, 1017, 5000, 32760, 32761, 100000};
    enum { COUNT = sizeof sizes / sizeof sizes[0] };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < COUNT; k++) {
            unsigned char *block = bp_alloc(sizes[i]);
            ck_assert_ptr_nonnull(block);
            memset(block, 0xa5, sizes[i]);
            block = bp_realloc(block, sizes[k]);
            ck_assert_ptr_nonnull(block);
            ck_assert_uint_eq((uintptr_t)block % 16, 0);
            ck_assert_uint_eq(bp_mem.bytes, sizes[k]);
            size_t kept = 0;
            while (kept < sizes[i] && kept < sizes[k] && block[kept] == 0xa5)
                kept++;
            ck_assert_uint_eq(kept, sizes[i] < sizes[k] ? sizes[i] : sizes[k]);
            bp_free(block);
            ck_assert_uint_eq(bp_mem.bytes, 0);
            ck_assert_int_eq(bp_mem.live, 0);
        }
    ck_assert_uint_eq(bp_pool_bytes(), 0);
}
END_TEST

START_TEST(a_refused_change_leaves_the_block)
{
    bp_mem = (bp_mem_probe){.budget = 1000};
    char *block = bp_copy_text("kept");
    ck_assert_ptr_null(bp_realloc(block, 2000));
    ck_assert_str_eq(block, "kept");
    ck_assert_uint_eq(bp_mem.bytes, 5);
    bp_free(block);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("pool");
    tcase_add_test(tests, a_block_has_room_for_its_size);
    tcase_add_test(tests, blocks_are_aligned_and_apart);
    tcase_add_test(tests, an_ended_block_serves_the_next_of_its_size);
    tcase_add_test(tests, a_run_of_any_length_needs_what_it_holds);
    tcase_add_test(tests, growing_and_shrinking_keeps_the_bytes);
    tcase_add_test(tests, a_refused_change_leaves_the_block);
    return run_suite("pool", tests);
}
