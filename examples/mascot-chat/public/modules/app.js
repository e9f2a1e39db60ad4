import { getConfig, getModels } from './api.js'
import { createComposer } from './composer.js'
import { Conversation } from './conversation.js'
import { byId, drawIcons, element } from './dom.js'
import { showExamples } from './examples.js'
import { Figures } from './figures.js'
import { drawMascot } from './mascot.js'
import { ModelDirectory, isRouted } from './model-directory.js'
import { Picker } from './picker.js'
import { followEnd } from './scroll.js'
import { Selection } from './selection.js'
import { createStatusLine } from './status-line.js'

const status = createStatusLine(byId('dock-status'))
const setMood = drawMascot(document)

function begin(config) {
  const directory = new ModelDirectory(config)
  const toEnd = followEnd({
    area: byId('conversation'),
    content: byId('messages'),
    button: byId('to-latest'),
  })
  const selection = new Selection({
    directory,
    status,
    answeringModel: () => conversation.answeringModel,
  })
  const conversation = new Conversation(
    { messages: byId('messages') },
    { directory, selection, toEnd, onMood: moodOf(directory), onChooseModel: () => picker.open() },
  )
  const loadModels = (options) => refreshModels({ directory, picker, selection }, options)
  const picker = new Picker(byId('picker'), {
    directory,
    selection,
    status,
    refresh: () => void loadModels({ force: true }),
  })
  const composer = createComposer(conversation, { status })
  conversation.addEventListener('change', () => {
    byId('empty').hidden = !conversation.isEmpty
    byId('new-chat').hidden = conversation.isEmpty
    if (!conversation.isAnswering) void loadModels()
  })
  selection.addEventListener('change', () => showHealth(directory, selection))
  showExamples(byId('examples'), (text) => void conversation.ask(text))
  byId('new-chat').addEventListener('click', () => {
    conversation.clear()
    setMood('idle', 'Ready when you are')
    composer.focus()
  })
  const figures = new Figures(byId('figures'), directory)
  byId('show-figures').addEventListener('click', () => void figures.open())
  addEventListener('pagehide', () => conversation.save())
  conversation.restore()
  setMood('idle', 'Ready when you are')
  return selection.restore().catch((error) => {
    status.say(`Your earlier choice could not be read. ${error.message}`, { tone: 'bad' })
  })
}

/** Follows an answer with the mascot, and tells the announcer of its beginning and end. */
function moodOf(directory) {
  const announcer = byId('announcer')
  return (state, record) => {
    const name = directory.displayNameOf(
      record.fallbacks.at(-1)?.to ?? record.decision?.model ?? '',
    )
    const texts = {
      thinking: name === '' ? 'Thinking …' : `Thinking with ${name} …`,
      talking: `Answering with ${name} …`,
      idle: record.state === 'stopped' ? 'Stopped' : 'Ready when you are',
      sorry: 'Sorry, that did not work',
    }
    setMood(state, texts[state])
    const news = newsOf(state, record, name)
    if (news !== undefined && announcer.textContent !== news) announcer.replaceChildren(news)
  }
}

function newsOf(state, record, name) {
  if (state === 'thinking') return name === '' ? 'Sent.' : `${name} is answering.`
  if (state === 'sorry') return `No answer. ${record.failure.message}`
  if (state === 'idle') return record.state === 'stopped' ? 'Stopped.' : `${name} has answered.`
  return undefined
}

async function refreshModels({ directory, picker, selection }, options) {
  try {
    directory.update(await getModels(options))
    picker.render()
    showHealth(directory, selection)
    if (options?.force) status.say('The list of models is up to date.', { tone: 'good' })
  } catch (error) {
    if (options?.force) status.say(error.message, { tone: 'bad' })
  }
}

/** A word of warning while the chosen model's provider has trouble. */
function showHealth(directory, { current }) {
  const note = byId('health-note')
  const health = isRouted(current) ? 'healthy' : directory.healthOf(current.split('/')[0])
  const trouble = { degraded: 'is having trouble', error: 'is not reachable' }[health]
  note.hidden = trouble === undefined
  note.textContent =
    trouble === undefined ? '' : `${directory.providerNameOf(current)} ${trouble} right now.`
}

function showBanner({ isSimulator, keyVariables, strategy }) {
  const banner = byId('banner')
  byId('strategy').textContent = `Auto uses the ${strategy.name} strategy: ${strategy.summary}.`
  banner.hidden = !isSimulator
  if (!isSimulator) return
  const names = keyVariables.flatMap((name, index) => [
    index === 0 ? ' Real models need ' : ' or ',
    element('code', { text: name }),
  ])
  banner.replaceChildren(
    element('strong', { text: 'Offline demo.' }),
    ' A simulator plays all providers.',
    element('span', { class: 'banner-names' }, ...names, '.'),
  )
}

drawIcons(document)
try {
  const config = await getConfig()
  showBanner(config)
  await begin(config)
} catch (error) {
  setMood('sorry', 'Sorry, the page could not start')
  status.say(`${error.message} Reload the page to try again.`, { tone: 'bad', stays: true })
}
