/* PDFs that were made before, read back: what they say, the files they carry, and where two differ.
 * All of it happens in a confined process (confined.h); this one parses nothing of the PDF and
 * believes no length. */
#ifndef BP_JOB_REPORT_H
#define BP_JOB_REPORT_H

#include "job/job.h"
#include "pdf/reader.h"

typedef struct {
    const char *path;  /* Of the PDF; where `bytes` are given, its name for messages. */
    const void *bytes; /* NULL: the file is read. */
    size_t length;
    const char *password; /* NULL: none. */
} bp_report_source;

typedef struct {
    /* Seconds and memory of the process. output_bytes bounds the PDF, and all files in it together.
     */
    bp_limits limits;
    bool has_contents; /* The bytes of the files too, not only their list. */
    bool no_fork;      /* In this process: for fault sweeps and debuggers. */
} bp_report_options;

/* One file that the PDF carries. Texts are UTF-8 without control characters but line breaks and
 * tabs, which are "?"; the name is what the PDF says, and no name to write to. */
typedef struct {
    const char *name, *description, *mime, *relationship;
    long long size_bytes; /* Of its contents where they were asked for; else what the PDF claims,
                           * -1: nothing. */
    size_t offset;        /* In the report's `contents`. */
    bp_code code;         /* Why its contents could not be read; BP_OK: they are there. */
    const char *trouble;  /* The same in words; "". */
} bp_report_file;

typedef struct {
    bp_reader_summary about;
    bp_buf files; /* Of bp_report_file. */
    bp_buf texts; /* Of char *: all texts of the two, owned. */
    int contents; /* A nameless file with the bytes of all files; -1: none. */
} bp_report;

/* Reads a PDF. False: BP_ERR_INPUT where it cannot be read or is encrypted, BP_ERR_DATA where it is
 * no PDF or damaged, BP_ERR_LIMIT where time, memory or bytes ran out. A file in it that cannot be
 * read says so itself. Cleared by bp_report_clear either way. */
bool bp_report_read(const bp_report_source *source, const bp_report_options *options,
                    bp_report *report, bp_error *err);
void bp_report_clear(bp_report *report);

#define BP_REPORT_FILES(report) BP_BUF_ITEMS(&(report)->files, bp_report_file)
#define BP_REPORT_FILE_COUNT(report) BP_BUF_COUNT(&(report)->files, bp_report_file)

/* Appends the contents of one file to `out`, or hands them to `out` in pieces. */
bool bp_report_contents(const bp_report *report, const bp_report_file *file, const bp_sink *out,
                        bp_error *err);

/* True where the file begins as a PDF does. Only regular files are looked into: what comes through
 * a pipe comes once. */
bool bp_report_is_pdf(const char *path);

#endif
