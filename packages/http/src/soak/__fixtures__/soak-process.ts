/** A door in a process of its own: says where it is, answers any message with what it holds. */
import { openSoakDoor } from './soak-door.ts'

const door = await openSoakDoor(process.argv[2])
process.send?.({ baseUrl: door.baseUrl })
process.on('message', () => {
  void door.held().then((held) => process.send?.(held))
})
