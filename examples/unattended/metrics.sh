#!/bin/sh
# Leaves metrics where node_exporter --collector.textfile.directory looks for them. A name of its own for each report: the
# file is replaced as a whole. Its mode must let node_exporter read it, whatever the umask of cron is.
# Usage: metrics.sh LAYOUT DATA OUT.pdf
set -eu
umask 022
exec briefpress render "$1" -d "$2" -o "$3" -q \
    --metrics-file "${METRICS_FOLDER:-/var/lib/prometheus/node-exporter}/briefpress-$(basename "$3" .pdf).prom"
