/* briefpress manual: the manual page, in roff. Commands, options, examples and exit codes come from
 * the tables that the program itself goes by, so a page of another version cannot say otherwise;
 * the rest is in manual_text.c. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/exits.h"
#include "cli/manual.h"
#include "cli/messages.h"
#include "cli/options.h"

static void put_paragraphs(const char *const *paragraphs)
{
    for (size_t i = 0; paragraphs[i] != NULL; i++) {
        if (i > 0)
            puts(".PP");
        bp_roff_text(BP_ROFF_PLAIN, paragraphs[i]);
        bp_roff_end_line();
    }
}

static void put_items(const bp_manual_item *items)
{
    for (size_t i = 0; items[i].name != NULL; i++) {
        puts(".TP");
        bp_roff_code(BP_ROFF_BOLD, items[i].name);
        bp_roff_end_line();
        bp_roff_text(BP_ROFF_PLAIN, items[i].text);
        bp_roff_end_line();
    }
}

/* "LAYOUT" as a thing to fill in, "bash|zsh|fish" as words to choose from. */
static void put_argument(const char *text)
{
    for (;;) {
        size_t length = strcspn(text, "|");
        char part[64];
        (void)snprintf(part, sizeof part, "%.*s", (int)length, text);
        bool is_word = strpbrk(part, "abcdefghijklmnopqrstuvwxyz") == part;
        bp_roff_code(is_word ? BP_ROFF_BOLD : BP_ROFF_ITALIC, part);
        if (text[length] == '\0')
            return;
        putchar('|');
        text += length + 1;
    }
}

static void put_operands(const bp_command *command)
{
    for (const char *at = command->operands; *at != '\0';) {
        size_t length = strcspn(at, " ");
        char word[64];
        (void)snprintf(word, sizeof word, "%.*s", (int)length, at);
        putchar(' ');
        put_argument(word);
        at += length;
        at += strspn(at, " ");
    }
}

static void put_commands(void)
{
    bp_roff_section("COMMANDS");
    for (size_t i = 0; i < bp_command_count; i++) {
        puts(".TP");
        bp_roff_code(BP_ROFF_BOLD, bp_commands[i].name);
        put_operands(&bp_commands[i]);
        bp_roff_end_line();
        bp_roff_text(BP_ROFF_PLAIN, bp_commands[i].summary);
        bp_roff_end_line();
    }
}

/* "[render, watch, check]": who takes the option. */
static void put_takers(unsigned bits)
{
    char list[512] = " ";
    size_t length = 1;
    for (size_t i = 0; i < bp_command_count; i++) {
        if ((bp_commands[i].bit & bits) == 0 || length >= sizeof list)
            continue;
        int added = snprintf(list + length, sizeof list - length, "%s%s", length > 1 ? ", " : "[",
                             bp_commands[i].name);
        length += added > 0 ? (size_t)added : 0;
    }
    bp_roff_end_line();
    bp_roff_text(BP_ROFF_PLAIN, list + 1);
    bp_roff_text(BP_ROFF_PLAIN, "]");
}

static void put_option(const bp_option *option, bool has_takers)
{
    char name[80];
    puts(".TP");
    if (option->letter != 0) {
        (void)snprintf(name, sizeof name, "-%c", option->letter);
        bp_roff_code(BP_ROFF_BOLD, name);
        fputs(", ", stdout);
    }
    (void)snprintf(name, sizeof name, "--%s", option->name);
    bp_roff_code(BP_ROFF_BOLD, name);
    if (option->argument != NULL) {
        putchar(' ');
        put_argument(option->choices ? option->choices : option->argument);
    }
    bp_roff_end_line();
    bp_roff_text(BP_ROFF_PLAIN, option->help);
    if (has_takers)
        put_takers(option->commands);
    bp_roff_end_line();
}

/* Each option once, where a reader looks for it: with what most people run, with the others, or
 * with all. */
static void put_options(void)
{
    static const char *const titles[] = {"Making and checking reports", "Other commands",
                                         "Every command"};
    bp_roff_section("OPTIONS");
    puts("An option may stand before or behind what it is for, as\n"
         "\\fB\\-\\-output\\fR \\fIFILE\\fR or \\fB\\-\\-output=\\fR\\fIFILE\\fR;\n"
         "letters may be bundled, and \\fB\\-\\-\\fR ends the options.\n"
         "In parentheses: what holds without the option;\n"
         "in brackets: the commands that take it.");
    for (int group = 0; group < 3; group++) {
        bool is_first = true;
        for (size_t i = 0; i < bp_option_count; i++) {
            unsigned takers = bp_options[i].commands;
            int home = takers == BP_FOR_ALL ? 2 : (takers & BP_FOR_LAYOUTS) != 0 ? 0 : 1;
            if (home != group)
                continue;
            if (is_first)
                bp_roff_subsection(titles[group]);
            is_first = false;
            put_option(&bp_options[i], group < 2);
        }
    }
}

static void put_exits(void)
{
    bp_roff_section("\"EXIT STATUS\"");
    puts("The codes follow\n.I sysexits.h\nand never change meaning.");
    for (size_t i = 0; i < bp_exit_count; i++) {
        printf(".TP\n\\fB%d\\fR\n", bp_exits[i].code);
        bp_roff_text(BP_ROFF_PLAIN, bp_exits[i].meaning);
        bp_roff_end_line();
    }
}

static void put_examples(void)
{
    bp_roff_section("EXAMPLES");
    for (size_t i = 0; bp_manual_examples[i].name != NULL; i++) {
        if (i > 0)
            puts(".PP");
        bp_roff_text(BP_ROFF_PLAIN, bp_manual_examples[i].name);
        bp_roff_end_line();
        bp_roff_listing(bp_manual_examples[i].text);
    }
    for (size_t i = 0; i < bp_command_count; i++) {
        if (bp_commands[i].examples == NULL || bp_commands[i].examples[0] == '\0')
            continue;
        fputs(".PP\n", stdout);
        bp_roff_code(BP_ROFF_BOLD, bp_commands[i].name);
        fputs(":\n", stdout);
        bp_roff_listing(bp_commands[i].examples);
    }
}

int bp_command_manual(const bp_settings *settings)
{
    (void)settings;
    puts(".TH BRIEFPRESS 1 " BP_RELEASE_DATE " \"briefpress " BP_VERSION "\" \"User Commands\"\n"
         ".SH NAME\n"
         "briefpress \\- turn indicator data and a Lua layout into a PDF\n"
         ".SH SYNOPSIS\n"
         "\\fBbriefpress\\fR \\fICOMMAND\\fR [\\fIARGUMENT\\fR ...] [\\fIOPTION\\fR ...]");
    for (size_t i = 0; i < bp_command_count; i++) {
        fputs(".br\n\\fBbriefpress\\fR ", stdout);
        bp_roff_code(BP_ROFF_BOLD, bp_commands[i].name);
        put_operands(&bp_commands[i]);
        puts(" [\\fIOPTION\\fR ...]");
    }
    bp_roff_section("DESCRIPTION");
    put_paragraphs(bp_manual_description);
    put_commands();
    put_options();
    bp_roff_section("DATA");
    put_paragraphs(bp_manual_data);
    put_exits();
    bp_roff_section("ENVIRONMENT");
    put_items(bp_manual_environment);
    bp_roff_section("FILES");
    put_items(bp_manual_files);
    put_examples();
    bp_roff_section("STANDARDS");
    put_paragraphs(bp_manual_standards);
    bp_roff_section("\"SEE ALSO\"");
    puts(".BR crontab (5),\n.BR systemd.timer (5),\n.BR fc\\-list (1),\n.BR pdfdetach (1),\n"
         ".BR qpdf (1)\n.PP\n"
         "How layouts are written, with examples:\n.I README.md\nand\n.I REFERENCE.md\n"
         "of the project; the folders\n.I scripts\nand\n.I data/schema\nof\n.BR \"briefpress "
         "doctor\" 's\nlist.");
    return bp_message_finish(0);
}
