import { ConfigError } from '@imrs/core'
import type { MeterProvider, TracerProvider } from '@opentelemetry/api'

/**
 * Versions of the semantic conventions for generative AI that can be spoken. They are not stable: which
 * one is spoken changes only when the host says so.
 */
export const SEMANTIC_CONVENTIONS = ['1.36', '1.41'] as const
export type SemanticConventions = (typeof SEMANTIC_CONVENTIONS)[number]

export interface OpenTelemetryOptions {
  /** Default: the global one, as it is when the first span begins. */
  readonly tracerProvider?: TracerProvider | undefined
  /** Default: the global one, as it is when `openTelemetry` is called. */
  readonly meterProvider?: MeterProvider | undefined
  /** Default: `'1.41'`. `semanticConventionsOf` reads `OTEL_SEMCONV_STABILITY_OPT_IN`. */
  readonly semanticConventions?: SemanticConventions | undefined
  /**
   * Whether the texts of requests and answers are put on spans, files left out. Needs conventions `1.41`.
   * Default: `false`, and no text is.
   */
  readonly captureContent?: boolean | undefined
  /**
   * Whether providers are sent `traceparent`, and nothing else of the context. Needs a context manager,
   * as every SDK for Node registers one. Default: `false`.
   */
  readonly propagate?: boolean | undefined
}

export interface ResolvedTelemetry {
  readonly conventions: SemanticConventions
  readonly captureContent: boolean
}

/**
 * What the variable `OTEL_SEMCONV_STABILITY_OPT_IN` asks for: the newest conventions with
 * `gen_ai_latest_experimental` among its words, else those of 1.36.
 */
export function semanticConventionsOf(optIn: string | undefined): SemanticConventions {
  const words = (optIn ?? '').split(',').map((word) => word.trim())
  return words.includes('gen_ai_latest_experimental') ? '1.41' : '1.36'
}

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveTelemetry(options: OpenTelemetryOptions): ResolvedTelemetry {
  const { semanticConventions: conventions = '1.41', captureContent = false } = options
  if (!SEMANTIC_CONVENTIONS.includes(conventions)) {
    throw new ConfigError(
      `\`semanticConventions\` must be ${SEMANTIC_CONVENTIONS.join(' or ')}, got ${JSON.stringify(conventions)}`,
    )
  }
  if (captureContent && conventions !== '1.41') {
    throw new ConfigError(
      '`captureContent` needs `semanticConventions` 1.41: before, texts were log records',
    )
  }
  return Object.freeze({ conventions, captureContent })
}
