/* `testing`, a global that test files get beside what a layout gets: data from a text, documents to
 * draw into, and what was drawn. Never open to layouts. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "script/script_private.h"

void bp_testing_close(bp_host *host)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&host->test_documents, bp_document *); i++)
        bp_document_free(BP_BUF_ITEMS(&host->test_documents, bp_document *)[i]);
    for (size_t i = 0; i < BP_BUF_COUNT(&host->test_data, bp_data *); i++)
        bp_data_free(BP_BUF_ITEMS(&host->test_data, bp_data *)[i]);
    for (size_t i = 0; i < BP_BUF_COUNT(&host->test_pdfs, bp_buf *); i++) {
        bp_buf_clear(BP_BUF_ITEMS(&host->test_pdfs, bp_buf *)[i]);
        bp_free(BP_BUF_ITEMS(&host->test_pdfs, bp_buf *)[i]);
    }
    bp_buf_clear(&host->test_documents);
    bp_buf_clear(&host->test_data);
    bp_buf_clear(&host->test_pdfs);
}

bool bp_testing_sink(bp_host *host, bp_sink *out)
{
    bp_buf *pdf = bp_alloc_zero(1, sizeof *pdf);
    if (pdf == NULL || !bp_buf_add(&host->test_pdfs, &pdf, sizeof pdf)) {
        bp_free(pdf);
        return false;
    }
    *out = bp_sink_to_buf(pdf);
    return true;
}

/* testing.data(json): the data of a layout, from the text of a data file; the newest is what
 * formats ask. */
static int testing_data(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    size_t length = 0;
    const char *json = luaL_checklstring(L, 1, &length);
    const bp_data **slot = bp_buf_push(&host->test_data, sizeof(bp_data *));
    if (slot == NULL)
        return bp_raise_memory(L);
    bp_error *err = bp_host_error(host);
    bp_data *data = bp_data_parse("data.json", json, length, host->findings, err);
    if (data == NULL)
        return bp_raise(L, err);
    *slot = data;
    host->data = data;
    host->language = bp_choose_language(host->options, data, err);
    if (host->language == NULL)
        return bp_raise(L, err);
    bp_push_data(L);
    return 1;
}

/* testing.document(): a new one. The ones before stay, for pages may still point at them. */
static int testing_document(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    if (host->document != NULL) {
        bp_document **slot = bp_buf_push(&host->test_documents, sizeof *slot);
        if (slot == NULL)
            return bp_raise_memory(L);
        *slot = host->document;
        host->document = NULL;
    }
    for (size_t i = 0; i < sizeof host->metadata / sizeof host->metadata[0]; i++) {
        bp_free(host->metadata[i]);
        host->metadata[i] = NULL;
    }
    bp_push_document(L);
    return 1;
}

/* testing.trace(): the drawing steps since the last call, one a line. */
static int testing_trace(lua_State *L)
{
    bp_buf *trace = bp_host_of(L)->options->trace;
    lua_pushlstring(L, trace->bytes ? trace->bytes : "", trace->length);
    trace->length = 0;
    return 1;
}

/* testing.pdf(): saves the current document and returns its bytes. */
static int testing_pdf(lua_State *L)
{
    bp_host *host = bp_host_of(L);
    bp_error *err = bp_host_error(host);
    if (host->document == NULL)
        return luaL_error(L, "no page was drawn");
    if (!bp_document_save(host->document, err))
        return bp_raise(L, err);
    size_t count = BP_BUF_COUNT(&host->test_pdfs, bp_buf *);
    const bp_buf *pdf = BP_BUF_ITEMS(&host->test_pdfs, bp_buf *)[count - 1];
    lua_pushlstring(L, pdf->bytes, pdf->length);
    return 1;
}

/* testing.findings(): what engine.report and the data said since the last call: a list of {level,
 * place, text}. */
static int testing_findings(lua_State *L)
{
    bp_faults *findings = bp_host_of(L)->findings;
    lua_newtable(L);
    for (size_t i = 0; i < bp_faults_count(findings); i++) {
        const bp_fault *fault = bp_faults_at(findings, i);
        lua_createtable(L, 0, 3);
        lua_pushstring(L, fault->code == BP_OK ? "warning" : "finding");
        lua_setfield(L, -2, "level");
        lua_pushstring(L, fault->place);
        lua_setfield(L, -2, "place");
        lua_pushstring(L, fault->text);
        lua_setfield(L, -2, "text");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    bp_faults_clear(findings);
    return 1;
}

static void add_name(lua_State *L, const char *name)
{
    lua_pushstring(L, name);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

static void add_method(lua_State *L, const char *name)
{
    lua_pushfstring(L, ":%s", name);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

/* testing.names(): the members of each class of the types file, methods with a colon in front. */
static int testing_names(lua_State *L)
{
    lua_newtable(L);
    for (int i = 0; i < BP_TYPE_COUNT; i++) {
        lua_newtable(L);
        for (const luaL_Reg *method = bp_types[i]->methods; method->name != NULL; method++)
            add_method(L, method->name);
        for (const char *const *property = bp_types[i]->properties;
             property != NULL && *property != NULL; property++)
            add_name(L, *property);
        lua_setfield(L, -2, bp_types[i]->name);
    }
    for (const bp_named_kind *named = bp_kinds; named->class_name != NULL; named++) {
        lua_newtable(L);
        for (const bp_field *field = named->kind->fields; field->name != NULL; field++)
            add_name(L, field->name);
        for (const luaL_Reg *method = named->kind->methods; method != NULL && method->name != NULL;
             method++)
            add_method(L, method->name);
        lua_setfield(L, -2, named->class_name);
    }
    return 1;
}

/* testing.read(file): the text of a file, named from the folder the test runs in. */
static int testing_read(lua_State *L)
{
    const char *file = luaL_checkstring(L, 1);
    bp_error *err = bp_host_error(bp_host_of(L));
    bp_buf text = {0};
    if (!bp_file_read(file, 0, &text, err)) {
        bp_buf_clear(&text);
        return bp_raise(L, err);
    }
    lua_pushlstring(L, text.length > 0 ? text.bytes : "", text.length);
    bp_buf_clear(&text);
    return 1;
}

/* testing.files(folder): the names of what is in it, in order, without hidden ones. */
static int testing_files(lua_State *L)
{
    const char *folder = luaL_checkstring(L, 1);
    struct dirent **names = NULL;
    int count = scandir(folder, &names, NULL, alphasort);
    if (count < 0)
        return luaL_error(L, "%s: cannot be listed", folder);
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.')
            add_name(L, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    return 1;
}

/* testing.print(text): to standard output, as it is. */
static int testing_print(lua_State *L)
{
    size_t length = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    if (fwrite(text, 1, length, stdout) != length || fflush(stdout) != 0)
        return luaL_error(L, "standard output cannot be written");
    return 0;
}

/* testing.failed(text): a claim that does not hold; the run goes on and fails at its end. */
static int testing_failed(lua_State *L)
{
    bp_host_of(L)->failed_claims++;
    (void)fprintf(stderr, "%s\n", luaL_checkstring(L, 1));
    return 0;
}

void bp_open_testing(lua_State *L)
{
    static const luaL_Reg functions[] = {{"data", testing_data},
                                         {"document", testing_document},
                                         {"trace", testing_trace},
                                         {"pdf", testing_pdf},
                                         {"findings", testing_findings},
                                         {"names", testing_names},
                                         {"failed", testing_failed},
                                         {"read", testing_read},
                                         {"files", testing_files},
                                         {"print", testing_print},
                                         {NULL, NULL}};
    luaL_newlib(L, functions);
}
