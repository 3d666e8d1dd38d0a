/* Rubbish as a table of rules: reading it ends, stays inside it and leaks nothing. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "text/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *given, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *given, size_t length)
{
    enum { LOOKUPS = 5 };
    bp_lookup substitutions[LOOKUPS] = {{0}}, positionings[LOOKUPS] = {{0}};
    uint32_t glyphs[BP_LETTER_COUNT];
    bp_rules rules;
    bp_letters word = {{0}};
    for (unsigned i = 0; i < LOOKUPS; i++)
        substitutions[i].index = positionings[i].index = i;
    for (uint32_t i = 0; i < BP_LETTER_COUNT; i++)
        glyphs[i] = BP_LETTER_FIRST + i;
    const bp_sfnt_view table = {given, length}, none = {NULL, 0};
    bp_rules_read(&rules, glyphs, table, substitutions, LOOKUPS, none, NULL, 0);
    bp_rules_clear(&rules);
    bp_rules_read(&rules, glyphs, none, NULL, 0, table, positionings, LOOKUPS);
    bp_rules_clear(&rules);
    bp_rules_read(&rules, glyphs, table, substitutions, LOOKUPS, table, positionings, LOOKUPS);
    assert(!bp_rules_may_match(&rules, word) || rules.is_unknown); /* No rule is of no letter. */
    bp_rules_clear(&rules);
    assert(bp_mem.live == 0);
    return 0;
}
