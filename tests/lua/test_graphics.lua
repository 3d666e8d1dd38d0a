-- Images, icons and QR codes: what is asked for and refused; where they stand is held in golden cases.
local t = require "luatest"
local b = require "briefpress"
local engine = require "briefpress.engine"
local run = require "briefpress.run"
local shapes = require "briefpress.shapes"

t.describe("b.image", function()
  t.it("needs an alternative text", function()
    t.raises('image "a.png": say what it shows', b.image, "a.png")
  end)
  t.it("takes a focus where it covers its box", function()
    t.raises('focus is for fit = "cover"', b.image, { "a.png", alt = "a", focus = { 0, 0 } })
    for _, focus in ipairs { { 0.5 }, { 0.5, 2 }, { 0.5, "a" }, { 0, 0, 0 }, { 0, 0, x = 1 } } do
      t.raises("focus is two parts", b.image, { "a.png", alt = "a", height = 1, fit = "cover", focus = focus })
    end
  end)
  t.it("knows the sides of a crop", function()
    t.raises('image.crop: no option "lft"; did you mean "left"?', b.image, { "a.png", alt = "a", crop = { lft = 1 } })
  end)
end)

t.describe("b.icon", function()
  t.it("is a drawing", function()
    t.raises('icon "a.png": an icon is an SVG', b.icon, "a.png")
    t.raises('icon: no option "colour"; did you mean "color"?', b.icon, { "a.svg", colour = "accent" })
  end)
end)

t.describe("a QR code", function()
  t.it("has sides of 21 modules and more", function()
    local size, path = engine.image.qr "HELLO"
    t.equal(size, 21)
    t.equal(path[1], "M")
    t.equal((engine.image.qr(("x"):rep(190), "L")), 49)
  end)
  t.it("holds more at a lower level", function()
    t.raises("3000 bytes do not fit into a QR code of level L; shorten the text", engine.image.qr, ("x"):rep(3000), "L")
    t.raises("or take a lower level", engine.image.qr, ("x"):rep(2000), "H")
  end)
  t.it("has its caption below its modules, or flush where it has no quiet zone", function()
    local function left_of(spec)
      spec[1], spec.size, spec.caption = "HELLO", 58, "Data"
      testing.trace()
      run.render(b.report { title = "x", footer = false, margins = { left = 100 }, b.qr(spec) }, testing.document(),
        testing.data '{"dataset": {"id": "d", "title": "x"}}', {})
      return tonumber(testing.trace():match 'text ([%d.]+) [%d.]+ "Data"')
    end
    t.equal(left_of {}, 108) -- Four modules of 58 / 29 points.
    t.equal(left_of { quiet = false }, 100)
  end)
  t.it("needs a text", function()
    t.raises("a QR code needs a text", engine.image.qr, "")
    t.raises("NUL", engine.image.qr, "a\0b")
    t.raises("qr expects the text that it holds, got nothing", b.qr, {})
    t.raises("qr expects the text that it holds, got a number", b.qr, { 12 })
    t.raises('qr: level must be one of "L", "M", "Q", "H", got "X"', b.qr, { "a", level = "X" })
  end)
  t.it("is the same each time", function()
    local _, first = engine.image.qr "https://example.org"
    local _, second = engine.image.qr "https://example.org"
    t.equal(table.concat(first, " "), table.concat(second, " "))
  end)
end)

t.describe("a rounded rectangle", function()
  t.it("is square without a radius", function()
    t.equal(table.concat(shapes.rounded(1, 2, 3, 4, 0), " "), "R 1 2 3 4")
  end)
  t.it("is round by half of its shorter side at most", function()
    local path = shapes.rounded(0, 0, 10, 4, 100)
    t.equal(path[2], 2)
    t.equal(path[5], 8)
  end)
end)
