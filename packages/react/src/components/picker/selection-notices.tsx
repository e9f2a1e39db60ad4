import type { ReactElement } from 'react'

import { useModel } from '../../hooks/use-model.ts'
import type { SelectionNotice } from '../../selection/selection-state.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'

export interface SelectionNoticesProps extends LabelsProps {
  /** The name of a model id. Default: the id. */
  readonly nameOf?: ((modelId: string | undefined) => string) | undefined
}

/** What became of a choice whose model is gone, each with a button that puts it away. */
export function SelectionNotices({
  labels: some,
  nameOf = (id) => id ?? '',
}: SelectionNoticesProps): ReactElement {
  const labels = withLabels(some)
  const { notices, dismiss, accept } = useModel()
  return (
    <div data-imrs="notices" role="status">
      {notices.map((notice, index) => (
        <p key={`${notice.type} ${index}`} data-imrs="notice" data-notice={notice.type}>
          {textOf(notice, labels, nameOf)}{' '}
          {notice.type === 'migration-offered' && (
            <button type="button" data-imrs="accept" onClick={() => void accept(notice)}>
              {labels.accept}
            </button>
          )}
          <button type="button" data-imrs="dismiss" onClick={() => dismiss(notice)}>
            {labels.dismiss}
          </button>
        </p>
      ))}
    </div>
  )
}

function textOf(
  notice: SelectionNotice,
  labels: ImrsLabels,
  nameOf: (modelId: string | undefined) => string,
): string {
  switch (notice.type) {
    case 'migrated':
      return labels.migrated(notice.from, nameOf(notice.to))
    case 'migration-offered':
      return labels.migrationOffered(notice.from, nameOf(notice.to))
    case 'invalid-selection':
      return labels.invalidSelection(
        notice.from,
        notice.to === undefined ? undefined : nameOf(notice.to),
      )
    case 'not-saved':
      return labels.notSaved(nameOf(notice.model))
  }
}
