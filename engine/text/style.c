/* Styles: each spec is kept once, so that styles compare by address, and split into what the glyphs
 * depend on (bp_face_set) and what is only measured or painted. */
#include <hb.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "text/font_private.h"
#include "text/plain_private.h"
#include "text/shaper_private.h"

#define FAMILIES_MOST 32

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What a face set depends on. */
static bool same_faces(const bp_style_spec *a, const bp_style_spec *b)
{
    if (a->family_count != b->family_count || a->weight != b->weight ||
        a->is_italic != b->is_italic || a->allow_missing != b->allow_missing ||
        !same_text(a->features, b->features) || !same_text(a->language, b->language))
        return false;
    for (size_t i = 0; i < a->family_count; i++)
        if (strcmp(a->families[i], b->families[i]) != 0)
            return false;
    return true;
}

/* Numbers are compared as numbers: two ways to write one size are one style. */
static bool same_spec(const bp_style_spec *a, const bp_style_spec *b)
{
    return !(a->size < b->size || a->size > b->size) &&
           !(a->tracking < b->tracking || a->tracking > b->tracking) &&
           !(a->rise < b->rise || a->rise > b->rise) &&
           !(a->word_space < b->word_space || a->word_space > b->word_space) &&
           a->color == b->color && same_faces(a, b);
}

static uint64_t hash_number(double number, uint64_t seed)
{
    number += 0.0; /* -0 becomes 0. */
    return bp_text_hash(&number, sizeof number, seed);
}

static uint64_t hash_spec(const bp_style_spec *spec)
{
    uint64_t hash = (uint64_t)spec->weight << 34 | (uint64_t)spec->is_italic << 33 |
                    (uint64_t)spec->allow_missing << 32 | spec->color;
    for (size_t i = 0; i < spec->family_count; i++)
        hash = bp_text_hash(spec->families[i], strlen(spec->families[i]), hash);
    if (spec->features != NULL)
        hash = bp_text_hash(spec->features, strlen(spec->features), hash);
    hash = bp_text_hash(spec->language, strlen(spec->language), hash);
    hash = hash_number(spec->size, hash);
    hash = hash_number(spec->tracking, hash);
    return hash_number(spec->word_space, hash_number(spec->rise, hash));
}

static bool check_spec(const bp_style_spec *spec, bp_error *err)
{
    if (spec->family_count == 0 || spec->family_count > FAMILIES_MOST)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "a style names 1 to %d font families, got %zu",
                       FAMILIES_MOST, spec->family_count);
    if (!(spec->size > 0 && spec->size <= 10000))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "a font size is above 0 and at most 10000 points");
    if (spec->weight < 1 || spec->weight > 1000)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "a font weight is from 1 to 1000, got %d",
                       spec->weight);
    if (!(fabs(spec->tracking) <= 10000) || !(fabs(spec->rise) <= 10000))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "tracking and rise are from -10000 to 10000");
    if (!(spec->word_space > 0 && spec->word_space <= 100))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "a word space is above 0 and at most 100");
    return true;
}

/* Reads "tnum", "-liga", "+ss01" or "aalt=2". HarfBuzz's own reader takes "no such" for a feature.
 */
static bool read_feature(const char *text, size_t length, hb_feature_t *feature)
{
    bool is_off = length > 0 && *text == '-';
    size_t at = is_off || (length > 0 && *text == '+') ? 1 : 0, tag = at;
    for (; at < length && at < tag + 4; at++)
        if (!((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z') ||
              (text[at] >= '0' && text[at] <= '9')))
            return false;
    if (at != tag + 4)
        return false;
    *feature = (hb_feature_t){hb_tag_from_string(text + tag, 4), !is_off, HB_FEATURE_GLOBAL_START,
                              HB_FEATURE_GLOBAL_END};
    if (at == length)
        return true;
    if (text[at] != '=' || tag != 0 || length - at > 5)
        return false;
    feature->value = 0;
    for (at++; at < length && text[at] >= '0' && text[at] <= '9'; at++)
        feature->value = feature->value * 10 + (uint32_t)(text[at] - '0');
    return at == length && text[at - 1] != '=';
}

static bool read_features(bp_face_set *faces, const char *text, bp_error *err)
{
    size_t count = 1;
    for (const char *p = text; p != NULL && *p != '\0'; p++)
        count += *p == ',';
    faces->features = bp_alloc_zero(count, sizeof *faces->features);
    if (faces->features == NULL)
        return bp_fail_memory(err);
    for (const char *p = text; p != NULL && *p != '\0';) {
        p += strspn(p, " ");
        size_t length = strcspn(p, ", ");
        if (!read_feature(p, length, &faces->features[faces->feature_count]))
            return bp_fail(err, BP_ERR_SCRIPT, NULL,
                           "\"%.*s\" is no OpenType feature; write tags as in \"tnum,-liga\"",
                           length > 64 ? 64 : (int)length, p);
        faces->feature_count++;
        p += length;
        p += strspn(p, " ");
        if (*p != '\0' && *p != ',')
            return bp_fail(err, BP_ERR_SCRIPT, NULL,
                           "OpenType features are parted by commas, as in \"tnum,-liga\"");
        p += *p == ',';
    }
    return true;
}

bool bp_language_is_han(const char *language)
{
    return (strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0) &&
           (language[2] == '\0' || language[2] == '-' || language[2] == '_');
}

/* The four letters of a tag's script; NULL where it names none. */
static const char *script_subtag(const char *language)
{
    for (const char *at = language; (at = strpbrk(at, "-_")) != NULL;) {
        size_t length = strcspn(++at, "-_");
        if (length == 4 && !(at[0] >= '0' && at[0] <= '9'))
            return at;
    }
    return NULL;
}

/* A list of our own: ICU's opens its data for it, and knows no Dari. */
bool bp_language_is_rtl(const char *language)
{
    static const char scripts[][5] = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo",
                                      "Adlm", "Rohg", "Mand", "Samr"};
    static const char languages[][4] = {"ar",  "he",  "fa",  "ur",  "yi",  "ps",  "sd",
                                        "ug",  "dv",  "ks",  "ckb", "arc", "syr", "nqo",
                                        "prs", "pnb", "azb", "rhg", "iw",  "ji"};
    const char *script = script_subtag(language);
    for (size_t i = 0; script != NULL && i < sizeof scripts / sizeof *scripts; i++)
        if (strncasecmp(script, scripts[i], 4) == 0)
            return true;
    size_t length = strcspn(language, "-_");
    for (size_t i = 0; script == NULL && i < sizeof languages / sizeof *languages; i++)
        if (strlen(languages[i]) == length && strncasecmp(languages[i], language, length) == 0)
            return true;
    return false;
}

/* Chinese that does not say it is the other: of Taiwan, Hong Kong, Macau. */
static bool is_simplified(const char *language)
{
    static const char *const others[] = {"Hant", "TW", "HK", "MO"};
    if (!bp_language_is_han(language) || language[0] != 'z')
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strstr(language + 2, others[i]) != NULL)
            return false;
    return true;
}

/* Plain Chinese is Simplified: fonts choose their forms by script. */
static const char *shaping_language(const char *language)
{
    if (strcmp(language, "zh") == 0 || strcmp(language, "zh-CN") == 0 ||
        strcmp(language, "zh_CN") == 0)
        return "zh-Hans";
    return language;
}

bp_font *bp_face_set_font(bp_shaper *shaper, bp_face_set *faces, size_t i, bp_error *err)
{
    if (faces->fonts[i] == NULL)
        faces->fonts[i] = bp_catalog_find(shaper->catalog, faces->spec->families[i],
                                          faces->spec->weight, faces->spec->is_italic, err);
    return faces->fonts[i];
}

static void free_faces(bp_face_set *faces)
{
    if (faces == NULL)
        return;
    bp_buf_clear(&faces->extra);
    bp_buf_clear(&faces->marks);
    bp_free(faces->fonts);
    bp_free(faces->features);
    bp_free(faces->hyphen);
    bp_plain_free(faces->plain);
    bp_free(faces);
}

static bool fill_faces(bp_shaper *shaper, bp_face_set *faces, const bp_style_spec *spec,
                       bp_error *err)
{
    faces->spec = spec;
    faces->id = (uint32_t)BP_BUF_COUNT(&shaper->face_sets, bp_face_set *) + 1;
    faces->han_font = -2;
    faces->is_han = bp_language_is_han(spec->language);
    faces->is_simplified = is_simplified(spec->language);
    faces->language = hb_language_from_string(shaping_language(spec->language), -1);
    faces->fonts = bp_alloc_zero(spec->family_count, sizeof(bp_font *));
    if (faces->fonts == NULL)
        return bp_fail_memory(err);
    if (!read_features(faces, spec->features, err))
        return false;
    bp_font *first = bp_face_set_font(shaper, faces, 0, err);
    if (first == NULL)
        return false;
    /* Marks that Latin shares with Chinese are of the font with Han there. */
    for (uint32_t c = faces->is_han ? ' ' : BP_LETTER_FIRST; c < BP_LETTER_FIRST + BP_LETTER_COUNT;
         c++)
        if (bp_font_glyph(first, bp_letter_character(c)) != 0)
            faces->letters[c / 32] |= 1u << c % 32;
    /* The others are opened when a character needs them, but a misspelt name shows at once. */
    for (size_t i = 1; i < spec->family_count; i++)
        if (!bp_catalog_has(shaper->catalog, spec->families[i]) &&
            bp_face_set_font(shaper, faces, i, err) == NULL)
            return false;
    return true;
}

/* `spec` must live as long as the shaper. */
static bp_face_set *find_faces(bp_shaper *shaper, const bp_style_spec *spec, bp_error *err)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&shaper->face_sets, bp_face_set *); i++) {
        bp_face_set *faces = BP_BUF_ITEMS(&shaper->face_sets, bp_face_set *)[i];
        if (same_faces(faces->spec, spec))
            return faces;
    }
    bp_face_set *faces = bp_alloc_zero(1, sizeof *faces);
    if (faces == NULL)
        (void)bp_fail_memory(err);
    else if (fill_faces(shaper, faces, spec, err) &&
             (bp_buf_add(&shaper->face_sets, &faces, sizeof faces) || bp_fail_memory(err)))
        return faces;
    free_faces(faces);
    return NULL;
}

static void free_style(bp_style *style)
{
    if (style == NULL)
        return;
    for (size_t i = 0; style->spec.families != NULL && i < style->spec.family_count; i++)
        bp_free((char *)(uintptr_t)style->spec.families[i]);
    bp_free((void *)(uintptr_t)style->spec.families);
    bp_free((char *)(uintptr_t)style->spec.features);
    bp_free((char *)(uintptr_t)style->spec.language);
    bp_free(style);
}

/* A style that owns copies of the spec's strings. */
static bp_style *copy_style(const bp_style_spec *spec, uint64_t hash)
{
    bp_style *style = bp_alloc_zero(1, sizeof *style);
    if (style == NULL)
        return NULL;
    const char **families = bp_alloc_zero(spec->family_count, sizeof *families);
    style->spec = *spec;
    style->hash = hash;
    style->spec.families = families;
    style->spec.features = spec->features != NULL ? bp_copy_text(spec->features) : NULL;
    style->spec.language = bp_copy_text(spec->language);
    bool ok = families != NULL && style->spec.language != NULL &&
              (spec->features == NULL || style->spec.features != NULL);
    for (size_t i = 0; ok && i < spec->family_count; i++) {
        families[i] = bp_copy_text(spec->families[i]);
        ok = families[i] != NULL;
    }
    if (ok)
        return style;
    free_style(style);
    return NULL;
}

static bp_style **find_slot(bp_shaper *shaper, const bp_style_spec *spec, uint64_t hash)
{
    bp_style **slots = BP_BUF_ITEMS(&shaper->styles, bp_style *);
    size_t mask = BP_BUF_COUNT(&shaper->styles, bp_style *) - 1, i = hash & mask;
    while (slots[i] != NULL && !(slots[i]->hash == hash && same_spec(&slots[i]->spec, spec)))
        i = (i + 1) & mask;
    return &slots[i];
}

static bool grow_styles(bp_shaper *shaper)
{
    size_t size = BP_BUF_COUNT(&shaper->styles, bp_style *);
    if (shaper->style_count * 2 < size)
        return true;
    bp_buf old = shaper->styles, bigger = {0};
    size_t bytes = (size == 0 ? 64 : size * 2) * sizeof(bp_style *);
    if (!bp_buf_reserve(&bigger, bytes))
        return false;
    memset(bigger.bytes, 0, bytes);
    bigger.length = bytes;
    shaper->styles = bigger;
    for (size_t i = 0; i < size; i++) {
        bp_style *style = BP_BUF_ITEMS(&old, bp_style *)[i];
        if (style != NULL)
            *find_slot(shaper, &style->spec, style->hash) = style;
    }
    bp_buf_clear(&old);
    return true;
}

const bp_style *bp_style_find(bp_shaper *shaper, const bp_style_spec *given, bp_error *err)
{
    bp_style_spec spec = *given;
    spec.weight = spec.weight == 0 ? 400 : spec.weight;
    spec.word_space = spec.word_space > 0 || spec.word_space < 0 ? spec.word_space : 1;
    spec.language = spec.language == NULL || spec.language[0] == '\0' ? "en" : spec.language;
    spec.features = spec.features != NULL && spec.features[0] == '\0' ? NULL : spec.features;
    if (!check_spec(&spec, err))
        return NULL;
    if (!grow_styles(shaper)) {
        (void)bp_fail_memory(err);
        return NULL;
    }
    uint64_t hash = hash_spec(&spec);
    bp_style **slot = find_slot(shaper, &spec, hash);
    if (*slot != NULL)
        return *slot;
    bp_style *style = copy_style(&spec, hash);
    if (style == NULL)
        (void)bp_fail_memory(err);
    else if ((style->faces = find_faces(shaper, &style->spec, err)) != NULL) {
        shaper->style_count++;
        return *slot = style;
    }
    free_style(style);
    return NULL;
}

void bp_styles_clear(bp_shaper *shaper)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&shaper->face_sets, bp_face_set *); i++)
        free_faces(BP_BUF_ITEMS(&shaper->face_sets, bp_face_set *)[i]);
    for (size_t i = 0; i < BP_BUF_COUNT(&shaper->styles, bp_style *); i++)
        free_style(BP_BUF_ITEMS(&shaper->styles, bp_style *)[i]);
    bp_buf_clear(&shaper->face_sets);
    bp_buf_clear(&shaper->styles);
}

const bp_style_spec *bp_style_values(const bp_style *style)
{
    return &style->spec;
}

bp_font *bp_style_font(const bp_style *style)
{
    return style->faces->fonts[0];
}
