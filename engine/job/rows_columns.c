/* Columns that are the same for all rows: of a CSV by its header, of a table in the data. Also the
 * rows of such a table. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "data/records.h"
#include "job/rows_private.h"

static const char *name_of(const bp_rows *rows, const bp_row_column *column)
{
    return rows->header.bytes + column->name;
}

bool bp_rows_add_column(bp_rows *rows, bp_spot spot, const char *name, size_t length, bp_error *err)
{
    bp_row_column column = {.name = rows->header.length, .length = length};
    size_t count = BP_BUF_COUNT(&rows->columns, bp_row_column);
    if (length == 0)
        return bp_rows_break(rows, spot, err, "the heading is empty");
    if (count == BP_ROW_COLUMNS_MOST)
        return bp_rows_break(rows, spot, err, "more than %d columns", BP_ROW_COLUMNS_MOST);
    for (size_t i = 0; i < count; i++) {
        const bp_row_column *other = &BP_BUF_ITEMS(&rows->columns, bp_row_column)[i];
        if (other->length == length && memcmp(name_of(rows, other), name, length) == 0)
            return bp_rows_break(rows, spot, err, "the heading \"%.*s\" stands twice",
                                 (int)bp_utf8_floor(name, length, 100), name);
    }
    column.use = bp_row_use(rows, spot, name, length);
    return (bp_buf_add(&rows->header, name, length) && bp_buf_char(&rows->header, '\0') &&
            bp_buf_add(&rows->columns, &column, sizeof column)) ||
           bp_fail_memory(err);
}

bool bp_rows_need_id(bp_rows *rows, bp_error *err)
{
    const char *names[BP_ROW_COLUMNS_MOST];
    size_t count = BP_BUF_COUNT(&rows->columns, bp_row_column);
    for (size_t i = 0; i < count; i++) {
        const bp_row_column *column = &BP_BUF_ITEMS(&rows->columns, bp_row_column)[i];
        if (column->use & BP_ROW_ID)
            return true;
        names[i] = name_of(rows, column);
    }
    const char *near = bp_nearest_name(names, count, rows->id_column);
    bool is_said = rows->source.id_column != NULL;
    return bp_fail(err, is_said ? BP_ERR_USAGE : BP_ERR_DATA, rows->name,
                   is_said ? "--id: the rows have no column \"%.100s\"%s%.100s%s"
                           : "the rows have no column \"%.100s\"%s%.100s%s; --id names the column "
                             "that tells them apart",
                   rows->id_column, near ? "; did you mean \"" : "", near ? near : "",
                   near ? "\"?" : "");
}

void bp_row_column_cell(bp_rows *rows, bp_spot spot, size_t column, const char *text, size_t length)
{
    const bp_row_column *one = &BP_BUF_ITEMS(&rows->columns, bp_row_column)[column];
    unsigned use = length != 0 ? one->use : one->use & BP_ROW_ID;
    if (use != BP_ROW_PASSED)
        bp_row_cell(rows, spot, use, name_of(rows, one), one->length, text, length);
}

bool bp_rows_find_table(bp_rows *rows, bp_error *err)
{
    const char *wanted = rows->source.table;
    const bp_data *data = rows->source.data;
    const bp_table *table = data ? bp_data_find_table(data, wanted) : NULL;
    if (table == NULL) {
        const char *names[100], *near = NULL;
        size_t count = data ? bp_data_table_count(data) : 0;
        for (size_t i = 0; i < count && i < 100; i++)
            names[i] = bp_table_id(bp_data_table(data, i));
        near = bp_nearest_name(names, count < 100 ? count : 100, wanted);
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--rows: the data has no table \"%.100s\"%s%.100s%s", wanted,
                       near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    rows->table = table;
    for (size_t i = 0; i < bp_table_column_count(table); i++) {
        const char *id = bp_table_column(table, i)->id;
        if (!bp_rows_add_column(rows, (bp_spot){1, 0}, id, strlen(id), err))
            return false;
    }
    return bp_rows_need_id(rows, err);
}

bool bp_rows_read_table(bp_rows *rows, bp_error *err)
{
    const bp_table *table = rows->table;
    (void)err;
    if (rows->table_row >= bp_table_row_count(table))
        return false;
    size_t row = rows->table_row++;
    rows->line = row < UINT32_MAX ? (uint32_t)row + 1 : UINT32_MAX;
    for (size_t i = 0; i < bp_table_column_count(table); i++) {
        char written[BP_NUMBER_SIZE];
        const char *text = NULL;
        double number = 0;
        if (!bp_table_cell(table, row, i, NULL, &text, &number)) {
            text = "";
        } else if (bp_table_column(table, i)->type == BP_COLUMN_BOOLEAN) {
            text = number != 0 ? "true" : "false";
        } else if (text == NULL) {
            (void)bp_number_exact(number, written);
            text = written;
        }
        bp_row_column_cell(rows, (bp_spot){0}, i, text, strlen(text));
    }
    return true;
}
