/* The list of editions that were made from one pattern: a hidden file, in which each has the bytes
 * it was made of by length and SHA-256. Only what is in it, and still is what it was, is ever
 * removed.
 *
 * The file is replaced whole, and is its own lock: who holds it may read, and replace it once, as
 * the last thing. What a killed run left of it the next one removes. */
#ifndef BP_JOB_LEDGER_H
#define BP_JOB_LEDGER_H

#include "base/buf.h"
#include "base/error.h"
#include "job/span.h"

#define BP_NO_DAY INT64_MIN

typedef struct {
    char sha256[65]; /* In small hexadecimal digits. */
    uint64_t size;
    int64_t first, last; /* Days of its period; BP_NO_DAY: its pattern has none. */
    int64_t date;        /* The day that it was named by; BP_NO_DAY: none. */
    char *group; /* Those of one group follow one another: all but period and date. Owned. */
    char *path;  /* From the ledger's folder on; owned. */
} bp_ledger_entry;

typedef struct {
    int fd; /* Locked; -1: there is no ledger. */
    char *path;
    bp_buf entries;  /* Of bp_ledger_entry. */
    bool is_changed; /* Since it was read. */
} bp_ledger;

#define BP_LEDGER_ENTRIES(ledger) BP_BUF_ITEMS(&(ledger)->entries, bp_ledger_entry)
#define BP_LEDGER_COUNT(ledger) BP_BUF_COUNT(&(ledger)->entries, bp_ledger_entry)

/* Waits for the ledger, and reads it. With `makes` an empty one is made where there is none,
 * otherwise it stays closed, and has no entries. BP_ERR_CREATE; BP_ERR_BUSY after a minute;
 * BP_ERR_INPUT where the file is something else. Ended by bp_ledger_close either way. */
bool bp_ledger_open(bp_ledger *ledger, const char *path, bool makes, bp_error *err);
/* Adds a copy of an entry. */
bool bp_ledger_add(bp_ledger *ledger, const bp_ledger_entry *entry, bp_error *err);
/* Takes an entry out. */
void bp_ledger_drop(bp_ledger *ledger, size_t at);
/* Replaces the file, where anything has changed. The lock is another's from then on. */
bool bp_ledger_save(bp_ledger *ledger, bp_error *err);
void bp_ledger_close(bp_ledger *ledger);

#endif
