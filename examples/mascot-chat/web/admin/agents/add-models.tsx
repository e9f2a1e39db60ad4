import { useState } from 'react'
import type { ReactElement } from 'react'

import { useAction, useApi } from '../api/use-api.ts'
import type { ModelPageWire, ModelWire } from '../api/wire.ts'
import { ModelFilters } from '../models/model-filters.tsx'
import { viewOf } from '../models/model-query.ts'
import type { ModelView } from '../models/model-query.ts'
import { useModelPages } from '../models/use-model-pages.ts'
import { countOf, priceText, wordsOf } from '../ui/format.ts'
import { Empty, Failure, Loaded } from '../ui/loaded.tsx'
import { Modal } from '../ui/modal.tsx'
import { Pager } from '../ui/pager.tsx'
import { useToast } from '../ui/toasts.tsx'

export interface AddModelsProps {
  readonly agentId: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onAdded: () => void
}

/** Chooses any number of models out of the whole catalogue, over several searches and pages. */
export function AddModels(props: AddModelsProps): ReactElement {
  const { agentId, isOpen, onClose } = props
  return (
    <Modal title={`Add models to ${agentId}`} isOpen={isOpen} onClose={onClose}>
      <Chooser {...props} />
    </Modal>
  )
}

const CHAT_MODELS: ModelView = { ...viewOf({ path: [], query: {} }), model_type: 'chat' }

function Chooser({ agentId, onClose, onAdded }: AddModelsProps): ReactElement {
  const api = useApi()
  const toast = useToast()
  const [view, setView] = useState(CHAT_MODELS)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const pages = useModelPages(view)
  const add = useAction(async () => {
    const ids = [...chosen]
    await api.enableModels(agentId, { model_ids: ids })
    onAdded()
    onClose()
    toast({
      text: `${countOf(ids.length, 'model')} enabled for ${agentId}.`,
      undo: async () => {
        await api.disableModels(agentId, { model_ids: ids })
        onAdded()
      },
    })
  })
  return (
    <>
      <ModelFilters view={view} onChange={setView} />
      <Loaded of={pages.page} what="the models">
        {(page) => <Choices page={page} chosen={chosen} onChange={setChosen} />}
      </Loaded>
      <footer className="modal-foot">
        <Pager {...pages} />
        <Failure error={add.error} />
        <span role="status">{countOf(chosen.size, 'model')} chosen</span>
        <button
          type="button"
          className="primary"
          disabled={chosen.size === 0 || add.isRunning}
          onClick={() => void add.run()}
        >
          Enable them
        </button>
      </footer>
    </>
  )
}

interface ChoicesProps {
  readonly page: ModelPageWire
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

function Choices({ page: { items }, chosen, onChange }: ChoicesProps): ReactElement {
  if (items.length === 0) return <Empty>No model fits these filters.</Empty>
  const set = (ids: readonly string[], isOn: boolean): void => {
    const next = new Set(chosen)
    for (const id of ids) {
      if (isOn) next.add(id)
      else next.delete(id)
    }
    onChange(next)
  }
  const areAllChosen = items.every(({ id }) => chosen.has(id))
  return (
    <fieldset className="choices">
      <legend className="only-read">Models</legend>
      <label className="choice choice-all">
        <input
          type="checkbox"
          checked={areAllChosen}
          onChange={({ target }) =>
            set(
              items.map(({ id }) => id),
              target.checked,
            )
          }
        />
        All {items.length} of this page
      </label>
      {items.map((model) => (
        <label key={model.id} className="choice">
          <input
            type="checkbox"
            checked={chosen.has(model.id)}
            onChange={({ target }) => set([model.id], target.checked)}
          />
          <span>
            {model.display_name} <span className="quiet">{factsOf(model)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function factsOf(model: ModelWire): string {
  const price = `${priceText(model.pricing_input)} / ${priceText(model.pricing_output)}`
  const state = model.is_available ? [] : ['unavailable']
  return [model.provider_id, price, model.capabilities.map(wordsOf).join(', '), ...state].join(
    ' · ',
  )
}
