/* --help, printed from the tables: what is not in a table is not in the help, and the other way
 * round. */
#include <stdio.h>
#include <string.h>

#include "cli/exits.h"
#include "cli/options.h"

#define COLUMN 30
#define WIDTH 100

/* Prints words, broken at WIDTH and hung at COLUMN. `at` is the column the line has reached. */
static void put_wrapped(const char *text, size_t at)
{
    if (at >= COLUMN) {
        putchar('\n');
        at = 0;
    }
    printf("%*s", (int)(COLUMN - at), "");
    at = COLUMN;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (at > COLUMN && at + 1 + length > WIDTH) {
            printf("\n%*s", COLUMN, "");
            at = COLUMN;
        } else if (at > COLUMN) {
            putchar(' ');
            at++;
        }
        printf("%.*s", (int)length, text);
        at += length;
        text += length;
        text += strspn(text, " ");
    }
    putchar('\n');
}

void bp_help_put(const char *head, const char *text)
{
    fputs(head, stdout);
    put_wrapped(text, strlen(head));
}

static void put_option(const bp_option *option)
{
    char head[80];
    const char *argument = option->choices ? option->choices : option->argument;
    int length = option->letter
                     ? snprintf(head, sizeof head, "  -%c, --%s", option->letter, option->name)
                     : snprintf(head, sizeof head, "      --%s", option->name);
    if (argument != NULL && length > 0)
        (void)snprintf(head + length, sizeof head - (size_t)length, " %s", argument);
    bp_help_put(head, option->help);
}

static void put_options(unsigned bit)
{
    for (int common = 0; common < 2; common++) {
        bool is_first = true;
        for (size_t i = 0; i < bp_option_count; i++) {
            const bp_option *option = &bp_options[i];
            if ((option->commands == BP_FOR_ALL) != (common == 1) || (option->commands & bit) == 0)
                continue;
            if (is_first)
                puts(common ? "\nCommon options:" : "\nOptions:");
            is_first = false;
            put_option(option);
        }
    }
}

void bp_arguments_help(const bp_command *command)
{
    if (command != NULL) {
        printf("Usage: briefpress %s %s%s[options]\n\n%s\n", command->name, command->operands,
               command->operands[0] ? " " : "", command->summary);
        put_options(command->bit);
        printf("\nExamples:\n%s", command->examples);
        return;
    }
    puts("briefpress turns indicators and a Lua layout into a PDF briefing.\n\n"
         "Usage: briefpress COMMAND [arguments] [options]\n\nCommands:");
    for (size_t i = 0; i < bp_command_count; i++) {
        char head[80];
        (void)snprintf(head, sizeof head, "  %s %s", bp_commands[i].name, bp_commands[i].operands);
        bp_help_put(head, bp_commands[i].summary);
    }
    puts("\nCommon options:");
    for (size_t i = 0; i < bp_option_count; i++)
        if (bp_options[i].commands == BP_FOR_ALL)
            put_option(&bp_options[i]);
    puts("\nExit codes:");
    for (size_t i = 0; i < bp_exit_count; i++) {
        char head[80];
        (void)snprintf(head, sizeof head, "  %d", bp_exits[i].code);
        bp_help_put(head, bp_exits[i].meaning);
    }
    puts("\nExamples:\n"
         "  briefpress render briefing.lua -d indicators.json -o briefing.pdf\n"
         "  briefpress render --help");
}
