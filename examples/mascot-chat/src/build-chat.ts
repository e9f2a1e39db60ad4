import { build } from 'vite'

import { chatBuild } from './chat-build.ts'

// Whatever the one who builds it is: React would come with its checks for developers.
process.env['NODE_ENV'] = 'production'
await build(chatBuild)
