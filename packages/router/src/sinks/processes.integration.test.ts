import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

import { sqliteStore } from '@imrs/store-sqlite'
import { createGate, startSinkReceiver, withoutRepeats } from '@imrs/testing/simulator'
import type { SinkReceiver } from '@imrs/testing/simulator'
import { expect, it, onTestFinished } from 'vitest'

import { temporaryFolder } from '../__fixtures__/temporary-folder.ts'
import { WEBHOOK_KEY, answers, expectedOf, stage } from './__fixtures__/sink-stage.ts'

type Child = ChildProcessByStdio<Writable, Readable, null>

interface ChildOptions {
  readonly path: string
  readonly url: string
  readonly signals: number
  readonly ids: readonly string[]
}

function startDelivering({ path, url, signals, ids }: ChildOptions): Child {
  const script = join(import.meta.dirname, '__fixtures__', 'delivering-process.ts')
  const input = [path, url, WEBHOOK_KEY, String(signals), ...ids]
  const child = spawn(process.execPath, ['--conditions=@imrs/source', script, ...input], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function newFile(): Promise<string> {
  const path = join(await temporaryFolder(), 'imrs.db')
  const store = sqliteStore({ path })
  await store.migrate()
  await store.close()
  return path
}

async function receiver(): Promise<SinkReceiver> {
  const started = await startSinkReceiver({ kind: 'webhook', secret: WEBHOOK_KEY })
  onTestFinished(() => started.close())
  return started
}

async function expectComplete(
  path: string,
  { received }: SinkReceiver,
  ids: readonly string[],
): Promise<void> {
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  const byMessage = Map.groupBy(withoutRepeats(received), ({ id }) => id.slice(0, 36))
  for (const id of ids) {
    const expected = await expectedOf(store, id)
    expect(expected.length).toBeGreaterThan(0)
    expect(byMessage.get(id)?.map((record) => record.id)).toEqual(expected)
  }
}

it.each([1, 7, 20])(
  'a process that is killed at its delivery %d is taken over when its lease ends, and nothing is missing or out of order',
  async (killedAt) => {
    const path = await newFile()
    const sink = await receiver()
    const store = sqliteStore({ path })
    onTestFinished(() => store.close())
    const ids = await answers(store, 6)
    const gate = createGate()
    sink.decide(({ number }) => (number >= killedAt ? { type: 'hang', gate } : undefined))
    const child = startDelivering({ path, url: sink.url, signals: 4, ids })
    await Promise.all([once(child.stdout, 'data'), gate.reached])

    // Another process: it sees what waits, and that somebody else is at it.
    const other = await stage({ store, receiver: sink, start: Date.now() })
    const beganMs = other.runtime.now()
    const { length } = sink.requests
    await other.drive(() => other.runtime.now() >= beganMs + 20_000)
    expect(sink.requests).toHaveLength(length)

    child.kill('SIGKILL')
    await once(child, 'exit')
    sink.decide(undefined)
    gate.open()
    await other.drive(other.isEmpty)
    await expectComplete(path, sink, ids)
  },
  60_000,
)

it('two processes that record and deliver at once bring every record once, and each answer’s in order', async () => {
  const path = await newFile()
  const sink = await receiver()
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  const ids = await answers(store, 8)
  const options = { path, url: sink.url, signals: 12, ids }
  const children = [startDelivering(options), startDelivering(options)]
  await sink.until(() => sink.received.length >= 2 * 12 * 8)
  for (const child of children) child.stdin.end()
  const ends = await Promise.all(children.map((child) => once(child, 'exit')))
  expect(ends.map(([code]) => code as number)).toEqual([0, 0])
  expect(sink.received).toHaveLength(2 * 12 * 8)
  expect((await store.outbox.status([]))[0]?.pending ?? 0).toBe(0)
  await expectComplete(path, sink, ids)
}, 60_000)
