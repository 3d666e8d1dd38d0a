/* A list of things found wrong, for where all are told at once: data faults, findings of `check`,
 * warnings. */
#ifndef BP_BASE_FAULTS_H
#define BP_BASE_FAULTS_H

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    bp_code code; /* BP_OK: a warning, which does not change the exit code. */
    char *place;  /* "file:line:column", or "". */
    char *text;   /* One sentence without full stop, the hint after a semicolon. */
} bp_fault;

typedef struct {
    bp_buf list;    /* Of bp_fault. */
    size_t dropped; /* Faults past the first BP_FAULTS_MOST. */
    bool refused;   /* Memory for an entry was refused: the list is not whole. */
} bp_faults;

#define BP_FAULTS_MOST 200

/* A list begins as {0}. Adds one (the text is formatted); past BP_FAULTS_MOST it only counts. */
void bp_faults_add(bp_faults *faults, bp_code code, const char *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Orders them by their place: by file, line and column; those of one place stay as they came. */
void bp_faults_sort(bp_faults *faults);
size_t bp_faults_count(const bp_faults *faults);
const bp_fault *bp_faults_at(const bp_faults *faults, size_t i);
void bp_faults_clear(bp_faults *faults);

#endif
