// Each page, in both languages and both themes: it says what it should, and axe finds nothing serious.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { accessible } from './support/axe.mjs'
import { drawn, visit } from './support/chromium.mjs'
import { archive, ask, examples, serve } from './support/program.mjs'
import { raid } from './support/reports.mjs'

describe('pages', () => {
  let base
  let pages
  before(async () => {
    base = await serve(archive(raid, [examples]))
    const { incidents } = await ask(base, '/api/incidents?q=هجين')
    const [most] = incidents.toSorted((a, b) => b.report_count - a.report_count)
    const { events } = await ask(base, '/api/reports/raid-1')
    await ask(base, '/api/decisions', { kind: 'accept', events: [events[0].name] })
    await ask(base, '/api/views', { name: 'هجين', query: 'place=هجين', shared: true })
    const heading = (name) => async (page) => page.getByRole('heading', { level: 1, name }).waitFor()
    pages = [
      { name: 'map', path: '/', ar: async (page) => (await heading('الخريطة')(page), await drawn(page)), en: async (page) => (await heading('Map')(page), await drawn(page)) },
      { name: 'map with control', path: '/?control=2019-12-31', ar: async (page) => page.getByText('كما قيل حتى يوم').waitFor(), en: async (page) => page.getByText('As said up to').waitFor() },
      { name: 'incident', path: `/incidents/${most.incident}`, ar: heading(/هجين/), en: heading(/Hajin/) },
      { name: 'report', path: '/reports/raid-1', ar: heading(/غارات جوية/), en: heading(/غارات جوية/) },
      { name: 'review', path: '/review', ar: async (page) => page.getByRole('button', { name: /قبول/ }).waitFor(), en: async (page) => page.getByRole('button', { name: /Accept/ }).waitFor() },
      { name: 'search', path: '/search?q=قصف', ar: async (page) => page.locator('article, .card a[href^="/reports/"]').first().waitFor(), en: heading('Search') },
      { name: 'sources', path: '/sources', ar: async (page) => page.locator('summary', { hasText: 'المرصد السوري لحقوق الإنسان' }).waitFor(), en: async (page) => page.locator('summary', { hasText: 'Syrian Observatory for Human Rights' }).waitFor() },
      { name: 'decisions', path: '/decisions', ar: async (page) => page.getByText('قبول').first().waitFor(), en: async (page) => page.getByText('Accept').first().waitFor() },
      { name: 'views', path: '/views', ar: async (page) => page.getByRole('link', { name: 'هجين' }).waitFor(), en: async (page) => page.getByRole('link', { name: 'Feed' }).waitFor() },
      { name: 'no page', path: '/nowhere', ar: heading('لا توجد صفحة بهذا العنوان'), en: heading('There is no such page') },
    ]
  })

  for (const [language, theme] of [['ar', 'light'], ['en', 'dark']]) {
    test(`every page in ${language}, ${theme}`, async (context) => {
      for (const page of pages) {
        await context.test(page.name, () =>
          visit(
            base,
            async (tab) => {
              await tab.goto(page.path)
              await page[language](tab)
              assert.equal(await tab.getAttribute('html', 'lang'), language)
              assert.equal(await tab.getAttribute('html', 'dir'), language === 'ar' ? 'rtl' : 'ltr')
              assert.match(await tab.title(), language === 'ar' ? /ميداني/ : /Maydani/)
              await accessible(tab, page.name)
            },
            { language, theme },
          ),
        )
      }
    })
  }

  test('on a phone nothing stands out at the side', async (context) => {
    for (const page of pages) {
      await context.test(page.name, () =>
        visit(
          base,
          async (tab) => {
            await tab.goto(page.path)
            await page.ar(tab)
            const [wide, view] = await tab.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
            assert(wide <= view, `${wide} of ${view} pixels`)
          },
          { width: 390, height: 844 },
        ),
      )
    }
  })

  test('the reader marks each passage where it stands, and says why', async () => {
    await visit(base, async (page) => {
      const { report, events } = await ask(base, '/api/reports/raid-1')
      await page.goto('/reports/raid-1')
      await page.locator('.mark').first().waitFor()
      // The text is the report's, letter by letter.
      const text = await page.locator('.report').evaluate((node) => [...node.children].map((part) => part.textContent).join('\n'))
      assert.equal(text, report.text.split('\n').filter(Boolean).join('\n'))
      const letters = Array.from(report.text)
      for (const { coded } of events) {
        for (const { start, text } of coded.places) {
          if (start === undefined) continue
          const mark = page.locator(`.mark[data-start="${start}"]`)
          assert.equal(letters[start], (await mark.textContent())[0], text)
        }
      }
      const place = page.locator('.mark.place').first()
      await place.focus()
      const detail = page.getByRole('region', { name: 'معنى المقطع' })
      await detail.getByText('هجين، سوريا').first().waitFor()
      await detail.getByText('السبب:').first().waitFor()
      await detail.getByText(/الثقة/).first().waitFor()
      assert.equal(await page.locator('.report').getAttribute('dir'), 'rtl')
      const original = page.getByRole('link', { name: /النص الأصلي/ })
      assert.equal(await original.getAttribute('href'), 'https://example.org/raid-1')
      await page.getByRole('heading', { name: 'تقارير ذات صلة' }).waitFor()
      assert(await page.locator('#related ~ ul a[href="/reports/raid-3"]').count(), 'the reprint is related')
      await page.getByRole('link', { name: /إلى أعلى الصفحة/ }).click()
      assert.equal(await page.evaluate(() => scrollY), 0)
    })
  })

  test('search forgives spelling', async () => {
    await visit(base, async (page) => {
      await page.goto('/search')
      await page.getByRole('searchbox').fill('الغارات علي بلده هجين')
      await page.keyboard.press('Enter')
      await page.locator('a[href="/reports/raid-1"]').waitFor()
      assert.match(page.url(), /q=/)
    })
  })

  test('a view is saved, opened, shared and deleted', async () => {
    await visit(base, async (page) => {
      await page.goto('/search?country=SY')
      await page.getByText('حفظ المشهد', { exact: true }).click()
      await page.getByLabel('الاسم').fill('سوريا <b>')
      await page.getByRole('button', { name: 'حفظ', exact: true }).click()
      await page.getByText('حُفظ المشهد').waitFor()
      await page.goto('/views')
      const line = page.locator('li', { hasText: 'سوريا <b>' })
      assert.match(await line.getByRole('link', { name: 'تغذية' }).getAttribute('href'), /feed\.atom$/)
      await line.getByRole('button', { name: 'مشاركته مع غيري' }).click()
      await line.getByText('مشترك').waitFor()
      await line.getByRole('link', { name: 'سوريا <b>' }).click()
      await page.waitForURL(/\/\?country=SY/)
      await page.goto('/views')
      await line.getByRole('button', { name: /حذف/ }).click()
      await line.waitFor({ state: 'detached' })
    })
  })

  test('what is shown is exported in every format', async () => {
    await visit(base, async (page) => {
      await page.goto('/search?country=SY')
      await page.getByText('تصدير', { exact: true }).click()
      const links = await page.locator('.menu a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
      assert.equal(links.length, 6)
      for (const link of links) {
        assert.match(link, /country=SY/)
        const answer = await fetch(base + link)
        assert.equal(answer.status, 200, link)
        await answer.text()
      }
    })
  })
})
