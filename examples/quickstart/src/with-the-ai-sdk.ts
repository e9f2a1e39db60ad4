import { createImrs, imrsMetadataOf } from '@imrs/ai-sdk'
import { google, openai, openRouter } from '@imrs/providers'
import { createRouter } from '@imrs/router'
import { environmentSecrets, memorySecrets, variablesOf } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { startSimulator } from '@imrs/testing/simulator'
import { streamText } from 'ai'

const variables = ['google', 'openai', 'openrouter'].flatMap(variablesOf)
const hasKey = variables.some((name) => (process.env[name] ?? '').trim() !== '')
// Without a key nothing leaves this machine: a simulator plays all three providers.
const simulator = hasKey ? undefined : await startSimulator()

const router = await createRouter({
  store: sqliteStore({ path: process.env['IMRS_DB'] ?? 'imrs.db' }),
  secrets: simulator === undefined ? environmentSecrets() : memorySecrets(simulator.keys),
  providers: [
    openRouter({ apiBase: simulator?.baseUrls.openrouter }),
    openai({ apiBase: simulator?.baseUrls.openai }),
    google({ apiBase: simulator?.baseUrls.google }),
  ],
  unconfiguredAgents: 'all',
})
const imrs = createImrs({ router, agentId: 'mascot', userId: 'u1' })

const result = streamText({
  model: imrs('auto'),
  prompt: 'Write a Python function that reverses a list',
})
for await (const text of result.textStream) process.stdout.write(text)

const answer = imrsMetadataOf(await result.providerMetadata)
if (answer === undefined) throw new Error('No router answered')
console.log(`\n\nAnswered by ${answer.modelId} in ${answer.totalMs} ms: ${answer.reason}`)
await router.feedback({ messageId: answer.messageId, userId: 'u1', signal: 'thumbs-up' })
console.log((await router.explain(answer.decisionId)).sentence)

await router.close()
await simulator?.close()
