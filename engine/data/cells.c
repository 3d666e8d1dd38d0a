/* Cells of a column: see cells.h. The smallest whole number of each width means empty, and so does
 * NaN among doubles, for no number that is read is one. */
#include "data/cells.h"

#include <math.h>
#include <string.h>

#define DOUBLE_WIDTH 8
#define DECIMALS_MOST 6

static const double powers[DECIMALS_MOST + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

void bp_cells_clear(bp_cells *cells)
{
    bp_buf_clear(&cells->items);
    *cells = (bp_cells){0};
}

bool bp_cells_fit(bp_cells *cells)
{
    return bp_buf_fit(&cells->items);
}

static size_t count_of(const bp_cells *cells)
{
    return cells->width == 0 ? 0 : cells->items.length / cells->width;
}

static int32_t most_of(unsigned width)
{
    return width == 1 ? INT8_MAX : width == 2 ? INT16_MAX : INT32_MAX;
}

/* The whole number of a cell; INT32_MIN where it is empty. */
static int32_t whole_at(const bp_cells *cells, size_t row)
{
    switch (cells->width) {
    case 1: {
        int8_t value = BP_BUF_ITEMS(&cells->items, int8_t)[row];
        return value == INT8_MIN ? INT32_MIN : value;
    }
    case 2: {
        int16_t value = BP_BUF_ITEMS(&cells->items, int16_t)[row];
        return value == INT16_MIN ? INT32_MIN : value;
    }
    default:
        return BP_BUF_ITEMS(&cells->items, int32_t)[row];
    }
}

bool bp_cells_number(const bp_cells *cells, size_t row, double *value)
{
    if (row >= count_of(cells))
        return false;
    if (cells->width == DOUBLE_WIDTH) {
        *value = BP_BUF_ITEMS(&cells->items, double)[row];
        return !isnan(*value);
    }
    int32_t whole = whole_at(cells, row);
    /* Dividing is exact where multiplying by 0.1 is not. */
    *value = cells->decimals == 0 ? whole : whole / powers[cells->decimals];
    return whole != INT32_MIN;
}

uint32_t bp_cells_reference(const bp_cells *cells, size_t row)
{
    return row < count_of(cells) ? BP_BUF_ITEMS(&cells->items, uint32_t)[row] : 0;
}

/* Adds a cell that holds a whole number (INT32_MIN: empty) or, where cells are doubles, `value`.
 * There is room for it. */
static void add(bp_cells *cells, int32_t whole, double value)
{
    void *at = cells->items.bytes + cells->items.length;
    if (cells->width == 1)
        *(int8_t *)at = whole == INT32_MIN ? INT8_MIN : (int8_t)whole;
    else if (cells->width == 2)
        *(int16_t *)at = whole == INT32_MIN ? INT16_MIN : (int16_t)whole;
    else if (cells->width == 4)
        *(int32_t *)at = whole;
    else
        *(double *)at = value;
    cells->items.length += cells->width;
}

/* Makes room for the cell of `row` and fills up with empty ones before it. */
static bool reach(bp_cells *cells, size_t row)
{
    size_t count = count_of(cells), more = row + 1 - count;
    if (more > PTRDIFF_MAX / DOUBLE_WIDTH)
        return false;
    /* Asked here, so that a cell for which there is room costs no call. */
    if (cells->items.capacity - cells->items.length <= more * cells->width &&
        !bp_buf_reserve(&cells->items, more * cells->width))
        return false;
    for (; count < row; count++)
        add(cells, INT32_MIN, NAN);
    return true;
}

/* Copies all cells into those of another width and number of decimals, which holds each of them. */
static bool repack(bp_cells *cells, unsigned width, unsigned decimals)
{
    bp_cells next = {.width = (unsigned char)width, .decimals = (unsigned char)decimals};
    size_t count = count_of(cells);
    if (!bp_buf_reserve(&next.items, (count + 1) * width)) /* And the one that asks for it. */
        return false;
    for (size_t row = 0; row < count; row++) {
        double value = NAN;
        bool is_there = bp_cells_number(cells, row, &value);
        int32_t whole = INT32_MIN;
        if (is_there && width != DOUBLE_WIDTH)
            whole = (int32_t)lround(value * powers[decimals]);
        add(&next, whole, is_there ? value : NAN);
    }
    bp_buf_clear(&cells->items);
    *cells = next;
    return true;
}

/* The whole number that stands for `value`; INT32_MIN where none gives exactly it. */
static int32_t whole_of(double value, unsigned decimals)
{
    double scaled = value * powers[decimals];
    if (!(fabs(scaled) <= INT32_MAX) || (value == 0 && signbit(value)))
        return INT32_MIN;
    int32_t whole = (int32_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    return whole / powers[decimals] == value ? whole : INT32_MIN;
}

/* The largest whole number among the cells, whatever its sign. */
static double largest_of(const bp_cells *cells)
{
    int32_t most = 0;
    size_t count = count_of(cells);
    for (size_t row = 0; row < count; row++) {
        int32_t whole = whole_at(cells, row);
        if (whole != INT32_MIN && (whole > most || whole < -most))
            most = whole < 0 ? -whole : whole;
    }
    return most;
}

/* Makes the cells such that `value` fits in, and answers its whole number; INT32_MIN where they
 * have become doubles, or with `*is_refused`. */
static int32_t make_fit(bp_cells *cells, double value, bool *is_refused)
{
    unsigned decimals = cells->decimals, width = cells->width;
    int32_t whole = whole_of(value, decimals);
    while (whole == INT32_MIN && decimals < DECIMALS_MOST)
        whole = whole_of(value, ++decimals);
    double most = whole < 0 ? -(double)whole : whole;
    if (decimals != cells->decimals)
        most = fmax(most, largest_of(cells) * powers[decimals - cells->decimals]);
    while (most > most_of(width) && width < 4)
        width *= 2;
    if (most > most_of(width)) { /* Also where no whole number stands for it. */
        *is_refused = !repack(cells, DOUBLE_WIDTH, 0);
        return INT32_MIN;
    }
    *is_refused = !repack(cells, width, decimals);
    return whole;
}

bool bp_cells_put_number(bp_cells *cells, size_t row, double value)
{
    if (row < count_of(cells))
        return true;
    if (cells->width == 0)
        cells->width = 1;
    int32_t whole = INT32_MIN;
    if (cells->width != DOUBLE_WIDTH) {
        whole = whole_of(value, cells->decimals);
        int32_t most = most_of(cells->width);
        bool is_refused = false;
        if (whole > most || whole < -most)
            whole = make_fit(cells, value, &is_refused);
        if (is_refused)
            return false;
    }
    if (!reach(cells, row))
        return false;
    add(cells, whole, value);
    return true;
}

bool bp_cells_put_reference(bp_cells *cells, size_t row, uint32_t reference)
{
    size_t count = count_of(cells);
    if (row < count)
        return true;
    cells->width = sizeof reference;
    if (row > count && bp_buf_push(&cells->items, (row - count) * sizeof reference) == NULL)
        return false;
    if (!reach(cells, row))
        return false;
    add(cells, (int32_t)reference, 0);
    return true;
}
