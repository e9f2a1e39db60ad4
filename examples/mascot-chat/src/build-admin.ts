import { build } from 'vite'

import { adminBuild } from './admin-build.ts'

await build(adminBuild)
