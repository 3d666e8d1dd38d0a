/* What a report carries, taken out of its PDF in a confined process and handed over as plain bytes:
 * this process parses neither the PDF nor the colophon in it. */
#ifndef BP_JOB_CARRIED_H
#define BP_JOB_CARRIED_H

#include "base/bundle.h"
#include "job/job.h"

#define BP_CARRIED_MOST ((size_t)64 << 20) /* Bytes of all files that a report carries. */

typedef struct {
    char *program; /* That made it: "briefpress 0.1.0". */
    size_t pages;  /* Of the PDF. */
    bp_bundle files;
    bp_buf options; /* Of bp_colophon_pair, as the next. */
    bp_buf parameters;
    bp_buf changed; /* Of char *: names of files that are not those the colophon tells of. */
} bp_carried;

/* A PDF in memory. */
typedef struct {
    const char *name; /* For messages. */
    const void *bytes;
    size_t length;
} bp_pdf_bytes;

/* Takes it out. BP_ERR_DATA where the PDF is damaged or encrypted, carries no colophon, or not all
 * that it was made from; BP_ERR_LIMIT.
 * Cleared by bp_carried_clear either way. */
bool bp_carried_take(const bp_pdf_bytes *pdf, const bp_limits *limits, bool no_fork,
                     bp_carried *carried, bp_error *err);
/* The same of its data alone, whatever else it carries or lacks. BP_ERR_INPUT where it is
 * encrypted, BP_ERR_DATA where it carries no data. */
bool bp_carried_take_data(const bp_pdf_bytes *pdf, const bp_limits *limits, bool no_fork,
                          bp_carried *carried, bp_error *err);
void bp_carried_clear(bp_carried *carried);

/* Tells where the report `old` and what was made of it again, `made`, differ, in sentences that are
 * appended to `told` (of char *, yours to free), the likeliest cause first. Reads both in a
 * confined process. */
bool bp_carried_compare(const bp_pdf_bytes *old, const bp_pdf_bytes *made, const bp_limits *limits,
                        bool no_fork, bp_buf *told, bp_error *err);

#endif
