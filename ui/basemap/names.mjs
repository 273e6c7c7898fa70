// Names on the map: [longitude, latitude, Arabic, English, population], the largest first.
import { readFileSync } from 'node:fs'

const SMALLEST = 20_000

function rows(path) {
  const lines = readFileSync(new URL(path, import.meta.url), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
  const [heading, ...rest] = lines.map((line) => line.split('\t'))
  return rest.map((cells) => Object.fromEntries(heading.map((name, i) => [name, cells[i] ?? ''])))
}

const name = ({ lon, lat, name_ar, name_en }) => [
  Math.round(Number(lon) * 1000) / 1000,
  Math.round(Number(lat) * 1000) / 1000,
  name_ar.split('|')[0],
  name_en,
]

/** Towns with an Arabic name. */
export function towns() {
  return rows('../../gazetteer/places.tsv')
    .filter((place) => place.kind === 'settlement' && Number(place.population) >= SMALLEST)
    .sort((a, b) => Number(b.population) - Number(a.population) || Number(a.id) - Number(b.id))
    .map((place) => [...name(place), Number(place.population)])
}

/** First-level divisions, as points: no openly licensed outlines of them were found. */
export function provinces() {
  return rows('../../codebook/places.tsv')
    .filter((place) => place.kind === 'governorate' && place.lat)
    .map(name)
}
