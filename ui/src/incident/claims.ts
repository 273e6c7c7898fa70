// Claims side by side: a column for each independent source, a row for each field.
import type { Claim, IncidentPage } from '../api/types'
import { here } from '../api/session.svelte'
import { day, t } from '../i18n'
import { bounds } from '../parts/incident'

export const FIELDS = [
  'type', 'modality', 'day', 'place', 'actor1', 'actor2', 'killed', 'wounded', 'killed_or_wounded', 'captured', 'arrested', 'abducted', 'missing',
  'displaced', 'surrendered',
]

export interface Voice {
  group: number
  claims: Claim[]
  source: string | null
  outlets: string[]
  via: string[]
}

/** Who speaks: claims that go back to one source are one voice. */
export function voices({ claims }: IncidentPage): Voice[] {
  const groups = new Map<number, Claim[]>()
  for (const claim of claims) groups.set(claim.source_group, [...(groups.get(claim.source_group) ?? []), claim])
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([group, own]) => ({
      group,
      claims: own,
      source: own.find(({ source }) => source)?.source ?? null,
      outlets: [...new Set(own.map(({ outlet }) => outlet).filter((outlet) => outlet !== null))],
      via: [...new Set(own.flatMap(({ via }) => via))],
    }))
}

/** A value as it is shown; numbers with their bounds and of whom. */
export function shown({ field, value, min, max, of }: Pick<Claim, 'field' | 'value' | 'min' | 'max' | 'of'>): string {
  if (field === 'type') return value ? here.type(value) : ''
  if (field === 'modality') return value ? t(`modality.${value}`) : ''
  if (field === 'actor1' || field === 'actor2') return here.party(value)
  if (field === 'day') return (value ?? '').split(/(?:\.\.|–|\/|\bto\b)/).map((part) => day(part.trim())).join(' – ')
  if (min !== null || max !== null) {
    const count = bounds(min, max)
    return of && of !== 'unknown' ? t('toll.of', { count, who: here.party(of) }) : count
  }
  return value ?? ''
}

/** The different values of one field that one voice gives, each with its passages. */
export function values(voice: Voice, field: string): { text: string; claims: Claim[] }[] {
  const found = new Map<string, Claim[]>()
  for (const claim of voice.claims) {
    if (claim.field !== field) continue
    const text = shown(claim)
    found.set(text, [...(found.get(text) ?? []), claim])
  }
  return [...found].map(([text, claims]) => ({ text, claims }))
}
