/* A set of texts: see names.h. */
#include "pdf/names.h"

#include <string.h>

#include "base/hash.h"

void bp_names_clear(bp_names *names)
{
    bp_buf_clear(&names->bytes);
    bp_buf_clear(&names->offsets);
    bp_buf_clear(&names->slots);
}

size_t bp_names_count(const bp_names *names)
{
    return BP_BUF_COUNT(&names->offsets, size_t);
}

const char *bp_names_at(const bp_names *names, uint32_t number, size_t *length)
{
    const size_t *offsets = BP_BUF_ITEMS(&names->offsets, size_t);
    size_t end = number + 1 < bp_names_count(names) ? offsets[number + 1] : names->bytes.length;
    if (length != NULL)
        *length = end - offsets[number] - 1;
    return names->bytes.bytes + offsets[number];
}

/* The slot where the text is or would be. There is always a free one. */
static uint32_t *find_slot(const bp_names *names, const char *text, size_t length)
{
    uint32_t *slots = BP_BUF_ITEMS(&names->slots, uint32_t);
    size_t mask = BP_BUF_COUNT(&names->slots, uint32_t) - 1;
    for (size_t i = (size_t)bp_hash_quick(text, length) & mask;; i = (i + 1) & mask) {
        if (slots[i] == 0)
            return &slots[i];
        size_t other = 0;
        const char *there = bp_names_at(names, slots[i] - 1, &other);
        if (other == length && memcmp(there, text, length) == 0)
            return &slots[i];
    }
}

uint32_t bp_names_find(const bp_names *names, const char *text, size_t length)
{
    if (names->slots.length == 0)
        return BP_NAMES_NONE;
    uint32_t slot = *find_slot(names, text, length);
    return slot == 0 ? BP_NAMES_NONE : slot - 1;
}

/* Twice as many slots as texts at least. */
static bool make_room(bp_names *names)
{
    size_t have = BP_BUF_COUNT(&names->slots, uint32_t);
    if (2 * (bp_names_count(names) + 1) <= have)
        return true;
    size_t wanted = have == 0 ? 16 : 2 * have;
    bp_buf bigger = {0};
    if (bp_buf_push(&bigger, wanted * sizeof(uint32_t)) == NULL)
        return false;
    bp_buf_clear(&names->slots);
    names->slots = bigger;
    for (uint32_t i = 0; i < bp_names_count(names); i++) {
        size_t length = 0;
        const char *text = bp_names_at(names, i, &length);
        *find_slot(names, text, length) = i + 1;
    }
    return true;
}

uint32_t bp_names_add(bp_names *names, const char *text, size_t length)
{
    uint32_t number = bp_names_find(names, text, length);
    if (number != BP_NAMES_NONE)
        return number;
    if (!make_room(names) || !bp_buf_reserve(&names->bytes, length + 1))
        return BP_NAMES_NONE;
    size_t *offset = bp_buf_push(&names->offsets, sizeof *offset);
    if (offset == NULL)
        return BP_NAMES_NONE;
    *offset = names->bytes.length;
    (void)bp_buf_add(&names->bytes, text, length);
    (void)bp_buf_char(&names->bytes, '\0'); /* Both fit: room was made above. */
    number = (uint32_t)bp_names_count(names) - 1;
    *find_slot(names, text, length) = number + 1;
    return number;
}
