/* The words of a hook's command: see hook_private.h. The rules are those of a shell for quotes and
 * backslashes, and no others: no variables, no patterns, no pipes. */
#include "job/hook_private.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

void bp_words_clear(bp_buf *words)
{
    for (size_t i = 0; i < BP_BUF_COUNT(words, char *); i++)
        bp_free(BP_BUF_ITEMS(words, char *)[i]);
    bp_buf_clear(words);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Reads the quoted part that begins at `*at`. False where it has no end. */
static bool read_quoted(const char **at, bp_buf *word, bool *ok)
{
    char quote = *(*at)++;
    while (**at != '\0' && **at != quote) {
        if (quote == '"' && **at == '\\' && ((*at)[1] == '"' || (*at)[1] == '\\'))
            ++*at;
        *ok = *ok && bp_buf_char(word, *(*at)++);
    }
    if (**at == '\0')
        return false;
    ++*at;
    return true;
}

/* What only a shell would obey: |, ||, &&, ;, >, 2>&1 and the like, bare. */
static bool is_shell_sign(const char *word)
{
    size_t digits = strspn(word, "0123456789");
    size_t signs = strspn(word + digits, "|&;<>");
    const char *rest = word + digits + signs;
    return signs != 0 && rest[strspn(rest, "0123456789-")] == '\0';
}

static bool fail_words(bp_hook_event event, const char *what, const char *command, bp_error *err)
{
    return bp_fail(err, BP_ERR_USAGE, NULL, "--%s: %s in \"%s\"", bp_hook_event_name(event), what,
                   command);
}

bool bp_words_split(bp_hook_event event, const char *command, bp_buf *words, bp_error *err)
{
    for (const char *at = command;;) {
        while (is_space(*at))
            at++;
        if (*at == '\0')
            break;
        bp_buf word = {0};
        bool ok = bp_buf_text(&word, ""), is_bare = true, is_closed = true;
        while (ok && is_closed && *at != '\0' && !is_space(*at)) {
            if (*at == '\'' || *at == '"') {
                is_bare = false;
                is_closed = read_quoted(&at, &word, &ok);
                continue;
            }
            if (*at == '\\' && at[1] != '\0') {
                is_bare = false;
                at++;
            }
            ok = bp_buf_char(&word, *at++);
        }
        char *text = ok ? bp_buf_take(&word) : NULL;
        bp_buf_clear(&word);
        if (text == NULL || !bp_buf_add(words, &text, sizeof text)) {
            bp_free(text);
            return bp_fail_memory(err);
        }
        if (!is_closed)
            return fail_words(event, "a quote is not closed", command, err);
        if (is_bare && is_shell_sign(text))
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "--%s: \"%s\" means nothing here, for there is no shell; put it in "
                           "quotes, or the whole into sh -c '...'",
                           bp_hook_event_name(event), text);
    }
    if (words->length == 0)
        return fail_words(event, "there is no command", command, err);
    return true;
}

/* The length of the name in a placeholder that begins at `text`, "{name}"; 0 where it is none. */
static size_t placeholder(const char *text)
{
    if (text[0] != '{' || text[1] < 'a' || text[1] > 'z')
        return 0;
    size_t length = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return text[1 + length] == '}' ? length : 0;
}

static const bp_hook_value *find_value(const bp_hook_value *values, size_t count, const char *name,
                                       size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(values[i].name) == length && memcmp(values[i].name, name, length) == 0)
            return &values[i];
    return NULL;
}

static bool fail_unknown(bp_hook_event event, const char *name, size_t length,
                         const bp_hook_value *values, size_t count, bp_error *err)
{
    char wanted[64];
    const char *near = NULL;
    size_t best = 3;
    (void)snprintf(wanted, sizeof wanted, "%.*s", (int)length, name);
    for (size_t i = 0; i < count; i++) {
        size_t distance = bp_text_distance(wanted, values[i].name, 2);
        if (distance < best) {
            best = distance;
            near = values[i].name;
        }
    }
    if (near != NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--%s: {%s} is nothing that is known of a run; did you mean {%s}?",
                       bp_hook_event_name(event), wanted, near);
    return bp_fail(err, BP_ERR_USAGE, NULL, "--%s: {%s} is nothing that is known of a run",
                   bp_hook_event_name(event), wanted);
}

bool bp_word_fill(bp_hook_event event, const char *word, const bp_hook_value *values, size_t count,
                  bp_buf *out, bp_error *err)
{
    bool ok = bp_buf_text(out, "");
    for (const char *at = word; ok && *at != '\0';) {
        size_t length = placeholder(at);
        if (at[0] == '{' && at[1] == '{') {
            ok = bp_buf_char(out, '{');
            at += 2;
        } else if (length == 0) {
            ok = bp_buf_char(out, *at++);
        } else {
            const bp_hook_value *value = find_value(values, count, at + 1, length);
            if (value == NULL)
                return fail_unknown(event, at + 1, length, values, count, err);
            ok = bp_buf_text(out, value->value);
            at += length + 2;
        }
    }
    return ok || bp_fail_memory(err);
}

bool bp_word_has_placeholder(const char *word)
{
    for (const char *at = word; *at != '\0'; at++) {
        if (at[0] == '{' && at[1] == '{')
            at++;
        else if (placeholder(at) != 0)
            return true;
    }
    return false;
}

/* The word that a shell would read as commands, NULL where none is: "sh -c TEXT". */
static const char *script_of(const bp_buf *words)
{
    static const char *const shells[] = {"sh", "bash", "dash", "ksh", "zsh", "ash", "busybox"};
    char *const *word = BP_BUF_ITEMS(words, char *);
    size_t count = BP_BUF_COUNT(words, char *);
    bool is_shell = false;
    for (size_t i = 0; i + 1 < count; i++) {
        const char *name = bp_path_name(word[i]);
        for (size_t j = 0; j < sizeof shells / sizeof shells[0]; j++)
            is_shell = is_shell || strcmp(name, shells[j]) == 0;
        if (is_shell && word[i][0] == '-' && word[i][1] != '-' && strchr(word[i], 'c') != NULL)
            return word[i + 1];
    }
    return NULL;
}

bool bp_hook_check(bp_hook_event event, const char *command, const bp_hook_value *values,
                   size_t count, bp_error *err)
{
    bp_buf words = {0}, filled = {0};
    bool ok = bp_words_split(event, command, &words, err);
    for (size_t i = 0; ok && i < BP_BUF_COUNT(&words, char *); i++) {
        filled.length = 0;
        ok = bp_word_fill(event, BP_BUF_ITEMS(&words, char *)[i], values, count, &filled, err);
    }
    const char *script = ok ? script_of(&words) : NULL;
    if (script != NULL && bp_word_has_placeholder(script))
        ok = bp_fail(err, BP_ERR_USAGE, NULL,
                     "--%s: what is filled into the text of a shell could become a command; "
                     "use its variables there, as \"$BRIEFPRESS_MESSAGE\"",
                     bp_hook_event_name(event));
    bp_buf_clear(&filled);
    bp_words_clear(&words);
    return ok;
}
