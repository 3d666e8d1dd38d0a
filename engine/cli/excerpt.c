/* The line a message is about: see excerpt.h. */
#include "cli/excerpt.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"

#define SHOWN 80 /* Bytes of a line; of a longer one, those around the column. */

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

/* Reads on to line `wanted` and keeps SHOWN bytes of it from byte `*start` on, moved so that
 * `column` is seen. */
static size_t read_line(FILE *file, long wanted, long column, char text[SHOWN + 1], long *start)
{
    *start = column > SHOWN * 3 / 4 ? column - SHOWN / 2 : 0;
    long line = 1, at = 0;
    size_t kept = 0;
    for (int c; line <= wanted && at < 100000000 && (c = getc_unlocked(file)) != EOF; at++) {
        if (c == '\n') {
            line++;
            at = -1;
        } else if (line == wanted && at >= *start && kept < SHOWN && c != '\0' && c != '\r') {
            text[kept++] = (char)(c == '\t' ? ' ' : c);
        }
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
    if (fd >= 0 && (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))) {
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
    char text[SHOWN + 1];
    size_t kept = read_line(file, line, column, text, &start);
    (void)fclose(file);
    /* A line cut on its left may begin within a character. */
    size_t from = 0;
    while (start > 0 && from < kept && ((unsigned char)text[from] & 0xC0) == 0x80)
        from++;
    size_t end = bp_utf8_floor(text, kept, kept);
    while (end > from && !bp_utf8_valid(text + from, end - from, NULL) && kept - end < 4)
        end--;
    if (end <= from)
        return;
    int written = snprintf(out, size, "%5ld | %.*s", line, (int)(end - from), text + from);
    long mark = column - 1 - start - (long)from;
    if (column > 0 && mark >= 0 && mark <= (long)(end - from) && written > 0 &&
        (size_t)written < size) {
        int blanks = (int)bp_utf8_count(text + from, (size_t)mark);
        (void)snprintf(out + written, size - (size_t)written, "\n      | %*s^", blanks, "");
    }
}
