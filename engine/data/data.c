/* Loading: see data.h. All inputs are read before anything is linked, and table files come after
 * the others, since a later input may declare their columns. */
#include "data/data.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "data/data_private.h"

static bp_data *new_data(void)
{
    bp_data *data = bp_alloc_zero(1, sizeof *data);
    if (data != NULL) {
        data->dataset.id = data->dataset.published = "";
        data->event.start = data->event.end = "";
    }
    return data;
}

void bp_data_free(bp_data *data)
{
    if (data == NULL)
        return;
    for (size_t i = 0; i < BP_BUF_COUNT(&data->tables_held, bp_table *); i++)
        bp_table_free(BP_BUF_ITEMS(&data->tables_held, bp_table *)[i]);
    bp_buf_clear(&data->tables_held);
    bp_arena_clear(&data->arena);
    bp_free(data);
}

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), wanted = strlen(end);
    return length >= wanted && strcmp(name + length - wanted, end) == 0;
}

/* JSON begins with a brace; a file that is called .csv is one whatever it begins with. */
static bool is_csv(const bp_data_bytes *input)
{
    if (ends_in(input->name, ".csv") || ends_in(input->name, ".CSV"))
        return true;
    if (ends_in(input->name, ".json"))
        return false;
    size_t at = 0;
    while (at < input->length && strchr(" \t\r\n", input->bytes[at]) != NULL)
        at++;
    unsigned char first = at < input->length ? (unsigned char)input->bytes[at] : '{';
    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') || first == '"';
}

static void read_input(bp_loader *loader, const bp_data_bytes *input, size_t number, bool is_table)
{
    loader->file = bp_loader_text(loader, input->name, strlen(input->name));
    loader->input = number;
    if (is_table)
        bp_read_table_file(loader, input->table, input->bytes, input->length);
    else if (is_csv(input))
        bp_read_observations_csv(loader, input->bytes, input->length);
    else
        bp_read_json(loader, input->bytes, input->length);
}

/* Puts the outcome into `err`: memory before all, else the only fault, else their number. */
static void sum_up(const bp_faults *faults, bp_error *err)
{
    size_t count = 0, first = 0;
    for (size_t i = bp_faults_count(faults); i-- > 0;)
        if (bp_faults_at(faults, i)->code != BP_OK) {
            count++;
            first = i;
        }
    count += faults->dropped;
    if (faults->refused)
        bp_fail_memory(err);
    else if (count == 1)
        bp_fail(err, bp_faults_at(faults, first)->code, bp_faults_at(faults, first)->place, "%s",
                bp_faults_at(faults, first)->text);
    else
        bp_fail(err, bp_faults_at(faults, first)->code, NULL, "%zu faults in the data", count);
}

static bool has_faults(const bp_faults *faults)
{
    if (faults->refused || faults->dropped != 0)
        return true;
    for (size_t i = 0; i < bp_faults_count(faults); i++)
        if (bp_faults_at(faults, i)->code != BP_OK)
            return true;
    return false;
}

/* Reads one input and answers the id of the dataset that it speaks of; "" for none. */
static const char *read_one(bp_loader *loader, const bp_data_bytes *input, size_t number)
{
    bp_dataset *dataset = &loader->data->dataset;
    const char *before = dataset->id;
    dataset->id = "";
    read_input(loader, input, number, input->table != NULL);
    const char *id = dataset->id;
    if (id[0] == '\0')
        dataset->id = before;
    return id;
}

/* `ids` (may be NULL) gets for each input the id of its dataset, lent by the data. */
static bp_data *load(const bp_data_bytes *inputs, size_t count, const char **ids, bp_faults *faults,
                     bp_error *err)
{
    bp_data *data = new_data();
    if (data == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    bp_loader loader = {.data = data, .faults = faults};
    for (int is_table = 0; is_table <= 1; is_table++)
        for (size_t i = 0; i < count && !faults->refused; i++)
            if ((inputs[i].table != NULL) == is_table && inputs[i].bytes != NULL) {
                const char *id = read_one(&loader, &inputs[i], i + 1);
                if (ids != NULL)
                    ids[i] = id;
            }
    for (size_t i = 0; i < count; i++)
        loader.is_broken = loader.is_broken || inputs[i].bytes == NULL;
    /* Without a whole input the ids it would have given would only look misspelt. */
    if (!faults->refused && !loader.is_broken)
        bp_link(&loader);
    if (!faults->refused && !loader.is_broken)
        bp_derive(&loader);
    if (!has_faults(faults))
        return data;
    sum_up(faults, err);
    bp_data_free(data);
    return NULL;
}

bp_data *bp_data_load_bytes(const bp_data_bytes *inputs, size_t count, bp_faults *faults,
                            bp_error *err)
{
    bp_faults own = {0};
    bp_data *data = load(inputs, count, NULL, faults ? faults : &own, err);
    bp_faults_clear(&own);
    return data;
}

bp_data *bp_data_parse(const char *name, const char *bytes, size_t length, bp_faults *faults,
                       bp_error *err)
{
    bp_data_bytes input = {NULL, name, bytes ? bytes : "", length};
    return bp_data_load_bytes(&input, 1, faults, err);
}

static bool is_blank(const char *bytes, size_t length)
{
    while (length > 0 && bytes[length - 1] != '\0' && strchr(" \t\r\n", bytes[length - 1]) != NULL)
        length--;
    return length == 0;
}

/* True where the first record of a CSV is all there is. */
static bool is_header_only(const bp_data_bytes *input)
{
    bool is_quoted = false;
    const char *start = input->bytes + strspn(input->bytes, " \t\r\n");
    if (input->table != NULL ? *start == '{' : !is_csv(input))
        return false;
    for (size_t at = 0; at < input->length; at++) {
        is_quoted = is_quoted != (input->bytes[at] == '"');
        if (input->bytes[at] == '\n' && !is_quoted && input->bytes + at > start)
            return is_blank(input->bytes + at, input->length - at);
    }
    return !is_quoted;
}

#define NOT_YET "the data may not have been delivered yet"

static void fail_file(const bp_data_input *from, const bp_error *err, bp_faults *faults)
{
    bool is_missing = err->code == BP_ERR_INPUT && strcmp(from->path, "-") != 0 &&
                      access(from->path, F_OK) != 0 && errno == ENOENT;
    if (err->code == BP_ERR_MEMORY || (err->code == BP_ERR_LIMIT && bp_mem.over_budget))
        faults->refused = true;
    else if (is_missing)
        bp_faults_add(faults, BP_ERR_NO_DATA, err->place, "no such file; " NOT_YET);
    else
        bp_faults_add(faults, err->code, err->place, "%s", err->text);
}

static void read_file(const bp_data_input *from, bp_buf *bytes, bp_data_bytes *input,
                      bp_faults *faults)
{
    bp_error err = {0};
    input->table = from->table;
    input->name = from->bytes != NULL            ? from->name
                  : strcmp(from->path, "-") == 0 ? "<stdin>"
                                                 : from->path;
    if (from->bytes != NULL) {
        if (bp_buf_add(bytes, from->bytes, from->length))
            input->bytes = bytes->bytes ? bytes->bytes : "";
        else
            faults->refused = true;
    } else if (bp_file_read(from->path, BP_DATA_FILE_MOST, bytes, &err))
        input->bytes = bytes->bytes ? bytes->bytes : "";
    else
        fail_file(from, &err, faults);
    input->length = bytes->length;
    if (input->bytes != NULL && from->bytes == NULL && is_blank(input->bytes, input->length)) {
        bp_faults_add(faults, BP_ERR_NO_DATA, input->name, "is empty; " NOT_YET);
        input->bytes = NULL;
    }
}

bp_data *bp_data_load(const bp_data_input *inputs, size_t count, bp_faults *faults, bp_error *err)
{
    return bp_data_load_kept(inputs, count, NULL, faults, err);
}

/* Hands an input over to `kept`, under a name that its content gives it. */
static bool keep_input(const bp_data_bytes *input, const char *id, bp_buf *bytes, bp_bundle *kept,
                       bp_error *err)
{
    bp_buf name = {0};
    const char *start = input->bytes + strspn(input->bytes, " \t\r\n");
    bool is_table = input->table != NULL, is_observations = !is_table && is_csv(input);
    const char *stem = is_table ? input->table : is_observations ? "observations" : id;
    const char *ending = is_observations ? "csv"
                         : !is_table     ? "json"
                         : *start == '{' ? "ndjson"
                                         : "csv";
    bool ok = bp_buf_format(&name, "%s.%s", *stem != '\0' ? stem : "data", ending)
                  ? bp_bundle_take(kept, BP_ROLE_DATA, name.bytes, input->table, bytes, err)
                  : bp_fail_memory(err);
    bp_buf_clear(&name);
    return ok;
}

/* The inputs, their bytes and the ids of their datasets, each as many as there are inputs. */
typedef struct {
    bp_buf *bytes;
    bp_data_bytes *read;
    const char **ids;
    size_t count;
} input_set;

static bool open_set(input_set *set, size_t count, bp_error *err)
{
    *set = (input_set){.bytes = bp_alloc_zero(count, sizeof *set->bytes),
                       .read = bp_alloc_zero(count, sizeof *set->read),
                       .ids = bp_alloc_zero(count, sizeof *set->ids),
                       .count = count};
    return (set->bytes != NULL && set->read != NULL && set->ids != NULL) || bp_fail_memory(err);
}

static void close_set(input_set *set)
{
    for (size_t i = 0; set->bytes != NULL && i < set->count; i++)
        bp_buf_clear(&set->bytes[i]);
    bp_free(set->bytes);
    bp_free(set->read);
    bp_free(set->ids);
}

/* Whether the inputs have lists, and nothing in any of them. Data that has none, as the title of a
 * book alone, was never to have any. */
static bool is_empty(const bp_data *data)
{
    bool has_any = bp_data_indicator_count(data) != 0 || bp_data_event(data)->is_given;
    for (int list = 0; list <= BP_PARTNERS; list++)
        has_any = has_any || bp_data_statement_count(data, (bp_statement_list)list) != 0;
    for (size_t i = 0; i < bp_data_table_count(data); i++)
        has_any = has_any || bp_table_row_count(bp_data_table(data, i)) != 0;
    return !has_any && data->has_lists;
}

/* What was not delivered is no fault in what was: it is told where all else is right. `bare` is the
 * first file with a header alone; NULL: there is none. */
static bool check_delivered(const bp_data *data, const input_set *set, const char *bare,
                            bp_error *err)
{
    if (bare != NULL)
        return bp_fail(err, BP_ERR_NO_DATA, bare, "has a header and no rows; " NOT_YET);
    return set->count == 0 || !is_empty(data) ||
           bp_fail(err, BP_ERR_NO_DATA, set->read[0].name,
                   "holds no indicator, no row and no statement; " NOT_YET);
}

/* Loads what was read, and hands the bytes over. */
static bp_data *load_set(input_set *set, bp_bundle *kept, bp_faults *faults, bp_error *err)
{
    bp_data *data = load(set->read, set->count, set->ids, faults, err);
    for (size_t i = 0; data != NULL && kept != NULL && i < set->count; i++)
        if (!keep_input(&set->read[i], set->ids[i] != NULL ? set->ids[i] : "", &set->bytes[i], kept,
                        err)) {
            bp_data_free(data);
            data = NULL;
        }
    return data;
}

bp_data *bp_data_load_kept(const bp_data_input *inputs, size_t count, bp_bundle *kept,
                           bp_faults *faults, bp_error *err)
{
    bp_faults own = {0};
    bp_data *data = NULL;
    input_set set;
    const char *bare = NULL;
    size_t from_stdin = 0;
    if (faults == NULL)
        faults = &own;
    bool ok = open_set(&set, count, err);
    for (size_t i = 0; i < count; i++)
        from_stdin += strcmp(inputs[i].path, "-") == 0;
    if (ok && from_stdin > 1)
        ok = bp_fail(err, BP_ERR_USAGE, NULL, "standard input (-) can be read once only");
    for (size_t i = 0; ok && i < count; i++)
        read_file(&inputs[i], &set.bytes[i], &set.read[i], faults);
    for (size_t i = set.count; ok && i-- > 0;)
        if (inputs[i].bytes == NULL && set.read[i].bytes != NULL && is_header_only(&set.read[i]))
            bare = set.read[i].name;
    if (ok)
        data = load_set(&set, kept, faults, err);
    if (data != NULL && !check_delivered(data, &set, bare, err)) {
        bp_faults_add(faults, err->code, err->place, "%s", err->text);
        bp_data_free(data);
        data = NULL;
    }
    close_set(&set);
    bp_faults_clear(&own);
    return data;
}

bp_data *bp_data_load_carried(const bp_bundle *carried, bp_bundle *kept, bp_faults *faults,
                              bp_error *err)
{
    bp_data *data = NULL;
    input_set set;
    size_t count = 0;
    bool ok = open_set(&set, bp_bundle_count(carried), err);
    for (size_t i = 0; ok && i < bp_bundle_count(carried); i++) {
        const bp_bundle_file *file = bp_bundle_at(carried, i);
        if (file->role != BP_ROLE_DATA)
            continue;
        bp_buf *bytes = &set.bytes[count];
        ok = bp_buf_add(bytes, file->bytes.bytes, file->bytes.length) || bp_fail_memory(err);
        set.read[count++] = (bp_data_bytes){file->table, file->path, bytes->bytes, bytes->length};
    }
    set.count = count;
    if (ok)
        data = load_set(&set, kept, faults, err);
    close_set(&set);
    return data;
}
