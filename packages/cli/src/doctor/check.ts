/** What was looked at, how it is, and what to do about it. */
export interface Check {
  readonly name: string
  readonly status: 'ok' | 'warn' | 'fail'
  /** Never a secret: of keys only whether they are there. */
  readonly found: string
  /** Absent when there is nothing to do. */
  readonly advice?: string | undefined
}

export function ok(name: string, found: string): Check {
  return { name, status: 'ok', found }
}

export function warn(name: string, found: string, advice: string): Check {
  return { name, status: 'warn', found, advice }
}

export function fail(name: string, found: string, advice: string): Check {
  return { name, status: 'fail', found, advice }
}
