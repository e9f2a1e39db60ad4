import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { Client } from 'pg'
import { expect, it, onTestFinished } from 'vitest'

import { startPostgres } from './start-postgres.ts'

async function answer(url: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query('select 1 as one')
  await client.end()
  return rows
}

it('starts a server and ends it', async () => {
  const server = await startPostgres()
  expect(await answer(server.url)).toEqual([{ one: 1 }])
  await server.stop()
  if ((process.env['TEST_DATABASE_URL'] ?? '') === '') {
    await expect(answer(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  }
})

it('takes the server that TEST_DATABASE_URL names, and leaves it running', async () => {
  const server = await startPostgres()
  onTestFinished(server.stop)
  const before = process.env['TEST_DATABASE_URL']
  process.env['TEST_DATABASE_URL'] = server.url
  onTestFinished(() => {
    if (before === undefined) delete process.env['TEST_DATABASE_URL']
    else process.env['TEST_DATABASE_URL'] = before
  })
  const same = await startPostgres()
  expect(same.url).toBe(server.url)
  await same.stop()
  expect(await answer(server.url)).toEqual([{ one: 1 }])
})

it('leaves no server behind when the process that started it is killed', async () => {
  const script = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'start-postgres.ts'))}
    console.log((await startPostgres()).url)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TEST_DATABASE_URL: '' },
  })
  const [output] = (await once(parent.stdout, 'data')) as [Buffer]
  const url = output.toString().trim()
  expect(await answer(url)).toEqual([{ one: 1 }])
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await expect
    .poll(() => answer(url).catch((error: NodeJS.ErrnoException) => error.code), {
      timeout: 10_000,
    })
    .toBe('ECONNREFUSED')
}, 20_000)
