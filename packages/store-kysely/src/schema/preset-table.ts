import type { JsonText, TimeText } from './database.ts'

export interface PresetRow {
  readonly tenant_id: string
  readonly id: string
  readonly display_name: string
  readonly description: string | null
  readonly models: JsonText
  readonly required_capabilities: JsonText
  readonly choice: JsonText
  readonly updated_by: string | null
  readonly updated_at: TimeText
}
