/* Collation is ICU's (UCA with CLDR's tailorings). The letters of an index are CLDR's index
 * characters: a text stands under the last one that does not sort behind it at primary strength.
 * Han characters have no such letters in Chinese; CLDR marks where their groups begin by
 * contractions of U+FDD0 with a letter (pinyin) or a number of strokes. */
#include "text/collate.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ulocdata.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

enum { LABELS_MOST = 400, LABEL_UNITS = 6, UNITS_MOST = 4096, STROKES_MOST = 48 };

typedef struct {
    UChar units[LABEL_UNITS];
    int32_t count;
} label;

typedef struct {
    UCollator *rules;
    label labels[LABELS_MOST]; /* In order. */
    int label_count;
    bool is_chinese, counts_strokes;
    UChar units[UNITS_MOST]; /* The text at work, cut where it is longer. */
    int32_t unit_count;
} collation;

typedef struct {
    size_t at;       /* Of the key in the list of keys, which moves as it grows. */
    const char *key; /* Ends with a zero, and has none before. */
    bp_collated *of;
} entry;

static bool icu_fail(bp_error *err, UErrorCode status)
{
    return status == U_MEMORY_ALLOCATION_ERROR
               ? bp_fail_memory(err)
               : bp_fail(err, BP_ERR_INTERNAL, NULL, "collation: %s", u_errorName(status));
}

static int compare(const collation *with, const label *a, const UChar *units, int32_t count)
{
    return (int)ucol_strcoll(with->rules, a->units, a->count, units, count);
}

/* Puts a label at its place. Of those that only marks tell apart (Е and Ё) the first one stays. */
static void add_label(collation *to, const UChar *units, int32_t count)
{
    if (to->label_count == LABELS_MOST || count > LABEL_UNITS)
        return;
    int at = to->label_count;
    while (at > 0 && compare(to, &to->labels[at - 1], units, count) > 0)
        at--;
    if (at > 0 && compare(to, &to->labels[at - 1], units, count) == 0) {
        ucol_setStrength(to->rules, UCOL_TERTIARY);
        bool is_first = compare(to, &to->labels[at - 1], units, count) > 0;
        ucol_setStrength(to->rules, UCOL_PRIMARY);
        if (is_first) {
            to->labels[at - 1].count = count;
            u_memcpy(to->labels[at - 1].units, units, count);
        }
        return;
    }
    memmove(&to->labels[at + 1], &to->labels[at],
            (size_t)(to->label_count - at) * sizeof to->labels[0]);
    to->labels[at].count = count;
    u_memcpy(to->labels[at].units, units, count);
    to->label_count++;
}

static void add_labels(collation *to, const char *language, UErrorCode *status)
{
    ULocaleData *locale = ulocdata_open(language, status);
    USet *letters = ulocdata_getExemplarSet(locale, NULL, 0, ULOCDATA_ES_INDEX, status);
    int32_t count = U_SUCCESS(*status) ? uset_getItemCount(letters) : 0;
    for (int32_t i = 0; i < count && U_SUCCESS(*status); i++) {
        UChar32 first = 0, last = 0;
        UChar units[LABEL_UNITS];
        int32_t length = uset_getItem(letters, i, &first, &last, units, LABEL_UNITS, status);
        if (length >= 2) {
            add_label(to, units, length);
            continue;
        }
        for (UChar32 c = first; c <= last; c++) {
            length = 0;
            UBool is_wrong = false;
            U16_APPEND(units, length, LABEL_UNITS, c, is_wrong);
            if (!is_wrong && !(to->is_chinese && uscript_getScript(c, status) == USCRIPT_HAN))
                add_label(to, units, length);
        }
    }
    uset_close(letters);
    ulocdata_close(locale);
}

static bool begin(collation *made, const char *language, bp_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    char full[ULOC_FULLNAME_CAPACITY], code[ULOC_LANG_CAPACITY], script[ULOC_SCRIPT_CAPACITY];
    (void)uloc_addLikelySubtags(language, full, sizeof full, &status);
    (void)uloc_getLanguage(full, code, sizeof code, &status);
    (void)uloc_getScript(full, script, sizeof script, &status);
    if (U_FAILURE(status)) { /* No language that ICU knows: the order of the root. */
        status = U_ZERO_ERROR;
        code[0] = script[0] = '\0';
        language = "";
    }
    made->is_chinese = strcmp(code, "zh") == 0;
    made->counts_strokes = made->is_chinese && strcmp(script, "Hant") == 0;
    made->rules = ucol_open(language, &status);
    if (U_FAILURE(status))
        return icu_fail(err, status);
    return true;
}

/* Reads a text into `units`. */
static bool read(collation *into, const bp_collated *text, bp_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = text->length > UNITS_MOST ? UNITS_MOST : (int32_t)text->length;
    while (length > 0 && (size_t)length < text->length &&
           ((unsigned char)text->text[length] & 0xC0) == 0x80)
        length--;
    (void)u_strFromUTF8(into->units, UNITS_MOST, &into->unit_count, text->text, length, &status);
    if (status == U_INVALID_CHAR_FOUND)
        return bp_fail(err, BP_ERR_DATA, NULL, "no UTF-8");
    return U_SUCCESS(status) || icu_fail(err, status);
}

/* Adds the key of the text that was read to the list of keys. */
static bool add_key(collation *with, bp_buf *keys)
{
    int32_t length = ucol_getSortKey(with->rules, with->units, with->unit_count, NULL, 0);
    if (length <= 0 || !bp_buf_reserve(keys, (size_t)length))
        return false;
    (void)ucol_getSortKey(with->rules, with->units, with->unit_count,
                          (uint8_t *)keys->bytes + keys->length, length);
    keys->length += (size_t)length;
    return true;
}

/* The first character of a text that has one. */
static UChar32 first_of(const UChar *units, int32_t count)
{
    if (count > 1 && U16_IS_LEAD(units[0]) && U16_IS_TRAIL(units[1]))
        return U16_GET_SUPPLEMENTARY(units[0], units[1]);
    return units[0];
}

static UScriptCode script_of(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &status);
    return script == USCRIPT_KATAKANA ? USCRIPT_HIRAGANA : script; /* Both stand under one. */
}

static void set_head(bp_collated *text, const UChar *units, int32_t count)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    (void)u_strToUTF8(text->head, BP_HEAD_SIZE - 1, &length, units, count, &status);
    text->head[U_SUCCESS(status) ? length : 0] = '\0';
}

/* The group of a Han character: a letter of pinyin, or strokes. */
static void set_chinese_head(collation *with, bp_collated *text)
{
    int found = 0, first = with->counts_strokes ? 1 : 'A',
        last = with->counts_strokes ? STROKES_MOST : 'Z', base = with->counts_strokes ? 0x2800 : 0;
    for (int i = first; i <= last; i++) {
        label group = {.units = {0xFDD0, (UChar)(base + i)}, .count = 2};
        if (compare(with, &group, with->units, with->unit_count) <= 0)
            found = i; /* Groups that are empty ("I") are none, and sort behind all. */
    }
    UChar head[LABEL_UNITS] = {(UChar)found};
    int32_t count = 1;
    if (with->counts_strokes && found > 0) {
        count = 0;
        if (found >= 10)
            head[count++] = (UChar)('0' + found / 10);
        head[count++] = (UChar)('0' + found % 10);
        head[count++] = 0x5283; /* 劃 */
    }
    if (found > 0)
        set_head(text, head, count);
}

/* Sets the letter of the text that was read; the collator is at primary strength. */
static void find_head(collation *with, bp_collated *text)
{
    text->head[0] = '\0';
    if (with->unit_count == 0)
        return;
    UChar32 first = first_of(with->units, with->unit_count);
    if (!u_isalpha(first))
        return;
    UScriptCode script = script_of(first);
    if (with->is_chinese && script == USCRIPT_HAN) {
        set_chinese_head(with, text);
        return;
    }
    int low = 0, high = with->label_count; /* Labels before `low` do not sort behind it. */
    while (low < high) {
        int middle = (low + high) / 2;
        if (compare(with, &with->labels[middle], with->units, with->unit_count) > 0)
            high = middle;
        else
            low = middle + 1;
    }
    if (low > 0) {
        const label *found = &with->labels[low - 1];
        if (script_of(first_of(found->units, found->count)) == script) {
            set_head(text, found->units, found->count);
            return;
        }
    }
    UChar capital[LABEL_UNITS];
    int32_t count = 0;
    UBool is_wrong = false;
    U16_APPEND(capital, count, LABEL_UNITS, u_toupper(first), is_wrong);
    if (!is_wrong)
        set_head(text, capital, count);
}

static int compare_entries(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order != 0)
        return order;
    size_t shorter = x->of->length < y->of->length ? x->of->length : y->of->length;
    order = memcmp(x->of->text, y->of->text, shorter);
    return order != 0 ? order : (x->of->length > y->of->length) - (x->of->length < y->of->length);
}

static void set_ranks(bp_buf *entries, const bp_buf *keys)
{
    entry *all = BP_BUF_ITEMS(entries, entry);
    size_t count = BP_BUF_COUNT(entries, entry), rank = 0;
    for (size_t i = 0; i < count; i++)
        all[i].key = keys->bytes + all[i].at;
    qsort(all, count, sizeof *all, compare_entries);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare_entries(&all[i - 1], &all[i]) != 0)
            rank = i + 1;
        all[i].of->rank = rank;
    }
}

/* Ranks the texts by their keys, then finds their letters. */
static bool collate(collation *with, bp_collated *texts, size_t count, const char *language,
                    bp_buf *keys, bp_buf *entries, bp_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!read(with, &texts[i], err))
            return false;
        entry one = {.at = keys->length, .of = &texts[i]};
        if (!add_key(with, keys) || !bp_buf_add(entries, &one, sizeof one))
            return bp_fail_memory(err);
    }
    if (count > 0)
        set_ranks(entries, keys);
    UErrorCode status = U_ZERO_ERROR;
    ucol_setStrength(with->rules, UCOL_PRIMARY);
    add_labels(with, language, &status);
    if (U_FAILURE(status))
        return icu_fail(err, status);
    for (size_t i = 0; i < count; i++) {
        if (!read(with, &texts[i], err))
            return false;
        find_head(with, &texts[i]);
    }
    return true;
}

bool bp_text_collate(bp_collated *texts, size_t count, const char *language, bp_buf *scratch,
                     bp_error *err)
{
    collation with = {.rules = NULL};
    bp_buf entries = {0};
    scratch->length = 0;
    bool ok = begin(&with, language, err) &&
              collate(&with, texts, count, language, scratch, &entries, err);
    if (with.rules != NULL)
        ucol_close(with.rules);
    bp_buf_clear(&entries);
    return ok;
}
