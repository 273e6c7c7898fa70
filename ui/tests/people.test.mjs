// Who may do what: login, roles, the users' page.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { accessible } from './support/axe.mjs'
import { visit } from './support/chromium.mjs'
import { addUser, archive, serve } from './support/program.mjs'
import { raid } from './support/reports.mjs'

const PASSWORD = 'a long enough password'
const REFUSED = /status of 40[13]/ // the browser tells of every refusal

async function login(page, name, password = PASSWORD) {
  await page.getByLabel('الاسم').fill(name)
  await page.getByLabel('كلمة المرور').fill(password)
  await page.getByRole('button', { name: 'دخول' }).click()
}

describe('people', () => {
  let base
  before(async () => {
    const path = archive(raid)
    addUser(path, 'amal', 'administrator', PASSWORD)
    addUser(path, 'rami', 'reviewer', PASSWORD)
    addUser(path, 'dina', 'reader', PASSWORD)
    base = await serve(path)
  })

  test('nobody reads without a login; a wrong password says so; the right one leads back', async () => {
    await visit(
      base,
      async (page) => {
        await page.goto('/reports/raid-1?event=x')
        await page.waitForURL(/\/login\?to=/)
        assert.equal(await page.locator('.report').count(), 0)
        await accessible(page, 'login')
        await login(page, 'dina', 'not the password')
        await page.getByRole('alert').waitFor()
        await login(page, 'dina')
        await page.waitForURL(/\/reports\/raid-1/)
        await page.locator('.report').waitFor()
      },
      { expected: REFUSED },
    )
  })

  test('another site is not led to after login', async () => {
    await visit(
      base,
      async (page) => {
        await page.goto('/login?to=//example.org/')
        await login(page, 'dina')
        await page.waitForURL(`${base}/`)
      },
      { expected: REFUSED },
    )
  })

  test('a reader reads, a reviewer decides, an administrator sees to users', async () => {
    const as = (name, work) =>
      visit(
        base,
        async (page) => {
          await page.goto('/login?to=/review')
          await login(page, name)
          await page.waitForURL(/\/review/)
          await page.locator('#now').waitFor()
          await work(page)
        },
        { expected: REFUSED },
      )
    await as('dina', async (page) => {
      await page.getByText('لك أن تقرأ').waitFor()
      assert.equal(await page.getByRole('button', { name: /قبول/ }).count(), 0)
      const status = await page.evaluate(async () => (await fetch('/api/decisions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"kind":"accept","events":["raid-1#x"]}' })).status)
      assert.equal(status, 403)
      assert.equal(await page.getByRole('link', { name: 'المستخدمون' }).count(), 0)
    })
    await as('rami', async (page) => {
      await page.keyboard.press('a')
      await page.getByRole('status').getByText('قُبل').waitFor()
      assert.equal(await page.getByRole('link', { name: 'المستخدمون' }).count(), 0)
      await page.goto('/decisions')
      await page.getByText('rami').first().waitFor()
    })
    await as('amal', async (page) => {
      await page.getByRole('link', { name: 'المستخدمون' }).click()
      await page.locator('table th', { hasText: 'dina' }).waitFor()
      await accessible(page, 'users')
      await page.getByLabel('الاسم').fill('sami')
      await page.getByLabel('كلمة المرور').fill('short')
      await page.locator('form button.primary').click()
      assert.equal(await page.locator('table th', { hasText: 'sami' }).count(), 0, 'a short password is not taken')
      await page.getByLabel('كلمة المرور').fill(PASSWORD)
      await page.locator('form button.primary').click()
      await page.locator('table th', { hasText: 'sami' }).waitFor()
      await page.getByLabel('دور sami').selectOption('reviewer')
      await page.getByRole('status').getByText('حُفظ').waitFor()
      await page.getByRole('button', { name: 'حذف sami' }).click()
      await page.locator('table th', { hasText: 'sami' }).waitFor({ state: 'detached' })
    })
  })

  test('a token is made, shown once and deleted; logout ends the session', async () => {
    await visit(
      base,
      async (page) => {
        await page.goto('/login?to=/account')
        await login(page, 'dina')
        await page.waitForURL(/\/account/)
        await page.getByLabel('اسم الرمز').fill('notebook')
        await page.getByRole('button', { name: 'إنشاء رمز' }).click()
        const token = await page.locator('code', { hasText: /^mdn_/ }).textContent()
        const answer = await fetch(`${base}/api/overview`, { headers: { Authorization: `Bearer ${token}` } })
        assert.equal(answer.status, 200)
        await accessible(page, 'account')
        await page.reload()
        await page.getByText('notebook').waitFor()
        assert.equal(await page.getByText(token).count(), 0)
        await page.getByRole('button', { name: 'حذف' }).click()
        await page.getByText('notebook').waitFor({ state: 'detached' })
        await page.getByRole('button', { name: 'خروج' }).click()
        await page.waitForURL(/\/login/)
        assert.equal(await page.evaluate(async () => (await fetch('/api/overview')).status), 401)
      },
      { expected: REFUSED },
    )
  })
})
