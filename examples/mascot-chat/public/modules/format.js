const TASK_NAMES = {
  code: 'Coding',
  file_ops: 'Files',
  image_gen: 'Image making',
  general: 'General',
}

/** `code` as `Coding`, `translation` as `Translation`. */
export function taskName(taskType) {
  const words = taskType.replaceAll('_', ' ')
  return TASK_NAMES[taskType] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** Dollars; what is unknown is not free. */
export function costText(costUsd) {
  if (costUsd === undefined || costUsd === null) return 'cost unknown'
  if (costUsd === 0) return 'free'
  if (costUsd < 0.000001) return 'under $0.000001'
  return `$${Number(costUsd.toPrecision(2))
    .toFixed(costUsd < 0.01 ? 6 : 4)
    .replace(/0+$/, '')}`
}

export function durationText(milliseconds) {
  return milliseconds < 950
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`
}

export function tokensText(usage) {
  return `${count(usage.inputTokens)} tokens in, ${count(usage.outputTokens)} out`
}

function count(tokens) {
  return tokens === undefined ? '?' : tokens.toLocaleString('en')
}

/** `128000` as `128K`, `1048576` as `1M`. */
export function contextText(tokens) {
  if (tokens >= 1_000_000) return `${Math.round(tokens / 1_000_000)}M context`
  return `${Math.round(tokens / 1000)}K context`
}

/** Per million tokens, from the list's price per token. */
export function priceText(pricing) {
  if (pricing?.input === undefined || pricing.output === undefined) return 'Price unknown'
  if (pricing.input === 0 && pricing.output === 0) return 'Free'
  return `${perMillion(pricing.input)} in, ${perMillion(pricing.output)} out per 1M tokens`
}

function perMillion(perToken) {
  const dollars = perToken * 1_000_000
  return `$${dollars < 1 || dollars % 1 !== 0 ? dollars.toFixed(2) : dollars.toFixed(0)}`
}
