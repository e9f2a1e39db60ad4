import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { FailureKind, ProviderFailure } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { googleFailure } from './google/google-failure.ts'
import { openAiFailure } from './openai-compatible/openai-failure.ts'

const folder =
  process.env['IMRS_PAYLOADS'] ?? join(import.meta.dirname, '../../../../shared/payloads')

/** What a provider answered once, word for word. */
interface CapturedError {
  readonly http_status: number
  readonly model: string
  readonly body: unknown
}

type Classify = (
  input: Pick<Parameters<typeof openAiFailure>[0], 'status' | 'headers' | 'body' | 'nowMs'>,
) => ProviderFailure

type Row = readonly [model: string, status: number, kind: FailureKind, retryAfterMs?: number]

/** A little before the reset that one of OpenRouter's names: 1769163660000. */
const NOW = 1_769_163_600_000

const files: readonly (readonly [string, Classify, readonly Row[]])[] = [
  [
    'openrouter-real-2026-01.json',
    (input) => openAiFailure({ ...input, providerName: 'OpenRouter' }),
    [
      ['openrouter/bodybuilder', 402, 'payment'],
      ['qwen/qwen3-next-80b-a3b-instruct:free', 429, 'rate-limited'],
      ['openai/gpt-oss-120b:free', 404, 'model-gone'],
      ['google/gemini-2.0-flash-exp:free', 429, 'rate-limited'],
      ['meta-llama/llama-3.3-70b-instruct:free', 402, 'payment-upstream'],
      ['meta-llama/llama-3.1-405b-instruct:free', 429, 'rate-limited', 60_000],
    ],
  ],
  [
    'gemini-real-2026-01.json',
    (input) => googleFailure({ ...input, providerName: 'Google Gemini' }),
    [
      ['models/gemini-2.5-pro', 429, 'rate-limited', 34_000],
      // A model that speaks only: it lacks what the request needs.
      ['models/gemini-2.5-flash-preview-tts', 400, 'model-unfit'],
      ['models/gemma-3-12b-it', 503, 'overloaded'],
    ],
  ],
]

describe.each(files)('captured errors: %s', (name, classify, expected) => {
  const file = join(folder, 'errors', name)

  it('are each of their kind', ({ skip }) => {
    skip(!existsSync(file), `no captured payloads at ${file}`)
    const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly CapturedError[]
    const found = rows.map(({ http_status: status, model, body }): Row => {
      const { kind, retryAfterMs } = classify({ status, headers: undefined, body, nowMs: NOW })
      return retryAfterMs === undefined
        ? [model, status, kind]
        : [model, status, kind, retryAfterMs]
    })
    expect(found).toEqual(expected)
  })
})
