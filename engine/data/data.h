/* Loading: several inputs are scanned strictly, read through cJSON, merged in order (later wins by
 * id), linked, derived and checked. Every fault found is reported, not the first only. */
#ifndef BP_DATA_DATA_H
#define BP_DATA_DATA_H

#include "base/bundle.h"
#include "base/error.h"
#include "base/faults.h"
#include "data/model.h"

/* One -d option. `table` names the table that a CSV or NDJSON input fills
 * ("enterprises=register.csv"); NULL: JSON in the indicator format, or a CSV of observations (by
 * its ending, or its first byte on standard input). */
typedef struct {
    const char *table;
    const char *path; /* "-" is standard input, at most once. */
    /* NULL: the file is read. Else these are read instead, and `name` stands for them in messages
     * and tells CSV by its ending. */
    const char *bytes;
    size_t length;
    const char *name;
} bp_data_input;

#define BP_DATA_FILE_MOST (256u << 20) /* Bytes of one input. */

/* Loads and checks. NULL on failure: `faults` then holds each fault, as `file:line:column` and
 * "$.path: what is wrong, expected what", and `err` the code with a summary ("3 faults in the
 * data") or the only fault. Yours to free. */
bp_data *bp_data_load(const bp_data_input *inputs, size_t count, bp_faults *faults, bp_error *err);

/* The same; what was read goes to `kept` (may be NULL), in order, as data of names that come from
 * what it holds and not from where it was: "ID.json" for the dataset ID, else "data.json",
 * "observations.csv", "TABLE.csv" or "TABLE.ndjson". Reading those again under these names loads
 * the same. */
bp_data *bp_data_load_kept(const bp_data_input *inputs, size_t count, bp_bundle *kept,
                           bp_faults *faults, bp_error *err);

/* The same from what a report carried: its data, in order. */
bp_data *bp_data_load_carried(const bp_bundle *carried, bp_bundle *kept, bp_faults *faults,
                              bp_error *err);

/* An input whose bytes are at hand. `name` stands for the file in messages and tells CSV by its
 * ending. */
typedef struct {
    const char *table; /* As in bp_data_input. */
    const char *name;
    const char *bytes;
    size_t length;
} bp_data_bytes;

/* The same as bp_data_load from bytes in memory, which need not outlive the call. */
bp_data *bp_data_load_bytes(const bp_data_bytes *inputs, size_t count, bp_faults *faults,
                            bp_error *err);

/* The same from one input of bytes, for tests and the C API. `name` stands for the file in
 * messages.
 */
bp_data *bp_data_parse(const char *name, const char *bytes, size_t length, bp_faults *faults,
                       bp_error *err);

void bp_data_free(bp_data *data);

#endif
