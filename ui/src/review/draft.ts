// A draft: an event as a reviewer says it should be. Passages that nobody touched go back as they came.
import type { Coded, Span, Toll } from '../api/types'

export interface Draft {
  sub_event_type: string
  modality: string
  background: boolean
  evidence: { start: number; end: number }[]
  trigger?: { start: number; end: number }
  actor1: Party[]
  actor2: Party[]
  places: Where[]
  date: { start_day: string | null; end_day: string | null; start?: number; end?: number } | null
  tolls: Count[]
  source: Party | null
  via: { key: string; start?: number; end?: number }[]
}

export interface Party {
  key: string
  name?: string
  start?: number
  end?: number
}
export interface Where {
  id?: string | null
  name: string
  name_ar?: string | null
  country?: string | null
  admin1?: string | null
  latitude?: number | null
  longitude?: number | null
  kind?: string | null
  geo_precision?: number | null
  start?: number
  end?: number
}
export interface Count {
  kind: string
  of: string
  min: number | null
  max: number | null
  approximate: boolean
  start?: number
  end?: number
}

export const TOLLS = ['killed', 'wounded', 'killed_or_wounded', 'captured', 'arrested', 'abducted', 'missing', 'displaced', 'surrendered']

// What did not stand in the text has no span: then the keys stay away.
const span = ({ start, end }: { start?: number | null; end?: number | null }) => (typeof start === 'number' && typeof end === 'number' ? { start, end } : {})
const party = (actor: { key: string; name?: string } & { start?: number | null; end?: number | null }): Party => ({ key: actor.key, ...(actor.name ? { name: actor.name } : {}), ...span(actor) })
const count = (toll: Toll): Count => ({ kind: toll.kind, of: toll.of ?? 'unknown', min: toll.min, max: toll.max, approximate: toll.approximate, ...span(toll) })

/** The draft that says what was coded. */
export function draftOf(coded: Coded): Draft {
  return {
    sub_event_type: coded.sub_event_type,
    modality: coded.modality,
    background: coded.background,
    evidence: coded.evidence.map(({ start, end }) => ({ start, end })),
    ...(coded.trigger ? { trigger: { start: coded.trigger.start, end: coded.trigger.end } } : {}),
    actor1: coded.actor1.map(party),
    actor2: coded.actor2.map(party),
    places: coded.places.map(({ text: _, start, end, name, ...place }) => ({ ...place, name: name ?? '', ...span({ start: start ?? null, end: end ?? null }) })),
    date: coded.date ? { start_day: coded.date.start_day, end_day: coded.date.end_day, ...span(coded.date) } : null,
    tolls: coded.tolls.map(count),
    source: coded.source ? party(coded.source) : null,
    via: coded.via.map((via) => ({ key: via.key, ...span(via) })),
  }
}

/** An empty draft, for an event that the machine missed. */
export const emptyDraft = (): Draft => ({
  sub_event_type: 'armed_clash', modality: 'asserted', background: false, evidence: [], actor1: [], actor2: [], places: [], date: null, tolls: [], source: null, via: [],
})

/** From offsets of the browser (UTF-16, in a field that drops carriage returns) to code points of the text. */
export function selected(text: string, from: number, to: number): Span | null {
  let unit = 0
  let point = 0
  let [start, end] = [-1, -1]
  const letters = Array.from(text)
  for (const letter of letters) {
    const skipped = letter === '\r' && letters[point + 1] === '\n'
    if (start < 0 && unit >= from && !skipped) start = point
    if (unit < to) end = point + 1
    if (!skipped) unit += letter.length
    point++
  }
  if (start < 0 || end <= start) return null
  // Space at either end belongs to nobody.
  while (start < end && /\s/u.test(letters[start] ?? '')) start++
  while (end > start && /\s/u.test(letters[end - 1] ?? '')) end--
  return end > start ? { start, end, text: letters.slice(start, end).join('') } : null
}
