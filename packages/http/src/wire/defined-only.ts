/** The fields of an object that are there and not `undefined`. */
export type Defined<Value> = {
  [Key in keyof Value]?: Exclude<Value[Key], undefined>
}

/** Without the fields that were left out: one that is there and `undefined` may mean another thing. */
export function definedOnly<Value extends object>(value: Value): Defined<Value> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries) as Defined<Value>
}
