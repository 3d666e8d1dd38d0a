/* What a rendering is made from, as a number: everything but the limits that shapes its bytes. Two
 * renderings of one print are the same PDF, but for encryption, which draws keys by lot. */
#ifndef BP_JOB_FINGERPRINT_H
#define BP_JOB_FINGERPRINT_H

#include "base/reads.h"
#include "job/job.h"

#define BP_PRINT_SIZE 65 /* A SHA-256 as hexadecimal digits, and a NUL. */
void bp_print_put(const unsigned char hash[32], char out[BP_PRINT_SIZE]);

/* Appends the versions of the program and of the libraries that shape a PDF. False when memory is
 * refused. */
bool bp_program_print(const bp_job *job, bp_buf *out);

/* Of the options of `job` alone: no file is read. Paths count as they are from the root on. `salt`
 * (may be "") goes in where the PDF is encrypted: passwords then take some milliseconds to be
 * tried, as with the PDF. False when memory is refused. */
bool bp_options_print(const bp_job *job, const char *salt, char out[BP_PRINT_SIZE], bp_error *err);

/* Of the options, the versions and the content of what was read, in the order of `reads` (sorted:
 * bp_reads_sort), whatever its marks are. Content without a hash counts as no content. */
bool bp_inputs_print(const bp_job *job, const bp_reads *reads, const char *salt,
                     char out[BP_PRINT_SIZE], bp_error *err);

#endif
