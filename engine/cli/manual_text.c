/* What the manual page says beside the tables: see manual.h. */
#include "cli/manual.h"

#include <stddef.h>

const char *const bp_manual_description[] = {
    "briefpress reads indicators (figures with their unit, period and source) and a layout, which "
    "is a "
    "file of Lua, and makes a PDF of them: typeset like a book, tagged for screen readers, "
    "archivable "
    "(PDF/A-3a and PDF/UA-1 together, unless another standard is asked for), and byte for byte the "
    "same whenever it is made from the same inputs.",
    "The PDF appears whole or not at all, and the one of before stays until then. A layout runs in "
    "a "
    "process of its own with limits of time and memory; it reads no file outside its own folder "
    "and "
    "those that --allow-read names, and sends nothing anywhere.",
    "A report carries what it was made from: the data, the layout, its modules and images, and the "
    "figures it prints with their sources. Whoever gets the PDF gets these files too, unless "
    "--no-attachments keeps them out.",
    "Results go to standard output, messages to standard error, as compilers write them: file, "
    "line, "
    "what is wrong, what to do. With -q nothing is said on success, so that cron mails only "
    "trouble.",
    NULL};

const char *const bp_manual_data[] = {
    "A file of data is JSON in the indicator format (a schema of it, by which editors complete, is "
    "indicators.schema.json among the files of the program), a CSV of observations with the "
    "columns id, "
    "period and value, or a report in PDF, which stands for the data it carries. Several -d are "
    "merged "
    "in their order; what comes later wins.",
    "Tables are rows with named columns, from CSV or NDJSON: -d enterprises=register.csv. They are "
    "read "
    "row by row and may be large.",
    "All faults of the data are told at once, each with its file, line and column; nothing is "
    "written "
    "then.",
    NULL};

const bp_manual_item bp_manual_environment[] = {
    {"SOURCE_DATE_EPOCH",
     "seconds since 1970: the date of the document, where --date gives none; see "
     "https://reproducible-builds.org/specs/source-date-epoch/"},
    {"BRIEFPRESS_PASSWORD", "the password that opens the PDF, where no --password-file is given"},
    {"BRIEFPRESS_OWNER_PASSWORD", "the owner's password, likewise"},
    {"BRIEFPRESS_STATE, BRIEFPRESS_EXIT, BRIEFPRESS_FILE, ...",
     "set for the commands of --on-success, --on-failure and --on-end: what their placeholders "
     "{state}, {exit}, {file}, {report}, {code}, {place}, {message}, {pages}, {bytes}, {sha256}, "
     "{warnings}, {seconds} and {status_file} stand for"},
    {"NO_COLOR", "anything but nothing: messages have no colour, unless --color always"},
    {"PATH",
     "where the programs of --on-success, --on-failure and --on-end are looked for; unset: in "
     "/usr/local/sbin, /usr/local/bin, /usr/sbin, /usr/bin, /sbin and /bin"},
    {"TERM", "dumb: no colour and no progress"},
    {"TZ",
     "the time zone, of which doctor tells whether there is one of that name; no report hangs "
     "on it"},
    {NULL, NULL}};

const bp_manual_item bp_manual_files[] = {
    {"DIR/.NAME.lock", "the lock of the output DIR/NAME, by which two runs keep off each other; it "
                       "may be deleted when no "
                       "run is under way"},
    {"PREFIX/share/briefpress/scripts",
     "the Lua library, the themes, the templates of new, the descriptions of the API for editors, "
     "and "
     "briefing.lua, a whole report; PREFIX is /usr for a package. --library names another"},
    {"PREFIX/share/briefpress/fonts/fonts.json",
     "the fonts that serve, where they are looked for, and the package each comes from"},
    {"PREFIX/share/briefpress/data",
     "the schema of the indicator format, and the data of the report"},
    {NULL, NULL}};

const bp_manual_item bp_manual_examples[] = {
    {"From nothing to a page, printed again at each save:",
     "  briefpress new quarterly\n"
     "  cd quarterly\n"
     "  briefpress watch layout.lua -d data.json\n"},
    {"Each Monday at seven, in a crontab; nothing is mailed unless something is wrong:",
     "  0 7 * * 1  briefpress render -q /srv/r/briefing.lua -d /srv/r/figures.json -o "
     "/srv/www/r.pdf\n"},
    {NULL, NULL}};

const char *const bp_manual_standards[] = {"ISO 19005-2 and -3 (PDF/A-2 and PDF/A-3), ISO 14289-1 "
                                           "(PDF/UA-1), ISO 32000-1 (PDF 1.7); AES-256 "
                                           "as ISO 32000-2 has it.",
                                           NULL};
