/* Files in memory: what a rendering read, to be put into the report; or what a report carried, to
 * be read from instead of the disk. */
#ifndef BP_BASE_BUNDLE_H
#define BP_BASE_BUNDLE_H

#include "base/buf.h"
#include "base/error.h"

/* What a file was to the rendering. */
typedef enum {
    BP_ROLE_LAYOUT,
    BP_ROLE_MODULE, /* Of the layout. */
    BP_ROLE_DATA,
    BP_ROLE_IMAGE,
    BP_ROLE_FILE, /* Named by a parameter, and found to be there. */
    BP_ROLE_COUNT
} bp_role;

/* "layout", "module" ...: as the manifest of a report has it. Static. */
const char *bp_role_name(bp_role role);

typedef struct {
    bp_role role;
    char *path;  /* By what it is asked for: see bp_bundle_key. Of data, a name. */
    char *table; /* Of data that fills a table: its id; NULL elsewhere. */
    bp_buf bytes;
    size_t size;      /* Also of one that was left out. */
    bool is_left_out; /* It did not fit: there are no bytes. */
} bp_bundle_file;

/* Begins as {0}, but for `most`. */
typedef struct {
    bp_buf files;      /* Of bp_bundle_file. */
    size_t size_bytes; /* Of all that are held. */
    size_t most;       /* What they may have together; 0: no bound. */
} bp_bundle;

void bp_bundle_clear(bp_bundle *bundle);
size_t bp_bundle_count(const bp_bundle *bundle);
const bp_bundle_file *bp_bundle_at(const bp_bundle *bundle, size_t i); /* Lent. */

/* Adds a copy of the bytes; a file of the same role and path that is there already stays. One that
 * would make the bundle too large is noted without its bytes. `table` may be NULL. */
bool bp_bundle_add(bp_bundle *bundle, bp_role role, const char *path, const char *table,
                   const void *bytes, size_t length, bp_error *err);
/* The same, but always a new file, and `bytes` are taken over where that succeeds ({0} then). */
bool bp_bundle_take(bp_bundle *bundle, bp_role role, const char *path, const char *table,
                    bp_buf *bytes, bp_error *err);

/* Forgets all files but the first `count`. */
void bp_bundle_cut(bp_bundle *bundle, size_t count);

/* The file of a role and path whose bytes are there; NULL where there is none. Lent. */
const bp_bundle_file *bp_bundle_find(const bp_bundle *bundle, bp_role role, const char *path);

/* Appends the name by which a bundle knows `file`, that a layout asks for relative to its own
 * folder: "a/b.png" for "./a/c/../b.png". Where it leads out of the folder, its name alone and a
 * hash of the rest, so that nobody's folders are told. False when memory is refused. */
bool bp_bundle_key(bp_buf *out, const char *file);

#endif
