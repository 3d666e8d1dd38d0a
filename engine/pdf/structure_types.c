/* Names of structure types and their nesting: see structure_types.h. */
#include "pdf/structure_types.h"

#include <stddef.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/structure.h"

static const char *const types[] = {
    "TD",      "TR",      "P",        "TH",        "Span",       "Figure",    "Link",
    "LI",      "Lbl",     "LBody",    "L",         "Table",      "THead",     "TBody",
    "TFoot",   "Caption", "TOC",      "TOCI",      "Note",       "Reference", "Div",
    "Sect",    "Part",    "Art",      "NonStruct", "Document",   "H1",        "H2",
    "H3",      "H4",      "H5",       "H6",        "BlockQuote", "Quote",     "Code",
    "Formula", "Index",   "BibEntry", "Ruby",      "RB",         "RT",        "RP",
};

#define TYPE_COUNT ((int)(sizeof types / sizeof types[0]))

int bp_structure_type(const char *name)
{
    for (int i = 0; i < TYPE_COUNT; i++)
        if (types[i][0] == name[0] && strcmp(types[i], name) == 0)
            return i == BP_TYPE_DOCUMENT ? -1 : i;
    return -1;
}

const char *bp_structure_type_name(int type)
{
    return types[type];
}

const char *bp_structure_type_near(const char *name)
{
    const char *nearest = NULL;
    size_t best = 3;
    for (int i = 0; i < TYPE_COUNT; i++) {
        size_t distance = bp_text_distance(types[i], name, best);
        if (i != BP_TYPE_DOCUMENT && distance < best && distance < strlen(types[i])) {
            best = distance;
            nearest = types[i];
        }
    }
    return nearest;
}

static bool is_section_of_table(int type)
{
    return type == BP_TYPE_THEAD || type == BP_TYPE_TBODY || type == BP_TYPE_TFOOT;
}

/* What alone may stand in a type; NULL: anything that the other rule lets. */
static const char *only_in(int parent, int type)
{
    switch (parent) {
    case BP_TYPE_TABLE:
        return type == BP_TYPE_TR || is_section_of_table(type) || type == BP_TYPE_CAPTION
                   ? NULL
                   : "a Table holds Caption, TR, THead, TBody and TFoot";
    case BP_TYPE_THEAD:
    case BP_TYPE_TBODY:
    case BP_TYPE_TFOOT:
        return type == BP_TYPE_TR ? NULL : "THead, TBody and TFoot hold TR";
    case BP_TYPE_TR:
        return type == BP_TYPE_TD || type == BP_TYPE_TH ? NULL : "a TR holds TH and TD";
    case BP_TYPE_L:
        return type == BP_TYPE_L || type == BP_TYPE_LI || type == BP_TYPE_CAPTION
                   ? NULL
                   : "an L holds LI, L and Caption";
    case BP_TYPE_LI:
        return type == BP_TYPE_LBL || type == BP_TYPE_LBODY ? NULL : "an LI holds Lbl and LBody";
    case BP_TYPE_TOC:
        return type == BP_TYPE_TOC || type == BP_TYPE_TOCI || type == BP_TYPE_CAPTION
                   ? NULL
                   : "a TOC holds TOCI, TOC and Caption";
    default:
        return NULL;
    }
}

bool bp_structure_may_hold(int parent, int type, const char **needs)
{
    *needs = only_in(parent, type);
    if (*needs != NULL)
        return false;
    if (type == BP_TYPE_TR && parent != BP_TYPE_TABLE && !is_section_of_table(parent))
        *needs = "a TR belongs into a Table, THead, TBody or TFoot";
    else if ((type == BP_TYPE_TD || type == BP_TYPE_TH) && parent != BP_TYPE_TR)
        *needs = "TH and TD belong into a TR";
    else if (is_section_of_table(type) && parent != BP_TYPE_TABLE)
        *needs = "THead, TBody and TFoot belong into a Table";
    else if (type == BP_TYPE_LI && parent != BP_TYPE_L)
        *needs = "an LI belongs into an L";
    else if (type == BP_TYPE_LBODY && parent != BP_TYPE_LI)
        *needs = "an LBody belongs into an LI";
    else if (type == BP_TYPE_TOCI && parent != BP_TYPE_TOC)
        *needs = "a TOCI belongs into a TOC";
    return *needs == NULL;
}
