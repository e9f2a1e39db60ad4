import { ImrsError } from '@imrs/core'
import type { ErrorCode } from '@imrs/core'

import { CommandError, UsageError } from './usage-error.ts'

/** How a failure is told to a person. */
export interface FailureWords {
  readonly exitCode: 1 | 2
  readonly code: string
  /** What happened, and what to do. */
  readonly message: string
  /** For whoever looks for the fault: shown with `IMRS_DEBUG`. */
  readonly stack: string
}

/** What to do about failures whose message does not say. */
const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'store-unavailable': 'Look at --data or --database; `imrs doctor` says more.',
  'schema-outdated': 'Bring it up to date with `imrs migrate`.',
  'schema-too-new': 'Use a newer version of imrs.',
  'missing-credential': '`imrs providers list` says which keys are there.',
  'no-candidate': '`imrs route` says why each model was left out.',
  'unknown-model': '`imrs models` lists what there is.',
  'unknown-provider': '`imrs providers list` lists what there is.',
}

/** What a command line says wrong, rather than what failed. */
const USAGE_CODES: readonly string[] = ['invalid-config', 'invalid-request']

const SYSTEM_HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Take another one with --port.',
  EADDRNOTAVAIL: 'This machine does not have that address.',
  EACCES: 'Look at who may read and write it.',
  ENOENT: 'Look at the path.',
}

export function describeFailure(error: unknown): FailureWords {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof UsageError) return { exitCode: 2, code: 'usage', message, stack }
  if (error instanceof CommandError) return { exitCode: 1, code: 'failed', message, stack }
  if (ImrsError.is(error)) {
    const exitCode = USAGE_CODES.includes(error.code) ? 2 : 1
    return { exitCode, code: error.code, message: withHint(message, HINTS[error.code]), stack }
  }
  const system = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (system !== undefined && /^E[A-Z]+$/.test(system)) {
    return { exitCode: 1, code: system, message: withHint(message, SYSTEM_HINTS[system]), stack }
  }
  const words = `A fault of imrs, not of yours: ${message}. IMRS_DEBUG=1 shows where.`
  return { exitCode: 1, code: 'internal', message: words, stack }
}

function withHint(message: string, hint: string | undefined): string {
  if (hint === undefined) return message
  return /[.!?]$/.test(message) ? `${message} ${hint}` : `${message}. ${hint}`
}
