/* The pass through libqpdf: see rewrite.h. It does not make files smaller: what libdeflate makes of
 * a stream at level 12 is shorter than what zlib does, by 5 % of a briefing, and no object of ours
 * is without use. A warning counts as a failure: what libqpdf is refused memory for while it reads,
 * it takes for damaged, and would leave out. */
#include "pdf/rewrite.h"

#include <sys/random.h>

#include "base/utf8.h"
#include "pdf/qpdf_private.h"

static bool check_password(const char *which, const char *password, bp_error *err)
{
    size_t length = password != NULL ? strlen(password) : 0;
    if (length > BP_PASSWORD_BYTES_MOST)
        return bp_fail(err, BP_ERR_USAGE, NULL, "the %s's password has more than %d bytes", which,
                       BP_PASSWORD_BYTES_MOST);
    return bp_utf8_valid(password, length, NULL) ||
           bp_fail(err, BP_ERR_USAGE, NULL, "the %s's password is not in UTF-8", which);
}

bool bp_encryption_check(const bp_encryption *encryption, bp_error *err)
{
    const char *user = encryption->user_password, *owner = encryption->owner_password;
    if ((user == NULL || *user == '\0') && (owner == NULL || *owner == '\0'))
        return bp_fail(err, BP_ERR_USAGE, NULL, "there is no password");
    return check_password("user", user, err) && check_password("owner", owner, err);
}

static bool fail(const bp_qpdf *lib, qpdf_data data, bp_error *err)
{
    qpdf_error problem = lib->qpdf_get_error(data); /* What is not asked for, it prints. */
    if (problem == NULL && lib->qpdf_more_warnings(data))
        problem = lib->qpdf_next_warning(data);
    const char *text = problem != NULL ? lib->qpdf_get_error_full_text(data, problem) : "";
    if (strstr(text, "bad_alloc") != NULL || !bp_qpdf_has_room())
        return bp_fail_memory(err);
    return bp_fail(err, BP_ERR_INTERNAL, NULL, "libqpdf: %s", *text != '\0' ? text : "no reason");
}

/* A password that nobody has: 32 hexadecimal digits. */
static bool draw_password(char password[33], bp_error *err)
{
    unsigned char drawn[16];
    if (getrandom(drawn, sizeof drawn, 0) != (ssize_t)sizeof drawn)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "the system gives no random bytes");
    for (size_t i = 0; i < sizeof drawn; i++) {
        password[2 * i] = "0123456789abcdef"[drawn[i] >> 4];
        password[2 * i + 1] = "0123456789abcdef"[drawn[i] & 15];
    }
    password[32] = '\0';
    return true;
}

static bool set_encryption(const bp_qpdf *lib, qpdf_data data, const bp_encryption *encryption,
                           bp_error *err)
{
    char drawn[33];
    const char *user = encryption->user_password ? encryption->user_password : "";
    const char *owner = encryption->owner_password;
    if (owner == NULL || *owner == '\0') {
        if (!draw_password(drawn, err))
            return false;
        owner = drawn;
    }
    unsigned may = encryption->permissions;
    lib->qpdf_set_r6_encryption_parameters2(
        data, user, owner, QPDF_TRUE, (may & BP_PERMIT_COPY) != 0, (may & BP_PERMIT_ASSEMBLE) != 0,
        (may & BP_PERMIT_ANNOTATE) != 0, (may & BP_PERMIT_ANNOTATE) != 0,
        (may & BP_PERMIT_CHANGE) != 0, (may & BP_PERMIT_PRINT) != 0 ? qpdf_r3p_full : qpdf_r3p_none,
        QPDF_TRUE);
    return true;
}

typedef struct {
    const bp_buf *pdf;
    const bp_rewrite_options *options;
    bp_buf *out;
} task;

static bool write_anew(const bp_qpdf *lib, qpdf_data data, const task *of, bp_error *err)
{
    const bp_rewrite_options *options = of->options;
    lib->qpdf_silence_errors(data);
    lib->qpdf_set_suppress_warnings(data, QPDF_TRUE);
    lib->qpdf_set_attempt_recovery(data, QPDF_FALSE);
    if (lib->qpdf_read_memory(data, "the PDF", of->pdf->bytes, of->pdf->length, NULL) !=
            QPDF_SUCCESS ||
        lib->qpdf_init_write_memory(data) != QPDF_SUCCESS)
        return fail(lib, data, err);
    lib->qpdf_set_object_stream_mode(data, options->is_plain ? qpdf_o_disable : qpdf_o_generate);
    lib->qpdf_set_stream_data_mode(data, qpdf_s_preserve);
    lib->qpdf_set_linearization(data, options->is_linear);
    lib->qpdf_set_newline_before_endstream(data, QPDF_TRUE); /* PDF/A asks for it. */
    if (options->encryption == NULL) /* The identifier of its second kind follows the content. */
        lib->qpdf_set_deterministic_ID(data, QPDF_TRUE);
    else if (!set_encryption(lib, data, options->encryption, err))
        return false;
    if (lib->qpdf_has_error(data) || lib->qpdf_write(data) != QPDF_SUCCESS)
        return fail(lib, data, err);
    size_t length = lib->qpdf_get_buffer_length(data);
    const unsigned char *bytes = lib->qpdf_get_buffer(data);
    if (bytes == NULL || length == 0 || lib->qpdf_has_error(data))
        return fail(lib, data, err);
    return bp_buf_add(of->out, bytes, length) || bp_fail_memory(err);
}

static bool work(void *context, bp_error *err)
{
    const bp_qpdf *lib = bp_qpdf_open(err);
    qpdf_data data = lib->qpdf_init();
    bool ok = write_anew(lib, data, context, err);
    lib->qpdf_cleanup(&data);
    return ok;
}

bool bp_rewrite(const bp_buf *pdf, const bp_rewrite_options *options, bp_buf *out, bp_error *err)
{
    size_t before = out->length;
    bool ok = bp_qpdf_work(work, &(task){pdf, options, out}, err);
    if (!ok)
        out->length = before;
    return ok;
}
