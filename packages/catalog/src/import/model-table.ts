import { DEFAULT_AGENT_ID, DEFAULT_TENANT_ID, agentModelSchema } from '@imrs/core'

import type { ImportSource, ParseOptions } from './import-source.ts'
import type { Fields } from './read/fields.ts'
import { booleanOf, firstName, isFields, numberOf, pick } from './read/fields.ts'
import { identify } from './read/identity.ts'
import { readMigrations } from './read/migrations.ts'
import type { PriceNames } from './read/prices.ts'
import { readModel, stated } from './read/read-model.ts'
import { SourceBuilder, idOf } from './read/source-builder.ts'

const NAMES = ['external_id', 'model_id', 'model_name', 'name', 'model', 'id']
const PROVIDERS = ['provider_id', 'provider', 'provider_name', 'llm_provider', 'vendor']

const PRICES: PriceNames = {
  perMillion: {
    input: ['pricing_input', 'input_price', 'input_price_per_million', 'input_cost_per_million'],
    output: [
      'pricing_output',
      'output_price',
      'output_price_per_million',
      'output_cost_per_million',
    ],
    cachedInput: ['pricing_cached_input', 'cached_input_price'],
  },
  perToken: {
    input: ['input_cost_per_token', 'input_price_per_token'],
    output: ['output_cost_per_token', 'output_price_per_token'],
  },
}

/**
 * Reads the rows of an existing model table (`LLMModelConfig` and its like): an array, or an object
 * with `models` and, if there are any, `migrations`. Names in snake_case or camelCase; prices per
 * 1,000,000 tokens, per token where the name says so. A row with an `agent_id` is also a row of that
 * agent, and then `is_active` says whether that agent may use the model.
 *
 * Never throws: a row that cannot be used is in `refused`.
 */
export function parseModelTable(input: unknown, options: ParseOptions = {}): ImportSource {
  const builder = new SourceBuilder()
  const { label, rows, migrations } = rowsOf(input)
  if (rows === undefined) builder.refuse('source', 'It is no list of rows, and has no `models`.')
  for (const [index, value] of (rows ?? []).entries()) {
    readRow(builder, { row: `${label}[${index}]`, value, options })
  }
  readMigrations(builder, { label: 'migrations', rows: migrations, options })
  return builder.build('model-table')
}

interface Rows {
  readonly label: string
  readonly rows: readonly unknown[] | undefined
  readonly migrations: readonly unknown[]
}

function rowsOf(input: unknown): Rows {
  if (Array.isArray(input)) return { label: 'models', rows: input, migrations: [] }
  const fields = isFields(input) ? input : {}
  const migrations = Array.isArray(fields['migrations']) ? fields['migrations'] : []
  for (const label of ['models', 'rows', 'items']) {
    const rows = fields[label]
    if (Array.isArray(rows)) return { label, rows, migrations }
  }
  return { label: 'models', rows: undefined, migrations }
}

interface TableRow {
  readonly row: string
  readonly value: unknown
  readonly options: ParseOptions
}

function readRow(builder: SourceBuilder, { row, value, options }: TableRow): void {
  if (!isFields(value)) return builder.refuse(row, 'It is no object.')
  const name = firstName(value, ...NAMES)
  if (name === undefined) return builder.refuse(row, 'It has no name that could be a model id.')
  const identity = identify({ name, provider: providerOf(value) }, options)
  if ('reason' in identity) return builder.refuse(row, identity.reason)
  const { fields, notes } = readModel(value, PRICES)
  const hasAgent = firstName(value, 'agent_id') !== undefined
  // What `is_active` says of one agent, it does not say of the model.
  const model = { row, ...identity, ...fields, ...(hasAgent ? { isActive: undefined } : {}) }
  const known = builder.modelOf(idOf(model))
  const agentNote = hasAgent ? addAgentModel(builder, row, { value, modelId: idOf(model) }) : []
  if (known !== undefined && !hasAgent) {
    return builder.refuse(row, `It repeats ${known.row}, which is kept.`)
  }
  builder.addModel(stated({ displayName: displayNameOf(value, name), ...model }))
  builder.use(row, [...notes, ...agentNote, ...builder.nameModel(row, name, idOf(model))])
}

/** A provider as text, or as an object with an id or a name: a joined row. */
function providerOf(fields: Fields): string | undefined {
  const text = firstName(fields, ...PROVIDERS)
  if (text !== undefined) return text
  const joined = pick(fields, 'provider')
  return isFields(joined) ? firstName(joined, 'id', 'name') : undefined
}

function displayNameOf(fields: Fields, name: string): string | undefined {
  const other = firstName(fields, 'name')
  return other === name ? undefined : other
}

interface AgentRow {
  readonly value: Fields
  readonly modelId: string
}

function addAgentModel(
  builder: SourceBuilder,
  row: string,
  { value, modelId }: AgentRow,
): readonly string[] {
  const priorityOverride = numberOf(pick(value, 'priority_override'))
  const agentModel = stated({
    tenantId: firstName(value, 'tenant_id') ?? DEFAULT_TENANT_ID,
    agentId: firstName(value, 'agent_id') ?? DEFAULT_AGENT_ID,
    modelId,
    isEnabled: booleanOf(pick(value, 'is_enabled', 'is_active', 'enabled', 'active')) ?? true,
    priorityOverride,
  })
  if (!agentModelSchema.safeParse({ ...agentModel, enabledAtMs: 0 }).success) {
    return ['Its agent row was not used: the ids or the priority are out of bounds.']
  }
  builder.addAgentModel({ row, ...agentModel })
  return []
}
