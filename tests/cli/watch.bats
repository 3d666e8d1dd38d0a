# watch: what makes it render again, what it keeps, what it says, and how it ends.
load helper

start() {
    cat >layout.lua <<'END'
local b = require "briefpress"
return function(data) return b.report { title = "Watched", "First, {ships}" } end
END
    cp "$FIXTURES/figures.json" data.json
    "$BRIEFPRESS" watch "${layout:-layout.lua}" -d data.json -o out.pdf "$@" 2>log </dev/null 3>&- &
    watcher=$!
    wait_for_log watching
}

# Waits until the log holds a text so many times.
wait_for_log() {
    local wanted=${2:-1}
    for _ in $(seq 200); do
        [ "$(grep -c -- "$1" log)" -ge "$wanted" ] && return 0
        sleep 0.05
    done
    err=$(cat log)
    fail "never said \"$1\" $wanted times"
}

# What is not to come would have come by now.
settle() {
    sleep 0.4
}

stop() {
    kill "-${1:-TERM}" "$watcher"
    status=0
    wait "$watcher" || status=$?
    err=$(cat log)
    expect_status 0
    expect_tidy
}

page() {
    pdftotext out.pdf - | head -n 1
}

@test "a layout saved by renaming, by writing, or through a link is rendered again" {
    start
    [ "$(page)" = "First, 1,200" ] || fail "$(page)"
    sed 's/First/Second/' layout.lua >layout.lua.new
    mv layout.lua.new layout.lua
    wait_for_log wrote 2
    [ "$(page)" = "Second, 1,200" ] || fail "$(page)"
    sed 's/Second/Third/' layout.lua >elsewhere
    cat elsewhere >layout.lua
    wait_for_log wrote 3
    [ "$(page)" = "Third, 1,200" ] || fail "$(page)"
    stop
}

@test "data, modules and images are watched too; other files and the output are not" {
    mkdir parts
    echo 'return "Module one"' >parts/words.lua
    start
    echo 'local b = require "briefpress" return function() return b.report { title = "Watched", require "parts.words" } end' >layout.lua
    wait_for_log wrote 2
    [ "$(page)" = "Module one" ] || fail "$(page)"
    echo 'return "Module two"' >parts/words.lua
    wait_for_log wrote 3
    [ "$(page)" = "Module two" ] || fail "$(page)"
    sed 's/900/901/' data.json >data.new
    mv data.new data.json
    wait_for_log wrote 4
    echo text >notes.txt
    echo text >parts/other.lua
    touch out.pdf
    settle
    [ "$(grep -c wrote log)" -eq 4 ] || fail "$(cat log)"
    stop
}

@test "an error is told once and the last good PDF stays; so does what comes when it is mended" {
    start
    sum=$(sha256sum out.pdf)
    cp layout.lua good.lua
    sed -i 's/{ships}/{shisp}/' layout.lua
    wait_for_log 'did you mean "ships"'
    cp layout.lua same.lua
    mv same.lua layout.lua
    settle
    [ "$(grep -c 'did you mean' log)" -eq 1 ] || fail "$(cat log)"
    [ "$sum" = "$(sha256sum out.pdf)" ] || fail "the PDF changed"
    cp good.lua layout.lua
    wait_for_log wrote 2
    sed -i 's/{ships}/{shisp}/' layout.lua
    wait_for_log 'did you mean "ships"' 2
    stop
}

@test "a file that was missing is found when it comes" {
    start
    echo 'local b = require "briefpress" return function() return b.report { title = "Watched", require "words" } end' >layout.lua
    wait_for_log "no such module"
    echo 'return "It came"' >words.lua
    wait_for_log wrote 2
    [ "$(page)" = "It came" ] || fail "$(page)"
    stop
}

@test "a folder that is moved away and comes back is watched again" {
    mkdir work
    cp "$FIXTURES/plain.lua" work/layout.lua
    layout=work/layout.lua start
    mv work gone
    settle
    mv gone work
    wait_for_log wrote 2
    touch work/layout.lua
    echo '-- more' >>work/layout.lua
    wait_for_log wrote 3
    stop
}

@test "what is reached through links is rendered again when a link leads elsewhere" {
    mkdir v1 v2
    echo 'return "Of v1"' >v1/words.lua
    echo 'return "Of v2"' >v2/words.lua
    ln -s v1 current
    ln -s current/words.lua words.lua
    start
    echo 'local b = require "briefpress" return function() return b.report { title = "Watched", require "words" } end' >layout.lua
    wait_for_log wrote 2
    [ "$(page)" = "Of v1" ] || fail "$(page)"
    ln -s v2 next
    mv -T next current
    wait_for_log wrote 3
    [ "$(page)" = "Of v2" ] || fail "$(page)"
    echo 'return "More"' >v2/words.lua
    wait_for_log wrote 4
    [ "$(page)" = More ] || fail "$(page)"
    stop
}

@test "an output that another run is writing is tried again, and that is told once" {
    start
    exec 8<.out.pdf.lock
    flock 8
    echo '-- more' >>layout.lua
    wait_for_log "another run is writing this file"
    sleep 1
    exec 8<&-
    wait_for_log wrote 2
    [ "$(grep -c "another run" log)" -eq 1 ] || fail "$(cat log)"
    stop
}

@test "a change while it renders is not missed" {
    start
    cat >layout.lua <<'END'
local b = require "briefpress"
return function()
  local n = 0
  for i = 1, 5e7 do n = n + i end
  return b.report { title = "Watched", "Slow" }
end
END
    sleep 0.1
    echo 'local b = require "briefpress" return function() return b.report { title = "Watched", "Quick" } end' >layout.lua
    for _ in $(seq 200); do [ "$(page)" = Quick ] && break; sleep 0.05; done
    [ "$(page)" = Quick ] || fail "$(page)"
    stop
}

@test "a rendering that takes its time is given up for a newer save" {
    start
    echo 'while true do end' >layout.lua
    sleep 0.5
    echo 'local b = require "briefpress" return function() return b.report { title = "Watched", "Mended" } end' >layout.lua
    for _ in $(seq 100); do [ "$(page)" = Mended ] && break; sleep 0.05; done # The limit would be 60 s.
    [ "$(page)" = Mended ] || fail "$(page)"
    [ "$(grep -c . log)" -eq 3 ] || fail "said more: $(cat log)"
    stop
}

@test "what is saved all the time is rendered all the same" {
    start
    cat >layout.lua <<'END'
local b = require "briefpress"
return function()
  local n = 0
  for i = 1, 5e7 do n = n + i end
  return b.report { title = "Watched", "Slow" }
end
END
    for _ in $(seq 300); do
        echo >>data.json
        sleep 0.1
        [ "$(page)" = Slow ] && break
    done
    [ "$(page)" = Slow ] || fail "$(page)"
    stop
}

@test "SIGINT and SIGTERM end it with 0, also while it renders" {
    start
    stop TERM
    for signal in INT TERM; do
        echo 'while true do end' >layout.lua
        # The shell has SIGINT ignored for what it starts behind it.
        env --default-signal=INT "$BRIEFPRESS" watch layout.lua -o never.pdf 2>log </dev/null 3>&- &
        watcher=$!
        sleep 0.5
        stop $signal
        [ ! -e never.pdf ] || fail "left a PDF"
        [ -z "$(cat log)" ] || fail "$(cat log)"
    done
}

@test "what cannot be watched is told at once" {
    bp watch none.lua
    expect_status 66
    echo 'return 1' >layout.lua
    bp watch layout.lua -o -
    expect_status 64
    expect_err "watch writes again and again"
    bp watch layout.lua -d -
    expect_status 64
    expect_err "standard input"
}

@test "where the kernel watches no more, it is told what to raise" {
    unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_inotify_watches' 2>/dev/null || skip "no namespace of our own"
    echo 'return 1' >layout.lua
    for kind in watches instances; do
        unshare -Ur sh -c "echo 0 >/proc/sys/user/max_inotify_$kind && exec '$BRIEFPRESS' watch layout.lua" 2>log || status=$?
        err=$(cat log)
        expect_status 71
        expect_err "raise fs.inotify.max_user_$kind"
    done
}

@test "-q says nothing but errors, --timings says where the time went" {
    start --timings
    echo '-- more' >>layout.lua
    wait_for_log "timings: waited" 2
    grep -q "rendering .* publishing .* script" log || fail "$(cat log)"
    stop
    "$BRIEFPRESS" watch layout.lua -d data.json -o quiet.pdf -q 2>log </dev/null 3>&- &
    watcher=$!
    for _ in $(seq 200); do [ -e quiet.pdf ] && break; sleep 0.05; done
    stop
    [ -z "$err" ] || fail "said something"
}
