/* The text of units for systemd. */
#ifndef BP_CLI_SYSTEMD_H
#define BP_CLI_SYSTEMD_H

#include "cli/schedule.h"

/* All units of ours begin with this and the schedule's name in the line behind it, so that neither
 * hides a unit of somebody else's. */
#define BP_UNIT_PREFIX "briefpress-"
#define BP_UNIT_MARK "# briefpress: "
#define BP_UNIT_TIMES "# at: "

/* Appends NAME.service. `user`: whom a system unit runs as; NULL: root, or whoever the user units
 * belong to. */
bool bp_systemd_service(const bp_schedule *schedule, bool is_system, const char *user, bp_buf *out,
                        bp_error *err);
/* Appends NAME.timer. */
bool bp_systemd_timer(const bp_schedule *schedule, bp_buf *out, bp_error *err);

#endif
