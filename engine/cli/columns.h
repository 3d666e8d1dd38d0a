/* How wide a terminal shows a character. */
#ifndef BP_CLI_COLUMNS_H
#define BP_CLI_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

/* 2 for Han, kana, Hangul and full-width forms, 0 for combining marks, 1 for all else. The C
 * library's own answer hangs on the locale, which this program never sets. */
size_t bp_columns_of(uint32_t character);

/* The columns of a text. */
size_t bp_columns_width(const char *text);

/* Prints a text on standard output, on one line whatever it holds, and fills it up to `width`
 * columns and two more; 0: neither. */
void bp_columns_put(const char *text, size_t width);

#endif
