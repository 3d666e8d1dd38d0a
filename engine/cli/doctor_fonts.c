/* What the doctor says of fonts and hyphenation: see doctor.h. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/doctor.h"
#include "text/catalog.h"
#include "text/hyphenate.h"

/* True where another weight of the family is there: text is set then, if not as bold or as light as
 * it should be. */
static bool has_stand_in(const bp_catalog_entry *entries, size_t count,
                         const bp_catalog_entry *missing)
{
    for (size_t i = 0; i < count; i++)
        if (entries[i].file != NULL && strcmp(entries[i].family, missing->family) == 0)
            return true;
    return false;
}

/* Each family that is missing is told once, whatever weights of it the manifest names. */
static bool is_first(const bp_catalog_entry *entries, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (entries[i].file == NULL && strcmp(entries[i].family, entries[at].family) == 0)
            return false;
    return true;
}

/* "100, 300, 300 italic": the weights of a family that are missing. */
static bool list_weights(const bp_catalog_entry *entries, size_t count, const char *family,
                         bp_buf *out)
{
    bool ok = bp_buf_text(out, "");
    for (size_t i = 0; ok && i < count; i++)
        if (entries[i].file == NULL && strcmp(entries[i].family, family) == 0)
            ok = bp_buf_format(out, "%s%d%s", out->length > 0 ? ", " : "", entries[i].weight,
                               strcmp(entries[i].style, "italic") == 0 ? " italic" : "");
    return ok;
}

static void tell_missing(bp_checkup *of, const bp_catalog_entry *entries, size_t count, size_t at)
{
    char remedy[160];
    bp_buf weights = {0};
    const bp_catalog_entry *entry = &entries[at];
    (void)snprintf(remedy, sizeof remedy, "apt install %.140s", entry->package);
    if (!has_stand_in(entries, count, entry))
        bp_checkup_wrong(of, "fonts", BP_ERR_RESOURCE, remedy,
                         "%s is missing: reports that are set in it fail", entry->family);
    else if (list_weights(entries, count, entry->family, &weights))
        bp_checkup_warn(of, "fonts", remedy,
                        "%s lacks weights (%s): text in them is set in those that are there",
                        entry->family, weights.bytes);
    bp_buf_clear(&weights);
}

/* Writing systems by a character that each of their fonts has. */
static const struct {
    const char *name;
    uint32_t character;
    const char *language, *package;
} writings[] = {
    {"Latin", 'n', "en", "fonts-inter"},
    {"Greek", 0x3b1, "el", "fonts-inter"},
    {"Cyrillic", 0x436, "ru", "fonts-inter"},
    {"Chinese", 0x4e2d, "zh", "fonts-noto-cjk"},
    {"Japanese", 0x3042, "ja", "fonts-noto-cjk"},
    {"Korean", 0xd55c, "ko", "fonts-noto-cjk"},
    {"Arabic", 0x628, "ar", "fonts-hosny-amiri"},
    {"Hebrew", 0x5d0, "he", "fonts-sil-ezra"},
    {"Devanagari", 0x915, "hi", "fonts-lohit-deva"},
    {"Bengali", 0x995, "bn", "fonts-lohit-beng-bengali"},
    {"Thai", 0xe01, "th", "fonts-tlwg-loma-ttf"},
    {"symbols", 0x2611, "en", "fonts-dejavu-core"},
};

/* Those that cannot be set are no fault: they cost what they are needed for, which only their users
 * know. */
static void tell_writings(bp_checkup *of, bp_catalog *catalog)
{
    bp_buf good = {0}, bad = {0};
    bool ok = bp_buf_text(&good, "") && bp_buf_text(&bad, "");
    for (size_t i = 0; ok && i < sizeof writings / sizeof writings[0]; i++) {
        bool has = bp_catalog_fallback(catalog, writings[i].character, writings[i].language, 400,
                                       false) != NULL;
        bp_buf *list = has ? &good : &bad;
        ok = bp_buf_format(list, "%s%s", list->length > 0 ? ", " : "", writings[i].name) &&
             (has || bp_buf_format(list, " (%s)", writings[i].package));
    }
    if (ok)
        bp_checkup_ok(of, "writing", "can be set: %s%s%s", good.length > 0 ? good.bytes : "nothing",
                      bad.length > 0 ? "; no font has: " : "", bad.bytes);
    bp_buf_clear(&good);
    bp_buf_clear(&bad);
}

void bp_doctor_fonts(bp_checkup *of)
{
    if (of->places.manifest == NULL)
        return;
    bp_error err = {0};
    const bp_catalog_entry *entries = NULL;
    size_t count = 0, found = 0;
    bp_catalog *catalog = bp_catalog_new(of->places.manifest, BP_LIST(&of->settings->font_folders),
                                         BP_LIST_COUNT(&of->settings->font_folders),
                                         !of->settings->no_system_fonts, &err);
    if (catalog == NULL || !bp_catalog_list(catalog, &entries, &count, &err))
        bp_checkup_wrong(of, "fonts", err.code, "mend or replace it", "%s%s%s", err.place,
                         err.place[0] ? ": " : "", err.text);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].file != NULL)
            found++;
        else if (is_first(entries, i))
            tell_missing(of, entries, count, i);
    }
    if (err.code == BP_OK) {
        bp_checkup_ok(of, "fonts", "%zu serve; list them with briefpress fonts", found);
        tell_writings(of, catalog);
    }
    bp_catalog_free(catalog);
}

/* "en-GB" of "hyph_en_GB.dic"; false where it is no such file. */
static bool language_of(const char *file, char out[32])
{
    size_t length = strlen(file);
    if (length < 10 || length > 36 || strncmp(file, "hyph_", 5) != 0 ||
        strcmp(file + length - 4, ".dic") != 0)
        return false;
    memcpy(out, file + 5, length - 9);
    out[length - 9] = '\0';
    for (char *at = out; *at != '\0'; at++)
        if (*at == '_')
            *at = '-';
    return true;
}

/* Those of a package are taken to be whole, which spares half a second; those of a folder that was
 * named are read. */
static void look_at_folder(bp_checkup *of, bp_hyphens *hyphens, const char *folder, size_t *count)
{
    DIR *listing = opendir(folder);
    for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;) {
        char language[32];
        const bp_patterns *patterns = NULL;
        bp_error err = {0};
        if (!language_of(entry->d_name, language))
            continue;
        if (hyphens == NULL)
            *count += faccessat(dirfd(listing), entry->d_name, R_OK, 0) == 0;
        else if (bp_hyphens_find(hyphens, language, &patterns, &err))
            *count += patterns != NULL;
        else
            bp_checkup_wrong(of, "hyphenation", err.code, "install its package again", "%s: %s",
                             err.place, err.text);
    }
    if (listing != NULL)
        closedir(listing);
}

void bp_doctor_hyphens(bp_checkup *of)
{
    bp_hyphens *hyphens = bp_hyphens_new();
    bp_error err = {0};
    size_t count = 0;
    bool ok = hyphens != NULL;
    for (size_t i = 0; ok && i < BP_LIST_COUNT(&of->settings->hyphen_folders); i++) {
        const char *folder = BP_LIST(&of->settings->hyphen_folders)[i];
        ok = bp_hyphens_add_folder(hyphens, folder, &err);
        if (ok)
            look_at_folder(of, hyphens, folder, &count);
    }
    if (ok)
        look_at_folder(of, NULL, BP_HYPHEN_FOLDER, &count);
    if (!ok)
        bp_checkup_wrong(of, "hyphenation", BP_ERR_MEMORY, "end other programs",
                         "no memory to look at it");
    else if (count == 0)
        bp_checkup_warn(of, "hyphenation", "apt install hyphen-en-us",
                        "there are no patterns: words are not divided, and lines have wide gaps");
    else
        bp_checkup_ok(of, "hyphenation", "%zu files of patterns", count);
    bp_hyphens_free(hyphens);
}
