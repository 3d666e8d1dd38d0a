/* A paragraph's lines at a width: pieces of runs, in visual order, aligned or justified. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "text/bidi.h"
#include "text/paragraph_private.h"

/* Lines are measured to this much of what spaces may narrow by: see divide.c. */
#define RATIO_MOST 1.25

/* What building one line works on. */
typedef struct {
    const bp_paragraph *paragraph;
    bp_buf *pieces;          /* Of bp_piece. */
    const bp_buf *atoms;     /* Of bp_atom: those of the line at least. */
    uint32_t blank_from;     /* Where the blanks of the line's end begin, which are of the
                              * paragraph's own level (rule L1 of UAX 9); UINT32_MAX: nowhere. */
    bp_buf *levels;          /* Of uint8_t, one per piece, in logical order. */
    bp_buf *gaps;            /* Of double, likewise: room behind the piece. */
    bp_buf *order, *ordered; /* Scratch for bidi. */
} builder;

static bp_piece *pieces_of(const builder *b, size_t *count)
{
    *count = BP_BUF_COUNT(b->pieces, bp_piece);
    return BP_BUF_ITEMS(b->pieces, bp_piece);
}

/* The width in points of a space of the run; 0 where it has none. */
static double space_width(const bp_run *run, const bp_style_spec *spec)
{
    for (size_t i = run->glyph_count; run->space_count > 0 && i-- > 0;) /* Most stand at the end. */
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
    double no_gap = 0;
    measure_piece(piece);
    return (bp_buf_add(b->pieces, piece, sizeof *piece) &&
            bp_buf_add(b->levels, &level, sizeof level) &&
            bp_buf_add(b->gaps, &no_gap, sizeof no_gap)) ||
           bp_fail_memory(err);
}

/* Adds the runs of a word that stand for bytes `from` to `to` of the paragraph's text; the word
 * begins at byte `base` of it. */
static bool add_word(builder *b, const bp_atom *atom, const bp_word *word, uint32_t base,
                     uint32_t from, uint32_t to, bool is_hanging, bp_error *err)
{
    const bp_paragraph_span *span = bp_atom_span(b->paragraph, atom);
    const bp_style_spec *spec = bp_style_values(span->style);
    uint8_t level = from >= b->blank_from ? (uint8_t)b->paragraph->is_rtl : atom->level;
    for (uint32_t r = 0; r < word->run_count; r++) {
        const bp_run *run = bp_word_run(word, r);
        size_t start = base + bp_word_run_start(word, r);
        if (to <= start || from >= start + run->text_length)
            continue;
        bp_piece piece = {.run = run,
                          .style = span->style,
                          .word_extra = extra_of_spaces(run, spec),
                          .cluster_extra = spec->tracking * spec->size / 1000,
                          .link = is_hanging ? NULL : span->link,
                          .role = is_hanging ? NULL : span->role,
                          .mark = is_hanging ? 0 : span->mark,
                          .start = (uint32_t)(from > start ? from : start),
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
                      .role = span->role,
                      .mark = span->mark,
                      .start = atom->start,
                      .width = span->width,
                      .height = span->height};
    return add_piece(b, &piece, atom->level, err);
}

static void set_gap(builder *b, double gap)
{
    size_t count = BP_BUF_COUNT(b->gaps, double);
    if (count > 0)
        BP_BUF_ITEMS(b->gaps, double)[count - 1] = gap;
}

/* Where a line's text lies. */
typedef struct {
    uint32_t start, ink_end, end;      /* What is behind `ink_end` hangs. */
    bool is_cut_before, is_cut_behind; /* By a hyphen in a word. */
    size_t rest_count, part_first;     /* As in bp_line; found while the pieces are made. */
    bool rest_has_space;
    const bp_atom *part; /* The word that goes on on the next line. */
} extent;

/* The byte behind the ink of an atom. */
static uint32_t ink_end_of(const builder *b, const bp_atom *atom)
{
    uint32_t end = atom->end;
    while (end > atom->start && b->paragraph->text.bytes[end - 1] == ' ')
        end--;
    return end;
}

/* Adds what of a word does not hang; blanks that end the line are pieces of their own. */
static bool add_ink(builder *b, const bp_atom *atom, const bp_word *word, uint32_t base,
                    uint32_t from, uint32_t to, bp_error *err)
{
    uint32_t blank_from = b->blank_from < from ? from : b->blank_from < to ? b->blank_from : to;
    return (blank_from <= from || add_word(b, atom, word, base, from, blank_from, false, err)) &&
           (to <= blank_from || add_word(b, atom, word, base, blank_from, to, false, err));
}

/* Adds bytes `from` to `to` of an atom. The part of a word before or behind a hyphen is shaped for
 * itself: kerning and ligatures do not reach over a line's end. */
static bool add_atom(builder *b, extent *of, const bp_atom *atom, bp_error *err)
{
    uint32_t from = of->start > atom->start ? of->start : atom->start;
    uint32_t to = of->end < atom->end ? of->end : atom->end;
    uint32_t ink_to = to < of->ink_end ? to : of->ink_end, base = atom->start;
    const bp_word *word = atom->word;
    bool is_rest = of->is_cut_before && from == of->start && from > atom->start;
    bool is_part = of->is_cut_behind && to == of->end && to < atom->end;
    size_t count;
    if ((is_rest || is_part) && bp_atom_can_be_cut(atom)) {
        word = bp_atom_shape(b->paragraph, atom, from, to, err);
        if (word == NULL)
            return false;
        base = from;
    }
    if (is_part && !is_rest) {
        (void)pieces_of(b, &count);
        of->part_first = count;
        of->part = atom;
    }
    if (!add_ink(b, atom, word, base, from, ink_to, err))
        return false;
    if (is_rest) {
        (void)pieces_of(b, &of->rest_count);
        /* Or may have one: nothing that is seen follows it at once. */
        of->rest_has_space = ink_end_of(b, atom) < atom->end || atom->end >= of->ink_end;
    }
    if (ink_to < from)
        ink_to = from;
    if (ink_to < to && !add_word(b, atom, word, base, ink_to, to, true, err))
        return false;
    if (to == atom->end && to < of->ink_end)
        set_gap(b, (double)atom->gap);
    return true;
}

/* The pieces of a line's text. */
static bool add_pieces(builder *b, extent *of, bp_error *err)
{
    const bp_atom *atoms = BP_BUF_ITEMS(b->atoms, bp_atom), *last = NULL;
    size_t count = BP_BUF_COUNT(b->atoms, bp_atom);
    for (size_t a = bp_atom_find(b->atoms, of->start); a < count && atoms[a].start < of->end; a++) {
        last = &atoms[a];
        if (!(last->word == NULL ? add_box(b, last, err) : add_atom(b, of, last, err)))
            return false;
    }
    if (!of->is_cut_behind || last == NULL || last->word == NULL)
        return true;
    const bp_style *style = bp_atom_span(b->paragraph, last)->style;
    const bp_word *hyphen = bp_shape_hyphen(b->paragraph->shaper, style, err);
    if (hyphen == NULL || !add_word(b, last, hyphen, of->end, of->end,
                                    of->end + (uint32_t)hyphen->runs[0].text_length, false, err))
        return false;
    size_t piece_count;
    (void)pieces_of(b, &piece_count);
    if (of->part == NULL && of->rest_count + 1 == piece_count)
        of->rest_count++; /* All of the line is the middle of a word. */
    return true;
}

/* Tells which pieces are parts of words. */
static void tell_parts(const builder *b, const extent *of, bp_line *line)
{
    size_t count;
    (void)pieces_of(b, &count);
    if (b->paragraph->has_levels)
        return;
    line->rest_count = of->rest_count;
    line->rest_has_space = of->rest_has_space;
    if (of->part == NULL)
        return;
    uint32_t start = of->start > of->part->start ? of->start : of->part->start;
    line->part_first = of->part_first;
    line->part_count = count - of->part_first;
    line->whole = b->paragraph->text.bytes + start;
    line->whole_length = ink_end_of(b, of->part) - start;
}

/* Puts pieces and gaps into visual order. */
static bool reorder(builder *b, bp_error *err)
{
    size_t count;
    bp_piece *pieces = pieces_of(b, &count);
    if (!b->paragraph->has_levels || count < 2)
        return true;
    b->order->length = b->ordered->length = 0;
    size_t piece_bytes = count * sizeof(bp_piece);
    if (!bp_buf_reserve(b->order, count * sizeof(int32_t)) ||
        !bp_buf_reserve(b->ordered, piece_bytes + count * sizeof(double)))
        return bp_fail_memory(err);
    int32_t *order = BP_BUF_ITEMS(b->order, int32_t);
    bp_piece *ordered = BP_BUF_ITEMS(b->ordered, bp_piece);
    double *gaps = (double *)(void *)(b->ordered->bytes + piece_bytes);
    bp_bidi_reorder(BP_BUF_ITEMS(b->levels, uint8_t), count, order);
    for (size_t i = 0; i < count; i++) {
        ordered[i] = pieces[order[i]];
        gaps[i] = BP_BUF_ITEMS(b->gaps, double)[order[i]];
    }
    memcpy(pieces, ordered, piece_bytes);
    memcpy(b->gaps->bytes, gaps, count * sizeof(double));
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
        width += i < last ? BP_BUF_ITEMS(b->gaps, double)[i] : 0;
    }
    return width;
}

/* The slack of a piece at a ratio of 1, as items count it. */
static bp_break_slack slack_of(const builder *b, const bp_piece *piece, bool is_last)
{
    const bp_paragraph_options *options = &b->paragraph->options;
    bp_break_slack slack = {0};
    double advance;
    uint32_t spaces, clusters;
    if (piece->run == NULL || piece->is_hanging)
        return slack;
    const bp_style_spec *spec = bp_style_values(piece->style);
    count_glyphs(piece, &advance, &spaces, &clusters);
    if (spaces > 0) {
        double space = spaces * spec->word_space * space_width(piece->run, spec);
        slack.stretch = space * options->space_stretch;
        slack.shrink = space * options->space_shrink;
    }
    clusters -= is_last && clusters > 0;
    if (piece->run->is_wide)
        slack.stretch += clusters * spec->size * BP_SQUARE_STRETCH;
    else
        slack.letters = clusters * spec->size;
    return slack;
}

/* True where the line is set by the rules of Chinese: some of it is full-width. */
static bool is_square(const builder *b, const bp_piece *pieces, size_t last)
{
    for (size_t i = 0; b->paragraph->has_squares && i <= last; i++)
        if (pieces[i].run != NULL && pieces[i].run->is_wide)
            return true;
    return false;
}

/* Spreads `missing` points over such a line. How far it was bent is told as the line breaker saw
 * it. */
static bool justify_squares(builder *b, bp_line *line, size_t last, double missing, bool *is_spread,
                            bp_error *err)
{
    size_t count;
    bp_piece *pieces = pieces_of(b, &count);
    double *gaps = BP_BUF_ITEMS(b->gaps, double), stretch = 0, most = 0;
    bool has_spaces = false;
    for (size_t i = 0; i <= last; i++) {
        stretch += slack_of(b, &pieces[i], i == last).stretch;
        stretch += i < last && gaps[i] > 0 ? gaps[i] * BP_GAP_STRETCH : 0;
    }
    bp_buf *before = b->ordered; /* Chinese lines are in order. */
    before->length = 0;
    if (!bp_buf_add(before, gaps, (last + 1) * sizeof *gaps))
        return bp_fail_memory(err);
    if (!bp_han_spread(b->paragraph, pieces, gaps, last, missing, is_spread, &most, err))
        return false;
    for (size_t i = 0; *is_spread && i <= last; i++) {
        bp_piece *piece = &pieces[i];
        if (piece->run != NULL && piece->run->space_count > 0 && !has_spaces) {
            line->stretch =
                piece->word_extra - extra_of_spaces(piece->run, bp_style_values(piece->style));
            has_spaces = true;
        }
        measure_piece(piece);
    }
    for (size_t i = 0; *is_spread && i < last; i++) {
        double change = gaps[i] - BP_BUF_ITEMS(before, double)[i];
        bool is_gap = BP_BUF_ITEMS(before, double)[i] > 0;
        line->marks -= !is_gap && change < 0 ? change : 0;
        line->square = line->square > 0 || is_gap || change < 0 ? line->square : change;
    }
    if (*is_spread)
        line->ratio = missing < 0 ? missing / most : stretch > 0 ? missing / stretch : 0;
    return true;
}

/* Spreads `missing` points over a line (negative ones narrow it), as the line breaker did when it
 * chose the line. False where there is nothing to spread them over. */
static bool justify(builder *b, bp_line *line, size_t last, double missing,
                    const bp_break_options *options)
{
    const bp_paragraph_options *wanted = &b->paragraph->options;
    size_t count;
    bp_piece *pieces = pieces_of(b, &count);
    double *gaps = BP_BUF_ITEMS(b->gaps, double);
    bp_break_slack slack = {0};
    bool has_spaces = false;
    for (size_t i = 0; i < count; i++) {
        bp_break_slack one = slack_of(b, &pieces[i], i == last);
        slack.stretch += one.stretch + (i < last ? gaps[i] * BP_GAP_STRETCH : 0);
        slack.shrink += one.shrink + (i < last ? gaps[i] * BP_GAP_SHRINK : 0);
        slack.letters += one.letters;
    }
    bp_break_fill fill = bp_break_spread(missing, &slack, options);
    bool is_spread = fabs(fill.ratio) > 0 || fabs(fill.letter) > 0;
    if (!is_spread || fill.ratio < -RATIO_MOST)
        return false; /* Or it is one part that is wider than the measure. */
    double space = fill.ratio * (fill.ratio > 0 ? wanted->space_stretch : wanted->space_shrink);
    double gap = 1 + fill.ratio * (fill.ratio > 0 ? BP_GAP_STRETCH : BP_GAP_SHRINK);
    for (size_t i = 0; i < count; i++) {
        bp_piece *piece = &pieces[i];
        if (i < last)
            gaps[i] *= gap;
        if (piece->run == NULL || piece->is_hanging)
            continue;
        const bp_style_spec *spec = bp_style_values(piece->style);
        if (piece->run->space_count > 0) {
            double extra = space * spec->word_space * space_width(piece->run, spec);
            piece->word_extra += extra;
            line->stretch = has_spaces ? line->stretch : extra;
            has_spaces = true;
        }
        if (!piece->run->is_wide)
            piece->cluster_extra += fill.letter * spec->size;
        else if (fill.ratio > 0)
            piece->cluster_extra += fill.ratio * BP_SQUARE_STRETCH * spec->size;
        measure_piece(piece);
    }
    line->ratio =
        isinf(fill.effort) ? 0 : fill.effort; /* Nothing to spread over: it stays short. */
    line->letter = fill.letter;
    return true;
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

/* Places the pieces of a line from left to right in `room` points from `left` on, and fills in x,
 * width and stretch. */
static bool place(builder *b, bp_line *line, double room, double left,
                  const bp_break_options *options, bp_error *err)
{
    size_t count, leading;
    bp_piece *pieces = pieces_of(b, &count);
    size_t last = find_edge(pieces, count, &leading);
    bool has_edges = b->paragraph->has_squares && last < count;
    double start = has_edges ? bp_piece_room(&pieces[0], true) : 0;
    double edges = has_edges ? start + bp_piece_room(&pieces[last], false) : 0;
    line->width = close_line(b, last) - edges;
    double missing = room - line->width;
    bool is_open = line->is_last || line->is_forced;
    if (b->paragraph->options.align == BP_ALIGN_JUSTIFY &&
        (missing < -BP_BREAK_TOLERANCE || (missing > 0 && !is_open))) {
        bool is_spread = false;
        if (!has_edges || !is_square(b, pieces, last))
            is_spread = justify(b, line, last, missing, options);
        else if (!justify_squares(b, line, last, missing, &is_spread, err))
            return false;
        if (is_spread) { /* Only the last piece was cut, and measuring undid that. */
            line->width = close_line(b, last) - edges;
            missing = room - line->width;
        }
    }
    double x = left + align_offset(b->paragraph, fabs(missing) < BP_BREAK_TOLERANCE ? 0 : missing);
    line->x = x;
    x -= start;
    for (size_t i = 0; i < leading; i++)
        x -= pieces[i].width;
    for (size_t i = 0; i < count; i++) {
        pieces[i].x = x;
        x += pieces[i].width + (i < last ? BP_BUF_ITEMS(b->gaps, double)[i] : 0);
    }
    line->piece_count = count;
    return true;
}

/* Every line has the same vertical places, so that a grid of lines holds; only a box higher than
 * the room above the baseline makes its line higher. */
typedef struct {
    double above; /* The room above the baseline. */
    double leading, extra;
} vertical;

static vertical find_vertical(const bp_paragraph *paragraph, uint32_t start, uint32_t end)
{
    const bp_style *style = paragraph->largest_style;
    double leading = paragraph->options.leading, above = leading, extra = 0;
    if (style != NULL) {
        const bp_font_metrics *measures = bp_font_measures(bp_style_font(style));
        double size = bp_style_values(style)->size, scale = size / measures->units;
        leading = leading > 0 ? leading : 1.4 * size;
        above = (leading + (measures->ascent - measures->descent) * scale) / 2;
    }
    const bp_paragraph_span *spans = BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span);
    size_t count = paragraph->has_boxes ? BP_BUF_COUNT(&paragraph->spans, bp_paragraph_span) : 0;
    for (size_t i = 0; i < count; i++)
        if (spans[i].is_box && spans[i].end > start && spans[i].end <= end)
            extra = fmax(extra, spans[i].height - above);
    return (vertical){above, leading, extra};
}

double bp_paragraph_line_height(const bp_paragraph *paragraph, uint32_t start, uint32_t end)
{
    vertical v = find_vertical(paragraph, start, end);
    return v.leading + v.extra;
}

/* What line `i` shows. */
static extent find_extent(const bp_paragraph *paragraph, size_t i)
{
    const bp_laid_line *lines = BP_BUF_ITEMS(&paragraph->lines, bp_laid_line);
    const char *text = paragraph->text.bytes;
    extent of = {.start = i > 0 ? lines[i - 1].line.end : 0,
                 .end = lines[i].line.end,
                 .is_cut_before = i > 0 && lines[i - 1].line.kind == BP_BREAK_HYPHEN,
                 .is_cut_behind = lines[i].line.kind == BP_BREAK_HYPHEN};
    if (of.end > of.start && text[of.end - 1] == '\n')
        of.end--;
    for (of.ink_end = of.end; of.ink_end > of.start && text[of.ink_end - 1] == ' ';)
        of.ink_end--;
    return of;
}

static bool build(builder *b, size_t i, bp_line *line, bp_error *err)
{
    const bp_paragraph *paragraph = b->paragraph;
    const bp_break_line *chosen = &BP_BUF_ITEMS(&paragraph->lines, bp_laid_line)[i].line;
    bp_break_options options = bp_paragraph_break_options(paragraph, paragraph->laid_width);
    extent of = find_extent(paragraph, i);
    vertical v = find_vertical(paragraph, of.start, of.end);
    double top = BP_BUF_ITEMS(&paragraph->lines, bp_laid_line)[i].top;
    *line = (bp_line){.is_last = i + 1 == bp_paragraph_line_count(paragraph),
                      .is_forced = chosen->kind == BP_BREAK_FORCED,
                      .is_mixed = paragraph->has_levels,
                      .is_rtl = paragraph->is_rtl,
                      .is_hyphenated = of.is_cut_behind,
                      .top = top,
                      .baseline = top + v.above + v.extra,
                      .height = v.leading + v.extra};
    b->blank_from = UINT32_MAX;
    if (paragraph->has_levels && !of.is_cut_behind) /* A soft hyphen that shows is no blank. */
        b->blank_from = (uint32_t)bp_bidi_line_end(paragraph->text.bytes, of.start, of.ink_end);
    if (!add_pieces(b, &of, err) || !reorder(b, err))
        return false;
    tell_parts(b, &of, line);
    /* The measure of a line whose edges hang out begins before the paragraph's and ends behind it.
     */
    double room = bp_break_room(&options, i), out_start = (double)chosen->out_start;
    double out_end = (double)chosen->out_end;
    double notch = i < options.notch_lines ? options.notch : 0;
    double notch_left = paragraph->notch.is_left ? notch : 0;
    double left = paragraph->is_rtl ? notch_left - out_end
                                    : options.width - room - (notch - notch_left) - out_start;
    if (!place(b, line, room + out_start + out_end, left, &options, err))
        return false;
    line->pieces = BP_BUF_ITEMS(b->pieces, bp_piece);
    return true;
}

const bp_line *bp_paragraph_line(const bp_paragraph *paragraph, size_t i, bp_error *err)
{
    const bp_laid_line *laid = &BP_BUF_ITEMS(&paragraph->lines, bp_laid_line)[i];
    bp_line_scratch *scratch = bp_shaper_line_scratch(paragraph->shaper);
    builder b = {.paragraph = paragraph,
                 .pieces = &scratch->pieces,
                 .atoms = &paragraph->atoms,
                 .levels = &scratch->levels,
                 .gaps = &scratch->gaps,
                 .order = &scratch->order,
                 .ordered = &scratch->ordered};
    b.pieces->length = b.levels->length = b.gaps->length = 0;
    bp_phase before = bp_phase_switch(BP_PHASE_LAYOUT);
    bool ok = true;
    if (paragraph->held == NULL) {
        b.atoms = &scratch->atoms;
        scratch->atoms.length = 0;
        ok = bp_paragraph_find_atoms(paragraph, laid->atom, laid->line.end, &scratch->atoms, err);
    }
    ok = ok && build(&b, i, &scratch->line, err);
    (void)bp_phase_switch(before);
    return ok ? &scratch->line : NULL;
}

bool bp_paragraph_line_range(const bp_paragraph *paragraph, size_t i, size_t *start, size_t *end)
{
    if (i >= bp_paragraph_line_count(paragraph))
        return false;
    extent of = find_extent(paragraph, i);
    *start = of.start;
    *end = of.ink_end;
    return true;
}

bool bp_paragraph_line_has_mark(const bp_paragraph *paragraph, size_t i, uint32_t mark)
{
    size_t start = 0, end = 0, from = 0;
    if (!bp_paragraph_line_range(paragraph, i, &start, &end))
        return false;
    for (size_t n = 0; n < BP_BUF_COUNT(&paragraph->spans, bp_paragraph_span); n++) {
        const bp_paragraph_span *span = &BP_BUF_ITEMS(&paragraph->spans, bp_paragraph_span)[n];
        if (span->mark == mark && from < end && span->end > start)
            return true;
        from = span->end;
    }
    return false;
}
