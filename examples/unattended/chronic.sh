#!/bin/sh
# For cron lines of several commands: chronic (package moreutils) keeps all they say back, and tells it where one fails.
# Usage, as a cron line: chronic /srv/reports/chronic.sh
set -eu
cd "$(dirname "$0")"
briefpress render briefing.lua -d today.json -o out/briefing.pdf -v --timings
briefpress verify out/briefing.pdf
