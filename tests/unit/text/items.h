/* What the tests of the line breaker share: items made by hand, and choosing lines of a list of
 * them.
 */
#ifndef BP_TESTS_TEXT_ITEMS_H
#define BP_TESTS_TEXT_ITEMS_H

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/linebreak.h"

#define SPACE 4.0

static bp_break_scratch scratch;

static inline bp_break_options options_of(bp_break_mode mode, double width)
{
    return (bp_break_options){
        .width = width, .mode = mode, .tolerance = 200, .zone = width / 4, .last_line = width / 10};
}

/* A word of `width` with a space behind it, whose spaces grow by half and narrow by a quarter. */
static inline bp_break_item word_of(double width)
{
    return (bp_break_item){.advance = width + SPACE,
                           .hang = SPACE,
                           .stretch = SPACE / 2,
                           .shrink = SPACE / 4,
                           .end_stretch = SPACE / 2,
                           .end_shrink = SPACE / 4,
                           .letters = (float)width,
                           .end_letters = 10};
}

/* A part of a word, up to a hyphen of 3 points. */
static inline bp_break_item part_of(double width)
{
    return (bp_break_item){.advance = width,
                           .hyphen = 3,
                           .penalty = 50,
                           .letters = (float)width,
                           .kind = BP_BREAK_HYPHEN,
                           .has_hyphen = true};
}

static inline void number_items(bp_break_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        items[i].end = (uint32_t)i + 1;
}

typedef bool (*divide_function)(void *owner, size_t first, size_t end, const bool *wanted,
                                const bp_break_item **items, size_t *count, bp_error *err);

/* Chooses lines of a list; answers how many, and which item each ends behind. */
static inline size_t choose_of_two(bp_break_item *items, size_t count, divide_function divide,
                                   void *owner, const bp_break_options *options, size_t *ends,
                                   bp_break_work *work)
{
    bp_buf lines = {0};
    bp_error err = {0};
    number_items(items, count);
    bp_break_text text = {.items = items, .count = count, .divide = divide, .owner = owner};
    *work = (bp_break_work){0};
    ck_assert_msg(bp_break_choose(&text, options, &scratch, &lines, work, &err), "%s", err.text);
    size_t line_count = BP_BUF_COUNT(&lines, bp_break_line);
    for (size_t i = 0; i < line_count; i++)
        ends[i] = BP_BUF_ITEMS(&lines, bp_break_line)[i].end;
    ck_assert_uint_eq(ends[line_count - 1], count);
    bp_buf_clear(&lines);
    bp_break_scratch_clear(&scratch);
    ck_assert_int_eq(bp_mem.live, 0);
    return line_count;
}

static inline size_t choose(bp_break_item *items, size_t count, const bp_break_options *options,
                            size_t *ends, bp_break_work *work)
{
    return choose_of_two(items, count, NULL, NULL, options, ends, work);
}

static inline void expect(const size_t *ends, size_t count, const size_t *wanted,
                          size_t wanted_count)
{
    ck_assert_uint_eq(count, wanted_count);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(ends[i] == wanted[i], "line %zu ends behind item %zu, expected %zu", i + 1,
                      ends[i], wanted[i]);
}

#define EXPECT(...)                                                                                \
    expect(ends, count, (const size_t[]){__VA_ARGS__},                                             \
           sizeof((const size_t[]){__VA_ARGS__}) / sizeof(size_t))

static uint32_t seed = 5;

static inline double any(double least, double most)
{
    seed = seed * 1664525u + 1013904223u;
    return least + (most - least) * (seed >> 8) / (double)(1u << 24);
}

static inline int run_suite(const char *name, TCase *tests)
{
    Suite *suite = suite_create(name);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
