/* Texts as JSON writes them, character by character, so that whoever writes them needs no memory.
 */
#ifndef BP_BASE_JSON_H
#define BP_BASE_JSON_H

#include <stddef.h>

#define BP_JSON_CHARACTER 8

/* Writes the character of `text` at `*at` (which must be below `length`) as it stands inside the
 * quotes of a JSON text, moves `*at` behind it and answers how many bytes that took; no NUL. What
 * is not UTF-8 becomes U+FFFD. Control characters, and those that turn the reading direction of
 * what follows, are escaped: the line is fit for a terminal. */
size_t bp_json_character(const char *text, size_t length, size_t *at, char out[BP_JSON_CHARACTER]);

#endif
