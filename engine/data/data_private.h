/* What the files of this room share while data is loaded: the drafts behind the model, and the
 * loader. A draft begins with the public struct, so that the model can lend it once everything is
 * linked. */
#ifndef BP_DATA_DATA_PRIVATE_H
#define BP_DATA_DATA_PRIVATE_H

#include <cJSON.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/faults.h"
#include "data/data.h"
#include "data/records.h"
#include "data/scan.h"

/* An id that stands for a record; resolved when all inputs are read. */
typedef struct {
    const char *id; /* NULL: none. */
    bp_origin origin;
} bp_reference;

typedef struct {
    bp_source it;
} bp_source_draft;

typedef struct {
    bp_statement it;
    bp_reference theme, source;
} bp_statement_draft;

typedef struct {
    bp_observation it;
    bp_reference source;
    bp_origin origin;
} bp_observation_draft;

typedef struct {
    const char *expression; /* NULL: none. */
    const char *period;     /* NULL: that of the inputs. */
    bool has_qualifier;
    bp_qualifier qualifier;
    char status;  /* 0: that of the values used. */
    int decimals; /* -1: none said. */
    bp_origin origin;
    bp_reference source; /* Of the indicator; cited by the computed value. */
    bp_text locator;
} bp_derivation;

typedef struct {
    bp_indicator it;
    bp_reference theme;
    bp_reference *parts;
    size_t part_count, part_capacity;
    bp_origin parts_origin;
    bp_observation_draft *observations;
    size_t observation_count, observation_capacity;
    bp_derivation derivation;
    size_t number; /* Among the indicators; for derive.c. */
    int step;      /* While needs are followed: 0 not seen, 1 on the way, 2 done. */
    bool in_circle;
    size_t input_mark, need_mark; /* The gathering that noted it last. */
} bp_indicator_draft;

/* A language that some text is written in. */
typedef struct {
    const char *code;
    bp_origin origin;
} bp_language_use;

struct bp_data {
    bp_arena arena;
    bp_dataset dataset;
    bp_event event;
    bool has_lists; /* Of indicators, statements or tables, be they empty. */
    bp_origin dataset_origin, event_origin; /* input 0: not given. */
    bp_reference event_source;
    size_t language_capacity, speaker_capacity;
    bp_records sources, themes, indicators, statements[3], checks, tables;
    bp_language_use *uses;
    size_t use_count, use_capacity;
    bp_buf tables_held; /* Of bp_table *, whose cells live outside the arena. */
};

/* Loading. `faults->refused` says that memory was refused; every function may go on after it,
 * nothing may crash. */
typedef struct {
    bp_data *data;
    bp_faults *faults;
    const char *file;     /* The input at hand, in the arena. */
    size_t input;         /* Its number, from 1. */
    const bp_spot *spots; /* Its index of places. */
    size_t spot_count;
    bool is_broken; /* An input could not be read at all: what it would have said is unknown. */
} bp_loader;

/* Where a value is in its file, as a chain on the C stack. */
typedef struct bp_place bp_place;
struct bp_place {
    const bp_place *up;
    const char *name; /* Member name; "$" at the root; NULL inside a list. */
    size_t index;     /* In a list. */
    const cJSON *node;
    bool at_name; /* Faults point at the member's name, not at its value. */
};

/* place.c: adding faults. The place is that of the node, or of an origin. */
void bp_place_fault(bp_loader *loader, const bp_place *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void bp_origin_fault(bp_loader *loader, const bp_origin *origin, const char *member,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));
/* "expected X, found a string". */
void bp_expected_fault(bp_loader *loader, const bp_place *place, const char *expected);
/* The file, line and column of a place. */
bp_where bp_place_where(const bp_loader *loader, const bp_place *place);
/* The place as it outlives the tree: in the arena. */
bp_origin bp_place_origin(bp_loader *loader, const bp_place *place);
/* The text in the arena; "" (and faults->refused) when memory is refused. */
const char *bp_loader_text(bp_loader *loader, const char *bytes, size_t length);

/* json_read.c: members of objects by tables of readers. */
typedef void bp_reader(bp_loader *loader, const bp_place *place, void *target);
typedef struct {
    const char *name;
    bp_reader *read; /* NULL: known, read elsewhere. */
    size_t offset;   /* Of the target in the record. */
} bp_member;

/* Reads all members of the object at `place` into `record`; an unknown one is a fault with a
 * suggestion. False where it is no object. */
bool bp_read_members(bp_loader *loader, const bp_place *place, const bp_member *members,
                     size_t count, void *record);
#define BP_READ_MEMBERS(loader, place, members, record)                                            \
    bp_read_members(loader, place, members, sizeof(members) / sizeof((members)[0]), record)
/* The place of a member, whose node is NULL where it is not given. */
bp_place bp_place_member(const bp_place *object, const char *name);

/* Readers; the target's type is beside each. A fault leaves the target as it was. */
void bp_read_text(bp_loader *loader, const bp_place *place, void *target); /* bp_text */
void bp_read_string(bp_loader *loader, const bp_place *place,
                    void *target); /* const char *, not empty */
void bp_read_id(bp_loader *loader, const bp_place *place, void *target); /* const char * */
void bp_read_name(bp_loader *loader, const bp_place *place,
                  void *target); /* const char *, an indicator's */
void bp_read_url(bp_loader *loader, const bp_place *place, void *target);       /* const char * */
void bp_read_day(bp_loader *loader, const bp_place *place, void *target);       /* const char * */
void bp_read_date(bp_loader *loader, const bp_place *place, void *target);      /* const char * */
void bp_read_period(bp_loader *loader, const bp_place *place, void *target);    /* const char * */
void bp_read_reference(bp_loader *loader, const bp_place *place, void *target); /* bp_reference */
void bp_read_decimals(bp_loader *loader, const bp_place *place, void *target);  /* int */
void bp_read_qualifier(bp_loader *loader, const bp_place *place, void *target); /* bp_qualifier */
void bp_read_status(bp_loader *loader, const bp_place *place, void *target);    /* char */
/* The string at `place`, or NULL and a fault. */
const char *bp_read_plain(bp_loader *loader, const bp_place *place, const char *expected);
bool bp_is_id(const char *text);
bool bp_is_name(const char *text);
bool bp_is_language(const char *text);
bool bp_qualifier_read(const char *text, size_t length, bp_qualifier *out);

/* read.c: one JSON input. */
void bp_read_json(bp_loader *loader, const char *bytes, size_t length);
/* read_indicator.c */
void bp_read_indicator_members(bp_loader *loader, const bp_place *place, bp_indicator_draft *draft);

/* table_read.c */
void bp_read_table(bp_loader *loader, const bp_place *place);
/* Fills the table `id` from CSV or NDJSON bytes (by the first byte that is no space). */
void bp_read_table_file(bp_loader *loader, const char *id, const char *bytes, size_t length);

/* observations_csv.c */
void bp_read_observations_csv(bp_loader *loader, const char *bytes, size_t length);

/* link.c: references, required members, periods in order. derive.c: derivations, parts, checks.
 * Both after all inputs are read. */
void bp_link(bp_loader *loader);
void bp_derive(bp_loader *loader);

/* table.c */
void bp_table_free(bp_table *table);

#endif
