/* Which files a script may reach: modules in the layout's own folder and the library; images also
 * below the folders of --allow-read. A name is judged before the disk is asked, and the real path
 * again afterwards. Chunks are text, but for library_chunks.h: a binary one could do anything. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/reads.h"
#include "script/library_chunks.h"
#include "script/script_private.h"

#define CHUNK_BYTES_MOST (16u << 20)
#define LOADED_KEY "briefpress.loaded"
#define BESIDE_MOST 200 /* Modules of a folder that are looked at for one that is meant. */
#define BESIDE_SIZE 64  /* Bytes of the name of such a file. */

/* Folders */

static bool add_root(bp_host *host, const char *folder, bp_error *err)
{
    char *real = bp_path_real(folder, err);
    char **slot = real ? bp_buf_push(&host->roots, sizeof *slot) : NULL;
    if (slot == NULL) {
        bp_free(real);
        return real != NULL ? bp_fail_memory(err) : false;
    }
    *slot = real;
    return true;
}

/* What a report carried lies in no folder; below this one there is never anything. */
#define NO_FOLDER "/dev/null/carried"

static bool add_no_root(bp_host *host, bp_error *err)
{
    char *copy = bp_copy_text(NO_FOLDER);
    if (copy != NULL && bp_buf_add(&host->roots, &copy, sizeof copy))
        return true;
    bp_free(copy);
    return bp_fail_memory(err);
}

bool bp_roots_open(bp_host *host, const char *file, bp_error *err)
{
    host->library_root = BP_NO_ROOT;
    host->layout_folder = bp_path_folder(file, err);
    if (host->layout_folder == NULL ||
        !(host->options->carried != NULL ? add_no_root(host, err)
                                         : add_root(host, host->layout_folder, err)))
        return false;
    if (host->options->library != NULL) {
        host->library_root = 1;
        if (!add_root(host, host->options->library, err))
            return false;
    }
    for (size_t i = 0; i < host->options->read_folder_count; i++)
        if (!add_root(host, host->options->read_folders[i], err))
            return false;
    return true;
}

void bp_roots_close(bp_host *host)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&host->roots, char *); i++)
        bp_free(BP_BUF_ITEMS(&host->roots, char *)[i]);
    for (size_t i = 0; i < BP_BUF_COUNT(&host->chunks, bp_chunk); i++) {
        bp_free(BP_BUF_ITEMS(&host->chunks, bp_chunk)[i].name);
        bp_free(BP_BUF_ITEMS(&host->chunks, bp_chunk)[i].path);
    }
    bp_buf_clear(&host->roots);
    bp_buf_clear(&host->chunks);
    bp_free(host->layout_folder);
    host->layout_folder = NULL;
}

static bool is_allowed(const bp_host *host, const char *path)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&host->roots, char *); i++)
        if (bp_path_is_below(path, BP_BUF_ITEMS(&host->roots, char *)[i]))
            return true;
    return false;
}

char *bp_allowed_path(bp_host *host, const char *file, bp_error *err)
{
    char *wanted = bp_path_join(BP_BUF_ITEMS(&host->roots, char *)[0], file, err);
    if (wanted == NULL)
        return NULL;
    bp_path_normalise(wanted);
    bool is_near = is_allowed(host, wanted);
    char real[PATH_MAX];
    char *found = NULL;
    struct stat status;
    /* A relative name that leaves by its words is refused before the disk is asked. */
    bool is_there = (is_near || file[0] == '/') && realpath(wanted, real) != NULL;
    int number = errno;
    if (is_there)
        bp_reads_note_link(wanted, real);
    else
        bp_reads_note_look(wanted, false);
    if (is_there ? !is_allowed(host, real) : !is_near)
        bp_fail(err, BP_ERR_FORBIDDEN, file,
                "is outside the folders that may be read; allow its folder with --allow-read");
    else if (!is_there)
        bp_fail(err, number == ENOENT ? BP_ERR_RESOURCE : BP_ERR_INPUT, file,
                number == ENOENT ? "no such file" : "cannot be read: %s", strerror(number));
    else if (stat(real, &status) != 0 || !S_ISREG(status.st_mode))
        bp_fail(err, BP_ERR_INPUT, file, "is not a plain file");
    else if ((found = bp_copy_text(real)) == NULL)
        bp_fail_memory(err);
    bp_free(wanted);
    return found;
}

bool bp_note_file(bp_host *host, const char *path, bp_error *err)
{
    bp_buf *files = host->options->files;
    return files == NULL || bp_buf_add(files, path, strlen(path) + 1) || bp_fail_memory(err);
}

bool bp_note_name(bp_host *host, const char *name, const char *path, bp_error *err)
{
    if (host->options->files == NULL)
        return true;
    char *full = bp_path_join(BP_BUF_ITEMS(&host->roots, char *)[0], name, err);
    bool ok = full != NULL && (strcmp(full, path) == 0 || bp_note_file(host, full, err));
    bp_free(full);
    return ok;
}

/* What a layout names */

/* The bytes of a file that the report carried; NULL and BP_ERR_RESOURCE where it carried none. */
static const bp_bundle_file *find_carried(bp_host *host, const char *file, bp_error *err)
{
    bp_buf key = {0};
    const bp_bundle_file *found = NULL;
    if (!bp_bundle_key(&key, file))
        bp_fail_memory(err);
    else {
        found = bp_bundle_find(host->options->carried, BP_ROLE_IMAGE, key.bytes);
        if (found == NULL)
            found = bp_bundle_find(host->options->carried, BP_ROLE_FILE, key.bytes);
        if (found == NULL)
            bp_fail(err, BP_ERR_RESOURCE, file, "no such file");
    }
    bp_buf_clear(&key);
    return found;
}

static bool keep_asset(bp_host *host, const char *file, bp_role role, const bp_buf *bytes,
                       bp_error *err)
{
    bp_bundle *kept = host->options->kept;
    bp_buf key = {0};
    bool ok = kept == NULL || bp_bundle_key(&key, file) || bp_fail_memory(err);
    /* An image may be asked for as a file before. */
    if (ok && kept != NULL && bp_bundle_find(kept, BP_ROLE_FILE, key.bytes) == NULL)
        ok = bp_bundle_add(kept, role, key.bytes, NULL, bytes->bytes, bytes->length, err);
    bp_buf_clear(&key);
    return ok;
}

/* Errors name the file as the layout wrote it, not where it is on this machine. */
static bool read_named(const char *path, const char *file, size_t most, bp_buf *bytes,
                       bp_error *err)
{
    if (bp_file_read(path, most, bytes, err))
        return true;
    if (strcmp(err->place, path) == 0) {
        size_t size = strlen(file) < BP_ERROR_PLACE ? strlen(file) : BP_ERROR_PLACE - 1;
        memcpy(err->place, file, size);
        err->place[size] = '\0';
    }
    return false;
}

bool bp_read_asset(bp_host *host, const char *file, bp_role role, size_t most, bp_buf *bytes,
                   bp_error *err)
{
    bool ok;
    if (host->options->carried != NULL) {
        const bp_bundle_file *found = find_carried(host, file, err);
        ok = found != NULL &&
             (bp_buf_add(bytes, found->bytes.bytes, found->bytes.length) || bp_fail_memory(err));
    } else {
        char *path = bp_allowed_path(host, file, err);
        ok = path != NULL && bp_note_file(host, path, err) && bp_note_name(host, file, path, err) &&
             read_named(path, file, most, bytes, err);
        bp_free(path);
    }
    return ok && keep_asset(host, file, role, bytes, err);
}

bool bp_find_asset(bp_host *host, const char *file, bp_error *err)
{
    bp_buf bytes = {0};
    bool ok;
    if (host->options->carried != NULL) {
        const bp_bundle_file *found = find_carried(host, file, err);
        ok = found != NULL && keep_asset(host, file, BP_ROLE_FILE, &found->bytes, err);
    } else {
        char *path = bp_allowed_path(host, file, err);
        bp_error problem = {0};
        ok = path != NULL;
        bool is_read = ok && host->options->kept != NULL &&
                       bp_file_read(path, host->options->kept->most, &bytes, &problem);
        if (ok && !is_read)
            bp_reads_note_look(path, true);
        if (is_read)
            ok = keep_asset(host, file, BP_ROLE_FILE, &bytes, err);
        else if (problem.code == BP_ERR_MEMORY ||
                 (problem.code == BP_ERR_LIMIT && bp_mem.over_budget))
            ok = bp_fail_memory(err);
        /* One that is there and cannot be read, or is too large, is told when it is used. */
        bp_free(path);
    }
    bp_buf_clear(&bytes);
    return ok;
}

/* Chunks */

/* Remembers a file whose code runs; takes over nothing. */
static bool add_chunk(bp_host *host, const char *name, const char *path, bool is_library,
                      bp_error *err)
{
    char *kept_name = bp_copy_text(name);
    char *kept_path = path ? bp_copy_text(path) : NULL;
    bp_chunk *chunk =
        kept_name && (kept_path || !path) ? bp_buf_push(&host->chunks, sizeof *chunk) : NULL;
    if (chunk == NULL) {
        bp_free(kept_name);
        bp_free(kept_path);
        return bp_fail_memory(err);
    }
    *chunk = (bp_chunk){kept_name, kept_path, is_library};
    return true;
}

/* A syntax error has no frame to be blamed on: its place is in its text, the file's name perhaps
 * cut short. */
static int raise_syntax(lua_State *L, const char *name)
{
    const char *message = lua_tostring(L, -1);
    const char *at = message;
    size_t digits = 0;
    while ((at = strchr(at, ':')) != NULL) {
        digits = strspn(at + 1, "0123456789");
        if (digits != 0 && strncmp(at + 1 + digits, ": ", 2) == 0)
            break;
        at++;
    }
    bp_error *err = bp_host_error(bp_host_of(L));
    if (at == NULL) {
        bp_fail(err, BP_ERR_SCRIPT, name, "%s", message);
        return bp_raise(L, err);
    }
    lua_pushfstring(L, "%s:", name);
    lua_pushlstring(L, at + 1, digits);
    lua_pushstring(L, at + 1 + digits);
    lua_concat(L, 3);
    return lua_error(L);
}

/* Pushes the function of a text chunk that was read into host->text. */
static void load_text(lua_State *L, const char *name, bool is_library)
{
    bp_host *host = bp_host_of(L);
    lua_pushfstring(L, "%s%s", is_library ? "=" : "@", name);
    const char *bytes = host->text.bytes ? host->text.bytes : "";
    size_t length = host->text.length;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (length > 0 && bytes[0] == '#') /* A "#!" line; its end stays, for the line numbers. */
        while (length > 0 && bytes[0] != '\n') {
            bytes++;
            length--;
        }
    if (length > 0 && bytes[0] == LUA_SIGNATURE[0])
        bp_raise_text(L, BP_ERR_SCRIPT, "%s is compiled Lua; only text is run", name);
    const char *chunk = lua_tostring(L, -1);
    int status = is_library ? luaL_loadbufferx(L, bytes, length, chunk, "t")
                            : bp_load_user_text(L, bytes, length, chunk);
    bp_buf_clear(&host->text);
    if (status == LUA_ERRMEM)
        bp_raise_memory(L);
    if (status != LUA_OK)
        raise_syntax(L, name);
    bp_push_environment(L, is_library);
    lua_setupvalue(L, -2, 1);
    lua_remove(L, -2);
}

/* Reads `path` and pushes its function. A layout's own is kept for the PDF, as `key`. */
static void load_file(lua_State *L, const char *path, const char *name, bool is_library,
                      bp_role role, const char *key)
{
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    bp_bundle *kept = is_library ? NULL : host->options->kept;
    host->text.length = 0;
    if (!add_chunk(host, name, path, is_library, err) || !bp_note_file(host, path, err) ||
        !bp_file_read(path, CHUNK_BYTES_MOST, &host->text, err) ||
        (kept != NULL &&
         !bp_bundle_add(kept, role, key, NULL, host->text.bytes, host->text.length, err)))
        bp_raise(L, err);
    load_text(L, name, is_library);
}

/* The same from what a report carried; false where that has no such file. */
static bool load_carried(lua_State *L, const char *name, bp_role role, const char *key)
{
    bp_host *host = bp_host_of(L);
    const bp_bundle_file *file = bp_bundle_find(host->options->carried, role, key);
    if (file == NULL)
        return false;
    const bp_buf *bytes = &file->bytes;
    bp_bundle *kept = host->options->kept;
    bp_error *err = bp_host_error(host);
    host->text.length = 0;
    if (!add_chunk(host, name, NULL, false, err) ||
        !(bp_buf_add(&host->text, bytes->bytes, bytes->length) || bp_fail_memory(err)) ||
        (kept != NULL && !bp_bundle_add(kept, role, key, NULL, bytes->bytes, bytes->length, err)))
        bp_raise(L, err);
    load_text(L, name, false);
    return true;
}

void bp_load_user_file(lua_State *L, const char *file)
{
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    struct stat status;
    if (host->options->carried != NULL) {
        if (load_carried(L, file, BP_ROLE_LAYOUT, bp_path_name(file)))
            return;
        bp_fail(err, BP_ERR_DATA, file, "is not among the files that the report carries");
        bp_raise(L, err);
    }
    char *path =
        lua_newuserdatauv(L, PATH_MAX, 0); /* The collector's, so that an error leaks nothing. */
    char *real = bp_path_real(file, err);
    if (real == NULL)
        bp_raise(L, err);
    strncpy(path, real, PATH_MAX - 1);
    path[PATH_MAX - 1] = '\0';
    bp_reads_note_link(file, real);
    bp_free(real);
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        bp_fail(err, BP_ERR_INPUT, file,
                S_ISDIR(status.st_mode) ? "is a folder, expected a layout" : "is not a plain file");
        bp_raise(L, err);
    }
    load_file(L, path, file, false, BP_ROLE_LAYOUT, bp_path_name(file));
    lua_remove(L, -2);
}

/* require */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/* Names are words joined by single points. */
static void check_name(lua_State *L, const char *name, size_t length)
{
    bool is_good = length > 0 && length < 200;
    bool leads_out =
        strlen(name) != length || strstr(name, "..") || strpbrk(name, "/\\") || name[0] == '~';
    for (size_t i = 0; i < length && is_good; i++)
        is_good =
            is_word(name[i]) || (name[i] == '.' && i > 0 && i + 1 < length && name[i + 1] != '.');
    if (leads_out)
        bp_raise_text(
            L, BP_ERR_FORBIDDEN,
            "require \"%s\": modules are named like a.b.c and lie below the layout's folder", name);
    if (!is_good)
        bp_raise_text(L, BP_ERR_SCRIPT,
                      "require \"%s\": a module's name is words joined by points, like a.b.c",
                      name);
}

/* Looks for a module below root `root` and pushes its function; false where it is not there. `path`
 * is scratch. */
static bool find_on_disk(lua_State *L, const char *name, size_t root, char *path)
{
    bp_host *host = bp_host_of(L);
    const char *folder = BP_BUF_ITEMS(&host->roots, char *)[root];
    bool is_library = root == host->library_root;
    for (int i = 0; i < 2; i++) {
        lua_pushstring(L, name);
        const char *part = luaL_gsub(L, lua_tostring(L, -1), ".", "/");
        const char *file = lua_pushfstring(L, "%s%s", part, i == 0 ? ".lua" : "/init.lua");
        const char *full = lua_pushfstring(L, "%s/%s", folder, file);
        struct stat status;
        if (realpath(full, path) == NULL || stat(path, &status) != 0 || S_ISDIR(status.st_mode)) {
            bp_reads_note_look(full, false);
            lua_pop(L, 4);
            continue;
        }
        if (!is_allowed(host, path) || !S_ISREG(status.st_mode))
            bp_raise_text(L, BP_ERR_FORBIDDEN,
                          "require \"%s\": %s is a link to outside the folders that may be read",
                          name, file);
        const char *shown =
            is_library || strcmp(host->layout_folder, ".") == 0
                ? file
                : lua_pushfstring(L, "%s%s%s", host->layout_folder,
                                  strcmp(host->layout_folder, "/") == 0 ? "" : "/", file);
        bp_error *err = bp_host_error(host);
        bp_reads_note_link(full, path);
        if (!bp_note_name(host, full, path, err))
            bp_raise(L, err);
        load_file(L, path, shown, is_library, BP_ROLE_MODULE, file);
        return true;
    }
    return false;
}

/* The same among what a report carried. */
static bool find_among_carried(lua_State *L, const char *name)
{
    for (int i = 0; i < 2; i++) {
        const char *part = luaL_gsub(L, name, ".", "/");
        const char *file = lua_pushfstring(L, "%s%s", part, i == 0 ? ".lua" : "/init.lua");
        if (load_carried(L, file, BP_ROLE_MODULE, file))
            return true;
    }
    return false;
}

static int compare_name(const void *name, const void *chunk)
{
    return strcmp(name, ((const bp_library_chunk *)chunk)->name);
}

/* A chunk of the library inside the program; NULL: there is none of the name. */
static const bp_library_chunk *find_chunk(const char *name)
{
    return bsearch(name, bp_library_chunks, bp_library_chunk_count, sizeof *bp_library_chunks,
                   compare_name);
}

/* The same for the library inside the program. */
static bool find_inside(lua_State *L, const char *name)
{
    bp_host *host = bp_host_of(L);
    const bp_library_chunk *chunk = find_chunk(name);
    if (chunk == NULL)
        return false;
    lua_pushstring(L, name);
    const char *file = lua_pushfstring(L, "%s.lua", luaL_gsub(L, lua_tostring(L, -1), ".", "/"));
    bp_error *err = bp_host_error(host);
    if (!add_chunk(host, file, NULL, true, err))
        bp_raise(L, err);
    int status = luaL_loadbufferx(L, (const char *)chunk->bytes, chunk->size, name, "b");
    if (status == LUA_ERRMEM)
        bp_raise_memory(L);
    if (status != LUA_OK)
        bp_raise_text(L, BP_ERR_INTERNAL, "the library in this program cannot be loaded: %s",
                      lua_tostring(L, -1));
    return true;
}

/* The module of the library inside the program that is named most like `name`: one of its own, or
 * one that a layout may take, as its themes. NULL: none is. */
static const char *near_inside(lua_State *L, const char *name, bool is_own)
{
    size_t count = 0;
    while (bp_library_chunks[count].name != NULL)
        count++;
    const char **names = lua_newuserdatauv(L, (count + 1) * sizeof *names, 0);
    size_t some = 0;
    for (size_t i = 0; i < count; i++)
        if ((strncmp(bp_library_chunks[i].name, "briefpress", 10) == 0) == is_own)
            names[some++] = bp_library_chunks[i].name;
    return bp_nearest(name, names, some);
}

static int compare_file(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The same of a library on the disk: of the modules in the folder that `name` is in. */
static const char *near_on_disk(lua_State *L, const char *name, const char *library)
{
    char(*files)[BESIDE_SIZE] = lua_newuserdatauv(L, sizeof(char[BESIDE_MOST][BESIDE_SIZE]), 0);
    const char **names = lua_newuserdatauv(L, BESIDE_MOST * sizeof *names, 0);
    const char *dot = strrchr(name, '.');
    if (dot == NULL)
        return NULL;
    lua_pushlstring(L, name, (size_t)(dot - name) + 1);
    const char *before = lua_tostring(L, -1);
    const char *folder = lua_pushfstring(L, "%s/%s", library, luaL_gsub(L, before, ".", "/"));
    luaL_checkstack(L, 2 * BESIDE_MOST + LUA_MINSTACK, NULL);
    size_t count = 0;
    DIR *opened = opendir(folder); /* While it is open nothing of Lua's is called. */
    for (const struct dirent *entry;
         opened != NULL && count < BESIDE_MOST && (entry = readdir(opened)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length <= 4 || length >= BESIDE_SIZE || strcmp(entry->d_name + length - 4, ".lua") != 0)
            continue;
        memcpy(files[count], entry->d_name, length - 4);
        files[count++][length - 4] = '\0';
    }
    if (opened != NULL)
        (void)closedir(opened);
    qsort(files, count, sizeof *files, compare_file);
    for (size_t i = 0; i < count; i++)
        names[i] = lua_pushfstring(L, "%s%s", before, files[i]);
    return bp_nearest(name, names, count);
}

/* Pushes the module's function. The library's own names are not for a layout's folder to take; its
 * themes are. */
static void find_module(lua_State *L, const char *name)
{
    bp_host *host = bp_host_of(L);
    char *path = lua_newuserdatauv(L, PATH_MAX, 0);
    bool is_own = strcmp(name, "briefpress") == 0 || strncmp(name, "briefpress.", 11) == 0;
    if (!is_own && (host->options->carried != NULL ? find_among_carried(L, name)
                                                   : find_on_disk(L, name, 0, path)))
        return;
    if (host->library_root != BP_NO_ROOT ? find_on_disk(L, name, host->library_root, path)
                                         : find_inside(L, name))
        return;
    const char *near =
        host->library_root != BP_NO_ROOT
            ? near_on_disk(L, name, BP_BUF_ITEMS(&host->roots, char *)[host->library_root])
            : near_inside(L, name, is_own);
    bp_raise_text(L, BP_ERR_SCRIPT, "require \"%s\": %s%s%s%s", name,
                  is_own ? "the library has no such module"
                         : "no such module in the layout's folder or the library",
                  near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                  near != NULL ? "\"?" : "");
}

int bp_require(lua_State *L)
{
    size_t length = 0;
    const char *name = luaL_checklstring(L, 1, &length);
    lua_settop(L, 1);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LOADED_KEY); /* 2 */
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 2) != LUA_TNIL) { /* 3 */
        if (lua_touserdata(L, 3) == (void *)bp_library_chunks)
            bp_raise_text(
                L, BP_ERR_SCRIPT,
                "require \"%s\": the module is still being loaded, or failed to load before", name);
        return 1;
    }
    check_name(L, name, length);
    if (strcmp(name, "briefpress.engine") == 0)
        lua_pushcfunction(L, bp_open_engine);
    else
        find_module(L, name);
    lua_pushvalue(L, 1); /* A mark for modules that require each other. */
    lua_pushlightuserdata(L, (void *)bp_library_chunks);
    lua_rawset(L, 2);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, 2);
    return 1;
}

bool bp_script_has_library(void)
{
    return bp_library_chunks[0].name != NULL;
}
