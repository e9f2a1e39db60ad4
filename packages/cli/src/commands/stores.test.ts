import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { MIGRATION_NAMES, TABLES } from '@imrs/store-kysely'
import { describe, expect, it } from 'vitest'

import { imrs, newFolder } from '../__fixtures__/imrs.ts'
import type { Ended } from '../__fixtures__/imrs.ts'

describe('imrs migrate', () => {
  it('says what it would do, does it, and finds it done', async () => {
    const folder = await newFolder()
    const run = async (...more: string[]): Promise<Ended> =>
      imrs(['migrate', '--data', 'a.db', ...more], { folder })
    const before = await run('--status')
    expect(before.code).toBe(0)
    expect(before.stdout.match(/^ {2}pending {2}\d{4}-/gm)).toHaveLength(MIGRATION_NAMES.length)
    expect(existsSync(join(folder, 'a.db'))).toBe(false)
    const applied = JSON.parse((await run('--json')).stdout) as { applied: readonly string[] }
    expect(applied.applied).toEqual(MIGRATION_NAMES)
    expect((await run()).stdout).toMatch(/^sqlite:.*a\.db is up to date\n$/)
    const after = JSON.parse((await run('--dry-run', '--json')).stdout) as object
    expect(after).toMatchObject({ applied: MIGRATION_NAMES, pending: [], unknown: [] })
  })

  it('says what cannot be a database', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'a.db'), 'This is no database, but long enough to be read as one.')
    const { code, stderr } = await imrs(['migrate', '--data', 'a.db'], { folder })
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^imrs: .*imrs doctor/)])
  })
})

describe('imrs copy', () => {
  it('copies a store, with a line for each table, and never into a filled one', async () => {
    const folder = await newFolder()
    await imrs(['chat', '--simulator', '--data', 'a.db', 'hello'], { folder })
    const copy = ['copy', '--from', 'sqlite:a.db', '--to', 'sqlite:b.db']
    const { code, stdout, stderr } = await imrs(copy, { folder })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.trimEnd().split('\n')).toHaveLength(Object.keys(TABLES).length)
    expect(stdout).toMatch(/^[0-9a-f]{32} +1 {2}messages$/m)
    const again = await imrs([...copy, '--json'], { folder })
    const { tables } = JSON.parse(again.stdout) as { tables: readonly object[] }
    expect(tables).toContainEqual(expect.objectContaining({ name: 'messages', rows: 1 }))
    await imrs(['chat', '--simulator', '--data', 'c.db', 'hello'], { folder })
    const filled = await imrs(copy.with(-1, 'sqlite:c.db'), { folder })
    expect(filled).toMatchObject({ code: 1, stdout: '' })
  })

  it('does not make the database it is to copy from', async () => {
    const folder = await newFolder()
    const copy = ['copy', '--from', 'sqlite:typo.db', '--to', 'sqlite:b.db']
    const { code, stderr } = await imrs(copy, { folder })
    expect([code, stderr]).toEqual([
      1,
      `imrs: There is no database sqlite:${join(folder, 'typo.db')} to copy from.\n`,
    ])
    expect(await readdir(folder)).toEqual([])
  })

  it('shows where it is on a terminal', async () => {
    const folder = await newFolder()
    await imrs(['chat', '--simulator', '--data', 'a.db', 'hello'], { folder })
    const copy = ['copy', '--from', 'sqlite:a.db', '--to', 'file:to.txt']
    await writeFile(join(folder, 'to.txt'), 'sqlite:b.db\n')
    const { stderr } = await imrs(copy, { folder, isTerminal: true })
    expect(stderr).toMatch(/comparing \w+: \d+ of \d+/)
  })

  it.each([
    [['copy'], '--from and --to are needed'],
    [['copy', '--from', 'a.db', '--to', 'sqlite:b.db'], '--from must be sqlite:<file>'],
    [['copy', '--from', 'file:none', '--to', 'sqlite:b.db'], 'cannot be read'],
  ])('refuses %j with 2', async (parameters, message) => {
    const { code, stderr } = await imrs(parameters, { folder: await newFolder() })
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })
})

describe('imrs import', () => {
  const config = `
model_list:
  - model_name: smart
    litellm_params: { model: openai/my-tuned-model, api_key: sk-canary }
  - model_name: cheap
    litellm_params: { model: nobody/x }
router_settings:
  model_group_alias: { best: smart }
`
  it('says what it would do, and does it with --apply', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'config.yaml'), config)
    const run = async (...more: string[]): Promise<Ended> =>
      imrs(['import', 'config.yaml', '--format', 'litellm', '--simulator', ...more], { folder })
    const dry = await run('--enable-for', 'a1')
    expect(dry.code).toBe(0)
    expect(dry.stdout).toMatch(/^add +openai\/my-tuned-model$/m)
    expect(dry.stdout).toMatch(/^alias +best is openai\/my-tuned-model$/m)
    expect(dry.stdout).toMatch(/^agent +a1: openai\/my-tuned-model enabled$/m)
    expect(dry.stdout).toMatch(/^missing +provider nobody, for 1 model: /m)
    expect(dry.stdout).toContain('2 of 3 rows can be used')
    expect(dry.stderr).toBe('Nothing was changed. Do it with --apply.\n')
    expect(dry.stdout).not.toContain('canary')
    const find = async (): Promise<Ended> =>
      imrs(['models', 'tuned', '--simulator', '--json'], { folder })
    expect(JSON.parse((await find()).stdout)).toMatchObject({ models: [] })
    const done = await run('--apply', '--json')
    expect(JSON.parse(done.stdout)).toMatchObject({ result: { added: 1 } })
    expect(done.stdout).not.toContain('canary')
    expect(JSON.parse((await find()).stdout)).toMatchObject({
      models: [{ id: 'openai/my-tuned-model', origin: 'manual' }],
    })
  })

  it('reads a table from a pipe', async () => {
    const rows = [{ provider: 'openai', model_name: 'tiny', priority: 10 }]
    const { code, stdout } = await imrs(['import', '-', '--format', 'model-table', '--simulator'], {
      folder: await newFolder(),
      stdin: JSON.stringify(rows),
    })
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^add +openai\/tiny$/m)])
  })

  it('says what is wrong with the file, and shows nothing of it', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'a.yaml'), 'key: sk-canary: :\n  - {')
    const given = ['--format', 'litellm', '--simulator']
    const broken = await imrs(['import', 'a.yaml', ...given], { folder })
    expect([broken.code, broken.stderr]).toEqual([
      1,
      expect.stringMatching(/a\.yaml is neither JSON nor YAML, at line 1/),
    ])
    expect(broken.stderr).not.toContain('canary')
    const none = await imrs(['import', 'none.yaml', ...given], { folder })
    expect([none.code, none.stderr]).toEqual([1, expect.stringMatching(/ENOENT.*Look at the path/)])
    expect((await imrs(['import', 'a.yaml', '--simulator'], { folder })).code).toBe(2)
  })
})
