/* A strict reading of JSON bytes (RFC 8259), before cJSON sees them: cJSON takes leading zeros, raw
 * control characters, broken UTF-8, duplicate members and text after the value, and knows no lines.
 * The scan refuses all of that and says the line and column of each fault. What it reads it also
 * hands on, piece by piece: to an index of places, so that later faults can say where a cJSON node
 * stood, or to a reader that needs no tree. */
#ifndef BP_DATA_SCAN_H
#define BP_DATA_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/faults.h"

#define BP_SCAN_DEPTH 64                 /* Lists and objects inside each other. */
#define BP_NUMBER_LENGTH 60              /* Characters of one number; cJSON cuts at 63. */
#define BP_WHOLE_MOST 9007199254740992.0 /* 2^53: whole numbers up to here are exact. */

/* Both from 1; the column counts characters, not bytes. */
typedef struct {
    uint32_t line, column;
} bp_spot;

typedef enum {
    BP_JSON_OBJECT,
    BP_JSON_ARRAY,
    BP_JSON_STRING,
    BP_JSON_NUMBER,
    BP_JSON_TRUE,
    BP_JSON_FALSE,
    BP_JSON_NULL
} bp_json_kind;

/* What is told while reading. Texts are decoded, lent for the call, and have no NUL. Each answers
 * false when memory is refused, which ends the scan. */
typedef struct {
    void *context;
    bool (*key)(void *context, bp_spot spot, const char *text, size_t length);
    /* An object or a list begins, or a plain value: `text` for strings; for numbers as they are
     * written, and `number`. */
    bool (*value)(void *context, bp_spot spot, bp_json_kind kind, const char *text, size_t length,
                  double number);
    bool (*end)(void *context); /* The object or list that began last has ended. */
} bp_scan_events;

/* Scratch space, kept over many scans. Begins as {0}. */
typedef struct {
    bp_buf keys;    /* The members of the objects that are open. */
    bp_buf decoded; /* Keys that had escapes. */
    bp_buf text;    /* The string at hand, where it has escapes. */
} bp_scan_space;
void bp_scan_space_clear(bp_scan_space *space);

/* Reads one value and nothing after it. `file` names the file and `first_line` the number of the
 * first line in faults; `events` may be NULL. False where there were faults, or memory was refused
 * (`faults->refused`). After a break of the grammar it stops; what is merely not allowed (a member
 * twice, a number too large) is collected. */
bool bp_scan(const char *file, uint32_t first_line, const char *bytes, size_t length,
             const bp_scan_events *events, bp_scan_space *space, bp_faults *faults);

/* The same for bytes that stand further inside of a file: `first` is the place of their first. */
bool bp_scan_from(const char *file, bp_spot first, const char *bytes, size_t length,
                  const bp_scan_events *events, bp_scan_space *space, bp_faults *faults);

/* Places of all values of a text, in the order they are written: for a member first that of its
 * name, then that of its value. 8 bytes each. */
bool bp_scan_index(const char *file, const char *bytes, size_t length, bp_buf *spots,
                   bp_faults *faults);

/* A JSON number from all of the bytes, as near as a double gets. False where it is none or not
 * finite. Faster than bp_number_read for what tables hold. */
bool bp_decimal_read(const char *text, size_t length, double *out);

#endif
