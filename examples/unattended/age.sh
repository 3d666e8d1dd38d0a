#!/bin/sh
# Says so where the last success of a report is too long ago, or there was none; needs jq.
# Usage: age.sh SECONDS STATUS.json...
set -eu
most=$1
shift
failed=0
for file; do
    if ! age=$(jq -er '(.last_success // "1970-01-01T00:00:00.000Z") | sub("\\.[0-9]+Z$"; "Z") | now - fromdate | floor' "$file"); then
        echo "$file: no status"
        failed=1
    elif [ "$age" -gt "$most" ]; then
        jq -r --arg age "$age" '"\(.report): \(if .last_success then "no success for \($age) s" else "no success yet" end), \(.consecutive_failures) failures in a row; last: \(.state) \(.place) \(.message)"' "$file"
        failed=1
    fi
done
exit $failed
