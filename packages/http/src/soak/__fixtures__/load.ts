import { Agent, request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

import { systemRuntime } from '@imrs/core'

import { DOOR_KEY } from '../../__fixtures__/served-door.ts'
import { HANGS } from './soak-door.ts'

/** Who asks how often, a second. */
export interface Load {
  readonly baseUrl: string
  readonly durationMs: number
  /** Clients that read their answers to the end, each at its time whether those before are answered or not. */
  readonly good: number
  /** Clients that leave in mid-stream. */
  readonly leaving: number
  /** Bodies that are wrong. */
  readonly malformed: number
  /** Connections open at once that never finish their headers. */
  readonly loris: number
}

/** What came of it. */
export interface LoadFigures {
  readonly sent: number
  readonly answered: number
  /** Milliseconds from when a good client was due to the end of its answer. */
  readonly latencies: readonly number[]
  readonly problems: readonly string[]
  readonly left: number
  readonly malformed: number
  /** Connections of the slow that the server cut. */
  readonly cut: number
}

type Counted = 'sent' | 'answered' | 'left' | 'malformed' | 'cut'

class Tally {
  readonly #counts: Record<Counted, number> = { sent: 0, answered: 0, left: 0, malformed: 0, cut: 0 }
  readonly latencies: number[] = []
  readonly problems: string[] = []

  /** Counts one more; gives how many there were before. */
  count(what: Counted): number {
    return this.#counts[what]++
  }

  get figures(): LoadFigures {
    return { ...this.#counts, latencies: this.latencies, problems: this.problems }
  }
}

const TICK_MS = 5
const WRONG_BODIES = ['{"messages": [', '{"messages": "Hello"}', '', '{"messages": [{"role": 7}]}']

/** Loads a door for a while; resolves when every answer has ended. */
export async function load(plan: Load): Promise<LoadFigures> {
  const tally = new Tally()
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const running = new Set<Promise<void>>()
  const run = (work: Promise<void>): void => {
    const noted = work.catch((error: unknown) => void tally.problems.push(String(error)))
    running.add(noted)
    void noted.finally(() => running.delete(noted))
  }
  const asker = { plan, agent, tally }
  const slow = Array.from({ length: plan.loris }, () => openLoris(plan, tally))
  const startedAt = systemRuntime.monotonic()
  const due = { good: 0, leaving: 0, malformed: 0 }
  for (let now = 0; now < plan.durationMs; now = systemRuntime.monotonic() - startedAt) {
    for (; due.good < (plan.good * now) / 1000; due.good += 1) {
      run(askWell(asker, startedAt + (due.good * 1000) / plan.good))
    }
    for (; due.leaving < (plan.leaving * now) / 1000; due.leaving += 1) run(askAndLeave(asker))
    for (; due.malformed < (plan.malformed * now) / 1000; due.malformed += 1) run(askWrong(asker))
    for (const client of slow) client.drip()
    await systemRuntime.sleep(TICK_MS)
  }
  await Promise.all(running)
  for (const client of slow) client.close()
  agent.destroy()
  return tally.figures
}

interface Asker {
  readonly plan: Load
  readonly agent: Agent
  readonly tally: Tally
}

function post({ plan, agent }: Asker, body: string): ClientRequest {
  const asked = request(`${plan.baseUrl}/chat/completions`, {
    agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${DOOR_KEY}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  })
  asked.end(body)
  return asked
}

function answerTo(asked: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.once('response', resolve)
    asked.once('error', reject)
  })
}

const bodyOf = (content: string): string =>
  JSON.stringify({ model: 'auto', stream: true, messages: [{ role: 'user', content }] })

async function askWell(asker: Asker, dueAt: number): Promise<void> {
  asker.tally.count('sent')
  const answer = await answerTo(post(asker, bodyOf('Count to five')))
  let text = ''
  for await (const data of answer) text += String(data)
  if (!text.endsWith('data: [DONE]\n\n')) {
    throw new Error(`${answer.statusCode} ${text.slice(0, 300)}`)
  }
  asker.tally.latencies.push(systemRuntime.monotonic() - dueAt)
  asker.tally.count('answered')
}

async function askAndLeave(asker: Asker): Promise<void> {
  const asked = post({ ...asker, agent: new Agent() }, bodyOf(`Say one word and ${HANGS}`))
  const answer = await answerTo(asked)
  answer.on('error', () => {})
  for await (const data of answer) if (String(data).includes('one')) break
  asked.destroy()
  asker.tally.count('left')
}

async function askWrong(asker: Asker): Promise<void> {
  const body = WRONG_BODIES[asker.tally.count('malformed') % WRONG_BODIES.length] ?? ''
  const answer = await answerTo(post(asker, body))
  answer.resume()
  if (answer.statusCode !== 400) throw new Error(`${body} was answered with ${answer.statusCode}`)
  if (!answer.readableEnded) await new Promise((resolve) => answer.once('close', resolve))
}

/** A client that sends a header that never ends, and comes again when it is cut. */
function openLoris({ baseUrl }: Load, tally: Tally): { drip(): void; close(): void } {
  const { port, hostname } = new URL(baseUrl)
  let isOver = false
  let socket: Socket
  const open = (): void => {
    socket = connect(Number(port), hostname, () => {
      socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    })
    socket.on('error', () => {})
    socket.on('data', () => {})
    socket.once('close', () => {
      if (isOver) return
      tally.count('cut')
      open()
    })
  }
  open()
  let drips = 0
  return {
    // One byte about every second.
    drip: () => {
      drips += 1
      if (drips % 200 === 0 && socket.writable) socket.write('x')
    },
    close: () => {
      isOver = true
      socket.destroy()
    },
  }
}
