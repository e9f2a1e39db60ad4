import { ImrsError } from '@imrs/core'

import { loadEnvironmentFile, readSettings } from './environment.ts'
import { KEY_VARIABLES, setUpProviders } from './providers.ts'
import { closeOnSignal } from './shutdown.ts'
import { startChat } from './start-chat.ts'

async function main(): Promise<void> {
  loadEnvironmentFile()
  const settings = readSettings(process.env, process.argv.slice(2))
  const setup = await setUpProviders(settings)
  const chat = await startChat({ settings, setup, report: (message) => console.error(message) })
  closeOnSignal(() => chat.close())
  if (setup.simulator !== undefined) {
    const variables = KEY_VARIABLES.join(', ')
    console.log(`No key in the environment: a simulator answers. Set one of ${variables}.`)
  }
  if (settings.budgetUsdPerDay !== undefined) {
    console.log(`At most $${settings.budgetUsdPerDay} a day is spent.`)
  }
  if (settings.admin?.isMadeUp === true) {
    console.log(`Admin, until the chat stops: Authorization: Bearer ${settings.admin.token}`)
  }
  console.log(`Mascot chat: ${chat.url}`)
}

try {
  await main()
} catch (error) {
  // What a person did wrong needs one sentence; a fault of ours its stack.
  console.error(ImrsError.is(error) ? error.message : error)
  process.exit(1)
}
