/* The objects of one PDF file on top of libharu: numbers are given out first, what an object holds
 * may follow at any time until it is written. An object is the text of a dictionary's entries and,
 * for streams, bytes that already have their final form; libharu keeps the cross-reference, frames
 * each object and writes the file. */
#ifndef BP_PDF_OBJECTS_H
#define BP_PDF_OBJECTS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct bp_objects bp_objects;

/* The number of an object; 0: none. Written "N 0 R". */
typedef uint32_t bp_ref;

/* `deflate_level`: 0 none, 1 to 12. Yours to free. */
bp_objects *bp_objects_new(int deflate_level, bp_error *err);
void bp_objects_free(bp_objects *objects);

/* The catalog (whose /Type and /Pages are written by libharu) and the root of the page tree. */
bp_ref bp_objects_catalog(const bp_objects *objects);
bp_ref bp_objects_page_root(const bp_objects *objects);

/* A new object, empty so far; 0 when memory is refused or there are too many. */
bp_ref bp_objects_add(bp_objects *objects, bp_error *err);

/* Gives an object its entries: takes the bytes of `text`, which becomes {0} in any case. */
bool bp_objects_set_entries(bp_objects *objects, bp_ref ref, bp_buf *text, bp_error *err);

/* Gives it stream data as well, copied: deflated (then /Filter is written) or `as_is`. /Length is
 * written here too. */
bool bp_objects_set_stream(bp_objects *objects, bp_ref ref, const void *bytes, size_t length,
                           bool as_is, bp_error *err);

/* Or has `print` add the entries when the object is written, which saves keeping them. False when
 * memory is refused. */
typedef bool (*bp_object_printer)(const void *owner, bp_buf *text);
void bp_objects_set_printer(bp_objects *objects, bp_ref ref, bp_object_printer print,
                            const void *owner);

/* Writes the whole file behind what `out` holds; bytes of streams are dropped as they go out.
 * `info` is the document information dictionary. The file's identifier is a hash of all of its
 * content. Once only. */
bool bp_objects_write(bp_objects *objects, bp_ref info, bp_buf *out, bp_error *err);

/* Adds "N 0 R". */
bool bp_objects_put_ref(bp_buf *text, bp_ref ref);

#endif
