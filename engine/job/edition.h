/* Editions of one pattern, as "out/{region}/{period}.pdf": which is the newest, which are too many.
 * Those that agree in all but {period} and {date} follow one another, by these, never by the time
 * they were made at: a clock that jumped changes no order. Editions of days that have not come are
 * left alone and not counted, so that those of a clock that was ahead push none out.
 *
 * Nothing is removed but what the ledger has (".{period}.pdf.editions" where the pattern's own
 * folder ends): each edition is entered before it gets its name, and removed only where it still
 * is, byte for byte, what was entered then. Killed at any point, a run leaves either an entry too
 * many, which the next one takes out, or an edition too many, which the next one removes. */
#ifndef BP_JOB_EDITION_H
#define BP_JOB_EDITION_H

#include "job/pattern.h"
#include "job/span.h"

typedef struct {
    const char *pattern; /* Of the output. */
    const bp_parameter *values;
    size_t value_count;
    int64_t today; /* Here and now, whatever the edition is of. */
} bp_edition;

/* True where a pattern tells editions apart by a period or a date. */
bool bp_edition_has_order(const bp_edition *edition);

typedef struct {
    unsigned char sha256[32];
    size_t size;
} bp_edition_bytes;

/* Enters a PDF that is about to get its name. With `begins` a ledger is begun where there is none;
 * otherwise nothing happens then. A ledger that is none is left for bp_edition_settle to tell. */
bool bp_edition_enter(const bp_edition *edition, const bp_edition_bytes *bytes, bool begins,
                      bp_error *err);

typedef struct {
    const bp_edition_bytes *made; /* What was entered; NULL: the edition is as it was. */
    const char *latest; /* The name, or path, of the link; may be a pattern; NULL: none. */
    size_t keep;        /* Editions; 0: all. */
} bp_edition_rules;

typedef struct {
    bp_buf removed; /* Paths of what was removed, each ended by a NUL; cleared by the caller. */
    bp_buf changed; /* Of what was left, for it is not what it was; likewise. */
    size_t count;   /* Editions that there are now, but for those of the future. */
} bp_edition_outcome;

/* After the edition has its name, or has kept it: has the link point to the newest of those that
 * follow one another, and removes what is more than `keep` of them, the oldest first, with their
 * locks and states. The edition at hand and what the link points to stay. BP_ERR_CREATE where the
 * link's place is taken by something that is no link; BP_ERR_WRITE where something cannot be
 * removed. */
bool bp_edition_settle(const bp_edition *edition, const bp_edition_rules *rules,
                       bp_edition_outcome *outcome, bp_error *err);

#endif
