// The filter that every list and the map share. It lives in the address, under the names that the server takes.
import { address } from './router.svelte'

export const FILTERS = [
  'q', 'from', 'to', 'type', 'actor', 'source', 'outlet', 'country', 'province', 'place', 'near', 'bbox', 'modality', 'review', 'confidence', 'background',
] as const
export type FilterName = (typeof FILTERS)[number]

export const DAYS: readonly FilterName[] = ['from', 'to']

/** The filter in force. */
export function filter(): Partial<Record<FilterName, string>> {
  const parameters = address.parameters
  const set: Partial<Record<FilterName, string>> = {}
  for (const name of FILTERS) {
    const values = parameters.getAll(name).filter((value) => value !== '')
    if (values.length) set[name] = values.join(',')
  }
  return set
}

/** The filter as a query, without the names in `except`, with what else is asked. */
export function query(extra: Record<string, string | number | undefined> = {}, except: readonly FilterName[] = []): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(filter())) if (!except.includes(name as FilterName)) parameters.set(name, value)
  for (const [name, value] of Object.entries(extra)) if (value !== undefined && value !== '') parameters.set(name, String(value))
  const text = parameters.toString()
  return text && `?${text}`
}

/** Changes parts of the filter; an empty value takes one away. */
export function setFilter(changes: Partial<Record<FilterName, string>>) {
  const parameters = address.parameters
  for (const [name, value] of Object.entries(changes)) {
    parameters.delete(name)
    if (value) parameters.set(name, value)
  }
  const text = parameters.toString()
  address.go(address.path + (text && `?${text}`), true)
}

/** Another page with the same filter. */
export const withFilter = (path: string) => path + query()
