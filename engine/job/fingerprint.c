/* Prints: see fingerprint.h. Each thing is hashed with its name and its length, so that no two
 * lists of options look alike. */
#include "job/fingerprint.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "data/versions.h"
#include "job/build.h"
#include "pdf/versions.h"
#include "script/versions.h"
#include "text/versions.h"

#define PASSWORD_ROUNDS 20000

void bp_print_put(const unsigned char hash[32], char out[BP_PRINT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < 32; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[64] = '\0';
}

bool bp_program_print(const bp_job *job, bp_buf *out)
{
    bool is_known;
    bool is_rewritten = job->rewrite.is_linear || job->rewrite.encryption != NULL;
    return bp_buf_text(out, "briefpress " BP_VERSION "\n") && bp_build_put(out, &is_known) &&
           bp_data_versions(out) && bp_text_shaping_versions(out) &&
           (is_rewritten ? bp_pdf_versions(out) : bp_pdf_writing_versions(out)) &&
           bp_script_versions(out);
}

static void add(bp_hash *hash, const char *name, const void *bytes, size_t length)
{
    char head[64];
    int put = snprintf(head, sizeof head, "%s %zu ", name, length);
    bp_hash_add(hash, head, (size_t)put);
    bp_hash_add(hash, bytes, length);
}

static void add_text(bp_hash *hash, const char *name, const char *text)
{
    if (text != NULL)
        add(hash, name, text, strlen(text));
}

static void add_number(bp_hash *hash, const char *name, long long number)
{
    char text[24];
    int put = snprintf(text, sizeof text, "%lld", number);
    add(hash, name, text, (size_t)put);
}

static bool add_path(bp_hash *hash, const char *name, const char *path, bp_error *err)
{
    char *whole = path != NULL ? bp_path_absolute(path, err) : NULL;
    add_text(hash, name, whole);
    bp_free(whole);
    return path == NULL || whole != NULL;
}

static bool add_paths(bp_hash *hash, const char *name, const char *const *paths, size_t count,
                      bp_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = add_path(hash, name, paths[i], err);
    return ok;
}

/* Whoever reads the print must not find the passwords faster than from the PDF itself. */
static void add_encryption(bp_hash *hash, const bp_encryption *encryption, const char *salt)
{
    unsigned char digest[32];
    bp_hash slow;
    bp_hash_init(&slow);
    add_text(&slow, "salt", salt);
    add_text(&slow, "user", encryption->user_password);
    add_text(&slow, "owner", encryption->owner_password);
    bp_hash_end(&slow, digest);
    for (int i = 0; i < PASSWORD_ROUNDS; i++) {
        bp_hash_init(&slow);
        bp_hash_add(&slow, digest, sizeof digest);
        bp_hash_end(&slow, digest);
    }
    add(hash, "passwords", digest, sizeof digest);
    add_number(hash, "permissions", encryption->permissions);
}

static bool add_inputs(bp_hash *hash, const bp_job *job, bp_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < job->input_count; i++) {
        const bp_data_input *input = &job->inputs[i];
        add_text(hash, "table", input->table);
        if (input->bytes != NULL)
            add(hash, "bytes", input->bytes, input->length);
        ok = add_path(hash, "data", input->path, err);
    }
    return ok;
}

static void add_choices(bp_hash *hash, const bp_job *job)
{
    const bp_script_options *script = &job->script;
    add_text(hash, "language", script->language);
    add_text(hash, "date", script->date);
    for (size_t i = 0; i < script->parameter_count; i++) {
        add_text(hash, "parameter", script->parameters[i].key);
        add_text(hash, "value", script->parameters[i].value);
    }
    for (size_t i = 0; i < script->range_count; i++) {
        add_number(hash, "first", (long long)script->ranges[i].first);
        add_number(hash, "last", (long long)script->ranges[i].last);
    }
    add_number(hash, "deflate", script->deflate_level);
    add_number(hash, "standards", (long long)script->standards);
    add_number(hash, "age rule", job->max_age.rule);
    add_number(hash, "age days", job->max_age.days);
    const bool flags[] = {script->no_tags,       script->boxes,          script->allow_missing,
                          job->system_fonts,     job->no_attachments,    job->rewrite.is_linear,
                          job->rewrite.is_plain, script->library == NULL};
    add(hash, "flags", flags, sizeof flags);
}

bool bp_options_print(const bp_job *job, const char *salt, char out[BP_PRINT_SIZE], bp_error *err)
{
    const bp_script_options *script = &job->script;
    unsigned char digest[32];
    bp_hash hash;
    bp_hash_init(&hash);
    /* Messages and frames name the layout as it was named. */
    add_text(&hash, "name", script->layout);
    bool ok =
        add_path(&hash, "layout", script->layout, err) && add_inputs(&hash, job, err) &&
        add_path(&hash, "library", script->library, err) &&
        add_path(&hash, "manifest", job->manifest, err) &&
        add_paths(&hash, "fonts", job->font_folders, job->font_folder_count, err) &&
        add_paths(&hash, "hyphens", script->hyphen_folders, script->hyphen_folder_count, err) &&
        add_paths(&hash, "read", script->read_folders, script->read_folder_count, err);
    add_choices(&hash, job);
    if (job->rewrite.encryption != NULL)
        add_encryption(&hash, job->rewrite.encryption, salt);
    bp_hash_end(&hash, digest);
    bp_print_put(digest, out);
    return ok;
}

bool bp_inputs_print(const bp_job *job, const bp_reads *reads, const char *salt,
                     char out[BP_PRINT_SIZE], bp_error *err)
{
    unsigned char digest[32];
    char options[BP_PRINT_SIZE];
    bp_buf program = {0};
    bp_hash hash;
    bp_hash_init(&hash);
    bool ok = bp_options_print(job, salt, options, err) &&
              (bp_program_print(job, &program) || bp_fail_memory(err));
    add_text(&hash, "options", ok ? options : NULL);
    add(&hash, "program", program.bytes, program.length);
    for (size_t i = 0; i < bp_reads_count(reads); i++) {
        const bp_read *read = bp_reads_at(reads, i);
        add_number(&hash, "kind", read->kind);
        add_text(&hash, "path", read->path);
        if (read->has_hash)
            add(&hash, "content", read->hash, sizeof read->hash);
    }
    bp_hash_end(&hash, digest);
    bp_print_put(digest, out);
    bp_buf_clear(&program);
    return ok;
}
