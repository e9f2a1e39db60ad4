import { describe } from 'vitest'

import { agentModelContract } from './store/agent-model-contract.ts'
import { agentSummaryContract } from './store/agent-summary-contract.ts'
import { alarmContract } from './store/alarm-contract.ts'
import { apiKeyContract } from './store/api-key-contract.ts'
import { auditContract } from './store/audit-contract.ts'
import { budgetContract } from './store/budget-contract.ts'
import { budgetSettlementContract } from './store/budget-settlement-contract.ts'
import { budgetWindowContract } from './store/budget-window-contract.ts'
import { callListContract } from './store/call-list-contract.ts'
import { catalogEventContract } from './store/catalog-event-contract.ts'
import { changeWatchContract } from './store/change-watch-contract.ts'
import { coordinationContract } from './store/coordination-contract.ts'
import { enableRuleContract } from './store/enable-rule-contract.ts'
import { experienceContract } from './store/experience-contract.ts'
import { feedbackContract } from './store/feedback-contract.ts'
import { feedbackModelContract } from './store/feedback-model-contract.ts'
import { feedbackOnceContract } from './store/feedback-once-contract.ts'
import { figureSumsContract } from './store/figure-sums-contract.ts'
import { healthHistoryContract } from './store/health-history-contract.ts'
import { ledgerContract } from './store/ledger-contract.ts'
import { lifecycleContract } from './store/lifecycle-contract.ts'
import { maintenanceContract } from './store/maintenance-contract.ts'
import { modelContract } from './store/model-contract.ts'
import { modelListContract } from './store/model-list-contract.ts'
import { modelOverrideContract } from './store/model-override-contract.ts'
import { modelQueryContract } from './store/model-query-contract.ts'
import { modelSyncContract } from './store/model-sync-contract.ts'
import { outboxClaimContract } from './store/outbox-claim-contract.ts'
import { outboxContract } from './store/outbox-contract.ts'
import { parameterContract } from './store/parameter-contract.ts'
import { performanceContract } from './store/performance-contract.ts'
import { preferenceContract } from './store/preference-contract.ts'
import { presetContract } from './store/preset-contract.ts'
import { providerContract } from './store/provider-contract.ts'
import { randomOperationsContract } from './store/random-operations-contract.ts'
import { ratedDecisionContract } from './store/rated-decision-contract.ts'
import { reasonContract } from './store/reason-contract.ts'
import type { StoreContractSetup } from './store/setup.ts'

/**
 * Declares the tests of every sentence of the `Store` contract for one implementation. Called at the
 * top level of a vitest file.
 */
export function storeContract(setup: StoreContractSetup): void {
  describe(`store contract: ${setup.name}`, () => {
    describe('lifecycle', () => lifecycleContract(setup))
    describe('providers', () => providerContract(setup))
    describe('how providers were', () => healthHistoryContract(setup))
    describe('models', () => modelContract(setup))
    describe('lists of models', () => modelListContract(setup))
    describe('queries of models', () => modelQueryContract(setup))
    describe('sync', () => modelSyncContract(setup))
    describe('overrides', () => modelOverrideContract(setup))
    describe('catalogue events', () => catalogEventContract(setup))
    describe('watching changes', () => changeWatchContract(setup))
    describe('coordination', () => coordinationContract(setup))
    describe('audit', () => auditContract(setup))
    describe('agent models', () => agentModelContract(setup))
    describe('rules for agents', () => enableRuleContract(setup))
    describe('agents of a tenant', () => agentSummaryContract(setup))
    describe('preferences', () => preferenceContract(setup))
    describe('parameter defaults', () => parameterContract(setup))
    describe('presets', () => presetContract(setup))
    describe('API keys', () => apiKeyContract(setup))
    describe('ledger', () => ledgerContract(setup))
    describe('calls of a period', () => callListContract(setup))
    describe('rated decisions', () => ratedDecisionContract(setup))
    describe('figures of calls', () => performanceContract(setup))
    describe('sums of figures', () => figureSumsContract(setup))
    describe('budgets', () => budgetContract(setup))
    describe('settlement of budgets', () => budgetSettlementContract(setup))
    describe('windows of budgets', () => budgetWindowContract(setup))
    describe('feedback', () => feedbackContract(setup))
    describe('feedback taken once', () => feedbackOnceContract(setup))
    describe('feedback against a model', () => feedbackModelContract(setup))
    describe('reasons of ratings', () => reasonContract(setup))
    describe('outbox', () => outboxContract(setup))
    describe('claims of the outbox', () => outboxClaimContract(setup))
    describe('maintenance', () => maintenanceContract(setup))
    describe('experience', () => experienceContract(setup))
    describe('alarms', () => alarmContract(setup))
    describe('experience after random operations', () => randomOperationsContract(setup))
  })
}
