import { join } from 'node:path'

import type { InlineConfig } from 'vite'

import { adminBuild } from './admin-build.ts'

/** Where the built page is; not in the repository. */
export const CHAT_FOLDER: string = join(import.meta.dirname, '..', 'dist', 'chat')

const SOURCES = join(import.meta.dirname, '..', 'web', 'chat')

/** How the page is built: as the admin is, for `/`, with the page for addresses that lead nowhere. */
export const chatBuild: InlineConfig = {
  ...adminBuild,
  root: SOURCES,
  base: '/',
  build: {
    ...adminBuild.build,
    outDir: CHAT_FOLDER,
    // A test measures what goes over the wire.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      ...adminBuild.build?.rolldownOptions,
      input: [join(SOURCES, 'index.html'), join(SOURCES, 'not-found.html')],
    },
  },
}
