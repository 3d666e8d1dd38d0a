/* Hyphenation patterns (Liang 1983) of one language, read from the files that libhyphen reads: what
 * may stand in them, and what they say of a word. See patterns.c for why libhyphen itself is not
 * asked. */
#ifndef BP_TEXT_PATTERNS_H
#define BP_TEXT_PATTERNS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct bp_patterns bp_patterns;

/* The longest word that is looked at, in bytes; longer ones have no points. */
#define BP_PATTERNS_WORD_MOST 120

/* Makes patterns of the bytes of a file, which `file` names in messages. Damage is BP_ERR_RESOURCE
 * with the place "file:line". Yours to free. */
bp_patterns *bp_patterns_parse(const char *file, const char *bytes, size_t length, bp_error *err);
void bp_patterns_free(bp_patterns *patterns);

/* Where a word of small letters (good UTF-8, no more than BP_PATTERNS_WORD_MOST bytes) may be
 * divided: sets `points[i]` for each byte `i` of it before which it may. The least lengths that the
 * file asks for at its ends are kept. Points at which the spelling changes (old German
 * "Schiff-fahrt") are left out. */
void bp_patterns_apply(const bp_patterns *patterns, const char *word, size_t length, bool *points);

/* The bytes of memory they take, for the test that bounds them. */
size_t bp_patterns_size(const bp_patterns *patterns);

#endif
