import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { ImrsError, vaultPathOf } from '@imrs/core'
import type { LearningSink, RouterEvent, SecretStore } from '@imrs/core'
import { families, openRouter, openai } from '@imrs/providers'
import { createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { openTelemetry } from '@imrs/router/telemetry'
import { environmentSecrets, vaultSecrets } from '@imrs/secrets'
import { simulatedModel, startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { startVaultServer } from '@imrs/testing/vault'
import { onTestFinished, vi } from 'vitest'

import { createHandler } from '../create-handler.ts'
import { apiKeyAuthentication } from '../identity/api-keys/api-key-authentication.ts'
import { jwtAuthentication } from '../identity/jwt/jwt-authentication.ts'
import { anonymousSessions } from '../identity/sessions/anonymous-sessions.ts'
import { openCanaryStore } from './canary-store.ts'
import type { CanaryStore, DatabaseKind } from './canary-store.ts'
import { memoryTelemetry } from './canary-telemetry.ts'
import type { MemoryTelemetry } from './canary-telemetry.ts'
import { canary, textOf } from './canaries.ts'
import type { Canary } from './canaries.ts'

export interface CanaryRun {
  readonly canaries: readonly Canary[]
  /** Everything that was said, by where. */
  readonly places: ReadonlyMap<string, string>
  /** The statuses of what was asked, by what. */
  readonly statuses: ReadonlyMap<string, number>
  /** Whether providers and the sink really had the keys, so that there was something to leak. */
  readonly used: readonly string[]
}

type SecretsKind = 'environment' | 'vault'

/** Uses every kind of secret for everything a door does, with providers and sinks that echo them in their errors. */
export async function runWithCanaries(kind: SecretsKind, database: DatabaseKind): Promise<CanaryRun> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-canary-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const run = new Run({ folder, store: await openCanaryStore(database, folder), telemetry: memoryTelemetry() })
  run.listenToConsole()
  const simulators = await run.openSimulators()
  const router = await run.openRouter(simulators, kind)
  await run.ask(router, simulators)
  await router.close()
  run.noteFiles('file')
  for (const [table, rows] of await run.world.store.dump()) run.note(`table ${table}`, rows)
  for (const [what, text] of await run.world.telemetry.exported()) run.note(what, text)
  return { canaries: run.canaries, places: run.places, statuses: run.statuses, used: run.used }
}

const EVENTS: readonly RouterEvent['type'][] = [
  'decision-made', 'attempt-ended', 'answer-ended', 'request-refused', 'feedback-recorded', 'selection-changed',
  'model-list-read', 'health-checked', 'cache-read', 'provider-changed', 'provider-sync-progress', 'provider-synced',
  'provider-sync-failed', 'provider-health-changed', 'internal-failed', 'breaker-changed', 'sink-down',
  'sink-recovered', 'delivery-set-aside', 'spool-changed', 'alert-raised', 'model-edited',
]

/** What a run writes to, and where it is looked at. */
interface World {
  readonly folder: string
  readonly store: CanaryStore
  readonly telemetry: MemoryTelemetry
}

class Run {
  readonly world: World

  constructor(world: World) {
    this.world = world
  }

  readonly places = new Map<string, string>()
  readonly statuses = new Map<string, number>()
  readonly used: string[] = []
  readonly keys = {
    provider: canary('key in the secret store'),
    row: canary('key of a provider row'),
    user: canary('key of a user'),
    sink: canary('key of a sink'),
    vault: canary('token of Vault'),
    jwt: canary('JWT secret'),
    cookie: canary('cookie secret'),
    force: canary('refresh key'),
  }
  apiKeys: Canary[] = []

  get canaries(): readonly Canary[] {
    return [...Object.values(this.keys), ...this.apiKeys]
  }

  note(place: string, text: string): void {
    this.places.set(place, `${this.places.get(place) ?? ''}\n${text}`)
  }

  /** All files there are now. */
  noteFiles(place: string): void {
    const { folder } = this.world
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const path = join(file.parentPath, file.name)
      this.note(`${place} ${relative(folder, path).replace(/[\w-]+\.[\w-]+\.segment$/, 'segment')}`, readFileSync(path).toString('latin1'))
    }
  }

  listenToConsole(): void {
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      const spy = vi.spyOn(console, level).mockImplementation((...said: unknown[]) => this.note('console', textOf(said)))
      onTestFinished(() => spy.mockRestore())
    }
  }

  /** A provider of its own for each key, as each knows the key alone that it is asked with. */
  async openSimulators(): Promise<Simulators> {
    const { provider, row, user } = this.keys
    const openAi = [simulatedModel({ dialect: 'openai', id: 'main' })]
    const routed = [simulatedModel({ dialect: 'openrouter', id: 'lab/free' })]
    const simulators = {
      main: await startSimulator({ models: openAi, keys: { openai: provider.secret } }),
      mine: await startSimulator({ models: openAi, keys: { openai: row.secret } }),
      routed: await startSimulator({ models: routed, keys: { openrouter: user.secret } }),
    }
    for (const simulator of Object.values(simulators)) onTestFinished(() => simulator.close())
    return simulators
  }

  async #openSecrets(kind: SecretsKind): Promise<SecretStore> {
    const { provider, sink, vault } = this.keys
    if (kind === 'environment') {
      const environment: Readonly<Record<string, string>> = { OPENAI_API_KEY: provider.secret, WEBHOOK_API_KEY: `whsec_${sink.secret}` }
      return environmentSecrets({ runtime: { environment: (name) => environment[name] } })
    }
    const server = await startVaultServer({ rootToken: vault.secret })
    onTestFinished(() => server.close())
    server.put('secret/llm/openai', { api_key: provider.secret })
    server.put('secret/llm/webhook', { api_key: `whsec_${sink.secret}` })
    return vaultSecrets({ address: server.url, auth: { token: vault.secret } })
  }

  /** A sink that says in its error what it was given. */
  #sink(): LearningSink {
    return {
      specVersion: 'v1',
      name: 'webhook',
      secret: { providerId: 'webhook', path: vaultPathOf('webhook') },
      wantsText: true,
      deliver: async (_record, options) => {
        this.used.push(`sink ${options?.secret?.includes(this.keys.sink.secret)}`)
        throw new ImrsError('sink-error', 'The sink refused this.', { cause: new Error(`with ${options?.secret}`) })
      },
      close: async () => {},
    }
  }

  async openRouter({ main, routed }: Simulators, kind: SecretsKind): Promise<Router> {
    const { folder, store, telemetry: { tracerProvider, meterProvider } } = this.world
    const router = await createRouter({
      store: store.store,
      secrets: await this.#openSecrets(kind),
      providers: [openai({ apiBase: main.baseUrls.openai }), openRouter({ apiBase: routed.baseUrls.openrouter })],
      families,
      sinks: [this.#sink()],
      unconfiguredAgents: 'all',
      allowPrivateNetworks: true,
      allowUserKeys: true,
      storeContent: true,
      spool: { directory: join(folder, 'spool') },
      telemetry: openTelemetry({ tracerProvider, meterProvider, captureContent: true }),
      alerts: {},
      retries: { lastModel: 0 },
      maxWaitMs: 0,
    })
    onTestFinished(() => router.close())
    for (const type of EVENTS) router.on(type, (event) => this.note('events', textOf(event)))
    return router
  }

  async ask(router: Router, simulators: Simulators): Promise<void> {
    const { jwt, cookie, force, row, user, provider } = this.keys
    const settings = { allowPrivateNetwork: true }
    const mineBase = simulators.mine.baseUrls.openai
    const issued = { issuer: 'https://issuer.example', audience: 'imrs' }
    const handler = createHandler({
      router,
      authentication: [
        apiKeyAuthentication({ router }),
        jwtAuthentication({ ...issued, secret: jwt.secret }),
        anonymousSessions({ secret: cookie.secret }),
      ],
      userKeyHeaders: { openrouter: 'x-openrouter-key' },
      forceRefreshKey: force.secret,
      rateLimits: { read: 1000, write: 1000, chat: 1000, refresh: 1000 },
      onFailure: ({ error }) => this.note('failures', textOf(error)),
    })
    const token = tokenOf(jwt.secret, { ...issued, roles: ['platform_admin'] })
    const send = async (name: string, path: string, { method, body, as, headers }: Sent = {}): Promise<string> => {
      const response = await handler(
        new Request(`http://localhost${path}`, {
          method: method ?? (body === undefined ? 'GET' : 'POST'),
          headers: {
            authorization: as ?? `Bearer ${token}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
        }),
      )
      const text = await response.text()
      this.statuses.set(name, response.status)
      // The one answer that shows a key is the one that makes it.
      if (name !== 'create key') this.note(`response of ${name}`, `${textOf([...response.headers])} ${text}`)
      return text
    }
    const made = JSON.parse(await send('create key', '/api/v2/admin/api-keys', { body: { label: 'machine', roles: ['agent'] } })) as { key: string }
    this.apiKeys = [{ name: 'API key', secret: made.key.slice(38) }]
    const chat = (model: string): object => ({ messages: [{ role: 'user', content: 'Hello' }], model })
    const json = { accept: 'application/json' }
    const userKey = { 'x-openrouter-key': user.secret }
    const answer = JSON.parse(await send('chat', '/api/chat', { body: chat('openai/main'), headers: json })) as { messageId: string; decision: { decisionId: string } }
    await send('chat as a stream', '/api/chat', { body: chat('openai/main') })
    await send('chat with a user key', '/api/chat', { body: chat('openrouter/lab/free'), headers: { ...json, ...userKey } })
    await send('chat of a machine', '/v1/chat/completions', { body: chat('openai/main'), as: `Bearer ${made.key}` })
    await send('chat with a wrong key', '/v1/chat/completions', { body: chat('openai/main'), as: `Bearer ${made.key.slice(0, 38)}${provider.secret}x` })
    await send('models', '/api/models?force=true', { headers: { ...userKey, 'x-force-refresh-key': force.secret } })
    await send('create provider', '/api/v2/admin/providers', {
      body: { id: 'mine', provider_type: 'custom', api_base: mineBase, api_key: row.secret, settings },
    })
    await send('try provider', '/api/v2/admin/providers/try', {
      body: { id: 'other', provider_type: 'openai', api_base: mineBase, api_key: row.secret, settings },
    })
    await send('sync row', '/api/v2/admin/providers/mine/sync', { method: 'POST' })
    await send('feedback', `/api/v2/chat/messages/${answer.messageId}/feedback`, { body: { rating: 1 } })
    const { store } = this.world
    store.isDown = true
    await send('chat without the store', '/api/chat', { body: chat('openai/main'), headers: json })
    await send('chat with a user key without the store', '/api/chat', { body: chat('openrouter/lab/free'), headers: { ...json, ...userKey } })
    this.#echo(simulators)
    await send('refused without the store', '/api/chat', { body: chat('openai/main'), headers: json })
    await send('refused user key without the store', '/api/chat', { body: chat('openrouter/lab/free'), headers: { ...json, ...userKey } })
    this.noteFiles('while it was down')
    const drained = new Promise<void>((resolve) => {
      router.on('spool-changed', ({ waiting }) => waiting === 0 && resolve())
    })
    store.isDown = false
    await drained
    for (const model of ['openai/main', 'mine/main', 'auto']) {
      for (const path of ['/api/chat', '/v1/chat/completions']) {
        await send(`refused ${path} ${model}`, path, { body: chat(model), headers: path === '/api/chat' ? json : {} })
        await send(`refused stream ${path} ${model}`, path, { body: { ...chat(model), ...(path === '/api/chat' ? {} : { stream: true }) } })
      }
    }
    await send('refused user key', '/api/chat', { body: chat('openrouter/lab/free'), headers: { ...json, ...userKey } })
    for (const id of ['openai', 'openrouter', 'mine']) {
      await send(`sync ${id}`, `/api/v2/admin/providers/${id}/sync`, { method: 'POST', headers: userKey })
      await send(`health ${id}`, `/api/v2/admin/providers/${id}/health`, { method: 'POST' })
    }
    await send('try refused', '/api/v2/admin/providers/try', {
      body: { id: 'other', provider_type: 'openai', api_base: mineBase, api_key: row.secret, settings },
    })
    await send('models with user keys', '/api/models?force=true', { headers: userKey })
    await send('broken body', '/api/v2/admin/providers', { body: `{"api_key":"${row.secret}",` })
    await send('wrong body', '/api/v2/admin/providers', { body: { api_key: row.secret, id: 5 } })
    await send('wrong type of key', '/api/v2/admin/providers', { body: { id: 'x', provider_type: row.secret, api_base: 'x', api_key: [row.secret] } })
    for (const path of EXPORTS) await send(path, path)
    await send('decision', `/api/decisions/${answer.decision.decisionId}`)
    for (const [name, { calls }] of Object.entries<Simulator>({ ...simulators })) {
      if (calls.some(({ credential }) => credential === 'valid')) this.used.push(name)
    }
    await vi.waitUntil(() => this.used.some((what) => what.startsWith('sink')), { timeout: 5000 })
    await send('sinks after', '/api/v2/admin/sinks')
    await send('set aside', '/api/v2/admin/sinks/webhook/set-aside')
  }

  /** From now on providers refuse everything, and say with which keys they were asked. */
  #echo({ main, mine, routed }: Simulators): void {
    const { provider, row, user } = this.keys
    for (const [simulator, { secret }] of [[main, provider], [mine, row], [routed, user]] as const) {
      const message = `No: ${secret}, Bearer ${secret}, key=${secret}.`
      const headers = { 'x-echo': message, 'retry-after': secret }
      simulator.always({ operation: 'chat' }, { type: 'status', status: 400, message, headers })
      simulator.always({ path: '/models' }, { type: 'status', status: 500, message, headers })
      simulator.always({ path: '/key' }, { type: 'status', status: 500, message, headers })
    }
  }
}

interface Simulators {
  readonly main: Simulator
  readonly mine: Simulator
  readonly routed: Simulator
}

interface Sent {
  readonly method?: string
  readonly body?: object | string
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
}

const EXPORTS = [
  '/api/v2/admin/providers', '/api/v2/admin/models', '/api/v2/admin/audit', '/api/v2/admin/breakers', '/api/v2/admin/sinks',
  '/api/v2/admin/health/providers', '/api/v2/admin/api-keys', '/api/v2/admin/models/performance', '/api/v2/admin/recommendations',
  '/api/metrics', '/api/openapi.json', '/api/health/ready', '/v1/models', '/api/models', '/api/v2/presets',
]

function tokenOf(secret: string, { issuer, audience, roles }: { issuer: string; audience: string; roles: readonly string[] }): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iss: issuer, aud: audience, sub: 'admin', tenant_id: 'default', roles, exp: Math.floor(Date.now() / 1000) + 600 }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
