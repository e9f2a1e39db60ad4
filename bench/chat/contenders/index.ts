import type { OpenContender } from '../contender.ts'
import { aiFallback, aiSdk } from './ai-sdk.ts'
import { gateway } from './gateway.ts'
import { plainSdk } from './plain-sdk.ts'
import { routerAuto, routerBudget, routerChat, routerPostgres } from './router.ts'

/** What all others are held against. */
export const PLAIN_SDK = 'plain SDK'

/** Everybody, by the name the table has. */
export const CONTENDERS: Readonly<Record<string, OpenContender>> = {
  [PLAIN_SDK]: plainSdk,
  'router.chat': routerChat,
  'router.chat, auto of 64': routerAuto,
  'router.chat, money budget': routerBudget,
  'router.chat, PostgreSQL': routerPostgres,
  'AI SDK': aiSdk,
  'AI SDK, ai-fallback': aiFallback,
  'Portkey gateway': gateway,
}
