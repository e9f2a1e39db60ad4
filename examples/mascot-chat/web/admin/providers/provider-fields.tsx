import type { ReactElement } from 'react'

import { Field } from '../ui/field.tsx'
import { PROVIDER_CHOICES } from './provider-form.ts'
import type { ProviderDraft } from './provider-form.ts'

export interface ProviderFieldsProps {
  readonly draft: ProviderDraft
  readonly onChange: (change: Partial<ProviderDraft>) => void
  /** What the server said of a field, by its name there. */
  readonly errorOf: (field: string) => string | undefined
}

/** Everything one can say of a provider. */
export function ProviderFields(props: ProviderFieldsProps): ReactElement {
  return (
    <>
      <NameFields {...props} />
      <PlaceFields {...props} />
      <KeyField {...props} />
      <NetworkFields {...props} />
    </>
  )
}

function NameFields({ draft, onChange, errorOf }: ProviderFieldsProps): ReactElement {
  return (
    <>
      <Field
        label="Id"
        hint="Lower-case letters, digits, _ and -. It stands before the ids of its models."
        error={errorOf('id')}
      >
        {(field) => (
          <input
            {...field}
            value={draft.id}
            required
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ id: event.target.value })}
          />
        )}
      </Field>
      <Field label="Name" hint="Default: the id." error={errorOf('display_name')}>
        {(field) => (
          <input
            {...field}
            value={draft.displayName}
            autoComplete="off"
            onChange={(event) => onChange({ displayName: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

function PlaceFields({ draft, onChange, errorOf }: ProviderFieldsProps): ReactElement {
  const changeType = (name: string): void => {
    const chosen = PROVIDER_CHOICES.find(({ type }) => type === name)
    const isUsual = PROVIDER_CHOICES.some(({ apiBase }) => apiBase === draft.apiBase)
    // The address goes along as long as nobody wrote another one.
    if (chosen !== undefined) onChange(isUsual ? chosen : { type: chosen.type })
  }
  return (
    <>
      <Field
        label="Type"
        hint="custom: anything that speaks as OpenAI does."
        error={errorOf('provider_type')}
      >
        {(field) => (
          <select
            {...field}
            value={draft.type}
            onChange={(event) => changeType(event.target.value)}
          >
            {PROVIDER_CHOICES.map(({ type }) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Base URL" error={errorOf('api_base')}>
        {(field) => (
          <input
            {...field}
            type="url"
            value={draft.apiBase}
            required
            placeholder="https://llm.example.com/v1"
            onChange={(event) => onChange({ apiBase: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Models endpoint"
        hint="Where its list is. Default: what the type says."
        error={errorOf('models_endpoint')}
      >
        {(field) => (
          <input
            {...field}
            value={draft.modelsEndpoint}
            placeholder="/models"
            onChange={(event) => onChange({ modelsEndpoint: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

function KeyField({ draft, onChange, errorOf }: ProviderFieldsProps): ReactElement {
  return (
    <Field
      label="API key"
      hint="Goes to the secret store. Nobody sees it again, here or elsewhere."
      error={errorOf('api_key')}
    >
      {(field) => (
        <input
          {...field}
          type="password"
          value={draft.apiKey}
          autoComplete="new-password"
          spellCheck={false}
          onChange={(event) => onChange({ apiKey: event.target.value })}
        />
      )}
    </Field>
  )
}

function NetworkFields({ draft, onChange, errorOf }: ProviderFieldsProps): ReactElement {
  return (
    <>
      <Field
        label="Requests per minute"
        hint="What the service allows. Default: no limit."
        error={errorOf('rate_limit_rpm')}
      >
        {(field) => (
          <input
            {...field}
            type="number"
            min={1}
            step={1}
            value={draft.rateLimit}
            onChange={(event) => onChange({ rateLimit: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="It is in a private network"
        hint="For a service on this machine or in this building. The server must allow it."
        error={errorOf('settings.allowPrivateNetwork')}
      >
        {(field) => (
          <input
            {...field}
            type="checkbox"
            checked={draft.isPrivate}
            onChange={(event) => onChange({ isPrivate: event.target.checked })}
          />
        )}
      </Field>
    </>
  )
}
