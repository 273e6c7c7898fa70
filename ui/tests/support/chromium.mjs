// Real Chromium. A page that throws, that breaks its Content-Security-Policy or that opens a dialog fails its test.
import assert from 'node:assert/strict'
import { after } from 'node:test'
import { chromium } from 'playwright-core'

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

let launched
export const browser = () => (launched ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS }))

after(async () => (await launched)?.close())

/** Opens a page, does the work, and looks at what went wrong meanwhile. `expected`: console errors that belong to the test. */
export async function visit(base, work, { language = 'ar', theme = 'light', width = 1280, height = 800, expected = /$^/, cookies } = {}) {
  const context = await (await browser()).newContext({ viewport: { width, height }, colorScheme: theme, baseURL: base, reducedMotion: 'reduce', acceptDownloads: true })
  if (cookies) await context.addCookies(cookies)
  await context.addInitScript(
    ([language, theme]) => {
      // Only the first page: a reader's own choice must last.
      if (localStorage.getItem('maydani.language')) return
      localStorage.setItem('maydani.language', language)
      localStorage.setItem('maydani.theme', theme)
    },
    [language, theme],
  )
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const faults = []
  page.on('pageerror', (error) => faults.push(`threw: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && !expected.test(message.text()) && faults.push(message.text()))
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  try {
    const result = await work(page)
    assert.deepEqual(faults, [], 'the page had faults')
    return result
  } catch (error) {
    if (process.env.MAYDANI_PICTURE) await page.screenshot({ path: process.env.MAYDANI_PICTURE })
    if (faults.length) error.message += `\nfaults of the page: ${faults.join('\n')}`
    throw error
  } finally {
    await context.close()
  }
}

/** Waits until the map shows its incidents. */
export const drawn = (page) => page.waitForSelector('.map[data-drawn]', { timeout: 30_000 })
