/* Members of JSON objects on standard output: see json_print.h. */
#include "cli/json_print.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

void bp_json_print(const char *name, const char *text)
{
    char character[BP_JSON_CHARACTER];
    size_t length = strlen(text);
    printf(",\"%s\":\"", name);
    for (size_t at = 0; at < length;) {
        size_t count = bp_json_character(text, length, &at, character);
        (void)fwrite(character, 1, count, stdout);
    }
    putchar('"');
}
