// What the map needs before it can stand: its program, the base map and the incidents. All start on their way before anybody asks for them.
import { getAhead } from '../api/client'
import { DAYS, query } from '../filter'
import { basemap, type Basemap } from './basemap'

/** The incidents of all days, under the filter in force. */
export const allDays = () => `/api/incidents.geojson${query({}, DAYS)}`

// An empty map that fills is drawn twice: for so many milliseconds it waits for what it is to show.
const PATIENCE = 1_500

type Parts = Promise<[Basemap, typeof import('./view')]>
let begun: Parts | undefined

export function begin(): Parts {
  begun ??= start()
  return begun
}

async function start(): Parts {
  const incidents = getAhead(allDays()).catch(() => undefined)
  const parts = await Promise.all([basemap(), import('./view')])
  await Promise.race([incidents, new Promise((done) => setTimeout(done, PATIENCE))])
  return parts
}
