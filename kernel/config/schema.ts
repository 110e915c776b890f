import { z } from 'zod'
import { Role } from '../ability/index.js'
import { isZone } from '../env/isZone.js'

const id = z
  .string('must be text')
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'must be up to 64 letters, digits, ".", "_", "-", and begin with a letter or digit',
  )
const text = z.string('must be text').trim().min(1, 'must not be empty')

/** Written without quotes, 0571 would be read as a number and lose its zero. */
const digits = (example: string) =>
  z.string(`must be in quotes: "${example}"`).regex(/^[0-9*#]{1,16}$/, `must be digits, such as "${example}"`)

/** Upper or lower case. */
const word = <T extends Record<string, string>>(words: T) =>
  z.preprocess(
    value => (typeof value === 'string' ? value.toUpperCase() : value),
    z.enum(words, `must be one of ${Object.values(words).join(', ').toLowerCase()}`),
  )

const zone = z.string('must be text').refine(isZone, 'must be a time zone such as Asia/Shanghai')
const amount = z.number('must be a number').positive('must be more than 0')

const kinds = { CALL: 'CALL', CRM: 'CRM', ERP: 'ERP', MARKETING: 'MARKETING' } as const

const team = { id, name: text, parent: id.optional(), supervisors: z.array(id).default([]) }
const identity = { issuer: text.optional(), subject: text }
const person = {
  id,
  name: text,
  role: word(Role),
  team: id.optional(),
  identities: z.array(z.strictObject(identity)).default([]),
  extensions: z.array(digits('1001')).default([]),
  deputy: id.optional(),
}
const queue = { name: text, team: id }
const budget = { perSecond: amount.optional(), perDay: amount.int('must be a whole number').optional() }
const system = {
  id,
  name: text,
  kind: word(kinds),
  connector: id,
  address: text.optional(),
  secret: text.optional(),
  trunks: z.array(text).default([]),
  timeZone: zone.optional(),
  budget: z.strictObject(budget).default({}),
  settings: z.record(z.string(), z.unknown()).default({}),
}
const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/
const minutes = (hour = '24', minute = '00') => Number(hour) * 60 + Number(minute)
const hours = z
  .string('must be text')
  .regex(HOURS, 'must be hours such as "09:00-21:00"')
  .transform(written => {
    const [, fromHour, fromMinute, toHour, toMinute] = HOURS.exec(written) ?? []
    return { from: minutes(fromHour, fromMinute), to: minutes(toHour, toMinute) }
  })
  .refine(({ from, to }) => from < to, 'must end later than it begins')

/** From Monday to Sunday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const CONSENT_RULES = ['unless-withdrawn', 'required'] as const

const dialling = {
  hours: hours.prefault('09:00-21:00'),
  days: z
    .array(z.enum(WEEKDAYS, `must be one of ${WEEKDAYS.join(', ')}`))
    .min(1, 'must name a day')
    .default([...WEEKDAYS]),
  perDay: amount.int('must be a whole number').default(3),
  consent: z.enum(CONSENT_RULES, `must be one of ${CONSENT_RULES.join(', ')}`).default('unless-withdrawn'),
}
const disposition = { id, name: text }
const file = {
  areaCode: digits('010')
    .regex(/^0[0-9]{2,3}$/, 'must be an area code with its 0, such as "010"')
    .optional(),
  teams: z.array(z.strictObject(team)).default([]),
  people: z.array(z.strictObject(person)).default([]),
  queues: z.array(z.strictObject(queue)).default([]),
  systems: z.array(z.strictObject(system)).default([]),
  dialling: z.strictObject(dialling).prefault({}),
  dispositions: z.array(z.strictObject(disposition)).default([]),
}

/** The keys that are known at each place, list positions left out. */
const shapes: Record<string, object> = {
  '': file,
  teams: team,
  people: person,
  'people.identities': identity,
  queues: queue,
  systems: system,
  'systems.budget': budget,
  dialling,
  dispositions: disposition,
}

export const knownKeys = (path: readonly PropertyKey[]): string[] =>
  Object.keys(shapes[path.filter(step => typeof step === 'string').join('.')] ?? {})

/** HUB_CONFIG as it is written. */
export const configFile = z.strictObject(file)
export type ConfigFile = z.infer<typeof configFile>
