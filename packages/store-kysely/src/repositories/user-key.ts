/** What tells the users of cells apart. */
export const USER_KEY = [
  'tenant_id',
  'agent_id',
  'task_type',
  'model_id',
  'month',
  'epoch',
  'user_id',
] as const
