import type { Connector } from '../../kernel/ports/index.js'
import type { Talk } from './talk.js'

/** The answers as the configuration takes them; what is secret stands in it as the name of an environment variable. */
export interface Answers {
  address?: string
  secret?: string
  settings: Record<string, unknown>
  /** Values of those variables. */
  secrets: Record<string, string>
}

/** `my-pbx` and `secret`: MY_PBX_SECRET. */
export const variableFor = (systemId: string, setting: string): string =>
  `${systemId}_${setting}`
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
    .replace(/^(?=\d)/, 'HUB_')

/** Asks what the connector needs to know. Secrets are read from the environment where they stand there already. */
export async function askQuestions(
  connector: Connector,
  systemId: string,
  talk: Talk,
  environment: NodeJS.ProcessEnv,
): Promise<Answers> {
  const answers: Answers = { settings: {}, secrets: {} }
  for (const { setting, text, default: fallback, secret } of connector.questions ?? []) {
    const variable = variableFor(systemId, setting)
    const known = secret ? environment[variable] : undefined
    const line = known || (secret ? await talk.secret(setting, text) : await talk.ask(setting, text, fallback))
    if (secret) answers.secrets[variable] = line
    const value = secret ? `\${${variable}}` : line
    if (setting === 'address' || setting === 'secret') answers[setting] = value
    else answers.settings[setting] = value
  }
  return answers
}
