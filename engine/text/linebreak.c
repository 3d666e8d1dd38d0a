/* Choosing lines: each stretch of text between forced ends for itself, by the cheapest way that
 * serves. A text that fits on one line is one. Otherwise it is divided as a whole (totalfit.c):
 * first as it is, then with hyphens, then with ever more stretch. Line by line only where that is
 * asked for. */
#include "text/linebreak.h"

#include <assert.h>
#include <math.h>

#include "text/linebreak_private.h"

#define FIRST_TOLERANCE 100.0 /* Badness of a line that needs no hyphens. */
/* The same where letters move too: who asks for that asks for even lines. They are decent. */
#define FIRST_TOLERANCE_LETTERS 12.5
#define LAST_STRETCH                                                                               \
    0.05                  /* The part of the measure that a line without spaces is said to give.   \
                           */
#define LETTERS_RATIO 0.2 /* That of the spaces at which letters have moved by all they may. */
#define POOR_PENALTY                                                                               \
    100.0 /* Of a line end that is not taken line by line where there is another. */

double bp_break_room(const bp_break_options *options, size_t line)
{
    double indent = options->indent, width = options->width;
    if (line < options->notch_lines)
        width -= options->notch;
    return (line == 0 ? indent > 0 : indent < 0) ? width - fabs(indent) : width;
}

double bp_break_least_room(const bp_break_options *options)
{
    return fmin(bp_break_room(options, 0), bp_break_room(options, 1));
}

bp_break_fill bp_break_spread(double missing, const bp_break_slack *slack,
                              const bp_break_options *options)
{
    bool is_wider = missing > 0;
    double spaces = is_wider ? slack->stretch : slack->shrink;
    double most = is_wider ? options->letter_stretch : options->letter_shrink;
    double letters = slack->letters * most, amount = fabs(missing);
    bp_break_fill fill = {0};
    if (amount <= spaces * LETTERS_RATIO + letters) { /* Both together. */
        double all = spaces + letters / LETTERS_RATIO;
        fill.effort = all > 0 ? amount / all : 0;
        fill.ratio = spaces > 0 ? fill.effort : 0;
        fill.letter = letters > 0 ? fill.effort / LETTERS_RATIO * most : 0;
    } else {
        fill.letter = letters > 0 ? most : 0;
        fill.ratio = spaces > 0 ? (amount - letters) / spaces : 0;
        fill.effort = spaces > 0 ? fill.ratio : INFINITY;
    }
    if (!is_wider) {
        fill.ratio = -fill.ratio;
        fill.letter = -fill.letter;
        fill.effort = -fill.effort;
    }
    return fill;
}

/* Line by line ----------------------------------------------------------------------------------
 */

static bool add_line(bp_buf *lines, const bp_break_pass *pass, const bp_break_options *options,
                     size_t first, size_t behind, bp_error *err)
{
    const bp_break_item *last = &pass->items[behind - 1];
    bool is_indented = first == pass->first && pass->line == 0 && options->indent > 0;
    bp_break_line line = {.end = last->end,
                          .kind = last->kind,
                          .out_start = is_indented ? 0 : pass->items[first].out_start,
                          .out_end = last->out_end};
    return bp_buf_add(lines, &line, sizeof line) || bp_fail_memory(err);
}

/* The number of the item behind the line that begins with `first`: as many as fit. */
static size_t fill_line(const bp_break_pass *pass, size_t first, double room, bool no_wrap)
{
    size_t regular = first, poor = first, emergency = first;
    const bp_break_item *items = pass->items;
    double x = -(double)items[first].head - (double)items[first].out_start;
    for (size_t i = first; i < pass->end; i++) {
        const bp_break_item *item = &items[i];
        double width = x + item->advance - item->hang - (double)item->out_end;
        if (!no_wrap && width > room + BP_BREAK_TOLERANCE)
            break;
        bool is_in = width + (double)item->hyphen <= room + BP_BREAK_TOLERANCE;
        if (item->kind == BP_BREAK_EMERGENCY)
            emergency = i + 1;
        else if (is_in && item->penalty >= POOR_PENALTY)
            poor = i + 1;
        else if (is_in)
            regular = i + 1;
        if (i + 1 == pass->end && (is_in || no_wrap))
            return i + 1;
        x += item->advance;
    }
    if (no_wrap)
        return pass->end;
    if (regular > first || poor > first)
        return regular > first ? regular : poor;
    return emergency > first ? emergency : first + 1;
}

static bool fill_lines(const bp_break_pass *pass, const bp_break_options *options, bp_buf *lines,
                       bp_error *err)
{
    for (size_t first = pass->first, line = pass->line; first < pass->end; line++) {
        double room = bp_break_room(options, line);
        size_t behind = fill_line(pass, first, room, options->no_wrap);
        if (!add_line(lines, pass, options, first, behind, err))
            return false;
        first = behind;
    }
    return true;
}

/* As a whole ----------------------------------------------------------------------------------- */

/* The work on one paragraph. */
typedef struct {
    const bp_break_text *text;
    const bp_break_options *options;
    bp_break_pass plain, divided; /* Of the part that is chosen now. */
    bp_break_scratch *scratch;
    bp_break_work *work;
} chooser;

static size_t find_forced(const bp_break_item *items, size_t first, size_t count)
{
    while (first < count && items[first].kind != BP_BREAK_FORCED)
        first++;
    return first < count ? first + 1 : count;
}

/* Makes the divided list of the part. */
static bool divide(chooser *c, const bool *wanted, bp_error *err)
{
    assert(c->text->divide != NULL); /* A pass that may overflow does not fail. */
    c->divided = (bp_break_pass){.line = c->plain.line};
    return c->text->divide(c->text->owner, c->plain.first, c->plain.end, wanted, &c->divided.items,
                           &c->divided.end, err);
}

/* Tells in which items a line may end whose effort is not above `effort`: however lines before it
 * end, line k ends between k lines as loose as can be and k lines as tight as can be. Without it
 * every word of a book would be looked up for the few that stand at a line's end. */
static bool find_wanted(chooser *c, double effort, bp_error *err)
{
    const bp_break_options *options = c->options;
    const bp_break_item *items = c->plain.items;
    size_t line = c->plain.line;
    double room = bp_break_room(options, line), loose = 0, tight = 0, hang = options->margin;
    double least = room, most = room;
    bp_buf *wanted = &c->scratch->wanted;
    wanted->length = 0;
    if (!bp_buf_reserve(wanted, c->plain.end - c->plain.first))
        return bp_fail_memory(err);
    for (size_t i = c->plain.first; i < c->plain.end; i++)
        hang = items[i].hang > hang ? items[i].hang : hang;
    least -= options->margin;
    most += hang;
    for (size_t i = c->plain.first; i < c->plain.end; i++) {
        const bp_break_item *item = &items[i];
        double letters = (double)item->letters;
        while (most < tight) { /* No line up to here ends so far right: the next one. */
            room = bp_break_room(options, ++line);
            least += room - options->margin;
            most += room + hang;
            if (room <= 0)
                most = tight;
        }
        tight += item->advance - (double)item->shrink - letters * options->letter_shrink;
        loose += item->advance + (double)item->stretch * effort + letters * options->letter_stretch;
        wanted->bytes[wanted->length++] = loose >= least;
    }
    return true;
}

/* True where the part fits on one line as it is, or an item of it on none. */
static void measure(const bp_break_pass *pass, const bp_break_options *options, bool *is_line,
                    bool *is_wide)
{
    const bp_break_item *items = pass->items;
    double first_room = bp_break_room(options, pass->line);
    double x = -(double)items[pass->first].head - (double)items[pass->first].out_start;
    double least = bp_break_least_room(options) + BP_BREAK_TOLERANCE;
    *is_wide = false;
    for (size_t i = pass->first; i < pass->end; i++) {
        x += items[i].advance;
        *is_wide = *is_wide || items[i].advance - items[i].hang + (double)items[i].hyphen > least;
    }
    const bp_break_item *last = &items[pass->end - 1];
    *is_line = x - last->hang - (double)last->out_end + (double)last->hyphen <=
               first_room + BP_BREAK_TOLERANCE;
}

static bool try_pass(chooser *c, const bp_break_pass *pass, bp_buf *lines, bool *is_done,
                     bp_error *err)
{
    return bp_break_total(pass, c->options, c->scratch, lines, is_done, c->work, err);
}

/* A justified part: strict without hyphens; with them; and then with spaces that may stretch ever
 * more, so that what must be bad is bad in as few places as can be. Last of all lines may stay
 * short that have nothing to stretch. */
static bool choose_justified(chooser *c, bool is_wide, bp_buf *lines, bp_error *err)
{
    static const double rises[] = {1, 8, 64, INFINITY}; /* Efforts of 1.26, 2.5, 5, any. */
    const bp_break_options *options = c->options;
    bool is_done = false, can_divide = c->text->divide != NULL;
    bool has_hyphens = can_divide && options->divides_all;
    bp_break_pass *pass = &c->plain;
    if (has_hyphens && !is_wide) {
        bool moves_letters = options->letter_stretch > 0 || options->letter_shrink > 0;
        pass->tolerance =
            fmin(moves_letters ? FIRST_TOLERANCE_LETTERS : FIRST_TOLERANCE, options->tolerance);
        pass->needs_length = true;
        if (!try_pass(c, pass, lines, &is_done, err) || is_done)
            return is_done;
    }
    bool is_some = has_hyphens && !is_wide && options->looseness == 0;
    if (is_some && !find_wanted(c, cbrt(options->tolerance / 100), err))
        return false;
    if (has_hyphens || (can_divide && is_wide)) {
        if (!divide(c, is_some ? BP_BUF_ITEMS(&c->scratch->wanted, bool) : NULL, err))
            return false;
        pass = &c->divided;
    }
    pass->needs_length = false;
    for (size_t i = 0; i < sizeof rises / sizeof *rises && !is_done; i++) {
        if (i > 0 && is_some) {
            is_some = false;
            if (!divide(c, NULL, err))
                return false;
        }
        pass->tolerance = options->tolerance * rises[i];
        pass->may_overflow = isinf(rises[i]);
        pass->emergency = pass->may_overflow ? LAST_STRETCH * fmax(options->width, 1) : 0;
        if (!try_pass(c, pass, lines, &is_done, err))
            return false;
    }
    return is_done;
}

/* A ragged or balanced part is divided as it is; with hyphens where those are wanted and make it
 * more even, or where something is too wide. */
static bool choose_ragged(chooser *c, bool is_wide, bp_buf *lines, bp_error *err)
{
    bool is_done = false, can_divide = c->text->divide != NULL;
    bp_break_pass *pass = &c->plain;
    pass->needs_evenness = can_divide && c->options->divides_all;
    pass->may_overflow = !can_divide;
    if ((!is_wide || !can_divide) && (!try_pass(c, pass, lines, &is_done, err) || is_done))
        return is_done;
    if (!divide(c, NULL, err))
        return false;
    pass = &c->divided;
    pass->may_overflow = true;
    return try_pass(c, pass, lines, &is_done, err);
}

static bool choose_part(chooser *c, bp_buf *lines, bp_error *err)
{
    const bp_break_options *options = c->options;
    bool is_line = false, is_wide = false;
    measure(&c->plain, options, &is_line, &is_wide);
    if (options->no_wrap || (is_line && options->looseness <= 0))
        return add_line(lines, &c->plain, options, c->plain.first, c->plain.end, err);
    if (options->greedy) {
        bool divides = c->text->divide != NULL && (options->divides_all || is_wide);
        return (!divides || divide(c, NULL, err)) &&
               fill_lines(divides ? &c->divided : &c->plain, options, lines, err);
    }
    return options->mode == BP_BREAK_JUSTIFIED ? choose_justified(c, is_wide, lines, err)
                                               : choose_ragged(c, is_wide, lines, err);
}

void bp_break_scratch_clear(bp_break_scratch *scratch)
{
    bp_buf_clear(&scratch->active);
    bp_buf_clear(&scratch->nodes);
    bp_buf_clear(&scratch->candidates);
    bp_buf_clear(&scratch->wanted);
}

bool bp_break_choose(const bp_break_text *text, const bp_break_options *options,
                     bp_break_scratch *scratch, bp_buf *lines, bp_break_work *work, bp_error *err)
{
    chooser c = {.text = text, .options = options, .scratch = scratch, .work = work};
    size_t before = BP_BUF_COUNT(lines, bp_break_line);
    bool ok = true;
    for (size_t first = 0; ok && first < text->count; first = c.plain.end) {
        c.plain = (bp_break_pass){.items = text->items,
                                  .first = first,
                                  .end = find_forced(text->items, first, text->count),
                                  .line = BP_BUF_COUNT(lines, bp_break_line) - before};
        ok = choose_part(&c, lines, err);
    }
    return ok;
}
