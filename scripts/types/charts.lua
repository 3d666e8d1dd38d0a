---@meta
-- Charts: what each takes. All labels go through one placer: none meets another, none leaves its chart; what has no
-- room is moved, or left out, and `briefpress check` tells which. Values that are missing (nil, or false in a list)
-- are gaps.

---@class briefpress.Library
local b = {}
b.chart = {}

---@class briefpress.options.chart.axis
---@field title? string  What it measures, and in which unit, printed as it is (no Markdown: write "PM₂.₅", "m²"); the vertical axis has it above itself, the horizontal one at its right end.
---@field kind? "number"|"log"|"time"|"category"  "log": by powers, for values above zero in lines and scatters. Told from the values when left out.
---@field min? number|string  Where it begins, a number or a date; at a round number near the least value when left out.
---@field max? number|string  Where it ends; at a round number near the greatest value when left out.
---@field zero? boolean  Whether zero is on it in any case; areas and bars always begin there. When left out, it is where the values come near to it: the least is a quarter of the greatest, or less.
---@field ticks? integer|any[]  About how many ticks it has, or the values that have one. As many as there is room for when left out, at round numbers (Talbot, Lin and Hanrahan's rule); at years, at each, each third or sixth month where the data are months or days, at quarters where they are quarters.
---@field decimals? integer  Decimals of its numbers; as many as the ticks need when left out.
---@field compact? boolean  Whether numbers are written as "1.2 million"; when left out, on axes that reach a million.
---@field percent? boolean  Whether its values are percent, written with the sign; false when left out.
---@field plus? boolean  Whether numbers above zero have a sign; false when left out.
---@field format? fun(value:any):string  Writes a value, instead of all that: it is given the number of a tick or, on an axis of time, its date as text ("2025" at years, "2025-Q1" at quarters, "2025-01" at months), and for the first and last values what stands in `x`; it returns what is printed, as `function(month) return b.format.date(month, "MMM") end`. Without it months stand as "Jan", with the year below the first and below each January. Which dates have ticks is the matter of `ticks`: with `ticks = 12` a year of months has all of them, however narrow.
---@field grid? boolean  Whether a faint line stands at each tick; true for the vertical axis and false for the horizontal one when left out.

---@class briefpress.options.chart.reference
---@field x? any  Where it stands on the horizontal axis: a number, a date or a name; a list of two makes a band.
---@field y? number|number[]  Where it stands on the vertical axis; a list of two makes a band.
---@field value? number|number[]  Instead of `x` or `y`: where it stands on the axis of the values, whichever that is (the horizontal one in dots, histograms and bars that lie); a list of two makes a band. Not for scatters, where both axes have values.
---@field label? string  What it means; written at one of its ends, printed as it is (no Markdown).
---@field color? string  Of the line and its label; "muted" when left out ("text" in bars and dots), and "accent_soft" for bands.
---@field dash? boolean  Whether the line is dashed; true when left out.

---@class briefpress.options.chart.annotation
---@field x any  Where it points to on the horizontal axis: a number, a date or a name; needed.
---@field y? number  Where it points to on the vertical axis; the value of the first series that has one at `x` when left out.
---@field text string  The words, printed as they are (no Markdown); needed.
---@field color? string  Of the words; "text" when left out.

---@class briefpress.options.chart.series
---@field label? string  Its name.
---@field values? (number|false)[]  Its values, one for each of `x`; nil or false where one is missing.
---@field points? briefpress.options.chart.point[]  Or its points, each with an x of its own.
---@field value? string|engine.Indicator  Or an indicator (or its id), whose observations it shows.
---@field low? number[]  Lower ends of a band around the values: how uncertain they are.
---@field high? number[]  Upper ends of the band.
---@field color? string  Its colour; the next of the theme's `series` when left out.
---@field dash? number[]  Lengths of dashes and gaps in points; none when left out, but where lines cross that look alike in grey.

---@class briefpress.options.chart.point
---@field x? any  May stand as the first value: `{ 2020, 4.5 }`.
---@field y? number|false  May stand as the second value.
---@field low? number  Lower end of the band at this point.
---@field high? number  Upper end of the band at this point.
---@field label? string  Its name; scatters write it.
---@field text? string  What is written for its value, instead of the number.
---@field size? number  The size of its bubble, in scatters.
---@field color? string  Its colour, in scatters.

---@class briefpress.options.chart.item
---@field label? string  Its name; that of the indicator when left out.
---@field value? number|string|engine.Indicator  Its value: a number, an indicator or its id. May stand as the first value.
---@field values? (number|string|engine.Indicator|false)[]  Or several values, one for each of `series`; false where one is missing.
---@field text? string  What is written for the value, instead of the number.
---@field color? string  Its colour.
---@field note? string  A second line below its name, in bars that lie.

---@class briefpress.options.chart.line : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; half the width, from 130 to 230 points, when left out.
---@field color? string  Of the line, where there is one series; the first of the theme's `series` when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables. `x` and `y` then name its columns.
---@field x? string|any[]  With `rows`: the column of what stands on the horizontal axis. Without: the list of what stands there, one for each of the `values`. Numbers from 1500 to 2500, and dates as "2022", "2022-Q3", "2022-07" or "2022-07-15", make an axis of time; other numbers one of numbers; other texts one of names. 1, 2, 3 ... when left out.
---@field y? string|string[]  With `rows`: the column of the values, or several, each of which is a series with the column's title as its name.
---@field series? string  With `rows`: the column that tells which series a row belongs to.
---@field low? string  With `rows`: the column of the lower ends of a band around the values.
---@field high? string  With `rows`: the column of its upper ends.
---@field label? string  With `rows`: the column of the names of points.
---@field labels? "names"|"values"|"points"|"none"  What is written: the name of each series at its end, name and last value, the value at each point, nothing. "values" for one series and "names" for several when left out. Where the chart is narrow, names stand in a legend.
---@field points? boolean  Whether each point has a mark; false when left out. A point between two gaps always has.
---@field line_width? number  Points; 1.6 when left out.
---@field x_axis? briefpress.options.chart.axis  The horizontal axis.
---@field y_axis? briefpress.options.chart.axis  The vertical axis.
---@field references? briefpress.options.chart.reference[]  Lines and bands that values are held against: limits, targets, periods.
---@field annotations? briefpress.options.chart.annotation[]  Words at points of the plot, with a line to each where they stand away from it.

--- Lines: how values go on over time, numbers or names. Each child is an indicator (its observations), a list of
--- numbers, or a series: `{ label =, values = }`. A value that is missing is a gap; `low` and `high` draw a band
--- around the line.
---
---     b.chart.line { title = "Rents rise faster", x = { "2021", "2022", "2023" },
---       { label = "Rents", values = { 100, 104, 111 } }, { label = "Wages", values = { 100, 102, 105 } } }
---@param spec briefpress.options.chart.line
---@return briefpress.Block
function b.chart.line(spec) end

---@class briefpress.options.chart.area : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; half the width, from 130 to 230 points, when left out.
---@field color? string  Of the area, where there is one series; the first of the theme's `series` when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables. `x` and `y` then name its columns.
---@field x? string|any[]  With `rows`: the column of what stands on the horizontal axis. Without: the list of what stands there, one for each of the `values`. Numbers from 1500 to 2500, and dates as "2022", "2022-Q3", "2022-07" or "2022-07-15", make an axis of time; other numbers one of numbers; other texts one of names. 1, 2, 3 ... when left out.
---@field y? string|string[]  With `rows`: the column of the values, or several, each of which is a series with the column's title as its name.
---@field series? string  With `rows`: the column that tells which series a row belongs to.
---@field low? string  With `rows`: the column of the lower ends of a band around the values.
---@field high? string  With `rows`: the column of its upper ends.
---@field label? string  With `rows`: the column of the names of points.
---@field labels? "names"|"values"|"points"|"none"  What is written: the name of each series at its end, name and last value, the value at each point, nothing. "values" for one series and "names" for several when left out. Where the chart is narrow, names stand in a legend.
---@field points? boolean  Whether each point has a mark; false when left out. A point between two gaps always has.
---@field line_width? number  Points; 1.6 when left out.
---@field stacked? boolean  Whether the series stand on each other, so that the top is their sum; false when left out.
---@field share? boolean  Whether they are stacked as shares of 100 percent; false when left out.
---@field x_axis? briefpress.options.chart.axis  The horizontal axis.
---@field y_axis? briefpress.options.chart.axis  The vertical axis.
---@field references? briefpress.options.chart.reference[]  Lines and bands that values are held against: limits, targets, periods.
---@field annotations? briefpress.options.chart.annotation[]  Words at points of the plot, with a line to each where they stand away from it.

--- Areas: lines with the ground below them filled, from zero on. Children are those of `b.chart.line`.
---
--- b.chart.area { title = "Wind overtakes coal", rows = data.tables.energy, x = "year", y = { "coal", "wind" }, share
--- = true }
---@param spec briefpress.options.chart.area
---@return briefpress.Block
function b.chart.area(spec) end

---@class briefpress.options.chart.bar : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; what the bars need (150 points where they stand) when left out.
---@field color? string  Of all bars, where they have one value each; "accent" when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables, each row an item. `x` and `y` then name its columns.
---@field x? string  With `rows`: the column of the items' names.
---@field y? string|string[]  With `rows`: the column of the values, or several, each of which is a series with the column's title as its name.
---@field series? string[]|string  The names of the values, where items have several; they stand in a legend. With `rows`: the column that tells which series a row belongs to.
---@field direction? "horizontal"|"vertical"  Whether the bars lie or stand; "horizontal" when left out.
---@field stacked? boolean  Whether the values of an item stand on each other. Items with one value each then make one bar together. False when left out: side by side.
---@field share? boolean  Whether each bar is stacked to 100 percent; false when left out.
---@field max? number  The least value that the scale reaches, so that charts can be compared.
---@field labels? "end"|"inside"|"none"  Where values are written. "end" when left out; bars that stand and have no room for their values get an axis instead, as with "none".
---@field bar_width? number  Thickness of a bar in points; 14, or 10 in groups, when left out.
---@field gap? number  Points between items, of bars that lie; 8 when left out.
---@field label_width? number|string  Width of the column of names, of bars that lie; what they need, two fifths of the chart at most, when left out.
---@field periods? boolean  Whether an indicator stands for its observations, one item a period; false when left out.
---@field references? briefpress.options.chart.reference[]  Lines and bands that values are held against, as `{ value = 20, label = "Limit" }`; the scale reaches all of them. Not for one bar that is a whole.
---@field decimals? integer  Decimals of all its figures. When left out, indicators have their own, and numbers of the layout or of rows all as many as one of them needs, two at most.

--- Bars, which start at zero. Children are indicators, their ids, lists of these, or items: `{ label =, value = }`,
--- with several values each `{ label =, values = { ... } }`.
---
---     b.chart.bar { title = "Novels lead", data.indicators.loans:parts() }
---     b.chart.bar { references = { { value = 20, label = "Limit" } }, { label = "Station Street", value = 31.2 },
---       { label = "City Park", value = 9.4 } }
---@param spec briefpress.options.chart.bar
---@return briefpress.Block
function b.chart.bar(spec) end

---@class briefpress.options.chart.dot : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; what the rows need when left out.
---@field color? string  Of the dots, where items have one value each; the first of the theme's `series` when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables, each row an item. `x` and `y` then name its columns.
---@field x? string  With `rows`: the column of the items' names.
---@field y? string|string[]  With `rows`: the column of the values, or several, each of which is a series with the column's title as its name.
---@field series? string[]|string  The names of the values, where items have several; above the first row or in a legend. With `rows`: the column that tells which series a row belongs to.
---@field sort? "none"|"rising"|"falling"  The order of the items, by their last value; "none" when left out: as they come.
---@field labels? boolean  Whether values are written beside the dots, and not at an axis; true up to 30 dots when left out.
---@field label_width? number|string  Width of the column of names; what they need when left out.
---@field periods? boolean  Whether an indicator stands for its observations, one item a period; false when left out.
---@field x_axis? briefpress.options.chart.axis  The axis of the values; it need not begin at zero.
---@field references? briefpress.options.chart.reference[]  Lines and bands that values are held against, as `{ value = 20, label = "Limit" }`; the scale reaches all of them.
---@field decimals? integer  Decimals of all its figures. When left out, indicators have their own, and numbers of the layout or of rows all as many as one of them needs, two at most.

--- Dots in rows (Cleveland's dot plot): a row an item, a dot a value, on one scale. Good for comparing two values of
--- many items. Children are those of `b.chart.bar`.
---
--- b.chart.dot { title = "Women earn less", series = { "Women", "Men" }, { label = "Nurses", values = { 25.8, 26.9 }
--- } }
---@param spec briefpress.options.chart.dot
---@return briefpress.Block
function b.chart.dot(spec) end

---@class briefpress.options.chart.slope : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; what the lines need, from 120 to 260 points, when left out.
---@field color? string  Of lines without a colour of their own; "ink" when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables. `x` and `y` then name its columns.
---@field x? string|any[]  The times: two or more. With `rows`: the column of what stands on the horizontal axis. Without: the list of what stands there, one for each of the `values`. Numbers from 1500 to 2500, and dates as "2022", "2022-Q3", "2022-07" or "2022-07-15", make an axis of time; other numbers one of numbers; other texts one of names. 1, 2, 3 ... when left out.
---@field y? string|string[]  With `rows`: the column of the values, or several, each of which is a series with the column's title as its name.
---@field series? string  With `rows`: the column that tells which series a row belongs to.
---@field low? string  With `rows`: the column of the lower ends of a band around the values.
---@field high? string  With `rows`: the column of its upper ends.
---@field label? string  With `rows`: the column of the names of points.
---@field labels? "both"|"right"|"values"  Whether names stand at both sides, at the right alone, or nowhere; "both" when left out, and "right" in charts less than 200 points wide. Values stand at both sides always.
---@field y_axis? briefpress.options.chart.axis  How values are written, and whether zero is in any case on the scale.

--- Slopes: what went from where to where between two times, or some more. Children are those of `b.chart.line`; the
--- colour of one that matters leads the eye.
---
--- b.chart.slope { x = { "2014", "2024" }, color = "muted", { label = "Under 30", values = { 51, 68 }, color =
--- "accent" }, { label = "65 and over", values = { 22, 18 } } }
---@param spec briefpress.options.chart.slope
---@return briefpress.Block
function b.chart.slope(spec) end

---@class briefpress.options.chart.bullet : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; what the bars need when left out.
---@field color? string  Of the bars; the first of the theme's `series` when left out.
---@field bar_width? number  Height of the ground of a bar in points; 15 when left out.
---@field label_width? number|string  Width of the column of names; what they need when left out.
---@field x_axis? briefpress.options.chart.axis  The axis of the values; it begins at zero.
---@field decimals? integer  Decimals of all its figures. When left out, indicators have their own, and numbers of the layout or of rows all as many as one of them needs, two at most.

--- Bullets (Stephen Few's): a bar for what is, a mark for what is aimed at, grounds for what is poor, fair and good.
--- Children are items. One scale serves all of them, unless an item has a `max` of its own.
---
---     b.chart.bullet { { label = "Trees planted", value = 17, target = 28, ranges = { 14, 28, 50 } } }
---@param spec briefpress.options.chart.bullet
---@return briefpress.Block
function b.chart.bullet(spec) end

---@class briefpress.options.chart.bullet.item
---@field label? string  Its name; that of the indicator when left out.
---@field value number|string|engine.Indicator  What is: a number from 0, an indicator or its id; needed.
---@field target? number|string|engine.Indicator  What is aimed at.
---@field ranges? number[]  Where the grounds end, rising: poor, fair, good.
---@field max? number  The end of its own scale; all items share one when left out.
---@field text? string  What is written for the value, instead of the number.
---@field color? string  Of its bar.

---@class briefpress.options.chart.sparkline : briefpress.options.block
---@field width? number|string  72 points when left out.
---@field height? number|string  The leading of the style "chart_label" when left out.
---@field color? string  The first of the theme's `series` when left out.
---@field form? "line"|"bars"  "line" when left out. Bars start at zero.
---@field band? number[]  The range from `band[1]` to `band[2]` that is normal, as a grey ground.
---@field min? number  Where its scale begins; at the least value when left out. Give it, and `max`, where sparklines are compared.
---@field max? number  Where its scale ends; at the greatest value when left out.
---@field last? boolean  Whether the last value is marked; true when left out.
---@field title? string  What a screen reader says it shows; not drawn.
---@field alt? string  What a screen reader says; made from the data when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables.
---@field x? string|any[]  With `rows`: the column of the dates or numbers. Without: their list.
---@field y? string  With `rows`: the column of the values.

--- A line as small as a word, without axes. It is a block, so it stands in cells of tables, in rows and stacks. The
--- child is an indicator (its observations) or a list of numbers.
---
--- b.table { columns = { "", "2013 to 2024" }, rows = { { "Passengers", b.chart.sparkline {
--- data.indicators.passengers } } } }
---@param spec briefpress.options.chart.sparkline
---@return briefpress.Block
function b.chart.sparkline(spec) end

---@class briefpress.options.chart.histogram : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; half the width, from 130 to 230 points, when left out.
---@field color? string  Of the bars; the first of the theme's `series` when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables.
---@field x? string  With `rows`: the column of the values.
---@field bin_width? number  Width of an interval; a round number near to Freedman and Diaconis's rule when left out.
---@field bins? integer  Or how many intervals there are.
---@field start? number  Where the first interval begins; at a multiple of their width when left out.
---@field share? boolean  Whether bars show percent of all values, not their number; false when left out.
---@field labels? boolean  Whether numbers stand on the bars, and not at an axis; false when left out.
---@field median? boolean  Whether a line stands at the median; false when left out.
---@field mean? boolean  Whether a line stands at the mean; false when left out.
---@field x_axis? briefpress.options.chart.axis  The horizontal axis.
---@field y_axis? briefpress.options.chart.axis  The vertical axis.
---@field references? briefpress.options.chart.reference[]  Lines and bands that values are held against: limits, targets, periods.
---@field annotations? briefpress.options.chart.annotation[]  Words at points of the plot, with a line to each where they stand away from it.

--- How many values fall into each of some intervals. Children are numbers, lists of numbers, or indicators.
---
--- b.chart.histogram { title = "Half take less than half an hour", rows = data.tables.commutes, x = "minutes", median
--- = true }
---@param spec briefpress.options.chart.histogram
---@return briefpress.Block
function b.chart.histogram(spec) end

---@class briefpress.options.chart.scatter : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; three fifths of the width, from 150 to 260 points, when left out.
---@field color? string  Of the points, where there is one series; the first of the theme's `series` when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables. `x` and `y` then name its columns.
---@field x? string|any[]  With `rows`: the column of what stands on the horizontal axis. Without: the list of what stands there, one for each of the `values`. Numbers from 1500 to 2500, and dates as "2022", "2022-Q3", "2022-07" or "2022-07-15", make an axis of time; other numbers one of numbers; other texts one of names. 1, 2, 3 ... when left out.
---@field y? string|string[]  With `rows`: the column of the values, or several, each of which is a series with the column's title as its name.
---@field series? string  With `rows`: the column that tells which series a row belongs to.
---@field low? string  With `rows`: the column of the lower ends of a band around the values.
---@field high? string  With `rows`: the column of its upper ends.
---@field label? string  With `rows`: the column of the names of points, which are written where there is room.
---@field size? string  With `rows`: the column of the sizes of bubbles, whose areas are in proportion.
---@field point_size? number  Diameter of a point, or of the largest bubble; 4.6 and 30 points when left out.
---@field trend? boolean  Whether the line of least squares through all points is drawn; false when left out.
---@field labels? boolean  Whether names of points are written; true when left out.
---@field x_axis? briefpress.options.chart.axis  The horizontal axis.
---@field y_axis? briefpress.options.chart.axis  The vertical axis.
---@field references? briefpress.options.chart.reference[]  Lines and bands that values are held against: limits, targets, periods.
---@field annotations? briefpress.options.chart.annotation[]  Words at points of the plot, with a line to each where they stand away from it.

--- Points by two numbers. Children are series with points: `{ label =, points = { { 1, 2 }, { x = 2, y = 3, label =
--- "B" } } }`. Several series differ in colour and shape, and have a legend.
---
--- b.chart.scatter { title = "Richer districts live longer", rows = data.tables.districts, x = "income", y = "years",
--- label = "name", trend = true }
---@param spec briefpress.options.chart.scatter
---@return briefpress.Block
function b.chart.scatter(spec) end

---@class briefpress.options.chart.treemap : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; about half the width, from 120 to 280 points, when left out.
---@field color? string  Of items without groups; the first of the theme's `series` when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables, each row an item. `x` and `y` then name its columns.
---@field x? string  With `rows`: the column of the items' names.
---@field y? string|string[]  With `rows`: the column of the values.
---@field labels? "both"|"names"|"none"  What is written into the parts; names and values when left out.
---@field periods? boolean  Whether an indicator stands for its observations; false when left out.
---@field decimals? integer  Decimals of all its figures. When left out, indicators have their own, and numbers of the layout or of rows all as many as one of them needs, two at most.

--- Rectangles whose areas are the values, of many parts of a whole. Children are those of `b.chart.bar`, with one
--- value each; or groups of them: `{ label = "Works", items = { ... } }`, of which each has a colour.
---
--- b.chart.treemap { { label = "Schools", value = 412 }, { label = "Roads", value = 164 }, { label = "Parks", value =
--- 58 } }
---@param spec briefpress.options.chart.treemap
---@return briefpress.Block
function b.chart.treemap(spec) end

---@class briefpress.options.chart.treemap.group
---@field label? string  Its name, above its parts.
---@field items table[]  Its parts: indicators, or `{ label =, value = }`.
---@field color? string  The next of the theme's `series` when left out.

---@class briefpress.options.chart.multiples : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; what the charts need when left out.
---@field rows? engine.Table|table[]  A table of the data, or a list of tables, that is divided into parts.
---@field by? string  With `rows`: the column whose values make the parts.
---@field chart? fun(rows:table[], name:string):briefpress.Block  With `rows`: makes the chart of one part from its rows and its name. The title of the chart is that name when left out.
---@field columns? integer  How many charts stand beside each other; as many as have 110 points each when left out.
---@field gap? number|string  Between columns; 18 points when left out.
---@field row_gap? number|string  Between rows; 14 points when left out.
---@field shared? "both"|"y"|"x"|"none"  Which axes show the same range in all charts; both when left out.

--- Small multiples: one chart for each part of the data, all of one kind and on one scale. Children are charts; or
--- `rows`, `by` and `chart` make them. Names of series that all of them have stand above them, once.
---
---     b.chart.multiples { title = "Everywhere, on another level", rows = data.tables.jobless, by = "district",
---       chart = function(rows) return b.chart.area { rows = rows, x = "year", y = "rate" } end }
---@param spec briefpress.options.chart.multiples
---@return briefpress.Block
function b.chart.multiples(spec) end

---@class briefpress.options.chart.donut : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; what ring and labels need when left out.
---@field hole? number  Part of the diameter that is open, 0 to below 1; 0.62 when left out.
---@field center? string|briefpress.Block  What stands in the middle; text may hold Markdown and placeholders.
---@field size? number|string  Diameter; two fifths of the width, 150 points at most, when left out.
---@field periods? boolean  Whether an indicator stands for its observations; false when left out.
---@field decimals? integer  Decimals of all its figures. When left out, indicators have their own, and numbers of the layout or of rows all as many as one of them needs, two at most.

--- Parts of a whole as a ring, each named at its middle. Children are those of `b.chart.bar`, with one value each.
---
---     b.chart.donut { center = "**{loans}** loans", data.indicators.loans:parts() }
---@param spec briefpress.options.chart.donut
---@return briefpress.Block
function b.chart.donut(spec) end

---@class briefpress.options.chart.waffle : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field height? number|string  Height of the plot, without title and source; what the count needs when left out.
---@field color? string  Of what is counted, where it is one thing; "accent" when left out.
---@field value? number|string|engine.Indicator  What is counted, of `total`.
---@field total? number|string|engine.Indicator  All there is.
---@field columns? integer  Dots in a row; as many as make a good shape, in fives or tens, when left out.
---@field rows? integer  Or how many rows there are.
---@field shape? "circle"|"square"  "circle" when left out.
---@field labels? boolean  Whether numbers and names stand below; true when left out.

--- One dot, or square, for each thing: counted shares. Give `value` and `total`, or items as children.
---
---     b.chart.waffle { title = "A third come every week", value = "weekly", total = "members" }
---@param spec briefpress.options.chart.waffle
---@return briefpress.Block
function b.chart.waffle(spec) end

---@class briefpress.options.chart.timeline : briefpress.options.block
---@field title? string  What the chart says, as a sentence; may hold Markdown and placeholders. No title when left out.
---@field subtitle? string  Below the title: what is shown, of whom, in which unit.
---@field source? string|engine.Source|engine.Indicator|table|false  What the line "Source: ..." below names: a text, a source of the data, an indicator or several. That of the indicators shown when left out; false: none.
---@field note? string  A note below the chart, above its source.
---@field alt? string  What a screen reader says. Made from the data in the report's language when left out: kind, title, axes, number of values, the least, the greatest, the first, the last, the trend, and the values themselves up to some dozen.
---@field color? string  Of the marks; "accent" when left out.
---@field from? string  Where it begins, a date; with the year of the first item when left out.
---@field to? string  Where it ends; with the year of the last item when left out.
---@field label_width? number|string  Width of a label; from 70 to 128 points when left out.

--- Events on an axis of time, in tiers so that no label meets another. Children are statements of the data
--- (`data.milestones`), or items.
---
---     b.chart.timeline { { date = "1928", title = "Founded" }, { date = "2017/2022", title = "The long reform" } }
---@param spec briefpress.options.chart.timeline
---@return briefpress.Block
function b.chart.timeline(spec) end

---@class briefpress.options.chart.timeline.item
---@field date string  "2022", "2022-07", "2022-07-15", or a span: "2017/2022"; needed.
---@field title? string  What happened; may hold Markdown.
---@field text? string  More words below.
---@field label? string  What is written instead of the date.
---@field color? string  Of its mark.
