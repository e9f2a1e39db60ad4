import { asObject } from '@imrs/core'
import type { JsonObject } from '@imrs/core'

import { asTexts, isTrue } from '../../shared/foreign-json.ts'

/** What `capabilities` names, be it a list of names or an object of switches. */
export function rowFlags(fields: JsonObject): ReadonlySet<string> {
  const switches = Object.entries(asObject(fields['capabilities']) ?? {})
  const switchedOn = switches.filter(([, value]) => isTrue(value)).map(([name]) => name)
  return new Set([...asTexts(fields['capabilities']), ...switchedOn])
}
