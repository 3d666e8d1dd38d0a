/* Expressions over indicators: what `derive` and `checks` hold. They are read and worked out in one
 * pass; there is no tree. Equality allows for a relative error of 1e-9, since sums of decimals are
 * seldom exact in binary. */
#ifndef BP_DATA_EXPR_H
#define BP_DATA_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#define BP_EXPR_DEPTH 48    /* Parentheses and functions inside each other. */
#define BP_EXPR_LENGTH 4000 /* Bytes. */
#define BP_EXPR_TEXT 400

typedef struct {
    bool is_truth; /* A comparison; `number` is then 0 or 1. */
    double number;
} bp_expr_value;

/* What is asked of a name: one observation, the sum of its parts, or something of all its
 * observations, or of those in a range of periods. */
typedef enum {
    BP_EXPR_ONE,
    BP_EXPR_PARTS,
    BP_EXPR_SUM,
    BP_EXPR_MEAN,
    BP_EXPR_MIN,
    BP_EXPR_MAX,
    BP_EXPR_COUNT
} bp_expr_ask;

/* What a name stands for. `period` is what stands in brackets: NULL for the newest observation, or
 * for all of them; "2025-01..2025-12" is a range. Names have no NUL. False after writing what is
 * wrong into `problem`. */
typedef bool bp_expr_lookup(void *context, const char *name, size_t length, const char *period,
                            size_t period_length, bp_expr_ask ask, double *out,
                            char problem[BP_EXPR_TEXT]);

typedef struct {
    bp_expr_value value;
    char problem[BP_EXPR_TEXT]; /* "" or what is wrong, "at character 3: ...". */
    /* The comparison that decided a false outcome: its sides as written, and their values. */
    bool has_comparison;
    const char *left, *right;
    size_t left_length, right_length;
    double left_value, right_value;
} bp_expr_result;

/* Works out `text`. With `dry` nothing is computed: it only checks the grammar and looks up every
 * name (whose values do not matter), so that inputs can be gathered. False: result->problem says
 * why. */
bool bp_expr_run(const char *text, bool dry, bp_expr_lookup *lookup, void *context,
                 bp_expr_result *result);

/* Equal within a relative error of 1e-9. */
bool bp_expr_equal(double a, double b);

#endif
