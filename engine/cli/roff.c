/* Roff: see roff.h. A sign that would make of a line of text a request is guarded by one without
 * width. */
#include "cli/roff.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char *const fonts[] = {"\\fR", "\\fB", "\\fI"};
static size_t column; /* Of the line of input that is being written. */

/* Lines of input are kept below 80 bytes, for whoever reads the page as it is. */
#define WIDTH 79

static const char *sign_as(char sign, bool is_typed)
{
    switch (sign) {
    case '\\':
        return "\\e";
    case '-':
        return is_typed ? "\\-" : "-";
    case '\'':
        return "\\(aq";
    case '`':
        return "\\(ga";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    default:
        return NULL;
    }
}

static void put_raw(const char *text)
{
    fputs(text, stdout);
    column += strlen(text);
}

/* How many bytes of input a word becomes. */
static size_t measure(const char *word, size_t length, bool is_typed)
{
    size_t bytes = 2; /* A guard. */
    for (size_t i = 0; i < length; i++) {
        const char *as = sign_as(word[i], is_typed);
        bytes += as ? strlen(as) : 1;
    }
    return bytes;
}

static void put_word(const char *word, size_t length, bool is_typed)
{
    if (column == 0 && (*word == '.' || *word == '\''))
        put_raw("\\&");
    if (is_typed && memchr(word, '-', length) != NULL)
        put_raw("\\%"); /* Not to be divided. */
    for (size_t i = 0; i < length; i++) {
        const char *as = sign_as(word[i], is_typed);
        if (as != NULL)
            put_raw(as);
        else
            putchar(word[i]);
        column += as == NULL;
    }
}

/* "--web", "a-2a", "hyph_en-GB.dic", but not "one-sided": what has a sign no word has. */
static bool looks_typed(const char *word, size_t length)
{
    size_t first = strspn(word, "(\"");
    if (first < length && word[first] == '-')
        return true;
    for (size_t i = 0; i < length; i++)
        if (strchr("/=_0123456789", word[i]) != NULL || (word[i] == '.' && i + 1 < length))
            return true;
    return false;
}

static void put(bp_roff_font font, const char *text, bool is_code)
{
    if (font != BP_ROFF_PLAIN)
        put_raw(fonts[font]);
    for (bool is_first = true; *text != '\0'; is_first = false) {
        size_t length = strcspn(text, " ");
        bool is_typed = is_code || looks_typed(text, length);
        if (!is_first && column + 1 + measure(text, length, is_typed) > WIDTH) {
            bp_roff_end_line();
        } else if (!is_first) {
            putchar(' ');
            column++;
        }
        put_word(text, length, is_typed);
        text += length;
        text += strspn(text, " ");
    }
    if (font != BP_ROFF_PLAIN)
        put_raw(fonts[BP_ROFF_PLAIN]);
}

void bp_roff_text(bp_roff_font font, const char *text)
{
    put(font, text, false);
}

void bp_roff_code(bp_roff_font font, const char *text)
{
    put(font, text, true);
}

void bp_roff_end_line(void)
{
    putchar('\n');
    column = 0;
}

void bp_roff_listing(const char *lines)
{
    puts(".PP\n.nf\n.RS 4");
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        /* The block is indented as it is. */
        size_t skipped = strncmp(lines, "  ", 2) == 0 ? 2 : 0;
        if (lines[skipped] == '.' || lines[skipped] == '\'')
            fputs("\\&", stdout);
        for (size_t i = skipped; i < length; i++) {
            const char *as = sign_as(lines[i], true);
            if (as != NULL)
                fputs(as, stdout);
            else
                putchar(lines[i]);
        }
        putchar('\n');
        lines += lines[length] == '\n' ? length + 1 : length;
    }
    puts(".RE\n.fi");
}

void bp_roff_section(const char *title)
{
    printf(".SH %s\n", title);
}

void bp_roff_subsection(const char *title)
{
    printf(".SS %s\n", title);
}
