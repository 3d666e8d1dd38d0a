/* What came of each row of a batch: a file of NDJSON, one line a row, in the order rows ended. It
 * is appended to while a batch runs, and whole up to its last line break whenever the run is
 * killed. Read back it tells which rows need not be made again (--resume), and whether all shards
 * together have made everything (--merge).
 *
 * Two kinds of lines:
 *   {"file":1,"path":"data/firms.json","sha256":"..."}      a file that rows were made from, before
 *                                                           the first row that names it
 *   {"id":"7","row":7,"state":"made",...,"files":[1]}       a row
 * Numbers of files count within one results file. Members that are not known are passed over. */
#ifndef BP_JOB_RESULTS_H
#define BP_JOB_RESULTS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    const char *id;
    size_t row;        /* From 1. */
    const char *state; /* "made"; "kept": as made, by an earlier run; "failed". */
    /* Of one that is made or kept. */
    const char *file; /* As the user's -o names it, from the working folder. */
    size_t pages, bytes;
    char sha256[65];       /* Of the PDF. */
    char inputs[65];       /* A digest of what the row and the options say; "": none. */
    const uint32_t *files; /* Numbers of the files it was made from, rising. */
    size_t file_count;
    double seconds; /* Below 0: not told. */
    /* Of one that failed. */
    bp_code code;
    const char *place, *message; /* NULL or "": none. */
} bp_result_line;

/* Adds one line with its line break: the order of members and the form of numbers are fixed. False
 * only when memory is refused. */
bool bp_result_put(bp_buf *out, const bp_result_line *line);

/* Reading. */

typedef struct bp_results bp_results;

/* A row of a results file. All texts are lent until the next find. */
typedef struct {
    bp_result_line line;
    size_t source;   /* Which of the paths, from 0. */
    uint32_t number; /* Of the line in it, from 1. */
} bp_result_found;

/* Reads results files: some 60 bytes are kept of a row, its line stays on the disk. Of several
 * lines of an id in one file the last counts; those of rows that had no id are passed over. A last
 * line without its line break, which a killed run left, is passed over too; a file that is not
 * there is BP_ERR_INPUT; anything but results is BP_ERR_DATA with its place. Yours to free. */
bp_results *bp_results_read(const char *const *paths, size_t count, bp_error *err);
void bp_results_free(bp_results *results);

/* The line of an id: of several files' the last that is made or kept, else the last. NULL where
 * there is none, and with `err` set where it cannot be read any more. Lent until the next find. */
const bp_result_line *bp_results_find(bp_results *results, const char *id, bp_error *err);

/* The same with where it stands. */
const bp_result_found *bp_results_best(bp_results *results, const char *id, bp_error *err);

/* Each file's line of an id in turn, those of the last file first; `*at` begins as 0. NULL after
 * the last one, or on failure. Lent until the next find. */
const bp_result_found *bp_results_copy(bp_results *results, const char *id, size_t *at,
                                       bp_error *err);

/* The lines, one a file and id, that nobody has asked for by now, in the order they were read. The
 * same otherwise. */
const bp_result_found *bp_results_left(bp_results *results, size_t *at, bp_error *err);

/* The path of a file, as it was given. */
const char *bp_results_path(const bp_results *results, size_t from);

/* A file that rows of a results file were made from. False where no line has that number. Lent. */
bool bp_results_file(const bp_results *results, size_t from, uint32_t number, const char **path,
                     const char **sha256);

/* Whether what the line of `id` says still holds: made or kept, with the same `inputs` digest, each
 * of its files with the content it had (each is read once in all), and the PDF on the disk with the
 * size and SHA-256 that it was made with. Lends the line (until the next find), NULL: the row is to
 * be made. Not being able to read something is no error, but a no. */
const bp_result_line *bp_results_fits(bp_results *results, const char *id, const char *inputs,
                                      bp_error *err);

/* The SHA-256 of a file as hexadecimal digits and its size; BP_ERR_INPUT where it cannot be read. A
 * file of more than `most` bytes (0: no bound) is not read: false without an error. */
bool bp_result_hash(const char *path, size_t most, char out[65], size_t *bytes, bp_error *err);

/* Writing. */

typedef struct bp_results_writer bp_results_writer;

/* Opens a results file and locks it (BP_ERR_BUSY where another run holds it). With `goes_on` what
 * is there stays, less a last line that a killed run did not finish, and files keep their numbers;
 * else it begins anew. A file that holds something else than results is never touched: BP_ERR_DATA.
 * Devices, pipes and "-" (standard output) are written as they are. */
bp_results_writer *bp_results_open(const char *path, bool goes_on, bp_error *err);

/* The number of a file that rows are made from, for bp_result_line; written down where it is new. 0
 * on failure. */
uint32_t bp_results_name(bp_results_writer *writer, const char *path, const char sha256[65],
                         bp_error *err);

/* Adds a line. It reaches the file at the next flush, sync or close, or when 64 KiB have gathered.
 * On failure (BP_ERR_WRITE: a full disk) the file ends with its last whole line. */
bool bp_results_add(bp_results_writer *writer, const bp_result_line *line, bp_error *err);
bool bp_results_flush(bp_results_writer *writer, bp_error *err);
/* The same, and it has reached the disk. */
bool bp_results_sync(bp_results_writer *writer, bp_error *err);
/* Flushes and ends it; NULL is fine. */
bool bp_results_close(bp_results_writer *writer, bp_error *err);

#endif
