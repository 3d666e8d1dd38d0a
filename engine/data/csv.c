/* CSV: see csv.h. */
#include "data/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void bp_csv_begin(bp_csv *csv, const char *file, const char *bytes, size_t length,
                  bp_faults *faults)
{
    *csv = (bp_csv){.file = file, .bytes = bytes, .length = length, .line = 1, .faults = faults};
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        csv->at = csv->line_start = 3;
}

void bp_csv_go_on(bp_csv *csv, const char *bytes, size_t length, uint32_t line)
{
    csv->bytes = bytes;
    csv->length = length;
    csv->line = line;
    csv->at = csv->line_start = csv->extra = 0;
    csv->is_broken = false;
}

void bp_csv_end(bp_csv *csv)
{
    bp_buf_clear(&csv->fields);
    bp_buf_clear(&csv->scratch);
}

static bp_spot spot_here(const bp_csv *csv)
{
    return (bp_spot){csv->line, (uint32_t)(csv->at - csv->line_start - csv->extra + 1)};
}

static bool fault(bp_csv *csv, bp_spot spot, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool fault(bp_csv *csv, bp_spot spot, const char *format, ...)
{
    char text[200], place[BP_ERROR_PLACE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)snprintf(place, sizeof place, "%s:%u:%u", csv->file, spot.line, spot.column);
    bp_faults_add(csv->faults, BP_ERR_DATA, place, "%s", text);
    csv->is_broken = true;
    return false;
}

static bool refuse(bp_csv *csv)
{
    csv->faults->refused = csv->is_broken = true;
    return false;
}

static void next_line(bp_csv *csv)
{
    csv->at++;
    csv->line++;
    csv->line_start = csv->at;
    csv->extra = 0;
}

/* Moves over the plain characters that most of a file is made of: ASCII that means nothing in CSV.
 */
static void skip_plain(bp_csv *csv)
{
    const signed char *bytes =
        (const signed char *)csv->bytes; /* Signed: what is not ASCII is below ' '. */
    size_t at = csv->at;
    /* Digits and letters stand behind the comma, which spares them three more questions. */
    while (at < csv->length &&
           (bytes[at] > ',' || (bytes[at] >= ' ' && bytes[at] != ',' && bytes[at] != '"')))
        at++;
    csv->at = at;
}

/* Moves over one character that is no separator, quote or line break. */
static bool step(bp_csv *csv)
{
    unsigned char c = (unsigned char)csv->bytes[csv->at];
    if (c >= 0x20 && c < 0x80) {
        csv->at++;
        return true;
    }
    if (c == '\t') {
        csv->at++;
        return true;
    }
    bp_spot spot = spot_here(csv);
    if (c < 0x20)
        return fault(csv, spot, "the control character U+%04X is not allowed", c);
    size_t was = csv->at;
    if (bp_utf8_next(csv->bytes, csv->length, &csv->at) == BP_UTF8_BAD)
        return fault(csv, spot, "the byte 0x%02X is not UTF-8", c);
    csv->extra += csv->at - was - 1;
    return true;
}

static bool at_line_break(const bp_csv *csv)
{
    char c = csv->bytes[csv->at];
    return c == '\n' || (c == '\r' && csv->at + 1 < csv->length && csv->bytes[csv->at + 1] == '\n');
}

/* A field in quotes. Its text goes to the scratch space; `text` holds the offset until the row is
 * whole. */
static bool read_quoted(bp_csv *csv, bp_field *field)
{
    size_t from = csv->scratch.length;
    bp_spot open = spot_here(csv);
    csv->at++;
    for (size_t kept = csv->at;;) {
        skip_plain(csv);
        if (csv->at >= csv->length)
            return fault(csv, open, "the quote that opens here is never closed");
        char c = csv->bytes[csv->at];
        if (c == '"') {
            if (!bp_buf_add(&csv->scratch, csv->bytes + kept, csv->at - kept))
                return refuse(csv);
            csv->at++;
            if (csv->at >= csv->length || csv->bytes[csv->at] != '"')
                break;
            kept = csv->at++;
        } else if (c == '\n') {
            next_line(csv);
        } else if (at_line_break(csv)) {
            csv->at++;
        } else if (!step(csv)) {
            return false;
        }
    }
    field->length = csv->scratch.length - from;
    field->text = NULL;
    if (csv->at < csv->length && csv->bytes[csv->at] != ',' && !at_line_break(csv))
        return fault(csv, spot_here(csv),
                     "expected a comma or the end of the line after the closing quote");
    return true;
}

static bool read_plain(bp_csv *csv, bp_field *field)
{
    size_t start = csv->at;
    for (skip_plain(csv);
         csv->at < csv->length && csv->bytes[csv->at] != ',' && !at_line_break(csv);
         skip_plain(csv)) {
        if (csv->bytes[csv->at] == '"')
            return fault(csv, spot_here(csv),
                         "a quote inside a field; quote the whole field and double the "
                         "quotes in it");
        if (!step(csv))
            return false;
    }
    field->text = csv->bytes + start;
    field->length = csv->at - start;
    return true;
}

/* Room for one more field; the buffer grows only for the longest row so far. */
static bp_field *next_field(bp_csv *csv)
{
    if (csv->fields.capacity < csv->fields.length + sizeof(bp_field) + 1 &&
        !bp_buf_reserve(&csv->fields, sizeof(bp_field)))
        return NULL;
    bp_field *field = (void *)(csv->fields.bytes + csv->fields.length);
    csv->fields.length += sizeof *field;
    *field = (bp_field){.spot = spot_here(csv)};
    return field;
}

bool bp_csv_row(bp_csv *csv)
{
    while (!csv->is_broken && csv->at < csv->length && at_line_break(csv)) {
        csv->at += csv->bytes[csv->at] == '\r';
        next_line(csv);
    }
    if (csv->is_broken || csv->at >= csv->length)
        return false;
    csv->fields.length = csv->scratch.length = 0;
    for (;;) {
        bp_field *field = next_field(csv);
        if (field == NULL)
            return refuse(csv);
        bool is_quoted = csv->at < csv->length && csv->bytes[csv->at] == '"';
        if (!(is_quoted ? read_quoted(csv, field) : read_plain(csv, field)))
            return false;
        if (csv->at >= csv->length || csv->bytes[csv->at] != ',')
            break;
        csv->at++;
    }
    if (csv->at < csv->length) {
        csv->at += csv->bytes[csv->at] == '\r';
        next_line(csv);
    }
    /* The scratch space has stopped moving: quoted fields lie in it one after the other. */
    size_t from = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&csv->fields, bp_field); i++) {
        bp_field *field = &BP_BUF_ITEMS(&csv->fields, bp_field)[i];
        if (field->text == NULL) {
            field->text = csv->scratch.bytes + from;
            from += field->length;
        }
    }
    return true;
}
