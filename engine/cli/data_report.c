/* briefpress data REPORT.pdf: what a PDF says and carries, as columns or, with --log-format json,
 * as one JSON object a line; with --extract DIR its files are written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/json_print.h"
#include "cli/messages.h"
#include "job/extract.h"

#define PASSWORD_MOST 4096

/* The first line of the file, else what the environment says, as for --encrypt; NULL and no error
 * where there is none. Yours to free. */
static char *read_password(const char *path, bp_error *err)
{
    bp_buf text = {0};
    const char *known = getenv("BRIEFPRESS_PASSWORD");
    if (path != NULL && !bp_file_read(path, PASSWORD_MOST, &text, err))
        return NULL;
    if (path == NULL && (known == NULL || known[0] == '\0'))
        return NULL;
    const char *from = path == NULL ? known : text.length != 0 ? text.bytes : "";
    char *password = bp_copy_bytes(from, strcspn(from, "\r\n"));
    if (text.length != 0)
        memset(text.bytes, 0, text.length);
    bp_buf_clear(&text);
    if (password == NULL)
        bp_fail_memory(err);
    return password;
}

static void put_fact(const char *name, const char *value)
{
    fputs("  ", stdout);
    bp_columns_put(name, 11);
    bp_columns_put(value[0] ? value : "-", 0);
    putchar('\n');
}

/* "D:20220908" is 2022-09-08; anything else is shown as it is. */
static void write_date(const char *text, char out[64])
{
    (void)snprintf(out, 64, "%s", text);
    const char *digits = strncmp(text, "D:", 2) == 0 ? text + 2 : text;
    if (strspn(digits, "0123456789") >= 8)
        (void)snprintf(out, 64, "%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
}

static size_t widest_of(const bp_report *report, bool is_name)
{
    size_t widest = is_name ? 4 : 3;
    for (size_t i = 0; i < BP_REPORT_FILE_COUNT(report); i++) {
        const bp_report_file *file = &BP_REPORT_FILES(report)[i];
        size_t width = bp_columns_width(is_name ? file->name : file->mime);
        widest = width > widest && width <= 48 ? width : widest;
    }
    return widest;
}

static void put_size(long long bytes)
{
    if (bytes < 0)
        printf("%10s", "-");
    else
        printf("%10lld", bytes);
}

static void put_columns(const char *path, const bp_report *report)
{
    const bp_reader_summary *about = &report->about;
    const char *program = about->creator[0] ? about->creator : about->producer;
    char text[256];
    bp_columns_put(about->title[0] ? about->title : bp_path_name(path), 0);
    putchar('\n');
    put_fact("program", program);
    if (strcmp(program, about->producer) != 0)
        put_fact("producer", about->producer);
    put_fact("standards", about->standards);
    put_fact("language", about->language);
    write_date(about->created, text);
    put_fact("made", text);
    (void)snprintf(text, sizeof text, "PDF %.32s, %zu %s%s", about->version, about->pages,
                   about->pages == 1 ? "page" : "pages", about->is_encrypted ? ", encrypted" : "");
    put_fact("file", text);
    put_fact("identifier", about->identifier);
    printf("\nfiles (%zu)\n", BP_REPORT_FILE_COUNT(report));
    size_t name = widest_of(report, true), mime = widest_of(report, false);
    for (size_t i = 0; i < BP_REPORT_FILE_COUNT(report); i++) {
        const bp_report_file *file = &BP_REPORT_FILES(report)[i];
        fputs("  ", stdout);
        bp_columns_put(file->name[0] ? file->name : "-", name);
        bp_columns_put(file->relationship[0] ? file->relationship : "-", 12);
        bp_columns_put(file->mime[0] ? file->mime : "-", mime);
        put_size(file->size_bytes);
        fputs(file->description[0] ? "  " : "", stdout);
        bp_columns_put(file->description, 0);
        putchar('\n');
    }
}

static void put_objects(const char *path, const bp_report *report)
{
    const bp_reader_summary *about = &report->about;
    fputs("{\"kind\":\"report\"", stdout);
    bp_json_print("path", path);
    bp_json_print("title", about->title);
    bp_json_print("author", about->author);
    bp_json_print("creator", about->creator);
    bp_json_print("producer", about->producer);
    bp_json_print("created", about->created);
    bp_json_print("language", about->language);
    bp_json_print("standards", about->standards);
    bp_json_print("version", about->version);
    bp_json_print("identifier", about->identifier);
    printf(",\"pages\":%zu,\"encrypted\":%s,\"files\":%zu}\n", about->pages,
           about->is_encrypted ? "true" : "false", BP_REPORT_FILE_COUNT(report));
    for (size_t i = 0; i < BP_REPORT_FILE_COUNT(report); i++) {
        const bp_report_file *file = &BP_REPORT_FILES(report)[i];
        fputs("{\"kind\":\"file\"", stdout);
        bp_json_print("name", file->name);
        bp_json_print("relationship", file->relationship);
        bp_json_print("mime", file->mime);
        if (file->size_bytes >= 0)
            printf(",\"bytes\":%lld", file->size_bytes);
        bp_json_print("description", file->description);
        fputs("}\n", stdout);
    }
}

static void tell_written(void *owner, const bp_report_file *file, const char *path, bool is_renamed)
{
    (void)owner;
    printf("%s\n", path);
    if (is_renamed)
        bp_message_note("%s: the report calls it \"%s\"", path, file->name);
}

int bp_data_report(const bp_settings *settings, const char *path)
{
    const bp_report_options options = {.limits = {.seconds = settings->seconds,
                                                  .memory_bytes = settings->memory,
                                                  .output_bytes = settings->output_bytes},
                                       .has_contents = settings->extract != NULL};
    const bp_extraction extraction = {
        .folder = settings->extract, .replaces = settings->force, .wrote = tell_written};
    bp_error err = {0};
    bp_faults faults = {0};
    bp_report report = {.contents = -1};
    char *password = read_password(settings->password_file, &err);
    const bp_report_source source = {.path = path, .password = password};
    bool ok = err.code == BP_OK && bp_report_read(&source, &options, &report, &err);
    if (ok && report.about.repairs[0] != '\0')
        bp_faults_add(&faults, BP_OK, path, "is damaged, and was mended while it was read: %s",
                      report.about.repairs);
    if (ok && settings->extract != NULL)
        (void)bp_extract(&report, &extraction, &faults, &err);
    else if (ok && strcmp(settings->log_format, "json") == 0)
        put_objects(path, &report);
    else if (ok)
        put_columns(path, &report);
    (void)fflush(stdout);
    bp_message_outcome(&faults, &err, settings);
    if (password != NULL)
        memset(password, 0, strlen(password));
    bp_free(password);
    bp_faults_clear(&faults);
    bp_report_clear(&report);
    return bp_message_finish(bp_code_exit(err.code));
}
