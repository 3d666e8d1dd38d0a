/* Hooks: words as the rules say, placeholders that become nothing else, and processes that end. */
#include "job/hook.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "job/hook_private.h"

static const bp_hook_value values[] = {{"file", "out/a b'c\".pdf"},
                                       {"state", "made"},
                                       {"message", "$(reboot); {state} `x` -rf"},
                                       {"empty", ""}};
#define COUNT (sizeof values / sizeof values[0])

static const struct {
    const char *command, *words; /* Each word in brackets. */
} good[] = {
    {"a b  c", "[a][b][c]"},
    {"  a\tb\n c ", "[a][b][c]"},
    {"a 'b c' d", "[a][b c][d]"},
    {"a \"b c\" d", "[a][b c][d]"},
    {"a'b'\"c\"d", "[abcd]"},
    {"a '' \"\"", "[a][][]"},
    {"a\\ b \\'c\\\"", "[a b]['c\"]"},
    {"a 'b\\c' \"d\\e\\\"f\\\\g\"", "[a][b\\c][d\\e\"f\\g]"},
    {"a \\", "[a][\\]"},
    {"echo $HOME ~ * # ?x", "[echo][$HOME][~][*][#][?x]"},
    {"a '|' \\; \"&&\" x|y a=b;c", "[a][|][;][&&][x|y][a=b;c]"},
    {"a {file} {empty}", "[a][out/a b'c\".pdf][]"},
    {"a x{state}y{state}", "[a][xmadeymade]"},
    {"a {message}", "[a][$(reboot); {state} `x` -rf]"},
    {"a '{\"state\":\"{state}\"}' {{state} {} {A} { {1}",
     "[a][{\"state\":\"made\"}][{state}][{}][{A}][{][{1}]"},
};

START_TEST(a_command_becomes_words)
{
    bp_buf words = {0}, shown = {0};
    bp_error err = {0};
    ck_assert(bp_hook_check(BP_HOOK_END, good[_i].command, values, COUNT, &err));
    ck_assert(bp_words_split(BP_HOOK_END, good[_i].command, &words, &err));
    for (size_t i = 0; i < BP_BUF_COUNT(&words, char *); i++) {
        ck_assert(bp_buf_char(&shown, '['));
        ck_assert(bp_word_fill(BP_HOOK_END, BP_BUF_ITEMS(&words, char *)[i], values, COUNT, &shown,
                               &err));
        ck_assert(bp_buf_char(&shown, ']'));
    }
    ck_assert_str_eq(shown.bytes, good[_i].words);
    bp_buf_clear(&shown);
    bp_words_clear(&words);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *command, *says;
} bad[] = {
    {"", "there is no command"},
    {"  \t", "there is no command"},
    {"a 'b", "a quote is not closed"},
    {"a \"b", "a quote is not closed"},
    {"a \"b\\\"", "a quote is not closed"},
    {"a | b", "\"|\" means nothing here"},
    {"a && b", "\"&&\" means nothing here"},
    {"a ; b", "\";\" means nothing here"},
    {"a > b", "\">\" means nothing here"},
    {"a 2>&1", "\"2>&1\" means nothing here"},
    {"a {fiel}", "{fiel} is nothing that is known of a run; did you mean {file}?"},
    {"a {nothing_like_it}", "{nothing_like_it} is nothing that is known of a run"},
    {"sh -c 'echo {message}'", "as \"$BRIEFPRESS_MESSAGE\""},
    {"/usr/bin/env bash -ec 'x={state}'", "could become a command"},
};

START_TEST(a_command_that_makes_no_sense_is_told)
{
    bp_error err = {0};
    ck_assert(!bp_hook_check(BP_HOOK_SUCCESS, bad[_i].command, values, COUNT, &err));
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
    ck_assert_msg(strstr(err.text, bad[_i].says) != NULL, "%s", err.text);
    ck_assert_ptr_eq(strstr(err.text, "--on-success: "), err.text);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_shell_of_its_own_may_use_variables)
{
    bp_error err = {0};
    ck_assert(bp_hook_check(BP_HOOK_END, "sh -c 'echo \"$BRIEFPRESS_MESSAGE\" | cat'", values,
                            COUNT, &err));
    ck_assert(bp_hook_check(BP_HOOK_END, "sh -c 'echo \"$1\"' sh {message}", values, COUNT, &err));
}
END_TEST

START_TEST(hooks_follow_their_outcome)
{
    static const char *const expected[BP_OUTCOME_COUNT] = {"s e", "  e", " fe", " fe", " fe"};
    for (int i = 0; i < BP_OUTCOME_COUNT; i++)
        for (int event = 0; event < BP_HOOK_EVENT_COUNT; event++)
            ck_assert_int_eq(bp_hook_follows((bp_hook_event)event, (bp_outcome)i),
                             expected[i][event] != ' ');
}
END_TEST

static bp_hook_result run(const char *command, double seconds)
{
    bp_hook_result result;
    bool ok = bp_hook_run(BP_HOOK_END, command, values, COUNT, seconds, NULL, &result);
    ck_assert_int_eq(ok, result.state == BP_HOOK_OK);
    ck_assert_int_eq(bp_mem.live, 0);
    return result;
}

START_TEST(what_it_writes_to_either_stream_is_kept)
{
    bp_hook_result result = run("sh -c 'echo out; echo err >&2'", 10);
    ck_assert_int_eq(result.state, BP_HOOK_OK);
    ck_assert_str_eq(result.output, "out\nerr\n");
    ck_assert_str_eq(result.program, "sh");
    ck_assert(!result.is_cut);
}
END_TEST

START_TEST(much_output_is_cut_and_waited_for)
{
    bp_hook_result result =
        run("sh -c 'printf \"x\\000y\"; yes \xe4\xba\xa6 | head -c 1000000'", 30);
    ck_assert_int_eq(result.state, BP_HOOK_OK);
    ck_assert(result.is_cut);
    ck_assert_int_eq(strncmp(result.output, "x y\xe4\xba\xa6\n", 7), 0);
    ck_assert_uint_lt(strlen(result.output), BP_HOOK_OUTPUT);
    ck_assert_uint_gt(strlen(result.output), BP_HOOK_OUTPUT - 8);
}
END_TEST

START_TEST(how_it_ended_is_told)
{
    char words[256];
    bp_hook_result result = run("sh -c 'exit 7'", 10);
    ck_assert_int_eq(result.state, BP_HOOK_FAILED);
    ck_assert_int_eq(result.status, 7);
    ck_assert_str_eq(bp_hook_describe(&result, words, sizeof words), "sh ended with 7");
    result = run("sh -c 'kill -TERM $$'", 10);
    ck_assert_int_eq(result.state, BP_HOOK_KILLED);
    ck_assert_int_eq(result.status, SIGTERM);
    result = run("/no/such/program", 10);
    ck_assert_int_eq(result.state, BP_HOOK_NOT_STARTED);
    ck_assert_int_eq(result.status, ENOENT);
    result = run("no-such-program-anywhere x", 10);
    ck_assert_str_eq(bp_hook_describe(&result, words, sizeof words),
                     "no-such-program-anywhere cannot be started: there is no such program");
    result = run("/etc/passwd", 10);
    ck_assert_int_eq(result.state, BP_HOOK_NOT_STARTED);
    ck_assert_int_eq(result.status, EACCES);
}
END_TEST

static bool is_gone(const char *file)
{
    FILE *pids = fopen(file, "r");
    int pid = 0;
    ck_assert_ptr_nonnull(pids);
    ck_assert_int_eq(fscanf(pids, "%d", &pid), 1);
    (void)fclose(pids);
    for (int i = 0; i < 200; i++) {
        if (kill(pid, 0) != 0)
            return true;
        char path[64], line[256] = "";
        (void)snprintf(path, sizeof path, "/proc/%d/stat", pid);
        FILE *stat = fopen(path, "r");
        if (stat != NULL) {
            (void)!fgets(line, sizeof line, stat);
            (void)fclose(stat);
        }
        if (strstr(line, ") Z ") != NULL)
            return true; /* Nobody waits for it here; it runs no more. */
        (void)usleep(10000);
    }
    return false;
}

START_TEST(what_runs_too_long_is_ended_with_all_it_started)
{
    char file[] = "/tmp/hookXXXXXX", command[256];
    int fd = mkstemp(file);
    ck_assert_int_ge(fd, 0);
    close(fd);
    (void)snprintf(command, sizeof command, "sh -c 'sleep 300 & echo $! >%s; wait'", file);
    bp_hook_result result = run(command, 0.3);
    ck_assert_int_eq(result.state, BP_HOOK_LATE);
    ck_assert(result.seconds < 2);
    ck_assert(is_gone(file));
    (void)snprintf(command, sizeof command,
                   "sh -c 'trap \"\" TERM; sleep 300 & echo $! >%s; while :; do sleep 1; done'",
                   file);
    result = run(command, 0.3);
    ck_assert_int_eq(result.state, BP_HOOK_LATE);
    ck_assert(result.seconds > 2 && result.seconds < 6);
    ck_assert(is_gone(file));
    (void)unlink(file);
}
END_TEST

static bool stop_now(void)
{
    return true;
}

START_TEST(a_signal_ends_it)
{
    bp_hook_result result;
    ck_assert(!bp_hook_run(BP_HOOK_END, "sleep 300", values, COUNT, 0, stop_now, &result));
    ck_assert_int_eq(result.state, BP_HOOK_INTERRUPTED);
    ck_assert(result.seconds < 2);
}
END_TEST

START_TEST(a_service_that_it_leaves_behind_is_not_waited_for)
{
    bp_hook_result result = run("sh -c 'sleep 5 & echo started'", 20);
    ck_assert_int_eq(result.state, BP_HOOK_OK);
    ck_assert(result.seconds < 3);
    ck_assert_str_eq(result.output, "started\n");
}
END_TEST

START_TEST(its_surroundings_are_those_of_a_fresh_process)
{
    int extra = dup(2); /* Not close-on-exec. */
    int far = fcntl(2, F_DUPFD, 500);
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &blocked, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(setenv("BRIEFPRESS_PASSWORD", "secret", 1), 0);
    ck_assert_int_eq(setenv("BRIEFPRESS_OLD", "stale", 1), 0);
    /* Not by the shell: it blocks signals itself while it waits. */
    bp_hook_result result = run("grep -E 'Sig(Blk|Ign)' /proc/self/status", 10);
    ck_assert_str_eq(result.output, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    result = run("sh -c 'ls /proc/self/fd | wc -l; cat; env | grep BRIEFPRESS_ | sort'", 10);
    /* Three streams, and the folder that ls reads. */
    ck_assert_str_eq(result.output,
                     "4\nBRIEFPRESS_EMPTY=\nBRIEFPRESS_FILE=out/a b'c\".pdf\n"
                     "BRIEFPRESS_MESSAGE=$(reboot); {state} `x` -rf\nBRIEFPRESS_STATE=made\n");
    close(extra);
    close(far);
}
END_TEST

START_TEST(programs_are_found_without_path)
{
    ck_assert_int_eq(unsetenv("PATH"), 0);
    bp_hook_result result = run("sh -c 'echo \"$PATH\"'", 10);
    ck_assert_int_eq(result.state, BP_HOOK_OK);
    ck_assert_str_eq(result.output,
                     "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
    ck_assert_int_eq(setenv("PATH", "", 1), 0);
    result = run("sh", 10);
    ck_assert_int_eq(result.state, BP_HOOK_NOT_STARTED);
}
END_TEST

START_TEST(no_memory_starts_nothing_and_leaks_nothing)
{
    long refused = 0;
    for (long n = 1;; n++) {
        bp_hook_result result;
        bp_error err = {0};
        bp_mem = (bp_mem_probe){.fail_at = n, .fail_on = _i != 0};
        bool ok = bp_hook_check(BP_HOOK_END, "true 'x {file}' {state}", values, COUNT, &err);
        if (ok)
            ok = bp_hook_run(BP_HOOK_END, "true 'x {file}' {state}", values, COUNT, 10, NULL,
                             &result);
        else
            ck_assert_int_eq(err.code, BP_ERR_MEMORY);
        ck_assert_int_eq(bp_mem.live, 0);
        if (bp_mem.refused == 0) {
            ck_assert(ok);
            break;
        }
        refused++;
        ck_assert(!ok);
        if (err.code == BP_OK) {
            ck_assert_int_eq(result.state, BP_HOOK_NOT_STARTED);
            ck_assert_int_eq(result.status, ENOMEM);
        }
    }
    bp_mem = (bp_mem_probe){0};
    ck_assert_int_gt(refused, 20);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("hook");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_command_becomes_words, 0, (int)(sizeof good / sizeof good[0]));
    tcase_add_loop_test(tests, a_command_that_makes_no_sense_is_told, 0,
                        (int)(sizeof bad / sizeof bad[0]));
    tcase_add_test(tests, a_shell_of_its_own_may_use_variables);
    tcase_add_test(tests, hooks_follow_their_outcome);
    tcase_add_test(tests, what_it_writes_to_either_stream_is_kept);
    tcase_add_test(tests, much_output_is_cut_and_waited_for);
    tcase_add_test(tests, how_it_ended_is_told);
    tcase_add_test(tests, what_runs_too_long_is_ended_with_all_it_started);
    tcase_add_test(tests, a_signal_ends_it);
    tcase_add_test(tests, a_service_that_it_leaves_behind_is_not_waited_for);
    tcase_add_test(tests, its_surroundings_are_those_of_a_fresh_process);
    tcase_add_test(tests, programs_are_found_without_path);
    tcase_add_loop_test(tests, no_memory_starts_nothing_and_leaks_nothing, 0, 2);
    return run_suite("hook", tests);
}
