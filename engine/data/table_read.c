/* Rows of tables from where they come: JSON lists, CSV, NDJSON. Each source is a feeder for
 * table.c. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "data/csv.h"
#include "data/data_private.h"
#include "data/table.h"

/* Tables declared in a data file. */

static void read_type(bp_loader *loader, const bp_place *place, void *target)
{
    static const char *const names[] = {[BP_COLUMN_TEXT] = "text",
                                        [BP_COLUMN_NUMBER] = "number",
                                        [BP_COLUMN_DATE] = "date",
                                        [BP_COLUMN_BOOLEAN] = "boolean"};
    const char *text = bp_read_plain(loader, place, "text, number, date or boolean");
    for (int i = 0; text != NULL && i < 4; i++)
        if (strcmp(text, names[i]) == 0) {
            *(bp_column_type *)target = (bp_column_type)i;
            return;
        }
    if (text != NULL)
        bp_place_fault(loader, place, "expected text, number, date or boolean, found \"%.60s\"",
                       text);
}

static const bp_member column_members[] = {
    {"id", bp_read_string, offsetof(bp_column, id)},
    {"type", read_type, offsetof(bp_column, type)},
    {"title", bp_read_text, offsetof(bp_column, title)},
    {"unit", bp_read_text, offsetof(bp_column, unit)},
};

/* One entry of `columns`: an id, or an object. False where it has no id. */
static bool read_column(bp_loader *loader, const bp_place *place, bp_column *column,
                        unsigned char *has_type)
{
    if (cJSON_IsString(place->node)) {
        bp_read_string(loader, place, &column->id);
    } else if (!cJSON_IsObject(place->node)) {
        bp_expected_fault(loader, place, "a column: its id, or an object");
    } else {
        (void)BP_READ_MEMBERS(loader, place, column_members, column);
        if (bp_place_member(place, "id").node == NULL)
            bp_place_fault(loader, place, "\"id\" is missing");
        *has_type = bp_place_member(place, "type").node != NULL;
    }
    return column->id != NULL;
}

static void read_columns(bp_loader *loader, const bp_place *place, bp_table *table)
{
    size_t count = 0, index = 0;
    if (!cJSON_IsArray(place->node)) {
        bp_expected_fault(loader, place, "a list");
        return;
    }
    for (const cJSON *child = place->node->child; child != NULL; child = child->next)
        count++;
    if (count == 0 || count > BP_COLUMNS_MOST) {
        bp_place_fault(loader, place, "expected 1 to %d columns", BP_COLUMNS_MOST);
        return;
    }
    bp_column *columns = bp_arena_take(&loader->data->arena, count, sizeof *columns);
    unsigned char *types = bp_arena_take(&loader->data->arena, count, 1);
    if (columns == NULL || types == NULL) {
        loader->faults->refused = true;
        return;
    }
    count = 0;
    for (const cJSON *child = place->node->child; child != NULL; child = child->next, index++) {
        bp_place at = {.up = place, .index = index, .node = child};
        bool is_double = false;
        types[count] = 0;
        columns[count] = (bp_column){0};
        if (!read_column(loader, &at, &columns[count], &types[count]))
            continue;
        for (size_t i = 0; i < count && !is_double; i++)
            is_double = strcmp(columns[i].id, columns[count].id) == 0;
        if (is_double)
            bp_place_fault(loader, &at, "the column \"%.60s\" is listed twice", columns[count].id);
        else
            count++;
    }
    table->columns = columns;
    table->column_count = table->column_capacity = count;
    table->types_declared = types;
    table->is_declared = true;
}

/* Rows of a JSON list. */

static void feed_json_cell(bp_fill *fill, size_t column, const bp_place *place)
{
    const cJSON *node = place->node;
    bp_cell cell = {.place = place};
    if (cJSON_IsNull(node))
        return;
    if (cJSON_IsString(node)) {
        cell.kind = BP_CELL_TEXT;
        cell.text = node->valuestring;
        cell.length = strlen(node->valuestring);
    } else if (cJSON_IsNumber(node)) {
        cell.kind = BP_CELL_NUMBER;
        cell.number = node->valuedouble;
    } else if (cJSON_IsBool(node)) {
        cell.kind = BP_CELL_BOOLEAN;
        cell.number = cJSON_IsTrue(node);
    } else if (cJSON_IsObject(node)) {
        cell.kind = BP_CELL_MAP;
        bp_read_text(fill->loader, place, &cell.map);
        if (cell.map.count == 0)
            return;
    } else {
        bp_expected_fault(fill->loader, place, "a cell");
        return;
    }
    bp_fill_cell(fill, column, &cell);
}

/* A column that the table does not declare, at a place in a JSON tree or at an origin. */
static void fault_column(bp_fill *fill, const bp_place *place, const bp_origin *origin,
                         const char *id)
{
    const bp_table *table = fill->table;
    const char *names[BP_COLUMNS_MOST], *near = NULL;
    bp_buf text = {0};
    bool ok = false;
    if (fill->loader->faults->refused)
        return;
    for (size_t i = 0; i < table->column_count; i++)
        names[i] = table->columns[i].id;
    if (bp_faults_count(fill->loader->faults) < BP_FAULTS_MOST)
        near = bp_nearest_name(names, table->column_count, id);
    if (!table->is_declared)
        ok = bp_buf_format(&text, "more than %d columns", BP_COLUMNS_MOST);
    else
        ok = bp_buf_format(&text, "the table \"%s\" has no column \"%s\"", table->id, id) &&
             (near == NULL || bp_buf_format(&text, "; did you mean \"%s\"?", near));
    if (!ok)
        fill->loader->faults->refused = true;
    else if (place != NULL)
        bp_place_fault(fill->loader, place, "%s", text.bytes);
    else
        bp_origin_fault(fill->loader, origin, NULL, "%s", text.bytes);
    bp_buf_clear(&text);
}

static void feed_json(bp_fill *fill, void *context)
{
    const bp_place *rows = context;
    size_t index = 0;
    for (const cJSON *row = rows->node->child; row != NULL; row = row->next, index++) {
        bp_place at = {.up = rows, .index = index, .node = row};
        size_t column = 0, count = 0;
        bool is_list = cJSON_IsArray(row);
        bp_fill_row(fill);
        if (!is_list && !cJSON_IsObject(row)) {
            bp_expected_fault(fill->loader, &at, "a row: a list or an object");
            continue;
        }
        if (is_list && !fill->table->is_declared) {
            bp_place_fault(fill->loader, &at, "rows that are lists need \"columns\"");
            return;
        }
        for (const cJSON *child = row->child; child != NULL; child = child->next, count++) {
            bp_place cell = {
                .up = &at, .name = is_list ? NULL : child->string, .index = count, .node = child};
            if (is_list) {
                column = count;
            } else {
                column = bp_fill_column(fill, child->string, strlen(child->string), count);
                if (column == SIZE_MAX) {
                    cell.at_name = true;
                    fault_column(fill, &cell, NULL, child->string);
                    continue;
                }
            }
            if (column < fill->table->column_count)
                feed_json_cell(fill, column, &cell);
        }
        if (is_list && count != fill->table->column_count)
            bp_place_fault(fill->loader, &at, "expected %zu cells, found %zu",
                           fill->table->column_count, count);
    }
}

/* The table of this id, made where it is new. */
static bp_table *find_table(bp_loader *loader, const char *id, const bp_origin *origin)
{
    bp_data *data = loader->data;
    bp_entry *entry = bp_records_find(&data->tables, id);
    if (entry != NULL) {
        entry->origin = *origin;
        return entry->record;
    }
    bp_table *table = bp_arena_take(&data->arena, 1, sizeof *table);
    if (table == NULL) {
        loader->faults->refused = true;
        return NULL;
    }
    table->id = bp_loader_text(loader, id, strlen(id));
    table->data = data;
    if (bp_records_add(&data->tables, &data->arena, table, origin) == NULL) {
        loader->faults->refused = true;
        return NULL;
    }
    return table;
}

static const bp_member table_members[] = {
    {"id", NULL, 0},
    {"title", bp_read_text, offsetof(bp_table, title)},
    {"columns", NULL, 0},
    {"rows", NULL, 0},
};

void bp_read_table(bp_loader *loader, const bp_place *place)
{
    const char *id = NULL;
    bp_table scratch = {0};
    if (!cJSON_IsObject(place->node)) {
        bp_expected_fault(loader, place, "an object");
        return;
    }
    bp_place at = bp_place_member(place, "id");
    if (at.node == NULL)
        bp_place_fault(loader, place, "\"id\" is missing");
    else
        bp_read_id(loader, &at, &id);
    const bp_entry *before = id ? bp_records_find(&loader->data->tables, id) : NULL;
    if (before != NULL && before->origin.input == loader->input) {
        bp_place_fault(loader, place, "the id \"%s\" is given twice; first in line %d", id,
                       before->origin.where.line);
        return;
    }
    bp_origin origin = bp_place_origin(loader, place);
    bp_table *table = id ? find_table(loader, id, &origin) : NULL;
    (void)BP_READ_MEMBERS(loader, place, table_members, table ? table : &scratch);
    if (table == NULL)
        return;
    bp_place columns = bp_place_member(place, "columns"), rows = bp_place_member(place, "rows");
    if (columns.node != NULL && rows.node == NULL && table->row_count != 0) {
        bp_place_fault(loader, place, "\"rows\" is missing: new columns need new rows");
        return;
    }
    if (columns.node != NULL) {
        bp_table_free(table); /* Its cells are those of the old columns. */
        read_columns(loader, &columns, table);
    }
    if (rows.node == NULL)
        return;
    if (cJSON_IsArray(rows.node))
        bp_table_fill(loader, table, feed_json, &rows);
    else
        bp_expected_fault(loader, &rows, "a list");
}

/* Rows of a CSV file. */

typedef struct {
    const char *bytes;
    size_t length;
} file_bytes;

static bp_origin spot_origin(const bp_loader *loader, bp_spot spot)
{
    return (bp_origin){{loader->file, (int)spot.line, (int)spot.column}, "", loader->input};
}

/* Reads the header: for each field the number of its column. */
static bool read_header(bp_fill *fill, bp_csv *csv, bp_buf *map)
{
    bp_loader *loader = fill->loader;
    size_t count = BP_BUF_COUNT(&csv->fields, bp_field);
    bool ok = true;
    for (size_t i = 0;
         i < count && !loader->faults->refused && bp_faults_count(loader->faults) < BP_FAULTS_MOST;
         i++) {
        const bp_field *field = &BP_BUF_ITEMS(&csv->fields, bp_field)[i];
        bp_origin origin = spot_origin(loader, field->spot);
        size_t before = fill->table->column_count;
        char id[101];
        (void)snprintf(id, sizeof id, "%.*s", (int)bp_utf8_floor(field->text, field->length, 100),
                       field->text);
        if (field->length == 0) {
            bp_origin_fault(loader, &origin, NULL, "the heading is empty");
            ok = false;
            continue;
        }
        size_t column = bp_fill_column(fill, field->text, field->length, i);
        if (column == SIZE_MAX) {
            fault_column(fill, NULL, &origin, id);
            ok = false;
            continue;
        }
        bool is_double = false;
        for (size_t n = 0; n < BP_BUF_COUNT(map, size_t); n++)
            is_double = is_double || BP_BUF_ITEMS(map, size_t)[n] == column;
        if (is_double && column < before) {
            bp_origin_fault(loader, &origin, NULL, "the heading \"%s\" stands twice", id);
            ok = false;
        }
        if (!bp_buf_add(map, &column, sizeof column))
            loader->faults->refused = true;
    }
    for (size_t i = 0; ok && i < fill->table->column_count; i++) {
        bool is_there = false;
        for (size_t n = 0; n < BP_BUF_COUNT(map, size_t); n++)
            is_there = is_there || BP_BUF_ITEMS(map, size_t)[n] == i;
        if (!is_there) {
            bp_origin origin = spot_origin(loader, (bp_spot){1, 1});
            bp_origin_fault(loader, &origin, NULL, "the column \"%s\" is missing",
                            fill->table->columns[i].id);
            ok = false;
        }
    }
    return ok && !loader->faults->refused;
}

static void feed_csv(bp_fill *fill, void *context)
{
    const file_bytes *file = context;
    bp_loader *loader = fill->loader;
    bp_csv csv;
    bp_buf map = {0};
    bp_csv_begin(&csv, loader->file, file->bytes, file->length, loader->faults);
    if (!bp_csv_row(&csv)) {
        bp_origin origin = spot_origin(loader, (bp_spot){1, 1});
        if (!csv.is_broken)
            bp_origin_fault(loader, &origin, NULL,
                            "expected a header with the names of the columns");
        goto done;
    }
    if (!read_header(fill, &csv, &map))
        goto done;
    size_t columns = BP_BUF_COUNT(&map, size_t);
    const size_t *column = BP_BUF_ITEMS(&map, size_t);
    while (bp_csv_row(&csv) && !loader->faults->refused) {
        const bp_field *fields = BP_BUF_ITEMS(&csv.fields, bp_field);
        size_t count = BP_BUF_COUNT(&csv.fields, bp_field);
        bp_fill_row(fill);
        if (count != columns) {
            bp_origin origin = spot_origin(loader, fields[0].spot);
            bp_origin_fault(loader, &origin, NULL,
                            "expected %zu fields as in the header, found %zu", columns, count);
            continue;
        }
        for (size_t i = 0; i < count; i++) {
            bp_cell cell = {.kind = BP_CELL_RAW,
                            .text = fields[i].text,
                            .length = fields[i].length,
                            .spot = fields[i].spot};
            if (cell.length != 0)
                bp_fill_cell(fill, column[i], &cell);
        }
    }
done:
    bp_buf_clear(&map);
    bp_csv_end(&csv);
}

/* Rows of an NDJSON file: one object a line. No tree is made. */

typedef struct {
    bp_fill *fill;
    int depth;
    size_t column, guess; /* Of the member at hand; SIZE_MAX: to be passed over. */
    bp_spot map_spot;
    bp_buf translations; /* Of a cell that is a map of languages. */
    const char *language;
    bool is_row; /* The line is an object. */
} line_reader;

static void fault_spot(line_reader *r, bp_spot spot, const char *text)
{
    bp_origin origin = spot_origin(r->fill->loader, spot);
    if (r->column != SIZE_MAX && r->depth > 0)
        origin.path = r->fill->table->columns[r->column].id;
    bp_origin_fault(r->fill->loader, &origin, NULL, "%s", text);
}

/* A name for messages, cut to 100 bytes. */
static const char *short_name(const char *text, size_t length, char out[101])
{
    (void)snprintf(out, 101, "%.*s", (int)bp_utf8_floor(text, length, 100), text);
    return out;
}

static bool line_key(void *context, bp_spot spot, const char *text, size_t length)
{
    line_reader *r = context;
    char id[101];
    if (bp_faults_count(r->fill->loader->faults) >= BP_FAULTS_MOST) {
        r->column = SIZE_MAX; /* Nothing more would be told. */
        return true;
    }
    if (r->depth == 1) {
        r->column = length ? bp_fill_column(r->fill, text, length, r->guess) : SIZE_MAX;
        if (r->column != SIZE_MAX) {
            r->guess = r->column + 1;
        } else {
            bp_origin origin = spot_origin(r->fill->loader, spot);
            fault_column(r->fill, NULL, &origin, short_name(text, length, id));
        }
    } else if (r->depth == 2) {
        r->language = NULL;
        if (bp_is_language(short_name(text, length, id)))
            r->language = bp_loader_text(r->fill->loader, text, length);
        else
            fault_spot(r, spot, "expected a language such as en, zh or de-CH");
    }
    return !r->fill->loader->faults->refused;
}

static bool begin_nested(line_reader *r, bp_spot spot, bp_json_kind kind)
{
    if (r->depth == 0) {
        r->is_row = kind == BP_JSON_OBJECT;
        if (r->is_row)
            bp_fill_row(r->fill);
        else
            fault_spot(r, spot, "expected an object, found a list");
    } else if (r->is_row && (r->depth > 1 || kind == BP_JSON_ARRAY)) {
        fault_spot(r, spot, "expected a cell: a text, a number, true, false or null");
        r->column = SIZE_MAX;
    }
    r->map_spot = spot;
    r->translations.length = 0;
    r->depth++;
    return !r->fill->loader->faults->refused;
}

static bool line_value(void *context, bp_spot spot, bp_json_kind kind, const char *text,
                       size_t length, double number)
{
    line_reader *r = context;
    if (kind == BP_JSON_OBJECT || kind == BP_JSON_ARRAY)
        return begin_nested(r, spot, kind);
    if (r->depth == 0) {
        fault_spot(r, spot, "expected an object on each line");
    } else if (r->is_row && r->depth == 2 && r->column != SIZE_MAX) {
        bp_translation one = {.language = r->language,
                              .where = {r->fill->loader->file, (int)spot.line, (int)spot.column}};
        if (kind != BP_JSON_STRING)
            fault_spot(r, spot, "expected a text");
        else if (one.language != NULL) {
            one.text = bp_loader_text(r->fill->loader, text, length);
            return bp_buf_add(&r->translations, &one, sizeof one);
        }
    } else if (r->is_row && r->depth == 1 && r->column != SIZE_MAX && kind != BP_JSON_NULL) {
        bp_cell cell = {.kind = kind == BP_JSON_STRING   ? BP_CELL_TEXT
                                : kind == BP_JSON_NUMBER ? BP_CELL_NUMBER
                                                         : BP_CELL_BOOLEAN,
                        .text = text,
                        .length = length,
                        .number = kind == BP_JSON_NUMBER ? number : kind == BP_JSON_TRUE,
                        .spot = spot};
        bp_fill_cell(r->fill, r->column, &cell);
    }
    return !r->fill->loader->faults->refused;
}

static bool line_end(void *context)
{
    line_reader *r = context;
    size_t count = BP_BUF_COUNT(&r->translations, bp_translation);
    if (--r->depth == 1 && r->is_row && r->column != SIZE_MAX) {
        bp_cell cell = {.kind = BP_CELL_MAP, .spot = r->map_spot};
        bp_translation *items = bp_arena_take(&r->fill->loader->data->arena, count, sizeof *items);
        if (items == NULL)
            return false;
        if (count != 0)
            memcpy(items, r->translations.bytes, r->translations.length);
        else
            fault_spot(r, r->map_spot, "expected at least one language");
        cell.map = (bp_text){items, count};
        if (count != 0)
            bp_fill_cell(r->fill, r->column, &cell);
    }
    return !r->fill->loader->faults->refused;
}

static void feed_ndjson(bp_fill *fill, void *context)
{
    const file_bytes *file = context;
    bp_loader *loader = fill->loader;
    bp_scan_space space = {0};
    line_reader r = {.fill = fill};
    bp_scan_events events = {&r, line_key, line_value, line_end};
    uint32_t line = 1;
    for (size_t at = 0; at < file->length && !loader->faults->refused; line++) {
        const char *start = file->bytes + at;
        const char *end = memchr(start, '\n', file->length - at);
        size_t length = end ? (size_t)(end - start) : file->length - at;
        size_t blank = 0;
        at += length + 1;
        while (blank < length &&
               (start[blank] == ' ' || start[blank] == '\t' || start[blank] == '\r'))
            blank++;
        if (blank == length)
            continue;
        r.depth = 0;
        r.guess = 0;
        r.column = SIZE_MAX;
        r.is_row = false;
        (void)bp_scan(loader->file, line, start, length, &events, &space, loader->faults);
    }
    bp_buf_clear(&r.translations);
    bp_scan_space_clear(&space);
}

void bp_read_table_file(bp_loader *loader, const char *id, const char *bytes, size_t length)
{
    bp_origin origin = spot_origin(loader, (bp_spot){1, 1});
    file_bytes file = {bytes, length};
    if (!bp_is_id(id)) {
        bp_faults_add(loader->faults, BP_ERR_USAGE, "",
                      "expected a table's id before '=' in \"%.60s=%.200s\"", id, loader->file);
        return;
    }
    bp_table *table = find_table(loader, id, &origin);
    size_t at = 0;
    while (at < length && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0')
        at++;
    if (table != NULL)
        bp_table_fill(loader, table, at < length && bytes[at] == '{' ? feed_ndjson : feed_csv,
                      &file);
}
