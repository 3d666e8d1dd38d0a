/* Numbers: see format.h. Plain numbers are printed here from symbols that are known per language;
 * ICU's formatters would take 1 to 2 microseconds each, and 0.5 ms for the first. Words and compact
 * forms are ICU's (format_words.c). */
#include "data/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <unicode/ustring.h>

#include "base/mem.h"
#include "data/format_private.h"

bool bp_format_fail(bp_error *err, UErrorCode status, const char *what)
{
    if (status == U_MEMORY_ALLOCATION_ERROR)
        return bp_fail_memory(err);
    return bp_fail(err, BP_ERR_INTERNAL, NULL, "%s cannot be formatted (%s)", what,
                   u_errorName(status));
}

bool bp_format_add(bp_buf *out, const UChar *text, int32_t length, bp_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t written = 0;
    size_t most = (size_t)length * 3;
    if (!bp_buf_reserve(out, most))
        return bp_fail_memory(err);
    u_strToUTF8(out->bytes + out->length, (int32_t)most + 1, &written, text, length, &status);
    if (U_FAILURE(status))
        return bp_format_fail(err, status, "the text");
    out->length += (size_t)written;
    return true;
}

void bp_kept_clear(bp_kept_format *kept)
{
    if (kept->date != NULL)
        udat_close(kept->date);
    if (kept->interval != NULL)
        udtitvfmt_close(kept->interval);
    if (kept->number != NULL)
        unumf_close(kept->number);
    *kept = (bp_kept_format){0};
}

bp_kept_format *bp_format_keep(bp_format *format, const char *key)
{
    bp_kept_format *kept = NULL;
    for (size_t i = 0; i < BP_KEPT; i++) {
        if (strcmp(format->kept[i].key, key) == 0)
            return &format->kept[i];
        if (kept == NULL && format->kept[i].key[0] == '\0')
            kept = &format->kept[i];
    }
    if (kept == NULL) {
        kept = &format->kept[format->next_kept++ % BP_KEPT];
        bp_kept_clear(kept);
    }
    (void)snprintf(kept->key, sizeof kept->key, "%s", key);
    return kept;
}

bp_format *bp_format_new(const char *language, bp_error *err)
{
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    (void)uloc_forLanguageTag(language, locale, sizeof locale, &parsed, &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING ||
        (size_t)parsed != strlen(language) || *uloc_getISO3Language(locale) == '\0') {
        bp_fail(err, BP_ERR_USAGE, NULL,
                "unknown language \"%.40s\"; expected a code such as en, zh or de-CH", language);
        return NULL;
    }
    bp_format *format = bp_alloc_zero(1, sizeof *format);
    if (format == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    bool is_english = strncmp(locale, "en", 2) == 0 && (locale[2] == '\0' || locale[2] == '_');
    bool is_chinese = strncmp(locale, "zh", 2) == 0 && (locale[2] == '\0' || locale[2] == '_');
    (void)snprintf(format->locale, sizeof format->locale, "%s", locale);
    (void)snprintf(format->word_locale, sizeof format->word_locale, "%s",
                   strcmp(locale, "en") == 0 ? "en_001" : locale);
    format->plural_rule = is_english   ? BP_PLURAL_ENGLISH
                          : is_chinese ? BP_PLURAL_NONE
                                       : BP_PLURAL_ICU;
    format->has_symbols = bp_symbols_built_in(locale, &format->symbols);
    format->dates = bp_dates_built_in(format->word_locale);
    format->small_numbers = bp_small_numbers_built_in(locale);
    return format;
}

void bp_format_free(bp_format *format)
{
    if (format == NULL)
        return;
    for (size_t i = 0; i < BP_KEPT; i++)
        bp_kept_clear(&format->kept[i]);
    if (format->spelled != NULL)
        unum_close(format->spelled);
    if (format->list != NULL)
        ulistfmt_close(format->list);
    if (format->plurals != NULL)
        uplrules_close(format->plurals);
    if (format->formatted != NULL)
        unumf_closeResult(format->formatted);
    if (format->patterns != NULL)
        udatpg_close(format->patterns);
    bp_free(format);
}

static void ask_symbol(UNumberFormat *icu, UNumberFormatSymbol symbol, char out[BP_SYMBOL],
                       UErrorCode *status)
{
    UChar text[BP_SYMBOL];
    int32_t length = unum_getSymbol(icu, symbol, text, BP_SYMBOL, status);
    u_strToUTF8(out, BP_SYMBOL, NULL, text, length < BP_SYMBOL ? length : 0, status);
}

static void ask_affix(UNumberFormat *icu, UNumberFormatTextAttribute affix, char out[BP_SYMBOL],
                      UErrorCode *status)
{
    UChar text[BP_SYMBOL];
    int32_t length = unum_getTextAttribute(icu, affix, text, BP_SYMBOL, status);
    for (int32_t i = 0; i < length && length < BP_SYMBOL; i++)
        if (text[i] == '-')
            text[i] = BP_MINUS;
    u_strToUTF8(out, BP_SYMBOL, NULL, text, length < BP_SYMBOL ? length : 0, status);
}

/* Some languages leave four digits whole. Only the newer formatter knows it, and only by an
 * example. */
static bool leaves_four(const char *locale, UErrorCode *status)
{
    UChar text[16] = {0};
    int32_t length = 0;
    UNumberFormatter *plain = unumf_openForSkeletonAndLocale(text, 0, locale, status);
    UFormattedNumber *result = unumf_openResult(status);
    if (U_SUCCESS(*status)) {
        unumf_formatInt(plain, 1000, result, status);
        length = unumf_resultToString(result, text, 16, status);
    }
    unumf_closeResult(result);
    unumf_close(plain);
    return length == 4;
}

bool bp_symbols_ask(const char *locale, bp_symbols *out, bp_error *err)
{
    static const UNumberFormatSymbol digits[] = {UNUM_ZERO_DIGIT_SYMBOL,  UNUM_ONE_DIGIT_SYMBOL,
                                                 UNUM_TWO_DIGIT_SYMBOL,   UNUM_THREE_DIGIT_SYMBOL,
                                                 UNUM_FOUR_DIGIT_SYMBOL,  UNUM_FIVE_DIGIT_SYMBOL,
                                                 UNUM_SIX_DIGIT_SYMBOL,   UNUM_SEVEN_DIGIT_SYMBOL,
                                                 UNUM_EIGHT_DIGIT_SYMBOL, UNUM_NINE_DIGIT_SYMBOL};
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *decimal = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
    UNumberFormat *percent = unum_open(UNUM_PERCENT, NULL, 0, locale, NULL, &status);
    *out = (bp_symbols){0};
    if (U_SUCCESS(status)) {
        for (int i = 0; i < 10; i++)
            ask_symbol(decimal, digits[i], out->digits[i], &status);
        ask_symbol(decimal, UNUM_GROUPING_SEPARATOR_SYMBOL, out->group, &status);
        ask_symbol(decimal, UNUM_DECIMAL_SEPARATOR_SYMBOL, out->point, &status);
        ask_symbol(decimal, UNUM_PLUS_SIGN_SYMBOL, out->plus, &status);
        ask_affix(decimal, UNUM_NEGATIVE_PREFIX, out->minus, &status);
        ask_affix(percent, UNUM_POSITIVE_PREFIX, out->before_percent, &status);
        ask_affix(percent, UNUM_POSITIVE_SUFFIX, out->after_percent, &status);
        out->first_group = unum_getAttribute(decimal, UNUM_GROUPING_SIZE);
        out->other_groups = unum_getAttribute(decimal, UNUM_SECONDARY_GROUPING_SIZE);
        if (out->other_groups <= 0)
            out->other_groups = out->first_group;
        out->grouped_from = out->first_group + 1 + leaves_four(locale, &status);
    }
    if (decimal != NULL)
        unum_close(decimal);
    if (percent != NULL)
        unum_close(percent);
    return U_SUCCESS(status) || bp_format_fail(err, status, "a number");
}

/* Puts `value` below 2^53 as digits. */
static int put_whole(uint64_t value, char *out)
{
    char reversed[24];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    for (int i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    return count;
}

static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

/* The quick way, for numbers of few digits: false where a tie is near or there are too many digits.
 */
static bool quick_digits(double size, int least, int most, bp_digits *out)
{
    int decimals = most;
    uint64_t scaled = 0;
    if (size >= 1e9 || most > 5)
        return false;
    if (most < 0) { /* As many as it has: the first scale at which it is whole. */
        for (decimals = 0; decimals <= 5; decimals++) {
            scaled = (uint64_t)(size * powers[decimals] + 0.5);
            if ((double)scaled / powers[decimals] == size)
                break;
        }
        if (decimals > 5)
            return false;
    } else {
        double exact = size * powers[decimals], rest = exact - floor(exact);
        if (fabs(rest - 0.5) < 1e-4)
            return false;
        scaled = (uint64_t)(exact + 0.5);
    }
    uint64_t unit = (uint64_t)powers[decimals], fraction = scaled % unit;
    out->whole = put_whole(scaled / unit, out->digits);
    for (int i = decimals; i > 0; i--, fraction /= 10)
        out->digits[out->whole + i - 1] = (char)('0' + fraction % 10);
    while (decimals > least && out->digits[out->whole + decimals - 1] == '0')
        decimals--;
    while (decimals < least)
        out->digits[out->whole + decimals++] = '0';
    out->decimals = decimals;
    return true;
}

/* Rounds 15 digits, `point` of them before the decimal point, to `keep` digits; answers the new
 * `point`. */
static int round_digits(char digits[18], int keep, int point)
{
    bool up = keep >= 0 && keep < 15 && digits[keep] >= '5';
    for (int i = keep < 0 ? 0 : keep; i < 15; i++)
        digits[i] = '0';
    for (int i = keep - 1; up && i >= 0; i--) {
        up = digits[i] == '9';
        digits[i] = up ? '0' : (char)(digits[i] + 1);
    }
    if (up) { /* 9.99 became 10.0. */
        memmove(digits + 1, digits, 15);
        digits[0] = '1';
        return point + 1;
    }
    return point;
}

static void slow_digits(double size, int least, int most, bp_digits *out)
{
    char text[40], digits[18] = "";
    int count = 0, exponent = 0;
    (void)snprintf(text, sizeof text, "%.14e", size);
    const char *at = text;
    for (; *at != 'e' && *at != '\0'; at++)
        if (*at >= '0' && *at <= '9' && count < 15)
            digits[count++] = *at;
    if (*at == 'e') {
        bool is_below = at[1] == '-';
        for (at += 2; *at >= '0' && *at <= '9'; at++)
            exponent = exponent * 10 + (*at - '0');
        exponent = is_below ? -exponent : exponent;
    }
    int point = size == 0 ? 1 : exponent + 1;
    int decimals = most >= 0 ? most : 15 - point > 0 ? 15 - point : 0;
    point = round_digits(digits, point + decimals > 15 ? 15 : point + decimals, point);
    out->whole = point > 0 ? point : 1;
    if (decimals > 30)
        decimals = 30;
    for (int i = 0; i < out->whole + decimals; i++) {
        int from = point > 0 ? i : i - 1 + point;
        out->digits[i] = from >= 0 && from < 16 && digits[from] ? digits[from] : '0';
    }
    while (decimals > least && out->digits[out->whole + decimals - 1] == '0')
        decimals--;
    while (decimals < least)
        out->digits[out->whole + decimals++] = '0';
    out->decimals = decimals;
}

void bp_digits_of(double value, int least, int most, bp_digits *out)
{
    double size = fabs(value);
    out->is_negative = false;
    if (size < 9007199254740992.0 && size == floor(size)) {
        out->whole = put_whole((uint64_t)size, out->digits);
        out->decimals = least;
        memset(out->digits + out->whole, '0', (size_t)least);
    } else if (!quick_digits(size, least, most, out)) {
        slow_digits(size, least, most, out);
    }
    int count = out->whole + out->decimals;
    out->digits[count] = '\0';
    if (value < 0)
        for (int i = 0; i < count && !out->is_negative; i++)
            out->is_negative = out->digits[i] != '0';
}

size_t bp_digits_text(const bp_digits *digits, char out[350])
{
    int length =
        snprintf(out, 350, "%s%.*s%s%s", digits->is_negative ? "-" : "", digits->whole,
                 digits->digits, digits->decimals ? "." : "", digits->digits + digits->whole);
    return (size_t)length;
}

static bool put_plain(const bp_symbols *symbols, const bp_digits *digits,
                      const bp_number_style *style, bp_buf *out)
{
    bool is_zero = strspn(digits->digits, "0") == strlen(digits->digits);
    bool is_grouped =
        !style->no_grouping && symbols->first_group > 0 && digits->whole >= symbols->grouped_from;
    bool ok = true;
    if (digits->is_negative)
        ok = bp_buf_text(out, symbols->minus);
    else if (style->show_plus && !is_zero)
        ok = bp_buf_text(out, symbols->plus);
    if (style->is_percent)
        ok = ok && bp_buf_text(out, symbols->before_percent);
    for (int i = 0; i < digits->whole && ok; i++) {
        int left = digits->whole - i -
                   symbols->first_group; /* Digits before the last group, 0 at its border. */
        if (is_grouped && i > 0 && left >= 0 && left % symbols->other_groups == 0)
            ok = bp_buf_text(out, symbols->group);
        ok = ok && bp_buf_text(out, symbols->digits[digits->digits[i] - '0']);
    }
    if (digits->decimals != 0)
        ok = ok && bp_buf_text(out, symbols->point);
    for (int i = 0; i < digits->decimals && ok; i++)
        ok = bp_buf_text(out, symbols->digits[digits->digits[digits->whole + i] - '0']);
    if (style->is_percent)
        ok = ok && bp_buf_text(out, symbols->after_percent);
    return ok;
}

bool bp_format_number(bp_format *format, double value, const bp_number_style *style, bp_buf *out,
                      bp_error *err)
{
    static const bp_number_style plain = {.most_decimals = -1};
    if (style == NULL)
        style = &plain;
    if (!isfinite(value))
        return bp_fail(err, BP_ERR_USAGE, NULL, "the number to format is not finite");
    if (style->least_decimals < 0 || style->least_decimals > 15 || style->most_decimals > 15 ||
        (style->most_decimals >= 0 && style->most_decimals < style->least_decimals))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "decimals must be from 0 to 15, the least not above the most");
    if (style->is_spelled)
        return bp_format_spelled(format, value, out, err);
    if (style->is_compact)
        return bp_format_compact(format, value, style, out, err);
    if (!format->has_symbols) {
        if (!bp_symbols_ask(format->locale, &format->symbols, err))
            return false;
        format->has_symbols = true;
    }
    bp_digits digits;
    size_t before = out->length;
    bp_digits_of(value, style->least_decimals, style->most_decimals < 0 ? -1 : style->most_decimals,
                 &digits);
    if (put_plain(&format->symbols, &digits, style, out))
        return true;
    out->length = before;
    return bp_fail_memory(err);
}
