/* The Document a layout's report is drawn into. The engine's document takes its title and language
 * when it is opened, so it is opened with the first page; until then the metadata waits in the
 * host. */
#include <string.h>

#include "base/mem.h"
#include "script/script_private.h"

enum {
    META_TITLE,
    META_AUTHOR,
    META_SUBJECT,
    META_KEYWORDS,
    META_LANGUAGE,
    META_CREATOR,
    META_STANDARD, /* As the layout has it. */
    META_PLACE,    /* The line of the report, for errors. */
    META_COUNT
};

typedef struct {
    bool is_open; /* Nothing is owned: the host has the document. */
} document_box;

/* The standards of the document: the command line's, else the layout's, else the usual ones; a test
 * file's documents claim none. */
static unsigned standards_of(const bp_host *host)
{
    unsigned standards = host->options->standards;
    const char *own = host->metadata[META_STANDARD];
    if (standards != 0)
        return standards;
    if (own != NULL && bp_standards_read(own, &standards, NULL))
        return standards;
    return host->is_test ? BP_STANDARD_NONE : BP_STANDARDS_DEFAULT;
}

static bool check_encryption(const bp_host *host, bp_error *err)
{
    unsigned standards = standards_of(host);
    return !host->options->is_encrypted || bp_standards_allow_encryption(standards) ||
           bp_fail(err, BP_ERR_USAGE, host->metadata[META_PLACE],
                   "--encrypt: %s forbids it; choose --standard ua-1 or none",
                   bp_standards_title(standards, BP_STANDARDS_A));
}

static bp_document *open_document(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    if (host->document != NULL)
        return host->document;
    const bp_script_options *given = host->options;
    bp_document_options options = {
        .title = host->metadata[META_TITLE],
        .author = host->metadata[META_AUTHOR],
        .subject = host->metadata[META_SUBJECT],
        .keywords = host->metadata[META_KEYWORDS],
        .creator = host->metadata[META_CREATOR],
        .language = host->metadata[META_LANGUAGE] ? host->metadata[META_LANGUAGE] : host->language,
        .deflate_level = given->deflate_level,
        .trace = given->trace,
        .page_most = given->pages_most,
        .out = host->out,
        .standards = standards_of(host),
        .no_tags = given->no_tags,
    };
    const char *date = given->date;
    if (date == NULL && host->data != NULL)
        date = bp_data_dataset(host->data)->published;
    if (date != NULL && date[0] != '\0' && !bp_moment_read(date, &options.date))
        options.date = (bp_moment){0};
    bp_error *err = bp_host_error(host);
    if (!check_encryption(host, err))
        bp_raise(L, err);
    if (host->is_test && !bp_testing_sink(host, &options.out))
        bp_raise_memory(L);
    host->document = bp_document_new(&options, err);
    if (host->document == NULL)
        bp_raise(L, err);
    return host->document;
}

static int document_page(lua_State *L)
{
    bp_box_check(L, 1, BP_TYPE_DOCUMENT);
    double width = luaL_checknumber(L, 2);
    double height = luaL_checknumber(L, 3);
    bp_document *document = open_document(L);
    bp_error *err = bp_host_error(bp_host_of(L));
    bp_page *page = bp_document_add_page(document, width, height, err);
    if (page == NULL)
        return bp_raise(L, err);
    bp_push_page(L, page);
    return 1;
}

static int document_page_count(lua_State *L)
{
    bp_box_check(L, 1, BP_TYPE_DOCUMENT);
    bp_document *document = bp_host_of(L)->document;
    lua_pushinteger(L, document ? (lua_Integer)bp_document_page_count(document) : 0);
    return 1;
}

/* What is known of the report is held against its standards before anything is drawn. */
static bool check_standards(const bp_host *host, bp_error *err)
{
    const char *own = host->metadata[META_STANDARD], *title = host->metadata[META_TITLE];
    const char *place = host->metadata[META_PLACE];
    bp_error wrong = {0};
    unsigned standards = 0;
    if (own != NULL && !bp_standards_read(own, &standards, &wrong))
        return bp_fail(err, BP_ERR_SCRIPT, place, "report: standard: %s", wrong.text);
    standards = standards_of(host);
    if (!check_encryption(host, err))
        return false;
    if (host->options->no_tags && !bp_standards_allow_no_tags(standards, &wrong))
        return bp_fail(err, BP_ERR_USAGE, place, "--no-tags: %s", wrong.text);
    if ((standards & BP_STANDARD_UA1) != 0 && (title == NULL || title[0] == '\0'))
        return bp_fail(err, BP_ERR_SCRIPT, place,
                       "report: PDF/UA-1 needs a title, and neither the report nor the data has "
                       "one; give title = \"…\"");
    return true;
}

static int document_metadata(lua_State *L)
{
    static const bp_option known[META_COUNT] = {
        [META_TITLE] = {"title", BP_OPTION_TEXT, META_TITLE * sizeof(char *), NULL},
        [META_AUTHOR] = {"author", BP_OPTION_TEXT, META_AUTHOR * sizeof(char *), NULL},
        [META_SUBJECT] = {"subject", BP_OPTION_TEXT, META_SUBJECT * sizeof(char *), NULL},
        [META_KEYWORDS] = {"keywords", BP_OPTION_TEXT, META_KEYWORDS * sizeof(char *), NULL},
        [META_LANGUAGE] = {"language", BP_OPTION_TEXT, META_LANGUAGE * sizeof(char *), NULL},
        [META_CREATOR] = {"creator", BP_OPTION_TEXT, META_CREATOR * sizeof(char *), NULL},
        [META_STANDARD] = {"standard", BP_OPTION_TEXT, META_STANDARD * sizeof(char *), NULL},
        [META_PLACE] = {"place", BP_OPTION_TEXT, META_PLACE * sizeof(char *), NULL},
    };
    bp_box_check(L, 1, BP_TYPE_DOCUMENT);
    bp_host *host = bp_host_of(L);
    const char *given[META_COUNT] = {0};
    bp_options_read(L, 2, "metadata", known, META_COUNT, given);
    if (host->document != NULL)
        return bp_raise_text(L, BP_ERR_SCRIPT,
                             "metadata must be set before the first page is added");
    for (int i = 0; i < META_COUNT; i++) {
        if (given[i] == NULL)
            continue;
        char *copy = bp_copy_text(given[i]);
        if (copy == NULL)
            return bp_raise_memory(L);
        bp_free(host->metadata[i]);
        host->metadata[i] = copy;
    }
    bp_error *err = bp_host_error(host);
    return check_standards(host, err) ? 0 : bp_raise(L, err);
}

static int document_destination(lua_State *L)
{
    bp_box_check(L, 1, BP_TYPE_DOCUMENT);
    const char *name = luaL_checkstring(L, 2);
    bp_page *page = bp_check_page(L, 3);
    double x = luaL_checknumber(L, 4);
    double y = luaL_checknumber(L, 5);
    bp_error *err = bp_host_error(bp_host_of(L));
    return bp_document_destination(open_document(L), name, page, x, y, err) ? 0 : bp_raise(L, err);
}

static int document_elsewhere(lua_State *L)
{
    bp_box_check(L, 1, BP_TYPE_DOCUMENT);
    const char *name = luaL_checkstring(L, 2);
    bp_error *err = bp_host_error(bp_host_of(L));
    return bp_document_elsewhere(open_document(L), name, err) ? 0 : bp_raise(L, err);
}

static int document_bookmark(lua_State *L)
{
    bp_box_check(L, 1, BP_TYPE_DOCUMENT);
    const char *title = luaL_checkstring(L, 2);
    lua_Integer level = luaL_checkinteger(L, 3);
    bp_page *page = bp_check_page(L, 4);
    double y = luaL_checknumber(L, 5);
    luaL_argcheck(L, level >= 1 && level <= 1000, 3, "levels count from 1");
    bp_error *err = bp_host_error(bp_host_of(L));
    return bp_document_bookmark(open_document(L), title, (int)level, page, y, err)
               ? 0
               : bp_raise(L, err);
}

static int document_label(lua_State *L)
{
    static const char *const styles[] = {"1", "I", "i", "A", "a", "", NULL};
    static const char codes[] = {'D', 'R', 'r', 'A', 'a', 0};
    bp_box_check(L, 1, BP_TYPE_DOCUMENT);
    lua_Integer first = luaL_checkinteger(L, 2);
    int style = luaL_checkoption(L, 3, NULL, styles);
    const char *prefix = luaL_optstring(L, 4, NULL);
    lua_Integer start = luaL_optinteger(L, 5, 1);
    luaL_argcheck(L, first >= 1, 2, "pages count from 1");
    luaL_argcheck(L, start >= 1 && start <= 1000000000, 5, "labels count from 1");
    bp_error *err = bp_host_error(bp_host_of(L));
    bool ok = bp_document_label(open_document(L), (size_t)first - 1, codes[style], prefix,
                                (int)start, err);
    return ok ? 0 : bp_raise(L, err);
}

static const luaL_Reg document_methods[] = {{"page", document_page},
                                            {"page_count", document_page_count},
                                            {"metadata", document_metadata},
                                            {"destination", document_destination},
                                            {"elsewhere", document_elsewhere},
                                            {"bookmark", document_bookmark},
                                            {"label", document_label},
                                            {"figures", bp_document_figures},
                                            {NULL, NULL}};
const bp_type_spec bp_document_type = {.name = "Document", .methods = document_methods};

void bp_push_document(lua_State *L)
{
    document_box *box = bp_box_new(L, BP_TYPE_DOCUMENT, sizeof *box);
    box->is_open = true;
}
