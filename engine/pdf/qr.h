/* QR codes as one outline: modules that touch are one area, so that no seam shows between them. */
#ifndef BP_PDF_QR_H
#define BP_PDF_QR_H

#include "base/buf.h"
#include "base/error.h"

/* Encodes a text (UTF-8, without NUL) at level 'L', 'M', 'Q' or 'H' of correction. `verbs` and
 * `numbers` (of double) get the path, as in page.h: a module is 1 by 1, y grows downwards; `size`
 * is the modules of a side, without the quiet zone. What is too long, or the library missing, is an
 * error. */
bool bp_qr_outline(const char *text, char level, bp_buf *verbs, bp_buf *numbers, int *size,
                   bp_error *err);

#endif
