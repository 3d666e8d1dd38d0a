/* Telling of a run: see telling.h. The order is: status and metrics, so that commands can read
 * them; the commands; status and metrics again, if no other run has written them since. */
#include "cli/telling.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "cli/messages.h"
#include "job/metrics.h"

/* Signals ------------------------------------------------------------------------------------- */

static volatile sig_atomic_t stopped; /* The last signal that came. */

/* A second one does what it always did: the process dies of it, wherever it hangs. */
static void on_stop(int number)
{
    stopped = number;
}

static bool is_stopped(void)
{
    return stopped != 0;
}

static void hear_signals(void)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    stopped = 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_stop;
    action.sa_flags = (int)SA_RESETHAND;
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
        struct sigaction before;
        if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            (void)sigaction(ending[i], &action, NULL);
    }
}

static void die_of(int number)
{
    (void)fflush(NULL);
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* Names --------------------------------------------------------------------------------------- */

/* A report keeps its name over its editions, so that of -o is taken as it is written, with its
 * placeholders. */
static void name_report(const bp_settings *settings, char out[BP_REPORT_NAME])
{
    const char *name = settings->name;
    const char *ending = "";
    if (name == NULL && settings->output != NULL && strcmp(settings->output, "-") != 0) {
        name = bp_path_name(settings->output);
        ending = ".pdf";
    } else if (name == NULL && BP_LIST_COUNT(&settings->operands) > 0) {
        name = bp_path_name(BP_LIST(&settings->operands)[0]);
        ending = ".lua";
    }
    if (name == NULL || name[0] == '\0')
        name = "report";
    size_t length = strlen(name), end = strlen(ending);
    if (length > end && strcmp(name + length - end, ending) == 0)
        length -= end;
    length = bp_utf8_floor(name, length, BP_REPORT_NAME - 1);
    memcpy(out, name, length);
    out[length] = '\0';
    bp_message_clean(out);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return strcmp(a, b) == 0 ||
           (stat(a, &one) == 0 && stat(b, &other) == 0 && S_ISREG(one.st_mode) &&
            one.st_dev == other.st_dev && one.st_ino == other.st_ino);
}

/* What the run reads and writes must not be overwritten by what is told of it. */
static bool check_file(const bp_settings *settings, const char *option, const char *path,
                       bp_error *err)
{
    const bp_buf *lists[] = {&settings->operands, &settings->data};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        for (size_t j = 0; j < BP_LIST_COUNT(lists[i]); j++) {
            const char *text = BP_LIST(lists[i])[j], *sign = strchr(text, '=');
            if (strcmp(path, "-") != 0 &&
                (is_same_file(path, text) || (sign != NULL && is_same_file(path, sign + 1))))
                return bp_fail(err, BP_ERR_USAGE, path,
                               "is an input of this run and would be overwritten by --%s", option);
        }
    const char *others[] = {settings->output, settings->trace};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i] != NULL && is_same_file(path, others[i]))
            return bp_fail(err, BP_ERR_USAGE, strcmp(path, "-") == 0 ? "standard output" : path,
                           "is named for the %s and for --%s", i == 0 ? "PDF" : "trace", option);
    return true;
}

static bool check_files(const bp_settings *settings, bp_error *err)
{
    const char *status = settings->status_file, *metrics = settings->metrics_file;
    if (status != NULL && metrics != NULL && is_same_file(status, metrics))
        return bp_fail(err, BP_ERR_USAGE, status, "is named for --status-file and --metrics-file");
    return (status == NULL || check_file(settings, "status-file", status, err)) &&
           (metrics == NULL || check_file(settings, "metrics-file", metrics, err));
}

/* What commands are told ---------------------------------------------------------------------- */

enum { VALUES_MOST = 16, NUMBER_TEXT = BP_NUMBER_SIZE };

typedef struct {
    bp_hook_value list[VALUES_MOST];
    size_t count;
    char numbers[5][NUMBER_TEXT];
    char message[BP_ERROR_PLACE + BP_ERROR_TEXT + 4];
} hook_values;

static void add(hook_values *to, const char *name, const char *value)
{
    to->list[to->count++] = (bp_hook_value){name, value};
}

/* One line: what a message says on standard error, without its colours and excerpt. */
static void put_message(const bp_run_status *run, hook_values *to)
{
    (void)snprintf(to->message, sizeof to->message, "%s%s%s", run->place,
                   run->place[0] != '\0' ? ": " : "", run->message);
    for (char *at = to->message; *at != '\0'; at++)
        if (*at == '\n' || *at == '\t')
            *at = ' ';
    bp_message_clean(to->message);
}

static void fill_values(const bp_telling *telling, const bp_run_status *run, hook_values *to)
{
    const bp_settings *settings = telling->settings;
    to->count = 0;
    put_message(run, to);
    (void)snprintf(to->numbers[0], NUMBER_TEXT, "%d", bp_code_exit(run->code));
    (void)snprintf(to->numbers[1], NUMBER_TEXT, "%zu", run->pages);
    (void)snprintf(to->numbers[2], NUMBER_TEXT, "%zu", run->bytes);
    (void)snprintf(to->numbers[3], NUMBER_TEXT, "%zu", run->warnings);
    if (bp_number_put(run->seconds, 3, to->numbers[4]) == 0)
        memcpy(to->numbers[4], "0", 2);
    add(to, "report", telling->report);
    add(to, "file", run->output);
    add(to, "state", bp_outcome_name(run->outcome));
    add(to, "exit", to->numbers[0]);
    add(to, "code", bp_code_name(run->code));
    add(to, "place", run->place);
    add(to, "message", to->message);
    add(to, "pages", to->numbers[1]);
    add(to, "bytes", to->numbers[2]);
    add(to, "warnings", to->numbers[3]);
    add(to, "seconds", to->numbers[4]);
    add(to, "sha256", run->sha256);
    add(to, "status_file", settings->status_file != NULL ? settings->status_file : "");
}

static const bp_buf *commands_of(const bp_settings *settings, bp_hook_event event)
{
    return event == BP_HOOK_SUCCESS   ? &settings->on_success
           : event == BP_HOOK_FAILURE ? &settings->on_failure
                                      : &settings->on_end;
}

static bool check_hooks(const bp_telling *telling, bp_error *err)
{
    hook_values values;
    const bp_run_status nothing = {.place = "", .message = "", .output = "", .sha256 = ""};
    fill_values(telling, &nothing, &values);
    for (int event = 0; event < BP_HOOK_EVENT_COUNT; event++) {
        const bp_buf *commands = commands_of(telling->settings, (bp_hook_event)event);
        for (size_t i = 0; i < BP_LIST_COUNT(commands); i++)
            if (!bp_hook_check((bp_hook_event)event, BP_LIST(commands)[i], values.list,
                               values.count, err))
                return false;
    }
    return true;
}

/* The commands that follow the run, in the order of the events. */
static void run_hooks(const bp_telling *telling, bp_run_status *run, bp_buf *results)
{
    hook_values values;
    fill_values(telling, run, &values);
    for (int i = 0; i < BP_HOOK_EVENT_COUNT; i++) {
        bp_hook_event event = (bp_hook_event)i;
        const bp_buf *commands = commands_of(telling->settings, event);
        for (size_t j = 0; j < BP_LIST_COUNT(commands) && bp_hook_follows(event, run->outcome);
             j++) {
            bp_hook_result result;
            (void)bp_hook_run(event, BP_LIST(commands)[j], values.list, values.count,
                              telling->settings->hook_seconds, is_stopped, &result);
            bp_message_hook(&result);
            (void)bp_buf_add(results, &result, sizeof result); /* It is told of already. */
        }
    }
    run->hooks = BP_BUF_ITEMS(results, bp_hook_result);
    run->hook_count = BP_BUF_COUNT(results, bp_hook_result);
}

/* Files --------------------------------------------------------------------------------------- */

/* The history of before, from both files: one may be new, or have been lost. */
static bool read_history(const bp_telling *telling, bp_history *out, bp_error *err)
{
    const char *status = telling->settings->status_file;
    const char *metrics = telling->settings->metrics_file;
    bp_history a = {0}, b = {0};
    if ((status != NULL && !bp_status_history(status, telling->report, &a, err)) ||
        (metrics != NULL && !bp_metrics_history(metrics, telling->report, &b, err)))
        return false;
    *out = bp_history_later(&a, &b);
    return true;
}

static void warn(const char *path, const bp_error *err)
{
    bp_message_warning(strcmp(path, "-") == 0 ? "standard output" : path, "%s%s%s", err->text,
                       err->place[0] != '\0' && strcmp(err->place, path) != 0 ? ": " : "",
                       err->place[0] != '\0' && strcmp(err->place, path) != 0 ? err->place : "");
}

typedef bool put_function(const bp_run_status *run, const bp_history *history, bp_buf *out);

static void write_file(const char *path, put_function *put, const bp_run_status *run,
                       const bp_history *history)
{
    bp_buf bytes = {0};
    bp_error err = {0};
    bool ok = put(run, history, &bytes) || bp_fail_memory(&err);
    if (!ok || !bp_status_replace(path, &bytes, &err))
        warn(path, &err);
    bp_buf_clear(&bytes);
}

/* Writes both files. The first time (`is_again` false) the run is counted; the second time nothing
 * is written where another run has been told of since. */
static void write_files(const bp_telling *telling, const bp_run_status *run, bool is_again)
{
    const char *status = telling->settings->status_file;
    const char *metrics = telling->settings->metrics_file;
    const char *first = status != NULL ? status : metrics;
    bp_history history;
    bp_error err = {0};
    if (first == NULL)
        return;
    bp_turn turn = bp_turn_take(first); /* What a killed run left of the first file goes. */
    if (metrics != NULL && metrics != first && !bp_output_is_direct(metrics))
        bp_output_sweep(metrics);
    bool ok = read_history(telling, &history, &err);
    if (!ok)
        warn(first, &err);
    if (ok && !is_again)
        bp_history_add(&history, run->outcome, run->finished, run->pages, run->bytes);
    else if (ok)
        ok = history.finished == run->finished;
    if (ok && status != NULL && strcmp(status, "-") != 0)
        write_file(status, bp_status_put, run, &history);
    if (ok && metrics != NULL && strcmp(metrics, "-") != 0)
        write_file(metrics, bp_metrics_put, run, &history);
    bp_turn_end(&turn);
}

/* To standard output both go once, when all is known; of earlier runs nothing is. */
static void write_streams(const bp_telling *telling, const bp_run_status *run)
{
    const char *status = telling->settings->status_file;
    const char *metrics = telling->settings->metrics_file;
    bp_history history = {0};
    bp_history_add(&history, run->outcome, run->finished, run->pages, run->bytes);
    if (status != NULL && strcmp(status, "-") == 0)
        write_file("-", bp_status_put, run, &history);
    if (metrics != NULL && strcmp(metrics, "-") == 0)
        write_file("-", bp_metrics_put, run, &history);
}

/* The SHA-256 and the size of the PDF, as it is in its place now; left as they are where it cannot
 * be read as a file. */
static void measure(const char *path, char sha256[65], size_t *bytes)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char chunk[1 << 14], digest[32];
    struct stat status;
    int fd = strcmp(path, "-") != 0 ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    bp_hash hash;
    bp_hash_init(&hash);
    ssize_t got = -1;
    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
        while ((got = read(fd, chunk, sizeof chunk)) > 0 || (got < 0 && errno == EINTR))
            if (got > 0)
                bp_hash_add(&hash, chunk, (size_t)got);
        *bytes = (size_t)status.st_size;
    }
    if (fd >= 0)
        close(fd);
    if (got != 0)
        return;
    bp_hash_end(&hash, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        sha256[2 * i] = digits[digest[i] >> 4];
        sha256[2 * i + 1] = digits[digest[i] & 15];
    }
    sha256[64] = '\0';
}

/* The run ------------------------------------------------------------------------------------- */

bool bp_telling_begin(bp_telling *telling, const bp_settings *settings, bp_error *err)
{
    *telling =
        (bp_telling){.settings = settings, .started = bp_instant_now(), .began = bp_clock_now()};
    name_report(settings, telling->report);
    bp_message_report(telling->report);
    bool has_hooks = settings->on_success.length != 0 || settings->on_failure.length != 0 ||
                     settings->on_end.length != 0;
    if (settings->status_file == NULL && settings->metrics_file == NULL && !has_hooks)
        return true;
    if (!check_files(settings, err))
        return false; /* Nothing is told: it might cost somebody a file. */
    telling->is_on = true;
    telling->knows_hooks = check_hooks(telling, err);
    if (telling->knows_hooks)
        hear_signals();
    return telling->knows_hooks;
}

bp_run_status bp_telling_of(const bp_run *run, char sha256[65])
{
    const bp_job *job = &run->inputs.job;
    bp_run_status status = {.outcome = run->err.code == BP_OK ? run->result.outcome
                                                              : bp_outcome_of(run->err.code),
                            .code = run->err.code,
                            .place = run->err.place,
                            .message = run->err.text,
                            .output = job->output != NULL ? job->output : "",
                            .pages = run->result.pages,
                            .bytes = run->result.bytes,
                            .sha256 = sha256,
                            .phases = run->result.phases,
                            .peak_bytes = run->result.peak_bytes};
    for (size_t i = 0; i < bp_faults_count(&run->findings); i++)
        status.warnings += bp_faults_at(&run->findings, i)->code == BP_OK;
    sha256[0] = '\0';
    if (bp_outcome_is_success(status.outcome))
        measure(status.output, sha256, &status.bytes);
    return status;
}

void bp_telling_end(bp_telling *telling, bp_run_status *run)
{
    if (!telling->is_on) {
        bp_message_report(NULL);
        return;
    }
    int signal_before = stopped;
    run->report = telling->report;
    run->started = telling->started;
    run->finished = bp_instant_now();
    run->seconds = (double)(bp_clock_now() - telling->began) / 1e9;
    write_files(telling, run, false);
    bp_buf results = {0};
    if (telling->knows_hooks) {
        hear_signals(); /* Those to come end a command. */
        run_hooks(telling, run, &results);
    }
    if (run->hook_count != 0)
        write_files(telling, run, true);
    write_streams(telling, run);
    run->hooks = NULL;
    run->hook_count = 0;
    bp_buf_clear(&results);
    bp_message_report(NULL);
    int number = stopped != 0 ? (int)stopped : signal_before;
    if (number != 0)
        die_of(number);
}

void bp_telling_refused(const bp_settings *settings, const bp_error *err)
{
    bp_telling telling;
    bp_error own = {0};
    bp_run_status run = {.outcome = bp_outcome_of(err->code),
                         .code = err->code,
                         .place = err->place,
                         .message = err->text,
                         .output = settings->output != NULL ? settings->output : "",
                         .sha256 = ""};
    (void)bp_telling_begin(&telling, settings, &own);
    bp_message_error(err);
    bp_telling_end(&telling, &run);
}
