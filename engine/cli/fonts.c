/* briefpress fonts: which fonts serve, and where they come from. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/messages.h"
#include "job/places.h"
#include "text/catalog.h"

static void put_entry(const bp_catalog_entry *entry)
{
    char weights[32];
    if (entry->weight == entry->weight_most)
        (void)snprintf(weights, sizeof weights, "%d", entry->weight);
    else
        (void)snprintf(weights, sizeof weights, "%d-%d", entry->weight, entry->weight_most);
    printf("%-32s  %-9s  %-7s  %-8s  ", entry->family, weights, entry->style, entry->origin);
    if (entry->file != NULL)
        printf("%s", entry->file);
    else
        printf("missing%s%s", entry->package[0] ? "; apt install " : "", entry->package);
    if (entry->file != NULL && entry->face != 0)
        printf(" #%u", entry->face);
    putchar('\n');
}

/* True where an earlier entry has the same face: the system knows most of what the manifest names
 * too. */
static bool is_listed(const bp_catalog_entry *entries, size_t at)
{
    for (size_t i = 0; i < at && entries[at].file != NULL; i++)
        if (entries[i].file != NULL && entries[i].face == entries[at].face &&
            entries[i].weight <= entries[at].weight &&
            entries[at].weight <= entries[i].weight_most &&
            strcmp(entries[i].family, entries[at].family) == 0 &&
            strcmp(entries[i].style, entries[at].style) == 0 &&
            strcmp(entries[i].file, entries[at].file) == 0)
            return true;
    return false;
}

int bp_command_fonts(const bp_settings *settings)
{
    bp_error err = {0};
    bp_places places = {0};
    const bp_catalog_entry *entries = NULL;
    size_t count = 0;
    bp_catalog *catalog = NULL;
    if (bp_places_find(settings->library, &places, &err))
        catalog = bp_catalog_new(places.manifest, BP_LIST(&settings->font_folders),
                                 BP_LIST_COUNT(&settings->font_folders), !settings->no_system_fonts,
                                 &err);
    if (catalog != NULL && bp_catalog_list(catalog, &entries, &count, &err))
        for (size_t i = 0; i < count; i++)
            if (!is_listed(entries, i))
                put_entry(&entries[i]);
    if (err.code != BP_OK)
        bp_message_error(&err);
    bp_catalog_free(catalog);
    bp_places_clear(&places);
    return bp_message_finish(bp_code_exit(err.code));
}
