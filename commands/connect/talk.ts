import { checkbox, confirm, input, password } from '@inquirer/prompts'

export interface Choice {
  value: string
  label: string
  checked: boolean
}

/** How a command talks with whoever runs it. What was said on the command line is not asked. */
export interface Talk {
  /** `flag` is the option that answers it: `--address`. */
  ask(flag: string, text: string, fallback?: string): Promise<string>
  /** Never shown. */
  secret(flag: string, text: string): Promise<string>
  choose(flag: string, text: string, choices: readonly Choice[]): Promise<string[]>
  agree(flag: string, text: string, fallback: boolean): Promise<boolean>
  say(text?: string): void
}

/** Whatever cannot be asked must be said. */
export class NotSaid extends Error {
  constructor(flag: string, text: string) {
    super(`Say --${flag}: there is no terminal to ask at. (${text})`)
  }
}

const YES = /^(?:y|yes|true|1)?$/i

/** At a terminal, or by what was said alone. */
export const talkAt = (said: ReadonlyMap<string, string>, terminal: boolean, say: (text: string) => void): Talk => {
  const answer = async <T>(
    flag: string,
    text: string,
    read: (words: string) => T,
    prompt: () => Promise<T>,
    otherwise?: T,
  ): Promise<T> => {
    const words = said.get(flag)
    if (words !== undefined) return read(words)
    if (terminal) return prompt()
    if (otherwise === undefined) throw new NotSaid(flag, text)
    return otherwise
  }
  return {
    ask: (flag, text, fallback) =>
      answer(
        flag,
        text,
        words => words,
        () => input({ message: text, default: fallback, validate: line => line.trim() !== '' || 'Say something.' }),
        fallback,
      ).then(line => line.trim()),
    secret: (flag, text) =>
      answer(
        flag,
        text,
        words => words,
        () => password({ message: text, mask: '*' }),
      ),
    choose: (flag, text, choices) =>
      answer(
        flag,
        text,
        words => words.split(',').flatMap(word => word.trim() || []),
        () => checkbox({ message: text, choices: choices.map(({ label, ...one }) => ({ ...one, name: label })) }),
        choices.filter(({ checked }) => checked).map(({ value }) => value),
      ),
    agree: (flag, text, fallback) =>
      answer(
        flag,
        text,
        words => YES.test(words),
        () => confirm({ message: text, default: fallback }),
        fallback,
      ),
    say: (text = '') => say(text),
  }
}
