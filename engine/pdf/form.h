/* Forms: what is drawn once and shown at many places (a drawing, a group with an opacity of its
 * own). A form is drawn on as a page is; it has no tags, for where it is shown the mark around it
 * is that of the page, and no links. */
#ifndef BP_PDF_FORM_H
#define BP_PDF_FORM_H

#include "pdf/page.h"

/* Opens a form for drawing with the calls of page.h, beside the page `on`, which it will be shown
 * on first. What it leaves behind on failure is freed by bp_form_free. */
bp_page *bp_form_new(bp_page *on, double width, double height, bp_error *err);

/* Writes the form: its number in the document. `is_group`: what it holds is made one picture before
 * an opacity comes over it. The form is still to be freed. */
bool bp_form_finish(bp_page *form, bool is_group, uint32_t *number, bp_error *err);
void bp_form_free(bp_page *form);

/* Shows form `number`, made with that height, at (0, 0) under a matrix of ours, with an opacity (0
 * to 1) that only groups take, as they alone take the blending of the state. */
bool bp_form_show(bp_page *page, uint32_t number, double height, const double matrix[6],
                  double opacity, bp_error *err);

#endif
