/* Patterns of output paths, as "out/{region}/{period}.pdf": texts become names of files and
 * folders.
 * "{name}" stands for a value, "{name:%Y-%m}" for a date (or the first day of a period) in a format
 * of its own, "{{" and "}}" for a brace; all else is itself.
 *
 * A value is part of ONE name, and any value can be: "%", "/", control characters (C0, C1, delete)
 * and a leading "." are written as "%" and two capital hexadecimal digits for each byte; all other
 * characters stay as they are. Since "%" is written so too, two values never look alike. Where a
 * name (what stands between two "/") would be longer than 240 bytes, which leaves room for ".",
 * ".lock" and the like around it, its values share the room that the pattern's own text leaves: one
 * that is longer than its share is cut behind a whole character, and "%~" and 32 hexadecimal digits
 * of the SHA-256 of the whole value follow. Two values in one name can meet all the same ("{a}-{b}"
 * of "x-y" and "z", and of "x" and "y-z"): who expands many keeps an eye on the paths. */
#ifndef BP_JOB_PATTERN_H
#define BP_JOB_PATTERN_H

#include "base/buf.h"
#include "base/error.h"
#include "script/script.h"

#define BP_PATTERN_VALUES_MOST 32 /* Placeholders in a pattern. */

/* A placeholder; all of it is lent. */
typedef struct {
    const char *name;
    size_t name_length;
    const char *format; /* Behind the ":"; NULL: none. */
    size_t format_length;
    const char *text; /* What stands for it in a path, as written there; NULL: not asked. */
    size_t length;
} bp_pattern_value;

/* True where the text holds a "{", and so has to be expanded. */
bool bp_pattern_is(const char *text);

/* Checks a pattern and lists its placeholders in order, each as often as it stands there.
 * BP_ERR_USAGE. */
bool bp_pattern_read(const char *pattern, bp_pattern_value values[BP_PATTERN_VALUES_MOST],
                     size_t *count, bp_error *err);
/* True where a good pattern has a placeholder of that name. */
bool bp_pattern_uses(const char *pattern, const char *name);

/* Puts the path for these values (NUL-ended) into `path`, which is empty on failure. BP_ERR_USAGE
 * for the pattern and for a name that no value has; BP_ERR_DATA for a value that cannot stand in a
 * path: an empty one, one that is no UTF-8, or no date where a format asks for one. */
bool bp_pattern_expand(const char *pattern, const bp_parameter *values, size_t count, bp_buf *path,
                       bp_error *err);

/* True where a good pattern can have given this path; `values` and `count` (may be NULL) tell what
 * stood for each placeholder. A name that stands there twice must have given the same. Of several
 * answers, the one whose first values are longest; {date} and {period} only stand for what reads as
 * one. */
bool bp_pattern_match(const char *pattern, const char *path,
                      bp_pattern_value values[BP_PATTERN_VALUES_MOST], size_t *count);

/* Makes the folders of a path that are not there, with mode 0777 less the umask. BP_ERR_CREATE. */
bool bp_pattern_make_folders(const char *path, bp_error *err);

#endif
