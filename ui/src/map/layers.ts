// Layers of the map, from the sea up. Colours come from the theme, so that one function paints them all anew.
import type { ExpressionSpecification, LayerSpecification, Map, StyleSpecification } from 'maplibre-gl'
import type { FeatureCollection } from 'geojson'
import type { MapFeature } from '../api/types'
import type { Language } from '../settings.svelte'
import { type Basemap, land, lines, names } from './basemap'
import { areas, points } from './incidents'
import { ink } from './ink'

const FONT = ['Plex']
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Pixels at zoom 0 that double with every level: a length on the ground. */
const onGround = (property: string): ExpressionSpecification => [
  'interpolate', ['exponential', 2], ['zoom'], 0, ['get', property], 16, ['*', ['get', property], 65536],
]

const is = (kind: string): ExpressionSpecification => ['==', ['get', 'is'], kind]

const geojson = (data: GeoJSON.GeoJSON) => ({ type: 'geojson' as const, data, tolerance: 0.3, maxzoom: 9 })

/** What is to be seen first: land and incidents. */
export function style(map: Basemap, tiles: string | null, features: MapFeature[]): StyleSpecification {
  return {
    version: 8,
    sources: {
      // Few sources: each tile that arrives is a frame to draw.
      land: geojson(land(map)),
      ...(tiles ? { tiles: { type: 'raster' as const, tiles: [tiles], tileSize: 256 } } : {}),
      areas: { type: 'geojson', data: areas(features) },
      incidents: {
        type: 'geojson', data: points(features), cluster: true, clusterRadius: 26, clusterMinPoints: 3, clusterMaxZoom: 12, maxzoom: 13,
        clusterProperties: { incidents: ['+', ['get', 'incidents']] },
      },
      control: { type: 'geojson', data: EMPTY },
    },
    layers: [...landLayers(), ...(tiles ? [{ id: 'tiles', type: 'raster' as const, source: 'tiles' }] : []), coastLayer(), ...dataLayers()],
  }
}

/** What comes after that, so that incidents need not wait for it: water, borders and names, each below what was there first. */
export function addRest(map: Map, basemap: Basemap, language: Language) {
  if (map.getSource('lines')) return
  map.addSource('lines', geojson(lines(basemap)))
  map.addSource('names', geojson(names(basemap, language)))
  for (const layer of waterLayers()) map.addLayer(layer, map.getLayer('tiles') ? 'tiles' : 'coast')
  for (const layer of [borderLayer(), ...nameLayers()]) map.addLayer(layer, 'areas')
}

function landLayers(): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': ink('--sea') } },
    { id: 'land', type: 'fill', source: 'land', filter: is('land'), paint: { 'fill-color': ink('--land'), 'fill-antialias': false } },
  ]
}

const coastLayer = (): LayerSpecification => ({
  id: 'coast', type: 'line', source: 'land', filter: is('coast'), paint: { 'line-color': ink('--coast'), 'line-width': 0.8 },
})

function waterLayers(): LayerSpecification[] {
  return [
    { id: 'lakes', type: 'fill', source: 'lines', filter: is('lakes'), paint: { 'fill-color': ink('--sea') } },
    {
      id: 'rivers', type: 'line', source: 'lines', filter: is('rivers'),
      paint: { 'line-color': ink('--river'), 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.6, 8, 2] },
    },
  ]
}

const borderLayer = (): LayerSpecification => ({
  id: 'borders', type: 'line', source: 'lines', filter: is('borders'),
  paint: { 'line-color': ink('--border'), 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.8, 8, 1.6], 'line-dasharray': [4, 2] },
})

const halo = () => ({ 'text-halo-color': ink('--land'), 'text-halo-width': 1.4 })

function nameLayers(): LayerSpecification[] {
  return [
    {
      id: 'provinces', type: 'symbol', source: 'names', filter: is('provinces'), minzoom: 5.5, maxzoom: 9,
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11.5, 'text-max-width': 7 },
      paint: { 'text-color': ink('--name-faint'), ...halo() },
    },
    {
      id: 'towns', type: 'symbol', source: 'names', minzoom: 4,
      // Villages wait until one looks closely.
      filter: ['all', is('towns'), ['>=', ['get', 'population'], ['step', ['zoom'], 1_500_000, 5, 500_000, 6, 150_000, 7, 60_000, 8, 0]]],
      layout: {
        'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['get', 'population'], 20_000, 11.5, 2_000_000, 14],
        'text-variable-anchor': ['bottom', 'top', 'left', 'right'], 'text-radial-offset': 0.5, 'text-max-width': 8,
        'symbol-sort-key': ['-', 0, ['get', 'population']],
      },
      paint: { 'text-color': ink('--name'), ...halo() },
    },
    {
      id: 'countries', type: 'symbol', source: 'names', filter: is('countries'), maxzoom: 6.5,
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['zoom'], 2, 11, 5, 16], 'symbol-sort-key': ['get', 'rank'], 'text-max-width': 7 },
      paint: { 'text-color': ink('--name-faint'), ...halo() },
    },
  ]
}

const single: ExpressionSpecification = ['==', ['get', 'incidents'], 1]
const several: ExpressionSpecification = ['>', ['get', 'incidents'], 1]
const SIZE: ExpressionSpecification = ['interpolate', ['linear'], ['sqrt', ['get', 'reports']], 1, 0.9, 3, 1.3, 8, 1.9]

function dataLayers(): LayerSpecification[] {
  return [
    {
      id: 'areas', type: 'circle', source: 'areas',
      paint: {
        'circle-radius': onGround('radius'), 'circle-color': ink('--area'), 'circle-opacity': 0.16, 'circle-blur': 0.35,
        'circle-stroke-color': ink('--area'), 'circle-stroke-width': 1, 'circle-stroke-opacity': 0.35,
      },
    },
    {
      id: 'area-names', type: 'symbol', source: 'areas',
      layout: { 'text-field': ['get', 'label'], 'text-font': FONT, 'text-size': 12, 'text-max-width': 9, 'symbol-sort-key': ['-', 0, ['get', 'incidents']] },
      paint: { 'text-color': ink('--area-ink'), ...halo() },
    },
    {
      // Near a place, or part of it: a ring says that the point is not exact.
      id: 'near', type: 'circle', source: 'incidents', filter: ['all', single, ['==', ['get', 'precision'], 2]],
      paint: { 'circle-radius': 13, 'circle-color': ink('--area'), 'circle-opacity': 0.14, 'circle-stroke-color': ink('--area'), 'circle-stroke-width': 0.8, 'circle-stroke-opacity': 0.6 },
    },
    {
      id: 'incidents', type: 'symbol', source: 'incidents', filter: single,
      layout: { 'icon-image': ['get', 'mark'], 'icon-size': SIZE, 'icon-offset': ['get', 'beside'], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'symbol-sort-key': ['get', 'reports'] },
    },
    {
      id: 'clusters', type: 'circle', source: 'incidents', filter: several,
      paint: {
        'circle-color': ink('--cluster'), 'circle-opacity': 0.92, 'circle-stroke-color': ink('--raised'), 'circle-stroke-width': 2,
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'incidents']], 1.4, 11, 10, 18, 60, 32],
      },
    },
    {
      id: 'counts', type: 'symbol', source: 'incidents', filter: several,
      layout: { 'text-field': ['to-string', ['get', 'incidents']], 'text-font': FONT, 'text-size': 12, 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': ink('--cluster-ink') },
    },
    {
      id: 'control', type: 'symbol', source: 'control',
      layout: {
        'icon-image': ['get', 'icon'], 'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 6, ['get', 'label']], 'text-font': FONT, 'text-size': 12, 'text-optional': true,
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 1.1,
      },
      paint: { 'text-color': ink('--name'), ...halo() },
    },
    {
      id: 'chosen', type: 'circle', source: 'incidents', filter: ['==', ['get', 'id'], ''],
      paint: { 'circle-radius': 17, 'circle-color': 'transparent', 'circle-stroke-color': ink('--focus'), 'circle-stroke-width': 3 },
    },
  ]
}
