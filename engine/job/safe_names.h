/* Names for files whose names come from elsewhere: below one folder, harmless to shells, terminals
 * and other systems, and each once, even where capitals are not told from small letters. */
#ifndef BP_JOB_SAFE_NAMES_H
#define BP_JOB_SAFE_NAMES_H

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    bp_buf entries; /* Of names given so far, and of their folders. */
    bp_buf slots;   /* Where to look for them. */
} bp_safe_names;

/* Begins as {0}. A relative path for `name`, with "/" between its folders, and no ".", ".." or
 * hidden part; control characters, marks that turn the direction of reading and what other systems
 * forbid are "_"; devices of other systems get one before them; a name that was given is followed
 * by "-2", "-3" ... before its ending. Yours to free; NULL: memory. */
char *bp_safe_name(bp_safe_names *names, const char *name, bp_error *err);
void bp_safe_names_clear(bp_safe_names *names);

#endif
