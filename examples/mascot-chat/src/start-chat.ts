import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { ConfigError } from '@imrs/core'
import type { ClosableHandler } from '@imrs/http'
import { serveHttp } from '@imrs/http/node'
import type { ServedHttp } from '@imrs/http/node'
import { families } from '@imrs/providers'
import { bestValue, createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { sqliteStore } from '@imrs/store-sqlite'
import type { Express } from 'express'

import { cookieSecretIn } from './cookie-secret.ts'
import { createApp } from './create-app.ts'
import { applyDailyBudget } from './daily-budget.ts'
import type { Settings } from './environment.ts'
import { openDoor } from './open-door.ts'
import { DEFAULT_MODEL, PICKER_MODELS } from './picker-models.ts'
import { KEY_VARIABLES } from './providers.ts'
import type { ProviderSetup } from './providers.ts'
import { reportFailures } from './report-failures.ts'
import type { ReportFailure } from './report-failures.ts'
import { sinksOf } from './sinks.ts'

/** As `weighted` while nobody turns the dial, which `weighted` does not have. */
const STRATEGY = bestValue({ costQuality: 0 })

export interface ChatOptions {
  readonly settings: Settings
  /** Its simulator, when it has one, is closed with the chat. */
  readonly setup: ProviderSetup
  readonly report: ReportFailure
}

/** A running mascot chat. */
export interface RunningChat {
  /** `http://localhost:3000` */
  readonly url: string
  readonly router: Router
  /** Takes no more requests, lets answers in flight end, then closes everything. Idempotent. */
  close(): Promise<void>
}

/** @throws ConfigError when the port is taken or a setting is wrong. */
export async function startChat(options: ChatOptions): Promise<RunningChat> {
  const { settings, setup, report } = options
  await mkdir(settings.dataFolder, { recursive: true, mode: 0o700 })
  const cookieSecret = settings.cookieSecret ?? (await cookieSecretIn(settings.dataFolder))
  const router = await openRouter(options)
  reportFailures(router, report)
  await applyDailyBudget(router, settings)
  const door = openDoor({ router, cookieSecret, adminToken: settings.admin?.token, report })
  const app = createApp({
    router,
    door,
    report,
    pickerModels: PICKER_MODELS,
    defaultModel: DEFAULT_MODEL,
    isSimulator: setup.simulator !== undefined,
    keyVariables: KEY_VARIABLES,
    strategy: {
      name: STRATEGY.name,
      summary: '30 % priority, 70 % ratings, less what the dial says of the price',
    },
  })
  const closeRest = async (): Promise<void> => {
    await router.close()
    await setup.simulator?.close()
  }
  let server: ServedHttp
  try {
    server = await listen(app, { door, settings })
  } catch (error) {
    await closeRest()
    throw error
  }
  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await server.close(AbortSignal.timeout(settings.graceMs))
    await closeRest()
  }
  return { url: urlOf(server, settings), router, close: () => (closed ??= close()) }
}

function openRouter({ settings, setup }: ChatOptions): Promise<Router> {
  return createRouter({
    store: sqliteStore({ path: join(settings.dataFolder, 'imrs.db') }),
    spool: { directory: join(settings.dataFolder, 'spool') },
    secrets: setup.secrets,
    providers: setup.providers,
    // What an admin adds may be of any type.
    families,
    models: PICKER_MODELS.map(({ seed }) => seed),
    defaultModel: DEFAULT_MODEL,
    strategy: STRATEGY,
    unconfiguredAgents: 'all',
    // The simulator is on this machine, and so may be what an admin adds to try things out.
    allowPrivateNetworks: setup.simulator !== undefined,
    sinks: sinksOf(settings.sinks ?? {}),
  })
}

interface Listening {
  readonly door: ClosableHandler
  readonly settings: Settings
}

async function listen(app: Express, { door, settings }: Listening): Promise<ServedHttp> {
  const { host, port } = settings
  try {
    return await serveHttp(app, { host, port, door })
  } catch (error) {
    const { cause } = error as Error
    throw new ConfigError(listenProblem(cause ?? error, { host, port }), { cause: error })
  }
}

function listenProblem(error: unknown, { host, port }: Pick<Settings, 'host' | 'port'>): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use. Set PORT to another one, or to 0 for any free one.`
    case 'EACCES':
      return `Port ${port} may not be used by this account. Set PORT to one from 1024 up.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${host} is no address of this machine. Leave it out for 127.0.0.1.`
    default:
      return `Cannot listen on ${host}, port ${port}: ${String(error)}`
  }
}

function urlOf({ url }: ServedHttp, { host }: Settings): string {
  const isLocal = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host)
  return isLocal ? `http://localhost:${new URL(url).port}` : url
}
