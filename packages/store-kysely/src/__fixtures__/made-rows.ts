import type { StoredRow } from '../copy/canonical-row.ts'
import type { ColumnKind, TableDefinition } from '../schema/table-definition.ts'

/** Of each table. */
export const MADE_ROWS = 3

/** Columns that repositories read more into than their kind, by `table.column` or by column. */
const MEANT: Readonly<Record<string, (index: number) => unknown>> = {
  month: (index) => `2026-0${index + 1}`,
  day: (index) => `2026-01-0${index + 1}`,
  tenant_id: (index) => `t${index}`,
  agent_id: () => 'agent',
  user_id: () => 'user',
  model_id: (index) => `p/m${index}`,
  'llm_model_catalog.id': (index) => `p/m${index}`,
  'llm_model_catalog.provider_id': () => 'p',
  'llm_model_catalog.model_type': () => 'text',
  'messages.id': messageId,
  'messages.role': () => 'assistant',
  message_id: messageId,
  before_id: messageId,
  scope: () => 'agent',
  capabilities: () => '["text"]',
  required_capabilities: () => '["text"]',
  domains: () => '["code"]',
  tools_used: () => '["search"]',
  candidates: () => '[]',
  reasons: () => '["incorrect"]',
  published: () => '{"score": 0.5, "source": "bench"}',
  supported_parameters: () => '["temperature"]',
  exclusions: () => '{"counts": {}, "examples": []}',
  topic: (index) => `topic-${index}`,
}

/** A UUIDv7 of the first days of 2026. */
function messageId(index: number): string {
  const hex = (Date.UTC(2026, 0, 1) + index).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-00000000000${index}`
}

const byKind: Readonly<Record<ColumnKind, (column: string, index: number) => unknown>> = {
  text: (column, index) => `${column}-${index}`,
  'random-id': (column, index) => `${column}-${index}`,
  integer: (_, index) => index + 1,
  bigint: (_, index) => 9_000_000_000_000 + index,
  sequence: (_, index) => index + 1,
  double: (_, index) => index + 0.5,
  decimal: (_, index) => `${index}.250`,
  boolean: (_, index) => index % 2,
  time: (_, index) => `2026-01-0${index + 1}T10:20:30.456Z`,
  json: () => '{}',
}

/** Rows for a table nobody has thought of: values of the right kind, another key in each, `null` in the last where it may be. */
export function madeRows(name: string, { columns }: TableDefinition): StoredRow[] {
  return Array.from({ length: MADE_ROWS }, (_, index) =>
    Object.fromEntries(
      Object.entries(columns).map(([column, spec]) => {
        if (spec.endsWith('?') && index === MADE_ROWS - 1) return [column, null]
        // The type of `spec` is a kind with or without the mark that is cut off here.
        const kind = (spec.endsWith('?') ? spec.slice(0, -1) : spec) as ColumnKind
        const meant = MEANT[`${name}.${column}`] ?? MEANT[column]
        return [column, meant?.(index) ?? byKind[kind](column, index)]
      }),
    ),
  )
}
