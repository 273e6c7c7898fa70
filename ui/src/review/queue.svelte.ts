// The events that wait for somebody, and what was decided in this sitting (to undo it, last first).
import { at, get, post } from '../api/client'
import type { Decided, QueueEvent, ReportPage } from '../api/types'
import { query } from '../filter'

interface Done {
  decision: number
  event: QueueEvent | undefined
  index: number
}
interface Answer {
  remaining: number
  next: string | null
  events: QueueEvent[]
}

const AHEAD = 5 // ask for more when so few are left

export class Queue {
  events: QueueEvent[] = $state.raw([])
  index = $state(0)
  remaining = $state(0)
  decided = $state(0)
  busy = $state(true)
  fault: Error | undefined = $state.raw()
  done: Done[] = $state.raw([])
  private next: string | null = null
  private reports = new Map<string, Promise<ReportPage>>()

  get now(): QueueEvent | undefined {
    return this.events[this.index]
  }

  async start() {
    this.busy = true
    try {
      const answer = await get<Answer>(`/api/review${query({ limit: 50 })}`)
      this.events = answer.events
      this.remaining = answer.remaining
      this.next = answer.next
      this.index = 0
      this.fault = undefined
    } catch (fault) {
      this.fault = fault as Error
    }
    this.busy = false
  }

  /** The report of an event; asked for once. */
  report(id: string): Promise<ReportPage> {
    let page = this.reports.get(id)
    if (!page) {
      page = get<ReportPage>(at('/api/reports', id))
      page.catch(() => this.reports.delete(id))
      this.reports.set(id, page)
    }
    return page
  }

  move(by: number) {
    this.index = Math.max(0, Math.min(this.events.length - 1, this.index + by))
    if (this.events.length - this.index < AHEAD) void this.more()
  }

  /** Decides on the event that is shown; it leaves the queue. */
  async decide(decision: Record<string, unknown>): Promise<number> {
    const event = this.now
    const index = this.index
    const made = await post<Decided>('/api/decisions', decision)
    if (event) this.reports.delete(event.report.id)
    this.done = [...this.done, { decision: made.decision, event, index }]
    this.events = this.events.filter((one) => one !== event)
    this.remaining = Math.max(0, this.remaining - 1)
    this.decided++
    this.move(0)
    return made.decision
  }

  /** Adds an event that was missed; the one that is shown stays. */
  async add(decision: Record<string, unknown>): Promise<number> {
    const made = await post<Decided>('/api/decisions', decision)
    if (this.now) this.reports.delete(this.now.report.id)
    this.done = [...this.done, { decision: made.decision, event: undefined, index: this.index }]
    return made.decision
  }

  /** Takes the last decision of this sitting back. Answers whether there was one. */
  async undo(): Promise<boolean> {
    const last = this.done.at(-1)
    if (!last) return false
    await post('/api/decisions', { kind: 'revoke', decision: last.decision })
    this.done = this.done.slice(0, -1)
    const { event, index } = last
    if (event) {
      this.reports.delete(event.report.id)
      this.events = [...this.events.slice(0, index), event, ...this.events.slice(index)]
      this.index = index
      this.remaining++
      this.decided--
    }
    return true
  }

  // What was decided no longer counts in the server's order, so its cursor would skip some: ask from the start and keep what is new.
  private async more() {
    if (this.next === null || this.busy) return
    this.busy = true
    try {
      const answer = await get<Answer>(`/api/review${query({ limit: 100 })}`)
      const known = new Set([...this.events, ...this.done.map(({ event }) => event)].map((event) => event?.name))
      const fresh = answer.events.filter(({ name }) => !known.has(name))
      this.events = [...this.events, ...fresh]
      this.remaining = answer.remaining
      this.next = fresh.length ? answer.next : null
    } catch (fault) {
      this.fault = fault as Error
    }
    this.busy = false
  }
}
