/* briefpress verify: makes a report again from what it carries and compares the bytes. Exit code 79
 * where it differs. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/messages.h"
#include "data/colophon.h"
#include "job/places.h"
#include "job/verify.h"

/* "83,288" */
static void group(size_t number, char out[32])
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%zu", number);
    size_t at = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

static void show_progress(void *owner, double seconds)
{
    bp_message_progress(owner, seconds);
}

static void put_clean(const char *text, char *out, size_t size)
{
    (void)snprintf(out, size, "%s", text);
    bp_message_clean(out);
    for (char *c = out; *c != '\0'; c++)
        if ((unsigned char)*c < ' ')
            *c = ' '; /* One line each. */
}

/* What the report was made from, for -v. */
static void list_carried(const bp_carried *carried)
{
    char text[256], size[32];
    for (size_t i = 0; i < bp_bundle_count(&carried->files); i++) {
        const bp_bundle_file *file = bp_bundle_at(&carried->files, i);
        put_clean(file->path, text, sizeof text);
        group(file->size, size);
        printf("%-7s %s  %s bytes\n", bp_role_name(file->role), text, size);
    }
    const bp_buf *const lists[] = {&carried->options, &carried->parameters};
    for (size_t n = 0; n < 2; n++)
        for (size_t i = 0; i < BP_BUF_COUNT(lists[n], bp_colophon_pair); i++) {
            const bp_colophon_pair *pair = &BP_BUF_ITEMS(lists[n], const bp_colophon_pair)[i];
            char value[256];
            put_clean(pair->name, text, sizeof text);
            put_clean(pair->text, value, sizeof value);
            printf(n == 0 ? "option  --%s %s\n" : "option  -p %s=%s\n", text, value);
        }
}

static void tell_equal(const bp_verdict *verdict)
{
    char bytes[32], pages[32], program[128];
    group(verdict->bytes, bytes);
    group(verdict->pages, pages);
    put_clean(verdict->carried.program, program, sizeof program);
    printf("equal: %s bytes, %s page%s, made by %s\n", bytes, pages, verdict->pages == 1 ? "" : "s",
           program);
}

/* A rendering that fails may fail because the program is another one. */
static void add_version(const bp_verdict *verdict, const char *path, bp_faults *faults)
{
    const char *program = verdict->carried.program;
    if (program != NULL && strcmp(program, "briefpress " BP_VERSION) != 0)
        bp_faults_add(faults, BP_OK, path, "it was made by %.100s, this is briefpress " BP_VERSION,
                      program);
}

/* A file of the report that was changed is the finding, also where nothing can be made with it. */
static bool fails_by_change(const bp_verdict *verdict, const bp_error *err)
{
    return verdict->told.length != 0 && (err->code == BP_ERR_DATA || err->code == BP_ERR_SCRIPT ||
                                         err->code == BP_ERR_INPUT || err->code == BP_ERR_RESOURCE);
}

int bp_command_verify(const bp_settings *settings)
{
    bp_error err = {0};
    bp_faults faults = {0}, findings = {0};
    bp_places places = {0};
    bp_verdict verdict = {0};
    const char *path = BP_LIST(&settings->operands)[0];
    (void)signal(SIGPIPE, SIG_IGN);
    bool ok = bp_places_find(settings->library, &places, &err);
    const bp_verification task = {
        .path = path,
        .job = {.script = {.library = places.chosen,
                           .hyphen_folders = BP_LIST(&settings->hyphen_folders),
                           .hyphen_folder_count = BP_LIST_COUNT(&settings->hyphen_folders)},
                .manifest = places.manifest,
                .font_folders = BP_LIST(&settings->font_folders),
                .font_folder_count = BP_LIST_COUNT(&settings->font_folders),
                .system_fonts = !settings->no_system_fonts,
                .limits = {.seconds = settings->seconds,
                           .memory_bytes = settings->memory,
                           .pages = settings->pages,
                           .output_bytes = settings->output_bytes},
                .tick = show_progress,
                .owner = (void *)(uintptr_t)path,
                .no_fork = settings->no_fork}};
    ok = ok && bp_verify_run(&task, &verdict, &findings, &err);
    bp_message_progress_end();
    if (bp_message_is_verbose())
        list_carried(&verdict.carried);
    for (size_t i = 0; i < BP_BUF_COUNT(&verdict.told, char *); i++)
        bp_faults_add(&faults, BP_ERR_FINDINGS, path, "%s", BP_BUF_ITEMS(&verdict.told, char *)[i]);
    if (!ok) {
        for (size_t i = 0; i < bp_faults_count(&findings); i++) {
            const bp_fault *fault = bp_faults_at(&findings, i);
            bp_faults_add(&faults, fault->code, fault->place, "%s", fault->text);
        }
        add_version(&verdict, path, &faults);
    }
    bp_message_outcome(&faults, &err, settings);
    int code = bp_code_exit(err.code);
    if (!ok && fails_by_change(&verdict, &err)) {
        code = bp_code_exit(BP_ERR_FINDINGS);
        bp_message_note("%s: cannot be made again from what was changed in it", path);
    } else if (ok && !verdict.is_equal) {
        code = bp_code_exit(BP_ERR_FINDINGS);
        bp_message_note("%s: different from what is made again from it", path);
    } else if (ok && !settings->quiet) {
        tell_equal(&verdict);
    }
    bp_verdict_clear(&verdict);
    bp_faults_clear(&faults);
    bp_faults_clear(&findings);
    bp_places_clear(&places);
    return bp_message_finish(code);
}
