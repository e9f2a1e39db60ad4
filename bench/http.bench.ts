import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'

import type { BenchResult } from './bench-result.ts'
import { startChild } from './chat/child-process.ts'
import { quantile } from './chat/quantile.ts'
import { PIECE, PIECES, openRouter } from './http/bench-router.ts'

const ROUNDS = 600
const WARM_UP = 200

interface Contender {
  readonly name: string
  /** Gives how many pieces of text came. */
  readonly call: () => Promise<number>
}

/**
 * What the door costs: the same answers of a model that answers at once, from the router in process,
 * through both chat endpoints, and from a bare server that writes as many frames. One at a time, the
 * contenders taking turns.
 */
export async function bench(): Promise<BenchResult[]> {
  const file = new URL('http/door-process.ts', import.meta.url)
  const { child, message } = await startChild(file)
  const urls = message as { readonly door: string; readonly bare: string }
  const router = await openRouter()
  const agent = new Agent({ keepAlive: true })
  try {
    const results: BenchResult[] = []
    for (const pieces of PIECES) {
      const model = `fake/pieces-${pieces}`
      const contenders: readonly Contender[] = [
        {
          name: 'router.chat, in process',
          call: async () => {
            const { parts } = await router.chat({ model, userId: 'u', messages: MESSAGES })
            let count = 0
            for await (const part of parts) if (part.type === 'text-delta') count += 1
            return count
          },
        },
        { name: 'bare node:http', call: () => post(agent, `${urls.bare}/`, model) },
        { name: 'POST /api/chat', call: () => post(agent, `${urls.door}/api/chat`, model) },
        {
          name: 'POST /v1/chat/completions',
          call: () => post(agent, `${urls.door}/v1/chat/completions`, model),
        },
      ]
      results.push(...(await raced(contenders, pieces)))
    }
    return results
  } finally {
    agent.destroy()
    await router.close()
    await child.stop()
  }
}

const MESSAGES = [{ role: 'user', content: 'Count to five' }] as const

async function raced(contenders: readonly Contender[], pieces: number): Promise<BenchResult[]> {
  const samples = contenders.map((): number[] => [])
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [index, { name, call }] of contenders.entries()) {
      const start = performance.now()
      const came = await call()
      const tookUs = (performance.now() - start) * 1000
      if (came !== pieces) throw new Error(`${name} gave ${came} pieces in place of ${pieces}`)
      if (round >= 0) samples[index]?.push(tookUs)
    }
  }
  const bare = quantile(samples[1] ?? [], 0.5)
  return contenders.map(({ name }, index) => {
    const times = samples[index] ?? []
    const p50 = quantile(times, 0.5)
    const note = `${(p50 / bare).toFixed(1)} times bare`
    return {
      name: `${name}, ${pieces} pieces`,
      unit: 'µs',
      p50,
      p99: quantile(times, 0.99),
      samples: ROUNDS,
      note,
    }
  })
}

async function post(agent: Agent, url: string, model: string): Promise<number> {
  const body = JSON.stringify({ model, messages: MESSAGES, stream: true })
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, {
      agent,
      method: 'POST',
      headers: {
        authorization: 'Bearer bench',
        'content-type': 'application/json',
        'content-length': body.length,
      },
    })
    asked.once('response', resolve)
    asked.once('error', reject)
    asked.end(body)
  })
  let text = ''
  for await (const data of answer) text += String(data)
  return text.split(`":"${PIECE}"`).length - 1
}
