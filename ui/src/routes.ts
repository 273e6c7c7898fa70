// Which page an address shows. Pages are loaded when first asked for.
import type { Component } from 'svelte'
import { begin } from './map/begin'

type Page = Promise<{ default: Component<{ id: string }> | Component }>
interface Route {
  name: string
  path: RegExp
  load: () => Page
}

const routes: Route[] = [
  { name: 'map', path: /^\/$/, load: mapPage },
  { name: 'incident', path: /^\/incidents\/([^/]+)$/, load: () => import('./pages/IncidentPage.svelte') },
  { name: 'report', path: /^\/reports\/([^/]+)$/, load: () => import('./pages/ReportPage.svelte') },
  { name: 'review', path: /^\/review$/, load: () => import('./pages/ReviewPage.svelte') },
  { name: 'search', path: /^\/search$/, load: () => import('./pages/SearchPage.svelte') },
  { name: 'sources', path: /^\/sources$/, load: () => import('./pages/SourcesPage.svelte') },
  { name: 'views', path: /^\/views$/, load: () => import('./pages/ViewsPage.svelte') },
  { name: 'decisions', path: /^\/decisions$/, load: () => import('./pages/DecisionsPage.svelte') },
  { name: 'account', path: /^\/account$/, load: () => import('./pages/AccountPage.svelte') },
  { name: 'users', path: /^\/users$/, load: () => import('./pages/UsersPage.svelte') },
  { name: 'login', path: /^\/login$/, load: () => import('./pages/LoginPage.svelte') },
]

function mapPage(): Page {
  begin().catch(() => undefined) // told where it is used
  return import('./pages/MapPage.svelte')
}

/** The page of an address, and the id in it. */
export function route(path: string): { name: string; id: string; load: () => Page } {
  for (const { name, path: pattern, load } of routes) {
    const match = pattern.exec(path)
    if (match) return { name, id: decode(match[1] ?? ''), load }
  }
  return { name: 'unknown', id: '', load: () => import('./pages/UnknownPage.svelte') }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray % that somebody typed
  }
}
