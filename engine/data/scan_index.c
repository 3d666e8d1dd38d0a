/* Where all values of a JSON text stand: the scan, and a list of what it tells. */
#include "data/scan.h"

static bool note_key(void *context, bp_spot spot, const char *text, size_t length)
{
    (void)text, (void)length;
    return bp_buf_add(context, &spot, sizeof spot);
}

static bool note_value(void *context, bp_spot spot, bp_json_kind kind, const char *text,
                       size_t length, double number)
{
    (void)kind, (void)text, (void)length, (void)number;
    return bp_buf_add(context, &spot, sizeof spot);
}

static bool note_end(void *context)
{
    (void)context;
    return true;
}

bool bp_scan_index(const char *file, const char *bytes, size_t length, bp_buf *spots,
                   bp_faults *faults)
{
    bp_scan_space space = {0};
    bp_scan_events events = {spots, note_key, note_value, note_end};
    bool ok = bp_scan(file, 1, bytes, length, &events, &space, faults);
    bp_scan_space_clear(&space);
    return ok;
}
