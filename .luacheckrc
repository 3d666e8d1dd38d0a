-- Rules for all Lua here. Modules are locals that their file returns, so no file may set a global.
std = "lua54"
max_line_length = 120
codes = true

-- The signature of an empty description body, and of a callback that ignores some of what it is given.
ignore = { "212/_.*", "213/_.*" }

-- Descriptions for the language server: all parameters are unused and some locals only carry annotations.
files["scripts/types"] = { ignore = { "211", "212", "241", "631" } }

-- The words of an edition: prose, one sentence or paragraph a line.
files["scripts/briefing"] = { ignore = { "631" } }

-- Layouts in tests are also wrong on purpose; some cannot even be read.
exclude_files = { "tests/cli/fixtures/syntax.lua", "tests/wrong" }
files["tests/golden"] = { ignore = { "113", "143", "631" } }
files["tests/cli/fixtures"] = { ignore = { "1", "2", "3", "5", "631" } }

-- A comparison with NaN is what the negation is for.
files["tests/lua/luatest.lua"] = { ignore = { "581" } }

-- Test files have the global `testing`, and try what a layout must not do.
files["tests/lua"] = { read_globals = { "testing" }, ignore = { "111", "113", "122", "631" } }
