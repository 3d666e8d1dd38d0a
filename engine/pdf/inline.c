/* Elements inside of lines: see inline.h. A mark that refers (Reference) holds its link; a link
 * holds all else. Text of a language of its own without an element is a Span. */
#include "pdf/inline.h"

#include <string.h>

#include "pdf/structure_types.h"

/* "zh-Hans" is the same as "zh". */
static bool is_same_language(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return (*a == '\0' || *a == '-') && (*b == '\0' || *b == '-') && (*a == '\0' || *b == '\0');
}

/* Whether text of a language needs to say so. */
static bool is_foreign(const bp_page *page, const char *language)
{
    const bp_document *document = page->document;
    uint32_t number = page->canvas->tags[page->canvas->tag_count - 1].language;
    const char *around =
        number != BP_NAMES_NONE ? bp_names_at(&document->names, number, NULL) : document->language;
    return language != NULL && around != NULL && !is_same_language(language, around);
}

static bool pop(bp_shower *s, bool *is_open)
{
    bool ok = !*is_open || bp_page_pop_tag(s->page);
    *is_open = false;
    return ok;
}

/* Ends what is open, down to the link where that goes on. */
static bool end(bp_inline *open, bp_shower *s, bool keeps_link)
{
    if (!open->has_inner && !open->has_reference && (!open->has_link || keeps_link) &&
        (open->role == NULL || open->role->note == NULL))
        return true;
    bp_show_end(s);
    const bp_span_role *role = open->role;
    open->role = NULL;
    if (!pop(s, &open->has_inner) || (!keeps_link && !pop(s, &open->has_link)) ||
        !pop(s, &open->has_reference))
        return false;
    return role == NULL || role->note == NULL || bp_structure_reserve(s->page, role->note);
}

static int type_of(const bp_shower *s, const bp_span_role *role)
{
    int type = role->tag != NULL ? bp_structure_type(role->tag) : BP_TYPE_SPAN;
    if (type < 0)
        bp_fail(&s->page->document->error, BP_ERR_SCRIPT, NULL,
                "a span's tag is a structure type such as Code or Quote, got \"%.40s\"", role->tag);
    return type;
}

static bool begin(bp_inline *open, bp_shower *s, const char *link, const bp_span_role *role,
                  const char *language)
{
    bool has_type = role != NULL && (role->tag != NULL || role->expansion != NULL);
    int type = has_type ? type_of(s, role) : BP_TYPE_SPAN;
    bool is_reference = has_type && type == BP_TYPE_REFERENCE;
    if (type < 0)
        return false;
    bp_show_end(s);
    if (is_reference) {
        if (!bp_page_push_tag(s->page, type, NULL))
            return false;
        open->has_reference = true;
        has_type = role->expansion != NULL;
        type = BP_TYPE_SPAN;
    }
    if (link != NULL && !open->has_link) {
        if (!bp_page_push_tag(s->page, BP_TYPE_LINK, NULL))
            return false;
        open->has_link = true;
    }
    bool foreign = is_foreign(s->page, language);
    if (!has_type && !foreign)
        return true;
    const bp_tag_options options = {.language = foreign ? language : NULL,
                                    .expansion = has_type ? role->expansion : NULL};
    if (!bp_page_push_tag(s->page, type, &options))
        return false;
    open->has_inner = true;
    return true;
}

bool bp_inline_set(bp_inline *open, bp_shower *s, const char *link, const bp_span_role *role,
                   const char *language)
{
    if (!open->is_begun) {
        const bp_canvas *canvas = s->canvas;
        open->is_begun = true;
        open->is_off =
            canvas->tag_count == 0 || s->page->document->no_tags || bp_canvas_in_artifact(canvas);
    }
    if (open->is_off || s->is_told)
        return true;
    bool is_same_link =
        link == NULL ? open->link == NULL : open->link != NULL && strcmp(link, open->link) == 0;
    if (is_same_link && role == open->role && language == open->language)
        return true;
    bool needs_reference = role != NULL && role->tag != NULL && strcmp(role->tag, "Reference") == 0;
    bool keeps_link = open->has_link && is_same_link && !needs_reference && !open->has_reference;
    if (!end(open, s, keeps_link) || !begin(open, s, link, role, language))
        return false;
    open->link = link;
    open->role = role;
    open->language = language;
    return true;
}

bool bp_inline_end(bp_inline *open, bp_shower *s)
{
    return !open->is_begun || open->is_off || end(open, s, false);
}
