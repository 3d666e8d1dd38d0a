/* The error record: see error.h. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Ends `text` at a character boundary when vsnprintf had to cut it. */
static void cut_cleanly(char *text, size_t size, int wanted)
{
    if (wanted >= 0 && (size_t)wanted >= size) {
        size_t length = strlen(text);
        size_t end = length;
        while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
            end--;
        if (end > 0 && (unsigned char)text[end - 1] >= 0xC0) {
            size_t at = end - 1;
            if (bp_utf8_next(text, length, &at) == BP_UTF8_BAD || at != length)
                text[end - 1] = '\0';
        }
    }
}

static void copy_cut(char *out, size_t size, const char *text)
{
    int wanted = snprintf(out, size, "%s", text);
    cut_cleanly(out, size, wanted);
}

bool bp_fail(bp_error *err, bp_code code, const char *place, const char *format, ...)
{
    if (err == NULL || err->code != BP_OK)
        return false;
    err->code = code;
    copy_cut(err->place, sizeof err->place, place ? place : "");
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    cut_cleanly(err->text, sizeof err->text, wanted);
    return false;
}

bool bp_fail_memory(bp_error *err)
{
    if (bp_mem.over_budget)
        return bp_fail(err, BP_ERR_LIMIT, NULL,
                       "the memory limit of %zu MiB was reached; raise it with --max-memory",
                       bp_mem.budget >> 20);
    return bp_fail(err, BP_ERR_MEMORY, NULL, "out of memory");
}

static const struct {
    int exit;
    const char *name;
} codes[] = {
    [BP_OK] = {0, "ok"},
    [BP_ERR_USAGE] = {64, "usage"},
    [BP_ERR_DATA] = {65, "data"},
    [BP_ERR_INPUT] = {66, "input"},
    [BP_ERR_NO_DATA] = {66, "no-data"},
    [BP_ERR_RESOURCE] = {69, "resource"},
    [BP_ERR_INTERNAL] = {70, "internal"},
    [BP_ERR_SYSTEM] = {71, "system"},
    [BP_ERR_MEMORY] = {71, "memory"},
    [BP_ERR_CREATE] = {73, "create"},
    [BP_ERR_WRITE] = {74, "write"},
    [BP_ERR_BUSY] = {75, "busy"},
    [BP_ERR_LIMIT] = {76, "limit"},
    [BP_ERR_FORBIDDEN] = {77, "forbidden"},
    [BP_ERR_SCRIPT] = {78, "script"},
    [BP_ERR_FINDINGS] = {79, "findings"},
};

int bp_code_exit(bp_code code)
{
    return (size_t)code < sizeof codes / sizeof codes[0] ? codes[code].exit : 70;
}

const char *bp_code_name(bp_code code)
{
    return (size_t)code < sizeof codes / sizeof codes[0] ? codes[code].name : "internal";
}
