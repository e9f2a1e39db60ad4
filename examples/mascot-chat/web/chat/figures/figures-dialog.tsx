import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'

import { useDirectory } from '../app/config.tsx'
import { costText, durationText } from '../ui/format.ts'
import { readFigures } from './read-figures.ts'
import type { Figures, ModelFigures } from './read-figures.ts'

const HEADS = ['Model', 'Requests', 'Failed', 'Rating', 'First word', 'Whole answer', 'Cost each']

/** A dialog with how the models of this chat did: asked for anew whenever it opens. */
export function FiguresDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean
  readonly onClose: () => void
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog className="figures" aria-labelledby="figures-title" ref={dialog} onClose={onClose}>
      <h2 id="figures-title">How the models do</h2>
      {/* It scrolls where it is too wide, and keyboards scroll what has the focus. */}
      <div
        className="figures-content"
        tabIndex={0}
        role="region"
        aria-labelledby="figures-title"
        aria-live="polite"
      >
        {isOpen && <Content />}
      </div>
      <div className="figures-foot">
        <button className="quiet-button" type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </dialog>
  )
}

function Content(): ReactElement {
  const [figures, setFigures] = useState<Figures>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    readFigures().then(setFigures, (error: Error) => setProblem(error.message))
  }, [])
  if (problem !== undefined) return <p>{problem}</p>
  if (figures === undefined) return <p>Adding up …</p>
  if (figures.models.length === 0) return <p>No model was asked yet.</p>
  return (
    <>
      <table className="figures-table" aria-labelledby="figures-title">
        <caption>The last {figures.days} days, everybody in this chat</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.models.map((each) => (
            <Row key={each.model} figures={each} />
          ))}
        </tbody>
      </table>
      <p className="figures-note">
        Times are medians. A rating in brackets rests on too few thumbs to be relied on.
      </p>
    </>
  )
}

function Row({ figures }: { readonly figures: ModelFigures }): ReactElement {
  const directory = useDirectory()
  const { model, requests, failures, rating, firstPartMs, totalMs, costPerRequestUsd } = figures
  return (
    <tr data-model={model}>
      <th scope="row">{directory.displayNameOf(model)}</th>
      <td>{requests}</td>
      <td>{failures}</td>
      <td>{ratingText(rating)}</td>
      <td>{timeText(firstPartMs)}</td>
      <td>{timeText(totalMs)}</td>
      <td>{costText(costPerRequestUsd)}</td>
    </tr>
  )
}

function ratingText(rating: ModelFigures['rating']): string {
  if (rating === null) return 'none'
  const text = `${rating.mean.toFixed(2)} from ${rating.count}`
  return rating.isKnown ? text : `(${text})`
}

function timeText(figure: ModelFigures['totalMs']): string {
  return figure === null ? 'unknown' : durationText(figure.p50)
}
