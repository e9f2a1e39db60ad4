import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { systemRuntime } from '@imrs/core'
import type { BudgetRule, MessageRecord, Store } from '@imrs/core'
import { openai } from '@imrs/providers'
import { adaptive, createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { MIGRATION_NAMES, TABLES, copyStore, migrateStore } from '@imrs/store-kysely'
import type { CopiedTable } from '@imrs/store-kysely'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'
import { memoryStore } from '@imrs/testing/host'
import { simulatedModel, startSimulator } from '@imrs/testing/simulator'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { madeRows } from '../packages/store-kysely/src/__fixtures__/made-rows.ts'
import { writeRows } from '../packages/store-kysely/src/__fixtures__/store-tables.ts'
import { createDatabase, startPostgres } from './postgres/index.ts'
import type { TestPostgres } from './postgres/index.ts'

let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-copy-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'imrs.db')
}

async function newDatabase(): Promise<string> {
  const database = await createDatabase(server.url)
  onTestFinished(database.drop)
  return database.url
}

function closing(store: Store): Store {
  onTestFinished(() => store.close())
  return store
}

const openSqlite = (): Store => closing(sqliteStore({ path: newFile() }))
const openPostgres = async (): Promise<Store> =>
  closing(postgresStore({ connectionString: await newDatabase() }))

async function filled(store: Store): Promise<Store> {
  await store.migrate()
  for (const [name, definition] of Object.entries(TABLES)) {
    await writeRows(store, { name, definition }, madeRows(name, definition))
  }
  return store
}

const messageOf = (id: string): MessageRecord => ({
  id,
  tenantId: 't',
  agentId: 'a',
  role: 'assistant',
  model: 'p/m',
  content: 'An answer. '.repeat(20),
  metadata: { b: 1.5, a: [1e21, 'é', null], '10': true },
  createdAtMs: Date.UTC(2026, 0, 1),
  taskType: 'code',
  creditedTaskType: 'code',
  toolsUsed: ['x'],
})

async function withMessages(store: Store, count: number): Promise<Store> {
  await store.migrate()
  for (let start = 0; start < count; start += 500) {
    const messages = Array.from({ length: 500 }, () => messageOf(systemRuntime.newId()))
    await store.ledger.append({ decisions: [], attempts: [], messages })
  }
  return store
}

describe('rows of every table', { timeout: 60_000 }, () => {
  it('are the same after every way from one kind of store to another', async () => {
    const first = await filled(openSqlite())
    const ways = [openPostgres(), openPostgres(), openSqlite(), openSqlite()]
    let from = first
    let sums: readonly CopiedTable[] | undefined
    for (const opening of ways) {
      const to = await opening
      const copied = await copyStore({ from, to })
      sums ??= copied
      expect(copied).toEqual(sums)
      expect(copied.map(({ name, rows }) => [name, rows])).toEqual(
        Object.keys(TABLES).map((name) => [name, 3]),
      )
      from = to
    }
    // Days, weeks and months have the same made-up rows.
    expect(new Set(sums?.map(({ checksum }) => checksum)).size).toBeGreaterThan(25)
  })

  it('are read to the last where pages end in the middle of a tenant or an agent', async () => {
    const name = 'experience_users'
    const definition = TABLES[name]
    const [sample] = definition === undefined ? [] : madeRows(name, definition)
    if (definition === undefined || sample === undefined) throw new Error(`There is no ${name}`)
    const from = openSqlite()
    await from.migrate()
    // 1, 7, 14, 21 … rows of an agent, and a first page of 250 rows.
    const rows = ['t1', 't2', 't3'].flatMap((tenant) =>
      Array.from({ length: 12 }, (_, agent) =>
        Array.from({ length: Math.max(1, agent * 7) }, (__, user) => ({
          ...sample,
          tenant_id: tenant,
          agent_id: `a${agent}`,
          user_id: `u${user}`,
        })),
      ).flat(),
    )
    await writeRows(from, { name, definition }, rows)
    const [there, back] = [await openPostgres(), openSqlite()]
    for (const copied of [
      await copyStore({ from, to: there }),
      await copyStore({ from: there, to: back }),
    ]) {
      expect(copied.find((table) => table.name === name)?.rows).toBe(rows.length)
    }
  })

  it('say why answers were rated, as they did before', async () => {
    const from = await withMessages(openSqlite(), 500)
    const sent = { ...messageOf(systemRuntime.newId()), userId: 'u' }
    await from.ledger.append({ decisions: [], attempts: [], messages: [sent] })
    const reasons = ['incorrect', 'slow'] as const
    await from.feedback.record({
      id: systemRuntime.newId(),
      tenantId: sent.tenantId,
      messageId: sent.id,
      userId: sent.userId,
      feedbackType: 'explicit',
      ratingMilli: 0,
      reasons,
      atMs: systemRuntime.now(),
    })
    const [first, second] = [await openPostgres(), openSqlite()]
    await copyStore({ from, to: first })
    await copyStore({ from: first, to: second })
    const query = { tenantId: sent.tenantId, fromMs: 0, toMs: systemRuntime.now() + 1 }
    for (const store of [from, first, second]) {
      const sums = await store.performance.sumReasons(query)
      expect(sums.map(({ reason, good, bad }) => `${reason} ${good}/${bad}`).toSorted()).toEqual([
        'incorrect 0/1',
        'slow 0/1',
      ])
      const events = await store.feedback.listEvents({ ...query, messageId: sent.id })
      expect(events.map((event) => event.reasons)).toEqual([reasons])
    }
  })

  it('get new numbers behind those that were given', async () => {
    const from = await filled(openSqlite())
    const to = await openPostgres()
    await copyStore({ from, to })
    const agent = { tenantId: 't0', agentId: 'agent' }
    await to.agentModels.put([{ ...agent, modelId: 'p/x', isEnabled: true, enabledAtMs: 0 }])
    const [newest] = await to.audit.list({ limit: 1 })
    expect(newest?.seq).toBe(4)
  })
})

describe('a copy', { timeout: 60_000 }, () => {
  it('is told of, table by table, and can be made again without writing', async () => {
    const from = await withMessages(openSqlite(), 2_000)
    const to = await openPostgres()
    const told: string[] = []
    const first = await copyStore({
      from,
      to,
      onProgress: ({ phase, table, rows, total }) =>
        told.push(`${phase} ${table} ${rows}/${total}`),
    })
    expect(told).toContain('copy messages 250/2000')
    expect(told).toContain('copy messages 2000/2000')
    expect(told).toContain('verify messages 4000/4000')
    expect(await copyStore({ from, to })).toEqual(first)
  })

  it('goes on after an abort where it was', async () => {
    const from = await withMessages(openSqlite(), 2_000)
    const to = await openPostgres()
    const stop = new AbortController()
    const aborted = copyStore({
      from,
      to,
      signal: stop.signal,
      onProgress: ({ rows }) => rows >= 750 && stop.abort(new Error('enough')),
    })
    await expect(aborted).rejects.toThrow('enough')
    const rows: number[] = []
    const copied = await copyStore({
      from,
      to,
      onProgress: ({ phase, table, rows: now }) => {
        if (phase === 'copy' && table === 'messages') rows.push(now)
      },
    })
    expect(rows[0]).toBeGreaterThan(750)
    expect(copied.find(({ name }) => name === 'messages')?.rows).toBe(2_000)
  })

  it.each([1, 4, 9])('goes on after it was killed at page %i', async (pages) => {
    const [path, url] = [newFile(), await newDatabase()]
    const from = closing(sqliteStore({ path }))
    await withMessages(from, 5_000)
    const script = join(import.meta.dirname, 'copy', 'copy-until-killed.ts')
    const given = [script, path, url, String(pages)]
    const child = spawn(process.execPath, ['--conditions=@imrs/source', ...given], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
    const to = closing(postgresStore({ connectionString: url }))
    const copied = await copyStore({ from, to })
    expect(copied.find(({ name }) => name === 'messages')?.rows).toBe(5_000)
  })

  it('is made by one of two that begin at the same time', async () => {
    const from = await withMessages(openSqlite(), 1_000)
    const url = await newDatabase()
    const targets = [1, 2].map(() => closing(postgresStore({ connectionString: url })))
    const outcomes = await Promise.allSettled(targets.map((to) => copyStore({ from, to })))
    const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(refused).toMatchObject([
      { code: 'store-not-empty', message: expect.stringContaining('Another process') as string },
    ])
  })

  it('refuses a target that has rows of its own', async () => {
    const from = await filled(openSqlite())
    const to = await filled(await openPostgres())
    const refused = {
      code: 'store-not-empty',
      message: expect.stringMatching(/messages/) as string,
    }
    await expect(copyStore({ from, to })).rejects.toMatchObject(refused)
  })

  it('refuses a source of an older version, and a store it cannot look into', async () => {
    const from = openSqlite()
    await migrateStore(from, { to: MIGRATION_NAMES.at(-2) })
    await expect(copyStore({ from, to: openSqlite() })).rejects.toMatchObject({
      code: 'schema-outdated',
      message: expect.stringContaining(MIGRATION_NAMES.at(-1) ?? '') as string,
    })
    await expect(copyStore({ from: memoryStore(), to: openSqlite() })).rejects.toThrow('`from`')
  })

  it('says which tables were written in the source meanwhile', async () => {
    const from = await withMessages(openSqlite(), 1_000)
    const to = openSqlite()
    let late: Promise<void> | undefined
    const copying = copyStore({
      from,
      to,
      onProgress: ({ phase }) => {
        if (phase === 'verify') return
        late ??= from.ledger.append({
          decisions: [],
          attempts: [],
          // Sorts before all that were copied.
          messages: [messageOf('00000000-0000-7000-8000-000000000000')],
        })
      },
    })
    await expect(copying).rejects.toMatchObject({
      code: 'copy-differs',
      message: expect.stringMatching(
        /source was written.*: messages \(1000 rows copied, 1001 now\)/,
      ) as string,
    })
    await late
  })

  it('does not touch a target that is used already', async () => {
    const from = await filled(openSqlite())
    const to = openSqlite()
    await copyStore({ from, to })
    await to.ledger.append({ decisions: [], attempts: [], messages: [messageOf('x')] })
    await expect(copyStore({ from, to })).rejects.toMatchObject({
      code: 'copy-differs',
      message: expect.stringMatching(/target .*messages \(3 rows copied, 4 now\)/) as string,
    })
    expect(await to.ledger.getMessage({ tenantId: 't', messageId: 'x' })).toBeDefined()
  })

  it('finds out that a table has as many rows, and other ones', async () => {
    const from = openSqlite()
    await from.migrate()
    const rule: BudgetRule = {
      tenantId: 't',
      id: 'r',
      scope: 'tenant',
      subject: 't',
      unit: 'requests',
      period: 'day',
      limit: 1,
      createdAtMs: 0,
      updatedAtMs: 0,
    }
    await from.budgets.put(rule)
    const to = openSqlite()
    await copyStore({ from, to })
    await to.budgets.put({ ...rule, limit: 2 })
    await expect(copyStore({ from, to })).rejects.toMatchObject({
      code: 'copy-differs',
      message: expect.stringMatching(/target .*budgets \(1 rows copied, 1 now\)/) as string,
    })
  })

  it('puts answers into the partitions of their months', async () => {
    const from = openSqlite()
    await from.migrate()
    const month = Date.now() - 70 * 86_400_000
    const hex = month.toString(16).padStart(12, '0')
    const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
    await from.ledger.append({ decisions: [], attempts: [], messages: [messageOf(id)] })
    const url = await newDatabase()
    await copyStore({ from, to: closing(postgresStore({ connectionString: url })) })
    const client = new Client({ connectionString: url })
    await client.connect()
    onTestFinished(() => client.end())
    const { rows } = await client.query('select tableoid::regclass::text as name from messages')
    const suffix = new Date(month).toISOString().slice(0, 7).replace('-', '_')
    expect(rows).toEqual([{ name: `messages_${suffix}` }])
  })
})

it('is a command, with a line for each table', { timeout: 60_000 }, async () => {
  const [path, url] = [newFile(), await newDatabase()]
  await withMessages(closing(sqliteStore({ path })), 500)
  const script = join(import.meta.dirname, 'copy.ts')
  const given = ['--from', `sqlite:${path}`, '--to', 'env:COPY_TARGET']
  const child = spawn(process.execPath, ['--conditions=@imrs/source', script, ...given], {
    env: { ...process.env, COPY_TARGET: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = await text(child.stdout)
  expect(output.trimEnd().split('\n')).toHaveLength(Object.keys(TABLES).length)
  expect(output).toMatch(/^[0-9a-f]{32} +500 {2}messages$/m)
})

describe('a store in use', { timeout: 60_000 }, () => {
  it('is moved, and a router goes on with it as with the old one', async () => {
    const simulator = await startSimulator({
      models: ['main', 'spare'].map((id) => simulatedModel({ dialect: 'openai', id })),
    })
    onTestFinished(() => simulator.close())
    const open = async (store: Store): Promise<Router> =>
      createRouter({
        store,
        secrets: memorySecrets(simulator.keys),
        providers: [openai({ apiBase: simulator.baseUrls.openai })],
        unconfiguredAgents: 'all',
        strategy: adaptive(),
        storeContent: true,
      })
    const path = newFile()
    const before = await open(sqliteStore({ path }))
    const answers = await useRouter(before)
    const old = await factsOf(before, answers)
    await before.close()

    const url = await newDatabase()
    const [from, to] = [sqliteStore({ path }), postgresStore({ connectionString: url })]
    await copyStore({ from, to })
    await from.close()
    const after = await open(to)
    onTestFinished(() => after.close())
    expect(await factsOf(after, answers)).toEqual(old)
    const messageId = answers.at(-1)?.messageId ?? ''
    const changed = await after.feedback({ messageId, userId: 'u1', signal: 'thumbs-down' })
    expect(changed.changed).toBe(true)
    const { decisionId } = await askRouter(after)
    expect((await after.explain(decisionId)).attempts).toHaveLength(1)
    expect((await after.experience.verify()).differenceCount).toBe(0)
  })
})

interface Asked {
  readonly messageId: string
  readonly decisionId: string
}

async function askRouter(router: Router): Promise<Asked> {
  const content = 'Write a Python function that sorts a list'
  const messages = [{ role: 'user', content }] as const
  const answer = await router.chat({ userId: 'u1', model: 'auto', messages })
  for await (const part of answer.parts) if (part.type === 'error') throw new Error('No answer')
  return { messageId: answer.messageId, decisionId: answer.decision.id }
}

async function useRouter(router: Router): Promise<readonly Asked[]> {
  await router.budgets.set({
    id: 'day',
    scope: 'tenant',
    unit: 'tokens',
    period: 'day',
    limit: 1e9,
  })
  await router.presets.set({ id: 'mine', models: { modelIds: ['openai/main'] } })
  await router.preferences.set({ userId: 'u1', model: 'openai/main' })
  const answers: Asked[] = []
  for (let turn = 0; turn < 12; turn += 1) {
    const asked = await askRouter(router)
    answers.push(asked)
    if (turn % 3 !== 2) {
      const signal = turn % 2 === 0 ? 'thumbs-up' : 'thumbs-down'
      await router.feedback({ messageId: asked.messageId, userId: 'u1', signal })
    }
  }
  return answers
}

/** What users see of a router's memory. */
async function factsOf(router: Router, answers: readonly Asked[]): Promise<unknown> {
  const verified = await router.experience.verify()
  expect(verified).toMatchObject({ events: 8, differenceCount: 0 })
  const explained = await Promise.all(answers.map(({ decisionId }) => router.explain(decisionId)))
  return {
    verified,
    explained,
    report: await router.performance.report(),
    usage: await router.budgets.usage(),
    presets: await router.presets.list(),
    preference: await router.preferences.get({ userId: 'u1' }),
    audit: await router.audit.list(),
  }
}
