/* Lists of records that are found by id: sources, themes, indicators and the like, in the order of
 * the input. A record is any struct in the arena whose first member is `const char *id`. */
#ifndef BP_DATA_RECORDS_H
#define BP_DATA_RECORDS_H

#include <stdint.h>

#include "data/arena.h"
#include "data/model.h"

/* Where something was said, for faults found later. */
typedef struct {
    bp_where where;
    const char *path; /* "$.indicators[1].theme"; "" in a CSV file. */
    size_t input;     /* Which input, from 1: the later wins. 0: said nowhere. */
} bp_origin;

typedef struct {
    void *record;
    bp_origin origin; /* Where it was said last. */
} bp_entry;

typedef struct {
    bp_entry *items;
    size_t count, capacity;
    uint32_t *slots; /* A hash table of positions + 1. */
    size_t slot_count;
} bp_records;

bp_entry *bp_records_find(const bp_records *records, const char *id);

/* Adds a record that is not there yet. NULL when memory is refused. */
bp_entry *bp_records_add(bp_records *records, bp_arena *arena, void *record,
                         const bp_origin *origin);

/* The id nearest to a misspelt one, among those of an input; NULL where none is near enough to be
 * meant. */
const char *bp_records_nearest(const bp_records *records, const char *id);

/* The nearest of `count` names, by the same measure. */
const char *bp_nearest_name(const char *const *names, size_t count, const char *name);

#endif
