/* Line ends as text: "34.8 ⁴percent |of". "|" is free; ¹ slight, ² mild, ³ poor, ⁴ bad. */
#ifndef BP_TESTS_TEXT_BREAKS_SHOWN_H
#define BP_TESTS_TEXT_BREAKS_SHOWN_H

#include "stage.h"
#include "text/breaks_private.h"

static inline const char *breaks_sign(int penalty)
{
    return penalty == 0                 ? "|"
           : penalty <= BP_BREAK_SLIGHT ? "¹"
           : penalty < BP_BREAK_POOR    ? "²"
           : penalty < BP_BREAK_BAD     ? "³"
                                        : "⁴";
}

/* Fills `shown` with the text and its ends but the last. */
static inline void breaks_show(bp_breaks *breaks, const char *text, const char *language,
                               bp_buf *shown)
{
    bp_buf ends = {0};
    bp_error err = {0};
    size_t from = 0;
    shown->length = 0;
    ck_assert(bp_breaks_weigh(breaks, text, strlen(text), language, &ends, &err));
    for (size_t i = 0; i < BP_BUF_COUNT(&ends, bp_break_end); i++) {
        const bp_break_end *one = &BP_BUF_ITEMS(&ends, bp_break_end)[i];
        ck_assert(bp_buf_add(shown, text + from, one->end - from));
        if (one->end < strlen(text))
            ck_assert(bp_buf_text(shown, breaks_sign(one->penalty)));
        from = one->end;
    }
    bp_buf_clear(&ends);
}

#endif
