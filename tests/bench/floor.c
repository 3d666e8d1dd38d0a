/* The floor: a plain C program that writes the pages of a report through libharu's public calls,
 * every break decided beforehand. It lays out nothing, tags nothing and attaches nothing: what it
 * takes is what libharu takes.
 *
 *   floor STEPS FONTS OUT.pdf     FONTS is a folder with a NAME.ttf for each font of the steps */
#include <fcntl.h>
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "steps.h"

typedef struct {
    const step_head *head;
    const step_font *fonts;
    const step *steps;
    const char *characters;
} pages;

static void stop(const char *what, const char *name)
{
    fprintf(stderr, "floor: %s: %s\n", name, what);
    exit(70);
}

static void on_error(HPDF_STATUS number, HPDF_STATUS detail, void *data)
{
    (void)data;
    fprintf(stderr, "floor: libharu says %#lx, %#lx\n", (unsigned long)number,
            (unsigned long)detail);
    exit(70);
}

static pages open_steps(const char *path)
{
    int fd = open(path, O_RDONLY);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0)
        stop("cannot be read", path);
    const char *bytes =
        mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (bytes == MAP_FAILED)
        stop("cannot be mapped", path);
    close(fd);
    pages all = {.head = (const step_head *)(const void *)bytes};
    if ((size_t)status.st_size < sizeof *all.head || memcmp(all.head->mark, STEP_MARK, 8) != 0)
        stop("holds no steps", path);
    bytes += sizeof *all.head;
    all.fonts = (const step_font *)(const void *)bytes;
    bytes += all.head->font_count * sizeof *all.fonts;
    all.steps = (const step *)(const void *)bytes;
    all.characters = bytes + all.head->step_count * sizeof *all.steps;
    return all;
}

static void load_fonts(HPDF_Doc document, const pages *all, const char *folder, HPDF_Font *fonts)
{
    const char *loaded[STEP_FONTS_MOST] = {0}, *names[STEP_FONTS_MOST];
    for (uint32_t i = 0; i < all->head->font_count; i++) {
        names[i] = all->characters + all->fonts[i].name;
        for (uint32_t j = 0; j < i && !loaded[i]; j++)
            loaded[i] = strcmp(names[i], names[j]) == 0 ? loaded[j] : NULL;
        if (!loaded[i]) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s.ttf", folder, names[i]);
            loaded[i] = HPDF_LoadTTFontFromFile(document, path, HPDF_TRUE);
        }
        if (all->fonts[i].is_unicode)
            HPDF_UseUTFEncodings(document);
        fonts[i] = HPDF_GetFont(document, loaded[i],
                                all->fonts[i].is_unicode ? "UTF-8" : "WinAnsiEncoding");
    }
}

static void paint(HPDF_Page page, uint32_t how)
{
    switch (how) {
    case 1:
        HPDF_Page_Fill(page);
        break;
    case 2:
        HPDF_Page_Stroke(page);
        break;
    case 3:
        HPDF_Page_FillStroke(page);
        break;
    case 5:
        HPDF_Page_Eofill(page);
        break;
    default:
        HPDF_Page_EofillStroke(page);
        break;
    }
}

static void set_alpha(HPDF_Doc document, HPDF_Page page, float alpha)
{
    static HPDF_ExtGState states[101];
    HPDF_ExtGState *state = &states[(int)(alpha * 100 + 0.5F)];
    if (!*state) {
        *state = HPDF_CreateExtGState(document);
        HPDF_ExtGState_SetAlphaFill(*state, alpha);
        HPDF_ExtGState_SetAlphaStroke(*state, alpha);
    }
    HPDF_Page_SetExtGState(page, *state);
}

static void set_dash(HPDF_Page page, float on, float off)
{
    const HPDF_UINT16 pattern[2] = {(HPDF_UINT16)(on + 0.5F), (HPDF_UINT16)(off + 0.5F)};
    HPDF_Page_SetDash(page, pattern, on > 0 ? 2 : 0, 0);
}

static void draw(HPDF_Doc document, const pages *all, const HPDF_Font *fonts)
{
    HPDF_Page page = NULL;
    for (uint32_t i = 0; i < all->head->step_count; i++) {
        const step *s = &all->steps[i];
        const float *v = s->v;
        switch ((step_kind)s->kind) {
        case STEP_PAGE:
            page = HPDF_AddPage(document);
            HPDF_Page_SetWidth(page, v[0]);
            HPDF_Page_SetHeight(page, v[1]);
            break;
        case STEP_FONT:
            HPDF_Page_SetFontAndSize(page, fonts[s->a], v[0]);
            break;
        case STEP_BEGIN:
            HPDF_Page_BeginText(page);
            HPDF_Page_MoveTextPos(page, v[0], v[1]);
            break;
        case STEP_SHOW:
            HPDF_Page_ShowText(page, all->characters + s->a);
            break;
        case STEP_END:
            HPDF_Page_EndText(page);
            break;
        case STEP_STRETCH:
            HPDF_Page_SetWordSpace(page, v[0]);
            break;
        case STEP_RISE:
            HPDF_Page_SetTextRise(page, v[0]);
            break;
        case STEP_FILL:
            HPDF_Page_SetRGBFill(page, v[0], v[1], v[2]);
            break;
        case STEP_STROKE:
            HPDF_Page_SetRGBStroke(page, v[0], v[1], v[2]);
            break;
        case STEP_ALPHA:
            set_alpha(document, page, v[0]);
            break;
        case STEP_THICKNESS:
            HPDF_Page_SetLineWidth(page, v[0]);
            break;
        case STEP_DASH:
            set_dash(page, v[0], v[1]);
            break;
        case STEP_CAP:
            HPDF_Page_SetLineCap(page, (HPDF_LineCap)s->a);
            break;
        case STEP_MOVE:
            HPDF_Page_MoveTo(page, v[0], v[1]);
            break;
        case STEP_LINE:
            HPDF_Page_LineTo(page, v[0], v[1]);
            break;
        case STEP_CURVE:
            HPDF_Page_CurveTo(page, v[0], v[1], v[2], v[3], v[4], v[5]);
            break;
        case STEP_RECT:
            HPDF_Page_Rectangle(page, v[0], v[1], v[2], v[3]);
            break;
        case STEP_CLOSE:
            HPDF_Page_ClosePath(page);
            break;
        case STEP_PAINT:
            paint(page, s->a);
            break;
        case STEP_CLIP:
            HPDF_Page_Clip(page);
            HPDF_Page_EndPath(page);
            break;
        case STEP_SAVE:
            HPDF_Page_GSave(page);
            break;
        case STEP_RESTORE:
            HPDF_Page_GRestore(page);
            break;
        case STEP_CONCAT:
            HPDF_Page_Concat(page, v[0], v[1], v[2], v[3], v[4], v[5]);
            break;
        case STEP_LINK:
            HPDF_Page_CreateURILinkAnnot(page, (HPDF_Rect){v[0], v[1], v[2], v[3]},
                                         all->characters + s->a);
            break;
        }
    }
}

static void save(HPDF_Doc document, const char *path)
{
    HPDF_SaveToStream(document);
    HPDF_UINT32 size = HPDF_GetStreamSize(document);
    HPDF_BYTE *bytes = malloc(size);
    if (!bytes)
        stop("out of memory", path);
    HPDF_ResetStream(document);
    HPDF_ReadFromStream(document, bytes, &size);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd) != 0)
        stop("cannot be written", path);
    free(bytes);
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fprintf(stderr, "usage: %s STEPS FONTS OUT.pdf\n", arguments[0]);
        return 64;
    }
    const pages all = open_steps(arguments[1]);
    HPDF_Doc document = HPDF_New(on_error, NULL);
    if (!document)
        stop("no document was made", arguments[3]);
    HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
    HPDF_Font fonts[STEP_FONTS_MOST];
    load_fonts(document, &all, arguments[2], fonts);
    draw(document, &all, fonts);
    save(document, arguments[3]);
    HPDF_Free(document);
    return 0;
}
