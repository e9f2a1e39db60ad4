/** A process of its own that plays the providers: its heap and its time are not the router's. */
import process from 'node:process'

import { seededRandom } from '@imrs/core'
import { createGate, startSimulator } from '@imrs/testing/simulator'
import type { Behaviour, SimulatedCall, SimulatedFailureKind } from '@imrs/testing/simulator'

import type { CallSummary, ProvidersMessage, ProvidersRequest } from './soak-messages.ts'

const [seed = '1', faultShare = '0.3', capacity = '100000'] = process.argv.slice(2)

/** Those after which a model is soon asked again: a run in which all rest shows nothing. */
const FAILURES: readonly SimulatedFailureKind[] = ['overloaded', 'unavailable', 'server', 'timeout']

/** What a call suffers, decided by its number: the same run has the same faults. */
function faultOf({ number }: SimulatedCall): Behaviour {
  const random = seededRandom(Number(seed) * 1_000_003 + number)
  if (random() >= Number(faultShare)) return { type: 'normal' }
  const afterChunks = Math.floor(random() * 6)
  const faults: readonly Behaviour[] = [
    { type: 'fail', failure: FAILURES[Math.floor(random() * FAILURES.length)] ?? 'server' },
    {
      type: 'fail',
      failure: 'rate-limited',
      retryAfter: { form: 'milliseconds', delayMs: Math.floor(random() * 40) },
    },
    { type: 'status', status: 502, body: '<html>Bad Gateway</html>' },
    { type: 'disconnect' },
    { type: 'reset', afterChunks },
    { type: 'truncate', afterChunks },
    { type: 'stream-error', afterChunks },
    { type: 'malformed', afterChunks, form: 'cut-json' },
    { type: 'malformed', afterChunks, form: 'html' },
    { type: 'empty' },
    { type: 'success-with-error' },
    { type: 'respond', text: 'Cut off before it was ended', finish: 'none' },
    { type: 'framing', bytesPerWrite: 7 },
    // Few: each lasts as long as the caller's patience.
    ...(random() < 0.1
      ? [{ type: 'stall', stage: 'between-chunks', gate: createGate(), afterChunks } as const]
      : []),
  ]
  return faults[Math.floor(random() * faults.length)] ?? { type: 'normal' }
}

function toSummary(call: SimulatedCall): CallSummary {
  const marker = /marker-(\d+)/.exec(JSON.stringify(call.body))?.[1]
  return {
    number: call.number,
    marker: Number(marker ?? -1),
    provider: call.dialect ?? '',
    model: call.model ?? '',
    outcome: call.outcome,
    usageSent: call.usageSent,
  }
}

const simulator = await startSimulator({ seed: Number(seed), callCapacity: Number(capacity) })
simulator.always({}, faultOf)

process.on('message', async (request: ProvidersRequest) => {
  if (request === 'close') {
    await simulator.close()
    process.disconnect?.()
    return
  }
  const chats = simulator.calls.filter(({ operation }) => operation === 'chat')
  await Promise.all(chats.map(({ closed }) => closed))
  send({ type: 'calls', calls: chats.map(toSummary) })
})

function send(message: ProvidersMessage): void {
  process.send?.(message)
}

send({ type: 'ready', baseUrls: simulator.baseUrls, keys: simulator.keys })
