import { build } from 'vite'

import { adminBuild } from './admin-build.ts'

// Whatever the one who builds it is: React would come with its checks for developers.
process.env['NODE_ENV'] = 'production'
await build(adminBuild)
