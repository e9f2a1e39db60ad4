import { getPerformance } from './api.js'
import { drawIcons, element } from './dom.js'
import { costText, durationText } from './format.js'

const HEADS = ['Model', 'Requests', 'Failed', 'Rating', 'First word', 'Whole answer', 'Cost each']

/** A dialog with how the models of this chat did: asked for anew whenever it opens. */
export class Figures {
  #dialog
  #directory
  #content = element('div', {
    class: 'figures-content',
    // It scrolls where it is too wide, and keyboards scroll what has the focus.
    tabindex: '0',
    role: 'region',
    'aria-labelledby': 'figures-title',
    'aria-live': 'polite',
  })

  constructor(dialog, directory) {
    this.#dialog = dialog
    this.#directory = directory
    const close = element('button', {
      class: 'quiet-button',
      type: 'button',
      text: 'Close',
      on: { click: () => dialog.close() },
    })
    dialog.replaceChildren(
      element('h2', { id: 'figures-title', text: 'How the models do' }),
      this.#content,
      element('div', { class: 'figures-foot' }, close),
    )
    drawIcons(dialog)
  }

  async open() {
    this.#content.replaceChildren(element('p', { text: 'Adding up …' }))
    this.#dialog.showModal()
    try {
      this.#content.replaceChildren(...this.#nodes(await getPerformance()))
    } catch (error) {
      this.#content.replaceChildren(element('p', { text: error.message }))
    }
  }

  #nodes({ days, models }) {
    if (models.length === 0) return [element('p', { text: 'No model was asked yet.' })]
    const rows = models.map((figures) => this.#row(figures))
    const note = 'Times are medians. A rating in brackets rests on too few thumbs to be relied on.'
    return [
      element(
        'table',
        { class: 'figures-table', 'aria-labelledby': 'figures-title' },
        element('caption', { text: `The last ${days} days, everybody in this chat` }),
        element(
          'thead',
          {},
          element('tr', {}, ...HEADS.map((text) => element('th', { scope: 'col', text }))),
        ),
        element('tbody', {}, ...rows),
      ),
      element('p', { class: 'figures-note', text: note }),
    ]
  }

  #row({ model, requests, failures, rating, firstPartMs, totalMs, costPerRequestUsd }) {
    const cells = [
      String(requests),
      String(failures),
      ratingText(rating),
      timeText(firstPartMs),
      timeText(totalMs),
      costText(costPerRequestUsd),
    ]
    return element(
      'tr',
      { 'data-model': model },
      element('th', { scope: 'row', text: this.#directory.displayNameOf(model) }),
      ...cells.map((text) => element('td', { text })),
    )
  }
}

function ratingText(rating) {
  if (rating === null) return 'none'
  const text = `${rating.mean.toFixed(2)} from ${rating.count}`
  return rating.isKnown ? text : `(${text})`
}

function timeText(figure) {
  return figure === null ? 'unknown' : durationText(figure.p50)
}
