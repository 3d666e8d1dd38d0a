/* How wide a terminal shows a character. */
#ifndef BP_CLI_COLUMNS_H
#define BP_CLI_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

/* 2 for Han, kana, Hangul and full-width forms, 0 for combining marks, 1 for all else. The C
 * library's own answer hangs on the locale, which this program never sets. */
size_t bp_columns_of(uint32_t character);

#endif
