/* The shaper: shaped words by style and bytes. A report sets the same words again and again, so a
 * look-up is one hash and one comparison, and nothing is allocated for a word that is known.
 *
 * Words live in generations. While the cache is below its bound there is one; when it is trimmed, a
 * new one begins with copies of the words that were asked for often, and the old one ends as soon
 * as no paragraph holds it. So the memory of a long register is bounded although every row
 * brings names and figures that never come again, and its other words are shaped once. */
#include "text/shape.h"

#include <hb.h>
#include <limits.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/plain_private.h"
#include "text/shaper_private.h"

/* Of words and their table: a share of what the run holds. A book of 10,000 different words has
 * 30,000 with their marks, 8 MiB of them; with a third of that it makes three times as many, which
 * costs it 5 % of its time, less than the memory would. */
#define CACHE_BYTES_LEAST ((size_t)2 << 20)
#define CACHE_BYTES_MOST ((size_t)3 << 20)
#define CACHE_SHARE 4
#define KEPT_SHARE 4 /* Of the cache: most that is copied when it is trimmed. */
/* Times. A figure is asked for when it is measured, when it is drawn, and perhaps once more. */
#define OFTEN 5
/* A shaper with more styles is not used for another text: they are never ended one by one. */
#define STYLES_MOST 1000
#define BLOCK_BYTES (32u * 1024u - 64u) /* Small enough for the pool. */

struct block {
    struct block *next;
    size_t size;
};

uint64_t bp_text_hash(const void *bytes, size_t length, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t hash = seed ^ (length * 0x9e3779b97f4a7c15u), part;
    for (; length >= 8; length -= 8, at += 8) {
        memcpy(&part, at, 8);
        hash = (hash ^ part) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    part = 0;
    for (size_t i = 0; i < length; i++)
        part = part << 8 | at[i];
    hash = (hash ^ part) * 0xc4ceb9fe1a85ec53u;
    return hash ^ hash >> 29;
}

static bp_generation *add_generation(bp_shaper *shaper)
{
    bp_generation *generation = bp_alloc_zero(1, sizeof *generation);
    if (generation == NULL)
        return NULL;
    generation->older = shaper->generation;
    if (shaper->generation != NULL)
        shaper->generation->newer = generation;
    return shaper->generation = generation;
}

static void end_generation(bp_shaper *shaper, bp_generation *generation)
{
    for (struct block *block = generation->blocks, *next; block != NULL; block = next) {
        next = block->next;
        bp_free(block);
    }
    if (generation->older != NULL)
        generation->older->newer = generation->newer;
    if (generation->newer != NULL)
        generation->newer->older = generation->older;
    if (shaper->generation == generation)
        shaper->generation = generation->older;
    shaper->stats.bytes -= generation->bytes;
    bp_free(generation);
}

void *bp_generation_alloc(bp_shaper *shaper, size_t size)
{
    bp_generation *generation = shaper->generation;
    size = (size + 7) & ~(size_t)7;
    if (generation->blocks == NULL || size > generation->blocks->size - generation->used) {
        size_t room =
            size > BLOCK_BYTES - sizeof(struct block) ? size : BLOCK_BYTES - sizeof(struct block);
        struct block *block = bp_alloc(sizeof *block + room);
        if (block == NULL)
            return NULL;
        *block = (struct block){generation->blocks, room};
        generation->blocks = block;
        generation->used = 0;
        generation->bytes += sizeof *block + room;
        shaper->stats.bytes += sizeof *block + room;
    }
    void *found = (char *)(generation->blocks + 1) + generation->used;
    generation->used += size;
    return found;
}

bp_generation *bp_shaper_hold(bp_shaper *shaper)
{
    shaper->generation->holders++;
    return shaper->generation;
}

void bp_shaper_release(bp_shaper *shaper, bp_generation *held)
{
    if (held != NULL && --held->holders == 0 && held != shaper->generation)
        end_generation(shaper, held);
}

bp_shaper *bp_shaper_new(bp_catalog *catalog, bp_error *err)
{
    bp_shaper *shaper = bp_alloc_zero(1, sizeof *shaper);
    if (shaper != NULL) {
        shaper->catalog = catalog;
        shaper->breaks = bp_breaks_new();
        shaper->hyphens = bp_hyphens_new();
        shaper->cache_size = 1024;
        shaper->cache = bp_alloc_zero(shaper->cache_size, sizeof *shaper->cache);
        shaper->buffer = hb_buffer_create();
        if (shaper->breaks != NULL && shaper->hyphens != NULL && shaper->cache != NULL &&
            add_generation(shaper) != NULL && hb_buffer_allocation_successful(shaper->buffer))
            return shaper;
    }
    (void)bp_fail_memory(err);
    bp_shaper_free(shaper);
    return NULL;
}

bool bp_shaper_renew(bp_shaper *shaper)
{
    /* Fonts that were found for a character serve later ones too: that depends on the texts before.
     */
    for (size_t i = 0; i < BP_BUF_COUNT(&shaper->face_sets, bp_face_set *); i++)
        if (BP_BUF_ITEMS(&shaper->face_sets, bp_face_set *)[i]->extra.length != 0)
            return false;
    if (shaper->style_count > STYLES_MOST)
        return false;
    bp_hyphens_renew(shaper->hyphens);
    shaper->tell_missing = NULL;
    shaper->missing_owner = NULL;
    shaper->is_hushed = false;
    shaper->around = NULL;
    shaper->around_length = 0;
    return true;
}

static void clear_lines(bp_line_scratch *lines)
{
    bp_break_scratch_clear(&lines->breaking);
    bp_buf_clear(&lines->chosen);
    bp_buf_clear(&lines->hyphenated);
    bp_buf_clear(&lines->expanded);
    bp_buf_clear(&lines->ends);
    bp_buf_clear(&lines->pieces);
    bp_buf_clear(&lines->atoms);
    bp_buf_clear(&lines->levels);
    bp_buf_clear(&lines->gaps);
    bp_buf_clear(&lines->order);
    bp_buf_clear(&lines->ordered);
    bp_buf_clear(&lines->slack);
}

void bp_shaper_free(bp_shaper *shaper)
{
    if (shaper == NULL)
        return;
    while (shaper->generation != NULL)
        end_generation(shaper, shaper->generation);
    bp_styles_clear(shaper);
    bp_plain_clear(shaper);
    bp_breaks_free(shaper->breaks);
    bp_hyphens_free(shaper->hyphens);
    hb_buffer_destroy(shaper->buffer);
    bp_free(shaper->cache);
    clear_lines(&shaper->lines);
    bp_buf_clear(&shaper->letters);
    bp_buf_clear(&shaper->units);
    bp_buf_clear(&shaper->items);
    bp_buf_clear(&shaper->features);
    bp_buf_clear(&shaper->glyphs);
    bp_buf_clear(&shaper->runs);
    bp_buf_clear(&shaper->asked);
    bp_free(shaper);
}

bp_breaks *bp_shaper_breaks(bp_shaper *shaper)
{
    return shaper->breaks;
}

bp_hyphens *bp_shaper_hyphens(bp_shaper *shaper)
{
    return shaper->hyphens;
}

bp_line_scratch *bp_shaper_line_scratch(bp_shaper *shaper)
{
    return &shaper->lines;
}

bool bp_shaper_hyphen_source(const bp_shaper *shaper, size_t i, const char **name,
                             const char **print)
{
    return bp_hyphens_source(shaper->hyphens, i, name, print);
}

const char *bp_shaper_hyphen_file(const bp_shaper *shaper, size_t i)
{
    return bp_hyphens_file(shaper->hyphens, i);
}

bool bp_shaper_add_hyphen_folder(bp_shaper *shaper, const char *folder, bp_error *err)
{
    return bp_hyphens_add_folder(shaper->hyphens, folder, err);
}

static bool grow_cache(bp_shaper *shaper)
{
    if (shaper->cache_count * 4 < shaper->cache_size * 3)
        return true;
    size_t size = shaper->cache_size * 2;
    bp_cache_entry *bigger = bp_alloc_zero(size, sizeof *bigger);
    if (bigger == NULL)
        return shaper->cache_count + 1 < shaper->cache_size; /* Fuller, but one must stay free. */
    for (size_t i = 0; i < shaper->cache_size; i++) {
        if (shaper->cache[i].word == NULL)
            continue;
        size_t slot = shaper->cache[i].hash & (size - 1);
        while (bigger[slot].word != NULL)
            slot = (slot + 1) & (size - 1);
        bigger[slot] = shaper->cache[i];
    }
    bp_free(shaper->cache);
    shaper->cache = bigger;
    shaper->cache_size = size;
    return true;
}

/* A word's text follows it in memory. */
static const char *text_of(const bp_cache_entry *entry)
{
    return (const char *)(entry->word + 1);
}

static bp_cache_entry *find_entry(bp_shaper *shaper, uint32_t hash, uint32_t faces,
                                  const char *text, size_t length, unsigned form)
{
    size_t mask = shaper->cache_size - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        bp_cache_entry *entry = &shaper->cache[i];
        if (entry->word == NULL ||
            (entry->hash == hash && entry->faces == faces && entry->length == length &&
             entry->form == form && memcmp(text_of(entry), text, length) == 0))
            return entry;
    }
}

/* Copies words that were asked for often into the newest generation, up to `most` bytes; the table
 * is empty. Without memory the rest is shaped again when it is needed. */
static void keep_words(bp_shaper *shaper, const bp_cache_entry *entries, size_t count, size_t most)
{
    const bp_generation *generation = shaper->generation;
    for (size_t i = 0; i < count && generation->bytes < most; i++) {
        bp_cache_entry entry = entries[i];
        entry.word = bp_word_copy(shaper, entry.word);
        if (entry.word == NULL)
            return;
        entry.asked = 0;
        *find_entry(shaper, entry.hash, entry.faces, text_of(&entry), entry.length, entry.form) =
            entry;
        shaper->cache_count++;
    }
}

/* Bytes that the newest generation and the table may take. */
static size_t room(const bp_shaper *shaper)
{
    size_t most = bp_mem.bytes / CACHE_SHARE;
    most = most < CACHE_BYTES_LEAST ? CACHE_BYTES_LEAST : most;
    most = most > CACHE_BYTES_MOST ? CACHE_BYTES_MOST : most;
    size_t held = shaper->stats.bytes - shaper->generation->bytes; /* Of earlier generations. */
    return most - (held < most / 2 ? held : most / 2);
}

void bp_shaper_trim(bp_shaper *shaper)
{
    bp_generation *old = shaper->generation;
    size_t table = shaper->cache_size * sizeof *shaper->cache;
    if (old->bytes + table <= CACHE_BYTES_LEAST / 2)
        return; /* Asked for each paragraph and line: there is always room for so much. */
    size_t most = room(shaper);
    if (old->bytes + table <= most || add_generation(shaper) == NULL)
        return; /* Without memory for a new one the old one goes on. */
    bp_buf often = {0};
    for (size_t i = 0; i < shaper->cache_size; i++)
        if (shaper->cache[i].word != NULL && shaper->cache[i].asked >= OFTEN &&
            !bp_buf_add(&often, &shaper->cache[i], sizeof *shaper->cache))
            break;
    memset(shaper->cache, 0, table);
    shaper->cache_count = 0;
    keep_words(shaper, BP_BUF_ITEMS(&often, bp_cache_entry), BP_BUF_COUNT(&often, bp_cache_entry),
               most / KEPT_SHARE);
    bp_buf_clear(&often);
    if (old->holders == 0)
        end_generation(shaper, old);
}

static const bp_word *make_word(bp_shaper *shaper, bp_face_set *faces, const char *text,
                                size_t length, unsigned form, uint32_t hash, bp_error *err)
{
    size_t bad_at = 0;
    if (length >= INT_MAX / 2) {
        (void)bp_fail(err, BP_ERR_LIMIT, NULL, "a text of %zu bytes is too long to shape", length);
        return NULL;
    }
    if (!bp_utf8_valid(text, length, &bad_at)) {
        (void)bp_fail(err, BP_ERR_DATA, NULL, "byte %zu of the text is no UTF-8", bad_at + 1);
        return NULL;
    }
    if (!grow_cache(shaper)) {
        (void)bp_fail_memory(err);
        return NULL;
    }
    bp_phase before = bp_phase_switch(BP_PHASE_SHAPE);
    const bp_word *word = bp_word_make(shaper, faces, text, length, form, false, err);
    (void)bp_phase_switch(before);
    if (word == NULL)
        return NULL;
    bool is_missing = false;
    for (uint32_t r = 0; r < word->run_count; r++)
        is_missing = is_missing || word->runs[r].is_missing;
    if (is_missing)
        bp_missing_tell(shaper, faces, text, length, word);
    *find_entry(shaper, hash, faces->id, text, length, form) =
        (bp_cache_entry){word, hash, faces->id, (uint32_t)length, 0, (uint8_t)form, is_missing};
    shaper->cache_count++;
    shaper->stats.misses++;
    return word;
}

const bp_word *bp_shape_word(bp_shaper *shaper, const bp_style *style, const char *text,
                             size_t length, int level, bp_error *err)
{
    unsigned form = (unsigned)(level & BP_FORM_RTL);
    form |= (level & BP_JOINS_BEFORE ? BP_FORM_JOINS_BEFORE : 0u) |
            (level & BP_JOINS_BEHIND ? BP_FORM_JOINS_BEHIND : 0u);
    uint32_t faces = style->faces->id;
    uint32_t hash = (uint32_t)bp_text_hash(text, length, (uint64_t)faces << 3 | form);
    bp_cache_entry *entry = find_entry(shaper, hash, faces, text, length, form);
    if (entry->word == NULL)
        return make_word(shaper, style->faces, text, length, form, hash, err);
    if (entry->asked < OFTEN)
        entry->asked++;
    shaper->stats.hits++;
    if (entry->is_missing)
        bp_missing_tell(shaper, style->faces, text, length, entry->word);
    return entry->word;
}

const bp_word *bp_shape_hyphen(bp_shaper *shaper, const bp_style *style, bp_error *err)
{
    bp_face_set *faces = style->faces;
    if (faces->hyphen == NULL) {
        /* As people type it: fonts may draw U+2010 otherwise, and words that have a hyphen of their
         * own stand beside those that are divided. */
        bool has_hyphen = bp_font_glyph(faces->fonts[0], '-') != 0;
        const char *text = has_hyphen ? "-" : "\xe2\x80\x90";
        faces->hyphen = bp_word_make(shaper, faces, text, strlen(text), 0, true, err);
        if (faces->hyphen != NULL && faces->hyphen->run_count == 1) {
            bp_run *run = (bp_run *)(uintptr_t)faces->hyphen->runs;
            run->text = "\xc2\xad";
            run->text_length = 2;
        }
    }
    return faces->hyphen;
}

bool bp_shape(bp_shaper *shaper, const bp_style *style, const char *text, size_t length, int level,
              const bp_run **runs, size_t *count, bp_error *err)
{
    const bp_word *word = bp_shape_word(shaper, style, text, length, level, err);
    if (word == NULL)
        return false;
    *runs = word->runs;
    *count = word->run_count;
    return true;
}

bp_shape_stats bp_shaper_stats(const bp_shaper *shaper)
{
    return shaper->stats;
}
