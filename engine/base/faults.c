/* The list of faults: see faults.h. */
#include "base/faults.h"

#include <stdarg.h>

#include "base/mem.h"

void bp_faults_add(bp_faults *faults, bp_code code, const char *place, const char *format, ...)
{
    if (faults == NULL)
        return;
    if (bp_faults_count(faults) >= BP_FAULTS_MOST) {
        faults->dropped++;
        return;
    }
    bp_buf text = {0};
    va_list args;
    va_start(args, format);
    bool ok = bp_buf_vformat(&text, format, args);
    va_end(args);
    char *where = ok ? bp_copy_text(place ? place : "") : NULL;
    bp_fault *fault = where ? bp_buf_push(&faults->list, sizeof *fault) : NULL;
    if (fault == NULL) {
        bp_free(where);
        bp_buf_clear(&text);
        faults->refused = true;
        return;
    }
    *fault = (bp_fault){.code = code, .place = where, .text = bp_buf_take(&text)};
}

size_t bp_faults_count(const bp_faults *faults)
{
    return BP_BUF_COUNT(&faults->list, bp_fault);
}

const bp_fault *bp_faults_at(const bp_faults *faults, size_t i)
{
    return &BP_BUF_ITEMS(&faults->list, bp_fault)[i];
}

void bp_faults_clear(bp_faults *faults)
{
    for (size_t i = 0; i < bp_faults_count(faults); i++) {
        bp_free(BP_BUF_ITEMS(&faults->list, bp_fault)[i].place);
        bp_free(BP_BUF_ITEMS(&faults->list, bp_fault)[i].text);
    }
    bp_buf_clear(&faults->list);
    *faults = (bp_faults){0};
}
