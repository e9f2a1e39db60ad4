import { google, openai, openRouter } from '@imrs/providers'
import { createRouter, explainDecision } from '@imrs/router'
import { environmentSecrets, memorySecrets, variablesOf } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { startSimulator } from '@imrs/testing/simulator'

const variables = ['google', 'openai', 'openrouter'].flatMap(variablesOf)
const hasKey = variables.some((name) => (process.env[name] ?? '').trim() !== '')
// Without a key nothing leaves this machine: a simulator plays all three providers.
const simulator = hasKey ? undefined : await startSimulator()
if (simulator !== undefined) {
  console.log(`No key found: a simulator answers. Set one of ${variables.join(', ')}.\n`)
}

const router = await createRouter({
  store: sqliteStore({ path: process.env['IMRS_DB'] ?? 'imrs.db' }),
  secrets: simulator === undefined ? environmentSecrets() : memorySecrets(simulator.keys),
  providers: [
    openRouter({ apiBase: simulator?.baseUrls.openrouter }),
    openai({ apiBase: simulator?.baseUrls.openai }),
    google({ apiBase: simulator?.baseUrls.google }),
  ],
  unconfiguredAgents: 'all', // or enable models per agent: router.agents.enable(…)
})

const answer = await router.chat({
  agentId: 'mascot',
  userId: 'u1',
  model: 'auto',
  messages: [{ role: 'user', content: 'Write a Python function that reverses a list' }],
})
for await (const part of answer.parts) {
  if (part.type === 'decision') console.log(`${part.modelName} — ${part.reason}\n`)
  if (part.type === 'fallback') console.log(`${part.reason}\n`)
  if (part.type === 'text-delta') process.stdout.write(part.text)
  if (part.type === 'end') console.log(`\n\nAnswered by ${part.model} in ${part.totalMs} ms.`)
  if (part.type === 'error') throw new Error(part.message)
}

await router.feedback({ messageId: answer.messageId, userId: 'u1', signal: 'thumbs-up' })
const next = await router.decide({
  agentId: 'mascot',
  userId: 'u1',
  model: 'auto',
  messages: [{ role: 'user', content: 'Write a Python function that sorts a list' }],
})
console.log(`After the thumb: ${explainDecision(next)}`)

await router.close()
await simulator?.close()
