import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

import { systemRuntime } from '@imrs/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { imrs, newFolder, newProject, startImrs } from '../__fixtures__/imrs.ts'
import type { Ended } from '../__fixtures__/imrs.ts'
import { checkNode } from '../doctor/check-machine.ts'

const checks = z.object({
  checks: z.array(
    z.strictObject({
      name: z.string(),
      status: z.enum(['ok', 'warn', 'fail']),
      found: z.string(),
      advice: z.string().optional(),
    }),
  ),
})

type Found = Readonly<Record<string, string>>

/** Status by name. */
function statusesIn({ stdout }: Ended): Found {
  const found = checks.parse(JSON.parse(stdout)).checks
  return Object.fromEntries(found.map(({ name, status }) => [name, status]))
}

describe('imrs init', () => {
  it.each([
    [[], 'imrs.config.mjs'],
    [['--typescript'], 'imrs.config.ts'],
  ])(
    '%j writes %s, which other commands then work with',
    async (more, name) => {
      const folder = await newProject()
      const { code, stdout, stderr } = await imrs(['init', ...more], { folder })
      expect([code, stdout]).toEqual([0, `Wrote ${name}\n`])
      expect(stderr).toContain('imrs doctor')
      // A process of its own: the configuration finds the packages by itself.
      const given = ['providers', 'list', '--json', '--data', 'a.db']
      const list = await startImrs(given, { folder }).ended
      expect([list.code, list.stderr]).toEqual([0, ''])
      const { providers } = JSON.parse(list.stdout) as { providers: readonly { id: string }[] }
      expect(providers.map(({ id }) => id)).toEqual(['anthropic', 'google', 'openai', 'openrouter'])
      expect(list.stdout).toContain('OPENAI_API_KEY')
      const doctor = await startImrs(['doctor', '--json', '--data', 'a.db'], { folder }).ended
      expect(statusesIn(doctor)).toMatchObject({ 'key of openai': 'warn', providers: 'fail' })
      expect(doctor.stdout).toContain(name)
    },
    30_000,
  )

  it('never writes over a configuration', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'imrs.config.ts'), 'mine')
    const { code, stderr } = await imrs(['init'], { folder })
    expect([code, stderr]).toEqual([
      1,
      'imrs: There is imrs.config.ts already, and nothing was written.\n',
    ])
    expect(await readFile(join(folder, 'imrs.config.ts'), 'utf8')).toBe('mine')
  })
})

describe('a configuration', () => {
  it.each([
    ['export default 7', 'must export a function by default'],
    ['export default () => ({})', 'must export a function by default'],
    ['export default () => { throw new Error("no luck") }', 'failed: no luck'],
    ["import 'not-there'\nexport default () => ({})", 'Install it beside the configuration'],
  ])(
    '%j is refused with a sentence',
    async (text, message) => {
      const folder = await newProject()
      await writeFile(join(folder, 'imrs.config.mjs'), text)
      const { code, stderr } = await startImrs(['models'], { folder }).ended
      expect([code, stderr]).toEqual([1, expect.stringContaining(message)])
      expect(stderr).not.toMatch(/^ +at /m)
    },
    30_000,
  )

  it('must be there when it is named, and must be one', async () => {
    const folder = await newFolder()
    const none = await imrs(['models', '--config', 'x.mjs'], { folder })
    expect([none.code, none.stderr]).toEqual([2, 'imrs: --config: there is no file x.mjs\n'])
    await writeFile(join(folder, 'imrs.config.ts'), '')
    await writeFile(join(folder, 'imrs.config.js'), '')
    const two = await imrs(['models'], { folder })
    expect([two.code, two.stderr]).toEqual([2, expect.stringContaining('remove all but one')])
  })
})

describe('imrs doctor', () => {
  it('finds all well with a simulator, and changes nothing', async () => {
    const folder = await newFolder()
    const first = await imrs(['doctor', '--simulator', '--json'], { folder })
    expect(first.code).toBe(0)
    expect(statusesIn(first)).toMatchObject({
      Node: 'ok',
      configuration: 'ok',
      database: 'warn',
      'disk of the database': 'ok',
      'key of openai': 'ok',
      'provider openai': 'ok',
      clock: 'ok',
    })
    expect(first.stdout).toContain('it is made on first use')
    await writeFile(join(folder, 'imrs-simulator.db'), '')
    const empty = await imrs(['doctor', '--simulator'], { folder })
    expect(empty.stdout).toMatch(/^warn +database +sqlite:.* is empty +Nothing: it is filled/m)
    await imrs(['migrate', '--data', 'imrs-simulator.db'], { folder })
    const words = await imrs(['doctor', '--simulator'], { folder })
    expect(words.stdout).toMatch(/^ok +database +sqlite:.*, \d+ migrations$/m)
  })

  it('fails without a provider, with what to do', async () => {
    const none = await imrs(['doctor'], { folder: await newFolder() })
    expect(none.code).toBe(1)
    expect(none.stdout).toMatch(/^fail +providers +none +Set one of .*OPENAI_API_KEY/m)
    const folder = await newFolder()
    await writeFile(join(folder, 'a.db'), 'This is no database, but long enough to be read as one.')
    const broken = await imrs(['doctor', '--data', 'a.db', '--json'], { folder })
    expect([broken.code, statusesIn(broken)['database']]).toEqual([1, 'fail'])
    const config = await imrs(['doctor', '--config', 'none.mjs', '--json'], { folder })
    expect([config.code, statusesIn(config)['configuration']]).toEqual([1, 'fail'])
  })

  it('names keys by their variable and never shows them', async () => {
    const folder = await newFolder()
    // Nothing leaves this machine: whoever is asked refuses.
    const server = createServer((_request, response) => void response.writeHead(401).end('{}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const runtime = {
      ...systemRuntime,
      fetch: async (...[, init]: Parameters<typeof fetch>) =>
        systemRuntime.fetch(`http://127.0.0.1:${port}/`, { ...init }),
    }
    const environment = { OPENAI_API_KEY: 'sk-canary-openai' }
    const done = await imrs(['doctor', '--json'], { folder, environment, runtime })
    server.close()
    server.closeAllConnections()
    expect(done.code).toBe(1)
    expect(statusesIn(done)).toMatchObject({ 'key of openai': 'ok', 'provider openai': 'fail' })
    expect(done.stdout + done.stderr).not.toContain('canary')
  })

  it('sees a clock that is off', async () => {
    const hourAhead = { ...systemRuntime, now: () => systemRuntime.now() + 3_600_000 }
    const world = { folder: await newFolder(), runtime: hourAhead }
    const { code, stdout } = await imrs(['doctor', '--simulator'], world)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^fail +clock +3(?:599|600|601) s ahead of http/m)
  })

  it.each([
    ['22.17.9', 'fail'],
    ['22.18.0', 'ok'],
    ['26.1.0', 'ok'],
  ])('takes Node %s for %s', (version, status) => {
    expect(checkNode(version).status).toBe(status)
  })
})
