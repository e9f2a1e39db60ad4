import { systemRuntime } from '@imrs/core'

import type { Simulator } from '../../simulator/index.ts'
import type { SimulatedDialect } from '../../simulator/index.ts'
import { listAt, textAt } from '../../simulator/wire.ts'
import { openAiEndpoint } from '../endpoint/open-ai-endpoint.ts'
import { AnswerReader } from '../reading.ts'
import type { ConformanceEndpoint } from '../subject.ts'

/** The endpoint cannot be asked. */
export class UnreachableEndpoint extends Error {
  override readonly name: string = 'UnreachableEndpoint'
}

/** What an endpoint turned out to call. */
export interface FoundUpstream {
  readonly dialect: SimulatedDialect
  readonly model: string
}

/**
 * The model to ask for: `auto` where it is listed, else the first.
 *
 * @throws UnreachableEndpoint when there is no list.
 */
export async function findModel(
  { baseUrl, apiKey }: Omit<ConformanceEndpoint, 'model'>,
  signal: AbortSignal,
): Promise<string> {
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  try {
    const response = await systemRuntime.fetch(`${baseUrl}/models`, { headers, signal })
    const rows = listAt(await response.json(), 'data')
    const ids = rows.flatMap((row) => textAt(row, 'id') ?? [])
    const [first] = ids
    if (first !== undefined) return ids.includes('auto') ? 'auto' : first
  } catch (error) {
    signal.throwIfAborted()
    throw new UnreachableEndpoint(`${baseUrl}/models could not be read: ${causeOf(error)}`, {
      cause: error,
    })
  }
  throw new UnreachableEndpoint(`${baseUrl}/models lists no model: say which by --model`)
}

/** Asks once, and looks whether the simulator was called for it. */
export async function findUpstream(
  endpoint: ConformanceEndpoint,
  simulator: Simulator,
  signal: AbortSignal,
): Promise<FoundUpstream | undefined> {
  const abort = new AbortController()
  const request = { prompt: 'Are you there?', tools: [], stream: true, allowEmpty: true }
  const either = AbortSignal.any([abort.signal, signal])
  await new AnswerReader(openAiEndpoint(endpoint).chat(request, { signal: either }), abort).toEnd()
  const call = simulator.calls.findLast(({ operation }) => operation === 'chat')
  const { dialect, model } = call ?? {}
  return dialect === undefined || model === undefined ? undefined : { dialect, model }
}

/** `fetch failed` says nothing; what lies behind it does. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
