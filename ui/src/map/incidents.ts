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

/** Points, each with the picture of its type. Two in one place stand side by side on the screen; more become a cluster. */
export function points(features: MapFeature[]): FeatureCollection {
  const taken = new Set<string>()
  return {
    type: 'FeatureCollection',
    features: features
      .filter(({ geometry, properties }) => geometry && properties.precision !== 3)
      .map(({ geometry, properties: { id, type, modality, reports, precision } }) => {
        const at = String(geometry?.coordinates)
        const beside = taken.has(at) ? [15, 0] : [0, 0]
        taken.add(at)
        return {
          type: 'Feature' as const,
          geometry: geometry as Point,
          properties: { id, reports, precision, beside, mark: markName(eventType(type), modality ?? 'asserted') },
        }
      }),
  }
}

/** One area for each place that is told no more narrowly, with the ids of its incidents. */
export function areas(features: MapFeature[]): FeatureCollection {
  const places = new Map<string, MapFeature[]>()
  for (const feature of features) {
    if (!feature.geometry || feature.properties.precision !== 3) continue
    const key = feature.geometry.coordinates.join(',')
    places.set(key, [...(places.get(key) ?? []), feature])
  }
  return { type: 'FeatureCollection', features: [...places.values()].map(area) }
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
      ids: features.map(({ properties }) => properties.id).join(' '),
      incidents: features.length,
      label: `${name} · ${number(features.length)}`,
      radius: kilometres / KILOMETRES_PER_PIXEL / Math.cos((latitude * Math.PI) / 180),
    },
  }
}
