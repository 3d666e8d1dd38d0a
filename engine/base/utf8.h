/* UTF-8: strict decoding (no overlong forms, no surrogates, nothing above U+10FFFF). */
#ifndef BP_BASE_UTF8_H
#define BP_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BP_UTF8_BAD UINT32_MAX

/* Decodes the character at `*at` (which must be below `length`) and moves `*at` behind it. At a bad
 * byte answers BP_UTF8_BAD and moves by one. */
uint32_t bp_utf8_next(const char *text, size_t length, size_t *at);

/* Writes `character` into `out` (4 bytes at most, no NUL) and answers how many bytes; 0 for no
 * character. */
size_t bp_utf8_put(uint32_t character, char out[4]);

/* True where all bytes are good UTF-8; otherwise `*bad_at` (may be NULL) is the first bad byte. */
bool bp_utf8_valid(const char *text, size_t length, size_t *bad_at);

/* The largest length not above `limit` that does not cut a character of `text`. */
size_t bp_utf8_floor(const char *text, size_t length, size_t limit);

/* The number of characters. */
size_t bp_utf8_count(const char *text, size_t length);

/* Edits that turn `a` into `b` (Levenshtein, in bytes), at most `limit` + 1: for "did you mean". */
size_t bp_text_distance(const char *a, const char *b, size_t limit);

#endif
