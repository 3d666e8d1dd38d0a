/* Numbers as text: see number.h. printf's conversions are safe here because nothing calls
 * setlocale; the decimal point is checked all the same, since a host program that links the library
 * may have. */
#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

/* Writes digits of `value` and answers how many. */
static size_t put_digits(uint64_t value, char *out)
{
    char digits[24];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    for (size_t i = 0; i < count; i++)
        out[i] = digits[count - 1 - i];
    return count;
}

size_t bp_number_put(double value, int decimals, char out[BP_NUMBER_SIZE])
{
    if (!isfinite(value) || fabs(value) >= 1e15 || decimals < 0 || decimals > 9)
        return 0;
    while (decimals > 0 && fabs(value) * powers[decimals] >= 9e15)
        decimals--; /* Past 2^53 a further decimal would be noise. */
    uint64_t scaled = (uint64_t)llround(fabs(value) * powers[decimals]);
    bool is_negative = value < 0 && scaled != 0;
    char digits[BP_NUMBER_SIZE], *at = digits + sizeof digits;
    for (; decimals > 0 && scaled % 10 == 0; decimals--)
        scaled /= 10;
    if (decimals > 0) {
        for (; decimals > 0; decimals--, scaled /= 10)
            *--at = (char)('0' + scaled % 10);
        *--at = '.';
    }
    do
        *--at = (char)('0' + scaled % 10);
    while ((scaled /= 10) != 0);
    if (is_negative)
        *--at = '-';
    size_t length = (size_t)(digits + sizeof digits - at);
    memcpy(out, at, length);
    out[length] = '\0';
    return length;
}

size_t bp_number_exact(double value, char out[BP_NUMBER_SIZE])
{
    if (!isfinite(value)) {
        out[0] = '\0';
        return 0;
    }
    if (value == 0)
        value = 0; /* No "-0". */
    if (fabs(value) <= 9007199254740992.0 && value == floor(value)) {
        size_t sign = value < 0;
        out[0] = '-';
        size_t whole = sign + put_digits((uint64_t)fabs(value), out + sign);
        out[whole] = '\0'; /* "%g" would print 50 as 5e+01. */
        return whole;
    }
    int length = 0;
    for (int digits = 1; digits <= 17; digits++) {
        length = snprintf(out, BP_NUMBER_SIZE, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            break;
    }
    for (int i = 0; i < length; i++)
        if (out[i] == ',')
            out[i] = '.';
    return (size_t)length;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The grammar of RFC 8259, section 6. */
static bool is_json_number(const char *text, size_t length)
{
    size_t i = 0;
    if (i < length && text[i] == '-')
        i++;
    if (i < length && text[i] == '0')
        i++;
    else if (i < length && is_digit(text[i]))
        while (i < length && is_digit(text[i]))
            i++;
    else
        return false;
    if (i < length && text[i] == '.') {
        if (++i >= length || !is_digit(text[i]))
            return false;
        while (i < length && is_digit(text[i]))
            i++;
    }
    if (i < length && (text[i] == 'e' || text[i] == 'E')) {
        i++;
        if (i < length && (text[i] == '+' || text[i] == '-'))
            i++;
        if (i >= length || !is_digit(text[i]))
            return false;
        while (i < length && is_digit(text[i]))
            i++;
    }
    return i == length;
}

bool bp_number_read(const char *text, size_t length, double *out)
{
    char copy[512];
    if (length == 0 || length >= sizeof copy || !is_json_number(text, length))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *end = NULL;
    double value = strtod(copy, &end);
    if (*end == '.') { /* A locale with a comma. */
        *end = ',';
        value = strtod(copy, &end);
    }
    if (*end != '\0' || !isfinite(value))
        return false;
    *out = value;
    return true;
}
