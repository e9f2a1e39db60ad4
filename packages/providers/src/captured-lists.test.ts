import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ListedModel } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { connect } from './__fixtures__/connect.ts'
import { anthropic, google, openRouter, openai, openaiCompatible, requesty } from './index.ts'

const folder =
  process.env['IMRS_PAYLOADS'] ?? join(import.meta.dirname, '../../../../shared/payloads')

const hosts: Readonly<Record<string, string>> = {
  groq: 'https://api.groq.com/openai/v1',
  mistral: 'https://api.mistral.ai/v1',
  together: 'https://api.together.xyz/v1',
}

function definitionOf(provider: string) {
  const factories = { openrouter: openRouter, openai, requesty, gemini: google, anthropic }
  if (provider in factories) return factories[provider as keyof typeof factories]()
  const apiBase = hosts[provider] ?? 'http://127.0.0.1:1/v1'
  return openaiCompatible({ id: provider, apiBase, needsCredential: false })
}

/** Reads a captured list as if the provider had just sent it; it is the only page. */
async function readList(provider: string, body: string): Promise<readonly ListedModel[]> {
  // It is the only page: what a captured page says of a next one is not followed.
  const page = body.replace(/,?\s*"nextPageToken":\s*"[^"]*"/, '')
  const fetch: typeof globalThis.fetch = () =>
    Promise.resolve(new Response(page, { headers: { 'content-type': 'application/json' } }))
  const adapter = connect(definitionOf(provider), {
    credential: 'key',
    runtime: { ...systemRuntime, fetch },
  })
  const models: ListedModel[] = []
  for await (const page of adapter.listModels()) models.push(...page.models)
  return models
}

function rowsIn(body: string): readonly unknown[] {
  const parsed = JSON.parse(body) as unknown
  if (Array.isArray(parsed)) return parsed
  const { data, models } = parsed as { data?: unknown[]; models?: unknown[] }
  return data ?? models ?? []
}

const FAMILIES = [
  'gemini',
  'anthropic',
  'openrouter',
  'openai',
  'requesty',
  'groq',
  'mistral',
  'together',
  'vllm',
  'lmstudio',
  'ollama',
]
const files = existsSync(folder)
  ? FAMILIES.flatMap((provider) =>
      globSync(`${provider}/*.json`, { cwd: folder }).map((file) => ({ provider, file })),
    )
  : []

describe.skipIf(files.length === 0)(
  `captured lists (skipped where ${folder} is not there; IMRS_PAYLOADS names it)`,
  () => {
    it.each(files)('$file parses without a lost row', async ({ provider, file }) => {
      const body = readFileSync(join(folder, file), 'utf8')
      const rows = rowsIn(body)
      expect(rows.length).toBeGreaterThan(0)
      const models = await readList(provider, body)
      expect(models).toHaveLength(rows.length)
      expect(models.filter((model) => model.externalId.startsWith('unreadable'))).toEqual([])
      expect(models.some((model) => model.modelType === 'chat')).toBe(true)
    })

    it('the prices of OpenRouter are known but for the routers that have none', async () => {
      const body = readFileSync(join(folder, 'openrouter/2026-08-01.json'), 'utf8')
      const models = await readList('openrouter', body)
      const unknown = models.filter(({ pricing }) => pricing.input === undefined)
      expect(unknown.every(({ externalId }) => externalId.startsWith('openrouter/'))).toBe(true)
      expect(
        models.filter(({ pricing }) => (pricing.tiers?.length ?? 0) > 0).length,
      ).toBeGreaterThan(0)
    })
  },
)
