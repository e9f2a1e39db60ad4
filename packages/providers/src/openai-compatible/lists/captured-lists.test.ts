import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

import type { JsonValue, ListedModel } from '@imrs/core'
import { modelPricingSchema } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { readOpenAiRow } from './openai-list.ts'
import { readOpenRouterRow } from './openrouter-list.ts'
import { readRequestyRow } from './requesty-list.ts'
import { toListedRow } from './row-context.ts'

// Lists as providers sent them, one folder for each host. They are not ours to publish, so these
// tests run only where IMRS_PAYLOADS, or a folder beside the repository, holds them.
const root = resolve(import.meta.dirname, '../../../../..')
const folder = resolve(process.env['IMRS_PAYLOADS'] ?? join(root, '../shared/payloads'))

const readers = {
  openrouter: readOpenRouterRow,
  requesty: readRequestyRow,
  openai: readOpenAiRow,
  groq: readOpenAiRow,
  mistral: readOpenAiRow,
  together: readOpenAiRow,
  ollama: readOpenAiRow,
  vllm: readOpenAiRow,
  lmstudio: readOpenAiRow,
} as const

type Host = keyof typeof readers

interface Captured {
  readonly host: Host
  readonly file: string
}

const files = (Object.keys(readers) as Host[]).flatMap((host): readonly Captured[] => {
  const path = join(folder, host)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ host, file }))
})

function rowsOf({ host, file }: Captured): readonly JsonValue[] {
  const body = JSON.parse(readFileSync(join(folder, host, file), 'utf8')) as
    | JsonValue[]
    | { readonly data?: JsonValue[]; readonly models?: JsonValue[] }
  return Array.isArray(body) ? body : (body.data ?? body.models ?? [])
}

function readAll(captured: Captured): readonly ListedModel[] {
  const context = { nowMs: Date.UTC(2026, 7, 1) }
  return rowsOf(captured).map((row, position) =>
    toListedRow(readers[captured.host], row, { ...context, position }),
  )
}

/** Hosts whose lists have prices, or whose published prices are known for most models. */
const priced: readonly Host[] = ['openrouter', 'requesty', 'openai', 'groq', 'together']

if (files.length === 0) {
  describe('captured lists', () => {
    it.skip('none here: set IMRS_PAYLOADS to a folder of lists, one folder for each host')
  })
} else {
  describe.each(files)('the captured list $host/$file', (captured) => {
    it('loses no row and understands each', () => {
      const rows = rowsOf(captured)
      const models = readAll(captured)
      expect(models.length).toBe(rows.length)
      expect(new Set(models.map(({ externalId }) => externalId)).size).toBe(rows.length)
      const reasons = models.map(({ unavailableReason }) => unavailableReason ?? '')
      expect(reasons.filter((reason) => reason.includes('could not be understood'))).toEqual([])
    })

    it('has chat models, whose prices can be stored', () => {
      const models = readAll(captured)
      for (const { pricing } of models) expect(modelPricingSchema.parse(pricing)).toEqual(pricing)
      const chat = models.filter(({ modelType }) => modelType === 'chat')
      const unpriced = chat.filter(({ pricing }) => pricing.input === undefined)
      expect(chat.length).toBeGreaterThan(0)
      if (priced.includes(captured.host)) expect(unpriced.length * 4).toBeLessThan(chat.length)
      expect(chat.every(({ capabilities }) => capabilities.includes('text'))).toBe(true)
    })
  })
}
