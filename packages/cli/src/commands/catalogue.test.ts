import { modelSchema } from '@imrs/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { imrs, newFolder, terminal } from '../__fixtures__/imrs.ts'
import type { Ended } from '../__fixtures__/imrs.ts'
import { runCommandLine } from '../run-command-line.ts'

async function simulated(...parameters: string[]): Promise<Ended> {
  return imrs([...parameters, '--simulator'], { folder: await newFolder() })
}

const providerList = z.object({
  providers: z.array(
    z.strictObject({
      id: z.string(),
      displayName: z.string(),
      providerType: z.string(),
      apiBase: z.url(),
      isActive: z.boolean(),
      origin: z.enum(['code', 'api']),
      lastSyncedAtMs: z.number(),
      models: z.number(),
      hasCredential: z.boolean(),
    }),
  ),
})

describe('imrs providers', () => {
  it('list names them, their models and whether the key is there', async () => {
    const { code, stdout, stderr } = await simulated('providers', 'list')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^id +type +models +active +key +list read +from\n/)
    expect(stdout).toMatch(/^openai +openai +6 +yes +there +\d{4}-\d\d-\d\d \d\d:\d\d +code$/m)
    expect(stdout).not.toContain('sk-')
  })

  it('list gives one JSON object', async () => {
    const { stdout } = await simulated('providers', 'list', '--json')
    const { providers } = providerList.parse(JSON.parse(stdout))
    expect(providers.map(({ id }) => id)).toEqual(['anthropic', 'google', 'openai', 'openrouter'])
    expect(providers.every(({ hasCredential }) => hasCredential)).toBe(true)
  })

  it('list has those of the environment, by their keys', async () => {
    const folder = await newFolder()
    const none = await imrs(['providers', 'list', '--json'], { folder })
    expect(JSON.parse(none.stdout)).toEqual({ providers: [] })
  })

  it('test asks each, and fails for one that does not answer', async () => {
    const folder = await newFolder()
    const all = await imrs(['providers', 'test', '--simulator'], { folder })
    expect(all.code).toBe(0)
    expect(all.stdout.match(/ ok /g)).toHaveLength(4)
    const one = await imrs(['providers', 'test', 'google', '--simulator', '--json'], { folder })
    expect(JSON.parse(one.stdout)).toEqual({
      providers: [{ id: 'google', ok: true, durationMs: expect.any(Number) }],
    })
    const add = ['providers', 'add', 'nobody', '--api-base', 'http://127.0.0.1:9/v1']
    const added = await imrs([...add, '--private-network', '--untried', '--simulator'], { folder })
    expect(added).toMatchObject({
      code: 0,
      stdout: 'Added nobody. Read them with: imrs sync nobody\n',
    })
    const failed = await imrs(['providers', 'test', 'nobody', '--simulator'], { folder })
    expect(failed.code).toBe(1)
    expect(failed.stdout).toMatch(/^nobody +failed +\d+ +\S/m)
  })

  it('add refuses what does not answer, and says how to add it all the same', async () => {
    const folder = await newFolder()
    const add = ['providers', 'add', 'nobody', '--api-base', 'http://127.0.0.1:9/v1']
    const { code, stderr } = await imrs([...add, '--private-network', '--simulator'], { folder })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^imrs: nobody does not answer, and nothing was added: .*--untried/)
    const inside = await imrs([...add, '--simulator'], { folder })
    expect(inside).toMatchObject({ code: 1, stderr: expect.stringMatching(/private|address/) })
  })

  it('add puts a key from the standard input into the secret store and shows it nowhere', async () => {
    const folder = await newFolder()
    const key = 'sk-canary-1234567890'
    const add = ['providers', 'add', 'mine', '--api-base', 'https://proxy.example/v1', '--untried']
    const world = { folder, stdin: `${key}\n` }
    const { code, stdout, stderr } = await imrs([...add, '--key-stdin', '--simulator'], world)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('Added mine')
    expect(stdout).not.toContain(key)
    const none = await imrs([...add, '--key-stdin', '--simulator'], { folder })
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no key') })
    // Without a configuration keys come from the environment alone.
    const plain = await imrs([...add.with(2, 'other'), '--key-stdin'], world)
    expect(plain).toMatchObject({ code: 1, stderr: expect.stringContaining('OTHER_API_KEY') })
  })

  it('add asks for a key at a terminal without showing it', async () => {
    const key = 'sk-canary-1234567890'
    const stdin = terminal()
    const said: string[] = []
    const screen = terminal()
    screen.on('data', (text: Buffer) => {
      said.push(text.toString())
      if (text.toString().startsWith('Key')) stdin.write(`${key}\r`)
    })
    const add = ['providers', 'add', 'mine', '--api-base', 'https://proxy.example/v1', '--untried']
    const code = await runCommandLine({
      parameters: [...add, '--key-stdin', '--simulator'],
      folder: await newFolder(),
      environment: {},
      stdin,
      stdout: screen,
      stderr: screen,
    })
    expect(code).toBe(0)
    expect(said.join('')).toContain('Key (it is not shown): ')
    expect(said.join('')).toContain('Added mine')
    expect(said.join('')).not.toContain('canary')
  })

  it('add takes no key as an argument, and does not repeat it', async () => {
    const folder = await newFolder()
    const add = ['providers', 'add', 'x', '--api-base', 'https://a.example', '--api-key=sk-canary']
    const { code, stdout, stderr } = await imrs(add, { folder })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain("unknown option '--api-key'")
    expect(stderr).toContain('--key-stdin')
    expect(stderr).not.toContain('sk-canary')
  })
})

describe('imrs sync', () => {
  it('reads every list', async () => {
    const { code, stdout } = await simulated('sync')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^provider +discovered +added +updated +removed +unreadable/)
    expect(stdout).toMatch(/^google +6 +0 +\d+ +0 +0 +–$/m)
  })

  it('draws a bar on a terminal, and none with NO_COLOR or --json', async () => {
    const folder = await newFolder()
    const live = { folder, isTerminal: true, environment: { TERM: 'xterm' } }
    expect((await imrs(['sync', '--simulator'], live)).stderr).toMatch(/\[#*\.*\] \d+ % providers/)
    const quiet = { ...live, environment: { TERM: 'xterm', NO_COLOR: '1' } }
    const plain = await imrs(['sync', '--simulator'], quiet)
    expect([plain.stderr, plain.stdout.includes('\u001B')]).toEqual(['', false])
    expect((await imrs(['sync', '--simulator', '--json'], live)).stderr).toBe('')
  })

  it('fails for a provider there is not, naming those there are', async () => {
    const { code, stderr } = await simulated('sync', 'nobody')
    expect(code).toBe(1)
    expect(stderr).toContain('openrouter')
    const none = await imrs(['sync'], { folder: await newFolder() })
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('OPENAI_API_KEY') })
  })
})

describe('imrs models', () => {
  it('lists a page, sorted and filtered', async () => {
    const list = ['--provider', 'openai,google', '--sort', 'inputPrice', '--desc', '--available']
    const { code, stdout } = await simulated('models', ...list, '--limit', '4', '--json')
    expect(code).toBe(0)
    const page = z
      .object({ models: z.array(modelSchema), nextCursor: z.string().optional() })
      .parse(JSON.parse(stdout))
    expect(page.models).toHaveLength(4)
    expect(page.models.every(({ isAvailable }) => isAvailable)).toBe(true)
    const prices = page.models.map(({ pricing }) => Number(pricing.input))
    expect(prices).toEqual(prices.toSorted((a, b) => b - a))
    expect(new Set(page.models.map(({ providerId }) => providerId)).has('openrouter')).toBe(false)
  })

  it('gives the next page by its cursor, and totals by page', async () => {
    const folder = await newFolder()
    const read = async (...more: string[]): Promise<Ended> =>
      imrs(['models', '--simulator', '--limit', '3', ...more], { folder })
    const first = await read()
    const cursor = /^More: --cursor (\S+)$/m.exec(first.stderr)?.[1] ?? ''
    const second = await read('--cursor', cursor)
    expect(second.code).toBe(0)
    expect(second.stdout.split('\n')[1]).not.toBe(first.stdout.split('\n')[1])
    expect((await read('--page', '1')).stderr).toMatch(/^\d\d in all$/m)
  })

  it('says so when there is none, and gives JSON all the same', async () => {
    const none = await simulated('models', 'nosuchmodel')
    expect([none.code, none.stderr]).toEqual([
      0,
      'No model fits. `imrs providers list` says where models come from.\n',
    ])
    const { stdout } = await simulated('models', 'nosuchmodel', '--json')
    expect(JSON.parse(stdout)).toEqual({ models: [] })
  })

  it('finds by words', async () => {
    const { stdout } = await simulated('models', 'haiku', '--json')
    const { models } = JSON.parse(stdout) as { models: readonly { id: string }[] }
    expect(models.length).toBeGreaterThan(0)
    expect(models.every(({ id }) => id.includes('haiku'))).toBe(true)
  })

  it.each([
    [['--limit', '0'], '--limit takes a whole number from 1 to 200, got "0"'],
    [['--sort', 'taste'], '--sort takes id, displayName'],
    [['--tier', 'royal'], '--tier takes'],
    [['--cursor', 'x'], 'cursor'],
    [['--data', 'a.db', '--database', 'sqlite:b.db'], 'exclude each other'],
    [['--database', 'mysql://x'], '--database must be sqlite:<file>'],
    [['--database', 'postgres://u:canary@h/d'], 'everybody on this machine can see it'],
    [['--database', 'env:NOT_SET'], 'environment variable that is not set'],
    [['--data', 'postgres://h/d'], 'give the address to --database'],
  ])('refuses %j with 2', async (parameters, message) => {
    const { code, stdout, stderr } = await imrs(['models', ...parameters], {
      folder: await newFolder(),
    })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('canary')
    expect(stderr).not.toMatch(/^ +at /m)
  })
})

describe('imrs agents', () => {
  it('enables by name, disables by filter, and lists what is left', async () => {
    const folder = await newFolder()
    const run = async (...parameters: string[]): Promise<Ended> =>
      imrs(['agents', ...parameters, '--agent', 'a1', '--simulator'], { folder })
    expect((await run('enable', '--all')).stdout).toMatch(/^Enabled by rule \S+\n$/)
    expect((await run('disable', '--provider', 'openai')).code).toBe(0)
    const named = await run('enable', 'openai/gpt-4o', '--priority', '90')
    expect(named.stdout).toBe('Enabled openai/gpt-4o\n')
    const { usable, rules, models } = JSON.parse((await run('list', '--json')).stdout) as {
      usable: readonly { id: string }[]
      rules: readonly unknown[]
      models: readonly object[]
    }
    const ofOpenAi = usable.filter(({ id }) => id.startsWith('openai/'))
    expect(ofOpenAi.map(({ id }) => id)).toEqual(['openai/gpt-4o'])
    expect(rules).toHaveLength(2)
    expect(models).toMatchObject([{ modelId: 'openai/gpt-4o', priorityOverride: 90 }])
    const list = await run('list')
    expect(list.stdout).toMatch(/^openai\/gpt-4o +chat/m)
    expect(list.stderr).toMatch(/usable models; said by name of 1, by rule 2 times/)
    expect((await run('disable', 'openai/gpt-4o')).code).toBe(0)
    expect((await run('list')).stdout).not.toContain('openai/gpt-4o ')
  })

  it('refuses names beside filters, neither, and models there are not', async () => {
    expect((await simulated('agents', 'enable')).code).toBe(2)
    expect((await simulated('agents', 'enable', 'x', '--all')).code).toBe(2)
    const unknown = await simulated('agents', 'enable', 'gpt-9')
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('gpt-9') })
  })
})
