/* The parts of the manual page that no table holds: manual_text.c. */
#ifndef BP_CLI_MANUAL_H
#define BP_CLI_MANUAL_H

#include "cli/roff.h"

/* A thing and what is to be known of it; the last of a list has no name. */
typedef struct {
    const char *name;
    const char *text;
} bp_manual_item;

extern const char *const bp_manual_description[]; /* Paragraphs, ended by NULL, as the others. */
extern const char *const bp_manual_data[];
extern const bp_manual_item bp_manual_environment[];
extern const bp_manual_item bp_manual_files[];
extern const bp_manual_item bp_manual_examples[]; /* The name: what for. The text: lines. */
extern const char *const bp_manual_standards[];

#endif
