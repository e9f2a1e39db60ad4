import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { variablesOf } from '@imrs/secrets'
import { expect, it, onTestFinished } from 'vitest'

it('answers offline, learns from a thumb, and ends by itself', { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quickstart-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const names = ['google', 'openai', 'openrouter'].flatMap(variablesOf)
  const noKeys = Object.fromEntries(names.map((name) => [name, '']))
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@imrs/source', join(import.meta.dirname, 'main.ts')],
    { env: { PATH: process.env['PATH'], ...noKeys, IMRS_DB: join(folder, 'imrs.db') } },
  )
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^No key found: a simulator answers\. Set one of .*OPENAI_API_KEY/)
  const answered = /Answered by (\S+) in \d+ ms\./.exec(stdout)?.[1]
  const next = /^After the thumb: Code: (\S+) with 0\.85 from priority 0\.50 and .*1 rating/m.exec(
    stdout,
  )?.[1]
  expect(answered).toMatch(/^(google|openai|openrouter)\//)
  expect(next).toBe(answered)
})
