# PDFs that grow while they are read, and all that mean harm given to verify: hostile_reports.bash.
load hostile_reports

@test "megabytes that inflate to gigabytes" {
    all_hostile 12 'bomb|filter'
}

@test "what is no file of bytes" {
    all_hostile 3 '^(folder|sparse)'
}

@test "what is given to verify is refused in words" {
    aid bounded
    command=verify tried=0 longest=0 largest=0
    while read -r name _; do
        [[ $name =~ ^(bits|cut)-..[1-9] ]] || hostile "$name" 65,66,76 ""
    done <"$REPORTS/list"
    [ "$tried" -ge 90 ] || fail "$tried cases"
    say "$tried readings, at most $longest ms and $((largest / 1024)) MiB"
}
