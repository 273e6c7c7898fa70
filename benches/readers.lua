-- Readers of an archive: the list and the map, as the page asks for them. Run:
--   wrk -t2 -c200 -d60s --latency -s benches/readers.lua http://127.0.0.1:7171 -- KIND
-- KIND is list, map, both (default: half each) or distinct (no two requests alike: nothing is kept for them).
local kind = "both"
local types = {"air_drone_strike", "shelling_artillery_missile", "armed_clash", "attack", "arrests"}
local counter, thread_number = 0, 0

function setup(thread)
  thread:set("thread_number", thread_number)
  thread_number = thread_number + 1
end

function init(arguments)
  kind = arguments[1] or "both"
  math.randomseed(tonumber(thread_number) * 7919 + 1)
  wrk.headers["Accept-Encoding"] = "gzip"
end

-- Every other request is for what everybody opens first; the others are filtered by month, type or piece of the map.
local function list()
  local n = math.random(4)
  if n <= 2 then return "/api/incidents?limit=50" end
  if n == 3 then return "/api/incidents?limit=50&type=" .. types[math.random(5)] end
  local year, month = math.random(2013, 2020), math.random(12)
  return string.format("/api/incidents?limit=50&from=%d-%02d-01&to=%d-%02d-28", year, month, year, month)
end

local function map()
  local n = math.random(4)
  if n <= 2 then return "/api/incidents.geojson?limit=10000" end
  local year = math.random(2013, 2020)
  local span = string.format("from=%d-01-01&to=%d-12-31", year, year)
  if n == 3 then return "/api/incidents.geojson?" .. span end
  local west, south = 36 + math.random(0, 9) / 2, 32.5 + math.random(0, 7) / 2
  return string.format("/api/incidents.geojson?bbox=%.1f,%.1f,%.1f,%.1f&%s", west, south, west + 1, south + 1, span)
end

local function distinct()
  counter = counter + 1
  local west, south = 36 + math.random(0, 49999) / 10000, 32.5 + math.random(0, 39999) / 10000
  local path = math.random(2) == 1 and "incidents?limit=50" or "incidents.geojson?limit=500"
  return string.format("/api/%s&bbox=%.4f,%.4f,%.4f,%.4f&from=%d-01-01", path, west, south, west + 0.5, south + 0.5,
    math.random(2013, 2020))
end

function request()
  local path
  if kind == "list" then path = list()
  elseif kind == "map" then path = map()
  elseif kind == "distinct" then path = distinct()
  else path = math.random(2) == 1 and list() or map() end
  return wrk.format("GET", path)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, worst %.1f ms; %d requests, %.0f a second; errors: %d connect, %d read, %d write, %d status, %d timeout\n",
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    summary.requests, summary.requests / (summary.duration / 1e6), errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
