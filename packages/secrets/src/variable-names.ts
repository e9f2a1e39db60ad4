/** What providers' own clients read, where it is not the conventional name alone. The first one wins. */
const KNOWN_VARIABLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['azure', ['AZURE_API_KEY', 'AZURE_OPENAI_API_KEY']],
  ['cohere', ['COHERE_API_KEY', 'CO_API_KEY']],
  ['gemini', ['GEMINI_API_KEY', 'GOOGLE_API_KEY']],
  ['google', ['GEMINI_API_KEY', 'GOOGLE_API_KEY']],
  ['huggingface', ['HUGGINGFACE_API_KEY', 'HF_TOKEN']],
  ['perplexity', ['PERPLEXITY_API_KEY', 'PPLX_API_KEY']],
  ['replicate', ['REPLICATE_API_KEY', 'REPLICATE_API_TOKEN']],
  ['together', ['TOGETHER_API_KEY', 'TOGETHERAI_API_KEY']],
])

/**
 * The environment variables a provider's key is looked for in, in order: `openrouter` →
 * `OPENROUTER_API_KEY`, `my-proxy` → `MY_PROXY_API_KEY`, `google` → `GEMINI_API_KEY`, `GOOGLE_API_KEY`.
 */
export function variablesOf(providerId: string): readonly string[] {
  const name = providerId.toUpperCase().replace(/[^A-Z0-9]/g, '_')
  return KNOWN_VARIABLES.get(providerId) ?? [`${name}_API_KEY`]
}
