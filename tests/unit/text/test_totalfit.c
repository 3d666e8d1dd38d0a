/* Total fit: what it chooses is held against a sum done by hand, and against all the ways there
 * are.
 */
#include "items.h"

/* Line by line a short word runs ahead and leaves a hole below: words of 30, 30, 20 and 4 points
 * and three spaces are 96 of 100, then 60 and 20 are 84, which misses 16 of a stretch of 2. As a
 * whole the short word goes down: 88 misses 12 of 4, and 4, 60 and 20 are 92 and miss 8 of 4. */
START_TEST(the_best_division_is_that_found_by_hand)
{
    bp_break_item items[] = {word_of(30), word_of(30), word_of(20), word_of(4),
                             word_of(60), word_of(20), word_of(40)};
    bp_break_options options = options_of(BP_BREAK_JUSTIFIED, 100);
    size_t ends[7], count;
    bp_break_work work;
    options.greedy = true;
    count = choose(items, 7, &options, ends, &work);
    EXPECT(4, 6, 7);
    options.greedy = false;
    count = choose(items, 7, &options, ends, &work);
    EXPECT(3, 6, 7);
    /* Both are very loose, so the first line is no neighbour of a decent start, nor the last line
     * one of the second; 40 points are no short last line. */
    ck_assert_double_eq_tol(work.demerits,
                            pow(10 + 100 * 27, 2) + pow(10 + 100 * 8, 2) + 100 + 2 * 10000, 1e-3);
}
END_TEST

/* Demerits of one line by the book: 90 points and two spaces on 100 are bent by (100 - 98) / 4. */
START_TEST(demerits_are_those_of_tex)
{
    bp_break_item items[] = {word_of(30), word_of(30), word_of(30), word_of(40)};
    bp_break_options options = options_of(BP_BREAK_JUSTIFIED, 100);
    size_t ends[4], count;
    bp_break_work work;
    count = choose(items, 4, &options, ends, &work);
    EXPECT(3, 4);
    double badness = 100 * pow(2.0 / 4, 3);
    ck_assert_double_eq_tol(work.demerits, pow(10 + badness, 2) + 100, 1e-6);
    items[2].penalty = 30;
    (void)choose(items, 4, &options, ends, &work);
    ck_assert_double_eq_tol(work.demerits, pow(10 + badness, 2) + 900 + 100, 1e-6);
    items[2].penalty = -30;
    (void)choose(items, 4, &options, ends, &work);
    ck_assert_double_eq_tol(work.demerits, pow(10 + badness, 2) - 900 + 100, 1e-6);
}
END_TEST

/* All the ways --------------------------------------------------------------------------------- */

typedef struct {
    const bp_break_item *items;
    size_t count;
    const bp_break_options *options;
    double tolerance, emergency;
} model;

static double cube(double value)
{
    return fabs(value * value * value);
}

static int class_of(double effort)
{
    return effort < -0.5 ? 0 : effort <= 0.5 ? 1 : effort <= 1 ? 2 : 3;
}

/* Demerits of the line of items `first` to `last`; NAN where it is none. Written from the rules,
 * not from the code. */
static double weigh_line(const model *m, size_t first, size_t last, size_t line, int *fitness)
{
    const bp_break_options *o = m->options;
    bool is_indented = first == 0 && m->options->indent > 0;
    double natural = -(double)m->items[first].head;
    natural -= is_indented ? 0 : (double)m->items[first].out_start;
    double stretch = m->emergency, shrink = 0, badness, effort = 0;
    bool is_end = last + 1 == m->count, is_justified = o->mode == BP_BREAK_JUSTIFIED;
    double room = o->width - ((first == 0) == (o->indent > 0) ? fabs(o->indent) : 0);
    room -= line < o->notch_lines ? o->notch : 0;
    size_t word = first; /* Of the last line: where its last word begins. */
    for (size_t i = first; i <= last; i++) {
        natural += m->items[i].advance;
        stretch += (double)m->items[i].stretch;
        shrink += (double)m->items[i].shrink;
        if (i < last && m->items[i].kind == BP_BREAK_NORMAL && !m->items[i].has_hyphen)
            word = i + 1;
    }
    const bp_break_item *end = &m->items[last];
    natural += (double)end->hyphen - end->hang - (double)end->out_end;
    stretch -= (double)end->end_stretch;
    shrink -= (double)end->end_shrink;
    double missing = room - natural;
    if (is_justified) {
        if (missing >= 0 && !is_end)
            effort = stretch > 0 ? missing / stretch : missing > 0 ? INFINITY : 0;
        else if (missing < 0)
            effort = missing >= -BP_BREAK_TOLERANCE ? 0 : missing / shrink;
        if (missing < -shrink - BP_BREAK_TOLERANCE || 100 * cube(effort) > m->tolerance)
            return NAN;
    } else {
        if (missing < -BP_BREAK_TOLERANCE)
            return NAN;
        if (!is_end || o->mode == BP_BREAK_BALANCED)
            effort = fmax(missing, 0) / (o->mode == BP_BREAK_RAGGED ? o->zone : o->width);
        const bp_break_item *next = &m->items[last + 1];
        if (o->mode == BP_BREAK_RAGGED && effort > 1.5 && !is_end &&
            natural + end->hang - (double)end->hyphen + (double)end->out_end + next->advance -
                    next->hang + (double)next->hyphen - (double)next->out_end <=
                room + BP_BREAK_TOLERANCE)
            return NAN;
    }
    *fitness = is_justified ? class_of(effort) : 1;
    badness = 100 * cube(effort);
    double penalty = (double)end->penalty, demerits = (10 + badness) * (10 + badness);
    demerits += penalty >= 0 ? penalty * penalty : -penalty * penalty;
    const bp_break_item *before = first > 0 ? &m->items[first - 1] : NULL;
    if (before != NULL && before->has_hyphen && end->has_hyphen)
        demerits += 10000;
    if (is_end && before != NULL) {
        demerits += before->has_hyphen ? 5000 : 0;
        demerits += natural < o->last_line ? 5000 : 0;
        if (word == first && before->kind == BP_BREAK_HYPHEN)
            demerits += 20000;
        if ((word == first || before->has_hyphen) && !is_justified)
            demerits += 60000;
    }
    return demerits;
}

typedef struct {
    double demerits;
    size_t lines;
} total;

/* Tries all ways to divide the items from `first` on. */
static void try_all(const model *m, size_t first, size_t line, int fitness, total so_far,
                    total *best)
{
    for (size_t last = first; last < m->count; last++) {
        int own = 1;
        double demerits = weigh_line(m, first, last, line, &own);
        if (isnan(demerits))
            continue;
        if (abs(own - fitness) > 1)
            demerits += 10000;
        bool prefers_few = m->options->mode != BP_BREAK_JUSTIFIED;
        total sum = {so_far.demerits + demerits, so_far.lines + 1};
        sum.lines += prefers_few && (double)m->items[last].penalty >= BP_BREAK_LINE_PENALTY;
        if (last + 1 < m->count)
            try_all(m, last + 1, line + 1, own, sum, best);
        else if (prefers_few && sum.lines != best->lines ? sum.lines < best->lines
                                                         : sum.demerits < best->demerits)
            *best = sum;
    }
}

static void make_items(bp_break_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_part = any(0, 1) < 0.3 && i + 1 < count;
        items[i] = is_part ? part_of(any(6, 20)) : word_of(any(6, 40));
        items[i].penalty += any(0, 1) < 0.2 ? (float)any(-60, 240) : 0;
        items[i].head = any(0, 1) < 0.2 ? (float)any(-2, 2) : 0;
        items[i].out_start = any(0, 1) < 0.2 ? (float)any(0, 2) : 0;
        items[i].out_end = any(0, 1) < 0.2 ? (float)any(0, 2) : 0;
        items[i].has_hyphen = items[i].has_hyphen || any(0, 1) < 0.05;
    }
}

/* The demerits of the best way of all, in the pass that first has one. */
static double best_of_all(const model *given)
{
    static const double rises[] = {1, 8, 64, INFINITY};
    total best = {INFINITY, SIZE_MAX};
    for (size_t i = 0; i < 4 && isinf(best.demerits); i++) {
        model m = *given;
        m.tolerance = m.options->tolerance * rises[i];
        m.emergency = isinf(rises[i]) ? 0.05 * m.options->width : 0;
        try_all(&m, 0, 0, 1, (total){0}, &best);
    }
    return best.demerits;
}

START_TEST(no_way_is_better_than_what_is_chosen)
{
    size_t compared = 0;
    for (int round = 0; round < 4000; round++) {
        bp_break_item items[13];
        size_t count = 2 + (size_t)any(0, 11), ends[13];
        bp_break_options options = options_of((bp_break_mode)_i, any(45, 120));
        bp_break_work work;
        options.indent = any(0, 1) < 0.3 ? any(-20, 20) : 0;
        if (round % 4 == 3) { /* Some lines are beside something. */
            options.notch_lines = 1 + (size_t)any(0, 3);
            options.notch = any(0, 0.4) * options.width;
        }
        make_items(items, count);
        model m = {.items = items, .count = count, .options = &options};
        double best = best_of_all(&m);
        size_t lines = choose(items, count, &options, ends, &work);
        if (isinf(best) || lines == 1) /* Something sticks out, or all is on one line. */
            continue;
        compared++;
        ck_assert_msg(fabs(work.demerits - best) <= 1e-9 * fmax(1, fabs(best)),
                      "round %d: %zu items on %g: %.3f, the best is %.3f", round, count,
                      options.width, work.demerits, best);
    }
    ck_assert_uint_gt(compared, 2500);
}
END_TEST

/* Rules ---------------------------------------------------------------------------------------- */

/* Hyphens that nobody sees below each other, as items without `has_hyphen` have them, are stacked
 * as chance will have it; those that are seen are not. */
START_TEST(hyphens_do_not_stand_below_each_other)
{
    bp_break_options options = options_of(BP_BREAK_JUSTIFIED, 250);
    bp_break_work work;
    size_t ends[200], stacked[2] = {0}, single[2] = {0};
    for (int round = 0; round < 200; round++) {
        bp_break_item items[200];
        bool is_seen = round % 2 == 1;
        for (size_t i = 0; i < 200; i++) {
            items[i] = i % 3 == 0 ? part_of(any(8, 16)) : word_of(any(8, 16));
            items[i].penalty = 0;
            items[i].has_hyphen = is_seen && items[i].kind == BP_BREAK_HYPHEN;
        }
        size_t count = choose(items, 200, &options, ends, &work);
        for (size_t i = 0; i + 1 < count; i++) {
            bool here = items[ends[i] - 1].kind == BP_BREAK_HYPHEN;
            single[is_seen] += here;
            stacked[is_seen] += here && i > 0 && items[ends[i - 1] - 1].kind == BP_BREAK_HYPHEN;
        }
    }
    ck_assert_uint_gt(stacked[0], 30);
    ck_assert_uint_gt(single[1], single[0] / 2);
    ck_assert_uint_lt(stacked[1] * 2, stacked[0]);
}
END_TEST

/* "aaaa bbbb cccc" on a line for two and a half: the third does not stand alone. */
START_TEST(a_last_line_of_one_word_is_avoided)
{
    bp_break_item items[] = {word_of(40), word_of(40), word_of(40), word_of(40), word_of(30)};
    bp_break_options options = options_of(BP_BREAK_RAGGED, 185);
    size_t ends[5], count;
    bp_break_work work;
    options.greedy = true;
    count = choose(items, 5, &options, ends, &work);
    EXPECT(4, 5);
    options.greedy = false;
    count = choose(items, 5, &options, ends, &work);
    EXPECT(3, 5);
    options.mode = BP_BREAK_BALANCED;
    count = choose(items, 5, &options, ends, &work);
    EXPECT(2, 5); /* 84 and 118. */
}
END_TEST

/* "Net increase of high-tech / enterprises": the compound is not torn to give the last word
 * company. */
START_TEST(no_compound_is_torn_for_the_last_word)
{
    bp_break_item items[] = {word_of(120), word_of(20), part_of(30), word_of(40), word_of(50)};
    bp_break_options options = options_of(BP_BREAK_RAGGED, 230);
    size_t ends[5], count;
    bp_break_work work;
    items[2].hyphen = 0; /* It is there anyway. */
    count = choose(items, 5, &options, ends, &work);
    EXPECT(4, 5);
    items[2].has_hyphen = false; /* As if two words stood there. */
    count = choose(items, 5, &options, ends, &work);
    EXPECT(3, 5);
}
END_TEST

START_TEST(balanced_lines_are_as_equal_as_can_be)
{
    bp_break_item items[] = {word_of(30), word_of(30), word_of(30), word_of(30),
                             word_of(30), word_of(30), word_of(30)};
    bp_break_options options = options_of(BP_BREAK_BALANCED, 200);
    size_t ends[7], count;
    bp_break_work work;
    count = choose(items, 7, &options, ends, &work); /* Five fit: 4 and 3, not 5 and 2. */
    ck_assert_uint_eq(count, 2);
    ck_assert(ends[0] == 4 || ends[0] == 3);
}
END_TEST

START_TEST(looseness_makes_a_text_longer_or_shorter)
{
    bp_break_item items[57];
    bp_break_options options = options_of(BP_BREAK_JUSTIFIED, 120);
    size_t ends[57];
    bp_break_work work;
    options.tolerance = 2000;
    for (size_t i = 0; i < 57; i++) { /* 6.6 lines, in spaces that may narrow by half. */
        items[i] = word_of(8 + (double)(i * 7 % 5));
        items[i].shrink = items[i].end_shrink = SPACE / 2;
    }
    size_t usual = choose(items, 57, &options, ends, &work);
    ck_assert_uint_eq(usual, 7);
    options.looseness = 1;
    ck_assert_uint_eq(choose(items, 57, &options, ends, &work), 8);
    options.looseness = -1;
    ck_assert_uint_eq(choose(items, 57, &options, ends, &work), 6);
    options.looseness = -30; /* As near as can be. */
    ck_assert_uint_eq(choose(items, 57, &options, ends, &work), 6);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("totalfit");
    tcase_add_test(tests, the_best_division_is_that_found_by_hand);
    tcase_add_test(tests, demerits_are_those_of_tex);
    tcase_add_loop_test(tests, no_way_is_better_than_what_is_chosen, 0, 3);
    tcase_add_test(tests, hyphens_do_not_stand_below_each_other);
    tcase_add_test(tests, a_last_line_of_one_word_is_avoided);
    tcase_add_test(tests, no_compound_is_torn_for_the_last_word);
    tcase_add_test(tests, balanced_lines_are_as_equal_as_can_be);
    tcase_add_test(tests, looseness_makes_a_text_longer_or_shorter);
    return run_suite("totalfit", tests);
}
