/* A command that somebody types, as one that cron or systemd can run from anywhere. */
#ifndef BP_CLI_SCHEDULE_WORDS_H
#define BP_CLI_SCHEDULE_WORDS_H

#include "cli/options.h"

typedef struct {
    bp_settings settings;      /* Of the command itself, which lend the words given. */
    const bp_command *command; /* "render" or "batch". */
    bp_buf words;   /* Of char *, owned: the program, the command, its arguments; paths from "/". */
    bp_buf inputs;  /* Of char *, owned: what it reads. */
    bp_buf folders; /* Of char *, owned: those that it writes into. */
    bool has_hooks; /* It runs programs of the operator's. */
} bp_schedule_words;

/* Reads the words of a command, its name first, with the program's own reader, and makes all paths
 * absolute, from the working folder. What needs standard input or output, or a word from the
 * environment, is refused. BP_ERR_USAGE. Cleared by bp_schedule_words_clear either way. */
bool bp_schedule_words_make(int count, char **arguments, bp_schedule_words *made, bp_error *err);
void bp_schedule_words_clear(bp_schedule_words *made);

/* Appends the words as a crontab, or a unit's ExecStart=, has them. */
bool bp_schedule_words_quote(const bp_schedule_words *made, bool is_systemd, bp_buf *out,
                             bp_error *err);

/* The name that a schedule of this command takes by itself: that of the PDF, else of the layout.
 * BP_ERR_USAGE where nothing of it fits. */
bool bp_schedule_words_name(const bp_schedule_words *made, bp_buf *name, bp_error *err);

/* Ends a list of owned texts. */
void bp_texts_clear(bp_buf *texts);

#endif
