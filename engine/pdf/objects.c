/* The objects of a file: see objects.h. libharu's part is the numbers, the cross-reference with the
 * offset of each object, the frame of each dictionary and the trailer. An object of ours is a null
 * of libharu's in the cross-reference (32 bytes; an HPDF_Dict takes 170, and each element 136
 * more), and one HPDF_Dict without elements lends its frame to all: its write_fn prints the entries
 * at hand, the body of a stream follows in after_write_fn, so that no indirect /Length is needed.
 *
 * libharu writes whole files only, objects in the order of their numbers. A report of 10,000 pages
 * would be held whole until then; so the table and the order are ours, and the file goes to its
 * sink as pages end. libharu's info dictionary is taken out of the cross-reference, since it holds
 * a Producer that the XMP packet would contradict. */
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
    /* The object that is being written. */
    const bp_buf *entries;
    const void *body; /* NULL: it is no stream. */
    size_t body_length;
};

#define POOL_BYTES (64u * 1024u) /* libharu leaks refused blocks without a pool. */
#define WAITING_BYTES (32u * 1024u)
#define FILE_BYTES_MOST ((size_t)INT32_MAX) /* libharu's offsets have 32 bits. */

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
    if (number == HPDF_XREF_COUNT_ERR)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "the PDF has more objects than libharu can number");
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
    (void)HPDF_List_RemoveByIndex(doc->xref->entries, doc->xref->entries->count - 1);
    doc->info = NULL; /* Its memory is the pool's. */
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
    HPDF_Xref xref = objects->doc->xref;
    /* A list grows by a fixed step and leaves the old block in the pool: double it instead. */
    if (xref->entries->count == xref->entries->block_siz)
        xref->entries->items_per_block = xref->entries->count;
    HPDF_Null place = HPDF_Null_New(objects->doc->mmgr);
    if (place == NULL || HPDF_Xref_Add(xref, place) != HPDF_OK) {
        fail(objects, err);
        return 0;
    }
    return place->header.obj_id & 0x00ffffffu;
}

/* Writes the object at hand in the frame that libharu gives it. */
static bool write_object(bp_objects *objects, bp_ref ref, bp_error *err)
{
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(objects->doc->xref, ref);
    assert(entry != NULL && entry->byte_offset == 0);
    size_t length = objects->body_length + (objects->entries ? objects->entries->length : 0);
    if (length + 64 > FILE_BYTES_MOST - objects->output->size)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "the PDF is larger than 2 GB");
    HPDF_Dict dict = ref == ref_of(objects->doc->catalog) ? objects->doc->catalog : objects->frame;
    char head[24];
    (void)snprintf(head, sizeof head, "%lu 0 obj\n", (unsigned long)ref);
    entry->byte_offset = objects->output->size;
    HPDF_STATUS status = HPDF_Stream_WriteStr(objects->output, head);
    if (status == HPDF_OK)
        status = HPDF_Obj_WriteValue(dict, objects->output, NULL);
    if (status == HPDF_OK)
        status = HPDF_Stream_WriteStr(objects->output, "\nendobj\n");
    if (status != HPDF_OK && objects->failed == HPDF_OK)
        objects->failed = status;
    return status == HPDF_OK || fail(objects, err);
}

bool bp_objects_write(bp_objects *objects, bp_ref ref, bp_buf *text, bp_error *err)
{
    objects->entries = text;
    objects->body = NULL;
    objects->body_length = 0;
    bool ok = !bp_sink_is_wanted(&objects->out) || write_object(objects, ref, err);
    objects->entries = NULL;
    bp_buf_clear(text);
    return ok;
}

/* Shorter streams, such as the header and footer of a page, lose a tenth at most and would take as
 * long as thousands of bytes do, for the tables are set up for each. */
#define DEFLATE_LEAST 256

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

static bool write_stream(bp_objects *objects, bp_ref ref, bp_buf *text, const void *bytes,
                         size_t length, bool as_is, bp_error *err)
{
    bool is_deflated = !as_is && objects->deflate_level != 0 && length >= DEFLATE_LEAST;
    if (is_deflated) {
        if (!deflate_bytes(objects, bytes, length))
            return bp_fail_memory(err);
        bytes = objects->deflated.bytes;
        length = objects->deflated.length;
    }
    if (!bp_buf_format(text, "/Length %zu%s", length, is_deflated ? "/Filter/FlateDecode" : ""))
        return bp_fail_memory(err);
    objects->entries = text;
    objects->body = length != 0 ? bytes : "";
    objects->body_length = length;
    bool ok = write_object(objects, ref, err);
    objects->entries = NULL;
    objects->body = NULL;
    objects->body_length = 0;
    return ok;
}

bool bp_objects_write_stream(bp_objects *objects, bp_ref ref, bp_buf *text, const void *bytes,
                             size_t length, bool as_is, bp_error *err)
{
    bp_buf none = {0};
    if (text == NULL)
        text = &none;
    bool ok = !bp_sink_is_wanted(&objects->out) ||
              write_stream(objects, ref, text, bytes, length, as_is, err);
    bp_buf_clear(text);
    return ok;
}

bool bp_objects_put_ref(bp_buf *text, bp_ref ref)
{
    return bp_syntax_number(text, ref, 0) && bp_buf_add(text, " 0 R", 4);
}

/* The end of the file -------------------------------------------------------------------------- */

/* The table: offsets as libharu's entries have them, the first for no object. */
static bool write_table(bp_objects *objects, bp_buf *text)
{
    HPDF_Xref xref = objects->doc->xref;
    HPDF_UINT count = xref->entries->count;
    xref->addr = objects->output->size;
    text->length = 0;
    bool ok = bp_buf_format(text, "xref\n0 %u\n", count);
    for (HPDF_UINT i = 0; ok && i < count; i++) {
        const HPDF_XrefEntry_Rec *entry = HPDF_Xref_GetEntry(xref, i);
        ok = bp_buf_format(text, "%010u %05u %c\r\n", entry->byte_offset, (unsigned)entry->gen_no,
                           entry->entry_typ);
        if (ok && (text->length >= 4096 || i + 1 == count)) {
            ok = put(objects, text->bytes, text->length) == HPDF_OK;
            text->length = 0;
        }
    }
    return ok;
}

static bool write_trailer(bp_objects *objects, bp_ref info, bp_buf *text)
{
    HPDF_Xref xref = objects->doc->xref;
    unsigned char digest[32];
    bp_hash_end(&objects->hash, digest); /* What is still to come does not count. */
    text->length = 0;
    bool ok =
        HPDF_Dict_AddNumber(xref->trailer, "Size", (HPDF_INT32)xref->entries->count) == HPDF_OK &&
        bp_buf_format(text, "/Root %lu 0 R\n/Info %lu 0 R\n/ID[<",
                      (unsigned long)bp_objects_catalog(objects), (unsigned long)info) &&
        bp_syntax_hex(text, digest, 16) && bp_buf_text(text, "><") &&
        bp_syntax_hex(text, digest, 16) && bp_buf_text(text, ">]\n");
    objects->entries = text;
    ok = ok && HPDF_Stream_WriteStr(objects->output, "trailer\n") == HPDF_OK &&
         HPDF_Dict_Write(xref->trailer, objects->output, NULL) == HPDF_OK;
    objects->entries = NULL;
    text->length = 0;
    return ok && bp_buf_format(text, "\nstartxref\n%u\n%%%%EOF\n", xref->addr) &&
           put(objects, text->bytes, text->length) == HPDF_OK && flush(objects);
}

bool bp_objects_finish(bp_objects *objects, bp_ref info, bp_error *err)
{
    if (!bp_sink_is_wanted(&objects->out))
        return true;
    bp_buf text = {0};
    bool ok = true;
    HPDF_UINT count = objects->doc->xref->entries->count;
    for (HPDF_UINT i = 1; ok && i < count; i++)
        if (HPDF_Xref_GetEntry(objects->doc->xref, i)->byte_offset == 0)
            ok = bp_objects_write(objects, i, &text, err);
    ok = ok && ((write_table(objects, &text) && write_trailer(objects, info, &text)) ||
                fail(objects, err));
    bp_buf_clear(&text);
    return ok;
}
