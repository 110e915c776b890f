import { messageOf } from '../../kernel/errors.js'
import type { Connector, SystemSettings } from '../../kernel/ports/index.js'
import { type Answers, askQuestions } from './questions.js'
import type { Talk } from './talk.js'

export interface Reached {
  answers: Answers
  /** As the connector takes it, secrets filled in. */
  system: SystemSettings
}

/** Asks how the system is reached, and tries it, until it answers or whoever is asked has had enough. Throws with the last reason. */
export async function reach(
  connector: Connector,
  named: Pick<SystemSettings, 'id' | 'name' | 'timeZone'>,
  talk: Talk,
  environment: NodeJS.ProcessEnv,
): Promise<Reached> {
  for (;;) {
    const answers = await askQuestions(connector, named.id, talk, environment)
    const system = systemOf(named, answers)
    try {
      connector.check(system)
      talk.say(`  ${(await connector.probe?.(system)) ?? 'It calls the hub by itself.'}`)
      return { answers, system }
    } catch (error) {
      talk.say(`  It did not work: ${messageOf(error)}`)
      if (!(await talk.agree('again', 'Try again with other answers?', false))) throw error
    }
  }
}

function systemOf(named: Pick<SystemSettings, 'id' | 'name' | 'timeZone'>, answers: Answers): SystemSettings {
  const { address, secret, settings, secrets } = answers
  const filled = Object.entries({ address, secret, ...settings }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, known(value, secrets)]],
  )
  return { ...named, trunks: [], settings: Object.fromEntries(filled) }
}

const known = (value: unknown, secrets: Record<string, string>): unknown =>
  secrets[/^\$\{(\w+)\}$/.exec(String(value))?.[1] ?? ''] ?? value
