/* Makes the profile of sRGB that says what the colours of a PDF mean (its output intent), as a C
 * table for engine/pdf/srgb.h:
 *
 *     srgb OUT.c
 *
 * At build time, for it is always the same, and a start need not open lcms2 for it. Of version 4.2,
 * the last that PDF 1.7 knows, with curves as formulas: some 500 bytes. The date is that of the
 * standard (IEC 61966-2-1) and no clock's. A build tool: it may simply stop. */
#include <lcms2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char date[12] = {0x07, 0xcf, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0};

static void stop(const char *what)
{
    fprintf(stderr, "srgb: %s\n", what);
    exit(70);
}

static cmsHPROFILE make(void)
{
    static const cmsCIExyY white = {0.3127, 0.3290, 1};
    static const cmsCIExyYTRIPLE primaries = {
        {0.6400, 0.3300, 1}, {0.3000, 0.6000, 1}, {0.1500, 0.0600, 1}};
    static const double formula[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve *curve = cmsBuildParametricToneCurve(NULL, 4, formula);
    cmsToneCurve *const curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsMLU *name = cmsMLUalloc(NULL, 1);
    cmsMLU *rights = cmsMLUalloc(NULL, 1);
    if (curve == NULL || profile == NULL || name == NULL || rights == NULL)
        stop("no memory");
    cmsSetProfileVersion(profile, 4.2);
    if (!cmsMLUsetASCII(name, "en", "US", "sRGB") || !cmsMLUsetASCII(rights, "en", "US", "CC0") ||
        !cmsWriteTag(profile, cmsSigProfileDescriptionTag, name) ||
        !cmsWriteTag(profile, cmsSigCopyrightTag, rights))
        stop("a tag is refused");
    cmsMLUfree(name);
    cmsMLUfree(rights);
    cmsFreeToneCurve(curve);
    return profile;
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: %s OUT.c\n", arguments[0]);
        return 64;
    }
    unsigned char bytes[4096];
    cmsUInt32Number size = 0;
    cmsHPROFILE profile = make();
    if (!cmsSaveProfileToMem(profile, NULL, &size) || size < 128 || size > sizeof bytes ||
        !cmsSaveProfileToMem(profile, bytes, &size))
        stop("the profile cannot be written");
    cmsCloseProfile(profile);
    memcpy(bytes + 24, date, sizeof date);
    memset(bytes + 84, 0, 16); /* An identifier is optional, and would be that of another date. */
    FILE *out = fopen(arguments[1], "w");
    if (out == NULL)
        stop("the table cannot be made");
    fputs("/* Made by cmake/srgb.c. */\n#include \"pdf/srgb.h\"\n\n"
          "const unsigned char bp_srgb_profile[] = {\n",
          out);
    for (cmsUInt32Number i = 0; i < size; i++)
        fprintf(out, i % 32 == 31 ? "%u,\n" : "%u,", bytes[i]);
    fprintf(out, "};\nconst size_t bp_srgb_profile_size = %u;\n", (unsigned)size);
    if (ferror(out) || fclose(out) != 0)
        stop("the table cannot be written");
    return 0;
}
