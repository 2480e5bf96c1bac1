-- Sends the requests of a deck (see deck.py) in turn; where one has a stamp, something else is written there each time.
local STAMP = string.rep("~", 12)
local deck, tails, at, sent, salt = {}, {}, 0, 0, ""

function init(arguments)
  salt = arguments[2]
  local file = assert(io.open(arguments[1], "rb"))
  local line = file:read("*l")
  while line do
    local request = file:read(tonumber(line))
    local from, to = request:find(STAMP, 1, true)
    deck[#deck + 1] = from and request:sub(1, from - 1) or request
    tails[#deck] = from and request:sub(to + 1) or false
    line = file:read("*l")
  end
  file:close()
  at = math.floor(#deck * tonumber(arguments[3]))
end

function request()
  at = at % #deck + 1
  local tail = tails[at]
  if not tail then return deck[at] end
  sent = sent + 1
  return deck[at] .. salt .. string.format("%08d", sent) .. tail
end

function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"answers": %d, "failures": %d, "seconds": %f, "p99": %f}\n',
    summary.requests, failures, summary.duration / 1e6, latency:percentile(99) / 1e3))
end
