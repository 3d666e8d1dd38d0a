/* Chinese punctuation stands in squares of which it leaves half empty; beside each other such marks
 * give that half up. */
#include <hb.h>

#include "base/utf8.h"
#include "text/shaper_private.h"

/* Where the ink of Chinese punctuation leaves half of its square empty: before it (-1) or behind it
 * (1). */
static int empty_side(uint32_t c)
{
    static const uint16_t opening[] = {0x2018, 0x201c, 0x3008, 0x300a, 0x300c,
                                       0x300e, 0x3010, 0x3014, 0x3016, 0x3018,
                                       0x301a, 0xff08, 0xff3b, 0xff5b, 0xff5f};
    static const uint16_t closing[] = {0x2019, 0x201d, 0x3001, 0x3002, 0x3009, 0x300b, 0x300d,
                                       0x300f, 0x3011, 0x3015, 0x3017, 0x3019, 0x301b, 0xff09,
                                       0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff3d, 0xff5d, 0xff60};
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
        if (opening[i] == c)
            return -1;
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (closing[i] == c)
            return 1;
    return 0;
}

bool bp_word_features(const bp_face_set *faces, const char *text, size_t start, size_t end,
                      bool is_wide, bp_buf *features)
{
    features->length = 0;
    if (!bp_buf_add(features, faces->features, faces->feature_count * sizeof(hb_feature_t)))
        return false;
    if (!is_wide || !faces->is_han)
        return true;
    int before = 0;
    for (size_t at = start, last = at; at < end;) {
        size_t here = at;
        uint32_t c = bp_utf8_next(text, end, &at);
        int side = empty_side(c);
        bool is_mark = side != 0 || c == 0xff01 || c == 0xff1f;
        size_t squeezed = before > 0 && is_mark ? last : before < 0 && side < 0 ? here : SIZE_MAX;
        hb_feature_t halt = {HB_TAG('h', 'a', 'l', 't'), 1, (unsigned)squeezed,
                             (unsigned)squeezed + 1};
        if (squeezed != SIZE_MAX && !bp_buf_add(features, &halt, sizeof halt))
            return false;
        before = side;
        last = here;
    }
    return true;
}
