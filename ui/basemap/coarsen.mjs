// Arcs of a topology, with detail only in the region that the reports come from. An arc is shared by two countries, so no gap opens.
const REGION = { west: -20, south: -6, east: 80, north: 46 }
const TOLERANCE = 0.25 // degrees, outside

export const inRegion = ([lon, lat]) =>
  lon > REGION.west && lon < REGION.east && lat > REGION.south && lat < REGION.north

/** The arcs, still quantised and delta-encoded. */
export function arcs(topology) {
  const { scale, translate } = topology.transform
  return topology.arcs.map((deltas) => {
    let x = 0
    let y = 0
    const steps = deltas.map(([dx, dy]) => [(x += dx), (y += dy)])
    const points = steps.map(([a, b]) => [a * scale[0] + translate[0], b * scale[1] + translate[1]])
    const kept = points.some(inRegion) ? steps : simplify(points).map((i) => steps[i])
    let [px, py] = [0, 0]
    return kept.map(([a, b]) => {
      const delta = [a - px, b - py]
      ;[px, py] = [a, b]
      return delta
    })
  })
}

// Douglas and Peucker; answers with indexes. A closed arc keeps four points, else a ring would vanish.
function simplify(points) {
  const last = points.length - 1
  const keep = new Set([0, last])
  const closed = points[0][0] === points[last][0] && points[0][1] === points[last][1]
  if (closed) [1, 2].forEach((third) => keep.add(Math.round((last * third) / 3)))
  const cuts = [...keep].sort((a, b) => a - b)
  const spans = cuts.slice(1).map((to, i) => [cuts[i], to])
  while (spans.length) {
    const [from, to] = spans.pop()
    let far = TOLERANCE
    let at = -1
    for (let i = from + 1; i < to; i++) {
      const d = distance(points[i], points[from], points[to])
      if (d > far) [far, at] = [d, i]
    }
    if (at < 0) continue
    keep.add(at)
    spans.push([from, at], [at, to])
  }
  return [...keep].sort((a, b) => a - b)
}

function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}
