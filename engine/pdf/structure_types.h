/* The structure types of PDF 1.7 (ISO 32000-1, 14.8.4) that reports have use for, and what may
 * stand in what. */
#ifndef BP_PDF_STRUCTURE_TYPES_H
#define BP_PDF_STRUCTURE_TYPES_H

/* In the order of structure_types.c's table, which has those that are most frequent first. */
enum {
    BP_TYPE_TD,
    BP_TYPE_TR,
    BP_TYPE_P,
    BP_TYPE_TH,
    BP_TYPE_SPAN,
    BP_TYPE_FIGURE,
    BP_TYPE_LINK,
    BP_TYPE_LI,
    BP_TYPE_LBL,
    BP_TYPE_LBODY,
    BP_TYPE_L,
    BP_TYPE_TABLE,
    BP_TYPE_THEAD,
    BP_TYPE_TBODY,
    BP_TYPE_TFOOT,
    BP_TYPE_CAPTION,
    BP_TYPE_TOC,
    BP_TYPE_TOCI,
    BP_TYPE_NOTE,
    BP_TYPE_REFERENCE,
    BP_TYPE_DIV,
    BP_TYPE_SECT,
    BP_TYPE_PART,
    BP_TYPE_ART,
    BP_TYPE_NONSTRUCT,
    BP_TYPE_DOCUMENT,
    BP_TYPE_OTHER /* From here on none is told from another. */
};

#endif
