/* Which build of the program, or of the library, this is: two of one version need not be alike. */
#ifndef BP_JOB_BUILD_H
#define BP_JOB_BUILD_H

#include "base/buf.h"

/* Appends a line "build HEX" with the identifier that the linker made from all that it linked (the
 * GNU build id). `*is_known` is false where it made none. False when memory is refused. */
bool bp_build_put(bp_buf *out, bool *is_known);

#endif
