// Sees a provider go down and come back so often, once its standard input ends: `notice-health.ts <file> <times>`.
import { sqliteStore } from '../sqlite-store.ts'

const [path = '', times = ''] = process.argv.slice(2)
const store = sqliteStore({ path })
await store.providers.listHealth()
process.stdout.write('ready\n')
process.stdin.resume()
await new Promise((resolve) => process.stdin.once('end', resolve))
for (let step = 1; step <= Number(times); step += 1) {
  const status = step % 2 === 0 ? 'healthy' : 'down'
  await store.providers.putHealth({ providerId: 'p', status, checkedAtMs: step })
}
await store.close()
