-- Ask for one address of a file after the other, and say in one line of JSON how it went.
-- wrk -s cycle.lua URL -- FILE

local requests = {}
local turn = 0

function init(arguments)
  for address in io.lines(arguments[1]) do
    table.insert(requests, wrk.format("GET", address))
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requests": %d, "microseconds": %d, "errors": %d, "p99": %d}',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(99)
  ))
end
