/* Choosing lines: from a list of unbreakable items to the ends of lines. It knows widths alone, so
 * that a better way to choose changes nothing around it. */
#ifndef BP_TEXT_LINEBREAK_H
#define BP_TEXT_LINEBREAK_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

/* What a line end behind an item is. */
typedef enum {
    BP_BREAK_NORMAL,
    BP_BREAK_HYPHEN,    /* A hyphen of `hyphen` points appears. */
    BP_BREAK_EMERGENCY, /* Inside a part that is wider than the line; taken only where there is no
                           other. */
    BP_BREAK_FORCED     /* The line must end here. */
} bp_break_kind;

/* Text that no line end divides. Lengths are points. */
typedef struct {
    double advance; /* When more follows on its line. */
    double
        hang; /* The part of `advance` that is dropped at a line's end: spaces, tracking, gaps. */
    double hyphen; /* Added at a line's end. */
    double space;  /* The part of `advance` that stretchable spaces take, trailing ones included. */
    double trailing; /* The part of `space` that is in `hang`. */
    double wide;     /* The part of `advance` that is set in squares and stretches between them. */
    uint32_t end;    /* Byte of the text behind it. */
    bp_break_kind kind;
} bp_break_item;

typedef struct {
    double width;  /* Of the measure. */
    double indent; /* Of the first line; negative: of all the others. */
    bool no_wrap, is_justified, greedy;
} bp_break_options;

/* Appends to `breaks` (of size_t) for each line the number of the item behind its last one. Every
 * line has an item, even where that is wider than the measure. Linear in `count`. */
bool bp_break_choose(const bp_break_item *items, size_t count, const bp_break_options *options,
                     bp_buf *breaks, bp_error *err);

/* Choosing for the paragraph as a whole: see totalfit.c. False with `*is_done` false where that
 * does not serve; bp_break_choose then goes line by line. */
bool bp_break_total(const bp_break_item *items, size_t count, const bp_break_options *options,
                    bp_buf *breaks, bool *is_done, bp_error *err);

/* How far a justified line's spaces may narrow, as a part of their width. */
#define BP_BREAK_SHRINK 0.25

/* The room of a line in points, `line` counted from 0. */
double bp_break_room(const bp_break_options *options, size_t line);

/* Widths that differ by less are equal: sums of the same words taken in another order may differ by
 * that. */
#define BP_BREAK_TOLERANCE 0.001

#endif
