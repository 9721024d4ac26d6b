-- Closures, coroutines, errors (longjmp), metatables, garbage collection, integer and float arithmetic.
local function generate(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local sum = 0
for i in generate(1000) do sum = sum + i end
assert(sum == 500500)
local ok, err = pcall(function() error({ code = 5 }) end)
assert(not ok and err.code == 5)
assert(not pcall(function() local function deep() return deep() + 1 end return deep() end))
local proxy = setmetatable({}, { __index = function(_, k) return k .. "!" end, __call = function(_, x) return x * 2 end })
assert(proxy.x == "x!" and proxy(21) == 42)
local weak = setmetatable({}, { __mode = "k" })
for _ = 1, 1000 do weak[{}] = true end
collectgarbage() collectgarbage()
assert(next(weak) == nil)
assert(7 // 2 == 3 and -7 // 2 == -4 and 7 % -3 == -2 and 2 ^ 10 == 1024.0 and math.maxinteger + 1 == math.mininteger)
assert(math.abs(math.sin(1) ^ 2 + math.cos(1) ^ 2 - 1) < 1e-12)
local t = {}
for i = 1, 5000 do t[i] = (i * 7919) % 5003 end
table.sort(t)
for i = 2, #t do assert(t[i - 1] <= t[i]) end
