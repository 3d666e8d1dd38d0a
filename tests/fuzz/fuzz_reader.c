/* Rubbish as a PDF: whatever the bytes, reading them back ends with what they say and carry or with
 * an error that says why, leaks nothing, and what was read can be compared. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pdf/reader.h"

#define BYTES_MOST ((size_t)1 << 20)
#define FILES_MOST 20

int LLVMFuzzerTestOneInput(const uint8_t *given, size_t length);

/* What others may rely on. */
static void check_text(const char *text)
{
    size_t size = strlen(text);
    assert(size <= BP_READER_TEXT_MOST && bp_utf8_valid(text, size, NULL));
}

static void check_error(const bp_error *err)
{
    assert(err->text[0] != '\0');
    assert(err->code == BP_ERR_DATA || err->code == BP_ERR_INPUT || err->code == BP_ERR_LIMIT ||
           err->code == BP_ERR_MEMORY);
}

static void read_all(const bp_reader *reader)
{
    size_t count = bp_reader_attachment_count(reader);
    for (size_t i = 0; i < count; i++) {
        const bp_attachment_info *info = bp_reader_attachment(reader, i);
        check_text(info->name);
        check_text(info->description);
        check_text(info->mime);
        check_text(info->relationship);
        assert(info->size_bytes >= -1);
        if (i >= FILES_MOST)
            continue;
        bp_buf bytes = {0};
        bp_error err = {0};
        if (bp_reader_attachment_bytes(reader, i, BYTES_MOST, &bytes, &err))
            assert(bytes.length <= BYTES_MOST);
        else
            check_error(&err);
        bp_buf_clear(&bytes);
    }
}

static void check_summary(const bp_reader_summary *about)
{
    const char *const texts[] = {
        about->version, about->title,    about->author,    about->creator,    about->producer,
        about->created, about->language, about->standards, about->identifier, about->repairs};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_text(texts[i]);
}

static void compare(const bp_reader *one, const bp_reader *other)
{
    bp_difference found = {0};
    bp_error err = {0};
    if (!bp_reader_compare(one, other, &found, &err)) {
        check_error(&err);
        return;
    }
    assert(found.count == 0 || found.kind[0] != '\0');
    check_text(found.one);
    check_text(found.other);
    check_text(found.name);
}

static bp_reader *open_given(const uint8_t *given, size_t length)
{
    bp_error err = {0};
    bp_reader *reader = bp_reader_open(given, length, "fuzz", NULL, &err);
    if (reader == NULL)
        check_error(&err);
    return reader;
}

/* The bytes up to the mark "%%OTHER", if there is one, and those behind it are two files that are
 * compared with each other. */
int LLVMFuzzerTestOneInput(const uint8_t *given, size_t length)
{
    static const char mark[] = "%%OTHER\n";
    const uint8_t *other = length != 0 ? memmem(given, length, mark, sizeof mark - 1) : NULL;
    size_t first = other != NULL ? (size_t)(other - given) : length;
    long live = bp_mem.live;
    bp_mem.budget = (size_t)256 * 1024 * 1024;
    bp_reader *reader = open_given(given, first);
    if (reader != NULL) {
        check_summary(bp_reader_about(reader));
        read_all(reader);
        bp_reader *second =
            other != NULL ? open_given(other + sizeof mark - 1, length - first - (sizeof mark - 1))
                          : NULL;
        compare(reader, second != NULL ? second : reader);
        bp_reader_free(second);
    }
    bp_reader_free(reader);
    assert(bp_mem.live == live);
    return 0;
}
