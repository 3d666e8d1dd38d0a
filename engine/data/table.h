/* A table, and how it is filled. Cells are stored as they come, each column as the type that its
 * rows so far agree on; only where a later row breaks that are the rows fed once more. */
#ifndef BP_DATA_TABLE_H
#define BP_DATA_TABLE_H

#include "data/cells.h"
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
    bp_buf cells; /* Of bp_cells, beside the columns; there may be fewer. Numbers and booleans, else
                     references: where a text is, or with the top bit set the number of a map. */
    bp_buf text;  /* Texts of cells with a NUL each; at 0 stands none. */
    bp_buf maps;  /* Of bp_text. */
    const bp_data *data;
};

typedef struct bp_fill bp_fill;
/* Feeds all rows through bp_fill_row and bp_fill_cell. May be called twice with the same rows; the
 * second time only when there was no fault. */
typedef void bp_feeder(bp_fill *fill, void *context);

struct bp_fill {
    bp_loader *loader;
    bp_table *table;
    enum { BP_FILL_FIRST, BP_FILL_TYPES, BP_FILL_AGAIN } round; /* See table_fill.c. */
    size_t row_count;                                           /* Rows begun. */
    bp_buf states;                                              /* Beside the columns. */
    uint32_t *recent;                                           /* Texts that stood lately. */
};

/* Replaces the rows of `table` by those that `feed` gives. Faults are noted; the table is then
 * unchanged. */
void bp_table_fill(bp_loader *loader, bp_table *table, bp_feeder *feed, void *context);

/* Drops all rows; the columns stay. */
void bp_table_clear_rows(bp_table *table);

void bp_fill_row(bp_fill *fill);
void bp_fill_cell(bp_fill *fill, size_t column, const bp_cell *cell);
/* The column of this id; `guess` is tried first. Where there is none it is added, unless the
 * columns are declared: that is SIZE_MAX, and no fault yet. */
size_t bp_fill_column(bp_fill *fill, const char *id, size_t length, size_t guess);

#define BP_COLUMNS_MOST 1000
#define BP_MAP_BIT 0x80000000u /* Of a reference to a map of languages. */

#endif
