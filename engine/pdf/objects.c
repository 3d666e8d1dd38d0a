/* The objects of a file: see objects.h. libharu's part is the catalog, the root of the page tree,
 * the trailer, the frame of each dictionary in the open and the stream that counts what goes out.
 * One HPDF_Dict without elements lends its frame to all: its write_fn prints the entries at hand,
 * the body of a stream follows in after_write_fn, so that no indirect /Length is needed.
 *
 * libharu writes whole files only, objects in the order of their numbers. A report of 10,000 pages
 * would be held whole until then; so the order is ours, and the file goes to its sink as pages end.
 * An object of libharu's costs 200 bytes and more, in its cross-reference alone 48, where a tagged
 * table of 50,000 rows has 400,000 of them: numbers and places are ours too (xref.h), 8 bytes each.
 *
 * Where streams are deflated, objects that are no streams gather in object streams (ISO 32000-1
 * 7.5.7), one of which is open at a time. The catalog alone stands outside, where readers that
 * encrypt or linearize want it. libharu's info dictionary is left out, since it holds a Producer
 * that the XMP packet would contradict. */
#include "pdf/objects.h"

#include <assert.h>
#include <hpdf.h>
#include <hpdf_doc.h>
#include <libdeflate.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "pdf/syntax.h"
#include "pdf/xref.h"

#if HPDF_MAJOR_VERSION != 2 || HPDF_MINOR_VERSION < 3 || HPDF_MINOR_VERSION > 4
#error "libharu 2.3 or 2.4 is needed"
#endif

struct bp_objects {
    HPDF_Doc doc;
    HPDF_Dict frame;    /* Of every dictionary but the catalog's. */
    HPDF_Stream output; /* Counts, hashes and passes on to `out`. */
    HPDF_STATUS failed; /* libharu's first failure; later calls overwrite its own number. */
    bp_error problem;   /* The first failure of `out`. */
    bp_sink out;
    bp_buf waiting; /* Small pieces on their way to `out`. */
    int deflate_level;
    struct libdeflate_compressor *compressor; /* NULL until the first stream. */
    bp_buf deflated;
    bp_hash hash; /* Of all that was written. */
    bp_xref xref;
    bp_ref pack;       /* The object stream that is open; 0: none. */
    bp_buf pack_head;  /* Of each of its objects, number and offset. */
    bp_buf pack_texts; /* They themselves. */
    unsigned pack_count;
    /* The object that is being written. */
    const bp_buf *entries;
    const void *body; /* NULL: it is no stream. */
    size_t body_length;
};

#define POOL_BYTES (64u * 1024u) /* libharu leaks refused blocks without a pool. */
#define WAITING_BYTES (32u * 1024u)
#define FILE_BYTES_MOST ((size_t)INT32_MAX) /* libharu's offsets have 32 bits. */

/* An object stream ends with the object that reaches one of these. */
#define PACK_BYTES (32u * 1024u)
#define PACK_COUNT 256u

static void *HPDF_STDCALL lend_block(HPDF_UINT size)
{
    return bp_alloc(size);
}

static void HPDF_STDCALL take_block_back(void *block)
{
    bp_free(block);
}

static void HPDF_STDCALL note_failure(HPDF_STATUS number, HPDF_STATUS detail, void *user_data)
{
    (void)detail;
    bp_objects *objects = user_data;
    if (objects != NULL && objects->failed == HPDF_OK)
        objects->failed = number;
}

static bool fail(bp_objects *objects, bp_error *err)
{
    const bp_error *problem = &objects->problem;
    if (problem->code != BP_OK)
        return bp_fail(err, problem->code, problem->place, "%s", problem->text);
    HPDF_STATUS number = objects->failed ? objects->failed : objects->doc->error.error_no;
    if (number == HPDF_FAILD_TO_ALLOC_MEM || number == HPDF_OK)
        return bp_fail_memory(err);
    return bp_fail(err, BP_ERR_INTERNAL, NULL, "libharu reports error 0x%04lX",
                   (unsigned long)number);
}

static bp_ref ref_of(HPDF_Dict dict)
{
    return dict->header.obj_id & 0x00ffffffu;
}

/* Output --------------------------------------------------------------------------------------- */

static bool flush(bp_objects *objects)
{
    bool ok = bp_sink_write(&objects->out, objects->waiting.bytes, objects->waiting.length,
                            &objects->problem);
    objects->waiting.length = 0;
    return ok;
}

/* Stands behind libharu's output stream. Long pieces (stream bodies) enter the identifier as length
 * and CRC, which costs a tenth of hashing them whole. */
static HPDF_STATUS take_output(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length)
{
    bp_objects *objects = stream->attr;
    if (length >= 1024) {
        uint32_t sums[2] = {length, libdeflate_crc32(0, bytes, length)};
        bp_hash_add(&objects->hash, sums, sizeof sums);
    } else {
        bp_hash_add(&objects->hash, bytes, length);
    }
    bool ok = objects->waiting.length + length <= WAITING_BYTES || flush(objects);
    if (ok && length <= WAITING_BYTES)
        (void)bp_buf_add(&objects->waiting, bytes, length); /* Fits: room was made. */
    else if (ok)
        ok = bp_sink_write(&objects->out, bytes, length, &objects->problem);
    return ok ? HPDF_OK : HPDF_FILE_IO_ERROR;
}

static HPDF_STATUS put(bp_objects *objects, const void *bytes, size_t length)
{
    return length == 0 ? HPDF_OK : HPDF_Stream_Write(objects->output, bytes, (HPDF_UINT)length);
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    (void)stream;
    bp_objects *objects = dict->attr;
    return objects->entries != NULL
               ? put(objects, objects->entries->bytes, objects->entries->length)
               : HPDF_OK;
}

static HPDF_STATUS write_body(HPDF_Dict dict)
{
    bp_objects *objects = dict->attr;
    if (objects->body == NULL)
        return HPDF_OK;
    HPDF_STATUS status = HPDF_Stream_WriteStr(objects->output, "\nstream\n");
    if (status == HPDF_OK)
        status = put(objects, objects->body, objects->body_length);
    return status == HPDF_OK ? HPDF_Stream_WriteStr(objects->output, "\nendstream") : status;
}

/* Opening -------------------------------------------------------------------------------------- */

/* libharu's pool does not see to it that what lies behind the odd-sized blocks of HPDF_NewDoc is
 * aligned. What we add to it keeps it aligned from here on. */
static void align_pool(HPDF_MMgr mmgr)
{
    HPDF_UINT odd = mmgr->mpool != NULL ? mmgr->mpool->used_size % 8 : 0;
    if (odd != 0)
        (void)HPDF_GetMem(mmgr, 8 - odd);
}

static void adopt(bp_objects *objects, HPDF_Dict dict)
{
    dict->attr = objects;
    dict->before_write_fn = NULL;
    dict->write_fn = write_entries;
    dict->after_write_fn = write_body;
}

static bool open_doc(bp_objects *objects)
{
    objects->doc = HPDF_NewEx(note_failure, lend_block, take_block_back, POOL_BYTES, objects);
    HPDF_Doc doc = objects->doc;
    if (doc == NULL)
        return false;
    doc->info = NULL; /* Its memory is the pool's; its number, the last, is given out again. */
    for (HPDF_UINT i = 2; i < doc->xref->entries->count; i++)
        if (bp_xref_add(&objects->xref) == 0)
            return false;
    assert(ref_of(doc->catalog) <= bp_xref_count(&objects->xref) &&
           ref_of(doc->root_pages) <= bp_xref_count(&objects->xref));
    HPDF_Dict_RemoveElement(doc->root_pages, "Type");
    HPDF_Dict_RemoveElement(doc->root_pages, "Kids");
    HPDF_Dict_RemoveElement(doc->root_pages, "Count");
    align_pool(doc->mmgr);
    objects->frame = HPDF_Dict_New(doc->mmgr);
    objects->output = HPDF_CallbackWriter_New(doc->mmgr, take_output, objects);
    if (objects->frame == NULL || objects->output == NULL)
        return false;
    adopt(objects, objects->frame);
    adopt(objects, doc->catalog);
    adopt(objects, doc->trailer);
    return HPDF_Stream_WriteStr(objects->output, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") == HPDF_OK;
}

bp_objects *bp_objects_new(int deflate_level, bp_sink out, bp_error *err)
{
    bp_objects *objects = bp_alloc_zero(1, sizeof *objects);
    if (objects == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    objects->deflate_level = deflate_level;
    objects->out = out;
    bp_hash_init(&objects->hash);
    libdeflate_set_memory_allocator(bp_alloc, bp_free);
    if (bp_buf_reserve(&objects->waiting, WAITING_BYTES) && open_doc(objects))
        return objects;
    bp_fail_memory(err);
    bp_objects_free(objects);
    return NULL;
}

void bp_objects_free(bp_objects *objects)
{
    if (objects == NULL)
        return;
    bp_buf_clear(&objects->waiting);
    bp_buf_clear(&objects->deflated);
    bp_buf_clear(&objects->xref.places);
    bp_buf_clear(&objects->pack_head);
    bp_buf_clear(&objects->pack_texts);
    if (objects->compressor != NULL)
        libdeflate_free_compressor(objects->compressor);
    HPDF_Free(objects->doc);
    bp_free(objects);
}

/* Objects -------------------------------------------------------------------------------------- */

bp_ref bp_objects_catalog(const bp_objects *objects)
{
    return ref_of(objects->doc->catalog);
}

bp_ref bp_objects_page_root(const bp_objects *objects)
{
    return ref_of(objects->doc->root_pages);
}

bp_ref bp_objects_add(bp_objects *objects, bp_error *err)
{
    bp_ref ref = bp_xref_add(&objects->xref);
    if (ref == 0 && bp_xref_count(&objects->xref) == BP_XREF_MOST)
        bp_fail(err, BP_ERR_LIMIT, NULL, "the PDF has more objects than the %u that readers take",
                BP_XREF_MOST);
    else if (ref == 0)
        bp_fail_memory(err);
    return ref;
}

/* Writes the object at hand in the frame that libharu gives it. */
static bool write_framed(bp_objects *objects, bp_ref ref, HPDF_Dict frame, bp_error *err)
{
    size_t length = objects->body_length + (objects->entries ? objects->entries->length : 0);
    if (length + 64 > FILE_BYTES_MOST - objects->output->size)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "the PDF is larger than 2 GB");
    char head[24];
    (void)snprintf(head, sizeof head, "%lu 0 obj\n", (unsigned long)ref);
    if (!bp_xref_is_known(&objects->xref, ref)) /* The cross-reference tells its own before. */
        bp_xref_put(&objects->xref, ref, objects->output->size);
    HPDF_STATUS status = HPDF_Stream_WriteStr(objects->output, head);
    if (status == HPDF_OK)
        status = HPDF_Obj_WriteValue(frame, objects->output, NULL);
    if (status == HPDF_OK)
        status = HPDF_Stream_WriteStr(objects->output, "\nendobj\n");
    if (status != HPDF_OK && objects->failed == HPDF_OK)
        objects->failed = status;
    return status == HPDF_OK || fail(objects, err);
}

/* From how many bytes on a stream is deflated. Shorter ones, such as the header and footer of a
 * page, lose a tenth at most and would take as long as thousands of bytes do, for the tables are
 * set up for each; who asks for a high level has the time. */
#define DEFLATE_LEAST(level) ((level) < 6 ? 256 : 48)
#define DEFLATE_ALWAYS 0
#define DEFLATE_NEVER SIZE_MAX

/* Deflates into `deflated`; false when memory is refused. */
static bool deflate_bytes(bp_objects *objects, const void *bytes, size_t length)
{
    if (objects->compressor == NULL)
        objects->compressor = libdeflate_alloc_compressor(objects->deflate_level);
    if (objects->compressor == NULL)
        return false;
    size_t bound = libdeflate_zlib_compress_bound(objects->compressor, length);
    objects->deflated.length = 0;
    if (!bp_buf_reserve(&objects->deflated, bound))
        return false;
    objects->deflated.length = libdeflate_zlib_compress(objects->compressor, bytes, length,
                                                        objects->deflated.bytes, bound);
    return objects->deflated.length != 0;
}

#define FILTER "/Filter/FlateDecode"

/* A stream with the entries of `text`, to which what tells its bytes is added. */
static bool write_stream(bp_objects *objects, bp_ref ref, HPDF_Dict frame, bp_buf *text,
                         const void *bytes, size_t length, size_t deflate_from, bp_error *err)
{
    bool is_deflated = objects->deflate_level != 0 && length >= deflate_from;
    if (is_deflated) {
        if (!deflate_bytes(objects, bytes, length))
            return bp_fail_memory(err);
        is_deflated =
            deflate_from == DEFLATE_ALWAYS || objects->deflated.length + sizeof FILTER - 1 < length;
    }
    if (is_deflated) {
        bytes = objects->deflated.bytes;
        length = objects->deflated.length;
    }
    if (!bp_buf_format(text, "/Length %zu%s", length, is_deflated ? FILTER : ""))
        return bp_fail_memory(err);
    objects->entries = text;
    objects->body = length != 0 ? bytes : "";
    objects->body_length = length;
    bool ok = write_framed(objects, ref, frame, err);
    objects->entries = NULL;
    objects->body = NULL;
    objects->body_length = 0;
    return ok;
}

/* Object streams ------------------------------------------------------------------------------- */

static bool close_pack(bp_objects *objects, bp_error *err)
{
    if (objects->pack == 0)
        return true;
    bp_buf text = {0};
    size_t first = objects->pack_head.length;
    bool ok =
        (bp_buf_add(&objects->pack_head, objects->pack_texts.bytes, objects->pack_texts.length) &&
         bp_buf_format(&text, "/Type/ObjStm/N %u/First %zu", objects->pack_count, first)) ||
        bp_fail_memory(err);
    ok = ok && write_stream(objects, objects->pack, objects->frame, &text, objects->pack_head.bytes,
                            objects->pack_head.length, DEFLATE_LEAST(objects->deflate_level), err);
    bp_buf_clear(&text);
    objects->pack = 0;
    objects->pack_count = 0;
    objects->pack_head.length = 0;
    objects->pack_texts.length = 0;
    return ok;
}

static bool write_packed(bp_objects *objects, bp_ref ref, const bp_buf *entries, bp_error *err)
{
    if (objects->pack == 0 && (objects->pack = bp_objects_add(objects, err)) == 0)
        return false;
    bp_buf *head = &objects->pack_head, *texts = &objects->pack_texts;
    bool ok = bp_syntax_number(head, ref, 0) && bp_buf_char(head, ' ') &&
              bp_syntax_number(head, (double)texts->length, 0) && bp_buf_char(head, ' ') &&
              bp_buf_add(texts, "<<", 2) && bp_buf_add(texts, entries->bytes, entries->length) &&
              bp_buf_add(texts, ">>", 2);
    if (!ok)
        return bp_fail_memory(err);
    bp_xref_put_inside(&objects->xref, ref, objects->pack, objects->pack_count++);
    return (texts->length < PACK_BYTES && objects->pack_count < PACK_COUNT) ||
           close_pack(objects, err);
}

static bool write_object(bp_objects *objects, bp_ref ref, const bp_buf *entries, bp_error *err)
{
    HPDF_Dict catalog = objects->doc->catalog;
    if (ref != ref_of(catalog) && objects->deflate_level != 0)
        return write_packed(objects, ref, entries, err);
    objects->entries = entries;
    bool ok = write_framed(objects, ref, ref == ref_of(catalog) ? catalog : objects->frame, err);
    objects->entries = NULL;
    return ok;
}

bool bp_objects_write(bp_objects *objects, bp_ref ref, bp_buf *text, bp_error *err)
{
    assert(!bp_xref_is_known(&objects->xref, ref));
    bool ok = !bp_sink_is_wanted(&objects->out) || write_object(objects, ref, text, err);
    bp_buf_clear(text);
    return ok;
}

bool bp_objects_write_stream(bp_objects *objects, bp_ref ref, bp_buf *text, const void *bytes,
                             size_t length, bool as_is, bp_error *err)
{
    bp_buf none = {0};
    if (text == NULL)
        text = &none;
    assert(!bp_xref_is_known(&objects->xref, ref));
    bool ok = !bp_sink_is_wanted(&objects->out) ||
              write_stream(objects, ref, objects->frame, text, bytes, length,
                           as_is ? DEFLATE_NEVER : DEFLATE_LEAST(objects->deflate_level), err);
    bp_buf_clear(text);
    return ok;
}

bool bp_objects_put_ref(bp_buf *text, bp_ref ref)
{
    return bp_buf_unsigned(text, ref) && bp_buf_add(text, " 0 R", 4);
}

/* The end of the file -------------------------------------------------------------------------- */

/* What the trailer says beside /Size; the identifier counts all that was written before. */
static bool put_trailer(bp_objects *objects, bp_ref info, bp_buf *text)
{
    unsigned char digest[32];
    bp_hash_end(&objects->hash, digest);
    HPDF_INT32 size = (HPDF_INT32)bp_xref_count(&objects->xref) + 1;
    return HPDF_Dict_AddNumber(objects->doc->trailer, "Size", size) == HPDF_OK &&
           bp_buf_format(text, "/Root %lu 0 R\n/Info %lu 0 R\n/ID[<",
                         (unsigned long)bp_objects_catalog(objects), (unsigned long)info) &&
           bp_syntax_hex(text, digest, 16) && bp_buf_text(text, "><") &&
           bp_syntax_hex(text, digest, 16) && bp_buf_text(text, ">]\n");
}

static bool end_in_the_open(bp_objects *objects, bp_ref info, bp_buf *text, bp_error *err)
{
    bool ok = bp_xref_write_table(&objects->xref, text) &&
              put(objects, text->bytes, text->length) == HPDF_OK;
    text->length = 0;
    ok = ok && put_trailer(objects, info, text);
    objects->entries = text;
    ok = ok && HPDF_Stream_WriteStr(objects->output, "trailer\n") == HPDF_OK &&
         HPDF_Dict_Write(objects->doc->trailer, objects->output, NULL) == HPDF_OK &&
         HPDF_Stream_WriteStr(objects->output, "\n") == HPDF_OK;
    objects->entries = NULL;
    return ok || fail(objects, err);
}

/* The trailer is the dictionary of the cross-reference stream. */
static bool end_as_stream(bp_objects *objects, bp_ref info, bp_buf *text, bp_error *err)
{
    bp_buf rows = {0};
    unsigned widths[3];
    bp_ref ref = bp_objects_add(objects, err);
    bool ok = ref != 0;
    if (ok)
        bp_xref_put(&objects->xref, ref, objects->output->size);
    ok = ok &&
         ((bp_xref_write_rows(&objects->xref, &rows, widths) &&
           bp_buf_format(text, "/Type/XRef/W[%u %u %u]/DecodeParms<</Columns %u/Predictor 12>>",
                         widths[0], widths[1], widths[2], widths[0] + widths[1] + widths[2]) &&
           put_trailer(objects, info, text)) ||
          fail(objects, err));
    ok = ok && write_stream(objects, ref, objects->doc->trailer, text, rows.bytes, rows.length,
                            DEFLATE_ALWAYS, err); /* The predictor counts with a filter only. */
    bp_buf_clear(&rows);
    return ok;
}

bool bp_objects_finish(bp_objects *objects, bp_ref info, bp_error *err)
{
    if (!bp_sink_is_wanted(&objects->out))
        return true;
    bp_buf text = {0};
    bool ok = true;
    for (bp_ref ref = 1; ok && ref <= bp_xref_count(&objects->xref); ref++)
        if (!bp_xref_is_known(&objects->xref, ref) && ref != objects->pack)
            ok = bp_objects_write(objects, ref, &text, err);
    ok = ok && close_pack(objects, err);
    HPDF_UINT at = objects->output->size;
    ok = ok && (objects->deflate_level == 0 ? end_in_the_open(objects, info, &text, err)
                                            : end_as_stream(objects, info, &text, err));
    text.length = 0;
    ok = ok && ((bp_buf_format(&text, "startxref\n%u\n%%%%EOF\n", at) &&
                 put(objects, text.bytes, text.length) == HPDF_OK && flush(objects)) ||
                fail(objects, err));
    bp_buf_clear(&text);
    return ok;
}
