/** A door in a process of its own: says where it is, answers any message with what it holds. */
import { openSoakDoor } from './soak-door.ts'

const door = await openSoakDoor({ path: process.argv[2], headersTimeoutMs: 5_000 })
process.send?.({ baseUrl: door.baseUrl })
process.on('message', () => {
  void door.held().then((held) => process.send?.(held))
})
