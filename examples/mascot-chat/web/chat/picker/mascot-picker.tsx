import type { ModelInfo } from '@imrs/core'
import { useModel } from '@imrs/react'
import type { Chat } from '@imrs/react'
import { ModelDetails, ModelPicker } from '@imrs/react/components'
import type { Picker, PickerOption } from '@imrs/react/components'
import { useCallback, useMemo } from 'react'
import type { ReactElement, ReactNode } from 'react'

import { useConfig, useDirectory } from '../app/config.tsx'
import { isRouted } from '../app/directory.ts'
import { useSay } from '../app/status-line.tsx'
import { Icon } from '../ui/icon.tsx'
import { useDialForAuto } from './use-dial-for-auto.ts'
import { usePickerTimes } from './use-picker-times.ts'
import { useSwitchNews } from './use-switch-news.ts'

/** The six models, *Auto* and the presets, under the names people ask for. */
export function MascotPicker({ chat }: { readonly chat: Chat }): ReactElement {
  const config = useConfig()
  const directory = useDirectory()
  const say = useSay()
  useSwitchNews(chat)
  useDialForAuto()
  const listeners = usePickerTimes()
  const offered = useMemo(() => new Set(config.models.map(({ id }) => id)), [config])
  const isOffered = useCallback(({ id }: ModelInfo) => offered.has(id), [offered])
  const refuse = ({ name, note, model }: PickerOption): void =>
    say(`${name} cannot be chosen: ${note ?? model?.errorMessage ?? ''}`, { tone: 'bad' })
  const labels = useMemo(
    () => ({
      autoDescription: 'Picks the best model for each question and learns from your thumbs.',
      automaticGroup: 'Auto, or for one reason',
      defaultModel: directory.nameOf(undefined),
    }),
    [directory],
  )
  return (
    <div className="picker-place" {...listeners}>
      <ModelPicker
        chat={chat}
        labels={labels}
        isOffered={isOffered}
        describeModel={directory.describe}
        onRefused={refuse}
        renderCurrent={renderCurrent}
        renderDetails={renderDetails}
      />
    </div>
  )
}

function renderCurrent({ selection, nameOf }: Picker): ReactNode {
  return <Current id={selection.model} name={nameOf(selection.model)} />
}

function Current({
  id,
  name,
}: {
  readonly id: string | undefined
  readonly name: string
}): ReactElement {
  const directory = useDirectory()
  const { defaultModel } = useConfig()
  const { isSaving } = useModel()
  const isFixed = id === undefined || !isRouted(id)
  const provider = isFixed ? directory.providerNameOf(id ?? defaultModel) : ''
  const owner = id === undefined ? `${provider} · default` : provider
  return (
    <>
      <Icon name={isFixed ? 'model' : 'spark'} />
      {/* Known before the list is in. */}
      <span className="picker-current" data-saving={isSaving ? '' : undefined}>
        {name === id ? directory.nameOf(id) : name}
      </span>
      <span className="picker-owner">{owner}</span>
    </>
  )
}

/** Of the option that was looked at last; until one was, of what is chosen. */
function renderDetails(picker: Picker): ReactNode {
  return <Details picker={picker} />
}

function Details({ picker }: { readonly picker: Picker }): ReactElement {
  const { shown, labels, catalogue, selection } = picker
  const { defaultModel } = useConfig()
  const chosen = selection.model ?? defaultModel
  const model = shown === undefined ? catalogue.models.find(({ id }) => id === chosen) : shown.model
  if (model !== undefined) return <ModelDetails model={model} labels={labels} />
  return <p>{shown?.description ?? labels.autoDescription}</p>
}
