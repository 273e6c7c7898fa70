// The map itself: MapLibre with our layers, told what to show and telling what was chosen.
import { LngLatBounds, Map, prewarm, setWorkerUrl, type GeoJSONSource, type MapMouseEvent, type MapSourceDataEvent } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { ControlFeature, MapFeature } from '../api/types'
import { t } from '../i18n'
import type { Language } from '../settings.svelte'
import type { Basemap } from './basemap'
import { forgetPlates, plates } from './control'
import { areas, points } from './incidents'
import { addMarks } from './marks'
import { addRest, style } from './layers'

setWorkerUrl(worker)
prewarm() // it starts while the incidents are on their way

// Where Maydani's first reports come from; the data decides as soon as there is any.
const HOME: [number, number] = [41, 33]
const PLACES = ['incidents', 'clusters', 'areas', 'near', 'control']
// Nearer than this a cluster is a list: its incidents lie in one place.
const NEAREST = 13

const FIT = { padding: 50, maxZoom: 8 }

function boundsOf(features: MapFeature[]): LngLatBounds {
  const bounds = new LngLatBounds()
  for (const { geometry } of features) if (geometry) bounds.extend(geometry.coordinates as [number, number])
  return bounds
}

export type Box = { west: number; south: number; east: number; north: number }

export interface Told {
  moved: (box: Box) => void
  /** One incident, or all of a cluster or area. */
  chosen: (ids: string[]) => void
  place: (id: string | null) => void
  /** What was to be shown is on the screen. */
  drawn: (incidents: number) => void
}

// Who looks at the incidents can use the page before names and rivers are drawn: so many milliseconds later.
const AFTER = 50

// Without news of the incidents a frame is drawn every so many milliseconds.
const APART = 500

/**
 * A map that does not draw each tile as it arrives, until the incidents are there: frames of an unfinished map keep the machine
 * (most of all one without a graphics processor) from finishing it.
 */
class CalmMap extends Map {
  private awake: boolean | undefined
  private drew: number | undefined
  private later: ReturnType<typeof setTimeout> | undefined

  override triggerRepaint() {
    const wait = this.awake || this.drew === undefined ? 0 : this.drew + APART - performance.now()
    if (wait <= 0) this.draw()
    else this.later ??= setTimeout(() => this.draw(), wait)
  }

  draw() {
    clearTimeout(this.later)
    this.later = undefined
    this.drew = performance.now()
    super.triggerRepaint()
  }

  wake() {
    this.awake = true
    this.draw()
  }
}

export class MapView {
  private map: CalmMap
  private features: MapFeature[] = []
  private held: ControlFeature[] = []
  private fitted = false
  private gone = false
  private drawn: Promise<void>

  constructor(
    container: HTMLElement,
    private basemap: Basemap,
    private tiles: string | null,
    private language: Language,
    private party: (key: string) => string,
    private told: Told,
    features: MapFeature[],
  ) {
    this.features = features
    const bounds = boundsOf(features)
    this.fitted = !bounds.isEmpty()
    this.map = new CalmMap({
      container,
      style: style(basemap, tiles, features),
      ...(this.fitted ? { bounds, fitBoundsOptions: FIT } : { center: HOME, zoom: 3.8 }),
      validateStyle: false, // it is ours, and the browser tests draw it
      minZoom: 1.5,
      maxZoom: 17,
      attributionControl: false,
      locale: { 'Map.Title': t('page.map') },
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.drawn = new Promise((resolve) => this.map.once('style.load', () => resolve()))
    void this.drawn.then(() => addMarks(this.map))
    this.tell()
    this.map.once('idle', () => setTimeout(() => this.complete(), AFTER))
    this.map.on('moveend', () => this.told.moved(this.box()))
    this.map.on('click', (event) => void this.clicked(event))
    this.map.on('mousemove', (event) => {
      this.map.getCanvas().style.cursor = this.under(event).length ? 'pointer' : ''
    })
  }

  /** When the first picture stands. */
  get ready() {
    return this.drawn
  }

  box(): Box {
    const bounds = this.map.getBounds()
    return { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() }
  }

  async show(features: MapFeature[]) {
    if (this.features === features) return
    this.features = features
    await this.drawn
    if (this.features !== features) return
    this.put('incidents', points(features))
    this.put('areas', areas(features))
    if (!this.fitted && features.length) this.fit(features)
    this.tell()
  }

  async showControl(held: ControlFeature[]) {
    this.held = held
    await this.drawn
    this.put('control', plates(this.map, held, this.party))
  }

  /** Rings an incident. */
  async choose(id: string) {
    await this.drawn
    this.map.setFilter('chosen', ['==', ['get', 'id'], id])
  }

  go(longitude: number, latitude: number) {
    this.map.easeTo({ center: [longitude, latitude], zoom: Math.max(this.map.getZoom(), 7), duration: this.time() })
  }

  zoom(levels: number) {
    this.map.easeTo({ zoom: this.map.getZoom() + levels, duration: this.time() })
  }

  /** Shows all of them at once. */
  fit(features: MapFeature[] = this.features) {
    const bounds = boundsOf(features)
    if (bounds.isEmpty()) return
    this.map.fitBounds(bounds, { ...FIT, duration: this.fitted ? this.time() : 0 })
    this.fitted = true
  }

  /** In the colours of the theme and the words of the language that are in force now. */
  async repaint(language: Language) {
    this.language = language
    await this.drawn
    this.map.getCanvas().setAttribute('aria-label', t('page.map'))
    forgetPlates(this.map)
    this.map.setStyle(style(this.basemap, this.tiles, this.features), { diff: false })
    this.drawn = new Promise((resolve) => this.map.once('style.load', () => resolve()))
    await this.drawn
    this.complete()
    addMarks(this.map)
    await this.showControl(this.held)
  }

  remove() {
    this.gone = true
    this.map.remove()
  }

  private complete() {
    if (!this.gone) addRest(this.map, this.basemap, this.language)
  }

  // The incidents are on the screen with the first frame after their source is there; names may still be coming.
  private tell() {
    const look = () => {
      if (!this.map.getSource('incidents') || !this.map.isSourceLoaded('incidents')) return
      this.map.off('render', look)
      performance.mark('drawn')
      this.told.drawn(this.features.length)
    }
    this.map.on('render', look)
    const news = (event: MapSourceDataEvent) => {
      if (event.sourceId !== 'incidents') return
      // The first frame after the data are there asks for the tiles.
      if (event.sourceDataType === 'content') this.map.draw()
      if (!this.map.isSourceLoaded('incidents')) return
      this.map.off('sourcedata', news)
      this.map.wake()
    }
    this.map.on('sourcedata', news)
  }

  private put(source: string, data: GeoJSON.GeoJSON) {
    this.map.getSource<GeoJSONSource>(source)?.setData(data)
  }

  private under(event: MapMouseEvent) {
    if (!this.map.isStyleLoaded() && !this.map.getLayer('incidents')) return []
    const { x, y } = event.point
    const near = 4 // a finger is not a needle
    return this.map.queryRenderedFeatures([[x - near, y - near], [x + near, y + near]], { layers: PLACES.filter((id) => this.map.getLayer(id)) })
  }

  private async clicked(event: MapMouseEvent) {
    const found = this.under(event)
    const feature = found.find(({ layer }) => layer.id !== 'areas') ?? found[0]
    if (!feature) return
    const { properties } = feature
    if (feature.layer.id === 'control') this.told.place((properties.place as string | undefined) ?? null)
    else if (properties.cluster_id !== undefined) await this.open(Number(properties.cluster_id), Number(properties.point_count), event)
    else this.told.chosen(String(properties.ids).split(' '))
  }

  private async open(cluster: number, count: number, event: MapMouseEvent) {
    const source = this.map.getSource<GeoJSONSource>('incidents')
    if (!source) return
    const zoom = await source.getClusterExpansionZoom(cluster)
    if (zoom <= NEAREST) {
      this.map.easeTo({ center: event.lngLat, zoom: zoom + 0.4, duration: this.time() })
      return
    }
    const leaves = await source.getClusterLeaves(cluster, count, 0)
    this.told.chosen(leaves.flatMap(({ properties }) => String(properties?.ids).split(' ')))
  }

  private time = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350)
}
