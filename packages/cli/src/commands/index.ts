import type { Command } from '../command/command.ts'
import { agentsDisableCommand, agentsEnableCommand, agentsListCommand } from './agents.ts'
import { chatCommand } from './chat.ts'
import { copyCommand } from './copy.ts'
import { doctorCommand } from './doctor.ts'
import { evaluateCommand } from './evaluate.ts'
import { feedbackCommand } from './feedback.ts'
import { importCommand } from './import.ts'
import { initCommand } from './init.ts'
import { migrateCommand } from './migrate.ts'
import { modelsCommand } from './models.ts'
import { performanceCommand } from './performance.ts'
import { providersAddCommand } from './providers-add.ts'
import { providersListCommand } from './providers-list.ts'
import { providersTestCommand } from './providers-test.ts'
import { replayCommand } from './replay.ts'
import { routeCommand } from './route.ts'
import { serveCommand } from './serve.ts'
import { syncCommand } from './sync.ts'

/** Every command, in the order that the help lists them. */
export const COMMANDS: readonly Command[] = [
  initCommand,
  doctorCommand,
  serveCommand,
  chatCommand,
  routeCommand,
  feedbackCommand,
  modelsCommand,
  providersListCommand,
  providersAddCommand,
  providersTestCommand,
  syncCommand,
  agentsListCommand,
  agentsEnableCommand,
  agentsDisableCommand,
  performanceCommand,
  evaluateCommand,
  replayCommand,
  importCommand,
  migrateCommand,
  copyCommand,
]
