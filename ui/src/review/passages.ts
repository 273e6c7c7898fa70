// Where the text names a value that a reviewer adds: in the event's own passage first, then anywhere; else that passage stands for it.
import type { Draft } from './draft'

type Span = { start: number; end: number }

// What writers put one for the other; marks that may be left out are gone.
const SAME: Record<string, string> = { أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ة: 'ه', ؤ: 'و', ئ: 'ي' }
const MARK = /[\u064B-\u0652\u0670\u0640]/u
const LETTER = /[\p{L}\p{N}]/u
// Words that are written together with the next one: and, so, by, for, as.
const JOINED = 'وفبلك'

/** The letters as they are compared, each with its place among the code points of the text. */
function plain(text: string): { letters: string[]; at: number[] } {
  const [letters, at]: [string[], number[]] = [[], []]
  Array.from(text).forEach((letter, place) => {
    if (MARK.test(letter)) return
    letters.push(SAME[letter] ?? letter.toLowerCase())
    at.push(place)
  })
  return { letters, at }
}

/** Where `name` stands in the text as a word of its own, within some code points. */
export function find(text: string, name: string, within: Span = { start: 0, end: Infinity }): Span | undefined {
  const { letters, at } = plain(text)
  const wanted = plain(name).letters
  const is = (place: number) => LETTER.test(letters[place] ?? ' ')
  for (let from = 0; wanted.length && from + wanted.length <= letters.length; from++) {
    const [start, end] = [at[from] ?? 0, (at[from + wanted.length - 1] ?? 0) + 1]
    if (start < within.start || end > within.end || is(from + wanted.length) || !wanted.every((letter, i) => letters[from + i] === letter)) continue
    const before = is(from - 1) ? (letters[from - 1] ?? '') : ''
    if (before && (!JOINED.includes(before) || is(from - 2))) continue
    return { start, end }
  }
  return undefined
}

/** The draft with a passage for every value. `names` gives the names of a key, the likeliest first. */
export function withPassages(draft: Draft, text: string, names: (key: string) => string[]): Draft {
  const [own = { start: 0, end: 0 }] = draft.evidence
  const place = <T extends { start?: number; end?: number }>(value: T, called: string[]): T => {
    if (value.start !== undefined && value.end !== undefined) return value
    const known = called.filter(Boolean)
    const inside = known.map((name) => find(text, name, own)).find(Boolean)
    return { ...value, ...(inside ?? known.map((name) => find(text, name)).find(Boolean) ?? { start: own.start, end: own.end }) }
  }
  return {
    ...draft,
    actor1: draft.actor1.map((party) => place(party, names(party.key))),
    actor2: draft.actor2.map((party) => place(party, names(party.key))),
    places: draft.places.map((where) => place(where, [where.name_ar ?? '', where.name])),
    date: draft.date && place(draft.date, []),
    // A number may stand for anything elsewhere: it is looked for in the event's passage alone.
    tolls: draft.tolls.map((toll) => place({ ...toll, ...(toll.start === undefined ? (find(text, String(toll.min ?? ''), own) ?? {}) : {}) }, [])),
    source: draft.source && place(draft.source, names(draft.source.key)),
    via: draft.via.map((via) => place(via, names(via.key))),
  }
}
