/* The same as a text file of metrics, as Prometheus' node_exporter collects them from a folder. */
#ifndef BP_JOB_METRICS_H
#define BP_JOB_METRICS_H

#include "job/status.h"

/* Appends all metrics of the run, with `history` as it is after it. False when memory is refused.
 */
bool bp_metrics_put(const bp_run_status *run, const bp_history *history, bp_buf *out);

/* The history that a metrics file of `report` holds, as bp_status_history has it. */
bool bp_metrics_history(const char *path, const char *report, bp_history *out, bp_error *err);

#endif
