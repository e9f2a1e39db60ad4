import type { NewProvider } from '@imrs/catalog'
import { PROVIDER_TYPES } from '@imrs/core'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { flag, oneOf, text, wholeNumber } from '../command/option.ts'
import { CommandError, UsageError } from '../command/usage-error.ts'
import { readKey } from '../context/read-key.ts'
import { openRouter, setUpRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

/** `imrs providers add` */
export const providersAddCommand: Command = defineCommand({
  name: 'providers add',
  summary: 'adds a provider, once it answers',
  details:
    'Adds a provider, once it answers. Its key is read from the environment (`my-proxy`: MY_PROXY_API_KEY, with IMRS_API_PROVIDERS=my-proxy), or with --key-stdin put into the secret store of the configuration.',
  parameters: [{ name: '<id>', description: 'lower-case letters, digits, _ or -' }],
  options: {
    type: oneOf(
      '--type <type>',
      'what it speaks; custom is the API of OpenAI, with or without a key. Default: custom',
      PROVIDER_TYPES,
    ),
    apiBase: text('--api-base <url>', 'where its API begins: https://proxy.example/v1'),
    displayName: text('--display-name <name>', 'Default: the id'),
    modelsEndpoint: text('--models-endpoint <path>', 'where its list lies. Default: /models'),
    rateLimitRpm: wholeNumber('--rate-limit <n>', 'requests a minute the account may make', {
      from: 1,
      to: 1_000_000,
    }),
    isPrivate: flag('--private-network', 'the address may lead into a private network'),
    hasKey: flag('--key-stdin', 'reads the key from the standard input; a terminal asks for it'),
    isUntried: flag('--untried', 'adds it without asking whether it answers'),
    ...ROUTER_OPTIONS,
  },
  run: async (context, { parameters: [id = ''], options }) => {
    const { apiBase, type = 'custom', isPrivate, isUntried } = options
    if (apiBase === undefined)
      throw new UsageError('--api-base is missing: where does its API begin?')
    const provider: NewProvider = {
      id,
      providerType: type,
      apiBase,
      displayName: options.displayName,
      modelsEndpoint: options.modelsEndpoint,
      rateLimitRpm: options.rateLimitRpm,
      ...(isPrivate ? { settings: { allowPrivateNetwork: true } } : {}),
      ...(options.hasKey ? { apiKey: await readKey(context) } : {}),
      by: 'imrs',
    }
    const setup = await setUpRouter(context, options)
    // Whoever may run this may reach the network anyhow; the address still has to say so.
    const open = await openRouter({
      ...setup,
      options: { ...setup.options, allowPrivateNetworks: isPrivate },
    })
    try {
      const call = { signal: context.signal }
      const trial = isUntried ? undefined : await open.router.providers.try(provider, call)
      if (trial?.ok === false) {
        throw new CommandError(
          `${id} does not answer, and nothing was added: ${trial.message} With --untried it is added all the same.`,
        )
      }
      const added = await open.router.providers.create(provider, call)
      const models = trial === undefined ? '' : `; it lists ${trial.models} models`
      await context.print(
        { provider: added, trial },
        () => `Added ${added.id}${models}. Read them with: imrs sync ${added.id}\n`,
      )
    } finally {
      await open.close()
    }
  },
})
