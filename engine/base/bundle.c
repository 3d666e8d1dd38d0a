/* Files in memory: see bundle.h. There are a handful, so that looking through them is quick enough.
 */
#include "base/bundle.h"

#include <stdio.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"

const char *bp_role_name(bp_role role)
{
    static const char *const names[BP_ROLE_COUNT] = {"layout", "module", "data", "image", "file"};
    return names[role];
}

void bp_bundle_clear(bp_bundle *bundle)
{
    bp_bundle_cut(bundle, 0);
    bp_buf_clear(&bundle->files);
}

size_t bp_bundle_count(const bp_bundle *bundle)
{
    return BP_BUF_COUNT(&bundle->files, bp_bundle_file);
}

const bp_bundle_file *bp_bundle_at(const bp_bundle *bundle, size_t i)
{
    return &BP_BUF_ITEMS(&bundle->files, const bp_bundle_file)[i];
}

static const bp_bundle_file *find(const bp_bundle *bundle, bp_role role, const char *path)
{
    for (size_t i = 0; i < bp_bundle_count(bundle); i++) {
        const bp_bundle_file *file = bp_bundle_at(bundle, i);
        if (file->role == role && strcmp(file->path, path) == 0)
            return file;
    }
    return NULL;
}

const bp_bundle_file *bp_bundle_find(const bp_bundle *bundle, bp_role role, const char *path)
{
    const bp_bundle_file *file = find(bundle, role, path);
    return file != NULL && !file->is_left_out ? file : NULL;
}

bool bp_bundle_take(bp_bundle *bundle, bp_role role, const char *path, const char *table,
                    bp_buf *bytes, bp_error *err)
{
    bp_bundle_file made = {.role = role, .size = bytes->length};
    made.is_left_out = bundle->most != 0 && bytes->length > bundle->most - bundle->size_bytes;
    made.path = bp_copy_text(path);
    made.table = table != NULL ? bp_copy_text(table) : NULL;
    if (made.path == NULL || (table != NULL && made.table == NULL) ||
        !bp_buf_reserve(&bundle->files, sizeof made)) {
        bp_free(made.path);
        bp_free(made.table);
        return bp_fail_memory(err);
    }
    if (made.is_left_out) {
        bp_buf_clear(bytes);
    } else {
        bundle->size_bytes += bytes->length;
        made.bytes = *bytes;
        *bytes = (bp_buf){0};
    }
    (void)bp_buf_add(&bundle->files, &made, sizeof made); /* Fits: room was made. */
    return true;
}

void bp_bundle_cut(bp_bundle *bundle, size_t count)
{
    while (bp_bundle_count(bundle) > count) {
        bp_bundle_file *last =
            &BP_BUF_ITEMS(&bundle->files, bp_bundle_file)[bp_bundle_count(bundle) - 1];
        bundle->size_bytes -= last->bytes.length;
        bp_free(last->path);
        bp_free(last->table);
        bp_buf_clear(&last->bytes);
        bundle->files.length -= sizeof *last;
    }
}

bool bp_bundle_add(bp_bundle *bundle, bp_role role, const char *path, const char *table,
                   const void *bytes, size_t length, bp_error *err)
{
    if (find(bundle, role, path) != NULL)
        return true;
    bp_buf copy = {0};
    bool fits = bundle->most == 0 || length <= bundle->most - bundle->size_bytes;
    if (fits && !bp_buf_add(&copy, bytes, length)) {
        bp_buf_clear(&copy);
        return bp_fail_memory(err);
    }
    bool ok = bp_bundle_take(bundle, role, path, table, &copy, err);
    bp_buf_clear(&copy);
    if (ok && !fits) {
        bp_bundle_file *last =
            &BP_BUF_ITEMS(&bundle->files, bp_bundle_file)[bp_bundle_count(bundle) - 1];
        last->is_left_out = true;
        last->size = length;
    }
    return ok;
}

/* Takes "." and ".." out of a path by its words alone; those that lead out stay in front. */
static bool tidy(bp_buf *out, const char *path)
{
    size_t start = out->length;
    bool is_absolute = path[0] == '/';
    bool ok = !is_absolute || bp_buf_char(out, '/');
    size_t fixed = out->length; /* What ".." takes nothing of. */
    while (ok && *path != '\0') {
        size_t length = strcspn(path, "/");
        bool is_up = length == 2 && path[0] == '.' && path[1] == '.';
        if (is_up && out->length > fixed) {
            while (out->length > fixed && out->bytes[out->length - 1] != '/')
                out->length--;
            out->length -= out->length > fixed; /* The slash before it. */
            out->bytes[out->length] = '\0';
        } else if (is_up && is_absolute) {
            ok = true; /* Above the root is the root. */
        } else if (length != 0 && !(length == 1 && path[0] == '.')) {
            /* A buffer that counts holds bytes. NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
             */
            ok = (out->length == start || out->bytes[out->length - 1] == '/' ||
                  bp_buf_char(out, '/')) &&
                 bp_buf_add(out, path, length);
            if (is_up)
                fixed = out->length;
        }
        path += length + (path[length] == '/');
    }
    return ok;
}

bool bp_bundle_key(bp_buf *out, const char *file)
{
    bp_buf tidied = {0};
    bool ok = tidy(&tidied, file);
    const char *path = tidied.bytes != NULL ? tidied.bytes : "";
    if (ok && (path[0] == '/' || strncmp(path, "../", 3) == 0 || strcmp(path, "..") == 0)) {
        unsigned char digest[32];
        bp_hash hash;
        bp_hash_init(&hash);
        bp_hash_add(&hash, path, tidied.length);
        bp_hash_end(&hash, digest);
        ok = bp_buf_text(out, "outside/");
        for (int i = 0; ok && i < 8; i++)
            ok = bp_buf_format(out, "%02x", digest[i]);
        ok = ok && bp_buf_format(out, "/%s", bp_path_name(path));
    } else if (ok) {
        ok = bp_buf_text(out, path);
    }
    bp_buf_clear(&tidied);
    return ok;
}
