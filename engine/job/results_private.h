/* What the files that read and write results share: a line taken apart. */
#ifndef BP_JOB_RESULTS_PRIVATE_H
#define BP_JOB_RESULTS_PRIVATE_H

#include "data/scan.h"
#include "job/results.h"
#include "job/stream.h"

#define BP_RESULT_MOST (1u << 20) /* Bytes of a line. */

/* Begins as {0}; used for one line after the other. */
typedef struct {
    bool is_file;        /* "file": `number`, and `line.file` and `line.sha256` are it. */
    uint32_t number;     /* Of the file. */
    bp_result_line line; /* Its texts are in `texts`, its files in `files`. */
    bp_buf texts, files;
    bp_scan_space space;
    bp_faults faults; /* Where the line is no result; empty otherwise. */
} bp_result_parser;

/* Takes a line apart. False where it is no result line, or memory was refused: `err` says. */
bool bp_result_parse(bp_result_parser *parser, const char *name, uint32_t number, const char *text,
                     size_t length, bp_error *err);
void bp_result_parser_clear(bp_result_parser *parser);

/* Adds the line of a file, as bp_result_put that of a row. */
bool bp_result_put_file(bp_buf *out, uint32_t number, const char *path, const char *sha256);

/* True where a line, or as much of it as there is, begins as those that are written here. */
bool bp_result_is_ours(const char *text, size_t length);

#endif
