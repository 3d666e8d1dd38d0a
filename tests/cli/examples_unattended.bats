# examples/unattended: each file does what its README says.
load helper

# A copy of the examples for this folder and the program under test, with a report to make.
prepare() {
    examples=$BATS_TEST_DIRNAME/../../examples/unattended
    mkdir bin out
    ln -s "$BRIEFPRESS" bin/briefpress
    for file in "$examples"/*; do
        sed "s|/usr/bin/briefpress|$folder/bin/briefpress|g; s|/srv/reports|$folder|g" "$file" >"$(basename "$file")"
    done
    chmod +x ./*.sh
    cp "$FIXTURES/plain.lua" briefing.lua
    cp "$FIXTURES/figures.json" today.json
    cp "$FIXTURES/plain.lua" stations.lua
    cp "$FIXTURES/figures.json" stations.json
    PATH=$folder/bin:$PATH
}

# The command of a line of the crontab, run as cron does.
cron_line() {
    local line
    line=$(grep -vE '^(#|[A-Z]+=)' crontab | sed -n "$1p" | sed -E 's/^([^ ]+ +){5}//; s/\\%/%/g')
    [ -n "$line" ] || fail "no line $1"
    status=0
    out=$(cd / && env -i HOME=/ PATH=/usr/bin:/bin sh -c "$line" 2>&1 </dev/null) || status=$?
}

@test "the README tells of each file" {
    prepare
    for file in "$examples"/*; do
        name=$(basename "$file")
        [ "$name" = README.md ] || grep -qF "\`$name\`" README.md || fail "$name is not told of"
        [[ $name != *.sh ]] || [ -x "$file" ] || fail "$name cannot be run"
    done
}

@test "the crontab is one, silent on success, and says what is wrong" {
    prepare
    if command -v crontab >/dev/null && ! crontab -n crontab >said 2>&1; then
        grep -qi usage said || fail "$(cat said)" # Only some know -n, which checks.
    fi
    for line in 1 2; do
        cron_line $line
        [ "$status" -eq 0 ] && [ -z "$out" ] || fail "line $line: $out"
    done
    expect_whole out/briefing.pdf
    expect_whole out/stations.pdf
    if command -v jq >/dev/null; then
        cron_line 3
        [ "$status" -eq 0 ] && [ -z "$out" ] || fail "$out"
    fi
    rm today.json
    cron_line 1
    [ "$status" -eq 66 ]
    [[ $out == *today.json* && $(printf '%s\n' "$out" | wc -l) -eq 1 ]] || fail "$out"
}

@test "chronic says nothing on success and all on failure" {
    command -v chronic >/dev/null || skip "chronic is not installed (package moreutils)"
    prepare
    run chronic ./chronic.sh
    [ "$status" -eq 0 ] && [ -z "$output" ] || fail "$output"
    echo 'return function() return 5 end' >briefing.lua
    run chronic ./chronic.sh
    [ "$status" -eq 78 ]
    [[ $output == *"briefing.lua"*"expected a report"* ]] || fail "$output"
}

@test "a ping brings the exit code of every run" {
    prepare
    printf '#!/bin/sh\nprintf "%%s\\n" "$@" >>ping.log\n' >bin/curl
    chmod +x bin/curl
    ./ping.sh briefing.lua today.json out/a.pdf
    grep -qx 'https://ping.example.org/briefing/0' ping.log
    grep -qx 'a: made ' ping.log
    status=0
    PING_URL=https://other.example.org/x ./ping.sh "$FIXTURES/number.lua" today.json out/a.pdf 2>err || status=$?
    [ "$status" -eq 78 ]
    grep -qx 'https://other.example.org/x/78' ping.log
    grep -q '^a: broken .*number.lua:1: ' ping.log
    # A service that is down: the report is made all the same, and it is said.
    printf '#!/bin/sh\necho "curl: (6) Could not resolve host" >&2\nexit 6\n' >bin/curl
    status=0
    ./ping.sh briefing.lua today.json out/b.pdf 2>err || status=$?
    [ "$status" -eq 0 ]
    [ "$(cat err)" = "on-end: warning: curl ended with 6
curl: (6) Could not resolve host" ]
}

@test "metrics land where the collector looks, with a name for each report" {
    prepare
    mkdir textfile
    (umask 077 && METRICS_FOLDER=textfile ./metrics.sh briefing.lua today.json out/a.pdf)
    METRICS_FOLDER=textfile ./metrics.sh briefing.lua today.json out/b.pdf
    [ "$(ls -A textfile | tr '\n' ' ')" = "briefpress-a.prom briefpress-b.prom " ]
    [ "$(stat -c %a textfile/briefpress-a.prom)" = 644 ]
    if command -v promtool >/dev/null; then promtool check metrics <textfile/briefpress-a.prom; fi
}

@test "alerts fire for what they are for" {
    command -v promtool >/dev/null || skip "promtool is not installed (package prometheus)"
    prepare
    promtool check rules alerts.yml
    cat >alerts_test.yml <<'YAML'
rule_files: [alerts.yml]
tests:
  - interval: 1m
    input_series:
      - { series: 'briefpress_last_success_timestamp_seconds{report="old",instance="a"}', values: '0x2000' }
      - { series: 'briefpress_consecutive_failures{report="bad",instance="a"}', values: '0 1 2 3 4x60' }
      - { series: 'briefpress_state{report="bad",state="broken",instance="a"}', values: '0 1x60' }
      - { series: 'briefpress_consecutive_failures{report="busy",instance="a"}', values: '0 1 2 3 4x60' }
      - { series: 'briefpress_state{report="busy",state="broken",instance="a"}', values: '0x60' }
    alert_rule_test:
      - { eval_time: 20h, alertname: ReportOverdue, exp_alerts: [] }
      - eval_time: 30h
        alertname: ReportOverdue
        exp_alerts:
          - exp_labels: { severity: page, report: old, instance: a }
            exp_annotations: { summary: 'No success of report old for 1d 6h 0m 0s' }
      - { eval_time: 2m, alertname: ReportBroken, exp_alerts: [] }
      - eval_time: 3m
        alertname: ReportBroken
        exp_alerts:
          - exp_labels: { severity: page, report: bad, instance: a }
            exp_annotations: { summary: 'Report bad failed 3 times in a row' }
YAML
    promtool test rules alerts_test.yml
    # What rules ask for is what a run writes.
    bp render briefing.lua -q -o out/a.pdf --metrics-file m.prom
    for name in $(grep -oE 'briefpress_[a-z_]+' alerts.yml | sort -u); do
        grep -q "^$name{" m.prom || fail "no such metric: $name"
    done
}

@test "units are good, and their commands are the program's" {
    command -v systemd-analyze >/dev/null || skip "systemd-analyze is not installed"
    prepare
    printf '#!/bin/sh\n' >bin/mail
    chmod +x bin/mail
    sed -i "s|/usr/bin/mail|$folder/bin/mail|" briefpress-failed@.service
    run systemd-analyze verify ./briefpress@.service ./briefpress@.timer ./briefpress-failed@.service
    [ "$status" -eq 0 ] || [[ $output == *"Failed to initialize manager"* ]] || fail "$output"
    line=$(sed -n "s|^ExecStart=||; s|%S|$folder/state|g; s|%i|briefing|g; /render/p" briefpress@.service)
    mkdir -p state/briefpress
    cp today.json briefing.json
    $line
    expect_whole state/briefpress/briefing.pdf
    grep -q '"state":"made"' state/briefpress/briefing.status.json
}

@test "a log of JSON lines grows by each run, and is rotated" {
    command -v jq >/dev/null || skip "jq is not installed"
    prepare
    LOG=log.jsonl ./log.sh briefing.lua today.json out/a.pdf
    LOG=log.jsonl ./log.sh none.lua today.json out/a.pdf || true
    [ "$(jq -r '"\(.level) \(.report) \(.time | length)"' log.jsonl)" = "info a 24
error a 24" ] || fail "$(cat log.jsonl)"
    command -v logrotate >/dev/null || skip "logrotate is not installed"
    sed "s|/var/log/briefpress.jsonl|$folder/log.jsonl|; s|monthly|monthly\n    su $(id -un) $(id -gn)|" logrotate.conf >here.conf
    chmod 644 here.conf
    logrotate --force --state "$folder/state" here.conf
    [ ! -e log.jsonl ]
    [ "$(ls log.jsonl-* | wc -l)" -eq 1 ]
}

@test "the age of a success is asked for" {
    command -v jq >/dev/null || skip "jq is not installed"
    prepare
    bp render briefing.lua -q -o out/a.pdf --status-file s.json
    run ./age.sh 60 s.json
    [ "$status" -eq 0 ] && [ -z "$output" ] || fail "$output"
    sleep 1.1
    run ./age.sh 0 s.json
    [ "$status" -eq 1 ]
    [[ $output == "a: no success for "*" s, 0 failures in a row; last: made"* ]] || fail "$output"
    bp render none.lua -q -o out/b.pdf --status-file never.json
    run ./age.sh 60 s.json never.json missing.json
    [ "$status" -eq 1 ]
    [[ $output == *"b: no success yet, 1 failures in a row; last: broken none.lua no such layout"* && $output == *"missing.json: no status"* ]] || fail "$output"
}
