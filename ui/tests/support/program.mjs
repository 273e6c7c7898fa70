// The real program on archives made for a test; everything it leaves behind lies in one temporary folder.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const target = process.env.CARGO_TARGET_DIR ?? 'target'
export const program = process.env.MAYDANI ?? resolve(root, target, 'debug/maydani')
export const examples = join(root, 'examples/reports.jsonl')

assert(existsSync(program), `${program} is missing: run \`cargo build -p maydani\` first, or name it in MAYDANI`)

const folder = mkdtempSync(join(tmpdir(), 'maydani-ui-'))
let archives = 0

const maydani = (args, options = {}) => execFileSync(program, args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28, ...options })

/** A new archive that holds these reports (objects) and files. */
export function archive(reports, files = []) {
  const path = join(folder, `${++archives}.maydani`)
  const inputs = [...files]
  if (reports.length) {
    const made = join(folder, `${archives}.jsonl`)
    writeFileSync(made, reports.map((report) => JSON.stringify(report)).join('\n') + '\n')
    inputs.push(made)
  }
  maydani(['ingest', '--archive', path, ...inputs])
  return path
}

/** Adds somebody who may log in. */
export function addUser(path, name, role, password) {
  maydani(['user', 'add', name, '--role', role, '--archive', path], { input: `${password}\n` })
}

const servers = []

/** Serves an archive on a free port of loopback; answers with the address. */
export async function serve(path) {
  const child = spawn(program, ['serve', '--archive', path, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'] })
  servers.push(child)
  let said = ''
  return new Promise((done, failed) => {
    child.stderr.on('data', (text) => {
      said += text
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (address) done(address[0])
    })
    child.on('exit', (code) => failed(new Error(`maydani serve ended with ${code}: ${said}`)))
  })
}

/** Asks the server directly, as a program would. */
export async function ask(base, path, body) {
  const init = body ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}
  const answer = await fetch(base + path, init)
  assert(answer.ok, `${path}: ${answer.status} ${answer.ok ? '' : await answer.text()}`)
  return answer.json()
}

after(() => {
  for (const server of servers) {
    server.removeAllListeners('exit')
    server.kill()
  }
  rmSync(folder, { recursive: true, force: true })
})
