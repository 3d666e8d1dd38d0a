/* Colour profiles: see profile.h. lcms2 reads and makes them. It is opened when an image first
 * brings one: no other start pays for it. */
#include "pdf/profile.h"

#include <dlfcn.h>
#include <lcms2.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LIBRARY "liblcms2.so.2"
#define HEAD_BYTES 128
#define PROFILE_BYTES_MOST ((size_t)16 * 1024 * 1024)
#define SEEN_LEAST 2 /* Of 255: a smaller difference from sRGB is none. */
#define CHROMA_SEEN 0.002
#define GAMMA_SEEN 0.01 /* Of the exponent. */

#define FUNCTIONS(do)                                                                                                                          \
    do                                                                                                                                         \
    (cmsOpenProfileFromMem) do(cmsCloseProfile) do(cmsCreate_sRGBProfile) do(cmsCreateTransform) do(cmsDoTransform) do(cmsDeleteTransform) do( \
        cmsBuildGamma) do(cmsFreeToneCurve) do(cmsCreateRGBProfile) do(cmsCreateGrayProfile) do(cmsSetProfileVersion) do(cmsSaveProfileToMem)

typedef struct {
#define DECLARE(name) __typeof__(name) *name;
    FUNCTIONS(DECLARE)
#undef DECLARE
} lcms;

static bool find(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

/* The library, opened at the first call; NULL where it is not there. */
static const lcms *open_lcms(void)
{
    static bool is_asked, is_there;
    static lcms functions;
    if (!is_asked) {
        is_asked = true;
        void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
        is_there = library != NULL;
#define FIND(name) is_there = is_there && find(library, #name, &functions.name);
        FUNCTIONS(FIND)
#undef FIND
    }
    return is_there ? &functions : NULL;
}

static bool fail_missing(const char *name, bp_error *err)
{
    return bp_fail(err, BP_ERR_RESOURCE, name,
                   "the colour profile of the image is read by %s, which is not there; install "
                   "liblcms2-2",
                   LIBRARY);
}

/* Judging -------------------------------------------------------------------------------------- */

static uint32_t u32(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Whether the header is one that PDF takes: whole, up to version 4, of a device or a space, and of
 * as many channels. */
static bool is_fit(const unsigned char *bytes, size_t length, int channels)
{
    if (length < HEAD_BYTES + 4 || length > PROFILE_BYTES_MOST ||
        memcmp(bytes + 36, "acsp", 4) != 0 || bytes[8] < 2 || bytes[8] > 4)
        return false;
    static const char *const classes[] = {"mntr", "scnr", "prtr", "spac"};
    bool is_class = false;
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        is_class = is_class || memcmp(bytes + 12, classes[i], 4) == 0;
    const char *space = channels == 1 ? "GRAY" : channels == 3 ? "RGB " : "CMYK";
    return is_class && memcmp(bytes + 16, space, 4) == 0;
}

/* Whether all colours come out as sRGB would have them, by eye. */
static bool is_plain(const lcms *l, cmsHTRANSFORM transform, int channels)
{
    bool is_equal = true;
    for (int i = 0; is_equal && i < (channels == 1 ? 256 : 6 * 6 * 6); i++) {
        unsigned char given[3] = {(unsigned char)(channels == 1 ? i : i / 36 * 51),
                                  (unsigned char)(i / 6 % 6 * 51), (unsigned char)(i % 6 * 51)};
        unsigned char seen[3] = {0};
        l->cmsDoTransform(transform, given, seen, 1);
        for (int k = 0; k < 3; k++)
            is_equal = is_equal && abs(given[channels == 1 ? 0 : k] - seen[k]) <= SEEN_LEAST;
    }
    return is_equal;
}

/* Whether lcms2 can show the colours of the profile; `is_srgb`: and they are those of sRGB. */
static bool judge(const lcms *l, cmsHPROFILE profile, int channels, bool *is_srgb)
{
    cmsUInt32Number format = channels == 1 ? TYPE_GRAY_8 : channels == 3 ? TYPE_RGB_8 : TYPE_CMYK_8;
    cmsHPROFILE usual = l->cmsCreate_sRGBProfile();
    cmsHTRANSFORM transform = NULL;
    if (usual != NULL)
        transform =
            l->cmsCreateTransform(profile, format, usual, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC,
                                  cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    *is_srgb = transform != NULL && channels != 4 && is_plain(l, transform, channels);
    if (transform != NULL)
        l->cmsDeleteTransform(transform);
    if (usual != NULL)
        l->cmsCloseProfile(usual);
    return transform != NULL;
}

bool bp_profile_take(bp_buf *out, const void *bytes, size_t length, int channels, const char *name,
                     bp_error *err)
{
    size_t size = length >= HEAD_BYTES ? u32(bytes) : 0; /* What follows is padding. */
    if (size > length || !is_fit(bytes, size, channels))
        return true;
    const lcms *l = open_lcms();
    if (l == NULL)
        return fail_missing(name, err);
    cmsHPROFILE profile = l->cmsOpenProfileFromMem(bytes, (cmsUInt32Number)size);
    bool is_srgb = false;
    bool is_kept = profile != NULL && judge(l, profile, channels, &is_srgb) && !is_srgb;
    if (profile != NULL)
        l->cmsCloseProfile(profile);
    return !is_kept || bp_buf_add(out, bytes, size) || bp_fail_memory(err);
}

/* Making --------------------------------------------------------------------------------------- */

static bool is_near(const double a[2], double x, double y)
{
    return fabs(a[0] - x) < CHROMA_SEEN && fabs(a[1] - y) < CHROMA_SEEN;
}

static bool is_srgb(const bp_colorimetry *c, int channels)
{
    return fabs(c->gamma - 1 / 2.2) < GAMMA_SEEN &&
           (channels == 1 || (is_near(c->white, 0.3127, 0.3290) && is_near(c->red, 0.64, 0.33) &&
                              is_near(c->green, 0.30, 0.60) && is_near(c->blue, 0.15, 0.06)));
}

/* Whether they span a gamut at all. */
static bool are_colors(const bp_colorimetry *c)
{
    double area = (c->green[0] - c->red[0]) * (c->blue[1] - c->red[1]) -
                  (c->blue[0] - c->red[0]) * (c->green[1] - c->red[1]);
    return c->gamma > 0.05 && c->gamma < 20 && c->white[0] > 0.05 && c->white[1] > 0.05 &&
           fabs(area) > 0.01;
}

static cmsHPROFILE make(const lcms *l, const bp_colorimetry *c, int channels)
{
    const cmsCIExyY white = {c->white[0], c->white[1], 1};
    const cmsCIExyYTRIPLE primaries = {
        {c->red[0], c->red[1], 1}, {c->green[0], c->green[1], 1}, {c->blue[0], c->blue[1], 1}};
    cmsToneCurve *curve = l->cmsBuildGamma(NULL, 1 / c->gamma);
    if (curve == NULL)
        return NULL;
    cmsToneCurve *const curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = channels == 1 ? l->cmsCreateGrayProfile(&white, curve)
                                        : l->cmsCreateRGBProfile(&white, &primaries, curves);
    l->cmsFreeToneCurve(curve);
    if (profile != NULL)
        l->cmsSetProfileVersion(profile, 4.2);
    return profile;
}

/* Without its date, which is the clock's. */
static bool save(const lcms *l, cmsHPROFILE profile, bp_buf *out, bp_error *err)
{
    static const unsigned char date[12] = {0x07, 0xcf, 0, 10, 0, 18};
    cmsUInt32Number size = 0;
    if (!l->cmsSaveProfileToMem(profile, NULL, &size) || size < HEAD_BYTES)
        return true; /* Colours that are no colours: passed over. */
    if (!bp_buf_reserve(out, size))
        return bp_fail_memory(err);
    char *bytes = out->bytes + out->length;
    if (!l->cmsSaveProfileToMem(profile, bytes, &size))
        return true;
    memcpy(bytes + 24, date, sizeof date);
    memset(bytes + 84, 0, 16);
    out->length += size;
    return true;
}

bool bp_profile_make(bp_buf *out, const bp_colorimetry *colors, int channels, const char *name,
                     bp_error *err)
{
    if (!are_colors(colors) || is_srgb(colors, channels))
        return true;
    const lcms *l = open_lcms();
    if (l == NULL)
        return fail_missing(name, err);
    cmsHPROFILE profile = make(l, colors, channels);
    if (profile == NULL)
        return true;
    bool is_plain_too = false;
    bool ok =
        !judge(l, profile, channels, &is_plain_too) || is_plain_too || save(l, profile, out, err);
    l->cmsCloseProfile(profile);
    return ok;
}
