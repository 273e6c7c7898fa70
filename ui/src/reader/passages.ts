// Which characters of a report gave which value. Offsets count code points, as in the record; the browser counts otherwise.
import type { Coded, Place, ReportEvent, Toll } from '../api/types'
import { here } from '../api/session.svelte'
import { day, named, region, t, tOr } from '../i18n'
import { bounds } from '../parts/incident'

export type Role = 'evidence' | 'trigger' | 'actor' | 'place' | 'date' | 'toll' | 'source'

export interface Passage {
  event: string
  field: string
  role: Role
  /** The path of the value in the record, as reasons name it. */
  record: string
  value: string
  start: number
  end: number
}

export interface Piece {
  text: string
  start: number
  /** What the piece stands for; the narrowest passage first. */
  passages: Passage[]
}

export const placeText = (place: Place): string =>
  [named(place) || place.text || '', place.kind === 'country' ? '' : region(place.country)].filter(Boolean).join(t('comma'))

export function tollText({ kind, of, min, max, approximate }: Toll): string {
  const count = (approximate ? '≈ ' : '') + bounds(min, max)
  const what = tOr(`field.${kind}`, kind.replaceAll('_', ' '))
  return of && of !== 'unknown' ? t('toll.line', { what, count, who: here.party(of) }) : t('toll.short', { what, count })
}

export function dateText({ date }: Coded): string {
  if (!date) return ''
  const { start_day, end_day, text } = date
  if (!start_day) return text ? `«${text}»` : ''
  return start_day === end_day || !end_day ? day(start_day) : t('day.span', { first: day(start_day), last: day(end_day) })
}

/** Every passage of an event. */
export function passages({ name, coded }: Pick<ReportEvent, 'name' | 'coded'>): Passage[] {
  const found: Passage[] = []
  const add = (span: { start?: number | null; end?: number | null } | null | undefined, field: string, role: Role, record: string, value: string) => {
    if (span && typeof span.start === 'number' && typeof span.end === 'number') found.push({ event: name, field, role, record, value, start: span.start, end: span.end })
  }
  coded.evidence.forEach((span) => add(span, 'evidence', 'evidence', 'evidence', ''))
  add(coded.trigger, 'type', 'trigger', 'trigger', here.type(coded.sub_event_type))
  coded.actor1.forEach((actor, i) => add(actor, 'actor1', 'actor', `actor1[${i}]`, here.party(actor.key)))
  coded.actor2.forEach((actor, i) => add(actor, 'actor2', 'actor', `actor2[${i}]`, here.party(actor.key)))
  coded.places.forEach((place, i) => add(place, 'place', 'place', `places[${i}]`, placeText(place)))
  add(coded.date, 'day', 'date', 'date', dateText(coded))
  coded.tolls.forEach((toll, i) => add(toll, toll.kind, 'toll', `tolls[${i}]`, tollText(toll)))
  add(coded.source, 'source', 'source', 'source', here.source(coded.source?.key))
  coded.via.forEach((via, i) => add(via, 'via', 'source', `via[${i}]`, here.source(via.key)))
  return found
}

export interface Paragraph {
  start: number
  pieces: Piece[]
}

/** The text cut where passages begin and end, paragraph by paragraph. */
export function paragraphs(text: string, found: Passage[]): Paragraph[] {
  const letters = Array.from(text)
  const cuts = new Set([0, letters.length])
  for (const { start, end } of found) cuts.add(start).add(end)
  letters.forEach((letter, i) => letter === '\n' && cuts.add(i).add(i + 1))
  const edges = [...cuts].filter((edge) => edge >= 0 && edge <= letters.length).sort((a, b) => a - b)

  const result: Paragraph[] = []
  let now: Paragraph = { start: 0, pieces: [] }
  for (let i = 0; i + 1 < edges.length; i++) {
    const [start = 0, end = 0] = [edges[i], edges[i + 1]]
    if (letters[start] === '\n') {
      if (now.pieces.length) result.push(now)
      now = { start: end, pieces: [] }
      continue
    }
    const over = found.filter((passage) => passage.start <= start && passage.end >= end)
    over.sort((a, b) => a.end - a.start - (b.end - b.start))
    now.pieces.push({ text: letters.slice(start, end).join(''), start, passages: over })
  }
  if (now.pieces.length) result.push(now)
  return result
}
