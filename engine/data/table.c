/* Tables as they are read: see model.h. Filling them is in table_fill.c. */
#include "data/table.h"

void bp_table_clear_rows(bp_table *table)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&table->cells, bp_cells); i++)
        bp_cells_clear(&BP_BUF_ITEMS(&table->cells, bp_cells)[i]);
    bp_buf_clear(&table->cells);
    bp_buf_clear(&table->text);
    bp_buf_clear(&table->maps);
    table->row_count = 0;
}

void bp_table_free(bp_table *table)
{
    bp_table_clear_rows(table);
}

const char *bp_table_id(const bp_table *table)
{
    return table->id;
}

bp_text bp_table_title(const bp_table *table)
{
    return table->title;
}

size_t bp_table_row_count(const bp_table *table)
{
    return table->row_count;
}

size_t bp_table_column_count(const bp_table *table)
{
    return table->column_count;
}

const bp_column *bp_table_column(const bp_table *table, size_t column)
{
    return column < table->column_count ? &table->columns[column] : NULL;
}

bool bp_table_cell(const bp_table *table, size_t row, size_t column, const char *language,
                   const char **text, double *number)
{
    if (row >= table->row_count || column >= BP_BUF_COUNT(&table->cells, bp_cells))
        return false;
    const bp_cells *cells = &BP_BUF_ITEMS(&table->cells, bp_cells)[column];
    bp_column_type type = table->columns[column].type;
    if (type == BP_COLUMN_NUMBER || type == BP_COLUMN_BOOLEAN) {
        double value;
        return bp_cells_number(cells, row, number != NULL ? number : &value);
    }
    uint32_t reference = bp_cells_reference(cells, row);
    if (reference == 0)
        return false;
    if (text != NULL && (reference & BP_MAP_BIT) != 0)
        *text = bp_text_in(table->data,
                           BP_BUF_ITEMS(&table->maps, bp_text)[reference & ~BP_MAP_BIT], language);
    else if (text != NULL)
        *text = table->text.bytes + reference;
    return true;
}
