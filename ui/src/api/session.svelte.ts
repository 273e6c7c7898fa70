// Who is looking, and what the program knows: asked once, used everywhere.
import { named } from '../i18n'
import type { Codebook, CodebookActor, Role, Session } from './types'
import { get, post } from './client'

const RANK: Record<Role, number> = { reader: 0, reviewer: 1, administrator: 2 }

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

  private byKey = $derived(new Map([...(this.codebook?.actors ?? []), ...(this.codebook?.sources ?? [])].map((entry) => [entry.key, entry as CodebookActor])))

  /** The name of a party or source; `other:Somebody` is somebody that the codebook does not list. */
  party(key: string | null | undefined): string {
    if (!key) return ''
    return named(this.byKey.get(key)) || key.replace(/^other:/, '').replaceAll('_', ' ')
  }

  private sourceNames = $derived(new Map((this.codebook?.sources ?? []).map((entry) => [entry.key, entry as CodebookActor])))

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
