/* A paragraph at a width: its items go to the line breaker with what its options ask for. Of what
 * that chose as much is kept as a line can be built from; words and items, which take a hundred
 * times as much, are given up: all paragraphs of a book may wait for its page numbers. */
#include <math.h>

#include "base/clock.h"
#include "text/paragraph_private.h"

#define ZONE_PART 0.12                   /* Of the measure, at which ragged lines should end. */
#define SCRATCH_MOST ((size_t)256 << 10) /* Bytes of memory that is used again. */
#define ZONE_EMS 5.0                     /* And at least: a word or two. */
#define ATOMS_KEPT ((size_t)256 << 10)   /* Bytes. */
#define NOTCH_LINES_MOST 10000
#define ITEMS_KEPT 16 /* Of short texts, which tables lay out at more than one width. */

/* The work on one layout. */
typedef struct {
    bp_paragraph *paragraph;
    double room;
    bool has_hyphens; /* In all words. */
} divider;

/* Makes a list of some items with hyphens and cut up as the options and the room ask for. */
static bool divide(void *owner, size_t first, size_t end, const bool *wanted,
                   const bp_break_item **items, size_t *count, bp_error *err)
{
    divider *d = owner;
    bp_paragraph *paragraph = d->paragraph;
    bp_line_scratch *scratch = bp_shaper_line_scratch(paragraph->shaper);
    bool is_wide = paragraph->min_width > d->room + BP_BREAK_TOLERANCE;
    bp_item_range range = {BP_BUF_ITEMS(&paragraph->items, bp_break_item) + first, end - first,
                           first > 0 ? BP_BUF_ITEMS(&paragraph->items, bp_break_item)[first - 1].end
                                     : 0};
    if (d->has_hyphens || (paragraph->options.hyphenate == BP_HYPHENATE_AUTO && is_wide)) {
        scratch->hyphenated.length = 0;
        if (!bp_paragraph_hyphenate(paragraph, &range, d->has_hyphens ? wanted : NULL,
                                    d->has_hyphens ? 0 : d->room, &scratch->hyphenated, err))
            return false;
        range.items = BP_BUF_ITEMS(&scratch->hyphenated, bp_break_item);
        range.count = BP_BUF_COUNT(&scratch->hyphenated, bp_break_item);
    }
    if (is_wide) {
        scratch->expanded.length = 0;
        if (!bp_paragraph_expand(paragraph, &range, d->room, &scratch->expanded, err))
            return false;
        range.items = BP_BUF_ITEMS(&scratch->expanded, bp_break_item);
        range.count = BP_BUF_COUNT(&scratch->expanded, bp_break_item);
    }
    *items = range.items;
    *count = range.count;
    return true;
}

bp_break_options bp_paragraph_break_options(const bp_paragraph *paragraph, double width)
{
    const bp_paragraph_options *options = &paragraph->options;
    double size =
        paragraph->largest_style != NULL ? bp_style_values(paragraph->largest_style)->size : 0;
    bool is_justified = options->align == BP_ALIGN_JUSTIFY;
    return (bp_break_options){
        .width = width,
        .indent = options->indent,
        .notch_lines = paragraph->notch.lines,
        .notch = paragraph->notch.width,
        .mode = is_justified                        ? BP_BREAK_JUSTIFIED
                : options->align == BP_ALIGN_CENTER ? BP_BREAK_BALANCED
                                                    : BP_BREAK_RAGGED,
        .no_wrap = options->no_wrap,
        .greedy = options->greedy,
        .tolerance = options->tolerance,
        .letter_stretch = options->letter_stretch,
        .letter_shrink = options->letter_shrink,
        .zone = fmax(ZONE_PART * width, ZONE_EMS * size),
        .last_line = fmax(fmax(options->last_line * width, paragraph->has_squares ? 2 * size : 0),
                          2 * options->indent),
        .looseness = options->looseness,
        .margin = size * (options->protrusion > 0 ? 1 : 0.5),
        .divides_all =
            options->hyphenate == BP_HYPHENATE_ALWAYS ||
            (options->hyphenate == BP_HYPHENATE_AUTO && is_justified && !options->greedy)};
}

/* Keeps the lines that were chosen. */
static bool keep_lines(bp_paragraph *paragraph, const bp_buf *chosen, bp_error *err)
{
    const bp_break_line *list = BP_BUF_ITEMS(chosen, bp_break_line);
    const bp_atom *atoms = BP_BUF_ITEMS(&paragraph->atoms, bp_atom);
    size_t count = BP_BUF_COUNT(chosen, bp_break_line), atom = 0;
    size_t atom_count = BP_BUF_COUNT(&paragraph->atoms, bp_atom);
    paragraph->lines.length = 0;
    paragraph->height = 0;
    if (!bp_buf_reserve(&paragraph->lines, count * sizeof(bp_laid_line)))
        return bp_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        uint32_t start = i > 0 ? list[i - 1].end : 0;
        while (atom < atom_count && atoms[atom].end <= start)
            atom++;
        bool is_inside = atom < atom_count && atoms[atom].start < start;
        bp_laid_line line = {list[i], is_inside ? atoms[atom].start : start, paragraph->height};
        paragraph->height += bp_paragraph_line_height(paragraph, start, list[i].end);
        (void)bp_buf_add(&paragraph->lines, &line, sizeof line); /* Reserved above. */
    }
    return true;
}

/* Keeps the atoms, with which lines are built at once, while those of all texts are few: those of a
 * briefing are, those of a book are not. */
static bool keeps_atoms(bp_paragraph *paragraph)
{
    bp_line_scratch *scratch = bp_shaper_line_scratch(paragraph->shaper);
    size_t bytes = paragraph->atoms.capacity;
    if (paragraph->atoms_kept == 0 && scratch->atoms_kept + bytes <= ATOMS_KEPT) {
        paragraph->atoms_kept = bytes;
        scratch->atoms_kept += bytes;
    }
    return paragraph->atoms_kept != 0;
}

/* Gives up what lines can be built without. */
static void forget(bp_paragraph *paragraph)
{
    if (BP_BUF_COUNT(&paragraph->items, bp_break_item) > ITEMS_KEPT)
        bp_buf_clear(&paragraph->items);
    if (!paragraph->has_levels && !paragraph->has_squares && /* Found for a text as a whole. */
        !keeps_atoms(paragraph))
        bp_paragraph_forget_atoms(paragraph);
}

/* What one very long text took is not kept for the others. */
static void trim_scratch(bp_line_scratch *scratch)
{
    bp_buf *const all[] = {&scratch->breaking.active, &scratch->breaking.nodes,
                           &scratch->breaking.wanted, &scratch->chosen,
                           &scratch->hyphenated,      &scratch->expanded,
                           &scratch->slack,           &scratch->ends};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->capacity > SCRATCH_MOST)
            bp_buf_clear(all[i]);
}

static bool is_same(double a, double b)
{
    return !(a < b || a > b);
}

static bool lay_out(bp_paragraph *paragraph, double width, bp_paragraph_notch notch, bp_error *err)
{
    if (!(width >= 0 && width <= 1e6))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "the width of a paragraph is from 0 to 1000000 points");
    const bp_paragraph_notch *laid = &paragraph->notch;
    if (paragraph->laid_width >= 0 && is_same(width, paragraph->laid_width) &&
        notch.lines == laid->lines && is_same(notch.width, laid->width) &&
        notch.is_left == laid->is_left)
        return true;
    paragraph->laid_width = -1;
    paragraph->notch = notch;
    if (!bp_paragraph_recall(paragraph, err))
        return false;
    bp_break_options options = bp_paragraph_break_options(paragraph, width);
    divider d = {.paragraph = paragraph,
                 .room = bp_break_least_room(&options),
                 .has_hyphens = options.divides_all};
    bp_break_text text = {.items = BP_BUF_ITEMS(&paragraph->items, bp_break_item),
                          .count = BP_BUF_COUNT(&paragraph->items, bp_break_item),
                          .divide = divide,
                          .owner = &d};
    static const bp_break_line nothing;
    bp_line_scratch *scratch = bp_shaper_line_scratch(paragraph->shaper);
    bp_buf *lines = &scratch->chosen;
    lines->length = 0;
    /* An empty text is one empty line, so that an empty cell has a height. */
    bool ok = text.count > 0 || paragraph->first_style == NULL ||
              bp_buf_add(lines, &nothing, sizeof nothing) || bp_fail_memory(err);
    ok = ok && bp_break_choose(&text, &options, &scratch->breaking, lines, &paragraph->work, err) &&
         keep_lines(paragraph, lines, err);
    trim_scratch(scratch);
    if (ok) {
        forget(paragraph);
        paragraph->laid_width = width;
    }
    return ok;
}

bool bp_paragraph_layout(bp_paragraph *paragraph, double width, bp_error *err)
{
    bp_phase before = bp_phase_switch(BP_PHASE_LAYOUT);
    bool ok = lay_out(paragraph, width, (bp_paragraph_notch){0}, err);
    (void)bp_phase_switch(before);
    return ok;
}

bool bp_paragraph_layout_notched(bp_paragraph *paragraph, double width,
                                 const bp_paragraph_notch *notch, bp_error *err)
{
    if (!(notch->width >= 0 && notch->width <= width) || notch->lines > NOTCH_LINES_MOST)
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "a notch of a paragraph is from 0 to its width, and %d lines at most",
                       NOTCH_LINES_MOST);
    bool is_some = notch->lines > 0 && notch->width > 0;
    bp_phase before = bp_phase_switch(BP_PHASE_LAYOUT);
    bool ok = lay_out(paragraph, width, is_some ? *notch : (bp_paragraph_notch){0}, err);
    (void)bp_phase_switch(before);
    return ok;
}

size_t bp_paragraph_line_count(const bp_paragraph *paragraph)
{
    return paragraph->laid_width < 0 ? 0 : BP_BUF_COUNT(&paragraph->lines, bp_laid_line);
}

double bp_paragraph_height(const bp_paragraph *paragraph)
{
    return paragraph->laid_width < 0 ? 0 : paragraph->height;
}
