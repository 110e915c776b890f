import type { Survey } from '../../kernel/ports/index.js'
import { onOneLine } from '../../kernel/text.js'

/**
 * What a system says of itself, fit for a terminal and for a configuration: it must not steer the one, and where the other says `${NAME}` stands a
 * secret.
 */
export const plainSurvey = ({ product, trunks, extensions, queues }: Survey): Survey => ({
  product: plain(product),
  trunks: trunks.map(plain),
  extensions: extensions.map(({ number, name }) => ({
    number: plain(number),
    ...(name !== undefined && { name: plain(name) }),
  })),
  queues: queues.map(({ name, members }) => ({ name: plain(name), members: members.map(plain) })),
})

const plain = (text: string): string => onOneLine(text).replaceAll(/\$+(?=\{)/g, '')
