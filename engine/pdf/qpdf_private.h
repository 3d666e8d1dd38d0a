/* libqpdf, opened when a PDF is read or passed through it and not before: with it the loader would
 * open GnuTLS and the C++ library, ten files in all, on every start. Its C interface catches what
 * is thrown inside, but for calls that have no way to say so, where memory is refused as a rule. */
#ifndef BP_PDF_QPDF_PRIVATE_H
#define BP_PDF_QPDF_PRIVATE_H

#include <qpdf/qpdf-c.h>
#include <stdbool.h>

#include "base/error.h"

/* What we call of it; add a name here to call another. */
#define BP_QPDF_FUNCTIONS(X)                                                                       \
    X(qpdf_init)                                                                                   \
    X(qpdf_cleanup)                                                                                \
    X(qpdf_get_qpdf_version)                                                                       \
    X(qpdf_silence_errors)                                                                         \
    X(qpdf_set_suppress_warnings)                                                                  \
    X(qpdf_has_error)                                                                              \
    X(qpdf_get_error)                                                                              \
    X(qpdf_get_error_code)                                                                         \
    X(qpdf_get_error_full_text)                                                                    \
    X(qpdf_get_error_message_detail)                                                               \
    X(qpdf_more_warnings)                                                                          \
    X(qpdf_next_warning)                                                                           \
    X(qpdf_get_pdf_version)                                                                        \
    X(qpdf_set_attempt_recovery)                                                                   \
    X(qpdf_read_memory)                                                                            \
    X(qpdf_is_encrypted)                                                                           \
    X(qpdf_init_write_memory)                                                                      \
    X(qpdf_get_buffer_length)                                                                      \
    X(qpdf_get_buffer)                                                                             \
    X(qpdf_set_object_stream_mode)                                                                 \
    X(qpdf_set_stream_data_mode)                                                                   \
    X(qpdf_set_compress_streams)                                                                   \
    X(qpdf_set_decode_level)                                                                       \
    X(qpdf_set_deterministic_ID)                                                                   \
    X(qpdf_set_static_ID)                                                                          \
    X(qpdf_set_linearization)                                                                      \
    X(qpdf_set_newline_before_endstream)                                                           \
    X(qpdf_set_preserve_encryption)                                                                \
    X(qpdf_set_r6_encryption_parameters2)                                                          \
    X(qpdf_set_minimum_pdf_version)                                                                \
    X(qpdf_write)                                                                                  \
    X(qpdf_get_trailer)                                                                            \
    X(qpdf_get_root)                                                                               \
    X(qpdf_get_object_by_id)                                                                       \
    X(qpdf_oh_new_dictionary)                                                                      \
    X(qpdf_oh_replace_key)                                                                         \
    X(qpdf_oh_is_name_and_equals)                                                                  \
    X(qpdf_get_last_string_length)                                                                 \
    X(qpdf_oh_release)                                                                             \
    X(qpdf_oh_release_all)                                                                         \
    X(qpdf_oh_is_initialized)                                                                      \
    X(qpdf_oh_is_name)                                                                             \
    X(qpdf_oh_is_string)                                                                           \
    X(qpdf_oh_is_array)                                                                            \
    X(qpdf_oh_is_dictionary)                                                                       \
    X(qpdf_oh_is_stream)                                                                           \
    X(qpdf_oh_is_indirect)                                                                         \
    X(qpdf_oh_get_object_id)                                                                       \
    X(qpdf_oh_get_generation)                                                                      \
    X(qpdf_oh_get_type_code)                                                                       \
    X(qpdf_oh_get_dict)                                                                            \
    X(qpdf_oh_get_key)                                                                             \
    X(qpdf_oh_has_key)                                                                             \
    X(qpdf_oh_begin_dict_key_iter)                                                                 \
    X(qpdf_oh_dict_more_keys)                                                                      \
    X(qpdf_oh_dict_next_key)                                                                       \
    X(qpdf_oh_get_array_n_items)                                                                   \
    X(qpdf_oh_get_array_item)                                                                      \
    X(qpdf_oh_get_value_as_name)                                                                   \
    X(qpdf_oh_get_value_as_longlong)                                                               \
    X(qpdf_oh_get_binary_string_value)                                                             \
    X(qpdf_oh_get_binary_utf8_value)                                                               \
    X(qpdf_oh_unparse)                                                                             \
    X(qpdf_oh_unparse_resolved)                                                                    \
    X(qpdf_oh_get_stream_data)

#define BP_QPDF_POINTER(name) __typeof__(name) *name;
typedef struct {
    BP_QPDF_FUNCTIONS(BP_QPDF_POINTER)
} bp_qpdf;

/* Its functions, under their own names; NULL with an error where the library is missing. It stays
 * open. */
const bp_qpdf *bp_qpdf_open(bp_error *err);

/* Runs `work`, which calls libqpdf, and answers what it answers. Where libqpdf gives up in the
 * middle (memory was refused and nothing could catch what was thrown), that is BP_ERR_MEMORY; what
 * `work` held is lost then, and later work is refused. */
bool bp_qpdf_work(bool (*work)(void *context, bp_error *err), void *context, bp_error *err);

/* Whether there is any memory left: where not, a failure that libqpdf tells may have come of that,
 * whatever it says. Asked before `qpdf_cleanup`. */
bool bp_qpdf_has_room(void);
/* Calls `called` where its operator new is refused memory (std::set_new_handler). */
bool bp_qpdf_on_refusal(void (*called)(void));

#endif
