/* The catalog's lists, shared by its three sources: folders, manifest and system. */
#ifndef BP_TEXT_CATALOG_PRIVATE_H
#define BP_TEXT_CATALOG_PRIVATE_H

#include "base/buf.h"
#include "text/catalog.h"

/* In the order in which they are asked. */
typedef enum { BP_ORIGIN_FOLDER, BP_ORIGIN_MANIFEST, BP_ORIGIN_SYSTEM, BP_ORIGIN_COUNT } bp_origin;

/* One face that might serve. Texts live in the manifest's bytes or in the list's own. */
typedef struct {
    const char *family, *folder, *file, *package, *licence;
    char *path;  /* Absolute, made when it is first needed; owned. */
    char *owned; /* Holds `family` where no manifest does; owned. */
    int weight, weight_most, width_class;
    unsigned face;
    bool is_italic;
    bool is_missing; /* Looked for and not found. */
} bp_catalog_face;

/* A list of faces begins as {0}. */
typedef struct {
    bp_buf faces;  /* Of bp_catalog_face. */
    char *damaged; /* The first file that looked like a font and could not be read as one; owned. */
} bp_face_list;
void bp_face_list_clear(bp_face_list *list);

/* Adds the faces of `path` (one face, or all of them with `face` -1), as they describe themselves.
 * A file that is no usable font is noted in `damaged`. With `family` not NULL that name is taken.
 * False only when memory is refused. */
bool bp_face_list_add_file(bp_face_list *list, const char *path, int face, const char *family);

/* Adds all fonts below `folder`, in the order of their names. */
bool bp_face_list_scan(bp_face_list *list, const char *folder, bp_error *err);

/* The system's fonts through fontconfig. Opened at the first question; NULL means none was asked
 * yet. */
typedef struct bp_system_fonts bp_system_fonts;
bp_system_fonts *bp_system_fonts_new(void);
/* False where fontconfig's library is missing: then there are none. */
bool bp_system_fonts_are_there(void);
void bp_system_fonts_free(bp_system_fonts *fonts);
/* Adds the faces of a family (NULL: all there are), sorted by file. */
bool bp_system_fonts_add(bp_system_fonts *fonts, const char *family, bp_face_list *list);
/* Adds faces that have the character, best first, `most` at most. */
bool bp_system_fonts_add_for(bp_system_fonts *fonts, uint32_t character, const char *language,
                             int weight, bool is_italic, size_t most, bp_face_list *list);

#endif
