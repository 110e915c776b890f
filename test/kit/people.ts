/** The people of the test company; see `sandbox/config.yaml`. */
export const people = [
  'admin',
  'auditor',
  'analyst',
  'supervisor-north',
  'supervisor-south',
  'agent-north-1',
  'agent-north-2',
  'agent-south-1',
  'agent-south-2',
] as const

export type TestPerson = (typeof people)[number]
