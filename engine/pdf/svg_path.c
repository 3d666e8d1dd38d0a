/* Path data of SVG as moves, lines and cubic curves in absolute coordinates. */
#include <math.h>
#include <string.h>

#include "pdf/svg_private.h"

#define BEND 0.5522847498307936 /* Of a cubic curve for a quarter of a circle. */
#define PI 3.14159265358979323846
#define VERBS_MOST ((size_t)5 * 1000 * 1000)

void bp_svg_path_clear(bp_svg_path *path)
{
    bp_buf_clear(&path->verbs);
    bp_buf_clear(&path->numbers);
}

bool bp_svg_path_add(bp_svg_path *path, char verb, const double *numbers, size_t count)
{
    return path->verbs.length < VERBS_MOST && bp_buf_char(&path->verbs, verb) &&
           bp_buf_add(&path->numbers, numbers, count * sizeof *numbers);
}

bp_path bp_svg_path_of(const bp_svg_path *path)
{
    return (bp_path){.verbs = path->verbs.bytes,
                     .verb_count = path->verbs.length,
                     .numbers = BP_BUF_ITEMS(&path->numbers, const double),
                     .number_count = BP_BUF_COUNT(&path->numbers, double)};
}

static bool add_curve(bp_svg_path *path, double x1, double y1, double x2, double y2, double x,
                      double y)
{
    return bp_svg_path_add(path, 'C', (const double[6]){x1, y1, x2, y2, x, y}, 6);
}

/* An arc of an ellipse as the appendix of the standard on its implementation has it: from its end
 * points to its centre, then at most a quarter of a turn a curve. */
static bool add_arc(bp_svg_path *path, const double from[2], const double n[7])
{
    double rx = fabs(n[0]), ry = fabs(n[1]), turn = n[2] * (PI / 180);
    double x = n[5], y = n[6];
    if ((fabs(x - from[0]) < 1e-12 && fabs(y - from[1]) < 1e-12))
        return true;
    if (rx < 1e-12 || ry < 1e-12)
        return bp_svg_path_add(path, 'L', (const double[2]){x, y}, 2);
    double c = cos(turn), s = sin(turn);
    double dx = (from[0] - x) / 2, dy = (from[1] - y) / 2;
    double px = c * dx + s * dy, py = -s * dx + c * dy;
    double size = px * px / (rx * rx) + py * py / (ry * ry);
    if (size > 1) {
        rx *= sqrt(size);
        ry *= sqrt(size);
    }
    double under = rx * rx * py * py + ry * ry * px * px;
    double root = sqrt(fmax(0, (rx * rx * ry * ry - under) / under));
    if ((n[3] > 0.5) == (n[4] > 0.5))
        root = -root;
    double qx = root * rx * py / ry, qy = -root * ry * px / rx;
    double mx = c * qx - s * qy + (from[0] + x) / 2, my = s * qx + c * qy + (from[1] + y) / 2;
    double begin = atan2((py - qy) / ry, (px - qx) / rx);
    double sweep = atan2((-py - qy) / ry, (-px - qx) / rx) - begin;
    if (n[4] > 0.5 && sweep < 0)
        sweep += 2 * PI;
    else if (n[4] <= 0.5 && sweep > 0)
        sweep -= 2 * PI;
    int parts = (int)ceil(fabs(sweep) / (PI / 2) - 1e-9);
    parts = parts < 1 ? 1 : parts;
    double step = sweep / parts, reach = 4.0 / 3 * tan(step / 4);
    bool ok = true;
    for (int i = 0; ok && i < parts; i++) {
        double a = begin + i * step, b = a + step;
        const double unit[6] = {cos(a) - reach * sin(a),
                                sin(a) + reach * cos(a),
                                cos(b) + reach * sin(b),
                                sin(b) - reach * cos(b),
                                cos(b),
                                sin(b)};
        double p[6];
        for (int j = 0; j < 6; j += 2) {
            p[j] = c * rx * unit[j] - s * ry * unit[j + 1] + mx;
            p[j + 1] = s * rx * unit[j] + c * ry * unit[j + 1] + my;
        }
        if (i == parts - 1) {
            p[4] = x;
            p[5] = y;
        }
        ok = bp_svg_path_add(path, 'C', p, 6);
    }
    return ok;
}

/* How many numbers follow a command; -1: it is none. */
static int number_count(char command)
{
    switch (command | 0x20) {
    case 'm':
    case 'l':
    case 't':
        return 2;
    case 'h':
    case 'v':
        return 1;
    case 'c':
        return 6;
    case 's':
    case 'q':
        return 4;
    case 'a':
        return 7;
    case 'z':
        return 0;
    default:
        return -1;
    }
}

/* Where a path in the making is. */
typedef struct {
    double at[2], start[2];
    double control[2]; /* The last control point, for smooth curves; */
    char last;         /* and the command that it is of, as a small letter. */
} pen;

static void move_to(pen *p, double x, double y)
{
    p->at[0] = x;
    p->at[1] = y;
}

static bool add_quadratic(bp_svg_path *path, pen *p, double qx, double qy, double x, double y)
{
    double x0 = p->at[0], y0 = p->at[1];
    p->control[0] = qx;
    p->control[1] = qy;
    move_to(p, x, y);
    return add_curve(path, x0 + 2.0 / 3 * (qx - x0), y0 + 2.0 / 3 * (qy - y0),
                     x + 2.0 / 3 * (qx - x), y + 2.0 / 3 * (qy - y), x, y);
}

/* The point that the next control point mirrors. */
static void mirror(const pen *p, const char *kinds, double out[2])
{
    bool is_smooth = p->last != '\0' && strchr(kinds, p->last) != NULL;
    for (int i = 0; i < 2; i++)
        out[i] = is_smooth ? 2 * p->at[i] - p->control[i] : p->at[i];
}

/* One command with its numbers, made absolute already. */
static bool add_command(bp_svg_path *path, pen *p, char kind, const double *n)
{
    double c[2];
    switch (kind) {
    case 'm':
        move_to(p, n[0], n[1]);
        memcpy(p->start, p->at, sizeof p->start);
        return bp_svg_path_add(path, 'M', n, 2);
    case 'l':
        move_to(p, n[0], n[1]);
        return bp_svg_path_add(path, 'L', p->at, 2);
    case 'h':
        p->at[0] = n[0];
        return bp_svg_path_add(path, 'L', p->at, 2);
    case 'v':
        p->at[1] = n[0];
        return bp_svg_path_add(path, 'L', p->at, 2);
    case 'c':
        p->control[0] = n[2];
        p->control[1] = n[3];
        move_to(p, n[4], n[5]);
        return bp_svg_path_add(path, 'C', n, 6);
    case 's':
        mirror(p, "cs", c);
        p->control[0] = n[0];
        p->control[1] = n[1];
        move_to(p, n[2], n[3]);
        return add_curve(path, c[0], c[1], n[0], n[1], n[2], n[3]);
    case 'q':
        return add_quadratic(path, p, n[0], n[1], n[2], n[3]);
    case 't':
        mirror(p, "qt", c);
        return add_quadratic(path, p, c[0], c[1], n[0], n[1]);
    case 'a': {
        const double from[2] = {p->at[0], p->at[1]};
        move_to(p, n[5], n[6]);
        return add_arc(path, from, n);
    }
    default:
        memcpy(p->at, p->start, sizeof p->at);
        return bp_svg_path_add(path, 'Z', NULL, 0);
    }
}

static void make_absolute(const pen *p, char kind, double *n)
{
    if (kind == 'h') {
        n[0] += p->at[0];
    } else if (kind == 'v') {
        n[0] += p->at[1];
    } else if (kind == 'a') {
        n[5] += p->at[0];
        n[6] += p->at[1];
    } else {
        for (int i = 0; i < number_count(kind); i++)
            n[i] += p->at[i & 1];
    }
}

/* The numbers of one command. The flags of an arc may stand without a blank: "a1 1 0 01.5.5". */
static bool read_numbers(const char **text, char kind, double *n)
{
    const char *c = *text;
    int count = number_count(kind);
    for (int i = 0; i < count; i++) {
        c = i > 0 ? bp_svg_skip_comma(c) : bp_svg_skip(c);
        *text = c;
        if (kind == 'a' && (i == 3 || i == 4)) {
            if (*c != '0' && *c != '1')
                return false;
            n[i] = *c++ - '0';
        } else if (!bp_svg_number(&c, &n[i])) {
            return false;
        }
    }
    *text = c;
    return true;
}

bool bp_svg_path_read(bp_svg_path *path, const char *data, size_t *fault)
{
    pen p = {.last = '\0'};
    const char *c = bp_svg_skip(data);
    char command = '\0';
    bool must_move = true, is_first = true;
    for (; *c != '\0'; is_first = false) {
        double n[7] = {0};
        bool is_new = number_count(*c) >= 0;
        if (is_new) {
            command = *c++;
        } else if (command == '\0' || number_count(command) == 0) {
            *fault = (size_t)(c - data) + 1;
            return false;
        } else if ((command | 0x20) == 'm') { /* Further pairs are lines. */
            command = command == 'm' ? 'l' : 'L';
        }
        char kind = (char)(command | 0x20);
        if (is_first && kind != 'm') {
            *fault = (size_t)(c - data);
            return false;
        }
        if (!read_numbers(&c, kind, n)) {
            *fault = (size_t)(c - data) + 1;
            return false;
        }
        if (command == kind)
            make_absolute(&p, kind, n);
        /* Behind a "z" the path goes on where it began. */
        bool ok = kind == 'm' || !must_move || bp_svg_path_add(path, 'M', p.start, 2);
        must_move = kind == 'z';
        if (!ok || !add_command(path, &p, kind, n)) {
            *fault = 0;
            return false;
        }
        p.last = kind;
        c = bp_svg_skip_comma(c);
    }
    return true;
}

bool bp_svg_path_ellipse(bp_svg_path *path, double cx, double cy, double rx, double ry)
{
    double bx = rx * BEND, by = ry * BEND;
    return bp_svg_path_add(path, 'M', (const double[2]){cx + rx, cy}, 2) &&
           add_curve(path, cx + rx, cy + by, cx + bx, cy + ry, cx, cy + ry) &&
           add_curve(path, cx - bx, cy + ry, cx - rx, cy + by, cx - rx, cy) &&
           add_curve(path, cx - rx, cy - by, cx - bx, cy - ry, cx, cy - ry) &&
           add_curve(path, cx + bx, cy - ry, cx + rx, cy - by, cx + rx, cy) &&
           bp_svg_path_add(path, 'Z', NULL, 0);
}

static bool add_line(bp_svg_path *path, double x, double y)
{
    return bp_svg_path_add(path, 'L', (const double[2]){x, y}, 2);
}

bool bp_svg_path_rect(bp_svg_path *path, const double box[4], double rx, double ry)
{
    double x = box[0], y = box[1], right = x + box[2], bottom = y + box[3];
    bool is_round = rx > 0 && ry > 0;
    bool ok = bp_svg_path_add(path, 'M', (const double[2]){is_round ? x + rx : x, y}, 2);
    if (!is_round)
        return ok && add_line(path, right, y) && add_line(path, right, bottom) &&
               add_line(path, x, bottom) && bp_svg_path_add(path, 'Z', NULL, 0);
    double bx = rx * (1 - BEND), by = ry * (1 - BEND);
    return ok && add_line(path, right - rx, y) &&
           add_curve(path, right - bx, y, right, y + by, right, y + ry) &&
           add_line(path, right, bottom - ry) &&
           add_curve(path, right, bottom - by, right - bx, bottom, right - rx, bottom) &&
           add_line(path, x + rx, bottom) &&
           add_curve(path, x + bx, bottom, x, bottom - by, x, bottom - ry) &&
           add_line(path, x, y + ry) && add_curve(path, x, y + by, x + bx, y, x + rx, y) &&
           bp_svg_path_add(path, 'Z', NULL, 0);
}

void bp_svg_path_transform(bp_svg_path *path, size_t first_number, const double m[6])
{
    double *n = BP_BUF_ITEMS(&path->numbers, double);
    size_t count = BP_BUF_COUNT(&path->numbers, double);
    for (size_t i = first_number; i + 1 < count; i += 2) {
        double x = n[i], y = n[i + 1];
        n[i] = m[0] * x + m[2] * y + m[4];
        n[i + 1] = m[1] * x + m[3] * y + m[5];
    }
}

/* Boxes ---------------------------------------------------------------------------------------- */

static double curve_at(const double p[4], double t)
{
    double u = 1 - t;
    return u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3];
}

static void widen(double *low, double *high, double value)
{
    *low = fmin(*low, value);
    *high = fmax(*high, value);
}

/* One coordinate of a curve: its ends, and where its slope is level. */
static void widen_by_curve(double *low, double *high, const double p[4])
{
    widen(low, high, p[3]);
    double a = p[3] - 3 * p[2] + 3 * p[1] - p[0], b = 2 * (p[2] - 2 * p[1] + p[0]);
    double c = p[1] - p[0], under = b * b - 4 * a * c;
    double roots[2] = {-1, -1};
    if (fabs(a) < 1e-12 * (fabs(b) + fabs(c))) {
        roots[0] = fabs(b) > 0 ? -c / b : -1;
    } else if (under >= 0) {
        roots[0] = (-b + sqrt(under)) / (2 * a);
        roots[1] = (-b - sqrt(under)) / (2 * a);
    }
    for (int i = 0; i < 2; i++)
        if (roots[i] > 0 && roots[i] < 1)
            widen(low, high, curve_at(p, roots[i]));
}

bool bp_svg_path_box(const bp_svg_path *path, double box[4])
{
    const double *n = BP_BUF_ITEMS(&path->numbers, const double), *at = n;
    if (path->numbers.length == 0)
        return false;
    box[0] = box[2] = n[0];
    box[1] = box[3] = n[1];
    for (size_t i = 0; i < path->verbs.length; i++) {
        char verb = path->verbs.bytes[i];
        if (verb == 'C') {
            for (int k = 0; k < 2; k++)
                widen_by_curve(&box[k], &box[k + 2],
                               (const double[4]){at[k], n[k], n[k + 2], n[k + 4]});
            n += 6;
            at = n - 2;
        } else if (verb != 'Z') {
            for (int k = 0; k < 2; k++)
                widen(&box[k], &box[k + 2], n[k]);
            at = n;
            n += 2;
        }
    }
    return true;
}
