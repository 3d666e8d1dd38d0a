/* Paths: see file.h. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

static char *copied(const char *text, size_t length, bp_error *err)
{
    char *copy = bp_copy_bytes(text, length);
    if (copy == NULL)
        bp_fail_memory(err);
    return copy;
}

const char *bp_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *bp_path_join(const char *folder, const char *name, bp_error *err)
{
    if (name[0] == '/' || folder[0] == '\0')
        return copied(name, strlen(name), err);
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    bp_buf path = {0};
    bool ok = bp_buf_add(&path, folder, length) &&
              (folder[length - 1] == '/' || bp_buf_char(&path, '/')) && bp_buf_text(&path, name);
    char *taken = ok ? bp_buf_take(&path) : NULL;
    if (taken == NULL) {
        bp_buf_clear(&path);
        bp_fail_memory(err);
    }
    return taken;
}

char *bp_path_folder(const char *path, bp_error *err)
{
    const char *name = bp_path_name(path);
    if (name == path)
        return copied(".", 1, err);
    size_t length = (size_t)(name - path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return copied(path, length, err);
}

char *bp_path_real(const char *path, bp_error *err)
{
    char real[PATH_MAX];
    if (realpath(path, real) == NULL) {
        bp_fail(err, BP_ERR_INPUT, path, "cannot be found: %s", strerror(errno));
        return NULL;
    }
    return copied(real, strlen(real), err);
}

char *bp_path_target(const char *path, bp_error *err)
{
    char *at = copied(path, strlen(path), err);
    for (int links = 0; at != NULL; links++) {
        char link[PATH_MAX];
        ssize_t length = readlink(at, link, sizeof link - 1);
        if (length < 0)
            return at; /* No link, or nothing there yet: opening it will say so. */
        link[length] = '\0';
        char *folder = links < 40 ? bp_path_folder(at, err) : NULL;
        if (links >= 40)
            bp_fail(err, BP_ERR_CREATE, path, "too many symbolic links");
        char *next = folder ? bp_path_join(folder, link, err) : NULL;
        bp_free(folder);
        bp_free(at);
        at = next;
    }
    return NULL;
}

bool bp_path_is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        length--;
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

char *bp_path_hidden(const char *output, const char *ending, bp_error *err)
{
    char *target = bp_path_target(output, err);
    if (target == NULL)
        return NULL;
    const char *name = bp_path_name(target);
    bp_buf path = {0};
    int shown = (int)bp_utf8_floor(name, strlen(name), 253 - strlen(ending));
    bool ok =
        bp_buf_format(&path, "%.*s.%.*s%s", (int)(name - target), target, shown, name, ending);
    bp_free(target);
    char *taken = ok ? bp_buf_take(&path) : NULL;
    if (taken == NULL) {
        bp_buf_clear(&path);
        bp_fail_memory(err);
    }
    return taken;
}

char *bp_path_absolute(const char *path, bp_error *err)
{
    char folder[PATH_MAX];
    return path[0] == '/' || getcwd(folder, sizeof folder) == NULL
               ? copied(path, strlen(path), err)
               : bp_path_join(folder, path, err);
}

void bp_path_normalise(char *path)
{
    char *out = path;
    for (const char *at = path; *at != '\0';) {
        const char *part = at + 1;
        size_t length = strcspn(part, "/");
        at = part + length;
        if (length == 0 || (length == 1 && part[0] == '.'))
            continue;
        if (length == 2 && part[0] == '.' && part[1] == '.') {
            while (out > path && *--out != '/')
                continue;
            continue;
        }
        *out++ = '/';
        memmove(out, part, length);
        out += length;
    }
    if (out == path)
        *out++ = '/';
    *out = '\0';
}
