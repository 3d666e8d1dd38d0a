/* The order of words in a language, and the letters that they stand under in an index. */
#ifndef BP_TEXT_COLLATE_H
#define BP_TEXT_COLLATE_H

#include "base/buf.h"
#include "base/error.h"

enum { BP_HEAD_SIZE = 24 };

typedef struct {
    const char *text;        /* UTF-8; the caller's. */
    size_t length;           /* Bytes. */
    size_t rank;             /* Its place among the texts, from 1; equal texts have the same. */
    char head[BP_HEAD_SIZE]; /* Its letter, "" for what begins with none. */
} bp_collated;

/* Fills in the rank and the head of each text by the rules of a language (BCP 47): Chinese by
 * pinyin, in traditional characters by strokes. The head is a letter of the language's index ("A",
 * "Ö" in Swedish, "か", "3劃"), or the first letter itself where it is of another script. What the
 * language does not tell apart stands in the order of its bytes. `scratch` is overwritten. */
bool bp_text_collate(bp_collated *texts, size_t count, const char *language, bp_buf *scratch,
                     bp_error *err);

#endif
