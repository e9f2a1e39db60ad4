import type { Capability } from '@imrs/core'
import type { ReactElement } from 'react'

import { CAPABILITIES } from '../api/names.ts'
import { useAction, useApi } from '../api/use-api.ts'
import type { ModelChangesBody, ModelDetailWire, ModelWire } from '../api/wire.ts'
import { CheckboxGroup } from '../ui/checkbox-group.tsx'
import { wordsOf } from '../ui/format.ts'
import { Failure } from '../ui/loaded.tsx'
import { useToast } from '../ui/toasts.tsx'
import { editModel } from './edit-model.ts'
import { AvailableEdit, PriorityEdit, TierEdit } from './inline-edits.tsx'

export interface ModelEditorProps {
  readonly model: ModelDetailWire
  readonly onChanged: (model: ModelDetailWire) => void
}

/** What one sets of a model, and what was set. */
export function ModelEditor({ model, onChanged }: ModelEditorProps): ReactElement {
  const api = useApi()
  const toast = useToast()
  const setCapabilities = useAction(async (capabilities: readonly Capability[]) => {
    const edit = await editModel(api, model.id, { capabilities })
    onChanged(edit.model)
    toast({
      text: `${model.display_name}: what it can do is changed.`,
      undo: async () => onChanged(await edit.undo()),
    })
  })
  // The inline edits hand on what the server answered, which has all details.
  const put = (changed: ModelWire): void => onChanged({ ...model, ...changed })
  return (
    <section className="card" aria-label="Change this model">
      <h2>Change</h2>
      <p className="quiet">What is set here wins over every later sync.</p>
      <div className="edits">
        <label>
          Priority <PriorityEdit model={model} onChanged={put} />
        </label>
        <label>
          Cost tier <TierEdit model={model} onChanged={put} />
        </label>
        <span>
          Available <AvailableEdit model={model} onChanged={put} />
        </span>
      </div>
      <CheckboxGroup
        legend="Capabilities"
        options={CAPABILITIES}
        chosen={model.capabilities}
        onChange={(capabilities) => void setCapabilities.run(capabilities)}
      />
      <Failure error={setCapabilities.error} />
      <Overridden model={model} onChanged={onChanged} />
    </section>
  )
}

function Overridden({ model, onChanged }: ModelEditorProps): ReactElement {
  const api = useApi()
  const reset = useAction(async (field: string) => {
    onChanged(await api.changeModel(model.id, { [field]: null } as ModelChangesBody))
  })
  if (model.overridden.length === 0) {
    return <p>Nothing was set by hand: all of it is what the provider’s list says.</p>
  }
  return (
    <>
      <h3>Set by hand</h3>
      <ul className="overridden">
        {model.overridden.map((field) => (
          <li key={field}>
            {wordsOf(field)}{' '}
            {field !== 'unavailable_reason' && (
              <button type="button" onClick={() => void reset.run(field)}>
                Back to what the list says
                <span className="only-read"> for {wordsOf(field)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      <Failure error={reset.error} />
    </>
  )
}
