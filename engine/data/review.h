/* What is not wrong with data, but whoever checks it wants to know: texts that one of the dataset's
 * languages lacks, and statements and values of which nobody says where they come from. */
#ifndef BP_DATA_REVIEW_H
#define BP_DATA_REVIEW_H

#include "base/faults.h"
#include "data/model.h"

/* Adds what it finds to `findings`, as warnings with their place, in the order of the model. */
void bp_data_review(const bp_data *data, bp_faults *findings);

#endif
