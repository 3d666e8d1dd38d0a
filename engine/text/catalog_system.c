/* The fonts of the system, through fontconfig, which alone knows where a distribution keeps them.
 * It reads its configuration and caches when it starts, so it is only asked when folders and
 * manifest have no answer. What it says is taken as a list of files; weight and style come from the
 * files themselves. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/reads.h"
#include "text/catalog_private.h"
#include "text/fontconfig_private.h"

struct bp_system_fonts {
    const bp_fontconfig *fc; /* NULL: the library is missing. */
    FcConfig *config;
};

/* Notes each path of a list, and ends it: as a folder, or as a file and its folder, to which other
 * files of configuration may come. */
static void note_all(const bp_fontconfig *fc, FcStrList *list, bool are_folders)
{
    const char *path;
    while (list != NULL && (path = (const char *)fc->FcStrListNext(list)) != NULL) {
        char *folder = are_folders ? NULL : bp_path_folder(path, NULL);
        bp_file_map map;
        if (!are_folders && bp_file_map_open(&map, path, NULL)) /* Opening it notes it. */
            bp_file_map_clear(&map);
        if (are_folders || folder != NULL)
            bp_reads_note_folder(are_folders ? path : folder);
        bp_free(folder);
    }
    if (list != NULL)
        fc->FcStrListDone(list);
}

/* What its answers depend on: whoever asks must hear of a font that is installed later. */
static void note_reads(const bp_system_fonts *fonts)
{
    static const char *const variables[] = {"FONTCONFIG_FILE",    "FONTCONFIG_PATH",
                                            "FONTCONFIG_SYSROOT", "XDG_CONFIG_HOME",
                                            "XDG_DATA_HOME",      "HOME"};
    const bp_fontconfig *fc = fonts->fc;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        bp_reads_note_variable(variables[i], getenv(variables[i]));
    if (fonts->config == NULL)
        return;
    note_all(fc, fc->FcConfigGetConfigFiles(fonts->config), false);
    note_all(fc, fc->FcConfigGetConfigDirs(fonts->config), true);
    note_all(fc, fc->FcConfigGetFontDirs(fonts->config), true);
}

bp_system_fonts *bp_system_fonts_new(void)
{
    bp_system_fonts *fonts = bp_alloc_zero(1, sizeof *fonts);
    if (fonts == NULL)
        return NULL;
    fonts->fc = bp_fontconfig_open();
    fonts->config = fonts->fc != NULL ? fonts->fc->FcInitLoadConfigAndFonts() : NULL;
    if (bp_reads_is_on())
        note_reads(fonts);
    return fonts;
}

bool bp_system_fonts_are_there(void)
{
    return bp_fontconfig_open() != NULL;
}

void bp_system_fonts_free(bp_system_fonts *fonts)
{
    if (fonts == NULL)
        return;
    if (fonts->config != NULL)
        fonts->fc->FcConfigDestroy(fonts->config);
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
static bool read_places(const bp_fontconfig *fc, const FcFontSet *set, size_t most, bp_buf *places)
{
    for (int i = 0; i < set->nfont && BP_BUF_COUNT(places, place) < most; i++) {
        FcChar8 *file = NULL;
        int index = 0;
        if (fc->FcPatternGetString(set->fonts[i], FC_FILE, 0, &file) != FcResultMatch)
            continue;
        (void)fc->FcPatternGetInteger(set->fonts[i], FC_INDEX, 0, &index);
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
    const bp_fontconfig *fc = fonts->fc;
    if (fonts->config == NULL)
        return true;
    bp_buf places = {0};
    FcPattern *pattern = fc->FcPatternCreate();
    FcObjectSet *objects = fc->FcObjectSetBuild(FC_FILE, FC_INDEX, (char *)NULL);
    bool ok = pattern != NULL && objects != NULL;
    if (ok && family != NULL)
        ok = fc->FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcFontSet *set = ok ? fc->FcFontList(fonts->config, pattern, objects) : NULL;
    ok = set != NULL && read_places(fc, set, SIZE_MAX, &places);
    if (ok && places.length != 0)
        qsort(places.bytes, BP_BUF_COUNT(&places, place), sizeof(place), compare_places);
    ok = ok && add_places(&places, family, list);
    bp_buf_clear(&places);
    if (set != NULL)
        fc->FcFontSetDestroy(set);
    if (objects != NULL)
        fc->FcObjectSetDestroy(objects);
    if (pattern != NULL)
        fc->FcPatternDestroy(pattern);
    return ok;
}

static FcPattern *describe(const bp_fontconfig *fc, FcCharSet *characters, const char *language,
                           int weight, bool is_italic)
{
    FcPattern *pattern = fc->FcPatternCreate();
    if (pattern == NULL)
        return NULL;
    if (fc->FcPatternAddCharSet(pattern, FC_CHARSET, characters) &&
        fc->FcPatternAddInteger(pattern, FC_WEIGHT, fc->FcWeightFromOpenType(weight)) &&
        fc->FcPatternAddInteger(pattern, FC_SLANT, is_italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN) &&
        fc->FcPatternAddBool(pattern, FC_SCALABLE, FcTrue) &&
        fc->FcPatternAddBool(pattern, FC_COLOR, FcFalse) &&
        (language == NULL || fc->FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)language)))
        return pattern;
    fc->FcPatternDestroy(pattern);
    return NULL;
}

/* Sorting by likeness names every font; only those whose character set holds the character are of
 * use. */
bool bp_system_fonts_add_for(bp_system_fonts *fonts, uint32_t character, const char *language,
                             int weight, bool is_italic, size_t most, bp_face_list *list)
{
    const bp_fontconfig *fc = fonts->fc;
    if (fonts->config == NULL)
        return true;
    bp_buf places = {0};
    FcFontSet *set = NULL;
    FcCharSet *characters = fc->FcCharSetCreate();
    FcPattern *pattern = NULL;
    bool ok = characters != NULL && fc->FcCharSetAddChar(characters, character);
    if (ok)
        pattern = describe(fc, characters, language, weight, is_italic);
    ok = pattern != NULL && fc->FcConfigSubstitute(fonts->config, pattern, FcMatchPattern);
    if (ok) {
        fc->FcDefaultSubstitute(pattern);
        FcResult result = FcResultMatch;
        set = fc->FcFontSort(fonts->config, pattern, FcFalse, NULL, &result);
    }
    for (int i = 0; set != NULL && ok && i < set->nfont && BP_BUF_COUNT(&places, place) < most;
         i++) {
        FcCharSet *has = NULL;
        FcFontSet one = {.nfont = 1, .sfont = 1, .fonts = &set->fonts[i]};
        if (fc->FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &has) == FcResultMatch &&
            fc->FcCharSetHasChar(has, character))
            ok = read_places(fc, &one, most, &places);
    }
    ok = ok && add_places(&places, NULL, list);
    bp_buf_clear(&places);
    if (set != NULL)
        fc->FcFontSetDestroy(set);
    if (pattern != NULL)
        fc->FcPatternDestroy(pattern);
    if (characters != NULL)
        fc->FcCharSetDestroy(characters);
    return ok;
}
