import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'

import { useAction, useApi } from '../api/use-api.ts'
import type { ProviderTrialWire } from '../api/wire.ts'
import { goTo, linkTo } from '../app/route.ts'
import { countOf } from '../ui/format.ts'
import { Failure } from '../ui/loaded.tsx'
import { useToast } from '../ui/toasts.tsx'
import { ProviderFields } from './provider-fields.tsx'
import { EMPTY_DRAFT, toNewProvider } from './provider-form.ts'

/** Fields that show what is wrong with them; anything else is said above the buttons. */
const SHOWN = [
  'id',
  'display_name',
  'provider_type',
  'api_base',
  'models_endpoint',
  'api_key',
  'rate_limit_rpm',
  'settings.allowPrivateNetwork',
]

/** Makes a provider, which can be tried before. */
export function NewProviderForm(): ReactElement {
  const api = useApi()
  const toast = useToast()
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const [trial, setTrial] = useState<ProviderTrialWire>()
  const tryIt = useAction(async () => {
    setTrial(undefined)
    setTrial(await api.tryProvider(toNewProvider(draft)))
  })
  const save = useAction(async () => {
    const { id, display_name: name } = await api.createProvider(toNewProvider(draft))
    toast({ text: `${name} was added. Sync it to read its models.` })
    goTo(['providers', id])
  })
  const error = save.error ?? tryIt.error
  const isShown = error?.field !== undefined && SHOWN.includes(error.field)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void save.run()
  }
  return (
    <>
      <header className="screen-head">
        <h1>Add a provider</h1>
        <a href={linkTo(['providers'])}>All providers</a>
      </header>
      <form className="card form" onSubmit={submit}>
        <ProviderFields
          draft={draft}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          errorOf={(field) => (error?.field === field ? error.message : undefined)}
        />
        {!isShown && <Failure error={error} />}
        <div className="form-actions">
          <button type="button" disabled={tryIt.isRunning} onClick={() => void tryIt.run()}>
            {tryIt.isRunning ? 'Trying …' : 'Try it'}
          </button>
          <button type="submit" className="primary" disabled={save.isRunning}>
            {save.isRunning ? 'Saving …' : 'Save'}
          </button>
        </div>
        <div role="status">{trial !== undefined && <TrialResult trial={trial} />}</div>
      </form>
    </>
  )
}

function TrialResult({ trial }: { readonly trial: ProviderTrialWire }): ReactElement {
  if (!trial.ok) {
    return (
      <p className="notice notice-bad">
        <strong>It does not work yet.</strong> {trial.message}
      </p>
    )
  }
  const { models, chat_models: chatModels, examples } = trial
  return (
    <p className="notice notice-good">
      <strong>It works.</strong> {countOf(models, 'model')}, {chatModels} of them for chat
      {examples.length > 0 && `: ${examples.join(', ')}`}. Nothing was stored.
    </p>
  )
}
