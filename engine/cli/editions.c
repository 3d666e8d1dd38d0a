/* Editions on the command line: see editions.h. What they are named by is known before anything is
 * run: the day and the period, the language where it is given, the layout's name, and parameters.
 */
#include "cli/editions.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/pattern.h"

/* The day that {date} is and that words for periods are counted from: the document's where it is
 * given, so that a run can be had again, else today's. */
static int64_t day_of(const bp_inputs *inputs)
{
    bp_moment moment;
    const char *date = inputs->job.script.date;
    return date != NULL && bp_moment_read(date, &moment)
               ? bp_day_number(moment.year, moment.month, moment.day)
               : bp_day_today();
}

static const char *parameter_of(const bp_inputs *inputs, const char *key)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&inputs->parameters, bp_parameter); i++) {
        const bp_parameter *parameter = &BP_BUF_ITEMS(&inputs->parameters, bp_parameter)[i];
        if (strcmp(parameter->key, key) == 0)
            return parameter->value;
    }
    return NULL;
}

static bool take_period(const bp_settings *settings, bp_inputs *inputs, bp_error *err)
{
    bp_error problem = {0};
    bp_span span;
    int64_t day = day_of(inputs), today = bp_day_today();
    if (parameter_of(inputs, "period") != NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "the period is given twice, by --period and by -p period=...");
    if (!bp_span_resolve(settings->period, day, &span, &problem))
        return bp_fail(err, BP_ERR_USAGE, NULL, "--period: %s", problem.text);
    bp_span_put(&span, inputs->period);
    if (span.first > day && span.first > today)
        return bp_fail(err, BP_ERR_USAGE, NULL, "--period: %s has not begun yet", inputs->period);
    bp_parameter parameter = {.key = "period", .value = inputs->period};
    return bp_buf_add(&inputs->parameters, &parameter, sizeof parameter) || bp_fail_memory(err);
}

bool bp_editions_begin(const bp_settings *settings, bp_inputs *inputs, bp_error *err)
{
    return settings->period == NULL || take_period(settings, inputs, err);
}

/* What there is only where an option gives it. */
static bool check_names(const bp_settings *settings, const bp_inputs *inputs, bp_error *err)
{
    static const char *const names[] = {"period", "lang"};
    for (size_t i = 0; i < 2; i++)
        if (bp_pattern_uses(settings->output, names[i]) && parameter_of(inputs, names[i]) == NULL &&
            (i == 0 || settings->language == NULL))
            return bp_fail(err, BP_ERR_USAGE, NULL, "-o has {%s}; give it with --%s", names[i],
                           names[i]);
    return true;
}

char *bp_editions_output(const bp_settings *settings, const bp_inputs *inputs, bp_error *err)
{
    bp_buf values = {0}, path = {0};
    char date[BP_SPAN_SIZE];
    bp_span day = bp_span_at(BP_PERIOD_DAY, day_of(inputs));
    bp_span_put(&day, date);
    char *layout = bp_inputs_layout_name(settings, err);
    /* Parameters may be named so, too: what an option gives comes first. Names without a value are
     * there to be suggested. */
    const bp_parameter named[] = {{"date", date}, {"layout", layout}, {"lang", settings->language}};
    const bp_parameter wanted[] = {{"lang", ""}, {"period", ""}};
    size_t count = settings->language != NULL ? 3 : 2;
    bool ok = layout != NULL && check_names(settings, inputs, err);
    if (ok && (!bp_buf_add(&values, named, count * sizeof *named) ||
               !bp_buf_add(&values, inputs->parameters.bytes, inputs->parameters.length) ||
               !bp_buf_add(&values, wanted, sizeof wanted)))
        ok = bp_fail_memory(err);
    ok = ok && bp_pattern_expand(settings->output, BP_BUF_ITEMS(&values, bp_parameter),
                                 BP_BUF_COUNT(&values, bp_parameter), &path, err);
    if (!ok && err->code == BP_ERR_DATA)
        err->code = BP_ERR_USAGE; /* The values are those of the command line. */
    char *taken = ok ? bp_buf_take(&path) : NULL;
    if (ok && taken == NULL)
        bp_fail_memory(err);
    bp_free(layout);
    bp_buf_clear(&path);
    bp_buf_clear(&values);
    return taken;
}
