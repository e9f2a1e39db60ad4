import { ConfigError, ImrsError, isProviderId, systemRuntime } from '@imrs/core'
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
  /**
   * Ids of providers made at run time, over the API or with `imrs providers add`, whose keys are in
   * the environment, too. All others made there have none: whoever may make providers would choose
   * the variable by the id, and where it is sent. Default: the ids that the environment variable
   * `IMRS_API_PROVIDERS` lists, with commas or spaces between them; it is read anew each time.
   */
  readonly apiProviders?: readonly string[] | undefined
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
  const allowed = resolveApiProviders(options.apiProviders)
  const namesFor = ({ providerId }: SecretReference): readonly string[] =>
    given.get(providerId) ?? variablesOf(providerId)
  const isOpenTo = ({ providerId, origin }: SecretReference): boolean =>
    origin !== 'api' || (allowed ?? listedIn(environment)).includes(providerId)
  const instruction = (reference: SecretReference): string => {
    const set = `Set ${namesFor(reference).join(' or ')}`
    if (isOpenTo(reference)) return `${set}.`
    const place = allowed === undefined ? LIST_VARIABLE : '`apiProviders` of environmentSecrets'
    return `${set}, and name ${reference.providerId} in ${place}: it was made at run time.`
  }
  const refuse = (reference: SecretReference): never => {
    throw new ImrsError(
      'read-only',
      `Keys come from the environment and are not changed here. ${instruction(reference)}`,
    )
  }
  return {
    specVersion: 'v1',
    name: 'environment',
    isReadOnly: true,
    read: async (reference, call) => {
      call?.signal?.throwIfAborted()
      if (isClosed) throw closedError('environment')
      return isOpenTo(reference) ? readFirst(namesFor(reference), environment) : undefined
    },
    write: async (reference) => refuse(reference),
    remove: async (reference) => refuse(reference),
    instruction,
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

/** Whoever sets keys says there, too, who may have them. */
const LIST_VARIABLE = 'IMRS_API_PROVIDERS'

function listedIn(environment: Runtime['environment']): readonly string[] {
  return environment(LIST_VARIABLE)?.split(/[\s,]+/) ?? []
}

function resolveApiProviders(ids: readonly string[] | undefined): readonly string[] | undefined {
  for (const id of ids ?? []) {
    if (isProviderId(id)) continue
    throw new ConfigError(
      '`apiProviders` must hold ids of providers: 1 to 50 lower-case letters, digits, _ or -',
    )
  }
  return ids === undefined ? undefined : Object.freeze([...ids])
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
