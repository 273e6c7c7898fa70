// Incidents as the map shows them: points where the place is known, areas where only a province or a country is told.
import type { Feature, FeatureCollection, Point } from 'geojson'
import type { MapFeature } from '../api/types'
import { eventType } from '../codebook/types'
import { named, number, region } from '../i18n'
import { markName } from './marks'

// Radius of what is told as a province or as a whole country, in kilometres: how wide it may be meant, not where it ends.
const PROVINCE = 40
const COUNTRY = 130
const KILOMETRES_PER_PIXEL = 40_075 / 512 // at zoom 0 on the equator

/** Whether an incident lies, in part, between two days. */
export function within({ properties: { day, last_day } }: MapFeature, from: string | undefined, to: string | undefined): boolean {
  if (!from && !to) return true
  if (!day) return false
  return (!from || (last_day ?? day) >= from) && (!to || day <= to)
}

/**
 * Points, each with the picture of its type. Two in one place stand side by side on the screen; more are one stack,
 * which is counted as a cluster is. A town with a thousand incidents is one point for the map to work on.
 */
export function points(features: MapFeature[]): FeatureCollection {
  return { type: 'FeatureCollection', features: byPlace(features, (precision) => precision !== 3).flatMap(stack) }
}

function stack(features: MapFeature[]): Feature[] {
  const [first] = features as [MapFeature, ...MapFeature[]]
  const geometry = first.geometry as Point
  if (features.length > 2) return [{ type: 'Feature', geometry, properties: { incidents: features.length, ids: ids(features) } }]
  return features.map(({ properties: { id, type, modality, reports, precision } }, i) => ({
    type: 'Feature',
    geometry,
    properties: { id, ids: id, incidents: 1, reports, precision, beside: [15 * i, 0], mark: markName(eventType(type), modality ?? 'asserted') },
  }))
}

const ids = (features: MapFeature[]) => features.map(({ properties }) => properties.id).join(' ')

function byPlace(features: MapFeature[], fits: (precision: number | undefined) => boolean): MapFeature[][] {
  const places = new Map<string, MapFeature[]>()
  for (const feature of features) {
    if (!feature.geometry || !fits(feature.properties.precision)) continue
    const key = feature.geometry.coordinates.join(',')
    const there = places.get(key)
    if (there) there.push(feature)
    else places.set(key, [feature])
  }
  return [...places.values()]
}

/** One area for each place that is told no more narrowly, with the ids of its incidents. */
export function areas(features: MapFeature[]): FeatureCollection {
  return { type: 'FeatureCollection', features: byPlace(features, (precision) => precision === 3).map(area) }
}

function area(features: MapFeature[]): Feature {
  const [first] = features as [MapFeature, ...MapFeature[]]
  const { place, place_ar, admin1, country } = first.properties
  const latitude = first.geometry?.coordinates[1] ?? 0
  const kilometres = admin1 ? PROVINCE : COUNTRY
  const name = named({ name: place ?? null, name_ar: place_ar ?? null }) || region(country)
  return {
    type: 'Feature',
    geometry: first.geometry as Point,
    properties: {
      ids: ids(features),
      incidents: features.length,
      label: `${name} · ${number(features.length)}`,
      radius: kilometres / KILOMETRES_PER_PIXEL / Math.cos((latitude * Math.PI) / 180),
    },
  }
}
