import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { checkAll } from '../doctor/check-all.ts'
import { tableOf } from '../print/table.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

/** `imrs doctor` */
export const doctorCommand: Command = defineCommand({
  name: 'doctor',
  summary: 'looks whether everything is there, and says what to do',
  details:
    'Looks at Node, the configuration, the database, the keys, the providers, the clock and the disk, and says what to do. Ends with 1 when something fails; warnings are none.',
  options: { ...ROUTER_OPTIONS },
  run: async (context, { options }) => {
    const checks = await checkAll(context, options)
    await context.print({ checks }, () =>
      tableOf(
        context,
        [
          { heading: '', cell: ({ status }) => status },
          { heading: 'what', cell: ({ name }) => name },
          { heading: 'found', cell: ({ found }) => found },
          { heading: 'what to do', cell: ({ advice }) => advice ?? '' },
        ],
        checks,
      ),
    )
    return checks.some(({ status }) => status === 'fail') ? 1 : 0
  },
})
