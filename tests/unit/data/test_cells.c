/* Cells of a column: every number comes back as exactly the double it was, in as few bytes as that
 * takes, whatever came before it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "data/cells.h"

#define NONE NAN /* An empty cell. */

static const struct {
    unsigned width; /* In the end. */
    size_t count;
    double values[8];
} columns[] = {
    {1, 4, {0, 127, -127, 5}},
    {2, 3, {1, 128, -3}},
    {2, 3, {1, -128, -3}}, /* The smallest of a byte means empty. */
    {2, 4, {1992, NONE, 2022, 2000}},
    {4, 3, {1, 32768, 2}},
    {4, 3, {2147483647, -2147483647, NONE}},
    {8, 3, {1, 2147483648.0, 2}},
    {1, 3, {1.5, 2, -12.7}},
    {2, 3, {3, 1.25, 0.5}},
    {2, 3, {1.1, 3276.7, 0.3}},
    {4, 4, {3276.8, 0.01, 5, 149997.9}},
    {4, 3, {31.230416, 121.473701, NONE}},
    {8, 3, {1, 2, 31.2304161}},
    {8, 3, {300000000, 0.5, 0.25}}, /* Whole numbers that are too large as hundredths. */
    {8, 2, {1, -0.0}},
    {8, 4, {NONE, 1e-9, 1e15, 0.1}},
    {8, 3, {9007199254740991.0, 1, NONE}},
    {1, 5, {NONE, NONE, NONE, 7, NONE}},
};

START_TEST(numbers_come_back_exactly_and_stay_small)
{
    bp_cells cells = {0};
    for (size_t row = 0; row < columns[_i].count; row++)
        if (!isnan(columns[_i].values[row]))
            ck_assert(bp_cells_put_number(&cells, row, columns[_i].values[row]));
    ck_assert(bp_cells_fit(&cells));
    for (size_t row = 0; row < 9; row++) {
        double wanted = row < columns[_i].count ? columns[_i].values[row] : NONE, value = 0;
        ck_assert(bp_cells_number(&cells, row, &value) == !isnan(wanted));
        if (!isnan(wanted))
            ck_assert_mem_eq(&value, &wanted, sizeof value);
    }
    ck_assert_uint_eq(cells.width, columns[_i].width);
    bp_cells_clear(&cells);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* Columns of every kind by chance: prices, counts, rates, and now and then a stray one. */
START_TEST(any_numbers_in_any_order_come_back)
{
    srand((unsigned)_i);
    double *given = calloc(3000, sizeof *given);
    ck_assert_ptr_nonnull(given);
    bp_cells cells = {0};
    for (size_t row = 0; row < 3000; row++) {
        double whole = rand() % (1 << _i % 31) - (_i % 3) * 100;
        given[row] = rand() % 10 == 0 ? NONE : whole / pow(10, rand() % (1 + _i % 5));
        if (rand() % 1000 == 0)
            given[row] = whole * 1.000001;
        if (!isnan(given[row]))
            ck_assert(bp_cells_put_number(&cells, row, given[row]));
    }
    for (size_t row = 0; row < 3000; row++) {
        double value = 0;
        ck_assert(bp_cells_number(&cells, row, &value) == !isnan(given[row]));
        if (!isnan(given[row]))
            ck_assert_mem_eq(&value, &given[row], sizeof value);
    }
    bp_cells_clear(&cells);
    free(given);
}
END_TEST

START_TEST(references_and_what_is_passed_over)
{
    bp_cells cells = {0};
    ck_assert_uint_eq(bp_cells_reference(&cells, 0), 0);
    ck_assert(bp_cells_put_reference(&cells, 2, 7) &&
              bp_cells_put_reference(&cells, 3, UINT32_MAX) &&
              bp_cells_put_reference(&cells, 3, 9)); /* Of two the first stays. */
    ck_assert_uint_eq(bp_cells_reference(&cells, 0), 0);
    ck_assert_uint_eq(bp_cells_reference(&cells, 2), 7);
    ck_assert_uint_eq(bp_cells_reference(&cells, 3), UINT32_MAX);
    ck_assert_uint_eq(bp_cells_reference(&cells, 4), 0);
    bp_cells_clear(&cells);
}
END_TEST

START_TEST(refused_memory_changes_no_cell)
{
    static const double values[] = {1, 300, 0.5, 70000, 1e-9, 5};
    for (long n = 1; n < 20; n++) {
        bp_cells cells = {0};
        bp_mem = (bp_mem_probe){.fail_at = n};
        size_t row = 0;
        while (row < 6 && bp_cells_put_number(&cells, row * 20, values[row]))
            row++;
        bp_mem.fail_at = 0;
        for (size_t i = 0; i < row; i++) {
            double value = 0;
            ck_assert(bp_cells_number(&cells, i * 20, &value));
            ck_assert_double_eq(value, values[i]);
        }
        double value = 0;
        ck_assert(!bp_cells_number(&cells, row * 20, &value));
        bp_cells_clear(&cells);
        ck_assert_int_eq(bp_mem.live, 0);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("cells");
    tcase_add_loop_test(tests, numbers_come_back_exactly_and_stay_small, 0,
                        (int)(sizeof columns / sizeof columns[0]));
    tcase_add_loop_test(tests, any_numbers_in_any_order_come_back, 0, 120);
    tcase_add_test(tests, references_and_what_is_passed_over);
    tcase_add_test(tests, refused_memory_changes_no_cell);
    return run_suite("cells", tests);
}
