/* libbriefpress: a file of indicators and a Lua layout become a PDF.
 *
 *     briefpress_options options;
 *     briefpress_error error;
 *     briefpress_options_init(&options);
 *     options.layout = "briefing.lua";
 *     options.inputs = &(briefpress_input){.path = "indicators.json"};
 *     options.input_count = 1;
 *     if (!briefpress_render_file(&options, "briefing.pdf", &error))
 *         fprintf(stderr, "%s: %s\n", error.place, error.message);
 *
 * All texts are UTF-8 and lent for the length of the call. Layouts run in a forked worker process
 * under limits, so a hostile one cannot harm the caller. The library serves one call at a time: it
 * may be used from any thread, but never from two at once, and a program with other threads should
 * leave `in_process` off and fork early. */
#ifndef BRIEFPRESS_H
#define BRIEFPRESS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined __GNUC__
#define BRIEFPRESS_API __attribute__((visibility("default")))
#else
#define BRIEFPRESS_API
#endif

/* "0.1.0". Static. */
BRIEFPRESS_API const char *briefpress_version(void);

/* What went wrong. `code` is the exit code the program would have, and never changes meaning: 64
 * usage, 65 bad data, 66 an input cannot be read, 69 a font or image is missing or damaged, 70 our
 * own fault, 71 the system refused, 73 the output cannot be created, 74 writing failed, 75 another
 * run holds the output, 76 a limit was reached, 77 a file outside the allowed folders, 78 the
 * layout failed, 79 a check found something. 0: nothing. */
typedef struct {
    int code;
    char name[16];      /* Of the code, for logs: "data", "script" ... */
    char place[512];    /* "file:line" or "file:line:column"; may be "". */
    char message[2048]; /* One sentence without full stop, the hint after a semicolon. */
    char excerpt[512];  /* The line it is about; may be "". */
    char trace[4096];   /* The Lua traceback; may be "". */
} briefpress_error;

/* A file of data: JSON in the indicator format or a CSV of observations; with `table`, the rows of
 * that table as CSV or NDJSON. "-" is standard input. Later files win over earlier ones. */
typedef struct {
    const char *table; /* NULL: none. */
    const char *path;
} briefpress_input;

typedef struct {
    const char *key, *value;
} briefpress_parameter;

/* Is told each fault, finding and warning (code 0) of a call. */
typedef void briefpress_report(void *owner, int code, const char *place, const char *message);

/* What who has the user's password alone may do with an encrypted PDF. */
enum briefpress_permission {
    BRIEFPRESS_PERMIT_PRINT = 1,
    BRIEFPRESS_PERMIT_COPY = 2,     /* Text and pictures. */
    BRIEFPRESS_PERMIT_ANNOTATE = 4, /* Notes, and filling in forms. */
    BRIEFPRESS_PERMIT_ASSEMBLE = 8, /* Adding, taking out and turning pages. */
    BRIEFPRESS_PERMIT_CHANGE = 16   /* All else. */
};

/* How a call ended; each is somebody else's business. */
typedef enum briefpress_outcome {
    BRIEFPRESS_MADE,      /* A new PDF is there. */
    BRIEFPRESS_UNCHANGED, /* Nothing it is made from has changed: the PDF stays. */
    BRIEFPRESS_NO_DATA,   /* The data is not there, empty or too old. */
    BRIEFPRESS_BUSY,      /* Another run holds the output. */
    BRIEFPRESS_BROKEN     /* All else. */
} briefpress_outcome;

/* Begin with briefpress_options_init, which sets the defaults in brackets and `size`, by which a
 * later library knows an older caller. */
typedef struct {
    size_t size;
    const char *layout; /* Path. Needed. */
    const briefpress_input *inputs;
    size_t input_count;
    const briefpress_parameter *parameters; /* For the layout. */
    size_t parameter_count;
    const char *language;            /* BCP 47; NULL: the first of the data. */
    const char *date;                /* ISO 8601; NULL: the data's publication date. */
    const char *const *font_folders; /* Searched first. */
    size_t font_folder_count;
    const char *const
        *read_folders; /* The layout may read files below these, beside its own folder. */
    size_t read_folder_count;
    const char *library;               /* The folder of scripts/ and fonts/; NULL: as installed. */
    double max_seconds;                /* [60] */
    size_t max_memory;                 /* Bytes [1 GiB] */
    size_t max_pages;                  /* [20,000] */
    size_t max_output;                 /* Bytes [1 GiB] */
    int deflate_level;                 /* 0 to 12; [-1]: 1. */
    bool no_system_fonts;              /* [false] */
    bool in_process;                   /* [false] No worker, and none of its protection. */
    briefpress_report *report;         /* [NULL] */
    void *owner;                       /* Passed to `report`. */
    const char *const *hyphen_folders; /* Searched first for hyphenation patterns. */
    size_t hyphen_folder_count;
    bool allow_missing;   /* [false] A mark stands for a character that no font has, and `report` is
                           * told; otherwise that is an error (69). */
    const char *standard; /* What the PDF keeps: "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u" and
                           * "ua-1", with commas between, or "none"; NULL: what the layout states,
                           * else "a-3a,ua-1". */
    bool no_tags;         /* [false] No tags for screen readers; not with a-2a, a-3a and ua-1. */
    /* [false] Nothing of what it was made from is put into the PDF; without, the data, the layout
     * and the parameters are, for whoever gets it. */
    bool no_attachments;
    bool web; /* [false] Linearized: the first page can be shown before the rest has come. */
    /* With one of these the PDF is encrypted (AES-256), not with PDF/A. The user's password opens
     * it; NULL or "": none is needed to. The owner's lifts the bounds of `permissions`; NULL:
     * nobody has it. UTF-8, 127 bytes at most. */
    const char *user_password, *owner_password;
    unsigned permissions; /* Of briefpress_permission [PRINT, COPY]; reading aloud is always
                           * allowed. */
    /* [false] briefpress_render_file does nothing where nothing has changed that the PDF was made
     * from; a record beside it (".NAME.state") tells. */
    bool if_changed;
    briefpress_outcome *outcome; /* [NULL] Told how rendering ended, also where it failed. */
} briefpress_options;

BRIEFPRESS_API void briefpress_options_init(briefpress_options *options);

/* Renders to a file, which appears whole or not at all; a lock file beside it (".NAME.lock") keeps
 * other runs off. `error` may be NULL. */
BRIEFPRESS_API bool briefpress_render_file(const briefpress_options *options, const char *output,
                                           briefpress_error *error);

/* Renders to memory. `*pdf` is yours, to end with briefpress_free; NULL on failure. */
BRIEFPRESS_API bool briefpress_render_memory(const briefpress_options *options, unsigned char **pdf,
                                             size_t *length, briefpress_error *error);

/* Everything but writing. False with code 79 where something was found; `report` is told what. */
BRIEFPRESS_API bool briefpress_check(const briefpress_options *options, briefpress_error *error);

/* Loads and checks data alone; `layout` is not needed. */
BRIEFPRESS_API bool briefpress_check_data(const briefpress_options *options,
                                          briefpress_error *error);

/* Ends what briefpress_render_memory gave; NULL is fine. */
BRIEFPRESS_API void briefpress_free(void *bytes);

#ifdef __cplusplus
}
#endif

#endif
