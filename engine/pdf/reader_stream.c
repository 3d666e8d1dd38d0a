/* The bytes of a stream: deflated ones, which nearly all are, are inflated here, for the library
 * below inflates whatever there is of them: a megabyte may hold a gigabyte. The other filters of
 * text and data are left to it, and so bound by the process alone. */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pdf/reader_private.h"

#define FILTERS_MOST 8

static bool fail_size(const bp_reader *reader, const char *what, size_t most, bp_error *err)
{
    return bp_fail(err, BP_ERR_LIMIT, reader->name, "%s has more than %zu bytes", what, most);
}

/* Inflates into `out`, which is empty; the room grows until all fits. */
static bool inflate(const bp_reader *reader, const void *bytes, size_t length, const char *what,
                    size_t most, bp_buf *out, bp_error *err)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    if (decompressor == NULL)
        return bp_fail_memory(err);
    bool ok = false;
    size_t room = length < most / 8 ? length * 8 + 256 : most;
    for (;; room = room > most / 4 ? most : room * 4) {
        room = room > most ? most : room;
        if (!bp_buf_reserve(out, room + 1)) { /* One more, for a room of nothing. */
            bp_fail_memory(err);
            break;
        }
        size_t read = 0;
        enum libdeflate_result result = libdeflate_zlib_decompress_ex(
            decompressor, bytes, length, out->bytes, room, &read, &out->length);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE && room < most)
            continue;
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
            fail_size(reader, what, most, err);
        else if (result != LIBDEFLATE_SUCCESS)
            bp_fail(err, BP_ERR_DATA, reader->name, "%s is damaged: it cannot be inflated", what);
        else
            ok = true;
        break;
    }
    if (!ok)
        out->length = 0;
    else
        out->bytes[out->length] = '\0';
    libdeflate_free_decompressor(decompressor);
    return ok;
}

#define OTHERWISE (-1)
#define TOO_OFTEN (-2)

/* How many times a stream is deflated; OTHERWISE where something else was done to it. */
static int deflated_times(const bp_reader *reader, qpdf_oh stream)
{
    const bp_qpdf *q = reader->q;
    qpdf_oh filter = bp_reader_key(reader, stream, "/Filter");
    qpdf_oh parameters = bp_reader_key(reader, stream, "/DecodeParms");
    enum qpdf_object_type_e type = bp_reader_type(reader, filter);
    int count = type == ot_array ? bp_reader_items(reader, filter) : type == ot_name;
    int times = 0;
    bool is_plain = count <= FILTERS_MOST && bp_reader_type(reader, parameters) <= ot_null;
    for (int i = 0; is_plain && i < count; i++) {
        qpdf_oh one = type == ot_array ? bp_reader_item(reader, filter, i) : filter;
        const char *name = "";
        size_t length = 0;
        is_plain = bp_reader_type(reader, one) == ot_name &&
                   q->qpdf_oh_get_value_as_name(reader->file, one, &name, &length) &&
                   (strcmp(name, "/FlateDecode") == 0 || strcmp(name, "/Fl") == 0);
        times += is_plain;
        if (one != filter)
            bp_reader_drop(reader, one);
    }
    if (type != ot_array && type != ot_name && type > ot_null)
        is_plain = false;
    bp_reader_drop(reader, parameters);
    bp_reader_drop(reader, filter);
    return count > FILTERS_MOST ? TOO_OFTEN : is_plain ? times : OTHERWISE;
}

bool bp_reader_stream(const bp_reader *reader, qpdf_oh stream, const char *what, size_t most,
                      bp_buf *out, bp_error *err)
{
    const bp_qpdf *q = reader->q;
    int times = deflated_times(reader, stream);
    if (times == TOO_OFTEN)
        return bp_fail(err, BP_ERR_DATA, reader->name, "%s has more than %d filters", what,
                       FILTERS_MOST);
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL is_filtered = QPDF_FALSE;
    (void)q->qpdf_oh_get_stream_data(reader->file, stream,
                                     times < 0 ? qpdf_dl_specialized : qpdf_dl_none, &is_filtered,
                                     &bytes, &length);
    if (q->qpdf_has_error(reader->file)) {
        free(bytes);
        return bp_reader_fail(reader, what, err);
    }
    bp_buf stages[2] = {{0}, {0}};
    const void *from = bytes;
    bool ok = true;
    if (times < 0 && !is_filtered)
        ok = bp_fail(err, BP_ERR_DATA, reader->name, "%s is stored in a way that is not understood",
                     what);
    for (int i = 0; ok && i < times; i++) {
        bp_buf *into = &stages[i & 1];
        into->length = 0;
        ok = inflate(reader, from, length, what, most, into, err);
        from = into->bytes;
        length = into->length;
    }
    if (ok && length > most)
        ok = fail_size(reader, what, most, err);
    if (ok && times > 0 && out->bytes == NULL) { /* Handed over, not copied. */
        *out = stages[(times - 1) & 1];
        stages[(times - 1) & 1] = (bp_buf){0};
    } else if (ok) {
        ok = bp_buf_add(out, length != 0 ? from : "", length) || bp_fail_memory(err);
    }
    bp_buf_clear(&stages[0]);
    bp_buf_clear(&stages[1]);
    free(bytes);
    return ok;
}

bool bp_reader_stored(const bp_reader *reader, qpdf_oh stream, bp_buf *out, bp_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    (void)reader->q->qpdf_oh_get_stream_data(reader->file, stream, qpdf_dl_none, NULL, &bytes,
                                             &length);
    bool ok = bp_reader_settle(reader, err); /* What cannot be read at all has no bytes. */
    out->length = 0;
    ok = ok && (bytes == NULL || bp_buf_add(out, bytes, length) || bp_fail_memory(err));
    free(bytes);
    return ok;
}
