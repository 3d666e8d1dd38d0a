/* Showing runs of glyphs, for lines.c. */
#ifndef BP_PDF_SHOW_H
#define BP_PDF_SHOW_H

#include "pdf/canvas.h"

/* What is being shown: one call's worth. */
typedef struct {
    bp_page *page;
    bp_canvas *canvas;
    const bp_style_spec *style;
    double y;         /* Of the baseline, PDF axes, rise included. */
    size_t array;     /* Where the open TJ array begins in the content; SIZE_MAX: none is open. */
    bool has_numbers; /* The array holds more than one string. */
    bool is_told;     /* What is shown stands for text that is told already (ActualText). */
    bool is_marked;   /* That is marked content of its own (canvas.h). */
    double reach;     /* Where the text goes on behind the next run without a space: readers of the
                       * file must not take the room up to there for one. NAN: nowhere. */
} bp_shower;

/* Room between characters that readers of the file take for a space, in em. */
#define BP_SHOW_GAP_LEAST 0.08

/* Shows glyphs `first` to `first + count - 1` of a run with its left end at x, and answers where it
 * ends. Points; the extras are added behind spaces and behind clusters. False on failure (in the
 * document's error). */
bool bp_show_run(bp_shower *s, const bp_run *run, size_t first, size_t count, double x,
                 double word_extra, double cluster_extra, double *end);

/* What is shown between the two, from x on, stands for a text: that of a word which a line end
 * divides, or of a cluster. Such spans do not nest: inside of one, clusters are shown as they are.
 * The style of what follows is set. Characters that only tell where a word may be divided are left
 * out unless there is nothing else. */
bool bp_show_begin_actual(bp_shower *s, double x, const char *text, size_t length);
void bp_show_end_actual(bp_shower *s);

/* A space at x in the font of a run, if it has one. */
bool bp_show_space(bp_shower *s, const bp_run *run, double x);

/* Text that is read at x and not seen, such as a mark of direction, in the font of a run. */
bool bp_show_unseen(bp_shower *s, const bp_run *run, const char *text, double x);

/* Ends the string that is open. After the last run of a call. */
void bp_show_end(bp_shower *s);

/* The bytes of a run's text that glyphs `first` to `first + count - 1` stand for. */
void bp_show_slice(const bp_run *run, size_t first, size_t count, size_t *start, size_t *stop);

/* To thousandths, as positions are written. */
double bp_show_round(double value);

#endif
