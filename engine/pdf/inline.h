/* Elements of the structure tree inside of lines of text: links, what spans say they are, and text
 * of another language than what is around it. */
#ifndef BP_PDF_INLINE_H
#define BP_PDF_INLINE_H

#include "pdf/show.h"

/* What is open; begins as {0}, one for each call that shows text. */
typedef struct {
    const char *link;
    const bp_span_role *role;
    const char *language; /* That of the text that was shown last. */
    bool has_reference, has_link, has_inner;
    bool is_begun, is_off;
} bp_inline;

/* Before text of a link (NULL: none), a role (NULL: none) and a language is shown: ends elements
 * and begins others where it differs from what was shown last. Nothing happens while text is shown
 * that is told already (ActualText), and outside of any tag. False on failure (in the document's
 * error). */
bool bp_inline_set(bp_inline *open, bp_shower *s, const char *link, const bp_span_role *role,
                   const char *language);
/* After the last text of the call. */
bool bp_inline_end(bp_inline *open, bp_shower *s);

#endif
