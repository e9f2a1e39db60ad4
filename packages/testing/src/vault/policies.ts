export type VaultCapability = 'create' | 'read' | 'update' | 'delete' | 'list' | 'deny'

/** One `path` block of a policy. */
export interface VaultPolicyRule {
  /** As in HCL: `secret/data/llm/*`, `secret/data/+/openai`. */
  readonly path: string
  readonly capabilities: readonly VaultCapability[]
}

/** What Vault's own `default` policy says of the paths that are served here. */
export const DEFAULT_POLICY: readonly VaultPolicyRule[] = Object.freeze([
  { path: 'auth/token/lookup-self', capabilities: ['read'] },
  { path: 'auth/token/renew-self', capabilities: ['update'] },
  { path: 'auth/token/revoke-self', capabilities: ['update'] },
] as const)

/** Whether one of the rules allows it and none denies it. */
export function isAllowed(
  rules: readonly VaultPolicyRule[],
  path: string,
  capabilities: readonly VaultCapability[],
): boolean {
  const granted = new Set(
    rules.filter((rule) => matchesPath(rule.path, path)).flatMap((rule) => rule.capabilities),
  )
  return !granted.has('deny') && capabilities.some((capability) => granted.has(capability))
}

function matchesPath(pattern: string, path: string): boolean {
  const isPrefix = pattern.endsWith('*')
  const wanted = (isPrefix ? pattern.slice(0, -1) : pattern).split('/')
  const given = path.split('/')
  if (isPrefix ? given.length < wanted.length : given.length !== wanted.length) return false
  return wanted.every((part, index) => {
    const segment = given[index] ?? ''
    if (part === '+') return segment !== ''
    return isPrefix && index === wanted.length - 1 ? segment.startsWith(part) : segment === part
  })
}
