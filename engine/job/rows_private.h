/* What the files that read rows share: the row at hand, which each of the readers fills. */
#ifndef BP_JOB_ROWS_PRIVATE_H
#define BP_JOB_ROWS_PRIVATE_H

#include "data/csv.h"
#include "job/digests.h"
#include "job/rows.h"
#include "job/stream.h"

enum { TOLD_MOST = 50 }; /* Names of columns that are no parameters, told of. */

/* Where the texts of a value begin in bp_rows.texts. */
typedef struct {
    size_t key, value;
} bp_row_value;

/* How a column is used; bits. */
enum { BP_ROW_PASSED = 0, BP_ROW_ID = 1, BP_ROW_VALUE = 2 };

/* A column of a CSV or a table. */
typedef struct {
    size_t name, length; /* In bp_rows.header. */
    unsigned use;
} bp_row_column;

struct bp_rows {
    bp_rows_source source;
    char *path, *id_column;
    const char *name; /* Of the file, in places. */
    bp_faults *warnings;
    /* Reads the next row: true with a row, good or bad; false at the end or on failure. */
    bool (*read)(bp_rows *rows, bp_error *err);
    bp_stream stream;
    bp_csv csv;
    bp_faults faults; /* Of the row at hand. */
    bp_scan_space space;
    bp_digests ids;
    bool is_refused; /* Memory, while the row at hand was read. */

    /* The row at hand. */
    size_t number;
    uint32_t line; /* That its place says; of a table, its row. */
    bp_buf texts;  /* Keys, values and the id, each with a NUL. */
    bp_buf values; /* Of bp_row_value, */
    bp_buf given;  /* and as bp_parameter at the end. */
    size_t id;     /* In texts; SIZE_MAX: it has none so far. */
    bp_error bad;
    bp_buf place;
    size_t guess;    /* Where the next column stands among the known ones, most likely. */
    bp_buf unknown;  /* Columns of this row that are told of now, as text. */
    size_t unknowns; /* How many they are. */
    bp_spot unknown_spot;
    bp_digests told; /* Columns that have been told of. */

    bp_buf columns; /* Of a CSV or table: bp_row_column. */
    bp_buf header;  /* Their names with a NUL each; of a JSON row the member at hand. */
    const bp_table *table;
    size_t table_row;
    bool is_within, is_over; /* rows_list.c: behind the first row, behind the list. */
    uint32_t before;         /* rows_list.c: characters before the stream's `at` in its line. */
};

/* rows.c. How a column of this name is used; one that is passed over is noted. */
unsigned bp_row_use(bp_rows *rows, bp_spot spot, const char *name, size_t length);
/* Notes a cell of such a column. */
void bp_row_cell(bp_rows *rows, bp_spot spot, unsigned use, const char *name, size_t name_length,
                 const char *text, size_t length);
/* Makes the row at hand a bad one. The first reason stays. Answers false. `spot` with line 0: where
 * the row begins. */
bool bp_row_fail(bp_rows *rows, bp_spot spot, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for the first of what a reader of the data room found. */
void bp_row_take_faults(bp_rows *rows);
/* "FILE:LINE" or "FILE:LINE:COLUMN" of what breaks the source. Answers false. */
bool bp_rows_break(bp_rows *rows, bp_spot spot, bp_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Readers of one row each, as bp_rows.read. */
bool bp_rows_read_ndjson(bp_rows *rows, bp_error *err);
bool bp_rows_read_list(bp_rows *rows, bp_error *err);
bool bp_rows_read_csv(bp_rows *rows, bp_error *err);
bool bp_rows_read_table(bp_rows *rows, bp_error *err);

/* rows_json.c: an object in these bytes as the row at hand. */
void bp_row_read_object(bp_rows *rows, bp_spot first, const char *text, size_t length);

/* rows_csv.c: the header. rows_table.c: the columns. */
bool bp_rows_read_header(bp_rows *rows, bp_error *err);
bool bp_rows_find_table(bp_rows *rows, bp_error *err);
/* rows_columns.c, for both: adds a column, false where there can be none of this name; */
bool bp_rows_add_column(bp_rows *rows, bp_spot spot, const char *name, size_t length,
                        bp_error *err);
/* fails where no column has the ids; */
bool bp_rows_need_id(bp_rows *rows, bp_error *err);
/* notes a cell, which is empty where `length` is 0. */
void bp_row_column_cell(bp_rows *rows, bp_spot spot, size_t column, const char *text,
                        size_t length);

#endif
