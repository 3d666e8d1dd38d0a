#!/bin/sh
# Pings a service that waits for them and raises an alarm where one stays away or brings an exit code other than 0.
# The ping goes out after every run, also one that found nothing changed. Usage: ping.sh LAYOUT DATA OUT.pdf
set -eu
exec briefpress render "$1" -d "$2" -o "$3" -q \
    --on-end "curl --fail --silent --show-error --max-time 10 --retry 3 --data-raw '{report}: {state} {message}' ${PING_URL:-https://ping.example.org/briefing}/{exit}"
