/* The line breaker on items made by hand: what every way of choosing keeps to, and the work it
 * takes, which is counted, not timed. */
#include "items.h"

START_TEST(only_what_is_too_wide_for_a_line_sticks_out)
{
    bp_break_options options = options_of((bp_break_mode)(_i % 3), 60);
    options.greedy = _i >= 3;
    for (int round = 0; round < 500; round++) {
        bp_break_item items[40];
        size_t ends[40], first = 0;
        bp_break_work work;
        for (size_t i = 0; i < 40; i++)
            items[i] = any(0, 1) < 0.2 ? part_of(any(2, 70)) : word_of(any(2, 70));
        items[39] = word_of(10);
        options.indent = any(-20, 20);
        options.notch_lines = (size_t)any(0, 5);
        options.notch = any(0, 20);
        size_t count = choose(items, 40, &options, ends, &work);
        for (size_t i = 0; i < count; i++) {
            double width = 0, shrink = 0;
            bool has_wide = false;
            double room =
                options.width - ((i == 0) == (options.indent > 0) ? fabs(options.indent) : 0);
            room -= i < options.notch_lines ? options.notch : 0;
            for (size_t k = first; k < ends[i]; k++) {
                width += items[k].advance;
                shrink += (double)items[k].shrink;
                has_wide =
                    has_wide || items[k].advance - items[k].hang + (double)items[k].hyphen > room;
            }
            const bp_break_item *last = &items[ends[i] - 1];
            width += (double)last->hyphen - last->hang;
            shrink -= (double)last->end_shrink;
            if (_i != 0)
                shrink = 0;
            ck_assert_msg(has_wide || width - shrink <= room + 0.01, "items %zu to %zu: %g on %g",
                          first, ends[i], width - shrink, room);
            first = ends[i];
        }
    }
}
END_TEST

START_TEST(a_ragged_text_is_no_longer_than_line_by_line)
{
    for (int round = 0; round < 500; round++) {
        bp_break_item items[60];
        size_t ends[60], greedy_ends[60];
        bp_break_work work;
        bp_break_options options = options_of((bp_break_mode)_i, any(60, 200));
        for (size_t i = 0; i < 60; i++)
            items[i] = word_of(any(5, 50));
        size_t count = choose(items, 60, &options, ends, &work);
        options.greedy = true;
        ck_assert_uint_eq(count, choose(items, 60, &options, greedy_ends, &work));
    }
}
END_TEST

/* The same items, for `divide`: nothing to gain, but both lists are walked. */
typedef struct {
    bp_break_item items[60];
    size_t count;
} copy;

static bool lend_copy(void *owner, size_t first, size_t end, const bool *wanted,
                      const bp_break_item **items, size_t *count, bp_error *err)
{
    (void)err;
    copy *given = owner;
    ck_assert_uint_le(end, given->count);
    ck_assert(wanted == NULL || wanted[0] || end > first);
    *items = given->items + first;
    *count = end - first;
    return true;
}

/* A hard part before or behind it changes nothing for a part. */
START_TEST(parts_between_forced_ends_know_nothing_of_each_other)
{
    for (int round = 0; round < 300; round++) {
        copy text = {.count = 60};
        bp_break_options options = options_of((bp_break_mode)_i, 90);
        size_t ends[60], all[60], at = 0, found = 0;
        bp_break_work work;
        options.divides_all = round % 2 == 1;
        for (size_t i = 0; i < 60; i++) {
            text.items[i] = word_of(any(5, round % 3 == 0 ? 120 : 40));
            text.items[i].kind = any(0, 1) < 0.1 ? BP_BREAK_FORCED : BP_BREAK_NORMAL;
        }
        for (size_t i = 0; i < 60; i++) {
            if (text.items[i].kind != BP_BREAK_FORCED && i + 1 < 60)
                continue;
            copy part = {.count = i + 1 - at};
            memcpy(part.items, text.items + at, part.count * sizeof *part.items);
            size_t count =
                choose_of_two(part.items, part.count, lend_copy, &part, &options, ends, &work);
            for (size_t n = 0; n < count; n++)
                all[found++] = ends[n] + at;
            at = i + 1;
        }
        number_items(text.items, 60);
        size_t count = choose_of_two(text.items, 60, lend_copy, &text, &options, ends, &work);
        ck_assert_uint_eq(count, found);
        ck_assert_mem_eq(ends, all, count * sizeof *ends);
    }
}
END_TEST

/* Words that may be divided in the middle, by who heeds what is wanted and by who does not. */
typedef struct {
    bp_break_item whole[80], list[160];
    bool heeds;
    size_t left_whole;
} halves;

static bool halve(void *owner, size_t first, size_t end, const bool *wanted,
                  const bp_break_item **items, size_t *count, bp_error *err)
{
    (void)err;
    halves *given = owner;
    *count = 0;
    for (size_t i = first; i < end; i++) {
        const bp_break_item *word = &given->whole[i];
        bool is_left = given->heeds && wanted != NULL && !wanted[i - first];
        given->left_whole += is_left;
        if (!is_left) {
            bp_break_item part = part_of((word->advance - SPACE) / 2);
            part.end = word->end;
            given->list[(*count)++] = part;
            bp_break_item rest = *word;
            rest.advance -= part.advance;
            rest.letters -= part.letters;
            given->list[(*count)++] = rest;
        } else {
            given->list[(*count)++] = *word;
        }
    }
    *items = given->list;
    return true;
}

/* Only words are looked up for hyphens in which a line may end; that changes no line. */
START_TEST(hyphens_that_are_not_wanted_would_change_nothing)
{
    size_t left_whole = 0;
    for (int round = 0; round < 1000; round++) {
        halves text = {.left_whole = 0};
        bp_break_options options = options_of(BP_BREAK_JUSTIFIED, any(90, 260));
        bp_break_work work[2];
        options.divides_all = true;
        options.margin = 4;
        options.indent = round % 5 == 0 ? 20 : 0;
        options.letter_stretch = round % 3 == 0 ? 0.02 : 0;
        for (size_t i = 0; i < 80; i++)
            text.whole[i] = word_of(any(10, 50));
        for (int i = 0; i < 2; i++) {
            size_t ends[161];
            text.heeds = i == 0;
            (void)choose_of_two(text.whole, 80, halve, &text, &options, ends, &work[i]);
        }
        left_whole += text.left_whole;
        ck_assert_double_eq_tol(work[0].demerits, work[1].demerits, 1e-6);
    }
    ck_assert_uint_gt(left_whole, 10000);
}
END_TEST

/* Spreading ------------------------------------------------------------------------------------ */

/* Letters have moved by all they may where spaces have by a fifth of what they may. */
START_TEST(spaces_and_letters_move_together)
{
    bp_break_options options = {.letter_stretch = 0.02, .letter_shrink = 0.01};
    bp_break_slack slack = {.stretch = 10, .shrink = 5, .letters = 200};
    double effort = -INFINITY;
    for (double missing = -7; missing < 60; missing += 0.25) {
        bp_break_fill fill = bp_break_spread(missing, &slack, &options);
        double spread = fill.ratio * (missing > 0 ? 10 : 5) + fill.letter * 200;
        ck_assert_double_eq_tol(spread, missing, 1e-9);
        ck_assert_double_gt(fill.effort, effort); /* More to spread is more effort. */
        ck_assert_double_le(fill.letter, 0.02 + 1e-12);
        ck_assert_double_ge(fill.letter, -0.01 - 1e-12);
        ck_assert_double_eq_tol(fill.effort, fill.ratio, 1e-12);
        double most = missing > 0 ? 0.02 : 0.01, share = fmin(1, fabs(fill.ratio) / 0.2);
        ck_assert_double_eq_tol(fabs(fill.letter), most * share, 1e-12);
        effort = fill.effort;
    }
    slack = (bp_break_slack){.letters = 200}; /* One long word. */
    ck_assert_double_eq_tol(bp_break_spread(2, &slack, &options).letter, 0.01, 1e-12);
    ck_assert(isinf(bp_break_spread(5, &slack, &options).effort));
    slack = (bp_break_slack){0}; /* Nothing to spread over. */
    ck_assert(isinf(bp_break_spread(5, &slack, &options).effort));
    ck_assert_double_eq(bp_break_spread(0, &slack, &options).effort, 0);
}
END_TEST

/* A line that its spaces alone cannot fill is one when letters may help. */
START_TEST(letters_help_where_spaces_are_few)
{
    bp_break_item items[] = {word_of(45), word_of(50), word_of(60), word_of(38), word_of(40)};
    bp_break_options options = options_of(BP_BREAK_JUSTIFIED, 104);
    size_t ends[5];
    bp_break_work without, with;
    options.tolerance = 400;
    (void)choose(items, 5, &options, ends, &without); /* 99 of 104 with one space. */
    options.letter_stretch = 0.03;
    (void)choose(items, 5, &options, ends, &with);
    ck_assert_double_lt(with.demerits, without.demerits / 2);
}
END_TEST

/* Work ----------------------------------------------------------------------------------------- */

static bp_break_item shape_item(int shape, size_t i)
{
    bp_break_item item;
    switch (shape) {
    case 0: /* Prose. */
        return any(0, 1) < 0.4 ? part_of(any(5, 15)) : word_of(any(5, 40));
    case 1: /* Squares. */
        return (bp_break_item){
            .advance = 10, .stretch = 0.6f, .end_stretch = 0.6f, .kind = BP_BREAK_NORMAL};
    case 2: /* One word, cut into its letters. */
        item = (bp_break_item){.advance = 5, .kind = BP_BREAK_EMERGENCY};
        return item;
    case 3: /* Lines forced, each of one word or of three. */
        item = word_of(any(5, 60));
        item.kind = i % 3 == 0 || i % 5 == 0 ? BP_BREAK_FORCED : BP_BREAK_NORMAL;
        return item;
    case 4: /* All wider than the line. */
        return word_of(500);
    case 5: /* Words of one letter. */
        return word_of(5);
    case 6: /* Of no width. */
        return (bp_break_item){.kind = BP_BREAK_NORMAL};
    default: /* So narrow that a line holds thousands. */
        return (bp_break_item){
            .advance = 0.02, .stretch = 0.01f, .shrink = 0.005f, .kind = BP_BREAK_NORMAL};
    }
}

/* Ten times the text is ten times the work, and no item is weighed more often than there are line
 * ends that a line may reach back to. */
START_TEST(the_work_is_that_of_the_text)
{
    int shape = _i / 3;
    bp_break_options options = options_of((bp_break_mode)(_i % 3), shape == 7 ? 20 : 200);
    double per_item[2];
    for (int size = 0; size < 2; size++) {
        size_t count = size == 0 ? 4000 : 40000;
        bp_break_item *items = calloc(count, sizeof *items);
        size_t *ends = calloc(count, sizeof *ends);
        bp_break_work work;
        ck_assert(items != NULL && ends != NULL);
        for (size_t i = 0; i < count; i++)
            items[i] = shape_item(shape, i);
        items[count - 1].kind = BP_BREAK_NORMAL;
        (void)choose(items, count, &options, ends, &work);
        per_item[size] = (double)work.steps / (double)count;
        free(items);
        free(ends);
    }
    if (shape != 7) /* There a line is a quarter of the first text. */
        ck_assert_msg(per_item[1] <= 1.2 * per_item[0] + 1, "%g steps an item, then %g",
                      per_item[0], per_item[1]);
    ck_assert_double_le(per_item[1], 4 * 257.0);
    if (shape == 0) /* Prose: a line's words, in one to four passes. */
        ck_assert_double_le(per_item[1], 80);
}
END_TEST

START_TEST(a_refused_block_ends_in_an_error_without_leak)
{
    for (long n = 1;; n++) {
        bp_break_item items[40];
        bp_buf lines = {0};
        bp_error err = {0};
        bp_break_options options = options_of((bp_break_mode)(_i % 3), 90);
        options.looseness = _i / 3;
        seed = 3;
        for (size_t i = 0; i < 40; i++)
            items[i] = word_of(any(5, 40));
        number_items(items, 40);
        bp_break_text text = {.items = items, .count = 40};
        bp_mem = (bp_mem_probe){.fail_at = n};
        bool ok = bp_break_choose(&text, &options, &scratch, &lines, NULL, &err);
        bp_buf_clear(&lines);
        bp_break_scratch_clear(&scratch);
        ck_assert_int_eq(bp_mem.live, 0);
        if (bp_mem.refused == 0) {
            ck_assert(ok && n > 2);
            break;
        }
        ck_assert_msg(!ok && err.code == BP_ERR_MEMORY, "block %ld: %d, %s", n, (int)err.code,
                      err.text);
    }
    bp_mem = (bp_mem_probe){0};
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("linebreak");
    tcase_add_loop_test(tests, only_what_is_too_wide_for_a_line_sticks_out, 0, 4);
    tcase_add_loop_test(tests, a_ragged_text_is_no_longer_than_line_by_line, 1, 3);
    tcase_add_loop_test(tests, parts_between_forced_ends_know_nothing_of_each_other, 0, 3);
    tcase_add_test(tests, hyphens_that_are_not_wanted_would_change_nothing);
    tcase_add_test(tests, spaces_and_letters_move_together);
    tcase_add_test(tests, letters_help_where_spaces_are_few);
    tcase_add_loop_test(tests, the_work_is_that_of_the_text, 0, 24);
    tcase_add_loop_test(tests, a_refused_block_ends_in_an_error_without_leak, 0, 6);
    return run_suite("linebreak", tests);
}
