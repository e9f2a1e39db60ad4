import { join } from 'node:path'

import type { InlineConfig } from 'vite'

/** Where the built admin is; not in the repository. */
export const ADMIN_FOLDER: string = join(import.meta.dirname, '..', 'dist', 'admin')

/** How the admin is built: from the sources of the packages, for `/admin/`. */
export const adminBuild: InlineConfig = {
  configFile: false,
  root: join(import.meta.dirname, '..', 'web', 'admin'),
  base: '/admin/',
  logLevel: 'warn',
  resolve: { conditions: ['@imrs/source', 'module', 'browser', 'production'] },
  build: {
    outDir: ADMIN_FOLDER,
    emptyOutDir: true,
    // Small files would become `data:` addresses, which the policy of the server refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // `use client` is for servers that render; here there is none.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
}
