/* The inside of a paragraph, shared by its analysis (paragraph.c), its items (item.c) and its lines
 * (line.c). */
#ifndef BP_TEXT_PARAGRAPH_PRIVATE_H
#define BP_TEXT_PARAGRAPH_PRIVATE_H

#include "base/buf.h"
#include "text/linebreak.h"
#include "text/paragraph.h"
#include "text/shape_private.h"

typedef struct {
    const bp_style *style; /* May be NULL for a box. */
    char *link;            /* Owned. */
    uint32_t mark, end;    /* Byte of the text behind it. */
    double width, height;  /* Of a box. */
    bool is_box;
} bp_paragraph_span;

/* A shaped word at its place, or a box. */
typedef struct {
    const bp_word *word; /* NULL: a box. */
    uint32_t start, end; /* Bytes of the text. */
    uint32_t span;
    uint8_t level; /* Of bidi. */
    float gap;     /* Points behind it where it is followed on its line. */
} bp_atom;

struct bp_paragraph {
    bp_shaper *shaper;
    bp_generation *held;
    bp_paragraph_options options; /* `language` is not kept. */
    bp_buf spans;                 /* Of bp_paragraph_span. */
    bp_buf text;
    bp_buf atoms;                                /* Of bp_atom. */
    bp_buf items;                                /* Of bp_break_item. */
    const bp_style *first_style, *largest_style; /* NULL where there is no text. */
    bool is_rtl;                                 /* The paragraph as a whole. */
    bool has_levels; /* Some atom is not of the base level, or that is 1. */
    bool is_han;
    double min_width, max_width;
    double laid_width; /* Of the last layout; negative: none. */
    double height;
    bp_buf lines;  /* Of bp_line. */
    bp_buf pieces; /* Of bp_piece. */
    bp_buf ranges; /* Of bp_byte_range, one a line. */
};

typedef struct {
    uint32_t start, end;
} bp_byte_range;

/* Fills `items` from the atoms and the ends of `opportunities` (of uint32_t). */
bool bp_paragraph_itemize(bp_paragraph *paragraph, const bp_buf *opportunities, bp_error *err);

/* Appends the items to `out`, those wider than `room` cut into their clusters. */
bool bp_paragraph_expand(const bp_paragraph *paragraph, double room, bp_buf *out, bp_error *err);

/* The glyphs of a run that stand for bytes `from` to `to` of its text; clusters are never divided:
 * one that begins inside belongs to the part. */
void bp_run_slice(const bp_run *run, size_t from, size_t to, size_t *first, size_t *count);

/* Where run `r` of a word begins, in bytes of the word's text. */
size_t bp_word_run_start(const bp_word *word, uint32_t r);
/* Run `i` of a word in logical order. */
const bp_run *bp_word_run(const bp_word *word, uint32_t i);

#endif
