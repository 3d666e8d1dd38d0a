/* The fonts of the system, through fontconfig, which alone knows where a distribution keeps them.
 * It reads its configuration and caches when it starts, so it is only asked when folders and
 * manifest have no answer. What it says is taken as a list of files; weight and style come from the
 * files themselves. */
#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/catalog_private.h"

struct bp_system_fonts {
    FcConfig *config;
};

bp_system_fonts *bp_system_fonts_new(void)
{
    bp_system_fonts *fonts = bp_alloc_zero(1, sizeof *fonts);
    if (fonts == NULL)
        return NULL;
    fonts->config = FcInitLoadConfigAndFonts();
    return fonts;
}

void bp_system_fonts_free(bp_system_fonts *fonts)
{
    if (fonts == NULL)
        return;
    if (fonts->config != NULL)
        FcConfigDestroy(fonts->config);
    bp_free(fonts);
}

typedef struct {
    const char *file;
    int face;
} place;

static int compare_places(const void *a, const void *b)
{
    const place *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    return order != 0 ? order : (x->face > y->face) - (x->face < y->face);
}

/* The upper half of an index names an instance of a variable font; the face is all we want. */
static bool read_places(const FcFontSet *set, size_t most, bp_buf *places)
{
    for (int i = 0; i < set->nfont && BP_BUF_COUNT(places, place) < most; i++) {
        FcChar8 *file = NULL;
        int index = 0;
        if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &file) != FcResultMatch)
            continue;
        (void)FcPatternGetInteger(set->fonts[i], FC_INDEX, 0, &index);
        place one = {(const char *)file, index & 0xffff};
        if (!bp_buf_add(places, &one, sizeof one))
            return false;
    }
    return true;
}

static bool add_places(const bp_buf *places, const char *family, bp_face_list *list)
{
    const place *all = BP_BUF_ITEMS(places, place);
    bool ok = true;
    for (size_t i = 0; ok && i < BP_BUF_COUNT(places, place); i++) {
        bool is_again = i > 0 && compare_places(&all[i - 1], &all[i]) == 0;
        ok = is_again || bp_face_list_add_file(list, all[i].file, all[i].face, family);
    }
    return ok;
}

bool bp_system_fonts_add(bp_system_fonts *fonts, const char *family, bp_face_list *list)
{
    if (fonts->config == NULL)
        return true;
    bp_buf places = {0};
    FcPattern *pattern = FcPatternCreate();
    FcObjectSet *objects = FcObjectSetBuild(FC_FILE, FC_INDEX, (char *)NULL);
    bool ok = pattern != NULL && objects != NULL;
    if (ok && family != NULL)
        ok = FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcFontSet *set = ok ? FcFontList(fonts->config, pattern, objects) : NULL;
    ok = set != NULL && read_places(set, SIZE_MAX, &places);
    if (ok && places.length != 0)
        qsort(places.bytes, BP_BUF_COUNT(&places, place), sizeof(place), compare_places);
    ok = ok && add_places(&places, family, list);
    bp_buf_clear(&places);
    if (set != NULL)
        FcFontSetDestroy(set);
    if (objects != NULL)
        FcObjectSetDestroy(objects);
    if (pattern != NULL)
        FcPatternDestroy(pattern);
    return ok;
}

static FcPattern *describe(FcCharSet *characters, const char *language, int weight, bool is_italic)
{
    FcPattern *pattern = FcPatternCreate();
    if (pattern == NULL)
        return NULL;
    if (FcPatternAddCharSet(pattern, FC_CHARSET, characters) &&
        FcPatternAddInteger(pattern, FC_WEIGHT, FcWeightFromOpenType(weight)) &&
        FcPatternAddInteger(pattern, FC_SLANT, is_italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN) &&
        FcPatternAddBool(pattern, FC_SCALABLE, FcTrue) &&
        FcPatternAddBool(pattern, FC_COLOR, FcFalse) &&
        (language == NULL || FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)language)))
        return pattern;
    FcPatternDestroy(pattern);
    return NULL;
}

/* Sorting by likeness names every font; only those whose character set holds the character are of
 * use. */
bool bp_system_fonts_add_for(bp_system_fonts *fonts, uint32_t character, const char *language,
                             int weight, bool is_italic, size_t most, bp_face_list *list)
{
    if (fonts->config == NULL)
        return true;
    bp_buf places = {0};
    FcFontSet *set = NULL;
    FcCharSet *characters = FcCharSetCreate();
    FcPattern *pattern = NULL;
    bool ok = characters != NULL && FcCharSetAddChar(characters, character);
    if (ok)
        pattern = describe(characters, language, weight, is_italic);
    ok = pattern != NULL && FcConfigSubstitute(fonts->config, pattern, FcMatchPattern);
    if (ok) {
        FcDefaultSubstitute(pattern);
        FcResult result = FcResultMatch;
        set = FcFontSort(fonts->config, pattern, FcFalse, NULL, &result);
    }
    for (int i = 0; set != NULL && ok && i < set->nfont && BP_BUF_COUNT(&places, place) < most;
         i++) {
        FcCharSet *has = NULL;
        FcFontSet one = {.nfont = 1, .sfont = 1, .fonts = &set->fonts[i]};
        if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &has) == FcResultMatch &&
            FcCharSetHasChar(has, character))
            ok = read_places(&one, most, &places);
    }
    ok = ok && add_places(&places, NULL, list);
    bp_buf_clear(&places);
    if (set != NULL)
        FcFontSetDestroy(set);
    if (pattern != NULL)
        FcPatternDestroy(pattern);
    if (characters != NULL)
        FcCharSetDestroy(characters);
    return ok;
}
