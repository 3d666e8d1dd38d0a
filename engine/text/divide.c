/* Dividing items further: at the hyphens of words, and between clusters where a part is wider than
 * the line. Which words have hyphens is a matter of the text around them: addresses, numbers,
 * acronyms and words with hyphens of their own have none. */
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/hyphenate.h"
#include "text/paragraph_private.h"

/* Hyphens ------------------------------------------------------------------------------------- */

/* Text between spaces, and what is known of it. */
typedef struct {
    uint32_t end;
    bool may_divide; /* Its words may have hyphens. */
} token;

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return u_isalpha((UChar32)c) || (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\n' || c == 0xa0 || c == 0x202f || c == 0x3000;
}

/* Marks that stand around words, or between words without making them an address. */
static bool is_plain_mark(uint32_t c)
{
    return c < 0x80 ? strchr("'\"()[]{},;!?.:-", (int)c) != NULL : u_ispunct((UChar32)c);
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/* "name.example", "https://...", "R&D", "2022年", "high-tech", and words that have their own
 * hyphens or must not be divided (U+00AD, U+2060) are left as they are. */
static token read_token(const char *text, size_t length, size_t at)
{
    token t = {.may_divide = true};
    uint32_t before = ' ', joint = 0;
    while (at < length) {
        size_t next = at;
        uint32_t c = (unsigned char)text[at] < 0x80 ? (unsigned char)text[next++]
                                                    : bp_utf8_next(text, length, &next);
        if (is_blank(c))
            break;
        if (is_letter(c)) {
            t.may_divide = t.may_divide && joint == 0;
        } else if (!is_plain_mark(c)) {
            t.may_divide = false;
        } else {
            joint = is_letter(before) && (c == '.' || c == ':' || is_hyphen(c)) ? c : 0;
        }
        before = c;
        at = next;
    }
    t.end = (uint32_t)at;
    return t;
}

/* What is divided, and where it has come to. */
typedef struct {
    bp_paragraph *paragraph;
    bp_item_maker maker;
    bp_hyphen_limits limits;
    token token;
    size_t atom; /* For the style at a byte. */
    bp_buf *out;
} divider;

static const bp_atom *atom_at(divider *d, uint32_t at)
{
    const bp_atom *atoms = BP_BUF_ITEMS(&d->paragraph->atoms, bp_atom);
    size_t count = BP_BUF_COUNT(&d->paragraph->atoms, bp_atom);
    while (d->atom < count && atoms[d->atom].end <= at)
        d->atom++;
    return d->atom < count && atoms[d->atom].start <= at ? &atoms[d->atom] : NULL;
}

static bool add_item(divider *d, const bp_break_item *item, bp_error *err)
{
    return bp_buf_add(d->out, item, sizeof *item) || bp_fail_memory(err);
}

/* Divides the word of bytes `start` to `end` at its hyphens. */
static bool divide_word(divider *d, uint32_t start, uint32_t end, bp_error *err)
{
    unsigned char points[BP_PATTERNS_WORD_MOST];
    const bp_patterns *patterns = NULL;
    const bp_atom *atom = atom_at(d, start);
    if (atom == NULL || atom->word == NULL || end > atom->end || !bp_atom_can_be_cut(atom))
        return true; /* In two styles, or too long. */
    const char *language = bp_style_values(bp_atom_span(d->paragraph, atom)->style)->language;
    if (!bp_hyphens_find(bp_shaper_hyphens(d->paragraph->shaper), language, &patterns, err))
        return false;
    if (patterns == NULL)
        return true;
    size_t count = bp_hyphens_points(patterns, d->paragraph->text.bytes + start, end - start,
                                     &d->limits, points);
    for (size_t i = 0; i < count; i++) {
        bp_break_item item = {0};
        if (!bp_item_make(&d->maker, start + points[i], BP_BREAK_HYPHEN, &item, err) ||
            !add_item(d, &item, err))
            return false;
    }
    return true;
}

/* True where the word at byte `at` may have hyphens. Asked from left to right: an item may hold
 * several tokens (a space that does not break), a token several items. */
static bool may_divide(divider *d, uint32_t at)
{
    const char *text = d->paragraph->text.bytes;
    size_t length = d->paragraph->text.length, next;
    while (d->token.end <= at) {
        size_t start = d->token.end;
        for (next = start; next < length && is_blank(bp_utf8_next(text, length, &next));)
            start = next;
        d->token = read_token(text, length, start);
    }
    return d->token.may_divide;
}

/* Divides the words of an item of bytes `start` to `item->end`. */
static bool divide_item(divider *d, const bp_break_item *item, uint32_t start, bp_error *err)
{
    const char *text = d->paragraph->text.bytes;
    bool is_divided = false;
    for (uint32_t at = start; at < item->end;) {
        size_t next = at;
        if (!is_letter(bp_utf8_next(text, item->end, &next))) {
            at = (uint32_t)next;
            continue;
        }
        uint32_t end = (uint32_t)next;
        while (end < item->end) {
            next = end;
            if (!is_letter(bp_utf8_next(text, item->end, &next)))
                break;
            end = (uint32_t)next;
        }
        size_t before = d->out->length;
        if (end - at >= (uint32_t)d->limits.word && may_divide(d, at) &&
            !divide_word(d, at, end, err))
            return false;
        is_divided = is_divided || d->out->length > before;
        at = end;
    }
    if (!is_divided) {
        d->maker.at = item->end;
        d->maker.is_cut = item->kind == BP_BREAK_HYPHEN;
        return add_item(d, item, err);
    }
    bp_break_item rest = {0};
    if (!bp_item_make(&d->maker, item->end, (bp_break_kind)item->kind, &rest, err))
        return false;
    rest.penalty = item->penalty;
    rest.has_hyphen = item->has_hyphen;
    return add_item(d, &rest, err);
}

static bool is_too_wide(const bp_break_item *item, double room)
{
    return item->advance - item->hang + (double)item->hyphen > room + BP_BREAK_TOLERANCE;
}

bool bp_paragraph_hyphenate(bp_paragraph *paragraph, const bp_buf *items, double room, bool all,
                            bp_buf *out, bp_error *err)
{
    const bp_paragraph_options *options = &paragraph->options;
    divider d = {.paragraph = paragraph,
                 .maker = {.paragraph = paragraph},
                 .limits = {options->hyphen_word, options->hyphen_before, options->hyphen_after},
                 .out = out};
    uint32_t start = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(items, bp_break_item); i++) {
        const bp_break_item *item = &BP_BUF_ITEMS(items, bp_break_item)[i];
        if (item->end - start >= (uint32_t)d.limits.word && (all || is_too_wide(item, room))) {
            if (!divide_item(&d, item, start, err))
                return false;
        } else {
            d.maker.at = item->end;
            d.maker.is_cut = item->kind == BP_BREAK_HYPHEN;
            if (!add_item(&d, item, err))
                return false;
        }
        start = item->end;
    }
    return true;
}

/* Clusters ------------------------------------------------------------------------------------ */

/* Cuts one item into its clusters; spaces at its end stay with the cluster before them. */
static bool expand_item(divider *d, const bp_break_item *item, uint32_t start, bp_error *err)
{
    const char *text = d->paragraph->text.bytes;
    const bp_atom *atom;
    uint32_t ink_end = item->end;
    while (ink_end > start && (text[ink_end - 1] == ' ' || text[ink_end - 1] == '\n'))
        ink_end--;
    for (uint32_t at = start; at < ink_end && (atom = atom_at(d, at)) != NULL;) {
        uint32_t end = atom->end;
        if (atom->word != NULL) {
            end = (uint32_t)bp_grapheme_end(text, atom->end, at);
            while (end < atom->end && !bp_atom_has_cluster(atom, end))
                end = (uint32_t)bp_grapheme_end(text, atom->end, end);
        }
        bp_break_item part = {0};
        if (end >= ink_end)
            break;
        if (!bp_item_make(&d->maker, end, BP_BREAK_EMERGENCY, &part, err) ||
            !add_item(d, &part, err))
            return false;
        at = end;
    }
    bp_break_item rest = {0};
    if (!bp_item_make(&d->maker, item->end, (bp_break_kind)item->kind, &rest, err))
        return false;
    rest.penalty = item->penalty;
    rest.has_hyphen = item->has_hyphen;
    return add_item(d, &rest, err);
}

bool bp_paragraph_expand(bp_paragraph *paragraph, const bp_buf *items, double room, bp_buf *out,
                         bp_error *err)
{
    divider d = {.paragraph = paragraph, .maker = {.paragraph = paragraph}, .out = out};
    uint32_t start = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(items, bp_break_item); i++) {
        const bp_break_item *item = &BP_BUF_ITEMS(items, bp_break_item)[i];
        if (is_too_wide(item, room)) {
            d.maker.at = start;
            if (!expand_item(&d, item, start, err))
                return false;
        } else if (!add_item(&d, item, err)) {
            return false;
        }
        start = item->end;
        d.maker.at = start;
        d.maker.is_cut = item->kind == BP_BREAK_HYPHEN;
    }
    return true;
}
