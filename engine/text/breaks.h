/* Line-break opportunities (UAX 14): by a table of our own where the text is plain, by ICU
 * elsewhere. ICU's iterator needs data that cost more to open than a short report takes to lay out.
 */
#ifndef BP_TEXT_BREAKS_H
#define BP_TEXT_BREAKS_H

#include "base/buf.h"
#include "base/error.h"

typedef struct bp_breaks bp_breaks;

bp_breaks *bp_breaks_new(void);
void bp_breaks_free(bp_breaks *breaks);

/* Appends to `ends` (of uint32_t) each byte of the text before which a line may end, in order, the
 * text's end last. The text is good UTF-8 below 4 GiB; line feeds count as opportunities. */
bool bp_breaks_find(bp_breaks *breaks, const char *text, size_t length, const char *language,
                    bp_buf *ends, bp_error *err);

/* The two ways, for the test that compares them. `simple` answers false with `*is_simple` false
 * where the text needs ICU. */
bool bp_breaks_find_simple(const char *text, size_t length, const char *language, bp_buf *ends,
                           bool *is_simple);
bool bp_breaks_find_icu(bp_breaks *breaks, const char *text, size_t length, const char *language,
                        bp_buf *ends, bp_error *err);

#endif
