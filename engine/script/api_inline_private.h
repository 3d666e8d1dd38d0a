/* What reading a text for inline markup and reading a document share. */
#ifndef BP_SCRIPT_API_INLINE_PRIVATE_H
#define BP_SCRIPT_API_INLINE_PRIVATE_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "script/markdown.h"

enum { BP_TEXT_AT = 1, BP_HOLES_AT = 2, BP_SPANS_AT = 3 }; /* On the Lua stack. */

/* Takes the text at BP_TEXT_AT apart as a document: line ends stay, and each mark has an entry in
 * `marks` (of bp_markdown_mark, empty before). Leaves placeholders and attributes at the two other
 * places, nil where there are none; raises when memory is refused. */
void bp_take_document_apart(lua_State *L, bp_buf *out, bp_buf *marks);

/* Whether a line end between two characters leaves a space; '{' stands for a placeholder. */
bool bp_leaves_space(uint32_t before, uint32_t behind);

/* Puts text, look and target of a run at `at` of the table on top; `text` holds what was gathered.
 * A line end is a space, where `is_joined` nothing. */
void bp_push_run(lua_State *L, const bp_markdown_run *run, const char *text, bool is_joined,
                 lua_Integer at);

#endif
