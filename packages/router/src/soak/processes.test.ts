import { join } from 'node:path'

import { it, onTestFinished } from 'vitest'

import { createDatabase, startPostgres } from '../../../../tooling/postgres/index.ts'
import { temporaryFolder } from '../__fixtures__/temporary-folder.ts'
import { expectProcesses } from './__fixtures__/processes/expect-processes.ts'

/** The short form of `processes.soak.test.ts`. */
const SHORT = {
  processes: 3,
  concurrency: 3,
  pauseMs: 5,
  kills: 2,
  killEveryMs: 500,
  changeEveryMs: 150,
  budget: 40,
  // Several processes start at the same time, on two cores.
  seenWithinMs: 2_500,
} as const

it('a short form of the soak: three processes on one SQLite file, two of them killed', async () => {
  const path = join(await temporaryFolder(), 'imrs.db')
  await expectProcesses({ ...SHORT, seed: 20_261_125, store: { kind: 'sqlite', path } })
}, 120_000)

it('a short form of the soak: three processes on one PostgreSQL, two of them killed', async () => {
  const server = await startPostgres()
  onTestFinished(server.stop)
  const { url } = await createDatabase(server.url)
  await expectProcesses({ ...SHORT, seed: 20_261_126, store: { kind: 'postgres', url } })
}, 120_000)
