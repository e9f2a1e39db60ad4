import { Combobox } from '@base-ui/react/combobox'
import { measureElement, useVirtualizer } from '@tanstack/react-virtual'
import type { VirtualizerOptions } from '@tanstack/react-virtual'
import { memo, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, FunctionComponent, ReactElement, ReactNode, RefObject } from 'react'

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

export interface PickerListProps extends Pick<Picker, 'rows' | 'values' | 'labels'> {
  /** What is chosen. */
  readonly chosen: string | undefined
  readonly favourites: readonly string[]
  readonly isLoading: boolean
  readonly renderOption: RenderOption | undefined
  /** Called when somebody presses an option that cannot be chosen. */
  readonly onRefused: ((option: PickerOption) => void) | undefined
  readonly handle: RefObject<ListHandle | null>
}

/** Heights with the style sheet, before any is measured, in pixels. */
const HEIGHTS: Readonly<Record<string, number>> = { group: 26, option: 51 }
/** Of the list in the style sheet, so that its rows are there with it. */
const BEFORE_MEASURED = { width: 0, height: 352 }

/** The listbox. Only the rows in sight are in the page, so that hundreds of models cost no more. */
export const PickerList: FunctionComponent<PickerListProps> = memo(function PickerList({
  handle,
  ...props
}: PickerListProps): ReactElement {
  const { rows, values, labels, chosen, isLoading } = props
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller,
    ...useHeights((index) => rows[index]?.kind ?? 'option'),
    getItemKey: (index) => keyOf(rows[index]),
    initialRect: BEFORE_MEASURED,
    overscan: 2,
    // The names of groups stay in sight above their first option.
    scrollPaddingStart: HEIGHTS['group'] ?? 0,
  })
  const scrollToOption = (index: number): void => {
    const row = rows.findIndex((each) => each.kind === 'option' && each.index === index)
    if (row !== -1) virtualizer.scrollToIndex(row)
  }
  useImperativeHandle(handle, () => ({ scrollToOption }))
  // It opens where the chosen option is.
  useLayoutEffect(() => {
    if (scroller !== null) scrollToOption(values.indexOf(chosen ?? ''))
  }, [scroller])
  return (
    <Combobox.List ref={setScroller} data-imrs="list" aria-label={labels.chooseModel}>
      {rows.length === 0 ? (
        <div data-imrs="empty" role="presentation">
          {isLoading ? labels.loadingModels : labels.noMatch}
        </div>
      ) : (
        <div
          role="presentation"
          style={{ position: 'relative', blockSize: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ key, index, start }) => (
            <Row
              key={key}
              row={rows[index]}
              place={{ position: index, start, measure: virtualizer.measureElement }}
              {...props}
            />
          ))}
        </div>
      )}
    </Combobox.List>
  )
})

type Measuring = Pick<
  VirtualizerOptions<HTMLElement, HTMLElement>,
  'estimateSize' | 'measureElement'
>

/**
 * Takes a row to be as high as the lowest of its kind that was measured: what is not as high as it was
 * taken for moves all rows below it, which is a second rendering for each letter.
 */
function useHeights(kindOf: (index: number) => string): Measuring {
  const known = useRef<Record<string, number>>({})
  return {
    estimateSize: (index) => {
      const kind = kindOf(index)
      return known.current[kind] ?? HEIGHTS[kind] ?? 0
    },
    measureElement: (element, entry, virtualizer) => {
      const height = measureElement(element, entry, virtualizer)
      const kind = element.dataset['imrs'] ?? ''
      if (height > 0) known.current[kind] = Math.min(known.current[kind] ?? height, height)
      return height
    },
  }
}

interface RowProps extends Omit<PickerListProps, 'handle'> {
  readonly row: PickerRow | undefined
  readonly place: PlaceProps
}

function Row({ row, place, values, chosen, favourites, ...props }: RowProps): ReactElement | null {
  if (row === undefined) return null
  if (row.kind === 'group') return <GroupRow name={row.name} {...place} />
  const { option, index } = row
  const { labels, renderOption, onRefused } = props
  return (
    <OptionItem
      {...{ ...place, option, index, labels, renderOption, onRefused }}
      total={values.length}
      isChosen={option.value === chosen}
      isFavourite={favourites.includes(option.value)}
    />
  )
}

interface PlaceProps {
  /** Among the rows. */
  readonly position: number
  /** From the top of the list, pixels. */
  readonly start: number
  readonly measure: (element: HTMLElement | null) => void
}

const GroupRow = memo(function GroupRow({
  name,
  position,
  start,
  measure,
}: PlaceProps & { readonly name: string }): ReactElement {
  return (
    <div
      ref={measure}
      data-index={position}
      style={at(start)}
      role="presentation"
      data-imrs="group"
    >
      {name}
    </div>
  )
})

interface OptionItemProps
  extends PlaceProps, OptionState, Pick<PickerListProps, 'labels' | 'renderOption' | 'onRefused'> {
  readonly option: PickerOption
  /** Among the options. */
  readonly index: number
  readonly total: number
}

const OptionItem = memo(function OptionItem({
  option,
  index,
  total,
  isChosen,
  isFavourite,
  labels,
  renderOption,
  onRefused,
  ...place
}: OptionItemProps): ReactElement {
  return (
    <Combobox.Item
      ref={place.measure}
      data-index={place.position}
      style={at(place.start)}
      value={option.value}
      index={index}
      disabled={option.isDisabled}
      // Before the item itself, which hears nothing of presses while it is disabled.
      onClickCapture={() => option.isDisabled && onRefused?.(option)}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-imrs="option"
      data-status={option.model?.status}
      data-favourite={isFavourite ? '' : undefined}
      data-new={option.isNew ? '' : undefined}
    >
      {renderOption?.(option, { isChosen, isFavourite }) ?? (
        <OptionRow option={option} labels={labels} />
      )}
    </Combobox.Item>
  )
})

function keyOf(row: PickerRow | undefined): string {
  if (row === undefined) return ''
  return row.kind === 'group' ? `group ${row.name}` : row.option.value
}

function at(start: number): CSSProperties {
  return { position: 'absolute', insetInline: 0, insetBlockStart: start }
}
