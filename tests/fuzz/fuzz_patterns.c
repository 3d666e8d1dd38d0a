/* Rubbish as hyphenation patterns: whatever the bytes, reading ends with patterns or with an error
 * in a line of the file, leaks nothing, and any word can be looked up. The bytes behind the last
 * zero byte are the word. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/patterns.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = length ? (const char *)bytes : "";
    const char *word = "hyphenation";
    size_t word_length = strlen(word);
    for (size_t i = length; i > 0; i--)
        if (bytes[i - 1] == 0) {
            word = text + i;
            word_length = length - i;
            length = i - 1;
            break;
        }
    bp_error err = {0};
    bp_patterns *patterns = bp_patterns_parse("in.dic", text, length, &err);
    assert((patterns != NULL) == (err.code == BP_OK));
    if (patterns == NULL) {
        assert(err.code == BP_ERR_RESOURCE && strncmp(err.place, "in.dic:", 7) == 0);
    } else if (word_length <= BP_PATTERNS_WORD_MOST && bp_utf8_valid(word, word_length, NULL)) {
        bool points[BP_PATTERNS_WORD_MOST];
        bp_patterns_apply(patterns, word, word_length, points);
        for (size_t i = 0; i < word_length; i++)
            assert(!points[i] || (i > 0 && ((unsigned char)word[i] & 0xc0) != 0x80));
    }
    bp_patterns_free(patterns);
    assert(bp_mem.live == 0);
    return 0;
}
