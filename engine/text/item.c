/* From shaped words to what the line breaker sees: items that no line end divides. Most are one
 * word, but a word with a hyphen or soft hyphen in it is several items, and a word in two styles is
 * one. */
#include <string.h>

#include "base/utf8.h"
#include "text/paragraph_private.h"
#include "text/protrude.h"

/* Words up to this long are shaped again for the parts that a hyphen makes of them. */
#define CUT_BYTES_MOST 128

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

size_t bp_atom_find(const bp_buf *atoms, uint32_t at)
{
    const bp_atom *list = BP_BUF_ITEMS(atoms, bp_atom);
    size_t low = 0, high = BP_BUF_COUNT(atoms, bp_atom);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A line may end at byte `at` of an atom only where a cluster begins. */
bool bp_atom_has_cluster(const bp_atom *atom, uint32_t at)
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

bool bp_atom_can_be_cut(const bp_atom *atom)
{
    /* Letters from right to left may be joined, and stay so at a hyphen: they are cut as they are.
     */
    return atom->word != NULL && atom->end - atom->start <= CUT_BYTES_MOST &&
           (atom->level & 1) == 0;
}

const bp_word *bp_atom_shape(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t from,
                             uint32_t to, bp_error *err)
{
    return bp_shape_word(paragraph->shaper, bp_atom_span(paragraph, atom)->style,
                         paragraph->text.bytes + from, to - from, atom->level, err);
}

/* The measures of bytes `from` to `to` of a word, as if they were a word. */
static bp_word measure_slice(const bp_word *word, size_t from, size_t to, size_t length)
{
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

/* What of an atom an item takes. */
typedef struct {
    const bp_atom *atom;
    uint32_t from, to;
    bool is_cut_before, is_cut_behind; /* By a hyphen that may appear. */
} share;

/* The measures of an atom up to `at`: shaped for itself where a hyphen may appear there. */
static bool measure_up_to(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t at,
                          bool is_cut, bp_word *part, bp_error *err)
{
    if (at == atom->end || !is_cut || at == atom->start) {
        *part = at == atom->end
                    ? *atom->word
                    : measure_slice(atom->word, 0, at - atom->start, atom->end - atom->start);
        return true;
    }
    const bp_word *word = bp_atom_shape(paragraph, atom, atom->start, at, err);
    if (word != NULL)
        *part = *word;
    return word != NULL;
}

/* The measures of a share. The shares of a word add up to the word, and those before a hyphen to
 * what is shaped before it. */
static bool measure(const bp_paragraph *paragraph, const share *of, bp_word *part, bp_error *err)
{
    const bp_atom *atom = of->atom;
    if (of->from == atom->start && of->to == atom->end) {
        *part = *atom->word;
        return true;
    }
    if (!of->is_cut_before && !of->is_cut_behind) {
        *part = measure_slice(atom->word, of->from - atom->start, of->to - atom->start,
                              atom->end - atom->start);
        return true;
    }
    bp_word before;
    if (!measure_up_to(paragraph, atom, of->from, of->is_cut_before, &before, err) ||
        !measure_up_to(paragraph, atom, of->to, of->is_cut_behind, part, err))
        return false;
    part->advance -= before.advance;
    part->spaces -= before.spaces;
    part->cluster_count -=
        before.cluster_count < part->cluster_count ? before.cluster_count : part->cluster_count;
    part->space_count -=
        before.space_count < part->space_count ? before.space_count : part->space_count;
    return true;
}

/* What a line that begins inside of an atom, behind a hyphen, is narrower by than the rest of it:
 * kerning and ligatures with what is before the hyphen. */
static bool measure_head(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t at,
                         float *head, bp_error *err)
{
    const bp_style_spec *spec = bp_style_values(bp_atom_span(paragraph, atom)->style);
    const bp_word *before = bp_atom_shape(paragraph, atom, atom->start, at, err);
    const bp_word *behind =
        before != NULL ? bp_atom_shape(paragraph, atom, at, atom->end, err) : NULL;
    if (behind == NULL)
        return false;
    *head = (float)(bp_word_advance(atom->word, spec) - bp_word_advance(before, spec) -
                    bp_word_advance(behind, spec));
    return true;
}

/* Spaces, gaps and squares of a share, as glue. */
static void add_glue(const bp_paragraph *paragraph, const bp_atom *atom, const bp_word *part,
                     double advance, bool is_space, bp_break_item *item)
{
    const bp_paragraph_options *options = &paragraph->options;
    const bp_style_spec *spec = bp_style_values(bp_atom_span(paragraph, atom)->style);
    double scale = spec->size * spec->word_space, space = part->spaces * scale;
    double trailing = part->trailing * scale, letters = spec->size * part->cluster_count;
    double end_stretch = trailing * options->space_stretch;
    double end_letters = spec->size * part->trailing_count;
    item->stretch += (float)(space * options->space_stretch);
    double shrink = space * options->space_shrink, end_shrink = trailing * options->space_shrink;
    if (paragraph->has_squares && shrink > 0) {
        shrink = bp_han_shrink(paragraph, space, part->space_count, spec->size);
        end_shrink = bp_han_shrink(paragraph, trailing, part->trailing_count, spec->size);
    }
    item->shrink += (float)shrink;
    if (atom->word->run_count > 0 && atom->word->runs[0].is_wide) {
        item->stretch += (float)(advance * BP_SQUARE_STRETCH);
        end_stretch +=
            part->cluster_count > 0 ? advance / part->cluster_count * BP_SQUARE_STRETCH : 0;
    } else {
        item->letters += (float)letters;
        end_letters += part->cluster_count > part->trailing_count ? spec->size : 0;
    }
    if (!is_space)
        item->end_stretch = item->end_shrink = item->end_letters = 0;
    item->end_stretch += (float)end_stretch;
    item->end_shrink += (float)end_shrink;
    item->end_letters += (float)end_letters;
}

/* Adds a share of an atom to an item. */
static bool add_share(const bp_paragraph *paragraph, const share *of, bp_break_item *item,
                      bp_error *err)
{
    const bp_atom *atom = of->atom;
    const bp_paragraph_span *span = bp_atom_span(paragraph, atom);
    if (atom->word == NULL) {
        item->advance += span->width;
        item->hang = 0;
        item->end_stretch = item->end_shrink = item->end_letters = 0;
        return true;
    }
    bp_word part;
    if (!measure(paragraph, of, &part, err))
        return false;
    const bp_style_spec *spec = bp_style_values(span->style);
    double advance = bp_word_advance(&part, spec);
    bool is_space = part.trailing_count > 0 && part.trailing_count == part.cluster_count;
    item->hang = is_space ? item->hang + advance : bp_word_hang(&part, spec);
    add_glue(paragraph, atom, &part, advance, is_space, item);
    item->advance += advance;
    if (of->to == atom->end && atom->gap > 0) {
        item->advance += (double)atom->gap;
        item->hang += (double)atom->gap;
        item->stretch += (float)((double)atom->gap * BP_GAP_STRETCH);
        item->end_stretch += (float)((double)atom->gap * BP_GAP_STRETCH);
        item->shrink += (float)((double)atom->gap * BP_GAP_SHRINK);
        item->end_shrink += (float)((double)atom->gap * BP_GAP_SHRINK);
    }
    return true;
}

/* Edges --------------------------------------------------------------------------------------- */

/* True where the edges of lines are straight, so that what stands there may hang out. */
static bool has_edge(const bp_paragraph *paragraph, bool is_end)
{
    bp_align align = paragraph->options.align;
    if (!(paragraph->options.protrusion > 0))
        return false;
    bp_align side = is_end == paragraph->is_rtl ? BP_ALIGN_LEFT : BP_ALIGN_RIGHT;
    return align == BP_ALIGN_JUSTIFY || align == side ||
           align == (is_end ? BP_ALIGN_END : BP_ALIGN_START);
}

bool bp_item_add_hyphen(const bp_paragraph *paragraph, const bp_style *style, bp_break_item *item,
                        bp_error *err)
{
    const bp_word *hyphen = bp_shape_hyphen(paragraph->shaper, style, err);
    if (hyphen == NULL)
        return false;
    const bp_style_spec *spec = bp_style_values(style);
    item->hyphen = (float)(bp_word_advance(hyphen, spec) - bp_word_hang(hyphen, spec));
    item->hang = 0; /* Tracking stands between the last letter and the hyphen. */
    item->end_letters = 0;
    item->has_hyphen = true;
    item->penalty += (float)paragraph->options.hyphen_penalty;
    if (has_edge(paragraph, true))
        item->out_end = (float)(paragraph->options.protrusion * bp_protrusion_end(0x2010) *
                                (double)item->hyphen);
    return true;
}

/* The width of the cluster at byte `at`, in points, if it is one character in the paragraph's
 * direction. */
static double width_at(const bp_paragraph *paragraph, const bp_atom *atom, uint32_t at,
                       uint32_t end)
{
    if (atom->word == NULL || (atom->level & 1) != (paragraph->is_rtl ? 1 : 0) ||
        !bp_atom_has_cluster(atom, at) || (end < atom->end && !bp_atom_has_cluster(atom, end)))
        return 0;
    bp_word part =
        measure_slice(atom->word, at - atom->start, end - atom->start, atom->end - atom->start);
    return part.advance * bp_style_values(bp_atom_span(paragraph, atom)->style)->size;
}

/* What the first and last characters of an item hang out by; `first` and `last` hold them. */
static void set_edges(const bp_paragraph *paragraph, const bp_atom *first, const bp_atom *last,
                      uint32_t start, bp_break_item *item)
{
    const char *text = paragraph->text.bytes;
    double factor = paragraph->options.protrusion;
    size_t length = paragraph->text.length, at = start;
    if (has_edge(paragraph, false) && first->start <= start && start < first->end) {
        uint32_t c = bp_utf8_next(text, length, &at);
        double part = bp_protrusion_start(c);
        if (part > 0 && !(paragraph->has_squares && bp_han_hang(paragraph, first, start) >= 0))
            item->out_start =
                (float)(factor * part * width_at(paragraph, first, start, (uint32_t)at));
    }
    if (item->kind == BP_BREAK_HYPHEN || !has_edge(paragraph, true))
        return;
    uint32_t end = item->end;
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\n'))
        end--;
    while (last > first && last->start >= end)
        last--;
    at = end;
    while (at > start && ((unsigned char)text[--at] & 0xc0) == 0x80)
        ;
    if (end == start || last->start > at || last->end < end)
        return;
    double square = paragraph->has_squares ? bp_han_hang(paragraph, last, (uint32_t)at) : -1;
    if (square >= 0) {
        item->out_end = (float)(factor * square);
        return;
    }
    size_t next = at;
    double part = bp_protrusion_end(bp_utf8_next(text, length, &next));
    if (part > 0)
        item->out_end = (float)(factor * part * width_at(paragraph, last, (uint32_t)at, end));
}

/* Items --------------------------------------------------------------------------------------- */

static bool has_typed_hyphen(const char *text, uint32_t end)
{
    return (end >= 2 && text[end - 1] == '-') ||
           (end >= 4 && memcmp(text + end - 3, "\xe2\x80\x90", 3) == 0);
}

/* The item that is one whole word, as most are. */
static void make_word_item(const bp_paragraph *paragraph, const bp_atom *atom, bp_break_item *item)
{
    const bp_paragraph_options *options = &paragraph->options;
    const bp_style_spec *spec = bp_style_values(bp_atom_span(paragraph, atom)->style);
    const bp_word *word = atom->word;
    double scale = spec->size * spec->word_space;
    double space = word->spaces * scale, trailing = word->trailing * scale;
    item->advance = bp_word_advance(word, spec);
    item->hang = bp_word_hang(word, spec);
    item->stretch = (float)(space * options->space_stretch);
    item->shrink = (float)(space * options->space_shrink);
    item->end_stretch = (float)(trailing * options->space_stretch);
    item->end_shrink = (float)(trailing * options->space_shrink);
    item->letters = (float)(spec->size * word->cluster_count);
    item->end_letters = (float)(spec->size * (word->trailing_count + 1));
}

bool bp_item_make(bp_item_maker *maker, uint32_t end, bp_break_kind kind, bp_break_item *item,
                  bp_error *err)
{
    bp_paragraph *paragraph = maker->paragraph;
    const bp_atom *atoms = BP_BUF_ITEMS(&paragraph->atoms, bp_atom), *first = NULL, *last = NULL;
    size_t count = BP_BUF_COUNT(&paragraph->atoms, bp_atom);
    uint32_t start = maker->at;
    float penalty = item->penalty;
    *item = (bp_break_item){.end = end, .kind = (uint8_t)kind, .penalty = penalty};
    while (maker->atom < count && atoms[maker->atom].end <= start)
        maker->atom++;
    const bp_atom *whole = maker->atom < count ? &atoms[maker->atom] : NULL;
    if (whole != NULL && whole->start == start && whole->end == end && whole->word != NULL &&
        kind == BP_BREAK_NORMAL && !maker->is_cut && !paragraph->has_squares && whole->gap <= 0 &&
        whole->word->run_count == 1 && !whole->word->runs[0].is_wide &&
        whole->word->trailing_count < whole->word->cluster_count &&
        !(paragraph->options.protrusion > 0)) {
        make_word_item(paragraph, whole, item);
        item->has_hyphen = has_typed_hyphen(paragraph->text.bytes, end);
        maker->at = end;
        return true;
    }
    for (size_t a = maker->atom; a < count && atoms[a].start < end; a++) {
        share of = {.atom = &atoms[a],
                    .from = start > atoms[a].start ? start : atoms[a].start,
                    .to = end < atoms[a].end ? end : atoms[a].end};
        bool can_be_cut = bp_atom_can_be_cut(of.atom);
        of.is_cut_before = can_be_cut && maker->is_cut && of.from == start;
        of.is_cut_behind = can_be_cut && kind == BP_BREAK_HYPHEN && of.to == end;
        if (!add_share(paragraph, &of, item, err) ||
            (of.is_cut_before && of.from > of.atom->start &&
             !measure_head(paragraph, of.atom, of.from, &item->head, err)))
            return false;
        first = first != NULL ? first : of.atom;
        last = of.atom;
    }
    if (paragraph->has_squares && last != NULL)
        bp_han_glue(paragraph, first, last, start, item);
    if (kind == BP_BREAK_HYPHEN && last != NULL && last->word != NULL &&
        !bp_item_add_hyphen(paragraph, bp_atom_span(paragraph, last)->style, item, err))
        return false;
    if (kind == BP_BREAK_NORMAL)
        item->has_hyphen = has_typed_hyphen(paragraph->text.bytes, end);
    if (paragraph->options.protrusion > 0 && last != NULL)
        set_edges(paragraph, first, last, start, item);
    maker->at = end;
    maker->is_cut = kind == BP_BREAK_HYPHEN;
    return true;
}

/* What a line end at byte `end` is; `atom` holds or ends there, if any does. */
static bp_break_kind find_kind(const bp_paragraph *paragraph, uint32_t end, const bp_atom *atom)
{
    const char *text = paragraph->text.bytes;
    if (end > 0 && text[end - 1] == '\n')
        return BP_BREAK_FORCED;
    if (end >= 2 && end < paragraph->text.length && text[end - 1] == '\xad' &&
        text[end - 2] == '\xc2' && atom != NULL && atom->word != NULL && atom->start < end)
        return BP_BREAK_HYPHEN;
    return BP_BREAK_NORMAL;
}

/* What an opportunity costs. Where lines are ragged a compound is not divided without need. */
static float weigh_end(const bp_paragraph *paragraph, const bp_break_end *end)
{
    bool is_justified = paragraph->options.align == BP_ALIGN_JUSTIFY;
    return (float)(end->tie == BP_TIE_HYPHEN && !is_justified ? 3 * end->penalty : end->penalty);
}

bool bp_paragraph_itemize(bp_paragraph *paragraph, const bp_buf *ends, bp_error *err)
{
    const bp_atom *atoms = BP_BUF_ITEMS(&paragraph->atoms, bp_atom);
    size_t atom_count = BP_BUF_COUNT(&paragraph->atoms, bp_atom), reached = 0;
    bp_item_maker maker = {.paragraph = paragraph};
    if (!bp_buf_reserve(&paragraph->items,
                        BP_BUF_COUNT(ends, bp_break_end) * sizeof(bp_break_item)))
        return bp_fail_memory(err);
    for (size_t i = 0; i < BP_BUF_COUNT(ends, bp_break_end); i++) {
        const bp_break_end *at = &BP_BUF_ITEMS(ends, bp_break_end)[i];
        bp_break_item item = {.penalty = weigh_end(paragraph, at)};
        while (reached < atom_count && atoms[reached].end < at->end)
            reached++;
        const bp_atom *atom = reached < atom_count ? &atoms[reached] : NULL;
        bp_break_kind kind = find_kind(paragraph, at->end, atom);
        bool is_inside = atom != NULL && atom->start < at->end && at->end < atom->end;
        if (is_inside && !bp_atom_has_cluster(atom, at->end) &&
            !(kind == BP_BREAK_HYPHEN && bp_atom_can_be_cut(atom)))
            continue; /* Inside a ligature: no line end here. */
        if (at->penalty >= BP_BREAK_NEVER && kind == BP_BREAK_NORMAL &&
            at->end < paragraph->text.length)
            continue;
        if (!bp_item_make(&maker, at->end, kind, &item, err))
            return false;
        if (!bp_buf_add(&paragraph->items, &item, sizeof item))
            return bp_fail_memory(err);
    }
    return true;
}
