import type { ReactElement } from 'react'

import { wordsOf } from './format.ts'

export interface CheckboxGroupProps<Option extends string> {
  readonly legend: string
  readonly options: readonly Option[]
  readonly chosen: readonly Option[]
  readonly onChange: (chosen: readonly Option[]) => void
}

/** Any number of some. */
export function CheckboxGroup<Option extends string>(
  props: CheckboxGroupProps<Option>,
): ReactElement {
  const { legend, options, chosen, onChange } = props
  return (
    <fieldset className="checkboxes">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option}>
          <input
            type="checkbox"
            checked={chosen.includes(option)}
            onChange={({ target: { checked } }) =>
              // In the order of the options, whatever was chosen first.
              onChange(
                options.filter((each) => (each === option ? checked : chosen.includes(each))),
              )
            }
          />{' '}
          {wordsOf(option)}
        </label>
      ))}
    </fieldset>
  )
}
