/* The catalog: which file serves a family at a weight and style. Order: --font-dir folders, then
 * the manifest (fonts/fonts.json), then the system through fontconfig, which is started only when
 * it is needed. */
#ifndef BP_TEXT_CATALOG_H
#define BP_TEXT_CATALOG_H

#include "text/font.h"

typedef struct bp_catalog bp_catalog;

/* `manifest` may be NULL. Folders are searched recursively for .ttf .otf .ttc .otc. Nothing is
 * opened yet but the manifest; a folder is scanned at the first look-up. Yours to free. */
bp_catalog *bp_catalog_new(const char *manifest, const char *const *folders, size_t folder_count,
                           bool use_system, bp_error *err);
void bp_catalog_free(bp_catalog *catalog);

/* The font of `family` nearest to the weight (CSS matching) and style. Lent. NULL: BP_ERR_RESOURCE
 * that names the family, the Debian package the manifest knows for it, and near names. Opened fonts
 * are kept. */
bp_font *bp_catalog_find(bp_catalog *catalog, const char *family, int weight, bool is_italic,
                         bp_error *err);

/* True where a file of the family is at hand, without opening it. */
bool bp_catalog_has(bp_catalog *catalog, const char *family);

/* A font that has the character, for text whose own families lack it: from the folders and the
 * manifest, in their order, then, for `language`, from the system. NULL where there is none. Lent.
 */
bp_font *bp_catalog_fallback(bp_catalog *catalog, uint32_t character, const char *language,
                             int weight, bool is_italic);

/* Listing, for `briefpress fonts` and `doctor`. */
typedef struct {
    const char *family, *file,
        *style; /* style: "normal" or "italic". file: where it was found; NULL where missing. */
    const char *package, *licence; /* From the manifest; "" elsewhere. */
    const char *origin;            /* "folder", "manifest" or "system". */
    int weight, weight_most;       /* Equal for static fonts. */
    unsigned face;
} bp_catalog_entry;
/* Scans everything. Entries are lent, sorted by family, weight, style. */
bool bp_catalog_list(bp_catalog *catalog, const bp_catalog_entry **entries, size_t *count,
                     bp_error *err);

#endif
