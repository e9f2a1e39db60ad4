import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'

import { CAPABILITIES, COST_TIERS, MODEL_TYPES } from '../api/names.ts'
import { wordsOf } from '../ui/format.ts'
import { hasFilter, withoutFilters } from './model-query.ts'
import type { ModelView } from './model-query.ts'

export interface ModelFiltersProps {
  readonly view: ModelView
  /** Ids of providers to choose from; without them a provider is typed. */
  readonly providers?: readonly string[] | undefined
  readonly onChange: (view: ModelView) => void
}

const TYPING_PAUSE_MS = 200

/** What the server filters by. */
export function ModelFilters({ view, providers, onChange }: ModelFiltersProps): ReactElement {
  const set = (change: Partial<ModelView>): void => onChange({ ...view, ...change })
  const choices = [
    ['cost_tier', 'Cost tier', COST_TIERS],
    ['capability', 'Capability', CAPABILITIES],
    ['model_type', 'Kind', MODEL_TYPES],
  ] as const
  return (
    <search className="filters">
      <SearchBox key={view.search === '' ? 'empty' : 'typed'} view={view} onChange={set} />
      {providers !== undefined && (
        <Choice
          label="Provider"
          value={view.provider}
          options={providers}
          onChange={(provider) => set({ provider })}
        />
      )}
      {choices.map(([name, label, options]) => (
        <Choice
          key={name}
          label={label}
          value={view[name]}
          options={options}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      <Choice
        label="Available"
        value={view.is_available}
        options={['true', 'false']}
        names={{ true: 'yes', false: 'no' }}
        onChange={(value) => set({ is_available: value })}
      />
      {hasFilter(view) && (
        <button type="button" onClick={() => onChange(withoutFilters(view))}>
          Clear filters
        </button>
      )}
    </search>
  )
}

interface SearchBoxProps {
  readonly view: ModelView
  readonly onChange: (change: Pick<ModelView, 'search'>) => void
}

/** Asks once the typing pauses. */
function SearchBox({ view, onChange }: SearchBoxProps): ReactElement {
  const [text, setText] = useState(view.search)
  useEffect(() => {
    if (text === view.search) return undefined
    const timer = setTimeout(() => onChange({ search: text }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, view.search, onChange])
  return (
    <label className="filter filter-search">
      <span>Search</span>
      <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
    </label>
  )
}

export interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly string[]
  /** What options are called. Default: their own words. */
  readonly names?: Readonly<Record<string, string>> | undefined
  /** What no choice is called; `null`: one must be chosen. Default: `any`. */
  readonly none?: string | null | undefined
  readonly onChange: (value: string) => void
}

/** One filter with few values; the first means no filter. */
export function Choice(props: ChoiceProps): ReactElement {
  const { label, value, options, names, none = 'any', onChange } = props
  return (
    <label className="filter">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {none !== null && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {names?.[option] ?? wordsOf(option)}
          </option>
        ))}
      </select>
    </label>
  )
}
