import type { Config } from './config.js'
import { type ConfigFile, WEEKDAYS } from './schema.js'

/** The file's own words as the hub's. */
export function toConfig({ areaCode, teams, people, queues, systems, dialling, dispositions }: ConfigFile): Config {
  return {
    areaCode: areaCode ?? null,
    teams: teams.map(({ parent, supervisors, ...team }) => ({
      ...team,
      parentId: parent ?? null,
      supervisorIds: supervisors,
    })),
    people: people.map(({ team, deputy, identities, ...person }) => ({
      ...person,
      teamId: team ?? null,
      deputyId: deputy ?? null,
      identities: identities.map(({ issuer = null, subject }) => ({ issuer, subject })),
    })),
    queues: queues.map(({ name, team }) => ({ name, teamId: team })),
    systems: systems.map(({ address = null, secret = null, timeZone = null, budget, ...system }) => ({
      ...system,
      address,
      secret,
      timeZone,
      budget: { perSecond: budget.perSecond ?? null, perDay: budget.perDay ?? null },
    })),
    dialling: {
      ...dialling,
      days: dialling.days.map(day => WEEKDAYS.indexOf(day) + 1),
      consent: dialling.consent === 'required' ? 'REQUIRED' : 'UNLESS_WITHDRAWN',
    },
    dispositions,
  }
}
