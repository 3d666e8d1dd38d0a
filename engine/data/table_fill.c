/* Filling a table: see table.h. The first round stores each cell as the type that all cells of its
 * column so far may have. When a cell breaks that (a name among numbers), what was stored is of no
 * use: the round goes on to find types and faults, and another one stores cells as they are settled
 * then. So an ordinary file is read once. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "data/period.h"
#include "data/table.h"

/* Types a column may still have. */
enum { CAN_NUMBER = 1, CAN_DATE = 2, CAN_BOOLEAN = 4, CAN_TEXT = 8, CAN_ALL = 15 };

typedef struct {
    unsigned can;
    bool is_used;     /* A cell has been seen. */
    bool is_declared; /* Its type is. */
} state;

/* Texts repeat: districts, sectors, common names. A reference to each of the last texts is kept
 * under a hash of it, and one that is met again stands in memory once. */
#define RECENT_MOST 16384

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
static bool is_number(const char *text, size_t length, double *value)
{
    return length <= BP_NUMBER_LENGTH && bp_decimal_read(text, length, value) &&
           fabs(*value) < BP_WHOLE_MOST;
}

/* Which of the types asked for the cell may have. Its number is read with them. */
static unsigned types_of(const bp_cell *cell, unsigned asked, double *number)
{
    unsigned types = 0;
    *number = cell->number;
    switch (cell->kind) {
    case BP_CELL_RAW:
        types = CAN_TEXT;
        if ((asked & CAN_NUMBER) && is_number(cell->text, cell->length, number))
            types |= CAN_NUMBER;
        if ((asked & CAN_BOOLEAN) && is_boolean(cell->text, cell->length)) {
            types |= CAN_BOOLEAN;
            *number = cell->text[0] == 't';
        }
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

static bp_column_type type_of(unsigned can)
{
    return can & CAN_NUMBER    ? BP_COLUMN_NUMBER
           : can & CAN_DATE    ? BP_COLUMN_DATE
           : can & CAN_BOOLEAN ? BP_COLUMN_BOOLEAN
                               : BP_COLUMN_TEXT;
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

static size_t slot_of(const char *text, size_t length)
{
    uint64_t head = 0, tail = 0;
    memcpy(&head, text, length < 8 ? length : 8);
    if (length > 8)
        memcpy(&tail, text + length - 8, 8);
    uint64_t hash = (head ^ length) * 0x9e3779b97f4a7c15u + tail * 0xff51afd7ed558ccdu;
    return (hash ^ hash >> 29) * 0xc4ceb9fe1a85ec53u >> 40 & (RECENT_MOST - 1);
}

/* A reference to the text among those of the table; 0 when memory is refused. */
static uint32_t keep_text(bp_fill *fill, const char *text, size_t length)
{
    bp_buf *texts = &fill->table->text;
    size_t at = texts->length;
    if (length == 0)
        text = ""; /* Nothing may be read at NULL, not even no bytes. */
    uint32_t *recent = &fill->recent[slot_of(text, length)];
    if (*recent != 0 && length < at - *recent &&
        memcmp(texts->bytes + *recent, text, length) == 0 && texts->bytes[*recent + length] == '\0')
        return *recent;
    if (at >= BP_MAP_BIT - 1 - length || !bp_buf_reserve(texts, length + 1))
        return 0;
    (void)bp_buf_add(texts, text, length); /* Fits, with its NUL: room was made. */
    (void)bp_buf_char(texts, '\0');
    *recent = (uint32_t)at;
    return *recent;
}

static uint32_t keep_map(bp_fill *fill, const bp_text *map)
{
    bp_buf *maps = &fill->table->maps;
    uint32_t reference = (uint32_t)BP_BUF_COUNT(maps, bp_text) | BP_MAP_BIT;
    return bp_buf_add(maps, map, sizeof *map) ? reference : 0;
}

static bool store(bp_fill *fill, size_t column, const bp_cell *cell, double number)
{
    bp_table *table = fill->table;
    size_t have = BP_BUF_COUNT(&table->cells, bp_cells), row = fill->row_count - 1;
    if (column >= have &&
        bp_buf_push(&table->cells, (column + 1 - have) * sizeof(bp_cells)) == NULL)
        return false;
    bp_cells *cells = &BP_BUF_ITEMS(&table->cells, bp_cells)[column];
    bp_column_type type = table->columns[column].type;
    if (type == BP_COLUMN_NUMBER || type == BP_COLUMN_BOOLEAN)
        return bp_cells_put_number(cells, row, number);
    uint32_t reference = cell->kind == BP_CELL_MAP ? keep_map(fill, &cell->map)
                                                   : keep_text(fill, cell->text, cell->length);
    return reference != 0 && bp_cells_put_reference(cells, row, reference);
}

/* Makes the type of the column that which its cells may still have. Where another was stored, this
 * round stores no more. */
static void narrow(bp_fill *fill, size_t column, state *has, unsigned can)
{
    bp_column_type type = has->is_declared ? fill->table->columns[column].type : type_of(can);
    if (has->is_used && type != fill->table->columns[column].type)
        fill->round = BP_FILL_TYPES;
    fill->table->columns[column].type = type;
    has->can = can;
    has->is_used = true;
}

void bp_fill_cell(bp_fill *fill, size_t column, const bp_cell *cell)
{
    bp_faults *faults = fill->loader->faults;
    if (faults->refused)
        return;
    state *has = &BP_BUF_ITEMS(&fill->states, state)[column];
    double number;
    unsigned can = types_of(cell, has->can, &number);
    if (can == 0) {
        fault_cell(fill, column, cell, has);
        fill->round = BP_FILL_TYPES;
        return;
    }
    if (fill->round != BP_FILL_AGAIN && (can != has->can || !has->is_used))
        narrow(fill, column, has, can);
    if (fill->round != BP_FILL_TYPES && !store(fill, column, cell, number))
        faults->refused = true;
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

static const unsigned cans[] = {[BP_COLUMN_TEXT] = CAN_TEXT,
                                [BP_COLUMN_NUMBER] = CAN_NUMBER,
                                [BP_COLUMN_DATE] = CAN_DATE,
                                [BP_COLUMN_BOOLEAN] = CAN_BOOLEAN};

static bool begin_states(bp_fill *fill)
{
    const bp_table *table = fill->table;
    for (size_t i = 0; i < table->column_count; i++) {
        state *has = bp_buf_push(&fill->states, sizeof *has);
        if (has == NULL)
            return false;
        has->is_declared = table->types_declared != NULL && table->types_declared[i];
        has->can = has->is_declared ? cans[table->columns[i].type] : CAN_ALL;
        if (!has->is_declared)
            table->columns[i].type = BP_COLUMN_TEXT; /* Where no cell says otherwise. */
    }
    return true;
}

/* In the second round each column has one type, whatever else its cells may be. */
static void begin_again(bp_fill *fill)
{
    bp_table_clear_rows(fill->table);
    memset(fill->recent, 0, RECENT_MOST * sizeof *fill->recent);
    fill->round = BP_FILL_AGAIN;
    fill->row_count = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&fill->states, state); i++)
        BP_BUF_ITEMS(&fill->states, state)[i].can = cans[fill->table->columns[i].type];
}

/* At 0 stands no text, so that 0 can mean an empty cell. */
static bool begin_texts(bp_table *table)
{
    return bp_buf_char(&table->text, '\0');
}

static bool fit(bp_table *table)
{
    bool ok = bp_buf_fit(&table->text) && bp_buf_fit(&table->maps);
    for (size_t i = 0; ok && i < BP_BUF_COUNT(&table->cells, bp_cells); i++)
        ok = bp_cells_fit(&BP_BUF_ITEMS(&table->cells, bp_cells)[i]);
    return ok;
}

static bool hold(bp_data *data, bp_table *table)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&data->tables_held, bp_table *); i++)
        if (BP_BUF_ITEMS(&data->tables_held, bp_table *)[i] == table)
            return true;
    return bp_buf_add(&data->tables_held, &table, sizeof(bp_table *));
}

void bp_table_fill(bp_loader *loader, bp_table *table, bp_feeder *feed, void *context)
{
    bp_fill fill = {.loader = loader, .table = table};
    bp_faults *faults = loader->faults;
    size_t before = bp_faults_count(faults) + faults->dropped;
    bp_table_clear_rows(table);
    if (!table->is_declared) {
        table->columns = NULL;
        table->column_count = table->column_capacity = 0;
    }
    fill.recent = bp_alloc_zero(RECENT_MOST, sizeof *fill.recent);
    bool ok = fill.recent != NULL && hold(loader->data, table) && begin_states(&fill) &&
              begin_texts(table);
    if (ok)
        feed(&fill, context);
    bool has_faults = bp_faults_count(faults) + faults->dropped != before;
    if (ok && fill.round == BP_FILL_TYPES && !has_faults && !faults->refused) {
        begin_again(&fill);
        ok = begin_texts(table);
        if (ok)
            feed(&fill, context);
    }
    if (!ok || (!has_faults && !fit(table)))
        faults->refused = true;
    if (faults->refused || has_faults)
        bp_table_clear_rows(table);
    else
        table->row_count = fill.row_count;
    bp_free(fill.recent);
    bp_buf_clear(&fill.states);
}
