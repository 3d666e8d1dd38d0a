/* fontconfig's library, opened when the system's fonts are asked for and not before: most runs find
 * their fonts in the manifest, and each library the loader has to open makes every start slower. */
#ifndef BP_TEXT_FONTCONFIG_PRIVATE_H
#define BP_TEXT_FONTCONFIG_PRIVATE_H

#include <fontconfig/fontconfig.h>

#define BP_FONTCONFIG_FUNCTIONS(X)                                                                 \
    X(FcCharSetAddChar)                                                                            \
    X(FcCharSetCreate)                                                                             \
    X(FcCharSetDestroy)                                                                            \
    X(FcCharSetHasChar)                                                                            \
    X(FcConfigDestroy)                                                                             \
    X(FcConfigGetConfigDirs)                                                                       \
    X(FcConfigGetConfigFiles)                                                                      \
    X(FcConfigGetFontDirs)                                                                         \
    X(FcConfigSubstitute)                                                                          \
    X(FcDefaultSubstitute)                                                                         \
    X(FcFontList)                                                                                  \
    X(FcFontSetDestroy)                                                                            \
    X(FcFontSort)                                                                                  \
    X(FcGetVersion)                                                                                \
    X(FcInitLoadConfigAndFonts)                                                                    \
    X(FcObjectSetBuild)                                                                            \
    X(FcObjectSetDestroy)                                                                          \
    X(FcPatternAddBool)                                                                            \
    X(FcPatternAddCharSet)                                                                         \
    X(FcPatternAddInteger)                                                                         \
    X(FcPatternAddString)                                                                          \
    X(FcPatternCreate)                                                                             \
    X(FcPatternDestroy)                                                                            \
    X(FcPatternGetCharSet)                                                                         \
    X(FcPatternGetInteger)                                                                         \
    X(FcPatternGetString)                                                                          \
    X(FcStrListDone)                                                                               \
    X(FcStrListNext)                                                                               \
    X(FcWeightFromOpenType)

#define BP_FONTCONFIG_POINTER(name) __typeof__(name) *name;
typedef struct {
    BP_FONTCONFIG_FUNCTIONS(BP_FONTCONFIG_POINTER)
} bp_fontconfig;

/* Its functions, under their own names; NULL where the library is missing. */
const bp_fontconfig *bp_fontconfig_open(void);

#endif
