import type { Fields } from './fields.ts'

const SECRET_NAME = /key|secret|token$|password|credential|authorization/i
const NO_SECRET_NAME = /_per_token$|pertoken$|keyvariable$/i
const ENVIRONMENT = /^os\.environ\/([A-Za-z_][A-Za-z0-9_]{0,99})$/

/**
 * Says which fields look like keys, by name alone: no value is read further than to see whether it
 * names an environment variable.
 */
export function describeSecrets(fields: Fields): readonly string[] {
  return Object.keys(fields)
    .filter((name) => SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name))
    .filter((name) => typeof fields[name] === 'string' && fields[name] !== '')
    .filter((name) => variableOf(fields[name]) === undefined)
    .map(
      (name) =>
        `\`${name.slice(0, 60)}\` may hold a key and was not imported: keys belong in the secret store.`,
    )
}

/** The variable that `os.environ/NAME` names. */
export function variableOf(value: unknown): string | undefined {
  return typeof value === 'string' ? ENVIRONMENT.exec(value)?.[1] : undefined
}
