// The base map that lies in the program: fetched once, turned into sources of the map.
import { feature, mesh } from 'topojson-client'
import type { Feature, FeatureCollection, Geometry, Point, Position } from 'geojson'
import type { GeometryCollection, Topology } from 'topojson-specification'
import address from './basemap.json?url'
import type { Language } from '../settings.svelte'
import { region } from '../i18n'
import { unrolled } from './unroll'

type Named = [longitude: number, latitude: number, ar: string, en: string, population?: number]
type Country = { code: string | null; name: string }

export interface Basemap {
  topology: Topology<{ countries: GeometryCollection<Country> }>
  rivers: Geometry
  lakes: Geometry
  towns: Named[]
  provinces: Named[]
}

let fetched: Promise<Basemap> | undefined

/** Fetches the base map, once a visit. */
export function basemap(): Promise<Basemap> {
  fetched ??= fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(`basemap.json: ${answer.status}`)
    return answer.json() as Promise<Basemap>
  })
  return fetched
}

const countries = ({ topology }: Basemap) =>
  feature(topology, topology.objects.countries).features.map((country) => ({ ...country, geometry: unrolled(country.geometry) }))
const piece = (is: string, geometry: Geometry): Feature => ({ type: 'Feature', properties: { is }, geometry })

/** Land and coast; `is` tells which. */
export function land(map: Basemap): FeatureCollection {
  const coast = mesh(map.topology, map.topology.objects.countries, (a, b) => a === b)
  return { type: 'FeatureCollection', features: [...countries(map).map(({ geometry }) => piece('land', geometry)), piece('coast', unrolled(coast))] }
}

/** Lakes, rivers and borders; `is` tells which. */
export function lines({ topology, rivers, lakes }: Basemap): FeatureCollection {
  const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b)
  return { type: 'FeatureCollection', features: [piece('lakes', lakes), piece('rivers', rivers), piece('borders', unrolled(borders))] }
}

/** Names of countries, provinces and towns; `is` tells which. */
export function names(map: Basemap, language: Language): FeatureCollection<Point> {
  const name = (ar: string, en: string) => (language === 'ar' ? ar : en)
  const features = [
    ...countryNames(map, language),
    ...map.provinces.map(([x, y, ar, en]) => point([x, y], { is: 'provinces', name: name(ar, en) })),
    ...map.towns.map(([x, y, ar, en, population = 0]) => point([x, y], { is: 'towns', name: name(ar, en), population })),
  ]
  return { type: 'FeatureCollection', features }
}

// Names of countries, at the middle of their largest part.
function countryNames(map: Basemap, language: Language): Feature<Point>[] {
  return countries(map).flatMap(({ geometry, properties }) => {
    const rings = geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.type === 'MultiPolygon' ? geometry.coordinates.map((p) => p[0]) : []
    const [middle, area] = largest(rings.filter((ring) => ring !== undefined))
    if (!middle) return []
    const name = properties.code ? region(properties.code) : language === 'en' ? properties.name : ''
    return [point(middle, { is: 'countries', name, rank: -area })]
  })
}

const point = (coordinates: Position, properties: Record<string, unknown>): Feature<Point> => ({
  type: 'Feature', properties, geometry: { type: 'Point', coordinates },
})

function largest(rings: Position[][]): [Position | undefined, number] {
  let best: [Position | undefined, number] = [undefined, 0]
  for (const ring of rings) {
    let [area, x, y] = [0, 0, 0]
    for (let i = 1; i < ring.length; i++) {
      const [ax = 0, ay = 0] = ring[i - 1] ?? []
      const [bx = 0, by = 0] = ring[i] ?? []
      const cross = ax * by - bx * ay
      area += cross / 2
      x += (ax + bx) * cross
      y += (ay + by) * cross
    }
    if (Math.abs(area) > best[1]) best = [[x / (6 * area), y / (6 * area)], Math.abs(area)]
  }
  return best
}
