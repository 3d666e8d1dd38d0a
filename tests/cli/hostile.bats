# Layouts that mean harm: each ends within its time and memory, with the exit code of what it did and a message that
# names it. The parent never dies, the old PDF stays, nothing is left behind.
load helper

MEMORY_MOST=64 # MiB

# Of the largest process. Beside the budget stand fonts, ICU, the libraries; a sanitizer keeps much more.
kilobytes_most() {
    if is_sanitized; then echo 1500000; else echo $(((MEMORY_MOST * 3 / 2 + 64) * 1024)); fi
}

# hostile CODE SAID BODY: the body is line 3 of a layout's function.
hostile() {
    printf 'local b = require "briefpress"\nreturn function(data)\n  %s\nend\n' "$3" >l.lua
    echo old >x.pdf
    status=0
    "$AIDS/bounded" took "$BRIEFPRESS" render l.lua -o x.pdf --max-seconds "$seconds" --max-memory "${MEMORY_MOST}M" \
        >out 2>err </dev/null || status=$?
    out=$(<out) err=$(head -c 2000 err; echo; tail -c 1000 err)
    [ "$status" -eq "$1" ] || fail "$3: expected exit code $1"
    [[ $err == *"$2"* ]] || fail "$3: expected $2"
    [[ $err == l.lua* || $err == *"(needed at l.lua:3)"* ]] || fail "$3: no place"
    [ -z "$out" ] || fail "$3: standard output is for results"
    [ "$(stat -c %s err)" -le 150000 ] || fail "$3: $(stat -c %s err) bytes of messages"
    [ "$(cat x.pdf)" = old ] || fail "$3: the old edition is gone"
    [ -z "$(ls -A | grep -vx -e l.lua -e x.pdf -e .x.pdf.lock -e took -e out -e err || true)" ] || fail "$3: left behind: $(ls -A)"
    read -r time memory <took
    # The limit, the grace of half a second for what Lua cannot stop, and room for a busy machine.
    [ "$time" -le $((seconds * 1000 + 7500)) ] || fail "$3: $time ms"
    [ "$memory" -le "$most" ] || fail "$3: $memory KiB"
    [ "$time" -le "${longest:-0}" ] || longest=$time
    [ "$memory" -le "${largest:-0}" ] || largest=$memory
    tried=$((tried + 1))
}

# all_hostile COUNT SECONDS: cases on standard input, one a line: CODE~SAID~BODY.
all_hostile() {
    aid bounded
    seconds=$2
    tried=0 longest=0 largest=0 most=$(kilobytes_most)
    while IFS='~' read -r code said body; do
        hostile "$code" "$said" "$body"
    done
    [ "$tried" -eq "$1" ] || fail "$tried cases"
    say "$tried layouts, at most $longest ms and $((largest / 1024)) MiB"
}

@test "what never ends is ended: loops, patterns, handlers, finalizers" {
    all_hostile 21 1 <<'CASES'
76~l.lua:3: the layout ran for more than 1 s; raise the limit with --max-seconds~while true do end
76~one step that nothing could interrupt~local s = ("a"):rep(3000):find(".-.-.-.-b")
76~one step that nothing could interrupt~local s = ("a"):rep(3000):gsub(".-.-.-.-b", "")
76~one step that nothing could interrupt~for w in ("a"):rep(3000):gmatch(".-.-.-.-b") do end
76~one step that nothing could interrupt~local s = ("a"):rep(2e5):match("(a*)(a*)(a*)(a*)(a*)(a*)b")
78~__gc is not available~setmetatable({}, { __gc = function() while true do end end })
78~l.lua:3: no harm~local mt = {} local t = setmetatable({}, mt) mt.__gc = function() while true do end end t = nil for i = 1, 1e5 do local x = {} end error "no harm"
76~for more than 1 s~local t <close> = setmetatable({}, { __close = function() while true do end end })
76~for more than 1 s~xpcall(error, function() while true do end end)
76~for more than 1 s~while true do pcall(function() while true do end end) end
76~for more than 1 s~while true do print "x" end
76~for more than 1 s~error(setmetatable({}, { __tostring = function() while true do end end }))
76~for more than 1 s~coroutine.wrap(function() coroutine.wrap(function() while true do end end)() end)()
76~for more than 1 s~while true do coroutine.resume(coroutine.create(function() while true do end end)) end
76~for more than 1 s~local function f() pcall(f) f() end f()
76~for more than 1 s~table.sort({ 3, 2, 1 }, function() while true do end end)
76~for more than 1 s~return b.report { title = "x", header = function() while true do end end, b.text "x" }
76~for more than 1 s~return b.report { title = "x", b.block { layout = function() while true do end end } }
76~for more than 1 s~return b.report { title = "x", b.block { layout = function() return { width = 1, height = 1, draw = function() while true do end end } end } }
76~for more than 1 s~return b.report { title = "x", b.block { layout = function() error(setmetatable({}, { __tostring = function() while true do end end })) end } }
76~for more than 1 s~return b.report { title = "x", b.table { rows = setmetatable({}, { __len = function() return math.maxinteger end, __index = function() return { 1 } end }), columns = { { key = 1 } } } }
CASES
}

@test "what wants all memory gets its share: strings, tables, coroutines, concatenation, text" {
    all_hostile 19 20 <<'CASES'
76~l.lua:3: string.rep: the result would be larger than the memory that is left~local s = string.rep("x", 1e10)
76~string.rep: the result would be larger~while true do pcall(string.rep, "x", 1e10) end
76~the memory limit of 64 MiB was reached; raise it with --max-memory~local t = {} for i = 1, 1e6 do t[i] = "xxxxxxxxxx" end local s = table.concat(t, ("y"):rep(1000))
78~table.concat: more than 16777216 elements~table.concat({}, "x", 1, 1e9)
78~invalid conversion specification: '%99999d'~string.format("%99999d", 1)
76~larger than the memory~string.format("%s", ("x"):rep(1e7)):rep(100)
76~the memory limit of 64 MiB~local s = ("x"):rep(1e6):gsub("", ("y"):rep(1e4))
76~the memory limit of 64 MiB~local t = {} for i = 1, 1e12 do t[i] = i end
76~the memory limit of 64 MiB~local t = {} while true do t = { t, {}, {} } end
76~the memory limit of 64 MiB~local s = "x" while true do s = s .. s end
76~the memory limit of 64 MiB~error(("x"):rep(5e7))
76~the memory limit of 64 MiB~local all = {} while true do local t = coroutine.create(function() coroutine.yield() end) coroutine.resume(t) all[#all + 1] = t end
76~the memory limit of 64 MiB~local s = ("x"):rep(1000) load(function() return s end)
78~table.unpack: more than 16777216 elements~table.unpack({}, 1, 1e8)
78~table.move: more than 16777216 elements~table.move({}, 1, math.maxinteger - 1, 2)
78~table.unpack: more than 16777216 elements~table.unpack(setmetatable({}, { __len = function() return math.maxinteger end }))
78~table.sort: more than 16777216 elements~table.sort(setmetatable({}, { __len = function() return 2 ^ 31 - 2 end }))
76~the memory limit of 64 MiB~return b.report { title = "x", b.text(("x "):rep(2e7)) }
76~more than 20000 pages; --max-pages allows more~return b.report { title = "x", b.block { layout = function(self) return { width = 1, height = 0, draw = function() end }, self end } }
CASES
}

@test "there is no way out: files, programs, modules, binary chunks, the sandbox itself" {
    all_hostile 21 20 <<'CASES'
78~attempt to call a nil value (field 'execute')~os.execute("touch hacked")
78~attempt to call a nil value (field 'exit')~os.exit(0)
78~attempt to call a nil value (field 'getenv')~os.getenv("HOME")
78~attempt to call a nil value (field 'remove')~os.remove("x.pdf")
78~"io" is not available to layouts~io.open("/etc/passwd")
78~"io" is not available to layouts~io.popen("touch hacked")
78~"debug" is not available to layouts~debug.getregistry()
78~"package" is not available to layouts~package.loadlib("x", "y")
78~"dofile" is not available to layouts~dofile("/etc/passwd")
77~require "../../x": modules are named like a.b.c and lie below the layout's folder~require "../../x"
77~modules are named like a.b.c~require "/etc/passwd"
78~a module's name is words joined by points~require "a b"
78~no such module in the layout's folder or the library~require "os"
78~attempt to call a nil value (local 'f')~local f = load("\27Lua\84\0") f()
78~attempt to call a nil value (field 'dump')~load(string.dump(print))()
78~l.lua:3: nil ~local f, why = load("return " .. ("("):rep(1e6)) error(tostring(f) .. " " .. why)
78~only "count" is available~collectgarbage("stop")
78~attempt to index a boolean value~getmetatable("").__index = nil
78~l.lua:3: string~rawset(_G, "type", nil) error((require "briefpress.engine").nearest("strng", { "string" }))
77~/etc/hostname: is outside the folders that may be read~return b.report { title = "x", b.image { "/etc/hostname", alt = "x" } }
77~is outside the folders that may be read~return b.report { title = "x", b.image { "../../../../../etc/hostname", alt = "x" } }
CASES
    [ ! -e hacked ]
}

@test "no depth and no object crashes it: recursion, chains, hostile errors, source without end" {
    all_hostile 24 20 <<'CASES'
78~l.lua:3: stack overflow; a function calls itself without an end~local function f(n) return 1 + f(n + 1) end f(1)
78~stack overflow; a function calls itself without an end~local function f() return f() end f()
78~too many coroutines run inside each other~local function f() return coroutine.wrap(f)() end f()
78~l.lua:3: closed~local c for i = 1, 20000 do local last = c c = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() if last then coroutine.close(last) end end }) coroutine.yield() end) coroutine.resume(c) end coroutine.close(c) error "closed"
78~stack overflow~error(setmetatable({}, { __tostring = function(t) return tostring(t) end }))
78~__tostring must return a string~error(setmetatable({}, { __tostring = function() return 42 end }))
78~l.lua:3: again~error(setmetatable({}, { __tostring = function() error "again" end }))
78~l.lua:3: nil~error(nil)
78~l.lua:3: function: 1~error(function() end)
78~l.lua:3: x~error(("x"):rep(1e6), 0)
78~l.lua:3: table: 1~error(setmetatable({}, { __name = 42 }))
78~'__index' chain too long~local t = setmetatable({}, {}) getmetatable(t).__index = t local x = t.y
78~stack overflow~local x = setmetatable({}, { __index = function(t, k) return t[k .. "x"] end }).y
78~too many captures~local p = ("x"):find(("("):rep(1e5))
78~attempt to call a nil value (local 'f')~local f = load("local x = " .. ("{"):rep(1e6)) f()
78~attempt to call a nil value (local 'f')~local f = load(("local x = 1 "):rep(300)) f()
78~cannot close a coroutine that runs~coroutine.close(coroutine.running())
78~the layout must return b.report { ... }~return setmetatable({}, { __index = function() while true do end end })
78~l.lua:3: stack overflow~local s = b.stack { b.text "x" } s.children[2] = s return b.report { title = "x", s }
78~a block does not fit into a page~return b.report { title = "x", b.block { layout = function(self) return nil, self end } }
78~a fragment needs a finite width and height~return b.report { title = "x", b.block { layout = function() return { width = 0 / 0, height = 1, draw = function() end } end } }
78~more than 64 tags within each other~return b.report { title = "x", b.block { layout = function() return { width = 1, height = 1, draw = function(_, c) for i = 1, 1e7 do c:begin_tag("P") end end } end } }
78~the sides of a page measure 3 to 14,400 points~return b.report { title = "x", paper = { 1e9, 1e9 }, b.text "x" }
78~l.lua:3: printed~for i = 1, 300 do print(("\27[2J"):rep(1e5)) end error "printed"
CASES
    [[ $(cat err) != *$'\e'* ]] || fail "a terminal would obey"
}
