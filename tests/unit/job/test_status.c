/* Status and metrics of runs: what they say, and what they carry from run to run, whatever stands
 * in the files of before. */
#include "job/status.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/file.h"
#include "base/mem.h"
#include "data/scan.h"
#include "job/metrics.h"

static char folder[] = "/tmp/statusXXXXXX";
static char path[64];

static const uint64_t phases[BP_PHASE_COUNT] = {[BP_PHASE_DATA] = 1500000};
static const bp_hook_result hooks[] = {
    {.event = BP_HOOK_SUCCESS, .state = BP_HOOK_OK, .seconds = 0.25, .program = "curl"},
    {.event = BP_HOOK_END, .state = BP_HOOK_FAILED, .status = 7, .program = "say \"x\""}};

static bp_run_status made(void)
{
    return (bp_run_status){.report = "brief \"B\"\\\n",
                           .outcome = BP_OUTCOME_MADE,
                           .place = "",
                           .message = "",
                           .warnings = 2,
                           .output = "/tmp/a.pdf",
                           .pages = 3,
                           .bytes = 16384,
                           .sha256 = "00ff",
                           .started = 1662199200000,
                           .finished = 1662199200123,
                           .seconds = 0.1234567,
                           .phases = phases,
                           .peak_bytes = 1048576,
                           .hooks = hooks,
                           .hook_count = 2};
}

static bp_run_status broken(void)
{
    bp_run_status run = made();
    run.outcome = BP_OUTCOME_BROKEN;
    run.code = BP_ERR_SCRIPT;
    run.place = "a.lua:3";
    run.message = "no \"x\"\n\033[2J \xff";
    run.finished += 60000;
    run.phases = NULL;
    run.hook_count = 0;
    return run;
}

static void begin(void)
{
    strcpy(folder, "/tmp/statusXXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/f", folder);
}

static void end(void)
{
    (void)unlink(path);
    ck_assert_int_eq(rmdir(folder), 0); /* Nothing else is there. */
    ck_assert_int_eq(bp_mem.live, 0);
}

static void write_file(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static bp_buf line_of(const bp_run_status *run, const bp_history *history)
{
    bp_buf line = {0};
    ck_assert(bp_status_put(run, history, &line));
    ck_assert_ptr_eq(strchr(line.bytes, '\n'), line.bytes + line.length - 1);
    bp_faults faults = {0};
    bp_scan_space space = {0};
    ck_assert(bp_scan("line", 1, line.bytes, line.length, NULL, &space, &faults));
    bp_scan_space_clear(&space);
    bp_faults_clear(&faults);
    return line;
}

static void has(const bp_buf *text, const char *part)
{
    ck_assert_msg(strstr(text->bytes, part) != NULL, "no %s in %s", part, text->bytes);
}

START_TEST(a_line_says_all_of_a_run)
{
    bp_history history = {0};
    bp_run_status run = made();
    bp_history_add(&history, run.outcome, run.finished, run.pages, run.bytes);
    bp_buf line = line_of(&run, &history);
    has(&line, "{\"format\":1,\"program\":\"briefpress ");
    has(&line,
        "\"report\":\"brief \\\"B\\\"\\\\\\n\",\"state\":\"made\",\"exit\":0,\"code\":\"ok\"");
    has(&line, "\"warnings\":2,\"output\":\"/tmp/a.pdf\",\"pages\":3,\"bytes\":16384,"
               "\"sha256\":\"00ff\",\"started\":\"2022-09-03T10:00:00.000Z\","
               "\"finished\":\"2022-09-03T10:00:00.123Z\",\"seconds\":0.123457,");
    has(&line, "\"phases\":{\"start\":0,\"data\":0.0015,");
    has(&line, "\"peak_bytes\":1048576,\"host\":\"");
    has(&line, "\"last_success\":\"2022-09-03T10:00:00.123Z\",\"consecutive_failures\":0,"
               "\"last_pages\":3,\"last_bytes\":16384,\"runs\":{\"made\":1,\"unchanged\":0,\"no-"
               "data\":0,\"busy\":0,\"broken\":0}");
    has(&line,
        "\"hooks\":[{\"event\":\"on-success\",\"state\":\"ok\",\"status\":0,\"seconds\":0.25,"
        "\"program\":\"curl\",\"message\":\"curl ended well\"},{\"event\":\"on-end\"");
    bp_buf_clear(&line);
    run = broken();
    history = (bp_history){0};
    bp_history_add(&history, run.outcome, run.finished, run.pages, run.bytes);
    line = line_of(&run, &history);
    has(&line, "\"state\":\"broken\",\"exit\":78,\"code\":\"script\",\"place\":\"a.lua:3\","
               "\"message\":\"no \\\"x\\\"\\n\\u001b[2J \xef\xbf\xbd\"");
    has(&line, "\"phases\":null");
    has(&line, "\"last_success\":null,\"consecutive_failures\":1,");
    has(&line, "\"hooks\":[]}\n");
    bp_buf_clear(&line);
}
END_TEST

/* Which of the two kinds of file. */
static bool is_metrics;

static bp_buf put(const bp_run_status *run, const bp_history *history)
{
    bp_buf out = {0};
    ck_assert(is_metrics ? bp_metrics_put(run, history, &out) : bp_status_put(run, history, &out));
    return out;
}

static bp_history read_back(const char *report)
{
    bp_history history = {.failures = 99};
    bp_error err = {0};
    ck_assert(is_metrics ? bp_metrics_history(path, report, &history, &err)
                         : bp_status_history(path, report, &history, &err));
    return history;
}

static bool is_nothing(const bp_history *history)
{
    static const bp_history none;
    return memcmp(history, &none, sizeof none) == 0;
}

START_TEST(history_is_carried_from_run_to_run)
{
    is_metrics = _i != 0;
    static const bp_outcome outcomes[] = {
        BP_OUTCOME_MADE,   BP_OUTCOME_BROKEN,    BP_OUTCOME_BUSY,  BP_OUTCOME_NO_DATA,
        BP_OUTCOME_BROKEN, BP_OUTCOME_UNCHANGED, BP_OUTCOME_BROKEN};
    static const uint64_t failures[] = {0, 1, 2, 3, 4, 0, 1};
    bp_instant success = 0;
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        bp_run_status run = made();
        run.outcome = outcomes[i];
        run.finished += (bp_instant)i * 1001;
        if (bp_outcome_is_success(run.outcome))
            success = run.finished;
        if (run.outcome != BP_OUTCOME_MADE)
            run.pages = run.bytes = 0;
        bp_history history = read_back(run.report);
        bp_history_add(&history, run.outcome, run.finished, run.pages, run.bytes);
        bp_buf bytes = put(&run, &history);
        bp_error err = {0};
        ck_assert(bp_status_replace(path, &bytes, &err));
        bp_buf_clear(&bytes);
        bp_history back = read_back(run.report);
        ck_assert_int_eq(back.finished, run.finished);
        ck_assert_int_eq(back.last_success, success);
        ck_assert_uint_eq(back.failures, failures[i]);
        ck_assert_uint_eq(back.pages, 3);
        ck_assert_uint_eq(back.bytes, 16384);
        uint64_t sum = 0;
        for (int j = 0; j < BP_OUTCOME_COUNT; j++)
            sum += back.runs[j];
        ck_assert_uint_eq(sum, i + 1);
    }
    bp_history other = read_back("another report");
    ck_assert(is_nothing(&other));
}
END_TEST

START_TEST(nothing_is_known_from_what_is_no_such_file)
{
    is_metrics = _i != 0;
    static const char *const texts[] = {
        "",
        "{",
        "[]",
        "{}",
        "no metrics at all\n",
        "{\"format\":1}",
        "\n\n\n",
        "\xff\xfe",
        "{\"format\":2,\"report\":\"r\",\"consecutive_failures\":3}",
        "{\"format\":1,\"report\":\"r\",\"consecutive_failures\":-3,\"runs\":{\"made\":1e300}}",
        "{\"format\":1,\"report\":\"r\",\"runs\":[5],\"last_success\":\"yesterday\"}",
        "{\"format\":1,\"report\":\"r\",\"hooks\":[{\"consecutive_failures\":7}]}",
        "briefpress_consecutive_failures{report=\"r\"} -1\n",
        "briefpress_consecutive_failures{report=\"r\"} NaN\n",
        "briefpress_consecutive_failures{report=\"r\"} \n",
        "briefpress_last_success_timestamp_seconds{report=\"r\"} 1e99\n",
        "briefpress_consecutive_failures{report=\"r\"} 11111111111111111111111111111111111111111",
    };
    bp_history history = read_back("r");
    ck_assert(is_nothing(&history)); /* No file. */
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        write_file(texts[i], strlen(texts[i]));
        history = read_back("r");
        ck_assert_msg(is_nothing(&history), "%s", texts[i]);
    }
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    history = read_back("r"); /* And does not wait for a writer. */
    ck_assert(is_nothing(&history));
}
END_TEST

START_TEST(no_changed_byte_and_no_cut_makes_the_reader_stumble)
{
    is_metrics = _i != 0;
    bp_run_status run = broken();
    bp_history history = {.last_success = 1662199200000, .failures = 4, .runs = {1, 2, 3, 4, 5}};
    bp_history_add(&history, run.outcome, run.finished, run.pages, run.bytes);
    bp_buf bytes = put(&run, &history);
    for (size_t at = 0; at < bytes.length; at += 11) {
        char kept = bytes.bytes[at];
        write_file(bytes.bytes, at);
        (void)read_back(run.report);
        static const char others[] = {'\0', '"', '9', '}', '\xff', '\n'};
        bytes.bytes[at] = others[at % sizeof others];
        write_file(bytes.bytes, bytes.length);
        bp_history back = read_back(run.report);
        ck_assert_uint_le(back.failures, BP_HISTORY_MOST);
        bytes.bytes[at] = kept;
    }
    bp_buf_clear(&bytes);
}
END_TEST

START_TEST(a_success_of_the_future_becomes_one_of_now)
{
    bp_history history = {.last_success = 5000};
    bp_history_add(&history, BP_OUTCOME_BROKEN, 3000, 9, 9);
    ck_assert_int_eq(history.last_success, 3000);
    ck_assert_uint_eq(history.failures, 1);
    history.failures = BP_HISTORY_MOST;
    bp_history_add(&history, BP_OUTCOME_BROKEN, 4000, 0, 0);
    ck_assert_uint_eq(history.failures, BP_HISTORY_MOST);
    ck_assert_uint_eq(history.pages, 0); /* Those of a failure are of no PDF that is there. */
}
END_TEST

START_TEST(the_later_of_two_histories_is_taken)
{
    bp_history old = {.finished = 1, .failures = 1}, late = {.finished = 2, .failures = 2};
    ck_assert_uint_eq(bp_history_later(&old, &late).failures, 2);
    ck_assert_uint_eq(bp_history_later(&late, &old).failures, 2);
    ck_assert_uint_eq(bp_history_later(&late, &(bp_history){0}).failures, 2);
}
END_TEST

START_TEST(metrics_are_as_the_collector_wants_them)
{
    bp_run_status run = made();
    bp_history history = {.last_success = 1662199000000, .failures = 2, .runs = {7, 0, 0, 0, 9}};
    bp_buf out = {0};
    ck_assert(bp_metrics_put(&run, &history, &out));
    has(&out, "# HELP briefpress_run_success 1 where the last run made the PDF or found it up to "
              "date.\n# TYPE briefpress_run_success gauge\n"
              "briefpress_run_success{report=\"brief \\\"B\\\"\\\\\\n\"} 1\n");
    has(&out, "\nbriefpress_state{report=\"brief \\\"B\\\"\\\\\\n\",state=\"made\"} 1\n");
    has(&out, ",state=\"broken\"} 0\n");
    has(&out, "# TYPE briefpress_runs_total counter\n");
    has(&out, ",state=\"broken\"} 9\n");
    has(&out, "} 1662199200.123\n");
    has(&out, "} 1662199000.000\n");
    has(&out, "} 0.123457\n");
    has(&out, "briefpress_hook_failures{report=\"brief \\\"B\\\"\\\\\\n\"} 1\n");
    ck_assert_int_eq(out.bytes[out.length - 1], '\n');
    bp_buf_clear(&out);
}
END_TEST

START_TEST(a_turn_is_waited_for_and_sweeps)
{
    bp_turn turn = bp_turn_take(path);
    ck_assert_int_ge(turn.fd, 0);
    int fd = open(folder, O_RDONLY | O_DIRECTORY);
    ck_assert_int_ne(flock(fd, LOCK_EX | LOCK_NB), 0);
    bp_turn_end(&turn);
    bp_turn_end(&turn);
    ck_assert_int_eq(flock(fd, LOCK_EX | LOCK_NB), 0);
    close(fd);
    char left[96];
    (void)snprintf(left, sizeof left, "%s/.f.briefpress-123-0.tmp", folder);
    fd = open(left, O_CREAT | O_WRONLY, 0600);
    ck_assert_int_ge(fd, 0);
    close(fd);
    turn = bp_turn_take(path);
    bp_turn_end(&turn);
    ck_assert_int_ne(access(left, F_OK), 0);
    turn = bp_turn_take("-");
    ck_assert_int_eq(turn.fd, -1);
    turn = bp_turn_take("/no/such/folder/f");
    ck_assert_int_eq(turn.fd, -1);
}
END_TEST

static bool all_steps(const bp_run_status *run, bp_error *err)
{
    bp_history history;
    bp_buf bytes = {0};
    bool ok = is_metrics ? bp_metrics_history(path, run->report, &history, err)
                         : bp_status_history(path, run->report, &history, err);
    if (ok) {
        bp_history_add(&history, run->outcome, run->finished, run->pages, run->bytes);
        ok = (is_metrics ? bp_metrics_put(run, &history, &bytes)
                         : bp_status_put(run, &history, &bytes)) ||
             bp_fail_memory(err);
    }
    ok = ok && bp_status_replace(path, &bytes, err);
    bp_buf_clear(&bytes);
    return ok;
}

START_TEST(refused_memory_leaves_the_old_file_as_it_was)
{
    is_metrics = _i != 0;
    bp_run_status run = made();
    bp_error err = {0};
    run.output = "relative.pdf";
    ck_assert(all_steps(&run, &err));
    for (long n = 1;; n++) {
        bp_history before = read_back(run.report);
        err = (bp_error){0};
        bp_mem = (bp_mem_probe){.fail_at = n};
        bool ok = all_steps(&run, &err);
        long refused = bp_mem.refused;
        ck_assert_int_eq(bp_mem.live, 0);
        bp_mem = (bp_mem_probe){0};
        bp_history after = read_back(run.report);
        ck_assert_uint_eq(after.runs[BP_OUTCOME_MADE], before.runs[BP_OUTCOME_MADE] + ok);
        ck_assert(ok || err.code == BP_ERR_MEMORY);
        if (refused == 0) {
            ck_assert_int_gt(n, 5);
            break;
        }
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("status");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_line_says_all_of_a_run);
    tcase_add_loop_test(tests, history_is_carried_from_run_to_run, 0, 2);
    tcase_add_loop_test(tests, nothing_is_known_from_what_is_no_such_file, 0, 2);
    tcase_add_loop_test(tests, no_changed_byte_and_no_cut_makes_the_reader_stumble, 0, 2);
    tcase_add_test(tests, a_success_of_the_future_becomes_one_of_now);
    tcase_add_test(tests, the_later_of_two_histories_is_taken);
    tcase_add_test(tests, metrics_are_as_the_collector_wants_them);
    tcase_add_test(tests, a_turn_is_waited_for_and_sweeps);
    tcase_add_loop_test(tests, refused_memory_leaves_the_old_file_as_it_was, 0, 2);
    return run_suite("status", tests);
}
