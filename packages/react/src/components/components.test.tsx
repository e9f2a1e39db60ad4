import '../__fixtures__/page.ts'
import { FEEDBACK_REASONS } from '@imrs/core'
import { adaptive } from '@imrs/router'
import { fakeProvider } from '@imrs/testing/host'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'

import { serveRouter } from '../__fixtures__/serve-router.ts'
import type { ServeOptions } from '../__fixtures__/serve-router.ts'
import type { AnswerEntry } from '../chat/chat-entry.ts'
import { createChat } from '../chat/chat-store.ts'
import { createImrsClient } from '../client/imrs-client.ts'
import type { ImrsClient, ImrsClientOptions } from '../client/imrs-client.ts'
import { liveCatalog } from '../compat/compat-catalog.ts'
import { feedbackStores } from '../feedback/feedback-store.ts'
import { ModelProvider } from '../hooks/model-provider.tsx'
import { useModels } from '../hooks/use-models.ts'
import { useStore } from '../hooks/use-store.ts'
import { modelsStore } from '../models/models-store.ts'
import { selectionStore } from '../selection/selection-store.ts'
import { CostMeter } from './chat/cost-meter.tsx'
import { DecisionChip } from './chat/decision-chip.tsx'
import { FeedbackButtons, REASONS_OF_THUMBS } from './chat/feedback-buttons.tsx'
import { ProviderHealthDashboard } from './health/provider-health-dashboard.tsx'
import { CostQualityDial } from './picker/cost-quality-dial.tsx'
import { ModelPicker } from './picker/model-picker.tsx'
import { ENGLISH_LABELS } from './shared/labels.ts'

const PRICED = [
  {
    externalId: 'gpt-4o-mini',
    displayName: 'GPT-4o mini',
    pricing: { input: '0.15', output: '0.6' },
    contextLength: 128_000,
    capabilities: ['text', 'vision'] as const,
  },
  { externalId: 'free', displayName: 'Gratis', pricing: { input: '0', output: '0' } },
  { externalId: 'dear', displayName: 'Dear', pricing: { input: '50', output: '100' } },
]

async function serve(options: ServeOptions = {}, client: ImrsClientOptions = {}) {
  const provider = fakeProvider({
    models: PRICED,
    answer: () => ({ text: 'Hi', usage: { inputTokens: 1_000_000, outputTokens: 0 } }),
  })
  const served = await serveRouter({
    ...options,
    router: { providers: [provider.definition], ...options.router },
  })
  const headers = (): Record<string, string> => ({ authorization: 'Bearer anyone' })
  return {
    ...served,
    client: createImrsClient({ isLive: false, headers, ...client, baseUrl: served.url }),
  }
}

function show(client: ImrsClient, element: React.ReactElement): void {
  render(<ModelProvider client={client}>{element}</ModelProvider>)
}

async function openPicker(): Promise<HTMLElement> {
  await screen.findByRole('combobox', { name: /^Model: / })
  await act(async () => fireEvent.click(screen.getByRole('combobox', { name: /^Model: / })))
  return screen.findByRole('listbox')
}

async function openChip(client: ImrsClient, chip: React.ReactElement): Promise<HTMLElement> {
  show(client, chip)
  const details = document.querySelector('details')
  if (details === null) throw new Error('there is nothing to open')
  expect(screen.queryByText(/Candidates/)).toBeNull()
  details.open = true
  await act(async () => void fireEvent(details, new Event('toggle')))
  return details
}

beforeEach(() => localStorage.clear())
afterEach(cleanup)

describe('the picker', () => {
  it('shows automatic choices and models with price, context and provider, and chooses one', async () => {
    const { client } = await serve()
    show(client, <ModelPicker />)
    const list = await openPicker()
    const option = await within(list).findByRole('option', { name: /GPT-4o mini/ })
    expect(option.textContent).toContain('Low price')
    expect(option.textContent).toContain('128K tokens')
    expect(await within(list).findByRole('option', { name: /^Cheap/ })).toBeTruthy()
    fireEvent.click(option)
    await screen.findByRole('combobox', { name: 'Model: GPT-4o mini' })
    expect(client.part(selectionStore).getSnapshot().model).toBe('fake/gpt-4o-mini')
  })

  it('finds a model whatever the hyphens and the order of words, and filters', async () => {
    const { client } = await serve()
    show(client, <ModelPicker offersAuto={false} />)
    const list = await openPicker()
    await within(list).findByRole('option', { name: /Gratis/ })
    const names = (): string[] =>
      within(list)
        .queryAllByRole('option')
        .map((each) => /GPT-4o mini|Gratis|Dear/.exec(each.textContent ?? '')?.[0] ?? '')
    expect(names()).toEqual(['Dear', 'GPT-4o mini', 'Gratis'])
    const search = screen.getByRole('combobox', { name: 'Search models' })
    fireEvent.change(search, { target: { value: 'mini gpt4o' } })
    await expect.poll(names).toEqual(['GPT-4o mini'])
    fireEvent.change(search, { target: { value: '' } })
    fireEvent.click(screen.getByRole('button', { name: 'Free only' }))
    await expect.poll(names).toEqual(['Gratis'])
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    fireEvent.click(screen.getByRole('button', { name: 'vision' }))
    await expect.poll(names).toEqual(['GPT-4o mini'])
  })

  it('keeps what it has when the list fails, and offers to try again', async () => {
    const { client, goDown, comeBack } = await serve()
    show(client, <ModelPicker offersAuto={false} />)
    const list = await openPicker()
    await within(list).findByRole('option', { name: /Gratis/ })
    goDown()
    fireEvent.click(screen.getByRole('button', { name: 'Refresh models' }))
    const retry = await screen.findByRole('button', { name: 'Retry' })
    expect(within(list).getAllByRole('option')).toHaveLength(3)
    comeBack()
    fireEvent.click(retry)
    await screen.findByRole('button', { name: 'Refresh models' })
  })

  it('says why a model cannot be had, and that it cannot be chosen', async () => {
    const models = [...PRICED]
    const provider = fakeProvider({ models })
    const { client, router } = await serve({ router: { providers: [provider.definition] } })
    models.splice(1, 1)
    await router.providers.sync('fake')
    show(client, <ModelPicker offersAuto={false} />)
    const list = await openPicker()
    const option = await within(list).findByRole('option', { name: /Gratis/ })
    expect(option.textContent).toMatch(/Unavailable.*No longer listed/)
    expect(option.getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(option)
    expect(client.part(selectionStore).getSnapshot().model).toBeUndefined()
  })

  it('takes every text from outside', async () => {
    const { client } = await serve()
    show(client, <ModelPicker labels={{ chooseModel: 'Modell', defaultModel: 'Voreinstellung' }} />)
    expect(await screen.findByRole('combobox', { name: 'Modell: Voreinstellung' })).toBeTruthy()
  })

  it('says what became of a choice whose model is gone', async () => {
    const { client } = await serve(
      {},
      { initialPreference: { provider: null, model: 'gone/model', updatedAt: null } },
    )
    show(client, <ModelPicker />)
    await screen.findByText(/gone\/model cannot be chosen; Auto is used\./)
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText(/gone\/model/)).toBeNull()
  })
})

describe('what belongs to an answer', () => {
  async function answered() {
    const served = await serve()
    const chat = createChat(served.client)
    await act(() => chat.send('Hi', { model: 'auto' }))
    return { ...served, chat, answer: chat.getSnapshot().messages.at(-1) as AnswerEntry }
  }

  it('takes a thumb with reasons, which the server has, and gives back what was before', async () => {
    const { client, router, answer } = await answered()
    const messageId = answer.messageId ?? ''
    show(
      client,
      <FeedbackButtons
        messageId={messageId}
        labels={{ reason: { ...ENGLISH_LABELS.reason, slow: 'Langsam' } }}
      />,
    )
    const down = screen.getByRole('button', { name: 'Bad answer' })
    expect(screen.queryByRole('group', { name: 'What was it?' })).toBeNull()
    fireEvent.click(down)
    expect(down.getAttribute('aria-pressed')).toBe('true')
    await screen.findByText('Noted: it counts against this model.')
    const reason = (name: string): HTMLElement => screen.getByRole('button', { name })
    for (const name of ['Wrong', 'Too long', 'Langsam', 'Outdated', 'Unsafe']) {
      fireEvent.click(reason(name))
    }
    expect(reason('Off topic').getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(reason('Off topic'))
    const chosen = ['incorrect', 'too-long', 'slow', 'outdated', 'unsafe']
    const given = async (): Promise<unknown> =>
      (await router.feedback({ messageId, signal: 'copy', userId: 'ann' })).reasons
    await screen.findByText('Noted: it counts against this model.')
    expect(client.part(feedbackStores).of(messageId).getSnapshot().reasons).toEqual(chosen)
    expect(await given()).toEqual(chosen)
    fireEvent.click(reason('Unsafe'))
    await expect.poll(given).toEqual(chosen.slice(0, 4))
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await expect.poll(given).toEqual(chosen)
    expect(screen.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(down)
    await screen.findByText('Your rating was taken back.')
    expect(down.getAttribute('aria-pressed')).toBe('false')
    expect(await given()).toEqual([])
  })

  it('has the reasons of the router, each for a thumb, and those of the host for the host alone', async () => {
    const { up, down } = REASONS_OF_THUMBS
    expect([...new Set([...up, ...down])].toSorted()).toEqual(FEEDBACK_REASONS.toSorted())
    const { client, answer } = await answered()
    const told: string[] = []
    show(
      client,
      <FeedbackButtons
        messageId={answer.messageId ?? ''}
        reasons={{ up: ['clear', 'Made me laugh'], down: [] }}
        onReason={({ thumb, reason, isChosen }) => told.push(`${thumb} ${reason} ${isChosen}`)}
        onRate={(thumb) => told.push(`rated ${thumb}`)}
      />,
    )
    fireEvent.click(screen.getByRole('button', { name: 'Good answer' }))
    const own = screen.getByRole('button', { name: 'Made me laugh' })
    fireEvent.click(own)
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }))
    expect(own.getAttribute('aria-pressed')).toBe('true')
    const feedback = client.part(feedbackStores).of(answer.messageId ?? '')
    await expect
      .poll(() => feedback.getSnapshot())
      .toMatchObject({ reasons: ['clear'], isSaving: false })
    fireEvent.click(own)
    fireEvent.click(screen.getByRole('button', { name: 'Bad answer' }))
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(told).toEqual([
      'rated up',
      'up Made me laugh true',
      'up clear true',
      'up Made me laugh false',
      'rated down',
      'rated up',
    ])
  })

  it('explains the choice with task, candidates and calls when it is opened', async () => {
    const { client, answer } = await answered()
    if (answer.decision === undefined) throw new Error('there is no decision')
    const chip = await openChip(client, <DecisionChip decision={answer.decision} />)
    expect(chip.textContent).toMatch(/Chosen byThe router chose the model\./)
    expect(chip.textContent).toMatch(/Kind of taskGeneral \(no sign of any other\)/)
    const candidates = await screen.findByRole('table', { name: 'Candidates (3)' })
    const chosen = candidates.querySelector('[data-chosen]')
    expect(chosen?.querySelector('th')?.textContent).toBe(answer.modelName)
    expect(within(candidates).getByRole('columnheader', { name: 'Priority' })).toBeTruthy()
    const calls = screen.getByRole('table', { name: 'Calls' })
    expect(calls.textContent).toMatch(/completed.* ms\$/)
    expect(screen.queryByText(/All calls together/)).toBeNull()
  })

  it('says which model took over, what the calls before failed of, and what all of them cost', async () => {
    let chosen: string | undefined
    const provider = fakeProvider({
      models: PRICED,
      answer: ({ externalId }) => {
        chosen ??= externalId
        if (chosen !== externalId) {
          return { text: 'Hi', usage: { inputTokens: 1_000_000, outputTokens: 0 } }
        }
        return { failure: { kind: 'unavailable', message: 'It is down.' } }
      },
    })
    const { client } = await serve({ router: { providers: [provider.definition] } })
    const chat = createChat(client)
    await act(() => chat.send('Hi', { model: 'auto' }))
    const { decision, fallbacks } = chat.getSnapshot().messages.at(-1) as AnswerEntry
    if (decision === undefined) throw new Error('there is no decision')
    const nameOf = (modelId: string): string => `the ${modelId}`
    const chip = await openChip(client, <DecisionChip {...{ decision, fallbacks, nameOf }} />)
    expect(chip.querySelector('[data-imrs=fallback]')?.textContent).toBe(fallbacks[0]?.reason)
    const calls = await screen.findByRole('table', { name: 'Calls' })
    expect(calls.textContent).toContain(`the fake/${chosen}was not available`)
    expect(calls.textContent).toMatch(/, instead/)
    expect(chip.textContent).toMatch(/All calls together: \$/)
  })

  it('reads nothing before the answer has ended, and shows what the host draws', async () => {
    const { client, answer, asked } = await answered()
    const { decision } = answer
    if (decision === undefined) throw new Error('there is no decision')
    const count = (): number => asked.filter((path) => path.includes('/api/decisions/')).length
    const summary = ({ modelName }: typeof decision): string => `${modelName} answers`
    await openChip(
      client,
      <DecisionChip decision={decision} isOver={false} renderSummary={summary} />,
    )
    expect(screen.getByText(`${decision.modelName} answers`)).toBeTruthy()
    expect(count()).toBe(0)
  })

  it('counts what it cost, and what one model would have', async () => {
    const { client, chat } = await answered()
    function Meter(): React.ReactElement {
      return <CostMeter messages={useStore(chat).messages} baselineModel="fake/dear" />
    }
    await act(() => chat.regenerate({ model: 'fake/gpt-4o-mini' }))
    show(client, <Meter />)
    const cost = (chat.getSnapshot().messages.at(-1) as AnswerEntry).earlier[0]?.costUsd ?? 0
    const total = (cost + 0.15).toFixed(2)
    expect(screen.getByText(`Cost so far: $${total}`)).toBeTruthy()
    await screen.findByText(
      new RegExp(`saved \\$${(100 - cost - 0.15).toFixed(2)} against always Dear`),
    )
  })
})

describe('what was measured', () => {
  async function rated(http: ServeOptions['http']) {
    const served = await serve({ http })
    const chat = createChat(served.client)
    await chat.send('Write a function', { model: 'fake/free' })
    const { messageId = '' } = chat.getSnapshot().messages.at(-1) as AnswerEntry
    await served.client.part(feedbackStores).of(messageId).rate('up')
    const count = (): number => served.asked.filter((path) => path.endsWith('/quality')).length
    return { ...served, count }
  }

  async function compareWith(name: RegExp): Promise<void> {
    const list = await openPicker()
    fireEvent.click(await within(list).findByRole('option', { name }))
    await openPicker()
    fireEvent.click(await screen.findByRole('button', { name: 'Compare' }))
  }

  it('is shown to everybody who may see the list, with one request for all models', async () => {
    const { client, count } = await rated({ modelQuality: { minRatings: 1 } })
    show(client, <ModelPicker />)
    await compareWith(/Dear/)
    expect(await screen.findByText('Not rated yet.')).toBeTruthy()
    fireEvent.keyDown(screen.getByRole('combobox', { name: 'Search models' }), { key: 'Escape' })
    await compareWith(/Gratis/)
    const table = await screen.findByRole('table', { name: 'Compare' })
    const row = within(table).getByRole('row', { name: /^Rating: Code/ })
    expect(row.textContent).toMatch(/unknown.*100 % \(\d+–100\), 1 rating/)
    fireEvent.click(within(table).getByRole('button', { name: 'Dismiss: Dear' }))
    const measured = await screen.findByRole('table', { name: 'Measured' })
    expect(measured.textContent).toMatch(/Code100 % \(\d+–100\), 1 rating\d+ ms/)
    expect(count()).toBe(1)
  })

  it('is not shown, and not asked for again, where the server does not tell it', async () => {
    const { client, count } = await rated({ modelQuality: false })
    show(client, <ModelPicker />)
    await compareWith(/Gratis/)
    await expect.poll(count).toBe(1)
    expect(await screen.findByRole('heading', { name: 'Gratis' })).toBeTruthy()
    expect(document.querySelector('[data-imrs=measured], [data-imrs=not-measured]')).toBeNull()
    expect(count()).toBe(1)
  })
})

it('says of a model that it is new, when it came after the list was first read', async () => {
  const models = [...PRICED]
  const provider = fakeProvider({ models })
  const { client, router } = await serve({ router: { providers: [provider.definition] } })
  models.push({ externalId: 'fresh', displayName: 'Fresh', pricing: { input: '1', output: '1' } })
  await router.providers.sync('fake')
  show(client, <ModelPicker offersAuto={false} />)
  const list = await openPicker()
  const badged = (): readonly string[] =>
    [...list.querySelectorAll('[data-badge=new]')].map(
      (badge) =>
        badge.closest('[role=option]')?.querySelector('[data-imrs=option-title]')?.textContent ??
        '',
    )
  await expect.poll(badged).toEqual(['Fresh'])
  fireEvent.click(within(list).getByRole('option', { name: /Fresh/ }))
  await openPicker()
  const heading = await screen.findByRole('heading', { name: 'Fresh New' })
  const added = within(heading.closest('article') ?? list).getByText('Added')
  expect(added.nextSibling?.textContent).toMatch(/\w+ \d+, \d{4}/)
})

describe('the dial', () => {
  it('goes with what the router chooses, and with nothing else', async () => {
    const { url } = await serve({ router: { strategy: adaptive() } })
    const bodies: unknown[] = []
    const client = createImrsClient({
      baseUrl: url,
      isLive: false,
      headers: () => ({ authorization: 'Bearer anyone' }),
      fetch: (input, init) => {
        if (typeof init?.body === 'string' && init.body.includes('messages')) {
          bodies.push(JSON.parse(init.body))
        }
        return globalThis.fetch(input, init)
      },
    })
    show(client, <CostQualityDial />)
    const dial = screen.getByRole('slider', { name: 'Quality or price' })
    expect(dial.getAttribute('aria-valuetext')).toBe('As the service is set up')
    await act(() => client.part(selectionStore).select('fake/free'))
    expect(screen.getByText('Turning it chooses Auto.')).toBeTruthy()
    fireEvent.keyDown(dial, { key: 'End' })
    expect(dial.getAttribute('aria-valuetext')).toBe('Price only')
    const selection = (): object => client.part(selectionStore).getSnapshot()
    await expect.poll(selection).toMatchObject({ model: 'auto', isSaving: false, costQuality: 1 })
    const chat = createChat(client)
    const models = [undefined, 'fake/free', 'preset:best', 'auto']
    for (const model of models) await act(() => chat.send('Hi', { model }))
    expect(bodies).toMatchObject([{ costQuality: 1 }, {}, {}, { costQuality: 1 }])
    for (const named of bodies.slice(1, 3)) expect(named).not.toHaveProperty('costQuality')
    const { decision } = chat.getSnapshot().messages.at(-1) as AnswerEntry
    if (decision === undefined) throw new Error('there is no decision')
    show(client, <DecisionChip decision={decision} />)
    const facts = document.querySelector('[data-imrs=decision] [data-imrs=facts]')
    expect(facts?.textContent).toContain('Quality or pricePrice only')
    fireEvent.keyDown(dial, { key: 'ArrowLeft' })
    expect(dial.getAttribute('aria-valuetext')).toBe('10 % quality, 90 % price')
    fireEvent.click(screen.getByRole('button', { name: 'Leave it to the service' }))
    await act(() => chat.send('Hi', { model: 'auto' }))
    expect(bodies.at(-1)).not.toHaveProperty('costQuality')
  })

  it('says where it ruled nothing', async () => {
    const { client } = await serve()
    client.part(selectionStore).setCostQuality(0.5)
    const chat = createChat(client)
    await act(() => chat.send('Hi', { model: 'auto' }))
    const { decision } = chat.getSnapshot().messages.at(-1) as AnswerEntry
    if (decision === undefined) throw new Error('there is no decision')
    await openChip(client, <DecisionChip decision={decision} />)
    await screen.findByText(/The dial, 50 % quality, 50 % price, ruled nothing/)
  })
})

it('shows how each provider is', async () => {
  const { client } = await serve()
  show(client, <ProviderHealthDashboard />)
  expect(await screen.findByText('Healthy')).toBeTruthy()
  expect(screen.getByText(/3 models · Last checked/)).toBeTruthy()
})

it('keeps a screen going that was written for a static list', async () => {
  const { client, router } = await serve()
  // What `providers.ts` exports now.
  const { MODELS, modelDetails, defaultModel, stop } = liveCatalog(client, {
    defaultModel: 'fake/free',
  })
  onTestFinished(stop)
  function StaticPicker(): React.ReactElement {
    return (
      <select defaultValue={defaultModel}>
        {MODELS.map((id) => (
          <option key={id}>{modelDetails[id]?.name}</option>
        ))}
      </select>
    )
  }
  function Root(): React.ReactElement {
    useModels()
    return <StaticPicker />
  }
  expect(MODELS).toEqual([])
  show(client, <Root />)
  await screen.findByRole('option', { name: 'GPT-4o mini' })
  expect(MODELS).toEqual(['fake/dear', 'fake/free', 'fake/gpt-4o-mini'])
  await router.models.create({ providerId: 'fake', externalId: 'made' })
  await act(() => client.part(modelsStore).refresh())
  await screen.findByRole('option', { name: 'made' })
})
