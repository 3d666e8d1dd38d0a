/* Numbers in words and in compact form, plural categories and lists, all through ICU: see format.h.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <unicode/ustring.h>

#include "data/format_private.h"

enum { TEXT = 256 };

/* Appends what the result holds, with the minus that readers get. */
static bool add_result(const UFormattedNumber *result, bool is_negative, bp_buf *out, bp_error *err)
{
    UChar text[TEXT];
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = unumf_resultToString(result, text, TEXT, &status);
    if (U_FAILURE(status))
        return bp_format_fail(err, status, "the number");
    UChar *sign = is_negative ? u_memchr(text, '-', length < TEXT ? length : TEXT) : NULL;
    if (sign != NULL)
        *sign = BP_MINUS;
    return bp_format_add(out, text, length, err);
}

/* Formats with a formatter made from `skeleton` and kept; the outcome is in format->formatted. */
static bool format_skeleton(bp_format *format, const char *skeleton, const char *number,
                            size_t length, bp_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    bp_kept_format *kept = bp_format_keep(format, skeleton);
    if (kept->number == NULL) {
        UChar text[64];
        u_uastrcpy(text, skeleton);
        kept->number = unumf_openForSkeletonAndLocale(text, -1, format->locale, &status);
    }
    if (format->formatted == NULL && U_SUCCESS(status))
        format->formatted = unumf_openResult(&status);
    if (U_SUCCESS(status))
        unumf_formatDecimal(kept->number, number, (int32_t)length, format->formatted, &status);
    return U_SUCCESS(status) || bp_format_fail(err, status, "the number");
}

bool bp_format_compact(bp_format *format, double value, const bp_number_style *style, bp_buf *out,
                       bp_error *err)
{
    char skeleton[64], number[350], precision[20] = "precision-unlimited";
    bp_digits digits;
    bp_digits_of(value, 0, -1, &digits);
    size_t length = bp_digits_text(&digits, number);
    if (style->most_decimals >= 0) {
        size_t at = 0;
        precision[at++] = '.';
        for (int i = 0; i < style->most_decimals; i++)
            precision[at++] = i < style->least_decimals ? '0' : '#';
        precision[at] = '\0';
        if (style->most_decimals == 0)
            (void)snprintf(precision, sizeof precision, "precision-integer");
    }
    (void)snprintf(skeleton, sizeof skeleton, "compact-long %s rounding-mode-half-up%s%s",
                   precision, style->show_plus ? " +?" : "", style->is_percent ? " %" : "");
    return format_skeleton(format, skeleton, number, length, err) &&
           add_result(format->formatted, digits.is_negative, out, err);
}

bool bp_format_spelled(bp_format *format, double value, bp_buf *out, bp_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[TEXT];
    if (value != floor(value) || fabs(value) >= 1e15)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "only whole numbers below 10^15 can be put into words");
    if (format->small_numbers != NULL && value >= 0 && value < 100)
        return format->small_numbers(out, (unsigned)value) || bp_fail_memory(err);
    if (format->spelled == NULL)
        format->spelled = unum_open(UNUM_SPELLOUT, NULL, 0, format->locale, NULL, &status);
    int32_t length = U_SUCCESS(status) ? unum_formatInt64(format->spelled, (int64_t)value, text,
                                                          TEXT, NULL, &status)
                                       : 0;
    if (U_FAILURE(status))
        return bp_format_fail(err, status, "the number");
    return bp_format_add(out, text, length, err);
}

const char *bp_format_plural(bp_format *format, double value, int decimals)
{
    static const char *const names[] = {"zero", "one", "two", "few", "many", "other"};
    bp_digits digits;
    char skeleton[24], number[350], name[16];
    UChar text[16];
    UErrorCode status = U_ZERO_ERROR;
    if (!isfinite(value) || format->plural_rule == BP_PLURAL_NONE)
        return "other";
    if (decimals > 9)
        decimals = 9;
    bp_digits_of(value, decimals < 0 ? 0 : decimals, decimals < 0 ? -1 : decimals, &digits);
    if (format->plural_rule == BP_PLURAL_ENGLISH)
        return strcmp(digits.digits, "1") == 0 ? "one" : "other";
    size_t length = bp_digits_text(&digits, number);
    (void)snprintf(skeleton, sizeof skeleton, ".%.*s", digits.decimals > 15 ? 15 : digits.decimals,
                   "000000000000000");
    if (digits.decimals == 0)
        (void)snprintf(skeleton, sizeof skeleton, "precision-integer");
    if (format->plurals == NULL)
        format->plurals = uplrules_openForType(format->locale, UPLURAL_TYPE_CARDINAL, &status);
    if (U_FAILURE(status) || !format_skeleton(format, skeleton, number, length, NULL))
        return "other";
    int32_t size = uplrules_selectFormatted(format->plurals, format->formatted, text, 16, &status);
    if (U_FAILURE(status) || size >= 16)
        return "other";
    (void)u_austrncpy(name, text, sizeof name);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncmp(name, names[i], (size_t)size) == 0 && names[i][size] == '\0')
            return names[i];
    return "other";
}

/* All items as UTF-16 in one buffer, with their lengths. */
static bool widen(const char *const *items, size_t count, bp_buf *text, bp_buf *lengths,
                  bp_error *err)
{
    for (size_t i = 0; i < count; i++) {
        UErrorCode status = U_ZERO_ERROR;
        size_t bytes = strlen(items[i]);
        int32_t length = 0;
        if (bytes > INT32_MAX / 4)
            return bp_fail(err, BP_ERR_USAGE, NULL, "an item of the list is too long");
        if (!bp_buf_reserve(text, (bytes + 1) * sizeof(UChar)))
            return bp_fail_memory(err);
        u_strFromUTF8((UChar *)(void *)(text->bytes + text->length), (int32_t)bytes + 1, &length,
                      items[i], (int32_t)bytes, &status);
        if (U_FAILURE(status))
            return bp_fail(err, BP_ERR_USAGE, NULL, "an item of the list is not UTF-8");
        text->length += (size_t)length * sizeof(UChar);
        if (!bp_buf_add(lengths, &length, sizeof length))
            return bp_fail_memory(err);
    }
    return true;
}

bool bp_format_list(bp_format *format, const char *const *items, size_t count, bp_buf *out,
                    bp_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    bp_buf text = {0}, lengths = {0}, starts = {0}, result = {0};
    bool ok = false;
    if (count == 0)
        return true;
    if (count == 1)
        return bp_buf_text(out, items[0]) || bp_fail_memory(err);
    if (count > INT32_MAX)
        return bp_fail(err, BP_ERR_USAGE, NULL, "the list is too long");
    if (!widen(items, count, &text, &lengths, err))
        goto done;
    const int32_t *length = BP_BUF_ITEMS(&lengths, int32_t);
    const UChar *at = BP_BUF_ITEMS(&text, UChar);
    for (size_t i = 0; i < count; at += length[i++])
        if (!bp_buf_add(&starts, &at, sizeof(const UChar *))) {
            bp_fail_memory(err);
            goto done;
        }
    if (format->list == NULL)
        format->list = ulistfmt_open(format->word_locale, &status);
    size_t room = text.length / sizeof(UChar) + count * 32 + 1; /* A joint is a word or two. */
    if (room > INT32_MAX || !bp_buf_reserve(&result, room * sizeof(UChar))) {
        bp_fail_memory(err);
        goto done;
    }
    int32_t size = 0;
    if (U_SUCCESS(status))
        size =
            ulistfmt_format(format->list, BP_BUF_ITEMS(&starts, const UChar *), length,
                            (int32_t)count, BP_BUF_ITEMS(&result, UChar), (int32_t)room, &status);
    ok = U_SUCCESS(status) ? bp_format_add(out, BP_BUF_ITEMS(&result, UChar), size, err)
                           : bp_format_fail(err, status, "the list");
done:
    bp_buf_clear(&text);
    bp_buf_clear(&lengths);
    bp_buf_clear(&starts);
    bp_buf_clear(&result);
    return ok;
}
