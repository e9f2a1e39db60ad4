export { createExperience } from './create-experience.ts'
export type {
  Experience,
  ExperienceCheckpoint,
  ExperienceOptions,
  ExperienceTenant,
} from './create-experience.ts'
export { createFeedback } from './create-feedback.ts'
export type {
  Feedback,
  FeedbackOptions,
  MovedExperience,
  UnfinishedAnswer,
} from './create-feedback.ts'
export type { FeedbackInput, FeedbackResult, RetractInput } from './feedback-input.ts'
export { resolveFeedbackRules } from './signal-values.ts'
export type {
  FeedbackRules,
  ImplicitSignal,
  ResolvedFeedbackRules,
  ResolvedSignalValues,
  SignalValues,
} from './signal-values.ts'
export type { Estimate } from './evaluate/estimate.ts'
export type { Estimates } from './evaluate/estimators.ts'
export { evaluateStrategies } from './evaluate/evaluate-strategies.ts'
export type { EvaluateOptions } from './evaluate/evaluate-strategies.ts'
export type {
  EvaluationCounts,
  EvaluationDiagnostics,
  EvaluationRefusal,
  EvaluationReport,
  UnusableReason,
} from './evaluate/evaluation-report.ts'
export type { CandidateFacts, CandidateFactsOf } from './evaluate/logged-request.ts'
export { alertWebhook } from './sinks/alert-webhook.ts'
export type { AlertWebhookOptions } from './sinks/alert-webhook.ts'
export { somaBrainSink } from './sinks/soma-brain-sink.ts'
export type { SomaBrainSinkOptions } from './sinks/soma-brain-sink.ts'
export { webhookSink } from './sinks/webhook-sink.ts'
export type { WebhookSinkOptions } from './sinks/webhook-sink.ts'
export type { HttpSinkOptions, SinkRuntime } from './sinks/sink-options.ts'
