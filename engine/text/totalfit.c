/* Total fit (Knuth and Plass): of all ways to divide a justified paragraph, the one whose spaces
 * are most even. Each line costs by how far its spaces stretch or narrow; the cheapest way to each
 * possible line end is kept, so the work is the number of items times the items that fit on a line.
 */
#include <math.h>

#include "base/mem.h"
#include "text/linebreak.h"

#define LINE_ITEMS_MOST 2000 /* More on one line are no prose, and would make the work grow. */
/* Parts of their widths by which spaces and squares stretch at a badness of 100. */
#define SPACE_STRETCH 0.5
#define WIDE_STRETCH 0.06
/* The part of the measure that a line without spaces is said to give. */
#define LEAST_STRETCH 0.005
#define HYPHEN_PENALTY 50.0
#define HYPHENS_DEMERITS 10000.0 /* Two hyphens below each other. */
#define LONELY_PENALTY 60.0      /* A last line that is hardly there. */

/* A possible line end: behind item `i - 1` for the i-th. Sums are over the items before it. */
typedef struct {
    double advance, stretch, space;
    double cost; /* Of the cheapest way here; INFINITY: none. */
    size_t from; /* Where its last line begins. */
} node;

static double cost_of_line(const bp_break_item *last, double natural, double room, double stretch,
                           double shrink, bool is_open)
{
    double missing = room - natural, badness = 0;
    double penalty = last->kind == BP_BREAK_HYPHEN ? HYPHEN_PENALTY : 0;
    if (missing < -BP_BREAK_TOLERANCE) { /* The caller made sure that it can narrow so far. */
        double ratio = shrink > 0 ? -missing / shrink : 0;
        badness = 100 * ratio * ratio * ratio;
    } else if (!is_open) {
        /* Without a cap: in narrow columns all lines are bad, and the least bad ones are wanted. */
        double ratio = fmax(missing, 0) / fmax(stretch, LEAST_STRETCH * room);
        badness = 100 * ratio * ratio * ratio;
    } else if (natural < 0.12 * room) {
        penalty += LONELY_PENALTY;
    }
    double sum = 10 + badness + penalty;
    return sum * sum;
}

/* Finds the cheapest way to line end `to` from those behind `*low`, which moves up as lines get too
 * full. */
static bool reach(node *nodes, const bp_break_item *items, const bp_break_options *options,
                  size_t to, size_t count, size_t *low)
{
    const bp_break_item *last = &items[to - 1];
    node *end = &nodes[to];
    bool is_open = to == count || last->kind == BP_BREAK_FORCED;
    for (size_t from = *low; from < to; from++) {
        const node *begin = &nodes[from];
        double room = bp_break_room(options, from == 0 ? 0 : 1);
        double flow = end->advance - begin->advance - last->hang;
        double space = end->space - begin->space - last->trailing, shrink = space * BP_BREAK_SHRINK;
        bool is_alone = from + 1 == to;
        if (flow - shrink > room + BP_BREAK_TOLERANCE && !is_alone) {
            *low = from == *low ? from + 1 : *low; /* What follows is wider still. */
            continue;
        }
        bool is_full = flow + last->hyphen - shrink > room + BP_BREAK_TOLERANCE;
        if (isinf(begin->cost) || (is_full && !is_alone))
            continue;
        double stretch = end->stretch - begin->stretch - last->trailing * SPACE_STRETCH;
        double cost = begin->cost + cost_of_line(last, flow + last->hyphen, room, stretch,
                                                 is_full ? 0 : shrink, is_open);
        if (last->kind == BP_BREAK_HYPHEN && from > 0 && items[from - 1].kind == BP_BREAK_HYPHEN)
            cost += HYPHENS_DEMERITS;
        if (cost < end->cost) {
            end->cost = cost;
            end->from = from;
        }
    }
    if (last->kind == BP_BREAK_FORCED)
        *low = to;
    return to - *low <= LINE_ITEMS_MOST;
}

static bool fill_nodes(node *nodes, const bp_break_item *items, size_t count,
                       const bp_break_options *options)
{
    size_t low = 0;
    nodes[0] = (node){0};
    for (size_t i = 0; i < count; i++) {
        const bp_break_item *item = &items[i];
        if (item->kind == BP_BREAK_EMERGENCY || item->advance < 0 || item->hang < 0)
            return false; /* Cutting words, and text that runs backwards, is better done line by
                             line. */
        nodes[i + 1] = (node){.advance = nodes[i].advance + item->advance,
                              .stretch = nodes[i].stretch + item->space * SPACE_STRETCH +
                                         item->wide * WIDE_STRETCH,
                              .space = nodes[i].space + item->space,
                              .cost = INFINITY};
        if (!reach(nodes, items, options, i + 1, count, &low))
            return false;
    }
    return !isinf(nodes[count].cost);
}

bool bp_break_total(const bp_break_item *items, size_t count, const bp_break_options *options,
                    bp_buf *breaks, bool *is_done, bp_error *err)
{
    *is_done = false;
    node *nodes = bp_alloc_zero(count + 1, sizeof *nodes);
    if (nodes == NULL)
        return bp_fail_memory(err);
    bool ok = true;
    if (fill_nodes(nodes, items, count, options)) {
        size_t first = breaks->length / sizeof(size_t);
        for (size_t at = count; ok && at > 0; at = nodes[at].from)
            ok = bp_buf_add(breaks, &at, sizeof at) || bp_fail_memory(err);
        size_t *ends = BP_BUF_ITEMS(breaks, size_t), last = breaks->length / sizeof(size_t);
        for (; first + 1 < last; first++, last--) { /* They were found from the end. */
            size_t swapped = ends[first];
            ends[first] = ends[last - 1];
            ends[last - 1] = swapped;
        }
        *is_done = ok;
    }
    bp_free(nodes);
    return ok;
}
