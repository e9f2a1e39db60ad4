/** Where a model of another name went. */
export interface ModelMigration {
  readonly oldId: string
  readonly newId: string
  readonly reason: 'renamed' | 'moved' | 'deprecated'
  /** `false`: it is offered, and followed when the user says so. */
  readonly automaticMigration: boolean
}
