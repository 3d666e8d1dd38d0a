/* Words as the shell, cron and systemd read them: what goes in comes out, byte for byte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "job/quote.h"

/* Programs read by a shell at once: one process for a hundred words. */
#define WORDS 10000
#define AT_ONCE 100
#define WORD_MOST 24

static uint32_t seed = 12345;

static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

/* Any bytes but NUL and newline; half of them from those that mean something to somebody. */
static void draw_word(char *word)
{
    static const char odd[] = "\\\\\\%%%''\"$`!#&*?[](){}<>|;~ \t\r^=-@,:/.";
    size_t length = draw(WORD_MOST);
    for (size_t i = 0; i < length; i++) {
        char c = draw(2) ? odd[draw(sizeof odd - 1)] : (char)(1 + draw(255));
        word[i] = c == '\n' ? '\\' : c;
    }
    word[length] = '\0';
}

/* What becomes of a line before the shell sees it. Debian's cron takes a backslash from "\%" and
 * from
 * "\\", others from "\%" alone, old ones from nothing; at a bare "%" the line ends. */
typedef enum { BY_HAND, DEBIAN, PERCENT_ONLY, READERS } reader_kind;

static void pass_cron(char *line, reader_kind kind)
{
    char *out = line;
    for (const char *in = line; *in != '\0'; in++) {
        bool is_taken =
            *in == '\\' && kind != BY_HAND && (in[1] == '%' || (in[1] == '\\' && kind == DEBIAN));
        if (*in == '\\' && in[1] != '\0') {
            if (!is_taken)
                *out++ = *in;
            *out++ = *++in;
            continue;
        }
        ck_assert_msg(*in != '%', "a bare %% in %s", line);
        *out++ = *in;
    }
    *out = '\0';
}

/* The bytes that the shell gives to a program, each word ended by a NUL. */
static void ask_shell(const char *line, bp_buf *answer)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        (void)dup2(ends[1], 1);
        close(ends[0]);
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    char chunk[4096];
    for (ssize_t got; (got = read(ends[0], chunk, sizeof chunk)) > 0;)
        ck_assert(bp_buf_add(answer, chunk, (size_t)got));
    close(ends[0]);
    int status;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
}

START_TEST(ten_thousand_words_survive_cron_and_the_shell)
{
    seed += (uint32_t)_i;
    for (int round = 0; round < WORDS / AT_ONCE; round++) {
        bp_buf line = {0}, wanted = {0}, answer = {0};
        ck_assert(bp_buf_text(&line, "/usr/bin/env printf"));
        ck_assert(bp_buf_char(&line, ' ') && bp_quote_cron(&line, "%s\\0"));
        for (int i = 0; i < AT_ONCE; i++) {
            char word[WORD_MOST + 1];
            draw_word(word);
            ck_assert(bp_buf_char(&line, ' ') && bp_quote_cron(&line, word));
            ck_assert(bp_buf_add(&wanted, word, strlen(word) + 1));
        }
        pass_cron(line.bytes, (reader_kind)_i);
        ask_shell(line.bytes, &answer);
        ck_assert_uint_eq(answer.length, wanted.length);
        ck_assert_mem_eq(answer.bytes, wanted.bytes, wanted.length);
        bp_buf_clear(&line);
        bp_buf_clear(&wanted);
        bp_buf_clear(&answer);
    }
}
END_TEST

START_TEST(what_was_quoted_is_read_back)
{
    for (int i = 0; i < WORDS; i++) {
        char word[WORD_MOST + 1];
        bool is_whole = false;
        bp_buf line = {0}, words = {0};
        draw_word(word);
        ck_assert(bp_buf_text(&line, "first "));
        ck_assert(_i == 0 ? bp_quote_cron(&line, word) : bp_quote_systemd(&line, word, true));
        ck_assert(bp_buf_text(&line, " last"));
        ck_assert((_i == 0 ? bp_unquote_cron : bp_unquote_systemd)(line.bytes, line.length, &words,
                                                                   &is_whole));
        ck_assert_msg(is_whole, "%s", line.bytes);
        ck_assert_uint_eq(words.length, strlen("first") + strlen(word) + strlen("last") + 3);
        ck_assert_str_eq(words.bytes, "first");
        ck_assert_str_eq(words.bytes + 6, word);
        bp_buf_clear(&line);
        bp_buf_clear(&words);
    }
}
END_TEST

static const struct {
    const char *word, *cron, *systemd;
} known[] = {
    {"/srv/a-b_c.pdf", "/srv/a-b_c.pdf", "/srv/a-b_c.pdf"},
    {"", "''", "\"\""},
    {"a b", "'a b'", "\"a b\""},
    {"50 %", "'50 '\\%", "\"50 %%\""},
    {"100%", "100\\%", "100%%"},
    {"it's", "it\\'s", "\"it's\""},
    {"a\\\\b", "'a\\''\\b'", "\"a\\\\\\\\b\""},
    {"$HOME", "'$HOME'", "$$HOME"},
    {"{id}.pdf", "'{id}.pdf'", "\"{id}.pdf\""},
    {"tab\there", "'tab\there'", "\"tab\\x09here\""},
    {"\xe6\x9c\x88", "'\xe6\x9c\x88'", "\xe6\x9c\x88"},
    {";", "';'", "\";\""},
    {"\"x\"", "'\"x\"'", "\"\\\"x\\\"\""},
};

START_TEST(words_are_quoted_where_they_need_it)
{
    bp_buf out = {0};
    ck_assert(bp_quote_cron(&out, known[_i].word));
    ck_assert_str_eq(out.bytes, known[_i].cron);
    bp_buf_clear(&out);
    ck_assert(bp_quote_systemd(&out, known[_i].word, true));
    ck_assert_str_eq(out.bytes, known[_i].systemd);
    bp_buf_clear(&out);
}
END_TEST

/* Lines that people changed: words up to what only a shell can tell. */
static const struct {
    const char *line, *words; /* Joined by "|". */
    bool is_whole;
} edited[] = {
    {"/b render x.lua", "/b|render|x.lua|", true},
    {"/b render \"x y.lua\" 2>&1", "/b|render|x y.lua|2|", false},
    {"/b render x.lua # weekly", "/b|render|x.lua|", false},
    {"/b render $X", "/b|render|", false},
    {"/b render 'x", "/b|render|x|", false},
    {"/b 'a\\%b' \"c\\%d\" e\\%f", "/b|a%b|c%d|e%f|", true},
    {"cd /x && /b render", "cd|/x|", false},
    {"", "", true},
};

START_TEST(changed_lines_are_read_as_far_as_they_go)
{
    bp_buf words = {0};
    bool is_whole;
    ck_assert(bp_unquote_cron(edited[_i].line, strlen(edited[_i].line), &words, &is_whole));
    for (size_t i = 0; i < words.length; i++)
        if (words.bytes[i] == '\0')
            words.bytes[i] = '|';
    ck_assert_str_eq(words.bytes ? words.bytes : "", edited[_i].words);
    ck_assert_int_eq(is_whole, edited[_i].is_whole);
    bp_buf_clear(&words);
}
END_TEST

START_TEST(a_newline_is_refused)
{
    bp_buf out = {0};
    ck_assert(!bp_quote_cron(&out, "a\nb"));
    bp_buf_clear(&out);
}
END_TEST

START_TEST(refused_memory_is_told)
{
    for (long n = 1;; n++) {
        bp_buf out = {0};
        bool is_whole = false;
        bp_mem = (bp_mem_probe){.fail_at = n, .fail_on = true};
        bool ok =
            bp_quote_cron(&out, "it's 50 % of \\\\ a word that is longer than a first block") &&
            bp_quote_systemd(&out, " and once more, for systemd", true) &&
            bp_unquote_cron("a 'b c' \"d\"", 11, &out, &is_whole);
        long refused = bp_mem.refused;
        bp_buf_clear(&out);
        ck_assert_int_eq(bp_mem.live, 0);
        ck_assert_int_eq(ok, refused == 0);
        if (refused == 0)
            break;
    }
    bp_mem = (bp_mem_probe){0};
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("quote");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, ten_thousand_words_survive_cron_and_the_shell, 0, READERS);
    tcase_add_loop_test(tests, what_was_quoted_is_read_back, 0, 2);
    tcase_add_loop_test(tests, words_are_quoted_where_they_need_it, 0,
                        (int)(sizeof known / sizeof known[0]));
    tcase_add_loop_test(tests, changed_lines_are_read_as_far_as_they_go, 0,
                        (int)(sizeof edited / sizeof edited[0]));
    tcase_add_test(tests, a_newline_is_refused);
    tcase_add_test(tests, refused_memory_is_told);
    return run_suite("quote", tests);
}
