/* Font folders: every font file below a folder, described by its own name, OS/2 and fvar tables. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/reads.h"
#include "text/catalog_private.h"
#include "text/sfnt.h"

#define DEPTH_MOST 12
#define FILES_MOST 20000

void bp_face_list_clear(bp_face_list *list)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&list->faces, bp_catalog_face); i++) {
        bp_catalog_face *face = &BP_BUF_ITEMS(&list->faces, bp_catalog_face)[i];
        bp_free(face->path);
        bp_free(face->owned);
    }
    bp_buf_clear(&list->faces);
    bp_free(list->damaged);
    *list = (bp_face_list){0};
}

static bool add_face(bp_face_list *list, const char *path, const bp_sfnt_facts *facts,
                     unsigned number, const char *family)
{
    char *owned = bp_copy_text(family != NULL ? family : facts->family);
    char *copy = bp_copy_text(path);
    bp_catalog_face *face =
        owned != NULL && copy != NULL ? bp_buf_push(&list->faces, sizeof *face) : NULL;
    if (face == NULL) {
        bp_free(owned);
        bp_free(copy);
        return false;
    }
    *face = (bp_catalog_face){.family = owned,
                              .owned = owned,
                              .path = copy,
                              .package = "",
                              .licence = "",
                              .weight = facts->weight,
                              .weight_most = facts->weight_most,
                              .width_class = facts->width_class,
                              .face = number,
                              .is_italic = facts->is_italic};
    return true;
}

static bool note_damaged(bp_face_list *list, const char *path, const char *fault)
{
    if (list->damaged != NULL)
        return true;
    bp_buf text = {0};
    bool ok = bp_buf_format(&text, "%s cannot be used: %s", path, fault);
    list->damaged = ok ? bp_buf_take(&text) : NULL;
    bp_buf_clear(&text);
    return list->damaged != NULL;
}

bool bp_face_list_add_file(bp_face_list *list, const char *path, int face, const char *family)
{
    bp_file_map map = {0};
    bp_error problem = {0};
    if (!bp_file_map_open(&map, path, &problem))
        return problem.code != BP_ERR_MEMORY && problem.code != BP_ERR_LIMIT &&
               note_damaged(list, path, problem.text);
    bp_sfnt sfnt;
    bp_sfnt_facts facts;
    const char *fault = "it does not name its family";
    bool ok = true, found = false;
    unsigned count = 1, number = face < 0 ? 0 : (unsigned)face;
    for (unsigned i = 0; ok && i < count; i++, number++) {
        if (!bp_sfnt_open(&sfnt, map.bytes, map.size, number, &fault) ||
            !bp_sfnt_describe(&sfnt, &facts))
            break;
        count = face < 0 ? sfnt.face_count : 1;
        found = ok = add_face(list, path, &facts, number, family);
    }
    if (ok && !found)
        ok = note_damaged(list, path, fault);
    bp_file_map_clear(&map);
    return ok;
}

static bool is_font_name(const char *name)
{
    static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
    size_t length = strlen(name);
    for (size_t i = 0; length > 4 && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(name + length - 4, endings[i]) == 0)
            return true;
    return false;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void clear_names(bp_buf *names)
{
    for (size_t i = 0; i < BP_BUF_COUNT(names, char *); i++)
        bp_free(BP_BUF_ITEMS(names, char *)[i]);
    bp_buf_clear(names);
}

/* The names in `folder` without hidden ones, sorted: the order of the disk must not choose a font.
 */
static bool read_names(const char *folder, bp_buf *names, bp_error *err)
{
    bp_reads_note_folder(folder);
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return bp_fail(err, BP_ERR_INPUT, folder, "the font folder cannot be read: %s",
                       strerror(errno));
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char *copy = bp_copy_text(entry->d_name);
        ok = copy != NULL && bp_buf_add(names, &copy, sizeof copy);
        if (!ok)
            bp_free(copy);
    }
    (void)closedir(dir);
    if (!ok)
        return bp_fail_memory(err);
    if (names->length != 0)
        qsort(names->bytes, BP_BUF_COUNT(names, char *), sizeof(char *), compare_names);
    return true;
}

static bool scan(bp_face_list *list, const char *folder, int depth, size_t *file_count,
                 bp_error *err)
{
    bp_buf names = {0};
    bool ok = read_names(folder, &names, err);
    for (size_t i = 0; ok && i < BP_BUF_COUNT(&names, char *); i++) {
        const char *name = BP_BUF_ITEMS(&names, char *)[i];
        struct stat status;
        char *path = bp_path_join(folder, name, err);
        ok = path != NULL;
        if (ok && stat(path, &status) == 0) {
            /* A folder below that cannot be read, or a link that goes round, is no fault of the
             * user's. */
            if (S_ISDIR(status.st_mode) && depth < DEPTH_MOST) {
                bp_error problem = {0};
                ok = scan(list, path, depth + 1, file_count, &problem) ||
                     problem.code == BP_ERR_INPUT ||
                     bp_fail(err, problem.code, problem.place, "%s", problem.text);
            } else if (S_ISREG(status.st_mode) && is_font_name(name)) {
                ok = ++*file_count <= FILES_MOST ||
                     bp_fail(err, BP_ERR_LIMIT, folder,
                             "more than %d font files in the font folders", FILES_MOST);
                ok = ok && (bp_face_list_add_file(list, path, -1, NULL) || bp_fail_memory(err));
            }
        }
        bp_free(path);
    }
    clear_names(&names);
    return ok;
}

bool bp_face_list_scan(bp_face_list *list, const char *folder, bp_error *err)
{
    size_t file_count = 0;
    return scan(list, folder, 0, &file_count, err);
}
