/* The table of commands. */
#include "cli/commands.h"

#include "cli/options.h"

#define ANY 1000000

const bp_command bp_commands[] = {
    {"render", BP_FOR_RENDER, "LAYOUT", 1, 1, "Makes the PDF.",
     "  briefpress render briefing.lua -d indicators.json -o briefing.pdf\n"
     "  briefpress render briefing.lua -d base.json -d july.json --lang zh -p edition=12\n"
     "  briefpress render register.lua -d enterprises=register.csv -o - | lpr\n"
     "  briefpress render monthly.lua -d sales.json --period last-month -o 'out/{period}.pdf'\n"
     "  briefpress render monthly.lua -d sales.json --period last-month -o 'out/{period}.pdf' \\\n"
     "      --latest latest.pdf --keep 24 --backfill 6\n",
     bp_command_render},
    {"batch", BP_FOR_BATCH, "LAYOUT|RESULTS...", 1, ANY,
     "Makes a PDF for each row, each row being the layout's parameters; with --merge, tells "
     "whether "
     "all of them are made.",
     "  briefpress batch letter.lua --rows firms.csv -o 'out/{id}.pdf'\n"
     "  briefpress batch letter.lua --rows firms.ndjson -o 'out/{region}/{id}.pdf' --results "
     "results.ndjson\n"
     "  briefpress batch letter.lua --rows firms.ndjson -o 'out/{id}.pdf' --results "
     "results.ndjson --resume\n"
     "  briefpress batch letter.lua --rows firms.csv -o 'out/{id}.pdf' --shard auto --results "
     "'results-{shard}.ndjson'\n"
     "  briefpress batch --merge results-*.ndjson --rows firms.csv -o results.ndjson\n",
     bp_command_batch},
    {"watch", BP_FOR_WATCH, "LAYOUT", 1, 1,
     "Makes the PDF again whenever a file it was made from changes.",
     "  briefpress watch briefing.lua -d indicators.json -o briefing.pdf\n", bp_command_watch},
    {"check", BP_FOR_CHECK, "LAYOUT", 1, 1,
     "Does everything but writing, and lists what it finds: data, layout, accessibility.",
     "  briefpress check briefing.lua -d indicators.json\n", bp_command_check},
    {"verify", BP_FOR_VERIFY, "REPORT.pdf", 1, 1,
     "Makes a report again from what it carries, and tells whether the bytes are the same.",
     "  briefpress verify briefing.pdf\n"
     "  briefpress verify briefing.pdf -v\n",
     bp_command_verify},
    {"schedule", BP_FOR_SCHEDULE, "[-- render ...]", 0, ANY,
     "Prepares a command for cron or systemd: tries it, then prints or installs what runs it.",
     "  briefpress schedule --at \"0 7 * * 1\" -- render briefing.lua -d indicators.json -o "
     "out/weekly.pdf\n"
     "  briefpress schedule --at @daily --install -- render briefing.lua -o out/briefing.pdf\n"
     "  briefpress schedule --list\n"
     "  briefpress schedule --remove weekly\n"
     "  briefpress schedule --at \"30 6 * * 1-5\" --systemd user -- render briefing.lua -o "
     "out/daily.pdf\n",
     bp_command_schedule},
    {"new", BP_FOR_NEW, "DIR", 1, 1, "Makes a working project to start from.",
     "  briefpress new quarterly\n"
     "  briefpress new invitation --template letter\n",
     bp_command_new},
    {"data", BP_FOR_DATA, "DATA...", 1, ANY,
     "Checks data and lists what is in it; of a PDF, what it says and the files it carries.",
     "  briefpress data indicators.json\n"
     "  briefpress data indicators.json enterprises=register.csv --lang zh\n"
     "  briefpress data briefing.pdf\n"
     "  briefpress data briefing.pdf --extract briefing-files\n",
     bp_command_data},
    {"fonts", BP_FOR_FONTS, "", 0, 0, "Lists the fonts that serve, and where they come from.",
     "  briefpress fonts\n"
     "  briefpress fonts --font-dir ./fonts --no-system-fonts\n",
     bp_command_fonts},
    {"doctor", BP_FOR_DOCTOR, "[FOLDER...]", 0, ANY,
     "Tells what is wrong with this machine, and with folders that reports go to, and how to mend "
     "it.",
     "  briefpress doctor\n"
     "  briefpress doctor -q /srv/reports/out /srv/reports/archive\n",
     bp_command_doctor},
    {"completions", BP_FOR_COMPLETIONS, "bash|zsh|fish", 1, 1, "Prints the completions of a shell.",
     "  briefpress completions bash > ~/.local/share/bash-completion/completions/briefpress\n"
     "  briefpress completions zsh > ~/.zfunc/_briefpress\n"
     "  briefpress completions fish > ~/.config/fish/completions/briefpress.fish\n",
     bp_command_completions},
    {"manual", BP_FOR_MANUAL, "", 0, 0, "Prints the manual page, for man.",
     "  briefpress manual | man -l -\n", bp_command_manual},
};
const size_t bp_command_count = sizeof bp_commands / sizeof bp_commands[0];
