import type { ReactElement } from 'react'

import { LiveText } from '../shared/parts.tsx'
import type { Picker } from './use-picker.ts'

/** How many are shown, whether the list is what it should be, and the way to read it again. */
export function PickerFooter({ picker }: { readonly picker: Picker }): ReactElement {
  const { labels, catalogue, rows, options } = picker
  const shown = rows.filter((row) => row.kind === 'option' && row.option.model !== undefined)
  const total = options.filter(({ model }) => model !== undefined)
  const { error, isLoading, isRefreshing, isStale, warnings, refresh } = catalogue
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
}
