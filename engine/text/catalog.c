/* Which file serves a family at a weight and style. Three lists of faces are asked in turn: the
 * user's folders, the manifest, the system. Only the manifest is read at the start; everything else
 * waits for the first question that needs it, because a rendering usually needs three or four
 * files. */
#include "text/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/reads.h"
#include "base/utf8.h"
#include "text/catalog_private.h"
#include "text/manifest.h"

#define FALLBACKS_MOST 16

/* A font that is open, and the face and weight it was opened for. */
typedef struct {
    bp_origin origin;
    size_t face;
    int weight;
    bp_font *font;
} open_font;

/* An answered question. */
typedef struct {
    char *family;
    int weight;
    bool is_italic;
    bp_font *font;
} answer;

struct bp_catalog {
    bp_manifest manifest;
    char *manifest_folder;
    bp_buf folders; /* Of char *, owned. */
    bool are_folders_scanned, use_system, is_all_listed;
    bp_system_fonts *system;
    bp_face_list lists[BP_ORIGIN_COUNT];
    bp_buf fonts;   /* Of open_font. */
    bp_buf answers; /* Of answer. */
    bp_buf listed;  /* Of bp_catalog_entry. */
};

static bool add_manifest(bp_catalog *catalog, const char *file, bp_error *err)
{
    catalog->manifest_folder = bp_path_folder(file, err);
    if (catalog->manifest_folder == NULL || !bp_manifest_load(&catalog->manifest, file, err))
        return false;
    bp_buf *faces = &catalog->lists[BP_ORIGIN_MANIFEST].faces;
    size_t count = BP_BUF_COUNT(&catalog->manifest.fonts, bp_manifest_font);
    if (!bp_buf_reserve(faces, count * sizeof(bp_catalog_face)))
        return bp_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        const bp_manifest_font *font = &BP_BUF_ITEMS(&catalog->manifest.fonts, bp_manifest_font)[i];
        bp_catalog_face face = {.family = font->family,
                                .folder = font->folder,
                                .file = font->file,
                                .package = font->package,
                                .licence = font->licence,
                                .weight = font->weight,
                                .weight_most = font->weight_most,
                                .width_class = 5,
                                .face = font->face,
                                .is_italic = font->is_italic};
        if (!bp_buf_add(faces, &face, sizeof face))
            return bp_fail_memory(err);
    }
    return true;
}

bp_catalog *bp_catalog_new(const char *manifest, const char *const *folders, size_t folder_count,
                           bool use_system, bp_error *err)
{
    bp_catalog *catalog = bp_alloc_zero(1, sizeof *catalog);
    if (catalog == NULL) {
        (void)bp_fail_memory(err);
        return NULL;
    }
    catalog->use_system = use_system;
    bool ok = manifest == NULL || add_manifest(catalog, manifest, err);
    for (size_t i = 0; ok && i < folder_count; i++) {
        char *copy = bp_copy_text(folders[i]);
        ok = copy != NULL && bp_buf_add(&catalog->folders, &copy, sizeof copy);
        if (!ok) {
            bp_free(copy);
            (void)bp_fail_memory(err);
        }
    }
    if (ok)
        return catalog;
    bp_catalog_free(catalog);
    return NULL;
}

void bp_catalog_free(bp_catalog *catalog)
{
    if (catalog == NULL)
        return;
    for (size_t i = 0; i < BP_BUF_COUNT(&catalog->fonts, open_font); i++)
        bp_font_drop(BP_BUF_ITEMS(&catalog->fonts, open_font)[i].font);
    for (size_t i = 0; i < BP_BUF_COUNT(&catalog->answers, answer); i++)
        bp_free(BP_BUF_ITEMS(&catalog->answers, answer)[i].family);
    for (size_t i = 0; i < BP_BUF_COUNT(&catalog->folders, char *); i++)
        bp_free(BP_BUF_ITEMS(&catalog->folders, char *)[i]);
    for (int i = 0; i < BP_ORIGIN_COUNT; i++)
        bp_face_list_clear(&catalog->lists[i]);
    bp_buf_clear(&catalog->fonts);
    bp_buf_clear(&catalog->answers);
    bp_buf_clear(&catalog->folders);
    bp_buf_clear(&catalog->listed);
    bp_system_fonts_free(catalog->system);
    bp_manifest_clear(&catalog->manifest);
    bp_free(catalog->manifest_folder);
    bp_free(catalog);
}

static bp_catalog_face *faces_of(bp_catalog *catalog, int origin, size_t *count)
{
    bp_buf *faces = &catalog->lists[origin].faces;
    *count = BP_BUF_COUNT(faces, bp_catalog_face);
    return BP_BUF_ITEMS(faces, bp_catalog_face);
}

static bool scan_folders(bp_catalog *catalog, bp_error *err)
{
    size_t count = catalog->are_folders_scanned ? 0 : BP_BUF_COUNT(&catalog->folders, char *);
    for (size_t i = 0; i < count; i++)
        if (!bp_face_list_scan(&catalog->lists[BP_ORIGIN_FOLDER],
                               BP_BUF_ITEMS(&catalog->folders, char *)[i], err)) {
            bp_face_list_clear(&catalog->lists[BP_ORIGIN_FOLDER]);
            return false;
        }
    catalog->are_folders_scanned = true;
    return true;
}

/* Starts fontconfig where that is allowed. `*is_there` says whether the system can be asked. */
static bool start_system(bp_catalog *catalog, bool *is_there, bp_error *err)
{
    *is_there = catalog->use_system;
    if (*is_there && catalog->system == NULL) {
        catalog->system = bp_system_fonts_new();
        if (catalog->system == NULL)
            return bp_fail_memory(err);
    }
    return true;
}

static bool ask_system(bp_catalog *catalog, const char *family, bp_error *err)
{
    bool is_there = false;
    size_t count;
    const bp_catalog_face *faces = faces_of(catalog, BP_ORIGIN_SYSTEM, &count);
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(faces[i].family, family) == 0)
            return true;
    if (!start_system(catalog, &is_there, err))
        return false;
    return !is_there ||
           bp_system_fonts_add(catalog->system, family, &catalog->lists[BP_ORIGIN_SYSTEM]) ||
           bp_fail_memory(err);
}

/* CSS: from 400 to 500 first up to 500, then down, then up; below 400 first down; above 500 first
 * up. The smaller, the better; 0 where the face has the weight itself. */
static int weight_distance(const bp_catalog_face *face, int wanted)
{
    if (wanted >= face->weight && wanted <= face->weight_most)
        return 0;
    bool is_heavier = face->weight > wanted;
    int distance = is_heavier ? face->weight - wanted : wanted - face->weight_most;
    if (wanted >= 400 && wanted <= 500)
        return is_heavier ? (face->weight <= 500 ? distance : 4000 + distance) : 2000 + distance;
    bool is_first_choice = is_heavier == (wanted > 500);
    return is_first_choice ? distance : 2000 + distance;
}

static int face_distance(const bp_catalog_face *face, int weight, bool is_italic)
{
    return abs(face->width_class - 5) * 100000 + (face->is_italic != is_italic ? 10000 : 0) +
           weight_distance(face, weight);
}

/* The index of the nearest face, or -1. `any` takes missing ones too. */
static ptrdiff_t nearest(bp_catalog *catalog, int origin, const char *family, int weight,
                         bool is_italic, bool any)
{
    size_t count;
    const bp_catalog_face *faces = faces_of(catalog, origin, &count);
    ptrdiff_t best = -1;
    int best_distance = 0;
    for (size_t i = 0; i < count; i++) {
        if ((faces[i].is_missing && !any) || strcasecmp(faces[i].family, family) != 0)
            continue;
        int distance = face_distance(&faces[i], weight, is_italic);
        if (best < 0 || distance < best_distance) {
            best = (ptrdiff_t)i;
            best_distance = distance;
        }
    }
    return best;
}

/* Makes the path and looks for the file, once. */
static bool find_file(bp_catalog *catalog, bp_catalog_face *face, bp_error *err)
{
    if (face->path != NULL)
        return true;
    char *folder = bp_path_join(catalog->manifest_folder, face->folder, err);
    char *path = folder != NULL ? bp_path_join(folder, face->file, err) : NULL;
    bp_free(folder);
    if (path == NULL)
        return false;
    face->path = path;
    face->is_missing = access(path, R_OK) != 0;
    bp_reads_note_look(path, !face->is_missing);
    return true;
}

static bp_font *open_face(bp_catalog *catalog, bp_origin origin, size_t index, int weight,
                          bp_error *err)
{
    size_t count;
    const bp_catalog_face *face = &faces_of(catalog, (int)origin, &count)[index];
    bp_font_axis axis = {.tag = "wght", .value = (float)weight};
    bool is_variable = face->weight_most > face->weight;
    if (!is_variable)
        weight = 0;
    else if (weight < face->weight)
        axis.value = (float)(weight = face->weight);
    else if (weight > face->weight_most)
        axis.value = (float)(weight = face->weight_most);
    for (size_t i = 0; i < BP_BUF_COUNT(&catalog->fonts, open_font); i++) {
        const open_font *o = &BP_BUF_ITEMS(&catalog->fonts, open_font)[i];
        if (o->origin == origin && o->face == index && o->weight == weight)
            return o->font;
    }
    bp_font *font = bp_font_load(face->path, face->face, &axis, is_variable ? 1 : 0, err);
    open_font entry = {origin, index, weight, font};
    if (font == NULL || bp_buf_add(&catalog->fonts, &entry, sizeof entry))
        return font;
    bp_font_drop(font);
    (void)bp_fail_memory(err);
    return NULL;
}

/* The nearest face whose file is there. False on an error; `*index` is -1 where the origin has
 * none. */
static bool find_face(bp_catalog *catalog, int origin, const char *family, int weight,
                      bool is_italic, ptrdiff_t *index, bp_error *err)
{
    size_t count;
    for (;;) {
        *index = nearest(catalog, origin, family, weight, is_italic, false);
        if (*index < 0)
            return true;
        bp_catalog_face *face = &faces_of(catalog, origin, &count)[*index];
        if (!find_file(catalog, face, err))
            return false;
        if (!face->is_missing)
            return true;
    }
}

static void add_near_names(bp_catalog *catalog, const char *family, bp_buf *text)
{
    const char *given[3];
    size_t given_count = 0, most = 1 + strlen(family) / 4;
    for (size_t limit = 0; limit <= most; limit++)
        for (int origin = 0; origin < BP_ORIGIN_COUNT; origin++) {
            size_t count;
            const bp_catalog_face *faces = faces_of(catalog, origin, &count);
            for (size_t i = 0; i < count && given_count < 3; i++) {
                bool is_new = bp_text_distance(faces[i].family, family, most) == limit;
                for (size_t k = 0; k < given_count; k++)
                    is_new = is_new && strcasecmp(given[k], faces[i].family) != 0;
                if (is_new)
                    given[given_count++] = faces[i].family;
            }
        }
    for (size_t k = 0; k < given_count; k++)
        (void)bp_buf_format(text, k == 0 ? "; did you mean \"%s\"" : " or \"%s\"", given[k]);
    if (given_count > 0)
        (void)bp_buf_char(text, '?');
}

static bool fail_family(bp_catalog *catalog, const char *family, int weight, bool is_italic,
                        bp_error *err)
{
    bp_buf hint = {0};
    size_t count;
    ptrdiff_t known = nearest(catalog, BP_ORIGIN_MANIFEST, family, weight, is_italic, true);
    if (known >= 0) {
        const char *package = faces_of(catalog, BP_ORIGIN_MANIFEST, &count)[known].package;
        if (package[0] != '\0')
            (void)bp_buf_format(
                &hint, "; install the Debian package %s or name a folder with --font-dir", package);
        (void)bp_fail(err, BP_ERR_RESOURCE, NULL, "font \"%s\" is not installed%s", family,
                      hint.bytes ? hint.bytes : "");
    } else {
        add_near_names(catalog, family, &hint);
        const char *damaged = catalog->lists[BP_ORIGIN_FOLDER].damaged;
        if (hint.length == 0 && damaged != NULL)
            (void)bp_buf_format(&hint, "; %s", damaged);
        if (hint.length == 0 && catalog->use_system && !bp_system_fonts_are_there())
            (void)bp_buf_text(&hint, "; those of the system were not asked, for the library "
                                     "libfontconfig.so.1 is missing");
        (void)bp_fail(err, BP_ERR_RESOURCE, NULL, "there is no font family \"%s\"%s", family,
                      hint.bytes ? hint.bytes : "; briefpress fonts lists those that serve");
    }
    bp_buf_clear(&hint);
    return false;
}

static bp_font *look_up(bp_catalog *catalog, const char *family, int weight, bool is_italic,
                        bp_error *err)
{
    if (!scan_folders(catalog, err))
        return NULL;
    for (int origin = 0; origin < BP_ORIGIN_COUNT; origin++) {
        ptrdiff_t index = -1;
        if ((origin == BP_ORIGIN_SYSTEM && !ask_system(catalog, family, err)) ||
            !find_face(catalog, origin, family, weight, is_italic, &index, err))
            return NULL;
        if (index >= 0)
            return open_face(catalog, (bp_origin)origin, (size_t)index, weight, err);
    }
    (void)fail_family(catalog, family, weight, is_italic, err);
    return NULL;
}

bp_font *bp_catalog_find(bp_catalog *catalog, const char *family, int weight, bool is_italic,
                         bp_error *err)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&catalog->answers, answer); i++) {
        const answer *a = &BP_BUF_ITEMS(&catalog->answers, answer)[i];
        if (a->weight == weight && a->is_italic == is_italic && strcasecmp(a->family, family) == 0)
            return a->font;
    }
    bp_font *font = look_up(catalog, family, weight, is_italic, err);
    if (font == NULL)
        return NULL;
    answer a = {bp_copy_text(family), weight, is_italic, font};
    if (a.family != NULL && bp_buf_add(&catalog->answers, &a, sizeof a))
        return font;
    bp_free(a.family);
    (void)bp_fail_memory(err);
    return NULL;
}

bool bp_catalog_has(bp_catalog *catalog, const char *family)
{
    bool found = false;
    if (!scan_folders(catalog, NULL))
        return false;
    for (int origin = 0; !found && origin < BP_ORIGIN_COUNT; origin++) {
        ptrdiff_t index = -1;
        if ((origin == BP_ORIGIN_SYSTEM && !ask_system(catalog, family, NULL)) ||
            !find_face(catalog, origin, family, 400, false, &index, NULL))
            return false;
        found = index >= 0;
    }
    return found;
}

static bp_font *fallback_of_system(bp_catalog *catalog, uint32_t character, const char *language,
                                   int weight, bool is_italic)
{
    bool is_there = false;
    size_t first, count;
    (void)faces_of(catalog, BP_ORIGIN_SYSTEM, &first);
    if (!start_system(catalog, &is_there, NULL) || !is_there ||
        !bp_system_fonts_add_for(catalog->system, character, language, weight, is_italic,
                                 FALLBACKS_MOST, &catalog->lists[BP_ORIGIN_SYSTEM]))
        return NULL;
    (void)faces_of(catalog, BP_ORIGIN_SYSTEM, &count);
    for (size_t i = first; i < count; i++) {
        bp_font *font = open_face(catalog, BP_ORIGIN_SYSTEM, i, weight, NULL);
        if (font != NULL && bp_font_glyph(font, character) != 0)
            return font;
    }
    return NULL;
}

bp_font *bp_catalog_fallback(bp_catalog *catalog, uint32_t character, const char *language,
                             int weight, bool is_italic)
{
    if (!scan_folders(catalog, NULL))
        return NULL;
    for (int origin = BP_ORIGIN_FOLDER; origin <= BP_ORIGIN_MANIFEST; origin++) {
        size_t count;
        const bp_catalog_face *faces = faces_of(catalog, origin, &count);
        for (size_t i = 0; i < count; i++) {
            if (i > 0 && strcasecmp(faces[i - 1].family, faces[i].family) == 0)
                continue;
            bp_font *font = NULL;
            ptrdiff_t index = -1;
            if (find_face(catalog, origin, faces[i].family, weight, is_italic, &index, NULL) &&
                index >= 0)
                font = open_face(catalog, (bp_origin)origin, (size_t)index, weight, NULL);
            if (font != NULL && bp_font_glyph(font, character) != 0)
                return font;
        }
    }
    return fallback_of_system(catalog, character, language, weight, is_italic);
}

static int compare_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int compare_entries(const void *left, const void *right)
{
    const bp_catalog_entry *a = left, *b = right;
    int order = strcasecmp(a->family, b->family);
    if (order == 0)
        order = a->weight - b->weight;
    if (order == 0)
        order = strcmp(b->style, a->style); /* "normal" before "italic". */
    if (order == 0)
        order = compare_text(a->file, b->file);
    if (order == 0)
        order = (a->face > b->face) - (a->face < b->face);
    return order != 0 ? order : strcmp(a->origin, b->origin);
}

static bool list_origin(bp_catalog *catalog, int origin, bp_error *err)
{
    static const char *const names[] = {"folder", "manifest", "system"};
    size_t count;
    bp_catalog_face *faces = faces_of(catalog, origin, &count);
    for (size_t i = 0; i < count; i++) {
        bp_catalog_face *face = &faces[i];
        if (!find_file(catalog, face, err))
            return false;
        bp_catalog_entry entry = {.family = face->family,
                                  .file = face->is_missing ? NULL : face->path,
                                  .style = face->is_italic ? "italic" : "normal",
                                  .package = face->package,
                                  .licence = face->licence,
                                  .origin = names[origin],
                                  .weight = face->weight,
                                  .weight_most = face->weight_most,
                                  .face = face->face};
        if (!bp_buf_add(&catalog->listed, &entry, sizeof entry))
            return bp_fail_memory(err);
    }
    return true;
}

/* Asking the system for all its faces would make doubles of those found one by one before. */
static bool list_system(bp_catalog *catalog, bp_error *err)
{
    bool is_there = false;
    if (catalog->is_all_listed || !start_system(catalog, &is_there, err))
        return catalog->is_all_listed;
    bp_face_list all = {0};
    bool ok = !is_there || bp_system_fonts_add(catalog->system, NULL, &all) || bp_fail_memory(err);
    size_t count, known_count = 0;
    const bp_catalog_face *known = faces_of(catalog, BP_ORIGIN_SYSTEM, &known_count);
    count = BP_BUF_COUNT(&all.faces, bp_catalog_face);
    for (size_t i = 0; ok && i < count; i++) {
        bp_catalog_face *face = &BP_BUF_ITEMS(&all.faces, bp_catalog_face)[i];
        bool is_known = false;
        for (size_t k = 0; k < known_count; k++)
            is_known |= known[k].face == face->face && strcmp(known[k].path, face->path) == 0;
        if (is_known)
            continue;
        ok = bp_buf_add(&catalog->lists[BP_ORIGIN_SYSTEM].faces, face, sizeof *face) ||
             bp_fail_memory(err);
        if (ok)
            face->path = face->owned = NULL; /* They belong to the other list now. */
        known = BP_BUF_ITEMS(&catalog->lists[BP_ORIGIN_SYSTEM].faces, bp_catalog_face);
    }
    bp_face_list_clear(&all);
    catalog->is_all_listed = ok;
    return ok;
}

bool bp_catalog_list(bp_catalog *catalog, const bp_catalog_entry **entries, size_t *count,
                     bp_error *err)
{
    catalog->listed.length = 0;
    if (!scan_folders(catalog, err) || !list_system(catalog, err))
        return false;
    for (int origin = 0; origin < BP_ORIGIN_COUNT; origin++)
        if (!list_origin(catalog, origin, err))
            return false;
    *count = BP_BUF_COUNT(&catalog->listed, bp_catalog_entry);
    *entries = BP_BUF_ITEMS(&catalog->listed, bp_catalog_entry);
    if (*count != 0)
        qsort(catalog->listed.bytes, *count, sizeof **entries, compare_entries);
    return true;
}
