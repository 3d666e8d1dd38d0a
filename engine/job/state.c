/* The sidecar: see state.h. Its JSON has one form, so the reader asks for it piece by piece and
 * needs no tree; other programs read it with any JSON reader. Bytes of a path that are no UTF-8 are
 * written as "\udcXX", as Python has it. */
#include "job/state.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

#define HEAD "{\"briefpress_state\": 1,\n"
#define STATE_MOST ((size_t)8 << 20)

static const char *const kinds[BP_READ_KINDS] = {"file",   "folder", "present",
                                                 "absent", "link",   "variable"};

void bp_state_clear(bp_state *state)
{
    bp_buf_clear(&state->program);
    bp_reads_clear(&state->reads);
    *state = (bp_state){0};
}

/* Writing -------------------------------------------------------------------------------------- */

static bool put_text(bp_buf *out, const char *text)
{
    bool ok = bp_buf_char(out, '"');
    for (size_t at = 0, length = strlen(text); ok && at < length;) {
        size_t start = at;
        unsigned char c = (unsigned char)text[at];
        bool is_bad = bp_utf8_next(text, length, &at) == BP_UTF8_BAD;
        if (is_bad) {
            at = start + 1;
            ok = bp_buf_format(out, "\\udc%02x", c);
        } else if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
            ok = bp_buf_format(out, "\\u%04x", c);
        } else {
            ok = bp_buf_add(out, text + start, at - start);
        }
    }
    return ok && bp_buf_char(out, '"');
}

static bool put_read(const bp_read *read, bp_buf *out)
{
    char print[BP_PRINT_SIZE] = "";
    if (read->has_hash)
        bp_print_put(read->hash, print);
    return bp_buf_format(out,
                         "\"size\": %" PRIu64 ", \"device\": %" PRIu64 ", \"inode\": %" PRIu64
                         ", \"modified\": %" PRId64 ", \"changed\": %" PRId64
                         ", \"sha256\": \"%s\"}",
                         read->mark.size, read->mark.device, read->mark.inode, read->mark.modified,
                         read->mark.changed, print);
}

bool bp_state_put(const bp_state *state, bp_buf *out)
{
    bool ok = bp_buf_text(out, HEAD "\"program\": ") &&
              put_text(out, state->program.bytes != NULL ? state->program.bytes : "") &&
              bp_buf_format(out,
                            ",\n\"options\": \"%s\",\n\"salt\": \"%s\",\n\"inputs\": \"%s\",\n"
                            "\"seen\": %" PRId64 ",\n\"fresh_until\": %" PRId64 ",\n\"pdf\": {",
                            state->options, state->salt, state->inputs, state->seen,
                            state->fresh_until) &&
              put_read(&state->pdf, out) && bp_buf_text(out, ",\n\"reads\": [");
    for (size_t i = 0; ok && i < bp_reads_count(&state->reads); i++) {
        const bp_read *read = bp_reads_at(&state->reads, i);
        ok = bp_buf_format(out, "%s\n{\"kind\": \"%s\", \"path\": ", i > 0 ? "," : "",
                           kinds[read->kind]) &&
             put_text(out, read->path) && bp_buf_text(out, ", ") && put_read(read, out);
    }
    return ok && bp_buf_text(out, "\n]}\n");
}

/* Reading -------------------------------------------------------------------------------------- */

typedef struct {
    const char *at, *end;
    bp_buf text; /* Of the string read last. */
    bool is_bad;
} reader;

/* True where `literal` comes next, and goes past it. */
static bool has(reader *r, const char *literal)
{
    size_t length = strlen(literal);
    if (r->is_bad || (size_t)(r->end - r->at) < length || memcmp(r->at, literal, length) != 0)
        return false;
    r->at += length;
    return true;
}

static void expect(reader *r, const char *literal)
{
    if (!has(r, literal))
        r->is_bad = true;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Goes past "uXXXX" and adds its byte: controls and quotes as themselves, others as "udcXX". */
static bool take_escape(reader *r)
{
    int value = 0;
    if (r->end - r->at < 5 || r->at[0] != 'u')
        return false;
    for (int i = 1; i < 5; i++) {
        int one = digit(r->at[i]);
        if (one < 0)
            return false;
        value = value << 4 | one;
    }
    r->at += 5;
    bool is_byte = value >= 0xdc80 && value <= 0xdcff;
    return (is_byte || (value > 0 && value < 0x80)) && bp_buf_char(&r->text, (char)(value & 0xff));
}

/* Reads a string into r->text. */
static void take_text(reader *r)
{
    r->text.length = 0;
    expect(r, "\"");
    while (!r->is_bad && r->at < r->end && *r->at != '"') {
        char c = *r->at++;
        if (c == '\0' || !(c == '\\' ? take_escape(r) : bp_buf_char(&r->text, c)))
            r->is_bad = true;
    }
    expect(r, "\"");
    if (!r->is_bad && !bp_buf_add(&r->text, "", 0))
        r->is_bad = true;
}

static uint64_t take_unsigned(reader *r)
{
    uint64_t value = 0;
    if (r->at >= r->end || *r->at < '0' || *r->at > '9')
        r->is_bad = true;
    for (; !r->is_bad && r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
        uint64_t one = (uint64_t)(*r->at - '0');
        r->is_bad = value > (UINT64_MAX - one) / 10;
        value = value * 10 + one;
    }
    return value;
}

static int64_t take_signed(reader *r)
{
    bool is_negative = has(r, "-");
    uint64_t value = take_unsigned(r);
    if (value > (uint64_t)INT64_MAX + is_negative)
        r->is_bad = true;
    return r->is_bad ? 0 : (int64_t)(is_negative ? 0 - value : value);
}

/* 64 digits, or where it may be missing none. */
static void take_print(reader *r, bool may_be_empty, char out[BP_PRINT_SIZE])
{
    out[0] = '\0';
    take_text(r);
    size_t length = r->is_bad ? 0 : r->text.length;
    if (length == 0 && may_be_empty)
        return;
    for (size_t i = 0; i < length; i++)
        r->is_bad = r->is_bad || digit(r->text.bytes[i]) < 0;
    r->is_bad = r->is_bad || length != BP_PRINT_SIZE - 1;
    if (!r->is_bad)
        memcpy(out, r->text.bytes, BP_PRINT_SIZE);
}

static void take_read(reader *r, bp_read *read)
{
    char print[BP_PRINT_SIZE];
    expect(r, "\"size\": ");
    read->mark.size = take_unsigned(r);
    expect(r, ", \"device\": ");
    read->mark.device = take_unsigned(r);
    expect(r, ", \"inode\": ");
    read->mark.inode = take_unsigned(r);
    expect(r, ", \"modified\": ");
    read->mark.modified = take_signed(r);
    expect(r, ", \"changed\": ");
    read->mark.changed = take_signed(r);
    expect(r, ", \"sha256\": ");
    take_print(r, true, print);
    expect(r, "}");
    read->has_hash = print[0] != '\0';
    for (size_t i = 0; read->has_hash && i < 32; i++)
        read->hash[i] = (unsigned char)(digit(print[2 * i]) * 16 + digit(print[2 * i + 1]));
}

static void take_item(reader *r, bp_reads *reads)
{
    bp_read read = {.kind = BP_READ_KINDS};
    expect(r, "\n{\"kind\": ");
    take_text(r);
    for (int kind = 0; !r->is_bad && kind < BP_READ_KINDS; kind++)
        if (strcmp(r->text.bytes, kinds[kind]) == 0)
            read.kind = (bp_read_kind)kind;
    expect(r, ", \"path\": ");
    take_text(r);
    bp_buf path = r->text;
    r->text = (bp_buf){0};
    expect(r, ", ");
    take_read(r, &read);
    read.path = path.bytes;
    if (r->is_bad || read.kind == BP_READ_KINDS || path.length == 0 ||
        (read.kind != BP_READ_VARIABLE && read.path[0] != '/') || !bp_reads_add(reads, &read))
        r->is_bad = true;
    bp_buf_clear(&path);
}

bool bp_state_take(const char *bytes, size_t length, bp_state *state)
{
    reader r = {.at = bytes, .end = bytes + length};
    *state = (bp_state){0};
    expect(&r, HEAD "\"program\": ");
    take_text(&r);
    state->program = r.text;
    r.text = (bp_buf){0};
    expect(&r, ",\n\"options\": ");
    take_print(&r, false, state->options);
    expect(&r, ",\n\"salt\": ");
    take_print(&r, true, state->salt);
    expect(&r, ",\n\"inputs\": ");
    take_print(&r, false, state->inputs);
    expect(&r, ",\n\"seen\": ");
    state->seen = take_signed(&r);
    expect(&r, ",\n\"fresh_until\": ");
    state->fresh_until = take_signed(&r);
    expect(&r, ",\n\"pdf\": {");
    take_read(&r, &state->pdf);
    expect(&r, ",\n\"reads\": [");
    do
        take_item(&r, &state->reads);
    while (has(&r, ","));
    expect(&r, "\n]}\n");
    bool ok = !r.is_bad && r.at == r.end && state->pdf.has_hash;
    bp_buf_clear(&r.text);
    if (!ok)
        bp_state_clear(state);
    return ok;
}

/* The file ------------------------------------------------------------------------------------- */

char *bp_state_path(const char *output, bp_error *err)
{
    return bp_path_hidden(output, ".state", err);
}

static bool read_all(int fd, size_t size, bp_buf *out)
{
    if (!bp_buf_reserve(out, size))
        return false;
    while (out->length < size) {
        ssize_t got = read(fd, out->bytes + out->length, size - out->length);
        if (got <= 0)
            return false;
        out->length += (size_t)got;
    }
    return true;
}

bool bp_state_load(const char *output, bp_state *state)
{
    struct stat status;
    bp_buf bytes = {0};
    char *path = bp_state_path(output, NULL);
    int fd =
        path != NULL ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK) : -1;
    bool ok = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
              (uint64_t)status.st_size <= STATE_MOST &&
              read_all(fd, (size_t)status.st_size, &bytes);
    if (fd >= 0)
        (void)close(fd);
    *state = (bp_state){0};
    ok = ok && bp_state_take(bytes.bytes, bytes.length, state);
    bp_buf_clear(&bytes);
    bp_free(path);
    return ok;
}

/* No fsync: a state that a power cut takes or mangles only has the PDF made again. */
static bool save(const char *path, const bp_buf *bytes, bp_error *err)
{
    char *folder = bp_path_folder(path, err);
    int fd = folder != NULL ? open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    bp_output *output = NULL;
    bool ok = folder != NULL;
    if (ok && fd < 0)
        ok = bp_fail(err, BP_ERR_CREATE, path, "cannot be created: its folder cannot be opened");
    if (ok)
        ok = (output = bp_output_new_in(fd, bp_path_name(path), path, true, err)) != NULL &&
             bp_output_write(output, bytes->bytes, bytes->length, err) &&
             bp_output_commit(output, err);
    bp_output_free(output);
    if (fd >= 0)
        (void)close(fd);
    bp_free(folder);
    return ok;
}

bool bp_state_save(const char *output, const bp_state *state, bp_error *err)
{
    bp_buf bytes = {0};
    char *path = bp_state_path(output, err);
    bool ok =
        path != NULL && (bp_state_put(state, &bytes) || bp_fail_memory(err)) &&
        (bytes.length <= STATE_MOST ||
         bp_fail(err, BP_ERR_LIMIT, path, "would be larger than %zu MiB", STATE_MOST >> 20)) &&
        save(path, &bytes, err);
    bp_buf_clear(&bytes);
    bp_free(path);
    return ok;
}
