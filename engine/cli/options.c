/* Reading the command line: see options.h. As getopt_long reads it, without its global state, its
 * locale and its guesses at abbreviations, which would change meaning with each new option. */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "pdf/rewrite.h"
#include "pdf/standards.h"

typedef struct {
    int count, at;
    char **arguments;
    bp_settings *settings;
    const bp_command *command;
    bp_error *err;
} reader;

/* The nearest of several names, when it is near enough to be meant. */
typedef struct {
    const char *name;
    size_t distance;
} guess;

static void consider(guess *best, const char *wanted, const char *name)
{
    size_t limit = strlen(wanted) < 4 ? 1 : 2;
    size_t distance = bp_text_distance(wanted, name, limit);
    if (distance <= limit && (best->name == NULL || distance < best->distance))
        *best = (guess){name, distance};
}

static bool fail_unknown_command(const char *name, bp_error *err)
{
    guess best = {0};
    for (size_t i = 0; i < bp_command_count; i++)
        consider(&best, name, bp_commands[i].name);
    if (best.name != NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL, "\"%s\" is no command; did you mean \"%s\"?", name,
                       best.name);
    return bp_fail(err, BP_ERR_USAGE, NULL, "\"%s\" is no command; see briefpress --help", name);
}

static bool is_taken(const reader *from, const bp_option *option)
{
    return from->command ? (option->commands & from->command->bit) != 0
                         : option->commands == BP_FOR_ALL;
}

static bool fail_unknown_option(const reader *from, const char *name)
{
    guess best = {0};
    for (size_t i = 0; i < bp_option_count; i++)
        if (is_taken(from, &bp_options[i]))
            consider(&best, name, bp_options[i].name);
    if (best.name != NULL)
        return bp_fail(from->err, BP_ERR_USAGE, NULL, "--%s is no option; did you mean --%s?", name,
                       best.name);
    return bp_fail(from->err, BP_ERR_USAGE, NULL, "--%s is no option; see briefpress %s%s--help",
                   name, from->command ? from->command->name : "", from->command ? " " : "");
}

static bool fail_value(const bp_option *option, const char *value, const char *wanted,
                       bp_error *err)
{
    return bp_fail(err, BP_ERR_USAGE, NULL, "--%s: expected %s, got \"%s\"", option->name, wanted,
                   value);
}

static bool read_count(const bp_option *option, const char *value, void *field, bp_error *err)
{
    size_t count = 0;
    for (const char *at = value; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || count > 100000000)
            return fail_value(option, value, "a whole number of 1 to 1000000000", err);
        count = count * 10 + (size_t)(*at - '0');
    }
    if (count == 0)
        return fail_value(option, value, "a whole number of 1 to 1000000000", err);
    *(size_t *)field = count;
    return true;
}

static bool read_size(const bp_option *option, const char *value, void *field, bp_error *err)
{
    static const char *wanted = "a size as 512M or 2G";
    size_t length = strlen(value);
    double unit = 1048576;
    const char *units = "KMGT";
    if (length > 1 && (value[length - 1] == 'B' || value[length - 1] == 'b'))
        length--;
    const char *letter = length > 0 ? strchr(units, value[length - 1] & ~0x20) : NULL;
    if (letter != NULL && *letter != '\0') {
        unit = 1024;
        for (; letter > units; letter--)
            unit *= 1024;
        length--;
    } else if (length != strlen(value)) {
        unit = 1; /* "1048576B" is in bytes. */
    }
    double number;
    if (!bp_number_read(value, length, &number) || !(number > 0) || number * unit < 1 ||
        number * unit > 1e15)
        return fail_value(option, value, wanted, err);
    *(size_t *)field = (size_t)(number * unit);
    return true;
}

static bool read_level(const bp_option *option, const char *value, void *field, bp_error *err)
{
    double number;
    if (!bp_number_read(value, strlen(value), &number) || !(number >= 0 && number <= 12) ||
        number != (int)number)
        return fail_value(option, value, "a whole number of 0 to 12", err);
    *(int *)field = (int)number;
    return true;
}

static bool read_choice(const bp_option *option, const char *value, void *field, bp_error *err)
{
    size_t length = strlen(value);
    for (const char *at = option->choices; length > 0 && at != NULL;) {
        size_t part = strcspn(at, "|");
        if (part == length && strncmp(at, value, length) == 0) {
            *(const char **)field = value;
            return true;
        }
        at = at[part] == '|' ? at + part + 1 : NULL;
    }
    return fail_value(option, value, option->choices, err);
}

static bool read_permissions(const bp_option *option, const char *value, void *field, bp_error *err)
{
    static const char *const names[] = {"print", "copy", "annotate", "assemble", "change"};
    unsigned permissions = 0;
    bool is_none = strcmp(value, "none") == 0;
    for (const char *at = value; at != NULL && !is_none;) {
        size_t length = strcspn(at, ","), i = 0;
        while (i < sizeof names / sizeof names[0] &&
               (strlen(names[i]) != length || strncmp(names[i], at, length) != 0))
            i++;
        if (i == sizeof names / sizeof names[0])
            return fail_value(option, value, "some of print,copy,annotate,assemble,change, or none",
                              err);
        permissions |= 1u << i; /* As bp_permission counts. */
        at = at[length] == ',' ? at + length + 1 : NULL;
    }
    *(unsigned *)field = permissions;
    return true;
}

/* A page's number at `*at`, which goes past it; 0 where there is none. */
static size_t read_page(const char **at)
{
    size_t number = 0;
    for (; **at >= '0' && **at <= '9' && number < 100000000; ++*at)
        number = number * 10 + (size_t)(**at - '0');
    return number;
}

static bool read_ranges(const bp_option *option, const char *value, void *field, bp_error *err)
{
    for (const char *at = value;;) {
        bool has_first = *at != '-';
        bp_page_range range = {.first = has_first ? read_page(&at) : 1};
        range.last = range.first;
        if (*at == '-') {
            at++;
            bool is_open = has_first && (*at == ',' || *at == '\0');
            range.last = is_open ? SIZE_MAX : read_page(&at);
        }
        if (range.first == 0 || range.last < range.first || (*at != ',' && *at != '\0'))
            return fail_value(option, value, "pages as 2-3 or 1,4-", err);
        if (!bp_buf_add(field, &range, sizeof range))
            return bp_fail_memory(err);
        if (*at == '\0')
            return true;
        at++;
    }
}

static bool read_standards(const bp_option *option, const char *value, void *field, bp_error *err)
{
    bp_error wrong = {0};
    return bp_standards_read(value, field, &wrong) ||
           bp_fail(err, BP_ERR_USAGE, NULL, "--%s: %s", option->name, wrong.text);
}

static bool take_value(const reader *from, const bp_option *option, const char *value)
{
    void *field = (char *)from->settings + option->offset;
    switch (option->kind) {
    case BP_OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case BP_OPTION_TEXT:
        if (value[0] == '\0')
            return fail_value(option, value, option->argument, from->err);
        *(const char **)field = value;
        return true;
    case BP_OPTION_LIST:
        return bp_buf_add(field, &value, sizeof value) || bp_fail_memory(from->err);
    case BP_OPTION_CHOICE:
        return read_choice(option, value, field, from->err);
    case BP_OPTION_SECONDS:
        if (!bp_number_read(value, strlen(value), field) || !(*(double *)field > 0) ||
            *(double *)field > 1e9)
            return fail_value(option, value, "a number of seconds above 0", from->err);
        return true;
    case BP_OPTION_COUNT:
        return read_count(option, value, field, from->err);
    case BP_OPTION_SIZE:
        return read_size(option, value, field, from->err);
    case BP_OPTION_RANGES:
        return read_ranges(option, value, field, from->err);
    case BP_OPTION_STANDARDS:
        return read_standards(option, value, field, from->err);
    case BP_OPTION_PERMISSIONS:
        return read_permissions(option, value, field, from->err);
    case BP_OPTION_LEVEL:
        return read_level(option, value, field, from->err);
    }
    return false;
}

/* The value of an option: what is `attached` to it, else the next argument. */
static bool read_value(reader *from, const bp_option *option, const char *attached)
{
    if (option->argument == NULL) {
        if (attached != NULL)
            return bp_fail(from->err, BP_ERR_USAGE, NULL, "--%s takes no value", option->name);
        return take_value(from, option, "");
    }
    if (attached == NULL) {
        if (from->at >= from->count)
            return bp_fail(from->err, BP_ERR_USAGE, NULL, "--%s needs a value: %s", option->name,
                           option->argument);
        attached = from->arguments[from->at++];
    }
    return take_value(from, option, attached);
}

static bool fail_elsewhere(const reader *from, const bp_option *option)
{
    if (from->command == NULL)
        return bp_fail(from->err, BP_ERR_USAGE, NULL,
                       "--%s must follow the command; see briefpress --help", option->name);
    return bp_fail(from->err, BP_ERR_USAGE, NULL,
                   "--%s is no option of \"%s\"; see briefpress %s --help", option->name,
                   from->command->name, from->command->name);
}

/* Two commands may give one name two meanings: that of this command, else any. */
static bool read_long(reader *from, const char *text)
{
    size_t length = strcspn(text, "=");
    const bp_option *elsewhere = NULL;
    for (size_t i = 0; i < bp_option_count; i++) {
        const bp_option *option = &bp_options[i];
        if (strlen(option->name) != length || strncmp(option->name, text, length) != 0)
            continue;
        if (is_taken(from, option))
            return read_value(from, option, text[length] == '=' ? text + length + 1 : NULL);
        elsewhere = option; /* Another command may have one of that name, too. */
    }
    if (elsewhere != NULL)
        return fail_elsewhere(from, elsewhere);
    char name[64];
    size_t shown = bp_utf8_floor(text, length, sizeof name - 1);
    memcpy(name, text, shown);
    name[shown] = '\0';
    return fail_unknown_option(from, name);
}

/* Letters behind one dash: flags may be bundled, and the first option with a value takes the rest.
 */
static bool read_letters(reader *from, const char *letters)
{
    for (; *letters != '\0'; letters++) {
        const bp_option *option = NULL;
        for (size_t i = 0; i < bp_option_count && option == NULL; i++)
            if (bp_options[i].letter == *letters)
                option = &bp_options[i];
        if (option == NULL)
            return bp_fail(from->err, BP_ERR_USAGE, NULL,
                           "-%.*s is no option; see briefpress --help", (int)strlen(letters),
                           letters);
        if (!is_taken(from, option))
            return fail_elsewhere(from, option);
        if (option->argument != NULL)
            return read_value(from, option, letters[1] != '\0' ? letters + 1 : NULL);
        if (!read_value(from, option, NULL))
            return false;
    }
    return true;
}

static bool read_operand(reader *from, const char *text)
{
    if (from->command != NULL)
        return bp_buf_add(&from->settings->operands, &text, sizeof text) ||
               bp_fail_memory(from->err);
    for (size_t i = 0; i < bp_command_count; i++)
        if (strcmp(bp_commands[i].name, text) == 0) {
            from->command = &bp_commands[i];
            return true;
        }
    return fail_unknown_command(text, from->err);
}

static bool check_operands(const reader *from)
{
    const bp_command *command = from->command;
    size_t count = BP_LIST_COUNT(&from->settings->operands);
    if (from->settings->help || from->settings->version)
        return true;
    if (command == NULL)
        return bp_fail(from->err, BP_ERR_USAGE, NULL, "no command; see briefpress --help");
    if (count < command->least)
        return bp_fail(from->err, BP_ERR_USAGE, NULL, "%s needs %s; see briefpress %s --help",
                       command->name, command->operands, command->name);
    if (count > command->most)
        return bp_fail(from->err, BP_ERR_USAGE, NULL,
                       "%s: \"%s\" is one argument too many; see briefpress %s --help",
                       command->name, BP_LIST(&from->settings->operands)[command->most],
                       command->name);
    return true;
}

bool bp_command_line_read(int count, char **arguments, bp_settings *settings,
                          const bp_command **command, bp_error *err)
{
    *settings = (bp_settings){.color = "auto",
                              .template = "briefing",
                              .log_format = "text",
                              .seconds = bp_limits_default.seconds,
                              .memory = bp_limits_default.memory_bytes,
                              .pages = bp_limits_default.pages,
                              .output_bytes = bp_limits_default.output_bytes,
                              .deflate_level = -1,
                              .hook_seconds = 60,
                              .permissions = BP_PERMIT_PRINT | BP_PERMIT_COPY};
    reader from = {.count = count, .arguments = arguments, .settings = settings, .err = err};
    bool ok = true, only_operands = false;
    while (from.at < count) {
        const char *argument = arguments[from.at++];
        bool is_read = true;
        if (only_operands || argument[0] != '-' || argument[1] == '\0')
            is_read = read_operand(&from, argument);
        else if (strcmp(argument, "--") == 0)
            only_operands = true;
        else if (argument[1] == '-')
            is_read = read_long(&from, argument + 2);
        else
            is_read = read_letters(&from, argument + 1);
        ok = ok && is_read;
    }
    *command = from.command;
    return ok && check_operands(&from);
}

void bp_settings_clear(bp_settings *settings)
{
    bp_buf_clear(&settings->operands);
    bp_buf_clear(&settings->data);
    bp_buf_clear(&settings->parameters);
    bp_buf_clear(&settings->font_folders);
    bp_buf_clear(&settings->hyphen_folders);
    bp_buf_clear(&settings->read_folders);
    bp_buf_clear(&settings->ranges);
    bp_buf_clear(&settings->on_success);
    bp_buf_clear(&settings->on_failure);
    bp_buf_clear(&settings->on_end);
}
