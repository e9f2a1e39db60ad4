'use client'

export { ModelPicker } from './picker/model-picker.tsx'
export type { ModelPickerProps } from './picker/model-picker.tsx'
export type { OptionState, RenderOption } from './picker/picker-list.tsx'
export type {
  DescribeModel,
  ModelDescription,
  PickerFilters,
  PickerOption,
  PickerRow,
} from './picker/picker-options.ts'
export type { Picker } from './picker/use-picker.ts'
export { CostQualityDial } from './picker/cost-quality-dial.tsx'
export type { CostQualityDialProps } from './picker/cost-quality-dial.tsx'
export { SelectionNotices } from './picker/selection-notices.tsx'
export type { SelectionNoticesProps } from './picker/selection-notices.tsx'
export type { PresetInfo } from './data/presets.ts'
export type { ShelfState } from './data/shelf.ts'
export { ModelDetails } from './details/model-details.tsx'
export type { ModelDetailsProps } from './details/model-details.tsx'
export type { TaskPerformance } from './data/quality.ts'
export { ModelComparison } from './details/model-comparison.tsx'
export type { ModelComparisonProps } from './details/model-comparison.tsx'
export { ProviderHealthDashboard } from './health/provider-health-dashboard.tsx'
export type { ProviderHealthDashboardProps } from './health/provider-health-dashboard.tsx'
export { FeedbackButtons } from './chat/feedback-buttons.tsx'
export type { ChosenReason, FeedbackButtonsProps } from './chat/feedback-buttons.tsx'
export { DecisionChip } from './chat/decision-chip.tsx'
export type { DecisionChipProps } from './chat/decision-chip.tsx'
export { CostMeter, costOf } from './chat/cost-meter.tsx'
export type { ChatCost, CostMeterProps } from './chat/cost-meter.tsx'
export { ENGLISH_LABELS } from './shared/labels.ts'
export type { ImrsLabels, LabelsProps } from './shared/labels.ts'
export type { PriceLevel } from './shared/price.ts'
