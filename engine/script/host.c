/* The host of one rendering: makes the Lua state, runs the layout and the library's
 * `briefpress.run` on what it returned, and saves the document. All that can raise a Lua error runs
 * inside one protected call. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "script/script_private.h"

const char *bp_choose_language(const bp_script_options *options, const bp_data *data, bp_error *err)
{
    const char *asked = options->language;
    if (data == NULL)
        return asked ? asked : "en";
    const bp_dataset *dataset = bp_data_dataset(data);
    if (asked == NULL)
        return dataset->languages[0];
    /* Exactly, then "zh" for "zh-CN", then "zh-CN" for "zh". */
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < dataset->language_count; i++) {
            const char *given = dataset->languages[i];
            size_t part = strcspn(given, "-"), asked_part = strcspn(asked, "-");
            bool fits = round == 0   ? strcasecmp(given, asked) == 0
                        : round == 1 ? given[part] == '\0' && part == asked_part &&
                                           strncasecmp(given, asked, part) == 0
                                     : asked[asked_part] == '\0' && part == asked_part &&
                                           strncasecmp(given, asked, part) == 0;
            if (fits)
                return given;
        }
    char list[BP_ERROR_TEXT / 2] = "";
    size_t length = 0;
    for (size_t i = 0; i < dataset->language_count && length < sizeof list; i++)
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", i > 0 ? ", " : "",
                                   dataset->languages[i]);
    bp_fail(err, BP_ERR_USAGE, NULL, "the data has no language \"%s\"; it has %s", asked, list);
    return NULL;
}

/* Running */

/* Pushes the parameters of the command line: texts by name. */
static void push_parameters(lua_State *L)
{
    const bp_script_options *options = bp_host_of(L)->options;
    lua_createtable(L, 0, (int)options->parameter_count);
    for (size_t i = 0; i < options->parameter_count; i++) {
        lua_pushstring(L, options->parameters[i].value);
        lua_setfield(L, -2, options->parameters[i].key);
    }
}

/* Calls the module function `name` of the library module `module` with what is above `base` on the
 * stack. */
static void push_module_function(lua_State *L, const char *module, const char *name)
{
    lua_pushcfunction(L, bp_require);
    lua_pushstring(L, module);
    lua_call(L, 1, 1);
    if (lua_istable(L, -1))
        lua_getfield(L, -1, name);
    else
        lua_pushnil(L);
    if (!lua_isfunction(L, -1))
        bp_raise_text(L, BP_ERR_INTERNAL, "the library's module \"%s\" has no function \"%s\"",
                      module, name);
    lua_remove(L, -2);
}

static int open_host(lua_State *L)
{
    bp_open_sandbox(L);
    bp_open_types(L);
    return 0;
}

/* Runs the layout's file and leaves what it returned alone on the stack. */
static void load_layout(lua_State *L)
{
    open_host(L);
    lua_settop(L, 0);
    bp_load_user_file(L, bp_host_of(L)->options->layout);
    lua_call(L, 0, 1);
}

static int fail_layout(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    const char *place = host->options->layout;
    bool is_block = false;
    if (lua_istable(L, 1)) {
        lua_pushliteral(L, "place"); /* Blocks and reports know it. */
        is_block = lua_rawget(L, 1) == LUA_TSTRING;
        place = is_block ? lua_tostring(L, -1) : place;
    }
    bp_fail(err, BP_ERR_SCRIPT, place,
            "the layout returned %s%s, expected a function of (data, params) that returns a "
            "report, or b.layout { ... }%s",
            lua_isnil(L, 1) ? "nothing"
            : is_block      ? "a block"
                            : "a ",
            lua_isnil(L, 1) || is_block ? "" : luaL_typename(L, 1),
            is_block          ? "; put return function(data, params) ... end around it"
            : lua_isnil(L, 1) ? "; it ends with return function(data, params) ... end"
                              : "");
    return bp_raise(L, err);
}

/* The text in field `name` of the table on top of the stack; it stays there. */
static const char *push_text_field(lua_State *L, const char *name)
{
    lua_getfield(L, -1, name);
    const char *text = lua_tostring(L, -1);
    return text ? text : "";
}

/* Tells what the command line's parameters lack of those that the layout declares: the list of
 * faults at `index`, in the library's words. */
static int fail_parameters(lua_State *L, int index)
{
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    lua_Integer count = luaL_len(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        const char *place = push_text_field(L, "place");
        lua_pushvalue(L, -2);
        const char *text = push_text_field(L, "text");
        bp_faults_add(host->findings, BP_ERR_USAGE, place, "%s", text);
        bp_fail(err, BP_ERR_USAGE, place, "%s", text);
        lua_settop(L, index);
    }
    return bp_raise(L, err);
}

/* Makes of what the layout's file returned (1) its function, and pushes the parameters: texts by
 * name, or the values of a layout that declares them. */
static void open_layout(lua_State *L)
{
    push_parameters(L); /* 2 */
    if (lua_isfunction(L, 1)) {
        bp_freeze(L, "the table of parameters");
        return;
    }
    if (!lua_istable(L, 1))
        fail_layout(L);
    push_module_function(L, "briefpress.layout", "open");
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_call(L, 2, 2); /* 3: the function, 4: the values, or the faults. */
    if (lua_isnil(L, 3))
        fail_layout(L);
    if (!lua_isfunction(L, 3))
        fail_parameters(L, 4);
    lua_replace(L, 2);
    lua_replace(L, 1); /* 1: the function, 2: the values. */
}

static int describe_layout(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    load_layout(L);
    host->text.length = 0;
    if (lua_isfunction(L, 1))
        return 0;
    if (!lua_istable(L, 1))
        fail_layout(L);
    push_module_function(L, "briefpress.layout", "describe");
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1))
        fail_layout(L);
    size_t length;
    const char *text = luaL_checklstring(L, -1, &length);
    host->text.length = 0; /* Lines of the layout were read into it. */
    if (!bp_buf_add(&host->text, text, length))
        bp_raise_memory(L);
    return 0;
}

static int run_layout(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    const char *layout = host->options->layout;
    bp_error *err;
    load_layout(L); /* 1 */
    open_layout(L); /* 2 */
    lua_Debug where;
    lua_pushvalue(L, 1);
    lua_getinfo(L, ">S", &where);
    int line = where.linedefined > 0 ? where.linedefined : 1;
    bp_push_data(L);
    lua_insert(L, 2); /* 2: the data, 3: the parameters. */
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_call(L, 2, 1); /* 4 */
    if (!lua_istable(L, 4) && !lua_isuserdata(L, 4)) {
        err = bp_host_error(host);
        char place[BP_ERROR_PLACE];
        (void)snprintf(place, sizeof place, "%s:%d",
                       where.source[0] == '@' ? where.source + 1 : layout, line);
        bp_fail(err, BP_ERR_SCRIPT, place,
                "the layout's function returned %s%s, expected a report (b.report { ... })",
                lua_isnil(L, 4) ? "nothing" : "a ", lua_isnil(L, 4) ? "" : luaL_typename(L, 4));
        return bp_raise(L, err);
    }
    push_module_function(L, "briefpress.run", "render");
    lua_pushvalue(L, 4);
    bp_push_document(L);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_call(L, 4, 1); /* 5 */
    if (host->document == NULL || bp_document_page_count(host->document) == 0) {
        err = bp_host_error(host);
        if (host->options->range_count != 0 && lua_istable(L, 5) &&
            lua_getfield(L, 5, "pages") == LUA_TNUMBER) {
            lua_newtable(L);
            bp_blame(L, -1); /* No block is at fault. */
            lua_pop(L, 1);
            bp_fail(err, BP_ERR_USAGE, NULL, "--pages names none of the %d pages of the report",
                    (int)lua_tointeger(L, -1));
            return bp_raise(L, err);
        }
        bp_fail(err, BP_ERR_SCRIPT, layout, "the report has no pages");
        return bp_raise(L, err);
    }
    return 0;
}

static int run_test(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    open_host(L);
    lua_settop(L, 0);
    bp_push_environment(L, false);
    lua_createtable(L, 1, 0);
    lua_pushstring(L, host->options->layout);
    lua_rawseti(L, -2, 0);
    lua_pushliteral(L, "arg");
    lua_insert(L, -2);
    lua_rawset(L, -3);
    lua_pushliteral(L, "testing");
    bp_open_testing(L);
    lua_rawset(L, -3);
    lua_settop(L, 0);
    bp_load_user_file(L, host->options->layout);
    lua_call(L, 0, 0);
    return 0;
}

/* Runs `function` with the limits on; what it raises ends up in `err`. */
static bool run_protected(bp_host *host, lua_CFunction function, bp_error *err)
{
    lua_State *L = host->state;
    if (!bp_timer_start(host, err)) {
        bp_timer_stop(host);
        return false;
    }
    host->running = L;
    lua_pushcfunction(L, bp_describe_error);
    lua_pushcfunction(L, function);
    int status = lua_pcall(L, 0, 0, 1);
    host->running = NULL;
    bp_timer_stop(host);
    if (status == LUA_OK)
        return true;
    bp_error *failure = &host->failure;
    if (failure->code == BP_OK && host->is_stopped)
        *failure = host->raised;
    if (failure->code == BP_OK && status == LUA_ERRMEM)
        bp_fail_memory(failure);
    if (failure->code == BP_OK)
        bp_fail(failure, BP_ERR_SCRIPT, host->options->layout,
                "an error was raised while an error was handled");
    if (failure->place[0] == '\0') /* The layout, if not its line. */
        (void)snprintf(failure->place, sizeof failure->place, "%s", host->options->layout);
    if (err != NULL && err->code == BP_OK)
        *err = *failure;
    return false;
}

/* Opening and closing */

/* After a run that failed nobody knows what a shaper was at. */
static void give_back_shaper(bp_host *host)
{
    bp_shaper **slot = host->options->shaper;
    if (slot != NULL && host->shaper != NULL && host->failure.code == BP_OK &&
        bp_shaper_renew(host->shaper))
        *slot = host->shaper;
    else
        bp_shaper_free(host->shaper);
}

static void host_free(bp_host *host)
{
    if (host == NULL)
        return;
    if (host->state != NULL)
        lua_close(host->state); /* Ends the boxes, which may hold paragraphs and images. */
    bp_document_free(host->document);
    bp_testing_close(host);
    bp_formats_close(host);
    give_back_shaper(host);
    for (size_t i = 0; i < sizeof host->metadata / sizeof host->metadata[0]; i++)
        bp_free(host->metadata[i]);
    bp_roots_close(host);
    bp_buf_clear(&host->text);
    bp_buf_clear(&host->chunk);
    bp_buf_clear(&host->numbers);
    bp_buf_clear(&host->verbs);
    bp_buf_clear(&host->brackets);
    bp_buf_clear(&host->missing);
    bp_buf_clear(&host->figures);
    bp_free(host);
}

/* A character that was told, and where. */
typedef struct {
    uint32_t character;
    uint64_t place; /* A hash of it. */
} told_missing;

/* Whether a character was told already; with `place`, for that place. */
static bool is_told(const bp_host *host, uint32_t character, const uint64_t *place)
{
    const told_missing *known = BP_BUF_ITEMS(&host->missing, told_missing);
    for (size_t i = 0; i < BP_BUF_COUNT(&host->missing, told_missing); i++)
        if (known[i].character == character && (place == NULL || known[i].place == *place))
            return true;
    return false;
}

/* Tells that a mark stands for a character, once a place: blocks are measured and laid out more
 * than once, and what they draw was told before. */
static void tell_missing(void *owner, uint32_t character, const char *sentence)
{
    bp_host *host = owner;
    lua_State *L = host->running;
    char place[BP_ERROR_PLACE] = "";
    if (L == NULL || !bp_user_place(L, 0, place)) {
        if (host->is_drawing && is_told(host, character, NULL))
            return;
        if (L == NULL || !bp_find_blamed(L, place))
            (void)snprintf(place, sizeof place, "%s", host->options->layout);
    }
    const told_missing one = {character, bp_hash_quick(place, strlen(place))};
    if (is_told(host, character, &one.place) ||
        BP_BUF_COUNT(&host->missing, told_missing) > BP_FAULTS_MOST)
        return; /* Or it is more than a list of faults holds. */
    (void)bp_buf_add(&host->missing, &one, sizeof one); /* Refused: it may be told again. */
    bp_faults_add(host->findings, host->options->allow_missing ? BP_OK : BP_ERR_RESOURCE, place,
                  "no font has %s%s", sentence,
                  host->options->allow_missing ? "; a mark stands for it"
                                               : "; add a family that has it");
}

static bool add_hyphen_folders(bp_host *host, bp_error *err)
{
    for (size_t i = 0; i < host->options->hyphen_folder_count; i++)
        if (!bp_shaper_add_hyphen_folder(host->shaper, host->options->hyphen_folders[i], err))
            return false;
    return true;
}

static bool open_shaper(bp_host *host, bp_error *err)
{
    bp_shaper **slot = host->options->shaper;
    if (slot != NULL && *slot != NULL) {
        host->shaper = *slot;
        *slot = NULL;
        return true;
    }
    host->shaper = bp_shaper_new(host->catalog, err);
    return host->shaper != NULL && add_hyphen_folders(host, err);
}

static bp_host *host_new(const bp_script_options *options, const bp_data *data, bp_catalog *catalog,
                         bp_faults *findings, bp_error *err)
{
    bp_host *host = bp_alloc_zero(1, sizeof *host);
    if (host == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    host->options = options;
    host->data = data;
    host->catalog = catalog;
    host->findings = findings;
    host->language = bp_choose_language(options, data, err);
    bool ok = host->language != NULL && bp_roots_open(host, options->layout, err) &&
              open_shaper(host, err);
    host->collect_at = SIZE_MAX;
    if (host->shaper != NULL)
        bp_shaper_tell_missing(host->shaper, tell_missing, host);
    host->state = ok ? lua_newstate(bp_lua_allocate, host) : NULL;
    if (host->state == NULL) {
        if (ok)
            bp_fail_memory(err);
        host_free(host);
        return NULL;
    }
    *(bp_host **)lua_getextraspace(host->state) = host; /* Threads get a copy of it. */
    bp_collector_rest(host);
    return host;
}

/* Adds what the report shows to the list of files. */
static bool note_fonts(bp_host *host, bp_error *err)
{
    const bp_font *font;
    const char *path;
    bool ok = true;
    for (size_t i = 0; ok && (font = bp_document_font(host->document, i)) != NULL; i++)
        ok = bp_note_file(host, bp_font_file(font), err);
    for (size_t i = 0; ok && (path = bp_shaper_hyphen_file(host->shaper, i)) != NULL; i++)
        ok = bp_note_file(host, path, err);
    return ok;
}

bool bp_script_render(const bp_script_options *options, const bp_data *data, bp_catalog *catalog,
                      const bp_sink *pdf, bp_faults *findings, bp_error *err)
{
    bp_phase before = bp_phase_switch(BP_PHASE_SCRIPT);
    bp_host *host = host_new(options, data, catalog, findings, err);
    if (host != NULL && pdf != NULL)
        host->out = *pdf;
    if (host != NULL) { /* A check goes on, to find them all. */
        host->is_check = pdf == NULL;
        host->marks_missing = options->allow_missing || pdf == NULL;
    }
    bool ok = host != NULL && run_protected(host, run_layout, err);
    ok = ok && (pdf == NULL || (bp_carry(host, err) && bp_document_save(host->document, err)));
    if (ok && options->files_have_fonts)
        ok = note_fonts(host, err);
    if (ok && options->page_count != NULL)
        *options->page_count = bp_document_page_count(host->document);
    if (!options->is_last)
        host_free(host);
    bp_phase_switch(before);
    return ok;
}

bool bp_script_describe(const bp_script_options *options, bp_catalog *catalog, bp_buf *out,
                        bp_faults *findings, bp_error *err)
{
    bp_host *host = host_new(options, NULL, catalog, findings, err);
    bool ok = host != NULL && run_protected(host, describe_layout, err);
    if (ok && host->text.length != 0)
        ok = bp_buf_add(out, host->text.bytes, host->text.length) || bp_fail_memory(err);
    if (!options->is_last)
        host_free(host);
    return ok;
}

bool bp_script_run_test(const bp_script_options *options, const char *file, bp_catalog *catalog,
                        bp_error *err)
{
    bp_script_options own = *options;
    bp_buf trace = {0};
    bp_faults findings = {0};
    own.layout = file;
    if (own.trace == NULL)
        own.trace = &trace;
    bp_host *host = host_new(&own, NULL, catalog, &findings, err);
    if (host != NULL)
        host->is_test = true;
    bool ok = host != NULL && run_protected(host, run_test, err);
    if (ok && host->failed_claims > 0)
        ok = bp_fail(err, BP_ERR_FINDINGS, file, "%d claims do not hold", host->failed_claims);
    host_free(host);
    bp_faults_clear(&findings);
    bp_buf_clear(&trace);
    return ok;
}
