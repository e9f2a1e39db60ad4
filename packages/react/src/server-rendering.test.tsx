import type { ModelsResponse } from '@imrs/core'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'

import { serveRouter } from './__fixtures__/serve-router.ts'
import { testClient } from './__fixtures__/test-client.ts'
import { compatCatalog, liveCatalog } from './compat/compat-catalog.ts'
import { FeedbackButtons } from './components/chat/feedback-buttons.tsx'
import { ProviderHealthDashboard } from './components/health/provider-health-dashboard.tsx'
import { CostQualityDial } from './components/picker/cost-quality-dial.tsx'
import { ModelPicker } from './components/picker/model-picker.tsx'
import { ModelProvider } from './hooks/model-provider.tsx'
import { useModels } from './hooks/use-models.ts'

function Count(): string {
  const { models, isLoading } = useModels()
  return `${models.length} models, ${isLoading ? 'loading' : 'loaded'}`
}

it('renders on a server, with nothing at first and without a request', async () => {
  const { url, asked } = await serveRouter()
  const html = renderToString(
    <ModelProvider baseUrl={url}>
      <Count />
      <ModelPicker />
      <CostQualityDial />
      <FeedbackButtons messageId="any" initialThumb="up" />
      <ProviderHealthDashboard />
    </ModelProvider>,
  )
  expect(html).toContain('0 models, loading')
  expect(html).toContain('As the service is set up')
  expect(html).toContain('Good answer')
  expect(html).toContain('Default model')
  expect(asked).toEqual([])
})

it('renders the models and the choice that the server has', async () => {
  const { router } = await serveRouter()
  const initialModels: ModelsResponse = await router.models.response()
  const initialPreference = { provider: 'fake', model: 'fake/large', updatedAt: null }
  const html = renderToString(
    <ModelProvider {...{ initialModels, initialPreference }}>
      <Count />
      <ModelPicker />
      <ProviderHealthDashboard />
    </ModelProvider>,
  )
  expect(html).toContain('2 models, loaded')
  expect(html).toContain('Model: large')
  expect(html).toContain('Healthy')
})

it('gives the constants of a static list, from what the server has', async () => {
  const { router, url, asked } = await serveRouter()
  const initialModels = await router.models.response()
  const { client } = testClient(url, { initialModels })
  const catalog = liveCatalog(client, { defaultModel: 'fake/small' })
  expect(catalog.MODELS).toEqual(['fake/large', 'fake/small'])
  expect(catalog.modelDetails['fake/large']).toMatchObject({ name: 'large', vision: false })
  expect(catalog.defaultModel).toBe('fake/small')
  expect(asked).toEqual([])
  const frozen = compatCatalog(initialModels.models.toReversed(), { defaultModel: 'fake/small' })
  expect(frozen).toMatchObject({ MODELS: catalog.MODELS, modelDetails: catalog.modelDetails })
})
