import { join } from 'node:path'

import { it, onTestFinished } from 'vitest'

import { createDatabase, startPostgres } from '../../../../tooling/postgres/index.ts'
import { temporaryFolder } from '../__fixtures__/temporary-folder.ts'
import { expectProcesses } from './__fixtures__/processes/expect-processes.ts'

const WHOLE = {
  processes: 8,
  concurrency: 8,
  pauseMs: 200,
  kills: 11,
  killEveryMs: 5_000,
  changeEveryMs: 500,
  budget: 500,
  seenWithinMs: 1_000,
  onFigures: (figures: string) => void process.stdout.write(`${figures}\n`),
} as const

it('eight processes on one SQLite file for a minute, one killed every five seconds', async () => {
  const path = join(await temporaryFolder(), 'imrs.db')
  await expectProcesses({ ...WHOLE, seed: 20_261_127, store: { kind: 'sqlite', path } })
})

it('eight processes on one PostgreSQL for a minute, one killed every five seconds', async () => {
  const server = await startPostgres()
  onTestFinished(server.stop)
  const { url } = await createDatabase(server.url)
  await expectProcesses({ ...WHOLE, seed: 20_261_128, store: { kind: 'postgres', url } })
})
