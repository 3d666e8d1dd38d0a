/* From settings to a job: what the commands that run a layout share. */
#ifndef BP_CLI_INPUTS_H
#define BP_CLI_INPUTS_H

#include "cli/settings.h"
#include "job/edition.h"
#include "job/job.h"
#include "job/places.h"

/* What an edition is named by. */
typedef struct {
    int64_t day; /* Of the document, else today. */
    char date[BP_SPAN_SIZE];
    char period[BP_SPAN_SIZE]; /* That of --period, resolved; "" where there is none. */
    char *layout;              /* Owned. */
    bp_buf values;             /* Of bp_parameter. */
    bp_edition edition;
    bp_edition_bytes bytes; /* Of the PDF, once it is about to get its name. */
    bool is_made;
    bool begins; /* A ledger, where there is none. */
} bp_naming;

typedef struct {
    bp_job job;
    bp_places places;
    bp_buf data;       /* Of bp_data_input. */
    bp_buf names;      /* Of char *: table names, owned. */
    bp_buf parameters; /* Of bp_parameter. */
    bp_buf keys;       /* Of char *: parameter names, owned. */
    char date[32];
    bp_naming naming;
    bp_buf passwords; /* The text of --password-file. */
    bp_encryption encryption;
    char *output; /* The default one, or what the pattern of -o gives, owned; NULL where -o is a
                     path. */
} bp_inputs;

/* Fills `inputs` from `settings`, which must outlive it; neither may move until it is cleared.
 * `has_output` false: check only. BP_ERR_USAGE, or BP_ERR_INPUT where the library is missing.
 * Cleared by bp_inputs_clear either way. */
bool bp_inputs_make(const bp_settings *settings, bool has_output, bp_inputs *inputs, bp_error *err);
void bp_inputs_clear(bp_inputs *inputs);

/* The layout's name: its file's, without ".lua". Yours to free. */
char *bp_inputs_layout_name(const bp_settings *settings, bp_error *err);

/* The data options alone ("TABLE=FILE" or "FILE"), from a list of texts. */
bool bp_inputs_data(const bp_buf *list, bp_inputs *inputs, bp_error *err);

/* The length of a table's name in "TABLE=FILE"; 0 for a bare file, whose name may hold a "=" too,
 * as in "./a=b.json". */
size_t bp_inputs_table_name(const char *text);

#endif
