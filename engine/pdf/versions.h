/* The foreign libraries of this room, for `briefpress doctor`. */
#ifndef BP_PDF_VERSIONS_H
#define BP_PDF_VERSIONS_H

#include "base/buf.h"

/* Appends a line "name version" for each. False when memory is refused. */
bool bp_pdf_versions(bp_buf *out);
/* The same of those that shape every PDF, without opening any other. */
bool bp_pdf_writing_versions(bp_buf *out);

#endif
