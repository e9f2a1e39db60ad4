import { build } from 'vite'

import { chatBuild } from './src/chat-build.ts'

/** The chat serves its page as it is built: tests get that of now. */
export default async function buildChat(): Promise<void> {
  const environment = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  await build({ ...chatBuild, logLevel: 'error' })
  process.env['NODE_ENV'] = environment
}
