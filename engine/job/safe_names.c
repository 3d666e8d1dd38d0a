/* Harmless names: see safe_names.h. */
#include "job/safe_names.h"

#include <stdint.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

#define PART_MOST                                                                                  \
    200 /* Bytes of a part; file systems allow 255, and temporary names are longer.                \
         */
#define ENDING_MOST 16
#define PARTS_MOST 8

typedef struct {
    char *folded; /* The path in small letters, owned. */
    size_t next;  /* The next number to follow it. */
    bool is_folder;
} entry;

/* Characters that a terminal obeys, that cannot be seen, or that another system forbids. */
static bool is_unfit(uint32_t c)
{
    return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           c == 0xfffd || c >= 0xe0000 || (c < 0x80 && strchr("<>:\"|?*", (int)c) != NULL);
}

/* CON, NUL, COM1 ... are devices elsewhere, whatever follows the first point. */
static bool is_device(const char *part)
{
    static const char *const devices[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    char head[4] = "";
    for (size_t i = 0; i < 3 && part[i] != '\0'; i++)
        head[i] = part[i] >= 'A' && part[i] <= 'Z' ? (char)(part[i] | 0x20) : part[i];
    for (size_t i = 0; i < 6; i++)
        if (strcmp(head, devices[i]) == 0) {
            size_t length = i < 4 ? 3 : part[3] >= '0' && part[3] <= '9' ? 4 : 0;
            return length != 0 && (part[length] == '\0' || part[length] == '.');
        }
    return false;
}

/* Where the ending of a name begins, its point included; its end where it has none. */
static size_t ending_of(const char *part, size_t length)
{
    for (size_t at = length; at > 1; at--)
        if (part[at - 1] == '.')
            return length - at < ENDING_MOST ? at - 1 : length;
    return length;
}

/* Adds a part, made harmless; nothing where there is nothing to it. */
static bool add_part(bp_buf *path, const char *text, size_t length)
{
    bp_buf part = {0};
    bool ok = bp_buf_text(&part, "");
    while (length > 0 && *text == ' ')
        text++, length--;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '.'))
        length--;
    for (size_t at = 0; ok && at < length;) {
        size_t from = at;
        uint32_t c = bp_utf8_next(text, length, &at);
        bool is_first = part.length == 0;
        if (is_unfit(c) || c == BP_UTF8_BAD || (is_first && (c == '.' || c == '-' || c == '~')))
            ok = bp_buf_char(&part, '_');
        else
            ok = bp_buf_add(&part, text + from, at - from);
    }
    if (ok && is_device(part.bytes))
        ok = bp_buf_char(path, '_');
    if (ok && part.length > PART_MOST) { /* The middle goes, the ending stays. */
        size_t ending = ending_of(part.bytes, part.length), rest = part.length - ending;
        size_t kept = bp_utf8_floor(part.bytes, ending, PART_MOST - rest);
        memmove(part.bytes + kept, part.bytes + ending, rest);
        part.length = kept + rest;
    }
    ok = ok && bp_buf_add(path, part.bytes, part.length);
    bp_buf_clear(&part);
    return ok;
}

/* The harmless path of a name, not yet held against others. Of many folders the last count. */
static bool clean(const char *name, bp_buf *path)
{
    struct {
        const char *text;
        size_t length;
    } parts[PARTS_MOST];
    size_t count = 0;
    for (const char *at = name; *at != '\0';) {
        size_t length = strcspn(at, "/\\");
        size_t blank = strspn(at, ". ");
        if (blank < length) {
            if (count == PARTS_MOST)
                memmove(parts, parts + 1, --count * sizeof *parts);
            parts[count].text = at;
            parts[count++].length = length;
        }
        at += length + (at[length] != '\0');
    }
    bool ok = bp_buf_text(path, "");
    for (size_t i = 0; ok && i < count; i++)
        ok = (i == 0 || bp_buf_char(path, '/')) && add_part(path, parts[i].text, parts[i].length);
    if (ok && count == 0)
        ok = bp_buf_text(path, "attachment");
    return ok;
}

/* The entry of a path, or where it would stand. */
static uint32_t *find(const bp_safe_names *names, const char *folded)
{
    size_t room = BP_BUF_COUNT(&names->slots, uint32_t);
    uint32_t *slots = BP_BUF_ITEMS(&names->slots, uint32_t);
    size_t at = (size_t)bp_hash_quick(folded, strlen(folded)) & (room - 1);
    while (slots[at] != 0 &&
           strcmp(BP_BUF_ITEMS(&names->entries, entry)[slots[at] - 1].folded, folded) != 0)
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static entry *known(const bp_safe_names *names, const char *folded)
{
    uint32_t *slot = names->slots.length != 0 ? find(names, folded) : NULL;
    return slot != NULL && *slot != 0 ? &BP_BUF_ITEMS(&names->entries, entry)[*slot - 1] : NULL;
}

static bool remember(bp_safe_names *names, const char *folded, bool is_folder)
{
    size_t count = BP_BUF_COUNT(&names->entries, entry);
    size_t room = BP_BUF_COUNT(&names->slots, uint32_t);
    if ((count + 1) * 2 > room) {
        bp_buf larger = {0};
        size_t size = (room ? room * 2 : 64) * sizeof(uint32_t);
        if (!bp_buf_reserve(&larger, size))
            return false;
        memset(larger.bytes, 0, size);
        larger.length = size;
        bp_buf_clear(&names->slots);
        names->slots = larger;
        for (size_t i = 0; i < count; i++)
            *find(names, BP_BUF_ITEMS(&names->entries, entry)[i].folded) = (uint32_t)(i + 1);
    }
    entry made = {.folded = bp_copy_text(folded), .next = 2, .is_folder = is_folder};
    if (made.folded == NULL || !bp_buf_add(&names->entries, &made, sizeof made)) {
        bp_free(made.folded);
        return false;
    }
    *find(names, folded) = (uint32_t)(count + 1);
    return true;
}

/* Small letters of the ASCII ones; NULL: memory. */
static char *fold(const char *path, size_t length)
{
    char *folded = bp_copy_bytes(path, length);
    for (char *c = folded; c != NULL && *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c | 0x20) : *c;
    return folded;
}

/* Numbers the part that ends at `*end` until it is free, for a file, or no file's, for a folder. */
static bool settle(bp_safe_names *names, bp_buf *path, size_t start, size_t *end, bool is_folder)
{
    bp_buf tried = {0};
    bool ok = bp_buf_add(&tried, path->bytes, *end);
    size_t ending = is_folder ? *end : start + ending_of(path->bytes + start, *end - start);
    for (entry *taken = NULL; ok;) {
        char *folded = fold(tried.bytes, tried.length);
        entry *there = folded != NULL ? known(names, folded) : NULL;
        if (folded == NULL || there == NULL || (is_folder && there->is_folder)) {
            ok = folded != NULL && (there != NULL || remember(names, folded, is_folder));
            bp_free(folded);
            break;
        }
        bp_free(folded);
        taken = taken != NULL ? taken : there;
        tried.length = 0;
        ok = bp_buf_add(&tried, path->bytes, ending) &&
             bp_buf_format(&tried, "-%zu", taken->next++) &&
             bp_buf_add(&tried, path->bytes + ending, *end - ending);
    }
    if (ok && tried.length != *end) {
        size_t reached = tried.length;
        ok = bp_buf_text(&tried, path->bytes + *end);
        if (ok) {
            bp_buf_clear(path);
            *path = tried;
            tried = (bp_buf){0};
            *end = reached;
        }
    }
    bp_buf_clear(&tried);
    return ok;
}

char *bp_safe_name(bp_safe_names *names, const char *name, bp_error *err)
{
    bp_buf path = {0};
    bool ok = clean(name, &path);
    for (size_t start = 0; ok;) {
        size_t end = start + strcspn(path.bytes + start, "/");
        bool is_folder = path.bytes[end] == '/';
        ok = settle(names, &path, start, &end, is_folder);
        if (!is_folder)
            break;
        start = end + 1;
    }
    if (ok)
        return bp_buf_take(&path);
    bp_buf_clear(&path);
    bp_fail_memory(err);
    return NULL;
}

void bp_safe_names_clear(bp_safe_names *names)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&names->entries, entry); i++)
        bp_free(BP_BUF_ITEMS(&names->entries, entry)[i].folded);
    bp_buf_clear(&names->entries);
    bp_buf_clear(&names->slots);
}
