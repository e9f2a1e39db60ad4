import { ImrsError } from './imrs-error.ts'

/** An option that was passed to a factory is wrong; the message names the option, the rule and the value. */
export class ConfigError extends ImrsError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('invalid-config', message, options)
  }
}
