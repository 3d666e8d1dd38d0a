#!/bin/sh
# Appends each message as a line of JSON to a log, with its time. Usage: log.sh LAYOUT DATA OUT.pdf
set -eu
exec briefpress render "$1" -d "$2" -o "$3" --log-format json 2>>"${LOG:-/var/log/briefpress.jsonl}"
