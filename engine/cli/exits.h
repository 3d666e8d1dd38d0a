/* What the exit codes mean, in one place: --help and the manual page read it. They follow
 * sysexits(3) and never change meaning. */
#ifndef BP_CLI_EXITS_H
#define BP_CLI_EXITS_H

#include <stddef.h>

typedef struct {
    int code;
    const char *meaning;
} bp_exit;

extern const bp_exit bp_exits[];
extern const size_t bp_exit_count;

#endif
