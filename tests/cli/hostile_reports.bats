# PDFs that mean harm, most of them small: hostile_reports.bash.
load hostile_reports

@test "pieces of a report, and reports with errors in many places" {
    all_hostile 110 '^(cut|bits|empty|head|zeroes|noise|far|behind|good)'
}

@test "tables of places that lie, and object streams within themselves" {
    all_hostile 18 '^(places|size|previous|table-w|table-i|object-stream-l)'
}

@test "trees with loops, depth and numbers without end" {
    all_hostile 18 '^(pages|names|arrays|dictionaries|strings|references|length|texts)'
}

@test "files by the thousand and under bad names" {
    all_hostile 6 '^(files|name-|file-[^lbrm])'
}

@test "encrypted reports, known, unknown and broken" {
    all_hostile 20 '^encrypted'
}
