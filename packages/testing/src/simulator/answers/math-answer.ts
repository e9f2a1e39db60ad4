const SUM = /(-?\d+(?:\.\d+)?)\s*([-+*/×÷x^])\s*(-?\d+(?:\.\d+)?)/i
const SHARE = /(\d+(?:\.\d+)?)\s*(?:%|percent)\s*of\s*(\d+(?:\.\d+)?)/i

const operations: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '×': (left, right) => left * right,
  x: (left, right) => left * right,
  '/': (left, right) => left / right,
  '÷': (left, right) => left / right,
  '^': (left, right) => left ** right,
}

/** A calculation found in a prompt, with its result. */
export interface Calculation {
  readonly expression: string
  readonly result: number
}

/** The first calculation with two numbers, or a share in per cent, that the prompt asks for. */
export function findCalculation(prompt: string): Calculation | undefined {
  const share = SHARE.exec(prompt)
  if (share !== null) {
    const [, percent = '', whole = ''] = share
    return { expression: `${percent} % of ${whole}`, result: tidy((+percent / 100) * +whole) }
  }
  const [, left = '', sign = '', right = ''] = SUM.exec(prompt) ?? []
  const operation = operations[sign.toLowerCase()]
  if (operation === undefined) return undefined
  return { expression: `${left} ${sign} ${right}`, result: tidy(operation(+left, +right)) }
}

/** The calculation with its check. */
export function goodCalculation({ expression, result }: Calculation): string {
  return `**${expression} = ${result}**\n\nStep by step: write it as one operation, work it out, and round only at the end. Put back in, it holds.`
}

/** The result alone. */
export function fairCalculation({ expression, result }: Calculation): string {
  return `${expression} is about ${Math.round(result)}.`
}

/** A confident wrong result. */
export function poorCalculation({ expression, result }: Calculation): string {
  return `${expression} = ${tidy(result * 1.1 + 3)}. Easy!`
}

function tidy(value: number): number {
  return Number(value.toFixed(6))
}
