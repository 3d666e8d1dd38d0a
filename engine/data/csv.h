/* CSV as RFC 4180 has it, in UTF-8: commas, quotes doubled inside quotes, LF or CRLF. Spreadsheets
 * begin such files with a byte order mark, so that is skipped. A row at a time; nothing is copied
 * but fields with doubled quotes. */
#ifndef BP_DATA_CSV_H
#define BP_DATA_CSV_H

#include "data/scan.h"

typedef struct {
    const char *text; /* No NUL; lent until the next row. */
    size_t length;
    bp_spot spot;
} bp_field;

typedef struct {
    const char *file, *bytes;
    size_t length, at;
    size_t line_start, extra;
    uint32_t line;
    bp_buf fields;  /* Of bp_field. */
    bp_buf scratch; /* Texts of quoted fields. */
    bp_faults *faults;
    bool is_broken; /* A break of the grammar ended the reading. */
} bp_csv;

void bp_csv_begin(bp_csv *csv, const char *file, const char *bytes, size_t length,
                  bp_faults *faults);
void bp_csv_end(bp_csv *csv);

/* Reads the next row that is not an empty line. False at the end, or after a fault or refused
 * memory. */
bool bp_csv_row(bp_csv *csv);

/* Goes on with other bytes, which stand where `line` of the file begins, whatever was read before:
 * for files that are read piece by piece. No byte order mark is skipped. */
void bp_csv_go_on(bp_csv *csv, const char *bytes, size_t length, uint32_t line);

#endif
