export { environmentSecrets } from './environment-secrets.ts'
export type { EnvironmentSecretsOptions } from './environment-secrets.ts'
export { memorySecrets } from './memory-secrets.ts'
export { variablesOf } from './variable-names.ts'
