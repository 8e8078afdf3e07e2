-- One request, as variables of the environment describe it, over and over; the figures go to standard output as JSON.
--
--   BENCH_METHOD, BENCH_TOKEN (none if empty), BENCH_TYPE (of the body), BENCH_BODY
--
-- In the body {n} becomes another number each time.

local function variable(name)
    local value = os.getenv(name)
    return value ~= "" and value or nil
end

wrk.method = variable("BENCH_METHOD") or "GET"
wrk.body = variable("BENCH_BODY")
if variable("BENCH_TOKEN") then wrk.headers["authorization"] = "Bearer " .. variable("BENCH_TOKEN") end
if variable("BENCH_TYPE") then wrk.headers["content-type"] = variable("BENCH_TYPE") end

if wrk.body and wrk.body:find("{n}", 1, true) then
    local template = wrk.body
    local number = 0
    -- Each thread of wrk has a state of its own; its address tells them apart.
    local thread = tostring({}):sub(8)
    function request()
        number = number + 1
        return wrk.format(nil, nil, nil, (template:gsub("{n}", thread .. number)))
    end
end

function done(summary, latency)
    local wrong = summary.errors
    io.write(string.format(
        'figures {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"not_2xx":%d,"broken":%d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), wrong.status,
        wrong.connect + wrong.read + wrong.write + wrong.timeout))
end
