/* Bidi levels through ICU, which wants UTF-16: see bidi.h. */
#include "text/bidi.h"

#include <limits.h>
#include <unicode/ubidi.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "base/utf8.h"

static bool fail_icu(UErrorCode code, bp_error *err)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return bp_fail_memory(err);
    return bp_fail(err, BP_ERR_INTERNAL, NULL, "ICU cannot order the text: %s", u_errorName(code));
}

/* Walks both forms of the text side by side. */
static bool add_runs(UBiDi *bidi, const char *text, size_t length, int32_t unit_count, bp_buf *runs,
                     bp_error *err)
{
    size_t at = 0;
    for (int32_t unit = 0, limit; unit < unit_count;) {
        UBiDiLevel level;
        ubidi_getLogicalRun(bidi, unit, &limit, &level);
        while (unit < limit && at < length)
            unit += bp_utf8_next(text, length, &at) > 0xffff ? 2 : 1;
        bp_level_run run = {(uint32_t)at, level};
        if (!bp_buf_add(runs, &run, sizeof run))
            return bp_fail_memory(err);
    }
    return true;
}

bool bp_bidi_find(const char *text, size_t length, int direction, bp_buf *runs, bool *is_rtl,
                  bp_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    bool ok = false;
    if (length > INT32_MAX / 4)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "a paragraph of %zu bytes is too long", length);
    UChar *units =
        bp_alloc((length + 1) * sizeof *units); /* UTF-16 has no more units than UTF-8 bytes. */
    UBiDi *bidi = ubidi_open();
    if (units == NULL || bidi == NULL) {
        (void)bp_fail_memory(err);
        goto done;
    }
    int32_t unit_count = 0;
    u_strFromUTF8(units, (int32_t)length + 1, &unit_count, text, (int32_t)length, &code);
    UBiDiLevel base = direction > 0 ? 1 : 0;
    if (direction < 0 && U_SUCCESS(code))
        base = ubidi_getBaseDirection(units, unit_count) == UBIDI_RTL;
    ubidi_setPara(bidi, units, unit_count, base, NULL, &code);
    *is_rtl = base != 0;
    ok =
        U_FAILURE(code) ? fail_icu(code, err) : add_runs(bidi, text, length, unit_count, runs, err);
done:
    if (bidi != NULL)
        ubidi_close(bidi);
    bp_free(units);
    return ok;
}

void bp_bidi_reorder(const uint8_t *levels, size_t count, int32_t *order)
{
    ubidi_reorderVisual(levels, (int32_t)count, order);
}
