/* The objects of a file: see objects.h. Each one is an HPDF_Dict without elements (an element of
 * libharu's takes 136 bytes), whose write_fn prints our text; the body of a stream follows in
 * after_write_fn, so that no indirect /Length is needed. libharu's info dictionary is taken out of
 * the cross-reference, since it holds a Producer that the XMP packet would contradict, and the file
 * is written to a callback stream, so that it is held once and not three times. */
#include "pdf/objects.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <libdeflate.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "pdf/syntax.h"

#if HPDF_MAJOR_VERSION != 2 || HPDF_MINOR_VERSION < 3 || HPDF_MINOR_VERSION > 4
#error "libharu 2.3 or 2.4 is needed"
#endif

typedef struct {
    char *entries; /* NUL-ended; NULL: none. */
    char *stream;
    bp_object_printer print; /* NULL: none. */
    const void *owner;
    uint32_t stream_length;
    bool has_stream;
} record;

struct bp_objects {
    HPDF_Doc doc;
    HPDF_STATUS failed; /* libharu's first failure; later calls overwrite its own number. */
    bool refused;       /* Memory for our own buffers was refused while writing. */
    bp_buf records;     /* Of record, by object number. */
    int deflate_level;
    struct libdeflate_compressor *compressor; /* NULL until the first stream. */
    bp_buf scratch;                           /* Compressed bytes, and entries on their way out. */
    bp_buf *out;                              /* Set while writing. */
    HPDF_Stream output;
    bp_ref info;
    bp_hash hash; /* Of all that was written. */
};

#define POOL_BYTES (64u * 1024u) /* libharu leaks refused blocks without a pool. */

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
    HPDF_STATUS number = objects->failed ? objects->failed : objects->doc->error.error_no;
    if (objects->refused || number == HPDF_FAILD_TO_ALLOC_MEM || number == HPDF_OK)
        return bp_fail_memory(err);
    if (number == HPDF_XREF_COUNT_ERR)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "the PDF has more objects than libharu can number");
    return bp_fail(err, BP_ERR_INTERNAL, NULL, "libharu reports error 0x%04lX",
                   (unsigned long)number);
}

static record *record_at(const bp_objects *objects, bp_ref ref)
{
    return &BP_BUF_ITEMS(&objects->records, record)[ref];
}

static bp_ref ref_of(HPDF_Dict dict)
{
    return dict->header.obj_id & 0x00ffffffu;
}

/* Our dictionaries are reached as HPDF_Dict, so they must lie at addresses fit for one: libharu's
 * pool does not see to that behind the odd-sized blocks of HPDF_NewDoc. Blocks of ours keep it
 * aligned from here on. */
static void align_pool(HPDF_MMgr mmgr)
{
    HPDF_UINT odd = mmgr->mpool != NULL ? mmgr->mpool->used_size % 8 : 0;
    if (odd != 0)
        (void)HPDF_GetMem(mmgr, 8 - odd);
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream);
static HPDF_STATUS write_stream(HPDF_Dict dict);
static HPDF_STATUS write_trailer(HPDF_Dict dict, HPDF_Stream stream);

/* The catalog and the page root of HPDF_NewDoc become objects of ours: the former keeps its
 * elements. */
static bool adopt(bp_objects *objects, HPDF_Dict dict)
{
    bp_ref ref = ref_of(dict);
    while (BP_BUF_COUNT(&objects->records, record) <= ref)
        if (bp_buf_push(&objects->records, sizeof(record)) == NULL)
            return false;
    dict->attr = objects;
    dict->before_write_fn = NULL;
    dict->write_fn = write_entries;
    dict->after_write_fn = write_stream;
    return true;
}

bp_objects *bp_objects_new(int deflate_level, bp_error *err)
{
    bp_objects *objects = bp_alloc_zero(1, sizeof *objects);
    if (objects == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    objects->deflate_level = deflate_level;
    bp_hash_init(&objects->hash);
    libdeflate_set_memory_allocator(bp_alloc, bp_free);
    objects->doc = HPDF_NewEx(note_failure, lend_block, take_block_back, POOL_BYTES, objects);
    if (objects->doc == NULL) {
        bp_fail_memory(err);
        goto fail;
    }
    HPDF_Doc doc = objects->doc;
    (void)HPDF_List_RemoveByIndex(doc->xref->entries, doc->xref->entries->count - 1);
    doc->info = NULL; /* Its memory is the pool's. */
    HPDF_Dict_RemoveElement(doc->root_pages, "Type");
    HPDF_Dict_RemoveElement(doc->root_pages, "Kids");
    HPDF_Dict_RemoveElement(doc->root_pages, "Count");
    doc->trailer->attr = objects;
    doc->trailer->write_fn = write_trailer;
    align_pool(doc->mmgr);
    if (!adopt(objects, doc->catalog) || !adopt(objects, doc->root_pages)) {
        bp_fail_memory(err);
        goto fail;
    }
    return objects;
fail:
    bp_objects_free(objects);
    return NULL;
}

void bp_objects_free(bp_objects *objects)
{
    if (objects == NULL)
        return;
    size_t count = BP_BUF_COUNT(&objects->records, record);
    for (bp_ref ref = 0; ref < count; ref++) {
        bp_free(record_at(objects, ref)->entries);
        bp_free(record_at(objects, ref)->stream);
    }
    bp_buf_clear(&objects->records);
    bp_buf_clear(&objects->scratch);
    if (objects->compressor != NULL)
        libdeflate_free_compressor(objects->compressor);
    HPDF_Free(objects->doc);
    bp_free(objects);
}

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
    HPDF_Dict dict = HPDF_Dict_New(objects->doc->mmgr);
    if (dict == NULL || HPDF_Xref_Add(xref, dict) != HPDF_OK || !adopt(objects, dict)) {
        fail(objects, err);
        return 0;
    }
    return ref_of(dict);
}

bool bp_objects_set_entries(bp_objects *objects, bp_ref ref, bp_buf *text, bp_error *err)
{
    char *bytes = bp_buf_take(text);
    bp_buf_clear(text);
    if (bytes == NULL)
        return bp_fail_memory(err);
    bp_free(record_at(objects, ref)->entries);
    record_at(objects, ref)->entries = bytes;
    return true;
}

void bp_objects_set_printer(bp_objects *objects, bp_ref ref, bp_object_printer print,
                            const void *owner)
{
    record_at(objects, ref)->print = print;
    record_at(objects, ref)->owner = owner;
}

/* Deflates into `scratch`; false when memory is refused. */
static bool deflate_bytes(bp_objects *objects, const void *bytes, size_t length)
{
    if (objects->compressor == NULL)
        objects->compressor = libdeflate_alloc_compressor(objects->deflate_level);
    if (objects->compressor == NULL)
        return false;
    size_t bound = libdeflate_zlib_compress_bound(objects->compressor, length);
    objects->scratch.length = 0;
    if (!bp_buf_reserve(&objects->scratch, bound))
        return false;
    objects->scratch.length =
        libdeflate_zlib_compress(objects->compressor, bytes, length, objects->scratch.bytes, bound);
    return objects->scratch.length != 0;
}

bool bp_objects_set_stream(bp_objects *objects, bp_ref ref, const void *bytes, size_t length,
                           bool as_is, bp_error *err)
{
    bool is_deflated = !as_is && objects->deflate_level != 0;
    if (is_deflated) {
        if (!deflate_bytes(objects, bytes, length))
            return bp_fail_memory(err);
        bytes = objects->scratch.bytes;
        length = objects->scratch.length;
    }
    if (length > UINT32_MAX / 2)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "a stream of the PDF is larger than 2 GB");
    bp_buf text = {0};
    const char *old = record_at(objects, ref)->entries;
    char *copy = bp_copy_bytes(bytes, length);
    bool ok =
        copy != NULL && (old == NULL || bp_buf_text(&text, old)) &&
        bp_buf_format(&text, "/Length %zu%s", length, is_deflated ? "/Filter/FlateDecode" : "");
    if (!ok || !bp_objects_set_entries(objects, ref, &text, err)) {
        bp_free(copy);
        bp_buf_clear(&text);
        return bp_fail_memory(err);
    }
    record *r = record_at(objects, ref);
    bp_free(r->stream);
    r->stream = copy;
    r->stream_length = (uint32_t)length;
    r->has_stream = true;
    return true;
}

bool bp_objects_put_ref(bp_buf *text, bp_ref ref)
{
    return bp_buf_format(text, "%lu 0 R", (unsigned long)ref);
}

/* Writing -------------------------------------------------------------------------------------- */

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
    if (!bp_buf_add(objects->out, bytes, length)) {
        objects->refused = true;
        return HPDF_FAILD_TO_ALLOC_MEM;
    }
    return HPDF_OK;
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    bp_objects *objects = dict->attr;
    const record *r = record_at(objects, ref_of(dict));
    bp_buf *scratch = &objects->scratch;
    scratch->length = 0;
    if (r->print != NULL && !r->print(r->owner, scratch)) {
        objects->refused = true;
        return HPDF_FAILD_TO_ALLOC_MEM;
    }
    HPDF_STATUS status = HPDF_OK;
    if (scratch->length != 0)
        status = HPDF_Stream_Write(stream, (const HPDF_BYTE *)scratch->bytes,
                                   (HPDF_UINT)scratch->length);
    if (status == HPDF_OK && r->entries != NULL)
        status =
            HPDF_Stream_Write(stream, (const HPDF_BYTE *)r->entries, (HPDF_UINT)strlen(r->entries));
    return status;
}

static HPDF_STATUS write_stream(HPDF_Dict dict)
{
    bp_objects *objects = dict->attr;
    record *r = record_at(objects, ref_of(dict));
    HPDF_STATUS status = HPDF_OK;
    if (r->has_stream) {
        status = HPDF_Stream_WriteStr(objects->output, "\nstream\n");
        if (status == HPDF_OK && r->stream_length != 0)
            status =
                HPDF_Stream_Write(objects->output, (const HPDF_BYTE *)r->stream, r->stream_length);
        if (status == HPDF_OK)
            status = HPDF_Stream_WriteStr(objects->output, "\nendstream");
        bp_free(r->stream);
        r->stream = NULL;
    }
    bp_free(r->entries);
    r->entries = NULL;
    return status;
}

static HPDF_STATUS write_trailer(HPDF_Dict dict, HPDF_Stream stream)
{
    bp_objects *objects = dict->attr;
    unsigned char digest[32];
    bp_hash_end(&objects->hash, digest);
    bp_buf *text = &objects->scratch;
    text->length = 0;
    bool ok =
        bp_buf_format(text, "/Root %lu 0 R\n/Info %lu 0 R\n/ID[<",
                      (unsigned long)bp_objects_catalog(objects), (unsigned long)objects->info) &&
        bp_syntax_hex(text, digest, 16) && bp_buf_text(text, "><") &&
        bp_syntax_hex(text, digest, 16) && bp_buf_text(text, ">]\n");
    if (!ok) {
        objects->refused = true;
        return HPDF_FAILD_TO_ALLOC_MEM;
    }
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)text->bytes, (HPDF_UINT)text->length);
}

/* About how long the file will be, so that `out` need not grow by doubling. */
static size_t estimate(const bp_objects *objects)
{
    size_t count = BP_BUF_COUNT(&objects->records, record);
    size_t total = 1024;
    for (bp_ref ref = 0; ref < count; ref++) {
        const record *r = record_at(objects, ref);
        total += 72 + r->stream_length + (r->print != NULL ? 160 : 0) +
                 (r->entries != NULL ? strlen(r->entries) : 0);
    }
    return total;
}

bool bp_objects_write(bp_objects *objects, bp_ref info, bp_buf *out, bp_error *err)
{
    HPDF_Doc doc = objects->doc;
    size_t total = estimate(objects);
    if (total > UINT32_MAX / 2)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "the PDF is larger than 2 GB");
    if (!bp_buf_reserve(out, total))
        return bp_fail_memory(err);
    size_t start = out->length;
    objects->info = info;
    objects->out = out;
    objects->output = HPDF_CallbackWriter_New(doc->mmgr, take_output, objects);
    if (objects->output == NULL)
        return fail(objects, err);
    HPDF_STATUS status = HPDF_Stream_WriteStr(objects->output, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    if (status == HPDF_OK)
        status = HPDF_Xref_WriteToStream(doc->xref, objects->output, NULL);
    HPDF_Stream_Free(objects->output);
    objects->output = NULL;
    if (status != HPDF_OK && objects->failed == HPDF_OK)
        objects->failed = status;
    if (status == HPDF_OK)
        return true;
    out->length = start;
    return fail(objects, err);
}
