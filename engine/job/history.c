/* What outlives a run: see history.h. */
#include "job/history.h"

bool bp_outcome_is_success(bp_outcome outcome)
{
    return outcome == BP_OUTCOME_MADE || outcome == BP_OUTCOME_UNCHANGED;
}

static void count_up(uint64_t *number)
{
    if (*number < BP_HISTORY_MOST)
        ++*number;
}

void bp_history_add(bp_history *history, bp_outcome outcome, bp_instant finished, size_t pages,
                    size_t bytes)
{
    history->finished = finished;
    count_up(&history->runs[outcome < BP_OUTCOME_COUNT ? outcome : BP_OUTCOME_BROKEN]);
    if (bp_outcome_is_success(outcome)) {
        history->last_success = finished;
        history->failures = 0;
        history->pages = pages != 0 ? pages : history->pages;
        history->bytes = bytes != 0 ? bytes : history->bytes;
        return;
    }
    count_up(&history->failures);
    if (history->last_success > finished)
        history->last_success = finished;
}

bp_history bp_history_later(const bp_history *a, const bp_history *b)
{
    return b->finished > a->finished ? *b : *a;
}
