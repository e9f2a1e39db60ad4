const TASK_NAMES: Readonly<Record<string, string>> = {
  code: 'Coding',
  file_ops: 'Files',
  image_gen: 'Image making',
  general: 'General',
}

/** `code` as `Coding`, `translation` as `Translation`. */
export function taskName(taskType: string): string {
  const words = taskType.replaceAll('_', ' ')
  return TASK_NAMES[taskType] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** Dollars; what is unknown is not free. */
export function costText(costUsd: number | null | undefined): string {
  if (costUsd === undefined || costUsd === null) return 'cost unknown'
  if (costUsd === 0) return 'free'
  if (costUsd < 0.000001) return 'under $0.000001'
  return `$${Number(costUsd.toPrecision(2))
    .toFixed(costUsd < 0.01 ? 6 : 4)
    .replace(/0+$/, '')}`
}

export function durationText(milliseconds: number): string {
  return milliseconds < 950
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`
}

export function tokensText(inputTokens: number, outputTokens: number): string {
  const [input, output] = [inputTokens, outputTokens].map((count) => count.toLocaleString('en'))
  return `${input} tokens in, ${output} out`
}

export function sizeText(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}

interface Pricing {
  readonly input?: number | undefined
  readonly output?: number | undefined
}

/** Per million tokens, from the list's price per token. */
export function priceText(pricing: Pricing | undefined): string {
  if (pricing?.input === undefined || pricing.output === undefined) return 'Price unknown'
  if (pricing.input === 0 && pricing.output === 0) return 'Free'
  return `${perMillion(pricing.input)} in, ${perMillion(pricing.output)} out per 1M tokens`
}

function perMillion(perToken: number): string {
  const dollars = perToken * 1_000_000
  return `$${dollars < 1 || dollars % 1 !== 0 ? dollars.toFixed(2) : dollars.toFixed(0)}`
}
