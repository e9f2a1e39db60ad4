import type {
  CallOptions,
  FinishReason,
  JsonObject,
  ListedModel,
  ModelCall,
  ModelPage,
  ModelPart,
  ProviderAdapter,
  ProviderConnection,
  ProviderDefinition,
  ProviderFailure,
  ProviderPolicy,
  ProviderType,
  TokenUsage,
  ToolCall,
} from '@imrs/core'
import { ProviderError } from '@imrs/core'

/** What a fake model does with one call. */
export interface FakeAnswer {
  /** Given out piece by piece. Default: nothing. */
  readonly text?: string | readonly string[] | undefined
  readonly reasoning?: string | undefined
  readonly toolCalls?: readonly ToolCall[] | undefined
  readonly usage?: TokenUsage | undefined
  /** Default: `stop`, or `tool-calls` when there are some. */
  readonly finishReason?: FinishReason | undefined
  /** Waited for before the head of the answer. */
  readonly beforeHeaders?: Promise<unknown> | undefined
  /** Waited for before the first part. */
  readonly before?: Promise<unknown> | undefined
  /** Waited for after the first piece of text. */
  readonly between?: Promise<unknown> | undefined
  /** Thrown in place of the end, after whatever else was given out. */
  readonly failure?: ProviderFailure | undefined
  /** Says nothing more, in place of the end, until the call is aborted. */
  readonly hangs?: boolean | undefined
}

export interface FakeCall extends ModelCall {
  readonly credential: string | undefined
  /** Whether the reader left or aborted before the end. */
  readonly wasAborted: boolean
}

export interface FakeProviderOptions {
  /** Default: `fake`. */
  readonly id?: string | undefined
  /** What it says of itself; what it does is the same. Default: `custom`. */
  readonly providerType?: ProviderType | undefined
  /** External ids, or what a list would say. Read anew at each sync. */
  readonly models: readonly (string | FakeModel)[]
  /** What a call is answered with. Default: the name of the model as text. */
  readonly answer?: ((call: ModelCall) => FakeAnswer) | undefined
  /** Thrown by the list and by the credential check, when set. */
  readonly listFailure?: (() => ProviderFailure | undefined) | undefined
  /** Waited for before the list is given, when set. */
  readonly listGate?: (() => Promise<unknown>) | undefined
  /** Default: no limit. */
  readonly rateLimitRpm?: number | undefined
  /** Part of its settings. Default: none. */
  readonly policy?: ProviderPolicy | undefined
  /** Default: `false`. */
  readonly needsCredential?: boolean | undefined
}

export type FakeModel = Partial<ListedModel> & Pick<ListedModel, 'externalId'>

/** A provider in memory that obeys the contract, for tests of what is built on it. */
export interface FakeProvider {
  readonly definition: ProviderDefinition
  /** In the order they began. */
  readonly calls: readonly FakeCall[]
}

export function fakeProvider(options: FakeProviderOptions): FakeProvider {
  const id = options.id ?? 'fake'
  const calls: FakeCall[] = []
  return {
    calls,
    definition: {
      provider: {
        id,
        displayName: id,
        providerType: options.providerType ?? 'custom',
        apiBase: `https://${id}.example/v1`,
        modelsEndpoint: '/models',
        rateLimitRpm: options.rateLimitRpm,
        settings: JSON.parse(JSON.stringify(options.policy ?? {})) as JsonObject,
      },
      family: {
        specVersion: 'v1',
        name: 'fake',
        needsCredential: options.needsCredential ?? false,
        connect: (connection) => connect(options, connection, calls),
      },
    },
  }
}

function connect(
  options: FakeProviderOptions,
  { provider, credential }: ProviderConnection,
  calls: FakeCall[],
): ProviderAdapter {
  const assertReachable = (): void => {
    const failure = options.listFailure?.()
    if (failure !== undefined) throw new ProviderError(failure, { providerId: provider.id })
  }
  return {
    specVersion: 'v1',
    async *listModels(call): AsyncGenerator<ModelPage> {
      await unlessAborted(options.listGate?.(), call?.signal)
      assertReachable()
      yield { models: options.models.map(toListed), total: options.models.length }
    },
    async *chat(call, callOptions): AsyncGenerator<ModelPart> {
      const entry = { ...call, credential, wasAborted: true }
      calls.push(entry)
      const answer = options.answer?.(call) ?? { text: call.externalId }
      yield* play(answer, provider.id, callOptions)
      entry.wasAborted = false
      yield { type: 'finish', finishReason: finishReasonOf(answer) }
    },
    checkCredential: async (call) => {
      call?.signal?.throwIfAborted()
      assertReachable()
    },
  }
}

async function* play(
  answer: FakeAnswer,
  providerId: string,
  options: CallOptions | undefined,
): AsyncGenerator<ModelPart> {
  const signal = options?.signal
  await unlessAborted(answer.beforeHeaders, signal)
  if (!isRefusal(answer)) yield { type: 'headers' }
  await unlessAborted(answer.before, signal)
  if (answer.reasoning !== undefined) yield { type: 'reasoning-delta', text: answer.reasoning }
  yield* playText(answer, signal)
  for (const { id, name, input } of answer.toolCalls ?? []) {
    yield { type: 'tool-call', toolCallId: id, toolName: name, input }
  }
  if (answer.usage !== undefined) yield { type: 'usage', usage: answer.usage }
  if (answer.hangs === true) await unlessAborted(new Promise(() => undefined), signal)
  if (answer.failure !== undefined) throw new ProviderError(answer.failure, { providerId })
}

async function* playText(
  { text = [], between }: FakeAnswer,
  signal: AbortSignal | undefined,
): AsyncGenerator<ModelPart> {
  const [first, ...rest] = typeof text === 'string' ? [text] : text
  signal?.throwIfAborted()
  if (first !== undefined) yield { type: 'text-delta', text: first }
  await unlessAborted(between, signal)
  for (const piece of rest) {
    signal?.throwIfAborted()
    yield { type: 'text-delta', text: piece }
  }
}

/** A failure and nothing else: the provider did not take the request. */
function isRefusal({ failure, text = [], reasoning, toolCalls = [] }: FakeAnswer): boolean {
  const isSilent = text.length === 0 && reasoning === undefined && toolCalls.length === 0
  return failure !== undefined && isSilent
}

function finishReasonOf(answer: FakeAnswer): FinishReason {
  if (answer.finishReason !== undefined) return answer.finishReason
  return (answer.toolCalls?.length ?? 0) > 0 ? 'tool-calls' : 'stop'
}

async function unlessAborted(
  promise: Promise<unknown> | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted()
  if (promise === undefined) return
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([promise, aborted])
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

function toListed(model: string | FakeModel): ListedModel {
  const given = typeof model === 'string' ? { externalId: model } : model
  return {
    displayName: given.externalId,
    modelType: 'chat',
    capabilities: ['text'],
    pricing: {},
    isAvailable: true,
    metadata: {},
    ...given,
  }
}
