/* Names of standards, and what they allow. */
#include "pdf/standards.h"

#include <string.h>

#include "base/utf8.h"

static const struct {
    unsigned bit;
    const char *name, *title;
} standards_known[] = {
    {BP_STANDARD_A2A, "a-2a", "PDF/A-2a"}, {BP_STANDARD_A2B, "a-2b", "PDF/A-2b"},
    {BP_STANDARD_A2U, "a-2u", "PDF/A-2u"}, {BP_STANDARD_A3A, "a-3a", "PDF/A-3a"},
    {BP_STANDARD_A3B, "a-3b", "PDF/A-3b"}, {BP_STANDARD_A3U, "a-3u", "PDF/A-3u"},
    {BP_STANDARD_UA1, "ua-1", "PDF/UA-1"}, {BP_STANDARD_NONE, "none", ""},
};
#define KNOWN (sizeof standards_known / sizeof standards_known[0])

static unsigned find(const char *name, size_t length)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (strlen(standards_known[i].name) == length &&
            memcmp(standards_known[i].name, name, length) == 0)
            return standards_known[i].bit;
    return 0;
}

/* The letters and digits of a name, small, without "pdf" in front. */
static void squeeze(const char *name, size_t length, char out[16])
{
    size_t kept = 0;
    for (size_t i = 0; i < length && kept < 15; i++) {
        char c = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 0x20) : name[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[kept++] = c;
        if (kept == 3 && memcmp(out, "pdf", 3) == 0)
            kept = 0;
    }
    out[kept] = '\0';
}

/* What is no standard may be one in another spelling: "PDF/A-3a", "A3A". */
static bool fail_unknown(const char *name, size_t length, bp_error *err)
{
    int shown = (int)bp_utf8_floor(name, length, 40);
    char meant[16], known[16];
    squeeze(name, length, meant);
    for (size_t i = 0; i < KNOWN; i++) {
        squeeze(standards_known[i].name, strlen(standards_known[i].name), known);
        if (strcmp(meant, known) == 0)
            return bp_fail(err, BP_ERR_USAGE, NULL, "\"%.*s\" is no standard; did you mean \"%s\"?",
                           shown, name, standards_known[i].name);
    }
    return bp_fail(err, BP_ERR_USAGE, NULL,
                   "\"%.*s\" is no standard; expected a list of a-2a, a-2b, a-2u, a-3a, a-3b, a-3u "
                   "and ua-1, as \"a-3a,ua-1\", or none",
                   shown, name);
}

bool bp_standards_read(const char *text, unsigned *standards, bp_error *err)
{
    unsigned read = 0;
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, ",");
        unsigned bit = find(at, length);
        size_t shown = bp_utf8_floor(at, length, 40);
        if (bit == 0)
            return fail_unknown(at, length, err);
        if ((read & bit) != 0)
            return bp_fail(err, BP_ERR_USAGE, NULL, "%.*s is named twice", (int)shown, at);
        read |= bit;
        if ((read & BP_STANDARD_NONE) != 0 && read != BP_STANDARD_NONE)
            return bp_fail(err, BP_ERR_USAGE, NULL, "none stands alone");
        if ((read & BP_STANDARDS_A & ((read & BP_STANDARDS_A) - 1)) != 0)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "a document keeps one standard of PDF/A; leave %.*s or the one before "
                           "it",
                           (int)shown, at);
        at += length;
        if (*at == '\0')
            break;
    }
    *standards = read;
    return true;
}

bool bp_standards_put(bp_buf *out, unsigned standards)
{
    if (standards == 0)
        standards = BP_STANDARD_NONE;
    bool is_first = true, ok = true;
    for (size_t i = 0; ok && i < KNOWN; i++) {
        if ((standards & standards_known[i].bit) == 0)
            continue;
        ok = (is_first || bp_buf_char(out, ',')) && bp_buf_text(out, standards_known[i].name);
        is_first = false;
    }
    return ok;
}

const char *bp_standards_title(unsigned standards, unsigned asked)
{
    for (size_t i = 0; i < KNOWN; i++)
        if ((standards & asked & standards_known[i].bit) != 0)
            return standards_known[i].title;
    return "";
}

bool bp_standards_allow_no_tags(unsigned standards, bp_error *err)
{
    if ((standards & BP_STANDARDS_TAGGED) == 0)
        return true;
    return bp_fail(err, BP_ERR_USAGE, NULL,
                   "%s needs tags; without them a document may keep a-2b, a-2u, a-3b, a-3u or none",
                   bp_standards_title(standards, BP_STANDARDS_TAGGED));
}

bool bp_standards_allow_attachments(unsigned standards)
{
    return (standards & BP_STANDARDS_A2) == 0;
}

bool bp_standards_allow_encryption(unsigned standards)
{
    return (standards & BP_STANDARDS_A) == 0;
}

#define STRING_BYTES_MOST 32767u

bool bp_standards_check_text(unsigned standards, const char *what, const char *text, bp_error *err)
{
    size_t length = text != NULL ? strlen(text) : 0;
    if (length <= STRING_BYTES_MOST / 2 || (standards & BP_STANDARDS_A) == 0)
        return true; /* No character takes more than twice its bytes in UTF-16. */
    size_t bytes = 0;
    bool is_ascii = true;
    for (size_t at = 0; at < length;) {
        uint32_t c = bp_utf8_next(text, length, &at);
        bytes += c > 0xffff ? 4 : 2;
        is_ascii = is_ascii && c < 0x80;
    }
    bytes = is_ascii ? length : bytes + 2;
    if (bytes <= STRING_BYTES_MOST)
        return true;
    return bp_fail(err, BP_ERR_SCRIPT, NULL,
                   "%s is too long: %zu bytes, and %s allows %u; shorten it", what, bytes,
                   bp_standards_title(standards, BP_STANDARDS_A), STRING_BYTES_MOST);
}

static bool is_private(uint32_t c)
{
    return (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xf0000 && c <= 0x10ffff);
}

bool bp_standards_check_private(unsigned standards, const char *text, size_t length, bp_error *err)
{
    if ((standards & BP_STANDARDS_A & BP_STANDARDS_TAGGED) == 0)
        return true;
    for (size_t at = 0; at < length;) {
        if ((unsigned char)text[at] < 0xee) { /* The first byte of U+E000. */
            at++;
            continue;
        }
        uint32_t c = bp_utf8_next(text, length, &at);
        const char *title = bp_standards_title(standards, BP_STANDARDS_A & BP_STANDARDS_TAGGED);
        if (is_private(c))
            return bp_fail(
                err, BP_ERR_SCRIPT, NULL,
                "U+%04lX is a character of private use, and nothing says what it stands "
                "for, which %s asks for; show a drawing (SVG) in its place, draw it in a "
                "canvas tag with actual_text = \"...\", or ask for a-%cu instead",
                (unsigned long)c, title, title[6]);
    }
    return true;
}

bool bp_is_language_tag(const char *text)
{
    for (bool is_first = true;; is_first = false, text++) {
        size_t length = 0;
        for (; text[length] != '\0' && text[length] != '-'; length++) {
            char c = text[length];
            bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!is_letter && (is_first || c < '0' || c > '9'))
                return false;
        }
        if (length < 1 || length > 8)
            return false;
        text += length;
        if (*text == '\0')
            return true;
    }
}
