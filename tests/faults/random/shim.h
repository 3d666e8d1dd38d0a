/* What the shim and those that put it in front share: which system calls it stands before, and the
 * page of counts that outlives the process. random_faults.py reads that page by the same layout. */
#ifndef BP_FAULTS_SHIM_H
#define BP_FAULTS_SHIM_H

#include <stdint.h>

/* In this order; `any` counts all of them together. */
#define SHIM_CALLS(X)                                                                              \
    X(any)                                                                                         \
    X(open)                                                                                        \
    X(read)                                                                                        \
    X(write)                                                                                       \
    X(sync)                                                                                        \
    X(close)                                                                                       \
    X(rename)                                                                                      \
    X(link)                                                                                        \
    X(symlink)                                                                                     \
    X(unlink)                                                                                      \
    X(mkdir)                                                                                       \
    X(truncate)                                                                                    \
    X(stat) X(list) X(lock) X(mode) X(fork) X(pipe) X(memfd) X(poll) X(wait) X(map) X(malloc)

typedef enum {
#define SHIM_ENUM(name) SHIM_##name,
    SHIM_CALLS(SHIM_ENUM)
#undef SHIM_ENUM
        SHIM_CALL_COUNT
} shim_call;

/* Who calls: the process that was started, or one that it forked. */
enum { SHIM_PARENT, SHIM_WORKER, SHIM_ROLE_COUNT };

/* What the call is about: something below the folder that is looked after, or anything else. */
enum { SHIM_TREE, SHIM_ELSE, SHIM_SCOPE_COUNT };

/* Shared by all processes of a run, in a file: it stays what it is when they are killed. */
typedef struct {
    uint32_t counts[SHIM_ROLE_COUNT][SHIM_SCOPE_COUNT][SHIM_CALL_COUNT];
    uint32_t hits; /* Faults that were made. */
} shim_page;

#endif
