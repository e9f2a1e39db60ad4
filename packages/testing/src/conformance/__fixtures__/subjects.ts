import type { Simulator } from '../../simulator/index.ts'
import { openAiEndpoint } from '../index.ts'
import type {
  ConformanceAbility,
  ConformanceCandidate,
  ConformancePart,
  ConformanceSubject,
  SubjectUnderTest,
} from '../index.ts'

type Chat = ConformanceSubject['chat']

const chatOf =
  (subject: ConformanceSubject): Chat =>
  (...asked) =>
    subject.chat(...asked)

/** A careful reader that asks the provider itself, with nothing between them. */
export function directSubject(
  change: (chat: Chat, candidate: ConformanceCandidate) => Chat = (chat) => chat,
  abilities: readonly ConformanceAbility[] = ['faults'],
): SubjectUnderTest {
  return {
    name: 'a careful reader',
    dialect: 'openai',
    abilities,
    make: async ({ candidates }) => {
      const [candidate] = candidates
      if (candidate === undefined) throw new TypeError('There is no candidate')
      return { chat: change(chatOf(openAiEndpoint(candidate)), candidate) }
    },
  }
}

/** A running subject in front of one provider: asks `models` in order until one shows something. */
export function failoverSubject(
  simulator: Simulator,
  models: readonly [string, ...string[]],
): SubjectUnderTest {
  const { baseUrls, keys } = simulator
  const chats = models.map((model) =>
    chatOf(openAiEndpoint({ baseUrl: baseUrls.openai, apiKey: keys.openai, model })),
  )
  return {
    ...directSubject(undefined, ['faults', 'failover']),
    upstream: { simulator, model: models[0] },
    make: async () => ({
      chat: async function* (...asked) {
        let failure: ConformancePart = { type: 'error', message: 'There was nobody to ask' }
        for (const chat of chats) {
          const iterator = chat(...asked)[Symbol.asyncIterator]()
          const first = await untilShown(iterator)
          if (first.type !== 'error') {
            yield first
            yield* { [Symbol.asyncIterator]: () => iterator }
            return
          }
          failure = first
        }
        yield failure
      },
    }),
  }
}

/** The first part that shows something; an error where nothing does. */
async function untilShown(iterator: AsyncIterator<ConformancePart>): Promise<ConformancePart> {
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    const part = next.value
    if (part.type === 'error' || part.type === 'tool-call') return part
    if (part.type === 'text' && part.text.trim() !== '') return part
  }
  return { type: 'error', message: 'It was empty' }
}

/** Lets each part through, or something else in its place. */
function mapped(toParts: (part: ConformancePart) => readonly ConformancePart[]): SubjectUnderTest {
  return directSubject((chat) => async function* (request, options) {
    for await (const part of chat(request, options)) yield* toParts(part)
  })
}

const STOP = { type: 'end', finishReason: 'stop' } as const

/** A `fetch` whose streams are changed on their way. */
function withStream(
  change: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): SubjectUnderTest {
  const fetch: typeof globalThis.fetch = async (...sent) => {
    const response = await globalThis.fetch(...sent)
    if (!response.ok || response.body === null) return response
    const body = ReadableStream.from(change(response.body)) as ReadableStream<Uint8Array>
    return new Response(body, { headers: response.headers })
  }
  return directSubject((_, candidate) => chatOf(openAiEndpoint({ ...candidate, fetch })))
}

/** Takes a stream that was cut for a whole one. */
const cutIsEnd = (): SubjectUnderTest =>
  directSubject((chat) => async function* (request, options) {
    let hasText = false
    for await (const part of chat(request, options)) {
      hasText ||= part.type === 'text'
      yield part.type === 'error' && hasText ? STOP : part
    }
  })

/** Asks again when it breaks, and goes on with what comes. */
const repeats = (): SubjectUnderTest =>
  directSubject((chat) => async function* (request, options) {
    for await (const part of chat(request, options)) {
      if (part.type !== 'error') yield part
      else yield* chat(request, options)
    }
  })

/** Reads on in the background whatever the caller does. */
const ignoresAborts = (): SubjectUnderTest =>
  directSubject((chat) => async function* (request) {
    const parts: ConformancePart[] = []
    let wake = (): void => undefined
    const { signal } = new AbortController()
    void (async () => {
      for await (const part of chat(request, { signal })) {
        parts.push(part)
        wake()
      }
    })()
    for (;;) {
      const part = parts.shift()
      if (part !== undefined) yield part
      if (part?.type === 'end' || part?.type === 'error') return
      if (parts.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    }
  })

/** Sends before anybody reads. */
const eager = (): SubjectUnderTest =>
  directSubject((chat) => (request, options) => {
    const iterator = chat(request, options)[Symbol.asyncIterator]()
    const first = iterator.next()
    return (async function* () {
      for (let next = await first; next.done !== true; next = await iterator.next()) yield next.value
    })()
  })

/** Passes over events that it cannot read. */
const skipsGarbage = (): SubjectUnderTest =>
  withStream(async function* (body) {
    let text = ''
    for await (const bytes of body) text += Buffer.from(bytes).toString('latin1')
    const isReadable = (frame: string): boolean => {
      try {
        return frame.endsWith('[DONE]') || JSON.parse(frame.slice('data: '.length)) !== undefined
      } catch {
        return false
      }
    }
    const kept = text.split('\n\n').filter(isReadable)
    yield Buffer.from(kept.map((frame) => `${frame}\n\n`).join(''), 'latin1')
  })

/** Decodes each piece of a stream for itself. */
const splitsCharacters = (): SubjectUnderTest =>
  withStream(async function* (body) {
    for await (const bytes of body) yield new TextEncoder().encode(new TextDecoder().decode(bytes))
  })

/** What each of them does wrong, and scenarios that must notice. */
export const LIARS: Readonly<
  Record<
    string,
    {
      readonly subject: () => SubjectUnderTest
      readonly caught: readonly string[]
      /** Whether it is found out by never coming to an end. */
      readonly hangs?: boolean
    }
  >
> = {
  'takes a cut stream for a whole one': {
    subject: cutIsEnd,
    caught: [
      'ended-after-text',
      'ended-in-frame',
      'ended-before-finish',
      'ended-at-every-chunk',
      'ended-at-any-byte',
      'reset-after-text',
      'reset-before-finish',
      'error-after-text',
      'garbage-cut-json',
      'no-finish-reason',
    ],
  },
  'asks again after text and appends what comes': {
    subject: repeats,
    caught: ['ended-after-text', 'reset-in-frame', 'error-event-after-text', 'ended-before-finish'],
  },
  'reads on after an abort': {
    subject: ignoresAborts,
    hangs: true,
    caught: ['abort-before-asking', 'abort-before-headers', 'abort-after-text', 'leave-at-first-text', 'abort-one-of-two'],
  },
  'sends before anybody reads': { subject: eager, caught: ['never-read'] },
  'passes over what it cannot read': {
    subject: skipsGarbage,
    caught: ['garbage-cut-json', 'garbage-html', 'garbage-first-plain-text'],
  },
  'breaks characters that are cut': {
    subject: splitsCharacters,
    caught: ['split-characters', 'slow-drip'],
  },
  'ends twice': {
    subject: () => mapped((part) => (part.type === 'end' ? [part, part] : [part])),
    caught: ['plain-answer', 'whole-answer', 'duplicated-finish'],
  },
  'stops without an end': {
    subject: () => mapped((part) => (part.type === 'error' ? [] : [part])),
    caught: ['closed-before-headers', 'status-503', 'ended-after-text'],
  },
  'throws in place of an error': {
    subject: () =>
      mapped((part) => {
        if (part.type === 'error') throw new Error(part.message)
        return [part]
      }),
    caught: ['reset-before-headers', 'status-500', 'error-after-text'],
  },
  'says nothing of what failed': {
    subject: () => mapped((part) => [part.type === 'error' ? { ...part, message: ' ' } : part]),
    caught: ['status-401', 'ended-after-text'],
  },
  'shows the error as text': {
    subject: () =>
      mapped((part) => (part.type === 'error' ? [{ type: 'text', text: part.message }, STOP] : [part])),
    caught: ['status-503', 'body-web-page', 'closed-after-status-line', 'error-with-success'],
  },
  'trims text': {
    subject: () =>
      mapped((part) => [part.type === 'text' ? { ...part, text: part.text.trim() } : part]),
    caught: ['white-space-kept', 'plain-answer', 'many-chunks'],
  },
  'makes usage up': {
    subject: () =>
      mapped((part) =>
        part.type === 'end' ? [{ type: 'usage', inputTokens: 0, outputTokens: 0 }, part] : [part],
      ),
    caught: ['usage-missing', 'usage-after-finish-lost', 'usage-passed-on'],
  },
  'shows thinking as text': {
    subject: () =>
      mapped((part) => [part.type === 'reasoning' ? { ...part, type: 'text' } : part]),
    caught: ['reasoning-apart'],
  },
  'gives half a tool call out': {
    subject: () =>
      mapped((part) =>
        part.type === 'error'
          ? [{ type: 'tool-call', id: 'half', name: 'get_weather', input: {} }, part]
          : [part],
      ),
    caught: ['tool-call-cut', 'tool-call-unreadable', 'status-503'],
  },
  'gives a tool call out twice': {
    subject: () => mapped((part) => (part.type === 'tool-call' ? [part, part] : [part])),
    caught: ['tool-call', 'two-tool-calls', 'tool-call-duplicated'],
  },
  'takes every finish for a stop': {
    subject: () => mapped((part) => [part.type === 'end' ? STOP : part]),
    caught: ['length-finish', 'filtered-after-text', 'tool-call'],
  },
  'says that more was received than was': {
    subject: () =>
      mapped((part) => [
        part.type === 'error'
          ? { ...part, received: { characters: 1, reasoningCharacters: 0, toolCalls: 0 } }
          : part,
      ]),
    caught: ['status-503', 'ended-after-text'],
  },
  'calls a retry unsafe that is safe': {
    subject: () => mapped((part) => [part.type === 'error' ? { ...part, isRetrySafe: false } : part]),
    caught: ['status-503', 'ended-after-text'],
  },
  'waits forever for a wait that cannot be read': {
    subject: () =>
      mapped((part) => [
        part.type === 'error' ? { ...part, retryAfterMs: Number.POSITIVE_INFINITY } : part,
      ]),
    caught: ['retry-after-nonsense'],
  },
  'gives everybody the same answer': {
    subject: () => {
      let shared: string | undefined
      return mapped((part) => {
        if (part.type !== 'text') return [part]
        shared ??= part.text
        return [{ ...part, text: shared }]
      })
    },
    caught: ['many-at-once', 'plain-answer'],
  },
}
