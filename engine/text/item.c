/* From shaped words to what the line breaker sees: items that no line end divides. Most are one
 * word, but a word with a hyphen or soft hyphen in it is several items, and a word in two styles is
 * one. */
#include <string.h>

#include "text/paragraph_private.h"

const bp_run *bp_word_run(const bp_word *word, uint32_t i)
{
    return word->run_count > 0 && word->runs[0].is_rtl ? &word->runs[word->run_count - 1 - i]
                                                       : &word->runs[i];
}

size_t bp_word_run_start(const bp_word *word, uint32_t r)
{
    return (size_t)(bp_word_run(word, r)->text - bp_word_run(word, 0)->text);
}

/* The first glyph, in logical order, whose cluster is at `at` or behind. */
static size_t find_cluster(const bp_run *run, size_t at)
{
    size_t low = 0, high = run->glyph_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        size_t visual = run->is_rtl ? run->glyph_count - 1 - middle : middle;
        if (run->glyphs[visual].cluster < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void bp_run_slice(const bp_run *run, size_t from, size_t to, size_t *first, size_t *count)
{
    size_t begin = from == 0 ? 0 : find_cluster(run, from);
    size_t end = to >= run->text_length ? run->glyph_count : find_cluster(run, to);
    *count = end > begin ? end - begin : 0;
    *first = run->is_rtl ? run->glyph_count - begin - *count : begin;
}

/* The measures of bytes `from` to `to` of a word, as if they were a word. */
static bp_word measure_part(const bp_word *word, size_t from, size_t to, size_t length)
{
    if (from == 0 && to == length)
        return *word;
    bp_word part = {.run_count = word->run_count};
    for (uint32_t r = 0; r < word->run_count; r++) {
        const bp_run *run = bp_word_run(word, r);
        size_t start = bp_word_run_start(word, r), first, count;
        if (to <= start || from >= start + run->text_length)
            continue;
        bp_run_slice(run, from > start ? from - start : 0, to - start, &first, &count);
        double units = bp_font_measures(run->font)->units;
        for (size_t i = first; i < first + count; i++) {
            double advance = run->glyphs[i].advance / units;
            part.advance += advance;
            part.cluster_count += bp_run_ends_cluster(run, i);
            if (bp_run_is_space(run, i)) {
                part.space_count++;
                part.spaces += advance;
            }
        }
    }
    if (to == length) {
        part.trailing = word->trailing;
        part.trailing_count = word->trailing_count;
    }
    return part;
}

/* Adds part of an atom to an item. */
static void add_part(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t from, uint32_t to,
                     bp_break_item *item)
{
    const bp_paragraph_span *span = &BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span)[atom->span];
    if (atom->word == NULL) {
        item->advance += span->width;
        item->hang = item->trailing = 0;
        return;
    }
    const bp_style_spec *spec = bp_style_values(span->style);
    bp_word part =
        measure_part(atom->word, from - atom->start, to - atom->start, atom->end - atom->start);
    double advance = bp_word_advance(&part, spec);
    bool is_space = part.trailing_count > 0 && part.trailing_count == part.cluster_count;
    item->hang = is_space ? item->hang + advance : bp_word_hang(&part, spec);
    double trailing = part.trailing * spec->size * spec->word_space;
    item->trailing = is_space ? item->trailing + trailing : trailing;
    item->space += part.spaces * spec->size * spec->word_space;
    item->advance += advance;
    if (atom->word->run_count > 0 && atom->word->runs[0].is_wide)
        item->wide += advance;
    if (to == atom->end) {
        item->advance += (double)atom->gap;
        item->hang += (double)atom->gap;
    }
}

/* A line may end at byte `at` of an atom only where a cluster begins. */
static bool is_cluster_start(const bp_atom *atom, uint32_t at)
{
    for (uint32_t r = 0; atom->word != NULL && r < atom->word->run_count; r++) {
        const bp_run *run = bp_word_run(atom->word, r);
        size_t start = bp_word_run_start(atom->word, r), offset = at - atom->start;
        if (offset < start || offset >= start + run->text_length)
            continue;
        size_t first, count;
        bp_run_slice(run, offset - start, run->text_length, &first, &count);
        return offset == start ||
               (count > 0 &&
                run->glyphs[run->is_rtl ? first + count - 1 : first].cluster == offset - start);
    }
    return false;
}

static bool ends_with_soft_hyphen(const bp_paragraph *paragraph, uint32_t at)
{
    return at >= 2 && memcmp(paragraph->text.bytes + at - 2, "\xc2\xad", 2) == 0;
}

/* What a line end at `end` is, and its hyphen. `atom` is the last one before it; NULL: none. */
static bool set_kind(bp_paragraph *paragraph, const bp_atom *atom, bp_break_item *item,
                     bp_error *err)
{
    if (item->end > 0 && paragraph->text.bytes[item->end - 1] == '\n') {
        item->kind = BP_BREAK_FORCED;
    } else if (atom != NULL && atom->word != NULL && item->end < paragraph->text.length &&
               ends_with_soft_hyphen(paragraph, item->end)) {
        const bp_style *style =
            BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span)[atom->span].style;
        const bp_word *hyphen = bp_shape_hyphen(paragraph->shaper, style, err);
        if (hyphen == NULL)
            return false;
        item->kind = BP_BREAK_HYPHEN;
        item->hyphen = bp_word_advance(hyphen, bp_style_values(style)) -
                       bp_word_hang(hyphen, bp_style_values(style));
    }
    return true;
}

bool bp_paragraph_itemize(bp_paragraph *paragraph, const bp_buf *opportunities, bp_error *err)
{
    const bp_atom *atoms = BP_BUF_ITEMS(&paragraph->atoms, bp_atom);
    size_t atom_count = BP_BUF_COUNT(&paragraph->atoms, bp_atom), first = 0, reached = 0;
    uint32_t at = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(opportunities, uint32_t); i++) {
        bp_break_item item = {.end = BP_BUF_ITEMS(opportunities, uint32_t)[i]};
        const bp_atom *last = first > 0 ? &atoms[first - 1] : NULL;
        while (reached < atom_count && atoms[reached].end < item.end)
            reached++;
        if (reached < atom_count && atoms[reached].start < item.end &&
            item.end < atoms[reached].end && !is_cluster_start(&atoms[reached], item.end))
            continue; /* Inside a ligature: no line end here. */
        for (; first < atom_count && atoms[first].start < item.end; first++) {
            last = &atoms[first];
            uint32_t to = item.end < last->end ? item.end : last->end;
            add_part(paragraph, last, at > last->start ? at : last->start, to, &item);
            if (to < last->end)
                break;
        }
        at = item.end;
        if (!set_kind(paragraph, last, &item, err))
            return false;
        if (!bp_buf_add(&paragraph->items, &item, sizeof item))
            return bp_fail_memory(err);
    }
    return true;
}

/* Cuts one item into its clusters; spaces at its end stay with the cluster before them. */
static bool expand_item(const bp_paragraph *paragraph, const bp_break_item *item, uint32_t start,
                        size_t *a, bp_buf *out, bp_error *err)
{
    const bp_atom *atoms = BP_BUF_ITEMS(&paragraph->atoms, bp_atom);
    const char *text = paragraph->text.bytes;
    size_t atom_count = BP_BUF_COUNT(&paragraph->atoms, bp_atom);
    uint32_t ink_end = item->end;
    while (ink_end > start && (text[ink_end - 1] == ' ' || text[ink_end - 1] == '\n'))
        ink_end--;
    bp_break_item part = {.kind = BP_BREAK_EMERGENCY};
    for (uint32_t at = start; at < item->end;) {
        while (*a < atom_count && atoms[*a].end <= at)
            ++*a;
        if (*a == atom_count || atoms[*a].start >= item->end)
            break;
        const bp_atom *atom = &atoms[*a];
        uint32_t from = at > atom->start ? at : atom->start, end = atom->end;
        if (atom->word != NULL && from < ink_end) {
            end = (uint32_t)bp_grapheme_end(text, atom->end, from);
            while (end < atom->end && !is_cluster_start(atom, end))
                end = (uint32_t)bp_grapheme_end(text, atom->end, end);
        }
        if (end > item->end)
            end = item->end;
        add_part(paragraph, atom, from, end, &part);
        part.end = at = end;
        if (end >= ink_end) /* The rest is spaces, which stay with this cluster. */
            continue;
        if (!bp_buf_add(out, &part, sizeof part))
            return bp_fail_memory(err);
        part = (bp_break_item){.kind = BP_BREAK_EMERGENCY};
    }
    part.end = item->end;
    part.kind = item->kind;
    part.hyphen = item->hyphen;
    return bp_buf_add(out, &part, sizeof part) || bp_fail_memory(err);
}

bool bp_paragraph_expand(const bp_paragraph *paragraph, double room, bp_buf *out, bp_error *err)
{
    const bp_break_item *items = BP_BUF_ITEMS(&paragraph->items, bp_break_item);
    uint32_t start = 0;
    size_t a = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&paragraph->items, bp_break_item); i++) {
        const bp_break_item *item = &items[i];
        bool is_wide = item->advance - item->hang + item->hyphen > room + BP_BREAK_TOLERANCE;
        if (!(is_wide ? expand_item(paragraph, item, start, &a, out, err)
                      : bp_buf_add(out, item, sizeof *item) || bp_fail_memory(err)))
            return false;
        start = item->end;
    }
    return true;
}
