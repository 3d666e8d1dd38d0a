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

#define KERN_MOST 0.3 /* Part of a letter's width that kerning takes or gives at most. */

static uint32_t next_character(const char *text, size_t length, size_t *at)
{
    return (unsigned char)text[*at] < 0x80 ? (unsigned char)text[(*at)++]
                                           : bp_utf8_next(text, length, at);
}

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
        uint32_t c = next_character(text, length, &next);
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
    const bp_style *style; /* That of the last word, and what it gives. */
    const bp_patterns *patterns;
    bp_break_item hyphen; /* An item of nothing, with a hyphen behind it. */
} divider;

static const bp_atom *atom_at(divider *d, uint32_t at)
{
    const bp_atom *atoms = BP_BUF_ITEMS(&d->paragraph->atoms, bp_atom);
    size_t count = BP_BUF_COUNT(&d->paragraph->atoms, bp_atom);
    while (d->atom < count && atoms[d->atom].end <= at)
        d->atom++;
    return d->atom < count && atoms[d->atom].start <= at ? &atoms[d->atom] : NULL;
}

static inline bool add_item(divider *d, const bp_break_item *item, bp_error *err)
{
    if (d->out->capacity - d->out->length <= sizeof *item &&
        !bp_buf_reserve(d->out, d->out->length / 2 + 64 * sizeof *item))
        return bp_fail_memory(err);
    BP_BUF_ITEMS(d->out, bp_break_item)[BP_BUF_COUNT(d->out, bp_break_item)] = *item;
    d->out->length += sizeof *item;
    return true;
}

/* Finds the patterns and the hyphen of a style. */
static bool take_style(divider *d, const bp_style *style, bp_error *err)
{
    if (d->style == style)
        return true;
    bp_hyphens *hyphens = bp_shaper_hyphens(d->paragraph->shaper);
    d->hyphen = (bp_break_item){.kind = BP_BREAK_HYPHEN};
    if (!bp_hyphens_find(hyphens, bp_style_values(style)->language, &d->patterns, err) ||
        !bp_item_add_hyphen(d->paragraph, style, &d->hyphen, err))
        return false;
    d->style = style;
    return true;
}

/* The hyphens of the word of bytes `start` to `end`; none where it is in two styles, or too long.
 */
static bool find_points(divider *d, uint32_t start, uint32_t end, unsigned char *points,
                        size_t *count, bp_error *err)
{
    const bp_atom *atom = atom_at(d, start);
    *count = 0;
    if (atom == NULL || atom->word == NULL || end > atom->end || !bp_atom_can_be_cut(atom))
        return true;
    if (!take_style(d, bp_atom_span(d->paragraph, atom)->style, err))
        return false;
    if (d->patterns != NULL)
        *count =
            bp_hyphens_points(bp_shaper_hyphens(d->paragraph->shaper), d->patterns,
                              d->paragraph->text.bytes + start, end - start, &d->limits, points);
    return true;
}

/* What stands before a hyphen of a usual word. */
typedef struct {
    double sum;  /* Of the advances, in font units, as they are when the hyphen appears. */
    double kern; /* What they come to more when it does not: kerning with the letter behind. */
    size_t glyphs;
} prefix;

/* The usual word stands alone in its item and has one run; what a hyphen changes is then known
 * without shaping: kerning with the letter behind it goes. False where that is not all there is to
 * it: in ligatures, and behind marks. Lines are shaped anew, so a font with other habits makes a
 * line a little more or less bent than it was thought to be, and nothing else. */
static bool measure_prefixes(const bp_run *run, size_t from, const unsigned char *points,
                             size_t count, prefix *prefixes)
{
    double sum = 0;
    size_t glyph = 0;
    for (size_t n = 0; n < count; n++) {
        size_t at = from + points[n];
        for (; glyph < run->glyph_count && run->glyphs[glyph].cluster < at; glyph++)
            sum += (double)run->glyphs[glyph].advance;
        if (glyph < 2 || glyph >= run->glyph_count || run->glyphs[glyph].cluster != at ||
            run->glyphs[glyph - 1].cluster == run->glyphs[glyph - 2].cluster)
            return false;
        double advance = (double)run->glyphs[glyph - 1].advance;
        double kern = advance - bp_font_advance(run->font, run->glyphs[glyph - 1].id);
        if (kern > KERN_MOST * advance || kern < -KERN_MOST * advance)
            return false;
        prefixes[n] = (prefix){sum - kern, kern, glyph};
    }
    return true;
}

/* Adds the parts of a usual word. */
static bool add_parts(divider *d, const bp_break_item *item, const bp_atom *atom, size_t from,
                      const unsigned char *points, size_t count, bool *is_done, bp_error *err)
{
    prefix prefixes[BP_PATTERNS_WORD_MOST];
    const bp_run *run = &atom->word->runs[0];
    const bp_style_spec *spec = bp_style_values(d->style);
    double scale = spec->size / bp_font_measures(run->font)->units, reached = 0;
    double tracking = spec->tracking * spec->size / 1000;
    size_t glyphs = 0;
    *is_done = measure_prefixes(run, from, points, count, prefixes);
    for (size_t n = 0; *is_done && n <= count; n++) {
        bp_break_item part = n < count ? d->hyphen : *item;
        if (n < count) {
            part.end = atom->start + (uint32_t)from + points[n];
            part.advance =
                scale * prefixes[n].sum + tracking * (double)prefixes[n].glyphs - reached;
            part.letters = (float)(spec->size * (double)(prefixes[n].glyphs - glyphs));
            glyphs = prefixes[n].glyphs;
        } else {
            part.advance -= reached;
            part.letters -= (float)(spec->size * (double)glyphs);
        }
        reached += part.advance;
        part.head = n > 0 ? (float)(scale * prefixes[n - 1].kern) : item->head;
        part.out_start = n > 0 ? 0 : item->out_start; /* Letters that go on hang out by nothing. */
        if (!add_item(d, &part, err))
            return false;
    }
    return true;
}

/* True where the word at byte `at` may have hyphens. Asked from left to right: an item may hold
 * several tokens (a space that does not break), a token several items. */
static bool may_divide(divider *d, uint32_t at)
{
    const char *text = d->paragraph->text.bytes;
    size_t length = d->paragraph->text.length, start = at, next;
    while (start > d->token.end && text[start - 1] != ' ' && text[start - 1] != '\n')
        start--; /* What is between is nobody's concern. */
    while (d->token.end <= at) {
        for (next = start; next < length && is_blank(next_character(text, length, &next));)
            start = next;
        d->token = read_token(text, length, start);
        start = d->token.end;
    }
    return d->token.may_divide;
}

/* The next word from byte `*at` on. */
static uint32_t next_word(const char *text, uint32_t end, uint32_t *at)
{
    uint32_t word_end;
    while (*at < end) { /* To its first letter. */
        size_t next = *at;
        if (is_letter(next_character(text, end, &next)))
            break;
        *at = (uint32_t)next;
    }
    for (word_end = *at; word_end < end;) {
        size_t next = word_end;
        if (!is_letter(next_character(text, end, &next)))
            break;
        word_end = (uint32_t)next;
    }
    return word_end;
}

/* Divides the words of an item of bytes `start` to `item->end`. */
static bool divide_item(divider *d, const bp_break_item *item, uint32_t start, bp_error *err)
{
    const char *text = d->paragraph->text.bytes;
    const bp_atom *whole = atom_at(d, start);
    bool is_divided = false, is_usual = whole != NULL && whole->word != NULL &&
                                        whole->start == start && whole->end == item->end &&
                                        whole->word->run_count == 1;
    for (uint32_t at = start, end; at < item->end; at = end) {
        unsigned char points[BP_PATTERNS_WORD_MOST];
        size_t count = 0;
        end = next_word(text, item->end, &at);
        if (end - at < (uint32_t)d->limits.word || !may_divide(d, at))
            continue;
        if (!find_points(d, at, end, points, &count, err))
            return false;
        if (count > 0 && is_usual && !is_divided) {
            uint32_t second = end;
            bool is_done = false;
            if (next_word(text, item->end, &second) - second < (uint32_t)d->limits.word &&
                !add_parts(d, item, whole, at - start, points, count, &is_done, err))
                return false;
            if (is_done) {
                d->maker.at = item->end;
                d->maker.is_cut = item->kind == BP_BREAK_HYPHEN;
                return true;
            }
        }
        for (size_t i = 0; i < count; i++) {
            bp_break_item part = {0};
            if (!bp_item_make(&d->maker, at + points[i], BP_BREAK_HYPHEN, &part, err) ||
                !add_item(d, &part, err))
                return false;
        }
        is_divided = is_divided || count > 0;
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

static divider begin(bp_paragraph *paragraph, uint32_t start, bp_buf *out)
{
    const bp_paragraph_options *options = &paragraph->options;
    size_t atom = bp_atom_find(&paragraph->atoms, start);
    return (divider){
        .paragraph = paragraph,
        .maker = {.paragraph = paragraph, .atom = atom, .at = start},
        .limits = {options->hyphen_word, options->hyphen_before, options->hyphen_after},
        .token = {.end = start},
        .atom = atom,
        .out = out};
}

bool bp_paragraph_hyphenate(bp_paragraph *paragraph, const bp_item_range *range, const bool *wanted,
                            double room, bp_buf *out, bp_error *err)
{
    divider d = begin(paragraph, range->start, out);
    uint32_t start = range->start;
    for (size_t i = 0; i < range->count; i++) {
        const bp_break_item *item = &range->items[i];
        if (item->end - start >= (uint32_t)d.limits.word && (wanted == NULL || wanted[i]) &&
            is_too_wide(item, room)) {
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

bool bp_paragraph_expand(bp_paragraph *paragraph, const bp_item_range *range, double room,
                         bp_buf *out, bp_error *err)
{
    divider d = begin(paragraph, range->start, out);
    uint32_t start = range->start;
    for (size_t i = 0; i < range->count; i++) {
        const bp_break_item *item = &range->items[i];
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
