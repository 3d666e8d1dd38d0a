/* Whether data is as recent as it should be: by the frequency that indicators declare, or by a
 * bound in days. */
#ifndef BP_DATA_AGE_H
#define BP_DATA_AGE_H

#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/faults.h"
#include "data/model.h"

typedef enum { BP_AGE_ANY, BP_AGE_WARN, BP_AGE_REFUSE } bp_age_rule;

/* Begins as {0}: data of any age will do. */
typedef struct {
    bp_age_rule rule;
    int days; /* Of the newest period or the day of publication, whichever is later. 0: each
               * indicator by its frequency. */
} bp_age_limit;

/* Reads "warn", "refuse", "45d" or "6w". False where it is none of these. */
bool bp_age_limit_read(const char *text, bp_age_limit *out);

/* Holds the data against the limit on the day of `now`. An indicator that declares a frequency is
 * due when its newest period has ended, one more has passed, and half of one for the data to come.
 * What is too old is a warning, or with BP_AGE_REFUSE a fault and BP_ERR_NO_DATA; all of it is
 * named. `*fresh_until` (may be NULL) is the second since 1970 at which the first of the data comes
 * of age; 0: none ever does. */
bool bp_data_check_age(const bp_data *data, bp_age_limit limit, const bp_moment *now,
                       int64_t *fresh_until, bp_faults *faults, bp_error *err);

/* A code of SDMX FREQ that is known here: A, S, Q, M, W, B, D. */
bool bp_is_frequency(char code);

#endif
