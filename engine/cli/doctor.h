/* briefpress doctor: what its parts share. Each looks at something and tells what it found. */
#ifndef BP_CLI_DOCTOR_H
#define BP_CLI_DOCTOR_H

#include "cli/settings.h"
#include "job/places.h"

typedef struct {
    const bp_settings *settings;
    bp_places places;
    bp_code first; /* Of the first thing that is wrong: what a rendering would end with. */
} bp_checkup;

/* Tells one finding about a `topic` ("fonts"): all is well; something will be missed one day, with
 * what to do; a rendering would fail with `code`, with what to do. */
void bp_checkup_ok(bp_checkup *of, const char *topic, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void bp_checkup_warn(bp_checkup *of, const char *topic, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void bp_checkup_wrong(bp_checkup *of, const char *topic, bp_code code, const char *remedy,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

/* doctor_fonts.c: fonts of the manifest, scripts that can be set, hyphenation. */
void bp_doctor_fonts(bp_checkup *of);
void bp_doctor_hyphens(bp_checkup *of);
/* doctor_system.c: folders that reports go to, and what the system allows. */
void bp_doctor_folder(bp_checkup *of, const char *path);
void bp_doctor_limits(bp_checkup *of);
void bp_doctor_memory(bp_checkup *of);
/* doctor_time.c: the clock, the zone, and who starts reports by it. */
void bp_doctor_clock(bp_checkup *of);
void bp_doctor_schedules(bp_checkup *of);

#endif
