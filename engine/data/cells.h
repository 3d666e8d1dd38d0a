/* The cells of one column, packed as they come. Registers are mostly small whole numbers, prices
 * with two decimals and texts that repeat: a number is kept in 1, 2 or 4 bytes as a whole number of
 * tenths, hundredths ... as long as each comes back as exactly the same double, else in 8. */
#ifndef BP_DATA_CELLS_H
#define BP_DATA_CELLS_H

#include <stdint.h>

#include "base/buf.h"

typedef struct {
    unsigned char width;    /* Bytes of a cell; 0: none has been put yet. */
    unsigned char decimals; /* A whole number counts units of 10 to this power below 1. */
    bp_buf items;           /* What lies behind its end is empty. */
} bp_cells;

/* Cells begin as {0}. A column is of numbers or of references, and rows are put in rising order:
 * those passed over are empty, and of two cells of a row the first stays. False when memory is
 * refused: no cell has changed then. */
bool bp_cells_put_number(bp_cells *cells, size_t row, double value);
bool bp_cells_put_reference(bp_cells *cells, size_t row, uint32_t reference); /* Not 0. */
void bp_cells_clear(bp_cells *cells);

/* Gives back memory beyond what is in use. False when that is refused. */
bool bp_cells_fit(bp_cells *cells);

/* False where the cell is empty. */
bool bp_cells_number(const bp_cells *cells, size_t row, double *value);
uint32_t bp_cells_reference(const bp_cells *cells, size_t row); /* 0 where it is empty. */

#endif
