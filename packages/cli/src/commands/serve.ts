import { createHandler } from '@imrs/http'
import type { FailureReport } from '@imrs/http'
import { serveHttp } from '@imrs/http/node'
import type { ServedHttp } from '@imrs/http/node'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { flag, text, texts, wholeNumber } from '../command/option.ts'
import type { CommandContext } from '../context/command-context.ts'
import { authenticationOf, metricsKeyOf } from '../serve/authentication.ts'
import { loopbackOnly } from '../serve/loopback.ts'
import { KEY_VARIABLES } from '../setup/built-in-providers.ts'
import { openRouter, setUpRouter } from '../setup/set-up.ts'
import type { OpenRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

const DEFAULT_PORT = 8787
const DEFAULT_GRACE_SECONDS = 10
const REFRESH_MS = 600_000

/** `imrs serve` */
export const serveCommand: Command = defineCommand({
  name: 'serve',
  summary: 'serves REST, chat and the API of OpenAI, with everything on',
  details:
    'Serves REST, chat and the API of OpenAI, with everything on. Without authentication it listens on this machine only, takes anyone there for a platform admin, and refuses what pages of other sites ask. Ctrl-C lets answers end first.',
  options: {
    port: wholeNumber('-p, --port <n>', `0 takes any free one. Default: ${DEFAULT_PORT}`, {
      from: 0,
      to: 65_535,
    }),
    host: text('--host <address>', 'what to listen at. Default: 127.0.0.1'),
    hasApiKeys: flag('--api-keys', 'takes API keys; they are taken with any other way as well'),
    adminTokenEnv: text(
      '--admin-token-env <name>',
      'the environment variable with a token whose bearer is a platform admin',
    ),
    jwtSecretEnv: text(
      '--jwt-secret-env <name>',
      'the environment variable with the secret that tokens are signed with',
    ),
    jwksUrl: text('--jwks-url <url>', 'where the public keys lie that tokens are signed with'),
    issuer: text('--issuer <text>', 'the only issuer of tokens that is believed'),
    audience: text('--audience <text>', 'whom tokens must be for'),
    origins: texts('--cors-origin <origins>', 'pages that may call: https://app.example.com'),
    maxConnections: wholeNumber('--max-connections <n>', 'at once. Default: 1000', {
      from: 1,
      to: 1_000_000,
    }),
    graceSeconds: wholeNumber(
      '--grace <seconds>',
      `how long answers may go on after Ctrl-C. Default: ${DEFAULT_GRACE_SECONDS}`,
      { from: 0, to: 3600 },
    ),
    metricsKeyEnv: text(
      '--metrics-key-env <name>',
      'the environment variable with the key that reads the figures at /api/metrics',
    ),
    ...ROUTER_OPTIONS,
  },
  run: async (context, { options }) => {
    const { host = '127.0.0.1', port = DEFAULT_PORT, maxConnections = 1000, origins } = options
    const authentication = authenticationOf(context, { ...options, host })
    const setup = await setUpRouter(context, options)
    const open = await openRouter({
      ...setup,
      options: { refreshEveryMs: REFRESH_MS, alerts: {}, ...setup.options },
    })
    try {
      const handler = createHandler({
        router: open.router,
        runtime: context.runtime,
        authentication: authentication.of(open.router),
        cors: { origins },
        metricsKey: metricsKeyOf(context, options.metricsKeyEnv),
        onFailure: (report) => void tellFailure(context, report),
      })
      const { isOpen } = authentication
      const server = await listen(isOpen ? loopbackOnly(handler) : handler, {
        host,
        port,
        maxConnections,
        door: handler,
        runtime: context.runtime,
      })
      const graceMs = (options.graceSeconds ?? DEFAULT_GRACE_SECONDS) * 1000
      try {
        await greet(context, { open, server, isOpen })
        await stopped(context.signal)
        await context.say('Stopping: answers may end first. Once more to stop at once.')
      } finally {
        await shut(context, { server, graceMs })
      }
    } finally {
      await open.close()
    }
    return 0
  },
})

/** @throws Error of Node's with its `code`, for which there are words: `EADDRINUSE` for a port that is taken. */
async function listen(...served: Parameters<typeof serveHttp>): Promise<ServedHttp> {
  try {
    return await serveHttp(...served)
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error
  }
}

interface Shutting {
  readonly server: ServedHttp
  readonly graceMs: number
}

/** Lets answers end for as long as was said, then ends them. */
async function shut({ runtime }: CommandContext, { server, graceMs }: Shutting): Promise<void> {
  const deadline = new AbortController()
  const waited = new AbortController()
  const timer = runtime.sleep(graceMs, waited.signal).then(
    () => deadline.abort(),
    () => {},
  )
  await server.close(deadline.signal)
  waited.abort()
  await timer
}

interface Greeting {
  readonly open: OpenRouter
  readonly server: ServedHttp
  /** Whether anyone on this machine may use it. */
  readonly isOpen: boolean
}

async function greet(context: CommandContext, { open, server, isOpen }: Greeting): Promise<void> {
  const { url } = server
  const providers = await open.router.providers.list()
  const value = {
    url,
    authentication: isOpen ? 'none' : 'needed',
    simulator: open.simulator !== undefined,
    database: open.place,
  }
  await context.print(value, () => `Serving ${url}\n\n${curlLines(url, isOpen)}\n`)
  if (isOpen) {
    await context.say(
      'No authentication: anyone on this machine is a platform admin of the tenant "default". Other machines and pages of other sites are refused. --admin-token-env, --api-keys, --jwks-url or --jwt-secret-env changes that.',
    )
  }
  if (open.simulator !== undefined) {
    await context.say('Answers are simulated: nothing leaves this machine.')
  } else if (providers.length === 0) {
    await context.say(`There is no provider yet: set one of ${KEY_VARIABLES.join(', ')}.`)
  }
}

function curlLines(url: string, isOpen: boolean): string {
  const token = isOpen ? '' : ' -H "authorization: Bearer $TOKEN"'
  const body =
    '{"model":"auto","messages":[{"role":"user","content":"Write a Python function that reverses a list"}]}'
  return `curl${token} ${url}/v1/models
curl${token} ${url}/v1/chat/completions -H 'content-type: application/json' -d '${body}'
`
}

async function tellFailure(context: CommandContext, failure: FailureReport): Promise<void> {
  const { requestId, operationId, error } = failure
  const what = error instanceof Error ? error.message : String(error)
  await context.say(`${operationId} failed, request ${requestId}: ${what}`)
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
