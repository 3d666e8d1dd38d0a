/* QR codes: libqrencode makes the modules, our own walk round them the outline. The library is
 * opened when a report first asks for a code: no other start pays for it. */
#include "pdf/qr.h"

#include <dlfcn.h>
#include <errno.h>
#include <qrencode.h>

#include "base/mem.h"

#define LIBRARY "libqrencode.so.4"
#define BYTES_MOST 2953 /* Of the largest code, at the lowest level. */

typedef QRcode *encoder(const char *text, int version, QRecLevel level, QRencodeMode mode,
                        int is_case_sensitive);
typedef void freer(QRcode *code);

static bool open_library(encoder **encode, freer **release)
{
    static encoder *found_encoder;
    static freer *found_freer;
    static bool is_asked;
    if (!is_asked) {
        is_asked = true;
        void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
        void *first = library != NULL ? dlsym(library, "QRcode_encodeString") : NULL;
        void *second = library != NULL ? dlsym(library, "QRcode_free") : NULL;
        memcpy(&found_encoder, &first, sizeof first);
        memcpy(&found_freer, &second, sizeof second);
    }
    *encode = found_encoder;
    *release = found_freer;
    return found_encoder != NULL && found_freer != NULL;
}

/* The outline ---------------------------------------------------------------------------------- */

enum { EAST, SOUTH, WEST, NORTH };

static bool is_dark(const QRcode *code, int x, int y)
{
    return x >= 0 && y >= 0 && x < code->width && y < code->width &&
           (code->data[y * code->width + x] & 1) != 0;
}

/* Edges that leave each corner, one bit a direction; what is dark lies on their right. */
static void mark_edges(const QRcode *code, unsigned char *edges)
{
    int side = code->width + 1;
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++) {
            if (!is_dark(code, x, y))
                continue;
            if (!is_dark(code, x, y - 1))
                edges[y * side + x] |= 1u << EAST;
            if (!is_dark(code, x + 1, y))
                edges[y * side + x + 1] |= 1u << SOUTH;
            if (!is_dark(code, x, y + 1))
                edges[(y + 1) * side + x + 1] |= 1u << WEST;
            if (!is_dark(code, x - 1, y))
                edges[(y + 1) * side + x] |= 1u << NORTH;
        }
}

static bool add_point(char verb, int x, int y, bp_buf *verbs, bp_buf *numbers)
{
    const double point[2] = {x, y};
    return bp_buf_char(verbs, verb) && bp_buf_add(numbers, point, sizeof point);
}

/* Follows the edges from a corner until there is none left, and takes them away. Where two modules
 * touch at a corner it turns right, so that each keeps its own outline. */
static bool follow(unsigned char *edges, int side, int x, int y, bp_buf *verbs, bp_buf *numbers)
{
    static const int step_x[4] = {1, 0, -1, 0}, step_y[4] = {0, 1, 0, -1};
    int direction = EAST;
    bool ok = add_point('M', x, y, verbs, numbers);
    int start_x = x, start_y = y;
    do {
        edges[y * side + x] &= (unsigned char)~(1u << direction);
        x += step_x[direction];
        y += step_y[direction];
        if (x == start_x && y == start_y)
            break;
        int turned = (direction + 1) % 4;
        if ((edges[y * side + x] & 1u << turned) == 0)
            turned = (edges[y * side + x] & 1u << direction) != 0 ? direction : (direction + 3) % 4;
        if (turned != direction)
            ok = add_point('L', x, y, verbs, numbers);
        direction = turned;
    } while (ok);
    return ok && bp_buf_char(verbs, 'Z');
}

static bool add_outlines(const QRcode *code, unsigned char *edges, bp_buf *verbs, bp_buf *numbers)
{
    int side = code->width + 1;
    bool ok = true;
    for (int y = 0; ok && y < side; y++)
        for (int x = 0; ok && x < side; x++)
            if ((edges[y * side + x] & 1u << EAST) != 0)
                ok = follow(edges, side, x, y, verbs, numbers);
    return ok;
}

static bool outline(const QRcode *code, bp_buf *verbs, bp_buf *numbers)
{
    size_t side = (size_t)code->width + 1;
    unsigned char *edges = bp_alloc_zero(side, side);
    bool ok = edges != NULL;
    if (ok) {
        mark_edges(code, edges);
        ok = add_outlines(code, edges, verbs, numbers);
    }
    bp_free(edges);
    return ok;
}

static QRecLevel level_of(char level)
{
    switch (level) {
    case 'L':
        return QR_ECLEVEL_L;
    case 'Q':
        return QR_ECLEVEL_Q;
    case 'H':
        return QR_ECLEVEL_H;
    default:
        return QR_ECLEVEL_M;
    }
}

bool bp_qr_outline(const char *text, char level, bp_buf *verbs, bp_buf *numbers, int *size,
                   bp_error *err)
{
    encoder *encode = NULL;
    freer *release = NULL;
    size_t length = strlen(text);
    if (length == 0)
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "a QR code needs a text");
    if (!open_library(&encode, &release))
        return bp_fail(err, BP_ERR_RESOURCE, NULL,
                       "QR codes are made by %s, which is not there; install libqrencode4",
                       LIBRARY);
    errno = 0;
    QRcode *code = length <= 4 * BYTES_MOST ? encode(text, 0, level_of(level), QR_MODE_8, 1) : NULL;
    if (code == NULL && errno == ENOMEM)
        return bp_fail_memory(err);
    if (code == NULL)
        return bp_fail(err, BP_ERR_SCRIPT, NULL,
                       "%zu bytes do not fit into a QR code of level %c; shorten the text%s",
                       length, level, level == 'L' ? "" : ", or take a lower level");
    *size = code->width;
    bool ok = outline(code, verbs, numbers);
    release(code);
    return ok || bp_fail_memory(err);
}
