/* What the command line says, read once and never changed. Texts are lent from argv. */
#ifndef BP_CLI_SETTINGS_H
#define BP_CLI_SETTINGS_H

#include "base/buf.h"
#include "job/job.h"

typedef struct {
    bp_buf operands; /* Of const char *, without the command's name. */
    bp_buf data;     /* Of const char *, as all lists: each -d. */
    bp_buf parameters;
    bp_buf font_folders, hyphen_folders, read_folders;
    const char *password_file;
    const char *output, *language, *date, *trace, *library, *template;
    const char *extract;
    const char *at, *schedule_name, *systemd, *unit_folder, *remove, *crontab;
    double random_delay; /* 0: not given. */
    bool install, list, no_check;
    const char *rows, *id_column, *results, *shard;
    size_t jobs; /* 0: not given. */
    bool resume, merge;
    const char *name, *status_file, *metrics_file;
    bp_buf on_success, on_failure, on_end; /* Of const char *: commands. */
    double hook_seconds;
    const char *period, *latest;
    size_t keep, backfill; /* 0: not given. */
    const char *color, *log_format;
    double seconds;
    bp_buf ranges; /* Of bp_page_range. */
    size_t memory, pages, output_bytes;
    unsigned permissions; /* Of pdf/rewrite.h. */
    int deflate_level;    /* -1: not given. */
    unsigned standards;   /* Bits of pdf/standards.h; 0: not given. */
    bool no_system_fonts, no_attachments, allow_missing, timings, boxes, no_fork, no_tags;
    bool if_changed;
    const char *max_age;
    bool optimize, web, encrypt, force;
    bool quiet, verbose, help, version;
} bp_settings;

/* The items of a list, and how many. */
#define BP_LIST(buf) BP_BUF_ITEMS(buf, const char *)
#define BP_LIST_COUNT(buf) BP_BUF_COUNT(buf, const char *)

#endif
