/* A paragraph's lines at a width: the items of each line become pieces of runs, in visual order,
 * aligned or justified. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "text/bidi.h"
#include "text/paragraph_private.h"

/* What building one line works on. */
typedef struct {
    bp_paragraph *paragraph;
    size_t first_piece;    /* Of the line, in `pieces`. */
    size_t first_atom;     /* The first that reaches into the line. */
    bp_buf levels;         /* Of uint8_t, one per piece of the line, in logical order. */
    bp_buf gaps;           /* Of float, likewise: room behind the piece. */
    bp_buf order, ordered; /* Scratch for bidi. */
} builder;

static bp_piece *pieces_of(const builder *b, size_t *count)
{
    bp_buf *pieces = &b->paragraph->pieces;
    *count = BP_BUF_COUNT(pieces, bp_piece) - b->first_piece;
    return BP_BUF_ITEMS(pieces, bp_piece) + b->first_piece;
}

/* The width in points of a space of the run; 0 where it has none. */
static double space_width(const bp_run *run, const bp_style_spec *spec)
{
    for (size_t i = 0; run->space_count > 0 && i < run->glyph_count; i++)
        if (bp_run_is_space(run, i))
            return run->glyphs[i].advance * spec->size / bp_font_measures(run->font)->units;
    return 0;
}

/* The extra that the style's word space puts behind each space of a run. */
static double extra_of_spaces(const bp_run *run, const bp_style_spec *spec)
{
    return fabs(spec->word_space - 1) < 1e-9 ? 0 : (spec->word_space - 1) * space_width(run, spec);
}

static void count_glyphs(const bp_piece *piece, double *advance, uint32_t *spaces,
                         uint32_t *clusters)
{
    const bp_run *run = piece->run;
    if (piece->glyph_count == run->glyph_count) {
        *advance = run->advance;
        *spaces = run->space_count;
        *clusters = run->cluster_count;
        return;
    }
    *advance = 0;
    *spaces = *clusters = 0;
    for (size_t i = piece->first_glyph; i < piece->first_glyph + piece->glyph_count; i++) {
        *advance += run->glyphs[i].advance;
        *spaces += bp_run_is_space(run, i);
        *clusters += bp_run_ends_cluster(run, i);
    }
}

/* Sets the width from the glyphs and the extras. */
static void measure_piece(bp_piece *piece)
{
    if (piece->run == NULL)
        return;
    double advance;
    uint32_t spaces, clusters;
    count_glyphs(piece, &advance, &spaces, &clusters);
    piece->width =
        advance * bp_style_values(piece->style)->size / bp_font_measures(piece->run->font)->units +
        spaces * piece->word_extra + clusters * piece->cluster_extra;
}

static bool add_piece(builder *b, bp_piece *piece, uint8_t level, bp_error *err)
{
    float no_gap = 0;
    measure_piece(piece);
    return (bp_buf_add(&b->paragraph->pieces, piece, sizeof *piece) &&
            bp_buf_add(&b->levels, &level, sizeof level) &&
            bp_buf_add(&b->gaps, &no_gap, sizeof no_gap)) ||
           bp_fail_memory(err);
}

/* Adds the runs of a word that stand for bytes `from` to `to` of it. */
static bool add_word(builder *b, const bp_atom *atom, const bp_word *word, size_t from, size_t to,
                     bool is_hanging, bp_error *err)
{
    const bp_paragraph_span *span =
        &BP_BUF_ITEMS(&b->paragraph->spans, bp_paragraph_span)[atom->span];
    const bp_style_spec *spec = bp_style_values(span->style);
    /* What hangs at the end is of the paragraph's own level (rule L1 of UAX 9). */
    uint8_t level = is_hanging ? (uint8_t)b->paragraph->is_rtl : atom->level;
    for (uint32_t r = 0; r < word->run_count; r++) {
        const bp_run *run = bp_word_run(word, r);
        size_t start = bp_word_run_start(word, r);
        if (to <= start || from >= start + run->text_length)
            continue;
        bp_piece piece = {.run = run,
                          .style = span->style,
                          .word_extra = extra_of_spaces(run, spec),
                          .cluster_extra = spec->tracking * spec->size / 1000,
                          .link = is_hanging ? NULL : span->link,
                          .mark = is_hanging ? 0 : span->mark,
                          .is_hanging = is_hanging};
        bp_run_slice(run, from > start ? from - start : 0, to - start, &piece.first_glyph,
                     &piece.glyph_count);
        if (piece.glyph_count > 0 && !add_piece(b, &piece, level, err))
            return false;
    }
    return true;
}

static bool add_box(builder *b, const bp_atom *atom, bp_error *err)
{
    const bp_paragraph_span *span =
        &BP_BUF_ITEMS(&b->paragraph->spans, bp_paragraph_span)[atom->span];
    bp_piece piece = {.style = span->style,
                      .link = span->link,
                      .mark = span->mark,
                      .width = span->width,
                      .height = span->height};
    return add_piece(b, &piece, atom->level, err);
}

static void set_gap(builder *b, float gap)
{
    size_t count = BP_BUF_COUNT(&b->gaps, float);
    if (count > 0)
        BP_BUF_ITEMS(&b->gaps, float)[count - 1] = gap;
}

/* The pieces of bytes `start` to `end`, of which those from `ink_end` on hang. */
static bool add_pieces(builder *b, uint32_t start, uint32_t ink_end, uint32_t end,
                       bool is_hyphenated, bp_error *err)
{
    const bp_atom *atoms = BP_BUF_ITEMS(&b->paragraph->atoms, bp_atom), *last = NULL;
    size_t count = BP_BUF_COUNT(&b->paragraph->atoms, bp_atom), a = b->first_atom;
    while (a < count && atoms[a].end <= start)
        a++;
    b->first_atom = a;
    for (; a < count && atoms[a].start < end; a++) {
        const bp_atom *atom = last = &atoms[a];
        uint32_t from = start > atom->start ? start : atom->start;
        uint32_t to = end < atom->end ? end : atom->end;
        if (atom->word == NULL) {
            if (!add_box(b, atom, err))
                return false;
            continue;
        }
        uint32_t ink_to = to < ink_end ? to : ink_end;
        if (ink_to > from &&
            !add_word(b, atom, atom->word, from - atom->start, ink_to - atom->start, false, err))
            return false;
        if (ink_to < from)
            ink_to = from;
        if (ink_to < to &&
            !add_word(b, atom, atom->word, ink_to - atom->start, to - atom->start, true, err))
            return false;
        if (to == atom->end && to < ink_end)
            set_gap(b, atom->gap);
    }
    if (!is_hyphenated || last == NULL || last->word == NULL)
        return true;
    const bp_style *style = BP_BUF_ITEMS(&b->paragraph->spans, bp_paragraph_span)[last->span].style;
    const bp_word *hyphen = bp_shape_hyphen(b->paragraph->shaper, style, err);
    return hyphen != NULL && add_word(b, last, hyphen, 0, hyphen->runs[0].text_length, false, err);
}

/* Puts pieces and gaps into visual order. */
static bool reorder(builder *b, bp_error *err)
{
    size_t count;
    bp_piece *pieces = pieces_of(b, &count);
    if (!b->paragraph->has_levels || count < 2)
        return true;
    b->order.length = b->ordered.length = 0;
    size_t piece_bytes = count * sizeof(bp_piece);
    if (!bp_buf_reserve(&b->order, count * sizeof(int32_t)) ||
        !bp_buf_reserve(&b->ordered, piece_bytes + count * sizeof(float)))
        return bp_fail_memory(err);
    int32_t *order = BP_BUF_ITEMS(&b->order, int32_t);
    bp_piece *ordered = BP_BUF_ITEMS(&b->ordered, bp_piece);
    float *gaps = (float *)(void *)(b->ordered.bytes + piece_bytes);
    bp_bidi_reorder(BP_BUF_ITEMS(&b->levels, uint8_t), count, order);
    for (size_t i = 0; i < count; i++) {
        ordered[i] = pieces[order[i]];
        gaps[i] = BP_BUF_ITEMS(&b->gaps, float)[order[i]];
    }
    memcpy(pieces, ordered, piece_bytes);
    memcpy(b->gaps.bytes, gaps, count * sizeof(float));
    return true;
}

/* The last piece from the left that takes room, and how many hang before the first. */
static size_t find_edge(const bp_piece *pieces, size_t count, size_t *leading)
{
    size_t last = count;
    *leading = 0;
    for (size_t i = 0; i < count; i++)
        if (!pieces[i].is_hanging)
            last = i;
    while (*leading < count && pieces[*leading].is_hanging)
        ++*leading;
    return last;
}

/* Drops the extra behind the line's last character, and answers the line's width. */
static double close_line(builder *b, size_t last)
{
    size_t count;
    bp_piece *pieces = pieces_of(b, &count);
    double width = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == last)
            pieces[i].width -= pieces[i].cluster_extra;
        width += pieces[i].is_hanging ? 0 : pieces[i].width;
        width += i < last ? (double)BP_BUF_ITEMS(&b->gaps, float)[i] : 0;
    }
    return width;
}

/* Spreads `missing` points over the spaces, and between Han characters. Negative ones narrow the
 * spaces alone, and only as far as is fit to read. Answers what each space got; 0: nothing was
 * done. */
static double justify(builder *b, size_t last, double missing)
{
    size_t count, places = 0;
    bp_piece *pieces = pieces_of(b, &count);
    double advance, narrowest = 0;
    uint32_t spaces, clusters;
    bool is_wider = missing > 0;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].run == NULL || pieces[i].is_hanging)
            continue;
        const bp_style_spec *spec = bp_style_values(pieces[i].style);
        count_glyphs(&pieces[i], &advance, &spaces, &clusters);
        places += spaces + (is_wider && pieces[i].run->is_wide ? clusters - (i == last) : 0);
        narrowest -= spaces * BP_BREAK_SHRINK * spec->word_space * space_width(pieces[i].run, spec);
    }
    if (places == 0 || missing < narrowest - 2 * BP_BREAK_TOLERANCE)
        return 0;
    double each = missing / (double)places;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].run == NULL || pieces[i].is_hanging)
            continue;
        pieces[i].word_extra += each;
        if (is_wider && pieces[i].run->is_wide)
            pieces[i].cluster_extra += each;
        measure_piece(&pieces[i]);
    }
    return each;
}

static double align_offset(const bp_paragraph *paragraph, double missing)
{
    bool is_rtl = paragraph->is_rtl;
    bp_align align = paragraph->options.align;
    if (missing <= 0)
        return is_rtl ? missing : 0; /* What is too wide sticks out at the line's end. */
    if (align == BP_ALIGN_CENTER)
        return missing / 2;
    if (align == BP_ALIGN_RIGHT || (align == BP_ALIGN_END && !is_rtl) ||
        (is_rtl && (align == BP_ALIGN_START || align == BP_ALIGN_JUSTIFY)))
        return missing;
    return 0;
}

/* Places the pieces of a line from left to right and fills in x, width and stretch. */
static void place(builder *b, bp_line *line, double room, double left)
{
    size_t count, leading;
    bp_piece *pieces = pieces_of(b, &count);
    size_t last = find_edge(pieces, count, &leading);
    line->width = close_line(b, last);
    double missing = room - line->width;
    bool is_open = line->is_last || line->is_forced;
    if (b->paragraph->options.align == BP_ALIGN_JUSTIFY &&
        (missing < -BP_BREAK_TOLERANCE || (missing > 0 && !is_open))) {
        line->stretch = justify(b, last, missing);
        if (line->stretch < 0 || line->stretch > 0) {
            /* Only the last piece was cut, and measuring undid that. */
            line->width = close_line(b, last);
            missing = room - line->width;
        }
    }
    double x = left + align_offset(b->paragraph, fabs(missing) < BP_BREAK_TOLERANCE ? 0 : missing);
    line->x = x;
    for (size_t i = 0; i < leading; i++)
        x -= pieces[i].width;
    for (size_t i = 0; i < count; i++) {
        pieces[i].x = x;
        x += pieces[i].width + (i < last ? (double)BP_BUF_ITEMS(&b->gaps, float)[i] : 0);
    }
    line->piece_count = count;
}

/* Sets the vertical places. Every line has the same ones, so that a grid of lines holds; only a box
 * higher than the room above the baseline makes its line higher. */
static void place_vertically(builder *b, bp_line *line, double top)
{
    const bp_paragraph *paragraph = b->paragraph;
    const bp_style *style = paragraph->largest_style;
    double leading = paragraph->options.leading, above = leading;
    if (style != NULL) {
        const bp_font_metrics *measures = bp_font_measures(bp_style_font(style));
        double size = bp_style_values(style)->size, scale = size / measures->units;
        leading = leading > 0 ? leading : 1.4 * size;
        above = (leading + (measures->ascent - measures->descent) * scale) / 2;
    }
    size_t count;
    const bp_piece *pieces = pieces_of(b, &count);
    double extra = 0;
    for (size_t i = 0; i < count; i++)
        extra = fmax(extra, pieces[i].height - above);
    line->top = top;
    line->baseline = top + above + extra;
    line->height = leading + extra;
}

static bool build_line(builder *b, const bp_break_item *item, uint32_t start,
                       const bp_break_options *options, bool is_last, bp_error *err)
{
    bp_paragraph *paragraph = b->paragraph;
    const char *text = paragraph->text.bytes;
    size_t number = BP_BUF_COUNT(&paragraph->lines, bp_line);
    bp_line line = {.is_last = is_last,
                    .is_forced = item->kind == BP_BREAK_FORCED,
                    .is_hyphenated = item->kind == BP_BREAK_HYPHEN};
    uint32_t end = item->end, ink_end;
    if (end > start && text[end - 1] == '\n')
        end--;
    for (ink_end = end; ink_end > start && text[ink_end - 1] == ' ';)
        ink_end--;
    b->first_piece = BP_BUF_COUNT(&paragraph->pieces, bp_piece);
    b->levels.length = b->gaps.length = 0;
    if (!add_pieces(b, start, ink_end, end, line.is_hyphenated, err) || !reorder(b, err))
        return false;
    double room = bp_break_room(options, number);
    place(b, &line, room, paragraph->is_rtl ? 0 : options->width - room);
    place_vertically(b, &line, paragraph->height);
    paragraph->height += line.height;
    bp_byte_range range = {start, ink_end};
    return (bp_buf_add(&paragraph->lines, &line, sizeof line) &&
            bp_buf_add(&paragraph->ranges, &range, sizeof range)) ||
           bp_fail_memory(err);
}

static bool build_lines(bp_paragraph *paragraph, const bp_break_item *items, const bp_buf *breaks,
                        const bp_break_options *options, bp_error *err)
{
    builder b = {.paragraph = paragraph};
    size_t count = BP_BUF_COUNT(breaks, size_t);
    uint32_t start = 0;
    bool ok = true;
    paragraph->lines.length = paragraph->pieces.length = paragraph->ranges.length = 0;
    paragraph->height = 0;
    for (size_t i = 0; ok && i < count; i++) {
        const bp_break_item *last = &items[BP_BUF_ITEMS(breaks, size_t)[i] - 1];
        ok = build_line(&b, last, start, options, i + 1 == count, err);
        start = last->end;
    }
    bp_buf_clear(&b.levels);
    bp_buf_clear(&b.gaps);
    bp_buf_clear(&b.order);
    bp_buf_clear(&b.ordered);
    /* The list of pieces has stopped moving. */
    size_t at = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&paragraph->lines, bp_line); i++) {
        bp_line *line = &BP_BUF_ITEMS(&paragraph->lines, bp_line)[i];
        line->pieces = BP_BUF_ITEMS(&paragraph->pieces, bp_piece) + at;
        at += line->piece_count;
    }
    return ok;
}

/* An empty text is one empty line, so that an empty cell has a height. */
static bool build_empty(bp_paragraph *paragraph, const bp_break_options *options, bp_error *err)
{
    static const bp_break_item nothing;
    size_t one = 1;
    bp_buf breaks = {0};
    bool ok = paragraph->first_style == NULL || bp_buf_add(&breaks, &one, sizeof one) ||
              bp_fail_memory(err);
    ok = ok && build_lines(paragraph, &nothing, &breaks, options, err);
    bp_buf_clear(&breaks);
    return ok;
}

static bool lay_out(bp_paragraph *paragraph, double width, bp_error *err)
{
    if (!(width >= 0 && width <= 1e6))
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "the width of a paragraph is from 0 to 1000000 points");
    if (paragraph->laid_width >= 0 &&
        !(width < paragraph->laid_width || width > paragraph->laid_width))
        return true;
    paragraph->laid_width = -1;
    bp_break_options options = {.width = width,
                                .indent = paragraph->options.indent,
                                .no_wrap = paragraph->options.no_wrap,
                                .is_justified = paragraph->options.align == BP_ALIGN_JUSTIFY,
                                .greedy = paragraph->options.greedy};
    bool ok;
    bp_buf breaks = {0}, expanded = {0};
    const bp_buf *items = &paragraph->items;
    if (items->length == 0) {
        ok = build_empty(paragraph, &options, err);
    } else {
        double room = fmin(bp_break_room(&options, 0), bp_break_room(&options, 1));
        bool fits = options.no_wrap || paragraph->min_width <= room + BP_BREAK_TOLERANCE;
        ok = fits || bp_paragraph_expand(paragraph, room, &expanded, err);
        items = fits ? items : &expanded;
        const bp_break_item *list = BP_BUF_ITEMS(items, bp_break_item);
        ok = ok &&
             bp_break_choose(list, BP_BUF_COUNT(items, bp_break_item), &options, &breaks, err) &&
             build_lines(paragraph, list, &breaks, &options, err);
    }
    bp_buf_clear(&breaks);
    bp_buf_clear(&expanded);
    if (ok)
        paragraph->laid_width = width;
    return ok;
}

bool bp_paragraph_layout(bp_paragraph *paragraph, double width, bp_error *err)
{
    bp_phase before = bp_phase_switch(BP_PHASE_LAYOUT);
    bool ok = lay_out(paragraph, width, err);
    (void)bp_phase_switch(before);
    return ok;
}

size_t bp_paragraph_line_count(const bp_paragraph *paragraph)
{
    return paragraph->laid_width < 0 ? 0 : BP_BUF_COUNT(&paragraph->lines, bp_line);
}

const bp_line *bp_paragraph_line(const bp_paragraph *paragraph, size_t i)
{
    return &BP_BUF_ITEMS(&paragraph->lines, bp_line)[i];
}

double bp_paragraph_height(const bp_paragraph *paragraph)
{
    return paragraph->laid_width < 0 ? 0 : paragraph->height;
}

bool bp_paragraph_line_range(const bp_paragraph *paragraph, size_t i, size_t *start, size_t *end)
{
    if (i >= bp_paragraph_line_count(paragraph))
        return false;
    const bp_byte_range *range = &BP_BUF_ITEMS(&paragraph->ranges, bp_byte_range)[i];
    *start = range->start;
    *end = range->end;
    return true;
}
