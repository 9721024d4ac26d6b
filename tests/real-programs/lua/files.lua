-- The C library through io and os: files, time, environment, a pipe.
local name = os.tmpname()
local file <close> = assert(io.open(name, "w+"))
for i = 1, 100 do file:write(i, "\n") end
file:seek("set")
local sum = 0
for line in file:lines("n") do sum = sum + line end
assert(sum == 5050)
assert(os.remove(name))
assert(os.time({ year = 2020, month = 1, day = 1, hour = 12 }) > 0 and os.date("!%Y-%m-%d", 0) == "1970-01-01")
assert(os.getenv("PATH") and load("return 1 + 1")() == 2)
local pipe = assert(io.popen("echo piped"))
assert(pipe:read("a") == "piped\n" and pipe:close())
