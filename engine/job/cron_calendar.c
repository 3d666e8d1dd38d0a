/* A schedule in the words of systemd: see cron.h. Steps are written out, so that both say the same
 * in every version. */
#include "job/cron.h"

/* Runs of three and more bits as "01..05", the others one by one; all of them as "*". */
static bool put_list(uint64_t bits, int least, int most, const char *const *names, bp_buf *out)
{
    uint64_t all = 0;
    for (int i = least; i <= most; i++)
        all |= (uint64_t)1 << i;
    if ((bits & all) == all)
        return bp_buf_char(out, '*');
    bool is_first = true;
    for (int i = least; i <= most;) {
        if ((bits >> i & 1) == 0) {
            i++;
            continue;
        }
        int last = i;
        while (last < most && (bits >> (last + 1) & 1) != 0)
            last++;
        if (last < i + 2)
            last = i;
        bool ok = is_first || bp_buf_char(out, ',');
        if (names != NULL)
            ok = ok && bp_buf_text(out, names[i]) &&
                 (last == i || bp_buf_format(out, "..%s", names[last]));
        else
            ok = ok && bp_buf_format(out, "%02d", i) &&
                 (last == i || bp_buf_format(out, "..%02d", last));
        if (!ok)
            return false;
        is_first = false;
        i = last + 1;
    }
    return true;
}

static bool put_line(const bp_cron *cron, uint32_t weekdays, uint32_t days, const char *before,
                     bp_buf *out)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    uint64_t from_monday = (weekdays >> 1 | weekdays << 6) & 0x7f;
    return bp_buf_text(out, before) &&
           (from_monday == 0x7f ||
            (put_list(from_monday, 0, 6, names, out) && bp_buf_char(out, ' '))) &&
           bp_buf_text(out, "*-") && put_list(cron->months, 1, 12, NULL, out) &&
           bp_buf_char(out, '-') && put_list(days, 1, 31, NULL, out) && bp_buf_char(out, ' ') &&
           put_list(cron->hours, 0, 23, NULL, out) && bp_buf_char(out, ':') &&
           put_list(cron->minutes, 0, 59, NULL, out) && bp_buf_text(out, ":00\n");
}

bool bp_cron_on_calendar(const bp_cron *cron, const char *before, bp_buf *out)
{
    if (!cron->either_day)
        return put_line(cron, cron->weekdays, cron->days, before, out);
    return put_line(cron, 0x7f, cron->days, before, out) &&
           put_line(cron, cron->weekdays, UINT32_MAX, before, out);
}
