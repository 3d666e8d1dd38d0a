/* Records by id: see records.h. */
#include "data/records.h"

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

static const char *id_of(const void *record)
{
    const char *id;
    memcpy(&id, record, sizeof id);
    return id;
}

/* The slot that holds `id`, or the empty one where it would go. */
static size_t find_slot(const bp_records *records, const char *id)
{
    size_t mask = records->slot_count - 1;
    size_t slot = (size_t)bp_hash_quick(id, strlen(id)) & mask;
    while (records->slots[slot] != 0 &&
           strcmp(id_of(records->items[records->slots[slot] - 1].record), id) != 0)
        slot = (slot + 1) & mask;
    return slot;
}

bp_entry *bp_records_find(const bp_records *records, const char *id)
{
    if (records->slot_count == 0)
        return NULL;
    uint32_t at = records->slots[find_slot(records, id)];
    return at ? &records->items[at - 1] : NULL;
}

static bool grow_slots(bp_records *records, bp_arena *arena)
{
    size_t more = records->slot_count ? records->slot_count * 2 : 16;
    uint32_t *slots = bp_arena_take(arena, more, sizeof *slots);
    if (slots == NULL)
        return false;
    records->slots = slots;
    records->slot_count = more;
    for (size_t i = 0; i < records->count; i++)
        slots[find_slot(records, id_of(records->items[i].record))] = (uint32_t)(i + 1);
    return true;
}

bp_entry *bp_records_add(bp_records *records, bp_arena *arena, void *record,
                         const bp_origin *origin)
{
    if (records->count * 2 >= records->slot_count && !grow_slots(records, arena))
        return NULL;
    bp_entry *entry =
        bp_arena_push(arena, &records->items, &records->count, &records->capacity, sizeof *entry);
    if (entry == NULL)
        return NULL;
    *entry = (bp_entry){record, *origin};
    records->slots[find_slot(records, id_of(record))] = (uint32_t)records->count;
    return entry;
}

/* Beyond this many ids a suggestion would cost more than it is worth. */
enum { SEARCHED_MOST = 20000 };

/* Edits up to which two names may be the same one misspelt. */
static size_t reach_of(const char *name)
{
    size_t length = strlen(name);
    return length < 3 ? 1 : length <= 8 ? 2 : 3;
}

static void try_name(const char *candidate, const char *name, const char **best, size_t *distance)
{
    size_t edits = bp_text_distance(candidate, name, *distance);
    if (edits < *distance) {
        *distance = edits;
        *best = candidate;
    }
}

const char *bp_records_nearest(const bp_records *records, const char *id)
{
    const char *best = NULL;
    size_t distance = reach_of(id) + 1;
    for (size_t i = 0; i < records->count && records->count <= SEARCHED_MOST; i++)
        if (records->items[i].origin.input != 0)
            try_name(id_of(records->items[i].record), id, &best, &distance);
    return best;
}

const char *bp_nearest_name(const char *const *names, size_t count, const char *name)
{
    const char *best = NULL;
    size_t distance = reach_of(name) + 1;
    for (size_t i = 0; i < count; i++)
        try_name(names[i], name, &best, &distance);
    return best;
}
