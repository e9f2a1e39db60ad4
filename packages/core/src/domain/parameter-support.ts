import type { ModelParameterName, ReasoningEffort } from '../chat/model-parameters.ts'

/** What a model makes of one parameter. A limit that is not said is not known. */
export interface ParameterSupport {
  /** `unknown`: nobody says, and so it is sent. */
  readonly support: 'supported' | 'unsupported' | 'unknown'
  readonly min?: number | undefined
  /** The most it takes; of `stop`, how many sequences. */
  readonly max?: number | undefined
  /** The only values it takes. */
  readonly values?: readonly ReasoningEffort[] | undefined
  /** Whether it is taken while the model reasons. Default: `true`. */
  readonly isTakenWhileReasoning?: boolean | undefined
  /** The parameter that it is not taken beside. */
  readonly notBeside?: ModelParameterName | undefined
  /** Of `stop`: whether a sequence may be nothing but white space. Default: `true`. */
  readonly takesBlank?: boolean | undefined
}

/** What a model makes of every parameter. */
export interface ModelParameterSupport {
  readonly parameters: Readonly<Record<ModelParameterName, ParameterSupport>>
  /** Whether it is known to reason when `reasoningEffort` is left out. */
  readonly reasonsUnasked: boolean
}
