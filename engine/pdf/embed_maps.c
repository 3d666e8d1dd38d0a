/* What a PDF says of the codes of an embedded font: their widths, their glyphs and their
 * characters. Runs of codes are told in one entry. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/embed_private.h"
#include "pdf/syntax.h"

#define BLOCK_MOST 100 /* Entries of a CMap between begin and end. */

static const bp_font_writer *sorted; /* qsort has no argument for its comparison. */

static int compare_codes(const void *a, const void *b)
{
    uint16_t x = sorted->codes[*(const uint32_t *)a].code;
    uint16_t y = sorted->codes[*(const uint32_t *)b].code;
    return (x > y) - (x < y);
}

static int compare_cids(const void *a, const void *b)
{
    uint16_t x = sorted->cids[*(const uint32_t *)a];
    uint16_t y = sorted->cids[*(const uint32_t *)b];
    return x != y ? (x > y) - (x < y) : compare_codes(a, b);
}

static void sort(bp_font_writer *w, int (*compare)(const void *, const void *))
{
    sorted = w;
    qsort(w->order, w->code_count, sizeof *w->order, compare);
    sorted = NULL;
}

void bp_font_sort_codes(bp_font_writer *w)
{
    sort(w, compare_codes);
}

/* The width that most glyphs have. */
static unsigned usual_width(const bp_font_writer *w)
{
    unsigned usual = 0, votes = 0; /* The majority, where there is one; a good guess else. */
    for (size_t i = 0; i < w->code_count; i++) {
        if (votes == 0)
            usual = w->codes[i].width;
        if (w->codes[i].width == usual)
            votes++;
        else
            votes--;
    }
    return usual;
}

/* Widths by CID: "12[500 500 612] 40[...]", but for the usual one. */
bool bp_font_put_widths(bp_font_writer *w, bp_buf *text)
{
    sort(w, compare_cids);
    unsigned usual = usual_width(w);
    bool ok = bp_buf_format(text, "/DW %u/W[", usual);
    uint32_t last = UINT32_MAX;
    bool is_open = false;
    for (size_t i = 0; ok && i < w->code_count; i++) {
        uint32_t cid = w->cids[w->order[i]];
        unsigned width = w->codes[w->order[i]].width;
        if (cid == last || width == usual)
            continue;
        if (!is_open || cid != last + 1)
            ok = (!is_open || bp_buf_char(text, ']')) && bp_syntax_number(text, cid, 0) &&
                 bp_buf_char(text, '[');
        else
            ok = bp_buf_char(text, ' ');
        ok = ok && bp_syntax_number(text, width, 0);
        is_open = true;
        last = cid;
    }
    return ok && bp_buf_text(text, is_open ? "]]\n" : "]\n");
}

static bool put_code(bp_buf *text, unsigned code)
{
    const unsigned char bytes[] = {(unsigned char)(code >> 8), (unsigned char)code};
    size_t skipped = code < 0x80; /* Codes below take one byte. */
    return bp_buf_char(text, '<') && bp_syntax_hex(text, bytes + skipped, sizeof bytes - skipped) &&
           bp_buf_char(text, '>');
}

static bool put_cmap_head(bp_buf *text, const char *name, int type)
{
    return bp_buf_format(text,
                         "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                         "/CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n"
                         "/Ordering (%s) def\n/Supplement 0 def\nend def\n"
                         "/CMapName /%s def\n/CMapVersion 1 def\n/CMapType %d def\n%s"
                         "2 begincodespacerange\n<00> <7F>\n<8000> <FFFF>\n"
                         "endcodespacerange\n",
                         type == 2 ? "UCS" : "Identity", name, type,
                         type == 2 ? "" : "/WMode 0 def\n");
}

static bool put_cmap_tail(bp_buf *text)
{
    return bp_buf_text(text, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

/* Entries of one kind, "begincidrange ... endcidrange", of which a hundred may stand together. */
typedef struct {
    const char *kind;
    bp_buf entries;
    int count;
} block;

static bool end_block(block *of, bp_buf *text)
{
    if (of->count == 0)
        return true;
    bool ok = bp_buf_format(text, "%d begin%s\n", of->count, of->kind) &&
              bp_buf_add(text, of->entries.bytes, of->entries.length) &&
              bp_buf_format(text, "end%s\n", of->kind);
    of->entries.length = 0;
    of->count = 0;
    return ok;
}

/* "<01>", or "<01><03>" for a range: what an entry begins with. */
static bool begin_entry(block *of, bp_buf *text, unsigned code, size_t length)
{
    return (of->count < BLOCK_MOST || end_block(of, text)) && (of->count++, true) &&
           put_code(&of->entries, code) &&
           (length == 1 || put_code(&of->entries, code + (unsigned)length - 1));
}

/* Whether the i-th code and the one after it count up, in one byte of the code. */
static bool is_next_code(const bp_font_writer *w, size_t i)
{
    unsigned code = w->codes[w->order[i]].code;
    return i + 1 < w->code_count && (code & 0xff) != 0xff &&
           w->codes[w->order[i + 1]].code == code + 1;
}

/* Code to CID. */
bool bp_font_put_cmap(const bp_font_writer *w, bp_buf *text)
{
    block single = {.kind = "cidchar"}, range = {.kind = "cidrange"};
    bool ok = put_cmap_head(text, "BP-Codes", 1);
    for (size_t i = 0, n; ok && i < w->code_count; i += n) {
        for (n = 1;
             is_next_code(w, i + n - 1) && w->cids[w->order[i + n]] == w->cids[w->order[i]] + n;)
            n++;
        block *of = n == 1 ? &single : &range;
        ok = begin_entry(of, text, w->codes[w->order[i]].code, n) &&
             bp_buf_char(&of->entries, ' ') &&
             bp_syntax_number(&of->entries, w->cids[w->order[i]], 0) &&
             bp_buf_char(&of->entries, '\n');
    }
    ok = ok && end_block(&single, text) && end_block(&range, text) && put_cmap_tail(text);
    bp_buf_clear(&single.entries);
    bp_buf_clear(&range.entries);
    return ok;
}

/* No reader takes these for characters. */
static bool is_none(uint32_t c)
{
    return c == 0xfeff || c == 0xfffe || c == 0xffff;
}

/* The one character below U+10000 that a code stands for; 0 where it is another or several. */
static uint32_t plain_character(const bp_glyph_code *code)
{
    bool is_one = (code->text & BP_CODE_MANY) == 0 && code->text < 0x10000;
    return is_one && !is_none(code->text) ? code->text : 0;
}

/* The characters of a code, without those that are none. */
static bool put_characters(bp_buf *text, const char *characters, size_t length)
{
    if (memchr(characters, 0xef, length) == NULL) /* The first byte of all of those. */
        return bp_syntax_utf16(text, characters, length);
    bool ok = true;
    for (size_t at = 0, start = 0; ok && at < length; start = at) {
        uint32_t c = bp_utf8_next(characters, length, &at);
        ok = is_none(c) ? bp_buf_text(text, "FFFD")
                        : bp_syntax_utf16(text, characters + start, at - start);
    }
    return ok;
}

/* Code to characters. A range counts up in the last byte of both. */
bool bp_font_put_characters(const bp_font_writer *w, bp_buf *text)
{
    block single = {.kind = "bfchar"}, range = {.kind = "bfrange"};
    bool ok = put_cmap_head(text, "BP-Characters", 2);
    for (size_t i = 0, n; ok && i < w->code_count; i += n) {
        const bp_glyph_code *code = &w->codes[w->order[i]];
        uint32_t plain = plain_character(code);
        for (n = 1; plain != 0 && is_next_code(w, i + n - 1) && ((plain + n) & 0xff) != 0 &&
                    plain_character(&w->codes[w->order[i + n]]) == plain + n;)
            n++;
        char scratch[4];
        size_t length = 0;
        const char *characters = bp_use_text(w->use, code, scratch, &length);
        block *of = n == 1 ? &single : &range;
        ok = begin_entry(of, text, code->code, n) && bp_buf_char(&of->entries, '<') &&
             put_characters(&of->entries, characters, length) && bp_buf_text(&of->entries, ">\n");
    }
    ok = ok && end_block(&single, text) && end_block(&range, text) && put_cmap_tail(text);
    bp_buf_clear(&single.entries);
    bp_buf_clear(&range.entries);
    return ok;
}
