import { sendFeedback } from './api.js'
import { element, icon } from './dom.js'
import { taskName } from './format.js'

const UNDO = { signal: 'retract' }

/**
 * Thumbs, copy and regenerate below an answer. A thumb that is given already is taken back by another click. `record` gives the answer as it is now, `onChange`
 * takes a changed one.
 */
export function answerActions({ record, directory, onChange, onRegenerate }) {
  const note = element('p', { class: 'answer-note', role: 'status' })
  const up = actionButton('thumb-up', 'Good answer', () => void rate(1))
  const down = actionButton('thumb-down', 'Bad answer', () => void rate(0))
  const canRate = record().state === 'done'
  const showRating = () => {
    up.setAttribute('aria-pressed', String(record().rating === 1))
    down.setAttribute('aria-pressed', String(record().rating === 0))
  }
  const rate = async (thumb) => {
    const before = record().rating
    // The thumb that is down already is taken back.
    const rating = before === thumb ? undefined : thumb
    onChange({ ...record(), rating })
    showRating()
    try {
      await sendFeedback(record().messageId, rating === undefined ? UNDO : { rating })
      note.replaceChildren(
        rating === undefined ? 'Your rating was taken back.' : thanks(record(), directory),
      )
    } catch (error) {
      onChange({ ...record(), rating: before })
      showRating()
      note.replaceChildren(`The rating was not kept. ${error.message}`)
    }
  }
  const copy = actionButton('copy', 'Copy the answer', async () => {
    const isCopied = await copyText(record().text)
    note.replaceChildren(isCopied ? 'Copied.' : 'The browser did not allow copying.')
    if (isCopied && canRate) signal(record(), 1)
  })
  const again = actionButton('again', 'Answer again', () => {
    if (canRate) signal(record(), 0)
    onRegenerate()
  })
  again.setAttribute('data-action', 'again')
  showRating()
  const buttons = canRate ? [up, down, copy, again] : [copy, again]
  return { buttons: element('div', { class: 'answer-actions' }, ...buttons), note }
}

function actionButton(name, label, onClick) {
  return element(
    'button',
    { type: 'button', title: label, 'aria-label': label, on: { click: onClick } },
    icon(name),
  )
}

function thanks({ rating, decision, end }, directory) {
  const model = directory.displayNameOf(end.model)
  const effect = rating === 1 ? 'counts for' : 'counts against'
  return `Noted: it ${effect} ${model} at ${taskName(decision.taskType).toLowerCase()} questions. You can change it, or click again to take it back.`
}

/** What people do is a hint too; losing one is no reason to disturb them. */
function signal(record, rating) {
  sendFeedback(record.messageId, { rating, feedback_type: 'implicit' }).catch(() => {})
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** For pages that are not served from a secure origin, where there is no clipboard. */
function copyBySelection(text) {
  const area = element('textarea', { class: 'visually-hidden', text })
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  return isCopied
}
