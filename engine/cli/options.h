/* The command line: one table of options and one of commands, from which reading, --help and the
 * shells' completions all come. A new option is a line in option_table.c, a new command a line in
 * commands.c and a file of its own. */
#ifndef BP_CLI_OPTIONS_H
#define BP_CLI_OPTIONS_H

#include "base/error.h"
#include "cli/settings.h"

/* Commands, as bits: an option says which of them take it. */
enum {
    BP_FOR_RENDER = 1,
    BP_FOR_CHECK = 2,
    BP_FOR_DATA = 4,
    BP_FOR_FONTS = 8,
    BP_FOR_DOCTOR = 16,
    BP_FOR_COMPLETIONS = 32,
    BP_FOR_WATCH = 64,
    BP_FOR_NEW = 128,
    BP_FOR_VERIFY = 256,
    BP_FOR_BATCH = 512,
    BP_FOR_SCHEDULE = 1024,
    BP_FOR_MANUAL = 16384,
    BP_FOR_PDF = BP_FOR_RENDER | BP_FOR_WATCH | BP_FOR_BATCH, /* What makes a PDF. */
    BP_FOR_ONE = BP_FOR_RENDER | BP_FOR_WATCH | BP_FOR_CHECK, /* What runs a layout once. */
    BP_FOR_LAYOUTS = BP_FOR_PDF | BP_FOR_CHECK,
    BP_FOR_ALL = 0xffff
};

typedef enum {
    BP_OPTION_FLAG,        /* bool. */
    BP_OPTION_TEXT,        /* const char *. */
    BP_OPTION_LIST,        /* bp_buf of const char *; may be given several times. */
    BP_OPTION_CHOICE,      /* const char *, one of `choices`. */
    BP_OPTION_SECONDS,     /* double, above 0. */
    BP_OPTION_COUNT,       /* size_t, above 0. */
    BP_OPTION_SIZE,        /* size_t in bytes, from "512M", "2G", or a bare number of MiB. */
    BP_OPTION_LEVEL,       /* int, 0 to 12. */
    BP_OPTION_RANGES,      /* bp_buf of bp_page_range, from "1,4-6,9-". */
    BP_OPTION_PERMISSIONS, /* unsigned, from "print,copy". */
    BP_OPTION_STANDARDS    /* unsigned, from "a-3a,ua-1". */
} bp_option_kind;

typedef struct {
    char letter;      /* 0: none. */
    const char *name; /* Without the dashes. */
    /* As --help shows it; NULL for a flag. FILE, FOLDER, DIR, ROWS and RESULTS are paths, COMMAND
     * is a program with its arguments: completions and schedules know them by that. */
    const char *argument;
    bp_option_kind kind;
    size_t offset;       /* Of the field in bp_settings. */
    const char *choices; /* "auto|always|never"; NULL elsewhere. */
    unsigned commands;
    const char *help;
} bp_option;

typedef struct {
    const char *name;
    unsigned bit;
    const char *operands; /* As --help shows them. */
    size_t least, most;   /* Operands. */
    const char *summary;
    const char *examples;                    /* Lines, each ended by a newline. */
    int (*run)(const bp_settings *settings); /* Answers the exit code. */
} bp_command;

extern const bp_option bp_options[];
extern const size_t bp_option_count;
extern const bp_command bp_commands[];
extern const size_t bp_command_count;

/* Reads the arguments behind the program's name. `*command` stays NULL where none is named (--help,
 * --version). Operands are counted unless help is asked for. BP_ERR_USAGE: the first fault; what is
 * right behind it is read all the same, so that it is told as asked for (--log-format json,
 * --status-file). The settings are cleared by bp_settings_clear either way. */
bool bp_command_line_read(int count, char **arguments, bp_settings *settings,
                          const bp_command **command, bp_error *err);
void bp_settings_clear(bp_settings *settings);

/* Prints the help of a command, or of the program where it is NULL, on standard output. */
void bp_arguments_help(const bp_command *command);
/* Prints a line of help: `head`, and `text` wrapped beside it. */
void bp_help_put(const char *head, const char *text);

#endif
