/* Instants: see instant.h. */
#include "base/instant.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

#define LENGTH 24 /* Of "2022-09-03T10:00:00.123Z". */

bp_instant bp_instant_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now); /* Cannot fail for this clock. */
    return (bp_instant)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void bp_instant_put(bp_instant instant, char out[BP_INSTANT_SIZE])
{
    int64_t ms = (instant % 1000 + 1000) % 1000;
    bp_moment at = bp_moment_from_epoch((instant - ms) / 1000);
    /* A clock that is set to a year of five digits is not ours to mend. */
    (void)snprintf(out, BP_INSTANT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", at.year % 10000,
                   at.month, at.day, at.hour, at.minute, at.second, (int)ms);
}

/* Days from 1970 to a date that the calendar has. */
static int64_t days_to(int year, int month, int day)
{
    static const int before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int whole = year - 1; /* Years whose leap days have passed; this one's comes in March. */
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int leaps = whole / 4 - whole / 100 + whole / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400);
    return (int64_t)(year - 1970) * 365 + leaps + before[month - 1] + (month > 2 && is_leap) + day -
           1;
}

bool bp_instant_read(const char *text, bp_instant *out)
{
    if (strlen(text) != LENGTH || text[19] != '.' || text[23] != 'Z' ||
        strspn(text + 20, "0123456789") != 3)
        return false;
    char whole[BP_INSTANT_SIZE];
    memcpy(whole, text, 19);
    memcpy(whole + 19, "Z", 2);
    bp_moment at;
    if (!bp_moment_read(whole, &at) || at.year < 1970)
        return false;
    int ms = (text[20] - '0') * 100 + (text[21] - '0') * 10 + (text[22] - '0');
    int64_t seconds =
        days_to(at.year, at.month, at.day) * 86400 + at.hour * 3600 + at.minute * 60 + at.second;
    *out = seconds * 1000 + ms;
    return true;
}
