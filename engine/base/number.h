/* Numbers as text without the C library's locale: the one checked formatter behind the PDF, the
 * trace and messages. */
#ifndef BP_BASE_NUMBER_H
#define BP_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#define BP_NUMBER_SIZE 40

/* Writes `value` with at most `decimals` (0 to 9) decimals, trailing zeros and "-0" removed, always
 * a point. Answers the length, or 0 when the value is not finite or its magnitude is 1e15 or more.
 */
size_t bp_number_put(double value, int decimals, char out[BP_NUMBER_SIZE]);

/* Writes the shortest text that reads back as `value` (17 digits at most; integers without a
 * point). */
size_t bp_number_exact(double value, char out[BP_NUMBER_SIZE]);

/* Reads a JSON number from all of `length` bytes, with a point whatever the locale says. False when
 * it is none or out of range. */
bool bp_number_read(const char *text, size_t length, double *out);

#endif
