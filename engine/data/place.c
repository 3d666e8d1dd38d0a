/* Faults with their place: "file:line:column" and "$.path: what is wrong". Until there is a fault a
 * place is only a chain on the C stack and a number in the node. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/data_private.h"

/* Each node carries its number in the index of places (see number_nodes in read.c); the name of a
 * member stands one before its value. */
static bp_spot spot_of(const bp_loader *loader, const bp_place *place)
{
    while (place != NULL && place->node == NULL)
        place = place->up;
    if (place == NULL)
        return (bp_spot){1, 1};
    size_t at = (size_t)place->node->valueint;
    if (place->at_name && place->node->string != NULL && at > 0)
        at--;
    return at < loader->spot_count ? loader->spots[at] : (bp_spot){1, 1};
}

static bool is_plain_name(const char *name)
{
    return *name != '\0' &&
           strspn(name, "$_-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") ==
               strlen(name);
}

static bool put_path(bp_buf *out, const bp_place *place)
{
    if (place->up != NULL && !put_path(out, place->up))
        return false;
    if (place->name == NULL)
        return bp_buf_format(out, "[%zu]", place->index);
    if (place->up == NULL)
        return bp_buf_text(out, place->name);
    return is_plain_name(place->name) ? bp_buf_format(out, ".%s", place->name)
                                      : bp_buf_format(out, "[\"%.60s\"]", place->name);
}

static void add_fault(bp_loader *loader, bp_where where, const char *path, const char *member,
                      const char *format, va_list args)
{
    char place[BP_ERROR_PLACE];
    (void)snprintf(place, sizeof place, "%s:%d:%d", where.file, where.line, where.column);
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, path);
    if (ok && member != NULL)
        ok = bp_buf_format(&text, "%s%s", *path ? "." : "", member);
    if (ok && text.length != 0)
        ok = bp_buf_text(&text, ": ");
    ok = ok && bp_buf_vformat(&text, format, args);
    if (ok)
        bp_faults_add(loader->faults, BP_ERR_DATA, place, "%s", text.bytes ? text.bytes : "");
    else
        loader->faults->refused = true;
    bp_buf_clear(&text);
}

void bp_place_fault(bp_loader *loader, const bp_place *place, const char *format, ...)
{
    bp_buf path = {0};
    va_list args;
    va_start(args, format);
    if (put_path(&path, place))
        add_fault(loader, bp_place_where(loader, place), path.bytes, NULL, format, args);
    else
        loader->faults->refused = true;
    va_end(args);
    bp_buf_clear(&path);
}

void bp_origin_fault(bp_loader *loader, const bp_origin *origin, const char *member,
                     const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_fault(loader, origin->where, origin->path ? origin->path : "", member, format, args);
    va_end(args);
}

void bp_expected_fault(bp_loader *loader, const bp_place *place, const char *expected)
{
    const cJSON *node = place->node;
    const char *found = cJSON_IsString(node)   ? "a string"
                        : cJSON_IsNumber(node) ? "a number"
                        : cJSON_IsObject(node) ? "an object"
                        : cJSON_IsArray(node)  ? "a list"
                        : cJSON_IsTrue(node)   ? "true"
                        : cJSON_IsFalse(node)  ? "false"
                                               : "null";
    bp_place_fault(loader, place, "expected %s, found %s", expected, found);
}

const char *bp_loader_text(bp_loader *loader, const char *bytes, size_t length)
{
    const char *text = bp_arena_text(&loader->data->arena, bytes, length);
    if (text == NULL)
        loader->faults->refused = true;
    return text ? text : "";
}

bp_where bp_place_where(const bp_loader *loader, const bp_place *place)
{
    bp_spot spot = spot_of(loader, place);
    return (bp_where){loader->file, (int)spot.line, (int)spot.column};
}

bp_origin bp_place_origin(bp_loader *loader, const bp_place *place)
{
    bp_buf path = {0};
    bp_origin origin = {bp_place_where(loader, place), "", loader->input};
    if (put_path(&path, place))
        origin.path = bp_loader_text(loader, path.bytes, path.length);
    else
        loader->faults->refused = true;
    bp_buf_clear(&path);
    return origin;
}
