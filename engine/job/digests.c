/* Texts by their digests: see digests.h. Open addressing with linear steps; the digest itself is
 * the hash. */
#include "job/digests.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

enum { FIRST_ROOM = 64 };

static bp_digest digest_of(const char *text, size_t length)
{
    bp_hash hash;
    unsigned char bytes[32];
    bp_digest digest = {0};
    bp_hash_init(&hash);
    bp_hash_add(&hash, text, length);
    bp_hash_end(&hash, bytes);
    memcpy(digest.bits, bytes, sizeof digest.bits);
    if ((digest.bits[0] | digest.bits[1] | digest.bits[2]) == 0)
        digest.bits[0] = 1;
    return digest;
}

static bool is_free(const bp_digest *place)
{
    return (place->bits[0] | place->bits[1] | place->bits[2]) == 0;
}

/* The place of a digest, or the free one where it would be. */
static bp_digest *place_of(bp_digest *items, size_t room, const bp_digest *digest)
{
    size_t at = ((size_t)digest->bits[0] << 16 ^ digest->bits[1]) & (room - 1);
    while (!is_free(&items[at]) && memcmp(items[at].bits, digest->bits, sizeof digest->bits) != 0)
        at = (at + 1) & (room - 1);
    return &items[at];
}

static bool grow(bp_digests *digests)
{
    size_t room = digests->room ? digests->room * 2 : FIRST_ROOM;
    bp_digest *items = bp_alloc_zero(room, sizeof *items);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < digests->room; i++)
        if (!is_free(&digests->items[i]))
            *place_of(items, room, &digests->items[i]) = digests->items[i];
    bp_free(digests->items);
    digests->items = items;
    digests->room = room;
    return true;
}

uint32_t *bp_digests_find(const bp_digests *digests, const char *text, size_t length)
{
    if (digests->count == 0)
        return NULL;
    bp_digest digest = digest_of(text, length);
    bp_digest *place = place_of(digests->items, digests->room, &digest);
    return is_free(place) ? NULL : &place->number;
}

uint32_t *bp_digests_add(bp_digests *digests, const char *text, size_t length)
{
    /* Room before it is needed, so that a refusal changes nothing; a fifth stays free. */
    if (digests->count + 1 > digests->room / 5 * 4 && !grow(digests))
        return NULL;
    bp_digest digest = digest_of(text, length);
    bp_digest *place = place_of(digests->items, digests->room, &digest);
    if (is_free(place)) {
        *place = digest;
        digests->count++;
    }
    return &place->number;
}

void bp_digests_clear(bp_digests *digests)
{
    bp_free(digests->items);
    *digests = (bp_digests){0};
}
