/** The people who sit at the sandbox's telephones, as `sandbox/config.yaml` describes them. */
export interface SandboxAgent {
  id: string
  name: string
  team: Team
  extension: string
}

export type Team = 'north' | 'south'
export type Queue = 'sales' | 'service'

export const sandboxAgents: readonly SandboxAgent[] = [
  { id: 'agent-north-1', name: '王磊', team: 'north', extension: '1001' },
  { id: 'agent-north-2', name: '李婷婷', team: 'north', extension: '1002' },
  { id: 'agent-south-1', name: '陈嘉豪', team: 'south', extension: '2001' },
  { id: 'agent-south-2', name: '黄晓雯', team: 'south', extension: '2002' },
]

export const sandboxQueues: readonly { name: Queue; team: Team; label: string }[] = [
  { name: 'sales', team: 'north', label: '销售热线' },
  { name: 'service', team: 'south', label: '客服热线' },
]

export const sandboxTrunks = ['trunk-telecom', 'trunk-unicom'] as const

/** The company's own number, which customers dial. */
export const mainNumber = '02161050088'

export const agentsOf = (team: Team) => sandboxAgents.filter(agent => agent.team === team)

export const teamOf = (queue: Queue): Team => (queue === 'sales' ? 'north' : 'south')

export const agentAt = (extension: string) => sandboxAgents.find(agent => agent.extension === extension)

/** Everybody else at a telephone. */
export const colleagues = (extension: string) => sandboxAgents.filter(agent => agent.extension !== extension)
