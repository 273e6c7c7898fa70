// Rivers and lakes of the region, as plain coordinates with two decimals (about a kilometre, finer than the data).
import { feature } from 'topojson-client'

const round = (point) => point.map((degrees) => Math.round(degrees * 100) / 100)
const geometries = (topology, name) => feature(topology, topology.objects[name]).features.map((f) => f.geometry)

/** Lines, one multi-line for all. */
export function rivers(topology, inRegion) {
  const lines = geometries(topology, 'rivers').flatMap((g) => (g.type === 'LineString' ? [g.coordinates] : g.coordinates))
  return { type: 'MultiLineString', coordinates: lines.filter((line) => line.some(inRegion)).map((line) => line.map(round)) }
}

/** Polygons, one multi-polygon for all. */
export function lakes(topology, inRegion) {
  const polygons = geometries(topology, 'lakes').flatMap((g) => (g.type === 'Polygon' ? [g.coordinates] : g.coordinates))
  const near = polygons.filter(([outer]) => outer.some(inRegion))
  return { type: 'MultiPolygon', coordinates: near.map((rings) => rings.map((ring) => ring.map(round))) }
}
