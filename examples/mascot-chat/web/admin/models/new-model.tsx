import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'

import { CAPABILITIES, COST_TIERS } from '../api/names.ts'
import { useAction, useApi, useLoad } from '../api/use-api.ts'
import { goTo, linkTo } from '../app/route.ts'
import type { Route } from '../app/route.ts'
import { CheckboxGroup } from '../ui/checkbox-group.tsx'
import { Field } from '../ui/field.tsx'
import { Failure } from '../ui/loaded.tsx'
import { useToast } from '../ui/toasts.tsx'
import { MODEL_FIELDS, emptyModel, toNewModel } from './model-form.ts'
import type { ModelDraft } from './model-form.ts'

/** Adds a model that no list names. */
export function NewModelForm({ route }: { readonly route: Route }): ReactElement {
  const api = useApi()
  const toast = useToast()
  const [draft, setDraft] = useState(() => emptyModel(route.query['provider']))
  const save = useAction(async () => {
    const model = await api.createModel(toNewModel(draft))
    toast({ text: `${model.display_name} was added.` })
    goTo(['models', model.id])
  })
  const { error } = save
  const isShown = error?.field !== undefined && MODEL_FIELDS.includes(error.field)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void save.run()
  }
  const props: FieldsProps = {
    draft,
    onChange: (change) => setDraft((before) => ({ ...before, ...change })),
    errorOf: (field) => (error?.field === field ? error.message : undefined),
  }
  return (
    <>
      <header className="screen-head">
        <h1>Add a custom model</h1>
        <a href={linkTo(['models'])}>All models</a>
      </header>
      <form className="card form" onSubmit={submit}>
        <ProviderChoice {...props} />
        <NameFields {...props} />
        <CheckboxGroup
          legend="Capabilities"
          options={CAPABILITIES}
          chosen={draft.capabilities}
          onChange={(capabilities) => props.onChange({ capabilities })}
        />
        <RankFields {...props} />
        <PriceFields {...props} />
        {!isShown && <Failure error={error} />}
        <div className="form-actions">
          <button type="submit" className="primary" disabled={save.isRunning}>
            {save.isRunning ? 'Adding …' : 'Add the model'}
          </button>
        </div>
      </form>
    </>
  )
}

interface FieldsProps {
  readonly draft: ModelDraft
  readonly onChange: (change: Partial<ModelDraft>) => void
  readonly errorOf: (field: string) => string | undefined
}

function ProviderChoice({ draft, onChange, errorOf }: FieldsProps): ReactElement {
  const providers = useLoad('providers to choose from', (api, sending) => api.providers(sending))
  return (
    <Field label="Provider" error={errorOf('provider_id') ?? providers.error?.message}>
      {(field) => (
        <select
          {...field}
          required
          value={draft.providerId}
          onChange={(event) => onChange({ providerId: event.target.value })}
        >
          <option value="">Choose one</option>
          {(providers.data?.items ?? []).map(({ id, display_name: name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function NameFields({ draft, onChange, errorOf }: FieldsProps): ReactElement {
  return (
    <>
      <Field label="External id" hint="What the provider calls it." error={errorOf('external_id')}>
        {(field) => (
          <input
            {...field}
            required
            spellCheck={false}
            value={draft.externalId}
            onChange={(event) => onChange({ externalId: event.target.value })}
          />
        )}
      </Field>
      <Field label="Name" hint="Default: the external id." error={errorOf('display_name')}>
        {(field) => (
          <input
            {...field}
            value={draft.displayName}
            onChange={(event) => onChange({ displayName: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

function RankFields({ draft, onChange, errorOf }: FieldsProps): ReactElement {
  return (
    <>
      <Field label="Priority" hint="0 to 100, the best 100." error={errorOf('priority')}>
        {(field) => (
          <input
            {...field}
            type="number"
            min={0}
            max={100}
            value={draft.priority}
            onChange={(event) => onChange({ priority: event.target.value })}
          />
        )}
      </Field>
      <Field label="Cost tier" hint="Default: what its prices say." error={errorOf('cost_tier')}>
        {(field) => (
          <select
            {...field}
            value={draft.costTier}
            onChange={(event) => onChange({ costTier: event.target.value })}
          >
            <option value="">from the prices</option>
            {COST_TIERS.map((tier) => (
              <option key={tier}>{tier}</option>
            ))}
          </select>
        )}
      </Field>
    </>
  )
}

function PriceFields({ draft, onChange, errorOf }: FieldsProps): ReactElement {
  const prices = [
    ['Input price, $ per million tokens', 'inputPrice', 'pricing_input'],
    ['Output price, $ per million tokens', 'outputPrice', 'pricing_output'],
    ['Context, tokens', 'contextLength', 'ctx_length'],
  ] as const
  return (
    <>
      {prices.map(([label, name, wire]) => (
        <Field key={name} label={label} hint="Empty: unknown." error={errorOf(wire)}>
          {(field) => (
            <input
              {...field}
              inputMode="decimal"
              value={draft[name]}
              onChange={(event) => onChange({ [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </>
  )
}
