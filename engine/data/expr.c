/* Expressions: see expr.h.
 *
 *   either     = both { "or" both }
 *   both       = negation { "and" negation }
 *   negation   = "not" negation | comparison
 *   comparison = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
 *   sum        = product { ("+" | "-") product }
 *   product    = factor { ("*" | "/") factor }
 *   factor     = "-" factor | number | name [ "[" period "]" ] | function "(" ... ")" | "(" either
 * ")"
 *
 * sum, mean, min, max and count of a name alone are of its observations: name [ "[" from ".." to
 * "]" ].
 *
 * Where the outcome of `and` or `or` is settled the rest is read with `skip` on: grammar and names
 * are checked, but a division by zero in it does no harm. */
#include "data/expr.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "data/scan.h"

typedef struct {
    const char *text;
    size_t length, at;
    int depth;
    int skip; /* Above 0: check, do not compute. */
    bp_expr_lookup *lookup;
    void *context;
    bp_expr_result *result;
} reader;

static bool problem(reader *r, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool problem(reader *r, size_t at, const char *format, ...)
{
    char text[BP_EXPR_TEXT - 40];
    if (r->result->problem[0] != '\0')
        return false;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)snprintf(r->result->problem, BP_EXPR_TEXT, "at character %zu: %s",
                   bp_utf8_count(r->text, at) + 1, text);
    return false;
}

static void skip_space(reader *r)
{
    while (r->at < r->length && strchr(" \t\r\n", r->text[r->at]) != NULL)
        r->at++;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes `symbol` where it stands next. */
static bool take(reader *r, const char *symbol)
{
    size_t length = strlen(symbol);
    skip_space(r);
    if (r->length - r->at < length || memcmp(r->text + r->at, symbol, length) != 0)
        return false;
    r->at += length;
    return true;
}

/* Takes a word, which ends where no letter or digit follows. */
static bool take_word(reader *r, const char *word)
{
    size_t was = r->at;
    if (take(r, word) &&
        (r->at >= r->length || !(is_letter(r->text[r->at]) || is_digit(r->text[r->at]))))
        return true;
    r->at = was;
    return false;
}

static bool expected(reader *r, const char *what)
{
    skip_space(r);
    if (r->at >= r->length)
        return problem(r, r->at, "expected %s, found the end", what);
    size_t end = r->at;
    (void)bp_utf8_next(r->text, r->length, &end);
    return problem(r, r->at, "expected %s, found '%.*s'", what, (int)(end - r->at),
                   r->text + r->at);
}

static bool need_number(reader *r, size_t at, const bp_expr_value *value)
{
    return !value->is_truth || problem(r, at, "expected a number, found a comparison");
}

static bool need_truth(reader *r, size_t at, const bp_expr_value *value)
{
    return value->is_truth || problem(r, at, "expected a comparison, found a number");
}

static bool set_number(reader *r, size_t at, double number, bp_expr_value *out)
{
    *out = (bp_expr_value){false, r->skip ? 1 : number};
    return r->skip || isfinite(number) || problem(r, at, "the result is not a finite number");
}

static bool read_either(reader *r, bp_expr_value *out);
static bool read_sum(reader *r, bp_expr_value *out);

static bool enter(reader *r)
{
    return ++r->depth <= BP_EXPR_DEPTH ||
           problem(r, r->at, "more than %d levels inside each other", BP_EXPR_DEPTH);
}

static bool read_literal(reader *r, bp_expr_value *out)
{
    size_t start = r->at;
    while (r->at < r->length && (is_digit(r->text[r->at]) || r->text[r->at] == '.'))
        r->at++;
    if (r->at < r->length && (r->text[r->at] == 'e' || r->text[r->at] == 'E')) {
        r->at++;
        if (r->at < r->length && (r->text[r->at] == '+' || r->text[r->at] == '-'))
            r->at++;
        while (r->at < r->length && is_digit(r->text[r->at]))
            r->at++;
    }
    double number = 0;
    if (!bp_decimal_read(r->text + start, r->at - start, &number))
        return problem(r, start, "'%.*s' is not a number",
                       (int)(r->at - start > 40 ? 40 : r->at - start), r->text + start);
    return set_number(r, start, number, out);
}

static bool look_up(reader *r, size_t start, size_t length, const char *period,
                    size_t period_length, bp_expr_ask ask, bp_expr_value *out)
{
    char text[BP_EXPR_TEXT] = "";
    double number = 0;
    if (!r->lookup(r->context, r->text + start, length, period, period_length, ask, &number, text))
        return problem(r, start, "%s", text);
    return set_number(r, start, number, out);
}

/* Takes letters and digits; answers how many. */
static size_t take_name(reader *r)
{
    size_t start = r->at;
    while (r->at < r->length && (is_letter(r->text[r->at]) || is_digit(r->text[r->at])))
        r->at++;
    return r->at - start;
}

/* Takes what stands in brackets, where they stand next; *period is NULL elsewhere. */
static bool take_period(reader *r, const char **period, size_t *length)
{
    *period = NULL;
    *length = 0;
    if (!take(r, "["))
        return true;
    *period = r->text + r->at;
    while (r->at < r->length && r->text[r->at] != ']')
        r->at++;
    *length = (size_t)(r->text + r->at - *period);
    return take(r, "]") || expected(r, "']'");
}

/* sum(parts of id), the opening parenthesis and "parts" being read. */
static bool read_parts(reader *r, bp_expr_value *out)
{
    if (!take_word(r, "of"))
        return expected(r, "\"of\" and an indicator");
    skip_space(r);
    size_t start = r->at, length = take_name(r), period_length = 0;
    const char *period = NULL;
    if (length == 0)
        return expected(r, "an indicator");
    if (!take_period(r, &period, &period_length))
        return false;
    if (!take(r, ")"))
        return expected(r, "')'");
    return look_up(r, start, length, period, period_length, BP_EXPR_PARTS, out);
}

typedef enum { ROUND, ABS, MIN, MAX, SUM, MEAN, COUNT, FUNCTIONS } function;

/* What a function asks of the observations of an indicator; BP_EXPR_ONE: nothing. */
static const bp_expr_ask asks[FUNCTIONS] = {[MIN] = BP_EXPR_MIN,
                                            [MAX] = BP_EXPR_MAX,
                                            [SUM] = BP_EXPR_SUM,
                                            [MEAN] = BP_EXPR_MEAN,
                                            [COUNT] = BP_EXPR_COUNT};

/* Reads "id)" or "id[period])", the opening parenthesis being read: false with nothing read where
 * something else stands there. */
static bool read_observations(reader *r, function f, bool *is_read, bp_expr_value *out)
{
    size_t before = r->at;
    skip_space(r);
    size_t start = r->at, period_length = 0;
    const char *period = NULL;
    *is_read = false;
    if (start < r->length && is_letter(r->text[start])) {
        size_t length = take_name(r);
        if (!take_period(r, &period, &period_length))
            return false;
        if (take(r, ")")) {
            *is_read = true;
            return look_up(r, start, length, period, period_length, asks[f], out);
        }
    }
    r->at = before;
    return f != COUNT || problem(r, start, "count takes one indicator");
}

/* Half away from zero, on the decimal number that people see: 2.675 to two decimals is 2.68. */
static double round_to(double value, double decimals)
{
    double scale = pow(10, decimals), scaled = fabs(value) * scale;
    if (!isfinite(scaled) || scaled >= BP_WHOLE_MOST)
        return value;
    double whole = floor(scaled), rest = scaled - whole;
    if (rest + scaled * 4e-16 >= 0.5)
        whole += 1;
    return copysign(whole / scale, value);
}

static double fold(function f, double a, double b)
{
    return f == MIN ? fmin(a, b) : f == MAX ? fmax(a, b) : a + b;
}

static bool call_function(reader *r, function f, size_t start, bp_expr_value *out)
{
    if (!enter(r))
        return false;
    if (f == SUM && take_word(r, "parts")) {
        r->depth--;
        return read_parts(r, out);
    }
    if (asks[f] != BP_EXPR_ONE) {
        bool is_read = false;
        if (!read_observations(r, f, &is_read, out))
            return false;
        if (is_read) {
            r->depth--;
            return true;
        }
    }
    double result = 0, first = 0;
    size_t count = 0;
    do {
        bp_expr_value value = {0};
        skip_space(r);
        size_t at = r->at;
        if (!read_either(r, &value) || !need_number(r, at, &value))
            return false;
        if (count == 0)
            first = value.number;
        if (f == ROUND && count == 1 && !r->skip &&
            (value.number != floor(value.number) || fabs(value.number) > 15))
            return problem(r, at, "expected a whole number of decimals");
        result = count == 0   ? value.number
                 : f == ROUND ? round_to(first, value.number)
                              : fold(f, result, value.number);
        count++;
    } while (take(r, ","));
    if (!take(r, ")"))
        return expected(r, "',' or ')'");
    r->depth--;
    if ((f == ABS && count != 1) || (f == ROUND && count > 2))
        return problem(r, start, "%s takes %s", f == ABS ? "abs" : "round",
                       f == ABS ? "one number" : "a number and how many decimals");
    if (f == MEAN)
        result /= (double)count;
    if (f == ABS)
        result = fabs(result);
    if (f == ROUND && count == 1)
        result = round_to(first, 0);
    return set_number(r, start, result, out);
}

static bool read_name(reader *r, bp_expr_value *out)
{
    static const char *const names[FUNCTIONS] = {"round", "abs",  "min",  "max",
                                                 "sum",   "mean", "count"};
    size_t start = r->at, length = take_name(r), period_length = 0;
    if (take(r, "(")) {
        for (int f = 0; f < FUNCTIONS; f++)
            if (strlen(names[f]) == length && memcmp(names[f], r->text + start, length) == 0)
                return call_function(r, (function)f, start, out);
        return problem(r, start,
                       "no function \"%.*s\"; there are round, abs, min, max, sum, mean "
                       "and count",
                       (int)(length > 60 ? 60 : length), r->text + start);
    }
    const char *period = NULL;
    if (!take_period(r, &period, &period_length))
        return false;
    return look_up(r, start, length, period, period_length, BP_EXPR_ONE, out);
}

static bool read_factor(reader *r, bp_expr_value *out)
{
    skip_space(r);
    size_t start = r->at;
    if (r->at >= r->length)
        return expected(r, "a number or an indicator");
    if (take(r, "-")) {
        if (!enter(r) || !read_factor(r, out) || !need_number(r, start, out))
            return false;
        r->depth--;
        return set_number(r, start, -out->number, out);
    }
    if (take(r, "(")) {
        if (!enter(r) || !read_either(r, out))
            return false;
        r->depth--;
        return take(r, ")") || expected(r, "')'");
    }
    if (is_digit(r->text[r->at]))
        return read_literal(r, out);
    if (is_letter(r->text[r->at]))
        return read_name(r, out);
    return expected(r, "a number or an indicator");
}

static bool read_product(reader *r, bp_expr_value *out)
{
    skip_space(r);
    size_t start = r->at;
    if (!read_factor(r, out))
        return false;
    for (;;) {
        bool is_times = take(r, "*");
        if (!is_times && !take(r, "/"))
            return true;
        bp_expr_value right = {0};
        skip_space(r);
        size_t at = r->at;
        if (!need_number(r, start, out) || !read_factor(r, &right) || !need_number(r, at, &right))
            return false;
        if (!is_times && right.number == 0 && !r->skip)
            return problem(r, at, "division by zero");
        if (!set_number(r, start,
                        is_times ? out->number * right.number : out->number / right.number, out))
            return false;
    }
}

static bool read_sum(reader *r, bp_expr_value *out)
{
    skip_space(r);
    size_t start = r->at;
    if (!read_product(r, out))
        return false;
    for (;;) {
        bool is_plus = take(r, "+");
        if (!is_plus && !take(r, "-"))
            return true;
        bp_expr_value right = {0};
        skip_space(r);
        size_t at = r->at;
        if (!need_number(r, start, out) || !read_product(r, &right) || !need_number(r, at, &right))
            return false;
        if (!set_number(r, start, is_plus ? out->number + right.number : out->number - right.number,
                        out))
            return false;
    }
}

bool bp_expr_equal(double a, double b)
{
    return a == b || fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

typedef enum { EQUAL, UNEQUAL, LESS_EQUAL, GREATER_EQUAL, LESS, GREATER, COMPARISONS } comparison;

static bool take_comparison(reader *r, comparison *out)
{
    static const char *const symbols[COMPARISONS] = {"==", "!=", "<=", ">=", "<", ">"};
    for (int i = 0; i < COMPARISONS; i++)
        if (take(r, symbols[i])) {
            *out = (comparison)i;
            return true;
        }
    return false;
}

static bool compare(comparison how, double a, double b)
{
    bool is_equal = bp_expr_equal(a, b);
    switch (how) {
    case EQUAL:
        return is_equal;
    case UNEQUAL:
        return !is_equal;
    case LESS_EQUAL:
        return a < b || is_equal;
    case GREATER_EQUAL:
        return a > b || is_equal;
    case LESS:
        return a < b && !is_equal;
    default:
        return a > b && !is_equal;
    }
}

static size_t trimmed(const reader *r, size_t start, size_t end)
{
    while (end > start && strchr(" \t\r\n", r->text[end - 1]) != NULL)
        end--;
    return end - start;
}

static bool read_comparison(reader *r, bp_expr_value *out)
{
    skip_space(r);
    size_t start = r->at;
    comparison how;
    if (!read_sum(r, out))
        return false;
    size_t left_length = trimmed(r, start, r->at);
    if (!take_comparison(r, &how)) {
        skip_space(r);
        if (r->at < r->length && r->text[r->at] == '=')
            return problem(r, r->at, "expected '==', found '='");
        return true;
    }
    bp_expr_value right = {0};
    skip_space(r);
    size_t at = r->at;
    if (!need_number(r, start, out) || !read_sum(r, &right) || !need_number(r, at, &right))
        return false;
    size_t right_length = trimmed(r, at, r->at), after = r->at;
    bool holds = compare(how, out->number, right.number);
    if (!r->skip) {
        bp_expr_result *result = r->result;
        result->has_comparison = true;
        result->left = r->text + start;
        result->left_length = left_length;
        result->left_value = out->number;
        result->right = r->text + at;
        result->right_length = right_length;
        result->right_value = right.number;
    }
    *out = (bp_expr_value){true, holds};
    if (take_comparison(r, &how))
        return problem(r, after, "comparisons do not chain; join two of them with \"and\"");
    return true;
}

static bool read_negation(reader *r, bp_expr_value *out)
{
    skip_space(r);
    if (!take_word(r, "not"))
        return read_comparison(r, out);
    if (!enter(r))
        return false;
    skip_space(r);
    size_t at = r->at;
    if (!read_negation(r, out) || !need_truth(r, at, out))
        return false;
    r->depth--;
    out->number = out->number == 0 ? 1 : 0;
    return true;
}

/* `and` (settled by false) and `or` (settled by true). */
static bool read_joined(reader *r, bool is_and, bp_expr_value *out)
{
    bool (*read)(reader *, bp_expr_value *) = read_negation;
    skip_space(r);
    size_t start = r->at;
    if (!(is_and ? read(r, out) : read_joined(r, true, out)))
        return false;
    while (take_word(r, is_and ? "and" : "or")) {
        bp_expr_value right = {0};
        skip_space(r);
        size_t at = r->at;
        bool is_settled = out->number == (is_and ? 0 : 1);
        if (!need_truth(r, start, out))
            return false;
        r->skip += is_settled;
        if (!(is_and ? read(r, &right) : read_joined(r, true, &right)) ||
            !need_truth(r, at, &right))
            return false;
        r->skip -= is_settled;
        if (!is_settled)
            *out = right;
    }
    return true;
}

static bool read_either(reader *r, bp_expr_value *out)
{
    return read_joined(r, false, out);
}

bool bp_expr_run(const char *text, bool dry, bp_expr_lookup *lookup, void *context,
                 bp_expr_result *result)
{
    *result = (bp_expr_result){0};
    reader r = {.text = text,
                .length = strlen(text),
                .skip = dry,
                .lookup = lookup,
                .context = context,
                .result = result};
    if (r.length > BP_EXPR_LENGTH)
        return problem(&r, 0, "the expression has more than %d bytes", BP_EXPR_LENGTH);
    if (!read_either(&r, &result->value))
        return false;
    skip_space(&r);
    return r.at >= r.length || expected(&r, "an operator or the end");
}
