/* What the files of this room share: the host behind one lua_State, and the helpers of the Lua
 * border. Every function that takes a lua_State may raise a Lua error unless it says otherwise, so
 * own nothing while calling one. */
#ifndef BP_SCRIPT_SCRIPT_PRIVATE_H
#define BP_SCRIPT_SCRIPT_PRIVATE_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "base/buf.h"
#include "data/format.h"
#include "pdf/page.h"
#include "script/script.h"

/* A file whose code runs: the name messages use and where it is, for showing a line of it. */
typedef struct {
    char *name;      /* As chunks are named, without the "@" or "=" in front. */
    char *path;      /* NULL: inside the program. */
    bool is_library; /* Errors blame the layout's line that called it. */
} bp_chunk;

typedef enum {
    BP_TYPE_STYLE,
    BP_TYPE_PARAGRAPH,
    BP_TYPE_IMAGE,
    BP_TYPE_DOCUMENT,
    BP_TYPE_PAGE,
    BP_TYPE_COUNT
} bp_type;

/* One rendering. Reached from any of its threads through bp_host_of. */
typedef struct bp_host {
    const bp_script_options *options;
    const bp_data *data;  /* NULL: none was given. */
    const char *language; /* Of the report; lent by the data or the options. */
    bp_catalog *catalog;
    bp_faults *findings; /* May be NULL. */
    bool is_test;        /* A test file runs, not a layout. */
    bool is_check;       /* Nothing is written: whoever asks wants to know all. */
    bool is_drawing;     /* The block at work is not known: what is drawn was laid out before. */
    bool marks_missing;  /* A mark stands for a character that no font has, in any style. */
    bp_buf missing;      /* Of such characters and places that were told, as in host.c. */
    lua_State *state;
    bp_shaper *shaper;
    bp_document *document; /* NULL until the first page. */
    bp_sink out;           /* Where its PDF goes. */
    char *metadata[8];     /* For the document to come, as in api_document.c. */
    bp_buf figures;        /* The ledger as JSON, for the PDF to carry. */
    char *layout_folder;   /* As given: "." where the layout has no folder in its name. */
    bp_buf
        roots; /* Of char *: canonical folders below which files may be read; the layout's first, */
    size_t library_root; /* then this one, the library's (BP_NO_ROOT: inside the program only). */
    bp_buf chunks;       /* Of bp_chunk. */
    bp_buf formats;      /* Formatters by language, as in api_format.c. */
    bp_buf text, chunk, numbers, brackets,
        verbs; /* Scratch for one call; kept so that a Lua error in between leaks nothing. */
    const void *metatables[BP_TYPE_COUNT];
    bp_error error;   /* For one call into another room; see bp_host_error. */
    bp_error raised;  /* The last record that became a Lua error: keeps its code. */
    bp_error failure; /* What ended the run. */
    bool is_stopped;  /* A limit was reached: `raised` says which, and no pcall may swallow it. */
    int nesting, closing; /* Coroutines being resumed, and closed, inside each other. */
    int failed_claims;    /* Of a test file. */
    size_t collect_at;    /* Bytes alive at which the collector begins; SIZE_MAX: it has. */
    size_t outside;       /* Bytes paragraphs took since the collector was last told of them. */
    /* Of a test file, as in testing.c: earlier documents and data, and the PDF of each document. */
    bp_buf test_documents, test_data, test_pdfs;
    lua_State *volatile running; /* The thread that runs now, for the timer's signal. */
    bool has_timer;
} bp_host;

#define BP_NO_ROOT ((size_t)-1)

static inline bp_host *bp_host_of(lua_State *L)
{
    return *(bp_host **)lua_getextraspace(L);
}

/* host.c and testing.c */

/* The language of the report: as asked, in the spelling of the data. NULL and BP_ERR_USAGE where
 * the data lacks it. */
const char *bp_choose_language(const bp_script_options *options, const bp_data *data,
                               bp_error *err);
/* Pushes the `testing` table. */
void bp_open_testing(lua_State *L);
void bp_testing_close(bp_host *host);
/* A buffer for the PDF of the document to come; false when memory is refused. */
bool bp_testing_sink(bp_host *host, bp_sink *out);

/* errors.c */

/* Adds the line of a layout's file that `place` ("file:line") names to `line`, and tells its
 * number. False where it names none. */
bool bp_source_line(const bp_host *host, const char *place, long *number, bp_buf *line);

/* The host's empty error record, for one call into another room. Never raises. */
bp_error *bp_host_error(bp_host *host);
/* Turns a record into a Lua error "place: text" with the place of the layout's line unless it has
 * its own. Never returns. */
_Noreturn int bp_raise(lua_State *L, const bp_error *err);
/* The same from a code and a printf text. Never returns. */
_Noreturn int bp_raise_text(lua_State *L, bp_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn int bp_raise_memory(lua_State *L);
/* Writes "file:line" of the first frame from `level` up that is outside the library, or "" (false).
 * Never raises. */
bool bp_user_place(lua_State *L, int level, char place[BP_ERROR_PLACE]);
/* Adds a warning or finding that a layout worded: a long text is cut. Never raises. */
void bp_speak(lua_State *L, bp_code code, const char *place, const char *text);
/* The line of a layout that is to be blamed: the one that runs, else that of the block which the
 * library is laying out. False, and "", where there is none. Never raises. */
bool bp_find_blamed(lua_State *L, char place[BP_ERROR_PLACE]);
/* From now on errors that are raised while no line of the layout runs name `at` of this table. */
void bp_blame(lua_State *L, int index);
/* The message handler of protected calls from C: fills host->failure, with excerpt and trace. */
int bp_describe_error(lua_State *L);
/* The replacement of `error`: the place it adds is the layout's where the library complains. */
int bp_lua_error(lua_State *L);
/* Fills `failure` from a message that has its place in front, as a syntax error has. Never raises.
 */
void bp_describe_message(bp_host *host, lua_State *L, const char *message);

/* frames.c */

/* Writes the Lua text into `out`, changed so that none of its calls is a tail call: whoever calls
 * the library stays on the stack. Lines stay lines. False when memory is refused. Never raises. */
bool bp_frames_keep(const char *text, size_t length, bp_buf *out);
/* luaL_loadbufferx of a layout's text, with its frames kept. */
int bp_load_user_text(lua_State *L, const char *text, size_t length, const char *name);

/* limits.c */

/* Lua's allocator on ours; `owner` is the host. */
void *bp_lua_allocate(void *owner, void *block, size_t old_size, size_t size);
/* Keeps the collector of a new state at rest until the run has taken some memory. */
void bp_collector_rest(bp_host *host);
/* Starts and ends the watch over options->seconds_most. */
bool bp_timer_start(bp_host *host, bp_error *err);
void bp_timer_stop(bp_host *host);
/* Replaces pcall and xpcall in the table on top of the stack. */
void bp_open_protected_calls(lua_State *L);
/* Pushes the `coroutine` table. */
void bp_open_coroutine(lua_State *L);

/* sandbox.c and its parts */

/* Opens the safe part of the standard library: the library's environment as the globals, the
 * layout's in the registry. */
void bp_open_sandbox(lua_State *L);
/* Pushes the environment of layouts and tests, or of the library. */
void bp_push_environment(lua_State *L, bool is_library);
/* Change the tables of the standard library on top of the stack in place. */
void bp_guard_string(lua_State *L);
void bp_guard_table(lua_State *L);
/* Pushes the `os` table: dates alone. */
void bp_open_os(lua_State *L);
/* tostring without addresses: pushes the text of the value at `index`. */
const char *bp_to_text(lua_State *L, int index);
int bp_lua_tostring(lua_State *L);
/* `pairs` in the order of keys. */
int bp_sorted_pairs(lua_State *L);
/* Pushes a read-only view of the table on top of the stack, replacing it. `what` names it in
 * messages. */
void bp_freeze(lua_State *L, const char *what);

/* loader.c */

/* Works out the folders files may be read from. Never raises. */
bool bp_roots_open(bp_host *host, const char *file, bp_error *err);
void bp_roots_close(bp_host *host);
/* `require`. */
int bp_require(lua_State *L);
/* Pushes the function of the layout or test file `file`; fails as a Lua error. */
void bp_load_user_file(lua_State *L, const char *file);
/* The canonical path of `file` (relative: to the layout's folder) if it may be read; NULL and `err`
 * otherwise. Yours to free. Never raises. */
char *bp_allowed_path(bp_host *host, const char *file, bp_error *err);
/* Reads a file that a layout names, as above, notes it and keeps it for the PDF. Never raises. */
bool bp_read_asset(bp_host *host, const char *file, bp_role role, size_t most, bp_buf *bytes,
                   bp_error *err);
/* Whether it is there to be read: as far as it is kept for the PDF, its bytes are read for that. */
bool bp_find_asset(bp_host *host, const char *file, bp_error *err);
/* Notes a file that is read for options->files. Never raises. */
bool bp_note_file(bp_host *host, const char *path, bp_error *err);
/* The same for the name that it was found under, where that leads there through a link; a name that
 * is not absolute is seen from the layout's folder. */
bool bp_note_name(bp_host *host, const char *name, const char *path, bp_error *err);

/* carry.c */

/* Attaches all that the rendering was made from to its document. Never raises. */
bool bp_carry(bp_host *host, bp_error *err);
/* A method of documents: takes the ledger of figures as JSON, where a PDF is to carry it. */
int bp_document_figures(lua_State *L);

/* options.c */

typedef enum {
    BP_OPTION_NUMBER,  /* double */
    BP_OPTION_INTEGER, /* int */
    BP_OPTION_BOOLEAN, /* bool */
    BP_OPTION_TEXT,    /* const char *, lent by the table */
    BP_OPTION_COLOR,   /* uint32_t, 0xRRGGBBAA */
    BP_OPTION_CHOICE,  /* int: the index in `choices` */
    BP_OPTION_ANY      /* Nothing is read: the caller does. */
} bp_option_kind;

typedef struct {
    const char *name;
    bp_option_kind kind;
    size_t offset;              /* In the struct that is filled. */
    const char *const *choices; /* NULL-ended. */
} bp_option;

/* Reads the option table at `index` into `out`, which holds the defaults. An unknown key, or a
 * value of the wrong kind, is an error in which `what` names the table. Answers bit i where option
 * i was given (at most 32 options). */
unsigned bp_options_read(lua_State *L, int index, const char *what, const bp_option *options,
                         size_t count, void *out);
/* Pushes the option `name` without asking metamethods: they could change what was lent before.
 * Answers its type. */
int bp_option_push(lua_State *L, int index, const char *name);
/* A colour as "#rgb", "#rrggbb" or "#rrggbbaa". */
uint32_t bp_check_color(lua_State *L, int index, const char *what);
/* Whether a text is such a colour, or could name one of a theme. */
bool bp_is_color(const char *text, size_t length);
/* Whether a text is a number and its unit: "20mm", "1.5 em", "-3pt", "50%", "2fr". */
bool bp_is_length(const char *text);
/* The nearest of `count` names, NULL where none is near. Never raises. */
const char *bp_nearest(const char *word, const char *const *names, size_t count);
/* api_*.c */

/* Makes the metatable of a type: methods and, where a name is no method, `property` (may be NULL),
 * which pushes a value and answers true. `free_box` ends a box (may be NULL). */
typedef bool (*bp_property)(lua_State *L, void *box, const char *name);
typedef struct {
    const char *name;              /* As messages call it: "Page". */
    const luaL_Reg *methods;       /* {NULL, NULL} ends it. */
    const char *const *properties; /* NULL-ended; may be NULL. */
    bp_property property;
    lua_CFunction free_box;
} bp_type_spec;
extern const bp_type_spec *const bp_types[BP_TYPE_COUNT];
void bp_open_types(lua_State *L);
/* A box of `size` bytes, zeroed, with the type's metatable, on top of the stack. */
void *bp_box_new(lua_State *L, bp_type type, size_t size);
/* The box at `index`, an error when it is something else. */
void *bp_box_check(lua_State *L, int index, bp_type type);

typedef struct {
    const bp_style *style;
} bp_style_box;
typedef struct {
    bp_paragraph *paragraph; /* NULL: it failed to be made. */
    bool is_laid_out;
} bp_paragraph_box;

/* Each pushes one table of the module. */
void bp_open_text(lua_State *L);
void bp_open_image(lua_State *L);
void bp_open_format(lua_State *L);
/* engine.text.inline, in api_inline.c. */
int bp_text_markdown(lua_State *L);
/* Functions of engine.text, as scripts/types/engine.lua describes them: api_text_forms.c. */
int bp_api_has_forms(lua_State *L);
int bp_api_ink(lua_State *L);
int bp_api_upper(lua_State *L);
int bp_api_collate(lua_State *L);
int bp_text_inline(lua_State *L);
/* The laid-out paragraph at `index`. */
const bp_paragraph *bp_check_lines(lua_State *L, int index);
const bp_style *bp_check_style(lua_State *L, int index);
/* Adds job, report, caller and nearest to the module on top of the stack. */
void bp_open_job(lua_State *L);
/* Pushes the module `briefpress.engine`. */
int bp_open_engine(lua_State *L);

extern const bp_type_spec bp_style_type, bp_paragraph_type, bp_image_type, bp_document_type,
    bp_page_type;

/* The image of a box. */
bp_image *bp_check_image(lua_State *L, int index);
/* Pushes a Page for a page of the document. */
void bp_push_page(lua_State *L, bp_page *page);
bp_page *bp_check_page(lua_State *L, int index);
/* Methods of Page that draw shapes, in api_draw.c. */
int bp_draw_path(lua_State *L);
int bp_draw_clip(lua_State *L);
int bp_draw_rect(lua_State *L);
int bp_draw_line(lua_State *L);
int bp_draw_circle(lua_State *L);
int bp_draw_dots(lua_State *L);
int bp_draw_sector(lua_State *L);
int bp_draw_shadow(lua_State *L);
/* Pushes the Document. */
void bp_push_document(lua_State *L);

/* The formatter of a language; NULL: the report's. Kept by the host. */
bp_format *bp_host_format(lua_State *L, const char *language);
void bp_formats_close(bp_host *host);
/* Reads a NumberStyle with further options behind it. */
#define BP_NUMBER_OPTIONS(type, member, language_member)                                           \
    {"language", BP_OPTION_TEXT, offsetof(type, language_member), NULL},                           \
        {"decimals", BP_OPTION_INTEGER, offsetof(type, member.decimals), NULL},                    \
        {"grouping", BP_OPTION_BOOLEAN, offsetof(type, member.grouping), NULL},                    \
        {"plus", BP_OPTION_BOOLEAN, offsetof(type, member.plus), NULL},                            \
        {"percent", BP_OPTION_BOOLEAN, offsetof(type, member.percent), NULL},                      \
        {"compact", BP_OPTION_BOOLEAN, offsetof(type, member.compact), NULL},                      \
    {                                                                                              \
        "spelled", BP_OPTION_BOOLEAN, offsetof(type, member.spelled), NULL                         \
    }
typedef struct {
    int decimals; /* -1: as many as the value has. */
    bool grouping, plus, percent, compact, spelled;
} bp_number_options;
bp_number_style bp_number_style_of(const bp_number_options *options);

/* data: structs of the model as read-only objects. */
typedef struct {
    const char *name;
    void (*push)(lua_State *L, const void *item);
} bp_field;
typedef struct {
    const char *name;                    /* As messages call it: "indicator". */
    const bp_field *fields;              /* {NULL, NULL} ends it. */
    const luaL_Reg *methods;             /* The same; may be NULL. */
    const char *(*id)(const void *item); /* NULL: it has none. */
} bp_kind;
/* Pushes the object of `item`, always the same one; nil for NULL. */
void bp_item_push(lua_State *L, const bp_kind *kind, const void *item);
const void *bp_item_check(lua_State *L, int index, const bp_kind *kind);
/* Pushes an empty read-only list of `count` items and lends its slots to be filled before
 * bp_list_close. */
const void **bp_list_new(lua_State *L, const bp_kind *kind, size_t count);
/* Makes the list on top of the stack answer by id. */
void bp_list_close(lua_State *L);
/* Pushes `text` in the report's language. */
void bp_push_text(lua_State *L, bp_text text);
/* Pushes a whole number as an integer. */
void bp_push_number(lua_State *L, double value);
/* Pushes the first argument of layouts. */
void bp_push_data(lua_State *L);
int bp_indicator_format(lua_State *L);
extern const bp_kind bp_indicator_kind, bp_observation_kind, bp_table_kind, bp_column_kind,
    bp_source_kind;
/* Kinds by the class name of the types file, for the test that compares both. */
typedef struct {
    const char *class_name;
    const bp_kind *kind;
} bp_named_kind;
extern const bp_named_kind bp_kinds[];

#endif
