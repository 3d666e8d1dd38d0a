/* briefpress completions: a shell's completions, made from the tables of options and commands. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"

/* Prints a text for the inside of single quotes, without what the shells' formats give a meaning.
 */
static void put_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if (strchr("'[]:\\", *text) == NULL)
            putchar(*text);
}

static void put_choices(const char *choices)
{
    for (; *choices != '\0'; choices++)
        putchar(*choices == '|' ? ' ' : *choices);
}

static void put_bash(void)
{
    puts("_briefpress() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac\n"
         "  done\n"
         "  COMPREPLY=()\n"
         "  case $before in");
    for (size_t i = 0; i < bp_option_count; i++)
        if (bp_options[i].choices != NULL) {
            printf("    --%s) COMPREPLY=($(compgen -W '", bp_options[i].name);
            put_choices(bp_options[i].choices);
            puts("' -- \"$word\")); return ;;");
        }
    puts("  esac\n"
         "  if [[ -z $command && $word != -* ]]; then");
    fputs("    COMPREPLY=($(compgen -W '", stdout);
    for (size_t i = 0; i < bp_command_count; i++)
        printf("%s%s", i ? " " : "", bp_commands[i].name);
    puts("' -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  [[ $word == -* ]] || return\n"
         "  case $command in");
    for (size_t c = 0; c <= bp_command_count; c++) {
        bool is_none = c == bp_command_count;
        printf("    %s) COMPREPLY=($(compgen -W '", is_none ? "*" : bp_commands[c].name);
        for (size_t i = 0; i < bp_option_count; i++)
            if (is_none ? bp_options[i].commands == BP_FOR_ALL
                        : (bp_options[i].commands & bp_commands[c].bit) != 0)
                printf("--%s ", bp_options[i].name);
        puts("' -- \"$word\")) ;;");
    }
    puts("  esac\n"
         "}\n"
         "complete -o default -F _briefpress briefpress");
}

static void put_zsh(void)
{
    puts("#compdef briefpress\n"
         "_briefpress() {\n"
         "  local -a commands\n"
         "  commands=(");
    for (size_t i = 0; i < bp_command_count; i++) {
        printf("    '%s:", bp_commands[i].name);
        put_plain(bp_commands[i].summary);
        puts("'");
    }
    puts("  )\n"
         "  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
         "  case $words[2] in");
    for (size_t c = 0; c < bp_command_count; c++) {
        printf("    %s) _arguments", bp_commands[c].name);
        for (size_t i = 0; i < bp_option_count; i++) {
            const bp_option *option = &bp_options[i];
            if ((option->commands & bp_commands[c].bit) == 0)
                continue;
            printf(" \\\n      '%s--%s%s[", option->kind == BP_OPTION_LIST ? "*" : "", option->name,
                   option->argument ? "=" : "");
            put_plain(option->help);
            putchar(']');
            if (option->choices != NULL) {
                fputs(":value:(", stdout);
                put_choices(option->choices);
                putchar(')');
            } else if (option->argument != NULL) {
                fputs(":value:_files", stdout);
            }
            putchar('\'');
        }
        puts(" \\\n      '*:file:_files' ;;");
    }
    puts("  esac\n"
         "}\n"
         "_briefpress \"$@\"");
}

static void put_fish(void)
{
    for (size_t i = 0; i < bp_command_count; i++) {
        printf("complete -c briefpress -n __fish_use_subcommand -a %s -d '", bp_commands[i].name);
        put_plain(bp_commands[i].summary);
        puts("'");
    }
    for (size_t i = 0; i < bp_option_count; i++) {
        const bp_option *option = &bp_options[i];
        fputs("complete -c briefpress", stdout);
        if (option->commands != BP_FOR_ALL) {
            fputs(" -n '__fish_seen_subcommand_from", stdout);
            for (size_t c = 0; c < bp_command_count; c++)
                if ((option->commands & bp_commands[c].bit) != 0)
                    printf(" %s", bp_commands[c].name);
            putchar('\'');
        }
        if (option->letter != 0)
            printf(" -s %c", option->letter);
        printf(" -l %s%s", option->name, option->argument ? " -r" : "");
        if (option->choices != NULL) {
            fputs(" -f -a '", stdout);
            put_choices(option->choices);
            putchar('\'');
        }
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
