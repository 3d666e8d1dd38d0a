/* What entering, linking and removing editions share. */
#ifndef BP_JOB_EDITION_PRIVATE_H
#define BP_JOB_EDITION_PRIVATE_H

#include <sys/stat.h>

#include "job/edition.h"
#include "job/ledger.h"

/* Where an edition stands: its entry, and the folder that the entry's path starts at. */
typedef struct {
    bp_buf folder; /* "." for the working one. */
    bp_buf path, group;
    bp_buf ledger;         /* The ledger's path. */
    bp_ledger_entry entry; /* Lent from the above; without bytes. */
} bp_edition_place;

bool bp_edition_find(const bp_edition *edition, bp_edition_place *place, bp_error *err);
void bp_edition_place_clear(bp_edition_place *place);

/* How old: below 0 where `a` is older. */
int bp_edition_compare(const bp_ledger_entry *a, const bp_ledger_entry *b);
bool bp_edition_is_future(const bp_ledger_entry *entry, int64_t today);

/* True where the file at `fd` has the bytes of the entry. */
bool bp_edition_is_made(int fd, const bp_ledger_entry *entry);
/* Digits of a hash. */
void bp_edition_put_digits(const unsigned char sha256[32], char out[65]);

/* Replaces what is at `link`, which must be a link or nothing, by a link to `target`. */
bool bp_edition_link(const char *link, const char *target, bp_error *err);

typedef enum {
    BP_REMOVAL_DONE,
    BP_REMOVAL_CHANGED, /* It is not what was made any more, and stays. */
    BP_REMOVAL_BUSY,    /* Another run is making it anew. */
    BP_REMOVAL_FAILED   /* As `err` says. */
} bp_removal;

/* Removes an edition with its lock and state, and folders that are empty then. */
bp_removal bp_edition_remove(const char *folder, const bp_ledger_entry *entry, bp_error *err);

#endif
