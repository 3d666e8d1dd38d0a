/* The text of a crontab, with our lines put in and taken out. Each schedule of ours is a mark, a
 * comment that names it, and the line below. All other lines are somebody else's and stay as they
 * are, byte for byte, whatever is in them. */
#ifndef BP_JOB_CRONTAB_TEXT_H
#define BP_JOB_CRONTAB_TEXT_H

#include "base/buf.h"

/* Names are of letters, digits, "_", "-" and ".", begin with one of the first three, and have at
 * most this many bytes. */
#define BP_SCHEDULE_NAME_MOST 64
bool bp_schedule_name_fits(const char *name);

/* A schedule of ours that stands in a text, which lends all of it. */
typedef struct {
    size_t start, end; /* From the mark to behind the line's newline. */
    const char *name;
    size_t name_length;
    const char *line; /* Without newline; of length 0 where somebody took it out below its mark. */
    size_t line_length;
    bool is_off;     /* The line was made a comment. */
    bool is_refused; /* Memory ran short: whose line it is was not found out. */
    bool is_joined;  /* The line in front of the mark had no newline, which we added. */
} bp_crontab_entry;

/* Finds the first schedule at or behind `*at`, which goes past it. A line below a mark is ours
 * where it still runs a command of briefpress. */
bool bp_crontab_next(const char *text, size_t length, size_t *at, bp_crontab_entry *entry);

/* Appends to `out` the text with `line` as the schedule `name`: in the place of the one that is
 * there, else at the end. False without memory. */
bool bp_crontab_put(const char *text, size_t length, const char *name, const char *line,
                    bp_buf *out);

/* Appends to `out` the text without the schedule `name`; `*removed` counts how often it was there.
 * False without memory. */
bool bp_crontab_remove(const char *text, size_t length, const char *name, bp_buf *out,
                       size_t *removed);

/* The length of the three comment lines that some crontabs put in front of what they are given and
 * list with it; 0 where the text does not begin with them. */
size_t bp_crontab_header(const char *text, size_t length);

#endif
