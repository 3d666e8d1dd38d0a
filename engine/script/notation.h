/* Notation in a layout's text that Markdown does not know: x^2^, H~2~O, [words]{.style}, and notes,
 * ^[...] and [^key]. What is found here is only where it stands; api_inline.c writes marks there.
 */
#ifndef BP_SCRIPT_NOTATION_H
#define BP_SCRIPT_NOTATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Where the text between two "^" or two "~" ends, the first of which is at `at`: the place of the
 * second, or 0 where they are only what they are. Both stand close to the text between them, which
 * has no spaces but in placeholders, and close behind what it belongs to. A "~" between figures is
 * a range, and one next to another "~" is Markdown's. */
size_t bp_notation_script(const char *text, size_t length, size_t at);

/* The "}" of the placeholder that the "{" at `at` begins; 0 where it begins none. */
size_t bp_notation_brace(const char *text, size_t length, size_t at);

/* The "}" of the attributes that the "{" at `at` begins (".name" or "key=value" come first); 0
 * where it begins none. */
size_t bp_notation_attributes(const char *text, size_t length, size_t at);

/* The "]" of the note that the "^[" at `at` begins; 0 where it begins none: nothing closes it
 * within 16 KiB, or it is a raised link or raised text in brackets, as ^[a](#b)^ and ^[2]^. */
size_t bp_notation_note(const char *text, size_t length, size_t at);

/* The "]" of the "[^key]" whose "[" is at `at`; 0 where it is none, or a link or a definition. */
size_t bp_notation_note_key(const char *text, size_t length, size_t at);

#define BP_NOTATION_TICKS_MOST 32 /* Backticks around code, as md4c has it. */

/* Behind the code span that the backticks at `at` begin; behind them where they begin none.
 * `missing`, false at first, remembers how many backticks no code span ends with any more: so many
 * calls for one text take time that grows with its length. */
size_t bp_notation_code(const char *text, size_t length, size_t at,
                        bool missing[BP_NOTATION_TICKS_MOST + 1]);

/* An end of a span with attributes. */
typedef struct {
    size_t at;       /* Of its bracket. */
    size_t next;     /* Behind the bracket; behind the attributes too where it closes. */
    unsigned number; /* Of the span, from 1 in the order of their ends. */
    unsigned around; /* Of the span around it; 0: none. */
    bool is_end;
} bp_notation_bracket;

/* Lists both ends of all spans with attributes, of bp_notation_bracket in the order of the text, in
 * `out`, which must be empty. `stack` is scratch. In time that grows with the length alone. False
 * when memory is refused. */
bool bp_notation_spans(const char *text, size_t length, bp_buf *out, bp_buf *stack);

#endif
