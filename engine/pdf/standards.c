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

bool bp_standards_read(const char *text, unsigned *standards, bp_error *err)
{
    unsigned read = 0;
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, ",");
        unsigned bit = find(at, length);
        size_t shown = bp_utf8_floor(at, length, 40);
        if (bit == 0)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "\"%.*s\" is no standard; expected a list of a-2a, a-2b, a-2u, a-3a, "
                           "a-3b, a-3u and ua-1, as \"a-3a,ua-1\", or none",
                           (int)shown, at);
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
