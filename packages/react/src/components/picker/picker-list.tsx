import { Combobox } from '@base-ui/react/combobox'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { VirtualItem, Virtualizer } from '@tanstack/react-virtual'
import { useImperativeHandle, useLayoutEffect, useState } from 'react'
import type { CSSProperties, ReactElement, ReactNode, RefObject } from 'react'

import { OptionRow } from './option-row.tsx'
import type { PickerOption, PickerRow } from './picker-options.ts'
import type { Picker } from './use-picker.ts'

/** What an option is, for those who draw it themselves. */
export interface OptionState {
  readonly isChosen: boolean
  readonly isFavourite: boolean
}

export type RenderOption = (option: PickerOption, state: OptionState) => ReactNode

/** What the rest of the picker asks of its list. */
export interface ListHandle {
  readonly scrollToOption: (index: number) => void
}

export interface PickerListProps {
  readonly picker: Picker
  readonly renderOption: RenderOption | undefined
  /** Called when somebody presses an option that cannot be chosen. */
  readonly onRefused: ((option: PickerOption) => void) | undefined
  readonly handle: RefObject<ListHandle | null>
}

/** Heights before they are measured, in pixels. */
const GROUP_HEIGHT = 30
const OPTION_HEIGHT = 48

/** The listbox. Only the rows in sight are in the page, so that hundreds of models cost no more. */
export function PickerList({
  picker,
  renderOption,
  onRefused,
  handle,
}: PickerListProps): ReactElement {
  const { rows, values, labels, catalogue, selection } = picker
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? GROUP_HEIGHT : OPTION_HEIGHT),
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 4,
    // The names of groups stay in sight above their first option.
    scrollPaddingStart: GROUP_HEIGHT,
  })
  const scrollToOption = (index: number): void => {
    const row = rows.findIndex((each) => each.kind === 'option' && each.index === index)
    if (row !== -1) virtualizer.scrollToIndex(row)
  }
  useImperativeHandle(handle, () => ({ scrollToOption }))
  // It opens where the chosen option is.
  useLayoutEffect(() => {
    if (scroller !== null) scrollToOption(values.indexOf(selection.model ?? ''))
  }, [scroller])
  return (
    <Combobox.List ref={setScroller} data-imrs="list" aria-label={labels.chooseModel}>
      {rows.length === 0 ? (
        <div data-imrs="empty" role="presentation">
          {catalogue.isLoading ? labels.loadingModels : labels.noMatch}
        </div>
      ) : (
        <div
          role="presentation"
          style={{ position: 'relative', blockSize: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map((item) => (
            <Row key={item.key} {...{ item, virtualizer, picker, renderOption, onRefused }} />
          ))}
        </div>
      )}
    </Combobox.List>
  )
}

interface RowProps {
  readonly item: VirtualItem
  readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>
  readonly picker: Picker
  readonly renderOption: RenderOption | undefined
  readonly onRefused: PickerListProps['onRefused']
}

function Row({
  item,
  virtualizer,
  picker,
  renderOption,
  onRefused,
}: RowProps): ReactElement | null {
  const { rows, values, labels, shelf, selection } = picker
  const row = rows[item.index]
  if (row === undefined) return null
  const place = { ref: virtualizer.measureElement, 'data-index': item.index, style: at(item.start) }
  if (row.kind === 'group') {
    return (
      <div {...place} role="presentation" data-imrs="group">
        {row.name}
      </div>
    )
  }
  const { option, index } = row
  const isFavourite = shelf.favourites.includes(option.value)
  const state = { isChosen: option.value === selection.model, isFavourite }
  return (
    <Combobox.Item
      {...place}
      value={option.value}
      index={index}
      disabled={option.isDisabled}
      // Before the item itself, which hears nothing of presses while it is disabled.
      onClickCapture={() => option.isDisabled && onRefused?.(option)}
      aria-setsize={values.length}
      aria-posinset={index + 1}
      data-imrs="option"
      data-status={option.model?.status}
      data-favourite={isFavourite ? '' : undefined}
      data-new={option.isNew ? '' : undefined}
    >
      {renderOption?.(option, state) ?? <OptionRow option={option} labels={labels} />}
    </Combobox.Item>
  )
}

function keyOf(row: PickerRow | undefined): string {
  if (row === undefined) return ''
  return row.kind === 'group' ? `group ${row.name}` : row.option.value
}

function at(start: number): CSSProperties {
  return { position: 'absolute', insetInline: 0, insetBlockStart: start }
}
