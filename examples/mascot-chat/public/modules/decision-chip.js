import { getDecision } from './api.js'
import { element, icon } from './dom.js'
import { FAILURES } from './failure-card.js'
import { costText, durationText, taskName } from './format.js'

const SHOWN_CANDIDATES = 8

const SOURCE_NOTES = {
  explicit: 'your choice',
  preference: 'your choice',
  default: 'default model',
  'fallback-default': 'default, Auto could not choose',
}
const SOURCE_TEXTS = {
  explicit: 'You chose the model.',
  preference: 'You chose the model earlier.',
  default: 'Nobody chose, so the default model answers.',
  auto: 'Auto chose the model.',
  'fallback-default': 'Auto could not choose, so the default model answers.',
}

/** Which model answers and why: one line, which opens to the reason and, once stored, the ranking. */
export function decisionChip(decision, directory) {
  const ranking = element('div')
  const node = element(
    'details',
    { class: 'answer-chip' },
    element(
      'summary',
      {},
      icon(decision.source === 'auto' ? 'spark' : 'model'),
      chipText(decision, directory),
      element('span', { class: 'chip-why', text: 'why' }),
    ),
    element(
      'div',
      { class: 'chip-body' },
      element('p', { text: decision.reason }),
      factList(decision, directory),
      ranking,
    ),
  )
  node.addEventListener('toggle', () => {
    if (node.open && ranking.childElementCount === 0) void fillRanking(ranking, decision, directory)
  })
  return node
}

function chipText(decision, directory) {
  const name = element('strong', { text: directory.displayNameOf(decision.model) })
  const task = ` · ${taskName(decision.taskType)}`
  if (decision.source === 'auto')
    return element(
      'span',
      { class: 'chip-text' },
      `${chooserOf(decision, directory)} → `,
      name,
      task,
    )
  const note = SOURCE_NOTES[decision.source] ?? decision.source
  return element('span', { class: 'chip-text' }, name, ` · ${note}${task}`)
}

/** Who chose where the router did: `Auto`, or the name of the preset. */
function chooserOf({ preset }, directory) {
  return preset === undefined ? 'Auto' : directory.nameOf(`preset:${preset}`)
}

function factList(decision, directory) {
  const { task, taskType, source, strategy, model, requiredCapabilities } = decision
  const evidence =
    task.source === 'none'
      ? 'no sign of any other'
      : `by ${task.source}, ${task.confidence} confidence`
  const facts = [
    ['Chosen by', sourceText(decision, directory)],
    ['Task', `${taskName(taskType)} (${evidence})`],
    ['Needs', requiredCapabilities.map((name) => name.replaceAll('_', ' ')).join(', ')],
    ['Model', model],
    ...(source === 'auto' ? [['Strategy', strategy]] : []),
  ]
  return element(
    'dl',
    { class: 'chip-facts' },
    ...facts.flatMap(([name, value]) => [
      element('dt', { text: name }),
      element('dd', { text: value }),
    ]),
  )
}

function sourceText({ source, preset }, directory) {
  if (source !== 'auto' || preset === undefined) return SOURCE_TEXTS[source] ?? source
  return `The preset ${directory.nameOf(`preset:${preset}`)} chose the model.`
}

/** The ranking and the calls are there once the answer has ended; until then the line above has to do. */
async function fillRanking(place, decision, directory) {
  try {
    const explanation = await getDecision(decision.decisionId)
    place.replaceChildren(
      ...(decision.source !== 'auto' || explanation.sentence === decision.reason
        ? []
        : [element('p', { text: explanation.sentence })]),
      ...(explanation.candidates.length === 0 ? [] : [rankingTable(explanation, directory)]),
      ...(explanation.calls.length === 0 ? [] : [callsTable(explanation.calls, directory)]),
    )
  } catch (error) {
    if (error.code !== 'not-found') place.replaceChildren()
  }
}

function rankingTable({ candidates, candidateCount, model }, directory) {
  const head = ['Model', 'Score', 'Priority', 'Ratings'].map((text) =>
    element('th', { scope: 'col', text }),
  )
  const rows = candidates
    .slice(0, SHOWN_CANDIDATES)
    .map((candidate) =>
      element(
        'tr',
        { 'data-chosen': String(candidate.modelId === model) },
        element('th', { scope: 'row', text: directory.displayNameOf(candidate.modelId) }),
        element('td', { text: candidate.score.toFixed(2) }),
        element('td', { text: candidate.priority.toFixed(2) }),
        element('td', { text: ratingText(candidate) }),
      ),
    )
  return element(
    'table',
    { class: 'chip-ranking' },
    element('caption', { text: `The best of ${candidateCount} candidates` }),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  )
}

const CAUSES = { retry: 'again', failover: 'instead', hedge: 'beside it' }

/** Every call that was made for the answer: the failed ones cost time, and some of them money. */
function callsTable(calls, directory) {
  const head = ['Call', 'Outcome', 'Time', 'Cost'].map((text) =>
    element('th', { scope: 'col', text }),
  )
  const rows = calls.map(({ model, outcome, failureKind, cause, totalMs, ...money }) => {
    const name = directory.displayNameOf(model)
    const text = CAUSES[cause] === undefined ? name : `${name}, ${CAUSES[cause]}`
    return element(
      'tr',
      { 'data-chosen': String(outcome === 'completed') },
      element('th', { scope: 'row', text }),
      element('td', { text: outcome === 'failed' ? (FAILURES[failureKind] ?? outcome) : outcome }),
      element('td', { text: durationText(totalMs) }),
      element('td', { text: callCost(money) }),
    )
  })
  return element(
    'table',
    { class: 'chip-ranking chip-calls' },
    element('caption', { text: calls.length === 1 ? 'The call' : `The ${calls.length} calls` }),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  )
}

function callCost({ costUsd, usageSource }) {
  if (costUsd === null) return 'unknown'
  return usageSource === 'estimate' ? `about ${costText(costUsd)}` : costText(costUsd)
}

function ratingText({ ratings, experience }) {
  if (ratings === 0 || experience === undefined) return 'none'
  return `${experience.toFixed(2)} from ${ratings}`
}
