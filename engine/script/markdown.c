/* Markdown through md4c: see markdown.h. md4c reads documents; the guards at the lines' starts keep
 * it to inline text where that alone is wanted. */
#include "script/markdown.h"

#include <md4c.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

typedef bp_markdown_run run;

typedef struct {
    const char *input; /* With the guards. */
    size_t input_length;
    bp_buf *text; /* Gathered bytes. */
    bp_buf *runs; /* Of run. */
    run now;      /* What holds where we are. */
    unsigned paragraphs;
    const bp_markdown_document *document; /* NULL: inline text. */
    bp_buf *blocks, open;                 /* The second of size_t: begun and not ended. */
    size_t marks_passed;                  /* Before `line_at`. */
    size_t line_at;                       /* Of the input, which lies on line `line`. */
    unsigned line;
    size_t first_run; /* Of the block that we are in. */
    bool is_code_block;
} reader;

/* Entities that people write by name. */
static const struct {
    const char *name;
    uint32_t character;
} entities[] = {{"amp", '&'},       {"apos", '\''},     {"bull", 0x2022},  {"cent", 0xA2},
                {"copy", 0xA9},     {"deg", 0xB0},      {"divide", 0xF7},  {"emsp", 0x2003},
                {"ensp", 0x2002},   {"euro", 0x20AC},   {"frac12", 0xBD},  {"ge", 0x2265},
                {"gt", '>'},        {"hellip", 0x2026}, {"laquo", 0xAB},   {"larr", 0x2190},
                {"ldquo", 0x201C},  {"le", 0x2264},     {"lsquo", 0x2018}, {"lt", '<'},
                {"mdash", 0x2014},  {"middot", 0xB7},   {"minus", 0x2212}, {"nbsp", 0xA0},
                {"ndash", 0x2013},  {"ne", 0x2260},     {"para", 0xB6},    {"permil", 0x2030},
                {"plusmn", 0xB1},   {"pound", 0xA3},    {"quot", '"'},     {"raquo", 0xBB},
                {"rarr", 0x2192},   {"rdquo", 0x201D},  {"reg", 0xAE},     {"rsquo", 0x2019},
                {"sect", 0xA7},     {"shy", 0xAD},      {"sup2", 0xB2},    {"sup3", 0xB3},
                {"thinsp", 0x2009}, {"times", 0xD7},    {"trade", 0x2122}, {"yen", 0xA5}};

/* Writes an entity ("&amp;", "&#233;", "&#xE9;") as its character; one we do not know stays as it
 * is. */
static bool add_entity(bp_buf *out, const char *text, size_t length)
{
    uint32_t character = 0;
    if (length > 3 && text[1] == '#') {
        bool is_hex = text[2] == 'x' || text[2] == 'X';
        char digits[16] = "";
        size_t size = length - 3 - is_hex;
        if (size < sizeof digits)
            memcpy(digits, text + 2 + is_hex, size);
        character = (uint32_t)strtoul(digits, NULL, is_hex ? 16 : 10);
        if (character == 0)
            character = 0xFFFD;
    } else {
        for (size_t i = 0; i < sizeof entities / sizeof entities[0] && character == 0; i++)
            if (strlen(entities[i].name) == length - 2 &&
                memcmp(entities[i].name, text + 1, length - 2) == 0)
                character = entities[i].character;
        if (character == 0)
            return bp_buf_add(out, text, length);
    }
    char bytes[4];
    size_t size = bp_utf8_put(character, bytes);
    return size != 0 ? bp_buf_add(out, bytes, size) : bp_buf_text(out, "\xEF\xBF\xBD");
}

static bool is_same(const run *a, const run *b)
{
    return !a->strong == !b->strong && !a->emphasis == !b->emphasis && !a->code == !b->code &&
           !a->strike == !b->strike && a->has_link == b->has_link && a->link == b->link &&
           a->has_image == b->has_image && a->image == b->image && a->title == b->title &&
           a->placeholder == 0 && a->span == b->span && a->is_raised == b->is_raised &&
           a->is_lowered == b->is_lowered && !a->hard_break && !a->soft_break;
}

/* Begins a run at the end of the gathered text, or goes on with the last where nothing changed. */
static run *open_run(reader *in)
{
    size_t count = BP_BUF_COUNT(in->runs, run);
    run *last = count > in->first_run ? &BP_BUF_ITEMS(in->runs, run)[count - 1] : NULL;
    if (last != NULL && is_same(last, &in->now) && last->start + last->length == in->text->length)
        return last;
    run *next = bp_buf_push(in->runs, sizeof *next);
    if (next != NULL) {
        *next = in->now;
        next->start = in->text->length;
    }
    return next;
}

static int add_break(reader *in, bool is_hard)
{
    run *next = bp_buf_push(in->runs, sizeof *next);
    if (next == NULL)
        return -1;
    next->start = in->text->length;
    next->hard_break = is_hard;
    next->soft_break = !is_hard;
    return 0;
}

static bool add_piece(reader *in, const char *text, size_t length)
{
    run *now = length > 0 ? open_run(in) : NULL;
    if (now != NULL)
        now->length += length;
    return length == 0 || (now != NULL && bp_buf_add(in->text, text, length));
}

/* What stands between the two marks: a kind (0: a placeholder) and a number. */
typedef struct {
    size_t size; /* With the marks; 0: here is none. */
    char kind;
    unsigned number;
    const char *written; /* In a document. */
    size_t written_length;
} mark;

/* The mark that `text` begins with. */
static mark read_mark(const reader *in, const char *text, size_t length)
{
    mark found = {0};
    size_t at = BP_MARK_SIZE;
    if (length < BP_MARK_SIZE || memcmp(text, BP_MARK_OPEN, BP_MARK_SIZE) != 0)
        return found;
    if (at < length && text[at] >= BP_MARK_RAISE && text[at] <= BP_MARK_BRACED)
        found.kind = text[at++];
    size_t digits = at;
    for (; at < length && at < digits + 9 && text[at] >= '0' && text[at] <= '9'; at++)
        found.number = found.number * 10 + (unsigned)(text[at] - '0');
    if ((found.kind == 0 && at == digits) || length - at < BP_MARK_SIZE ||
        memcmp(text + at, BP_MARK_CLOSE, BP_MARK_SIZE) != 0)
        return (mark){0};
    found.size = at + BP_MARK_SIZE;
    if (in->document != NULL) {
        const bp_markdown_mark *entry = &in->document->marks[found.number];
        found.number = entry->number;
        found.written = in->document->written + entry->from;
        found.written_length = entry->to - entry->from;
    }
    return found;
}

/* What a mark stands for where it is text all the same, as in code. */
static const char *literal_of(const mark *m)
{
    switch (m->kind) {
    case 0:
        return BP_MARK_OPEN;
    case BP_MARK_RAISE:
    case BP_MARK_RAISED:
        return "^";
    case BP_MARK_SPAN:
        return "[";
    case BP_MARK_SPANNED:
        return "]";
    case BP_MARK_BRACE:
        return "{";
    case BP_MARK_BRACED:
        return "}";
    default:
        return "~";
    }
}

static bool add_mark(reader *in, const mark *m)
{
    run *now = &in->now;
    if (in->is_code_block)
        return add_piece(in, m->written, m->written_length);
    if (m->kind == 0 && m->number != 0) {
        run *next = bp_buf_push(in->runs, sizeof *next);
        if (next == NULL)
            return false;
        *next = *now;
        next->start = in->text->length;
        next->placeholder = m->number;
        return true;
    }
    bool is_literal = m->kind == 0 || m->kind == BP_MARK_TILDE || m->kind >= BP_MARK_BRACE;
    if (is_literal || now->code > 0) {
        const char *literal = literal_of(m);
        return add_piece(in, literal, strlen(literal));
    }
    if (m->kind == BP_MARK_RAISE || m->kind == BP_MARK_RAISED)
        now->is_raised = m->kind == BP_MARK_RAISE;
    else if (m->kind == BP_MARK_LOWER || m->kind == BP_MARK_LOWERED)
        now->is_lowered = m->kind == BP_MARK_LOWER;
    else
        now->span = m->number;
    return true;
}

/* Adds text of our input, without the guards, parted at the placeholders. */
static bool add_plain(reader *in, const char *text, size_t length)
{
    bool is_ours = text >= in->input && text <= in->input + in->input_length;
    size_t from = 0, at = 0;
    while (at < length) {
        mark found = {0};
        size_t size = 0;
        if (text[at] == BP_MARK_OPEN[0]) {
            found = read_mark(in, text + at, length - at);
            size = found.size;
        } else if (text[at] == BP_GUARD[0] && is_ours && in->document == NULL &&
                   length - at >= BP_GUARD_SIZE &&
                   memcmp(text + at, BP_GUARD, BP_GUARD_SIZE) == 0 &&
                   (text + at == in->input || text[(ptrdiff_t)at - 1] == '\n')) {
            size = BP_GUARD_SIZE;
        }
        if (size == 0) {
            at++;
            continue;
        }
        if (!add_piece(in, text + from, at - from) || (found.size > 0 && !add_mark(in, &found)))
            return false;
        at += size;
        from = at;
    }
    return add_piece(in, text + from, length - from);
}

/* Blocks of a document. */

static bp_markdown_block *innermost(const reader *in)
{
    size_t count = BP_BUF_COUNT(&in->open, size_t);
    return count == 0
               ? NULL
               : &BP_BUF_ITEMS(in->blocks,
                               bp_markdown_block)[BP_BUF_ITEMS(&in->open, size_t)[count - 1]];
}

static bool holds_text(const bp_markdown_block *block)
{
    return block->kind == BP_MARKDOWN_TEXT || block->kind == BP_MARKDOWN_HEADING ||
           block->kind == BP_MARKDOWN_CODE || block->kind == BP_MARKDOWN_CELL;
}

static bool begin_block(reader *in, const bp_markdown_block *block)
{
    size_t place = BP_BUF_COUNT(in->blocks, bp_markdown_block);
    bp_markdown_block *begun = bp_buf_push(in->blocks, sizeof *begun);
    if (begun == NULL)
        return false;
    *begun = *block;
    begun->first_run = in->first_run = BP_BUF_COUNT(in->runs, run);
    memset(&in->now, 0, sizeof in->now);
    in->is_code_block = block->kind == BP_MARKDOWN_CODE;
    return bp_buf_add(&in->open, &place, sizeof place);
}

static bool end_block(reader *in)
{
    bp_markdown_block *begun = innermost(in);
    if (holds_text(begun))
        begun->run_count = BP_BUF_COUNT(in->runs, run) - begun->first_run;
    bp_markdown_block end = {.kind = begun->kind, .is_end = true, .line = begun->line};
    in->is_code_block = false;
    in->open.length -= sizeof(size_t);
    return bp_buf_add(in->blocks, &end, sizeof end);
}

/* The line ends in what a mark stands for, where one begins: notes may go on over them. */
static unsigned lines_of_mark(reader *in)
{
    const bp_markdown_document *document = in->document;
    if (document == NULL || in->input_length - in->line_at < BP_MARK_SIZE ||
        memcmp(in->input + in->line_at, BP_MARK_OPEN, BP_MARK_SIZE) != 0)
        return 0;
    const bp_markdown_mark *passed = &document->marks[in->marks_passed++];
    unsigned count = 0;
    for (size_t i = passed->from; i < passed->to; i++)
        count += document->written[i] == '\n';
    return count;
}

/* Before text comes: its line is that of the blocks it begins, and items of tight lists hold a
 * paragraph that md4c does not tell of. */
static bool note_text(reader *in, const char *text)
{
    static const bp_markdown_block paragraph = {.kind = BP_MARKDOWN_TEXT};
    bp_markdown_block *block = innermost(in);
    if (block != NULL && !holds_text(block)) {
        run now = in->now; /* A span may have begun before its text. */
        if (!begin_block(in, &paragraph))
            return false;
        in->now = now;
    }
    if (text < in->input || text > in->input + in->input_length)
        return true;
    size_t at = (size_t)(text - in->input);
    for (; in->line_at < at; in->line_at++)
        in->line += in->input[in->line_at] == '\n' ? 1 : lines_of_mark(in);
    for (size_t i = BP_BUF_COUNT(&in->open, size_t); i-- > 0;) {
        block = &BP_BUF_ITEMS(in->blocks, bp_markdown_block)[BP_BUF_ITEMS(&in->open, size_t)[i]];
        if (block->line != 0)
            break;
        block->line = in->line;
    }
    return true;
}

/* Ends the paragraph of a tight item. */
static bool end_implied(reader *in)
{
    const bp_markdown_block *block = innermost(in);
    return block == NULL || block->kind != BP_MARKDOWN_TEXT || end_block(in);
}

static bool describe(MD_BLOCKTYPE type, void *detail, bp_markdown_block *block)
{
    switch (type) {
    case MD_BLOCK_P:
        block->kind = BP_MARKDOWN_TEXT;
        return true;
    case MD_BLOCK_H:
        block->kind = BP_MARKDOWN_HEADING;
        block->level = ((MD_BLOCK_H_DETAIL *)detail)->level;
        return true;
    case MD_BLOCK_QUOTE:
        block->kind = BP_MARKDOWN_QUOTE;
        return true;
    case MD_BLOCK_UL:
        block->kind = BP_MARKDOWN_LIST;
        block->is_tight = ((MD_BLOCK_UL_DETAIL *)detail)->is_tight != 0;
        return true;
    case MD_BLOCK_OL:
        block->kind = BP_MARKDOWN_LIST;
        block->is_ordered = true;
        block->is_tight = ((MD_BLOCK_OL_DETAIL *)detail)->is_tight != 0;
        block->level = ((MD_BLOCK_OL_DETAIL *)detail)->start;
        return true;
    case MD_BLOCK_LI:
        block->kind = BP_MARKDOWN_ITEM;
        return true;
    case MD_BLOCK_CODE:
        block->kind = BP_MARKDOWN_CODE;
        return true;
    case MD_BLOCK_HR:
        block->kind = BP_MARKDOWN_RULE;
        return true;
    case MD_BLOCK_TABLE:
        block->kind = BP_MARKDOWN_TABLE;
        return true;
    case MD_BLOCK_TR:
        block->kind = BP_MARKDOWN_ROW;
        return true;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        block->kind = BP_MARKDOWN_CELL;
        block->is_head = type == MD_BLOCK_TH;
        block->align = "\0lcr"[((MD_BLOCK_TD_DETAIL *)detail)->align];
        return true;
    default:
        return false; /* The document, and the parts of a table. */
    }
}

static int on_begin(MD_BLOCKTYPE type, void *detail, void *in)
{
    bp_markdown_block block = {0};
    return !describe(type, detail, &block) || (end_implied(in) && begin_block(in, &block)) ? 0 : -1;
}

static int on_end(MD_BLOCKTYPE type, void *detail, void *in)
{
    bp_markdown_block block = {0};
    if (!describe(type, detail, &block))
        return 0;
    bool is_other = innermost(in)->kind != block.kind;
    return (!is_other || end_implied(in)) && end_block(in) ? 0 : -1;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *raw)
{
    reader *in = raw;
    if (in->document != NULL && !note_text(in, text))
        return -1;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        return add_break(in, type == MD_TEXT_BR);
    if (type == MD_TEXT_NULLCHAR)
        return add_piece(in, "\xEF\xBF\xBD", 3) ? 0 : -1;
    if (type != MD_TEXT_ENTITY)
        return add_plain(in, text, size) ? 0 : -1;
    run *now = open_run(in);
    size_t before = in->text->length;
    if (now == NULL || !add_entity(in->text, text, size))
        return -1;
    now->length += in->text->length - before;
    return 0;
}

/* Adds a part of a link's target. Placeholders stay marks there, for the target is one text. */
static bool add_target(const reader *in, bp_buf *out, const char *text, size_t length)
{
    size_t from = 0, at = 0;
    while (at < length) {
        mark found = read_mark(in, text + at, length - at);
        if (found.size > 0 && (found.kind != 0 || found.number == 0 || in->document != NULL)) {
            char hole[32];
            const char *literal = literal_of(&found);
            if (found.kind == 0 && found.number != 0) {
                (void)snprintf(hole, sizeof hole, BP_MARK_OPEN "%u" BP_MARK_CLOSE, found.number);
                literal = hole;
            }
            if (!bp_buf_add(out, text + from, at - from) || !bp_buf_text(out, literal))
                return false;
            from = at + found.size;
        }
        at += found.size > 0 ? found.size : 1;
    }
    return bp_buf_add(out, text + from, length - from);
}

/* Copies an attribute (a link's target) into the gathered text, between runs. */
static bool add_attribute(reader *in, const MD_ATTRIBUTE *attribute, size_t *start, size_t *length)
{
    *start = in->text->length;
    for (unsigned i = 0; attribute->size > 0 && attribute->substr_offsets[i] < attribute->size;
         i++) {
        const char *part = attribute->text + attribute->substr_offsets[i];
        size_t size = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];
        bool ok = attribute->substr_types[i] == MD_TEXT_ENTITY
                      ? add_entity(in->text, part, size)
                      : add_target(in, in->text, part, size);
        if (!ok)
            return false;
    }
    *length = in->text->length - *start;
    return true;
}

static bool add_image(reader *in, const MD_SPAN_IMG_DETAIL *detail)
{
    run *now = &in->now;
    return add_attribute(in, &detail->src, &now->image, &now->image_length) &&
           (in->document == NULL ||
            add_attribute(in, &detail->title, &now->title, &now->title_length));
}

static int on_span(MD_SPANTYPE type, void *detail, reader *in, unsigned step)
{
    run *now = &in->now;
    switch (type) {
    case MD_SPAN_STRONG:
        now->strong += step;
        break;
    case MD_SPAN_EM:
        now->emphasis += step;
        break;
    case MD_SPAN_CODE:
        now->code += step;
        break;
    case MD_SPAN_DEL:
        now->strike += step;
        break;
    case MD_SPAN_A:
        now->has_link = step == 1;
        now->link = now->link_length = 0;
        if (step == 1 &&
            !add_attribute(in, &((MD_SPAN_A_DETAIL *)detail)->href, &now->link, &now->link_length))
            return -1;
        break;
    case MD_SPAN_IMG:
        now->has_image = step == 1;
        now->image = now->image_length = now->title = now->title_length = 0;
        if (step == 1 && !add_image(in, detail))
            return -1;
        if (step == 1 && open_run(in) == NULL) /* An image without a text is one all the same. */
            return -1;
        break;
    default:
        break;
    }
    return 0;
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *in)
{
    return on_span(type, detail, in, 1);
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *in)
{
    return on_span(type, detail, in, (unsigned)-1);
}

/* A blank line parts two paragraphs: here it breaks the line. */
static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *raw)
{
    (void)detail;
    reader *in = raw;
    return type == MD_BLOCK_P && in->paragraphs++ > 0 ? add_break(in, true) : 0;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *in)
{
    (void)type;
    (void)detail;
    (void)in;
    return 0;
}

bool bp_markdown_read(const char *input, size_t length, bool is_markdown, bp_buf *text,
                      bp_buf *runs)
{
    static const MD_PARSER parser = {.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS |
                                              MD_FLAG_STRIKETHROUGH,
                                     .enter_block = on_enter_block,
                                     .leave_block = on_leave_block,
                                     .enter_span = on_enter_span,
                                     .leave_span = on_leave_span,
                                     .text = on_text};
    reader in = {.input = input, .input_length = length, .text = text, .runs = runs};
    /* Room for one byte, so that offsets always have an address. */
    if (!bp_buf_reserve(text, 1))
        return false;
    if (!is_markdown)
        return add_plain(&in, input, length);
    return md_parse(input, (MD_SIZE)length, &parser, &in) == 0;
}

bool bp_markdown_read_blocks(const bp_markdown_document *document, bp_buf *text, bp_buf *runs,
                             bp_buf *blocks)
{
    static const MD_PARSER parser = {.flags =
                                         MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH,
                                     .enter_block = on_begin,
                                     .leave_block = on_end,
                                     .enter_span = on_enter_span,
                                     .leave_span = on_leave_span,
                                     .text = on_text};
    reader in = {.input = document->input,
                 .input_length = document->length,
                 .text = text,
                 .runs = runs,
                 .document = document,
                 .blocks = blocks,
                 .line = 1};
    bool ok = bp_buf_reserve(text, 1) &&
              md_parse(document->input, (MD_SIZE)document->length, &parser, &in) == 0;
    bp_buf_clear(&in.open);
    return ok;
}
