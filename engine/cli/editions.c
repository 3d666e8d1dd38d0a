/* Editions on the command line: see editions.h. What they are named by is known before anything is
 * run: the day and the period, the language where it is given, the layout's name, and parameters.
 */
#include "cli/editions.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/messages.h"

static bool is_pattern(const bp_settings *settings)
{
    return settings->output != NULL && bp_pattern_is(settings->output);
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

/* The day that {date} is and that words for periods are counted from: the document's where it is
 * given, so that a run can be had again, else today's. */
static void take_day(bp_naming *naming, const char *date)
{
    bp_moment moment;
    naming->edition.today = naming->day = bp_day_today();
    if (date != NULL && bp_moment_read(date, &moment))
        naming->day = bp_day_number(moment.year, moment.month, moment.day);
    bp_span day = bp_span_at(BP_PERIOD_DAY, naming->day);
    bp_span_put(&day, naming->date);
}

static bool take_period(const bp_settings *settings, bp_inputs *inputs, bp_error *err)
{
    bp_naming *naming = &inputs->naming;
    bp_error problem = {0};
    bp_span span;
    if (parameter_of(inputs, "period") != NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "the period is given twice, by --period and by -p period=...");
    if (!bp_span_resolve(settings->period, naming->day, &span, &problem))
        return bp_fail(err, BP_ERR_USAGE, NULL, "--period: %s", problem.text);
    bp_span_put(&span, naming->period);
    if (span.first > naming->day && span.first > naming->edition.today)
        return bp_fail(err, BP_ERR_USAGE, NULL, "--period: %s has not begun yet", naming->period);
    bp_parameter parameter = {.key = "period", .value = naming->period};
    return bp_buf_add(&inputs->parameters, &parameter, sizeof parameter) || bp_fail_memory(err);
}

/* All that a placeholder may name. Parameters may be named as what an option gives, which comes
 * first. Names without a value are there to be suggested. */
static bool gather_values(const bp_settings *settings, bp_inputs *inputs, bp_error *err)
{
    bp_naming *naming = &inputs->naming;
    const bp_parameter given[] = {{"date", naming->date}, {"layout", naming->layout}};
    const bp_parameter language = {"lang", settings->language};
    const bp_parameter wanted[] = {{"lang", ""}, {"period", ""}};
    bool ok =
        bp_buf_add(&naming->values, given, sizeof given) &&
        (settings->language == NULL || bp_buf_add(&naming->values, &language, sizeof language)) &&
        bp_buf_add(&naming->values, inputs->parameters.bytes, inputs->parameters.length) &&
        bp_buf_add(&naming->values, wanted, sizeof wanted);
    naming->edition.pattern = settings->output;
    naming->edition.values = BP_BUF_ITEMS(&naming->values, bp_parameter);
    naming->edition.value_count = BP_BUF_COUNT(&naming->values, bp_parameter);
    return ok || bp_fail_memory(err);
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

static bool check_options(const bp_settings *settings, const bp_inputs *inputs, bp_error *err)
{
    bool has_order = is_pattern(settings) && bp_edition_has_order(&inputs->naming.edition);
    if (settings->keep != 0 && !has_order)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--keep needs {period} or {date} in -o, by which editions follow one "
                       "another, as -o 'out/{date}.pdf'");
    for (size_t i = 0; settings->backfill != 0 && i < inputs->job.input_count; i++)
        if (strcmp(inputs->job.inputs[i].path, "-") == 0)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "--backfill reads the data for each period; standard input can be read "
                           "once");
    if (settings->latest != NULL && (!is_pattern(settings) || settings->latest[0] == '\0'))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--latest needs a name, and a pattern in -o, as -o 'out/{date}.pdf'");
    if (settings->backfill != 0 &&
        (settings->period == NULL || !is_pattern(settings) ||
         !bp_pattern_uses(settings->output, "period") || bp_pattern_uses(settings->output, "date")))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--backfill needs --period, and {period} but no {date} in -o, to see what "
                       "is missing");
    return true;
}

/* The job is about to give a PDF its name. */
static bool enter(void *publisher, const unsigned char sha256[32], size_t size, bp_error *err)
{
    bp_naming *naming = publisher;
    memcpy(naming->bytes.sha256, sha256, sizeof naming->bytes.sha256);
    naming->bytes.size = size;
    naming->is_made = true;
    return bp_edition_enter(&naming->edition, &naming->bytes, naming->begins, err);
}

bool bp_editions_begin(const bp_settings *settings, bool has_output, bp_inputs *inputs,
                       bp_error *err)
{
    bp_naming *naming = &inputs->naming;
    take_day(naming, inputs->job.script.date);
    if ((settings->period != NULL && !take_period(settings, inputs, err)) ||
        (naming->layout = bp_inputs_layout_name(settings, err)) == NULL ||
        !gather_values(settings, inputs, err) || !check_options(settings, inputs, err))
        return false;
    naming->begins = settings->keep != 0 || settings->latest != NULL;
    if (has_output && is_pattern(settings) && bp_edition_has_order(&naming->edition)) {
        inputs->job.publishing = enter;
        inputs->job.publisher = naming;
    }
    return true;
}

char *bp_editions_output(const bp_settings *settings, const bp_inputs *inputs, bp_error *err)
{
    const bp_edition *edition = &inputs->naming.edition;
    bp_buf path = {0};
    bool ok =
        check_names(settings, inputs, err) &&
        (settings->latest == NULL || !bp_pattern_is(settings->latest) ||
         bp_pattern_expand(settings->latest, edition->values, edition->value_count, &path, err)) &&
        bp_pattern_expand(settings->output, edition->values, edition->value_count, &path, err);
    if (!ok && err->code == BP_ERR_DATA)
        err->code = BP_ERR_USAGE; /* The values are those of the command line. */
    char *taken = ok ? bp_buf_take(&path) : NULL;
    if (ok && taken == NULL)
        bp_fail_memory(err);
    bp_buf_clear(&path);
    return taken;
}

static void tell(const bp_buf *paths, const char *format)
{
    for (const char *at = paths->bytes; at != NULL && at < paths->bytes + paths->length;
         at += strlen(at) + 1)
        bp_message_note(format, at);
}

void bp_editions_end(const bp_settings *settings, bp_run *run)
{
    const bp_naming *naming = &run->inputs.naming;
    const bp_edition_rules rules = {.made = naming->is_made ? &naming->bytes : NULL,
                                    .latest = settings->latest,
                                    .keep = settings->keep};
    bp_edition_outcome outcome;
    if (!naming->begins)
        return;
    bool ok = bp_edition_settle(&naming->edition, &rules, &outcome, &run->err);
    tell(&outcome.removed, "removed %s, older than the editions to keep");
    tell(&outcome.changed, "left %s, which is not what was made any more");
    if (!ok)
        bp_message_error(&run->err);
    bp_buf_clear(&outcome.removed);
    bp_buf_clear(&outcome.changed);
}

/* True where the edition of a period has no file, nor anything else in its place. */
static bool is_missing(const bp_settings *settings, const char *period, bool *missing,
                       bp_error *err)
{
    bp_settings other = *settings;
    bp_inputs inputs;
    struct stat status;
    other.period = period;
    char *path = bp_inputs_make(&other, false, &inputs, err)
                     ? bp_editions_output(&other, &inputs, err)
                     : NULL;
    bool ok = path != NULL;
    *missing = false;
    if (ok && lstat(path, &status) != 0) {
        *missing = errno == ENOENT || errno == ENOTDIR;
        ok = *missing || bp_fail_create(err, path, errno);
    }
    bp_free(path);
    bp_inputs_clear(&inputs);
    return ok;
}

/* The last N periods before the one at hand, the newest first; `now` becomes that, in its own
 * words. No more than are kept, for what is more would be removed at once. */
static bool find_missing(const bp_settings *settings, char now[BP_SPAN_SIZE], bp_buf *periods,
                         bp_error *err)
{
    bp_inputs inputs;
    bp_span span = {0};
    bool ok = bp_inputs_make(settings, false, &inputs, err);
    memcpy(now, inputs.naming.period, BP_SPAN_SIZE);
    ok = ok && bp_span_read(now, strlen(now), &span);
    bp_inputs_clear(&inputs);
    size_t most = settings->backfill;
    if (settings->keep != 0 && settings->keep - 1 < most)
        most = settings->keep - 1;
    for (size_t i = 0; ok && i < most; i++) {
        char period[BP_SPAN_SIZE];
        bool missing;
        span = bp_span_before(&span);
        if (span.first < bp_day_number(1, 1, 1))
            break;
        bp_span_put(&span, period);
        ok = is_missing(settings, period, &missing, err) &&
             (!missing || bp_buf_add(periods, period, sizeof period) || bp_fail_memory(err));
    }
    return ok;
}

int bp_editions_run(const bp_settings *settings, int (*render)(const bp_settings *settings))
{
    bp_settings each = *settings;
    bp_buf periods = {0};
    bp_error err = {0};
    char now[BP_SPAN_SIZE];
    int code = 0;
    if (settings->backfill == 0)
        return render(settings);
    if (!find_missing(settings, now, &periods, &err)) {
        bp_message_error(&err);
        bp_buf_clear(&periods);
        return bp_code_exit(err.code);
    }
    for (size_t i = periods.length / sizeof now; i-- > 0;) {
        each.period = periods.bytes + i * sizeof now;
        int ended = render(&each);
        code = code != 0 ? code : ended;
    }
    each.period = now; /* "last-month" may mean another by now. */
    int ended = render(&each);
    bp_buf_clear(&periods);
    return code != 0 ? code : ended;
}
