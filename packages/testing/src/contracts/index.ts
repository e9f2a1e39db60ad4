export { secretStoreContract } from './secret-store-contract.ts'
export type { SecretStoreContractSetup } from './secret-store-contract.ts'
export { strategyContract } from './strategy-contract.ts'
export type { StrategyContractSetup } from './strategy-contract.ts'
