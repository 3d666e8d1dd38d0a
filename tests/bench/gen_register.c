/* Writes a register of enterprises as CSV, the same for the same number: gen_register ROWS. Names
 * are put together from word lists, so that they look and repeat as those of a real register do:
 * most words often, some rarely. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const places[] = {
    "Northfield", "Harbour",   "Silver Lake", "Eastgate",  "Redwood",    "Granite",  "Willow",
    "Summit",     "Brookside", "Falcon",      "Meridian",  "Blue Ridge", "Stanton",  "Orchard",
    "Kingsley",   "Lakeshore", "Westbrook",   "Pinnacle",  "Amber",      "Fairview", "Oakland",
    "Delta",      "Crescent",  "Highland",    "Riverside", "Sterling",   "Vanguard", "Whitestone",
    "Juniper",    "Polar",     "Tidewater",   "Zephyr"};
static const char *const crafts[] = {"Optics",        "Biotech",        "Robotics",
                                     "Semiconductor", "Pharmaceutical", "Automation",
                                     "Photonics",     "Materials",      "Aerospace",
                                     "Battery",       "Diagnostics",    "Genomics",
                                     "Instruments",   "Networks",       "Sensors",
                                     "Superalloy",    "Turbine",        "Vehicle",
                                     "Vaccine",       "Waveguide",      "Precision Casting",
                                     "Software",      "Microscopy",     "Hydrogen"};
static const char *const forms[] = {"Technology", "Industries", "Systems",
                                    "Research",   "Equipment",  "Works"};
static const char *const ends[] = {"Ltd", "Co., Ltd", "Inc.", "Group", "AG", "(Holding) plc"};
static const char *const districts[] = {"North",   "Harbour",    "University", "Old Town",
                                        "Airport", "River Park", "South"};
static const char *const sectors[] = {
    "Information technology", "Biomedicine", "Automotive",       "Robotics",
    "New materials",          "Energy",      "Advanced services"};

static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

/* xorshift64*: the same numbers everywhere. */
static unsigned random_below(unsigned most)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (unsigned)((state * UINT64_C(2685821657736338717)) >> 33) % most;
}

#define PICK(list) (list)[random_below(sizeof(list) / sizeof(list)[0])]

int main(int count, char **arguments)
{
    long rows = count == 2 ? strtol(arguments[1], NULL, 10) : 0;
    if (rows <= 0) {
        fprintf(stderr, "usage: %s ROWS\n", arguments[0]);
        return 64;
    }
    printf("number,name,district,sector,year,employees,revenue\n");
    for (long i = 1; i <= rows; i++) {
        const char *place = PICK(places), *craft = PICK(crafts), *form = PICK(forms),
                   *end = PICK(ends);
        printf("%ld,\"%s %s %s %s\",", i, place, craft, form, end);
        const char *district = PICK(districts), *sector = PICK(sectors);
        unsigned year = 1992 + random_below(31);
        unsigned employees = 3 + random_below(40) * random_below(40) * (1 + random_below(8));
        unsigned revenue = employees * (2 + random_below(37));
        printf("%s,%s,%u,%u,%u.%u\n", district, sector, year, employees, revenue / 10,
               revenue % 10);
    }
    return ferror(stdout) || fflush(stdout) ? 74 : 0;
}
