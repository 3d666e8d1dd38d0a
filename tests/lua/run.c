/* Runs Lua tests with the loader that a layout gets: run TREE TEST.lua... where TREE is the folder
 * that holds scripts/ and fonts/. The exit code is that of the first failure. */
#include <stdio.h>

#include "base/buf.h"
#include "script/script.h"

static bool run(const char *tree, const char *file, bp_error *err)
{
    bp_buf library = {0};
    bp_buf manifest = {0};
    bp_catalog *catalog = NULL;
    bool is_done = false;
    if (!bp_buf_format(&library, "%s/scripts", tree) ||
        !bp_buf_format(&manifest, "%s/fonts/fonts.json", tree)) {
        bp_fail_memory(err);
        goto done;
    }
    catalog = bp_catalog_new(manifest.bytes, NULL, 0, false, err);
    if (!catalog)
        goto done;
    const bp_script_options options = {.layout = file, .library = library.bytes, .language = "en"};
    is_done = bp_script_run_test(&options, file, catalog, err);
done:
    bp_catalog_free(catalog);
    bp_buf_clear(&manifest);
    bp_buf_clear(&library);
    return is_done;
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fprintf(stderr, "usage: %s TREE TEST.lua...\n", arguments[0]);
        return bp_code_exit(BP_ERR_USAGE);
    }
    int code = 0;
    for (int i = 2; i < count; i++) {
        bp_error err = {0};
        if (run(arguments[1], arguments[i], &err))
            continue;
        fprintf(stderr, "%s%s%s\n", err.place, err.place[0] ? ": " : "", err.text);
        if (err.trace[0])
            fprintf(stderr, "%s\n", err.trace);
        code = code ? code : bp_code_exit(err.code);
    }
    return code;
}
