/* Plain words: see plain_private.h. rules.c reads which lookups could touch a word; which of them
 * are on is HarfBuzz's own answer. A calm word's glyphs follow from its letters one by one, and an
 * advance from a glyph and the next, so both are taken from words HarfBuzz has shaped and kept: the
 * glyph of a letter by face set, advances by font, since features rarely change those. */
#include "text/plain_private.h"

#include <hb-ot.h>
#include <hb.h>
#include <string.h>

#include "base/mem.h"
#include "text/font_private.h"

#define SLOT_MOST 128 /* Glyphs of a font that advances are kept for, less one. */
#define UNKNOWN INT16_MIN
#define LOOKUPS_MOST 1024

/* The advances of a font: rows[a][b] is that of glyph a before glyph b. Slot 0 is a word's end. */
typedef struct bp_pairs {
    struct bp_pairs *next;
    const bp_font *font;
    hb_set_t *lookups; /* Of GPOS: with the same ones on, advances are the same. */
    unsigned slot_count;
    uint32_t glyphs[SLOT_MOST];
    int16_t *rows[SLOT_MOST];
} bp_pairs;

struct bp_plain {
    bp_rules rules;
    bp_pairs *pairs;                /* Lent by the shaper. NULL: no word is calm. */
    uint8_t slots[BP_LETTER_COUNT]; /* Of each letter's glyph; 0: not known yet. */
    hb_feature_t *features;
    unsigned feature_count;
};

/* HarfBuzz sets these around a fraction slash, which no plain word has. */
static const hb_tag_t fractions[] = {HB_TAG('f', 'r', 'a', 'c'), HB_TAG('n', 'u', 'm', 'r'),
                                     HB_TAG('d', 'n', 'o', 'm')};
#define FRACTION_COUNT (sizeof fractions / sizeof fractions[0])

/* Features that are on by themselves and cost much; the others may stay on. */
static const hb_tag_t costly[] = {HB_TAG('c', 'c', 'm', 'p'), HB_TAG('c', 'a', 'l', 't'),
                                  HB_TAG('l', 'i', 'g', 'a')};
#define COSTLY_COUNT (sizeof costly / sizeof costly[0])

static hb_segment_properties_t properties_of(const bp_face_set *faces)
{
    return (hb_segment_properties_t){
        .direction = HB_DIRECTION_LTR, .script = HB_SCRIPT_LATIN, .language = faces->language};
}

/* Shapers of Apple's and SIL's tables do as they like. */
static bool has_other_rules(const bp_sfnt *sfnt)
{
    static const char *const tags[] = {"morx", "mort", "kerx", "trak", "Silf"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (bp_sfnt_table(sfnt, tags[i]).size != 0)
            return true;
    return false;
}

/* Whether HarfBuzz kerns by GPOS, as it looks for it; otherwise it would take the table kern. */
static bool kerns_by_gpos(hb_face_t *face, const bp_face_set *faces)
{
    unsigned script_count = HB_OT_MAX_TAGS_PER_SCRIPT;
    unsigned language_count = HB_OT_MAX_TAGS_PER_LANGUAGE;
    hb_tag_t scripts[HB_OT_MAX_TAGS_PER_SCRIPT], languages[HB_OT_MAX_TAGS_PER_LANGUAGE], chosen;
    unsigned script = 0, language = 0, feature = 0;
    hb_ot_tags_from_script_and_language(HB_SCRIPT_LATIN, faces->language, &script_count, scripts,
                                        &language_count, languages);
    (void)hb_ot_layout_table_select_script(face, HB_OT_TAG_GPOS, script_count, scripts, &script,
                                           &chosen);
    (void)hb_ot_layout_script_select_language(face, HB_OT_TAG_GPOS, script, language_count,
                                              languages, &language);
    return hb_ot_layout_language_find_feature(face, HB_OT_TAG_GPOS, script, language,
                                              HB_TAG('k', 'e', 'r', 'n'), &feature);
}

/* The lookups of a set, in `out`; SIZE_MAX where they are too many. */
static size_t list_lookups(const hb_set_t *set, bp_lookup *out)
{
    size_t count = 0;
    hb_codepoint_t index = HB_SET_VALUE_INVALID;
    while (hb_set_next(set, &index)) {
        if (count == LOOKUPS_MOST)
            return SIZE_MAX;
        out[count++] = (bp_lookup){.index = index};
    }
    return count;
}

static bool has_marks(hb_face_t *face, const bp_rules *rules)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&rules->glyphs, uint32_t); i++)
        if (hb_ot_layout_get_glyph_class(face, BP_BUF_ITEMS(&rules->glyphs, uint32_t)[i]) ==
            HB_OT_LAYOUT_GLYPH_CLASS_MARK)
            return true;
    return false;
}

/* The advances of the font with these lookups on, shared or new; NULL when memory is refused. */
static bp_pairs *find_pairs(bp_shaper *shaper, const bp_font *font, const hb_set_t *lookups)
{
    for (bp_pairs *pairs = shaper->pairs; pairs != NULL; pairs = pairs->next)
        if (pairs->font == font && hb_set_is_equal(pairs->lookups, lookups))
            return pairs;
    bp_pairs *pairs = bp_alloc_zero(1, sizeof *pairs);
    if (pairs == NULL)
        return NULL;
    pairs->font = font;
    pairs->slot_count = 1;
    pairs->lookups = hb_set_create();
    hb_set_set(pairs->lookups, lookups);
    if (!hb_set_allocation_successful(pairs->lookups)) {
        hb_set_destroy(pairs->lookups);
        bp_free(pairs);
        return NULL;
    }
    pairs->next = shaper->pairs;
    return shaper->pairs = pairs;
}

static void switch_off(bp_plain *plain, hb_tag_t tag)
{
    plain->features[plain->feature_count++] =
        (hb_feature_t){tag, 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

/* The style's features, and fractions off where the style does not name them. */
static void begin_features(bp_plain *plain, const bp_face_set *faces)
{
    plain->feature_count = faces->feature_count;
    if (faces->feature_count != 0)
        memcpy(plain->features, faces->features, faces->feature_count * sizeof *plain->features);
    for (size_t i = 0; i < FRACTION_COUNT; i++) {
        bool is_named = false;
        for (unsigned k = 0; k < faces->feature_count; k++)
            is_named = is_named || faces->features[k].tag == fractions[i];
        if (!is_named)
            switch_off(plain, fractions[i]);
    }
}

/* Switches off what costs much and can only match words that are not calm: none of its lookups
 * exchanges single glyphs. */
static void end_features(bp_plain *plain, hb_face_t *face, const bp_lookup *lookups, size_t count)
{
    for (size_t i = 0; i < COSTLY_COUNT; i++) {
        hb_set_t *of_feature = hb_set_create();
        hb_tag_t tags[] = {costly[i], HB_TAG_NONE};
        hb_ot_layout_collect_lookups(face, HB_OT_TAG_GPOS, NULL, NULL, tags, of_feature);
        bool is_needed = !hb_set_is_empty(of_feature);
        hb_ot_layout_collect_lookups(face, HB_OT_TAG_GSUB, NULL, NULL, tags, of_feature);
        is_needed = is_needed || !hb_set_allocation_successful(of_feature);
        for (size_t k = 0; k < count; k++)
            is_needed =
                is_needed || (lookups[k].is_simple && hb_set_has(of_feature, lookups[k].index));
        if (!is_needed && !hb_set_is_empty(of_feature))
            switch_off(plain, costly[i]);
        hb_set_destroy(of_feature);
    }
}

/* Reads the rules that are on; `pairs` stays NULL where they are beyond us. */
static void read_rules(bp_plain *plain, bp_shaper *shaper, const bp_face_set *faces,
                       bp_lookup lookups[2][LOOKUPS_MOST])
{
    const bp_font *font = faces->fonts[0];
    hb_font_t *shaping = bp_font_shaping(font);
    hb_face_t *face = hb_font_get_face(shaping);
    bp_sfnt sfnt;
    size_t size = 0;
    const unsigned char *bytes = bp_font_bytes(font, &size);
    if (!bp_sfnt_open(&sfnt, bytes, size, bp_font_face(font), NULL) || has_other_rules(&sfnt))
        return;
    unsigned place_count = 0;
    const int *place = hb_font_get_var_coords_normalized(shaping, &place_count);
    hb_segment_properties_t properties = properties_of(faces);
    hb_shape_plan_t *plan = hb_shape_plan_create_cached2(
        face, &properties, plain->features, plain->feature_count, place, place_count, NULL);
    const char *shaper_name = hb_shape_plan_get_shaper(plan);
    hb_set_t *gsub = hb_set_create(), *gpos = hb_set_create();
    size_t gsub_count = SIZE_MAX, gpos_count = SIZE_MAX;
    if (shaper_name != NULL && strcmp(shaper_name, "ot") == 0) {
        hb_ot_shape_plan_collect_lookups(plan, HB_OT_TAG_GSUB, gsub);
        hb_ot_shape_plan_collect_lookups(plan, HB_OT_TAG_GPOS, gpos);
        if (hb_set_allocation_successful(gsub) && hb_set_allocation_successful(gpos)) {
            gsub_count = list_lookups(gsub, lookups[0]);
            gpos_count = list_lookups(gpos, lookups[1]);
        }
    }
    bool is_kerned_otherwise =
        bp_sfnt_table(&sfnt, "kern").size != 0 && !kerns_by_gpos(face, faces);
    if (gsub_count != SIZE_MAX && gpos_count != SIZE_MAX && !is_kerned_otherwise) {
        uint32_t glyphs[BP_LETTER_COUNT];
        for (unsigned i = 0; i < BP_LETTER_COUNT; i++)
            glyphs[i] = bp_font_glyph(font, bp_letter_character(BP_LETTER_FIRST + i));
        bp_rules_read(&plain->rules, glyphs, bp_sfnt_table(&sfnt, "GSUB"), lookups[0], gsub_count,
                      bp_sfnt_table(&sfnt, "GPOS"), lookups[1], gpos_count);
        if (!plain->rules.is_unknown && !has_marks(face, &plain->rules)) {
            end_features(plain, face, lookups[0], gsub_count);
            plain->pairs = find_pairs(shaper, font, gpos);
        }
    }
    hb_set_destroy(gsub);
    hb_set_destroy(gpos);
    hb_shape_plan_destroy(plan);
}

bp_plain *bp_plain_new(bp_shaper *shaper, const bp_face_set *faces)
{
    bp_plain *plain = bp_alloc_zero(1, sizeof *plain);
    bp_lookup(*lookups)[LOOKUPS_MOST] = bp_alloc(2 * sizeof *lookups);
    if (plain != NULL)
        plain->features = bp_alloc((faces->feature_count + FRACTION_COUNT + COSTLY_COUNT) *
                                   sizeof *plain->features);
    bool ok = plain != NULL && lookups != NULL && plain->features != NULL;
    if (ok) {
        begin_features(plain, faces);
        read_rules(plain, shaper, faces, lookups);
    }
    bp_free(lookups);
    if (ok)
        return plain;
    bp_plain_free(plain);
    return NULL;
}

void bp_plain_free(bp_plain *plain)
{
    if (plain == NULL)
        return;
    bp_rules_clear(&plain->rules);
    bp_free(plain->features);
    bp_free(plain);
}

void bp_plain_clear(bp_shaper *shaper)
{
    for (bp_pairs *pairs = shaper->pairs, *next; pairs != NULL; pairs = next) {
        next = pairs->next;
        for (unsigned i = 0; i < pairs->slot_count; i++)
            bp_free(pairs->rows[i]);
        hb_set_destroy(pairs->lookups);
        bp_free(pairs);
    }
    shaper->pairs = NULL;
}

bool bp_plain_is_calm(const bp_plain *plain, const char *word, size_t length)
{
    bp_letters letters = {{0}};
    if (plain->pairs == NULL)
        return false;
    for (size_t i = 0; i < length; i++)
        bp_letters_add(&letters, (unsigned char)word[i]);
    return !bp_rules_may_match(&plain->rules, letters);
}

static unsigned slot_of(const bp_plain *plain, char c)
{
    return plain->slots[(unsigned char)c - BP_LETTER_FIRST];
}

/* The advance of letter `i` of a word whose glyphs are in `slot` and, behind it, in `next`; UNKNOWN
 * where that is not known. */
static int16_t advance_of(const bp_plain *plain, unsigned slot, unsigned next, bool is_end)
{
    const int16_t *row = slot == 0 || (next == 0 && !is_end) ? NULL : plain->pairs->rows[slot];
    return row == NULL ? UNKNOWN : row[next];
}

bool bp_plain_set(const bp_plain *plain, const char *word, size_t length, bp_glyph *glyphs)
{
    unsigned slot = length == 0 ? 0 : slot_of(plain, word[0]);
    uint16_t cluster = 0;
    for (size_t i = 0; i < length; i++) {
        bool is_end = i + 1 == length;
        unsigned next = is_end ? 0 : slot_of(plain, word[i + 1]);
        int16_t advance = advance_of(plain, slot, next, is_end);
        if (advance == UNKNOWN)
            return false;
        glyphs[i] = (bp_glyph){
            .id = (uint16_t)plain->pairs->glyphs[slot], .cluster = cluster, .advance = advance};
        cluster = (uint16_t)(cluster + bp_letter_size((unsigned char)word[i]));
        slot = next;
    }
    return true;
}

bool bp_plain_ask(const bp_plain *plain, const char *word, size_t length, bp_buf *letters)
{
    size_t asked = 0; /* Letters of the word looked at and, where needed, there. */
    for (size_t i = 0; i < length; i++) {
        bool is_end = i + 1 == length;
        unsigned next = is_end ? 0 : slot_of(plain, word[i + 1]);
        if (advance_of(plain, slot_of(plain, word[i]), next, is_end) != UNKNOWN)
            continue;
        size_t from = asked > i ? asked : i, to = is_end ? i + 1 : i + 2;
        if (to > from && !bp_buf_add(letters, word + from, to - from))
            return false;
        asked = to;
    }
    return true;
}

/* The glyph's slot; 0 where there is no room for it. */
static unsigned find_slot(bp_pairs *pairs, uint32_t glyph)
{
    unsigned slot = 1;
    while (slot < pairs->slot_count && pairs->glyphs[slot] != glyph)
        slot++;
    if (slot == SLOT_MOST)
        return 0;
    if (slot == pairs->slot_count)
        pairs->glyphs[pairs->slot_count++] = glyph;
    return slot;
}

static void learn_advance(bp_pairs *pairs, unsigned slot, unsigned next, float advance)
{
    if (!(advance > UNKNOWN && advance <= INT16_MAX))
        return;
    if (pairs->rows[slot] == NULL) {
        int16_t *row = bp_alloc(SLOT_MOST * sizeof *row);
        if (row == NULL)
            return;
        for (size_t i = 0; i < SLOT_MOST; i++)
            row[i] = UNKNOWN;
        pairs->rows[slot] = row;
    }
    pairs->rows[slot][next] = (int16_t)advance;
}

void bp_plain_learn(bp_plain *plain, const char *word, size_t length, const bp_glyph *glyphs,
                    size_t glyph_count)
{
    bool is_plain = glyph_count == length;
    size_t cluster = 0;
    for (size_t i = 0; is_plain && i < length; i++) {
        unsigned slot = slot_of(plain, word[i]);
        is_plain = glyphs[i].cluster == cluster && glyphs[i].dx == 0 && glyphs[i].dy == 0 &&
                   (slot == 0 || plain->pairs->glyphs[slot] == glyphs[i].id);
        cluster += bp_letter_size((unsigned char)word[i]);
    }
    if (!is_plain) { /* The rules were misread: HarfBuzz is right. */
        plain->pairs = NULL;
        return;
    }
    for (size_t i = 0; i < length; i++) {
        uint8_t *slot = &plain->slots[(unsigned char)word[i] - BP_LETTER_FIRST];
        if (*slot == 0)
            *slot = (uint8_t)find_slot(plain->pairs, glyphs[i].id);
    }
    for (size_t i = 0; i < length; i++) {
        unsigned slot = slot_of(plain, word[i]);
        unsigned next = i + 1 < length ? slot_of(plain, word[i + 1]) : 0;
        if (slot != 0 && (next != 0 || i + 1 == length))
            learn_advance(plain->pairs, slot, next, glyphs[i].advance);
    }
}

const struct hb_feature_t *bp_plain_features(const bp_plain *plain, unsigned *count)
{
    *count = plain->feature_count;
    return plain->features;
}
