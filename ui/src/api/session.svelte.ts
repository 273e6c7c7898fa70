// Who is looking, and what the program knows: asked once, used everywhere.
import { named } from '../i18n'
import type { Codebook, CodebookActor, Role, Session } from './types'
import { get, post } from './client'

const RANK: Record<Role, number> = { reader: 0, reviewer: 1, administrator: 2 }

function choices(entries: CodebookActor[]): CodebookActor[] {
  const first = new Map<string, CodebookActor>()
  for (const entry of entries) if (!first.has(entry.key)) first.set(entry.key, entry)
  return [...first.values()].sort((a, b) => named(a).localeCompare(named(b)))
}

class Here {
  session: Session | undefined = $state.raw()
  codebook: Codebook | undefined = $state.raw()
  fault: Error | undefined = $state.raw()

  async start() {
    try {
      this.session = await get<Session>('/api/session')
      if (this.session.user) this.codebook = await get<Codebook>('/api/codebook')
    } catch (fault) {
      this.fault = fault as Error
    }
  }

  async login(name: string, password: string) {
    this.session = await post<Session>('/api/login', { name, password })
    this.codebook = await get<Codebook>('/api/codebook')
  }

  async logout() {
    await post('/api/logout')
    location.assign('/login')
  }

  may(role: Role): boolean {
    const user = this.session?.user
    return !!user && RANK[user.role] >= RANK[role]
  }

  /** Parties and sources to choose from, by name; one that the codebook lists in several rows once. */
  actors = $derived(choices(this.codebook?.actors ?? []))
  sources = $derived(choices(this.codebook?.sources ?? []))

  private byKey = $derived(new Map([...this.sources, ...this.actors].map((entry) => [entry.key, entry])))

  /** The name of a party or source; `other:Somebody` is somebody that the codebook does not list. */
  party(key: string | null | undefined): string {
    if (!key) return ''
    return named(this.byKey.get(key)) || key.replace(/^other:/, '').replaceAll('_', ' ')
  }

  private sourceNames = $derived(new Map(this.sources.map((entry) => [entry.key, entry])))

  /** The name of a source, where a party bears the same key. */
  source(key: string | null | undefined): string {
    return (key && named(this.sourceNames.get(key))) || this.party(key)
  }

  private types = $derived(new Map((this.codebook?.types ?? []).map((type) => [type.code, type])))

  /** The name of a sub-event type. */
  type(code: string): string {
    return named(this.types.get(code)) || code.replaceAll('_', ' ')
  }
}

export const here = new Here()
