/* The foreign libraries of this room, for `briefpress doctor`. */
#ifndef BP_TEXT_VERSIONS_H
#define BP_TEXT_VERSIONS_H

#include "base/buf.h"

/* Appends a line "name version" for each. False when memory is refused. */
bool bp_text_versions(bp_buf *out);
/* The same of those that shape text, without opening any other. */
bool bp_text_shaping_versions(bp_buf *out);

#endif
