/** A screen of the admin, and how one sees that it is there. */
export interface AdminScreen {
  readonly name: string
  readonly path: string
  readonly heading: string
  /** In `main`, there once the screen has what it shows. */
  readonly wait: string
  /** What is further down and has a picture of its own, by its name. */
  readonly parts?: Readonly<Record<string, string>>
}

/** Every screen, on a data folder with some history. */
export const ADMIN_SCREENS: readonly AdminScreen[] = [
  { name: 'providers', path: 'providers', heading: 'Providers', wait: 'table' },
  { name: 'provider-add', path: 'providers/new', heading: 'Add a provider', wait: 'form' },
  { name: 'provider', path: 'providers/openrouter', heading: 'OpenRouter', wait: 'table' },
  { name: 'models', path: 'models', heading: 'Models', wait: 'table' },
  { name: 'model-add', path: 'models/new', heading: 'Add a custom model', wait: 'form' },
  { name: 'model', path: 'models/openai%2Fgpt-4o', heading: 'GPT-4o', wait: 'table' },
  { name: 'agents', path: 'agents', heading: 'Agents', wait: 'table' },
  { name: 'agent', path: 'agents/mascot', heading: 'Models of mascot', wait: 'table, .empty' },
  {
    name: 'health',
    path: 'health?period=7d',
    heading: 'Provider health',
    wait: 'svg',
    parts: { 'health-history': 'figure:has(.state-bar)' },
  },
  {
    name: 'performance',
    path: 'performance',
    heading: 'Performance',
    wait: 'svg',
    parts: {
      'performance-reasons': 'figure:has(.reason-name)',
      'performance-drift': 'figure:has(.marker-drift)',
    },
  },
  { name: 'savings', path: 'savings', heading: 'Savings', wait: '.headline' },
  { name: 'what-if', path: 'what-if', heading: 'What if', wait: '[aria-label="In words"]' },
  { name: 'changes', path: 'changes', heading: 'Changes', wait: 'table' },
]
