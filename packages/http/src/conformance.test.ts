import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

import { openai } from '@imrs/providers'
import { createRouter, priority } from '@imrs/router'
import type { Router } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import {
  CONFORMANCE_SCENARIOS,
  openAiEndpoint,
  runConformanceCommand,
} from '@imrs/testing/conformance'
import type {
  ConformanceAbility,
  ConformanceReport,
  ConformanceSubject,
  ConformanceWorld,
  SubjectUnderTest,
} from '@imrs/testing/conformance'
import { conformanceSuite } from '@imrs/testing/contracts'
import { memoryStore } from '@imrs/testing/host'
import { startSimulator } from '@imrs/testing/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'

import { modelIdOf } from '../../router/src/__fixtures__/conformance-answer.ts'
import { attemptsOf, makeRouter } from '../../router/src/__fixtures__/conformance-router.ts'
import { familyProviders } from '../../router/src/__fixtures__/router-subject.ts'
import { DOOR_KEY, openServedDoor } from './__fixtures__/served-door.ts'

/** What the OpenAI form can show of the router: no kinds of failures, and no wish for empty answers. */
const ABILITIES: readonly ConformanceAbility[] = [
  'faults',
  'failover',
  'several-upstreams',
  'timeouts',
  'retries',
  'breaker',
  'hedging',
  'clock',
  'ledger',
  'context-sizes',
]

// What asks an endpoint as it is runs through the command, below.
const scenarios = CONFORMANCE_SCENARIOS.filter(({ needs }) => !needs.includes('http'))

const without = { 'unicode-prompt': 'its prompt holds NUL, which the door refuses by its rules' }

/** They look at an answer in the middle, and one that comes at once has none. */
const IN_PIECES = new Set([
  'reset-after-finish',
  'usage-after-finish-lost',
  'repeats-nothing-shown',
  'leave-at-first-text',
  'leave-after-text',
  'abort-then-alive',
  'leavers-open-nothing',
  'hedge-not-needed',
  'ledger-aborted',
])

conformanceSuite({ subject: doorSubject('openai', 'as-asked'), scenarios, without })
conformanceSuite({
  subject: doorSubject('openai', 'at-once'),
  scenarios: scenarios.filter(
    ({ id, group }) => group !== 'middle' && group !== 'timeouts' && !IN_PIECES.has(id),
  ),
  without,
})

describe('the command imrs-conformance', () => {
  it('finds the door to keep every promise for endpoints', async () => {
    const { report, stderr } = await playAgainstDoor(['--only', 'endpoint'])
    expect(brokenOf(report)).toEqual([])
    expect(report.passed).toBe(16)
    expect(stderr).toContain('of the provider started here, in the form of openai')
  })

  it('plays faults behind the door, of a model that was asked for by its name', async () => {
    // Not what rate limits do: the router holds to them beyond one scenario.
    const groups = ['start', 'middle', 'finish', 'tools', 'aborts']
    const only = groups.flatMap((group) => ['--only', group])
    const { report } = await playAgainstDoor(['--model', 'openai/gpt-4o', ...only])
    expect(brokenOf(report)).toEqual([])
    expect(report.passed).toBeGreaterThan(60)
  }, 60_000)
})

interface Played {
  readonly report: ConformanceReport
  readonly stderr: string
}

/** The door calls the provider that the command starts, whose models it has known since before. */
async function playAgainstDoor(options: readonly string[]): Promise<Played> {
  const port = await freePort()
  const baseUrl = await openDoorTo(port)
  let [stdout, stderr] = ['', '']
  const code = await runConformanceCommand({
    parameters: [baseUrl, '--json', '--upstream-port', String(port), ...options],
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    environment: (name) => (name === 'IMRS_CONFORMANCE_KEY' ? DOOR_KEY : undefined),
  })
  expect(`${code} ${stderr}`).toMatch(/^[01] /)
  return { report: JSON.parse(stdout) as ConformanceReport, stderr }
}

async function openDoorTo(port: number): Promise<string> {
  const simulator = await startSimulator({ port })
  const router = await createRouter({
    store: memoryStore(),
    secrets: memorySecrets({ openai: simulator.keys.openai }),
    providers: [openai({ apiBase: simulator.baseUrls.openai, policy: { maxRetries: 0 } })],
    unconfiguredAgents: 'all',
    strategy: priority(),
    // Models fail all the time here, and are asked again all the same.
    breaker: { minimumCalls: 1_000_000 },
    retries: { lastModel: 0 },
  })
  onTestFinished(() => router.close())
  await router.providers.sync('openai')
  await simulator.close()
  const door = await openServedDoor(router)
  onTestFinished(() => door.close())
  return door.baseUrl
}

/** What failed, and why. */
function brokenOf({ scenarios: results }: ConformanceReport): readonly string[] {
  return results
    .filter(({ status }) => status === 'failed')
    .map(({ id, reason }) => `${id}: ${reason}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** How the door is asked: as the scenario says, or always for the whole answer at once. */
type Asking = 'as-asked' | 'at-once'

/** Our own door over one wire format: real sockets on both of its sides. */
function doorSubject(dialect: SubjectUnderTest['dialect'], asking: Asking): SubjectUnderTest {
  return {
    name: `the door over ${dialect}, ${asking === 'as-asked' ? 'streams' : 'answers at once'}`,
    dialect,
    abilities: ABILITIES,
    make: async (world) => makeDoor(world, { dialect, asking }),
  }
}

async function makeDoor(
  world: ConformanceWorld,
  { dialect, asking }: { readonly dialect: SubjectUnderTest['dialect']; readonly asking: Asking },
): Promise<ConformanceSubject> {
  const store = memoryStore()
  const router = await makeRouter(world, familyProviders(dialect), store)
  const messageIds: string[] = []
  const chatOfRouter: Router['chat'] = async (...asked) => {
    const answer = await router.chat(...asked)
    messageIds.push(answer.messageId)
    return answer
  }
  const door = await openServedDoor({ ...router, chat: chatOfRouter }, { runtime: world.runtime })
  const [first, ...others] = world.candidates
  const endpoint = openAiEndpoint({
    baseUrl: door.baseUrl,
    apiKey: DOOR_KEY,
    model: first === undefined || others.length > 0 ? 'auto' : modelIdOf(first),
  })
  return {
    chat: (request, options) =>
      endpoint.chat(asking === 'as-asked' ? request : { ...request, stream: false }, options),
    attempts: async () => attemptsOf(store, messageIds),
    close: async () => {
      await door.close()
      await router.close()
    },
  }
}
