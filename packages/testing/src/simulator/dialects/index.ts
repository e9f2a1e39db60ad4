import type { SimulatedDialect } from '../models.ts'
import { anthropicDialect } from './anthropic.ts'
import type { Dialect } from './dialect.ts'
import { googleDialect } from './google.ts'
import { openAiDialect } from './openai.ts'
import { openRouterDialect } from './openrouter.ts'
import { requestyDialect } from './requesty.ts'

/** Every dialect under its name. */
export const dialects: Readonly<Record<SimulatedDialect, Dialect>> = {
  openrouter: openRouterDialect,
  openai: openAiDialect,
  requesty: requestyDialect,
  google: googleDialect,
  anthropic: anthropicDialect,
}

/** A dialect and what follows its prefix in a path. */
export interface Addressed {
  readonly dialect: Dialect
  readonly path: string
}

/** The dialect that a path belongs to. */
export function addressOf(path: string): Addressed | undefined {
  for (const dialect of Object.values(dialects)) {
    const prefix = dialect.prefixes.find((candidate) => path.startsWith(`${candidate}/`))
    if (prefix !== undefined) return { dialect, path: path.slice(prefix.length) }
  }
  return undefined
}
