// Bins of the timeline: every month (day, year) between the first and the last, empty ones too, so that time runs evenly.
export type Step = 'day' | 'month' | 'year'
export interface Bin {
  start: string
  end: string
  incidents: number
}

const iso = (time: number) => new Date(time).toISOString().slice(0, 10)
const time = (day: string) => Date.parse(`${day}T00:00:00Z`)
const DAY = 86_400_000

/** The step that gives a readable number of bars. */
export function step(first: string, last: string): Step {
  const days = (time(last) - time(first)) / DAY
  return days <= 120 ? 'day' : days <= 366 * 25 ? 'month' : 'year'
}

/** First day of the bin in which a day lies. */
export const startOf = (day: string, by: Step) => (by === 'day' ? day : by === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`)

/** Last day of the bin that begins on `start`. */
export function endOf(start: string, by: Step): string {
  const [year = 0, month = 1] = start.split('-').map(Number)
  if (by === 'day') return start
  return iso(by === 'month' ? Date.UTC(year, month, 0) : Date.UTC(year, 11, 31))
}

/** All bins from the first to the last. */
export function fill(found: { start: string; incidents: number }[], by: Step): Bin[] {
  const counts = new Map(found.map(({ start, incidents }) => [start, incidents]))
  const starts = [...counts.keys()].sort()
  const [first] = starts
  const last = starts.at(-1)
  const bins: Bin[] = []
  for (let start = first; start && last && start <= last; start = iso(time(endOf(start, by)) + DAY)) {
    bins.push({ start, end: endOf(start, by), incidents: counts.get(start) ?? 0 })
  }
  return bins
}
