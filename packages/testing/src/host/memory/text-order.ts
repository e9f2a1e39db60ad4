/** Orders as databases do: by code point. JavaScript's `<` goes by UTF-16 unit. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    if (left.charCodeAt(index) !== right.charCodeAt(index)) {
      // A surrogate pair stands for a code point above every single unit.
      return pointAt(left, index) - pointAt(right, index)
    }
  }
  return left.length - right.length
}

function pointAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  const isLowSurrogate = unit >= 0xdc_00 && unit <= 0xdf_ff
  return text.codePointAt(isLowSurrogate && index > 0 ? index - 1 : index) ?? 0
}

/** A sorted copy, by one text of each item. */
export function sortedBy<T>(items: Iterable<T>, textOf: (item: T) => string): T[] {
  return [...items].sort((left, right) => compareText(textOf(left), textOf(right)))
}
