/* The rows of a batch, one after the other: each line of NDJSON, each record of a CSV, each object
 * of a JSON list, each row of a table in the data. Rows are read as they are asked for and nothing
 * of them is kept, but 16 bytes of each to know an id again; so a file may be of any size. A row
 * that cannot be used says why and where, and the next one is read as if nothing had been: only a
 * source that breaks as a whole ends the reading. Nothing here believes the file: no line, no
 * number of columns and no length is taken without a bound. */
#ifndef BP_JOB_ROWS_H
#define BP_JOB_ROWS_H

#include "base/faults.h"
#include "data/data.h"
#include "script/script.h"

#define BP_ROW_MOST (1u << 20) /* Bytes of one row. */
#define BP_ROW_COLUMNS_MOST 1000
#define BP_ROW_ID_MOST 255 /* Bytes of an id. */

/* All texts are lent until the next row. */
typedef struct {
    size_t number;     /* From 1; rows that are bad count. */
    const char *place; /* "rows.ndjson:8", the line where it begins; "table \"firms\", row 8". */
    /* "" where the row is bad before it could be read, and where it is that of a row before. */
    const char *id;
    /* Columns by name, as texts, as -p would give them; empty ones are left out. None twice. */
    const bp_parameter *values;
    size_t count;
    bp_error bad; /* code != BP_OK: this row cannot be used, and why; the next one may be fine. */
} bp_row;

typedef struct {
    /* By its ending: .ndjson or .jsonl, .csv, .json (a list of objects). Other files, and standard
     * input ("-"), by their first character: "[" a list, "{" NDJSON, else CSV. */
    const char *path;
    const char *table;   /* NULL, or rows are those of this table of `data`, and no file is read. */
    const bp_data *data; /* Outlives the rows. */
    const char *id_column; /* NULL: "id". */
    /* The parameters that the layout declares: columns of other names are passed over, and told of
     * once. Without `has_known` all columns are values. Lent; outlives the rows. */
    const char *const *known;
    size_t known_count;
    bool has_known;
} bp_rows_source;

typedef struct bp_rows bp_rows;

/* Opens the source, of which the path and texts are copied, and reads as far as the header of a
 * CSV. `warnings` (may be NULL) outlives the rows and gets what is told once. NULL on failure.
 * Yours to close. */
bp_rows *bp_rows_open(const bp_rows_source *source, bp_faults *warnings, bp_error *err);

/* The next row. False at the end (`err` is then as it was), or where the source broke: it cannot be
 * read further (BP_ERR_INPUT), what stands between rows is no longer in order (BP_ERR_DATA), memory
 * was refused. */
bool bp_rows_next(bp_rows *rows, bp_row *row, bp_error *err);

/* Bytes read so far, and bytes there are (0: not known, a pipe), for progress. */
void bp_rows_progress(const bp_rows *rows, size_t *done, size_t *all);

void bp_rows_close(bp_rows *rows);

#endif
