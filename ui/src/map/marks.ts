// Pictures of the marks, drawn once for a theme: a shape for each type, filled, hollow (denied) or dashed (planned).
import type { Map } from 'maplibre-gl'
import { EVENT_TYPES, SHAPES, type EventType } from '../codebook/types'
import { ink } from './ink'

const SIDE = 20
const RATIO = 3

export const markName = (type: EventType, modality: string) => `${type}-${modality}`

/** Gives the map its pictures, or draws them anew in other colours. */
export function addMarks(map: Map) {
  for (const type of EVENT_TYPES) {
    for (const modality of ['asserted', 'denied', 'planned']) put(map, markName(type, modality), draw(type, modality))
  }
}

function put(map: Map, name: string, picture: ImageData) {
  if (map.hasImage(name)) map.removeImage(name)
  map.addImage(name, picture, { pixelRatio: RATIO })
}

function canvas(side: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas')
  element.width = element.height = side
  const context = element.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser has no canvas')
  return context
}

function draw(type: EventType, modality: string): ImageData {
  const side = SIDE * RATIO
  const context = canvas(side)
  context.scale(RATIO, RATIO)
  const path = new Path2D(SHAPES[type])
  context.lineJoin = 'round'
  if (modality === 'asserted') {
    context.fillStyle = ink(`--type-${type}`)
    context.fill(path)
    context.lineWidth = 1.4
    context.strokeStyle = ink('--raised')
  } else {
    context.fillStyle = ink('--raised')
    context.fill(path)
    context.lineWidth = 2.4
    if (modality === 'planned') context.setLineDash([3, 2.2])
    context.strokeStyle = ink(`--type-${type}`)
  }
  context.stroke(path)
  return context.getImageData(0, 0, side, side)
}
