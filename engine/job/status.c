/* The status of a run: see status.h. What was there before is read with distrust: it may be of
 * somebody else, of a later version, or damaged, and all that it can do is to be left out. */
#include "job/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "data/colophon.h"
#include "data/scan.h"

#define FILE_MOST ((size_t)1 << 20)
#define TURN_SECONDS 5
#define TURN_STEP_MS 5

/* Writing ------------------------------------------------------------------------------------- */

static bool put_name(bp_buf *out, const char *name)
{
    return bp_buf_format(out, ",\"%s\":", name);
}

static bool put_text(bp_buf *out, const char *name, const char *text)
{
    return put_name(out, name) && bp_json_put_text(out, text);
}

static bool put_count(bp_buf *out, const char *name, uint64_t number)
{
    return put_name(out, name) && bp_buf_unsigned(out, number);
}

static bool put_seconds(bp_buf *out, const char *name, double seconds)
{
    char text[BP_NUMBER_SIZE];
    if (bp_number_put(seconds, 6, text) == 0)
        memcpy(text, "0", 2);
    return put_name(out, name) && bp_buf_text(out, text);
}

/* null where it is not known. */
static bool put_instant(bp_buf *out, const char *name, bp_instant instant)
{
    char text[BP_INSTANT_SIZE];
    if (instant == 0)
        return put_name(out, name) && bp_buf_text(out, "null");
    bp_instant_put(instant, text);
    return put_text(out, name, text);
}

/* Where the PDF is, for readers in another folder. */
static bool put_output(bp_buf *out, const char *output)
{
    char folder[4096];
    if (output[0] == '\0' || output[0] == '/' || strcmp(output, "-") == 0 ||
        getcwd(folder, sizeof folder) == NULL)
        return put_text(out, "output", output);
    char *path = bp_path_join(folder, output, NULL);
    bool ok = path != NULL && put_text(out, "output", path);
    bp_free(path);
    return ok;
}

static bool put_phases(bp_buf *out, const uint64_t *phases)
{
    if (phases == NULL)
        return bp_buf_text(out, ",\"phases\":null");
    bp_buf inside = {0};
    bool ok = true;
    for (int i = 0; ok && i < BP_PHASE_COUNT; i++)
        ok = put_seconds(&inside, bp_phase_name((bp_phase)i), (double)phases[i] / 1e9);
    ok = ok && bp_buf_format(out, ",\"phases\":{%s}", inside.bytes + 1);
    bp_buf_clear(&inside);
    return ok;
}

static bool put_runs(bp_buf *out, const uint64_t *runs)
{
    bool ok = bp_buf_text(out, ",\"runs\":{");
    for (int i = 0; ok && i < BP_OUTCOME_COUNT; i++)
        ok = bp_buf_format(out, "%s\"%s\":", i > 0 ? "," : "", bp_outcome_name((bp_outcome)i)) &&
             bp_buf_unsigned(out, runs[i]);
    return ok && bp_buf_char(out, '}');
}

static bool put_hook(bp_buf *out, const bp_hook_result *hook)
{
    char words[256];
    return bp_buf_format(out, "{\"event\":\"%s\",\"state\":\"%s\"", bp_hook_event_name(hook->event),
                         bp_hook_state_name(hook->state)) &&
           put_count(out, "status", (uint64_t)(hook->status > 0 ? hook->status : 0)) &&
           put_seconds(out, "seconds", hook->seconds) && put_text(out, "program", hook->program) &&
           put_text(out, "message", bp_hook_describe(hook, words, sizeof words)) &&
           bp_buf_char(out, '}');
}

static bool put_hooks(bp_buf *out, const bp_run_status *run)
{
    bool ok = bp_buf_text(out, ",\"hooks\":[");
    for (size_t i = 0; ok && i < run->hook_count; i++)
        ok = (i == 0 || bp_buf_char(out, ',')) && put_hook(out, &run->hooks[i]);
    return ok && bp_buf_char(out, ']');
}

bool bp_status_put(const bp_run_status *run, const bp_history *history, bp_buf *out)
{
    char host[256] = "";
    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    return bp_buf_format(out, "{\"format\":%d", BP_STATUS_FORMAT) &&
           put_text(out, "program", "briefpress " BP_VERSION) &&
           put_text(out, "report", run->report) &&
           put_text(out, "state", bp_outcome_name(run->outcome)) &&
           put_count(out, "exit", (uint64_t)bp_code_exit(run->code)) &&
           put_text(out, "code", bp_code_name(run->code)) && put_text(out, "place", run->place) &&
           put_text(out, "message", run->message) && put_count(out, "warnings", run->warnings) &&
           put_output(out, run->output) &&
           put_count(out, "pages",
                     bp_outcome_is_success(run->outcome) ? history->pages : run->pages) &&
           put_count(out, "bytes", run->bytes) && put_text(out, "sha256", run->sha256) &&
           put_instant(out, "started", run->started) &&
           put_instant(out, "finished", run->finished) &&
           put_seconds(out, "seconds", run->seconds) && put_phases(out, run->phases) &&
           put_count(out, "peak_bytes", run->peak_bytes) && put_text(out, "host", host) &&
           put_count(out, "pid", (uint64_t)getpid()) &&
           put_instant(out, "last_success", history->last_success) &&
           put_count(out, "consecutive_failures", history->failures) &&
           put_count(out, "last_pages", history->pages) &&
           put_count(out, "last_bytes", history->bytes) && put_runs(out, history->runs) &&
           put_hooks(out, run) && bp_buf_text(out, "}\n");
}

/* Reading what was there ---------------------------------------------------------------------- */

#define TEXT_MOST 256

typedef struct {
    int depth;
    char key[32];    /* The last one, of whatever depth; "" where it is longer. */
    bool is_in_runs; /* Within the object "runs" of the first level. */
    bp_history history;
    char report[TEXT_MOST];
    double format;
} reading;

static bool read_key(void *context, bp_spot spot, const char *text, size_t length)
{
    reading *r = context;
    (void)spot;
    if (length >= sizeof r->key)
        length = 0;
    memcpy(r->key, text, length);
    r->key[length] = '\0';
    return true;
}

/* Numbers that are no count are none. */
static uint64_t count_of(double number)
{
    return number >= 0 && number <= (double)BP_HISTORY_MOST ? (uint64_t)number : 0;
}

static void take_text(reading *r, const char *text, size_t length)
{
    char copy[TEXT_MOST];
    if (length >= sizeof copy)
        return;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (strcmp(r->key, "report") == 0)
        memcpy(r->report, copy, length + 1);
    else if (strcmp(r->key, "finished") == 0)
        (void)bp_instant_read(copy, &r->history.finished);
    else if (strcmp(r->key, "last_success") == 0)
        (void)bp_instant_read(copy, &r->history.last_success);
}

static void take_number(reading *r, double number)
{
    if (strcmp(r->key, "format") == 0)
        r->format = number;
    else if (strcmp(r->key, "consecutive_failures") == 0)
        r->history.failures = count_of(number);
    else if (strcmp(r->key, "last_pages") == 0)
        r->history.pages = count_of(number);
    else if (strcmp(r->key, "last_bytes") == 0)
        r->history.bytes = count_of(number);
}

static bool read_value(void *context, bp_spot spot, bp_json_kind kind, const char *text,
                       size_t length, double number)
{
    reading *r = context;
    (void)spot;
    if (kind == BP_JSON_OBJECT || kind == BP_JSON_ARRAY) {
        r->is_in_runs = r->depth == 1 && kind == BP_JSON_OBJECT && strcmp(r->key, "runs") == 0;
        r->depth++;
    } else if (r->depth == 1 && kind == BP_JSON_STRING) {
        take_text(r, text, length);
    } else if (r->depth == 1 && kind == BP_JSON_NUMBER) {
        take_number(r, number);
    } else if (r->depth == 2 && r->is_in_runs && kind == BP_JSON_NUMBER) {
        for (int i = 0; i < BP_OUTCOME_COUNT; i++)
            if (strcmp(r->key, bp_outcome_name((bp_outcome)i)) == 0)
                r->history.runs[i] = count_of(number);
    }
    return true;
}

static bool read_end(void *context)
{
    reading *r = context;
    r->depth--;
    r->is_in_runs = false;
    return true;
}

bool bp_history_read(const char *path, bp_buf *bytes, bp_error *err)
{
    struct stat status;
    bp_error own = {0};
    if (strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return true;
    if (bp_file_read(path, FILE_MOST, bytes, &own))
        return true;
    bytes->length = 0;
    return own.code != BP_ERR_MEMORY || bp_fail_memory(err);
}

bool bp_status_history(const char *path, const char *report, bp_history *out, bp_error *err)
{
    bp_buf bytes = {0};
    bp_faults faults = {0};
    bp_scan_space space = {0};
    reading r = {0};
    bp_scan_events events = {&r, read_key, read_value, read_end};
    *out = (bp_history){0};
    bool ok = bp_history_read(path, &bytes, err);
    if (ok && bytes.length != 0 &&
        bp_scan(path, 1, bytes.bytes, bytes.length, &events, &space, &faults) &&
        r.format == BP_STATUS_FORMAT && strcmp(r.report, report) == 0)
        *out = r.history;
    if (faults.refused)
        ok = bp_fail_memory(err);
    bp_scan_space_clear(&space);
    bp_faults_clear(&faults);
    bp_buf_clear(&bytes);
    return ok;
}

/* Files --------------------------------------------------------------------------------------- */

bool bp_status_replace(const char *path, const bp_buf *bytes, bp_error *err)
{
    if (strcmp(path, "-") == 0)
        return bp_file_write_all(STDOUT_FILENO, bytes->bytes, bytes->length, "standard output",
                                 err);
    bp_output *output = bp_output_new(path, err);
    bool ok = output != NULL && bp_output_write(output, bytes->bytes, bytes->length, err) &&
              bp_output_commit(output, err);
    bp_output_free(output);
    return ok;
}

bp_turn bp_turn_take(const char *path)
{
    bp_turn turn = {.fd = -1};
    if (strcmp(path, "-") == 0 || bp_output_is_direct(path))
        return turn;
    char *target = bp_path_target(path, NULL);
    char *folder = target != NULL ? bp_path_folder(target, NULL) : NULL;
    if (folder != NULL)
        turn.fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bp_free(folder);
    bp_free(target);
    bool is_held = false;
    for (int waited = 0; turn.fd >= 0 && !is_held && waited < TURN_SECONDS * 1000;
         waited += TURN_STEP_MS) {
        is_held = flock(turn.fd, LOCK_EX | LOCK_NB) == 0;
        if (!is_held && errno != EWOULDBLOCK && errno != EINTR)
            break; /* A file system that knows no such locks: runs may then miscount. */
        struct timespec step = {.tv_nsec = TURN_STEP_MS * 1000000L};
        if (!is_held)
            (void)nanosleep(&step, NULL);
    }
    if (is_held) {
        bp_output_sweep(path); /* What a killed run left. */
    } else if (turn.fd >= 0) {
        close(turn.fd);
        turn.fd = -1;
    }
    return turn;
}

void bp_turn_end(bp_turn *turn)
{
    if (turn->fd >= 0)
        close(turn->fd);
    turn->fd = -1;
}
