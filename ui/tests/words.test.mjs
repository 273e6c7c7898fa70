// The two languages say the same things: every text in both, every plural form that Arabic has, every text that the pages ask for.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'

const source = new URL('../src/', import.meta.url)
const read = (path) => readFileSync(new URL(path, source), 'utf8')
const arabic = JSON.parse(read('i18n/ar.json'))
const english = JSON.parse(read('i18n/en.json'))

test('every text is in both languages', () => {
  assert.deepEqual(Object.keys(arabic), Object.keys(english))
})

test('plural forms are those of the language', () => {
  for (const [language, texts] of [['ar', arabic], ['en', english]]) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text !== 'string') assert.deepEqual(Object.keys(text).toSorted(), forms, `${language} ${key}`)
    }
  }
})

test('the same values stand in both', () => {
  const names = (text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].toSorted()
  for (const key of Object.keys(english)) assert.deepEqual(names(arabic[key]), names(english[key]), key)
})

test('texts that the pages ask for are there, and no other', () => {
  const files = readdirSync(source, { recursive: true }).filter((name) => /\.(svelte|ts)$/.test(name))
  const asked = new Set()
  const begun = new Set()
  for (const file of files) {
    const code = read(file)
    for (const [, key] of code.matchAll(/\bt(?:Or)?\('([^']+)'/g)) asked.add(key)
    for (const [, key] of code.matchAll(/\bt(?:Or)?\([^()`]*\? '([^']+)' : '[^']+'/g)) asked.add(key)
    for (const [, key] of code.matchAll(/\bt(?:Or)?\([^()`]* : '([^']+)'/g)) asked.add(key)
    for (const [, key] of code.matchAll(/\bt(?:Or)?\(`([^`$]+)\$\{/g)) begun.add(key)
  }
  for (const key of asked) assert(key in arabic, `no text for ${key}`)
  const unused = Object.keys(arabic).filter((key) => !asked.has(key) && ![...begun].some((start) => key.startsWith(start)))
  assert.deepEqual(unused, [])
})
