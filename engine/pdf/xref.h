/* Where each object of a file is: 8 bytes an object, for a tagged report of 1,000 pages has half a
 * million. Written as the table that every reader knows or, in a quarter of the bytes, as the rows
 * of a cross-reference stream (ISO 32000-1 7.5.4, 7.5.8). */
#ifndef BP_PDF_XREF_H
#define BP_PDF_XREF_H

#include <stdint.h>

#include "base/buf.h"

/* Begins as {0} and is ended by bp_buf_clear(&xref->places). */
typedef struct {
    bp_buf places; /* Of object 1, 2, ... */
} bp_xref;

#define BP_XREF_MOST 8388607u /* Objects in a file (ISO 32000-1, annex C). */

/* The number of a new object, from 1; 0 when memory is refused or there are BP_XREF_MOST. */
uint32_t bp_xref_add(bp_xref *xref);
uint32_t bp_xref_count(const bp_xref *xref);

/* Tells where an object is, once: at an offset in the file, below 2^32, or the `index`th (from 0)
 * in an object stream. */
void bp_xref_put(bp_xref *xref, uint32_t number, uint32_t offset);
void bp_xref_put_inside(bp_xref *xref, uint32_t number, uint32_t stream, unsigned index);
bool bp_xref_is_known(const bp_xref *xref, uint32_t number);

/* Appends the table, from "xref" to the line of the last object; all objects must be known and none
 * inside a stream. False when memory is refused, here and below. */
bool bp_xref_write_table(const bp_xref *xref, bp_buf *out);

/* Appends the rows of a cross-reference stream, each behind its PNG predictor "Up" (2), and tells
 * the bytes of their three fields (/W). */
bool bp_xref_write_rows(const bp_xref *xref, bp_buf *out, unsigned widths[3]);

#endif
