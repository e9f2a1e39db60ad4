import type { JsonObject, JsonValue } from '@imrs/core'
import { ProviderError, asObject } from '@imrs/core'

import type { CallTarget } from './own-data.ts'

/**
 * The body of a request with what the call's `providerOptions` add to it for this provider. Objects
 * are merged to any depth; everything else is added as it is, or refused where something stands
 * already.
 *
 * `own` are the fields, as dotted paths, that cannot be set this way even when this request leaves
 * them out: those a parameter of ours exists for, and those that would have another model answer, or
 * more than one answer come.
 *
 * @throws ProviderError of kind `invalid-request` that names the field.
 */
export function withProviderOptions(
  body: JsonObject,
  target: CallTarget,
  own: ReadonlySet<string>,
): JsonObject {
  const options = target.call.providerOptions?.[target.provider.id]
  return options === undefined ? body : merged(body, options, { target, own, path: '' })
}

interface Place {
  readonly target: CallTarget
  readonly own: ReadonlySet<string>
  /** With a dot at the end, unless it is empty. */
  readonly path: string
}

function merged(body: JsonObject, options: JsonObject, place: Place): JsonObject {
  const added = Object.entries(options).map(([name, value]): [string, JsonValue] => {
    const path = `${place.path}${name}`
    const present = Object.hasOwn(body, name) ? body[name] : undefined
    const [inner, outer] = [asObject(value), present === undefined ? {} : asObject(present)]
    if (place.own.has(path)) throw refused(place.target, path)
    if (inner !== undefined && outer !== undefined) {
      return [name, merged(outer, inner, { ...place, path: `${path}.` })]
    }
    if (present !== undefined) throw refused(place.target, path)
    return [name, value]
  })
  return { ...body, ...Object.fromEntries(added) }
}

function refused({ provider }: CallTarget, path: string): ProviderError {
  const field = `providerOptions.${provider.id}.${path}`
  const message = `\`${field}\` cannot be set: IMRS writes that field of the request itself.`
  return new ProviderError({ kind: 'invalid-request', message }, { providerId: provider.id })
}
