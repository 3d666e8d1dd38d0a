/* A table while it is filled. Rows are fed twice: first to find the columns and their types and to
 * count, then to store cells in blocks of just the right size, so that a register of 50,000 rows is
 * a handful of blocks. */
#ifndef BP_DATA_TABLE_H
#define BP_DATA_TABLE_H

#include "data/data_private.h"

typedef enum {
    BP_CELL_RAW,
    BP_CELL_TEXT,
    BP_CELL_NUMBER,
    BP_CELL_BOOLEAN,
    BP_CELL_MAP
} bp_cell_kind;

typedef struct {
    bp_cell_kind
        kind; /* RAW: a CSV field, whose type its column decides. Empty cells are not fed. */
    const char *text; /* RAW, TEXT. */
    size_t length;
    double number; /* NUMBER, BOOLEAN. */
    bp_text map;   /* MAP, in the arena. */
    bp_spot spot;  /* Where it stands, or with `place` in a JSON tree. */
    const bp_place *place;
} bp_cell;

struct bp_table {
    const char *id; /* First, as in every record. */
    bp_text title;
    bp_column *columns;
    size_t column_count, column_capacity;
    bool is_declared;              /* The data file lists the columns. */
    unsigned char *types_declared; /* Beside the columns: which of them have a type; NULL: none. */
    size_t row_count;
    void **cells; /* A block a column: double, signed char (boolean, -1 empty), uint32_t (text,
                     date). */
    char *text;   /* Cells' texts with a NUL each; offset 0 means empty. */
    size_t text_length;
    bp_buf maps; /* Of bp_text; an offset with the top bit set is a number in here. */
    const bp_data *data;
};

typedef struct bp_fill bp_fill;
/* Feeds all rows through bp_fill_row and bp_fill_cell. Called twice with the same rows; the second
 * time only when there was no fault. */
typedef void bp_feeder(bp_fill *fill, void *context);

struct bp_fill {
    bp_loader *loader;
    bp_table *table;
    bool stores;      /* The second time. */
    size_t row_count; /* Rows begun. */
    bp_buf states;    /* Beside the columns: see table.c. */
};

/* Replaces the rows of `table` by those that `feed` gives. Faults are noted; the table is then
 * unchanged. */
void bp_table_fill(bp_loader *loader, bp_table *table, bp_feeder *feed, void *context);

void bp_fill_row(bp_fill *fill);
void bp_fill_cell(bp_fill *fill, size_t column, const bp_cell *cell);
/* The column of this id; `guess` is tried first. Where there is none it is added, unless the
 * columns are declared: that is SIZE_MAX, and no fault yet. */
size_t bp_fill_column(bp_fill *fill, const char *id, size_t length, size_t guess);

#define BP_COLUMNS_MOST 1000

#endif
