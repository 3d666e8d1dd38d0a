/* Reading the conformance files of the Unicode Character Database (Debian's unicode-data). Where
 * they are not, or of another Unicode than the ICU in use, a program is skipped with a notice. */
#ifndef BP_TESTS_TEXT_UNICODE_H
#define BP_TESTS_TEXT_UNICODE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "stage.h"

#define UNICODE_FOLDER "/usr/share/unicode/"
#define UNICODE_LINE_MOST 16384
#define UNICODE_TEXT_MOST 2048 /* Bytes of one test's text. */

/* Opens a file of the database, or ends the program as skipped. */
static inline FILE *unicode_open(const char *name)
{
    char path[256], line[UNICODE_LINE_MOST] = "", version[32];
    UVersionInfo icu;
    snprintf(path, sizeof path, "%s%s", UNICODE_FOLDER, name);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        printf("SKIPPED: no %s (apt install unicode-data)\n", path);
        exit(77);
    }
    u_getUnicodeVersion(icu);
    snprintf(version, sizeof version, "-%d.%d.%d.txt", icu[0], icu[1], icu[2]);
    if (fgets(line, sizeof line, file) == NULL || strstr(line, version) == NULL || icu[0] != 15) {
        printf("SKIPPED: %s is \"%.40s\", ICU knows Unicode %d.%d, the rules are of 15\n", path,
               line, icu[0], icu[1]);
        exit(77);
    }
    return file;
}

/* Ends the program as skipped, before any test, where a file is not there. Tests open it
 * themselves: they run in processes of their own, which would share the place in it. */
static inline void unicode_need(const char *name)
{
    fclose(unicode_open(name));
}

/* The next line with something on it, without its comment; NULL at the end. */
static inline char *unicode_line(FILE *file, char line[UNICODE_LINE_MOST])
{
    while (fgets(line, UNICODE_LINE_MOST, file) != NULL) {
        line[strcspn(line, "#\r\n")] = '\0';
        if (line[strspn(line, " \t")] != '\0')
            return line;
    }
    return NULL;
}

/* A line of the break files: "÷ 0041 × 0308 ÷". Fills `text`, and `ends` with the places of ÷
 * behind the first. */
static inline size_t unicode_breaks(char *line, char *text, uint32_t *ends, size_t *end_count)
{
    size_t length = 0;
    *end_count = 0;
    for (char *part = strtok(line, " \t"); part != NULL; part = strtok(NULL, " \t")) {
        if (strcmp(part, "÷") == 0 && length > 0)
            ends[(*end_count)++] = (uint32_t)length;
        else if (strcmp(part, "÷") != 0 && strcmp(part, "×") != 0)
            length += bp_utf8_put((uint32_t)strtoul(part, NULL, 16), text + length);
    }
    return length;
}

#endif
