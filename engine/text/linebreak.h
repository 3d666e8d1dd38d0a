/* Choosing lines: from a list of items that no line end divides to the ends of lines. It knows
 * widths alone: no characters, no fonts. Lengths are points.
 *
 * An item is a box and the glue behind it in the terms of Knuth and Plass (1981), with the penalty
 * of ending a line there. What the edges of a line change is part of the item: what is dropped at
 * its end and at its start, what appears (a hyphen), and how far its ink may hang out. */
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

typedef struct {
    double advance; /* Natural width when more follows on its line. */
    double
        hang;   /* The part of `advance` that is dropped at a line's end: spaces, tracking, gaps. */
    float head; /* The part that is dropped at a line's start; negative: what is added there. */
    float hyphen;          /* Added at a line's end. */
    float stretch, shrink; /* What its spaces, gaps and squares may grow and narrow by at a ratio
                              of 1, trailing ones included. */
    float end_stretch, end_shrink; /* The part of them that is in `hang`. */
    float letters, end_letters;    /* Points of type that letter spacing works on: the em of each
                                      cluster; and the part of it that a line's end drops. */
    float out_start, out_end;      /* How far its ink hangs out of the measure at a line's edges. */
    float penalty;                 /* Of a line end behind it, below 10000 as in TeX; negative: a
                                      good place. From BP_BREAK_LINE_PENALTY on a text that is not
                                      justified may have one more line to avoid it. */
    uint32_t end;                  /* Byte of the text behind it. */
    uint8_t kind;                  /* bp_break_kind. */
    bool has_hyphen;               /* A line that ends here ends with a hyphen, typed or not. */
} bp_break_item;

typedef enum {
    BP_BREAK_JUSTIFIED, /* Spaces grow and narrow until both edges are straight. */
    BP_BREAK_RAGGED,    /* One edge is free: it is kept even, in as few lines as can be. */
    BP_BREAK_BALANCED   /* Lines as equal as can be, the last one too, in as few as can be. */
} bp_break_mode;

typedef struct {
    double width;       /* Of the measure. */
    double indent;      /* Of the first line; negative: of all the others. */
    size_t notch_lines; /* How many lines from the first are narrower, by `notch` points: those
                           beside something that they go round. */
    double notch;
    bp_break_mode mode;
    bool no_wrap, greedy;
    double tolerance; /* Badness a justified line may have before hyphens are given up on and
                         spaces are let go; 200 is usual. */
    double letter_stretch, letter_shrink; /* The most that letter spacing may add to and take from
                                             each character, in ems. */
    double zone;                          /* Ragged: how far from the edge a line may well end. */
    double last_line;                     /* Points the last line should have. */
    int looseness;                        /* Lines more (or fewer) than are best, if that can be. */
    double margin;    /* Points that a hyphen, or an edge that hangs out, makes of a difference at
                         most. */
    bool divides_all; /* The divided list has hyphens in all words, not in those that are too wide
                         alone: it serves to make lines more even. */
} bp_break_options;

/* A line that was chosen. */
typedef struct {
    uint32_t end;             /* Byte of the text behind it. */
    uint8_t kind;             /* bp_break_kind of its end. */
    float out_start, out_end; /* What its edges hang out by. */
} bp_break_line;

/* The text as a list of items. */
typedef struct {
    const bp_break_item *items;
    size_t count;
    /* Makes a longer list of items `first` to `end` - 1, in which words have hyphens and what is
     * wider than the measure is cut up; lent until it is called again. Asked for where the list
     * alone does not serve. `wanted` tells for each of the items whether hyphens in it are of use;
     * NULL: all are. NULL: there is no such list. */
    bool (*divide)(void *owner, size_t first, size_t end, const bool *wanted,
                   const bp_break_item **items, size_t *count, bp_error *err);
    void *owner;
} bp_break_text;

/* Memory that is used again by the next text: begins as {0}. */
typedef struct {
    bp_buf active, nodes, candidates, wanted;
} bp_break_scratch;
void bp_break_scratch_clear(bp_break_scratch *scratch);

typedef struct {
    size_t steps;    /* Lines that were weighed: what the work is proportional to. */
    double demerits; /* Sum of the text's, 0 where lines were chosen one by one. */
} bp_break_work;

/* Appends to `lines` (of bp_break_line) the lines of the text. Every line has an item, and no line
 * is wider than the measure unless it is one item that is. `work` is added to; may be NULL. The
 * work is that of the items times the items on a line. See totalfit.c for what is best. */
bool bp_break_choose(const bp_break_text *text, const bp_break_options *options,
                     bp_break_scratch *scratch, bp_buf *lines, bp_break_work *work, bp_error *err);

/* What a line's slack is spread over. */
typedef struct {
    double stretch, shrink; /* At a ratio of 1. */
    double letters;         /* As in bp_break_item, without the line's last. */
} bp_break_slack;

/* How `missing` points (negative: too many) are spread: over spaces, gaps and squares, and letters
 * with them, which have moved as far as the options let them at a ratio of 0.2; from there on over
 * spaces alone. Within their bounds letters are seen less than spaces, so they take most of it. */
typedef struct {
    double ratio;  /* Times `stretch`, or `shrink` where it is negative. */
    double letter; /* Ems behind each character. */
    double effort; /* How far the line was bent: its badness is 100 |effort|^3. The ratio; or where
                    * there are no spaces what it would be, INFINITY beyond what letters give. */
} bp_break_fill;
bp_break_fill bp_break_spread(double missing, const bp_break_slack *slack,
                              const bp_break_options *options);

/* The room of line `line` of the paragraph (from 0) in points, and that of the narrowest of all. */
double bp_break_room(const bp_break_options *options, size_t line);
double bp_break_least_room(const bp_break_options *options);

/* Widths that differ by less are equal: sums of the same words taken in another order may differ by
 * that. */
#define BP_BREAK_TOLERANCE 0.001

#define BP_BREAK_LINE_PENALTY 200.0

/* The parts of a total fit, for the test that holds it against all ways there are. */
#define BP_BREAK_LINE_DEMERITS 10.0          /* Of a line as such, added to its badness. */
#define BP_BREAK_HYPHENS_DEMERITS 10000.0    /* Two hyphens below each other. */
#define BP_BREAK_LAST_HYPHEN_DEMERITS 5000.0 /* A hyphen at the end of the last line but one. */
#define BP_BREAK_CLASS_DEMERITS 10000.0      /* A tight line beside a loose one. */
#define BP_BREAK_SHORT_DEMERITS 5000.0       /* A last line below `last_line`. */
#define BP_BREAK_LONELY_DEMERITS                                                                   \
    60000.0                                /* Ragged: one word on the last line, or the end of a   \
                                              compound that is torn to give it company. */
#define BP_BREAK_FRAGMENT_DEMERITS 20000.0 /* The end of a word on the last line. */

#endif
