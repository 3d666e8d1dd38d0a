/* Editions: see edition.h. What is removed is decided here, how in edition_files.c. */
#include "job/edition_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/pattern_private.h"

static const char *value_of(const bp_edition *edition, const char *name)
{
    for (size_t i = 0; i < edition->value_count; i++)
        if (strcmp(edition->values[i].key, name) == 0)
            return bp_pattern_uses(edition->pattern, name) ? edition->values[i].value : NULL;
    return NULL;
}

/* The period and the day it is named by; `unit` is the kind that follows one another. */
static const char *find_order(const bp_edition *edition, bp_ledger_entry *entry)
{
    const char *unit = "-", *period = value_of(edition, "period"),
               *date = value_of(edition, "date");
    bp_span span;
    entry->first = entry->last = entry->date = BP_NO_DAY;
    if (date != NULL && strlen(date) >= 10 && bp_span_read(date, 10, &span)) {
        entry->date = span.first;
        unit = "day";
    }
    if (period != NULL && bp_span_read(period, strlen(period), &span)) {
        entry->first = span.first;
        entry->last = span.last;
        unit = bp_span_unit_name(span.unit);
    }
    return unit;
}

bool bp_edition_has_order(const bp_edition *edition)
{
    bp_ledger_entry entry;
    return strcmp(find_order(edition, &entry), "-") != 0;
}

/* Where the folders end that no value is part of. */
static const char *fixed_end(const char *pattern)
{
    const char *end = pattern;
    bp_piece piece;
    for (const char *at = pattern; bp_piece_next(pattern, &at, &piece, NULL);) {
        if (piece.kind == BP_PIECE_VALUE || piece.kind == BP_PIECE_END)
            break;
        if (piece.kind == BP_PIECE_SLASH)
            end = at;
    }
    return end;
}

/* "month/北京/...": the kind of period, and every value but those that the order is of. */
static bool find_group(const bp_edition *edition, const char *unit, bp_buf *group, bp_error *err)
{
    bp_pattern_value values[BP_PATTERN_VALUES_MOST];
    size_t count;
    bp_buf pattern = {0};
    bool ok = bp_pattern_read(edition->pattern, values, &count, err) &&
              (bp_buf_text(&pattern, unit) || bp_fail_memory(err));
    for (size_t i = 0; ok && i < count; i++) {
        const bp_pattern_value *value = &values[i];
        if (bp_pattern_is_named(value, "date") || bp_pattern_is_named(value, "period"))
            continue;
        size_t length = value->name_length + (value->format ? value->format_length + 1 : 0);
        ok = bp_buf_format(&pattern, "/{%.*s}", (int)length, value->name) || bp_fail_memory(err);
    }
    ok = ok && bp_pattern_expand(pattern.bytes, edition->values, edition->value_count, group, err);
    bp_buf_clear(&pattern);
    return ok;
}

bool bp_edition_find(const bp_edition *edition, bp_edition_place *place, bp_error *err)
{
    *place = (bp_edition_place){0};
    const char *rest = fixed_end(edition->pattern);
    size_t length = (size_t)(rest - edition->pattern);
    bp_buf fixed = {0}, name = {0};
    const bp_parameter listed[] = {{"editions", rest}};
    bool ok = bp_buf_add(&fixed, length != 0 ? edition->pattern : ".", length != 0 ? length : 1) ||
              bp_fail_memory(err);
    ok = ok && bp_pattern_expand(fixed.bytes, NULL, 0, &place->folder, err) &&
         bp_pattern_expand(rest, edition->values, edition->value_count, &place->path, err) &&
         find_group(edition, find_order(edition, &place->entry), &place->group, err) &&
         bp_pattern_expand(".{editions}.editions", listed, 1, &name, err);
    char *ledger = ok ? bp_path_join(place->folder.bytes, name.bytes, err) : NULL;
    ok = ledger != NULL && (bp_buf_text(&place->ledger, ledger) || bp_fail_memory(err));
    bp_free(ledger);
    bp_buf_clear(&name);
    bp_buf_clear(&fixed);
    place->entry.path = place->path.bytes;
    place->entry.group = place->group.bytes;
    if (!ok)
        bp_edition_place_clear(place);
    return ok;
}

void bp_edition_place_clear(bp_edition_place *place)
{
    bp_buf_clear(&place->folder);
    bp_buf_clear(&place->path);
    bp_buf_clear(&place->group);
    bp_buf_clear(&place->ledger);
}

static int order(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

int bp_edition_compare(const bp_ledger_entry *a, const bp_ledger_entry *b)
{
    int by = order(a->first, b->first);
    by = by != 0 ? by : order(a->date, b->date);
    return by != 0 ? by : strcmp(a->path, b->path);
}

bool bp_edition_is_future(const bp_ledger_entry *entry, int64_t today)
{
    return entry->first > today || entry->date > today;
}

/* What is at an entry's path, no link followed. */
static bool look(const char *folder, const bp_ledger_entry *entry, struct stat *status)
{
    *status = (struct stat){0};
    char *path = bp_path_join(folder, entry->path, NULL);
    int refused = path != NULL ? lstat(path, status) : 0;
    bool is_gone = refused != 0 && (errno == ENOENT || errno == ENOTDIR);
    bp_free(path);
    return !is_gone;
}

static bool has_bytes(const char *folder, const bp_ledger_entry *entry)
{
    char *path = bp_path_join(folder, entry->path, NULL);
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    bool is_made = fd >= 0 && bp_edition_is_made(fd, entry);
    if (fd >= 0)
        close(fd);
    bp_free(path);
    return is_made;
}

static int by_path(const void *a, const void *b)
{
    const bp_ledger_entry *one = a, *other = b;
    return strcmp(one->path, other->path);
}

/* Takes out entries of what is gone, or is something else by now as far as a look can tell. Where a
 * run was killed before it could give an edition its name, there are two entries: the bytes say
 * which counts. */
static void tidy(bp_ledger *ledger, const char *folder)
{
    bp_ledger_entry *entries = BP_LEDGER_ENTRIES(ledger);
    size_t count = BP_LEDGER_COUNT(ledger);
    if (count > 0)
        qsort(entries, count, sizeof *entries, by_path);
    bool is_twice = false; /* The one behind has the same path, or had it. */
    for (size_t i = count; i-- > 0;) {
        struct stat status;
        bool stays = look(folder, &entries[i], &status);
        if (stays && status.st_mode != 0)
            stays = S_ISREG(status.st_mode) && (uint64_t)status.st_size == entries[i].size;
        bool is_again = i > 0 && strcmp(entries[i].path, entries[i - 1].path) == 0;
        if (!stays || ((is_again || is_twice) && !has_bytes(folder, &entries[i])))
            bp_ledger_drop(ledger, i);
        is_twice = is_again;
    }
}

/* Enters the edition at hand, unless it is known. */
static bool enter(bp_ledger *ledger, bp_ledger_entry *own, const bp_edition_bytes *bytes,
                  bp_error *err)
{
    own->size = bytes->size;
    bp_edition_put_digits(bytes->sha256, own->sha256);
    for (size_t i = 0; i < BP_LEDGER_COUNT(ledger); i++) {
        const bp_ledger_entry *entry = &BP_LEDGER_ENTRIES(ledger)[i];
        if (strcmp(entry->path, own->path) == 0 && strcmp(entry->sha256, own->sha256) == 0)
            return true;
    }
    return bp_ledger_add(ledger, own, err);
}

bool bp_edition_enter(const bp_edition *edition, const bp_edition_bytes *bytes, bool begins,
                      bp_error *err)
{
    bp_edition_place place;
    bp_ledger ledger;
    bp_error problem = {0};
    if (!bp_edition_find(edition, &place, err))
        return false;
    bool ok = bp_ledger_open(&ledger, place.ledger.bytes, begins, &problem);
    bool is_wanted = ok && ledger.fd >= 0;
    if (!ok && problem.code != BP_ERR_INPUT)
        (void)bp_fail(err, problem.code, problem.place, "%s", problem.text);
    ok = ok || problem.code == BP_ERR_INPUT;
    if (is_wanted) {
        tidy(&ledger, place.folder.bytes);
        ok = enter(&ledger, &place.entry, bytes, err) && bp_ledger_save(&ledger, err);
    }
    bp_ledger_close(&ledger);
    bp_edition_place_clear(&place);
    return ok;
}

/* The newest of those that follow one another, `own` among them. */
static const bp_ledger_entry *find_newest(const bp_ledger *ledger, const bp_ledger_entry *own,
                                          int64_t today)
{
    const bp_ledger_entry *newest = own;
    for (size_t i = 0; i < BP_LEDGER_COUNT(ledger); i++) {
        const bp_ledger_entry *entry = &BP_LEDGER_ENTRIES(ledger)[i];
        if (strcmp(entry->group, own->group) != 0 || bp_edition_is_future(entry, today))
            continue;
        if (bp_edition_is_future(newest, today) || bp_edition_compare(entry, newest) > 0)
            newest = entry;
    }
    return newest;
}

/* The path of the link: beside the editions where it is a bare name. Yours to free. */
static char *find_link(const bp_edition *edition, const bp_edition_place *place, const char *latest,
                       bp_error *err)
{
    bp_buf name = {0};
    bool ok = bp_pattern_is(latest)
                  ? bp_pattern_expand(latest, edition->values, edition->value_count, &name, err)
                  : bp_buf_text(&name, latest) || bp_fail_memory(err);
    const char *folder = ok && strchr(name.bytes, '/') == NULL ? place->folder.bytes : "";
    char *link = ok ? bp_path_join(folder, name.bytes, err) : NULL;
    bp_buf_clear(&name);
    return link;
}

static bool link_newest(const bp_edition *edition, const bp_edition_place *place,
                        const bp_ledger *ledger, const char *link, bp_error *err)
{
    const bp_ledger_entry *newest = find_newest(ledger, &place->entry, edition->today);
    char *target = bp_path_join(place->folder.bytes, newest->path, err);
    bool ok =
        target != NULL && bp_pattern_make_folders(link, err) && bp_edition_link(link, target, err);
    bp_free(target);
    return ok;
}

static bool is_linked(const char *link, const char *folder, const bp_ledger_entry *entry)
{
    char *path = link != NULL ? bp_path_join(folder, entry->path, NULL) : NULL;
    struct stat one, other;
    bool is_same = path != NULL && stat(link, &one) == 0 && stat(path, &other) == 0 &&
                   one.st_dev == other.st_dev && one.st_ino == other.st_ino;
    bp_free(path);
    return is_same;
}

static bool note(bp_buf *list, const char *folder, const char *path)
{
    bool is_here = strcmp(folder, ".") == 0;
    char *whole = bp_path_join(is_here ? "" : folder, path, NULL);
    bool ok = whole != NULL && bp_buf_add(list, whole, strlen(whole) + 1);
    bp_free(whole);
    return ok;
}

static int by_age(const void *a, const void *b)
{
    return bp_edition_compare(a, b);
}

static bool follows(const bp_ledger_entry *entry, const bp_ledger_entry *own, int64_t today)
{
    return strcmp(entry->group, own->group) == 0 && !bp_edition_is_future(entry, today);
}

/* How many there are, the edition at hand among them even where it was made before there was a
 * ledger. */
static size_t count_editions(const bp_ledger *ledger, const bp_ledger_entry *own, int64_t today,
                             bool *has_own)
{
    size_t count = 0;
    *has_own = false;
    for (size_t i = 0; i < BP_LEDGER_COUNT(ledger); i++) {
        const bp_ledger_entry *entry = &BP_LEDGER_ENTRIES(ledger)[i];
        *has_own = *has_own || strcmp(entry->path, own->path) == 0;
        count += follows(entry, own, today) ? 1 : 0;
    }
    return count + (!*has_own && !bp_edition_is_future(own, today) ? 1 : 0);
}

/* Removes what is older than the newest `keep` of those that follow one another, but for what has
 * to stay. One that cannot be removed does not save the next. */
static bool prune(const bp_edition *edition, const bp_edition_place *place, bp_ledger *ledger,
                  const bp_edition_rules *rules, const char *link, bp_edition_outcome *outcome,
                  bp_error *err)
{
    bool ok = true, has_own;
    const char *folder = place->folder.bytes;
    const bp_ledger_entry *own = &place->entry;
    if (BP_LEDGER_COUNT(ledger) > 0)
        qsort(ledger->entries.bytes, BP_LEDGER_COUNT(ledger), sizeof(bp_ledger_entry), by_age);
    outcome->count = count_editions(ledger, own, edition->today, &has_own);
    size_t older =
        rules->keep != 0 && outcome->count > rules->keep ? outcome->count - rules->keep : 0;
    for (size_t i = 0; older > 0 && i < BP_LEDGER_COUNT(ledger);) {
        const bp_ledger_entry *entry = &BP_LEDGER_ENTRIES(ledger)[i];
        if (!follows(entry, own, edition->today)) {
            i++;
            continue;
        }
        if (!has_own && bp_edition_compare(own, entry) < 0) {
            has_own = true;
            older--;
            continue;
        }
        older--;
        if (strcmp(entry->path, own->path) == 0 || is_linked(link, folder, entry)) {
            i++;
            continue;
        }
        bp_removal done = bp_edition_remove(folder, entry, err);
        if (done == BP_REMOVAL_FAILED || done == BP_REMOVAL_BUSY) {
            ok = ok && done == BP_REMOVAL_BUSY;
            i++;
            continue;
        }
        bool is_removed = done == BP_REMOVAL_DONE;
        (void)note(is_removed ? &outcome->removed : &outcome->changed, folder, entry->path);
        bp_ledger_drop(ledger, i);
        outcome->count--;
    }
    return ok;
}

bool bp_edition_settle(const bp_edition *edition, const bp_edition_rules *rules,
                       bp_edition_outcome *outcome, bp_error *err)
{
    bp_edition_place place;
    bp_ledger ledger;
    char *link = NULL;
    *outcome = (bp_edition_outcome){0};
    if (!bp_edition_find(edition, &place, err))
        return false;
    bool ok =
        bp_ledger_open(&ledger, place.ledger.bytes, true, err) &&
        (rules->latest == NULL || (link = find_link(edition, &place, rules->latest, err)) != NULL);
    if (ok) {
        tidy(&ledger, place.folder.bytes);
        /* Another run may have taken the entry out before the file was there. */
        if (rules->made != NULL)
            ok = enter(&ledger, &place.entry, rules->made, err);
        ok = ok && (link == NULL || link_newest(edition, &place, &ledger, link, err));
        ok = prune(edition, &place, &ledger, rules, link, outcome, err) && ok;
        ok = bp_ledger_save(&ledger, err) && ok;
    }
    bp_free(link);
    bp_ledger_close(&ledger);
    bp_edition_place_clear(&place);
    return ok;
}
