/* The little of CSS that drawings use: declarations, and style sheets of simple selectors. */
#include <stdlib.h>
#include <string.h>

#include "pdf/svg_private.h"

#define RULES_MOST 2000

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The part from `start` to `end` without blanks around it. */
static const char *trim(const char *start, const char *end, size_t *length)
{
    while (start < end && is_blank(*start))
        start++;
    while (end > start && is_blank(end[-1]))
        end--;
    *length = (size_t)(end - start);
    return start;
}

/* Behind a comment that begins here, else NULL. */
static const char *skip_comment(const char *c, const char *end)
{
    if (end - c < 2 || c[0] != '/' || c[1] != '*')
        return NULL;
    for (c += 2; c < end; c++)
        if (end - c >= 2 && c[0] == '*' && c[1] == '/')
            return c + 2;
    return end;
}

/* The end of a declaration: its semicolon, outside of quotes and brackets. */
static const char *find_end(const char *c, const char *end)
{
    char quote = '\0';
    int open = 0;
    for (; c < end; c++) {
        if (quote != '\0')
            quote = *c == quote ? '\0' : quote;
        else if (*c == '"' || *c == '\'')
            quote = *c;
        else if (*c == '(' || *c == ')')
            open += *c == '(' ? 1 : -1;
        else if (*c == ';' && open <= 0)
            break;
    }
    return c;
}

/* Without "!important", for which all that matters here has one source. */
static size_t drop_important(const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (value[i] == '!') {
            (void)trim(value, value + i, &length);
            return length;
        }
    return length;
}

bool bp_svg_read_styles(bp_svg *svg, const char *text, size_t length, const bp_svg_pair **styles,
                        size_t *count)
{
    const char *end = text + length;
    size_t most = 1;
    for (size_t i = 0; i < length; i++)
        most += text[i] == ';';
    bp_svg_pair *pairs = bp_svg_take(svg, most * sizeof *pairs);
    if (pairs == NULL)
        return false;
    *styles = pairs;
    *count = 0;
    for (const char *c = text; c < end && *count < most;) {
        const char *behind = skip_comment(c, end);
        if (behind != NULL || is_blank(*c) || *c == ';') {
            c = behind != NULL ? behind : c + 1;
            continue;
        }
        const char *stop = find_end(c, end);
        const char *colon = memchr(c, ':', (size_t)(stop - c));
        if (colon != NULL) {
            size_t name_length = 0, value_length = 0;
            const char *name = trim(c, colon, &name_length);
            const char *value = trim(colon + 1, stop, &value_length);
            value_length = drop_important(value, value_length);
            char *name_copy = bp_svg_copy(svg, name, name_length);
            char *value_copy = bp_svg_copy(svg, value, value_length);
            if (name_copy == NULL || value_copy == NULL)
                return false;
            pairs[(*count)++] = (bp_svg_pair){name_copy, value_copy};
        }
        c = stop;
    }
    return true;
}

/* Style sheets --------------------------------------------------------------------------------- */

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || (unsigned char)c >= 0x80;
}

/* Reads "path.line#one", "*" or any of its parts. */
static bool read_selector(bp_svg *svg, const char *text, size_t length, bp_svg_rule *rule,
                          bool *is_simple)
{
    const char *c = text, *end = text + length;
    *rule = (bp_svg_rule){0};
    *is_simple = length > 0;
    if (c < end && *c == '*')
        c++;
    while (c < end && *is_simple) {
        char kind = *c == '.' || *c == '#' ? *c++ : '\0';
        const char *start = c;
        while (c < end && is_name(*c))
            c++;
        const char **part = kind == '.' ? &rule->class : kind == '#' ? &rule->id : &rule->element;
        if (c == start || *part != NULL || (kind == '\0' && start != text)) {
            *is_simple = false;
            return true;
        }
        *part = bp_svg_copy(svg, start, (size_t)(c - start));
        if (*part == NULL)
            return false;
        rule->weight += kind == '#' ? 100 : kind == '.' ? 10 : 1;
    }
    return true;
}

static bool add_rules(bp_svg *svg, const bp_svg_node *node, const char *selectors, size_t length,
                      const bp_svg_rule *body, bp_error *err)
{
    const char *end = selectors + length;
    for (const char *c = selectors; c <= end;) {
        const char *comma = memchr(c, ',', (size_t)(end - c));
        const char *stop = comma != NULL ? comma : end;
        size_t part = 0;
        const char *text = trim(c, stop, &part);
        bp_svg_rule rule;
        bool is_simple = false;
        if (!read_selector(svg, text, part, &rule, &is_simple))
            return bp_fail_memory(err);
        if (!is_simple)
            return bp_svg_fail(svg, node, err,
                               "the selector \"%.*s\" is not supported, only elements, .classes "
                               "and #ids are; export the drawing with presentation attributes",
                               part < 60 ? (int)part : 60, text);
        rule.styles = body->styles;
        rule.style_count = body->style_count;
        if (BP_BUF_COUNT(&svg->rules, bp_svg_rule) >= RULES_MOST)
            return bp_svg_fail(svg, node, err, "more than %d style rules", RULES_MOST);
        if (!bp_buf_add(&svg->rules, &rule, sizeof rule))
            return bp_fail_memory(err);
        c = stop + 1;
    }
    return true;
}

/* Where the block that begins at "{" ends: at its "}", or the end. */
static const char *find_block(const char *c, const char *end)
{
    int open = 0;
    for (; c < end; c++) {
        open += *c == '{' ? 1 : *c == '}' ? -1 : 0;
        if (open == 0)
            break;
    }
    return c;
}

/* Rules that change nothing here; the fonts are those of the report. */
static const char *skip_at_rule(const char *c, const char *end)
{
    if (strncmp(c, "@charset", 8) == 0 || strncmp(c, "@namespace", 10) == 0) {
        const char *stop = find_end(c, end);
        return stop < end ? stop + 1 : end;
    }
    if (strncmp(c, "@font-face", 10) == 0) {
        const char *brace = memchr(c, '{', (size_t)(end - c));
        const char *stop = brace != NULL ? find_block(brace, end) : end;
        return stop < end ? stop + 1 : end;
    }
    return NULL;
}

bool bp_svg_read_sheet(bp_svg *svg, const bp_svg_node *node, const char *text, bp_error *err)
{
    const char *end = text + strlen(text);
    for (const char *c = text; c < end;) {
        const char *behind = skip_comment(c, end);
        if (behind != NULL || is_blank(*c)) {
            c = behind != NULL ? behind : c + 1;
            continue;
        }
        if (strncmp(c, "<!--", 4) == 0 || strncmp(c, "-->", 3) == 0) {
            c += *c == '<' ? 4 : 3;
            continue;
        }
        if (*c == '@') {
            const char *next = skip_at_rule(c, end);
            if (next == NULL)
                return bp_svg_fail(svg, node, err,
                                   "\"%.20s\" in a style sheet is not supported; export the "
                                   "drawing with presentation attributes",
                                   c);
            c = next;
            continue;
        }
        const char *brace = memchr(c, '{', (size_t)(end - c));
        if (brace == NULL)
            return bp_svg_fail(svg, node, err, "a style sheet ends in the middle of a rule");
        const char *stop = find_block(brace, end);
        bp_svg_rule body = {0};
        if (!bp_svg_read_styles(svg, brace + 1, (size_t)(stop - brace - 1), &body.styles,
                                &body.style_count))
            return bp_fail_memory(err);
        if (!add_rules(svg, node, c, (size_t)(brace - c), &body, err))
            return false;
        c = stop < end ? stop + 1 : end;
    }
    return true;
}

/* By specificity; rules of one keep their order: an insertion sort, for there are few. */
void bp_svg_sort_rules(bp_svg *svg)
{
    bp_svg_rule *rules = BP_BUF_ITEMS(&svg->rules, bp_svg_rule);
    size_t count = BP_BUF_COUNT(&svg->rules, bp_svg_rule);
    for (size_t i = 1; i < count; i++) {
        bp_svg_rule rule = rules[i];
        size_t to = i;
        for (; to > 0 && rules[to - 1].weight > rule.weight; to--)
            rules[to] = rules[to - 1];
        rules[to] = rule;
    }
}

static bool has_class(const char *classes, const char *wanted)
{
    size_t length = strlen(wanted);
    for (const char *c = bp_svg_skip(classes); *c != '\0'; c = bp_svg_skip(c)) {
        const char *start = c;
        while (*c != '\0' && !is_blank(*c))
            c++;
        if ((size_t)(c - start) == length && memcmp(start, wanted, length) == 0)
            return true;
    }
    return false;
}

bool bp_svg_rule_fits(const bp_svg_rule *rule, const bp_svg_node *node)
{
    if (rule->element != NULL && strcmp(rule->element, node->name) != 0)
        return false;
    if (rule->class != NULL) {
        const char *classes = bp_svg_attribute(node, "class");
        if (classes == NULL || !has_class(classes, rule->class))
            return false;
    }
    if (rule->id == NULL)
        return true;
    const char *id = bp_svg_attribute(node, "id");
    return id != NULL && strcmp(id, rule->id) == 0;
}
