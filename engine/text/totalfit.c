/* Total fit (Knuth and Plass, "Breaking paragraphs into lines", 1981): of all ways to divide a
 * text, the one with the fewest demerits. Its parts are those of TeX, so that what is known of its
 * numbers holds here:
 *
 * - a line bent by an effort r (1: all its spaces have grown by what they may) has the badness
 *   100 |r|^3, and (10 + badness)^2 demerits, and the square of the penalty at its end;
 * - lines are tight, decent, loose or very loose; two below each other that are not neighbours in
 *   this list have demerits, and so have two hyphens, a hyphen before the last line, and a last
 *   line that is short or the end of a word.
 *
 * A ragged line is not bent: its effort is what it leaves empty, 1 for all of the zone. A line that
 * ends far before the zone is no line, unless nothing more fits on it. Of all ways those with the
 * fewest lines are taken first: where a text is not justified nobody sees why it should be longer.
 *
 * The list of active nodes holds the line ends that a line may begin behind; one leaves it as soon
 * as a line from it is too wide. So each item is weighed against the few nodes that a line reaches
 * back to, and the work is linear in the text. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/linebreak_private.h"

/* More are not kept: those with the most demerits go. No paragraph of prose comes near; it bounds
 * the work of a text with thousands of items on a line. */
#define ACTIVE_MOST 256
#define NO_NODE UINT32_MAX
#define OVERFLOW_DEMERITS 1e8
#define ZONES_EVEN 0.5 /* How far from the edge ragged lines end that are even without hyphens. */
#define ZONES_MOST 1.5 /* How far from the edge a ragged line may end where more would fit. */

/* A line end that was worth keeping. */
typedef struct {
    uint32_t from;   /* The node its line begins behind; NO_NODE: the part's start. */
    uint32_t behind; /* Number of the item behind it. */
} node;

enum { TIGHT, DECENT, LOOSE, VERY_LOOSE, CLASSES };

/* Sums over items. */
typedef struct {
    double advance, stretch, shrink, letters;
} sums;

/* A node that a line may begin behind. */
typedef struct {
    sums before;  /* Of the items before it; `advance` with what its line's start drops. */
    double limit; /* `before.advance` and the room of its line: what a full line's sum comes to. */
    double near;  /* What a line's `far` comes to at least. */
    double demerits;
    size_t start; /* The line's first item. */
    uint32_t node, lines;
    uint32_t line; /* The line's number, as far as it tells its room: see next_line. */
    uint8_t fitness;
    bool has_hyphen;  /* The line before it ends with one. */
    bool is_fragment; /* It begins inside a word. */
} active;

/* The best line to an item, of its class and the number of the next (and its own, where that
 * counts).
 */
typedef struct {
    double demerits;
    uint32_t from, lines;
    uint32_t line; /* Number of the line behind it. */
    uint8_t fitness;
} candidate;

typedef struct {
    const bp_break_pass *pass;
    const bp_break_options *options;
    bp_buf *active, *nodes, *candidates; /* Of each. */
    sums sum;                            /* Up to the item that is weighed, with it. */
    sums end;           /* The same without what the line's end drops, and with its hyphen. */
    double effort_most; /* Of a justified line. */
    double zone;        /* Points that are an effort of 1 for a line that is not justified. */
    double reach;       /* The sum at the next place where a line may end. */
    double far;         /* The sum of a line that ends here and is bent as far as it may be. */
    double near;        /* The least of the active nodes' own: nothing below it is a line. */
    size_t regular;     /* The first item behind the last line end that is no emergency. */
    size_t word;        /* The first item of the word that the item is part of. */
    bool counts_lines, prefers_few;
    size_t steps;
} fitter;

/* What a line would be. */
typedef struct {
    double missing; /* Points to its natural width. */
    double effort;
    bool fits;
} trial;

static bool is_better(const fitter *f, const candidate *a, const candidate *b)
{
    if (f->prefers_few && a->lines != b->lines)
        return a->lines < b->lines;
    return a->demerits < b->demerits;
}

/* How a line fits whose spaces stay as they are. */
static trial try_free(const fitter *f, const active *from, bool is_end)
{
    bool is_ragged = f->options->mode == BP_BREAK_RAGGED;
    trial t = {.missing = from->limit - f->end.advance};
    if (t.missing < -BP_BREAK_TOLERANCE)
        return t;
    if (f->pass->needs_evenness)
        t.fits = is_end || t.missing <= f->zone * ZONES_EVEN;
    else
        t.fits = !is_ragged || is_end || t.missing <= f->zone * ZONES_MOST ||
                 f->reach > from->limit + BP_BREAK_TOLERANCE;
    if (t.fits && t.missing > 0 && (!is_ragged || !is_end))
        t.effort = t.missing / f->zone;
    return t;
}

/* How a justified line fits. */
static trial try_bent(const fitter *f, const active *from, bool is_end)
{
    const bp_break_options *options = f->options;
    trial t = {.missing = from->limit - f->end.advance};
    double letters = f->end.letters - from->before.letters;
    bp_break_slack slack = {.letters = letters};
    if (t.missing >= -BP_BREAK_TOLERANCE) {
        if (is_end || t.missing <= 0) {
            t.fits = true;
            return t;
        }
        slack.stretch = f->end.stretch - from->before.stretch + f->pass->emergency;
        if (t.missing > slack.stretch * f->effort_most + letters * options->letter_stretch)
            return t;
    } else {
        slack.shrink = f->end.shrink - from->before.shrink;
        if (-t.missing > slack.shrink + letters * options->letter_shrink + BP_BREAK_TOLERANCE)
            return t;
    }
    t.effort = bp_break_spread(t.missing, &slack, options).effort;
    if (t.effort < -2) /* Narrowed by all there is, and by what two sums may differ. */
        t.effort = -1;
    t.fits = fabs(t.effort) <= f->effort_most;
    return t;
}

static int class_of(const fitter *f, const trial *t)
{
    if (f->options->mode != BP_BREAK_JUSTIFIED)
        return DECENT;
    return t->effort < -0.5   ? TIGHT
           : t->effort <= 0.5 ? DECENT
           : t->effort <= 1   ? LOOSE
                              : VERY_LOOSE;
}

/* Demerits of the part's last line as such. */
static double weigh_last(const fitter *f, const active *from, const trial *t)
{
    const bp_break_options *options = f->options;
    double width = from->limit - from->before.advance - t->missing, demerits = 0;
    if (from->start == f->pass->first)
        return 0;
    if (from->has_hyphen)
        demerits += BP_BREAK_LAST_HYPHEN_DEMERITS;
    if (width < options->last_line)
        demerits += BP_BREAK_SHORT_DEMERITS;
    if (from->start >= f->word && from->is_fragment)
        demerits += BP_BREAK_FRAGMENT_DEMERITS;
    if (options->mode != BP_BREAK_JUSTIFIED && (from->start >= f->word || from->has_hyphen))
        demerits += BP_BREAK_LONELY_DEMERITS; /* A compound is not torn to give a word company. */
    return demerits;
}

static double weigh(const fitter *f, const active *from, size_t i, const trial *t, int fitness)
{
    const bp_break_item *last = &f->pass->items[i];
    double part = BP_BREAK_LINE_DEMERITS + 100 * fabs(t->effort * t->effort * t->effort);
    double penalty = (double)last->penalty;
    double demerits = part * part + (penalty >= 0 ? penalty * penalty : -penalty * penalty);
    if (from->has_hyphen && last->has_hyphen)
        demerits += BP_BREAK_HYPHENS_DEMERITS;
    if (fitness - from->fitness > 1 || from->fitness - fitness > 1)
        demerits += BP_BREAK_CLASS_DEMERITS;
    return demerits + (i + 1 == f->pass->end ? weigh_last(f, from, t) : 0);
}

/* The number of the line behind line `line`: beyond the last that has a room of its own all are
 * one.
 */
static uint32_t next_line(const fitter *f, uint32_t line)
{
    uint32_t last = f->options->notch_lines > 1 ? (uint32_t)f->options->notch_lines : 1;
    return line < last ? line + 1 : last;
}

/* Keeps a way to the item `last` if it is the best of its class. Where few lines are best, a line
 * end that is worth a line is as good as one. */
static bool keep(fitter *f, const active *from, const bp_break_item *last, double demerits,
                 int fitness, bp_error *err)
{
    bool is_dear = f->prefers_few && (double)last->penalty >= BP_BREAK_LINE_PENALTY;
    candidate one = {.demerits = from->demerits + demerits,
                     .from = from->node,
                     .lines = from->lines + 1 + is_dear,
                     .line = next_line(f, from->line),
                     .fitness = (uint8_t)fitness};
    candidate *known = BP_BUF_ITEMS(f->candidates, candidate);
    for (size_t n = 0; n < BP_BUF_COUNT(f->candidates, candidate); n++)
        if (known[n].fitness == one.fitness && known[n].line == one.line &&
            (!f->counts_lines || known[n].lines == one.lines)) {
            if (is_better(f, &one, &known[n]))
                known[n] = one;
            return true;
        }
    return bp_buf_add(f->candidates, &one, sizeof one) || bp_fail_memory(err);
}

/* What a line's sum comes to that goes on to the end of the item behind item `i`. */
static double reach_beyond(const fitter *f, size_t i)
{
    const bp_break_item *item = &f->pass->items[i], *next = item + 1;
    if (next->kind == BP_BREAK_EMERGENCY && item->kind != BP_BREAK_EMERGENCY)
        return INFINITY; /* Part of what is wider than a line and begins one. */
    return f->sum.advance + next->advance - next->hang + (double)next->hyphen -
           (double)next->out_end;
}

/* The active node that the list can do without. */
static void drop_worst(const fitter *f)
{
    active *list = BP_BUF_ITEMS(f->active, active);
    size_t count = BP_BUF_COUNT(f->active, active), worst = 0;
    for (size_t n = 1; n < count; n++) {
        candidate a = {.demerits = list[n].demerits, .lines = list[n].lines};
        candidate b = {.demerits = list[worst].demerits, .lines = list[worst].lines};
        if (!is_better(f, &a, &b))
            worst = n;
    }
    memmove(list + worst, list + worst + 1, (count - worst - 1) * sizeof *list);
    f->active->length -= sizeof *list;
}

/* Fills in what a full line from a node comes to. */
static void set_limit(const fitter *f, active *of)
{
    of->limit = of->near = of->before.advance + bp_break_room(f->options, of->line);
    if (f->options->mode == BP_BREAK_JUSTIFIED && f->effort_most < 1e6)
        of->near += f->effort_most * (of->before.stretch - f->pass->emergency) +
                    of->before.letters * f->options->letter_stretch;
    else if (f->options->mode != BP_BREAK_RAGGED)
        of->near = -INFINITY;
}

/* Makes active nodes of the candidates behind item `i`: all that a later line may make good. */
static bool activate(fitter *f, size_t i, bp_error *err)
{
    const bp_break_item *items = f->pass->items;
    const candidate *list = BP_BUF_ITEMS(f->candidates, candidate), *best = list;
    size_t count = BP_BUF_COUNT(f->candidates, candidate);
    for (size_t n = 1; n < count; n++)
        best = is_better(f, &list[n], best) ? &list[n] : best;
    for (size_t n = 0; n < count; n++) {
        if (!f->counts_lines && &list[n] != best && list[n].line == best->line &&
            (list[n].demerits > best->demerits + BP_BREAK_CLASS_DEMERITS ||
             (f->prefers_few && list[n].lines > best->lines)))
            continue;
        if (BP_BUF_COUNT(f->active, active) >= ACTIVE_MOST)
            drop_worst(f);
        node made = {.from = list[n].from, .behind = (uint32_t)(i + 1)};
        active one = {.before = f->sum,
                      .demerits = list[n].demerits,
                      .start = i + 1,
                      .node = (uint32_t)BP_BUF_COUNT(f->nodes, node),
                      .lines = list[n].lines,
                      .line = list[n].line,
                      .fitness = list[n].fitness,
                      .has_hyphen = items[i].has_hyphen,
                      .is_fragment =
                          items[i].kind == BP_BREAK_HYPHEN || items[i].kind == BP_BREAK_EMERGENCY};
        if (i + 1 < f->pass->end)
            one.before.advance += (double)items[i + 1].head + (double)items[i + 1].out_start;
        set_limit(f, &one);
        if (!bp_buf_add(f->nodes, &made, sizeof made) || !bp_buf_add(f->active, &one, sizeof one))
            return bp_fail_memory(err);
    }
    return true;
}

/* True where no line from the node can end at the item or behind it. A hyphen does not count: a
 * later end may have none. */
static bool is_over(const fitter *f, const active *from, double least)
{
    double narrowed = 0;
    if (f->options->mode == BP_BREAK_JUSTIFIED)
        narrowed = f->end.shrink - from->before.shrink +
                   (f->end.letters - from->before.letters) * f->options->letter_shrink;
    return least - narrowed > from->limit + BP_BREAK_TOLERANCE;
}

/* A part in which nothing fits any more: the line sticks out that begins last of those from the
 * nodes that are left, which are all over. */
static bool overflow(fitter *f, const active *list, size_t count, const bp_break_item *last,
                     bp_error *err)
{
    size_t start = list[count - 1].start;
    for (size_t n = 0; n < count; n++)
        if (list[n].start == start && !keep(f, &list[n], last, OVERFLOW_DEMERITS, DECENT, err))
            return false;
    return true;
}

/* True where a line from the node may end at item `i`. In what is wider than a line, lines that
 * begin there are filled one by one. */
static bool may_end_at(const fitter *f, const active *from, const bp_break_item *item)
{
    return item->kind != BP_BREAK_EMERGENCY ||
           (from->start >= f->regular && f->reach > from->limit + BP_BREAK_TOLERANCE);
}

/* Adds up the item. */
static void move_to(fitter *f, size_t i)
{
    const bp_break_item *item = &f->pass->items[i];
    bool is_end = i + 1 == f->pass->end, is_ragged = f->options->mode == BP_BREAK_RAGGED;
    f->sum.advance += item->advance;
    f->end.advance = f->sum.advance - item->hang + (double)item->hyphen - (double)item->out_end;
    f->far = INFINITY; /* All lines are weighed that may be the last. */
    if (!is_end && (is_ragged || item->kind == BP_BREAK_EMERGENCY))
        f->reach = reach_beyond(f, i);
    if (f->options->mode == BP_BREAK_JUSTIFIED) {
        f->sum.stretch += (double)item->stretch;
        f->sum.shrink += (double)item->shrink;
        f->sum.letters += (double)item->letters;
        f->end.stretch = f->sum.stretch - (double)item->end_stretch;
        f->end.shrink = f->sum.shrink - (double)item->end_shrink;
        f->end.letters = f->sum.letters - (double)item->end_letters;
        if (!is_end)
            f->far = f->end.advance + f->effort_most * f->end.stretch +
                     f->end.letters * f->options->letter_stretch;
    } else if (is_ragged && !is_end) {
        double edge = f->end.advance + f->zone * ZONES_MOST;
        f->far = f->reach > edge ? f->reach : edge;
    }
}

/* Takes the item into account for lines that end behind it. */
static void pass_by(fitter *f, size_t i)
{
    const bp_break_item *item = &f->pass->items[i];
    if (item->kind != BP_BREAK_EMERGENCY)
        f->regular = i + 1;
    if (item->kind == BP_BREAK_NORMAL && !item->has_hyphen)
        f->word = i + 1;
}

static double find_near(const fitter *f)
{
    const active *list = BP_BUF_ITEMS(f->active, active);
    double near = INFINITY;
    for (size_t n = 0; n < BP_BUF_COUNT(f->active, active); n++)
        near = list[n].near < near ? list[n].near : near;
    return near;
}

/* Weighs all lines that may end behind item `i`. False in `*goes_on`: no line can. */
static bool weigh_item(fitter *f, size_t i, bool *goes_on, bp_error *err)
{
    const bp_break_item *item = &f->pass->items[i];
    active *list = BP_BUF_ITEMS(f->active, active);
    size_t count = BP_BUF_COUNT(f->active, active), kept = 0;
    bool is_end = i + 1 == f->pass->end, is_bent = f->options->mode == BP_BREAK_JUSTIFIED;
    double least = f->end.advance - (double)item->hyphen;
    if (f->far < f->near - BP_BREAK_TOLERANCE) { /* Too early for all of them. */
        pass_by(f, i);
        return true;
    }
    f->candidates->length = 0;
    f->steps += count;
    for (size_t n = 0; n < count; n++) {
        const active *from = &list[n];
        if (may_end_at(f, from, item)) {
            trial t = is_bent ? try_bent(f, from, is_end) : try_free(f, from, is_end);
            int fitness = class_of(f, &t);
            if (t.fits && !keep(f, from, item, weigh(f, from, i, &t, fitness), fitness, err))
                return false;
        }
        if (!is_end && !is_over(f, from, least)) {
            if (kept < n)
                list[kept] = *from;
            kept++;
        }
    }
    if (kept == 0 && f->candidates->length == 0 && f->pass->may_overflow &&
        !overflow(f, list, count, item, err))
        return false;
    f->active->length = kept * sizeof *list;
    if (!activate(f, i, err))
        return false;
    if (kept < count || f->candidates->length > 0)
        f->near = find_near(f);
    *goes_on = f->active->length > 0;
    pass_by(f, i);
    return true;
}

/* The end of the part that is best, or nearest to the length that is asked for. */
static const active *choose_end(const fitter *f, bool *is_met)
{
    const active *list = BP_BUF_ITEMS(f->active, active), *best = list, *chosen;
    size_t count = BP_BUF_COUNT(f->active, active);
    for (size_t n = 1; n < count; n++) {
        candidate a = {.demerits = list[n].demerits, .lines = list[n].lines};
        candidate b = {.demerits = best->demerits, .lines = best->lines};
        if (is_better(f, &a, &b))
            best = &list[n];
    }
    chosen = best;
    long wanted = (long)best->lines + f->options->looseness;
    for (size_t n = 0; f->counts_lines && n < count; n++) {
        long off = labs((long)list[n].lines - wanted), least = labs((long)chosen->lines - wanted);
        if (off < least || (off == least && list[n].demerits < chosen->demerits))
            chosen = &list[n];
    }
    *is_met = (long)chosen->lines == wanted;
    return chosen;
}

/* Writes the lines of the way to a node, which are found from the end. */
static bool write_lines(const fitter *f, uint32_t last, bp_buf *lines, bp_error *err)
{
    const node *nodes = BP_BUF_ITEMS(f->nodes, node);
    const bp_break_item *items = f->pass->items;
    size_t count = 0, before = lines->length;
    for (uint32_t n = last; n != NO_NODE; n = nodes[n].from)
        count++;
    if (!bp_buf_reserve(lines, count * sizeof(bp_break_line)))
        return bp_fail_memory(err);
    lines->length += count * sizeof(bp_break_line);
    bp_break_line *out = (bp_break_line *)(void *)(lines->bytes + before);
    for (uint32_t n = last; n != NO_NODE; n = nodes[n].from) {
        bool is_first = nodes[n].from == NO_NODE;
        size_t start = is_first ? f->pass->first : nodes[nodes[n].from].behind;
        const bp_break_item *end = &items[nodes[n].behind - 1];
        bool is_indented = is_first && f->pass->line == 0 && f->options->indent > 0;
        out[--count] = (bp_break_line){.end = end->end,
                                       .kind = end->kind,
                                       .out_start = is_indented ? 0 : items[start].out_start,
                                       .out_end = end->out_end};
    }
    return true;
}

static bool fit(fitter *f, bp_buf *lines, bool *is_done, bp_break_work *work, bp_error *err)
{
    const bp_break_pass *pass = f->pass;
    const bp_break_item *items = pass->items;
    bool is_indented = pass->line == 0 && f->options->indent > 0, goes_on = true;
    active first = {.node = NO_NODE, .start = pass->first, .fitness = DECENT};
    while (first.line < pass->line && first.line != next_line(f, first.line))
        first.line = next_line(f, first.line);
    first.before.advance =
        (double)items[pass->first].head + (is_indented ? 0 : (double)items[pass->first].out_start);
    set_limit(f, &first);
    f->near = first.near;
    f->active->length = f->nodes->length = 0;
    if (!bp_buf_add(f->active, &first, sizeof first))
        return bp_fail_memory(err);
    for (size_t i = pass->first; i < pass->end && goes_on; i++) {
        move_to(f, i);
        if (!weigh_item(f, i, &goes_on, err))
            return false;
    }
    if (!goes_on)
        return true;
    bool is_met = true;
    const active *end = choose_end(f, &is_met);
    if (pass->needs_length && !is_met)
        return true;
    if (!write_lines(f, end->node, lines, err))
        return false;
    if (work != NULL)
        work->demerits += end->demerits;
    *is_done = true;
    return true;
}

bool bp_break_total(const bp_break_pass *pass, const bp_break_options *options,
                    bp_break_scratch *scratch, bp_buf *lines, bool *is_done, bp_break_work *work,
                    bp_error *err)
{
    fitter f = {.pass = pass,
                .options = options,
                .active = &scratch->active,
                .nodes = &scratch->nodes,
                .candidates = &scratch->candidates,
                .zone = fmax(options->mode == BP_BREAK_RAGGED ? options->zone : options->width, 1),
                .regular = pass->first,
                .word = pass->first,
                .effort_most = cbrt(pass->tolerance / 100),
                .counts_lines = options->looseness != 0,
                .prefers_few = options->mode != BP_BREAK_JUSTIFIED && options->looseness == 0 &&
                               !options->divides_all};
    *is_done = false;
    bool ok = fit(&f, lines, is_done, work, err);
    if (work != NULL)
        work->steps += f.steps;
    return ok;
}
