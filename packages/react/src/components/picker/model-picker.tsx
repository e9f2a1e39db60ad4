import { Combobox } from '@base-ui/react/combobox'
import type { ModelInfo } from '@imrs/core'
import { useMemo, useRef, useState } from 'react'
import type { ReactElement, ReactNode, RefObject } from 'react'

import type { Chat } from '../../chat/chat-store.ts'
import { useStore } from '../../hooks/use-store.ts'
import { withLabels } from '../shared/labels.ts'
import type { LabelsProps } from '../shared/labels.ts'
import { LiveText, StatusDot } from '../shared/parts.tsx'
import { PickerFilterBar } from './picker-filters.tsx'
import { PickerFooter } from './picker-footer.tsx'
import { PickerList } from './picker-list.tsx'
import type { ListHandle, RenderOption } from './picker-list.tsx'
import type { DescribeModel, PickerOption } from './picker-options.ts'
import { PickerSide } from './picker-side.tsx'
import { SelectionNotices } from './selection-notices.tsx'
import { usePicker } from './use-picker.ts'
import type { Picker } from './use-picker.ts'
import { Warmed, useWarmUp } from './use-warm-up.ts'
import type { WarmUp } from './use-warm-up.ts'

export interface ModelPickerProps extends LabelsProps {
  /** Put on the outermost element. */
  readonly className?: string | undefined
  /** The conversation the choice is for: while it answers, the picker says which model finishes and which is next. */
  readonly chat?: Chat | undefined
  /** Whether *Auto*, the presets and the dial are offered. Default: `true`. */
  readonly offersAuto?: boolean | undefined
  /** Which models are offered. Keep the function the same between renders. Default: all. */
  readonly isOffered?: ((model: ModelInfo) => boolean) | undefined
  /** Says of a model what the list does not: another name, a note, whether it can be chosen. Keep the function the same between renders. */
  readonly describeModel?: DescribeModel | undefined
  /** Called when somebody presses an option that cannot be chosen. Default: nothing happens. */
  readonly onRefused?: ((option: PickerOption) => void) | undefined
  /** Draws the inside of an option; `undefined` leaves it as it is. No buttons or links in it. */
  readonly renderOption?: RenderOption | undefined
  /** Draws the inside of the button. */
  readonly renderCurrent?: ((picker: Picker) => ReactNode) | undefined
  /** Draws what stands beside the list, in place of the details. */
  readonly renderDetails?: ((picker: Picker) => ReactNode) | undefined
}

/**
 * A button that says which model answers next and opens a list to choose from: a combobox with a
 * listbox after WAI-ARIA, with search, filters, groups, details and a comparison. Without a style
 * sheet it is plain; every element has a `data-imrs` name and `data-*` states.
 */
export function ModelPicker({
  labels: some,
  className,
  chat,
  offersAuto = true,
  isOffered,
  describeModel,
  renderCurrent,
  ...slots
}: ModelPickerProps): ReactElement {
  const labels = useMemo(() => withLabels(some), [some])
  const [isOpen, setOpen] = useState(false)
  const list = useRef<ListHandle>(null)
  const picker = usePicker({ labels, offersAuto, isOffered, describeModel })
  const warmUp = useWarmUp(!isOpen)
  const { selection, values, filters, filter, show, choose } = picker
  return (
    <div data-imrs="picker" data-open={isOpen ? '' : undefined} className={className}>
      <Combobox.Root<string>
        virtualized
        autoHighlight
        filter={null}
        items={values}
        filteredItems={values}
        value={selection.model ?? null}
        itemToStringLabel={picker.nameOf}
        onValueChange={(value) => value !== null && choose(value)}
        inputValue={filters.search}
        onInputValueChange={(search, { reason }) =>
          filter({ search: reason === 'input-change' ? search : '' })
        }
        open={isOpen}
        onOpenChange={(next) => {
          setOpen(next)
          if (next) show(undefined)
        }}
        onItemHighlighted={(value, { reason, index }) => {
          if (value !== undefined) show(value)
          if (reason !== 'pointer' && index >= 0) list.current?.scrollToOption(index)
        }}
      >
        <Trigger picker={picker} renderCurrent={renderCurrent} />
        <Popup {...{ picker, list, offersAuto, warmUp }} {...slots} />
      </Combobox.Root>
      <SelectionNotices labels={labels} nameOf={picker.nameOf} />
      {chat !== undefined && <NextReply chat={chat} picker={picker} />}
    </div>
  )
}

interface PopupProps extends Pick<
  ModelPickerProps,
  'renderOption' | 'renderDetails' | 'onRefused'
> {
  readonly picker: Picker
  readonly list: RefObject<ListHandle | null>
  readonly offersAuto: boolean
  readonly warmUp: WarmUp
}

function Popup({
  picker,
  list,
  offersAuto,
  warmUp,
  renderOption,
  renderDetails,
  onRefused,
}: PopupProps): ReactElement {
  const { labels, rows, values, options, filter, filters } = picker
  const { provider, capabilities, isFreeOnly } = filters
  const { isLoading } = picker.catalogue
  return (
    <Combobox.Portal keepMounted={warmUp.isWarming}>
      <Combobox.Positioner data-imrs="positioner" sideOffset={4} align="start">
        <Combobox.Popup data-imrs="popup" aria-label={labels.chooseModel}>
          <Combobox.Input
            data-imrs="search"
            aria-label={labels.searchModels}
            placeholder={labels.searchModels}
          />
          <PickerFilterBar
            {...{ labels, options, filter, offersAuto, provider, capabilities, isFreeOnly }}
          />
          <div data-imrs="body">
            <PickerList
              {...{ rows, values, labels, isLoading, renderOption, onRefused }}
              chosen={picker.selection.model}
              favourites={picker.shelf.favourites}
              handle={list}
            />
            <PickerSide
              {...{ labels, compared: picker.compared }}
              // What reads something of a model reads it when somebody looks.
              shown={warmUp.isWarming ? undefined : picker.shown}
              toggleCompared={picker.toggleCompared}
            >
              {warmUp.isWarming ? undefined : renderDetails?.(picker)}
            </PickerSide>
          </div>
          <PickerFooter {...{ labels, rows, options }} />
          {warmUp.isWarming && <Warmed onWarm={warmUp.end} />}
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  )
}

function Trigger({
  picker,
  renderCurrent,
}: {
  readonly picker: Picker
  readonly renderCurrent: ModelPickerProps['renderCurrent']
}): ReactElement {
  const { labels, selection, nameOf } = picker
  const { model, modelInfo, isSaving, isLoading } = selection
  return (
    <Combobox.Trigger
      data-imrs="trigger"
      data-status={modelInfo?.status}
      data-saving={isSaving ? '' : undefined}
      data-loading={isLoading ? '' : undefined}
      aria-label={`${labels.chooseModel}: ${nameOf(model)}`}
      title={modelInfo?.errorMessage}
    >
      {renderCurrent?.(picker) ?? (
        <>
          {modelInfo !== undefined && <StatusDot status={modelInfo.status} />}
          <span data-imrs="current">{nameOf(model)}</span>
        </>
      )}
      <span data-imrs="caret" aria-hidden="true">
        ▾
      </span>
    </Combobox.Trigger>
  )
}

/** Only while an answer is being given by another model than the next one. */
function NextReply({
  chat,
  picker: { selection, labels, nameOf },
}: {
  readonly chat: Chat
  readonly picker: Picker
}): ReactElement {
  const { running } = useStore(chat)
  const isOther = running?.model !== undefined && selection.model !== running.asked
  const name = running?.modelName ?? running?.model ?? ''
  return (
    <LiveText part="next-reply">
      {isOther ? labels.nextReply(nameOf(selection.model), name) : ''}
    </LiveText>
  )
}
