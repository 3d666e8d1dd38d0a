/* What reading, expanding and matching patterns share. */
#ifndef BP_JOB_PATTERN_PRIVATE_H
#define BP_JOB_PATTERN_PRIVATE_H

#include "job/pattern.h"

#define BP_PATTERN_NAME_MOST 240 /* Bytes between two slashes. */
/* A value that was cut ends with "%~" and these digits. */
#define BP_PATTERN_HASH_DIGITS 32
#define BP_PATTERN_CUT_LENGTH (2 + BP_PATTERN_HASH_DIGITS)

typedef enum { BP_PIECE_END, BP_PIECE_TEXT, BP_PIECE_SLASH, BP_PIECE_VALUE } bp_piece_kind;

typedef struct {
    bp_piece_kind kind;
    const char *text; /* Of BP_PIECE_TEXT. */
    size_t length;
    bp_pattern_value value; /* Of BP_PIECE_VALUE. */
} bp_piece;

/* Reads the piece at `*at` and steps over it. BP_ERR_USAGE. */
bool bp_piece_next(const char *pattern, const char **at, bp_piece *out, bp_error *err);

/* True where a placeholder is of that name. */
bool bp_pattern_is_named(const bp_pattern_value *value, const char *name);

/* Whether a character of a value is written in digits. */
bool bp_pattern_is_escaped(uint32_t character, bool is_first);

/* Records that a value cannot stand for its placeholder. Answers false. */
bool bp_pattern_fail_value(const bp_pattern_value *value, const char *text, const char *what,
                           bp_error *err);

/* Formats of dates and periods: NULL, or what is wrong with one; adding a date in it; whether it
 * can have given a text. */
const char *bp_pattern_format_fault(const char *format, size_t length);
bool bp_pattern_format_put(bp_buf *out, const bp_pattern_value *value, const char *text,
                           bp_error *err);
bool bp_pattern_format_fits(const bp_pattern_value *value, const char *text, size_t length);

#endif
