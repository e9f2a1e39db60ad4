export type {
  AnswerFinish,
  Behaviour,
  BodyPlace,
  DisconnectBehaviour,
  DuplicateBehaviour,
  FailBehaviour,
  FramingBehaviour,
  HeadersBehaviour,
  MalformedBehaviour,
  ResetBehaviour,
  RespondBehaviour,
  RetryAfter,
  ScriptedToolCall,
  SimulatedUsage,
  SingleBehaviour,
  StallBehaviour,
  StatusBehaviour,
  StreamErrorBehaviour,
  SuccessWithErrorBehaviour,
  TruncateBehaviour,
} from './behaviour.ts'
export type { CallOutcome, SimulatedCall } from './call-log.ts'
export { DEFAULT_SIMULATED_MODELS } from './default-models.ts'
export { SIMULATED_FAILURE_KINDS } from './failure.ts'
export type { SimulatedFailureKind } from './failure.ts'
export { createGate } from './gate.ts'
export type { Gate } from './gate.ts'
export { guessTask } from './answers/guess-task.ts'
export type { SimulatedPrompt } from './answers/guess-task.ts'
export { SIMULATED_DIALECTS, SIMULATED_TASKS } from './models.ts'
export type {
  SimulatedDialect,
  SimulatedModel,
  SimulatedModelKind,
  SimulatedPrices,
  SimulatedSkill,
  SimulatedTask,
} from './models.ts'
export type { SimulatedKeys, SimulatorOptions } from './options.ts'
export { answerLevel, qualityOf } from './answers/quality.ts'
export type { AnswerLevel } from './answers/quality.ts'
export type { SimulatorRuntime } from './runtime.ts'
export type { DecideBehaviour, RequestMatch, ScriptHandle, SimulatedOperation } from './script.ts'
export { simulatedModel } from './simulated-model.ts'
export type { SimulatedModelInput } from './simulated-model.ts'
export { startSimulator } from './simulator.ts'
export type { Simulator, SimulatorBaseUrls } from './simulator.ts'
export { withoutRepeats } from './sinks/received-record.ts'
export type { ReceivedRecord, SinkRequest } from './sinks/received-record.ts'
export type { SinkFault } from './sinks/sink-fault.ts'
export { SINK_KINDS } from './sinks/sink-protocol.ts'
export type { SinkKind } from './sinks/sink-protocol.ts'
export { startSinkReceiver } from './sinks/sink-receiver.ts'
export type { DecideSinkFault, SinkReceiver, SinkReceiverOptions } from './sinks/sink-receiver.ts'
