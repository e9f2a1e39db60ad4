import type { MessageRecord, OutboxClaimRequest } from '@imrs/core'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

import type { SqliteDatabase } from './options.ts'
import { sqliteStore } from './sqlite-store.ts'

const asked: OutboxClaimRequest = {
  sink: 'webhook',
  holder: 'worker-1',
  atMs: 1_000,
  leaseMs: 60_000,
  limit: 64,
}

function message(id: string): MessageRecord {
  return {
    id,
    tenantId: 't',
    agentId: 'a',
    userId: 'u',
    role: 'assistant',
    model: 'p/m',
    metadata: {},
    createdAtMs: 0,
    taskType: 'code',
    creditedTaskType: 'code',
    toolsUsed: [],
  }
}

function feedback(id: string) {
  return {
    id: `event-${id}`,
    tenantId: 't',
    messageId: id,
    userId: 'u',
    feedbackType: 'explicit',
    ratingMilli: 500,
    atMs: 0,
  } as const
}

it('has a signal and its entry together, or neither', async () => {
  const database = new Database(':memory:')
  const store = sqliteStore({ database })
  onTestFinished(() => void database.close())
  await store.migrate()
  await store.ledger.append({ decisions: [], attempts: [], messages: [message('m1')] })
  database.exec(
    `create trigger refuse before insert on outbox begin select raise(abort, 'full'); end`,
  )
  const sinks = ['webhook']
  await expect(store.feedback.record(feedback('m1'), { sinks })).rejects.toMatchObject({
    name: 'ImrsError',
  })
  const key = { tenantId: 't', messageId: 'm1' }
  expect(await store.feedback.listEvents(key)).toEqual([])
  expect((await store.ledger.getMessage(key))?.ratingMilli).toBeUndefined()
  // Without a sink nothing is written there.
  expect((await store.feedback.record(feedback('m1'))).kind).toBe('recorded')
  database.exec('drop trigger refuse')
  await store.feedback.record({ ...feedback('m1'), id: 'event-2' }, { sinks })
  expect(await store.feedback.listEvents(key)).toHaveLength(2)
  expect((await store.outbox.status([]))[0]?.pending).toBe(1)
})

it('finds what is due by indexes, and writes nothing while nothing is', async () => {
  const database = new Database(':memory:')
  onTestFinished(() => void database.close())
  const read: { readonly sql: string; readonly parameters: unknown[] }[] = []
  const written: string[] = []
  const recorded: SqliteDatabase = {
    get inTransaction() {
      return database.inTransaction
    },
    prepare: (sql) => {
      const statement = database.prepare(sql)
      return {
        reader: statement.reader,
        all: (...parameters) => {
          read.push({ sql, parameters })
          return statement.all(...parameters)
        },
        run: (...parameters) => {
          written.push(sql)
          return statement.run(...parameters)
        },
      }
    },
    close: () => database.close(),
  }
  const store = sqliteStore({ database: recorded })
  await store.migrate()
  written.length = 0
  read.length = 0
  expect(await store.outbox.claim(asked)).toEqual({ kind: 'idle' })
  expect(written).toEqual([])
  const plans = read
    .filter(({ sql }) => sql.includes('"outbox"'))
    .map(({ sql, parameters }) =>
      database
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...parameters)
        .map(({ detail }) => detail)
        .join('\n'),
    )
  expect(plans).toHaveLength(2)
  expect(plans[0]).toMatch(/SEARCH o USING INDEX ix_outbox_due \(topic=\? AND available_at<\?\)/)
  expect(plans[0]).toMatch(/SEARCH earlier USING COVERING INDEX ix_outbox_key/)
  expect(plans[0]).not.toMatch(/TEMP B-TREE|SCAN/)
  expect(plans[1]).toMatch(/ix_outbox_due/)
})
