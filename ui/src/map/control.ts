// Who is said to hold places on a day: a plate with the holder's name beside it; hatched where claims disagree, hollow where the last is old.
import type { Feature, FeatureCollection, Point } from 'geojson'
import type { Map } from 'maplibre-gl'
import type { ControlFeature } from '../api/types'
import { named } from '../i18n'
import { ink } from './ink'

const SIDE = 16
const RATIO = 3
const HUES = ['--type-strategic', '--type-riots', '--type-protests', '--type-explosions', '--type-battles', '--type-civilians'] as const

/** Holders, those with the most places first; each with the custom property of its colour. */
export function holders(features: ControlFeature[]): { key: string; places: number; hue: string }[] {
  const counts = new globalThis.Map<string, number>()
  for (const { properties } of features) for (const key of properties.holders) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .map(([key, places], i) => ({ key, places, hue: HUES[i] ?? '--ink-soft' }))
}

/** Plates for the map; draws the pictures that it needs. */
export function plates(map: Map, features: ControlFeature[], name: (key: string) => string): FeatureCollection {
  const hues = new globalThis.Map(holders(features).map(({ key, hue }) => [key, hue]))
  return { type: 'FeatureCollection', features: features.filter(({ geometry }) => geometry).map((feature) => plate(map, feature, hues, name)) }
}

function plate(map: Map, { geometry, properties }: ControlFeature, hues: globalThis.Map<string, string>, name: (key: string) => string): Feature {
  const { holders, standing } = properties
  const hue = (holders.length === 1 && hues.get(holders[0] ?? '')) || '--ink-soft'
  const icon = `control${hue}-${standing}`
  if (!map.hasImage(icon)) map.addImage(icon, draw(hue, standing), { pixelRatio: RATIO })
  return {
    type: 'Feature',
    geometry: geometry as Point,
    properties: { icon, place: properties.place, label: `${named(properties)}\n${holders.map(name).join(' / ')}` },
  }
}

/** Forgets the pictures, so that they are drawn in the colours of another theme. */
export function forgetPlates(map: Map) {
  for (const image of map.listImages()) if (image.startsWith('control')) map.removeImage(image)
}

function draw(hue: string, standing: string): ImageData {
  const element = document.createElement('canvas')
  element.width = element.height = SIDE * RATIO
  const context = element.getContext('2d')
  if (!context) throw new Error('this browser has no canvas')
  context.scale(RATIO, RATIO)
  context.beginPath()
  context.roundRect(1.5, 1.5, SIDE - 3, SIDE - 3, 3)
  context.fillStyle = standing === 'claimed' ? ink(hue) : ink('--raised')
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = standing === 'claimed' ? ink('--raised') : ink(hue)
  if (standing === 'last_claimed') context.setLineDash([2.5, 2])
  context.stroke()
  if (standing === 'disputed') {
    context.clip()
    context.lineWidth = 1.6
    context.beginPath()
    for (let x = -SIDE; x < SIDE * 2; x += 5) {
      context.moveTo(x, SIDE)
      context.lineTo(x + SIDE, 0)
    }
    context.stroke()
  }
  return context.getImageData(0, 0, SIDE * RATIO, SIDE * RATIO)
}
