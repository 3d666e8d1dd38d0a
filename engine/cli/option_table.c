/* The table of options: see options.h. A new option is a line here, one in settings.h, and, where
 * it is of a new kind, its reader in options.c. */
#include "cli/options.h"

#define FIELD(name) offsetof(bp_settings, name)

const bp_option bp_options[] = {
    {'d', "data", "[TABLE=]FILE", BP_OPTION_LIST, FIELD(data), NULL, BP_FOR_LAYOUTS,
     "data: JSON, CSV of observations, a report for the data it carries, or a table's CSV or "
     "NDJSON "
     "as TABLE=FILE; \"-\" is standard input; later files win"},
    {'o', "output", "FILE", BP_OPTION_TEXT, FIELD(output), NULL, BP_FOR_PDF,
     "the PDF; \"-\" is standard output; without it, the layout's name with .pdf in this folder; "
     "it may hold {date}, {period}, {lang}, {layout} and parameters, as 'out/{period}.pdf' or "
     "'{date:%Y}/{region}.pdf', and {{ for a brace"},
    {0, "period", "PERIOD", BP_OPTION_TEXT, FIELD(period), NULL, BP_FOR_LAYOUTS,
     "the period that this edition is of, as 2022, 2022-Q3, 2022-08, 2022-W35, 2022-08-31, or "
     "last-month, last-quarter, this-year, yesterday ..., counted from --date or today: the "
     "layout's parameter \"period\", and {period} in -o"},
    {0, "if-changed", NULL, BP_OPTION_FLAG, FIELD(if_changed), NULL, BP_FOR_RENDER,
     "do nothing where nothing that the PDF was made from has changed: layout, modules, data, "
     "fonts, images, options, program; -v says what has"},
    {0, "backfill", "N", BP_OPTION_COUNT, FIELD(backfill), NULL, BP_FOR_RENDER,
     "make those of the N periods before --period that are missing first, oldest first"},
    {0, "latest", "NAME", BP_OPTION_TEXT, FIELD(latest), NULL, BP_FOR_RENDER,
     "keep a symbolic link of this name, beside the editions or where its path says, on the newest "
     "of those that the pattern in -o names"},
    {0, "keep", "N", BP_OPTION_COUNT, FIELD(keep), NULL, BP_FOR_RENDER,
     "remove all but the newest N editions that were made with --keep from the pattern in -o, by "
     "{period} and {date}; nothing else is ever removed"},
    {0, "max-age", "RULE", BP_OPTION_TEXT, FIELD(max_age), NULL, BP_FOR_LAYOUTS,
     "warn of, or refuse, indicators that are older than their \"frequency\" in the data lets "
     "expect; or refuse data of which the newest is older than so many days or weeks, as 45d or "
     "6w; as of --date or today"},
    {'p', "param", "KEY=VALUE", BP_OPTION_LIST, FIELD(parameters), NULL, BP_FOR_LAYOUTS,
     "a parameter for the layout"},
    {0, "lang", "CODE", BP_OPTION_TEXT, FIELD(language), NULL, BP_FOR_LAYOUTS | BP_FOR_DATA,
     "the language, as \"en\" or \"zh\"; without it, the first of the data"},
    {0, "date", "DATE", BP_OPTION_TEXT, FIELD(date), NULL, BP_FOR_LAYOUTS,
     "the date of the document, as 2022-09-03 or 2022-09-03T10:00:00Z; without it "
     "SOURCE_DATE_EPOCH, "
     "or the data's publication date"},
    {0, "extract", "DIR", BP_OPTION_TEXT, FIELD(extract), NULL, BP_FOR_DATA,
     "write the files that a PDF carries into this folder"},
    {0, "force", NULL, BP_OPTION_FLAG, FIELD(force), NULL, BP_FOR_DATA,
     "replace files that are there already"},
    {0, "rows", "ROWS", BP_OPTION_TEXT, FIELD(rows), NULL, BP_FOR_BATCH,
     "the rows, each a set of parameters: NDJSON, CSV, a JSON list, \"-\" for standard input, or "
     "data:TABLE for a table of the data"},
    {0, "id", "COLUMN", BP_OPTION_TEXT, FIELD(id_column), NULL, BP_FOR_BATCH,
     "the column that names each row, {id} in -o (id)"},
    {0, "jobs", "N", BP_OPTION_COUNT, FIELD(jobs), NULL, BP_FOR_BATCH,
     "worker processes (as many as there are processors)"},
    {0, "results", "FILE", BP_OPTION_TEXT, FIELD(results), NULL, BP_FOR_BATCH,
     "what became of each row, a line of JSON each; {shard} stands for the shard's number; without "
     "it, standard output"},
    {0, "resume", NULL, BP_OPTION_FLAG, FIELD(resume), NULL, BP_FOR_BATCH,
     "go on where an earlier run with these results ended: what is made and still fits is kept"},
    {0, "merge", NULL, BP_OPTION_FLAG, FIELD(merge), NULL, BP_FOR_BATCH,
     "of results: whether every row is made, once, and still there; -o writes them as one file"},
    {0, "shard", "K/N", BP_OPTION_TEXT, FIELD(shard), NULL, BP_FOR_BATCH,
     "only the rows of part K of N; auto: as Slurm, Kubernetes, MPI or GNU parallel say; auto/N "
     "where they do not say how many there are"},
    {0, "template", "NAME", BP_OPTION_CHOICE, FIELD(template),
     "briefing|certificate|fact-sheet|letter|poster|slides", BP_FOR_NEW,
     "what to start from (briefing)"},
    {0, "font-dir", "FOLDER", BP_OPTION_LIST, FIELD(font_folders), NULL,
     BP_FOR_LAYOUTS | BP_FOR_FONTS | BP_FOR_DOCTOR | BP_FOR_VERIFY, "look here for fonts first"},
    {0, "no-system-fonts", NULL, BP_OPTION_FLAG, FIELD(no_system_fonts), NULL,
     BP_FOR_LAYOUTS | BP_FOR_FONTS | BP_FOR_DOCTOR | BP_FOR_VERIFY,
     "use no font but those of --font-dir and of the manifest"},
    {0, "hyphen-dir", "FOLDER", BP_OPTION_LIST, FIELD(hyphen_folders), NULL,
     BP_FOR_LAYOUTS | BP_FOR_VERIFY | BP_FOR_DOCTOR,
     "look here first for hyphenation patterns, as hyph_en_GB.dic"},
    {0, "allow-missing", NULL, BP_OPTION_FLAG, FIELD(allow_missing), NULL, BP_FOR_LAYOUTS,
     "let a mark stand for a character that no font has, and warn, instead of failing"},
    {0, "allow-read", "FOLDER", BP_OPTION_LIST, FIELD(read_folders), NULL, BP_FOR_LAYOUTS,
     "let the layout read files below this folder too, beside its own"},
    {0, "library", "FOLDER", BP_OPTION_TEXT, FIELD(library), NULL,
     BP_FOR_LAYOUTS | BP_FOR_FONTS | BP_FOR_DOCTOR | BP_FOR_NEW | BP_FOR_VERIFY,
     "where scripts/ and fonts/ are, instead of those that ship"},
    {0, "max-seconds", "N", BP_OPTION_SECONDS, FIELD(seconds), NULL,
     BP_FOR_LAYOUTS | BP_FOR_DATA | BP_FOR_VERIFY, "end the run after this time (60)"},
    {0, "max-memory", "SIZE", BP_OPTION_SIZE, FIELD(memory), NULL,
     BP_FOR_LAYOUTS | BP_FOR_DATA | BP_FOR_VERIFY, "memory it may use, as 512M or 2G (1G)"},
    {0, "max-pages", "N", BP_OPTION_COUNT, FIELD(pages), NULL, BP_FOR_LAYOUTS | BP_FOR_VERIFY,
     "pages it may have (20000)"},
    {0, "max-output", "SIZE", BP_OPTION_SIZE, FIELD(output_bytes), NULL,
     BP_FOR_PDF | BP_FOR_DATA | BP_FOR_VERIFY,
     "bytes the PDF may have, and the files taken out of it together (1G)"},
    {0, "deflate", "N", BP_OPTION_LEVEL, FIELD(deflate_level), NULL, BP_FOR_PDF,
     "compression, 0 (none, all of the file can be read) to 12 (1)"},
    {0, "optimize", NULL, BP_OPTION_FLAG, FIELD(optimize), NULL, BP_FOR_PDF,
     "as small a PDF as can be, which takes longer: --deflate 12"},
    {0, "web", NULL, BP_OPTION_FLAG, FIELD(web), NULL, BP_FOR_PDF,
     "a linearized PDF: its first page can be shown before the rest has come"},
    {0, "encrypt", NULL, BP_OPTION_FLAG, FIELD(encrypt), NULL, BP_FOR_PDF,
     "encrypt it (AES-256) by passwords of --password-file, else of BRIEFPRESS_PASSWORD and "
     "BRIEFPRESS_OWNER_PASSWORD; not with PDF/A, so with --standard ua-1 or none"},
    {0, "password-file", "FILE", BP_OPTION_TEXT, FIELD(password_file), NULL,
     BP_FOR_PDF | BP_FOR_DATA,
     "the first line is the password that opens it (empty: it opens without), the second, if any, "
     "the owner's"},
    {0, "permit", "LIST", BP_OPTION_PERMISSIONS, FIELD(permissions), NULL, BP_FOR_PDF,
     "what is allowed without the owner's password: print, copy, annotate, assemble, change, or "
     "none (print,copy); reading aloud always is"},
    {0, "no-attachments", NULL, BP_OPTION_FLAG, FIELD(no_attachments), NULL, BP_FOR_PDF,
     "keep the data, the layout and the parameters out of the PDF, which carries them otherwise; "
     "it cannot be verified then"},
    {0, "pages", "RANGES", BP_OPTION_RANGES, FIELD(ranges), NULL, BP_FOR_PDF,
     "only these pages reach the PDF, as 2-3 or 1,4-; all else stays as in the whole"},
    {0, "standard", "LIST", BP_OPTION_STANDARDS, FIELD(standards), NULL, BP_FOR_LAYOUTS,
     "the standards that the PDF keeps: a-2a, a-2b, a-2u, a-3a, a-3b, a-3u, and ua-1, or none; "
     "without it, what the layout states (a-3a,ua-1)"},
    {0, "no-tags", NULL, BP_OPTION_FLAG, FIELD(no_tags), NULL, BP_FOR_LAYOUTS,
     "leave out the tags that screen readers follow; with a standard of a-2b, a-2u, a-3b, a-3u or "
     "none"},
    {0, "timings", NULL, BP_OPTION_FLAG, FIELD(timings), NULL, BP_FOR_ONE,
     "tell where the time went"},
    {0, "trace", "FILE", BP_OPTION_TEXT, FIELD(trace), NULL, BP_FOR_ONE,
     "write each drawing step as a line of text"},
    {0, "boxes", NULL, BP_OPTION_FLAG, FIELD(boxes), NULL, BP_FOR_RENDER | BP_FOR_WATCH,
     "draw the frame of each block, with what it is and its line in the layout"},
    {0, "no-fork", NULL, BP_OPTION_FLAG, FIELD(no_fork), NULL, BP_FOR_LAYOUTS | BP_FOR_VERIFY,
     "for debuggers: no worker process, and none of its protection"},
    {0, "name", "NAME", BP_OPTION_TEXT, FIELD(name), NULL, BP_FOR_RENDER,
     "what status, metrics, commands and JSON messages call it; without it, the file name of -o"},
    {0, "status-file", "FILE", BP_OPTION_TEXT, FIELD(status_file), NULL, BP_FOR_RENDER,
     "replace this file by one line of JSON on how the run ended; \"-\" is standard output"},
    {0, "metrics-file", "FILE", BP_OPTION_TEXT, FIELD(metrics_file), NULL, BP_FOR_RENDER,
     "the same as metrics for Prometheus; its node_exporter reads files whose names end in .prom"},
    {0, "on-success", "COMMAND", BP_OPTION_LIST, FIELD(on_success), NULL, BP_FOR_RENDER,
     "run this after a new PDF is in its place, without a shell; {file}, {report}, {state}, "
     "{exit}, {message} and others stand for what is known of the run"},
    {0, "on-failure", "COMMAND", BP_OPTION_LIST, FIELD(on_failure), NULL, BP_FOR_RENDER,
     "the same after a run whose exit code is not 0"},
    {0, "on-end", "COMMAND", BP_OPTION_LIST, FIELD(on_end), NULL, BP_FOR_RENDER,
     "the same after every run, also one that found nothing changed: for pings"},
    {0, "hook-seconds", "N", BP_OPTION_SECONDS, FIELD(hook_seconds), NULL, BP_FOR_RENDER,
     "end a command of --on-success, --on-failure or --on-end after this time (60)"},
    {0, "at", "TIMES", BP_OPTION_TEXT, FIELD(at), NULL, BP_FOR_SCHEDULE,
     "when, as cron writes it: minute, hour, day of the month, month, day of the week, as "
     "\"0 7 * * 1\", or @hourly, @daily, @weekly, @monthly, @yearly"},
    {0, "name", "NAME", BP_OPTION_TEXT, FIELD(schedule_name), NULL, BP_FOR_SCHEDULE,
     "what the schedule is called (the name of the PDF)"},
    {0, "install", NULL, BP_OPTION_FLAG, FIELD(install), NULL, BP_FOR_SCHEDULE,
     "put the line into your crontab, in the place of one of that name"},
    {0, "list", NULL, BP_OPTION_FLAG, FIELD(list), NULL, BP_FOR_SCHEDULE,
     "list the schedules of your crontab, or with --systemd the timers, and what is wrong with "
     "them"},
    {0, "remove", "NAME", BP_OPTION_TEXT, FIELD(remove), NULL, BP_FOR_SCHEDULE,
     "take this schedule out of your crontab, or with --systemd its units away"},
    {0, "systemd", "KIND", BP_OPTION_CHOICE, FIELD(systemd), "user|system", BP_FOR_SCHEDULE,
     "units for systemd instead of a line for cron: yours, or the machine's"},
    {0, "unit-dir", "FOLDER", BP_OPTION_TEXT, FIELD(unit_folder), NULL, BP_FOR_SCHEDULE,
     "where the units are written (~/.config/systemd/user, /etc/systemd/system)"},
    {0, "random-delay", "SECONDS", BP_OPTION_SECONDS, FIELD(random_delay), NULL, BP_FOR_SCHEDULE,
     "with --systemd: run up to this much later, by lot, so that not all machines begin at once"},
    {0, "no-check", NULL, BP_OPTION_FLAG, FIELD(no_check), NULL, BP_FOR_SCHEDULE,
     "do not render once before: where the data has yet to come, or findings are known"},
    {0, "crontab", "FILE", BP_OPTION_TEXT, FIELD(crontab), NULL, BP_FOR_SCHEDULE,
     "the program that reads and writes crontabs (/usr/bin/crontab)"},
    {'q', "quiet", NULL, BP_OPTION_FLAG, FIELD(quiet), NULL, BP_FOR_ALL, "say nothing on success"},
    {'v', "verbose", NULL, BP_OPTION_FLAG, FIELD(verbose), NULL, BP_FOR_ALL,
     "say more: the Lua traceback of an error"},
    {0, "log-format", "FORMAT", BP_OPTION_CHOICE, FIELD(log_format), "text|json", BP_FOR_ALL,
     "messages as text, or as one JSON object a line"},
    {0, "color", "WHEN", BP_OPTION_CHOICE, FIELD(color), "auto|always|never", BP_FOR_ALL,
     "colour messages; auto: on a terminal, unless NO_COLOR is set"},
    {'h', "help", NULL, BP_OPTION_FLAG, FIELD(help), NULL, BP_FOR_ALL, "show this help"},
    {0, "version", NULL, BP_OPTION_FLAG, FIELD(version), NULL, BP_FOR_ALL, "show the version"},
};
const size_t bp_option_count = sizeof bp_options / sizeof bp_options[0];
