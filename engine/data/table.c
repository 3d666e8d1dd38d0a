/* Tables: see table.h and model.h. */
#include "data/table.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "data/period.h"

/* Types a column may still have. */
enum { CAN_NUMBER = 1, CAN_DATE = 2, CAN_BOOLEAN = 4, CAN_TEXT = 8, CAN_ALL = 15 };

typedef struct {
    unsigned can;
    bool is_used;       /* A cell has been seen. */
    bool is_declared;   /* Its type is. */
    size_t text_length; /* Bytes of its cells, each with a NUL. */
} state;

#define MAP_BIT 0x80000000u

static bool is_date(const char *text, size_t length)
{
    bp_period period;
    return (length == 10 || length == 7) && text[4] == '-' &&
           bp_period_read(text, length, &period) &&
           (period.start.unit == BP_PERIOD_DAY || period.start.unit == BP_PERIOD_MONTH);
}

static bool is_boolean(const char *text, size_t length)
{
    return (length == 4 && memcmp(text, "true", 4) == 0) ||
           (length == 5 && memcmp(text, "false", 5) == 0);
}

/* A number that a double holds as it is written: long digit strings are names (of firms, of
 * accounts), not numbers. */
static bool is_number(const char *text, size_t length)
{
    double value = 0;
    return length <= BP_NUMBER_LENGTH && bp_decimal_read(text, length, &value) &&
           fabs(value) < BP_WHOLE_MOST;
}

static unsigned types_of(const bp_cell *cell, unsigned asked)
{
    unsigned types = 0;
    switch (cell->kind) {
    case BP_CELL_RAW:
        types = CAN_TEXT;
        if ((asked & CAN_NUMBER) && is_number(cell->text, cell->length))
            types |= CAN_NUMBER;
        if ((asked & CAN_BOOLEAN) && is_boolean(cell->text, cell->length))
            types |= CAN_BOOLEAN;
        if ((asked & CAN_DATE) && is_date(cell->text, cell->length))
            types |= CAN_DATE;
        break;
    case BP_CELL_TEXT:
        types = CAN_TEXT;
        if ((asked & CAN_DATE) && is_date(cell->text, cell->length))
            types |= CAN_DATE;
        break;
    case BP_CELL_NUMBER:
        types = CAN_NUMBER;
        break;
    case BP_CELL_BOOLEAN:
        types = CAN_BOOLEAN;
        break;
    case BP_CELL_MAP:
        types = CAN_TEXT;
        break;
    }
    return types & asked;
}

static const char *wanted_name(unsigned can)
{
    return can & CAN_TEXT     ? "a text"
           : can & CAN_NUMBER ? "a number"
           : can & CAN_DATE   ? "a date such as 2022-09-03 or 2022-09"
                              : "true or false";
}

static void fault_cell(bp_fill *fill, size_t column, const bp_cell *cell, const state *has)
{
    const char *wanted = wanted_name(has->can),
               *why = has->is_declared ? "" : " as in the rows before";
    if (cell->place != NULL) {
        bp_place_fault(fill->loader, cell->place, "expected %s%s, found %s", wanted, why,
                       cell->kind == BP_CELL_NUMBER    ? "a number"
                       : cell->kind == BP_CELL_BOOLEAN ? "true or false"
                       : cell->kind == BP_CELL_MAP     ? "a map of texts"
                                                       : "a string");
        return;
    }
    bp_origin origin = {{fill->loader->file, (int)cell->spot.line, (int)cell->spot.column},
                        fill->table->columns[column].id,
                        fill->loader->input};
    if (cell->kind == BP_CELL_RAW || cell->kind == BP_CELL_TEXT)
        bp_origin_fault(fill->loader, &origin, NULL, "expected %s%s, found \"%.*s\"", wanted, why,
                        (int)(cell->length > 60 ? 60 : cell->length), cell->text);
    else
        bp_origin_fault(fill->loader, &origin, NULL, "expected %s%s, found %s", wanted, why,
                        cell->kind == BP_CELL_NUMBER    ? "a number"
                        : cell->kind == BP_CELL_BOOLEAN ? "true or false"
                                                        : "a map of texts");
}

void bp_fill_row(bp_fill *fill)
{
    fill->row_count++;
}

static void store(bp_fill *fill, size_t column, const bp_cell *cell)
{
    bp_table *table = fill->table;
    size_t row = fill->row_count - 1;
    uint32_t offset = (uint32_t)table->text_length;
    double number = cell->number;
    switch (table->columns[column].type) {
    case BP_COLUMN_NUMBER:
        if (cell->kind == BP_CELL_RAW)
            (void)bp_decimal_read(cell->text, cell->length, &number);
        ((double *)table->cells[column])[row] = number;
        break;
    case BP_COLUMN_BOOLEAN:
        ((signed char *)table->cells[column])[row] =
            cell->kind == BP_CELL_RAW ? cell->text[0] == 't' : number != 0;
        break;
    default:
        if (cell->kind == BP_CELL_MAP) {
            offset = (uint32_t)BP_BUF_COUNT(&table->maps, bp_text) | MAP_BIT;
            if (!bp_buf_add(&table->maps, &cell->map, sizeof cell->map))
                fill->loader->faults->refused = true;
        } else {
            if (cell->length != 0)
                memcpy(table->text + offset, cell->text, cell->length);
            table->text[offset + cell->length] = '\0';
            table->text_length += cell->length + 1;
        }
        ((uint32_t *)table->cells[column])[row] = offset;
    }
}

void bp_fill_cell(bp_fill *fill, size_t column, const bp_cell *cell)
{
    if (fill->loader->faults->refused)
        return;
    if (fill->stores) {
        store(fill, column, cell);
        return;
    }
    state *has = &BP_BUF_ITEMS(&fill->states, state)[column];
    unsigned can = types_of(cell, has->can);
    if (can == 0)
        fault_cell(fill, column, cell, has);
    else
        has->can = can;
    has->is_used = true;
    if (cell->kind != BP_CELL_MAP)
        has->text_length += cell->length + 1;
}

size_t bp_fill_column(bp_fill *fill, const char *id, size_t length, size_t guess)
{
    bp_table *table = fill->table;
    if (guess < table->column_count && strncmp(table->columns[guess].id, id, length) == 0 &&
        table->columns[guess].id[length] == '\0')
        return guess;
    for (size_t i = 0; i < table->column_count; i++)
        if (strncmp(table->columns[i].id, id, length) == 0 && table->columns[i].id[length] == '\0')
            return i;
    if (table->is_declared || table->column_count >= BP_COLUMNS_MOST)
        return SIZE_MAX;
    bp_column *column =
        bp_arena_push(&fill->loader->data->arena, &table->columns, &table->column_count,
                      &table->column_capacity, sizeof *column);
    state *has = column ? bp_buf_push(&fill->states, sizeof *has) : NULL;
    if (has == NULL) {
        if (column != NULL)
            table->column_count--;
        fill->loader->faults->refused = true;
        return SIZE_MAX;
    }
    has->can = CAN_ALL;
    column->id = bp_loader_text(fill->loader, id, length);
    return table->column_count - 1;
}

static size_t cell_size(bp_column_type type)
{
    return type == BP_COLUMN_NUMBER    ? sizeof(double)
           : type == BP_COLUMN_BOOLEAN ? 1
                                       : sizeof(uint32_t);
}

static void clear_cells(bp_table *table)
{
    for (size_t i = 0; table->cells != NULL && i < table->column_count; i++)
        bp_free(table->cells[i]);
    bp_free(table->cells);
    table->cells = NULL;
    bp_free(table->text);
    table->text = NULL;
    bp_buf_clear(&table->maps);
    table->row_count = 0;
}

void bp_table_free(bp_table *table)
{
    clear_cells(table);
}

/* Blocks for all cells, all empty, and for their texts: offset 0 is taken, so that it can mean
 * empty. */
static bool make_cells(bp_table *table, size_t rows, const bp_buf *states)
{
    size_t text_length = 1;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].type == BP_COLUMN_TEXT || table->columns[i].type == BP_COLUMN_DATE)
            text_length += BP_BUF_ITEMS(states, state)[i].text_length;
    table->cells =
        bp_alloc_zero(table->column_count ? table->column_count : 1, sizeof *table->cells);
    table->text = bp_alloc_zero(1, text_length);
    table->text_length = 1;
    if (table->cells == NULL || table->text == NULL)
        return false;
    for (size_t i = 0; i < table->column_count; i++) {
        bp_column_type type = table->columns[i].type;
        table->cells[i] = bp_alloc_zero(rows ? rows : 1, cell_size(type));
        if (table->cells[i] == NULL)
            return false;
        for (size_t row = 0; row < rows && type == BP_COLUMN_NUMBER; row++)
            ((double *)table->cells[i])[row] =
                NAN; /* No number read is one, so it can mean empty. */
        if (type == BP_COLUMN_BOOLEAN)
            memset(table->cells[i], -1, rows);
    }
    return true;
}

static void settle_types(bp_fill *fill)
{
    for (size_t i = 0; i < fill->table->column_count; i++) {
        const state *has = &BP_BUF_ITEMS(&fill->states, state)[i];
        if (has->is_declared)
            continue;
        fill->table->columns[i].type = !has->is_used            ? BP_COLUMN_TEXT
                                       : has->can & CAN_NUMBER  ? BP_COLUMN_NUMBER
                                       : has->can & CAN_DATE    ? BP_COLUMN_DATE
                                       : has->can & CAN_BOOLEAN ? BP_COLUMN_BOOLEAN
                                                                : BP_COLUMN_TEXT;
    }
}

static bool begin_states(bp_fill *fill)
{
    static const unsigned cans[] = {[BP_COLUMN_TEXT] = CAN_TEXT,
                                    [BP_COLUMN_NUMBER] = CAN_NUMBER,
                                    [BP_COLUMN_DATE] = CAN_DATE,
                                    [BP_COLUMN_BOOLEAN] = CAN_BOOLEAN};
    const bp_table *table = fill->table;
    for (size_t i = 0; i < table->column_count; i++) {
        state *has = bp_buf_push(&fill->states, sizeof *has);
        if (has == NULL)
            return false;
        has->is_declared = table->types_declared != NULL && table->types_declared[i];
        has->can = has->is_declared ? cans[table->columns[i].type] : CAN_ALL;
    }
    return true;
}

void bp_table_fill(bp_loader *loader, bp_table *table, bp_feeder *feed, void *context)
{
    bp_fill fill = {.loader = loader, .table = table};
    size_t faults = bp_faults_count(loader->faults) + loader->faults->dropped;
    clear_cells(table);
    if (!table->is_declared) {
        table->columns = NULL;
        table->column_count = table->column_capacity = 0;
    }
    bool is_held = false;
    for (size_t i = 0; i < BP_BUF_COUNT(&loader->data->tables_held, bp_table *); i++)
        is_held = is_held || BP_BUF_ITEMS(&loader->data->tables_held, bp_table *)[i] == table;
    if (!is_held && !bp_buf_add(&loader->data->tables_held, &table, sizeof(bp_table *)))
        goto refused;
    if (!begin_states(&fill))
        goto refused;
    feed(&fill, context);
    if (loader->faults->refused ||
        bp_faults_count(loader->faults) + loader->faults->dropped != faults)
        goto done;
    settle_types(&fill);
    size_t rows = fill.row_count;
    if (!make_cells(table, rows, &fill.states))
        goto refused;
    fill.stores = true;
    fill.row_count = 0;
    feed(&fill, context);
    table->row_count = rows;
    goto done;
refused:
    loader->faults->refused = true;
done:
    bp_buf_clear(&fill.states);
}

const char *bp_table_id(const bp_table *table)
{
    return table->id;
}

bp_text bp_table_title(const bp_table *table)
{
    return table->title;
}

size_t bp_table_row_count(const bp_table *table)
{
    return table->row_count;
}

size_t bp_table_column_count(const bp_table *table)
{
    return table->column_count;
}

const bp_column *bp_table_column(const bp_table *table, size_t column)
{
    return column < table->column_count ? &table->columns[column] : NULL;
}

bool bp_table_cell(const bp_table *table, size_t row, size_t column, const char *language,
                   const char **text, double *number)
{
    if (row >= table->row_count || column >= table->column_count)
        return false;
    const void *cells = table->cells[column];
    double value = 0;
    switch (table->columns[column].type) {
    case BP_COLUMN_NUMBER:
        value = ((const double *)cells)[row];
        if (isnan(value))
            return false;
        break;
    case BP_COLUMN_BOOLEAN:
        value = ((const signed char *)cells)[row];
        if (value < 0)
            return false;
        break;
    default: {
        uint32_t offset = ((const uint32_t *)cells)[row];
        if (offset == 0)
            return false;
        if (text != NULL)
            *text =
                offset & MAP_BIT
                    ? bp_text_in(table->data,
                                 BP_BUF_ITEMS(&table->maps, bp_text)[offset & ~MAP_BIT], language)
                    : table->text + offset;
        return true;
    }
    }
    if (number != NULL)
        *number = value;
    return true;
}
