import { element, icon } from './dom.js'
import { AUTO } from './model-directory.js'

const HEALTH_TEXT = {
  healthy: 'working',
  degraded: 'having trouble',
  error: 'not reachable',
  'no-key': 'no key',
}

/** The options in the order in which they are shown: `Auto`, then presets, then models. */
export function pickerOptions(directory) {
  const auto = {
    id: AUTO,
    name: 'Auto',
    note: 'Picks the best model for each question and learns from your thumbs.',
    isDisabled: false,
    badges: [],
  }
  const models = directory.pickerModels.map((entry) => {
    const state = directory.describe(entry)
    return { ...entry, ...state, badges: badgesOf(entry, state, directory) }
  })
  const presets = directory.pickerPresets.map((preset) => ({
    ...preset,
    isPreset: true,
    isDisabled: false,
    badges: [],
  }))
  return [auto, ...presets, ...models]
}

function badgesOf(entry, state, directory) {
  const badges = []
  if (state.isDisabled) badges.push({ text: state.hasKey ? 'unavailable' : 'no key' })
  if (state.isRetired) badges.push({ text: 'retired', tone: 'warn' })
  if (state.isLimited) badges.push({ text: 'limited', tone: 'warn' })
  if (entry.id === directory.defaultModel) badges.push({ text: 'default', tone: 'good' })
  return badges
}

/** The list as nodes: `Auto`, then a group of presets and one for each provider. */
export function optionNodes(options, { selected, directory }) {
  const [auto, ...rest] = options
  const presets = rest.filter(({ isPreset }) => isPreset)
  const models = rest.filter(({ isPreset }) => !isPreset)
  const groups = Map.groupBy(models, ({ provider }) => provider)
  return [
    optionNode(auto, selected),
    ...(presets.length === 0 ? [] : [presetNode(presets, selected)]),
    ...[...groups].map(([provider, members]) =>
      groupNode({ provider, members, selected, health: directory.healthOf(provider) }),
    ),
  ]
}

function presetNode(presets, selected) {
  const nameId = 'picker-group-presets'
  const name = element('div', {
    class: 'picker-group-name',
    id: nameId,
    text: 'Auto, for one reason',
  })
  const group = element('div', { role: 'group', 'aria-labelledby': nameId }, name)
  group.append(...presets.map((option) => optionNode(option, selected)))
  return group
}

function groupNode({ provider, members, selected, health }) {
  const nameId = `picker-group-${provider}`
  const name = element('div', {
    class: 'picker-group-name',
    id: nameId,
    text: members[0].providerName,
  })
  const text = HEALTH_TEXT[health]
  if (text !== undefined) {
    name.append(element('span', { class: 'picker-health', 'data-health': health, text }))
  }
  const group = element('div', { role: 'group', 'aria-labelledby': nameId }, name)
  group.append(...members.map((option) => optionNode(option, selected)))
  return group
}

function optionNode(option, selected) {
  const nodeId = optionId(option.id)
  const badges = option.badges.map(({ text, tone }) =>
    element('span', { class: 'badge', 'data-tone': tone, text }),
  )
  return element(
    'div',
    {
      class: 'picker-option',
      role: 'option',
      id: nodeId,
      'data-model': option.id,
      'aria-selected': String(option.id === selected),
      'aria-disabled': option.isDisabled ? 'true' : undefined,
      'aria-labelledby': `${nodeId}-name ${nodeId}-badges`,
      'aria-describedby': `${nodeId}-note`,
    },
    element('span', { class: 'picker-check' }, icon('check')),
    element('span', { class: 'picker-name', id: `${nodeId}-name`, text: option.name }),
    element('span', { class: 'picker-badges', id: `${nodeId}-badges` }, ...badges),
    element('span', { class: 'picker-note', id: `${nodeId}-note`, text: option.note }),
  )
}

export function optionId(modelId) {
  return `picker-option-${modelId.replaceAll(/[^\w-]/g, '-')}`
}
