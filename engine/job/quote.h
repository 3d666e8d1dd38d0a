/* Words of a command as others read them: the shell behind cron's own rules, and systemd. */
#ifndef BP_JOB_QUOTE_H
#define BP_JOB_QUOTE_H

#include "base/buf.h"

/* Appends one word so that /bin/sh, told by cron or by hand, reads the same bytes. Cron takes "%"
 * for the end of the line, and some take "\\" for "\" before the shell sees it: both are written so
 * that it comes to the same whether they do or not. A newline has no place in a crontab: false, as
 * where memory is refused. */
bool bp_quote_cron(bp_buf *out, const char *word);

/* Appends one word of a unit's ExecStart= (`is_command`) or of a list of paths, without what
 * systemd would fill in for "%" and "$". The word must be UTF-8, as all of a unit. False without
 * memory. */
bool bp_quote_systemd(bp_buf *out, const char *word, bool is_command);

/* Reads the words of a crontab's command, each ended by a NUL, as far as quotes and backslashes go:
 * up to the end, or to the first sign by which a shell does more than that. `*is_whole` says which.
 * False without memory. */
bool bp_unquote_cron(const char *text, size_t length, bp_buf *words, bool *is_whole);
/* The same of a line that bp_quote_systemd wrote. */
bool bp_unquote_systemd(const char *text, size_t length, bp_buf *words, bool *is_whole);

#endif
