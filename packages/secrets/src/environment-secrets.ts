import { ConfigError, ImrsError, systemRuntime } from '@imrs/core'
import type { Runtime, SecretReference, SecretStore } from '@imrs/core'

import { closedError } from './closed-error.ts'
import { isSendable, trimSecret } from './secret-text.ts'
import { variablesOf } from './variable-names.ts'

/** What {@link environmentSecrets} takes. */
export interface EnvironmentSecretsOptions {
  /**
   * Variables by provider id, in place of the usual ones; of several the first that is set counts.
   * Default: `${ID}_API_KEY`, and for some providers the names their own clients read.
   */
  readonly variables?: Readonly<Record<string, string | readonly string[]>> | undefined
  /** Default: the real world. */
  readonly runtime?: Pick<Runtime, 'environment'> | undefined
}

/**
 * Keys from environment variables, read anew each time. Read-only: a key is changed where the
 * environment is made.
 */
export function environmentSecrets(options: EnvironmentSecretsOptions = {}): SecretStore {
  const given = resolveVariables(options.variables ?? {})
  const environment = (options.runtime ?? systemRuntime).environment
  let isClosed = false
  const namesFor = ({ providerId }: SecretReference): readonly string[] =>
    given.get(providerId) ?? variablesOf(providerId)
  const refuse = (reference: SecretReference): never => {
    throw new ImrsError(
      'read-only',
      `Keys come from the environment and are not changed here. ${instructionFor(namesFor(reference))}`,
    )
  }
  return {
    specVersion: 'v1',
    name: 'environment',
    isReadOnly: true,
    read: async (reference, call) => {
      call?.signal?.throwIfAborted()
      if (isClosed) throw closedError('environment')
      return readFirst(namesFor(reference), environment)
    },
    write: async (reference) => refuse(reference),
    remove: async (reference) => refuse(reference),
    instruction: (reference) => instructionFor(namesFor(reference)),
    close: async () => {
      isClosed = true
    },
  }
}

function readFirst(
  names: readonly string[],
  environment: Runtime['environment'],
): string | undefined {
  for (const name of names) {
    const secret = trimSecret(environment(name))
    if (secret === undefined) continue
    if (isSendable(secret)) return secret
    throw new ImrsError(
      'secret-store-unavailable',
      `\`${name}\` holds a line break or a character that no key has. Set it to the key alone.`,
    )
  }
  return undefined
}

function instructionFor(names: readonly string[]): string {
  return `Set ${names.join(' or ')}.`
}

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function resolveVariables(
  variables: Readonly<Record<string, string | readonly string[]>>,
): ReadonlyMap<string, readonly string[]> {
  const resolved = new Map<string, readonly string[]>()
  for (const [providerId, value] of Object.entries(variables)) {
    const names = typeof value === 'string' ? [value] : [...value]
    if (names.length === 0 || !names.every((name) => VARIABLE_NAME.test(name))) {
      // The value is not shown: a key put here by mistake would be.
      throw new ConfigError(
        `\`variables.${providerId}\` must be names of environment variables: letters, digits and _`,
      )
    }
    resolved.set(providerId, names)
  }
  return resolved
}
