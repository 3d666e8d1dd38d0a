/* PDF syntax as text: numbers, names, strings and dates, written into a buffer. All answer false
 * only when memory is refused; numbers must be finite (callers check, see canvas.h). */
#ifndef BP_PDF_SYNTAX_H
#define BP_PDF_SYNTAX_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* A number with at most `decimals` decimals, without a blank around it. */
bool bp_syntax_number(bp_buf *out, double value, int decimals);

/* "/Name" with what a name may not hold escaped; cut at 127 bytes. */
bool bp_syntax_name(bp_buf *out, const char *name);

/* A text string for people, from good UTF-8: as it is where it is ASCII, else UTF-16 with a byte
 * order mark. */
bool bp_syntax_text(bp_buf *out, const char *text, size_t length);

/* A byte string "( ... )" (addresses, file names). */
bool bp_syntax_bytes(bp_buf *out, const char *bytes, size_t length);

/* UTF-16BE as hexadecimal digits, without brackets. */
bool bp_syntax_utf16(bp_buf *out, const char *text, size_t length);

/* Bytes as hexadecimal digits, without brackets. */
bool bp_syntax_hex(bp_buf *out, const unsigned char *bytes, size_t length);

/* "(D:20220903000000Z)" */
bool bp_syntax_date(bp_buf *out, const bp_moment *date);

/* "2022-09-03T00:00:00Z" */
bool bp_syntax_iso_date(bp_buf *out, const bp_moment *date);

/* Text inside of XML, with its special characters escaped and what XML cannot hold left out. */
bool bp_syntax_xml(bp_buf *out, const char *text);

#endif
