// The largest parts of the page: the map's program and the base map. They start on their way before anybody asks for them.
import { basemap, type Basemap } from './basemap'

type Parts = Promise<[Basemap, typeof import('./view')]>
let begun: Parts | undefined

export function begin(): Parts {
  begun ??= Promise.all([basemap(), import('./view')])
  return begun
}
