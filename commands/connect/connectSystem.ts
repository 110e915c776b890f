import { connectSystems } from '../../hub/connectSystems.js'
import { ConfigError, parseConfig, readYaml } from '../../kernel/config/index.js'
import type { Connector, Survey, SystemSettings } from '../../kernel/ports/index.js'
import { secretsPathOf, withSecretsBeside } from '../readSecrets.js'
import { addTo, namedIn } from './configText.js'
import { modeOf, readIfThere, writeWhole } from './files.js'
import { showFirstEvents } from './firstEvents.js'
import { askPeople } from './people.js'
import { plainSurvey } from './plainSurvey.js'
import type { Answers } from './questions.js'
import { reach } from './reach.js'
import { withSecrets } from './secretsText.js'
import type { Talk } from './talk.js'

export interface Connecting {
  connector: Connector
  talk: Talk
  /** HUB_CONFIG, which need not be there yet. */
  configPath: string
  environment: NodeJS.ProcessEnv
  zone: string
  /** How many of the first events are shown, and until when. */
  events: { most: number; signal: AbortSignal }
}

/** Gets to know a system with whoever runs the command, writes it into the configuration, and shows what it says first. */
export async function connectSystem({ connector, talk, configPath, environment, zone, events }: Connecting) {
  const before = await readIfThere(configPath)
  const wrong = before === null ? [] : readYaml(before).problems
  if (wrong.length > 0) throw new ConfigError(configPath, wrong)
  const named = namedIn(before)
  const id = await talk.ask('id', 'A short name for it, as it will stand in addresses', connector.name)
  if (named.systems.includes(id) && !(await talk.agree('replace', `There is a system "${id}". Replace it?`, false)))
    throw new Error(`"${id}" stays as it is. Choose another name, or replace it.`)
  const name = await talk.ask('name', 'What people call it', id)
  const timeZone = await talk.ask('zone', 'The time zone it writes times in', zone)
  const { answers, system } = await reach(connector, { id, name, timeZone }, talk, environment)

  const survey = await surveyOf(connector, system, talk)
  const trunks = await talk.choose(
    'trunks',
    'Which lines lead outside? They tell which calls come in and which go out.',
    survey.trunks.map(value => ({ value, label: value, checked: true })),
  )
  const offered = await askOffers(connector, trunks, talk)
  const people = await askPeople(survey, named, talk)

  const entry = entryOf(connector, { id, name, timeZone }, answers, trunks, offered)
  const text = addTo(before, { ...people, systems: [entry] })
  const beside = await withSecretsBeside({ ...environment, HUB_CONFIG: configPath })
  const config = parseConfig(text, { ...beside, ...answers.secrets }, configPath)
  connectSystems(config, [connector], { zone, production: false }, [id])
  if (before !== null) await writeWhole(`${configPath}.bak`, before, await modeOf(configPath))
  if (Object.keys(answers.secrets).length > 0) await keepSecrets(configPath, answers, talk)
  await writeWhole(configPath, text, await modeOf(configPath))
  talk.say(`  written: ${configPath}${before === null ? '' : ` (as it was: ${configPath}.bak)`}`)

  if (connector.listen && events.most > 0) {
    talk.say(`\nWhat it says first; numbers are masked, nothing is stored. Call somebody. Ctrl-C goes on.`)
    const shown = await showFirstEvents(connector, { ...system, trunks }, talk, events.signal, events.most)
    if (shown === 0) talk.say('  Nothing yet: call one of its telephones, and look at the rights of the account.')
  }
  talk.say(`\nNow start the hub with it:\n  HUB_CONFIG=${configPath} npm start`)
  talk.say(`Change who is who in that file as you like. What is wrong with it, "npm run doctor" tells.`)
}

async function surveyOf(connector: Connector, system: SystemSettings, talk: Talk): Promise<Survey> {
  const nothing: Survey = { product: '', trunks: [], extensions: [], queues: [] }
  const survey = plainSurvey((await connector.survey?.(system)) ?? nothing)
  const list = (items: readonly string[]) => (items.length > 0 ? items.join(', ') : 'none found')
  if (survey.product) talk.say(`  it is ${survey.product}`)
  talk.say(`  lines: ${list(survey.trunks)}`)
  talk.say(
    `  telephones: ${list(survey.extensions.map(({ number, name }) => (name ? `${number} (${name})` : number)))}`,
  )
  talk.say(`  queues: ${list(survey.queues.map(({ name, members }) => `${name} (${members.length})`))}`)
  return survey
}

async function askOffers(connector: Connector, trunks: readonly string[], talk: Talk): Promise<object> {
  let settings = {}
  for (const { flag, text, needs, ask, settings: own } of connector.offers?.(trunks) ?? []) {
    if (!(await talk.agree(flag, `${text} (It needs ${needs}.)`, false))) continue
    settings = { ...settings, ...own(ask === undefined ? '' : await talk.ask(`${flag}-number`, ask)) }
  }
  return settings
}

function entryOf(
  connector: Connector,
  named: Pick<SystemSettings, 'id' | 'name' | 'timeZone'>,
  { address, secret, settings }: Answers,
  trunks: string[],
  offered: object,
) {
  const { id, name, timeZone } = named
  return {
    id,
    name,
    kind: 'CALL',
    connector: connector.name,
    ...(address !== undefined && { address }),
    ...(secret !== undefined && { secret }),
    trunks,
    timeZone,
    settings: { ...settings, ...offered },
  }
}

async function keepSecrets(configPath: string, { secrets }: Answers, talk: Talk): Promise<void> {
  const path = secretsPathOf(configPath)
  await writeWhole(path, withSecrets(await readIfThere(path), secrets), 0o600)
  talk.say(`  written: ${path}, which nobody else can read (${Object.keys(secrets).join(', ')})`)
}
