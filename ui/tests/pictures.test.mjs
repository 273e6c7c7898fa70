// The pictures of README and docs: made from the page as it is. `MAYDANI_PICTURES=1 npm test` puts them into docs/images.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { drawn, visit } from './support/chromium.mjs'
import { archive, ask, examples, serve } from './support/program.mjs'
import { many, raid } from './support/reports.mjs'

const MOST_BYTES = 150_000
const folder = new URL('../../docs/images/', import.meta.url)

async function picture(page, name) {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 88 })
  const bytes = Buffer.from(data, 'base64')
  assert(bytes.length > 5_000 && bytes.length < MOST_BYTES, `${name}: ${bytes.length} bytes`)
  if (process.env.MAYDANI_PICTURES) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(new URL(`${name}.webp`, folder), bytes)
  }
}

describe('pictures', () => {
  let base
  before(async () => {
    base = await serve(archive([...raid, ...many(900)], [examples]))
  })

  const looks = { width: 1200, height: 760 }

  test('map', () =>
    visit(
      base,
      async (page) => {
        await page.goto('/?country=SY&from=2018-01-01&to=2020-12-31')
        await drawn(page)
        await page.mouse.move(5, 5)
        await page.waitForTimeout(2_500) // names come after the incidents
        await picture(page, 'map')
      },
      looks,
    ))

  test('incident', () =>
    visit(
      base,
      async (page) => {
        const { events } = await ask(base, '/api/reports/raid-1')
        await page.goto(`/incidents/${events[0].incident}`)
        await page.getByText('إعادة نشر واحدة').waitFor()
        await picture(page, 'incident')
      },
      looks,
    ))

  test('reader', () =>
    visit(
      base,
      async (page) => {
        await page.goto('/reports/front-syria')
        await page.locator('.mark.place').first().focus()
        await page.getByText('السبب:').first().waitFor()
        await picture(page, 'reader')
      },
      looks,
    ))

  test('review', () =>
    visit(
      base,
      async (page) => {
        await page.goto('/review?to=2020-12-31')
        await page.locator('.report .mark').first().waitFor()
        await picture(page, 'review')
      },
      { ...looks, theme: 'dark' },
    ))

  test('map on a phone, in English', () =>
    visit(
      base,
      async (page) => {
        await page.goto('/?country=YE')
        await drawn(page)
        await page.waitForTimeout(2_500)
        await picture(page, 'phone')
      },
      { width: 390, height: 844, language: 'en' },
    ))
})
