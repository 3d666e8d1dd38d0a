/* What the two ways to choose lines share: linebreak.c and totalfit.c. */
#ifndef BP_TEXT_LINEBREAK_PRIVATE_H
#define BP_TEXT_LINEBREAK_PRIVATE_H

#include "text/linebreak.h"

/* A pass over part of a list, between forced ends. */
typedef struct {
    const bp_break_item *items;
    size_t first, end;   /* The part. */
    size_t line;         /* The number of its first line; 0: it begins the paragraph. */
    double tolerance;    /* Badness above which a justified line is no line. */
    double emergency;    /* Points of stretch that each line is said to have more than it has: what
                            has none can then be weighed. */
    bool may_overflow;   /* The last pass: what fits nowhere sticks out. */
    bool needs_length;   /* Fails where looseness is not met. */
    bool needs_evenness; /* Ragged: fails where a line ends far from the edge. */
} bp_break_pass;

/* Appends the lines of the part's best division; `*is_done` false, and nothing appended, where the
 * pass has none. */
bool bp_break_total(const bp_break_pass *pass, const bp_break_options *options,
                    bp_break_scratch *scratch, bp_buf *lines, bool *is_done, bp_break_work *work,
                    bp_error *err);

#endif
