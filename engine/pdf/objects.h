/* The objects of one PDF file on top of libharu: numbers are given out first; an object is written
 * when it is known, in any order, and nothing of it stays in memory but 8 bytes for its place. It
 * is the text of a dictionary's entries and, for streams, bytes. */
#ifndef BP_PDF_OBJECTS_H
#define BP_PDF_OBJECTS_H

#include <stdint.h>

#include "base/sink.h"

typedef struct bp_objects bp_objects;

/* The number of an object; 0: none. Written "N 0 R". */
typedef uint32_t bp_ref;

/* `deflate_level`: 1 to 12, or 0: nothing is deflated or gathered in object streams, all of the
 * file can be read. It goes to `out` piece by piece, of which some may wait until
 * bp_objects_finish. Yours to free. */
bp_objects *bp_objects_new(int deflate_level, bp_sink out, bp_error *err);
void bp_objects_free(bp_objects *objects);

/* The catalog (whose /Type and /Pages are written by libharu) and the root of the page tree: their
 * numbers. */
bp_ref bp_objects_catalog(const bp_objects *objects);
bp_ref bp_objects_page_root(const bp_objects *objects);

/* The number of a new object; 0 when memory is refused or there are too many. */
bp_ref bp_objects_add(bp_objects *objects, bp_error *err);

/* Writes an object, once: its entries are those of `text`, which becomes {0} in any case. Fails
 * when memory is refused, the file grows beyond 2 GB or the sink fails; nothing can be written
 * then. */
bool bp_objects_write(bp_objects *objects, bp_ref ref, bp_buf *text, bp_error *err);

/* The same for a stream: its bytes are deflated (then /Filter is written) or written `as_is`.
 * /Length is written here too. `text` may be NULL: no other entries. */
bool bp_objects_write_stream(bp_objects *objects, bp_ref ref, bp_buf *text, const void *bytes,
                             size_t length, bool as_is, bp_error *err);

/* Ends the file: cross-reference and trailer. An object that was never written is empty. `info` is
 * the document information dictionary. The file's identifier is a hash of all of its content. Once
 * only. */
bool bp_objects_finish(bp_objects *objects, bp_ref info, bp_error *err);

/* Adds "N 0 R". */
bool bp_objects_put_ref(bp_buf *text, bp_ref ref);

#endif
