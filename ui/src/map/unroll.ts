// Lines and areas that cross the 180th meridian: on a flat map an edge from 179° to -179° would run back around the world.
import type { Geometry, Position } from 'geojson'

/** The same geometry, going on beyond 180° where it crosses the meridian; what goes around a pole is closed through it. */
export function unrolled(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'LineString':
      return { ...geometry, coordinates: line(geometry.coordinates) }
    case 'MultiLineString':
      return { ...geometry, coordinates: geometry.coordinates.map(line) }
    case 'Polygon':
      return { ...geometry, coordinates: geometry.coordinates.map(ring) }
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map((part) => part.map(ring)) }
    default:
      return geometry
  }
}

function line(positions: Position[]): Position[] {
  let [turns, before] = [0, positions[0]?.[0] ?? 0]
  return positions.map(([x = 0, y = 0]) => {
    if (x - before > 180) turns -= 1
    if (before - x > 180) turns += 1
    before = x
    return [x + turns * 360, y]
  })
}

function ring(positions: Position[]): Position[] {
  const out = line(positions)
  const [[first = 0, y = 0] = [], [last = 0] = []] = [out[0], out.at(-1)]
  const pole = y < 0 ? -90 : 90
  return Math.abs(last - first) > 180 ? [...out, [last, pole], [first, pole], [first, y]] : out
}
