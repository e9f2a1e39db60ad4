import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import type { Provider } from '@imrs/core'

export const aProvider: Provider = {
  id: 'sdk',
  displayName: 'SDK',
  providerType: 'custom',
  apiBase: 'https://ai-sdk.invalid',
  modelsEndpoint: '/models',
  isActive: true,
  origin: 'code',
  settings: {},
  createdAtMs: 0,
  updatedAtMs: 0,
}

export const noUsage: LanguageModelV4Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}

export const finishOf = (
  unified: LanguageModelV4FinishReason['unified'] = 'stop',
  raw: string | undefined = unified,
): LanguageModelV4StreamPart => ({
  type: 'finish',
  usage: noUsage,
  finishReason: { unified, raw },
})

export interface ScriptedModel extends LanguageModelV4 {
  /** What it was called with, in order. */
  readonly calls: readonly LanguageModelV4CallOptions[]
  /** How many of its streams were cancelled. */
  readonly cancelled: () => number
  /** Resolves when it is asked for more than it has, and is deaf. */
  readonly silent: Promise<void>
}

/**
 * A model of the SDK's that streams these parts. `isDeaf`: says nothing more after them, and does not
 * listen to the signal.
 */
export function scriptedModel(
  parts: readonly LanguageModelV4StreamPart[],
  { isDeaf = false, whole }: { isDeaf?: boolean; whole?: LanguageModelV4GenerateResult } = {},
): ScriptedModel {
  const calls: LanguageModelV4CallOptions[] = []
  let cancelled = 0
  const silence = Promise.withResolvers<void>()
  return {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'scripted-1',
    supportedUrls: { 'image/*': [/^https:\/\/ok\.example\//] },
    calls,
    cancelled: () => cancelled,
    silent: silence.promise,
    doGenerate: async (options) => {
      calls.push(options)
      if (whole === undefined) throw new Error('It only streams')
      return whole
    },
    doStream: async (options) => {
      calls.push(options)
      const rest = [...parts]
      const stream = new ReadableStream<LanguageModelV4StreamPart>(
        {
          pull: (controller) => {
            const part = rest.shift()
            if (part !== undefined) controller.enqueue(part)
            else if (isDeaf) {
              silence.resolve()
              return new Promise(() => undefined)
            } else controller.close()
            return undefined
          },
          cancel: () => {
            cancelled += 1
          },
        },
        { highWaterMark: 0 },
      )
      return { stream }
    },
  }
}
