import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { flag } from '../command/option.ts'
import { CommandError } from '../command/usage-error.ts'
import { CONFIG_NAMES } from '../setup/config-file.ts'

const IMPORTS = `import { anthropic, families, google, openai, openRouter } from '@imrs/providers'
import { environmentSecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
`

const OPTIONS = `  return {
    // Or postgresStore({ connectionString: process.env.DATABASE_URL }) of @imrs/store-postgres.
    store: sqliteStore({ path: 'imrs.db' }),
    // Reads OPENAI_API_KEY and its like. Keys do not belong into this file.
    secrets: environmentSecrets(),
    // A provider without a key is passed over.
    providers: [openRouter(), openai(), anthropic(), google()],
    // Who speaks for providers that are added later, with \`imrs providers add\`.
    families,
    // What an agent may use for which nothing was enabled: 'all' or 'none'.
    unconfiguredAgents: 'all',
  }
}
`

const PLAIN = `// The configuration of the imrs command: called once for each command. Paths begin where it is run.
${IMPORTS}
/** @returns {import('@imrs/router').RouterOptions} */
export default function routerOptions() {
${OPTIONS}`

const TYPED = `// The configuration of the imrs command: called once for each command. Paths begin where it is run.
${IMPORTS.replace('\nimport { environmentSecrets }', "\nimport type { RouterOptions } from '@imrs/router'\nimport { environmentSecrets }")}
export default function routerOptions(): RouterOptions {
${OPTIONS}`

/** `imrs init`: writes a configuration, and never over another one. */
export const initCommand: Command = defineCommand({
  name: 'init',
  summary: 'writes a configuration into this folder; never over another one',
  options: { isTyped: flag('--typescript', 'imrs.config.ts in place of imrs.config.mjs') },
  run: async (context, { options: { isTyped } }) => {
    const there = CONFIG_NAMES.find((name) => existsSync(join(context.folder, name)))
    if (there !== undefined) {
      throw new CommandError(`There is ${there} already, and nothing was written.`)
    }
    const name = isTyped ? 'imrs.config.ts' : 'imrs.config.mjs'
    // `wx`: also when somebody else has just written one.
    await writeFile(join(context.folder, name), isTyped ? TYPED : PLAIN, { flag: 'wx' })
    await context.print({ written: [name] }, () => `Wrote ${name}\n`)
    await context.say(
      'Next: npm install @imrs/cli @imrs/providers @imrs/router @imrs/secrets @imrs/store-sqlite, set a key such as OPENAI_API_KEY, and run `imrs doctor`.',
    )
  },
})
