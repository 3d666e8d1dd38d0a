/* Our lines in a crontab: see crontab_text.h. */
#include "job/crontab_text.h"

#include "job/cron.h"
#include "job/quote.h"

#define MARK "# briefpress: "
#define JOINED " (the line above had no end)"

static bool is_of_name(char c, bool is_first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (!is_first && (c == '-' || c == '.'));
}

static size_t name_length(const char *text, size_t most)
{
    size_t length = 0;
    while (length < most && is_of_name(text[length], length == 0))
        length++;
    return length <= BP_SCHEDULE_NAME_MOST ? length : 0;
}

bool bp_schedule_name_fits(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && name_length(name, length) == length;
}

/* The length of the line at `text`, without its newline. */
static size_t line_length(const char *text, size_t most)
{
    const char *end = most > 0 ? memchr(text, '\n', most) : NULL;
    return end ? (size_t)(end - text) : most;
}

static bool is_mark(const char *line, size_t length, bp_crontab_entry *entry)
{
    size_t head = sizeof MARK - 1, tail = sizeof JOINED - 1;
    if (length <= head || memcmp(line, MARK, head) != 0)
        return false;
    entry->name = line + head;
    entry->name_length = name_length(entry->name, length - head);
    size_t left = length - head - entry->name_length;
    entry->is_joined = left == tail && memcmp(line + length - tail, JOINED, tail) == 0;
    return entry->name_length > 0 && (left == 0 || entry->is_joined);
}

/* Whether the line runs a command of ours, or did before it was made a comment. */
static bool is_ours(const char *line, size_t length, bp_crontab_entry *entry)
{
    size_t at = 0;
    while (at < length && (line[at] == '#' || line[at] == ' ' || line[at] == '\t'))
        at++;
    bool is_off = memchr(line, '#', at) != NULL;
    size_t fields = bp_cron_fields(line + at, length - at);
    bp_buf words = {0};
    bool is_whole, fits = false;
    at += fields;
    if (fields > 0 && !bp_unquote_cron(line + at, length - at, &words, &is_whole)) {
        entry->is_refused = true;
    } else if (fields > 0) {
        size_t program = words.length > 0 ? strlen(words.bytes) + 1 : 0;
        const char *command = program < words.length ? words.bytes + program : "";
        fits = strcmp(command, "render") == 0 || strcmp(command, "batch") == 0;
    }
    entry->is_off = fits && is_off;
    bp_buf_clear(&words);
    return fits;
}

bool bp_crontab_next(const char *text, size_t length, size_t *at, bp_crontab_entry *entry)
{
    while (*at < length) {
        size_t start = *at, mark = line_length(text + start, length - start);
        size_t end = start + mark + (start + mark < length ? 1 : 0);
        *entry = (bp_crontab_entry){.start = start};
        *at = end;
        if (!is_mark(text + start, mark, entry))
            continue;
        size_t line = end < length ? line_length(text + end, length - end) : 0;
        if (line > 0 && is_ours(text + end, line, entry)) {
            entry->line = text + end;
            entry->line_length = line;
            end += line + (end + line < length ? 1 : 0);
        }
        entry->end = end;
        *at = end;
        return true;
    }
    return false;
}

static bool has_name(const bp_crontab_entry *entry, const char *name)
{
    return strlen(name) == entry->name_length && memcmp(name, entry->name, entry->name_length) == 0;
}

static bool put_entry(bp_buf *out, const char *name, size_t name_bytes, bool is_joined,
                      const char *line)
{
    return bp_buf_text(out, MARK) && bp_buf_add(out, name, name_bytes) &&
           bp_buf_text(out, is_joined ? JOINED "\n" : "\n") && bp_buf_text(out, line) &&
           bp_buf_char(out, '\n');
}

bool bp_crontab_put(const char *text, size_t length, const char *name, const char *line,
                    bp_buf *out)
{
    bp_crontab_entry entry;
    size_t at = 0, from = 0;
    bool is_put = false, ok = true;
    text = length > 0 ? text : "";
    while (ok && bp_crontab_next(text, length, &at, &entry)) {
        ok = !entry.is_refused;
        if (!ok || !has_name(&entry, name))
            continue;
        ok = bp_buf_add(out, text + from, entry.start - from);
        if (ok && !is_put)
            ok = put_entry(out, name, strlen(name), entry.is_joined, line);
        is_put = true;
        from = entry.end;
    }
    ok = ok && bp_buf_add(out, text + from, length - from);
    if (is_put)
        return ok;
    bool is_joined = length > 0 && text[length - 1] != '\n';
    return ok && (!is_joined || bp_buf_char(out, '\n')) &&
           put_entry(out, name, strlen(name), is_joined, line);
}

/* Takes one schedule out. The newline that we gave to the line above goes, too; where another of
 * ours follows, it takes the note of that over. */
static bool remove_one(const bp_buf *text, const bp_crontab_entry *entry, bp_buf *out)
{
    size_t keep = entry->start;
    bp_crontab_entry next;
    size_t at = entry->end;
    bool is_followed =
        bp_crontab_next(text->bytes, text->length, &at, &next) && next.start == entry->end;
    if (entry->is_joined && entry->end == text->length && keep > 0)
        keep--;
    if (!bp_buf_add(out, text->bytes, keep))
        return false;
    at = entry->end;
    if (entry->is_joined && is_followed && !next.is_joined) {
        size_t mark = line_length(text->bytes + at, text->length - at);
        if (!bp_buf_add(out, text->bytes + at, mark) || !bp_buf_text(out, JOINED))
            return false;
        at += mark;
    }
    return bp_buf_add(out, text->bytes + at, text->length - at);
}

bool bp_crontab_remove(const char *text, size_t length, const char *name, bp_buf *out,
                       size_t *removed)
{
    bp_buf left = {0};
    bool ok = bp_buf_add(&left, length > 0 ? text : "", length);
    *removed = 0;
    for (bool is_there = true; ok && is_there;) {
        bp_crontab_entry entry;
        size_t at = 0;
        do {
            is_there = bp_crontab_next(left.bytes, left.length, &at, &entry);
            ok = ok && !(is_there && entry.is_refused);
        } while (is_there && !has_name(&entry, name));
        if (!is_there || !ok)
            break;
        bp_buf less = {0};
        ok = remove_one(&left, &entry, &less);
        bp_buf_clear(&left);
        left = less;
        ++*removed;
    }
    ok = ok && bp_buf_add(out, left.bytes, left.length);
    bp_buf_clear(&left);
    return ok;
}

size_t bp_crontab_header(const char *text, size_t length)
{
    static const char *const heads[] = {"# DO NOT EDIT THIS FILE - edit the master and reinstall.",
                                        "# (", "# (Cron version "};
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        if (at >= length)
            return 0;
        size_t line = line_length(text + at, length - at), head = strlen(heads[i]);
        if (at + line >= length || line < head || memcmp(text + at, heads[i], head) != 0)
            return 0;
        if (i == 1 && memmem(text + at, line, " installed on ", 14) == NULL)
            return 0;
        at += line + 1;
    }
    return at;
}
