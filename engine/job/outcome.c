/* How a run ended: see outcome.h. */
#include "job/outcome.h"

const char *bp_outcome_name(bp_outcome outcome)
{
    static const char *const names[BP_OUTCOME_COUNT] = {"made", "unchanged", "no-data", "busy",
                                                        "broken"};
    return outcome < BP_OUTCOME_COUNT ? names[outcome] : "broken";
}

bp_outcome bp_outcome_of(bp_code code)
{
    switch (code) {
    case BP_OK:
        return BP_OUTCOME_MADE;
    case BP_ERR_NO_DATA:
        return BP_OUTCOME_NO_DATA;
    case BP_ERR_BUSY:
        return BP_OUTCOME_BUSY;
    default:
        return BP_OUTCOME_BROKEN;
    }
}
