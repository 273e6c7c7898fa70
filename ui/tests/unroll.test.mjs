// What crosses the 180th meridian is drawn on one side of it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import typescript from 'typescript'

const source = readFileSync(new URL('../src/map/unroll.ts', import.meta.url), 'utf8')
const options = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 }
const script = typescript.transpileModule(source, { compilerOptions: options }).outputText
const { unrolled } = await import(`data:text/javascript,${encodeURIComponent(script)}`)

test('an island on the meridian stays one island', () => {
  const island = { type: 'Polygon', coordinates: [[[179, 1], [-179, 1], [-179, -1], [179, -1], [179, 1]]] }
  assert.deepEqual(unrolled(island).coordinates, [[[179, 1], [181, 1], [181, -1], [179, -1], [179, 1]]])
})

test('land around a pole is closed through it', () => {
  const land = { type: 'Polygon', coordinates: [[[-170, -70], [-60, -70], [60, -70], [170, -70], [-170, -70]]] }
  assert.deepEqual(unrolled(land).coordinates[0].slice(-4), [[190, -70], [190, -90], [-170, -90], [-170, -70]])
})

test('a line elsewhere is left as it is', () => {
  const line = { type: 'LineString', coordinates: [[36, 33], [44, 33]] }
  assert.deepEqual(unrolled(line), line)
})
