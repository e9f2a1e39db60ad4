import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { environmentSecrets } from '@imrs/secrets'
import { DEFAULT_SIMULATED_MODELS, startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { onTestFinished } from 'vitest'

import type { Settings } from '../environment.ts'
import { simulated } from '../providers.ts'
import type { ProviderSetup } from '../providers.ts'
import { startChat } from '../start-chat.ts'
import type { RunningChat } from '../start-chat.ts'
import { Visitor } from './visitor.ts'

/** A mascot chat on a real port, with a real database file and the simulator as its providers. */
export interface TestChat extends RunningChat {
  readonly simulator: Simulator
  readonly dataFolder: string
  /** What the chat reported of failures nobody expected. */
  readonly reports: readonly string[]
  /** A new visitor with an empty cookie jar. */
  visitor(): Visitor
}

export interface TestChatOptions {
  /** Keys in the environment, in place of one for every provider. */
  readonly environment?: Readonly<Record<string, string>> | undefined
  readonly dataFolder?: string | undefined
  readonly graceMs?: number | undefined
  readonly budgetUsdPerDay?: string | undefined
  readonly adminToken?: string | undefined
  /** Models the providers do not list. */
  readonly withoutModels?: readonly string[] | undefined
}

/** Starts one and closes it with the test. */
export async function startTestChat(options: TestChatOptions = {}): Promise<TestChat> {
  const { withoutModels = [], graceMs, budgetUsdPerDay, adminToken } = options
  const models = DEFAULT_SIMULATED_MODELS.filter(({ id }) => !withoutModels.includes(id))
  const simulator = await startSimulator({ models })
  onTestFinished(() => simulator.close())
  const dataFolder = options.dataFolder ?? (await temporaryFolder())
  const reports: string[] = []
  const chat = await startChat({
    settings: settingsFor({ dataFolder, graceMs, budgetUsdPerDay, admin: adminOf(adminToken) }),
    setup: setupFor(simulator, options.environment),
    report: (message) => reports.push(message),
  })
  onTestFinished(() => chat.close())
  return { ...chat, simulator, dataFolder, reports, visitor: () => new Visitor(chat.url) }
}

/** A folder that goes away with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mascot-chat-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function settingsFor(
  given: Pick<Settings, 'dataFolder' | 'budgetUsdPerDay' | 'admin'> & {
    readonly graceMs?: number | undefined
  },
): Settings {
  const { graceMs = 5000, ...rest } = given
  return { host: '127.0.0.1', port: 0, graceMs, baseUrls: {}, ...rest }
}

function adminOf(token: string | undefined): Settings['admin'] {
  return token === undefined ? undefined : { token, isMadeUp: false }
}

/** The simulator as all providers; with their keys, or with those of an environment. */
export function setupFor(
  simulator: Simulator,
  environment?: Readonly<Record<string, string>>,
): ProviderSetup {
  const setup = simulated(simulator)
  if (environment === undefined) return setup
  const runtime = { environment: (name: string) => environment[name] }
  return { providers: setup.providers, secrets: environmentSecrets({ runtime }) }
}
