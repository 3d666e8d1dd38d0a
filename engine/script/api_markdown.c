/* engine.text.markdown: a document as a tree of blocks. Text comes as api_inline.c hands it over.
 */
#include <limits.h>
#include <string.h>

#include "base/utf8.h"
#include "script/api_inline_private.h"
#include "script/script_private.h"

#define DEPTH_MOST 60 /* Of blocks in each other; more would leave no room for text. */

enum { TREE_AT = 4 };

/* The last and the first character of a run, as bp_leaves_space takes them. */

static uint32_t last_character(const bp_markdown_run *run, const char *text)
{
    size_t end = run->start + run->length, at = end;
    while (at > run->start && end - at < 4)
        if (((unsigned char)text[--at] & 0xC0) != 0x80)
            break;
    return run->placeholder != 0 ? '{' : at < end ? bp_utf8_next(text, end, &at) : ' ';
}

static uint32_t first_character(const bp_markdown_run *run, const char *text)
{
    size_t at = run->start, end = run->start + run->length;
    return run->placeholder != 0 ? '{' : at < end ? bp_utf8_next(text, end, &at) : ' ';
}

/* Sets the text of the block on top: runs as engine.text.inline has them, with the placeholders and
 * attributes of the whole document. */
static void push_text(lua_State *L, const bp_markdown_block *block, const bp_markdown_run *runs,
                      const char *text)
{
    lua_createtable(L, (int)block->run_count * 3, 0);
    for (size_t i = 0; i < block->run_count; i++) {
        const bp_markdown_run *run = &runs[block->first_run + i];
        bool is_joined =
            run->soft_break && i > 0 && i + 1 < block->run_count &&
            !bp_leaves_space(last_character(run - 1, text), first_character(run + 1, text));
        bp_push_run(L, run, text, is_joined, (lua_Integer)i * 3 + 1);
        if (run->title_length > 0 && i == 0) {
            lua_pushlstring(L, text + run->title, run->title_length);
            lua_setfield(L, -3, "title");
        }
    }
    lua_setfield(L, -2, "runs");
    lua_pushvalue(L, BP_HOLES_AT);
    lua_setfield(L, -2, "holes");
    lua_pushvalue(L, BP_SPANS_AT);
    lua_setfield(L, -2, "spans");
}

static void push_block(lua_State *L, const bp_markdown_block *block)
{
    static const char *const kinds[] = {"text", "heading", "quote", "list", "item",
                                        "code", "rule",    "table", "row",  "cell"};
    lua_createtable(L, 0, 6);
    lua_pushstring(L, kinds[block->kind]);
    lua_setfield(L, -2, "kind");
    lua_pushinteger(L, block->line);
    lua_setfield(L, -2, "line");
    if (block->level > 0 || block->is_ordered) {
        lua_pushinteger(L, block->level);
        lua_setfield(L, -2, block->is_ordered ? "start" : "level");
    }
    if (block->is_tight || block->is_head) {
        lua_pushboolean(L, true);
        lua_setfield(L, -2, block->is_head ? "head" : "tight");
    }
    if (block->align != 0) {
        lua_pushstring(L, block->align == 'l' ? "left" : block->align == 'c' ? "center" : "right");
        lua_setfield(L, -2, "align");
    }
}

/* A block without text of its own (a rule) is on the line of what follows, or of what was before.
 */
static void find_lines(bp_markdown_block *blocks, size_t count)
{
    unsigned line = 0;
    for (size_t i = count; i-- > 0;) {
        if (blocks[i].line == 0)
            blocks[i].line = line;
        else if (!blocks[i].is_end)
            line = blocks[i].line;
    }
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].line == 0)
            blocks[i].line = line > 0 ? line : 1;
        line = blocks[i].line;
    }
}

int bp_text_markdown(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    size_t length = 0;
    const char *written = luaL_checklstring(L, BP_TEXT_AT, &length);
    luaL_argcheck(L, length < INT_MAX / 16, BP_TEXT_AT, "the text is too long");
    lua_settop(L, BP_TEXT_AT);
    lua_settop(L, BP_SPANS_AT);
    host->text.length = host->numbers.length = host->verbs.length = host->brackets.length = 0;
    bp_take_document_apart(L, &host->verbs, &host->chunk);
    const bp_markdown_document document = {.input =
                                               host->verbs.bytes != NULL ? host->verbs.bytes : "",
                                           .written = written,
                                           .length = host->verbs.length,
                                           .marks = BP_BUF_ITEMS(&host->chunk, bp_markdown_mark)};
    host->text.length = host->brackets.length = 0;
    if (!bp_markdown_read_blocks(&document, &host->text, &host->numbers, &host->brackets))
        return bp_raise_memory(L);
    bp_markdown_block *blocks = BP_BUF_ITEMS(&host->brackets, bp_markdown_block);
    size_t count = BP_BUF_COUNT(&host->brackets, bp_markdown_block);
    find_lines(blocks, count);
    luaL_checkstack(L, DEPTH_MOST + 10, NULL);
    lua_newtable(L); /* TREE_AT */
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].is_end) { /* Its table goes into the one around. */
            lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
            continue;
        }
        if (lua_gettop(L) - TREE_AT >= DEPTH_MOST)
            return bp_raise_text(L, BP_ERR_SCRIPT,
                                 "markdown: line %d: more than %d blocks in each other",
                                 (int)blocks[i].line, DEPTH_MOST);
        push_block(L, &blocks[i]);
        if (blocks[i].run_count > 0)
            push_text(L, &blocks[i], BP_BUF_ITEMS(&host->numbers, bp_markdown_run),
                      host->text.bytes);
    }
    return 1;
}
