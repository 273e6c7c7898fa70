// Asks the server. Every fault becomes a `Fault` that says what happened and can be shown.
import { t } from '../i18n'
import { address } from '../router.svelte'

export class Fault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method, headers: { Accept: 'application/json' } }
  if (signal) init.signal = signal
  if (method !== 'GET') {
    init.headers = { ...init.headers, 'Content-Type': 'application/json' }
    init.body = JSON.stringify(body ?? {})
  }
  let answer: Response
  try {
    answer = await fetch(path, init)
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault
    throw new Fault(0, 'unreachable', t('fault.unreachable'))
  }
  if (answer.status === 204) return undefined as T
  const text = await answer.text()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Fault(answer.status, 'failed', t('fault.status', { status: String(answer.status) }))
  }
  if (answer.ok) return value as T
  const { error, message } = value as { error?: string; message?: string }
  if (error === 'login_required' && address.path !== '/login') {
    address.go(`/login?to=${encodeURIComponent(address.path + address.query)}`, true)
  }
  throw new Fault(answer.status, error ?? 'failed', message ?? t('fault.status', { status: String(answer.status) }))
}

export const get = <T>(path: string, signal?: AbortSignal) => ask<T>('GET', path, undefined, signal)

const ahead = new Map<string, Promise<unknown>>()

/** Asks before the page that will ask is there: `getOnce` hands the answer over, to the first who wants it. */
export function getAhead(path: string): Promise<unknown> {
  const answer = get(path)
  answer.catch(() => undefined) // told where it is used
  ahead.set(path, answer)
  return answer
}

export function getOnce<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = ahead.get(path)
  ahead.delete(path)
  return (answer as Promise<T> | undefined) ?? get<T>(path, signal)
}

export const post = <T>(path: string, body?: unknown) => ask<T>('POST', path, body)
export const patch = <T>(path: string, body: unknown) => ask<T>('PATCH', path, body)
export const remove = (path: string) => ask<void>('DELETE', path)

/** A path with an id in it. */
export const at = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`

/** Whether a fault only says that the question was withdrawn. */
export const withdrawn = (fault: unknown) => fault instanceof DOMException && fault.name === 'AbortError'
