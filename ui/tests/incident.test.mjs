// One incident: claims side by side, voices counted, a merge and a split, and both taken back.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { visit } from './support/chromium.mjs'
import { archive, ask, serve } from './support/program.mjs'
import { raid } from './support/reports.mjs'

describe('incident', () => {
  let base
  let strike
  const of = async (report) => (await ask(base, `/api/reports/${report}`)).events[0].incident
  before(async () => {
    base = await serve(archive(raid))
    strike = await of('raid-1')
    assert.equal(await of('raid-2'), strike, 'the two reports are linked')
    assert.notEqual(await of('clash-1'), strike)
  })

  test('claims stand side by side, each with its passage', async () => {
    await visit(base, async (page) => {
      await page.goto(`/incidents/${strike}`)
      const table = page.getByRole('region', { name: 'الأقوال جنباً إلى جنب' })
      await table.waitFor()
      assert.equal(await table.locator('thead th').count(), 3, 'a column for the summary and one for each independent voice')
      const killed = table.locator('tbody tr', { hasText: 'القتلى' })
      assert.match(await killed.innerText(), /12[^]*14|14[^]*12/)
      assert.match(await killed.innerText(), /قولان مختلفان|أقوال مختلفة/)
      const figures = await page.locator('.figures').innerText()
      assert.match(figures, /^تقارير\s+3$/m)
      assert.match(figures, /مصادر مستقلة\s+2$/m)
      await page.getByText('إعادة نشر واحدة').waitFor()
      await page.getByText(/مرتبط بـ/).first().click()
      await page.getByText('المكان نفسه').first().waitFor()

      await page.getByLabel('قاعدة المجمَل').selectOption('highest')
      await page.waitForFunction(() => [...document.querySelectorAll('th .told')].some((told) => told.textContent.includes('14')))
      await killed.locator('a.passage').first().click()
      await page.waitForURL(/\/reports\//)
      await page.waitForFunction(() => document.activeElement?.classList.contains('mark'))
    })
  })

  test('two incidents are merged, and the merge is undone', async () => {
    await visit(base, async (page) => {
      await page.goto(`/incidents/${strike}`)
      await page.getByText('دمج مع حادثة أخرى').click()
      await page.locator('details li', { hasText: 'السوسة' }).getByRole('checkbox').check()
      await page.getByRole('button', { name: 'دمج ما اختير' }).click()
      await page.getByText(/دُمجت حادثتان/).waitFor()
      assert.equal(await of('clash-1'), await of('raid-1'))
      await page.locator('a[href^="/reports/clash-1"]').first().waitFor()

      await page.getByRole('status').getByRole('button', { name: 'تراجع' }).click()
      await page.getByText('تمّ التراجع').waitFor()
      assert.notEqual(await of('clash-1'), await of('raid-1'))
      await page.locator('a[href^="/reports/clash-1"]').first().waitFor({ state: 'detached' })
    })
  })

  test('an event is split off, and put back', async () => {
    await visit(base, async (page) => {
      await page.goto(`/incidents/${await of('raid-1')}`)
      await page.getByRole('checkbox', { name: /مقتل مدنيين بغارات/ }).first().check()
      await page.getByRole('button', { name: /فصل الحدث المختار/ }).click()
      await page.getByText('فُصل حدث').waitFor()
      assert.notEqual(await of('raid-2'), await of('raid-1'))
      await page.getByRole('status').getByRole('button', { name: 'تراجع' }).click()
      await page.getByText('تمّ التراجع').waitFor()
      assert.equal(await of('raid-2'), await of('raid-1'))
    })
  })

  test('an incident is confirmed; the decision is listed and taken back there', async () => {
    await visit(base, async (page) => {
      await page.goto(`/incidents/${await of('raid-1')}`)
      await page.getByRole('button', { name: 'مثبتة' }).click()
      await page.locator('button[aria-pressed=true]', { hasText: 'مثبتة' }).waitFor()
      await page.goto('/decisions')
      const first = page.locator('main ol > li').first()
      await first.getByText('local').waitFor()
      await first.getByRole('button', { name: /تراجع/ }).click()
      await page.getByText('تُرُوجع عنه').first().waitFor()
      const { incident } = await ask(base, `/api/incidents/${await of('raid-1')}`)
      assert.equal(incident.review, 'unreviewed')
    })
  })
})
