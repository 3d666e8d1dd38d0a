/* What the files of hooks share. */
#ifndef BP_JOB_HOOK_PRIVATE_H
#define BP_JOB_HOOK_PRIVATE_H

#include "job/hook.h"

/* Splits a command into words (of char *, ended by bp_words_clear either way). Spaces part words;
 * in '...' all stands for itself, in "..." all but \" and \\, and a backslash elsewhere makes the
 * next character stand for itself. BP_ERR_USAGE. */
bool bp_words_split(bp_hook_event event, const char *command, bp_buf *words, bp_error *err);
void bp_words_clear(bp_buf *words);

/* Appends the word with its placeholders filled in; "{{" is a brace, and a brace that begins no
 * placeholder is itself. BP_ERR_USAGE for one that is not among `values`. */
bool bp_word_fill(bp_hook_event event, const char *word, const bp_hook_value *values, size_t count,
                  bp_buf *out, bp_error *err);
bool bp_word_has_placeholder(const char *word);

#endif
