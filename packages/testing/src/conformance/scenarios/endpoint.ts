import { systemRuntime } from '@imrs/core'

import { openAiEndpoint, postChat } from '../endpoint/open-ai-endpoint.ts'
import { readEvents } from '../endpoint/read-events.ts'
import { NotShowable, must, mustBeAmong, mustEqual, shown } from '../expectations.ts'
import { AnswerReader } from '../reading.ts'
import type { Reading } from '../reading.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { mustEnd, scenario } from '../shapes.ts'
import type { ScenarioFacts } from '../shapes.ts'
import type { Stage } from '../stage.ts'

const http = (
  facts: Omit<ScenarioFacts, 'group' | 'needs'>,
  run: (stage: Stage) => Promise<void>,
): ConformanceScenario => scenario({ ...facts, group: 'endpoint', needs: ['http'] }, run)

const messages = [{ role: 'user', content: 'Count from one to twenty, in words' }]

function post(stage: Stage, body: unknown, apiKey = stage.endpoint.apiKey): Promise<Response> {
  const endpoint = { ...stage.endpoint, apiKey }
  return postChat({ endpoint, fetch: systemRuntime.fetch, signal: stage.signal }, body)
}

function ask(stage: Stage, prompt: string): AnswerReader {
  const abort = new AbortController()
  const request = { prompt, tools: [], stream: true, allowEmpty: false }
  const signal = AbortSignal.any([abort.signal, stage.signal])
  return new AnswerReader(openAiEndpoint(stage.endpoint).chat(request, { signal }), abort)
}

function mustEndWell(reading: Reading): void {
  mustEnd(reading)
  must(reading.text.trim() !== '', 'the answer is empty')
}

/** The chunks of a stream; the mark at its end is `[DONE]`. */
async function chunksOf(stage: Stage, body: object): Promise<readonly Chunk[]> {
  const response = await post(stage, {
    model: stage.endpoint.model,
    messages,
    stream: true,
    ...body,
  })
  mustEqual(response.status, 200, 'the status')
  must(response.body !== null, 'the answer has no body')
  const chunks: Chunk[] = []
  for await (const { data } of readEvents(response.body)) {
    chunks.push(data === '[DONE]' ? 'done' : (JSON.parse(data) as ChunkObject))
  }
  return chunks
}

interface ChunkObject {
  readonly object?: unknown
  readonly id?: unknown
  readonly choices?: readonly { readonly finish_reason?: unknown; readonly delta?: unknown }[]
  readonly usage?: { readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown } | null
}
type Chunk = ChunkObject | 'done'

const objectsOf = (chunks: readonly Chunk[]): readonly ChunkObject[] =>
  chunks.filter((chunk) => chunk !== 'done')

/** A refusal in the form of OpenAI: one of these statuses, and `error.message` as JSON. */
async function mustRefuse(response: Response, statuses: readonly number[]): Promise<string> {
  const text = await response.text()
  mustBeAmong(response.status, statuses, `the status, with ${shown(text)}`)
  const body = JSON.parse(text) as { readonly error?: { readonly message?: unknown } }
  const message = body.error?.message
  must(typeof message === 'string' && message !== '', `no \`error.message\` in ${shown(text)}`)
  return text
}

const streams: readonly ConformanceScenario[] = [
  http(
    { id: 'http-stream', title: 'A stream is server-sent events of chunks with one id' },
    async (stage) => {
      const chunks = objectsOf(await chunksOf(stage, {}))
      must(chunks.length > 1, 'the answer is not streamed')
      for (const { object } of chunks) mustEqual(object, 'chat.completion.chunk', '`object`')
      mustEqual(new Set(chunks.map(({ id }) => id)).size, 1, 'how many ids the chunks have')
    },
  ),
  http({ id: 'http-content-type', title: 'A stream is labelled as one' }, async (stage) => {
    const response = await post(stage, { model: stage.endpoint.model, messages, stream: true })
    const type = response.headers.get('content-type') ?? ''
    await response.text()
    must(type.startsWith('text/event-stream'), `the content type is ${type}`)
  }),
  http(
    { id: 'http-one-finish', title: 'A stream has one finish reason, behind all text' },
    async (stage) => {
      const choices = objectsOf(await chunksOf(stage, {})).flatMap((chunk) => chunk.choices ?? [])
      const reasons = choices.map((choice) => choice.finish_reason ?? null)
      mustEqual(reasons.filter((reason) => reason !== null).length, 1, 'how many finish reasons')
      must(reasons.at(-1) !== null, 'text comes behind the finish reason')
    },
  ),
  http({ id: 'http-done', title: 'A stream ends with `[DONE]`, once' }, async (stage) => {
    const chunks = await chunksOf(stage, {})
    mustEqual(chunks.indexOf('done'), chunks.length - 1, 'where `[DONE]` stands')
  }),
  http({ id: 'http-usage', title: 'Usage comes when it is asked for' }, async (stage) => {
    const chunks = objectsOf(await chunksOf(stage, { stream_options: { include_usage: true } }))
    const usage = chunks.findLast((chunk) => (chunk.usage ?? null) !== null)?.usage
    must(Number(usage?.prompt_tokens) > 0, `the usage is ${shown(usage)}`)
    must(Number(usage?.completion_tokens) > 0, `the usage is ${shown(usage)}`)
  }),
  http(
    { id: 'http-whole', title: 'An answer that is not streamed is one JSON object' },
    async (stage) => {
      const response = await post(stage, { model: stage.endpoint.model, messages })
      mustEqual(response.status, 200, 'the status')
      const body = (await response.json()) as {
        readonly object?: unknown
        readonly usage?: { readonly total_tokens?: unknown }
        readonly choices?: readonly {
          readonly finish_reason?: unknown
          readonly message?: { readonly role?: unknown; readonly content?: unknown }
        }[]
      }
      mustEqual(body.object, 'chat.completion', '`object`')
      const [choice] = body.choices ?? []
      mustEqual(choice?.message?.role, 'assistant', 'the role')
      const content = choice?.message?.content ?? ''
      must(typeof content === 'string' && content !== '', 'the answer is empty')
      must(typeof choice?.finish_reason === 'string', 'there is no finish reason')
      must(Number(body.usage?.total_tokens) > 0, 'there is no usage')
    },
  ),
]

const refusals: readonly ConformanceScenario[] = [
  http(
    { id: 'http-unknown-model', title: 'A model that there is not is refused, by its name' },
    async (stage) => {
      const model = 'no-such/model-93817'
      const text = await mustRefuse(await post(stage, { model, messages }), [400, 404])
      must(text.includes(model), `the refusal does not name the model: ${shown(text)}`)
    },
  ),
  http({ id: 'http-malformed-json', title: 'A body that is no JSON is a 400' }, async (stage) => {
    await mustRefuse(await post(stage, '{"model": "x", "messages": ['), [400])
  }),
  http({ id: 'http-empty-body', title: 'A request without a body is a 400' }, async (stage) => {
    await mustRefuse(await post(stage, ''), [400])
  }),
  http(
    { id: 'http-no-messages', title: 'A request without messages is refused' },
    async (stage) => {
      const { model } = stage.endpoint
      await mustRefuse(await post(stage, { model, messages: [] }), [400, 422])
      await mustRefuse(await post(stage, { model }), [400, 422])
    },
  ),
  http(
    { id: 'http-wrong-types', title: 'A request with fields of a wrong type is refused' },
    async (stage) => {
      const { model } = stage.endpoint
      await mustRefuse(await post(stage, { model, messages: 'Hello' }), [400, 422])
      await mustRefuse(await post(stage, { model, messages: [{ role: 7 }] }), [400, 422])
    },
  ),
  http(
    { id: 'http-wrong-key', title: 'A wrong key is refused, and not repeated' },
    async (stage) => {
      if (stage.endpoint.apiKey === undefined)
        throw new NotShowable('the endpoint was given no key')
      const wrong = 'sk-wrong-4f9aQ7rT2mXw8LkZc3Vb6NyH1sDe5GuP'
      const body = { model: stage.endpoint.model, messages }
      const text = await mustRefuse(await post(stage, body, wrong), [401, 403])
      must(!text.includes(wrong), 'the refusal repeats the whole key')
    },
  ),
]

const robust: readonly ConformanceScenario[] = [
  http(
    { id: 'http-abort', title: 'After a caller left in mid-stream the next is answered' },
    async (stage) => {
      for (let count = 0; count < 3; count += 1) {
        const reader = ask(stage, 'Write a long story about a river')
        must(await reader.untilVisible(), 'nothing was shown')
        await reader.leave()
      }
      mustEndWell(await ask(stage, 'Count to three').toEnd())
    },
  ),
  http(
    { id: 'http-many-at-once', title: 'Ten requests at once get ten answers' },
    async (stage) => {
      const numbers = Array.from({ length: 10 }, (_, index) => index)
      const readings = await Promise.all(
        numbers.map((number) => ask(stage, `Write a sentence about the number ${number}`).toEnd()),
      )
      for (const reading of readings) mustEndWell(reading)
    },
  ),
  http(
    { id: 'http-large-prompt', title: 'A large prompt is answered, or refused as too long' },
    async (stage) => {
      const content = `${'lorem ipsum dolor '.repeat(11_000)}What is this?`
      const body = { model: stage.endpoint.model, messages: [{ role: 'user', content }] }
      const response = await post(stage, body)
      if (response.ok) await response.text()
      else await mustRefuse(response, [400, 413, 422])
    },
  ),
  http({ id: 'http-unicode', title: 'A prompt in any script is answered' }, async (stage) => {
    mustEndWell(await ask(stage, 'Grüße — 日本語 — العربية — 🙂👩‍👩‍👧: what are these?').toEnd())
  }),
]

export const ENDPOINT_SCENARIOS: readonly ConformanceScenario[] = [
  ...streams,
  ...refusals,
  ...robust,
]
