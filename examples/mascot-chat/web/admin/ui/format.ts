const LOCALE = 'en'

/** Numbers, money and times as this admin writes them. What is not known is a dash. */
export const UNKNOWN = '–'

export function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? UNKNOWN : count.toLocaleString(LOCALE)
}

/** `1 model`, `2 models`. */
export function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Dollars with two digits that matter, never as zero when it is not. */
export function dollarsText(usd: number | null | undefined): string {
  if (usd === null || usd === undefined) return UNKNOWN
  const size = Math.abs(usd)
  const digits = size === 0 || size >= 0.1 ? 2 : Math.min(9, 1 - Math.floor(Math.log10(size)))
  return usd.toLocaleString(LOCALE, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.max(2, digits),
  })
}

export function millisecondsText(durationMs: number | null | undefined): string {
  if (durationMs === null || durationMs === undefined) return UNKNOWN
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`
  return `${(durationMs / 1000).toLocaleString(LOCALE, { maximumFractionDigits: 1 })} s`
}

/** A rating of 0 to 1 as per cent. */
export function percentText(share: number | null | undefined): string {
  if (share === null || share === undefined) return UNKNOWN
  const digits = share > 0 && share < 0.1 ? 1 : 0
  return share.toLocaleString(LOCALE, { style: 'percent', maximumFractionDigits: digits })
}

/** A part of a time as per cent, which is 100 % only when it is all of it. */
export function timeShareText(share: number | undefined): string {
  if (share === undefined) return UNKNOWN
  const digits = { style: 'percent', maximumFractionDigits: 2, roundingMode: 'trunc' } as const
  return share.toLocaleString(LOCALE, digits)
}

/** `2 d 3 h`, `4 min`: the two largest units, whole. */
export function durationText(durationMs: number | undefined): string {
  if (durationMs === undefined) return UNKNOWN
  const seconds = Math.round(durationMs / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first === -1) return 'under 1 s'
  const two = parts.slice(first, first + 2).filter(([count]) => count > 0)
  return two.map(([count, unit]) => `${count} ${unit}`).join(' ')
}

export function timeText(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return 'never'
  const format = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(LOCALE, format).format(new Date(iso))
}

/** A UTC day, `2026-11-21`, in few letters. */
export function dayText(day: string): string {
  const format = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(LOCALE, format).format(new Date(`${day}T00:00:00Z`))
}

/** A price per million tokens as the API writes it. */
export function priceText(price: string | null): string {
  if (price === null) return UNKNOWN
  return Number(price) === 0 ? 'free' : `$${price}`
}

/** `function_calling` as `function calling`. */
export function wordsOf(name: string): string {
  return name.replaceAll(/[_-]/g, ' ')
}

/** The part of a model's id that names its provider. */
export function providerOf(modelId: string): string {
  return modelId.split('/', 1)[0] ?? modelId
}
