import { diag } from '@opentelemetry/api'

/** Does it; what goes wrong is a matter of telemetry and of nobody else. Gives `undefined` then. */
export function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    diag.warn('@imrs/router/telemetry could not record', error)
    return undefined
  }
}
