/* Quoting: see quote.h. */
#include "job/quote.h"

#include <string.h>

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("_./:,@+-=", c) != NULL);
}

/* Bytes without "%" and "'", in quotes where one of them needs it. Two backslashes never stand side
 * by side: Debian's cron makes one of them. */
static bool put_part(bp_buf *out, const char *part, size_t length)
{
    size_t plain = 0;
    while (plain < length && is_plain(part[plain]))
        plain++;
    if (plain == length)
        return bp_buf_add(out, part, length);
    if (!bp_buf_char(out, '\''))
        return false;
    for (size_t i = 0; i < length; i++)
        if ((i > 0 && part[i] == '\\' && part[i - 1] == '\\' && !bp_buf_text(out, "''")) ||
            !bp_buf_char(out, part[i]))
            return false;
    return bp_buf_char(out, '\'');
}

bool bp_quote_cron(bp_buf *out, const char *word)
{
    if (strchr(word, '\n') != NULL)
        return false;
    if (word[0] == '\0')
        return bp_buf_text(out, "''");
    while (*word != '\0') {
        size_t length = strcspn(word, "%'");
        if (length > 0 && !put_part(out, word, length))
            return false;
        word += length;
        if (*word != '\0' && (!bp_buf_char(out, '\\') || !bp_buf_char(out, *word++)))
            return false;
    }
    return true;
}

bool bp_quote_systemd(bp_buf *out, const char *word, bool is_command)
{
    bool needs_quotes = word[0] == '\0';
    for (const char *at = word; *at != '\0'; at++)
        needs_quotes =
            needs_quotes || (!is_plain(*at) && *at != '%' && *at != '$' && (*at & 0x80) == 0);
    bool ok = !needs_quotes || bp_buf_char(out, '"');
    for (; ok && *word != '\0'; word++) {
        unsigned char c = (unsigned char)*word;
        if (c < ' ' || c == 0x7f)
            ok = bp_buf_format(out, "\\x%02x", c);
        else if (c == '%' || (c == '$' && is_command))
            ok = bp_buf_format(out, "%c%c", c, c);
        else
            ok = ((c != '"' && c != '\\') || bp_buf_char(out, '\\')) && bp_buf_char(out, (char)c);
    }
    return ok && (!needs_quotes || bp_buf_char(out, '"'));
}

/* What a reader of words stands in. */
typedef struct {
    const char *at, *end;
    bp_buf *words;
    bool is_whole;
} reader;

static bool put(reader *from, char c)
{
    return bp_buf_char(from->words, c);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The inside of '...'; cron takes "\%" for "%" here, too. */
static bool read_single(reader *from)
{
    for (from->at++; from->at < from->end && *from->at != '\''; from->at++) {
        if (*from->at == '\\' && from->at + 1 < from->end && from->at[1] == '%')
            from->at++;
        if (!put(from, *from->at))
            return false;
    }
    from->is_whole = from->is_whole && from->at < from->end;
    from->at += from->at < from->end;
    return true;
}

/* The inside of "...", as long as nothing in it is filled in. */
static bool read_double(reader *from)
{
    for (from->at++; from->at < from->end && *from->at != '"'; from->at++) {
        if (*from->at == '$' || *from->at == '`') {
            from->is_whole = false;
            from->end = from->at;
            return true;
        }
        if (*from->at == '\\' && from->at + 1 < from->end && strchr("$`\"\\%", from->at[1]) != NULL)
            from->at++;
        if (!put(from, *from->at))
            return false;
    }
    from->is_whole = from->is_whole && from->at < from->end;
    from->at += from->at < from->end;
    return true;
}

/* One word of a shell; nothing is left behind a sign that means more. */
static bool read_word(reader *from)
{
    while (from->at < from->end && !is_blank(*from->at)) {
        char c = *from->at;
        bool ok = true;
        if (c == '\'') {
            ok = read_single(from);
        } else if (c == '"') {
            ok = read_double(from);
        } else if (c == '\\' && from->at + 1 < from->end) {
            ok = put(from, from->at[1]);
            from->at += 2;
        } else if (strchr("|&;<>()$`*?[{}~!#%\\", c) != NULL) {
            from->is_whole = false;
            from->end = from->at;
        } else {
            ok = put(from, c);
            from->at++;
        }
        if (!ok)
            return false;
    }
    return true;
}

bool bp_unquote_cron(const char *text, size_t length, bp_buf *words, bool *is_whole)
{
    reader from = {.at = text, .end = text + length, .words = words, .is_whole = true};
    for (;;) {
        while (from.at < from.end && is_blank(*from.at))
            from.at++;
        if (from.at >= from.end)
            break;
        size_t start = words->length;
        const char *began = from.at;
        if (!read_word(&from))
            return false;
        bool is_cut = !from.is_whole && from.at == began;
        if (words->length == start && is_cut)
            break; /* The sign stands where a word would begin. */
        if (!bp_buf_char(words, '\0'))
            return false;
    }
    *is_whole = from.is_whole;
    return true;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool bp_unquote_systemd(const char *text, size_t length, bp_buf *words, bool *is_whole)
{
    const char *end = text + length;
    bool in_word = false, in_quotes = false;
    *is_whole = true;
    for (const char *at = text; at < end; at++) {
        char c = *at;
        if (!in_quotes && is_blank(c)) {
            if (in_word && !bp_buf_char(words, '\0'))
                return false;
            in_word = false;
            continue;
        }
        in_word = true;
        if (c == '"') {
            in_quotes = !in_quotes;
            continue;
        }
        if (c == '\\' && end - at > 3 && at[1] == 'x' && hex(at[2]) >= 0 && hex(at[3]) >= 0) {
            c = (char)(hex(at[2]) * 16 + hex(at[3]));
            at += 3;
        } else if ((c == '\\' || c == '%' || c == '$') && at + 1 < end) {
            *is_whole = *is_whole && (c == '\\' || at[1] == c);
            c = *++at;
        }
        if (!bp_buf_char(words, c))
            return false;
    }
    *is_whole = *is_whole && !in_quotes;
    return !in_word || bp_buf_char(words, '\0');
}
