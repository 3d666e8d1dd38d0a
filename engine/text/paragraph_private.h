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
    bp_span_role *role;    /* Owned, with the strings behind it in one block; NULL: none. */
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
    float gap;     /* Points behind it where it is followed on its line; negative: what Chinese
                    * marks of different styles give up beside each other. */
} bp_atom;

/* A line that was chosen, from which it can be built. */
typedef struct {
    bp_break_line line;
    uint32_t atom; /* Where the atom begins that the line begins in. */
    double top;    /* From the paragraph's top. */
} bp_laid_line;

struct bp_paragraph {
    bp_shaper *shaper;
    bp_generation *held;          /* The words of `atoms`. NULL: those are not there. */
    bp_paragraph_options options; /* `language` is not kept. */
    char *language;               /* Owned; NULL: that of the first style. */
    bp_buf spans;                 /* Of bp_paragraph_span. */
    bp_buf text;
    /* What is known of the text before it is laid out: given up then, and found again where it is
     * asked for at another width. */
    bp_buf atoms;                                /* Of bp_atom. */
    size_t atoms_kept;                           /* Bytes, where they are kept all the same. */
    bp_buf items;                                /* Of bp_break_item. */
    bp_break_work work;                          /* Of all layouts: for tests. */
    const bp_style *first_style, *largest_style; /* NULL where there is no text. */
    bool is_rtl;                                 /* The paragraph as a whole. */
    bool has_levels; /* Some atom is not of the base level, or that is 1. */
    bool is_han;
    bool has_squares; /* It is set by the rules of Chinese: see han.c. */
    bool has_boxes;
    double min_width, max_width;
    double laid_width;        /* Of the last layout; negative: none. */
    bp_paragraph_notch notch; /* Of the last layout. */
    double height;
    bp_buf lines; /* Of bp_laid_line. */
};

/* Appends the atoms from byte `start`, where one begins, to the one that reaches `end`, to `atoms`:
 * of a text that is from left to right as a whole. */
bool bp_paragraph_find_atoms(const bp_paragraph *paragraph, uint32_t start, uint32_t end,
                             bp_buf *atoms, bp_error *err);

/* Finds the atoms and items of a text where they are not there, and gives the atoms up. */
bool bp_paragraph_recall(bp_paragraph *paragraph, bp_error *err);
void bp_paragraph_forget_atoms(bp_paragraph *paragraph);

/* The first atom that reaches beyond byte `at`. */
size_t bp_atom_find(const bp_buf *atoms, uint32_t at);

/* item.c: making items of a text from left to right. */
typedef struct {
    bp_paragraph *paragraph;
    size_t atom; /* The first that reaches beyond `at`. */
    uint32_t at; /* Where the next item begins. */
    bool is_cut; /* Inside a word, behind a hyphen that may appear. */
} bp_item_maker;

/* Makes the item that ends at byte `end`, of a kind. Where that is BP_BREAK_HYPHEN, a hyphen in the
 * style of the text before it appears there. */
bool bp_item_make(bp_item_maker *maker, uint32_t end, bp_break_kind kind, bp_break_item *item,
                  bp_error *err);

/* Makes a hyphen in a style appear where a line ends behind an item. */
bool bp_item_add_hyphen(const bp_paragraph *paragraph, const bp_style *style, bp_break_item *item,
                        bp_error *err);

/* Fills `items` from the atoms and `ends` (of bp_break_end), those at BP_BREAK_NEVER left out. */
bool bp_paragraph_itemize(bp_paragraph *paragraph, const bp_buf *ends, bp_error *err);

/* True where a line may end at byte `at` of an atom: where a cluster begins. */
bool bp_atom_has_cluster(const bp_atom *atom, uint32_t at);

/* Words that are shaped for a part of themselves: kerning and ligatures do not reach over a line's
 * end. */
bool bp_atom_can_be_cut(const bp_atom *atom);
const bp_word *bp_atom_shape(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t from,
                             uint32_t to, bp_error *err);

/* Items one after the other; the first begins at byte `start`. */
typedef struct {
    const bp_break_item *items;
    size_t count;
    uint32_t start;
} bp_item_range;

/* divide.c: appends the items to `out`, with hyphens in the words of those that are `wanted` (one
 * for each; NULL: all) and wider than `room`. */
bool bp_paragraph_hyphenate(bp_paragraph *paragraph, const bp_item_range *range, const bool *wanted,
                            double room, bp_buf *out, bp_error *err);
/* Appends the items to `out`, those wider than `room` cut into their clusters. */
bool bp_paragraph_expand(bp_paragraph *paragraph, const bp_item_range *range, double room,
                         bp_buf *out, bp_error *err);

/* What its lines are chosen by at a width. */
bp_break_options bp_paragraph_break_options(const bp_paragraph *paragraph, double width);

/* The height of a line of bytes `start` to `end`. */
double bp_paragraph_line_height(const bp_paragraph *paragraph, uint32_t start, uint32_t end);

/* han.c: measures the marks of the atoms and joins those of different styles. */
bool bp_han_join(bp_paragraph *paragraph, bp_error *err);
/* Makes the empty rooms of the marks of an item, which is made of atoms `first` to `last`, glue. */
void bp_han_glue(const bp_paragraph *paragraph, const bp_atom *first, const bp_atom *last,
                 uint32_t start, bp_break_item *item);
/* Points that word spaces of Chinese lines narrow by: what the options allow, but never to less
 * than a quarter em. `width` is that of all of them. */
double bp_han_shrink(const bp_paragraph *paragraph, double width, uint32_t count, double size);
/* Points that the full-width mark at byte `at` takes behind its room is dropped, where it is one
 * that may hang; 0: it must not; negative: it is no such mark. */
double bp_han_hang(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t at);
/* Points of the empty room of the mark that a piece begins or ends with. */
double bp_piece_room(const bp_piece *piece, bool is_before);
/* Spreads what a line has too little or (negative) too much over the room behind its pieces, and
 * their spaces. `*is_spread` false: there is nothing to spread it over. `*most`: how far it could
 * have been narrowed. */
bool bp_han_spread(const bp_paragraph *paragraph, bp_piece *pieces, double *gaps, size_t last,
                   double missing, bool *is_spread, double *most, bp_error *err);

/* The glyphs of a run that stand for bytes `from` to `to` of its text; clusters are never divided:
 * one that begins inside belongs to the part. */
void bp_run_slice(const bp_run *run, size_t from, size_t to, size_t *first, size_t *count);

/* Where run `r` of a word begins, in bytes of the word's text. */
size_t bp_word_run_start(const bp_word *word, uint32_t r);
/* Run `i` of a word in logical order. */
const bp_run *bp_word_run(const bp_word *word, uint32_t i);

/* Parts by which gaps between Han and Latin, and the squares of Han, grow and narrow at a ratio of
 * 1. */
#define BP_GAP_STRETCH 1.0
#define BP_GAP_SHRINK 0.5
#define BP_SQUARE_STRETCH 0.06

static inline const bp_paragraph_span *bp_atom_span(const bp_paragraph *paragraph,
                                                    const bp_atom *atom)
{
    return &BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span)[atom->span];
}

#endif
