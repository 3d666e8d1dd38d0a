/* What the files of the ties share: ties.c goes from opportunity to opportunity, ties_across.c
 * judges what stands on both sides of a space, ties_inside.c what stands side by side, address.c
 * knows addresses. */
#ifndef BP_TEXT_TIES_PRIVATE_H
#define BP_TEXT_TIES_PRIVATE_H

#include <string.h>

#include "text/breaks_private.h"

/* An opportunity that is being judged. */
typedef struct {
    const char *text;
    size_t length;
    const bp_tie_words *words; /* Of the language, beside English; NULL: none. */
    bool is_han;               /* The language is Chinese or Japanese. */
    size_t at;                 /* What follows begins here. */
    size_t left;               /* What is before the spaces ends here. */
    uint32_t before, after; /* The characters on both sides, spaces left out; 0: the text's end. */
    int penalty;            /* The worst yet. */
    bp_tie tie;
} bp_tie_place;

/* Judges the opportunity at `at`: sets the fields below it, the last two where a tie holds. */
void bp_tie_judge(bp_tie_place *p);
void bp_tie_across_space(bp_tie_place *p);
void bp_tie_inside_word(bp_tie_place *p);

/* Notes a tie, where it is worse than those noted before. */
void bp_tie_note(bp_tie_place *p, bp_tie tie, int penalty);

/* The byte at which the character before `at` begins; the characters there and behind, 0 at an end
 * of the text. */
size_t bp_tie_back(const char *text, size_t at);
uint32_t bp_tie_before(const char *text, size_t at);
uint32_t bp_tie_after(const char *text, size_t length, size_t at);

/* True where a set of ASCII characters has it. */
static inline bool bp_tie_is_one_of(const char *set, char c)
{
    return c != '\0' && strchr(set, c) != NULL;
}
bool bp_tie_is_space(uint32_t c);
bool bp_tie_is_digit(uint32_t c);
bool bp_tie_is_letter(uint32_t c);
/* Dandas, repetition marks: they belong to the word before them, spaces or not. */
bool bp_tie_begins_no_line(uint32_t c);
/* 万, 亿 and the like. */
bool bp_han_is_magnitude(uint32_t c);

/* False where a glance tells that the text has no address. */
bool bp_address_is_possible(const char *text, size_t length);
/* The next address at or behind `from`: `*start` to `*end`. */
bool bp_address_find(const char *text, size_t length, size_t from, size_t *start, size_t *end);
/* The penalty of a line end before byte `at` of an address; BP_BREAK_NEVER where there is none. */
int bp_address_penalty(const char *text, size_t start, size_t end, size_t at);

#endif
