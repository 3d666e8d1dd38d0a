/* briefpress completions: a shell's completions, made from the tables of options and commands. What
 * a value is, files, folders, words to choose from, shows in how the table names it. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"

typedef enum { VALUE_NONE, VALUE_FILE, VALUE_FOLDER, VALUE_WORD, VALUE_LIST } value_kind;

/* What can stand for a value. */
typedef struct {
    value_kind kind;
    const char *words;  /* Of VALUE_WORD and VALUE_LIST (commas between): "auto|always|never". */
    const char *suffix; /* Of VALUE_FILE: ".lua"; NULL: any. */
} value;

static value value_named(const char *name)
{
    static const char *const folders[] = {"FOLDER", "DIR"};
    static const char *const files[] = {"FILE", "DATA", "ROWS", "RESULTS", "OLD", "NEW"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (strstr(name, folders[i]) != NULL)
            return (value){.kind = VALUE_FOLDER};
    if (strstr(name, ".pdf") != NULL)
        return (value){.kind = VALUE_FILE, .suffix = ".pdf"};
    if (strstr(name, "LAYOUT") != NULL)
        return (value){.kind = VALUE_FILE, .suffix = ".lua"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strstr(name, files[i]) != NULL)
            return (value){.kind = VALUE_FILE};
    if (name[0] >= 'a' && name[0] <= 'z')
        return (value){.kind = VALUE_WORD, .words = name};
    return (value){.kind = VALUE_NONE};
}

static value value_of_option(const bp_option *option)
{
    if (option->choices != NULL)
        return (value){.kind = VALUE_WORD, .words = option->choices};
    if (option->kind == BP_OPTION_PERMISSIONS)
        return (value){.kind = VALUE_LIST, .words = "print|copy|annotate|assemble|change|none"};
    if (option->kind == BP_OPTION_STANDARDS)
        return (value){.kind = VALUE_LIST, .words = "a-2a|a-2b|a-2u|a-3a|a-3b|a-3u|ua-1|none"};
    if (option->argument == NULL)
        return (value){.kind = VALUE_NONE};
    if (strcmp(option->name, "lang") == 0) /* Those that the library has its own words in. */
        return (value){.kind = VALUE_WORD, .words = "en|zh"};
    return value_named(option->argument);
}

/* What follows the command, unless it is one that runs another, behind "--". */
static bool runs_another(const bp_command *command)
{
    return strstr(command->operands, "-- ") != NULL;
}

static bool takes(const bp_command *command, const bp_option *option)
{
    return command ? (option->commands & command->bit) != 0 : option->commands == BP_FOR_ALL;
}

/* Prints a text for the inside of single quotes, without what the shells' formats give a meaning.
 */
static void put_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if (strchr("'[]:\\", *text) == NULL)
            putchar(*text);
}

static void put_words(const char *words, char between)
{
    for (; *words != '\0'; words++)
        putchar(*words == '|' ? between : *words);
}

static void put_bash_value(const value *what)
{
    switch (what->kind) {
    case VALUE_FILE:
        printf("_briefpress_files '%s'", what->suffix ? what->suffix : "");
        break;
    case VALUE_FOLDER:
        fputs("_briefpress_folders", stdout);
        break;
    case VALUE_WORD:
    case VALUE_LIST:
        fputs(what->kind == VALUE_LIST ? "_briefpress_list '" : "_briefpress_words '", stdout);
        put_words(what->words, ' ');
        putchar('\'');
        break;
    case VALUE_NONE:
        putchar(':');
    }
}

/* Bash cuts words at "=", so an option and its value may be one, two or three of them. */
static void put_bash_helpers(void)
{
    puts("_briefpress_files() {\n"
         "  local name\n"
         "  compopt -o filenames 2>/dev/null\n"
         "  while IFS= read -r name; do\n"
         "    if [[ -z $1 || -d $name || $name == *\"$1\" ]]; then COMPREPLY+=(\"$name\"); fi\n"
         "  done < <(compgen -f -- \"$word\")\n"
         "}\n"
         "_briefpress_folders() {\n"
         "  local name\n"
         "  compopt -o filenames 2>/dev/null\n"
         "  while IFS= read -r name; do COMPREPLY+=(\"$name\"); done < <(compgen -d -- \"$word\")\n"
         "}\n"
         "_briefpress_words() {\n"
         "  local name\n"
         "  while IFS= read -r name; do COMPREPLY+=(\"$name\"); done < <(compgen -W \"$1\" -- "
         "\"$word\")\n"
         "}\n"
         "_briefpress_list() {\n"
         "  local name before=\n"
         "  [[ $word == *,* ]] && before=${word%,*},\n"
         "  while IFS= read -r name; do COMPREPLY+=(\"$before$name\"); done \\\n"
         "    < <(compgen -W \"$1\" -- \"${word##*,}\")\n"
         "}");
}

static void put_bash_options(void)
{
    puts("  case $before in");
    for (size_t i = 0; i < bp_option_count; i++) {
        const bp_option *option = &bp_options[i];
        if (option->argument == NULL)
            continue;
        value what = value_of_option(option);
        fputs("    ", stdout);
        if (option->letter != 0)
            printf("-%c | ", option->letter);
        printf("--%s) ", option->name);
        put_bash_value(&what);
        puts("; return ;;");
    }
    puts("  esac");
}

static void put_bash_names(void)
{
    puts("  if [[ $word == -* ]]; then\n"
         "    case $command in");
    for (size_t c = 0; c <= bp_command_count; c++) {
        const bp_command *command = c < bp_command_count ? &bp_commands[c] : NULL;
        printf("      %s) _briefpress_words '", command ? command->name : "*");
        for (size_t i = 0; i < bp_option_count; i++)
            if (takes(command, &bp_options[i]))
                printf("--%s ", bp_options[i].name);
        puts("' ;;");
    }
    puts("    esac\n"
         "    return\n"
         "  fi\n"
         "  case $command in\n"
         "    '')");
    fputs("      _briefpress_words '", stdout);
    for (size_t i = 0; i < bp_command_count; i++)
        printf("%s%s", i ? " " : "", bp_commands[i].name);
    puts("' ;;");
    for (size_t i = 0; i < bp_command_count; i++) {
        value what = value_named(bp_commands[i].operands);
        printf("    %s) ", bp_commands[i].name);
        put_bash_value(&what);
        puts(" ;;");
    }
    puts("  esac");
}

static void put_bash(void)
{
    puts("# bash completion for briefpress");
    put_bash_helpers();
    puts("_briefpress() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
         "  COMPREPLY=()\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    case $command/${COMP_WORDS[i]} in");
    for (size_t i = 0; i < bp_command_count; i++)
        if (runs_another(&bp_commands[i]))
            printf("      %s/--) command= ;;\n", bp_commands[i].name);
    puts("      /-*) ;;\n"
         "      /*) command=${COMP_WORDS[i]} ;;\n"
         "    esac\n"
         "  done\n"
         "  if [[ $word == = ]]; then\n"
         "    word=\n"
         "  elif [[ $before == = && $COMP_CWORD -gt 2 ]]; then\n"
         "    before=${COMP_WORDS[COMP_CWORD-2]}\n"
         "  fi\n"
         "  # A table of the data, as in -d TABLE=FILE.\n"
         "  if [[ $before != -* && $COMP_CWORD -gt 3 && ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then\n"
         "    before=${COMP_WORDS[COMP_CWORD-3]}\n"
         "  fi");
    put_bash_options();
    put_bash_names();
    puts("}\n"
         "complete -F _briefpress briefpress");
}

static void put_zsh_value(const value *what)
{
    switch (what->kind) {
    case VALUE_FILE:
        fputs(":file:_files", stdout);
        if (what->suffix != NULL)
            printf(" -g \"*%s(-.)\"", what->suffix);
        break;
    case VALUE_FOLDER:
        fputs(":folder:_files -/", stdout);
        break;
    case VALUE_WORD:
        fputs(":value:(", stdout);
        put_words(what->words, ' ');
        putchar(')');
        break;
    case VALUE_LIST:
        fputs(":value:_sequence compadd - ", stdout);
        put_words(what->words, ' ');
        break;
    case VALUE_NONE:
        fputs(":value: ", stdout);
    }
}

static void put_zsh_option(const bp_option *option, const char *name, const char *joined)
{
    value what = value_of_option(option);
    printf(" \\\n        '%s%s%s[", option->kind == BP_OPTION_LIST ? "*" : "", name,
           option->argument ? joined : "");
    put_plain(option->help);
    putchar(']');
    if (option->argument != NULL)
        put_zsh_value(&what);
    putchar('\'');
}

static void put_zsh_options(const bp_command *command)
{
    for (size_t i = 0; i < bp_option_count; i++) {
        char name[64];
        if (!takes(command, &bp_options[i]))
            continue;
        (void)snprintf(name, sizeof name, "--%s", bp_options[i].name);
        put_zsh_option(&bp_options[i], name, "=");
        (void)snprintf(name, sizeof name, "-%c", bp_options[i].letter);
        if (bp_options[i].letter != 0)
            put_zsh_option(&bp_options[i], name, "+");
    }
}

static void put_zsh(void)
{
    puts("#compdef briefpress\n"
         "_briefpress() {\n"
         "  local curcontext=$curcontext context state line ret=1\n"
         "  typeset -A opt_args\n"
         "  local -a commands\n"
         "  commands=(");
    for (size_t i = 0; i < bp_command_count; i++) {
        printf("    '%s:", bp_commands[i].name);
        put_plain(bp_commands[i].summary);
        puts("'");
    }
    fputs("  )\n"
          "  _arguments -C -s -S -A '-*'",
          stdout);
    put_zsh_options(NULL);
    puts(" \\\n        '1: :->command' '*:: :->arguments' && ret=0\n"
         "  case $state in\n"
         "    command) _describe command commands && ret=0 ;;\n"
         "    arguments)\n"
         "      curcontext=${curcontext%:*}-$words[1]:\n"
         "      case $words[1] in");
    for (size_t c = 0; c < bp_command_count; c++) {
        value what = value_named(bp_commands[c].operands);
        printf("      %s) _arguments -s%s", bp_commands[c].name,
               runs_another(&bp_commands[c]) ? "" : " -S");
        put_zsh_options(&bp_commands[c]);
        if (runs_another(&bp_commands[c])) {
            puts(" \\\n        '*::command:_briefpress' && ret=0 ;;");
            continue;
        }
        if (bp_commands[c].most > 0) {
            fputs(" \\\n        '*", stdout);
            put_zsh_value(&what);
            putchar('\'');
        }
        puts(" && ret=0 ;;");
    }
    puts("      esac ;;\n"
         "  esac\n"
         "  return ret\n"
         "}\n"
         "_briefpress \"$@\"");
}

static void put_fish_value(const value *what)
{
    switch (what->kind) {
    case VALUE_FILE:
        if (what->suffix != NULL)
            printf(" -k -x -a '(__fish_complete_suffix %s)'", what->suffix);
        else
            fputs(" -r -F", stdout);
        break;
    case VALUE_FOLDER:
        fputs(" -x -a '(__fish_complete_directories)'", stdout);
        break;
    case VALUE_WORD:
        fputs(" -x -a '", stdout);
        put_words(what->words, ' ');
        putchar('\'');
        break;
    case VALUE_LIST:
        fputs(" -x -a '(__fish_complete_list , \"string split \\| ", stdout);
        put_words(what->words, ' ');
        fputs("\")'", stdout);
        break;
    case VALUE_NONE:
        fputs(" -x", stdout);
    }
}

static void put_fish_condition(unsigned commands)
{
    if (commands == BP_FOR_ALL)
        return;
    fputs(" -n '__fish_seen_subcommand_from", stdout);
    for (size_t c = 0; c < bp_command_count; c++)
        if ((commands & bp_commands[c].bit) != 0)
            printf(" %s", bp_commands[c].name);
    putchar('\'');
}

static void put_fish(void)
{
    puts("# fish completion for briefpress\n"
         "complete -c briefpress -f");
    for (size_t i = 0; i < bp_command_count; i++) {
        value what = value_named(bp_commands[i].operands);
        printf("complete -c briefpress -n __fish_use_subcommand -a %s -d '", bp_commands[i].name);
        put_plain(bp_commands[i].summary);
        puts("'");
        if (what.kind == VALUE_NONE)
            continue;
        fputs("complete -c briefpress", stdout);
        put_fish_condition(bp_commands[i].bit);
        put_fish_value(&what);
        putchar('\n');
    }
    for (size_t i = 0; i < bp_option_count; i++) {
        const bp_option *option = &bp_options[i];
        value what = value_of_option(option);
        fputs("complete -c briefpress", stdout);
        put_fish_condition(option->commands);
        if (option->letter != 0)
            printf(" -s %c", option->letter);
        printf(" -l %s", option->name);
        if (option->argument != NULL)
            put_fish_value(&what);
        fputs(" -d '", stdout);
        put_plain(option->help);
        puts("'");
    }
}

int bp_command_completions(const bp_settings *settings)
{
    const char *shell = BP_LIST(&settings->operands)[0];
    bp_error err = {0};
    if (strcmp(shell, "bash") == 0)
        put_bash();
    else if (strcmp(shell, "zsh") == 0)
        put_zsh();
    else if (strcmp(shell, "fish") == 0)
        put_fish();
    else
        bp_fail(&err, BP_ERR_USAGE, NULL, "completions: expected bash, zsh or fish, got \"%s\"",
                shell);
    if (err.code != BP_OK)
        bp_message_error(&err);
    return bp_message_finish(bp_code_exit(err.code));
}
