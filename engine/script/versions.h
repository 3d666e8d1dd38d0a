/* The foreign libraries of this room, for `briefpress doctor`. */
#ifndef BP_SCRIPT_VERSIONS_H
#define BP_SCRIPT_VERSIONS_H

#include "base/buf.h"

/* Appends a line "name version" for each. False when memory is refused. */
bool bp_script_versions(bp_buf *out);

#endif
