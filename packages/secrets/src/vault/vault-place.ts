import { ImrsError } from '@imrs/core'
import type { SecretReference } from '@imrs/core'

/** Where a secret lies. */
export interface VaultPlace {
  readonly mount: string
  /** Behind the mount: `llm/openai`. */
  readonly path: string
}

/** The mount by which references name it, wherever the engine is really mounted. */
const DOCUMENTED_MOUNT = 'secret'

/**
 * `secret/llm/openai` → `llm/openai` in the mount of this store, also when that is not `secret`.
 *
 * @throws ImrsError `secret-store-unavailable` for a path that lies below no mount, or that leaves it.
 */
export function placeOf({ path }: SecretReference, mount: string): VaultPlace {
  const found = [mount, DOCUMENTED_MOUNT].find((candidate) => path.startsWith(`${candidate}/`))
  const rest = found === undefined ? '' : path.slice(found.length + 1)
  const segments = rest.split('/')
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    throw new ImrsError(
      'secret-store-unavailable',
      `\`${path}\` is not a path below \`${mount}/\`. Keys lie at secret/llm/{provider_id}.`,
    )
  }
  return { mount, path: rest }
}

/** The path of the API: `secret/data/llm/openai`. */
export function dataPath({ mount, path }: VaultPlace): string {
  return `${mount}/data/${path.split('/').map(encodeURIComponent).join('/')}`
}

/** The command that stores a key there. Never a value. */
export function putCommand(
  { mount, path }: VaultPlace,
  { namespace, field }: { readonly namespace: string; readonly field: string },
): string {
  const inNamespace = namespace === '' ? '' : `-namespace=${namespace} `
  const where = mount.includes('/') ? `-mount=${mount} ${path}` : `${mount}/${path}`
  return `vault kv put ${inNamespace}${where} ${field}=…`
}
