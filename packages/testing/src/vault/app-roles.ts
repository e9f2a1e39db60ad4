import type { VaultServerRuntime } from './runtime.ts'
import { drawText } from './tokens.ts'
import type { VaultTokenOptions } from './tokens.ts'

/** A role for AppRole logins, and what the tokens it gives are made of. */
export interface VaultAppRoleOptions extends Omit<VaultTokenOptions, 'token'> {
  /** Default: `approle`. */
  readonly mount?: string | undefined
  /** How many logins a secret id is good for. Default: `0`, without limit. */
  readonly secretIdUses?: number | undefined
}

export interface VaultAppRole {
  readonly roleId: string
  readonly secretId: string
  /** Makes another secret id for the role; the earlier ones stay. */
  readonly newSecretId: () => string
  /** Ends every secret id of the role. Tokens that were given out go on. */
  readonly revokeSecretIds: () => void
}

/** Every role there is. */
export interface AppRoles {
  readonly create: (options: VaultAppRoleOptions) => VaultAppRole
  readonly isMount: (mount: string, namespace: string) => boolean
  /** What the token is to be made of, or `undefined` when role and secret do not fit. */
  readonly login: (login: AppRoleLogin) => VaultTokenOptions | undefined
}

export interface AppRoleLogin {
  readonly mount: string
  readonly namespace: string
  readonly roleId: string
  readonly secretId: string
}

interface Role {
  readonly options: VaultAppRoleOptions
  /** How many uses are left of each. */
  readonly secretIds: Map<string, number>
}

export function createAppRoles(runtime: VaultServerRuntime): AppRoles {
  const roles = new Map<string, Role>()
  const drawId = (): string => `${drawText(runtime, 8)}-${drawText(runtime, 12)}`
  return {
    create: (options) => {
      const roleId = drawId()
      const secretIds = new Map<string, number>()
      const uses = options.secretIdUses ?? 0
      const newSecretId = (): string => {
        const secretId = drawId()
        secretIds.set(secretId, uses === 0 ? Number.POSITIVE_INFINITY : uses)
        return secretId
      }
      roles.set(roleId, { options, secretIds })
      const revokeSecretIds = (): void => secretIds.clear()
      return { roleId, secretId: newSecretId(), newSecretId, revokeSecretIds }
    },
    isMount: (mount, namespace) =>
      mount === 'approle' ||
      [...roles.values()].some(
        ({ options }) => mountOf(options) === mount && (options.namespace ?? '') === namespace,
      ),
    login: ({ mount, namespace, roleId, secretId }) => {
      const role = roles.get(roleId)
      const usesLeft = role?.secretIds.get(secretId)
      if (role === undefined || usesLeft === undefined) return undefined
      if (mountOf(role.options) !== mount) return undefined
      if ((role.options.namespace ?? '') !== namespace) return undefined
      if (usesLeft > 1) role.secretIds.set(secretId, usesLeft - 1)
      else role.secretIds.delete(secretId)
      return role.options
    },
  }
}

function mountOf({ mount }: VaultAppRoleOptions): string {
  return mount ?? 'approle'
}
