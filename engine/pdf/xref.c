/* The places of objects: see xref.h. */
#include "pdf/xref.h"

#include <assert.h>

enum { UNKNOWN, AT_OFFSET, INSIDE };

typedef struct {
    uint32_t at; /* The offset, or the number of the object stream. */
    uint16_t index;
    uint16_t kind;
} place;

static place *places(const bp_xref *xref)
{
    return BP_BUF_ITEMS(&xref->places, place);
}

uint32_t bp_xref_count(const bp_xref *xref)
{
    return (uint32_t)BP_BUF_COUNT(&xref->places, place);
}

uint32_t bp_xref_add(bp_xref *xref)
{
    uint32_t count = bp_xref_count(xref);
    bool ok = count < BP_XREF_MOST && bp_buf_push(&xref->places, sizeof(place)) != NULL;
    return ok ? count + 1 : 0;
}

static void put(bp_xref *xref, uint32_t number, place where)
{
    assert(number != 0 && number <= bp_xref_count(xref));
    assert(!bp_xref_is_known(xref, number));
    places(xref)[number - 1] = where;
}

void bp_xref_put(bp_xref *xref, uint32_t number, uint32_t offset)
{
    put(xref, number, (place){offset, 0, AT_OFFSET});
}

void bp_xref_put_inside(bp_xref *xref, uint32_t number, uint32_t stream, unsigned index)
{
    assert(index <= UINT16_MAX);
    put(xref, number, (place){stream, (uint16_t)index, INSIDE});
}

bool bp_xref_is_known(const bp_xref *xref, uint32_t number)
{
    return places(xref)[number - 1].kind != UNKNOWN;
}

bool bp_xref_write_table(const bp_xref *xref, bp_buf *out)
{
    uint32_t count = bp_xref_count(xref);
    bool ok = bp_buf_format(out, "xref\n0 %lu\n0000000000 65535 f\r\n", (unsigned long)count + 1);
    for (uint32_t i = 0; ok && i < count; i++) {
        assert(places(xref)[i].kind == AT_OFFSET);
        ok = bp_buf_format(out, "%010lu 00000 n\r\n", (unsigned long)places(xref)[i].at);
    }
    return ok;
}

static unsigned width_of(uint32_t most)
{
    unsigned width = 1;
    while (width < 4 && most >> (8 * width) != 0)
        width++;
    return width;
}

static unsigned char *put_bytes(unsigned char *to, uint32_t value, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        *to++ = (unsigned char)(value >> (8 * (width - 1 - i)));
    return to;
}

bool bp_xref_write_rows(const bp_xref *xref, bp_buf *out, unsigned widths[3])
{
    uint32_t count = bp_xref_count(xref), at = 0, index = 0;
    for (uint32_t i = 0; i < count; i++) {
        const place *where = &places(xref)[i];
        at = where->at > at ? where->at : at;
        index = where->index > index ? where->index : index;
    }
    widths[0] = 1;
    widths[1] = width_of(at);
    widths[2] = width_of(index);
    size_t width = widths[0] + widths[1] + widths[2];
    if (!bp_buf_reserve(out, (width + 1) * ((size_t)count + 1)))
        return false;

    unsigned char row[9], above[9] = {0}, line[10] = {2}; /* Of object 0: free, next 0. */
    bool ok = bp_buf_add(out, line, width + 1);
    for (uint32_t i = 0; ok && i < count; i++) {
        const place *where = &places(xref)[i];
        assert(where->kind != UNKNOWN);
        row[0] = where->kind == INSIDE ? 2 : 1;
        (void)put_bytes(put_bytes(row + 1, where->at, widths[1]), where->index, widths[2]);
        for (size_t k = 0; k < width; k++)
            line[k + 1] = (unsigned char)(row[k] - above[k]);
        memcpy(above, row, width);
        ok = bp_buf_add(out, line, width + 1);
    }
    return ok;
}
