/* Errors: one record with fixed buffers, filled by the first failure and passed upwards. Rooms fill
 * it; only `cli` prints it. The record needs no memory, so running out of memory can be reported
 * too. */
#ifndef BP_BASE_ERROR_H
#define BP_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/* What went wrong, by who can mend it. Each maps to one exit code (bp_code_exit) and one stable
 * name. */
typedef enum {
    BP_OK,
    BP_ERR_USAGE,     /* The command line is wrong. */
    BP_ERR_DATA,      /* The data is wrong. */
    BP_ERR_INPUT,     /* An input cannot be read. */
    BP_ERR_NO_DATA,   /* The data has not come: it is not there, empty, or too old. */
    BP_ERR_RESOURCE,  /* A font or an image is missing or damaged. */
    BP_ERR_INTERNAL,  /* Our own fault, or the worker died. */
    BP_ERR_SYSTEM,    /* The system refused: processes, descriptors. */
    BP_ERR_MEMORY,    /* The system refused memory. */
    BP_ERR_CREATE,    /* The output cannot be created. */
    BP_ERR_WRITE,     /* Writing failed. */
    BP_ERR_BUSY,      /* Another run holds the output. */
    BP_ERR_LIMIT,     /* A limit was reached: time, memory budget, pages, size. */
    BP_ERR_FORBIDDEN, /* A file outside the allowed folders. */
    BP_ERR_SCRIPT,    /* The layout failed. */
    BP_ERR_FINDINGS   /* A check found something. */
} bp_code;

#define BP_ERROR_PLACE 512
#define BP_ERROR_TEXT 2048
#define BP_ERROR_EXCERPT 512
#define BP_ERROR_TRACE 4096

typedef struct {
    bp_code code;               /* BP_OK until the first failure. */
    char place[BP_ERROR_PLACE]; /* Where in the user's files, "file:line" or "file:line:column"; may
                                   be "". */
    char text[BP_ERROR_TEXT];   /* One sentence without full stop, the hint after a semicolon. */
    char excerpt[BP_ERROR_EXCERPT]; /* The line it is about, "   42 | ..."; may be "". */
    char trace[BP_ERROR_TRACE];     /* The Lua traceback, shown by -v; may be "". */
} bp_error;

/* Records the first failure in `err` (later ones are ignored). `place` may be NULL. Always answers
 * false: `return bp_fail(...)`. Text that does not fit is cut at a character boundary. `err` may be
 * NULL. */
bool bp_fail(bp_error *err, bp_code code, const char *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Records that a block of memory was refused: BP_ERR_LIMIT where our own budget refused it,
 * BP_ERR_MEMORY where the system did. Always answers false. */
bool bp_fail_memory(bp_error *err);

/* The process exit code of `code` (sysexits, as the manual lists them). */
int bp_code_exit(bp_code code);

/* The stable name of `code` for logs: "data", "script", "limit" ... Lent, static. */
const char *bp_code_name(bp_code code);

#endif
