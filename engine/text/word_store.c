/* Shaped words in memory: the word, its text, which look-ups compare, its runs and their glyphs are
 * one block. */
#include <assert.h>
#include <stdalign.h>
#include <string.h>

#include "base/mem.h"
#include "text/shaper_private.h"

/* Measures a run and adds it to its word. */
static void count_run(bp_word *word, bp_run *run)
{
    double units = bp_font_measures(run->font)->units, advance = 0, spaces = 0;
    uint32_t clusters = 0, space_count = 0;
    for (size_t i = 0; i < run->glyph_count; i++) {
        double one = (double)run->glyphs[i].advance;
        advance += one;
        clusters += bp_run_ends_cluster(run, i);
        if (bp_run_is_space(run, i)) {
            space_count++;
            spaces += one;
        }
    }
    run->advance = advance;
    run->cluster_count = clusters;
    run->space_count = space_count;
    word->advance += run->advance / units;
    word->spaces += spaces / units;
    word->space_count += run->space_count;
    word->cluster_count += run->cluster_count;
}

/* Trailing spaces are the last in logical order. */
static void count_trailing(bp_word *word, const char *text, size_t length)
{
    size_t end = length;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    for (uint32_t r = 0; end < length && r < word->run_count; r++) {
        const bp_run *run = &word->runs[r];
        size_t offset = (size_t)(run->text - word->runs[0].text);
        if (run->is_rtl) /* Visual order: the last run begins the text. */
            offset = (size_t)(run->text - word->runs[word->run_count - 1].text);
        for (size_t i = 0; i < run->glyph_count; i++)
            if (offset + run->glyphs[i].cluster >= end) {
                word->trailing += run->glyphs[i].advance / bp_font_measures(run->font)->units;
                word->trailing_count++;
            }
    }
}

/* Bytes of a word's text in its block, with a NUL: what is behind it is aligned. */
static size_t room_of_text(size_t length)
{
    return (length + 8) & ~(size_t)7;
}

bp_word *bp_word_store(bp_shaper *shaper, const char *text, size_t length, bool is_rtl, bool is_own)
{
    size_t run_count = BP_BUF_COUNT(&shaper->runs, bp_run);
    size_t run_bytes = shaper->runs.length, glyph_bytes = shaper->glyphs.length;
    size_t text_bytes = room_of_text(length);
    size_t size = sizeof(bp_word) + text_bytes + run_bytes + glyph_bytes;
    char *block = is_own ? bp_alloc(size) : bp_generation_alloc(shaper, size);
    if (block == NULL)
        return NULL;
    bp_word *word = (bp_word *)(void *)block;
    char *copy = block + sizeof *word;
    bp_run *runs = (bp_run *)(void *)(copy + text_bytes);
    bp_glyph *glyphs = (bp_glyph *)(void *)(copy + text_bytes + run_bytes);
    static_assert(alignof(bp_run) <= 8 && sizeof(bp_word) % 8 == 0 && sizeof(bp_run) % 8 == 0,
                  "blocks are packed");
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (glyph_bytes != 0)
        memcpy(glyphs, shaper->glyphs.bytes, glyph_bytes);
    *word = (bp_word){.runs = runs, .run_count = (uint32_t)run_count};
    size_t glyph_at = 0, text_at = 0;
    for (size_t i = 0; i < run_count; i++) { /* Scratch runs are in logical order. */
        const bp_run *from = &BP_BUF_ITEMS(&shaper->runs, bp_run)[i];
        bp_run *run = &runs[is_rtl ? run_count - 1 - i : i];
        *run = *from;
        run->glyphs = glyphs + glyph_at;
        run->text = copy + text_at;
        run->serial = ++shaper->next_serial;
        glyph_at += run->glyph_count;
        text_at += run->text_length;
        count_run(word, run);
    }
    count_trailing(word, text, length);
    shaper->stats.glyphs += glyph_at;
    return word;
}

/* A word is one block, so its copy is the same bytes with pointers moved. */
bp_word *bp_word_copy(bp_shaper *shaper, const bp_word *word)
{
    size_t length = 0, glyph_count = 0;
    for (uint32_t r = 0; r < word->run_count; r++) {
        length += word->runs[r].text_length;
        glyph_count += word->runs[r].glyph_count;
    }
    size_t text_bytes = room_of_text(length);
    size_t size = sizeof *word + text_bytes + word->run_count * sizeof(bp_run) +
                  glyph_count * sizeof(bp_glyph);
    char *block = bp_generation_alloc(shaper, size);
    if (block == NULL)
        return NULL;
    memcpy(block, word, size);
    bp_word *copy = (bp_word *)(void *)block;
    bp_run *runs = (bp_run *)(void *)(block + sizeof *copy + text_bytes);
    copy->runs = runs;
    for (uint32_t r = 0; r < copy->run_count; r++) {
        runs[r].glyphs =
            (const void *)(block + ((const char *)runs[r].glyphs - (const char *)word));
        runs[r].text = block + (runs[r].text - (const char *)word);
        runs[r].serial = ++shaper->next_serial;
    }
    return copy;
}
