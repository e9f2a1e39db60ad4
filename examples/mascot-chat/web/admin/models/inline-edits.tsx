import { useState } from 'react'
import type { ReactElement } from 'react'

import { COST_TIERS } from '../api/names.ts'
import { useApi } from '../api/use-api.ts'
import type { ModelWire } from '../api/wire.ts'
import { Switch } from '../ui/switch.tsx'
import { useToast } from '../ui/toasts.tsx'
import { editModel } from './edit-model.ts'
import type { EditableField } from './edit-model.ts'

export interface InlineEditProps {
  readonly model: ModelWire
  /** Called with the row as it is now, after the change and after its undo. */
  readonly onChanged: (model: ModelWire) => void
}

type SaveField = (field: EditableField, value: string | number | boolean | null) => Promise<void>

/** Saves one field at once and offers to undo it. */
function useSaveField({ model, onChanged }: InlineEditProps): SaveField {
  const api = useApi()
  const toast = useToast()
  return async (field, value) => {
    const name = model.display_name
    try {
      const edit = await editModel(api, model.id, { [field]: value })
      onChanged(edit.model)
      toast({
        text: `${name}: ${FIELD_NAMES[field]} is ${valueText(value)}.`,
        undo: async () => onChanged(await edit.undo()),
      })
    } catch (error) {
      onChanged(model)
      const why = error instanceof Error ? error.message : String(error)
      toast({ text: `${name} was not changed. ${why}`, isBad: true })
    }
  }
}

const FIELD_NAMES: Readonly<Record<EditableField, string>> = {
  priority: 'the priority',
  cost_tier: 'the cost tier',
  is_available: 'its availability',
  capabilities: 'what it can do',
  display_name: 'the name',
}

function valueText(value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return value === null ? 'as listed' : String(value)
}

/** The priority, 0 to 100: saved when the field is left, or with Enter. */
export function PriorityEdit(props: InlineEditProps): ReactElement {
  const { model } = props
  const save = useSaveField(props)
  const [text, setText] = useState<string>()
  const commit = (): void => {
    const isNew = text !== undefined && /^\d{1,3}$/.test(text) && Number(text) !== model.priority
    setText(undefined)
    if (isNew && Number(text) <= 100) void save('priority', Number(text))
  }
  return (
    <input
      type="number"
      className="priority"
      min={0}
      max={100}
      aria-label={`Priority of ${model.display_name}`}
      value={text ?? model.priority}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setText(undefined)
      }}
    />
  )
}

export function TierEdit(props: InlineEditProps): ReactElement {
  const { model } = props
  const save = useSaveField(props)
  return (
    <select
      aria-label={`Cost tier of ${model.display_name}`}
      value={model.cost_tier ?? ''}
      onChange={({ target }) => void save('cost_tier', target.value === '' ? null : target.value)}
    >
      <option value="">{model.cost_tier === null ? 'unknown' : 'as listed'}</option>
      {COST_TIERS.map((tier) => (
        <option key={tier}>{tier}</option>
      ))}
    </select>
  )
}

export function AvailableEdit(props: InlineEditProps): ReactElement {
  const { model } = props
  const save = useSaveField(props)
  return (
    <Switch
      label={`${model.display_name} is available`}
      isOn={model.is_available}
      onChange={(isOn) => void save('is_available', isOn)}
    />
  )
}
