import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { variablesOf } from '@imrs/secrets'
import { expect, it, onTestFinished } from 'vitest'

it(
  'streams through the AI SDK, offline, says who answered, and ends by itself',
  {
    timeout: 30_000,
  },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quickstart-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const names = ['google', 'openai', 'openrouter'].flatMap(variablesOf)
    const noKeys = Object.fromEntries(names.map((name) => [name, '']))
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@imrs/source', join(import.meta.dirname, 'with-the-ai-sdk.ts')],
      { env: { PATH: process.env['PATH'], ...noKeys, IMRS_DB: join(folder, 'imrs.db') } },
    )
    expect(stderr).toBe('')
    const [text, told] = stdout.split('\n\nAnswered by ')
    expect(text?.trim()).not.toBe('')
    expect(told).toMatch(/^(google|openai|openrouter)\/\S+ in \d+ ms: .+\n.+\n$/)
  },
)
