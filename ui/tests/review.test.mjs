// Ten events are reviewed with the keyboard alone: accepted, rejected, corrected, one added; one decision is undone.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { accessible } from './support/axe.mjs'
import { visit } from './support/chromium.mjs'
import { archive, ask, examples, serve } from './support/program.mjs'
import { raid } from './support/reports.mjs'

const heading = (page) => page.locator('#now')

describe('review', () => {
  let base
  before(async () => {
    base = await serve(archive(raid, [examples]))
  })

  test('ten events by keyboard', async () => {
    await visit(base, async (page) => {
      const { events: queue, remaining } = await ask(base, '/api/review?limit=50')
      assert(remaining >= 12, `${remaining} events wait`)
      await page.goto('/review')
      await heading(page).waitFor()
      const left = async (count) => page.waitForFunction((count) => new RegExp(`(^|\\D)${count}\\D`).test(document.querySelector('.top [role=status]')?.textContent ?? ''), count)
      const decided = async () => (await ask(base, '/api/decisions?limit=50')).decisions

      // The pointer is never used from here on.
      for (let i = 0; i < 5; i++) {
        await page.keyboard.press('a')
        await left(remaining - i - 1)
      }
      for (let i = 5; i < 8; i++) {
        await page.keyboard.press('r')
        await left(remaining - i - 1)
      }
      let made = await decided()
      assert.deepEqual(made.map(({ kind }) => kind), [...Array(3).fill('reject'), ...Array(5).fill('accept')])
      assert.deepEqual(made.map(({ events }) => events[0]).toReversed(), queue.slice(0, 8).map(({ name }) => name), 'in the order of the queue')
      assert(made.every(({ made_by, made_at }) => made_by === 'local' && made_at))

      // One rejection is undone, and the event is there again.
      await page.keyboard.press('u')
      await left(remaining - 7)
      made = await decided()
      assert.equal(made[0].kind, 'revoke')
      await page.keyboard.press('r')
      await left(remaining - 8)

      // The ninth is corrected: another type, another modality.
      await page.locator('.report .mark').first().waitFor()
      await page.keyboard.press('c')
      await page.locator('form.draft').waitFor()
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'SELECT', 'the form takes the focus')
      const before = await page.locator('form.draft select').first().inputValue()
      await page.keyboard.press(before === 'arrests' ? 'ArrowUp' : 'ArrowDown')
      const chosen = await page.locator('form.draft select').first().inputValue()
      assert.notEqual(chosen, before)
      await page.keyboard.press('Control+Enter')
      await left(remaining - 9)
      made = await decided()
      assert.equal(made[0].kind, 'correct')
      const [report] = made[0].events[0].split('#')
      const corrected = (await ask(base, `/api/reports/${report}`)).events.find(({ state }) => state === 'corrected')
      assert.equal(corrected.coded.sub_event_type, chosen)

      // The tenth is accepted by its place on the keyboard, with the Arabic layout on.
      await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ش', code: 'KeyA', bubbles: true, cancelable: true })))
      await left(remaining - 10)

      // One that the machine missed: Tab to the text, select with Shift and arrows.
      await page.locator('.report').waitFor()
      await page.waitForTimeout(200)
      await page.keyboard.press('m')
      await page.locator('form.draft').waitFor()
      for (let i = 0; i < 16 && (await page.evaluate(() => document.activeElement?.tagName)) !== 'TEXTAREA'; i++) await page.keyboard.press('Tab')
      await page.keyboard.press('Control+Home')
      for (let i = 0; i < 3; i++) await page.keyboard.press('Control+Shift+ArrowLeft')
      await page.keyboard.press('Control+Enter')
      await page.locator('form.draft').waitFor({ state: 'detached' })
      made = await decided()
      assert.equal(made[0].kind, 'add')
      const added = await ask(base, `/api/reports/${made[0].events[0].split('#')[0]}`)
      const { coded } = added.events.find(({ state }) => state === 'added')
      assert(added.report.text.startsWith(coded.evidence[0].text), `«${coded.evidence[0].text}» begins the report`)

      // The list of keys.
      await page.keyboard.press('?')
      await page.locator('dialog[open]').waitFor()
      await accessible(page, 'the list of keys')
      await page.keyboard.press('Escape')
      await page.locator('dialog[open]').waitFor({ state: 'detached' })
    })
    const annotated = await (await fetch(`${base}/api/export?format=annotated&partly=true`)).text()
    const lines = annotated.trim().split('\n').map((line) => JSON.parse(line))
    assert(lines.length > 0 && lines.every(({ text, events }) => text && Array.isArray(events)), 'review makes training data')
  })

  test('a value that a reviewer adds is found in the text, or stands on the passage of the event', async () => {
    const own = await serve(archive([raid[3]]))
    const [event] = (await ask(own, '/api/review')).events
    const before = event.coded
    assert(before.actor1.concat(before.actor2).length, 'the machine found a party')
    await visit(own, async (page) => {
      await page.goto('/review')
      await heading(page).waitFor()
      await page.locator('.report .mark').first().waitFor()
      await page.keyboard.press('c')
      const form = page.locator('form.draft')
      await form.waitFor()
      const [first, second] = [form.locator('fieldset').nth(0), form.locator('fieldset').nth(1)]
      for (const side of [first, second]) while (await side.locator('button').count()) await side.locator('button').first().click()
      await first.locator('select').selectOption('sdf')
      await second.locator('select').selectOption('turkish_forces')
      await form.getByRole('button', { name: 'إضافة حصيلة' }).click()
      await page.keyboard.press('Control+Enter')
      await form.waitFor({ state: 'detached' })
    })
    const { events, report } = await ask(own, `/api/reports/${event.name.split('#')[0]}`)
    const { coded } = events.find(({ state }) => state === 'corrected')
    const letters = Array.from(report.text)
    const said = ({ start, end }) => letters.slice(start, end).join('')
    assert.equal(said(coded.actor1[0]), 'قوات سوريا الديمقراطية')
    assert.equal(said(coded.actor2[0]), coded.evidence[0].text, 'nobody speaks of Turkish forces here')
    assert.equal(coded.tolls.length, before.tolls.length + 1)
  })

  test('the form can be used without a pointer and axe has no serious finding', async () => {
    await visit(base, async (page) => {
      await page.goto('/review')
      await page.locator('.report .mark').first().waitFor()
      await page.keyboard.press('c')
      await page.locator('form.draft').waitFor()
      await accessible(page, 'the form of a correction')
      await page.keyboard.press('Escape')
      await page.locator('form.draft').waitFor({ state: 'detached' })
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'now', 'the focus goes back to the event')
    })
  })

  test('single keys can be switched off', async () => {
    await visit(base, async (page) => {
      await page.goto('/review')
      await heading(page).waitFor()
      const { remaining } = await ask(base, '/api/review')
      await page.keyboard.press('?')
      await page.getByRole('checkbox', { name: 'استعمال المفاتيح المفردة' }).uncheck()
      await page.keyboard.press('Escape')
      await page.keyboard.press('a')
      await page.waitForTimeout(300)
      assert.equal((await ask(base, '/api/review')).remaining, remaining)
    })
  })
})
