/* Where the files that ship with the program are: see places.h. Never from the environment or the
 * working directory: cron's are anybody's guess, and a stranger's folder must not supply our own
 * library. */
#include "job/places.h"

#include <dlfcn.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "script/script.h"

static const char own_address; /* Where this code is loaded. */

static bool is_there(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

/* Takes the two places where the library's first module is below `scripts`. */
static bool take(bp_places *places, const char *scripts, const char *fonts, bp_error *err)
{
    char *mark = bp_path_join(scripts, "briefpress", err);
    bool found = mark != NULL && is_there(mark);
    bp_free(mark);
    if (!found)
        return false;
    places->library = bp_path_real(scripts, err);
    places->manifest = bp_path_join(fonts, "fonts.json", err);
    return places->library != NULL && places->manifest != NULL;
}

static bool take_below(bp_places *places, const char *folder, bp_error *err)
{
    char *scripts = bp_path_join(folder, "scripts", err);
    char *fonts = bp_path_join(folder, "fonts", err);
    bool ok = scripts != NULL && fonts != NULL && take(places, scripts, fonts, err);
    bp_free(fonts);
    bp_free(scripts);
    return ok;
}

static bool take_beside(bp_places *places, const char *file, const char *way, bp_error *err)
{
    char *folder = bp_path_folder(file, err);
    char *share = folder ? bp_path_join(folder, way, err) : NULL;
    bool ok = share != NULL && take_below(places, share, err);
    bp_free(share);
    bp_free(folder);
    return ok;
}

static bool take_beside_program(bp_places *places, bp_error *err)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return false;
    program[length] = '\0';
    return take_beside(places, program, "../share/briefpress", err);
}

/* The shared library may have been moved, and is loaded by a program that lives elsewhere. A
 * relative name would depend on the working directory; the loader gives one to a program alone. */
static bool take_beside_library(bp_places *places, bp_error *err)
{
    Dl_info info;
    return dladdr(&own_address, &info) != 0 && info.dli_fname != NULL && info.dli_fname[0] == '/' &&
           take_beside(places, info.dli_fname, BP_DATA_FROM_LIBRARY, err);
}

static bool take_source(bp_places *places, bp_error *err)
{
#ifdef BP_SOURCE_FOLDER
    return take_below(places, BP_SOURCE_FOLDER, err);
#else
    (void)places;
    (void)err;
    return false;
#endif
}

bool bp_places_find(const char *folder, bp_places *places, bp_error *err)
{
    *places = (bp_places){0};
    bool ok;
    if (folder != NULL)
        ok = take_below(places, folder, err);
    else
        ok = take_beside_program(places, err) || take_beside_library(places, err) ||
             take_source(places, err) || take_below(places, BP_DATA_FOLDER, err);
    places->chosen = folder == NULL && bp_script_has_library() ? NULL : places->library;
    if (!ok)
        bp_fail(err, BP_ERR_INPUT, folder,
                folder ? "holds no scripts/briefpress; name the folder of the library"
                       : "the Lua library was not found; install briefpress, or name its folder "
                         "with --library");
    return ok;
}

void bp_places_clear(bp_places *places)
{
    bp_free(places->library);
    bp_free(places->manifest);
    *places = (bp_places){0};
}
