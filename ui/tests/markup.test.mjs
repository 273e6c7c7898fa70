// What stands in a report is text, whatever it looks like: nothing runs, nothing becomes an element, no address but a page's is a link.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { drawn, visit } from './support/chromium.mjs'
import { archive, ask, serve } from './support/program.mjs'
import { attempts, attemptTexts } from './support/reports.mjs'

// Elements that our pages never have, so that any of them came out of a report.
const FOREIGN = 'main :is(script, style, iframe, object, embed, img, math, base, noscript, mglyph), main [onerror], main [onload], main [onfocus], main [ontoggle], main a[href^="javascript" i], main a[href^="data" i], main a[href^="vbscript" i]'

async function harmless(page, where) {
  await page.waitForTimeout(150) // what would run, runs soon
  assert.equal(await page.evaluate(() => globalThis.__ran), undefined, `something ran on ${where}`)
  assert.deepEqual(await page.$$eval(FOREIGN, (all) => all.map((node) => node.outerHTML)), [], where)
}

describe('markup in reports', () => {
  let base
  before(async () => {
    base = await serve(archive(attempts))
    const { reports } = await ask(base, '/api/overview')
    assert.equal(reports, attempts.length)
  })

  test('each report reads as it was written', async () => {
    await visit(base, async (page) => {
      for (const [i, { id }] of attempts.entries()) {
        await page.goto(`/reports/${encodeURIComponent(id)}`)
        await page.locator('.report').waitFor()
        const written = attemptTexts[i].replaceAll('\n', '')
        assert((await page.locator('.report').textContent()).includes(written), `${id}: ${written}`)
        await harmless(page, id)
        assert.equal(await page.getByRole('link', { name: /النص الأصلي/ }).count(), 0, 'no link to an address that is no page')
        if (i % 5 === 0 && (await page.locator('.mark').count())) {
          await page.locator('.mark').first().focus()
          await harmless(page, `the detail of ${id}`)
        }
      }
    })
  })

  test('nor on any other page', async () => {
    const { events } = await ask(base, `/api/reports/${encodeURIComponent(attempts[0].id)}`)
    const noted = await ask(base, '/api/decisions', { kind: 'accept', events: [events[0].name], note: attemptTexts[2] })
    assert(noted.decision)
    await ask(base, '/api/views', { name: attemptTexts[0], query: `q=${encodeURIComponent(attemptTexts[1])}`, shared: true })
    const { incidents } = await ask(base, '/api/incidents?limit=5')
    const paths = ['/', ...incidents.map(({ incident }) => `/incidents/${incident}`), '/review', '/search?q=هجين', `/search?q=${encodeURIComponent(attemptTexts[2])}`, `/search?outlet=${encodeURIComponent(attempts[0].outlet)}`, '/sources', '/decisions', '/views', `/login?to=${encodeURIComponent('javascript:window.__ran=1')}`, `/incidents/${encodeURIComponent(attemptTexts[2])}`]
    await visit(
      base,
      async (page) => {
        for (const path of paths) {
          await page.goto(path)
          if (path === '/') await drawn(page)
          await page.locator('main h1, main [role=alert]').first().waitFor()
          await page.waitForLoadState('load')
          await harmless(page, path)
        }
        await page.goto('/review')
        await page.locator('#now').waitFor()
        for (let i = 0; i < 5; i++) {
          await page.keyboard.press('j')
          await harmless(page, 'the review')
        }
      },
      { expected: /status of 40[04]/ },
    )
  })
})
