/* Choosing lines one by one: each takes as many items as fit. Justified paragraphs are chosen as a
 * whole where that is possible. See linebreak.h. */
#include "text/linebreak.h"

double bp_break_room(const bp_break_options *options, size_t line)
{
    double indent = options->indent;
    if ((line == 0 && indent > 0) || (line > 0 && indent < 0))
        return options->width - (indent < 0 ? -indent : indent);
    return options->width;
}

/* The number of the item behind the line that begins with `first`. */
static size_t fill_line(const bp_break_item *items, size_t count, size_t first, double room,
                        bool no_wrap)
{
    size_t regular = first, emergency = first;
    double x = 0;
    for (size_t i = first; i < count; i++) {
        const bp_break_item *item = &items[i];
        double width = x + item->advance - item->hang;
        bool is_in = no_wrap || width <= room + BP_BREAK_TOLERANCE;
        if (!is_in)
            break;
        if (item->kind == BP_BREAK_EMERGENCY)
            emergency = i + 1;
        else if (item->kind != BP_BREAK_HYPHEN || width + item->hyphen <= room + BP_BREAK_TOLERANCE)
            regular = i + 1;
        if (item->kind == BP_BREAK_FORCED || i + 1 == count)
            return i + 1;
        x += item->advance;
    }
    if (no_wrap || regular > first)
        return no_wrap ? count : regular;
    return emergency > first ? emergency : first + 1;
}

bool bp_break_choose(const bp_break_item *items, size_t count, const bp_break_options *options,
                     bp_buf *breaks, bp_error *err)
{
    size_t line = 0;
    bool is_done = false;
    if (options->is_justified && !options->greedy && !options->no_wrap &&
        (!bp_break_total(items, count, options, breaks, &is_done, err) || is_done))
        return is_done;
    for (size_t first = 0; first < count; line++) {
        first = fill_line(items, count, first, bp_break_room(options, line), options->no_wrap);
        if (!bp_buf_add(breaks, &first, sizeof first))
            return bp_fail_memory(err);
    }
    return true;
}
