/* The line a message is about: see excerpt.h. */
#include "cli/excerpt.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/columns.h"

#define SHOWN 72 /* Characters of a line; of a longer one, those around its column. */
#define SHOWN_BYTES (SHOWN * 4)
#define FILE_MOST (16 << 20) /* Bytes: each fault reads the file again, and there may be 200. */

/* Splits "file:line:column" from its end; 0 for a number that is not there. */
static size_t split_place(const char *place, long *line, long *column)
{
    size_t length = strlen(place);
    long numbers[2] = {0, 0};
    int count = 0;
    while (count < 2) {
        size_t from = length;
        while (from > 0 && place[from - 1] >= '0' && place[from - 1] <= '9')
            from--;
        if (from == length || from == 0 || place[from - 1] != ':' || length - from > 9)
            break;
        numbers[count++] = strtol(place + from, NULL, 10);
        length = from - 1;
    }
    *line = count == 2 ? numbers[1] : numbers[0];
    *column = count == 2 ? numbers[0] : 0;
    return count > 0 ? length : 0;
}

static bool is_input(const char *name, size_t length, const bp_settings *inputs)
{
    for (int i = 0; i < 2; i++) {
        const bp_buf *list = i == 0 ? &inputs->operands : &inputs->data;
        for (size_t j = 0; j < BP_LIST_COUNT(list); j++) {
            const char *item = BP_LIST(list)[j];
            const char *path = strchr(item, '=');
            if ((strlen(item) == length && strncmp(item, name, length) == 0) ||
                (path != NULL && strlen(path + 1) == length &&
                 strncmp(path + 1, name, length) == 0))
                return true;
        }
    }
    return false;
}

/* Reads on to line `wanted` and keeps SHOWN characters of it, from character `*start` on, moved so
 * that the character at `column` is seen. Columns count characters, from 1. */
static size_t read_line(FILE *file, long wanted, long column, char text[SHOWN_BYTES + 1],
                        long *start)
{
    *start = column > SHOWN * 3 / 4 ? column - SHOWN / 2 : 0;
    long line = 1, character = -1;
    size_t kept = 0;
    for (int c; line <= wanted && (c = getc_unlocked(file)) != EOF;) {
        if (c == '\n') {
            line++;
            character = -1;
            continue;
        }
        character += (c & 0xC0) != 0x80;
        if (line == wanted && character >= *start && character < *start + SHOWN &&
            kept < SHOWN_BYTES && c != '\0' && c != '\r')
            text[kept++] = (char)(c == '\t' ? ' ' : c);
    }
    text[kept] = '\0';
    return kept;
}

static FILE *open_input(const char *name, size_t length)
{
    char path[BP_ERROR_PLACE];
    (void)snprintf(path, sizeof path, "%.*s", (int)length, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status;
    if (fd >= 0 &&
        (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > FILE_MOST)) {
        close(fd);
        fd = -1;
    }
    FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
    if (fd >= 0 && file == NULL)
        close(fd);
    return file;
}

void bp_excerpt_find(const char *place, const bp_settings *inputs, char *out, size_t size)
{
    out[0] = '\0';
    long line, column, start;
    size_t length = split_place(place, &line, &column);
    FILE *file = length > 0 && line > 0 && is_input(place, length, inputs)
                     ? open_input(place, length)
                     : NULL;
    if (file == NULL)
        return;
    char text[SHOWN_BYTES + 1];
    size_t kept = read_line(file, line, column, text, &start);
    (void)fclose(file);
    if (kept == 0)
        return;
    int written = snprintf(out, size, "%5ld | %s", line, text);
    if (column <= start || written < 0 || (size_t)written >= size)
        return;
    size_t at = 0, blanks = 0;
    for (long i = start + 1; i < column && at < kept; i++)
        blanks += bp_columns_of(bp_utf8_next(text, kept, &at));
    if (at < kept || column == start + 1)
        (void)snprintf(out + written, size - (size_t)written, "\n      | %*s^", (int)blanks, "");
}
