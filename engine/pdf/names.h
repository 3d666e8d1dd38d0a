/* A set of texts, each numbered in the order of its first coming. */
#ifndef BP_PDF_NAMES_H
#define BP_PDF_NAMES_H

#include <stdint.h>

#include "base/buf.h"

typedef struct {
    bp_buf bytes;   /* Texts behind each other, NUL-ended. */
    bp_buf offsets; /* Of size_t, by number. */
    bp_buf slots;   /* Of uint32_t: number + 1, or 0; open addressing. */
} bp_names;

#define BP_NAMES_NONE UINT32_MAX

/* A set begins as {0}; `clear` ends it. */
void bp_names_clear(bp_names *names);

/* The number of a text; BP_NAMES_NONE where it is not there. */
uint32_t bp_names_find(const bp_names *names, const char *text, size_t length);

/* The number of a text, added where it is new; BP_NAMES_NONE when memory is refused. */
uint32_t bp_names_add(bp_names *names, const char *text, size_t length);

size_t bp_names_count(const bp_names *names);

/* Lent until the next is added; NUL-ended. `length` may be NULL. */
const char *bp_names_at(const bp_names *names, uint32_t number, size_t *length);

#endif
