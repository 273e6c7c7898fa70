// What the server answers, as docs/API.md has it.
export interface Incident {
  incident: string
  sub_event_type: string
  first_day: string | null
  last_day: string | null
  place: string | null
  place_ar: string | null
  country: string | null
  admin1: string | null
  latitude: number | null
  longitude: number | null
  geo_precision: number | null
  event_count: number
  report_count: number
  outlet_count: number
  independent_sources: number
  killed_low: number | null
  killed_high: number | null
  confidence: number
  modality: Modality
  review: ReviewState
}

export type Modality = 'asserted' | 'denied' | 'planned'
export type ReviewState = 'unreviewed' | 'confirmed' | 'disputed' | 'rejected'
export type EventState = 'unreviewed' | 'accepted' | 'corrected' | 'added' | 'rejected'

export interface Span {
  start: number
  end: number
  text: string
}

type Maybe<T> = { [K in keyof T]?: T[K] | null }

export interface Actor extends Maybe<Span> {
  key: string
  name: string
  name_ar: string | null
}

export interface Place extends Maybe<Span> {
  id: string | null
  name: string | null
  name_ar: string | null
  country: string | null
  admin1: string | null
  latitude: number | null
  longitude: number | null
  kind: string | null
  geo_precision: number | null
}

export interface Toll extends Maybe<Span> {
  kind: string
  of: string | null
  min: number | null
  max: number | null
  approximate: boolean
}

export interface Source extends Maybe<Span> {
  key: string
  name: string
  name_ar?: string | null
  kind: string | null
}

export interface When extends Maybe<Span> {
  start_day: string | null
  end_day: string | null
}

/** An event as the record has it (OUTPUT.md). */
export interface Coded {
  id: string
  event_type: string
  sub_event_type: string
  modality: Modality
  background: boolean
  trigger: Span | null
  evidence: Span[]
  actor1: Actor[]
  actor2: Actor[]
  places: Place[]
  date: When | null
  tolls: Toll[]
  source: Source | null
  via: (Maybe<Span> & { key: string })[]
  confidence: number
}

export interface ReportLine {
  report: string
  title: string | null
  outlet: string | null
  url: string | null
  published: string | null
}

export interface Reason {
  weight: string
  points: number
  detail: string | null
}

export interface Member extends ReportLine {
  event: string
  voice: number
  source_group: number
  coded: Coded
  linked_to: string | null
  state: EventState
  reasons: Reason[]
}

export interface Claim {
  field: string
  value: string | null
  min: number | null
  max: number | null
  of: string | null
  source: string | null
  source_name: string | null
  source_kind: string | null
  source_affiliation: string | null
  via: string[]
  outlet: string | null
  outlet_affiliation: string | null
  modality: Modality
  passage: Span | null
  report: string
  url: string | null
  published: string | null
  event: string
  source_group: number
}

export interface Summary {
  field: string
  rule: string
  value: string | null
  claims: number
  values: number
}

export interface IncidentPage {
  incident: Incident
  members: Member[]
  claims: Claim[]
  summary: Summary[]
  reports: (ReportLine & { voice: number; events: string[] })[]
  voices: number
  source_groups: number
}

export interface MapProperties {
  id: string
  type: string
  day?: string
  last_day?: string
  place?: string
  place_ar?: string
  country?: string
  admin1?: string
  precision?: number
  reports: number
  sources: number
  killed?: number
  killed_high?: number
  confidence: number
  modality?: Modality
  review?: ReviewState
}

export type MapFeature = GeoJSON.Feature<GeoJSON.Point | null, MapProperties>

export interface MapAnswer {
  type: 'FeatureCollection'
  found: number
  unlocated: number
  truncated: boolean
  features: MapFeature[]
}

export interface TimelineAnswer {
  by: 'day' | 'month' | 'year'
  found: number
  undated: number
  bins: { start: string; incidents: number; types?: Record<string, number> }[]
}

export interface ControlProperties {
  place: string | null
  name: string
  name_ar: string | null
  country: string | null
  holders: string[]
  standing: 'claimed' | 'disputed' | 'last_claimed'
  from: string
  claims: number
  statements: number
  sources: string[]
}

export type ControlFeature = GeoJSON.Feature<GeoJSON.Point | null, ControlProperties>
export interface ControlAnswer {
  type: 'FeatureCollection'
  features: ControlFeature[]
}

export interface ReportEvent {
  name: string
  incident: string | null
  state: EventState
  decision: number | null
  coded: Coded
}

export interface Report {
  id: string
  url: string | null
  outlet: string | null
  section: string | null
  title: string | null
  published: string | null
  language: string | null
  text: string
}

export interface Related extends ReportLine {
  why: 'reprint' | 'same_incident'
  likeness: number | null
}

export interface ReportPage {
  report: Report
  events: ReportEvent[]
  versions: { number: number; stored_at: string }[]
  related: Related[]
}

export interface Why {
  field: string
  entry: string | null
  pattern: string | null
}

export interface Hit extends ReportLine {
  passage: string | null
  events: number
}

export interface Tally {
  claims: number
  borne_out: number
  contradicted: number
  alone: number
}

export interface SourceLine extends Tally {
  key: string
  name: string | null
  name_ar: string | null
  kind: string | null
  affiliation: string | null
  fields: Record<string, Tally>
}

export interface SourcesAnswer {
  events: number
  complete: boolean
  sources: SourceLine[]
  outlets: SourceLine[]
}

export interface QueueEvent {
  name: string
  incident: string | null
  because: string[]
  report: { id: string; title: string | null; outlet: string | null; url: string | null; published: string | null }
  coded: Coded
}

export interface Decision {
  id: number
  made_at: string
  made_by: string
  kind: string
  note: string | null
  state: string | null
  revokes: number | null
  revoked: boolean
  events: (string | null)[]
}

export interface Decided {
  decision: number
  events: (string | null)[]
  incidents: string[]
}

export interface View {
  id: number
  name: string
  query: string
  shared: boolean
  owner: string
  made_at: string
  feed: string
}

export type Role = 'reader' | 'reviewer' | 'administrator'

export interface Session {
  login: boolean
  user: { name: string; role: Role } | null
  version: string
  tiles: string | null
}

export interface User {
  name: string
  role: Role
  made_at: string
  last_login: string | null
}

export interface Token {
  id: number
  name: string
  role: Role
  made_at: string
  expires_at: string
  last_used: string | null
  token?: string
}

export interface CodebookActor {
  key: string
  name: string
  name_ar: string | null
  kind: string | null
}

export interface Codebook {
  types: { code: string; name: string; name_ar: string; event_type: string; event_type_ar: string }[]
  actors: CodebookActor[]
  sources: (CodebookActor & { outlets: string[] })[]
}

export interface Overview {
  reports: number
  events: number
  incidents: number
  decisions: number
  first_day: string | null
  last_day: string | null
  revision: number
  types: { type: string; incidents: number }[]
  outlets: { outlet: string; reports: number }[]
  countries: { country: string; incidents: number }[]
  provinces: { country: string; admin1: string }[]
}
