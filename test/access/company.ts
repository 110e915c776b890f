import { Role } from '../../kernel/ability/index.js'
import { type Config, type PersonConfig, parseConfig } from '../../kernel/config/index.js'

const person = (id: string, role: Role, more: Partial<PersonConfig> = {}): PersonConfig => ({
  id,
  name: `Name of ${id}`,
  role,
  teamId: null,
  identities: [{ issuer: null, subject: id }],
  extensions: [],
  deputyId: null,
  ...more,
})

/** What holds where the file says nothing. */
function usual(): Pick<Config, 'dialling' | 'dispositions'> {
  const { dialling, dispositions } = parseConfig('', {})
  return { dialling, dispositions }
}

/** Two teams with people, and one team below `north`. */
export const company: Config = {
  areaCode: null,
  teams: [
    { id: 'north', name: 'North', parentId: null, supervisorIds: [] },
    { id: 'north-1', name: 'North one', parentId: 'north', supervisorIds: [] },
    { id: 'south', name: 'South', parentId: null, supervisorIds: [] },
  ],
  people: [
    person('admin', Role.ADMIN),
    person('auditor', Role.AUDITOR),
    person('analyst', Role.ANALYST),
    person('supervisor-north', Role.SUPERVISOR, { teamId: 'north', deputyId: 'supervisor-south' }),
    person('supervisor-south', Role.SUPERVISOR, { teamId: 'south' }),
    person('agent-north-1', Role.AGENT, { teamId: 'north', extensions: ['1001'] }),
    person('agent-north-2', Role.AGENT, { teamId: 'north', extensions: ['1002'] }),
    person('agent-below', Role.AGENT, { teamId: 'north-1', extensions: ['1101'] }),
    person('agent-south-1', Role.AGENT, { teamId: 'south', extensions: ['2001'] }),
  ],
  queues: [
    { name: 'sales', teamId: 'north' },
    { name: 'service', teamId: 'south' },
  ],
  systems: [],
  ...usual(),
}
