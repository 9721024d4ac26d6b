-- Patterns, formats, packing: results are known.
assert(("hello world"):gsub("o", "0") == "hell0 w0rld")
assert(string.format("%5.2f|%-6s|%x|%q", 3.14159, "ab", 255, "a\nb") == " 3.14|ab    |ff|\"a\\\nb\"")
assert(table.concat({ ("a,b,,c"):match("(%w),(%w),(%w*),(%w)") }, "-") == "a-b--c")
local packed = string.pack("<i4z s2", -7, "zero", "two")
local a, b, c = string.unpack("<i4z s2", packed)
assert(a == -7 and b == "zero" and c == "two")
assert(utf8.char(0x20AC, 0x1F600) == "\u{20AC}\u{1F600}" and utf8.len("\u{20AC}") == 1)
