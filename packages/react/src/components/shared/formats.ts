/** Makes a format once for each locale: making one takes longer than a whole row of the list. */
function formatIn(options: Intl.NumberFormatOptions): (value: number, locale: string) => string {
  const formats = new Map<string, Intl.NumberFormat>()
  return (value, locale) => {
    const format = formats.get(locale) ?? new Intl.NumberFormat(locale, options)
    formats.set(locale, format)
    return format.format(value)
  }
}

/** `1,234`. */
export const numberText: (value: number, locale: string) => string = formatIn({})

/** `128K`, `1M`. */
export const compact: (value: number, locale: string) => string = formatIn({
  notation: 'compact',
})

const dollarText = formatIn({ style: 'currency', currency: 'USD', maximumFractionDigits: 2 })
const smallDollarText = formatIn({ style: 'currency', currency: 'USD', maximumFractionDigits: 6 })

/** US dollars with as many digits as say something. */
export function dollars(amount: number, locale: string): string {
  const isSmall = amount !== 0 && Math.abs(amount) < 0.01
  return (isSmall ? smallDollarText : dollarText)(amount, locale)
}

const days = new Map<string, Intl.DateTimeFormat>()

/** The day of an ISO 8601 time, in UTC, so that a server and a browser write the same. */
export function dayText(iso: string, locale: string): string {
  const format =
    days.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  days.set(locale, format)
  return format.format(new Date(iso))
}
