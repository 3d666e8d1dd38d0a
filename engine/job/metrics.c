/* Metrics as text: see metrics.h. The format is version 0.0.4 of Prometheus' exposition: HELP and
 * TYPE once a name, then its samples; numbers with a point, and no time of their own, which the
 * collector refuses. */
#include "job/metrics.h"

#include <string.h>

#include "base/number.h"
#include "base/utf8.h"

#define NUMBER_MOST 40

/* What is said of each metric; its samples follow in the order of bp_metrics_put. */
typedef struct {
    const char *name, *type, *help;
} metric;

static const metric run_success = {"briefpress_run_success", "gauge",
                                   "1 where the last run made the PDF or found it up to date."};
static const metric state = {"briefpress_state", "gauge", "1 for how the last run ended."};
static const metric exit_code = {"briefpress_exit_code", "gauge", "Exit code of the last run."};
static const metric last_run = {"briefpress_last_run_timestamp_seconds", "gauge",
                                "When the last run ended."};
static const metric last_success = {
    "briefpress_last_success_timestamp_seconds", "gauge",
    "When a run last made the PDF or found it up to date; 0: never."};
static const metric failures = {"briefpress_consecutive_failures", "gauge",
                                "Runs since the last success."};
static const metric runs = {"briefpress_runs_total", "counter", "Runs, by how they ended."};
static const metric duration = {"briefpress_duration_seconds", "gauge",
                                "How long the last run took."};
static const metric pages = {"briefpress_pages", "gauge",
                             "Pages of the PDF that the last success left."};
static const metric output_bytes = {"briefpress_output_bytes", "gauge",
                                    "Size of the PDF that the last success left."};
static const metric memory = {"briefpress_peak_memory_bytes", "gauge",
                              "Memory that the last rendering used at most."};
static const metric warnings = {"briefpress_warnings", "gauge", "Warnings of the last run."};
static const metric hook_failures = {"briefpress_hook_failures", "gauge",
                                     "Commands after the last run that failed."};
static const metric build = {"briefpress_build_info", "gauge",
                             "1, with the version of the program."};

/* A label's value: quotes, backslashes and line breaks are escaped, what is not UTF-8 replaced. */
static bool put_label(bp_buf *out, const char *text)
{
    size_t length = strlen(text);
    bool ok = true;
    for (size_t at = 0; ok && at < length;) {
        size_t from = at;
        uint32_t c = bp_utf8_next(text, length, &at);
        if (c == '\n')
            ok = bp_buf_text(out, "\\n");
        else if (c == BP_UTF8_BAD || c < ' ')
            ok = bp_buf_text(out, "\xef\xbf\xbd");
        else
            ok = (c != '"' && c != '\\' ? true : bp_buf_char(out, '\\')) &&
                 bp_buf_add(out, text + from, at - from);
    }
    return ok;
}

static bool put_head(bp_buf *out, const metric *of)
{
    return bp_buf_format(out, "# HELP %s %s\n# TYPE %s %s\n", of->name, of->help, of->name,
                         of->type);
}

/* What stands before the number of a sample; `value` NULL: no second label. */
static bool put_series(bp_buf *out, const metric *of, const char *report, const char *label,
                       const char *value)
{
    return bp_buf_format(out, "%s{report=\"", of->name) && put_label(out, report) &&
           (value == NULL || (bp_buf_format(out, "\",%s=\"", label) && put_label(out, value))) &&
           bp_buf_text(out, "\"} ");
}

static bool put_count(bp_buf *out, const metric *of, const char *report, uint64_t number)
{
    return put_head(out, of) && put_series(out, of, report, NULL, NULL) &&
           bp_buf_unsigned(out, number) && bp_buf_char(out, '\n');
}

static bool put_instant(bp_buf *out, const metric *of, const char *report, bp_instant instant)
{
    bp_instant known = instant > 0 ? instant : 0;
    return put_head(out, of) && put_series(out, of, report, NULL, NULL) &&
           bp_buf_format(out, "%lld.%03d\n", (long long)(known / 1000), (int)(known % 1000));
}

static bool put_seconds(bp_buf *out, const metric *of, const char *report, double seconds)
{
    char text[BP_NUMBER_SIZE];
    if (bp_number_put(seconds, 6, text) == 0)
        memcpy(text, "0", 2);
    return put_head(out, of) && put_series(out, of, report, NULL, NULL) && bp_buf_text(out, text) &&
           bp_buf_char(out, '\n');
}

/* One sample for each outcome: `counts` of them, or where that is NULL 1 for `outcome`. */
static bool put_outcomes(bp_buf *out, const metric *of, const char *report, bp_outcome outcome,
                         const uint64_t *counts)
{
    bool ok = put_head(out, of);
    for (int i = 0; ok && i < BP_OUTCOME_COUNT; i++)
        ok = put_series(out, of, report, "state", bp_outcome_name((bp_outcome)i)) &&
             bp_buf_unsigned(out, counts != NULL ? counts[i] : i == (int)outcome) &&
             bp_buf_char(out, '\n');
    return ok;
}

static uint64_t count_hook_failures(const bp_run_status *run)
{
    uint64_t count = 0;
    for (size_t i = 0; i < run->hook_count; i++)
        count += run->hooks[i].state != BP_HOOK_OK;
    return count;
}

bool bp_metrics_put(const bp_run_status *run, const bp_history *history, bp_buf *out)
{
    const char *report = run->report;
    return put_count(out, &run_success, report, bp_outcome_is_success(run->outcome)) &&
           put_outcomes(out, &state, report, run->outcome, NULL) &&
           put_count(out, &exit_code, report, (uint64_t)bp_code_exit(run->code)) &&
           put_instant(out, &last_run, report, run->finished) &&
           put_instant(out, &last_success, report, history->last_success) &&
           put_count(out, &failures, report, history->failures) &&
           put_outcomes(out, &runs, report, run->outcome, history->runs) &&
           put_seconds(out, &duration, report, run->seconds) &&
           put_count(out, &pages, report, history->pages) &&
           put_count(out, &output_bytes, report, history->bytes) &&
           put_count(out, &memory, report, run->peak_bytes) &&
           put_count(out, &warnings, report, run->warnings) &&
           put_count(out, &hook_failures, report, count_hook_failures(run)) &&
           put_head(out, &build) && put_series(out, &build, report, "version", BP_VERSION) &&
           bp_buf_text(out, "1\n");
}

/* Reading what was there ---------------------------------------------------------------------- */

/* The number of a sample in `bytes`, which no NUL ends; 0 where there is none or it is none. */
static double find(const bp_buf *bytes, const bp_buf *series)
{
    for (size_t at = 0; at < bytes->length;) {
        const char *line = bytes->bytes + at;
        const char *end = memchr(line, '\n', bytes->length - at);
        size_t length = end != NULL ? (size_t)(end - line) : bytes->length - at;
        double number;
        if (length > series->length && length - series->length < NUMBER_MOST &&
            memcmp(line, series->bytes, series->length) == 0)
            return bp_number_read(line + series->length, length - series->length, &number) &&
                           number >= 0 && number <= (double)BP_HISTORY_MOST
                       ? number
                       : 0;
        at += length + 1;
    }
    return 0;
}

static bool find_sample(const bp_buf *bytes, const metric *of, const char *report,
                        const char *outcome, double *number)
{
    bp_buf series = {0};
    bool ok = put_series(&series, of, report, "state", outcome);
    *number = ok ? find(bytes, &series) : 0;
    bp_buf_clear(&series);
    return ok;
}

/* Seconds with three decimals, rounded: 0.1 + 0.2 is the reason. */
static bp_instant instant_of(double seconds)
{
    return seconds <= 253402300799.0 ? (bp_instant)(seconds * 1000 + 0.5) : 0;
}

bool bp_metrics_history(const char *path, const char *report, bp_history *out, bp_error *err)
{
    bp_buf bytes = {0};
    double finished = 0, success = 0, count = 0, sheets = 0, size = 0;
    *out = (bp_history){0};
    if (!bp_history_read(path, &bytes, err))
        return false;
    bool ok = find_sample(&bytes, &last_run, report, NULL, &finished) &&
              find_sample(&bytes, &last_success, report, NULL, &success) &&
              find_sample(&bytes, &pages, report, NULL, &sheets) &&
              find_sample(&bytes, &output_bytes, report, NULL, &size) &&
              find_sample(&bytes, &failures, report, NULL, &count);
    bp_history found = {.finished = instant_of(finished),
                        .last_success = instant_of(success),
                        .failures = (uint64_t)count,
                        .pages = (uint64_t)sheets,
                        .bytes = (uint64_t)size};
    for (int i = 0; ok && i < BP_OUTCOME_COUNT; i++) {
        ok = find_sample(&bytes, &runs, report, bp_outcome_name((bp_outcome)i), &count);
        found.runs[i] = (uint64_t)count;
    }
    bp_buf_clear(&bytes);
    if (!ok)
        return bp_fail_memory(err);
    *out = found;
    return true;
}
