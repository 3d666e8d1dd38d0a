/* The trace: each drawing step as a line of text, in our axes and with numbers rounded, so that it
 * reads well in a diff and outlives a change of library. */
#include <stdarg.h>
#include <stdio.h>

#include "base/number.h"
#include "pdf/document_private.h"
#include "pdf/syntax.h"

static void keep(bp_document *document, bool ok)
{
    if (!ok)
        bp_fail_memory(&document->error);
}

void bp_trace(bp_document *document, const char *format, ...)
{
    if (document->trace == NULL)
        return;
    va_list args;
    va_start(args, format);
    keep(document, bp_buf_vformat(document->trace, format, args));
    va_end(args);
}

void bp_trace_number(bp_document *document, double value)
{
    if (document->trace != NULL)
        keep(document, bp_buf_char(document->trace, ' ') &&
                           bp_syntax_number(document->trace, value, BP_DECIMALS));
}

void bp_trace_string(bp_document *document, const char *text, size_t length)
{
    bp_buf *trace = document->trace;
    if (trace == NULL)
        return;
    bool ok = bp_buf_text(trace, " \"");
    for (size_t i = 0; ok && i < length; i++) {
        if (text[i] == '"' || text[i] == '\\')
            ok = bp_buf_char(trace, '\\') && bp_buf_char(trace, text[i]);
        else if ((unsigned char)text[i] < ' ')
            ok = bp_buf_format(trace, "\\x%02x", (unsigned)text[i]);
        else
            ok = bp_buf_char(trace, text[i]);
    }
    keep(document, ok && bp_buf_char(trace, '"'));
}

void bp_trace_color(bp_document *document, uint32_t color)
{
    if ((color & 0xff) == 0xff)
        bp_trace(document, " #%06x", (unsigned)(color >> 8));
    else
        bp_trace(document, " #%08x", (unsigned)color);
}

void bp_trace_numbers(bp_document *document, const char *verb, const double *numbers, size_t count)
{
    if (document->trace == NULL)
        return;
    bp_trace(document, "%s", verb);
    for (size_t i = 0; i < count; i++)
        bp_trace_number(document, numbers[i]);
}

void bp_trace_page(const bp_page *page)
{
    bp_document *document = page->document;
    if (document->trace == NULL || document->traced == page->index)
        return;
    document->traced = page->index;
    bp_trace(document, "page %zu\n", page->index + 1);
}

void bp_trace_end(bp_document *document)
{
    if (document->trace != NULL)
        keep(document, bp_buf_char(document->trace, '\n'));
}
