/* Codes of embedded fonts: see embed.h. An ASCII character gets its own code where that is free, so
 * that pages can be read in an editor. Codes whose last byte would need a backslash in a string ( (
 * ) \ CR LF ) are never given out: strings are then plain copies. */
#include "pdf/embed.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

static bool needs_escape(unsigned byte)
{
    return byte == '(' || byte == ')' || byte == '\\' || byte == '\r' || byte == '\n';
}

static void free_use(bp_use *use)
{
    if (use == NULL)
        return;
    bp_font_drop(use->font);
    bp_buf_clear(&use->codes);
    bp_buf_clear(&use->slots);
    bp_names_clear(&use->texts);
    bp_free(use);
}

void bp_uses_clear(bp_uses *uses)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&uses->uses, bp_use *); i++)
        free_use(BP_BUF_ITEMS(&uses->uses, bp_use *)[i]);
    bp_buf_clear(&uses->uses);
    uses->last = NULL;
}

bp_use *bp_uses_add(bp_uses *uses, bp_objects *objects, bp_font *font, bp_error *err)
{
    size_t number = BP_BUF_COUNT(&uses->uses, bp_use *);
    bp_use *use = bp_alloc_zero(1, sizeof *use);
    if (use == NULL || !bp_buf_reserve(&uses->uses, sizeof use)) {
        bp_free(use);
        bp_fail_memory(err);
        return NULL;
    }
    use->ref = bp_objects_add(objects, err);
    if (use->ref == 0) {
        bp_free(use);
        return NULL;
    }
    use->font = bp_font_keep(font);
    use->number = (unsigned)number;
    use->unit = 1 / bp_font_measures(font)->units;
    use->next = 0x8000;
    for (unsigned c = 0; c < 128; c++)
        use->plain[c].glyph = UINT32_MAX;
    for (unsigned c = 0; c < 128; c++)
        if (needs_escape(c))
            use->taken[c / 64] |= UINT64_C(1) << c % 64;
    *(bp_use **)bp_buf_push(&uses->uses, sizeof use) = use;
    uses->last = use;
    return use;
}

bp_use *bp_uses_find(bp_uses *uses, bp_objects *objects, bp_font *font, bp_error *err)
{
    if (uses->last != NULL && uses->last->font == font)
        return uses->last;
    for (size_t i = BP_BUF_COUNT(&uses->uses, bp_use *); i-- > 0;) {
        bp_use *use = BP_BUF_ITEMS(&uses->uses, bp_use *)[i];
        if (use->font == font)
            return uses->last = use;
    }
    return bp_uses_add(uses, objects, font, err);
}

static bool is_free(const bp_use *use, unsigned code)
{
    return (use->taken[code / 64] >> code % 64 & 1) == 0;
}

/* The next code for a text; false where all are given out. Control codes come first, then those of
 * letters from the far end, so that a font of Latin letters keeps the codes a reader expects. */
static bool give_code(bp_use *use, uint32_t text, uint16_t *code)
{
    unsigned chosen = 128;
    if (text >= ' ' && text < 127 && is_free(use, text))
        chosen = text;
    for (unsigned c = 1; chosen == 128 && c < ' '; c++)
        if (is_free(use, c))
            chosen = c;
    for (unsigned c = 127; chosen == 128 && c >= ' '; c--)
        if (is_free(use, c))
            chosen = c;
    if (chosen < 128) {
        use->taken[chosen / 64] |= UINT64_C(1) << chosen % 64;
        *code = (uint16_t)chosen;
        return true;
    }
    if (use->next == 0)
        return false;
    *code = use->next;
    do
        use->next++; /* Ends at 0 behind 0xffff. */
    while (needs_escape(use->next & 0xff));
    return true;
}

static uint32_t *find_slot(const bp_use *use, uint32_t glyph, uint32_t text)
{
    uint32_t *slots = BP_BUF_ITEMS(&use->slots, uint32_t);
    const bp_glyph_code *codes = BP_BUF_ITEMS(&use->codes, bp_glyph_code);
    size_t mask = BP_BUF_COUNT(&use->slots, uint32_t) - 1;
    uint64_t mixed = ((uint64_t)glyph << 32 | text) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = (size_t)(mixed >> 40) & mask;; i = (i + 1) & mask) {
        if (slots[i] == 0)
            return &slots[i];
        const bp_glyph_code *code = &codes[slots[i] - 1];
        if (code->glyph == glyph && code->text == text)
            return &slots[i];
    }
}

static bool make_room(bp_use *use)
{
    size_t have = BP_BUF_COUNT(&use->slots, uint32_t);
    size_t count = BP_BUF_COUNT(&use->codes, bp_glyph_code);
    if (2 * (count + 1) <= have)
        return true;
    bp_buf bigger = {0};
    if (bp_buf_push(&bigger, (have == 0 ? 256 : 2 * have) * sizeof(uint32_t)) == NULL)
        return false;
    bp_buf_clear(&use->slots);
    use->slots = bigger;
    const bp_glyph_code *codes = BP_BUF_ITEMS(&use->codes, bp_glyph_code);
    for (uint32_t i = 0; i < count; i++)
        *find_slot(use, codes[i].glyph, codes[i].text) = i + 1;
    return true;
}

uint32_t bp_use_code(bp_use *use, uint32_t glyph, const char *text, size_t length)
{
    size_t at = 0;
    uint32_t key = length != 0 ? bp_utf8_next(text, length, &at) : 0;
    if (at != length || key == BP_UTF8_BAD) {
        key = bp_names_add(&use->texts, text, length);
        if (key == BP_NAMES_NONE)
            return BP_CODE_REFUSED;
        key |= BP_CODE_MANY;
    }
    if (!make_room(use))
        return BP_CODE_REFUSED;
    uint32_t *slot = find_slot(use, glyph, key);
    if (*slot == 0) {
        bp_glyph_code made = {.glyph = glyph, .text = key};
        if (!bp_buf_reserve(&use->codes, sizeof made))
            return BP_CODE_REFUSED;
        if (!give_code(use, key, &made.code))
            return BP_CODE_FULL;
        double width = bp_font_advance(use->font, glyph) * use->unit * 1000;
        made.width = (uint16_t)lround(width < 0 ? 0 : width > 65535 ? 65535 : width);
        (void)bp_buf_add(&use->codes, &made, sizeof made); /* Fits: room was made. */
        *slot = (uint32_t)BP_BUF_COUNT(&use->codes, bp_glyph_code);
    }
    const bp_glyph_code *code = &BP_BUF_ITEMS(&use->codes, bp_glyph_code)[*slot - 1];
    if (key < 128)
        use->plain[key] = (bp_plain_code){glyph, code->code, code->width};
    return *slot - 1;
}

const char *bp_use_text(const bp_use *use, const bp_glyph_code *code, char scratch[4],
                        size_t *length)
{
    if (code->text & BP_CODE_MANY)
        return bp_names_at(&use->texts, code->text & ~BP_CODE_MANY, length);
    *length = code->text == 0 ? 0 : bp_utf8_put(code->text, scratch);
    return scratch;
}
