/* Instants of the wall clock, for status files, metrics and logs; nothing of them ever reaches a
 * PDF. */
#ifndef BP_BASE_INSTANT_H
#define BP_BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

/* Milliseconds after 1970 in UTC. */
typedef int64_t bp_instant;

#define BP_INSTANT_SIZE 32

bp_instant bp_instant_now(void);
/* Writes it as RFC 3339 has it, "2022-09-03T10:00:00.123Z". */
void bp_instant_put(bp_instant instant, char out[BP_INSTANT_SIZE]);
/* Reads what bp_instant_put writes, in years 1970 to 9999. False where it is anything else. */
bool bp_instant_read(const char *text, bp_instant *out);

#endif
