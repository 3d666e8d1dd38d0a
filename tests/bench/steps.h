/* The drawing steps of a report in the shape the floor reads them: made by steps.c from a trace
 * before the clock starts, mapped into memory by floor.c, so that the floor neither parses nor lays
 * out anything.
 *
 * A file is a head, then the fonts, then the steps, then the characters that both point into. */
#ifndef BENCH_STEPS_H
#define BENCH_STEPS_H

#include <stdint.h>

typedef enum {
    STEP_PAGE,      /* v: width, height. */
    STEP_FONT,      /* a: number of the font; v: size. */
    STEP_BEGIN,     /* A line of text. v: x, baseline (upwards from the foot of the page, as libharu
                       counts). */
    STEP_SHOW,      /* a: characters, where the last ones ended. */
    STEP_END,       /* Of the line. */
    STEP_STRETCH,   /* v: points added behind each space. */
    STEP_RISE,      /* v: points above the baseline. */
    STEP_FILL,      /* v: red, green, blue, 0 to 1. */
    STEP_STROKE,    /* v: red, green, blue. */
    STEP_ALPHA,     /* v: opacity. */
    STEP_THICKNESS, /* v: points. */
    STEP_DASH,      /* v: on, off; both 0: solid. */
    STEP_CAP,       /* a: 0 butt, 1 round, 2 square. */
    STEP_MOVE,      /* v: x, y. */
    STEP_LINE,      /* v: x, y. */
    STEP_CURVE,     /* v: x1, y1, x2, y2, x, y. */
    STEP_RECT,      /* v: x, y (its foot), width, height. */
    STEP_CLOSE,     /* The path. */
    STEP_PAINT,     /* a: 1 fill, 2 stroke, 3 both; 4 added: even-odd. */
    STEP_CLIP,
    STEP_SAVE,
    STEP_RESTORE,
    STEP_CONCAT, /* v: a, b, c, d, e, f in libharu's axes. */
    STEP_LINK    /* a: its address; v: left, bottom, right, top. */
} step_kind;

typedef struct {
    uint32_t kind; /* A step_kind. */
    uint32_t a;    /* An offset into the characters (NUL-ended), or a number. */
    float v[6];
} step;

typedef struct {
    uint32_t name;       /* PostScript name: the floor loads NAME.ttf. */
    uint32_t is_unicode; /* Characters are UTF-8 for a composite font; else one byte each, in
                            WinAnsiEncoding. */
} step_font;

typedef struct {
    char mark[8];
    uint32_t font_count, step_count, character_count;
    uint32_t left_out; /* Steps that libharu's public calls cannot draw (gradients, images). */
} step_head;

#define STEP_MARK "bpsteps1"
#define STEP_FONTS_MOST 32

#endif
