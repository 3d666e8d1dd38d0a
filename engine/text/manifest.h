/* The font manifest: a small JSON file of fixed shape that names the file of each family, weight
 * and style; fonts/README.md describes it. A relative "folder" begins at the manifest's own.
 * Reading it is part of every cold start, so there is no tree: the reader writes straight into the
 * list, and texts stay in the file's own bytes. */
#ifndef BP_TEXT_MANIFEST_H
#define BP_TEXT_MANIFEST_H

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    const char *family, *folder, *file, *package, *licence; /* Never NULL; "" where left out. */
    int weight, weight_most;
    unsigned face;
    bool is_italic;
} bp_manifest_font;

typedef struct {
    bp_buf bytes; /* The file, its texts decoded in place. */
    bp_buf fonts; /* Of bp_manifest_font. */
} bp_manifest;

/* Reads `file`. An error (BP_ERR_DATA, BP_ERR_INPUT) names file, line and column. A manifest begins
 * as {0}; `clear` ends it, also after a failure. */
bool bp_manifest_load(bp_manifest *manifest, const char *file, bp_error *err);
void bp_manifest_clear(bp_manifest *manifest);

#endif
