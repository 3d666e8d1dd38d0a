/* The line a message is about. */
#ifndef BP_CLI_EXCERPT_H
#define BP_CLI_EXCERPT_H

#include "cli/settings.h"

/* Writes the line that `place` ("file:line" or "file:line:column") names as "   42 | text", with a
 * mark below the column, into `out`; "" where there is none. Only the layout and the data of the
 * command line are read: a place is a worker's word, and must not make this process open whatever
 * it says. */
void bp_excerpt_find(const char *place, const bp_settings *inputs, char *out, size_t size);

#endif
