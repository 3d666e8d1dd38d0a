/* The inside of reading rules: a reader of one table, and the sets of letters its coverages and
 * classes stand for. Once something is damaged or not understood the reader is broken: it goes on
 * safely, and what it says no longer counts. */
#ifndef BP_TEXT_RULES_PRIVATE_H
#define BP_TEXT_RULES_PRIVATE_H

#include "text/rules.h"

#define BP_OWNERS_MOST 512
#define BP_PLACES_MOST 64 /* Of a rule; more would only say more of it. */
#define BP_QUICK_CLASSES 32
#define BP_QUICK_COVERAGES 64

/* A glyph and the letters that can become it. */
typedef struct {
    uint32_t glyph;
    bp_letters letters;
} bp_owner;

typedef struct {
    size_t owner, index; /* `index`: in the coverage. */
} bp_covered;

typedef struct {
    bp_sfnt_view table;
    bool is_positioning;
    bool is_broken;
    size_t work;
    bp_rules *rules;
    size_t owner_count;
    bp_owner owners[BP_OWNERS_MOST]; /* Sorted by glyph. */
    uint64_t filter[16];             /* A bit for the last ten bits of each owner's glyph. */
    struct {
        size_t at; /* 0: empty. */
        bp_letters letters;
    } cache[BP_QUICK_COVERAGES]; /* What coverages hold. */
    bp_covered covered[BP_OWNERS_MOST];
    size_t class_at[3]; /* Class definitions read last. */
    bool has_class[3];
    uint16_t classes[3][BP_OWNERS_MOST];
    bp_letters of_class[3][BP_QUICK_CLASSES]; /* The letters of the first classes. */
    size_t place_count;                       /* Of the rule in hand. */
    bool is_dead;                             /* It cannot match. */
    bp_letters places[BP_PLACES_MOST];
} bp_rule_reader;

bool bp_letters_is_within(bp_letters a, bp_letters b);

static inline bool bp_letters_is_empty(bp_letters a)
{
    return (a.bits[0] | a.bits[1]) == 0;
}

static inline bool bp_letters_meet(bp_letters a, bp_letters b)
{
    return ((a.bits[0] & b.bits[0]) | (a.bits[1] & b.bits[1])) != 0;
}
void bp_letters_unite(bp_letters *a, bp_letters b);

/* The number at a place; 0 and a broken reader outside the table. */
unsigned bp_rule_u16(bp_rule_reader *r, size_t at);
size_t bp_rule_u32(bp_rule_reader *r, size_t at);
/* The place that the offset at `at` leads to, counted from `from`; 0: nowhere. */
size_t bp_rule_follow(bp_rule_reader *r, size_t from, size_t at);

/* Lets a glyph stand for letters. True where that is news. */
bool bp_rule_own(bp_rule_reader *r, uint32_t glyph, bp_letters letters);
/* The letters that a glyph stands for. */
bp_letters bp_rule_letters(const bp_rule_reader *r, uint32_t glyph);

/* Fills `covered` with the owners that the coverage at `at` (0: none) holds. A damaged one may hold
 * a glyph twice, or out of order: HarfBuzz finds one of what stands here, or nothing. */
size_t bp_rule_cover(bp_rule_reader *r, size_t at);
/* All letters of a coverage; only once no owners are added any more. */
bp_letters bp_rule_coverage(bp_rule_reader *r, size_t at);

/* Reads a class definition (at 0: all are of class 0) as number `which`, and the letters of one of
 * its classes. The same restriction. */
void bp_rule_classify(bp_rule_reader *r, int which, size_t at);
bp_letters bp_rule_class(const bp_rule_reader *r, int which, unsigned class);

#endif
