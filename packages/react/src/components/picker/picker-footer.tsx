import { memo } from 'react'
import type { FunctionComponent, ReactElement } from 'react'

import { useModels } from '../../hooks/use-models.ts'
import { LiveText } from '../shared/parts.tsx'
import type { Picker } from './use-picker.ts'

export type PickerFooterProps = Pick<Picker, 'labels' | 'rows' | 'options'>

/** How many are shown, whether the list is what it should be, and the way to read it again. */
export const PickerFooter: FunctionComponent<PickerFooterProps> = memo(function PickerFooter({
  labels,
  rows,
  options,
}: PickerFooterProps): ReactElement {
  const shown = rows.filter((row) => row.kind === 'option' && row.option.model !== undefined)
  const total = options.filter(({ model }) => model !== undefined)
  const { error, isLoading, isRefreshing, isStale, warnings, refresh } = useModels()
  const names = warnings.map(({ name }) => name).join(', ')
  return (
    <footer data-imrs="footer">
      <LiveText part="count">{isLoading ? '' : labels.shown(shown.length, total.length)}</LiveText>
      <LiveText part="warnings">
        {error !== undefined && <span data-imrs="error">{error.message}</span>}{' '}
        {isStale && !isRefreshing && <span data-imrs="stale">{labels.staleList}</span>}{' '}
        {names !== '' && <span data-imrs="degraded">{labels.degraded(names)}</span>}
      </LiveText>
      <button
        type="button"
        data-imrs="refresh"
        aria-disabled={isRefreshing || isLoading}
        onClick={() => void refresh({ force: error === undefined })}
      >
        {error !== undefined ? labels.retry : isRefreshing ? labels.refreshing : labels.refresh}
      </button>
    </footer>
  )
})
