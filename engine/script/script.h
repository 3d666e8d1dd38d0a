/* The Lua host: runs one layout in a sandbox with limits and draws its report into a document.
 * Layouts are code and may come from strangers; the process around it (engine/job) is the hard
 * bound, this room the first. */
#ifndef BP_SCRIPT_SCRIPT_H
#define BP_SCRIPT_SCRIPT_H

#include "base/bundle.h"
#include "base/faults.h"
#include "data/data.h"
#include "pdf/document.h"
#include "pdf/standards.h"
#include "text/catalog.h"

typedef struct {
    const char *key, *value;
} bp_parameter;

/* Pages, counted from 1. */
typedef struct {
    size_t first, last; /* last SIZE_MAX: to the end. */
} bp_page_range;

typedef struct {
    const char *layout;  /* Path of the layout. */
    const char *library; /* The folder that holds briefpress/ and themes/; NULL: what the build put
                          * inside the program. */
    /* --allow-read: files below these may be read, beside the layout's folder. */
    const char *const *read_folders;
    size_t read_folder_count;
    /* Looked through for hyphenation patterns ahead of the usual place. */
    const char *const *hyphen_folders;
    size_t hyphen_folder_count;
    const char *language; /* --lang; NULL: the dataset's first. */
    const bp_parameter *parameters;
    size_t parameter_count;
    double seconds_most; /* Of Lua's work; 0: no bound here. Kept by a timer and a signal. */
    size_t pages_most;   /* 0: no bound. */
    size_t *page_count;  /* Set to the pages of the finished report; may be NULL. */
    /* Canonical paths of the files that were read (layout, modules, images), and the names that led
     * to them through a link, each ended by a NUL,
     * in order; also where the run fails. NULL: nobody asks. */
    bp_buf *files;
    bool files_have_fonts; /* And the fonts and hyphenation patterns that the report shows. */
    bp_buf *trace;         /* --trace; NULL: off. */
    bool boxes;            /* --boxes. */
    /* --pages: only these reach the PDF, all others are laid out alone. None: all pages. */
    const bp_page_range *ranges;
    size_t range_count;
    /* --allow-missing: a mark stands for a character that no font has, and a warning names it.
     * Without, that is an error, and in a check a finding. */
    bool allow_missing;
    const char *date;   /* SOURCE_DATE_EPOCH or --date as ISO 8601; NULL: the data's own. */
    int deflate_level;  /* As in bp_document_options. */
    unsigned standards; /* --standard, bits of standards.h; 0: the layout's own, else
                         * BP_STANDARDS_DEFAULT. */
    bool no_tags;       /* --no-tags. */
    bool is_encrypted;  /* The PDF will be: an error where its standard forbids that. */
    /* What the layout reads is added here, and all of it (the data too, which the caller has added)
     * goes into the PDF, with the ledger of figures and the colophon. NULL: nothing is attached. */
    bp_bundle *kept;
    /* Read from instead of the disk, but for the library: nothing else is there then. NULL: the
     * disk. */
    const bp_bundle *carried;
    bool no_system_fonts, is_linear; /* For the colophon: --no-system-fonts, --web. */
    /* A shaper on `catalog` from an earlier run with the same `hyphen_folders`, to go on with, or
     * NULL in it; it is given back there after a run that went well. NULL: every run makes its own.
     * Yours to free. */
    struct bp_shaper **shaper;
    bool is_last; /* The process ends right after: its memory is left to the system. */
} bp_script_options;

/* Runs the layout and writes the PDF to `pdf` while it is made; with `pdf` NULL everything but the
 * writing is done (check). What a run that fails has written is no PDF. `data` may be NULL: the
 * layout then gets empty data. `findings` gets warnings and findings of check (may be NULL). */
bool bp_script_render(const bp_script_options *options, const bp_data *data, bp_catalog *catalog,
                      const bp_sink *pdf, bp_faults *findings, bp_error *err);

/* Runs the layout's file, but not the function in it, and appends to `out` what it declares: a line
 * "title TAB description", then for each parameter "NAME=ARGUMENT TAB what it is". Nothing where it
 * declares nothing. */
bool bp_script_describe(const bp_script_options *options, bp_catalog *catalog, bp_buf *out,
                        bp_faults *findings, bp_error *err);

/* Those of the options that shape the bytes of the PDF and were given, as pairs of texts under the
 * names of the command line, for the colophon: language, date, pages, marks, standards,
 * compression. False when memory is refused. */
bool bp_script_options_note(const bp_script_options *options, bp_buf *pairs);
/* The same back: fills those fields of `options`, which lends its texts from the pairs, and pages
 * from `ranges` (of bp_page_range). BP_ERR_DATA names an option that is not known, or its value. */
bool bp_script_options_take(const bp_buf *pairs, bp_script_options *options, bp_buf *ranges,
                            bp_error *err);

/* Whether the build put the Lua library into the program, so that `library` may be NULL. */
bool bp_script_has_library(void);

/* Runs a Lua test file with the loader a layout gets, plus `arg` and a `print` to standard output:
 * tests/lua. */
bool bp_script_run_test(const bp_script_options *options, const char *file, bp_catalog *catalog,
                        bp_error *err);

#endif
