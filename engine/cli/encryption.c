/* --encrypt, --password-file and --permit: see encryption.h. */
#include "cli/encryption.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define FILE_BYTES_MOST 4096

/* The line at `*at`, which goes past it; NULL behind the last. An end of line as Windows writes it
 * is none of the password's. */
static const char *take_line(char **at)
{
    char *line = *at;
    if (*line == '\0')
        return NULL;
    size_t length = strcspn(line, "\n");
    *at = line + length + (line[length] == '\n');
    line[length] = '\0';
    if (length > 0 && line[length - 1] == '\r')
        line[length - 1] = '\0';
    return line;
}

static bool read_passwords(const char *path, bp_inputs *inputs, bp_error *err)
{
    bp_buf *text = &inputs->passwords;
    if (!bp_file_read(path, FILE_BYTES_MOST, text, err))
        return false;
    if (!bp_buf_text(text, "")) /* A NUL, in an empty file too. */
        return bp_fail_memory(err);
    if (memchr(text->bytes, '\0', text->length) != NULL)
        return bp_fail(err, BP_ERR_USAGE, path, "a password cannot hold a NUL");
    char *at = text->bytes;
    inputs->encryption.user_password = take_line(&at);
    inputs->encryption.owner_password = take_line(&at);
    return *at == '\0' ||
           bp_fail(err, BP_ERR_USAGE, path, "expected one password or two, each on its line");
}

bool bp_inputs_encryption(const bp_settings *settings, bp_inputs *inputs, bp_error *err)
{
    const char *path = settings->password_file;
    bp_error wrong = {0};
    if (!settings->encrypt)
        return path == NULL || bp_fail(err, BP_ERR_USAGE, NULL, "--password-file needs --encrypt");
    bp_encryption *encryption = &inputs->encryption;
    encryption->permissions = settings->permissions;
    if (path == NULL) {
        encryption->user_password = getenv("BRIEFPRESS_PASSWORD");
        encryption->owner_password = getenv("BRIEFPRESS_OWNER_PASSWORD");
    } else if (!read_passwords(path, inputs, err)) {
        return false;
    }
    if (!bp_encryption_check(encryption, &wrong))
        return bp_fail(err, wrong.code, path, "%s%s", path == NULL ? "--encrypt: " : "",
                       wrong.text);
    inputs->job.rewrite.encryption = encryption;
    return true;
}
